"""Matrix completion: what units would have been, from a panel of low rank with holes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.synthetic import Counterfactual, require_panel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

__all__ = ["Completed", "complete", "matrix_completion"]

_TOLERANCE, _MOST = 1e-7, 2000
_ROUGH = 1e-5
_FOLDS, _PENALTIES, _SEED = 4, 8, 1


@dataclass(frozen=True, eq=False)
class Completed:
    """A panel of low rank with effects of units and years.

    Attributes
    ----------
    low : ndarray, shape (years, units)
        The part of low rank.
    units, years : ndarray, shape (units,), (years,)
        Effects; those of units hold the level.
    """

    low: Floats
    units: Floats
    years: Floats

    @property
    def values(self) -> Floats:
        """The panel without holes, shape (years, units)."""
        return np.asarray(self.low + self.units + self.years[:, None])


def complete(
    paths: Floats,
    seen: Flags,
    penalty: float,
    start: Completed | None = None,
    tolerance: float = _TOLERANCE,
) -> Completed:
    """Fill the holes of a panel by a penalty on the singular values of what effects leave [1]_.

    Minimises half the squared distance over the entries seen, plus the penalty times the
    sum of singular values; effects of units and years are not penalised.

    Parameters
    ----------
    paths : ndarray, shape (years, units)
        Outcomes; entries that are not seen are not looked at.
    seen : ndarray of bool, shape (years, units)
        Which entries are known.
    penalty : float
        In units of the outcome.
    start : Completed or None
        Where to start.
    tolerance : float
        Stops when a round moves no entry by more than this part of the outcomes' spread.

    Returns
    -------
    Completed

    References
    ----------
    .. [1] Athey, S., Bayati, M., Doudchenko, N., Imbens, G., Khosravi, K. (2021). Journal of the
       American Statistical Association 116(536), 1716-1730.
       https://doi.org/10.1080/01621459.2021.1891924

    Examples
    --------
    >>> paths = np.outer(np.arange(6.0), np.arange(5.0)) + np.arange(5)
    >>> seen = np.ones((6, 5), dtype=bool)
    >>> seen[4:, 2] = False
    >>> complete(paths, seen, 0.01).values[4:, 2].round(1).tolist()
    [10.0, 12.0]
    """
    now = _plain(paths, seen) if start is None else start
    spread = float(paths[seen].std()) or 1.0
    for _ in range(_MOST):
        before = now.values
        filled = np.where(seen, paths, before)
        now = _round(filled, now, penalty)
        if float(np.max(np.abs(now.values - before))) <= tolerance * spread:
            return now
    raise ArithmeticError(f"the completed panel did not settle in {_MOST} rounds")


def _plain(paths: Floats, seen: Flags) -> Completed:
    """Effects of units and years alone, roughly."""
    known = np.where(seen, paths, np.nan)
    units = np.nanmean(known, axis=0)
    years = np.nanmean(known - units, axis=1)
    return Completed(np.zeros_like(paths), units, years)


def _round(filled: Floats, now: Completed, penalty: float) -> Completed:
    rest = filled - now.low
    units = rest.mean(axis=0)
    years = (rest - units).mean(axis=1)
    return Completed(_shrunk(filled - units - years[:, None], penalty), units, years)


def _shrunk(table: Floats, penalty: float) -> Floats:
    """The table with all singular values made smaller by the penalty, none below zero."""
    wide = table.shape[0] > table.shape[1]
    short = table.T if wide else table
    squares, vectors = np.linalg.eigh(short @ short.T)
    sizes = np.sqrt(np.maximum(squares, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = np.where(sizes > penalty, 1 - penalty / sizes, 0.0)
    found = (vectors * kept) @ (vectors.T @ short)
    return np.asarray(found.T if wide else found)


def matrix_completion(paths: Floats, before: int, treated: int) -> Counterfactual:
    """Each unit's years after the event as holes in the panel, the treated unit's always.

    The penalty is chosen once for the panel, on holes of the same shape: the last part of the
    years before, of some units at a time.

    Parameters
    ----------
    paths, before, treated
        As for :func:`beholden.models.synthetic.synthetic_control`.

    Returns
    -------
    Counterfactual
        Without weights: there are none, and the array is of NaN.

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> paths = np.outer(random.normal(size=14).cumsum(), random.normal(size=9)) + np.arange(9)
    >>> paths = paths + random.normal(size=(14, 9)) / 20
    >>> paths[10:, 2] += 4
    >>> bool(abs(matrix_completion(paths, before=10, treated=2).after[:, 2].mean() - 4) < 0.3)
    True
    """
    years, units = paths.shape
    require_panel(paths, before)
    first = np.arange(years) < before
    base = np.ones((years, units), dtype=bool)
    base[before:, treated] = False
    penalty = chosen_penalty(paths, base, before)
    common = complete(paths, base, penalty, tolerance=_ROUGH)
    gaps, honest = np.empty((years, units)), np.empty((before, units))
    for j in range(units):
        seen = base.copy()
        seen[before:, j] = False
        full = complete(paths, seen, penalty, common, _ROUGH)
        gaps[:, j] = paths[:, j] - full.values[:, j]
        for year in np.flatnonzero(first):
            seen[year, j] = False
            left = complete(paths, seen, penalty, full, _ROUGH)
            honest[year, j] = paths[year, j] - left.values[year, j]
            seen[year, j] = True
    weights = np.full((units, units), np.nan)
    unique = np.ones(units, dtype=bool)
    return Counterfactual(paths, weights, gaps, honest, unique, before, treated)


def chosen_penalty(paths: Floats, base: Flags, before: int) -> float:
    """The penalty that best foretells the last third of the years before, of units left out.

    Parameters
    ----------
    paths : ndarray, shape (years, units)
        Outcomes.
    base : ndarray of bool, shape (years, units)
        Entries that are known.
    before : int
        Years before the event; later years are not looked at.
    """
    early, known = paths[:before], base[:before]
    tail = max(1, before // 3)
    order = np.random.default_rng(_SEED).permutation(paths.shape[1])
    plain = _plain(early, known)
    rest = early - plain.values
    largest = float(np.linalg.norm(rest, 2))
    if largest == 0:
        return 1e-12
    penalties = largest * np.geomspace(1.0, 0.02, _PENALTIES)
    lost = np.zeros(_PENALTIES)
    for fold in range(_FOLDS):
        seen = known.copy()
        seen[before - tail :, order[fold::_FOLDS]] = False
        now = replace(plain)
        for k, penalty in enumerate(penalties):
            now = complete(early, seen, penalty, now, _ROUGH)
            lost[k] += float(np.sum((early - now.values)[~seen] ** 2))
    return float(penalties[int(np.argmin(lost))])
