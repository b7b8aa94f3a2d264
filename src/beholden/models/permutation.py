"""Exposures exchanged between units: what a curve would look like if who had which did not matter.

Whole courses are exchanged, so that what a unit's years have in common stays together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.design import plan
from beholden.models.joint import median_p
from beholden.models.stage import TOLERANCE, solved, staged
from beholden.models.wild import without_exposure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.curve import Curve
    from beholden.models.design import Design, Specifications
    from beholden.models.stage import Solved, Stage

__all__ = ["Permuted", "median_test", "permute"]


@dataclass(frozen=True)
class Permuted:
    """Slopes with exchanged exposures.

    Attributes
    ----------
    coefficients : ndarray, shape (u, draws)
        NaN where a universe has no estimate.
    exchangeable : ndarray, shape (u,)
        Share of the units that have another to exchange with. The others keep their own exposure
        in every draw, so that a small share tests little.
    seed : int
    """

    coefficients: NDArray[np.float64]
    exchangeable: NDArray[np.float64]
    seed: int


@dataclass(frozen=True)
class _Courses:
    """Units of a set of rows, and which of them can exchange."""

    rows: tuple[NDArray[np.int64], ...]
    units: NDArray[np.int64]
    sets: tuple[NDArray[np.int64], ...]

    def source(self, keys: NDArray[np.float64]) -> NDArray[np.int64]:
        """For each row, the row whose exposure it is given, by the order of the units' keys."""
        source = np.arange(sum(len(mine) for mine in self.rows))
        for some in self.sets:
            givers = some[np.argsort(keys[self.units[some]], kind="stable")]
            takes = np.concatenate([self.rows[place] for place in some])
            source[takes] = np.concatenate([self.rows[place] for place in givers])
        return source

    @property
    def share(self) -> float:
        """Of the units that can exchange."""
        return sum(len(some) for some in self.sets) / max(len(self.rows), 1)


def _courses(
    units: NDArray[np.int64], times: NDArray[np.generic], blocks: NDArray[np.int64]
) -> _Courses:
    order = np.lexsort((times, units))
    present, counts = np.unique(units, return_counts=True)
    rows = np.split(order, np.cumsum(counts)[:-1])
    sets: dict[tuple[bytes, int], list[int]] = {}
    for place, mine in enumerate(rows):
        sets.setdefault((times[mine].tobytes(), int(blocks[mine[0]])), []).append(place)
    several = tuple(np.array(some) for some in sets.values() if len(some) > 1)
    return _Courses(tuple(rows), present, several)


