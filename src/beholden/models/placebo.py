"""Whether a gap after an event is larger than gaps where nothing happened."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Placebo", "placebo_test"]


@dataclass(frozen=True, eq=False)
class Placebo:
    """An effect held against placebo effects.

    Attributes
    ----------
    effect : float
        Mean gap after the event.
    low, high : float
        Interval at the level; infinite where too few placebos are left to bound it.
    p : float
        Share of units, the treated one included, whose ratio is at least as large.
    least_p : float
        The smallest share that so many placebos can give.
    ratio : float
        Mean gap over the size of the errors before, of the treated unit.
    ratios : ndarray, shape (placebos,)
        The same of each placebo, with its sign; NaN where a unit's errors have no size.
    level : float
        Of the interval, such as 0.95.
    """

    effect: float
    low: float
    high: float
    p: float
    least_p: float
    ratio: float
    ratios: Floats
    level: float

    @property
    def answerable(self) -> bool:
        """Whether there are placebos enough to reject at the level at all."""
        return self.least_p <= 1 - self.level + 1e-12


def placebo_test(after: Floats, before: Floats, treated: int, level: float = 0.95) -> Placebo:
    """Hold the treated unit's gap against those of units that nothing happened to.

    Gaps after the event are divided by the size of the unit's own errors before it. These errors
    must be honest ones, each of a year that the fit has not seen: with few years before, a mix of
    many donors fits the years it has seen without meaning anything, and the usual ratio of
    errors after and before [1]_ then explodes for the treated unit and placebos alike.
    If the treated unit is one like the others, the test is exact; the interval holds those
    constant effects that it does not reject.

    Parameters
    ----------
    after : ndarray, shape (years, units)
        Gaps after the event.
    before : ndarray, shape (years, units)
        Errors before it, of years left out of the fit.
    treated : int
        The unit to which it happened.
    level : float
        Of the interval.

    Returns
    -------
    Placebo

    Raises
    ------
    ValueError
        With fewer than two placebos, or without an error of the treated unit before.

    References
    ----------
    .. [1] Abadie, A., Diamond, A., Hainmueller, J. (2010). Journal of the American Statistical
       Association 105(490), 493-505. https://doi.org/10.1198/jasa.2009.ap08746

    Examples
    --------
    >>> random = np.random.default_rng(1)
    >>> errors, gaps = random.normal(size=(10, 40)), random.normal(size=(5, 40))
    >>> gaps[:, 0] += 8
    >>> found = placebo_test(gaps, errors, treated=0)
    >>> found.p, found.low > 4
    (0.025, True)
    """
    effects = after.mean(axis=0)
    sizes = np.sqrt(np.mean(before**2, axis=0))
    if not sizes[treated] > 0:
        raise ValueError(
            "expected errors of the treated unit before the event, found none: its years before "
            "are reproduced exactly even when left out"
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        every = np.where(sizes > 0, effects / sizes, np.nan)
    ratio = float(every[treated])
    ratios = np.delete(every, treated)
    known = np.abs(ratios[np.isfinite(ratios)])
    count = len(known)
    if count < 2:
        raise ValueError(f"expected at least two placebos, found {count}")
    p = (1 + int(np.sum(known >= abs(ratio)))) / (count + 1)
    place = math.ceil(level * (count + 1) - 1e-9)
    reach = float(np.sort(known)[place - 1]) if place <= count else math.inf
    effect, half = float(effects[treated]), reach * float(sizes[treated])
    return Placebo(effect, effect - half, effect + half, p, 1 / (count + 1), ratio, ratios, level)
