"""Evidence as known on a day, and the catalogue of measures."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measuring import NOW, evidence, made, shipped
from measuring import measure as compute

from beholden.errors import MissingDataError
from beholden.measures import DATASETS, MEASURES, MODELS, Measure, Years, known
from beholden.measures.evidence import best

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beholden.core import Series, Table
    from beholden.panels import Holdings

# What the data sets do not hold about China and North Korea, each checked in their READMEs.
NOTHING_ON_THE_CASE = {
    "recognition_rate",  # no table has a row from North Korea to China
    "fraser_index",  # North Korea is not rated
}
COMPUTED = {name: measure for name, measure in MEASURES.items() if measure.compute}
MEASURE = pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))


@settings(max_examples=25, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2027, 1, 1)))
def test_nothing_is_known_before_it_was(day: date) -> None:
    for name, table in known(shipped(), day, memory=True).tables.items():
        assert (table.frame["known_from"] <= day).all(), name
        later = shipped()[name].frame["known_from"] > day
        undated_rows = shipped()[name].frame["known_from"].null_count()
        left = table.frame.height + int(later.sum()) + undated_rows
        assert left == shipped()[name].frame.height


@settings(max_examples=15, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2027, 1, 1)), st.integers(0, 4000))
def test_knowledge_only_grows(day: date, later: int) -> None:
    after = date.fromordinal(day.toordinal() + later)
    for name in shipped():
        early = set(known(shipped(), day).tables[name].frame["row"])
        assert early <= set(known(shipped(), after).tables[name].frame["row"])


def test_undated_rows_count_only_for_now() -> None:
    table = shipped()["trade"]
    undated = table.frame["known_from"].null_count()
    assert undated > 0
    assert evidence(NOW, memory=True).tables["trade"].frame.height == table.frame.height
    far = known(shipped(), date(9999, 12, 30), memory=True).tables["trade"]
    assert far.frame.height == table.frame.height - undated


def marked(memory: list[str]) -> dict[str, Any]:
    numbers = {"yes": 1, "no": 2, "abstain": 3, "absent": 4}
    return {**numbers, "outcome": "rejected", "vote_CHN": "no", "memory": memory}


def test_memory_drops_rows_and_nulls_the_fields_it_names() -> None:
    rows = [
        marked([]),
        marked(["*"]),
        marked(["tally"]),
        marked(["vote_CHN", "outcome"]),
        marked(["*", "tally"]),
        marked(["day"]),
    ]
    frame = made("votes", rows).tables["votes"].frame
    assert frame["row"].to_list() == ["votes:2", "votes:4", "votes:5", "votes:7"]
    assert frame["yes"].to_list() == [1, None, 1, 1]
    assert frame["absent"].to_list() == [4, None, 4, 4]
    assert frame["vote_CHN"].to_list() == ["no", "no", None, "no"]
    assert frame["outcome"].to_list() == ["rejected", "rejected", None, "rejected"]
    assert frame["source_title"].null_count() == 4


def test_cutting_changes_neither_columns_nor_the_given_table() -> None:
    before: dict[str, Table] = dict(shipped())
    frames = {name: table.frame.clone() for name, table in before.items()}
    cut = known(before, date(2005, 1, 1))
    for name, frame in frames.items():
        assert cut.tables[name].frame.columns == frame.columns
        assert before[name].frame.equals(frame)


def test_no_row_fits() -> None:
    assert best([], lambda _: True) is None
    assert best([{"preferred": 1}], lambda _: False) is None


@pytest.mark.parametrize(
    ("years", "limit", "expected", "words"),
    [
        (Years(2010, 2012), 2015, [2010, 2011, 2012], "2010..2012"),
        (Years(2010, 2012), 2011, [2010, 2011], "2010..2012"),
        (Years(2010, None), 2012, [2010, 2011, 2012], "2010.."),
        (Years(2010, 2010), 2015, [2010], "2010"),
        (Years(2010, None), 2009, [], "2010.."),
    ],
)
def test_years(years: Years, limit: int, expected: list[int], words: str) -> None:
    assert list(years.until(limit)) == expected
    assert str(years) == words


@MEASURE
def test_measure_says_what_it_is(measure: Measure) -> None:
    assert MEASURES[measure.name] is measure
    assert measure.title
    assert measure.definition.endswith(".")
    if measure.compute is None and measure.values is None:
        assert measure.awaits
        assert set(measure.awaits) <= set(DATASETS) | set(MODELS)
    else:
        reads = {
            name for choice in measure.choices for item in choice.options for name in item.needs
        }
        assert measure.needs or measure.uses or measure.sets or reads
        assert {*measure.needs, *measure.uses} <= set(shipped())
        assert measure.limits
        assert measure.direction
    if measure.values is not None:
        assert measure.panel in {"state-year", "dyad-year"}
        assert measure.formula
        assert measure.references


@MEASURE
def test_choices_are_named_once_and_have_reasons(measure: Measure) -> None:
    names = [choice.name for choice in measure.choices]
    assert len(set(names)) == len(names)
    for choice in measure.choices:
        assert len(set(choice.labels())) == len(choice.labels()) >= 2
        assert choice.equivalence in {"equivalent", "not equivalent", "uncertain"}
        assert all(option.words and option.reason for option in choice.options)
        assert [choice.option(label).label for label in choice.labels()] == list(choice.labels())


def combinations(measure: Measure) -> Iterator[dict[str, str]]:
    """Every combination of options that go together."""
    for labels in product(*(choice.labels() for choice in measure.choices)):
        picks = dict(zip((choice.name for choice in measure.choices), labels, strict=True))
        if not (measure.forbids and measure.forbids(picks)):
            yield picks


def check_series(series: Series, picks: dict[str, str]) -> None:
    """Every value names its sources, stands within its range and in its own year."""
    used = {row for rows in series.frame["rows"].to_list() for row in rows}
    assert used <= set(series.sources), picks
    assert all(len(rows) > 0 for rows in series.frame["rows"].to_list())
    tables = {row.split(":")[0] for row in used}
    assert tables <= {source.table for source in series.provenance.inputs}
    if "x" in series.frame.columns:
        assert series.frame["year"].is_unique().all()
        assert series.frame["x"].null_count() == 0
        ordered = (pl.col("low") <= pl.col("x")) & (pl.col("x") <= pl.col("high"))
        assert series.frame.filter(~ordered).is_empty(), picks


@pytest.mark.parametrize("measure", COMPUTED.values(), ids=list(COMPUTED))
def test_series_names_a_source_for_every_value(measure: Measure) -> None:
    for picks in combinations(measure):
        if not measure.datasets(picks):
            series = compute(measure.name, picks)
            check_series(series, picks)
            used = {row for rows in series.frame["rows"].to_list() for row in rows}
            assert used == set(series.sources), picks


@pytest.mark.parametrize("measure", COMPUTED.values(), ids=list(COMPUTED))
def test_without_a_library_the_command_is_named(measure: Measure) -> None:
    for picks in combinations(measure):
        needs = measure.datasets(picks)
        if needs:
            with pytest.raises(MissingDataError, match=f"beholden fetch .*{needs[0]}"):
                compute(measure.name, picks)


@pytest.mark.parametrize("measure", COMPUTED.values(), ids=list(COMPUTED))
def test_series_from_data_sets_name_their_sources(measure: Measure, holdings: Holdings) -> None:
    held = known(shipped(), NOW, data=holdings)
    found = 0
    for picks in combinations(measure):
        if measure.datasets(picks):
            try:
                series = compute(measure.name, picks, held=held)
            except MissingDataError:
                # Facts about the client alone may lack; a data set may not.
                assert not holdings.lacking(measure.datasets(picks))
                continue
            check_series(series, picks)
            found += series.frame.height
    reads = any(measure.datasets(picks) for picks in combinations(measure))
    assert bool(found) == (reads and measure.name not in NOTHING_ON_THE_CASE)
