"""From a measured series to the frame that an expectation is put to, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from beholden.claims.evaluate import Frame
from beholden.dates import span_of
from beholden.errors import MissingDataError
from beholden.models import against_mean, against_trend, compare_rates, least_squares, theil_sen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import polars as pl
    from numpy.typing import NDArray

    from beholden.core import Series
    from beholden.measures import Target

__all__ = ["Tested", "frame_of"]

# At least this part of the years looked at must be known, and of each side of an event.
COVERAGE = 2 / 3
SIDE_COVERAGE = 1 / 2


@dataclass(frozen=True)
class Tested:
    """The frame of one universe, with what a chart of it needs.

    Parameters
    ----------
    frame : Frame
        Columns, scalars and periods.
    line : tuple of (float, float)
        Years and values of a fitted or expected line, for charts.
    """

    frame: Frame
    line: tuple[tuple[float, float], ...] = ()


def frame_of(
    kind: str, series: Series, target: Target, picks: Mapping[str, str], until: date
) -> Tested:
    """The frame that the expectation of a claim is put to.

    Parameters
    ----------
    kind : str
        The kind of test.
    series : Series
        As measured.
    target : Target
        With years, event, window and periods.
    picks : mapping of str to str
        For the choice `estimator`.
    until : date
        The last day that the tables speak of.

    Returns
    -------
    Tested
        The frame and, for trends and changes, the line.

    Raises
    ------
    MissingDataError
        When too few years are known for the test.
    """
    return _KINDS[kind](series, target, picks, until)


def _level(series: Series, target: Target, picks: Mapping[str, str], until: date) -> Tested:
    del picks
    frame = columns_of(series.frame)
    years = frame.columns["year"]
    known = {
        int(year) for year, value in zip(years, frame.columns["x"], strict=True) if value == value
    }
    if target.years is not None:
        last = target.years.last if target.years.last is not None else max(known, default=0)
        # A span that ends is asked about whole; an open one ends with what is known.
        wanted = set(range(target.years.first, last + 1))
        _require_coverage(known & wanted, wanted, str(target.years))
    if not known:
        raise MissingDataError("no year is known")
    periods = {
        name: np.isin(years, list(span.until(until.year))) for name, span in target.periods.items()
    }
    return Tested(replace(frame, periods=periods))


def _require_coverage(known: set[int], wanted: set[int], span: str) -> None:
    if not wanted or len(known) < COVERAGE * len(wanted) - 1e-9:
        missing = sorted(wanted - known)
        listed = ", ".join(map(str, missing[:8])) + (" ..." if len(missing) > 8 else "")
        raise MissingDataError(
            f"{len(known)} of {len(wanted)} years of {span} known, two thirds needed"
            + (f"; missing: {listed}" if missing else "")
        )


def _trend(series: Series, target: Target, picks: Mapping[str, str], until: date) -> Tested:
    del target, until
    frame = columns_of(series.frame)
    years, values = frame.columns["year"], frame.columns["x"]
    fit = least_squares if picks["estimator"] == "least squares" else theil_sen
    try:
        trend = fit(years, values)
    except ValueError as error:
        raise MissingDataError(str(error)) from error
    scalars = {
        "slope": trend.slope,
        "slope_low": trend.low,
        "slope_high": trend.high,
        "change": trend.change,
        "p": trend.p,
    }
    line = tuple(
        (float(year), trend.intercept + trend.slope * float(year))
        for year in (years.min(), years.max())
    )
    return Tested(replace(frame, scalars=scalars), line)


def _change(series: Series, target: Target, picks: Mapping[str, str], until: date) -> Tested:
    del until
    frame = columns_of(series.frame)
    years, values = frame.columns["year"], frame.columns["x"]
    event, window = span_of(str(target.event))[0].year, int(target.window or 0)
    before = (years >= event - window) & (years < event) & np.isfinite(values)
    after = (years >= event) & (years < event + window) & np.isfinite(values)
    for side, rows in (("before", before), ("from", after)):
        if rows.sum() < max(2, SIDE_COVERAGE * window):
            raise MissingDataError(
                f"{int(rows.sum())} of {window} years {side} {event} known, half of them and at "
                "least two needed"
            )
    try:
        if picks["estimator"] == "means":
            change = against_mean(values[before], values[after])
        else:
            change = against_trend(years[before], values[before], years[after], values[after])
    except ValueError as error:
        raise MissingDataError(str(error)) from error
    scalars = {
        name: getattr(change, name)
        for name in (
            "before",
            "after",
            "difference",
            "difference_low",
            "difference_high",
            "ratio",
            "ratio_low",
            "ratio_high",
        )
    }
    line = tuple(zip(map(float, years[after]), change.expected, strict=True))
    return Tested(replace(frame, scalars=scalars), line)


def _vote(series: Series, target: Target, picks: Mapping[str, str], until: date) -> Tested:
    del target, picks, until
    frame = columns_of(series.frame)
    if frame.rows == 0:
        raise MissingDataError("no vote is known")
    return Tested(frame)


def _event_count(series: Series, target: Target, picks: Mapping[str, str], until: date) -> Tested:
    del picks
    frame = columns_of(series.frame)
    if target.event is None or target.window is None:
        if frame.rows == 0:
            raise MissingDataError("no event is known")
        return Tested(frame)
    event = span_of(target.event)[0]
    start, end = _shifted(event, -target.window), _shifted(event, target.window)
    if until <= event:
        raise MissingDataError(f"nothing is known after {event}")
    # Spans hold their first day and not the day after their last; until itself is known.
    if until < end:
        end = until + timedelta(days=1)
    days = frame.columns["date"]
    before = int(((days >= np.datetime64(start)) & (days < np.datetime64(event))).sum())
    after = int(((days >= np.datetime64(event)) & (days < np.datetime64(end))).sum())
    rates = compare_rates(before, after, _length(start, event), _length(event, end))
    scalars = {
        "before": float(rates.before),
        "after": float(rates.after),
        "rate_before": rates.rate_before,
        "rate_after": rates.rate_after,
        "ratio": rates.ratio,
        "ratio_low": rates.ratio_low,
        "ratio_high": rates.ratio_high,
    }
    return Tested(replace(frame, scalars=scalars))


def _shifted(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _length(first: date, last: date) -> float:
    return (last - first) / timedelta(days=365.25)


_KINDS: dict[str, Callable[[Series, Target, Mapping[str, str], date], Tested]] = {
    "level": _level,
    "trend": _trend,
    "change": _change,
    "vote": _vote,
    "event count": _event_count,
}


def columns_of(data: pl.DataFrame) -> Frame:
    """The columns of a series as the expectation language takes them."""
    return Frame({name: _column(data[name]) for name in data.columns if name != "rows"})


def _column(values: pl.Series) -> NDArray[np.generic]:
    if values.dtype.is_numeric():
        # Missing is NaN, never zero.
        return np.array([np.nan if v is None else float(v) for v in values], dtype=float)
    if values.dtype.is_temporal():
        return np.array(values.to_list(), dtype="datetime64[D]")
    return np.array(values.to_list(), dtype=object)