def permute(
    design: Design,
    specs: Specifications,
    units: NDArray[np.generic],
    times: NDArray[np.generic],
    *,
    draws: int = 499,
    seed: int = 0,
    blocks: NDArray[np.generic] | None = None,
    singletons: str = "keep",
    tolerance: float = TOLERANCE,
) -> Permuted:
    """Draw every universe's slope with exposures exchanged between units.

    Parameters
    ----------
    design : Design
    specs : Specifications
        u universes, of least squares.
    units, times : ndarray, shape (n,)
        Ids; each time at most once in a unit.
    draws : int
        With 5% tests, one less than a multiple of 20.
    seed : int
        The same seed gives the same exchanges.
    blocks : ndarray, shape (n,), or None
        Ids, such as regions, within which alone units exchange.
    singletons, tolerance
        As in :func:`~beholden.models.curve.estimate`.

    Returns
    -------
    Permuted

    Raises
    ------
    ValueError
        When a unit has a time twice or is in two blocks, or no unit can exchange with another.

    Notes
    -----
    What is exchanged is what a universe's controls and effects leave of its exposure, all of a
    unit's years at once, between units with the same years in the universe's rows; slopes are its
    products with what they leave of the outcome, over its squares. Exchanging exposures as they are
    would take them from the controls they go with, and make slopes look more certain than they are.
    One order of the units a draw decides all universes' exchanges: those with the same units
    exchange alike. It is a test of units that could as well have had each other's courses; units
    whose scales or years differ are not such, and the bootstrap is to be preferred.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis.
       Nature Human Behaviour 4, 1208-1214. https://doi.org/10.1038/s41562-020-0912-z
    .. [2] Dekker, D., Krackhardt, D., and Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to
       collinearity and autocorrelation conditions. Psychometrika 72(4), 563-581.
       https://doi.org/10.1007/s11336-007-9016-1

    Examples
    --------
    >>> from beholden.models.curve import estimate
    >>> from beholden.models.design import Design, every_subset
    >>> random = np.random.default_rng(1)
    >>> unit, year = np.repeat(np.arange(20), 5), np.tile(np.arange(5), 20)
    >>> x = random.normal(size=(100, 1))
    >>> design = Design(x + random.normal(size=(100, 1)), x, np.empty((100, 0)), {}, unit)
    >>> specs = every_subset(design)
    >>> median_test(estimate(design, specs), permute(design, specs, unit, year), 1)
    0.002
    """
    codes = np.unique(units, return_inverse=True)[1]
    homes = np.zeros(design.n, dtype=np.int64)
    if blocks is not None:
        homes = np.unique(blocks, return_inverse=True)[1]
    _require(codes, times, homes, units)
    keys = np.random.default_rng(seed).random((draws, int(codes.max()) + 1))
    result, shares = np.full((len(specs), draws), np.nan), np.full(len(specs), np.nan)
    cells, courses, last = None, None, None
    for group in plan(design, specs, singletons=singletons):
        if not len(group.rows):
            continue
        mine = specs.take(group.universes)
        stage = staged(design, mine, group, "CR1", cells)
        cells = stage.cells
        if courses is None or last is not group.rows:
            last, courses = (
                group.rows,
                _courses(codes[group.rows], times[group.rows], homes[group.rows]),
            )
        shares[group.universes] = courses.share
        found = solved(design, mine, stage, tolerance)
        usable = found.pivots > tolerance
        slopes = _slopes(stage, found, courses, keys)
        result[group.universes[usable]] = slopes[usable]
    if not (shares > 0).any():
        raise ValueError(
            "expected units with the same times to exchange, found none; use the wild bootstrap"
        )
    return Permuted(result, shares, seed)


def _require(
    codes: NDArray[np.int64],
    times: NDArray[np.generic],
    homes: NDArray[np.int64],
    units: NDArray[np.generic],
) -> None:
    order = np.lexsort((times, codes))
    same = codes[order][1:] == codes[order][:-1]
    twice = same & (times[order][1:] == times[order][:-1])
    if twice.any():
        unit = units[order[1:][twice][0]]
        raise ValueError(f"expected each time at most once in a unit, found one twice in {unit}")
    moved = same & (homes[order][1:] != homes[order][:-1])
    if moved.any():
        raise ValueError(
            f"expected unit {units[order[1:][moved][0]]} in one block, found it in two"
        )


def _slopes(
    stage: Stage, found: Solved, courses: _Courses, keys: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Slopes of a group's universes in each draw, from one table of products a draw."""
    null = without_exposure(found)
    (u, _), p = found.members.shape, stage.table.shape[1]
    left, right = np.zeros((u, p)), np.zeros((u, p))
    universe, slot = np.nonzero(found.members >= 0)
    place = found.members[universe, slot]
    right[universe, place] = found.effects[universe, slot]
    left[universe, place] = -null.slopes[universe, slot]
    left[np.arange(u), found.outcome] = 1.0
    weighted = np.ascontiguousarray((stage.table * stage.cells.weights[:, None]).T)
    products = np.empty((len(keys), p, p))
    for draw, key in enumerate(keys):
        products[draw] = weighted @ stage.table[courses.source(key)]
    mixed = (left[:, :, None] * right[:, None, :]).reshape(u, p * p)
    return np.asarray(mixed @ products.reshape(len(keys), p * p).T)


def median_test(curve: Curve, permuted: Permuted, sign: int) -> float:
    """How often exchanged exposures do as well as the curve's median standardised effect.

    Parameters
    ----------
    curve : Curve
    permuted : Permuted
        Of the same universes.
    sign : int
        1 or -1: the expected sign; the test is one-sided.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        When the sign is another, or the universes are.
    """
    if sign not in (1, -1):
        raise ValueError(f"expected sign 1 or -1, found {sign}")
    if len(permuted.coefficients) != len(curve.status):
        found = f"{len(permuted.coefficients)} and {len(curve.status)}"
        raise ValueError(f"expected draws of the curve's own universes, found {found}")
    return median_p(curve, permuted.coefficients, sign)
