"""The rules of the house: who may import whom, sizes, docstrings, light imports, licences."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

SOURCE = Path(__file__).parents[1] / "src" / "beholden"
DESIGN = Path(__file__).parents[1] / "docs" / "design.md"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
EACH_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))

OPEN = {"core", "errors", "dates"}
# Room: the rooms it may import, besides itself and those open to all.
ALLOWED: dict[str, set[str]] = {
    "cli": {
        *("engine", "brief", "claims", "measures", "cases", "store"),
        *("library_cli", "cite_cli", "diff_cli", "panel_cli", "profile_cli", "multiverse_cli"),
        "latent_cli",
    },
    "library_cli": {"cite_cli", "claims", "sources", "store"},
    "cite_cli": {"engine", "multiverse", "cases", "claims", "sources", "store"},
    "diff_cli": {"engine", "brief", "multiverse", "cases", "claims", "store"},
    "panel_cli": {"panel_face", "measures", "panels"},
    "profile_cli": {"engine", "profiles", "measures", "panels", "store"},
    "multiverse_cli": {
        *("multiverse_file", "multiverse_page", "multiverse_example", "associations", "store"),
    },
    "multiverse_page": {"associations", "brief"},
    "multiverse_example": set(),
    "multiverse_file": {"associations", "claims"},
    "engine": {*("brief", "multiverse", "claims", "cases"), *("panels", "sources", "store")},
    "panel_face": {"measures", "panels", "sources", "store"},
    "profiles": {"brief", "multiverse", "measures", "panels", "states", "store"},
    "brief": {"associations", "multiverse", "claims", "measures", "models", "store", "states"},
    "multiverse": {"associations", "claims", "measures", "models", "panels", "states"},
    "claims": {"measures", "states"},
    "measures": {"panels", "states"},
    "panels": {"states", "store"},
    "associations": {"models"},
    "latent": set(),
    "latent_cli": {"latent", "latent_data", "latent_picture", "store"},
    "latent_data": {"latent", "measures", "states", "store"},
    "latent_picture": {"brief"},
    "models": set(),
    "states": set(),
    "sources": {"states", "store"},
    "store": set(),
    "cases": set(),
    "dates": set(),
    "core": {"errors"},
    "errors": set(),
}
# The public face: it names where its members live and loads them when they are asked for.
FACE = "__init__"
HEAVY = (
    "altair",
    "jinja2",
    "markdown_it",
    "numba",
    "numpy",
    "pandas",
    "polars",
    "pycountry",
    "pydantic",
    "rich",
    "scipy",
    "vl_convert",
    "yaml",
)


def room(path: Path) -> str:
    """The room of a file: its first folder, or its own name at the top."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[0]


