"""A short name for how a data set's table is made: it changes when the table may change.

Imports are read from the text of the modules; nothing is run for it.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from beholden.core import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["ingredients", "recipe"]

_PACKAGE = Path(__file__).parents[1]
_SOURCES, _STATES = "beholden.sources", "beholden.states"
_CROSSWALKS = f"{_SOURCES}.crosswalks"
_TIDY = f"{_SOURCES}.tidy"
_MAPPING = f"{_SOURCES}.base.StateCode"


@cache
def recipe(name: str, package: Path = _PACKAGE) -> str:
    """The recipe of a data set, read once in a process.

    Parameters
    ----------
    name : str
        The data set.
    package : Path
        The folder of the package.

    Returns
    -------
    str
        Equal for equal texts of everything that `ingredients` names.

    Examples
    --------
    >>> recipe("pts") == recipe("pts"), recipe("pts") == recipe("polity5")
    (True, False)
    """
    paths = ingredients(name, package)
    return digest([(path.relative_to(package).as_posix(), _digest(path)) for path in paths])


def ingredients(name: str, package: Path = _PACKAGE) -> tuple[Path, ...]:
    """The files that decide a data set's table, besides its originals.

    Parameters
    ----------
    name : str
        The data set.
    package : Path
        The folder of the package.

    Returns
    -------
    tuple of Path
        In alphabetical order: the set's own module and those of this room that it imports,
        through any number of steps; the way that all sets go; the set's corrections; the
        crosswalks that it names; the room and the tables of states where one of its modules
        asks for states.

    Examples
    --------
    >>> [path.name for path in ingredients("input_genocide") if path.name.startswith("family")]
    ['family_fariss.py', 'family_panels.py']
    """
    own = _closure(f"{_SOURCES}.sets.{name}", package)
    modules = own | _closure(_TIDY, package)
    if not _maps_states(own):
        modules = {module: it for module, it in modules.items() if not _within(module, _STATES)}
    corrections = package / "sources" / "corrections" / f"{name}.yaml"
    found = {it.path for it in modules.values()} | set(_crosswalks(modules, package))
    found |= {corrections} if corrections.is_file() else set()
    if any(_within(module, _STATES) for module in modules):
        found |= set((package / "states" / "tables").glob("*.csv"))
    return tuple(sorted(found))


@dataclass(frozen=True)
class _Module:
    """A module's file, its statements, and what it imports: full names, members too."""

    path: Path
    tree: ast.Module
    imports: frozenset[str]


def _closure(root: str, package: Path) -> dict[str, _Module]:
    """A module and everything in the rooms of sources and states that it imports, by name."""
    found: dict[str, _Module] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        path = _path(name, package)
        if name not in found and path is not None:
            found[name] = _module(path)
            waiting += [_owner(member, package) for member in found[name].imports]
    return found


def _maps_states(modules: dict[str, _Module]) -> bool:
    """Whether any of these asks for states: by a description, or by an import of its own."""
    return any(
        _MAPPING in it.imports or any(_within(member, _STATES) for member in it.imports)
        for it in modules.values()
    )


def _crosswalks(modules: dict[str, _Module], package: Path) -> Iterator[Path]:
    """The crosswalks that a module names which imports their reader."""
    for it in modules.values():
        if any(_within(member, _CROSSWALKS) for member in it.imports):
            nodes = ast.walk(it.tree)
            words = {node.value for node in nodes if isinstance(node, ast.Constant)}
            tables = (package / "sources" / "crosswalks").glob("*.csv")
            yield from (path for path in tables if path.stem in words)


def _within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def _owner(member: str, package: Path) -> str:
    """The module that a full name stands for: itself, or the one that it is a member of."""
    return member if _path(member, package) else member.rpartition(".")[0]


@cache
def _path(name: str, package: Path) -> Path | None:
    """The file of a module in one of the two rooms; None where there is none."""
    if not (_within(name, _SOURCES) or _within(name, _STATES)):
        return None
    place = package.joinpath(*name.split(".")[1:])
    files = (place.with_name(f"{place.name}.py"), place / "__init__.py")
    return next((file for file in files if file.is_file()), None)


@cache
def _module(path: Path) -> _Module:
    tree = ast.parse(path.read_bytes())
    return _Module(path, tree, frozenset(_imported(tree.body)))


@cache
def _digest(path: Path) -> str:
    # As text, so that line ends of another system make no other recipe.
    return digest(path.read_text("utf-8"))


def _imported(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """Full names of what statements import when they run, those within functions too."""
    for node in statements:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.If) and _for_types_only(node):
            yield from _imported(node.orelse)
        else:
            for part in ("body", "orelse", "handlers", "finalbody", "cases"):
                yield from _imported(getattr(node, part, ()))


def _for_types_only(node: ast.If) -> bool:
    return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
