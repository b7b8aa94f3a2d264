"""Curves by maximum likelihood: rows, columns, fits, errors and what becomes of a universe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from beholden.models.curve import (
    COLLINEAR,
    ESTIMATED,
    REFUSED,
    SATURATED,
    SEPARATED,
    UNCONVERGED,
    UNIDENTIFIED,
    UNVARYING,
    blank,
    gone,
    inferred,
)
from beholden.models.design import Group, plan
from beholden.models.kernels import compiled, sums
from beholden.models.likelihood import influence, maximise, warm_start
from beholden.models.samples import Sample, indicators
from beholden.models.separation import separated
from beholden.models.stage import solved, staged
from beholden.models.within import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from beholden.models.curve import Curve
    from beholden.models.design import Design, Specifications
    from beholden.models.likelihood import Fit
    from beholden.models.samples import Method, Model
    from beholden.models.stage import Solved, Stage

__all__ = ["FEWEST", "curve_of"]

FEWEST = 20
"""Rows that the levels of an effect must have on average to enter as indicators."""
BATCH = 128
_Start: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.float64]]"
_Last: TypeAlias = "dict[tuple[int, tuple[str, ...]], _Start]"
FAR = 15.0
"""Linear predictors beyond this are looked at for separation."""


@dataclass(frozen=True)
class _Task:
    """Universes of one outcome and one set of rows."""

    design: Design
    specs: Specifications
    group: Group
    stage: Stage
    found: Solved
    names: tuple[str, ...]
    scale: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        spread = np.where(np.isinf(self.stage.cells.spread), 1.0, self.stage.cells.spread)
        scale = np.sqrt(spread / self.stage.cells.weights.sum())
        object.__setattr__(self, "scale", scale)


def curve_of(
    design: Design,
    specs: Specifications,
    method: Method,
    *,
    errors: str,
    level: float,
    tolerance: float,
    groups: Iterable[Group] | None,
) -> Curve:
    """Estimate every universe by one method.

    Parameters
    ----------
    design, specs, errors, level, tolerance, groups
        As in :func:`~beholden.models.curve.estimate`; ``"CR3"`` is not offered.
    method : Method

    Returns
    -------
    Curve

    Raises
    ------
    ValueError
        When the errors are a jackknife.
    """
    if errors == "CR3":
        raise ValueError(
            "expected errors 'CR1', 'two-way' or 'dyadic', found 'CR3'; the jackknife is for "
            "linear universes"
        )
    curve = blank(len(specs), specs.controls.shape[1], level)
    last: _Last = {}
    for group in plan(design, specs) if groups is None else groups:
        if not len(group.rows):
            continue
        for part in _by_outcome(design, specs, group, method):
            curve.rows[part.universes] = len(part.rows)
            curve.status[part.universes] = _enter(
                curve, design, specs.take(part.universes), part, method, errors, tolerance, last
            )
    return inferred(curve)


def _by_outcome(
    design: Design, specs: Specifications, group: Group, method: Method
) -> Iterator[Group]:
    """Parts of a group of one outcome, less the levels in which it never varies."""
    outcomes = specs.outcome[group.universes]
    for outcome in np.unique(outcomes):
        rows = group.rows
        if method.varying:
            rows = _varying(rows, [design.codes[n] for n in group.effects], design, int(outcome))
        yield Group(rows, group.effects, group.universes[outcomes == outcome])


def _varying(
    rows: NDArray[np.int64], codes: list[NDArray[np.int64]], design: Design, outcome: int
) -> NDArray[np.int64]:
    y = design.table[:, outcome]
    while codes and len(rows):
        kept = np.ones(len(rows), dtype=bool)
        for code in codes:
            here, low = code[rows], np.full(int(code.max()) + 1, np.inf)
            high = -low
            np.minimum.at(low, here, y[rows])
            np.maximum.at(high, here, y[rows])
            kept &= (high > low)[here]
        if kept.all():
            break
        rows = rows[kept]
    return rows


def _enter(
    curve: Curve,
    design: Design,
    mine: Specifications,
    group: Group,
    method: Method,
    errors: str,
    tolerance: float,
    last: _Last,
) -> NDArray[np.int64] | int:
    """Write one part's figures into the curve; the status of its universes."""
    if not len(group.rows):
        return UNIDENTIFIED
    fixed = [name for name in group.effects if name in method.conditional]
    others = tuple(name for name in group.effects if name not in method.conditional)
    if len(fixed) > 1 or (
        fixed and (method.build_conditional is None or design.weights is not None)
    ):
        return REFUSED
    levels = [len(np.unique(design.codes[name][group.rows])) for name in others]
    if any(len(group.rows) < FEWEST * count for count in levels):
        return REFUSED
    stage = staged(design, mine, group, errors)
    found = solved(design, mine, stage, tolerance)
    task = _Task(design, mine, group, stage, found, others)
    flat = np.isinf(stage.cells.spread)[found.outcome].all()
    if flat and not (method.constant and (design.table[group.rows, mine.outcome[0]] > 0).all()):
        return UNIDENTIFIED
    return _fitted(curve, task, method, tuple(fixed), tolerance, last)


