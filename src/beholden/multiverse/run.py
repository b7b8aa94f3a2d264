"""Universes to estimates: measure, test, look at the figure, ask whether the expectation holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from polars.exceptions import ColumnNotFoundError, PolarsError

from beholden.claims.evaluate import Frame, evaluate
from beholden.claims.syntax import Name
from beholden.core import Estimate, Provenance, Series, union_provenance
from beholden.errors import BeholdenError, MissingDataError
from beholden.multiverse import lacking
from beholden.multiverse.datasets import reads_facts
from beholden.multiverse.frames import Tested, frame_of
from beholden.multiverse.keeping import kept, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from beholden.claims import Claim
    from beholden.claims.expression import Expression
    from beholden.measures import Evidence, Measure, Target
    from beholden.multiverse.keeping import Keeper
    from beholden.multiverse.lacking import Lack
    from beholden.multiverse.plan import Universe
    from beholden.panels import Holdings

__all__ = ["Run", "run"]

_FAULTS = (BeholdenError, ArithmeticError, ValueError, LookupError, TypeError, PolarsError)


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
    lacks : tuple of (tuple of Lack)
        The data sets that each universe reads and that cannot be read.
    """

    estimates: tuple[Estimate, ...]
    reference: Series | None
    tested: Tested | None
    picks: Mapping[str, str]
    series: tuple[Series, ...]
    provenance: Provenance
    measured: tuple[Series | None, ...] = ()
    lacks: tuple[tuple[Lack, ...], ...] = ()


@dataclass
class _Bench:
    """What the universes of one claim share while they are run."""

    claim: Claim
    evidence: Evidence
    keeper: Keeper | None
    done: dict[str, Series | MissingDataError] = field(default_factory=dict)


def run(
    claim: Claim,
    universes: Sequence[Universe],
    evidence: Evidence,
    keeper: Keeper | None = None,
) -> Run:
    """Estimate every universe; universes that share a series share its computation.

    Parameters
    ----------
    claim : Claim
        With a measure that can be computed.
    universes : sequence of Universe
        As planned.
    evidence : Evidence
        What was known.
    keeper : Keeper or None
        Keeps what is measured from data sets for the next run.

    Returns
    -------
    Run
        A universe without enough data has status ``"no data"``; one that breaks has
        status ``"failed"`` with the reason, and stays in the denominator.
    """
    bench = _Bench(claim, evidence, keeper)
    estimates: list[Estimate] = []
    measured: list[Series | None] = []
    lacks = [_lacks(bench, universe) for universe in universes]
    shown: tuple[Series, Tested, Mapping[str, str]] | None = None
    for universe, lack in zip(universes, lacks, strict=True):
        series = None
        try:
            series = _measured(bench, universe, lack)
            target = claim.aimed(universe.picks)
            tested = frame_of(claim.kind.name, series, target, universe.picks, evidence.until)
            estimate = _estimate(claim, universe, series, tested)
            if shown is None:
                shown = (series, tested, universe.picks)
        except MissingDataError as error:
            estimate = _without(universe, "no data", str(error), lack)
        except _FAULTS as error:
            estimate = _without(universe, "failed", f"{type(error).__name__}: {error}")
        estimates.append(estimate)
        measured.append(series)
    found = tuple(item for item in bench.done.values() if isinstance(item, Series))
    provenance = union_provenance([item.provenance for item in found])
    done = Run(tuple(estimates), None, None, {}, found, provenance, tuple(measured), tuple(lacks))
    if shown is None:
        return done
    return replace(done, reference=shown[0], tested=shown[1], picks=shown[2])


def _lacks(bench: _Bench, universe: Universe) -> tuple[Lack, ...]:
    """The data sets that the universe reads and that cannot be read."""
    measure = bench.claim.measure
    if measure is None:
        return ()
    return lacking.lacks_of(measure.datasets(_own(measure, universe)), bench.evidence.data)


def _own(measure: Measure, universe: Universe) -> dict[str, str]:
    """The picks that are the measure's."""
    return {choice.name: universe.picks[choice.name] for choice in measure.choices}


def _measured(bench: _Bench, universe: Universe, lack: Sequence[Lack]) -> Series:
    measure = bench.claim.measure
    if measure is None or measure.compute is None:
        raise MissingDataError("this version cannot compute the measure", bench.claim.awaited())
    if lack:
        raise MissingDataError(lacking.message(lack), [item.name for item in lack])
    picks = _own(measure, universe)
    target = bench.claim.aimed(universe.picks)
    key = f"{sorted(picks.items())}{target}"
    if key not in bench.done:
        compute = partial(measure.compute, bench.evidence, target, picks)
        bench.done[key] = _found(bench, measure, picks, target, compute)
    found = bench.done[key]
    if isinstance(found, MissingDataError):
        raise found
    return found


def _found(
    bench: _Bench,
    measure: Measure,
    picks: Mapping[str, str],
    target: Target,
    compute: Callable[[], Series],
) -> Series | MissingDataError:
    """What the measure comes to: kept from an earlier run where it reads data sets alone."""
    evidence, data = bench.evidence, bench.evidence.data
    try:
        if data is None or not measure.datasets(picks) or reads_facts(bench.claim, picks):
            return compute()
        return kept(bench.keeper, lambda: key_of(measure, picks, target, evidence, data), compute)
    except MissingDataError as error:
        return error
    except ColumnNotFoundError as error:
        # Editions from before the column came, or long after it went, are still in the library.
        return _outdated(measure.datasets(picks), data, str(error))


def _outdated(names: Sequence[str], data: Holdings | None, fault: str) -> MissingDataError:
    """A column that is not in the edition held, as a lack of data."""
    found, _, valid = fault.partition("valid columns")
    columns = set(re.findall('"([^"]+)"', valid))
    # The columns of the table that was looked into tell whose it was.
    own = [name for name in names if data and columns == set(data.record(name).table.columns)]
    words = " ".join(own or names)
    command = data.shelf.command("fetch", words) if data else f"beholden fetch {words}"
    return MissingDataError(
        f"{', '.join(own or names)}: the edition held lacks a column that this beholden reads "
        f"({found.strip(' ;')}). Get the present one with: {command}",
        names,
    )


def _without(universe: Universe, status: str, message: str, lack: Sequence[Lack] = ()) -> Estimate:
    names = tuple(item.name for item in lack)
    return Estimate(universe.picks, None, None, None, None, status, message, lacks=names)


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
