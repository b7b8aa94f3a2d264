"""Support in the Assembly and the votes short of blocking: against the case file and by search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from measuring import shipped

from beholden.measures.assembly import (
    ASSEMBLY_SUPPORT,
    SHORT_OF_BLOCKING,
    plenary_votes,
    votes_short,
)
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.measures import Measure
    from beholden.panels import Holdings

TALLIES = pytest.mark.parametrize("outcome", ["yes votes", "yes share", "margin"])


def of(measure: Measure, holdings: Holdings, state: str, **picks: str) -> dict[int, float]:
    frame = values_of(measure, holdings, picks).frame
    return dict(frame.filter(pl.col("state") == state).sort("year").select("year", "x").rows())


def case_file() -> pl.DataFrame:
    """The plenary votes on North Korea; of two printed tallies the one in the roll calls."""
    votes = shipped()["votes"].frame.filter(body="UNGA plenary").drop_nulls("yes")
    return votes.sort("preferred").unique("symbol", keep="first").sort("start")


@TALLIES
def test_north_korea_as_in_the_case_file(holdings: Holdings, outcome: str) -> None:
    yes, no, abstain = pl.col("yes"), pl.col("no"), pl.col("abstain")
    cells = {"yes votes": yes, "yes share": yes / (yes + no + abstain), "margin": yes - no}
    rows = case_file().select(pl.col("start").dt.year(), x=cells[outcome]).rows()
    found = of(ASSEMBLY_SUPPORT, holdings, "PRK", outcome=outcome)
    assert found == pytest.approx(dict(rows))
    assert list(found) == [*range(2005, 2012), 2014, 2015]


def test_the_two_disputed_tallies_differ_by_a_vote(holdings: Holdings) -> None:
    preferred = shipped()["votes"].frame.filter(body="UNGA plenary", preferred=1).drop_nulls("yes")
    printed = dict(preferred.select(pl.col("start").dt.year(), "yes").rows())
    found = of(ASSEMBLY_SUPPORT, holdings, "PRK")
    assert {year: x - printed[year] for year, x in found.items() if x != printed[year]} == {
        2007: 1,
        2009: -1,
    }


def test_several_texts_in_a_year(holdings: Holdings) -> None:
    # Syria in 2016: 71/203 with 116-15-52 and 71/248 with 105-15-52.
    own = plenary_votes(holdings).filter(state="SYR", year=2016).sort("id")
    yes, no = own["yes"].to_list(), own["no"].to_list()
    assert len(yes) == 2
    assert of(ASSEMBLY_SUPPORT, holdings, "SYR")[2016] == sum(yes) / 2
    margin = min(one - other for one, other in zip(yes, no, strict=True))
    assert of(SHORT_OF_BLOCKING, holdings, "SYR", votes="further no votes")[2016] == margin


def rejected(yes: int, no: int, *, two_thirds: bool) -> bool:
    """The rules of procedure, in words: a tie rejects; two thirds of those who voted."""
    return 3 * yes < 2 * (yes + no) if two_thirds else yes <= no


@pytest.mark.parametrize("two_thirds", [False, True])
@pytest.mark.parametrize("turned", [False, True])
def test_the_votes_short_by_search(two_thirds: bool, turned: bool) -> None:
    grid = [(yes, no) for yes in range(61) for no in range(61) if yes + no > 0]
    yes, no = (np.array(part) for part in zip(*grid, strict=True))
    found = votes_short(yes, no, np.full(len(grid), two_thirds), turned=turned)
    for (votes_for, against), k in zip(grid, found.tolist(), strict=True):
        least = next(
            n
            for n in range(200)
            if rejected(votes_for - n * turned, against + n, two_thirds=two_thirds)
        )
        assert k == least, (votes_for, against)


def test_how_far_north_korea_was_from_stopping_it(holdings: Holdings) -> None:
    short = of(SHORT_OF_BLOCKING, holdings, "PRK")
    # 116 to 20 on the text that asked for a referral: 48 supporters, or 96 abstainers, of 53.
    assert (short[2014], min(short.values()), max(short.values())) == (48, 34, 54)
    assert of(SHORT_OF_BLOCKING, holdings, "PRK", votes="further no votes")[2014] == 96


def test_suspension_takes_two_thirds(holdings: Holdings) -> None:
    texts = plenary_votes(holdings).filter("two_thirds")
    assert texts.select("id", "state", "yes", "no").rows() == [("GA-A/RES/ES-11/3", "RUS", 93, 24)]
    # 16 turned make it 77 to 40, under two thirds; 15 would have left 78 to 39, exactly two.
    assert of(SHORT_OF_BLOCKING, holdings, "RUS")[2022] == 16


def test_nothing_was_ever_blocked_and_nothing_is_made_up(holdings: Holdings) -> None:
    values = values_of(SHORT_OF_BLOCKING, holdings, {})
    assert values.frame["x"].min() == 7
    assert values.frame["x"].null_count() == 0
    # Adopted without a vote, or not on the agenda: no value.
    assert 2013 not in of(ASSEMBLY_SUPPORT, holdings, "PRK")
    assert list(of(ASSEMBLY_SUPPORT, holdings, "CUB")) == list(range(1992, 1998))
    assert list(of(ASSEMBLY_SUPPORT, holdings, "BLR")) == [2006, 2007]
    assert 2010 not in of(ASSEMBLY_SUPPORT, holdings, "MMR")
