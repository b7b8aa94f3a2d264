"""Curves of hazards: what ends a spell, and when."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.cox import partial_likelihood
from beholden.models.fitting import curve_of
from beholden.models.logit import estimate_logit, require_binary
from beholden.models.samples import Method
from beholden.models.stage import TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beholden.models.curve import Curve
    from beholden.models.design import Design, Specifications

__all__ = ["durations", "estimate_cox", "estimate_hazard"]

SCALE = 10.0
"""Durations are divided by this before they are raised to powers, to keep their digits."""


def durations(
    unit: NDArray[np.generic], time: NDArray[np.int64], event: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Years at risk at the end of each row: since the last event, or since first seen.

    Parameters
    ----------
    unit : ndarray, shape (n,)
        Ids.
    time : ndarray of int, shape (n,)
        Years, each at most once in a unit.
    event : ndarray, shape (n,)
        1 in the years of an event, 0 in others; NaN where unknown.

    Returns
    -------
    ndarray, shape (n,)
        1 in the first year of a spell. NaN from a year whose event is unknown, or a year that is
        missing, until the next event: how long the spell has lasted is not known.

    Notes
    -----
    Spells that began before the first year are cut on the left: their durations are too short by
    what is not seen.

    Examples
    --------
    >>> durations(np.ones(5), np.arange(1990, 1995), np.array([0.0, 0, 1, 0, 0])).tolist()
    [1.0, 2.0, 3.0, 1.0, 2.0]
    """
    order = np.lexsort((time, unit))
    result = np.full(len(order), np.nan)
    last, before, spell = None, 0, 0.0
    for row in order:
        if unit[row] != last:
            spell = 0.0
        elif time[row] == before:
            raise ValueError(f"expected each year once in a unit, found {before} again in {last}")
        elif time[row] != before + 1:
            spell = np.nan
        last, before = unit[row], int(time[row])
        spell += 1.0
        # A year's own event tells how that year ended, not how long the spell had lasted.
        result[row] = spell
        if np.isnan(event[row]):
            spell = np.nan
        elif event[row] > 0:
            spell = 0.0
    return result


def estimate_hazard(
    design: Design,
    specs: Specifications,
    duration: NDArray[np.float64],
    *,
    link: str = "logit",
    power: int = 3,
    errors: str = "CR1",
    conditional: tuple[str, ...] = ("unit", "dyad"),
    level: float = 0.95,
    tolerance: float = TOLERANCE,
) -> Curve:
    """Estimate hazards in discrete time: chances of the event in each year at risk.

    Parameters
    ----------
    design : Design
        Outcomes are 1 in the year of the event, 0 in other years at risk, NaN when not at risk.
    specs : Specifications
        u universes; powers of the duration enter in all of them.
    duration : ndarray, shape (n,)
        As from :func:`durations`; rows where it is NaN are left out.
    link : str
        ``"logit"``, or ``"cloglog"``, which makes coefficients log hazard ratios of a process in
        continuous time.
    power : int
        Highest power of the duration; 3 after Carter and Signorino, 0 leaves the hazard flat.
    errors, conditional, level, tolerance
        As in :func:`~beholden.models.logit.estimate_logit`.

    Returns
    -------
    Curve
        `dropped` speaks of the design's own controls.

    Raises
    ------
    ValueError
        When the power is below zero or the durations are of another length.

    References
    ----------
    .. [1] Carter, D. B., and Signorino, C. S. (2010). Back to the future: modeling time dependence
       in binary data. Political Analysis 18(3), 271-292. https://doi.org/10.1093/pan/mpq013
    .. [2] Beck, N., Katz, J. N., and Tucker, R. (1998). Taking time seriously: time-series-cross-
       section analysis with a binary dependent variable. American Journal of Political Science
       42(4), 1260-1288. https://doi.org/10.2307/2991857

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> random = np.random.default_rng(2)
    >>> unit, year = np.repeat(np.arange(50), 20), np.tile(np.arange(20), 50)
    >>> x = random.normal(size=(1000, 1))
    >>> event = (x + random.logistic(size=(1000, 1)) > 2.0).astype(float)
    >>> design = Design(event, x, np.empty((1000, 0)), {}, unit)
    >>> curve = estimate_hazard(design, every_subset(design), durations(unit, year, event[:, 0]))
    >>> bool(curve.low[0] < 1 < curve.high[0])
    True
    """
    if power < 0 or len(duration) != design.n:
        found = f"power {power} and {len(duration)} durations of {design.n} rows"
        raise ValueError(f"expected a power of 0 or more and a duration a row, found {found}")
    c = design.controls.shape[1]
    # Every universe reads the durations, so that all rest on rows where they are known.
    known = np.asarray(duration, float)[:, None] / SCALE
    samples = np.isfinite(known)
    if design.samples is not None:
        samples = samples & design.samples
    controls = np.hstack([design.controls, known ** np.arange(1, power + 1)])
    wide = replace(design, controls=controls, samples=samples)
    own = np.hstack([specs.controls, np.ones((len(specs), power), dtype=bool)])
    curve = estimate_logit(
        wide,
        replace(specs, controls=own),
        errors=errors,
        conditional=conditional,
        link=link,
        level=level,
        tolerance=tolerance,
    )
    return replace(curve, dropped=curve.dropped[:, :c])


