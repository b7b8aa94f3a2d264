"""One claim on one body of evidence; rows from memory never decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from universe_maker import NOW, VISITS, claim_of, tables_of, visit

from beholden.cases import article_path, facts_folder
from beholden.claims import load
from beholden.multiverse import Assessment, assess, missing_words
from beholden.store import Library

if TYPE_CHECKING:
    from beholden.core import Table

THEN = date(2015, 10, 22)
BEFORE, AFTER = "2014-05-01", "2015-05-01"


def real(claim_id: str, as_of: date = NOW) -> Assessment:
    claim = next(claim for claim in load(article_path()).claims if claim.id == claim_id)
    library = Library([facts_folder()])
    assert claim.measure is not None
    names = (*claim.measure.needs, *claim.measure.uses)
    held = {name: library.table(name, "PRK") for name in names}
    return assess(claim, {name: t for name, t in held.items() if t is not None}, as_of)


def judged(folder: Path, *visits: dict[str, str]) -> Assessment:
    return assess(claim_of(VISITS), tables_of(folder, "events", visits), NOW)


def test_sourced_rows_support(tmp_path: Path) -> None:
    found = judged(tmp_path, visit(BEFORE), visit(AFTER), visit("2015-06-01"))
    assert found.verdict.answer == "supported"
    assert [choice.name for choice in found.plan.choices] == []
    assert found.verdict.caveats == ()


def test_row_from_memory_that_would_support_makes_contested(tmp_path: Path) -> None:
    found = judged(tmp_path, visit(BEFORE), visit(AFTER, memory=True), visit(AFTER, memory=True))
    assert found.verdict.answer == "contested"
    assert found.plan.choices[0].name == "evidence"
    assert [item.picks["evidence"] for item in found.run.estimates] == ["sourced", "memory"]
    assert [item.meets for item in found.run.estimates] == [False, True]
    (decisive,) = found.verdict.decisive
    assert decisive.choice == "evidence"
    (caveat,) = found.verdict.caveats
    assert caveat.startswith("From memory, and so not decisive: visit of 2015-05-01 (events:3)")
    assert "events:2" not in caveat


def test_row_from_memory_that_would_contradict_makes_contested(tmp_path: Path) -> None:
    memory = [visit(BEFORE, memory=True)] * 3
    found = judged(tmp_path, visit(BEFORE), visit(AFTER), visit("2015-06-01"), *memory)
    assert [item.meets for item in found.run.estimates] == [True, False]
    assert found.verdict.answer == "contested"


def test_row_from_memory_that_changes_nothing_is_not_spoken_of(tmp_path: Path) -> None:
    found = judged(tmp_path, visit(AFTER), visit("2015-06-01", memory=True))
    assert found.verdict.answer == "supported"
    assert found.verdict.caveats == ()
    assert {row for item in found.run.estimates for row in item.rows} == {"events:2"}


RETURNS = """test: event count
measure: documented_returns
expect: sum(low) >= 100
choices:
  record: [dated returns]
because: A test."""


def test_rows_from_memory_alone_leave_a_claim_untestable(tmp_path: Path) -> None:
    row = {
        "date": "1998",
        "measure": "returns",
        "low": "6300",
        "destination_from": "CHN",
        "claim_basis": "figures quoted",
        "source_title": "none (from memory; verify)",
    }
    tables = tables_of(tmp_path, "returns", [row])
    found = assess(claim_of(RETURNS), tables, NOW)
    assert found.verdict.answer == "untestable"
    assert "a source for figures quoted (returns:2)" in found.verdict.missing
    assert found.verdict.caveats[-1] == (
        "Rows from memory alone would make it supported: figures quoted (returns:2)"
    )


def test_sourced_counterpart_of_a_row_from_memory_is_not_called_memory(tmp_path: Path) -> None:
    block = """test: level
measure: trade_share
target: {years: 2000..2001}
expect: min >= 50%
choices:
  interkorean: [excluded]
  crude: [without]
  compiler: [KOTRA]
