"""What is asked of a panel: picks, rows kept by a rule, one state or pair, and clear refusals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import polars as pl
import pytest
from paneling import Made, Row, made, members, values

from beholden.errors import PanelError, TableError, UnknownStateError
from beholden.panels import Panel, Values, build
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable


YEARS = range(1990, 1994)
TWO = values([(2, 1990, 1.0)], sources=("first_set",))
PAIRS = values([(2, 20, 1990, 1.0)], sources=("second_set",))


def asked() -> Made:
    return Made(
        {"a": TWO, "b": TWO, "c": TWO, "pairs": PAIRS},
        {"a": ("source", "basis"), "b": ("source",)},
    )


def test_a_pick_goes_to_the_measures_that_have_the_choice() -> None:
    catalogue = asked()
    panel = build(catalogue, STATE_YEAR, YEARS).add("a", "b", "c", source="COW", basis="wide")
    assert catalogue.picked == {
        "a": {"source": "COW", "basis": "wide"},
        "b": {"source": "COW"},
        "c": {},
    }
    assert panel.columns["b"].label == "the measure b, COW"


def test_a_pick_that_no_measure_has_is_refused() -> None:
    panel = build(asked(), STATE_YEAR, YEARS)
    with pytest.raises(PanelError, match=r'a, b: no choice \'sourc\'. Did you mean "source"\?'):
        panel.add("a", "b", sourc="COW")
    with pytest.raises(PanelError, match="c: no choice 'source'"):
        panel.add("c", source="COW")


TAKEN = "which the panel has already. Give it another with named=..."
REFUSED: dict[str, tuple[Callable[[Panel], Any], type[Exception], str]] = {
    "an unknown measure": (
        lambda panel: panel.add("paris"),
        PanelError,
        "expected a measure, found 'paris'. Did you mean \"pairs\"?",
    ),
    "no measure": (
        lambda panel: panel.add(),
        PanelError,
        "expected the name of a measure, found none",
    ),
    "a measure of pairs": (
        lambda panel: panel.add("pairs"),
        PanelError,
        'expected a measure of single states in a state-year panel. Ask for panel("dyad-year")',
    ),
    "one measure twice": (
        lambda panel: panel.add("a", "a"),
        PanelError,
        f"expected a new name, found 'a', {TAKEN}",
    ),
    "a measure there already": (
        lambda panel: panel.add("a").add("b", named="a"),
        PanelError,
        f"expected a new name, found 'a', {TAKEN}",
    ),
    "the name of a key": (
        lambda panel: panel.add("a", named="year"),
        PanelError,
        f"expected a new name, found 'year', {TAKEN}",
    ),
    "a name that is none": (
        lambda panel: panel.add("a", named="my column"),
        PanelError,
        "expected a name of letters, digits and _, a letter first, found 'my column'",
    ),
    "one name for two": (
        lambda panel: panel.add("a", "b", named="x"),
        PanelError,
        "expected one measure for named='x', found 2",
    ),
    "a column that is not there": (
        lambda panel: panel.add("a").lag("b"),
        PanelError,
        "expected a column of the panel, found 'b'. Valid: a.",
    ),
    "a lag of nothing": (
        lambda panel: panel.lag("a"),
        PanelError,
        "expected a column of the panel, found 'a'. Add a measure first.",
    ),
    "a lag twice": (
        lambda panel: panel.add("a").lag("a").lag("a"),
        PanelError,
        f"expected a new name, found 'a_lag1', {TAKEN}",
    ),
    "10,000 columns": (
        lambda panel: panel.add(*["a"] * 10_000),
        PanelError,
        "expected at most 2,000 columns, found 10,000. Write several panels",
    ),
    "a state that was no member": (
        lambda panel: panel.of("SSD"),
        UnknownStateError,
        "SSD did not exist in 1993 (it exists from 2011-07-09); in that year: SDN (Sudan)",
    ),
    "a state that never was": (
        lambda panel: panel.of("PRX"),
        UnknownStateError,
        "or PRK (North Korea) or",
    ),
    "a number that never was": (
        lambda panel: panel.of(9999),
        UnknownStateError,
        "9999",
    ),
    "two states of single ones": (
        lambda panel: panel.of("PRK", "CHN"),
        PanelError,
        "expected one state in a panel of single states, found PRK with CHN",
    ),
    "a rule on no column": (
        lambda panel: panel.where(pl.col("wealth") > 1, "rich"),
        PanelError,
        "expected a condition on the panel's columns: ",
    ),
    "a rule that is no condition": (
        lambda panel: panel.where(pl.col("year") + 1, "later"),
        PanelError,
        "expected true or false for each row of the panel, found ",
    ),
    "a rule that keeps nothing": (
        lambda panel: panel.where(pl.col("iso3") == "SSD", "South Sudan"),
        PanelError,
        "South Sudan: expected a row of the panel on which that is true, found none",
    ),
    "a rule with one answer": (
        lambda panel: panel.where(pl.col("year").max() > 1, "later"),
        PanelError,
        "expected true or false for each row of the panel, found 1 cells of Boolean",
    ),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_what_cannot_be_is_refused_in_words(case: str) -> None:
    ask, kind, words = REFUSED[case]
    with pytest.raises(kind, match=re.escape(words)):
        ask(build(asked(), STATE_YEAR, YEARS))


def test_no_state_makes_a_pair_with_itself() -> None:
    panel = made(YEARS, "dyad-year")
    for one, two in (("PRK", "PRK"), (731, "PRK"), ("SUN", "RUS")):
        with pytest.raises(PanelError, match="no state makes a pair with itself"):
            panel.of(one, two)


def test_more_columns_than_a_panel_may_have_one_by_one() -> None:
    panel = build(asked(), STATE_YEAR, YEARS).of(2).add("a")
    for number in range(1_999):
        panel = panel.add("a", named=f"a{number}")
    with pytest.raises(PanelError, match="at most 2,000 columns, found 2,001"):
        panel.lag("a")


ROWS: dict[str, tuple[dict[str, Any], str]] = {
    "unit": (
        {"unit": "country-year"},
        "expected a unit among state-year, dyad-year, found 'country-year'. Valid: dyad-year, ",
    ),
    "system": (
        {"system": "iso3"},
        "expected a state system among cow, gw, found 'iso3'. Valid: cow, gw.",
    ),
    "dyads": (
        {"unit": "dyad-year", "dyads": "relevent"},
        "expected which dyads among all, relevant, found 'relevent'. Did you mean \"relevant\"?",
    ),
    "dyads of states": (
        {"dyads": "relevant"},
        "expected a panel of pairs for dyads='relevant', found state-year",
    ),
    "too early": (
        {"years": range(1800, 1820)},
        "expected years from 1816, with which the state lists begin, to ",
    ),
    "too late": ({"years": range(1990, 2200)}, "found 1990 to 2199"),
    "none": ({"years": range(5, 5)}, "expected years such as range(1990, 2025), found none"),
    "text": ({"years": "1990"}, "expected years such as range(1990, 2025), found '1'"),
    "words": ({"years": ["1990"]}, "expected years such as range(1990, 2025), found '1990'"),
    "parts": ({"years": [1990.5]}, "expected years such as range(1990, 2025), found 1990.5"),
    "ends": (
        {"years": (1990, 2010)},
        "found 2 of the 21 from 1990 to 2010. Build them all, as range(1990, 2011), and keep ",
    ),
}


@pytest.mark.parametrize("case", list(ROWS))
def test_rows_that_cannot_be_are_refused_in_words(case: str) -> None:
    asking, words = ROWS[case]
    with pytest.raises(PanelError, match=re.escape(words)):
        build(asked(), **{"unit": STATE_YEAR, "years": YEARS, **asking})


def test_years_of_any_whole_kind_and_order() -> None:
    years = cast("list[int]", [np.int64(1991), 1990, np.int16(1992), 1991])
    assert build(asked(), STATE_YEAR, cast("range", 1990)).grid.roster.years == (1990, 1990)
    assert build(asked(), STATE_YEAR, years).grid.roster.years == (1990, 1992)


def test_a_source_that_covers_none_of_the_years_is_refused() -> None:
    with pytest.raises(PanelError) as caught:
        made(range(1850, 1860), x=values([(2, 1990, 1.0), (2, 1991, 1.0)], sources=("late",)))
    assert str(caught.value) == (
        "'x': expected a source that covers a year of the panel, 1850 to 1859; found late, which "
        "covers 1990 to 1991. For a lag or lead, build the panel with those years and drop them "
        "with where()."
    )


def test_years_before_the_data_stay_empty() -> None:
    panel = made(range(1988, 1992), x=values([(2, 1990, 1.0), (2, 1991, 2.0)])).of(2)
    assert panel.frame["x"].to_list() == [None, None, 1.0, 2.0]
    assert panel.coverage[0].missing == {"the source does not cover the year": 2}


def test_values_without_their_columns_are_refused() -> None:
    frame = values([(2, 1990, 1.0)]).frame
    with pytest.raises(TableError, match="columns state, other, year, x, found no other"):
        Values(frame, "dyad-year", "cow", (1990, 1990), "", "", ("made",))
    with pytest.raises(TableError, match="by state-year or dyad-year, found 'vote'"):
        Values(frame, "vote", "cow", (1990, 1990), "", "", ())  # type: ignore[arg-type]


def test_codes_that_are_no_numbers_are_refused() -> None:
    frame = values([("PRK", 1990, 1.0)], "iso3").frame
    with pytest.raises(TableError, match="expected whole numbers as state codes in"):
        made(YEARS, x=Values(frame, STATE_YEAR, "cow", (1990, 1990), "", "", ("made",)))


def test_a_rule_is_on_record_with_its_sources() -> None:
    catalogue = asked()
    panel = build(catalogue, "dyad-year", YEARS).add("a", "pairs")
    kept = panel.where(pl.col("pairs") > 0, "pairs of the set")
    assert kept.rules[0].words == (
        f"pairs of the set ({panel.frame.height - 1:,} rows on which that is unknown were left out)"
    )
    assert kept.rules[0].sources == ("second_set",)
    alone = Panel(kept.grid, catalogue, {}, kept.rules)
    assert list(alone.cite()) == ["cow_states", "second_set"]
    assert [item.table for item in alone.provenance.inputs] == ["second_set"]
    assert panel.where(pl.col("year") > 1990, "after 1990").rules[0].words == "after 1990"


def test_measures_added_later_stand_on_the_rows_that_were_kept() -> None:
    rows = [(code, year, float(code)) for code in (2, 20, 731) for year in YEARS]
    catalogue = Made({"x": values(rows), "y": values([(2, 20, 1992, 5.0)], symmetric=True)})
    panel = build(catalogue, "dyad-year", YEARS)
    kept = panel.where(pl.col("year") == 1992, "1992 only")
    late, early = kept.add("x", "y"), panel.add("x", "y").where(pl.col("year") == 1992, "1992 only")
    assert late.frame.equals(early.frame)
    assert late.coverage == early.coverage
    assert late.frame.height == len(kept.frame) < panel.frame.height
    twice = late.where(pl.col("x_1") == 2, "the first only").add("x", named="again")
    assert twice.frame["x_2"].equals(twice.frame["again_2"].alias("x_2"))


def test_one_state_or_pair() -> None:
    panel = made(range(1988, 1994))
    assert panel.of("SUN").frame["year"].to_list() == [1988, 1989, 1990, 1991]
    assert panel.of("RUS").frame["year"].to_list() == [1991, 1992, 1993]
    assert panel.of("DEU").frame["ccode"].to_list() == [255, 255, 255, 255, 260, 260]
    assert panel.of(260).frame["year"].to_list() == [1988, 1989, 1990]
    pairs = made(range(1988, 1994), "dyad-year")
    both = pairs.of("PRK", "CHN").frame
    assert both.select("ccode1", "ccode2").unique().row(0) == (731, 710)
    assert both.height == 6
    assert pairs.of("PRK").frame["ccode1"].unique().to_list() == [731]
    once = made(range(1988, 1994), "dyad-year", directed=False)
    assert once.of("PRK", "CHN").frame.equals(once.of("CHN", "PRK").frame)
    assert once.of("PRK").frame.height == pairs.of("PRK").frame.height
    assert pairs.of("PRK", "CHN").rules[0].words == "rows of PRK with CHN"


def test_a_panel_tells_what_it_is() -> None:
    rows = sum(len(members("cow", year)) for year in YEARS)
    panel = build(asked(), STATE_YEAR, YEARS)
    assert repr(panel) == f"<Panel of {rows:,} state-years, cow, 1990 to 1993, columns: none yet>"
    assert repr(panel.add("a", "b")).endswith("columns: a, b>")


def relevant(contiguity: Values, major: Values) -> Made:
    return Made({"contiguity": contiguity, "major_power": major})


@pytest.mark.parametrize("directed", [True, False])
def test_politically_relevant_dyads(directed: bool) -> None:
    codes = sorted(made(YEARS).frame["ccode"].unique().to_list())
    pairs = [(a, b) for at, a in enumerate(codes) for b in codes[at + 1 :]]
    near = {(2, 20): 1.0, (731, 732): 5.0}
    land: list[Row] = [(a, b, 1990, near.get((a, b), 0.0)) for a, b in pairs]
    land += [(2, 20, year, 1.0) for year in YEARS[1:]] + [(731, 732, 1991, None)]
    major = [(code, year, float(code == 2)) for code in codes for year in YEARS]
    catalogue = relevant(
        values(land, symmetric=True, span=(1816, 2016), sources=("land",)),
        values(major, span=(1816, 2016), sources=("majors",)),
    )
    panel = build(catalogue, "dyad-year", YEARS, directed=directed, dyads="relevant")
    found = set(panel.frame.select("ccode1", "ccode2", "year").iter_rows())
    every = made(YEARS, "dyad-year", directed=directed).frame
    wanted = {
        (a, b, year)
        for a, b, year in every.select("ccode1", "ccode2", "year").iter_rows()
        if 2 in (a, b) or ({a, b} == {731, 732} and year == 1990)
    }
    assert found == wanted
    assert panel.columns == {}
    # In the later years nobody knows who is contiguous, but who the major power is.
    unknown = len(
        every.filter((pl.col("year") > 1990) & ~pl.any_horizontal(pl.col("^ccode.$") == 2))
    )
    (rule,) = panel.rules
    assert rule.words.startswith("politically relevant dyads: ")
    assert rule.words.endswith(f"({unknown:,} rows on which that is unknown were left out)")
    assert list(panel.cite()) == ["cow_states", "land", "majors"]


def test_relevance_after_a_lists_last_year_is_unknown() -> None:
    catalogue = relevant(
        values([(2, 20, 1990, 1.0)], symmetric=True, span=(1816, 2016)),
        values([(2, 1990, 1.0)], span=(1816, 2014)),
    )
    with pytest.raises(PanelError, match="expected years from 1816 to 2014 for"):
        build(catalogue, "dyad-year", range(2010, 2020), dyads="relevant")
