"""Refuge: what is on record of North Koreans, what rounding hides, and who takes people in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from rows_of import course, row, total, x

from beholden.measures.base import Evidence, Target, Years
from beholden.measures.refuge import RECOGNISED_REFUGEES, RECOGNITION_RATE, REFUGEES_ABROAD
from beholden.measures.states_and_pairs import values_of
from beholden.measures.unhcr import decisions, least, most, stocks

if TYPE_CHECKING:
    from beholden.core import Series
    from beholden.panels import Holdings


def claimed(holdings: Holdings, **picks: str) -> Series:
    """What the claim about China's recognition sees."""
    full = {choice.name: choice.options[0].label for choice in RECOGNISED_REFUGEES.choices}
    target = Target("PRK", "CHN", years=Years(2000, 2014))
    evidence = Evidence({}, date.max, date.max, holdings)
    assert RECOGNISED_REFUGEES.compute is not None
    return RECOGNISED_REFUGEES.compute(evidence, target, full | picks)


@pytest.mark.parametrize("record", ["population", "decisions"])
def test_no_north_korean_is_on_record_as_a_refugee_in_china(
    holdings: Holdings, record: str
) -> None:
    found = claimed(holdings, record=record)
    assert found.frame["year"].to_list() == list(range(2000, 2015))
    assert set(found.frame["x"]) == {0}
    # A missing row hides up to four people, and the note says what is counted.
    assert (set(found.frame["low"]), set(found.frame["high"])) == ({0}, {4})
    assert "records, not of people" in found.notes[0]


@pytest.mark.parametrize("record", ["population", "decisions"])
def test_who_takes_a_missing_row_as_unknown_learns_nothing(holdings: Holdings, record: str) -> None:
    assert claimed(holdings, record=record, absent="unknown").frame.height == 0


def test_nothing_is_on_record_before_anybody_reports_north_koreans(holdings: Holdings) -> None:
    values = values_of(RECOGNISED_REFUGEES, holdings, {})
    found = [row(values, "PRK", year, "CHN").get("x") for year in range(1990, 2003)]
    # In 1997 again nobody reported any.
    assert found == [None] * 6 + [0, None] + [0] * 5


@pytest.mark.parametrize(
    ("host", "people"), [("GBR", 630), ("CAN", 127), ("DEU", 112), ("RUS", 74)]
)
def test_north_koreans_elsewhere_in_2013(holdings: Holdings, host: str, people: int) -> None:
    for absent in ("none on record", "unknown"):
        assert x(RECOGNISED_REFUGEES, holdings, "PRK", 2013, host, absent=absent) == people


def test_a_silent_pair_is_no_row_of_the_source(holdings: Holdings) -> None:
    known = values_of(RECOGNISED_REFUGEES, holdings, {"absent": "unknown"}).frame
    filled = values_of(RECOGNISED_REFUGEES, holdings, {}).frame
    added = filled.join(known, on=["state", "other", "year"], how="anti")
    assert filled.height == known.height + added.height
    assert set(added["x"]) == {0}
    # The host reports others, the origin is reported by others, in that very year.
    hosts = known.filter(pl.col("x") > 0).select("other", "year").unique()
    origins = known.select("state", "year").unique()
    assert added.join(hosts, on=["other", "year"], how="anti").height == 0
    assert added.join(origins, on=["state", "year"], how="anti").height == 0


def test_what_rounding_leaves_open() -> None:
    frame = pl.DataFrame({"n": [0.0, 5.0, 6.0, 630.0]})
    ends = frame.select(least(pl.col("n")).alias("low"), most(pl.col("n")).alias("high"))
    assert ends["low"].to_list() == [0, 1, 6, 630]
    assert ends["high"].to_list() == [4, 5, 6, 630]


def test_north_koreans_abroad(holdings: Holdings) -> None:
    values = values_of(REFUGEES_ABROAD, holdings, {})
    assert row(values, "PRK", 2013)["x"] == 1163
    assert (row(values, "PRK", 2016)["x"], row(values, "PRK", 2025)["x"]) == (1419, 263)
    assert max(cell or 0 for cell in course(values, "PRK", range(1996, 2026))) == 1419
    waiting = values_of(REFUGEES_ABROAD, holdings, {"people": "with asylum-seekers"})
    assert row(waiting, "PRK", 2013)["x"] == 1163 + 940


