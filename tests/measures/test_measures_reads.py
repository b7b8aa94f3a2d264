"""Every measure opens the data sets that it names and no others: series are kept by them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beholden.errors import MissingDataError
from beholden.measures import MEASURES, Evidence, Target, known
from beholden.panels import Holdings
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from beholden.measures import Measure

READING = [
    measure
    for measure in MEASURES.values()
    if measure.compute
    and (measure.sets or any(o.needs for choice in measure.choices for o in choice.options))
]


class Watched(Holdings):
    """Holdings that note which tables were opened."""

    def __init__(self, shelf: Shelf, pins: None = None, as_of: date = date.max) -> None:
        super().__init__(shelf, pins, as_of)
        self.opened: set[str] = set()

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        self.opened.add(name)
        return super().frame(name, columns)


def every_option(measure: Measure) -> Iterator[dict[str, str]]:
    """Picks in which each option that reads data sets is taken at least once."""
    reference = {choice.name: choice.options[0].label for choice in measure.choices}
    seen = set()
    for choice in measure.choices:
        for option in choice.options:
            picks = reference | {choice.name: option.label}
            forbidden = measure.forbids is not None and measure.forbids(picks)
            names = measure.datasets(picks)
            if names and not forbidden and names not in seen:
                seen.add(names)
                yield picks
    if not measure.choices:
        yield {}


def evidence(data: Holdings) -> Evidence:
    return known({}, date.max, data=data)


@pytest.mark.parametrize("measure", READING, ids=lambda measure: measure.name)
def test_a_measure_opens_what_it_names_and_nothing_else(measure: Measure, library: Path) -> None:
    assert measure.compute is not None
    tested = 0
    for picks in every_option(measure):
        data = Watched(Shelf(library))
        named = set(measure.datasets(picks))
        if data.lacking(tuple(named)):
            continue
        # The pair or state may have no rows; what was opened for it counts all the same.
        with suppress(MissingDataError):
            measure.compute(evidence(data), Target("PRK", "CHN"), picks)
        assert data.opened <= named
        assert data.opened, "a measure that names data sets reads one of them"
        tested += 1
    if not tested:
        pytest.skip("its data sets are not at hand")
