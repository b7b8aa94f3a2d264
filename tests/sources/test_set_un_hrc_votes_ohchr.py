"""Roll calls of the Commission on Human Rights and the Human Rights Council on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, row, rows, table

from beholden.sources.registry import dataset

VOTES, DECISIONS = "un_hrc_votes_ohchr", "un_hrc_votes_ohchr_resolutions"
DPRK = {
    "E/CN.4/RES/2003/10": (28, 10, 14),
    "E/CN.4/RES/2004/13": (29, 8, 16),
    "E/CN.4/RES/2005/11": (30, 9, 14),
    "A/HRC/RES/7/15": (22, 7, 18),
    "A/HRC/RES/10/16": (26, 6, 15),
    "A/HRC/RES/13/14": (28, 5, 13),
    "A/HRC/RES/16/8": (30, 3, 11),
    "A/HRC/RES/25/25": (30, 6, 11),
    "A/HRC/RES/28/22": (27, 6, 14),
}


def test_each_set_is_what_it_says() -> None:
    # The bytes of the votes are published nowhere: no address.
    assert faults(VOTES) == [dataset(VOTES).originals[0].file]
    assert faults(DECISIONS) == []


def test_number_of_rows() -> None:
    # The README counts two members twice.
    assert table(VOTES).height == 80_158 - 2
    assert table(VOTES)["record_id"].n_unique() == 1_705
    assert table(VOTES)["state_code"].n_unique() == 154
    assert table(DECISIONS).height == 6_346


@pytest.mark.parametrize(("symbol", "official"), DPRK.items())
def test_tallies_on_north_korea(symbol: str, official: tuple[int, int, int]) -> None:
    cast = rows(VOTES, symbol=symbol)
    counts = [int((cast["vote"] == vote).sum()) for vote in ("Y", "N", "A")]
    assert tuple(counts) == official
    opposed = set(cast.filter(vote="N")["state_code"])
    assert {"CHN", "RUS", "CUB"} <= opposed


@pytest.mark.parametrize("symbol", ["A/HRC/RES/19/13", "A/HRC/RES/22/13"])
def test_north_korea_without_a_vote(symbol: str) -> None:
    assert rows(VOTES, symbol=symbol).is_empty()
    assert row(DECISIONS, symbol=symbol)["vote_type"] == "ADOPTED WITHOUT VOTE"


def test_vote_codes() -> None:
    counts = dict(table(VOTES)["vote"].value_counts().rows())
    assert (counts["."], counts[None]) == (701, 642)
    assert (counts["Y"], counts["N"], counts["A"]) == (44_535, 18_367, 15_911)


def test_kinds_of_decision() -> None:
    counts = dict(table(DECISIONS)["vote_type"].value_counts().rows())
    assert counts["RECORDED"] == 1_713
    assert counts["ADOPTED WITHOUT VOTE"] == 3_835
    assert counts["WITHDRAWN"] == 236


def test_traps() -> None:
    votes = table(VOTES).unique("record_id")
    assert votes["amendment"].sum() == 457
    assert votes["symbol"].len() - votes["symbol"].n_unique() == 7
    assert {"SUN", "YUG", "CSK", "DDR"} <= set(table(VOTES)["state_code"])
    german = rows(VOTES, state_code="GER")
    assert (german.height, set(german["member_iso3"])) == (256, {"DEU"})
    members = table(VOTES).filter(pl.col("year") > 2007).group_by("record_id").len()
    assert members["len"].max() == 47
