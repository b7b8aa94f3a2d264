"""Votes: the tallies of the Assembly and the Council, and what China did."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from measuring import THEN, evidence, made, measure, values

from beholden.measures.cover import subject_of

# Yes, no, abstentions as announced; None where the text was adopted without a vote.
ASSEMBLY: dict[int, tuple[int, int, int] | None] = {
    2005: (88, 21, 60),
    2006: (99, 21, 56),
    2007: (101, 22, 59),
    2008: (94, 22, 63),
    2009: (99, 20, 63),
    2010: (106, 20, 57),
    2011: (123, 16, 51),
    2012: None,
    2013: None,
    2014: (116, 20, 53),
    2015: (119, 19, 48),
}
COUNCIL = {
    2014: (11, 2, 2),
    2015: (9, 4, 2),
    2016: (9, 5, 1),
    2017: (10, 3, 2),
    2024: (12, 2, 1),
}


def tallies(frame: pl.DataFrame) -> dict[int, tuple[int, int, int] | None]:
    return {
        row["year"]: (
            None if row["yes"] is None else (int(row["yes"]), int(row["no"]), int(row["abstain"]))
        )
        for row in frame.iter_rows(named=True)
    }


def test_tallies_of_the_assembly() -> None:
    series = measure("rights_votes", {"unrecorded": "counted"}, (2005, 2015))
    assert series.frame.height == len(ASSEMBLY)
    assert tallies(series.frame) == ASSEMBLY
    assert set(series.frame["body"]) == {"UNGA plenary"}


def test_recorded_votes_leave_out_adoptions_without_a_vote() -> None:
    series = measure("rights_votes", years=(2005, None))
    assert tallies(series.frame) == {year: tally for year, tally in ASSEMBLY.items() if tally}
    assert set(series.frame["vote"]) == {"no"}
    assert series.frame["adopted"].all()


@pytest.mark.parametrize(
    ("year", "preferred", "alternative"),
    [
        (2007, (101, 22, 59), (102, 22, 58)),
        (2009, (99, 20, 63), (98, 20, 63)),
        (2008, (94, 22, 63), (94, 22, 63)),
    ],
)
def test_both_tallies_are_reachable(
    year: int, preferred: tuple[int, int, int], alternative: tuple[int, int, int]
) -> None:
    for tally, expected in (("preferred", preferred), ("alternative", alternative)):
        series = measure("rights_votes", {"tally": tally}, (year, year))
        assert tallies(series.frame) == {year: expected}
        assert series.frame.height == 1


def test_tallies_of_the_council() -> None:
    series = measure("council_votes")
    assert tallies(series.frame) == COUNCIL
    assert set(series.frame["vote"]) == {"no"}
    assert [len(rows) for rows in series.frame["rows"]] == [1] * 5
    # Each tally is of fifteen members.
    assert all(sum(tally) == 15 for tally in COUNCIL.values())


def test_attempts_that_never_came_to_a_vote() -> None:
    series = measure("council_votes", {"attempts": "all"})
    votes = dict(zip(series.frame["year"], series.frame["vote"], strict=True))
    # The attempt of 2018 is held from memory alone.
    assert sorted(votes) == sorted([*COUNCIL, 2019, 2023])
    assert votes[2019] == votes[2023] == "none"
    adopted = dict(zip(series.frame["year"], series.frame["adopted"], strict=True))
    assert adopted[2019] is False
    assert adopted[2023] is None
    recalled = measure("council_votes", {"attempts": "all"}, held=evidence(memory=True))
    assert 2018 in recalled.frame["year"].to_list()


def test_dissociation_counts_as_opposition_only_when_chosen() -> None:
    def vote(picks: str, year: int) -> object:
        frame = measure("rights_votes", {"unrecorded": picks}, (year, year)).frame
        return frame["vote"].to_list()

    assert vote("left out", 2012) == []
    assert vote("counted", 2012) == ["none"]
    assert vote("dissociation", 2012) == ["dissociated"]
    assert vote("dissociation", 2013) == ["none"]


def test_bodies_widen_the_votes() -> None:
    counts = [
        measure("rights_votes", {"bodies": bodies, "unrecorded": "counted"}).frame.height
        for bodies in ("plenary", "plenary and committee", "all rights bodies")
    ]
    assert counts == sorted(set(counts))
    committee = measure("rights_votes", {"bodies": "plenary and committee"}, (2014, 2014)).frame
    # The Cuban amendment of the same day is no rights resolution.
    assert sorted(committee["symbol"]) == ["A/C.3/69/L.28/Rev.1", "A/RES/69/188"]


def test_votes_from_memory_are_missing_and_their_tallies_stay() -> None:
    picks = {"bodies": "plenary and committee"}
    (row,) = (
        measure("rights_votes", picks, (2005, 2005))
        .frame.filter(pl.col("body") == "UNGA Third Committee")
        .to_dicts()
    )
    assert (row["yes"], row["vote"]) == (84, None)
    (recalled,) = (
        measure("rights_votes", picks, (2005, 2005), evidence(memory=True))
        .frame.filter(pl.col("body") == "UNGA Third Committee")
        .to_dicts()
    )
    assert recalled["vote"] == "no"


def test_tally_from_memory_is_missing_with_its_vote() -> None:
    picks = {"bodies": "all rights bodies", "unrecorded": "counted"}
    (row,) = (
        measure("rights_votes", picks, (2008, 2008))
        .frame.filter(pl.col("body") == "UNHRC")
        .to_dicts()
    )
    assert row["yes"] == 22
    assert [row[name] for name in ("no", "abstain", "margin", "vote")] == [None] * 4
    assert row["recorded"] is False


def test_a_state_that_is_no_member_has_no_vote() -> None:
    picks = {"bodies": "all rights bodies", "unrecorded": "counted"}
    frame = measure("rights_votes", picks, (2013, 2013)).frame
    vote = dict(zip(frame["body"], frame["vote"], strict=True))
    assert vote["UNHRC"] is None
    assert vote["UNGA plenary"] == "none"


def test_votes_are_known_on_their_day() -> None:
    def last(day: date) -> date:
        held = evidence(day)
        days: list[date] = measure("rights_votes", held=held).frame["date"].to_list()
        return max(days)

    assert last(date(2014, 12, 17)) == date(2011, 12, 19)
    assert last(date(2014, 12, 18)) == date(2014, 12, 18)
    assert last(THEN) == date(2014, 12, 18)


def test_weapons_and_rights_side_by_side() -> None:
    frame = measure("un_votes", years=(2005, None)).frame
    weapons = frame.filter(pl.col("subject") == "nuclear")
    assert set(weapons["body"]) == {"UNSC substantive"}
    not_yes = weapons.filter(pl.col("vote") != "yes")
    assert not_yes["symbol"].to_list() == ["S/2022/431", "S/2024/255"]
    assert not_yes["vote"].to_list() == ["no", "abstain"]
    assert not_yes["adopted"].to_list() == [False, False]
    assert set(frame.filter(pl.col("subject") == "rights")["vote"]) == {"no"}


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("yes votes", 116.0), ("yes share", 116 / 189), ("margin", 96.0)],
)
def test_support_in_2014(outcome: str, expected: float) -> None:
    series = measure("rights_support", {"outcome": outcome})
    assert values(series)[2014] == pytest.approx(expected)
    assert series.scale == ("share" if outcome == "yes share" else "votes")
    assert series.unit == "year"
    # Years in which nobody voted are missing, not zero.
    assert sorted(values(series)) == [year for year, tally in ASSEMBLY.items() if tally]


@pytest.mark.parametrize(
    ("body", "subject", "expected"),
    [
        ("UNSC procedural", "agenda: situation in the DPRK", "agenda"),
        ("UNGA Third Committee", "ICC amendment (Cuba): delete ICC referral", "amendment"),
        ("UNGA plenary", "human rights in the DPRK", "rights"),
        ("UNSC substantive", "missiles", "nuclear"),
    ],
)
def test_subject_of_a_vote(body: str, subject: str, expected: str) -> None:
    assert subject_of(body, subject) == expected


def vote(**cells: Any) -> dict[str, Any]:
    return {
        "date": "2000-01-02",
        "start": date(2000, 1, 2),
        "body": "UNGA plenary",
        "symbol": "A",
        "subject": "human rights in Cuba",
        "yes": 10,
        "no": 20,
        "abstain": 0,
        "outcome": "rejected",
        "vote_RUS": "no",
        "preferred": 1,
        **cells,
    }


def test_votes_of_another_patron() -> None:
    held = made("votes", [vote(), vote(symbol="B", vote_RUS="yes", outcome="adopted by vote")])
    frame = measure("rights_votes", held=held, client="CUB", patron="RUS").frame
    assert frame["vote"].to_list() == ["no", "yes"]
    assert frame["adopted"].to_list() == [False, True]
    assert frame["margin"].to_list() == [-10, -10]


def test_membership_is_no_position() -> None:
    held = made("votes", [vote(vote_RUS="not a member"), vote(symbol="B", vote_RUS="abstain")])
    frame = measure("rights_votes", held=held, client="CUB", patron="RUS").frame
    assert frame["vote"].to_list() == [None, "abstain"]


def test_patron_whose_votes_the_table_lacks_has_none() -> None:
    held = made("votes", [vote()])
    assert measure("rights_votes", held=held).frame["vote"].to_list() == [None]


def test_table_without_votes_gives_an_empty_series() -> None:
    series = measure("rights_votes", years=(1990, 1991))
    assert series.frame.height == 0
    assert series.sources == {}
    assert series.provenance.inputs == ()
