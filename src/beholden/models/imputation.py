"""Multiple imputation of a panel by data augmentation under a normal model with unit effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg, special

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["TRANSFORMS", "Imputed", "impute"]

TRANSFORMS = ("", "log", "logit", "rank")
TRIES = 50
"""Draws outside their bounds are made again this often, then set to the bound."""
FLOOR = 1e-3
"""Scale of the priors of both covariances, in units of columns of spread 1."""


@dataclass(frozen=True)
class Imputed:
    """Completed tables.

    Attributes
    ----------
    tables : ndarray, shape (m, n, k)
        In the units of the values; known cells are as they were.
    missing : ndarray of bool, shape (n, k)
        Cells that were drawn.
    bounded : ndarray of int, shape (k,)
        Draws, over all tables, that were set to a bound.
    seed : int
    """

    tables: NDArray[np.float64]
    missing: NDArray[np.bool_]
    bounded: NDArray[np.int64]
    seed: int


@dataclass(frozen=True)
class _Pattern:
    """Rows that miss the same columns."""

    rows: NDArray[np.int64]
    known: NDArray[np.int64]
    lost: NDArray[np.int64]


def _patterns(table: NDArray[np.float64]) -> tuple[_Pattern, ...]:
    """Those that miss any."""
    missing = np.isnan(table)
    kinds, which = np.unique(missing, axis=0, return_inverse=True)
    return tuple(
        _Pattern(
            np.flatnonzero(which.ravel() == place), np.flatnonzero(~kind), np.flatnonzero(kind)
        )
        for place, kind in enumerate(kinds)
        if kind.any()
    )


@dataclass
class _Chain:
    """The state of the sampler.

    z = unit effect + powers of time times slopes + error; unit effects have mean `mean` and
    covariance `between`, errors `within`.
    """

    table: NDArray[np.float64]
    unit: NDArray[np.int64]
    powers: NDArray[np.float64]
    effects: bool
    patterns: tuple[_Pattern, ...]
    random: np.random.Generator

    def __post_init__(self) -> None:
        k = self.table.shape[1]
        self.counts = np.bincount(self.unit).astype(float)
        self.mean, self.within, self.between = np.zeros(k), np.eye(k), np.eye(k) / 2
        self.slopes = np.zeros((self.powers.shape[1], k))
        self.units = np.zeros((len(self.counts), k))
        self.full = np.where(np.isnan(self.table), 0.0, self.table)

    def step(self) -> None:
        """Draw lost cells, unit effects, and parameters, each given the rest."""
        expected = self.expected()
        for pattern in self.patterns:
            cells = np.ix_(pattern.rows, pattern.lost)
            mean, root = self.conditional(pattern, expected)
            self.full[cells] = mean + self.random.normal(size=mean.shape) @ root.T
        self._draw_units()
        self._draw_slopes()
        left = self.full - self.expected()
        n, k = left.shape
        self.within = _inverse_wishart(self.random, n + k, left.T @ left + FLOOR * np.eye(k))

    def expected(self) -> NDArray[np.float64]:
        return np.asarray(self.units[self.unit] + self.powers @ self.slopes)

    def conditional(
        self, pattern: _Pattern, expected: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Means of a pattern's lost cells given its known ones, and a root of their covariance."""
        known, lost = pattern.known, pattern.lost
        across = self.within[np.ix_(known, lost)]
        left, mean = self.within[np.ix_(lost, lost)], expected[np.ix_(pattern.rows, lost)]
        if len(known):
            slopes = linalg.solve(self.within[np.ix_(known, known)], across, assume_a="pos")
            left = left - across.T @ slopes
            cells = np.ix_(pattern.rows, known)
            mean = mean + (self.full[cells] - expected[cells]) @ slopes
        size, directions = np.linalg.eigh((left + left.T) / 2)
        return mean, directions * np.sqrt(np.maximum(size, 0.0))

    def _draw_units(self) -> None:
        left = self.full - self.powers @ self.slopes
        k, units = left.shape[1], len(self.counts)
        if not self.effects:
            root = linalg.cholesky(self.within / len(left), lower=True)
            self.units[:] = left.mean(axis=0) + root @ self.random.normal(size=k)
            return
        totals = np.array([np.bincount(self.unit, column) for column in left.T]).T
        inner, outer = linalg.inv(self.within), linalg.inv(self.between)
        precision = self.counts[:, None, None] * inner + outer
        covariance = np.linalg.inv(precision)
        right = totals @ inner + outer @ self.mean
        mean = np.einsum("ukl,ul->uk", covariance, right)
        root = np.linalg.cholesky((covariance + covariance.transpose(0, 2, 1)) / 2)
        noise = self.random.normal(size=(units, k))
        self.units = mean + np.einsum("ukl,ul->uk", root, noise)
        centre = linalg.cholesky(self.between / units, lower=True) @ self.random.normal(size=k)
        self.mean = self.units.mean(axis=0) + centre
        apart = self.units - self.mean
        scale = apart.T @ apart + FLOOR * np.eye(k)
        self.between = _inverse_wishart(self.random, units + k, scale)

    def _draw_slopes(self) -> None:
        if not self.powers.shape[1]:
            return
        left = self.full - self.units[self.unit]
        gram = self.powers.T @ self.powers
        mean = linalg.solve(gram, self.powers.T @ left, assume_a="pos")
        rows = linalg.cholesky(linalg.inv(gram), lower=True)
        columns = linalg.cholesky(self.within, lower=True)
        self.slopes = mean + rows @ self.random.normal(size=mean.shape) @ columns.T


