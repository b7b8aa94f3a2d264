"""The coding of country resolutions on the originals: against facts, official tallies, reading."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from typing import Any

import polars as pl
import pytest
from roll_call_tables import call, coding, rolls, votes_of

from beholden.measures.country_resolutions import CODING, as_csv, by_target, code, overrides
from beholden.measures.rollcalls import VOTES
from beholden.measures.state_names import states_named
from beholden.measures.targets import classify
from beholden.states import find

FACTS = resources.files("beholden.cases.prk_chn") / "facts" / "dprk_un_votes.csv"
# The tallies that these two sources have differ from the published ones.
DISAGREE = {"A/RES/62/167": (102, 22, 58), "A/RES/64/175": (98, 20, 63)}
BODIES = {"UNGA plenary": "GA", "UNCHR": "CHR", "UNHRC": "HRC"}
SINCE = date(1992, 1, 1)


def facts() -> list[dict[str, str]]:
    """The recorded votes on human rights in North Korea, as published, in these bodies."""
    rows = list(csv.DictReader(FACTS.read_text("utf-8").splitlines()))
    return [row for row in rows if row["body"] in BODIES and row["yes"] and row["preferred"] == "1"]


def coded(symbol: str, motion: str = "text") -> dict[str, Any]:
    """The one roll call under a symbol on a kind of motion, as coded, with its tally."""
    found = coding().filter(symbol=symbol, motion=motion)
    assert found.height == 1, f"{found.height} rows for {symbol}"
    row = found.row(0, named=True)
    return call(row["id"]) | row


def rights() -> pl.DataFrame:
    """Roll calls on human rights in a country."""
    return coding().filter(subject="rights")


def critical() -> pl.DataFrame:
    """Texts, adopted as a whole or put to the vote so, that criticise a country."""
    return rights().filter(motion="text", polarity="against")


def test_the_shipped_table_is_what_the_rule_makes() -> None:
    assert CODING.read_text("utf-8") == as_csv(coding())


def test_there_are_facts_to_compare_with() -> None:
    assert [row["body"] for row in facts()].count("UNGA plenary") == 9
    assert len(facts()) == 18


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact["symbol"])
def test_votes_on_north_korea(fact: dict[str, str]) -> None:
    row = coded(fact["symbol"])
    assert (row["body"], row["target"]) == (BODIES[fact["body"]], "PRK")
    assert (row["subject"], row["polarity"]) == ("rights", "against")
    published = tuple(int(fact[vote]) for vote in VOTES[:3])
    counted = tuple(row[vote] for vote in VOTES[:3])
    assert counted == DISAGREE.get(fact["symbol"], published)
    assert (counted == published) is (fact["symbol"] not in DISAGREE)
    if row["body"] == "GA":
        assert row["date"].isoformat() == fact["date"]
        members = sum(int(fact[vote]) for vote in VOTES)
        assert sum(row[vote] for vote in VOTES) == members
        against = votes_and_states(row["id"], "no")
        assert against == set(fact["states_against"].split(";"))


def votes_and_states(identity: str, vote: str) -> set[str]:
    return set(rolls().votes.filter(id=identity, vote=vote)["iso3"])


def test_all_texts_on_north_korea_are_in_the_facts() -> None:
    ours = set(critical().filter(target="PRK")["symbol"])
    assert ours == {fact["symbol"] for fact in facts()}


# Tallies as published (from memory; the voting records are at https://digitallibrary.un.org).
SPOT = [
    ("A/RES/61/232", "MMR", (82, 25, 45)),
    ("A/RES/72/248", "MMR", (122, 10, 24)),
    ("A/RES/75/287", "MMR", (119, 1, 36)),
    ("A/RES/66/175", "IRN", (89, 30, 64)),
    ("A/RES/80/222", "IRN", (78, 27, 64)),
    ("A/HRC/RES/34/23", "IRN", (22, 12, 13)),
    ("A/RES/66/176", "SYR", (133, 11, 43)),
    ("A/RES/66/253", "SYR", (137, 12, 17)),
    ("A/RES/71/248", "SYR", (105, 15, 52)),
    ("A/RES/61/175", "BLR", (72, 32, 69)),
    ("A/HRC/RES/20/13", "BLR", (22, 5, 20)),
    ("A/RES/47/139", "CUB", (69, 18, 64)),
    ("A/RES/47/142", "SDN", (104, 8, 33)),
    ("A/RES/71/205", "RUS", (70, 26, 77)),
    ("A/RES/ES-11/3", "RUS", (93, 24, 58)),
]


@pytest.mark.parametrize(("symbol", "target", "published"), SPOT)
def test_known_resolutions(symbol: str, target: str, published: tuple[int, int, int]) -> None:
    row = coded(symbol)
    assert (row["target"], row["subject"], row["polarity"]) == (target, "rights", "against")
    # Delegations correct their votes afterwards: up to one vote on either side.
    differences = [abs(row[vote] - told) for vote, told in zip(VOTES, published, strict=False)]
    assert max(differences) <= 1


@pytest.mark.parametrize(
    ("symbol", "target"),
    [
        ("A/RES/59/206", "TKM"),
        ("A/RES/61/175", "BLR"),
        ("A/RES/61/176", "IRN"),
        ("A/RES/63/191", "IRN"),
        ("A/RES/66/175", "IRN"),
    ],
)
def test_motions_to_take_no_action(symbol: str, target: str) -> None:
    row = coded(symbol, "no action")
    assert (row["target"], row["polarity"]) == (target, "shields")
    # Each was lost, or there would have been no text to vote on.
    assert row["yes"] < row["no"]
    assert coded(symbol)["polarity"] == "against"


def test_the_motion_on_iran_that_the_source_does_not_flag() -> None:
    row = coded("A/RES/66/175", "no action")
    assert tuple(row[vote] for vote in VOTES[:3]) == (35, 100, 42)
    unmarked = classify(rolls().roll_calls.with_columns(no_action=pl.lit(None, dtype=pl.Boolean)))
    assert unmarked.filter(id=row["id"])["motion"].item() == "no action"


def test_the_commissions_motions_on_china() -> None:
    chinese = rights().filter(target="CHN", body="CHR")
    assert chinese["motion"].to_list() == ["no action"] * 4
    years = chinese["date"].dt.year().to_list()
    assert years == [1990, 1992, 1993, 1994]
    joined = chinese.join(votes_of("CHN"), on="id")
    assert joined["vote"].to_list() == ["yes"] * 4


def test_china_votes_yes_on_no_criticism_in_the_assembly_since_1992() -> None:
    ruled = classify(rolls().roll_calls).filter(
        pl.col("date") >= SINCE, subject="rights", body="GA"
    )
    joined = ruled.filter(polarity="against").join(votes_of("CHN"), on="id", how="left")
    motions = dict(joined["motion"].value_counts().rows())
    # By titles alone: 134 texts and 14 paragraphs, 148 roll calls.
    assert motions == {"text": 134, "paragraph": 14}
    texts = dict(joined.filter(motion="text")["vote"].value_counts().rows())
    assert texts == {"no": 103, "abstain": 31}
    assert "yes" not in set(joined["vote"])


def test_china_votes_yes_on_three_critical_texts_of_the_commission_since_1992() -> None:
    joined = critical().filter(pl.col("date") >= SINCE).join(votes_of("CHN"), on="id")
    counts = {
        (body, vote): number for body, vote, number in joined.group_by("body", "vote").len().rows()
    }
    assert counts == {
        ("GA", "no"): 104,
        ("GA", "abstain"): 30,
        ("CHR", "no"): 44,
        ("CHR", "abstain"): 16,
        ("CHR", "absent"): 1,
        ("CHR", "yes"): 3,
        ("HRC", "no"): 137,
        ("HRC", "abstain"): 2,
    }
    # Kuwait under Iraqi occupation, the former Yugoslavia, Bosnia.
    assert joined.filter(vote="yes").sort("date").select("symbol", "target").rows() == [
        ("E/CN.4/RES/1992/60", "IRQ"),
        ("E/CN.4/RES/1992/S-2/1", "YUG"),
        ("E/CN.4/RES/1994/75", "YUG"),
    ]


def test_china_votes_for_every_motion_and_amendment_that_shields() -> None:
    shields = rights().filter(polarity="shields").filter(pl.col("date") >= SINCE)
    joined = shields.join(votes_of("CHN"), on="id")
    assert joined.height == 75
    assert set(joined["vote"]) == {"yes"}


def test_no_target_votes_for_criticism_of_itself() -> None:
    # Where one does, a correction says that the polarity is unclear; Myanmar's seat was held in
    # 2021 by the government that the army had overthrown.
    single = rights().filter(~pl.col("target").str.contains(";"), polarity="against")
    own = single.join(rolls().votes, left_on=["id", "target"], right_on=["id", "iso3"])
    assert own.height > 200
    assert own.filter(vote="yes")["symbol"].to_list() == ["A/RES/75/287"]


def test_every_target_existed_on_the_day() -> None:
    for target, on in by_target(coding()).select("target", "date").unique().rows():
        assert find(target, on).iso3 == target


def test_every_text_of_a_rights_body_that_names_a_country_is_coded() -> None:
    left = rolls().roll_calls.filter(pl.col("body") != "GA").join(coding(), on="id", how="anti")
    named = [
        row["title"]
        for row in left.to_dicts()
        if states_named(f"{row['title']} {row['heading'] or ''}", row["date"])
    ]
    # About the Lord's Resistance Army, not about Uganda's authorities.
    assert len(named) == 2
    assert all("northern Uganda" in title for title in named)


# Read by hand: texts on human rights that are about no single country.
THEMATIC = [
    *("GA-1005", "GA-1170", "GA-1195", "GA-1809", "GA-1913", "GA-2045", "GA-2297", "GA-2459"),
    *("GA-2616", "GA-2800", "GA-2860", "GA-2864", "GA-3058", "GA-3072", "GA-3196", "GA-3488"),
    *("GA-4002", "GA-4005", "GA-4093", "GA-4219", "GA-4222", "GA-4272", "GA-4355", "GA-4459"),
    *("GA-4541", "GA-4593", "GA-4734", "GA-4799", "GA-4827", "GA-5028", "GA-5034", "GA-5113"),
    *("GA-5232", "GA-5455", "GA-5560", "GA-5574", "GA-5589", "GA-6121"),
    *("GA-A/RES/75/277", "GA-A/RES/78/282", "GA-A/RES/80/184", "GA-A/RES/80/203"),
    *("GA-A/RES/80/212", "GA-A/RES/80/213", "GA-A/RES/80/214", "GA-A/RES/80/215"),
    *("HR-25271", "HR-24736", "HR-24165", "HR-21529", "HR-21704", "HR-23264", "HR-31196"),
]


def test_no_thematic_text_is_coded() -> None:
    known = set(rolls().roll_calls["id"])
    sample = set(THEMATIC) - {"HR-31196"}
    assert sample <= known
    # An amendment that lapsed is no roll call at all.
    assert "HR-31196" not in known
    assert not sample & set(coding()["id"])


def test_corrections_are_few_and_each_changes_something() -> None:
    by_hand = overrides()
    assert by_hand.height < 40
    without = code(rolls().roll_calls, by_hand.clear())
    columns = ["target", "subject", "motion", "polarity"]
    both = coding().join(without, on="id", how="left", suffix="_ruled")
    same = both.filter(
        pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"{name}_ruled")) for name in columns)
    )
    assert not set(same["id"]) & set(by_hand["id"])
    # And nothing else changes.
    assert set(both["id"]) - set(same["id"]) == set(by_hand["id"])


def test_counts_by_body_and_decade() -> None:
    counts = (
        critical()
        .group_by("body", (pl.col("date").dt.year() // 10 * 10).alias("decade"))
        .len()
        .sort("body", "decade")
    )
    assert counts.rows() == [
        *(("CHR", 1970, 2), ("CHR", 1980, 35), ("CHR", 1990, 42), ("CHR", 2000, 25)),
        *(("GA", 1940, 3), ("GA", 1950, 1), ("GA", 1960, 2), ("GA", 1970, 10)),
        *(("GA", 1980, 30), ("GA", 1990, 48), ("GA", 2000, 35), ("GA", 2010, 33)),
        *(("GA", 2020, 21), ("HRC", 2000, 3), ("HRC", 2010, 74), ("HRC", 2020, 81)),
    ]
