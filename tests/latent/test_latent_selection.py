"""Which roll calls are selected, and the indicators of human rights after the published matrix."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from beholden.latent.bridging import session_numbers
from beholden.latent.problems import AnswersError
from beholden.latent.rights_sources import extended_indicators
from beholden.latent.selecting import marked, select_roll_calls
from beholden.measures.rollcalls import NEEDS, roll_calls

if TYPE_CHECKING:
    from beholden.panels import Holdings

RIGHTS_NEEDS = ("fariss_lhrs_indicators", "pts", "cirights", "ucdp_one_sided")
CIRI = ("disap", "kill", "tort", "polpris")
TERROR = ("amnesty", "state", "hrw")
KEYS = ["cow", "year"]


@pytest.fixture(scope="module")
def calls(holdings: Holdings) -> pl.DataFrame:
    unified = roll_calls({name: holdings.frame(name) for name in NEEDS})
    return unified.roll_calls.filter(pl.col("body") == "GA")


@pytest.fixture(scope="module")
def coded(holdings: Holdings) -> pl.DataFrame:
    return holdings.frame("un_ga_votes_voeten_issues").select(
        id=pl.lit("GA-") + pl.col("rcid").cast(pl.String), mark="short_name"
    )


@pytest.fixture(scope="module")
def rights(holdings: Holdings) -> tuple[pl.DataFrame, pl.DataFrame]:
    frames = [holdings.frame(name) for name in RIGHTS_NEEDS]
    return frames[0], extended_indicators(*frames)


def test_coded_sessions_have_the_sources_marks_and_no_others(
    calls: pl.DataFrame, coded: pl.DataFrame
) -> None:
    alone = calls.select("id", item="id")
    found = marked(calls, coded, alone)
    here = calls.select("id", number=session_numbers(calls))
    ours = coded.join(here, on="id", how="inner")
    last = int(ours["number"].to_numpy().max())
    before = found.join(here.filter(pl.col("number") <= last), on="id", how="semi")
    assert set(before["origin"]) == {"source"}
    expected = set(ours.select("id", "mark").unique().iter_rows())
    assert set(before.select("id", "mark").iter_rows()) == expected
    # Without chains new questions are told by their words only.
    assert set(found.join(before, on="id", how="anti")["origin"]) == {"words"}


def test_an_important_vote_is_not_important_again_next_year() -> None:
    rows = calls_of(("a", "74"), ("b", "75"))
    coded = pl.DataFrame({"id": ["a", "a"], "mark": ["hr", "important"]})
    chain = pl.DataFrame({"id": ["a", "b"], "item": ["a", "a"]})
    found = marked(rows, coded, chain).filter(pl.col("id") == "b")
    assert found.rows() == [("b", "hr", "chain")]


def test_years_are_those_sessions_opened_in(calls: pl.DataFrame) -> None:
    kept = select_roll_calls(calls, first=2005, last=2010)
    numbers = session_numbers(calls)
    assert kept.height == ((numbers >= 60) & (numbers <= 65)).sum()
    assert set(kept["session_year"]) == set(range(2005, 2011))


def test_a_topic_is_sought_whatever_the_case(calls: pl.DataFrame) -> None:
    assert select_roll_calls(calls, topic="KOREA").equals(select_roll_calls(calls, topic="korea"))


def test_selections_that_cannot_be_made() -> None:
    rows = calls_of(("a", "74"))
    with pytest.raises(AnswersError, match="expected votes of all"):
        select_roll_calls(rows, "peace")
    with pytest.raises(AnswersError, match="expected the marks"):
        select_roll_calls(rows, "nuclear")
    with pytest.raises(AnswersError, match="regular expression"):
        select_roll_calls(rows, topic="[")
    with pytest.raises(AnswersError, match="found none"):
        select_roll_calls(rows, first=2030)


def test_nothing_that_was_published_is_changed(
    rights: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    matrix, whole = rights
    assert whole.select(KEYS).is_unique().all()
    both = matrix.join(whole, on=KEYS, how="inner", suffix="_new")
    assert both.height == matrix.height
    for name in set(matrix.columns) & set(whole.columns) - {*KEYS, "iso3"}:
        there = both.filter(pl.col(name).is_not_null())
        assert (there[name] == there[f"{name}_new"]).all(), name


def test_each_source_ends_when_it_ends(rights: tuple[pl.DataFrame, pl.DataFrame]) -> None:
    matrix, whole = rights
    final = int(matrix["year"].cast(pl.Int64).to_numpy().max())
    ends = {
        name: int(whole.filter(pl.col(name).is_not_null())["year"].to_numpy().max())
        for name in (*CIRI, *TERROR, "killing_present", "genocide")
    }
    assert {ends[name] for name in CIRI} == {2020}
    assert ends["state"] == 2023
    assert ends["killing_present"] == 2022
    # Lists that nobody carried on say nothing of later years, rather than "none".
    assert ends["genocide"] <= final


def test_later_codes_keep_to_the_items_categories(
    rights: tuple[pl.DataFrame, pl.DataFrame],
) -> None:
    matrix, whole = rights
    for name in (*CIRI, *TERROR, "killing_present"):
        assert set(whole[name].drop_nulls()) == set(matrix[name].drop_nulls()), name


def test_indicators_without_keys_are_refused() -> None:
    empty = pl.DataFrame()
    with pytest.raises(AnswersError, match="expected a matrix with cow, year, iso3"):
        extended_indicators(empty, empty, empty, empty)


def calls_of(*rows: tuple[str, str]) -> pl.DataFrame:
    """Roll calls by id and session, all with one title."""
    return pl.DataFrame(
        {
            "id": [name for name, _ in rows],
            "session": [number for _, number in rows],
            "date": [date(1945 + int(number), 12, 1) for _, number in rows],
            "title": ["x"] * len(rows),
            "item": ["y"] * len(rows),
        }
    )
