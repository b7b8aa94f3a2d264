"""One measure of one state or pair over the years: its values, and why a year has none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import TableError
from beholden.panels import DYAD_YEAR
from beholden.panels.coverage import NO_ROW, NO_VALUE, NOT_COVERED, NOT_LISTED
from beholden.profiles.numbers import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.panels import Values
    from beholden.profiles.lines import Line
    from beholden.states.timeline import Code

__all__ = ["Course", "Gap", "Point", "course", "gaps_of", "own_rows"]

_NORMAL_95 = 1.959964
_LISTS = {"cow": "Correlates of War", "gw": "Gleditsch-Ward"}
NO_CODE = "the state bears no code of the kind that the source uses in that year"


@dataclass(frozen=True)
class Point:
    """The value of one year.

    Parameters
    ----------
    year : int
        Calendar year.
    value : float
        In the measure's unit.
    low, high : float or None
        A 95% interval, or the range that ties or sources leave open.
    of : tuple of str
        The code of the state, or of client and patron, whose value it is: lines are never
        drawn from one state's to another's.
    """

    year: int
    value: float
    low: float | None
    high: float | None
    of: tuple[str, ...]

    @property
    def spans(self) -> bool:
        """Whether there is a range to show."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True)
class Gap:
    """Consecutive years without a value, for one reason."""

    first: int
    last: int
    reason: str

    @property
    def years(self) -> str:
        """The years as prose writes them."""
        return str(self.first) if self.first == self.last else f"{self.first} to {self.last}"


@dataclass(frozen=True)
class Course:
    """A measure's years.

    Parameters
    ----------
    points : tuple of Point
        The years with a value, in order.
    gaps : tuple of Gap
        The other years in which the state, or both states, existed, in order.
    """

    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]

    def until(self, year: int) -> Course:
        """The same course without the gaps after a year, in which nothing else has a value."""
        kept = [replace(gap, last=min(gap.last, year)) for gap in self.gaps if gap.first <= year]
        return replace(self, gaps=tuple(kept))

    @property
    def latest(self) -> Point | None:
        """The last year with a value."""
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class _Year:
    """A year in which the state, or both states, existed, and the codes they bore."""

    year: int
    codes: tuple[Code | None, ...]
    of: tuple[str, ...]


def course(values: Values, lines: Sequence[Line], years: Iterable[int]) -> Course:
    """The years of one state, or of one pair.

    Parameters
    ----------
    values : Values
        A measure of all states or pairs.
    lines : sequence of Line
        The state; or client and patron.
    years : iterable of int
        Those asked for; a year in which one of the states did not exist is left out, for
        nothing is missing there.

    Returns
    -------
    Course
        With a reason for every year without a value.

    Raises
    ------
    TableError
        When the source has two rows for one year.
    """
    wanted = [item for year in years if (item := _year(values, lines, year)) is not None]
    rows = own_rows(values, [item.codes for item in wanted])
    points, missing = [], {}
    listed, ends = _listed(values, wanted), _limits(values)
    for item in wanted:
        row = rows.get((*item.codes, item.year))
        value = None if row is None else _number(row.get("x"))
        if row is not None and value is not None:
            points.append(Point(item.year, value, *_range(row, value, ends), item.of))
        else:
            missing[item.year] = _why(values, item, row, listed)
    return Course(tuple(points), gaps_of(missing))


def own_rows(
    values: Values, codes: Iterable[tuple[Code | None, ...]]
) -> dict[tuple[Code | int | None, ...], dict[str, object]]:
    """The rows of a measure for a few states or pairs.

    Parameters
    ----------
    values : Values
        Of all states or pairs.
    codes : iterable of tuple
        One code for a state, two for a pair in the order of client and patron.

    Returns
    -------
    dict
        Codes and year to the row.

    Raises
    ------
    TableError
        When the source has two rows for one year.
    """
    names = ("state", "other") if values.unit == DYAD_YEAR else ("state",)
    wanted = set(codes)
    frames = [values.frame]
    if values.symmetric:
        frames.append(values.frame.rename({"state": "other", "other": "state"}))
    found: dict[tuple[Code | int | None, ...], dict[str, object]] = {}
    for frame in frames:
        keep = pl.all_horizontal(
            pl.col(name).is_in(_series(wanted, place, frame.schema[name]).implode())
            for place, name in enumerate(names)
        )
        for row in frame.filter(keep).iter_rows(named=True):
            key = (*(row[name] for name in names), int(row["year"]))
            if key[:-1] in wanted:
                if key in found:
                    raise TableError(_twice(values, key))
                found[key] = row
    return found