def imported(tree: ast.AST) -> set[str]:
    """The rooms that a file imports, wherever in the file; the package itself is its face."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name their room in full"
            module = node.module or ""
            if module == "beholden":
                names |= {f"beholden.{alias.name}" for alias in node.names}
            else:
                names.add(module)
    own = [name.split(".") for name in names if name.split(".")[0] == "beholden"]
    return {parts[1] if len(parts) > 1 else FACE for parts in own}


def arrows(here: str, tree: ast.AST) -> set[str]:
    """The imports of a file that the house does not allow."""
    if here == FACE:
        return set()
    if here == "__main__":
        return imported(tree) - {"cli"}
    free = OPEN if here not in OPEN else set()
    return imported(tree) - ALLOWED[here] - free - {here, "__version__"}


@EACH_FILE
def test_imports_go_downwards(path: Path) -> None:
    doors = {FACE, "__main__"}
    assert room(path) in ALLOWED or room(path) in doors, "a new room needs its arrows"
    assert arrows(room(path), TREES[path]) == set()


@pytest.mark.parametrize(
    ("here", "code", "wrong"),
    [
        ("store", "from beholden.measures.base import Row", {"measures"}),
        ("measures", "import beholden.sources", {"sources"}),
        ("measures", "from beholden import sources", {"sources"}),
        ("models", "def f():\n    from beholden.claims import load", {"claims"}),
        ("core", "from beholden.dates import span_of", {"dates"}),
        ("multiverse", "import beholden", {FACE}),
        ("errors", "from beholden.core import Table", {"core"}),
        ("brief", "from beholden.engine import check", {"engine"}),
        ("claims", "from beholden.measures import known\nimport numpy", set()),
        ("engine", "from beholden import __version__\nimport beholden.core", set()),
        ("core", "from beholden.errors import BeholdenError", set()),
    ],
)
def test_the_reader_of_imports_sees_wrong_arrows(here: str, code: str, wrong: set[str]) -> None:
    assert arrows(here, ast.parse(code)) == wrong


def drawn() -> dict[str, set[str]]:
    """The arrows as docs/design.md draws them."""
    found: dict[str, set[str]] = {}
    for block in re.findall(r"```\n(.*?)```", DESIGN.read_text("utf-8"), re.DOTALL):
        lines = [line.split(" -> ") for line in block.splitlines()]
        if all(len(line) == 2 for line in lines):
            for left, right in lines:
                below = set(right.removesuffix(" only").split(", ")) - OPEN
                found |= dict.fromkeys(left.split(", "), below)
    return found


def test_arrows_are_those_that_the_design_draws() -> None:
    assert drawn() == {name: below for name, below in ALLOWED.items() if name not in OPEN}


def test_arrows_make_no_circle() -> None:
    done: list[str] = []
    left = dict(ALLOWED)
    while left:
        free = [name for name, below in left.items() if below <= set(done)]
        assert free, f"a circle among {sorted(left)}"
        done += free
        left = {name: below for name, below in left.items() if name not in free}
    assert done[-1] == "cli"


@EACH_FILE
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement after the docstring to the last."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@EACH_FILE
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    long = {
        function.name: body_length(function)
        for function in functions(TREES[path])
        if body_length(function) > 40
    }
    assert long == {}


def undocumented(tree: ast.Module) -> list[str]:
    """Public modules, classes, functions and methods without a docstring."""
    found = [] if ast.get_docstring(tree) else ["the module"]
    owners: list[ast.Module | ast.ClassDef] = [tree]
    while owners:
        for node in owners.pop().body:
            if not isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if node.name.startswith("_"):
                continue
            if not ast.get_docstring(node):
                found.append(node.name)
            if isinstance(node, ast.ClassDef):
                owners.append(node)
    return found


@EACH_FILE
def test_everything_public_has_a_docstring(path: Path) -> None:
    assert undocumented(TREES[path]) == []


def test_the_reader_of_docstrings_sees_what_lacks_one() -> None:
    code = "class A:\n    'A.'\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\n"
    assert sorted(undocumented(ast.parse(code))) == ["b", "d", "the module"]


@EACH_FILE
def test_every_file_says_what_it_exports(path: Path) -> None:
    names = [
        target.id
        for node in TREES[path].body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    ]
    public = {
        node.name
        for node in TREES[path].body
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_")
    }
    assert "__all__" in names or not public or path.name == "cli.py"


def loaded(statement: str) -> set[str]:
    """The heavy modules that a statement loads in a fresh process."""
    script = f"import sys\n{statement}\nprint(*(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded("import beholden") == set()


def test_the_check_sees_what_is_loaded() -> None:
    assert {"numpy", "yaml"} <= loaded("import numpy, yaml")


@pytest.mark.parametrize("module", ["cli", "core", "errors", "dates", "cases", "store.schemas"])
def test_light_modules_load_nothing_heavy(module: str) -> None:
    if find_spec(f"beholden.{module.split('.')[0]}") is None:
        pytest.skip(f"there is no beholden.{module} yet")
    heavy = {"polars", "yaml", "pydantic"} if module.startswith("store") else set()
    assert loaded(f"import beholden.{module}") <= heavy


def test_asking_for_help_loads_nothing_heavy() -> None:
    if find_spec("beholden.cli") is None:
        pytest.skip("there is no beholden.cli yet")
    help_text = (
        "import contextlib, io\nfrom beholden.cli import main\nseen = io.StringIO()\n"
        "sys.argv = ['beholden', '--help']\n"
        "with contextlib.redirect_stdout(seen), contextlib.suppress(SystemExit):\n"
        "    main()\nassert 'Usage' in seen.getvalue()"
    )
    assert loaded(help_text) == set()


def runtime_distributions() -> dict[str, metadata.Distribution]:
    """Everything that is installed with the package, without its extras."""
    found: dict[str, metadata.Distribution] = {}
    names = ["beholden"]
    while names:
        name = re.sub(r"[-_.]+", "-", names.pop()).lower()
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        wanted = [Requirement(text) for text in found[name].requires or []]
        names += [
            item.name
            for item in wanted
            if item.marker is None or item.marker.evaluate({"extra": ""})
        ]
    return found


DISTRIBUTIONS = runtime_distributions()


def licences(head: metadata.PackageMetadata) -> list[str]:
    """What a distribution says of its licence: expression, classifiers, then its first line."""
    expressions = head.get_all("License-Expression") or []
    if expressions:
        return [str(canonicalize_license_expression(text)) for text in expressions]
    named = [text for text in head.get_all("Classifier") or [] if text.startswith("License ::")]
    return named or [text.strip().splitlines()[0] for text in head.get_all("License") or []]


def copyleft(text: str) -> bool:
    """Whether a licence is the GPL or the AGPL; the LGPL is another."""
    plain = re.sub(r"LGPL|Lesser General Public|Library General Public", "", text)
    # In an expression with OR the other licence may be taken.
    return all(
        re.search(r"\bA?GPL|GPLv\d|General Public License", part) is not None
        for part in plain.split(" OR ")
    )


def test_dependencies_were_found() -> None:
    direct = {"click", "numpy", "polars", "pydantic", "pyyaml", "scipy"}
    assert direct | {"pydantic-core", "markupsafe"} <= set(DISTRIBUTIONS)
    assert "pytest" not in DISTRIBUTIONS


@pytest.mark.parametrize("name", sorted(DISTRIBUTIONS))
def test_licence_is_known_and_lets_others_use_it(name: str) -> None:
    found = licences(DISTRIBUTIONS[name].metadata)
    assert found, f"{name} does not say what its licence is"
    assert not [text for text in found if copyleft(text)]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v3 (GPLv3)", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("MIT AND GPL-2.0-only", True),
        ("MIT OR GPL-2.0-only", False),
        ("LGPL-2.1-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v2 (LGPLv2)", False),
        ("BSD-3-Clause", False),
    ],
)
def test_the_reader_of_licences(text: str, refused: bool) -> None:
    assert copyleft(text) is refused
