"""The room itself: quick to load, light, and its examples true."""

from __future__ import annotations

import ast
import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import beholden.states

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "src" / "beholden" / "states"
MODULES = sorted(path.stem for path in ROOM.glob("*.py") if path.stem != "__init__")
SECONDS = 0.060
ALLOWED = {"beholden.core", "beholden.errors", "pycountry"}

TIMER = """
import sys, time
import beholden
start = time.perf_counter()
import beholden.states
spent = time.perf_counter() - start
assert not {"pycountry", "polars", "numpy"} & set(sys.modules), "a heavy library was loaded"
print(spent)
"""


def test_import_is_fast_and_loads_no_library() -> None:
    # The quickest of five, as the machine may be busy with something else.
    spent = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", TIMER], check=True, capture_output=True, text=True
        )
        spent.append(float(done.stdout))
    assert min(spent) < SECONDS


@pytest.mark.parametrize("module", MODULES)
def test_imports_stay_within_the_room(module: str) -> None:
    tree = ast.parse((ROOM / f"{module}.py").read_text("utf-8"))
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named.add(node.module or "")
    own = {name for name in named if name.startswith("beholden.states")}
    foreign = {n for n in named - own if n.split(".")[0] not in sys.stdlib_module_names}
    assert foreign <= ALLOWED


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"beholden.states.{module}")).failed == 0


def test_every_public_function_has_an_example() -> None:
    for public in beholden.states.__all__:
        thing = getattr(beholden.states, public)
        assert thing.__doc__
        if not isinstance(thing, type):
            assert ">>> " in thing.__doc__, public


def test_examples_of_the_page_are_true() -> None:
    outcome = doctest.testfile(str(ROOT / "docs" / "states.md"), module_relative=False)
    assert outcome.failed == 0
    assert outcome.attempted > 10


def test_every_public_name_is_told_on_the_page() -> None:
    page = (ROOT / "docs" / "states.md").read_text("utf-8")
    missing = [public for public in beholden.states.__all__ if public not in page]
    assert missing == []
