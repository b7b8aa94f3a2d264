"""The recipe of a data set: it changes with everything that its reader uses, and with no more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import beholden
from beholden.sources import datasets
from beholden.sources.recipe import ingredients, recipe

PACKAGE = Path(beholden.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms of sources and states somewhere else, to be changed."""
    for room in ("sources", "states"):
        shutil.copytree(PACKAGE / room, tmp_path / room)
    return tmp_path


def append(path: Path, line: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")


@pytest.mark.parametrize(
    ("file", "changed", "kept"),
    [
        ("sources/sets/pts.py", "pts", "polity5"),
        ("sources/family_pitf.py", "pitf_violence", "pts"),
        ("sources/un_names.py", "un_ga_resolutions_dgacm_votes", "pts"),
        ("sources/rparse.py", "vdem_v15_indices", "pts"),
        ("sources/sets/un_ga_resolutions_dgacm.py", "un_ga_resolutions_dgacm_votes", "pts"),
        ("sources/crosswalks/__init__.py", "sipri_arms", "pts"),
        ("sources/crosswalks/sipri.csv", "sipri_arms", "cia_factbook"),
        ("sources/corrections/ciri.yaml", "ciri", "ciri_physint"),
        ("states/tables/spells.csv", "pts", "pitf_violence"),
        ("states/timeline.py", "pts", "pitf_violence"),
    ],
)
def test_a_change_reaches_the_sets_that_use_the_file(
    copy: Path, file: str, changed: str, kept: str
) -> None:
    append(copy / file, "# changed")
    assert recipe(changed, copy) != recipe(changed)
    assert recipe(kept, copy) == recipe(kept)


@pytest.mark.parametrize("file", ["tidy.py", "tidying.py", "corrections.py", "base.py"])
def test_the_way_that_all_sets_go_is_in_every_recipe(copy: Path, file: str) -> None:
    append(copy / "sources" / file, "# changed")
    assert not [name for name in datasets() if recipe(name, copy) == recipe(name)]


def test_what_no_reader_uses_changes_nothing(copy: Path) -> None:
    for file in ("sources/registry.py", "states/hints.py"):
        append(copy / file, "# changed")
    (copy / "sources" / "corrections" / "nowhere.yaml").write_text("[]")
    assert not [name for name in datasets() if recipe(name, copy) != recipe(name)]


def test_line_ends_of_another_system_make_no_other_recipe(copy: Path) -> None:
    for path in ingredients("sipri_arms", copy):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert recipe("sipri_arms", copy) == recipe("sipri_arms")


def test_every_set_has_a_recipe_of_its_own() -> None:
    recipes = {name: recipe(name) for name in datasets()}
    assert len(set(recipes.values())) == len(recipes)
    for name in recipes:
        assert PACKAGE / "sources" / "sets" / f"{name}.py" in ingredients(name)


@pytest.mark.parametrize(
    "name", ["un_ga_votes_voeten_issues", "sipri_arms", "input_genocide", "un_sc_resolutions_dgacm"]
)
def test_imports_read_are_imports_made(name: str) -> None:
    """Against Python itself: what a fresh process loads for a set is what its text says."""
    script = (
        f"import sys, beholden.sources.sets.{name}, beholden.sources.tidy\n"
        "modules = [m for n, m in sys.modules.items() if n.startswith('beholden.sources')]\n"
        "print(*(m.__file__ for m in modules), sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    # The packages themselves, and the registry that theirs imports, are no part of a reader.
    packages = {"sources/__init__.py", "sources/sets/__init__.py", "sources/registry.py"}
    loaded = {Path(line).relative_to(PACKAGE).as_posix() for line in done.stdout.split()}
    said = {path.relative_to(PACKAGE).as_posix() for path in ingredients(name)}
    modules = {file for file in said if file.startswith("sources/") and file.endswith(".py")}
    assert modules == loaded - packages


def write(package: Path, texts: dict[str, str]) -> None:
    for file, text in texts.items():
        (package / file).parent.mkdir(parents=True, exist_ok=True)
        (package / file).write_text(text, "utf-8")


def test_every_kind_of_import_is_followed(tmp_path: Path) -> None:
    reader = """
from typing import TYPE_CHECKING
import beholden.sources.plain
from beholden.sources import module as other
if TYPE_CHECKING:
    from beholden.sources.types_only import Kind
else:
    from beholden.sources.otherwise import Kind
def read():
    try:
        from beholden.sources.package.inner import member
    except ImportError:
        from beholden.sources.fallback import member
    import polars, beholden.core
"""
    modules = ("plain", "module", "types_only", "otherwise", "package/inner", "fallback", "deep")
    write(tmp_path, {f"sources/{name}.py": "" for name in modules})
    write(
        tmp_path,
        {
            "sources/sets/made.py": reader,
            "sources/module.py": "from beholden.sources.deep import x\nimport sys",
            "sources/deep.py": "from beholden.sources.sets.made import read",
            "states/timeline.py": "",
            "states/tables/spells.csv": "",
        },
    )
    found = [
        path.relative_to(tmp_path / "sources").as_posix() for path in ingredients("made", tmp_path)
    ]
    assert found == [
        "deep.py",
        "fallback.py",
        "module.py",
        "otherwise.py",
        "package/inner.py",
        "plain.py",
        "sets/made.py",
    ]


def test_a_set_that_asks_for_states_by_itself_has_their_tables(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "sources/sets/made.py": "from beholden.states.timeline import index",
            "states/timeline.py": "",
            "states/tables/spells.csv": "",
        },
    )
    assert [path.name for path in ingredients("made", tmp_path)] == [
        "made.py",
        "spells.csv",
        "timeline.py",
    ]
