"""One measure over the years: values, ranges, and the reason for every gap."""

from __future__ import annotations

import pytest
from profiling import CHN, CUB, PRK, SYR, USSR, values

from beholden.errors import TableError
from beholden.panels.coverage import NO_ROW, NO_VALUE, NOT_COVERED, NOT_LISTED
from beholden.profiles.courses import course
from beholden.profiles.lines import line


def test_every_year_is_a_value_or_a_gap_with_its_reason() -> None:
    made = values(
        [(PRK, CHN, 1990, 0.2), (PRK, CHN, 1991, None), (PRK, CHN, 1992, None)],
        span=(1990, 1994),
        extra={"why": [None, "secret", None]},
        missing={"secret": "nobody may know"},
    )
    found = course(made, (line("PRK"), line("CHN")), range(1988, 1996))
    assert [(point.year, point.value) for point in found.points] == [(1990, 0.2)]
    assert [(gap.years, gap.reason) for gap in found.gaps] == [
        ("1988 to 1989", NOT_COVERED),
        ("1991", "nobody may know"),
        ("1992", NO_VALUE),
        ("1993 to 1994", NO_ROW),
        ("1995", NOT_COVERED),
    ]


def test_zero_is_a_value() -> None:
    found = course(values([(PRK, CHN, 1990, 0.0)]), (line("PRK"), line("CHN")), range(1990, 1991))
    assert found.points[0].value == 0.0
    assert found.gaps == ()


def test_years_before_a_state_existed_are_no_gap() -> None:
    made = values([(PRK, CHN, 1950, 0.2)], span=(1900, 1950))
    found = course(made, (line("PRK"), line("CHN")), range(1940, 1951))
    assert [gap.years for gap in found.gaps] == ["1948 to 1949"]


def test_one_number_of_two_states_makes_two_stretches() -> None:
    made = values([(CUB, USSR, year, 0.1) for year in range(1989, 1994)])
    found = course(made, (line("CUB"), line("RUS")), range(1989, 1994))
    assert [point.of for point in found.points] == [("CUB", "SUN")] * 3 + [("CUB", "RUS")] * 2
    alone = course(made, (line("CUB"), line("SUN")), range(1989, 1994))
    assert [point.year for point in alone.points] == [1989, 1990, 1991]


def test_codes_of_both_states_are_looked_up_by_date() -> None:
    made = values(
        [("CUB", "SUN", 1991, 0.5), ("CUB", "RUS", 1991, 0.9), ("CUB", "RUS", 1992, 0.1)],
        system="iso3",
    )
    found = course(made, (line("CUB"), line("RUS")), range(1990, 1993))
    assert [(point.year, point.value) for point in found.points] == [(1991, 0.5), (1992, 0.1)]


def test_a_pair_that_stands_once_is_found_from_both_sides() -> None:
    made = values([(CHN, PRK, 1990, 0.7)], symmetric=True)
    for pair in (("PRK", "CHN"), ("CHN", "PRK")):
        found = course(made, [line(code) for code in pair], range(1990, 1991))
        assert [point.value for point in found.points] == [0.7]


def test_a_directed_pair_is_not_turned_round() -> None:
    found = course(values([(CHN, PRK, 1990, 0.7)]), (line("PRK"), line("CHN")), range(1990, 1991))
    assert [gap.reason for gap in found.gaps] == [NOT_LISTED]


def test_a_list_that_does_not_count_the_state_is_named() -> None:
    made = values([(SYR, 1957, 1.0), (SYR, 1962, 1.0)])
    found = course(made, (line("SYR"),), range(1959, 1962))
    assert found.gaps[0].reason == (
        "the Correlates of War list, which the source follows, does not count SYR as a state in "
        "that year"
    )
    assert found.gaps[0].years == "1959 to 1960"


def test_two_rows_for_one_year_are_refused() -> None:
    made = values([(PRK, 1990, 1.0), (PRK, 1990, 2.0)])
    with pytest.raises(TableError, match="expected one row for 731, 1990, found more than one"):
        course(made, (line("PRK"),), range(1990, 1991))


def test_errors_become_intervals_that_stay_on_the_scale() -> None:
    made = values([(PRK, 1990, 0.9), (PRK, 1991, 0.5)], extra={"se": [0.1, None]})
    points = course(made, (line("PRK"),), range(1990, 1992)).points
    assert points[0].low == pytest.approx(0.9 - 1.959964 * 0.1)
    assert points[0].high == 1.0
    assert (points[1].low, points[1].high, points[1].spans) == (None, None, False)


def test_no_distance_is_negative() -> None:
    made = values(
        [(PRK, CHN, 1990, 0.1), (PRK, CUB, 1990, 2.0)],
        scale="ideal points apart",
        extra={"se": [0.2, 0.2]},
    )
    point = course(made, (line("PRK"), line("CHN")), range(1990, 1991)).points[0]
    assert point.low == 0.0
    assert point.high == pytest.approx(0.1 + 1.959964 * 0.2)


def test_a_latent_score_may_be_below_zero() -> None:
    made = values([(PRK, 1990, -0.1)], scale="standard deviations", extra={"se": [0.2]})
    low = course(made, (line("PRK"),), range(1990, 1991)).points[0].low
    assert low == pytest.approx(-0.1 - 1.959964 * 0.2)


def test_what_is_no_number_is_no_value() -> None:
    made = values([(PRK, 1990, float("nan")), (PRK, 1991, float("inf"))])
    assert course(made, (line("PRK"),), range(1990, 1992)).points == ()
