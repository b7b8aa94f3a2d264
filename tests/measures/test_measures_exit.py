"""Exit and return: yearly arrivals by release, and documented returns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from measuring import THEN, evidence, made, measure, values

# The ministry's yearly series; 1996 to 2001 by single year from the press.
ARRIVALS = {
    1996: 56, 1997: 85, 1998: 71, 1999: 148, 2000: 312, 2001: 583,
    2002: 1142, 2003: 1285, 2004: 1898, 2005: 1384, 2006: 2028, 2007: 2554, 2008: 2803,
    2009: 2914, 2010: 2402, 2011: 2706, 2012: 1502, 2013: 1514, 2014: 1397, 2015: 1275,
    2016: 1418, 2017: 1127, 2018: 1137, 2019: 1047, 2020: 229, 2021: 63, 2022: 67,
    2023: 196, 2024: 236,
}  # fmt: skip


def test_preferred_yearly_figures() -> None:
    assert values(measure("arrivals")) == ARRIVALS


def test_years_from_2002_add_with_earlier_totals_to_the_official_sum() -> None:
    # 947 to 1998 and 1,043 in 1999 to 2001 stand in the table and are no year's figure.
    since = sum(total for year, total in values(measure("arrivals")).items() if year >= 2002)
    assert since + 947 + 1043 == 34_314


def test_totals_over_several_years_are_never_a_year() -> None:
    for day in (date(2012, 1, 31), date(2015, 10, 22), date(2020, 9, 30), date.max):
        series = measure("arrivals", held=evidence(day))
        assert not {947.0, 1043.0} & set(values(series).values())
        # Nor is the part of 2020 up to September.
        assert 195.0 not in values(series).values()


@pytest.mark.parametrize(
    ("day", "year", "figure"),
    [
        (THEN, 2011, 2737),
        (date.max, 2011, 2706),
        (date(2012, 1, 10), 2011, None),
        (date(2012, 1, 11), 2011, 2737),
        (date(2011, 2, 1), 2010, 2423),
        (THEN, 2010, 2379),
        (date.max, 2010, 2402),
        (date(2020, 9, 29), 2012, None),
        (date(2020, 9, 30), 2012, 1502),
        (date(2022, 12, 30), 2020, None),
        (date(2022, 12, 31), 2020, 229),
    ],
)
def test_vintages(day: date, year: int, figure: int | None) -> None:
    assert values(measure("arrivals", held=evidence(day))).get(year) == figure


def test_nothing_after_2011_was_known_in_2015() -> None:
    assert max(values(measure("arrivals", held=evidence(THEN)))) == 2011


def test_earlier_releases_give_the_range() -> None:
    (row,) = measure("arrivals", years=(2011, 2011)).frame.to_dicts()
    assert (row["low"], row["x"], row["high"]) == (2706, 2706, 2737)
    (row,) = measure("arrivals", years=(2010, 2010)).frame.to_dicts()
    assert (row["low"], row["x"], row["high"]) == (2379, 2402, 2423)


def arrival(**cells: Any) -> dict[str, Any]:
    return {
        "year": 2000,
        "period_start": "2000",
        "period_end": "2000",
        "arrivals_total": 5,
        "preferred": 1,
        **cells,
    }


def test_missing_total_is_absent_and_zero_is_zero() -> None:
    rows = [
        arrival(arrivals_total=None),
        arrival(year=2001, period_start="2001", period_end="2001", arrivals_total=0),
        arrival(year=2002, period_start="2001", period_end="2002"),
        arrival(year=2003, period_start=None, period_end="2003"),
    ]
    assert values(measure("arrivals", held=made("arrivals", rows))) == {2001: 0.0}


@pytest.mark.parametrize(
    ("record", "now", "then"),
    [
        ("dated returns", 4809 + 50 + 80 + 40 + 500 + 60 + 28, 4809),
        ("cumulative counts", 1076, 0),
        ("documented cases", 8000, 0),
    ],
)
def test_documented_returns(record: str, now: int, then: int) -> None:
    picks = {"record": record}
    assert measure("documented_returns", picks).frame["low"].sum() == now
    assert measure("documented_returns", picks, held=evidence(THEN)).frame["low"].sum() == then


def test_overlapping_totals_are_never_added() -> None:
    for record in ("cumulative counts", "documented cases"):
        assert measure("documented_returns", {"record": record}).frame.height == 1


def test_returns_by_other_states_and_rows_without_a_figure_stay_out() -> None:
    series = measure("documented_returns")
    # Laos returned nine in 2013; the inquiry's "tens of thousands" is no number.
    assert 9 not in series.frame["low"].to_list()
    assert measure("documented_returns", patron="LAO").frame["low"].to_list() == [9]
    assert measure("documented_returns", years=(1990, 2001)).frame.height == 0


def test_open_upper_ends_are_missing() -> None:
    frame = measure("documented_returns").frame
    highs = dict(zip(frame["date"], frame["high"], strict=True))
    assert highs[date(2023, 10, 9)] == 600
    (row,) = measure("documented_returns", {"record": "cumulative counts"}).frame.to_dicts()
    assert (row["low"], row["high"]) == (1076, None)


def test_returns_from_memory_count_only_when_asked() -> None:
    years = (1996, 2000)
    assert measure("documented_returns", years=years).frame.height == 0
    recalled = measure("documented_returns", years=years, held=evidence(memory=True))
    assert recalled.frame["low"].sum() == 589 + 5439 + 6300 + 6000
    assert all(source.from_memory for source in recalled.sources.values())


def test_stocks_and_rates_are_no_returns() -> None:
    kinds = {
        kind
        for record in ("dated returns", "cumulative counts", "documented cases")
        for kind in measure("documented_returns", {"record": record}).frame["kind"]
    }
    assert kinds == {"returns", "returns, cumulative", "documented cases"}
