"""Data sets whose file the users bring, through the commands of the library."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result

from beholden import sources
from beholden.errors import TableError
from beholden.library_cli import COMMANDS
from beholden.sources import Column, Dataset
from beholden.sources.base import Brought

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BODY = "year,value\n2001,1\n"


@click.group()
def cli() -> None:
    """The commands as the command line has them."""


for command in COMMANDS:
    cli.add_command(command)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    (path,) = paths.values()
    return pl.read_csv(path, schema={"year": pl.Int64, "value": pl.Float64})


def check(path: Path, version: str) -> None:
    if not path.read_text("utf-8").startswith("year,value"):
        raise TableError(f"{path.name}: expected the values of version {version}")


def words(version: str) -> dict[str, Any]:
    return {"version": f"v{version}", "citation": f"Nobody. Values, version {version}."}


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Dataset(
        name="given",
        title="Values",
        producer="Nobody",
        home="https://example.org/values",
        doi="",
        licence="CC0 1.0",
        redistribution="allowed",
        bibtex="@misc{given}",
        unit="year",
        keys=("year",),
        span=(2001, 2001),
        originals=(),
        columns=MappingProxyType({"year": Column("year"), "value": Column("value")}),
        read=read,
        brought=Brought(r"values-v(\d+(?:\.\d+)?)\.csv", "values-v1.csv", check, words),
        **words("1"),
    )
    monkeypatch.setattr(sources, "datasets", lambda: {"given": given})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "originals"
    place.mkdir()
    return place


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def held(library: Path) -> list[tuple[str, bool, str]]:
    rows = json.loads(run("library", "--json", "--library", library).output)
    return [(row["version"], row["current"], row["state"]) for row in rows]


def test_without_a_file_the_command_says_where_to_get_it(library: Path, folder: Path) -> None:
    result = run("fetch", "given", "--library", library)
    assert result.exit_code == 1
    assert "download it from https://example.org/values" in result.stderr
    assert "beholden fetch given --from DIR" in result.stderr
    (folder / "other.zip").write_bytes(b"")
    result = run("fetch", "given", "--from", folder, "--library", library)
    assert result.exit_code == 1
    assert f"expected a file such as values-v1.csv in {folder}, found none" in result.stderr
    assert "Unpack other.zip if it is in there." in result.stderr
    result = run("fetch", "given", "--from", "https://example.org/mirror", "--library", library)
    assert result.exit_code == 1
    assert "expected a folder, found the address" in result.stderr


def test_among_all_sets_it_is_left_out(library: Path, folder: Path) -> None:
    for extra in ([], ["--from", folder]):
        result = run("fetch", "--all", "--library", library, *extra)
        assert result.exit_code == 0
        assert "left out: given: " in result.stderr
    (folder / "values-v1.csv").write_text("login")
    result = run("fetch", "--all", "--library", library, "--from", folder)
    assert result.exit_code == 1
    assert "error: given: values-v1.csv: expected the values of version 1" in result.stderr


def test_a_changed_file_lies_beside_the_old_one(library: Path, folder: Path) -> None:
    path = folder / "values-v1.csv"
    path.write_text(BODY)
    assert (
        "given: fetched, version v1, 1 rows"
        in run("fetch", "given", "--from", folder, "--library", library).output
    )
    assert "already held" in run("fetch", "given", "--from", folder, "--library", library).output
    assert "already held" in run("fetch", "given", "--library", library).output
    path.write_text(f"{BODY}2002,\n")
    assert "fetched" in run("fetch", "given", "--from", folder, "--library", library).output
    states = [("v1", False, "up to date"), ("v1", True, "up to date")]
    assert sorted(held(library)) == states
    assert "2 tables checked, none damaged" in run("verify", "--library", library).output


def test_the_newest_version_is_taken_also_from_its_own_folder(library: Path, folder: Path) -> None:
    (folder / "values-v9.csv").write_text(BODY)
    (folder / "values-v10 (1).csv").write_text(BODY)
    (folder / "given").mkdir()
    (folder / "given" / "values-v10.1.csv").write_text(BODY)
    assert run("fetch", "given", "--from", folder, "--library", library).exit_code == 0
    assert held(library) == [("v10.1", True, "up to date")]


def test_a_folder_that_cannot_be_read_is_named(
    library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    result = run("fetch", "given", "--from", folder, "--library", library)
    assert result.exit_code == 1
    assert f"error: given: {folder}: cannot be read, Permission denied" in result.stderr


def test_a_stale_table_is_made_anew_from_the_file_that_was_kept(
    library: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "values-v1.csv"
    path.write_text(BODY)
    run("fetch", "given", "--from", folder, "--library", library, "--keep-originals")
    path.unlink()
    monkeypatch.setattr("beholden.sources.recipe.recipe", lambda _: "another")
    assert held(library) == [("v1", True, "stale: this beholden reads the same files otherwise")]
    result = run("fetch", "given", "--library", library)
    assert "given: fetched" in result.output
    assert [state for _, current, state in held(library) if current] == ["up to date"]
