"""Vetoes cast for a client: the coding, the counts by pair, what is zero and what is unknown."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from measuring import evidence, shipped

from beholden.errors import MissingDataError, TableError
from beholden.measures import Evidence, Target, Years, known
from beholden.measures.states_and_pairs import values_of
from beholden.measures.veto_clauses import CERTAINTIES, EFFECTS, MATTERS
from beholden.measures.veto_coding import BY_HAND, as_csv, by_hand, code, veto_targets
from beholden.measures.vetoes import RECORD_ENDS, VETOES_CAST, permanent_members
from beholden.states import find

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.core import Series
    from beholden.panels import Holdings

WHOLE = {"record": "complete years"}
LISTED, LATER = {"record": "to the last veto listed"}, {"record": "with later vetoes"}


@pytest.fixture(scope="module")
def vetoes(holdings: Holdings) -> pl.DataFrame:
    return holdings.frame("un_sc_vetoes")


def cast(holdings: Holdings, state: str, other: str, **picks: str) -> dict[int, float]:
    """Years with a veto, and how many."""
    frame = values_of(VETOES_CAST, holdings, {**LISTED, **picks}).frame
    own = frame.filter((pl.col("state") == state) & (pl.col("other") == other) & (pl.col("x") > 0))
    return dict(own.sort("year").select("year", "x").rows())


def test_vetoes_by_member_by_name(vetoes: pl.DataFrame) -> None:
    assert dict(vetoes["member"].value_counts().rows()) == {
        "USSR": 90,
        "USA": 82,
        "Russia": 31,
        "UK": 29,
        "China": 17,
        "France": 16,
    }
    assert vetoes["date"].max() == RECORD_ENDS


def test_the_shipped_coding_is_what_rule_and_hand_give(vetoes: pl.DataFrame) -> None:
    made = code(vetoes)
    assert as_csv(made) == as_csv(veto_targets())
    assert set(vetoes["number"]) == set(made["number"].drop_nulls())
    assert made.select("number", "draft", "target").is_duplicated().sum() == 0


def test_the_words_of_the_coding() -> None:
    coding = veto_targets()
    assert set(coding["effect"]) == set(EFFECTS)
    assert set(coding["certainty"]) == set(CERTAINTIES)
    assert set(coding.filter(effect="protects")["matter"]) == set(MATTERS)
    assert coding.filter(pl.col("effect") != "protects")["matter"].null_count() == (
        coding.height - coding.filter(effect="protects").height
    )
    assert coding.filter(effect="none")["target"].null_count() == 6
    for target, on in coding.select("target", "date").drop_nulls().rows():
        assert find(target, on).iso3 == target


def test_every_coded_veto_lies_on_a_cell(holdings: Holdings, vetoes: pl.DataFrame) -> None:
    """Counted over the drafts by hand: no protected state falls out of the pairs."""
    protects = veto_targets().filter(effect="protects")
    members: dict[int, list[str]] = {}
    for number, iso3 in vetoes.select("number", "member_iso3").rows():
        members.setdefault(number, []).append(iso3)
    expected = Counter(
        (target, member, day.year)
        for number, day, target in protects.select("number", "date", "target").rows()
        for member in members.get(number, [])
        if member != target
    )
    frame = values_of(VETOES_CAST, holdings, LISTED).frame.filter(pl.col("x") > 0)
    found = {(s, o, y): x for s, o, y, x in frame.select("state", "other", "year", "x").rows()}
    assert found == dict(expected)


def test_china(holdings: Holdings) -> None:
    assert cast(holdings, "SYR", "CHN") == {
        2011: 1,
        2012: 2,
        2014: 1,
        2016: 1,
        2017: 1,
        2019: 2,
        2020: 2,
    }
    assert cast(holdings, "MMR", "CHN") == {2007: 1}
    assert cast(holdings, "ZWE", "CHN") == {2008: 1}
    assert cast(holdings, "VEN", "CHN") == {2019: 1}
    assert cast(holdings, "PRK", "CHN") == {2022: 1}
    # Of its seventeen, the other three kept Bangladesh out and ended two missions.
    frame = values_of(VETOES_CAST, holdings, {**LISTED, "coding": "plain cases"}).frame
    assert frame.filter(pl.col("other") == "CHN")["x"].sum() == 14


def test_weapons_are_another_matter(holdings: Holdings) -> None:
    assert cast(holdings, "PRK", "CHN", matter="people") == {}
    assert sum(cast(holdings, "SYR", "CHN", matter="people").values()) == 10


def test_the_clients_of_the_others(holdings: Holdings) -> None:
    assert sum(cast(holdings, "SYR", "RUS").values()) == 17
    assert cast(holdings, "PRK", "SUN") == {1950: 1, 1952: 2}
    assert cast(holdings, "PRK", "SUN", coding="plain cases") == {1950: 1}
    israel = cast(holdings, "ISR", "USA")
    assert sum(israel.values()) == 44
    assert (min(israel), max(israel)) == (1972, 2018)
    assert cast(holdings, "ISR", "GBR") == cast(holdings, "ISR", "FRA") == {1956: 2}
    assert cast(holdings, "GBR", "USA") == {1982: 1}
    assert cast(holdings, "USA", "GBR") == cast(holdings, "USA", "FRA") == {1986: 1, 1989: 2}
    assert cast(holdings, "HUN", "SUN") == {1968: 1}
    for member, count in {"USA": 17, "GBR": 16, "FRA": 10}.items():
        apartheid = cast(holdings, "ZAF", member, coding="plain cases")
        assert sum(apartheid.values()) == count
        assert min(apartheid) == 1974
        assert max(apartheid) == (1981 if member == "FRA" else 1988)
    # Neither Cuba nor Belarus ever needed one.
    assert cast(holdings, "CUB", "SUN") == cast(holdings, "BLR", "RUS") == {}


def test_zero_only_where_the_record_says_so(holdings: Holdings) -> None:
    values = values_of(VETOES_CAST, holdings, WHOLE)
    frame = values.frame
    assert values.span == (1946, 2021)
    assert frame["x"].null_count() == 0
    assert frame.filter((pl.col("state") == "PRK") & (pl.col("other") == "CHN"))["x"].sum() == 0
    assert (frame["state"] == frame["other"]).sum() == 0
    members = {"USA", "GBR", "FRA", "SUN", "RUS", "CHN"}
    assert set(frame["other"].unique()) == members
    by_china = frame.filter(pl.col("other") == "CHN")["year"]
    assert (by_china.min(), by_china.max()) == (1972, 2021)
    assert frame.filter((pl.col("other") == "SUN") & (pl.col("year") > 1991)).is_empty()
    assert frame.filter((pl.col("other") == "RUS") & (pl.col("year") < 1992)).is_empty()
    # No state before it existed.
    korea = frame.filter(pl.col("state") == "PRK")["year"]
    assert korea.min() == 1948


def test_a_year_covered_in_part_has_no_zero(holdings: Holdings) -> None:
    part = values_of(VETOES_CAST, holdings, LISTED)
    last = part.frame.filter(pl.col("year") == 2022)
    assert last.drop_nulls("x").select("state", "other", "x").rows() == [
        ("PRK", "CHN", 1.0),
        ("PRK", "RUS", 1.0),
        ("SYR", "RUS", 1.0),
    ]
    assert last.filter(pl.col("x").is_null())["why"].unique().to_list() == [*part.missing]


def test_then_is_cut_on_the_day(holdings: Holdings) -> None:
    then = holdings.seen_on(date(2014, 10, 1))
    assert values_of(VETOES_CAST, then, WHOLE).span == (1946, 2013)
    assert cast(then, "SYR", "CHN") == {2011: 1, 2012: 2, 2014: 1}
    frame = values_of(VETOES_CAST, then, LISTED).frame
    own = frame.filter((pl.col("state") == "PRK") & (pl.col("year") == 2014))
    assert own["x"].null_count() == own.height == 5


def test_permanent_members() -> None:
    assert permanent_members(1946) == ("FRA", "GBR", "SUN", "USA")
    assert permanent_members(1992) == ("CHN", "FRA", "GBR", "RUS", "USA")


def claim(held: Evidence, client: str, patron: str, picks: dict[str, str]) -> Series:
    assert VETOES_CAST.compute is not None
    full = {"matter": "any", "coding": "all", "record": "complete years"} | picks
    return VETOES_CAST.compute(held, Target(client, patron, years=Years(2010, None)), full)


def yearly(series: Series) -> dict[int, float]:
    return {year: x for year, x in series.frame.select("year", "x").rows() if x}


@pytest.fixture(scope="module")
def held(holdings: Holdings) -> Evidence:
    return known(shipped(), date.max, data=holdings)


def test_a_claim_sees_its_pair(held: Evidence) -> None:
    series = claim(held, "SYR", "CHN", {})
    assert series.frame["year"].to_list() == list(range(2010, 2022))
    assert yearly(series) == {2011: 1, 2012: 2, 2014: 1, 2016: 1, 2017: 1, 2019: 2, 2020: 2}


def test_later_vetoes_come_by_the_facts_with_their_sources(held: Evidence) -> None:
    korea = claim(held, "PRK", "RUS", LATER)
    assert yearly(korea) == {2022: 1, 2024: 1}
    assert any(row.startswith("vetoes:") for row in korea.sources)
    assert 2023 not in korea.frame["year"].to_list()
    assert yearly(claim(held, "ISR", "USA", LATER)) == {
        2011: 1,
        2017: 1,
        2018: 1,
        2023: 2,
        2024: 3,
    }
    # Arguable, and on another matter: the application of Palestine.
    assert yearly(claim(held, "ISR", "USA", {**LATER, "matter": "people"}))[2024] == 2
    # China and Russia vetoed two drafts as too weak.
    assert yearly(claim(held, "ISR", "CHN", LATER)) == {}


def test_what_rests_on_memory_counts_only_when_asked_for(holdings: Holdings) -> None:
    with_memory = known(shipped(), date.max, memory=True, data=holdings)
    assert yearly(claim(with_memory, "MLI", "RUS", LATER)) == {2023: 1}
    assert yearly(claim(known(shipped(), date.max, data=holdings), "MLI", "RUS", LATER)) == {}


def test_without_the_facts_or_the_library(holdings: Holdings) -> None:
    with pytest.raises(MissingDataError, match="facts of the kind `vetoes` about PRK"):
        claim(known({}, date.max, data=holdings), "PRK", "CHN", LATER)
    with pytest.raises(MissingDataError, match="beholden fetch un_sc_vetoes"):
        claim(evidence(), "PRK", "CHN", {})


def test_the_case_file_says_the_same_of_the_same_drafts(vetoes: pl.DataFrame) -> None:
    """The two lists agree on members; whom a draft was about differs where its interest does."""
    facts = shipped()["vetoes"].frame.filter(pl.col("start") <= RECORD_ENDS)
    listed = vetoes.group_by("draft").agg(pl.col("member_iso3").sort().str.join(";"))
    both = facts.join(listed, left_on="draft_symbol", right_on="draft", how="left")
    assert both.height == 40
    assert both.filter(pl.col("member_iso3") != pl.col("vetoing_states")).is_empty()
    assert both["member_iso3"].null_count() == 0
    coded = veto_targets().filter(effect="protects").drop_nulls("number")
    pairs = facts.join(coded, left_on="draft_symbol", right_on="draft")
    found = {(d, s) for d, s in pairs.select("draft_symbol", "subject_state").rows()}
    assert len(found) == 40
    apart = pairs.filter(pl.col("target") != pl.col("subject_state"))
    assert sorted(apart.select("draft_symbol", "subject_state", "target").rows()) == [
        ("S/1994/1358", "BIH", "YUG"),
        ("S/2015/508", "BIH", "SRB"),
        ("S/2017/1060", "ISR", "USA"),
        ("S/2022/155", "UKR", "RUS"),
    ]
    # What the case file calls the core, conduct toward people, is coded as such.
    core = pairs.filter((pl.col("scope") == "core") & (pl.col("target") == pl.col("subject_state")))
    assert set(core["matter"]) == {"people"}


def test_all_later_drafts_of_the_case_file_are_coded() -> None:
    later = shipped()["vetoes"].frame.filter(pl.col("start") > RECORD_ENDS)
    coded = veto_targets().filter(pl.col("number").is_null())
    assert set(coded["draft"]) == set(later["draft_symbol"])
    days = later.select(pl.col("draft_symbol").alias("draft"), pl.col("start").alias("date"))
    assert coded.join(days, on=["draft", "date"], how="anti").is_empty()


def test_a_draft_that_nobody_codes_is_an_error(vetoes: pl.DataFrame) -> None:
    new = vetoes.tail(1).with_columns(
        number=pl.lit(300, pl.Int64), draft=pl.lit("S/2030/1"), crisis_topic=pl.lit("Atlantis")
    )
    with pytest.raises(TableError, match=r"S/2030/1 .* found neither \(topic 'Atlantis'\)"):
        code(pl.concat([vetoes, new]))
    with pytest.raises(TableError, match=r"expected draft S/PV.57 under number 6"):
        code(vetoes.filter(pl.col("number") != 6))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("6,S/PV.57,1946-08-29,JOR", "6,S/PV.57,1946-08-29,SSD", "SSD was no state on 1946-08-29"),
        ("ALB,protects", "ALB,protect", "effect: expected a word of the coding, found 'protect'"),
        (
            "ALB,protects,force",
            "ALB,protects,",
            "matter: expected a word of the coding, found None",
        ),
        ("number,draft", "draft,number", "expected the columns number, draft, date"),
        ("plain,Application of Transjordan.", "plain,", "expected why it is coded so"),
    ],
)
def test_wrong_rows_by_hand(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = BY_HAND.read_text("utf-8")
    assert old in text
    path = tmp_path / "by_hand.csv"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TableError, match=message):
        by_hand(path)