def _columns(
    task: _Task, method: Method, fixed: tuple[str, ...], tolerance: float
) -> tuple[Sample, tuple[int, ...]]:
    """The sample of a task, and the places of its data columns in the stage."""
    cells, rows = task.stage.cells, task.group.rows
    outcome = int(task.found.outcome[0])
    places = tuple(j for j in range(len(cells.columns)) if j != outcome)
    table = cells.centred[:, places] / task.scale[list(places)]
    codes = {name: compact(task.design.codes[name][rows])[0] for name in task.names}
    own: NDArray[np.int64] = np.zeros(len(rows), dtype=np.int64)
    explicit = sorted(task.names, key=lambda name: -int(codes[name].max()))
    taken: list[NDArray[np.int64]] = []
    if fixed:
        own = compact(task.design.codes[fixed[0]][rows])[0]
        taken = [own]
    elif method.levels and explicit:
        own = codes[explicit.pop(0)]
        taken = [own]
    levels = indicators([codes[name] for name in explicit], taken, cells.weights, tolerance)
    y = task.design.table[rows, cells.columns[outcome]]
    joined = np.ascontiguousarray(np.hstack([table, levels]))
    return Sample(y, joined, cells.weights, own, rows), places


def _fitted(
    curve: Curve,
    task: _Task,
    method: Method,
    fixed: tuple[str, ...],
    tolerance: float,
    last: _Last,
) -> NDArray[np.int64]:
    """Fit a task's universes, some at a time."""
    sample, places = _columns(task, method, fixed, tolerance)
    build = method.build_conditional if fixed else method.build
    if build is None:
        raise ValueError("expected a model that conditions on an effect")
    model = build(sample)
    found, stage = task.found, task.stage
    enters = np.zeros((len(found.members), sample.table.shape[1]), dtype=bool)
    where = np.full(len(stage.cells.columns), -1)
    where[list(places)] = np.arange(len(places))
    universe, slot = np.nonzero(found.members >= 0)
    enters[universe, where[found.members[universe, slot]]] = True
    enters[:, len(places) :] = True
    k = enters.sum(axis=1) + model.fixed
    if method.levels and not fixed:
        k = (found.members >= 0).sum(axis=1) + stage.fixed
    status = _noted(curve, task, k, tolerance)
    usable = np.flatnonzero(status <= COLLINEAR)
    first = where[found.members[:, 0]]
    key = (int(task.specs.outcome[0]), task.group.effects)
    columns = stage.cells.columns[list(places)]
    start = _full(model, enters[usable], _recalled(last.get(key), columns, model, enters.shape[1]))
    if start is not None:
        slopes = np.zeros(task.design.table.shape[1])
        slopes[columns] = start[0].slopes[0, : len(columns)]
        last[key] = (slopes, start[0].nuisance[0])
    for some in np.array_split(usable, -(-len(usable) // BATCH) or 1):
        if len(some):
            status[some] = _batch(
                curve, task, method, model, enters, first, some, start, status[some]
            )
    return status


def _noted(curve: Curve, task: _Task, k: NDArray[np.int64], tolerance: float) -> NDArray[np.int64]:
    """Write down what is known before any fit; the status that follows from it."""
    found, g, n = task.found, task.stage.grouping.clusters, len(task.group.rows)
    wanted = task.specs.controls.sum(axis=1) + 1
    status = np.where((found.members >= 0).sum(axis=1) < wanted, COLLINEAR, ESTIMATED)
    status[found.pivots <= tolerance] = UNIDENTIFIED
    status[(n <= k) | (g < 2)] = SATURATED
    at = task.group.universes
    curve.clusters[at], curve.parameters[at], curve.pivot[at] = g, k, found.pivots
    curve.dropped[at] = gone(task.design, task.specs, task.stage, found)
    return status


def _recalled(last: _Start | None, columns: NDArray[np.int64], model: Model, width: int) -> _Start:
    """Where to start: where the group before ended, for its rows are nearly these."""
    slopes = np.zeros(width)
    if last is None:
        return slopes, model.start
    slopes[: len(columns)] = last[0][columns]
    return slopes, last[1] if last[1].shape == model.start.shape else model.start


def _full(
    model: Model, enters: NDArray[np.bool_], first: _Start
) -> tuple[Fit, NDArray[np.bool_]] | None:
    """The fit of the universe with the most columns, from which the others start."""
    if not len(enters):
        return None
    widest = enters[[int(enters.sum(axis=1).argmax())]]
    fit = maximise(model, widest, first[0][None, :], first[1][None, :], iterations=15)
    return (fit, widest[0]) if fit.converged[0] and fit.furthest[0] < FAR else None


def _batch(
    curve: Curve,
    task: _Task,
    method: Method,
    model: Model,
    enters: NDArray[np.bool_],
    first: NDArray[np.int64],
    some: NDArray[np.int64],
    start: tuple[Fit, NDArray[np.bool_]] | None,
    status: NDArray[np.int64],
) -> NDArray[np.int64]:
    own = enters[some]
    slopes, nuisance = np.zeros(own.shape), np.tile(model.start, (len(some), 1))
    if start is not None:
        slopes, nuisance = warm_start(*start, own)
    fit = maximise(model, own, slopes, nuisance)
    suspect = np.flatnonzero(~fit.converged | (fit.furthest > FAR))
    if len(suspect):
        apart = separated(model.recession(), own[suspect])
        status[suspect] = np.where(
            apart, SEPARATED, np.where(fit.converged[suspect], status[suspect], UNCONVERGED)
        )
    direction = influence(fit, first[some])
    variance = _variance(task, model, fit, direction)
    n, g = len(task.group.rows), task.stage.grouping.clusters
    at = task.group.universes[some]
    variance *= g / (g - 1)
    if method.counted:
        variance *= (n - 1) / (n - curve.parameters[at])
    status[~(variance > 0) & (status <= COLLINEAR)] = UNVARYING
    scale = task.scale[task.found.members[some, 0]]
    curve.coefficient[at] = fit.slopes[np.arange(len(some)), first[some]] / scale
    curve.error[at] = np.sqrt(np.abs(variance)) / scale
    curve.exposure_sd[at] = scale * np.sqrt(n / max(n - 1, 1))
    curve.outcome_sd[at] = np.where(
        status <= COLLINEAR, np.sqrt(model.spread(fit) + model.noise), np.nan
    )
    return status


def _variance(
    task: _Task,
    model: Model,
    fit: Fit,
    direction: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Sums of squares of the clusters' scores along the exposure's row of the inverse."""
    parts = task.stage.grouping.parts
    u = len(fit.slopes)
    totals = [np.zeros((max(int(c.max()) for c in part) + 1, u)) for part in parts]
    for rows, scores in model.contributions(fit, *direction):
        ones = np.ones(len(rows))
        for part, total in zip(parts, totals, strict=True):
            for codes in part:
                compiled(sums)(scores, ones, codes[rows], total)
    result = np.zeros(u)
    for sign, total in zip(task.stage.grouping.signs, totals, strict=True):
        result += sign * np.einsum("gu,gu->u", total, total)
    return result
