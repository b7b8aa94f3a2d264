"""The commands that speak of an article's data sets: check, diff, fetch --for, cite --for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from beholden import sources
from beholden.cases import article_path
from beholden.claims import load
from beholden.cli import cli
from beholden.engine import datasets_of
from beholden.errors import BeholdenError
from beholden.measures import MEASURES
from beholden.sources import Column, Dataset, Original
from beholden.store.shelf import Shelf
from set_maker import MADE, RANKED, SCORED, TRADED, scores, shelve, written

if TYPE_CHECKING:
    from collections.abc import Mapping

LOW = {2010: 0.1, 2011: 0.2, 2012: 0.3}


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)
    for name in ("CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.chdir(tmp_path)


def run(*words: object, fails: bool = False) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        if fails:
            assert isinstance(result.exception, BeholdenError)
            return result
        raise result.exception
    return result


def article(*blocks: str, extra: str = "") -> Path:
    path = Path("a.md")
    path.write_text(written(blocks, extra), encoding="utf-8")
    return path


def editions(root: Path) -> None:
    """Two editions of Alpha, the second revised, and one of Beta."""
    shelve(root, "alpha", scores(LOW), version="1")
    shelve(root, "alpha", scores(LOW | {2011: 0.9, 2013: 0.1}), version="2")
    shelve(root, "beta", scores(LOW), version="b")


def test_check_names_the_one_command_that_gets_everything(tmp_path: Path) -> None:
    (tmp_path / "library" / "data").mkdir(parents=True)
    done = run("check", article(SCORED, RANKED, TRADED), "--library", "library")
    assert (
        "2 claims read data sets that the library does not hold. Get them with: beholden fetch "
        "--for a.md --library library\n"
    ) in done.output
    for name in ("alpha", "beta"):
        shelve(tmp_path, name, scores(LOW))
    done = run("check", article(SCORED), "--library", tmp_path / "library")
    assert "does not hold" not in done.output


def test_check_of_the_worked_case_names_it() -> None:
    done = run("check", "--only", "own-record")
    assert "beholden fetch --for worked-case" in done.output


def test_diff_says_which_verdicts_change_and_why(tmp_path: Path) -> None:
    editions(tmp_path)
    place = ("--library", tmp_path / "library")
    done = run("diff", article(SCORED, TRADED), "--old", "alpha=1", "--new", "alpha=2", *place)
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0].startswith("alpha: 1 (1-")
    assert " -> 2 (2-" in lines[0]
    assert "  Now: supported -> contested; holds in 100% of 2 -> 50% of 2" in done.output
    assert "by Alpha (alpha): holds, 30% -> does not hold, 90%" in done.output
    assert "revised 2011: 20% -> 90%" in done.output
    assert lines[-1] == "1 verdict changes. 1 of the article's 2 claims do not read alpha."
    assert not Path("beholden-brief").exists()


def test_diff_takes_versions_without_a_name_and_one_side_alone(tmp_path: Path) -> None:
    editions(tmp_path)
    place = ("--library", tmp_path / "library")
    named = run("diff", article(SCORED), "--old", "alpha=1", "--new", "alpha=2", *place).output
    assert run("diff", "a.md", "--old", "1", "--new", "2", *place).output == named
    # The other side is the current edition, which is the second.
    assert run("diff", "a.md", "--old", "alpha=1", *place).output == named
    old = Shelf(tmp_path / "library").record("alpha", "1").edition
    assert run("diff", "a.md", "--old", f"alpha={old}", *place).output == named
    article(SCORED, extra='data: {alpha: "1"}\n')
    assert run("diff", "a.md", "--new", "alpha=2", *place).output == named


def test_diff_as_json(tmp_path: Path) -> None:
    editions(tmp_path)
    words = ("--old", "alpha=1", "--new", "alpha=2", "--library", tmp_path / "library", "--json")
    data = json.loads(run("diff", article(SCORED, TRADED), *words).output)
    assert data["article"] == "A test"
    assert [item["name"] for item in data["data_sets"]] == ["alpha"]
    assert data["data_sets"][0]["old"]["version"] == "1"
    (claim,) = data["claims"]
    assert claim["now"]["verdict"] == {"old": "supported", "new": "contested"}


def test_diff_says_when_nothing_changes(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), version="1")
    shelve(tmp_path, "alpha", scores(LOW | {1990: 0.5}), version="2")
    words = ("--old", "1", "--new", "2", "--library", tmp_path / "library")
    done = run("diff", article(SCORED, TRADED), *words)
    assert done.exit_code == 0
    assert done.output.splitlines()[-1] == (
        "Nothing changes: the one claim that reads it comes out the same, row by row. 1 of the "
        "article's 2 claims do not read alpha."
    )
    done = run("diff", article(TRADED), *words)
    assert "Nothing changes: no claim of the article reads alpha." in done.output


def test_diff_of_the_worked_case_needs_no_article(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), version="1")
    shelve(tmp_path, "alpha", scores(LOW), version="2")
    done = run("diff", "--old", "1", "--new", "2", "--library", tmp_path / "library")
    assert "Nothing changes: no claim of the article reads alpha." in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "expected --old NAME=VERSION and --new NAME=VERSION"),
        (("--old", "1"), "A version alone will do only as --old VERSION --new VERSION"),
        (("--old", "1", "--new", "alpha=2"), "expected NAME=VERSION, found '1'"),
        (("--old", "1", "--new", "3"), "held as 1 and as 3, found none. Write NAME=VERSION"),
        (("--old", "b", "--new", "2"), "held as b and as 2, found none"),
        (("--old", "alpha=2"), "expected two editions of alpha, found 2-"),
        (("--old", "alpha=1", "--old", "alpha=2"), "once for each data set, found 'alpha=2'"),
    ],
)
def test_diff_names_what_it_cannot_make_out(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    editions(tmp_path)
    done = run("diff", article(SCORED), *words, "--library", tmp_path / "library")
    assert done.exit_code == 2
    assert said in done.output


def test_two_sets_with_the_same_versions_must_be_named(tmp_path: Path) -> None:
    editions(tmp_path)
    for version in ("1", "2"):
        shelve(tmp_path, "ranking", scores(LOW), version=version)
    words = ("--old", "1", "--new", "2", "--library", tmp_path / "library")
    done = run("diff", article(SCORED), *words)
    assert done.exit_code == 2
    assert "expected one data set that is held as 1 and as 2, found alpha, ranking" in done.output


def test_diff_of_an_edition_that_is_not_held_says_what_is(tmp_path: Path) -> None:
    editions(tmp_path)
    words = ("--old", "alpha=7", "--library", tmp_path / "library")
    done = run("diff", article(SCORED), *words, fails=True)
    assert "expected version '7' of alpha, found 1, 2" in str(done.exception)
    done = run("diff", "a.md", "--old", "gamma=7", *words[2:], fails=True)
    assert "does not hold gamma" in str(done.exception)


def described(root: Path, name: str) -> Dataset:
    """Alpha or Beta as this beholden describes it, with its original under `published`."""
    held = shelve(root / "made", name, scores(LOW), version="d")
    (file,) = held.originals

    def read(paths: Mapping[str, Path]) -> pl.DataFrame:
        (path,) = paths.values()
        return pl.read_json(path)

    return Dataset(
        name=name,
        title=f"The {name} data",
        producer="A producer",
        version="d",
        home=f"https://example.org/{name}",
        doi="",
        licence="CC0 1.0",
        redistribution="allowed",
        citation=f"A producer (2024). The {name} data.",
        bibtex=f"@misc{{{name},\n  title = {{The {name} data}}\n}}",
        unit="state-year",
        keys=("iso3", "year"),
        span=(2010, 2012),
        originals=(Original(file.file, file.sha256, file.size, ""),),
        columns=MappingProxyType({key: Column(key) for key in ("iso3", "year", "score")}),
        read=read,
    )


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Dataset]:
    found = {name: described(tmp_path, name) for name in ("alpha", "beta", "gamma")}
    monkeypatch.setattr(sources, "datasets", lambda: found)
    return found


def test_fetch_for_an_article_brings_what_its_claims_read(
    tmp_path: Path, known: dict[str, Any]
) -> None:
    place = ("--library", tmp_path / "own", "--from", tmp_path / "made" / "published")
    done = run("fetch", "--for", article(SCORED, TRADED), *place)
    assert done.exit_code == 0, done.output
    assert Shelf(tmp_path / "own").names() == ("alpha", "beta")
    done = run("fetch", "gamma", "--for", "a.md", *place)
    assert [line.split(":")[0] for line in done.output.splitlines()] == ["gamma", "alpha", "beta"]
    checked = run("check", "a.md", "--library", tmp_path / "own", "--json")
    assert json.loads(checked.output)["claims"][0]["now"]["verdict"] == "supported"


def test_fetch_for_an_article_of_facts_says_so(tmp_path: Path, known: dict[str, Any]) -> None:
    done = run("fetch", "--for", article(TRADED), "--library", tmp_path / "own")
    assert done.exit_code == 0
    assert done.output == "The article reads no data sets.\n"


def test_fetch_notes_the_pins_that_it_could_not_serve(
    tmp_path: Path, known: dict[str, Any]
) -> None:
    place = ("--library", tmp_path / "own", "--from", tmp_path / "made" / "published")
    done = run("fetch", "--for", article(SCORED, extra='data: {alpha: "1"}\n'), *place)
    assert "note: the article is judged by alpha in version 1; the library holds d." in done.stderr
    done = run("fetch", "--for", article(SCORED, extra="data: {alpha: d}\n"), *place)
    assert "note:" not in done.stderr


@pytest.mark.parametrize("command", ["fetch", "cite"])
def test_an_article_that_is_none_fetches_nothing(command: str, known: dict[str, Any]) -> None:
    done = run(command, "--for", "none.md", fails=True)
    assert "none.md:1:1: found no such file" in str(done.exception)
    done = run(command, "--all", "--for", "none.md", fails=True)
    assert isinstance(done.exception, (BeholdenError, SystemExit))
    article(SCORED)
    done = run(command, "--all", "--for", "a.md")
    assert done.exit_code == 2
    assert "expected the names of data sets, or --all, or --for ARTICLE" in done.output


def test_cite_for_an_article_cites_its_sets_and_its_facts(known: dict[str, Any]) -> None:
    done = run("cite", "--for", article(SCORED, TRADED), "--style", "apa")
    assert done.output == (
        "A producer (2024). The alpha data.\n\nA producer (2024). The beta data.\n\n"
        "The beholden developers. Case file: China as patron of North Korea, version 1.\n"
    )
    done = run("cite", "gamma", "--for", "a.md")
    keys = [line for line in done.output.splitlines() if line.startswith("@misc")]
    assert keys[:3] == ["@misc{gamma,", "@misc{alpha,", "@misc{beta,"]
    assert keys[3] == "@misc{case_file_china_as_patron_of_north_korea_dprk,"
    assert "facts" not in run("cite", "--for", article(SCORED)).output
    assert run("cite", "--for", article(SCORED), "--style", "apa").output.count("\n\n") == 1


def test_cite_for_an_article_cites_the_version_that_it_pins(
    tmp_path: Path, known: dict[str, Any]
) -> None:
    words = {"released": "2011-05", "producer": "Someone & Co", "citation": "Someone (2011)."}
    shelve(tmp_path, "alpha", scores(LOW), version="1", **words)
    path = article(SCORED, extra='data: {alpha: "1"}\n')
    done = run("cite", "--for", path, "--library", tmp_path / "library")
    entry = done.output.split("\n\n")[0]
    assert entry.splitlines()[:4] == [
        "@misc{alpha,",
        "  author = {{Someone \\& Co}},",
        "  title = {The Alpha data},",
        "  year = {2011},",
    ]
    apa = run("cite", "--for", path, "--library", tmp_path / "library", "--style", "apa").output
    assert apa.startswith("Someone (2011).\n\nA producer (2024). The beta data.")
    # A version that is not held cannot be cited from its record.
    assert "The alpha data" in run("cite", "--for", path).output


def test_the_worked_case_has_a_name(known: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = datasets_of(load(article_path()))
    one = known["alpha"]
    found = {name: replace(one, name=name, citation=f"Cite {name}.") for name in wanted}
    monkeypatch.setattr(sources, "datasets", lambda: found)
    done = run("cite", "--for", "worked-case", "--style", "apa")
    assert done.output.split("\n\n")[:-1] == [f"Cite {name}." for name in wanted]
    assert "Case file: China as patron of North Korea" in done.output


def test_explain_names_the_data_sets(known: dict[str, Any]) -> None:
    done = run("explain", "a", "--article", article(SCORED))
    assert "Data sets read\n  - alpha: by Alpha\n  - beta: by Beta" in done.output


def test_a_pin_that_is_not_held_is_said_in_words(tmp_path: Path, known: dict[str, Any]) -> None:
    editions(tmp_path)
    path = article(SCORED, extra='data: {alpha: "7", beta: d}\n')
    done = run("check", path, "--library", tmp_path / "library", "--json")
    assert done.exit_code == 0
    (claim,) = json.loads(done.output)["claims"]
    assert claim["now"]["verdict"] == "untestable"
    fetchable, pinned = claim["now"]["missing"]
    assert "the library does not hold: beta in version d. Get it with: beholden fetch beta" in (
        fetchable
    )
    assert "version 7 of alpha, by which the article is judged; the library holds 1, 2" in pinned
    assert "brings version d" in pinned