because: A test."""
    base = {"flow": "total", "crude_basis": "not_applicable", "preferred": "1"}
    level = {**base, "interkorean_basis": "not_applicable", "source_date": "2005"}
    rows = [
        {**level, "year": "2000", "partner": "CHN", "usd_million": "90"},
        {**level, "year": "2000", "partner": "WLD", "usd_million": "100"},
        {**level, "year": "2001", "partner": "WLD", "usd_million": "100"},
        {
            **level,
            "year": "2001",
            "partner": "CHN",
            "usd_million": "10",
            "source_title": "from memory",
        },
    ]
    claim = claim_of(block.replace("2000..2001", "2000.."))
    aid = tables_of(tmp_path / "aid", "aid", [{"year": "1990", "source_date": "1991"}])
    found = assess(claim, {**tables_of(tmp_path / "trade", "trade", rows), **aid}, NOW)
    assert found.verdict.answer == "contested"
    # Row 4, the sourced world total of 2001, is used only together with row 5.
    assert found.verdict.caveats[-1].endswith("2001 (trade:5)")
    assert "trade:4" not in found.verdict.caveats[-1]


@pytest.mark.parametrize("as_of", [NOW, THEN])
def test_visit_of_october_2015_rests_on_memory(as_of: date) -> None:
    found = real("re-engaging", as_of)
    assert found.verdict.answer == "contested"
    assert found.verdict.decisive[0].choice == "evidence"
    assert "Liu Yunshan" in found.verdict.caveats[-1]
    sourced = [item for item in found.run.estimates if item.picks["evidence"] == "sourced"]
    recalled = [item for item in found.run.estimates if item.picks["evidence"] == "memory"]
    assert len(sourced) == len(recalled) == 4
    # Without the row of memory there is no visit in the year before or after.
    assert sourced[0].value == 0
    assert sourced[0].meets is False
    assert recalled[0].meets is True


def test_trade_of_1990_from_memory_is_named_and_its_world_total_is_not() -> None:
    caveat = real("long-lifeline").verdict.caveats[-1]
    assert caveat.startswith("From memory, and so not decisive: ")
    assert "(trade:14)" in caveat
    assert "(trade:10)" not in caveat


DAYS = ("2013-03-01", "2013-09-01", "2014-04-01", "2015-02-01", "2015-08-01", "2016-10-01")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(DAYS), st.booleans()), min_size=1, max_size=6))
def test_memory_never_decides(rows: list[tuple[str, bool]]) -> None:
    def answer(visits: list[dict[str, str]]) -> str:
        with TemporaryDirectory() as name:
            return judged(Path(name), *visits).verdict.answer

    # A visit of another state keeps the table from being empty of sourced rows.
    other = visit("2015-01-01") | {"actors": "CHN;KOR"}
    alone = answer([other, *(visit(day) for day, memory in rows if not memory)])
    mixed = answer([other, *(visit(day, memory=memory) for day, memory in rows)])
    as_sourced = answer([other, *(visit(day) for day, _ in rows)])
    assert mixed == (alone if alone == as_sourced else "contested")


def test_what_was_not_known_then_does_not_count_then(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, "events", [visit(BEFORE), visit(AFTER), visit("2016-06-01")])
    claim = claim_of(VISITS)
    then = assess(claim, tables, date(2015, 12, 31))
    assert then.as_of == date(2015, 12, 31)
    # One visit in two years against one in the first year known.
    assert then.verdict.answer == "supported"
    early = assess(claim, tables, date(2015, 3, 1))
    assert early.verdict.answer == "contradicted"


def test_nothing_is_known_before_the_event(tmp_path: Path) -> None:
    tables = tables_of(tmp_path, "events", [visit(BEFORE), visit(AFTER)])
    found = assess(claim_of(VISITS), tables, date(2014, 12, 31))
    assert found.verdict.answer == "untestable"
    assert "nothing is known after 2015-01-01" in found.verdict.missing


def test_table_that_is_not_held() -> None:
    found = assess(claim_of(VISITS), {}, NOW)
    assert found.verdict.answer == "untestable"
    assert found.verdict.missing == ("facts of the kind `events` about PRK",)
    assert found.run.estimates == ()
    assert found.reference is None


def test_claim_that_awaits_data_names_it_with_its_address() -> None:
    block = "test: association\nneeds: [cow_disputes]\nbecause: A test."
    found = assess(claim_of(block), {}, NOW)
    assert found.verdict.answer == "untestable"
    assert any("https://correlatesofwar.org" in words for words in found.verdict.missing)
    assert missing_words("council model").startswith("council model: predicted votes")
    assert missing_words("something else") == "something else"


def test_reference_is_the_first_universe_with_an_answer() -> None:
    found = real("trade-share")
    assert found.reference is found.run.estimates[0]
    assert found.reference is not None
    assert found.reference.value == pytest.approx(0.901)
    empty: dict[str, Table] = {}
    assert assess(claim_of(VISITS), empty, NOW).reference is None


def test_same_inputs_give_the_same_verdict() -> None:
    one, other = real("long-lifeline", THEN), real("long-lifeline", THEN)
    assert one.verdict == other.verdict
    assert one.run.estimates == other.run.estimates
    assert one.run.provenance == other.run.provenance
