"""What is assumed: the link, how positions move, and the priors on positions and items."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from beholden.latent.problems import LatentError

__all__ = ["Anchors", "Model"]


@dataclass(frozen=True)
class Anchors:
    """Which units stand on which side; they fix the direction of the scale, nothing else.

    Parameters
    ----------
    positive, negative : tuple
        Labels of units. The mean position of the first is above that of the second, or above
        the mean of all where there is no second.

    Examples
    --------
    >>> Anchors(positive=("USA",), negative=("RUS",)).positive
    ('USA',)
    """

    positive: tuple[Any, ...] = ()
    negative: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Model:
    """A dynamic model of ordered answers, with every prior that it states.

    A unit at position x answers an item below its cutpoint c with probability F(c - a x); a is
    the item's discrimination. Positions start from N(0, start_sd²) and move from time to time by
    ``carry`` times the last position plus a step of the unit, N(0, step_sd² dt), plus a shock
    common to all units, N(0, shock_sd² dt). The shock lets the whole field move: how far is left
    to bridged items where there are any.

    Parameters
    ----------
    link : str
        ``"probit"`` or ``"logit"``.
    start_sd : float
        Standard deviation of first positions: it sets the scale.
    step_sd : float or None
        Standard deviation of a unit's step in a unit of time; None estimates it (EM).
    shock_sd : float
        Standard deviation of the common shock in a unit of time.
    carry : float
        1 is a random walk; below 1 positions return to the centre (AR(1)), whose start has the
        process's own variance.
    load_sd : float
        Discriminations are N(0, load_sd²).
    cut_mean, cut_sd : float
        First cutpoints are N(cut_mean, cut_sd²).
    gap_mean, gap_sd : float
        Logs of the distances between neighbouring cutpoints are N(gap_mean, gap_sd²).
    scale : str
        What fixes the scale. ``"starts"``: first positions are N(0, start_sd²). ``"pool"``: all
        positions together have standard deviation 1, and load_sd is stated on that scale and
        not estimated: steep items are held back, as they are in Bailey, Strezhnev and Voeten.
    adapt : bool
        Whether the five figures above are estimated (EM) from the items, from these values on,
        where there are at least 30 items.
    drift_sd : float
        Cutpoints of drifting items take steps of N(0, drift_sd² dt) between times, in the
        parameters above (first cutpoint, logs of the distances).
    anchors : Anchors
        Which units lie on the positive and negative side.

    Raises
    ------
    LatentError
        When a standard deviation is not positive, or a word is unknown.

    Examples
    --------
    >>> Model(link="logit").carry
    1.0
    """

    link: str = "probit"
    start_sd: float = 1.0
    step_sd: float | None = None
    shock_sd: float = 0.1
    carry: float = 1.0
    load_sd: float = 1.5
    cut_mean: float = 0.0
    cut_sd: float = 3.0
    gap_mean: float = -0.7
    gap_sd: float = 1.0
    scale: str = "starts"
    adapt: bool = True
    drift_sd: float = 0.3
    anchors: Anchors = Anchors()

    def __post_init__(self) -> None:
        if self.link not in {"probit", "logit"}:
            raise LatentError(f"expected the link probit or logit, received {self.link!r}")
        if self.scale not in {"starts", "pool"}:
            raise LatentError(f"expected the scale starts or pool, received {self.scale!r}")
        if not 0 < self.carry <= 1:
            raise LatentError(f"expected 0 < carry <= 1, received {self.carry}")
        for name in ("start_sd", "step_sd", "load_sd", "cut_sd", "gap_sd", "drift_sd"):
            value = getattr(self, name)
            if value is not None and not (value > 0 and math.isfinite(value)):
                raise LatentError(f"expected a positive {name}, received {value}")
        if not self.shock_sd >= 0:
            raise LatentError(f"expected shock_sd of 0 or more, received {self.shock_sd}")