def estimate_cox(
    design: Design,
    specs: Specifications,
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
    *,
    errors: str = "CR1",
    level: float = 0.95,
    tolerance: float = TOLERANCE,
) -> Curve:
    """Estimate hazards in continuous time by Cox's partial likelihood with Efron's ties.

    Parameters
    ----------
    design : Design
        Outcomes are 1 where the row ends with the event. Without weights.
    specs : Specifications
        u universes. Of two effects the one with fewer levels enters as indicators; the other, or
        the only one, makes strata with baselines of their own.
    start, stop : ndarray, shape (n,)
        Each row is at risk after `start` and up to `stop`, such as ``duration - 1`` and
        ``duration``; rows where either is NaN are left out.
    errors, level, tolerance
        As in :func:`~beholden.models.logit.estimate_logit`.

    Returns
    -------
    Curve
        Coefficients are log hazard ratios. Variances are multiplied by G / (G - 1) alone, since
        the number of rows depends on how spells are cut. The latent error of a log duration has
        variance pi^2 / 6.

    Raises
    ------
    ValueError
        When the design has weights, or a row does not start before it stops.

    References
    ----------
    .. [1] Lin, D. Y., and Wei, L. J. (1989). The robust inference for the Cox proportional hazards
       model. Journal of the American Statistical Association 84(408), 1074-1078.
       https://doi.org/10.1080/01621459.1989.10478874

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> random = np.random.default_rng(3)
    >>> x = random.normal(size=(300, 1))
    >>> stop = random.exponential(np.exp(-x[:, 0]))
    >>> design = Design(np.ones((300, 1)), x, np.empty((300, 0)), {}, np.arange(300))
    >>> curve = estimate_cox(design, every_subset(design), np.zeros(300), stop)
    >>> bool(curve.low[0] < 1 < curve.high[0])
    True
    """
    require_binary(design, specs)
    if design.weights is not None:
        raise ValueError("expected a design without weights, found some; leave them out")
    known = np.isfinite(start) & np.isfinite(stop)
    if not (start[known] < stop[known]).all():
        raise ValueError("expected rows that start before they stop, found some that do not")
    samples = known[:, None]
    if design.samples is not None:
        samples = samples & design.samples
    method = Method(
        partial(partial_likelihood, start=start, stop=stop),
        levels=True,
        varying=False,
        counted=False,
        constant=True,
    )
    return curve_of(
        replace(design, samples=samples),
        specs,
        method,
        errors=errors,
        level=level,
        tolerance=tolerance,
        groups=None,
    )
