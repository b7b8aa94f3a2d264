"""Data sets in words, as `beholden library NAME` shows them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from beholden.library_cli import described, library
from beholden.sources import dataset
from beholden.sources.corrections import corrections
from beholden.sources.describe import applied, parts
from beholden.sources.registry import datasets

EACH = pytest.mark.parametrize("name", datasets())


@EACH
def test_every_trap_and_correction_is_shown(name: str) -> None:
    one, told = dataset(name), dict(parts(dataset(name)))
    assert told.get("Beware", ()) == one.traps
    shown = told.get("Corrections", ())
    assert len(shown) == len(corrections(name))
    for item, line in zip(corrections(name), shown, strict=True):
        assert line.startswith(item.id)
        assert "Why: " in line
        assert "Who says so: " in line


@EACH
def test_every_column_is_shown(name: str) -> None:
    one, told = dataset(name), dict(parts(dataset(name)))
    lines = " ".join(told["Columns"])
    assert all(f"{column}: " in lines for column in one.columns)
    assert all(f"{code.into}: " in lines for code in one.states)


def test_the_record_of_a_table_names_what_was_corrected() -> None:
    assert described(dataset("ciri")).corrections == applied("ciri")
    assert applied("ciri")[0].startswith("swapped-movement-columns: ")
    assert applied("pts") == ()


def test_the_command_describes_a_set_that_is_not_held() -> None:
    shown = CliRunner().invoke(library, ["ciri"])
    assert shown.exit_code == 0
    assert "swapped-movement-columns" in shown.output
    form = json.loads(CliRunner().invoke(library, ["ciri", "pts", "--json"]).output)
    assert set(form) == {"ciri", "pts"}
    assert form["pts"]["Version"] == ["PTS-2024, public since 2024"]


def test_the_command_names_the_nearest_set() -> None:
    shown = CliRunner().invoke(library, ["cirri"])
    assert shown.exit_code == 2
    assert 'Did you mean "ciri"?' in shown.output
