"""Universes to estimates: measure, test, look at the figure, ask whether the expectation holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from beholden.claims.evaluate import Frame, evaluate
from beholden.claims.syntax import Name
from beholden.core import Estimate, Provenance, Series, union_provenance
from beholden.errors import BeholdenError, MissingDataError
from beholden.multiverse.frames import Tested, frame_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.claims import Claim
    from beholden.claims.expression import Expression
    from beholden.measures import Evidence
    from beholden.multiverse.plan import Universe

__all__ = ["Run", "run"]


@dataclass(frozen=True)
class Run:
    """Every universe of one claim, estimated on one body of evidence.

    Parameters
    ----------
    estimates : tuple of Estimate
        One for each universe, in order.
    reference : Series or None
        The series of the first universe that has data, for charts.
    tested : Tested or None
        The same universe's frame.
    picks : mapping of str to str
        The same universe's picks.
    series : tuple of Series
        Every different series, for sources.
    measured : tuple of (Series or None)
        The series of each universe, shared where it is the same.
    provenance : Provenance
        Files read.
    """

    estimates: tuple[Estimate, ...]
    reference: Series | None
    tested: Tested | None
    picks: Mapping[str, str]
    series: tuple[Series, ...]
    provenance: Provenance
    measured: tuple[Series | None, ...] = ()


def run(claim: Claim, universes: Sequence[Universe], evidence: Evidence) -> Run:
    """Estimate every universe; universes that share a series share its computation.

    Parameters
    ----------
    claim : Claim
        With a measure that can be computed.
    universes : sequence of Universe
        As planned.
    evidence : Evidence
        What was known.

    Returns
    -------
    Run
        A universe without enough data has status ``"no data"``; one that breaks has
        status ``"failed"`` with the reason, and stays in the denominator.
    """
    cache: dict[str, Series | MissingDataError] = {}
    estimates: list[Estimate] = []
    measured: list[Series | None] = []
    shown: tuple[Series, Tested, Mapping[str, str]] | None = None
    for universe in universes:
        series = None
        try:
            series = _measured(claim, universe, evidence, cache)
            target = claim.aimed(universe.picks)
            tested = frame_of(claim.kind.name, series, target, universe.picks, evidence.until)
            estimate = _estimate(claim, universe, series, tested)
            if shown is None:
                shown = (series, tested, universe.picks)
        except MissingDataError as error:
            estimate = _without(universe, "no data", str(error))
        except (BeholdenError, ArithmeticError, ValueError, LookupError, TypeError) as error:
            estimate = _without(universe, "failed", f"{type(error).__name__}: {error}")
        estimates.append(estimate)
        measured.append(series)
    found = tuple(item for item in cache.values() if isinstance(item, Series))
    provenance = union_provenance([item.provenance for item in found])
    if shown is None:
        return Run(tuple(estimates), None, None, {}, found, provenance, tuple(measured))
    return Run(tuple(estimates), *shown, found, provenance, tuple(measured))


def _measured(
    claim: Claim,
    universe: Universe,
    evidence: Evidence,
    cache: dict[str, Series | MissingDataError],
) -> Series:
    measure = claim.measure
    if measure is None or measure.compute is None:
        raise MissingDataError("this version cannot compute the measure", claim.awaited())
    picks = {choice.name: universe.picks[choice.name] for choice in measure.choices}
    target = claim.aimed(universe.picks)
    key = f"{sorted(picks.items())}{target}"
    if key not in cache:
        cache[key] = measure.compute(evidence, target, picks)
    found = cache[key]
    if isinstance(found, MissingDataError):
        raise found
    return found


def _without(universe: Universe, status: str, message: str) -> Estimate:
    return Estimate(universe.picks, None, None, None, None, status, message)


def _estimate(claim: Claim, universe: Universe, series: Series, tested: Tested) -> Estimate:
    readings = claim.readings
    expression = readings[universe.picks["reading"]]
    answer = evaluate(expression, tested.frame)
    if answer is None:
        raise MissingDataError("the known values do not decide the expectation")
    value, low, high = _figure(claim.figure, tested.frame)
    # Only rows whose values the test looked at count as its evidence.
    rows = tuple(sorted({row for rows in series.frame["rows"].to_list() for row in rows}))
    return Estimate(universe.picks, value, low, high, bool(answer), "ok", "", rows, series.scale)


def _figure(
    figure: Expression | None, frame: Frame
) -> tuple[float | None, float | None, float | None]:
    """The figure with its range: from the test's interval, or from the range of the values."""
    if figure is None:
        return None, None, None
    value = _number(evaluate(figure, frame))
    root = figure.root
    if isinstance(root, Name) and f"{root.name}_low" in frame.scalars:
        low, high = frame.scalars[f"{root.name}_low"], frame.scalars[f"{root.name}_high"]
        return value, _number(low), _number(high)
    ends = [_number(evaluate(figure, end)) for end in _ends(figure, frame)]
    known = [end for end in (*ends, value) if end is not None]
    if value is None or not ends or not known or min(known) == max(known):
        return value, None, None
    return value, min(known), max(known)


def _ends(figure: Expression, frame: Frame) -> list[Frame]:
    """The frame with every value at its lowest, and at its highest, where a range is known."""
    columns = frame.columns
    if "low" not in columns or "high" not in columns:
        return []
    low, high = columns["low"], columns["high"]
    highest = np.where(np.isnan(high), low, high)
    if "low" in figure.names:
        # Counts of persons: the figure is the lower end, the range runs to the upper.
        return [replace(frame, columns={**columns, "low": highest})]
    if "x" not in columns:
        return []
    return [replace(frame, columns={**columns, "x": end}) for end in (low, high)]


def _number(value: object) -> float | None:
    if isinstance(value, (bool, int, float)) and np.isfinite(value):
        return float(value)
    return None