def test_venezuelans_are_counted_apart(holdings: Holdings) -> None:
    some = x(REFUGEES_ABROAD, holdings, "VEN", 2019)
    assert x(REFUGEES_ABROAD, holdings, "VEN", 2019, people="with all in need") > 10 * some


def test_people_of_states_that_are_no_more_are_found_under_them(holdings: Holdings) -> None:
    values = values_of(REFUGEES_ABROAD, holdings, {})
    assert row(values, "YUG", 1995)["x"] > 50_000
    assert row(values, "SUN", 1985)["x"] > 5_000
    assert row(values, "CSK", 1985)["x"] > 500
    # Eritreans of 1980 came from Ethiopia; Vietnamese of 1965 from one of two states.
    assert not values.frame.filter(state=531, year=1980).height
    assert not values.frame.filter(pl.col("state").is_in([816, 817]), year=1965).height


def test_nobody_is_a_refugee_in_their_own_state(holdings: Holdings) -> None:
    frame = stocks(holdings)
    assert not frame.filter(pl.col("origin") == pl.col("asylum")).height
    assert not frame.select("origin", "asylum", "year").is_duplicated().any()


def test_no_refugee_is_lost_on_the_way(holdings: Holdings) -> None:
    raw = holdings.frame("unhcr_population").filter(year=2013)
    own = total(raw.filter(pl.col("coo_iso") == pl.col("coa_iso"))["refugees"])
    kept = total(stocks(holdings).filter(year=2013)["refugees"])
    assert kept == total(raw["refugees"]) - own


def test_all_recognitions_in_china(holdings: Holdings) -> None:
    # 1,066 in all, of whom some have no state of origin.
    found = decisions(holdings).filter(asylum=710)
    assert 1_000 <= found["recognized"].sum() <= 1_066
    assert found["rejected"].sum() <= 2_022


def test_temporary_asylum_in_russia_is_no_refugee_status(holdings: Holdings) -> None:
    # 98,644 people had temporary asylum in 2022, and ten were recognised.
    found = decisions(holdings).filter(asylum=365, year=2022)
    assert found["recognized"].sum() <= 10


def test_the_rate_by_hand(holdings: Holdings) -> None:
    raw = holdings.frame("unhcr_asylum_decisions").filter(coo_iso="ERI", coa_iso="CHE", year=2015)
    granted, other, rejected = (
        total(raw[f"dec_{kind}"]) for kind in ("recognized", "other", "rejected")
    )
    decided = granted + other + rejected
    assert decided > 1_000
    assert x(RECOGNITION_RATE, holdings, "ERI", 2015, "CHE") == pytest.approx(granted / decided)
    found = x(RECOGNITION_RATE, holdings, "ERI", 2015, "CHE", protection="any protection")
    assert found == pytest.approx((granted + other) / decided)


def test_a_first_instance_leaves_courts_and_reviews_out(holdings: Holdings) -> None:
    raw = holdings.frame("unhcr_asylum_decisions").filter(
        pl.col("dec_level") != "AR",
        pl.col("dec_level") != "JR",
        pl.col("dec_level") != "RA",
        coo_iso="AFG",
        coa_iso="DEU",
        year=2017,
    )
    granted = total(raw["dec_recognized"])
    decided = granted + total(raw["dec_other"]) + total(raw["dec_rejected"])
    found = x(RECOGNITION_RATE, holdings, "AFG", 2017, "DEU", instance="first")
    assert found == pytest.approx(granted / decided)
    assert found != x(RECOGNITION_RATE, holdings, "AFG", 2017, "DEU")


def test_rates_on_few_decisions_need_asking_for(holdings: Holdings) -> None:
    strict = values_of(RECOGNITION_RATE, holdings, {})
    loose = values_of(RECOGNITION_RATE, holdings, {"minimum": "any"})
    few = strict.frame.filter(pl.col("x").is_null())
    assert set(few["why"]) == {"too few decisions on the merits"}
    assert loose.frame["x"].null_count() < few.height
    assert loose.frame["x"].drop_nulls().is_between(0, 1).all()
