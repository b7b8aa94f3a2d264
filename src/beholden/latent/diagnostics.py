"""How well chains of draws have mixed: R-hat and effective sample sizes, many figures at once.

All follow Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021): chains are split into halves,
draws replaced by normal scores of their ranks, autocorrelations cut by Geyer's initial monotone
sequence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import fft
from scipy.special import ndtri
from scipy.stats import rankdata

from beholden.latent.problems import LatentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Draws = NDArray[np.float64] | NDArray[np.float32]

__all__ = ["Mixing", "bulk_size", "mixing", "split_rhat", "tail_size"]

FEWEST = 8
# Figures at a time: bounds memory.
BATCH = 256


@dataclass(frozen=True, eq=False)
class Mixing:
    """How well each figure has mixed.

    Attributes
    ----------
    rhat : ndarray, shape (figures,)
        Rank-normalised split R-hat; below 1.01 is taken as mixed.
    bulk, tail : ndarray, shape (figures,)
        Effective sample sizes of the bulk, and the smaller of those of the 5% and 95% quantiles.
    """

    rhat: Floats
    bulk: Floats
    tail: Floats


def mixing(draws: Draws) -> Mixing:
    """All three figures.

    Parameters
    ----------
    draws : ndarray, shape (chains, draws, figures) or (chains, draws)
        At least 8 draws in each chain.

    References
    ----------
    .. [1] Vehtari, A., Gelman, A., Simpson, D., Carpenter, B., and Bürkner, P.-C. (2021).
       Rank-normalization, folding, and localization: an improved R-hat for assessing
       convergence of MCMC. Bayesian Analysis 16(2), 667-718. https://doi.org/10.1214/20-BA1221

    Examples
    --------
    >>> alone = np.random.default_rng(1).normal(size=(4, 500))
    >>> found = mixing(alone)
    >>> bool(found.rhat[0] < 1.01 and found.bulk[0] > 1500)
    True
    """
    return Mixing(split_rhat(draws), bulk_size(draws), tail_size(draws))


def split_rhat(draws: Draws) -> Floats:
    """Rank-normalised split R-hat, the larger of that of the draws and of their distances
    from the median; shape (figures,).

    Examples
    --------
    >>> apart = np.random.default_rng(1).normal(size=(2, 100)) + [[0.0], [5.0]]
    >>> bool(split_rhat(apart)[0] > 1.5)
    True
    """  # noqa: D205
    return _batched(draws, _rhat)


def bulk_size(draws: Draws) -> Floats:
    """Effective sample size of the bulk: that of normal scores of ranks; shape (figures,)."""
    return _batched(draws, lambda part: _size(_scores(part)))


def tail_size(draws: Draws) -> Floats:
    """Effective sample size of the tails: the smaller of two quantiles'; shape (figures,)."""
    return _batched(draws, _tail)


def _batched(draws: Draws, figure: Callable[[Floats], Floats]) -> Floats:
    """A figure of split chains, some columns at a time; a column with a NaN has none."""
    array: NDArray[Any] = np.asarray(draws)
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3 or array.shape[1] < FEWEST:
        raise LatentError(
            f"expected draws as (chains, draws, figures) with {FEWEST} draws or more in each "
            f"chain, received shape {np.shape(draws)}. Draw more, or thin less"
        )
    half = array.shape[1] // 2
    found = np.empty(array.shape[2])
    for a in range(0, len(found), BATCH):
        part = array[:, :, a : a + BATCH].astype(float)
        # The middle draw of an odd number belongs to neither half.
        part = np.concatenate([part[:, :half], part[:, -half:]])
        bad = ~np.isfinite(part).all(axis=(0, 1))
        part[:, :, bad] = 0.0
        found[a : a + BATCH] = np.where(bad, np.nan, figure(part))
    return found


def _scores(part: Floats) -> Floats:
    """Normal scores of the ranks among all chains (Blom's offset)."""
    flat = part.reshape(-1, part.shape[2])
    ranks = rankdata(flat, axis=0)
    return np.asarray(ndtri((ranks - 0.375) / (len(flat) + 0.25))).reshape(part.shape)


def _rhat(part: Floats) -> Floats:
    middle = np.median(part.reshape(-1, part.shape[2]), axis=0)
    return np.maximum(_between(_scores(part)), _between(_scores(np.abs(part - middle))))


def _between(part: Floats) -> Floats:
    """R-hat: the root of all variance over that within chains."""
    count = part.shape[1]
    within = part.var(axis=1, ddof=1).mean(axis=0)
    between = part.mean(axis=1).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.sqrt((count - 1) / count + between / within))


def _tail(part: Floats) -> Floats:
    sizes = []
    for share in (0.05, 0.95):
        edge = np.quantile(part.reshape(-1, part.shape[2]), share, axis=0)
        sizes.append(_size((part <= edge).astype(float)))
    return np.minimum(*sizes)


def _size(part: Floats) -> Floats:
    """Effective sample size of split chains, shape (figures,)."""
    chains, count, _ = part.shape
    covariance = _autocovariance(part)
    within = covariance[0] * count / (count - 1)
    whole = covariance[0] + (part.mean(axis=1).var(axis=0, ddof=1) if chains > 1 else 0.0)
    still = np.ptp(part.reshape(-1, part.shape[2]), axis=0) < np.finfo(float).resolution
    correlation = 1.0 - (within - covariance) / np.where(still, 1.0, whole)
    correlation[0] = 1.0
    least = 1.0 / np.log10(chains * count)
    time = np.array([_time(column) for column in correlation.T])
    return np.asarray(np.where(still, chains * count, chains * count / np.maximum(time, least)))


def _autocovariance(part: Floats) -> Floats:
    """Autocovariance at each lag, averaged over chains: shape (draws, figures)."""
    count = part.shape[1]
    away = part - part.mean(axis=1, keepdims=True)
    long = fft.next_fast_len(2 * count, real=True)
    spectrum = np.abs(fft.rfft(away, long, axis=1)) ** 2
    return np.asarray(fft.irfft(spectrum.mean(axis=0), long, axis=0)[:count] / count)


def _time(correlation: Floats) -> float:
    """Integrated autocorrelation time by Geyer's initial monotone sequence.

    Lags are summed in pairs; the sum ends before the first pair that is negative, and no pair
    counts for more than the one before it.
    """
    last = (len(correlation) - 3) // 2
    pairs = correlation[0 : 2 * last : 2] + correlation[1 : 2 * last : 2]
    negative = np.flatnonzero(pairs < 0)
    end = int(negative[0]) if len(negative) else len(pairs)
    kept = np.minimum.accumulate(pairs[:end])
    total = 2.0 * float(kept.sum()) - 1.0
    # What is left of the even lag after them makes the estimate less biased.
    rest = float(correlation[2 * end]) if end > 0 and 2 * end < len(correlation) else 0.0
    return total + max(rest, 0.0)
