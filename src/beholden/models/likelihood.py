"""Maximum likelihood of many universes at once: slopes of chosen columns beside nuisances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Derivatives", "Fit", "Likelihood", "influence", "maximise", "warm_start"]

DECREMENT = 1e-14
"""Newton decrement at which a universe has converged: twice what the likelihood may still gain."""
STEP = 4.0
"""Longest step, in standard deviations of the columns."""


@dataclass(frozen=True)
class Derivatives:
    """Gradient and observed information of u universes with p slopes and l nuisances.

    Attributes
    ----------
    slopes, nuisance : ndarray, shape (u, p), (u, l)
        Gradient.
    inner : ndarray, shape (u, p, p)
        Information on the slopes.
    cross : ndarray, shape (u, l, p)
        On nuisances and slopes.
    outer : ndarray, shape (u, l) or (u, l, l)
        On the nuisances; two dimensions where it is diagonal.
    furthest : ndarray, shape (u,)
        Largest absolute linear predictor.
    """

    slopes: NDArray[np.float64]
    nuisance: NDArray[np.float64]
    inner: NDArray[np.float64]
    cross: NDArray[np.float64]
    outer: NDArray[np.float64]
    furthest: NDArray[np.float64]


class Likelihood(Protocol):
    """A log likelihood, concave in slopes and nuisances."""

    def derivatives(
        self, slopes: NDArray[np.float64], nuisance: NDArray[np.float64]
    ) -> Derivatives:
        """Gradient and information at slopes, shape (u, p), and nuisances, shape (u, l)."""
        ...

    def feasible(self, nuisance: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which universes' nuisances have a likelihood at all, shape (u,)."""
        ...


@dataclass(frozen=True)
class Fit:
    """Where the likelihood of each universe is largest.

    Attributes
    ----------
    slopes, nuisance : ndarray, shape (u, p), (u, l)
        Slopes of columns that do not enter are 0.
    inner : ndarray, shape (u, p, p)
        Information on the slopes once nuisances are taken out; 1 on the diagonal and 0 elsewhere
        for columns that do not enter.
    taken : ndarray, shape (u, l, p)
        Nuisances on slopes: the information's own regression.
    converged : ndarray of bool, shape (u,)
    furthest : ndarray, shape (u,)
        Largest absolute linear predictor at the last step.
    """

    slopes: NDArray[np.float64]
    nuisance: NDArray[np.float64]
    inner: NDArray[np.float64]
    taken: NDArray[np.float64]
    converged: NDArray[np.bool_]
    furthest: NDArray[np.float64]


