"""Data sets that cannot be read: told once, with what to do, apart from other want of data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from beholden.claims import parse
from beholden.measures import MEASURES
from beholden.multiverse import Assessment, Means, assess, datasets_of, lacking, read_by
from beholden.multiverse.datasets import reads_facts
from beholden.multiverse.lacking import Lack, lacks_of
from beholden.panels import Holdings
from beholden.store.shelf import Shelf
from set_maker import MADE, RANKED, SCORED, TRADED, scores, shelve, written

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.claims import Claim

NOW, THEN = date.max, date(2015, 10, 22)
LOW = {2010: 0.1, 2011: 0.2, 2012: 0.3}


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)


def claim(block: str) -> Claim:
    return parse(written([block])).claims[0]


def judged(root: Path, block: str = SCORED, as_of: date = NOW, **pins: str) -> Assessment:
    data = Holdings(Shelf(root / "library"), pins, as_of)
    return assess(claim(block), {}, as_of, means=Means(data, offered=lambda _: "9"))


def test_one_command_gets_all_that_is_absent(tmp_path: Path) -> None:
    found = judged(tmp_path)
    assert found.verdict.answer == "untestable"
    assert found.verdict.missing == (
        (
            "data sets that the library does not hold: alpha, beta. Get them with: beholden fetch "
            f"alpha beta --library {tmp_path / 'library'}"
        ),
    )
    assert [item.lacks for item in found.run.estimates] == [("alpha",), ("beta",)]
    assert found.run.estimates[0].message == "alpha is not in the library"


def test_the_default_library_needs_no_folder_in_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = assess(claim(RANKED), {}, NOW, Holdings(Shelf()))
    assert found.verdict.missing == (
        "a data set that the library does not hold: ranking. Get it with: beholden fetch ranking",
    )


def test_without_holdings_nothing_is_held() -> None:
    found = assess(claim(RANKED), {}, NOW)
    assert found.verdict.missing[0].endswith("Get it with: beholden fetch ranking")


def test_where_some_could_be_tested_the_caveat_counts_the_rest(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW))
    found = judged(tmp_path)
    assert found.verdict.answer == "supported"
    assert found.verdict.universes == 1
    assert found.verdict.no_data == 1
    assert found.verdict.missing == ()
    assert found.verdict.caveats == (
        (
            "1 of 2 planned universes could not be run for want of a data set that the library "
            "does not hold: beta. Get it with: beholden fetch beta --library "
            f"{tmp_path / 'library'}"
        ),
    )


def test_other_reasons_are_counted_apart(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores({2010: 0.1}))
    found = judged(tmp_path)
    assert found.verdict.answer == "untestable"
    assert found.verdict.missing[0].startswith("a data set that the library does not hold: beta")
    assert found.verdict.missing[1].startswith("1 of 3 years of 2010..2012 known")


def test_editions_that_came_later_are_told_together_and_in_words(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), released="2016-03-01")
    shelve(tmp_path, "beta", scores(LOW), released="2015")
    found = judged(tmp_path, as_of=THEN)
    # 2015 may mean its last day, so that it is not known to lie before 22 October.
    assert found.verdict.missing == (
        (
            "editions published by 22 October 2015; those that the library holds came out later: "
            "alpha (1 March 2016), beta (2015)"
        ),
    )
    assert found.run.estimates[0].message == "alpha came out on 1 March 2016"
    assert found.run.estimates[1].message == "beta came out in 2015"
    assert judged(tmp_path).verdict.answer == "supported"
    assert {lack.why for lack in found.lacks} == {"later"}


def test_what_bears_no_date_counts_for_now_only(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), released="2014")
    shelve(tmp_path, "beta", scores(LOW))
    found = judged(tmp_path, as_of=THEN)
    assert found.verdict.answer == "supported"
    assert found.verdict.caveats == (
        (
            "1 of 2 planned universes could not be run for want of an edition known to be "
            "published by 22 October 2015; the one held does not say when: beta"
        ),
    )


def test_a_pinned_version_that_is_not_held_is_no_other_version(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), version="2")
    shelve(tmp_path, "beta", scores(LOW))
    found = judged(tmp_path, alpha="1")
    assert [item.status for item in found.run.estimates] == ["no data", "ok"]
    (caveat,) = found.verdict.caveats
    assert caveat == (
        "1 of 2 planned universes could not be run for want of version 1 of alpha, by which the "
        "article is judged; the library holds 2. beholden fetch alpha --library "
        f"{tmp_path / 'library'} brings version 9: change the version under `data:` in the "
        "article's head, or bring the old one in"
    )
    assert found.run.estimates[0].message == "alpha is not held in version 1"


def test_a_pinned_version_that_fetching_brings_joins_the_one_command(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), version="2")
    (missing,) = (
        judged(tmp_path, alpha="9").verdict.missing or judged(tmp_path, alpha="9").verdict.caveats
    )
    assert missing.startswith(
        "data sets that the library does not hold: alpha in version 9, beta. Get them with: "
        "beholden fetch alpha beta"
    )


def test_a_pinned_version_whose_present_one_nobody_knows() -> None:
    lack = Lack("pinned", "alpha", "1", held=("2", "2"))
    (text,) = lacking.missing([lack], NOW, None)
    assert "the library holds 2. Get it with: beholden fetch alpha, or change the version" in text


def test_pins_open_the_edition_they_name(tmp_path: Path) -> None:
    first = shelve(tmp_path, "alpha", scores(LOW), version="1")
    shelve(tmp_path, "alpha", scores({2010: 0.9, 2011: 0.9, 2012: 0.9}), version="2")
    shelve(tmp_path, "beta", scores(LOW))
    assert [item.meets for item in judged(tmp_path).run.estimates] == [False, True]
    for pin in ("1", first.edition):
        assert [item.meets for item in judged(tmp_path, alpha=pin).run.estimates] == [True, True]


def test_a_universe_with_several_lacks_is_counted_once() -> None:
    absent, later = Lack("absent", "alpha"), Lack("later", "beta", "1", "2016")
    notes = lacking.caveats([[later, absent], [later], []], THEN, None)
    assert [note.split(" for want of ")[0] for note in notes] == [
        "1 of 3 planned universes could not be run",
        "1 of 3 planned universes could not be run",
    ]
    assert "alpha" in notes[0]
    assert "beta" in notes[1]


def test_an_edition_without_a_column_says_which_set_to_fetch(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", [{"iso3": "PRK", "year": 2010, "points": 1.0}])
    shelve(tmp_path, "beta", scores(LOW))
    found = judged(tmp_path)
    assert [item.status for item in found.run.estimates] == ["no data", "ok"]
    assert found.run.estimates[0].message.startswith(
        "alpha: the edition held lacks a column that this beholden reads"
    )
    assert "beholden fetch alpha --library" in found.run.estimates[0].message


def test_facts_are_not_spoken_of_where_none_are_read(tmp_path: Path) -> None:
    assert not any("facts of the kind" in words for words in judged(tmp_path).verdict.missing)
    sets = SCORED.replace("score\n", "trade_share\n") + "\nchoices: {source: [COW 4.0]}"
    assert not reads_facts(claim(sets))
    found = assess(claim(sets), {}, NOW)
    assert found.verdict.missing == (
        (
            "a data set that the library does not hold: cow_trade_v4. Get it with: beholden fetch "
            "cow_trade_v4"
        ),
    )
    assert reads_facts(claim(TRADED))
    assert reads_facts(claim(SCORED.replace("score\n", "arrivals\n")))


def test_the_data_sets_of_a_claim_are_those_of_the_options_that_it_keeps() -> None:
    assert read_by(claim(SCORED)) == {"alpha": ("by Alpha",), "beta": ("by Beta",)}
    assert datasets_of(claim(SCORED + "\nchoices: {source: [beta]}")) == ("beta",)
    # What every option that is kept reads is read whatever is chosen.
    assert read_by(claim(SCORED + "\nchoices: {source: [beta]}")) == {"beta": ()}
    assert read_by(claim(RANKED)) == {"ranking": ()}
    assert datasets_of(claim(TRADED)) == ()


def test_measures_that_an_association_names_are_read_too() -> None:
    waiting = (
        "id: NAME\nsays: They go together.\ntest: association\noutcome: place\n"
        "exposure: score\nneeds: [cow_disputes]"
    )
    assert read_by(claim(waiting)) == {
        "ranking": ("rank of the patron",),
        "alpha": ("score of the state by Alpha",),
        "beta": ("score of the state by Beta",),
    }
    tested = (
        "id: NAME\nsays: They go together.\ntest: association\noutcome: {score: {source: alpha}}\n"
        "exposure: polity\nexpect: positive\nmatters: 0.1\nsamples: [autocracies]"
    )
    assert read_by(claim(tested)) == {
        "alpha": ("score of the state by Alpha",),
        "polity5": ("regime by Polity5",),
        "vdem_v15_indices": ("over autocracies only",),
    }


def test_lacks_are_looked_up_once_for_each_day(tmp_path: Path) -> None:
    shelve(tmp_path, "alpha", scores(LOW), released="2016")
    data = Holdings(Shelf(tmp_path / "library"))
    assert lacks_of(["alpha"], data) == ()
    assert [lack.why for lack in lacks_of(["alpha"], data.seen_on(THEN))] == ["later"]