def gaps_of(missing: Mapping[int, str]) -> tuple[Gap, ...]:
    """Years and reasons as spans of consecutive years with the same reason.

    Examples
    --------
    >>> [(gap.years, gap.reason) for gap in gaps_of({1990: "a", 1991: "a", 1993: "a"})]
    [('1990 to 1991', 'a'), ('1993', 'a')]
    """
    found = []
    ordered = sorted(missing.items())
    marked = [(year - place, reason, year) for place, (year, reason) in enumerate(ordered)]
    for (_, reason), run in groupby(marked, key=lambda item: item[:2]):
        years = [year for _, _, year in run]
        found.append(Gap(years[0], years[-1], reason))
    return tuple(found)


def _year(values: Values, lines: Sequence[Line], year: int) -> _Year | None:
    places = [line.place(year) for line in lines]
    if any(place is None for place in places):
        return None
    stretches = [line.stretches[place or 0] for line, place in zip(lines, places, strict=True)]
    codes = tuple(stretch.code(values.system, year) for stretch in stretches)
    return _Year(year, codes, tuple(stretch.label for stretch in stretches))


def _series(codes: Iterable[tuple[Code | None, ...]], place: int, dtype: pl.DataType) -> pl.Series:
    known = sorted({code[place] for code in codes if code[place] is not None}, key=str)
    return pl.Series(known, strict=False).cast(dtype) if known else pl.Series([], dtype=dtype)


def _listed(values: Values, wanted: Sequence[_Year]) -> set[tuple[int, Code | None]]:
    """Which codes have a row in any year, in either column of a pair."""
    frame = values.frame
    columns = ["state", "other"] if values.unit == DYAD_YEAR else ["state"]
    found: set[tuple[int, Code | None]] = set()
    for place, name in enumerate(columns):
        codes = {item.codes[place] for item in wanted} - {None}
        for code in codes:
            either = columns if values.symmetric else [name]
            if any((frame[column] == code).any() for column in either):
                found.add((place, code))
    return found


def _why(
    values: Values,
    item: _Year,
    row: Mapping[str, object] | None,
    listed: set[tuple[int, Code | None]],
) -> str:
    first, last = values.span
    if not first <= item.year <= last:
        return NOT_COVERED
    if None in item.codes:
        place = item.codes.index(None)
        name = _LISTS.get(values.system, "")
        listing = f"the {name} list, which the source follows, does not count {item.of[place]}"
        return f"{listing} as a state in that year" if name else NO_CODE
    if any((place, code) not in listed for place, code in enumerate(item.codes)):
        return NOT_LISTED
    if row is None:
        return NO_ROW
    why = row.get("why")
    return NO_VALUE if why is None else values.missing.get(str(why), str(why))


def _limits(values: Values) -> tuple[float, float]:
    """Where an interval ends at the latest: no distance and no count is negative."""
    low, high = limits(values.scale)
    lowest = values.frame["x"].min()
    return (0.0 if low < 0 and lowest is not None and float(str(lowest)) >= 0 else low), high


def _range(
    row: Mapping[str, object], value: float, ends: tuple[float, float]
) -> tuple[float | None, float | None]:
    error = _number(row.get("se"))
    if error is not None:
        low, high = value - _NORMAL_95 * error, value + _NORMAL_95 * error
        # A value that lies beyond the scale is shown as the source has it.
        return min(max(low, ends[0]), value), max(min(high, ends[1]), value)
    return _number(row.get("low")), _number(row.get("high"))


def _number(cell: object) -> float | None:
    """A finite number, or None."""
    if cell is None or isinstance(cell, str):
        return None
    value = float(cell)  # type: ignore[arg-type]
    return value if abs(value) < float("inf") else None


def _twice(values: Values, key: tuple[Code | int | None, ...]) -> str:
    shown = ", ".join(str(part) for part in key)
    return (
        f"{', '.join(values.sources) or 'the values'}: expected one row for {shown}, found more "
        "than one. Get the data sets anew with: beholden fetch"
    )
