"""The commands of the library, over two made-up data sets and a publisher on the loopback."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

import click
import polars as pl
import pytest
from click.testing import CliRunner, Result
from publisher import Publisher, cut, publishing, status

from beholden import sources
from beholden.errors import MissingDataError
from beholden.library_cli import COMMANDS, described
from beholden.sources import Column, Dataset, Original
from beholden.store.download import Courier, Policy
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BODY = b"year,value\n2001,1\n2002,\n"


@click.group()
def cli() -> None:
    """The commands as the command line has them."""


for command in COMMANDS:
    cli.add_command(command)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    (path,) = paths.values()
    return pl.read_csv(path, schema={"year": pl.Int64, "value": pl.Float64})


def made(name: str, publisher: Publisher, version: str = "1") -> Dataset:
    file = publisher.publish(f"{name}/values.csv", BODY)
    return Dataset(
        name=name,
        title=f"Values of {name}",
        producer="Nobody",
        version=version,
        home="https://example.org",
        doi="",
        licence="CC0 1.0",
        redistribution="allowed",
        citation=f"Nobody (2024). Values of {name}.",
        bibtex=f"@misc{{{name},\n  title = {{Values of {name}}},\n}}",
        unit="year",
        keys=("year",),
        span=(2001, 2002),
        originals=(Original(file.file, file.sha256, file.size, file.address),),
        columns=MappingProxyType({"year": Column("year"), "value": Column("value")}),
        read=read,
    )


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    hasty = Policy(sleep=lambda _: None)
    monkeypatch.setattr("beholden.store.download.Courier", lambda: Courier(hasty))
    with publishing() as opened:
        yield opened


@pytest.fixture
def known(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> dict[str, Dataset]:
    found = {name: made(name, publisher) for name in ("alpha", "beta")}
    monkeypatch.setattr(sources, "datasets", lambda: found)
    return found


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def run(*words: object) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_fetch_then_library_then_verify(known: dict[str, Dataset], library: Path) -> None:
    result = run("fetch", "--all", "--library", library)
    assert result.exit_code == 0
    assert "alpha: fetched, version 1, 2 rows, " in result.output
    assert "beta: fetched" in result.output
    again = run("fetch", "alpha", "alpha", "--library", library)
    assert again.output.count("alpha: already held") == 1
    shown = run("library", "--library", library).output
    assert "alpha" in shown
    assert "CC0 1.0" in shown
    assert "up to date" in shown
    assert "2 tables checked, none damaged" in run("verify", "--library", library).output


def test_library_as_json(known: dict[str, Dataset], library: Path) -> None:
    assert json.loads(run("library", "--json", "--library", library).output) == []
    run("fetch", "alpha", "--library", library, "--keep-originals")
    (row,) = json.loads(run("library", "--json", "--library", library).output)
    assert row["name"] == "alpha"
    assert row["rows"] == 2
    assert row["current"] is True
    assert row["originals_kept"] is True
    assert row["licence"] == "CC0 1.0"
    assert row["state"] == "up to date"
    assert row["fetched_at"].endswith("+00:00")


def test_empty_library_says_how_to_fill_it(library: Path) -> None:
    result = run("library", "--library", library)
    assert "holds no data sets. Get some with: beholden fetch NAME" in result.output
    assert not library.exists()


def test_one_failure_does_not_stop_the_rest(
    known: dict[str, Dataset], library: Path, publisher: Publisher
) -> None:
    publisher.script = [status(404)]
    result = run("fetch", "--all", "--library", library)
    assert result.exit_code == 1
    assert "error: alpha: alpha/values.csv: " in result.stderr
    assert "error: 1 of 2 data sets were not fetched" in result.stderr
    assert "beta: fetched" in result.stdout
    assert Shelf(library).names() == ("beta",)


def test_originals_come_from_a_folder_or_another_address(
    known: dict[str, Dataset], library: Path, tmp_path: Path, publisher: Publisher
) -> None:
    (tmp_path / "values.csv").write_bytes(BODY)
    assert run("fetch", "alpha", "--from", tmp_path, "--library", library).exit_code == 0
    assert publisher.requests == []
    publisher.files["/mirror/beta/values.csv"] = BODY
    mirror = f"{publisher.base}/mirror"
    assert run("fetch", "beta", "--from", mirror, "--library", library).exit_code == 0
    (record,) = Shelf(library).records("beta")
    assert record.originals[0].fetched_from == f"{mirror}/beta/values.csv"


def test_stale_set_says_what_is_described_now(
    known: dict[str, Dataset], library: Path, publisher: Publisher
) -> None:
    run("fetch", "alpha", "--library", library)
    known["alpha"] = made("alpha", publisher, "2")
    shown = run("library", "--library", library, "--json").output
    assert "stale: this beholden describes version 2" in shown
    run("fetch", "alpha", "--library", library)
    rows = json.loads(run("library", "--library", library, "--json").output)
    assert sorted((row["version"], row["current"]) for row in rows) == [("1", False), ("2", True)]
    assert "alpha (not current)" in run("library", "--library", library).output
    del known["alpha"]
    assert "unknown to this beholden" in run("library", "--library", library, "--json").output


def test_verify_names_what_is_damaged(known: dict[str, Dataset], library: Path) -> None:
    run("fetch", "--all", "--library", library)
    shelf = Shelf(library)
    shelf.table_path(shelf.record("alpha")).write_bytes(b"PAR1")
    result = run("verify", "--library", library)
    assert result.exit_code == 1
    assert "damaged: " in result.stderr
    assert f"Mend it with: beholden fetch alpha --library {library}" in result.stderr
    assert "2 tables checked, 1 damaged" in result.stdout
    assert run("verify", "beta", "--library", library).exit_code == 0
    assert "alpha: mended" in run("fetch", "alpha", "--library", library).output
    assert run("verify", "--library", library).exit_code == 0


def test_verify_names_a_damaged_record(known: dict[str, Dataset], library: Path) -> None:
    run("fetch", "alpha", "--library", library)
    shelf = Shelf(library)
    (shelf.place(shelf.record("alpha")) / "record.json").write_text("{")
    assert run("verify", "--library", library).exit_code == 1
    assert "damaged: " in run("library", "--library", library, "--json").output
    assert "damaged" in run("library", "--library", library).output


@pytest.mark.parametrize("word", ["verify", "remove"])
def test_verify_and_remove_of_what_is_not_held(
    known: dict[str, Dataset], library: Path, word: str
) -> None:
    with pytest.raises(MissingDataError, match="does not hold alpha"):
        run(word, "alpha", "--library", library)


@pytest.mark.parametrize("word", ["verify", "remove"])
def test_verify_and_remove_of_what_is_no_data_set(
    known: dict[str, Dataset], library: Path, word: str
) -> None:
    run("fetch", "--all", "--library", library)
    result = run(word, "beta", "alpa", "--library", library)
    assert result.exit_code == 2
    assert "no data set 'alpa'. Did you mean \"alpha\"?" in result.output
    assert Shelf(library).names() == ("alpha", "beta"), "nothing is done before all names are right"


def test_what_only_the_library_knows_is_verified_and_removed(
    known: dict[str, Dataset], library: Path
) -> None:
    run("fetch", "alpha", "--library", library)
    del known["alpha"]
    assert 'Did you mean "alpha"?' in run("verify", "alpa", "--library", library).output
    assert "1 table checked" in run("verify", "alpha", "--library", library).output
    assert "removed alpha 1" in run("remove", "alpha", "--library", library).output


def test_remove_one_version_or_all(
    known: dict[str, Dataset], library: Path, publisher: Publisher
) -> None:
    run("fetch", "--all", "--library", library)
    known["alpha"] = made("alpha", publisher, "2")
    run("fetch", "alpha", "--library", library)
    assert (
        "removed alpha 1 (" in run("remove", "alpha", "--version", "1", "--library", library).output
    )
    assert [record.version for record in Shelf(library).records("alpha")] == ["2"]
    assert "removed alpha 2 (" in run("remove", "alpha", "beta", "--library", library).output
    assert Shelf(library).names() == ()


def test_remove_what_a_broken_download_left(
    known: dict[str, Dataset], library: Path, publisher: Publisher
) -> None:
    publisher.script = [cut(5), *[cut(0)] * 5]
    assert run("fetch", "alpha", "--library", library).exit_code == 1
    assert "removed what was left of alpha" in run("remove", "alpha", "--library", library).output
    assert not (library / "data" / "alpha").exists()


def test_cite_in_both_styles(known: dict[str, Dataset]) -> None:
    assert run("cite", "beta").output == "@misc{beta,\n  title = {Values of beta},\n}\n"
    assert run("cite", "--all", "--style", "apa").output == (
        "Nobody (2024). Values of alpha.\n\nNobody (2024). Values of beta.\n"
    )


@pytest.mark.parametrize("word", ["fetch", "cite"])
def test_wrong_usage_is_named(known: dict[str, Dataset], word: str) -> None:
    for words in ([], ["alpha", "--all"]):
        result = run(word, *words)
        assert result.exit_code == 2
        assert "expected the names of data sets, or --all" in result.output
    result = run(word, "alpa")
    assert result.exit_code == 2
    assert "no data set 'alpa'. Did you mean \"alpha\"?" in result.output


def test_another_recipe_is_another_edition(
    known: dict[str, Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = described(known["alpha"])
    monkeypatch.setattr("beholden.sources.recipe.recipe", lambda name: f"another for {name}")
    after = described(known["alpha"])
    assert after.recipe == "another for alpha"
    assert after.edition != before.edition
