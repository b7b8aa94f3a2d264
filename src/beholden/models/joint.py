"""One test for a whole curve, after Simonsohn, Simmons and Nelson (2020)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.curve import Curve
    from beholden.models.wild import Wild

__all__ = ["Joint", "joint_tests"]


@dataclass(frozen=True)
class Joint:
    """Three statistics of a curve and how often the null does as well.

    Attributes
    ----------
    median : float
        Median standardised effect over the universes with an estimate.
    share : float
        Share of all universes, failed ones too, that are significant with the expected sign.
    average_z : float
        Mean over the universes with an estimate of their t as z, positive in the expected sign.
    median_p, share_p, average_z_p : float
        One-sided, in the expected sign: (1 + draws at least as extreme) / (1 + draws).
    sign : int
        The expected sign.
    draws : int
        Of the bootstrap.
    weights : str
        Of the bootstrap.
    seed : int
        Of the bootstrap.
    """

    median: float
    share: float
    average_z: float
    median_p: float
    share_p: float
    average_z_p: float
    sign: int
    draws: int
    weights: str
    seed: int


def joint_tests(curve: Curve, wild: Wild, sign: int, level: float = 0.05) -> Joint:
    """Test whether a curve is what universes without any effect would look like.

    Parameters
    ----------
    curve : Curve
        With CR1 errors.
    wild : Wild
        Of the same universes, with ratios.
    sign : int
        1 or -1: the expected sign.
    level : float
        At which a universe counts as significant, two-sided.

    Returns
    -------
    Joint

    Raises
    ------
    ValueError
        When the sign is another, the draws are of other universes, or lack ratios, or no universe
        has an estimate.

    Notes
    -----
    Effects are standardised, so that outcomes and exposures of different units have a median.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P., and Nelson, L. D. (2020). Specification curve analysis.
       Nature Human Behaviour 4, 1208-1214. https://doi.org/10.1038/s41562-020-0912-z

    Examples
    --------
    >>> from beholden.models.curve import estimate
    >>> from beholden.models.design import Design, every_subset
    >>> from beholden.models.wild import wild_bootstrap
    >>> random = np.random.default_rng(1)
    >>> x = random.normal(size=(200, 1))
    >>> design = Design(x + random.normal(size=(200, 1)), x, x**2, {}, np.arange(200) // 10)
    >>> specs = every_subset(design)
    >>> joint_tests(estimate(design, specs), wild_bootstrap(design, specs), 1).median_p
    0.001
    """
    if sign not in (1, -1):
        raise ValueError(f"expected sign 1 or -1, found {sign}")
    if wild.ratios is None:
        raise ValueError("expected draws of ratios, found slopes alone; ask for ratios=True")
    if len(wild.ratios) != len(curve.status):
        found = f"{len(wild.ratios)} and {len(curve.status)}"
        raise ValueError(f"expected draws of the curve's own universes, found {found}")
    ok = curve.ok
    if not ok.any():
        raise ValueError("expected at least one universe with an estimate, found none")
    scale = (sign * curve.exposure_sd / curve.outcome_sd)[ok]
    median = float(np.median(scale * curve.coefficient[ok]))
    shares, z = _tallies(curve, wild.ratios, sign, level)
    return Joint(
        median * sign,
        float(shares[0]),
        float(z[0]),
        _p(median, _medians(wild.coefficients, ok, scale)),
        _p(shares[0], shares[1:]),
        _p(z[0], z[1:]),
        sign,
        wild.coefficients.shape[1],
        wild.weights,
        wild.seed,
    )


def median_p(curve: Curve, drawn: NDArray[np.float64], sign: int) -> float:
    """One-sided probability of the median standardised effect among draws, shape (u, draws)."""
    ok = curve.ok & np.isfinite(drawn).all(axis=1)
    if not ok.any():
        raise ValueError("expected at least one universe with an estimate, found none")
    scale = (sign * curve.exposure_sd / curve.outcome_sd)[ok]
    return _p(float(np.median(scale * curve.coefficient[ok])), _medians(drawn, ok, scale))


def _medians(
    coefficients: NDArray[np.float64], ok: NDArray[np.bool_], scale: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Medians over the universes of each draw, a few draws at a time to spare memory."""
    draws = coefficients.shape[1]
    parts = [
        np.median(scale[:, None] * coefficients[ok, at : at + 64], axis=0)
        for at in range(0, draws, 64)
    ]
    return np.concatenate(parts)


def _tallies(
    curve: Curve, ratios: NDArray[np.float64], sign: int, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share significant and mean z, first of the curve and then of each draw."""
    places = np.flatnonzero(curve.ok)
    hits, total = np.zeros(ratios.shape[1] + 1), np.zeros(ratios.shape[1] + 1)
    for some in np.array_split(places, len(places) // 1024 + 1):
        # A perfect fit in a draw has no ratio; it speaks neither way.
        t = np.nan_to_num(sign * np.column_stack([curve.t[some], ratios[some]]), nan=0.0)
        tail = special.stdtr((curve.clusters[some] - 1)[:, None], -np.abs(t))
        hits += ((t > 0) & (2 * tail < level)).sum(axis=0)
        total -= (np.sign(t) * special.ndtri(np.maximum(tail, 1e-300))).sum(axis=0)
    return hits / len(curve.status), total / len(places)


def _p(found: float, drawn: NDArray[np.float64]) -> float:
    # Sums of the same figures in another order may differ in the last digit.
    least = found - 1e-12 * max(abs(found), 1e-12)
    return float((1 + (drawn >= least).sum()) / (1 + len(drawn)))
