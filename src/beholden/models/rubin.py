"""Estimates from several completed data sets, or several draws of a latent variable, as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Pooled", "pool"]


@dataclass(frozen=True)
class Pooled:
    """One estimate a universe.

    Attributes
    ----------
    coefficient, error, low, high, t, p : ndarray, shape (u,)
        Pooled slope, its standard error, interval, ratio and two-sided probability; NaN where a
        universe has fewer than two estimates.
    degrees : ndarray, shape (u,)
        Of the t distribution, after Barnard and Rubin.
    within, between : ndarray, shape (u,)
        Mean of the variances; variance of the estimates.
    missing_information : ndarray, shape (u,)
        Fraction of the information on the slope that is missing, 0 to 1.
    used : ndarray of int, shape (u,)
        Estimates that were pooled; the others had none.
    level : float
        Of the intervals.
    """

    coefficient: NDArray[np.float64]
    error: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    t: NDArray[np.float64]
    p: NDArray[np.float64]
    degrees: NDArray[np.float64]
    within: NDArray[np.float64]
    between: NDArray[np.float64]
    missing_information: NDArray[np.float64]
    used: NDArray[np.int64]
    level: float


def pool(
    coefficients: NDArray[np.float64],
    errors: NDArray[np.float64],
    degrees: NDArray[np.float64] | float = np.inf,
    *,
    level: float = 0.95,
    partial: bool = False,
) -> Pooled:
    """Pool estimates by Rubin's rules.

    Parameters
    ----------
    coefficients, errors : ndarray, shape (m, u)
        Slopes and their standard errors from each of m data sets; NaN where there is none.
    degrees : float or ndarray, shape (u,)
        Of the complete data, such as clusters less one.
    level : float
        Of the intervals.
    partial : bool
        Whether a universe that some data sets leave without an estimate is pooled from the others.
        By default it has none: what was estimated is no random part of what was imputed.

    Returns
    -------
    Pooled

    Raises
    ------
    ValueError
        When shapes differ or there are fewer than two data sets.

    References
    ----------
    .. [1] Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.
       https://doi.org/10.1002/9780470316696
    .. [2] Barnard, J., and Rubin, D. B. (1999). Small-sample degrees of freedom with multiple
       imputation. Biometrika 86(4), 948-955. https://doi.org/10.1093/biomet/86.4.948

    Examples
    --------
    >>> slopes, errors = np.array([[1.0], [1.2], [1.4]]), np.full((3, 1), 0.3)
    >>> found = pool(slopes, errors, 40.0)
    >>> found.coefficient.round(3).tolist(), found.error.round(3).tolist()
    ([1.2], [0.379])
    """
    slopes, deviations = np.asarray(coefficients, float), np.asarray(errors, float)
    if slopes.ndim != 2 or slopes.shape != deviations.shape or len(slopes) < 2:
        found = f"{slopes.shape} and {deviations.shape}"
        raise ValueError(f"expected slopes and errors of two or more data sets, found {found}")
    known = np.isfinite(slopes) & np.isfinite(deviations)
    used = known.sum(axis=0)
    enough = (used > 1) & (partial | (used == len(slopes)))
    count = np.where(enough, used, 2)
    mean = np.where(known, slopes, 0.0).sum(axis=0) / count
    within = np.where(known, deviations**2, 0.0).sum(axis=0) / count
    between = np.where(known, (slopes - mean) ** 2, 0.0).sum(axis=0) / (count - 1)
    complete = np.broadcast_to(np.asarray(degrees, float), mean.shape)
    freedom, missing = _degrees(count, within, between, complete)
    nothing = np.where(enough, 0.0, np.nan)
    mean, freedom, missing = mean + nothing, freedom + nothing, missing + nothing
    error = np.sqrt(within + (1 + 1 / count) * between) + nothing
    half = _quantile(freedom, (1 + level) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        t = mean / error
    p = 2 * special.stdtr(np.minimum(freedom, 1e10), -np.abs(t))
    low, high = mean - half, mean + half
    return Pooled(
        *(mean, error, low, high, t, p, freedom),
        *(within + nothing, between + nothing, missing, used.astype(np.int64), level),
    )


def _quantile(degrees: NDArray[np.float64], share: float) -> NDArray[np.float64]:
    # The t distribution is the normal one to all digits long before.
    result: NDArray[np.float64] = special.stdtrit(np.minimum(degrees, 1e10), share)
    return result


def _degrees(
    count: NDArray[np.int64],
    within: NDArray[np.float64],
    between: NDArray[np.float64],
    complete: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees of freedom, and the fraction of missing information that goes with them."""
    extra = (1 + 1 / count) * between
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(within + extra > 0, extra / (within + extra), 0.0)
        simple = np.where(share > 0, (count - 1) / share**2, np.inf)
        large = ~np.isfinite(complete)
        finite = np.where(large, 1.0, complete)
        observed = np.where(large, np.inf, (finite + 1) / (finite + 3) * finite * (1 - share))
        freedom = 1 / (1 / simple + 1 / observed)
        ratio = np.where(within > 0, extra / np.where(within > 0, within, 1.0), np.inf)
        missing = np.where(np.isinf(ratio), 1.0, (ratio + 2 / (freedom + 3)) / (ratio + 1))
    return freedom, np.where(between > 0, missing, 0.0)