def _inverse_wishart(
    random: np.random.Generator, degrees: int, scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """A draw, by the decomposition of Bartlett."""
    k = len(scale)
    lower = np.tril(random.normal(size=(k, k)), -1)
    lower[np.diag_indices(k)] = np.sqrt(random.chisquare(degrees - np.arange(k)))
    root = linalg.solve_triangular(lower, linalg.cholesky(scale, lower=True).T, lower=True)
    return np.asarray(root.T @ root)


def _normal_scores(
    column: NDArray[np.float64],
) -> tuple[NDArray[np.float64], Callable[[NDArray[np.float64]], NDArray[np.float64]]]:
    """Normal scores of the ranks, and the way back by the values that are there."""
    known = np.sort(column[np.isfinite(column)])
    values, counts = np.unique(known, return_counts=True)
    middle = np.cumsum(counts) - counts / 2
    scores = special.ndtri(middle / len(known))
    forward = np.interp(column, values, scores)
    forward[np.isnan(column)] = np.nan
    return forward, lambda drawn: np.asarray(np.interp(drawn, scores, values))


def _transformed(
    column: NDArray[np.float64], transform: str, place: int
) -> tuple[NDArray[np.float64], Callable[[NDArray[np.float64]], NDArray[np.float64]]]:
    known = column[np.isfinite(column)]
    if transform == "log":
        if not (known > 0).all():
            raise ValueError(f"expected column {place} above 0 for its logarithm")
        return np.log(column), np.exp
    if transform == "logit":
        if not ((known > 0) & (known < 1)).all():
            raise ValueError(f"expected column {place} between 0 and 1 for its log odds")
        return special.logit(column), special.expit
    if transform == "rank":
        return _normal_scores(column)
    if transform:
        raise ValueError(f"expected a transform of {TRANSFORMS}, found {transform!r}")
    return column.copy(), np.array


def _powers(time: NDArray[np.float64], polynomial: int) -> NDArray[np.float64]:
    """Powers of time, centred and without what they share."""
    if not polynomial or np.ptp(time) == 0:
        return np.zeros((len(time), 0))
    scaled = 2 * (time - time.min()) / np.ptp(time) - 1
    powers = np.vander(scaled, polynomial + 1, increasing=True)
    most = min(polynomial, len(np.unique(time)) - 1)
    base, _ = linalg.qr(powers[:, : most + 1], mode="economic")
    return np.asarray(base[:, 1:] * np.sqrt(len(time)))


def impute(
    values: NDArray[np.float64],
    unit: NDArray[np.generic],
    time: NDArray[np.float64],
    *,
    draws: int = 20,
    seed: int = 0,
    polynomial: int = 2,
    unit_effects: bool = True,
    transforms: Sequence[str] | None = None,
    bounds: Mapping[int, tuple[float, float]] | None = None,
    burn_in: int = 200,
    spacing: int = 20,
) -> Imputed:
    """Complete a panel several times, each time by another plausible draw.

    Parameters
    ----------
    values : ndarray, shape (n, k)
        Every variable of the analysis, the outcome too; NaN where missing.
    unit : ndarray, shape (n,)
        Ids of the units.
    time : ndarray, shape (n,)
        Years.
    draws : int
        Completed tables, m.
    seed : int
        The same seed gives the same tables.
    polynomial : int
        Highest power of time that all units share; 0 for none.
    unit_effects : bool
        Whether units differ in the means of the variables.
    transforms : sequence of str, or None
        One of `TRANSFORMS` for each column: where it is nearer to normal. ``"rank"`` draws only
        between values that occur.
    bounds : mapping of int to (float, float), or None
        Least and largest value of a column, in its own units.
    burn_in, spacing : int
        Steps of the sampler before the first table, and between tables.

    Returns
    -------
    Imputed

    Raises
    ------
    ValueError
        When shapes differ, a column has no known value, or a transform does not fit.

    Notes
    -----
    Variables are jointly normal around effects of the unit, which are normal themselves, and powers
    of time; lost cells, effects and parameters are drawn in turn. Tables so differ by all that is
    not known. Right when cells are missing at random given the other cells of the unit's rows,
    wrong when they are missing for what they would say.

    References
    ----------
    .. [1] Schafer, J. L., and Yucel, R. M. (2002). Computational strategies for multivariate linear
       mixed-effects models with missing values. Journal of Computational and Graphical Statistics
       11(2), 437-457. https://doi.org/10.1198/106186002760180608
    .. [2] Honaker, J., and King, G. (2010). What to do about missing values in time-series cross-
       section data. American Journal of Political Science 54(2), 561-581.
       https://doi.org/10.1111/j.1540-5907.2010.00447.x

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> table = random.normal(size=(60, 1)) + random.normal(size=(60, 2)) / 2
    >>> table[:9, 1] = np.nan
    >>> found = impute(table, np.arange(60) // 6, np.arange(60.0) % 6, draws=3, polynomial=1)
    >>> found.tables.shape, bool(np.isfinite(found.tables).all())
    ((3, 60, 2), True)
    """
    values = np.asarray(values, float)
    _require(values, unit, time, transforms)
    changed = [
        _transformed(values[:, j], "" if transforms is None else transforms[j], j)
        for j in range(values.shape[1])
    ]
    table = np.column_stack([column for column, _ in changed])
    centre, scale = np.nanmean(table, axis=0), np.nanstd(table, axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    codes = np.unique(unit, return_inverse=True)[1]
    powers = _powers(np.asarray(time, float), polynomial)
    own, random = (table - centre) / scale, np.random.default_rng(seed)
    chain = _Chain(own, codes, powers, unit_effects, _patterns(own), random)
    back = _Back(centre, scale, tuple(way for _, way in changed), dict(bounds or {}))
    tables = np.repeat(values[None, :, :], draws, axis=0)
    bounded = np.zeros(values.shape[1], dtype=np.int64)
    for m in range(draws):
        for _ in range(spacing if m else burn_in):
            chain.step()
        expected = chain.expected()
        for pattern in chain.patterns:
            bounded += _fill(tables[m], chain, pattern, expected, back)
    return Imputed(tables, np.isnan(values), bounded, seed)


def _require(
    values: NDArray[np.float64],
    unit: NDArray[np.generic],
    time: NDArray[np.float64],
    transforms: Sequence[str] | None,
) -> None:
    if values.ndim != 2 or not (len(values) == len(unit) == len(time)):
        found = f"{values.shape}, {len(unit)} and {len(time)}"
        raise ValueError(f"expected values, units and times of the same rows, found {found}")
    if transforms is not None and len(transforms) != values.shape[1]:
        raise ValueError(
            f"expected a transform for each of {values.shape[1]} columns, found {len(transforms)}"
        )
    empty = np.flatnonzero(~np.isfinite(values).any(axis=0))
    if len(empty):
        raise ValueError(f"expected a known value in every column, found none in {empty[0]}")
    if np.isinf(values).any():
        raise ValueError("expected finite values or NaN, found infinite ones")


@dataclass(frozen=True)
class _Back:
    """The way from standardised draws to a column's own units, and its bounds."""

    centre: NDArray[np.float64]
    scale: NDArray[np.float64]
    ways: tuple[Callable[[NDArray[np.float64]], NDArray[np.float64]], ...]
    bounds: Mapping[int, tuple[float, float]]

    def column(self, drawn: NDArray[np.float64], place: int) -> NDArray[np.float64]:
        return self.ways[place](self.centre[place] + self.scale[place] * drawn)

    def table(self, drawn: NDArray[np.float64], places: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.column_stack([self.column(drawn[:, at], int(p)) for at, p in enumerate(places)])

    def outside(self, drawn: NDArray[np.float64], places: NDArray[np.int64]) -> NDArray[np.bool_]:
        low = np.array([self.bounds.get(int(p), (-np.inf, np.inf))[0] for p in places])
        high = np.array([self.bounds.get(int(p), (-np.inf, np.inf))[1] for p in places])
        return (drawn < low) | (drawn > high)


def _fill(
    table: NDArray[np.float64],
    chain: _Chain,
    pattern: _Pattern,
    expected: NDArray[np.float64],
    back: _Back,
) -> NDArray[np.int64]:
    """Draw a pattern's lost cells into a table; how many of each column were set to a bound."""
    mean, root = chain.conditional(pattern, expected)
    rows, result = np.arange(len(mean)), np.zeros(mean.shape)
    for _ in range(TRIES):
        noise = chain.random.normal(size=(len(rows), len(pattern.lost)))
        result[rows] = back.table(mean[rows] + noise @ root.T, pattern.lost)
        rows = rows[back.outside(result[rows], pattern.lost).any(axis=1)]
        if not len(rows):
            break
    bounded = np.zeros(table.shape[1], dtype=np.int64)
    bounded[pattern.lost] = back.outside(result, pattern.lost).sum(axis=0)
    for at, place in enumerate(pattern.lost):
        if int(place) in back.bounds:
            result[:, at] = np.clip(result[:, at], *back.bounds[int(place)])
    table[np.ix_(pattern.rows, pattern.lost)] = result
    return bounded
