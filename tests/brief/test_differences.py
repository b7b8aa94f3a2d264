"""What changes between two editions of a data set: universes, figures, rows, and what does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from beholden.brief.difference_words import as_data, claim_lines
from beholden.brief.differences import ClaimChange, compare
from beholden.cases import facts_folder
from beholden.claims import parse
from beholden.engine import check
from beholden.measures import MEASURES
from beholden.store import Library
from beholden.store.shelf import Shelf
from set_maker import MADE, RANKED, SCORED, TRADED, places, scores, shelve, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beholden.brief import Brief

    Values = Mapping[int, float | None]

LOW = {2010: 0.1, 2011: 0.2, 2012: 0.3}
WINDOWS = SCORED + "\nchoices:\n  window:\n    one: {years: 2012}\n    all: {years: 2010..2012}"


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, measure in MADE.items():
        monkeypatch.setitem(MEASURES, name, measure)


def judged(root: Path, block: str, **pins: str) -> Brief:
    extra = f"data: {json.dumps(pins)}\n"
    library = Library([facts_folder()], Shelf(root / "library"))
    return check(parse(written([block], extra)), library)


def change(
    root: Path,
    old: Mapping[int, float | None],
    new: Mapping[int, float | None],
    block: str = SCORED,
) -> ClaimChange:
    """What becomes of a claim when Alpha's scores change; Beta's stay."""
    shelve(root, "alpha", scores(old), version="1", released="2012")
    shelve(root, "alpha", scores(new), version="2", released="2016")
    shelve(root, "beta", scores(LOW), released="2012")
    before, after = (judged(root, block, alpha=version) for version in ("1", "2"))
    return compare(before, after, {"alpha"})[0]


def lines(found: ClaimChange) -> list[str]:
    return list(claim_lines(found, "22 October 2015"))


def test_equal_editions_change_nothing(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW)
    assert not found.now.anything
    # Of the day of then only the first edition had been published.
    assert found.then.anything


def test_a_universe_that_flips_names_its_option_and_its_set(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW | {2011: 0.9})
    (moved,) = found.now.moved
    assert moved.flipped
    assert dict(moved.picks)["source"] == "alpha"
    assert moved.reads == ("alpha",)
    assert (moved.old.value, moved.new.value) == (0.3, 0.9)
    told = lines(found)
    assert told[0] == "a: The score is low."
    assert told[1] == (
        "  Now: supported -> contested; holds in 100% of 2 -> 50% of 2; figure 30% -> 90%; "
        "decided by no choice -> source"
    )
    assert told[2] == "    by Alpha (alpha): holds, 30% -> does not hold, 90%"
    assert told[3] == "    rows by Alpha (alpha): revised 2011: 20% -> 90%"
    assert told[4].startswith("  Then, 22 October 2015: supported; holds in 100% of 2 -> 100% of 1")
    assert told[5] == "    by Alpha (alpha): holds, 30% -> no data (alpha came out in 2016)"


def test_rows_that_come_and_go_are_told_as_spans(tmp_path: Path) -> None:
    old = {2010: 0.1, 2011: 0.2, 2012: 0.3}
    block = SCORED.replace("2010..2012", "2010..")
    new = {2011: 0.2, 2012: 0.3, 2013: 0.3, 2014: 0.3, 2016: 0.3}
    (revised,) = change(tmp_path, old, new, block).now.revised
    assert revised.added == ("2013", "2014", "2016")
    assert revised.removed == ("2010",)
    assert revised.changed == ()
    told = lines(change(tmp_path, old, new, block))
    assert "    rows by Alpha (alpha): added 2013 to 2014, 2016" in told
    assert "    rows by Alpha (alpha): gone 2010" in told


def test_a_value_that_becomes_unknown_is_a_row_that_goes(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW | {2010: None})
    (revised,) = found.now.revised
    assert revised.removed == ("2010",)
    assert revised.changed == ()


def test_rows_may_differ_where_no_figure_does(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW | {2010: 0.15})
    assert found.now.moved == ()
    assert found.now.anything
    told = lines(found)
    assert told[1] == "  Now: supported; holds in 100% of 2; figure 30%"
    assert told[2] == "    rows by Alpha (alpha): revised 2010: 10% -> 15%"


def test_a_move_below_what_is_printed_is_said_to_be_one(tmp_path: Path) -> None:
    told = lines(change(tmp_path, LOW, LOW | {2012: 0.30001}))
    assert told[2] == "    by Alpha (alpha): holds, 30%, moved by less than is printed"


def test_windows_on_one_series_share_its_rows(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW | {2012: 0.9}, WINDOWS)
    assert len(found.now.moved) == 2
    (revised,) = found.now.revised
    assert [row for row, _, _ in revised.changed] == ["2012"]
    told = lines(found)
    assert "    by Alpha (alpha): holds, 30% -> does not hold, 90%" in told
    assert (
        "    by Alpha, for \N{LEFT DOUBLE QUOTATION MARK}all\N{RIGHT DOUBLE QUOTATION MARK} "
        "(alpha): holds, 30% -> does not hold, 90%" in told
    )


def test_many_revisions_are_counted_and_not_listed(tmp_path: Path) -> None:
    old = dict.fromkeys(range(2000, 2013), 0.1)
    new = dict.fromkeys(old, 0.2)
    block = SCORED.replace("2010..2012", "2000..2012")
    told = lines(change(tmp_path, old, new, block))
    (revised,) = [line for line in told if "revised" in line]
    assert revised.endswith(" and 5 more")
    assert revised.count("->") == 8


def test_ranks_and_pairs_change_too(tmp_path: Path) -> None:
    for version, worst in (("1", 1.0), ("2", 3.0)):
        shelve(tmp_path, "ranking", places({2010: 1, 2011: 1, 2012: worst}), version=version)
    old, new = (judged(tmp_path, RANKED, ranking=version) for version in ("1", "2"))
    (found,) = compare(old, new, {"ranking"})
    told = lines(found)
    assert "supported -> contradicted" in told[1]
    assert told[2] == "    rank of the patron (ranking): holds, rank 1 -> does not hold, rank 3"
    assert told[3] == "    rows rank of the patron (ranking): revised 2012: rank 1 -> rank 3"


def test_claims_of_facts_do_not_change(tmp_path: Path) -> None:
    (found,) = compare(judged(tmp_path, TRADED), judged(tmp_path, TRADED), {"alpha"})
    assert not found.anything


def test_as_data_holds_every_row_and_is_json(tmp_path: Path) -> None:
    found = change(tmp_path, LOW, LOW | {2011: 0.9, 2013: 0.1})
    data = json.loads(json.dumps(as_data(found), allow_nan=False))
    assert data["id"] == "a"
    assert data["changed"] is True
    assert data["now"]["verdict"] == {"old": "supported", "new": "contested"}
    assert data["now"]["share"] == {"old": 1.0, "new": 0.5}
    assert data["now"]["figure"] == {"old": 0.3, "new": 0.9}
    assert data["now"]["decisive"] == {"old": [], "new": ["source"]}
    (universe,) = data["now"]["universes"]
    assert universe["flipped"] is True
    assert universe["old"]["meets"] is True
    assert universe["data_sets"] == ["alpha"]
    (rows,) = data["now"]["rows"]
    assert rows["revised"] == [
        {
            "row": "2011",
            "old": {"x": 0.2, "low": 0.2, "high": 0.2},
            "new": {"x": 0.9, "low": 0.9, "high": 0.9},
        }
    ]