def _reduced(
    at: Derivatives, enters: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Information and gradient of the slopes without nuisances; what takes nuisances out."""
    if at.outer.ndim == 2:
        safe = np.maximum(at.outer, 1e-300)
        taken, own = at.cross / safe[:, :, None], at.nuisance / safe
    else:
        taken = np.asarray(np.linalg.solve(at.outer, at.cross), float)
        own = np.asarray(np.linalg.solve(at.outer, at.nuisance[:, :, None]), float)[:, :, 0]
    inner = at.inner - np.matmul(at.cross.transpose(0, 2, 1), taken)
    gradient = (at.slopes - np.einsum("ulp,ul->up", at.cross, own)) * enters
    both = enters[:, :, None] & enters[:, None, :]
    inner = np.where(both, inner, 0.0)
    where = np.arange(inner.shape[1])
    inner[:, where, where] += ~enters
    return inner, gradient, taken, own


def _solved(matrices: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solutions of many small systems; NaN where one is singular."""
    try:
        found = np.asarray(np.linalg.solve(matrices, right[:, :, None]), float)[:, :, 0]
    except np.linalg.LinAlgError:
        found = np.full_like(right, np.nan)
        for u, (matrix, side) in enumerate(zip(matrices, right, strict=True)):
            if np.isfinite(matrix).all() and np.linalg.matrix_rank(matrix) == len(matrix):
                found[u] = np.linalg.solve(matrix, side)
    return found


def maximise(
    model: Likelihood,
    enters: NDArray[np.bool_],
    slopes: NDArray[np.float64],
    nuisance: NDArray[np.float64],
    iterations: int = 50,
) -> Fit:
    """Newton's method for all universes side by side, each until it has converged.

    Parameters
    ----------
    model : Likelihood
    enters : ndarray of bool, shape (u, p)
        Columns of each universe.
    slopes, nuisance : ndarray, shape (u, p), (u, l)
        Where to start.
    iterations : int
        At most.

    Returns
    -------
    Fit

    Notes
    -----
    Steps are cut to four standard deviations of the columns. A universe stops once the Newton
    decrement is below 1e-14, which leaves its slopes within 1e-7 of a standard error before the
    last step and, as convergence is quadratic, far nearer after it.
    """
    u, p = enters.shape
    slopes, nuisance = np.where(enters, slopes, 0.0), nuisance.copy()
    inner, taken = np.zeros((u, p, p)), np.zeros((u, nuisance.shape[1], p))
    converged, furthest = np.zeros(u, dtype=bool), np.zeros(u)
    active = np.arange(u)
    for _ in range(iterations):
        if not len(active):
            break
        at = model.derivatives(slopes[active], nuisance[active])
        reduced, gradient, out, own = _reduced(at, enters[active])
        step = _solved(reduced, gradient)
        level_step = own - np.einsum("ulp,up->ul", out, step)
        gain = np.einsum("up,up->u", gradient, step) + (at.nuisance * own).sum(axis=1)
        broken = ~np.isfinite(step).all(axis=1) | ~np.isfinite(level_step).all(axis=1)
        step[broken], level_step[broken] = 0.0, 0.0
        short = _shortened(model, step, nuisance[active], level_step)
        slopes[active] += short[:, None] * step
        nuisance[active] += short[:, None] * level_step
        inner[active], taken[active], furthest[active] = reduced, out, at.furthest
        done = (gain < DECREMENT) & (short == 1.0) & ~broken
        converged[active[done]] = True
        active = active[~done & ~broken]
    return Fit(slopes, nuisance, inner, taken, converged, furthest)


def _shortened(
    model: Likelihood,
    step: NDArray[np.float64],
    nuisance: NDArray[np.float64],
    level_step: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Shares of the steps to take: none too long, none to where there is no likelihood."""
    size = np.sqrt((step**2).sum(axis=1))
    short = np.asarray(np.minimum(1.0, STEP / np.maximum(size, 1e-300)))
    for _ in range(30):
        outside = ~model.feasible(nuisance + short[:, None] * level_step)
        if not outside.any():
            break
        short[outside] /= 2
    return short


def warm_start(
    full: Fit, everything: NDArray[np.bool_], enters: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slopes and nuisances of subsets of columns, one step away from the fit of all columns.

    Parameters
    ----------
    full : Fit
        Of one universe with every column that the others have.
    everything : ndarray of bool, shape (p,)
        Its columns.
    enters : ndarray of bool, shape (u, p)
        Columns of each subset.

    Returns
    -------
    slopes, nuisance : ndarray, shape (u, p), (u, l)

    References
    ----------
    .. [1] Lawless, J. F., and Singhal, K. (1978). Efficient screening of nonnormal regression
       models. Biometrics 34(2), 318-327. https://doi.org/10.2307/2530022
    """
    whole, left = full.slopes[0], everything[None, :] & ~enters
    inner = np.where(everything[:, None] & everything[None, :], full.inner[0], 0.0)
    right = np.where(enters, (left * whole) @ inner, 0.0)
    matrices = np.where(enters[:, :, None] & enters[:, None, :], inner, 0.0)
    where = np.arange(len(whole))
    matrices[:, where, where] += ~enters
    # A column that the full fit lost has no information there.
    matrices[:, where, where] += matrices[:, where, where] == 0.0
    change = np.nan_to_num(_solved(matrices, right))
    slopes = np.where(enters, whole + change, 0.0)
    return slopes, full.nuisance[0] - (slopes - whole) @ full.taken[0].T


def influence(
    fit: Fit, exposure: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The exposure's row of the inverse information: slopes' part and nuisances' part."""
    unit = np.zeros(fit.slopes.shape)
    unit[np.arange(len(unit)), exposure] = 1.0
    slopes = _solved(fit.inner, unit)
    return slopes, -np.einsum("ulp,up->ul", fit.taken, slopes)
