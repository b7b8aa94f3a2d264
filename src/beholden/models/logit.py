"""A curve of binary outcomes: every universe by maximum likelihood, from shared products."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from beholden.models.binary import LINKS, binary
from beholden.models.conditional import conditional_logit
from beholden.models.fitting import curve_of
from beholden.models.samples import Method
from beholden.models.stage import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.models.curve import Curve
    from beholden.models.design import Design, Group, Specifications

__all__ = ["estimate_logit"]


def estimate_logit(
    design: Design,
    specs: Specifications,
    *,
    errors: str = "CR1",
    conditional: tuple[str, ...] = ("unit", "dyad"),
    link: str = "logit",
    level: float = 0.95,
    tolerance: float = TOLERANCE,
    groups: Iterable[Group] | None = None,
) -> Curve:
    """Estimate every universe by maximum likelihood with cluster-robust errors.

    Parameters
    ----------
    design : Design
        Its outcomes are 0, 1 or NaN.
    specs : Specifications
        u universes.
    errors : str
        ``"CR1"`` one way, ``"two-way"`` or ``"dyadic"``.
    conditional : tuple of str
        Effects that are conditioned on: given how many ones a level has, which of its rows have
        them. All others enter as indicators.
    link : str
        ``"logit"``, or ``"cloglog"``, which has no conditional form.
    level, tolerance, groups
        As in :func:`~beholden.models.curve.estimate`.

    Returns
    -------
    Curve
        Coefficients in log odds (of the hazard, with cloglog). `outcome_sd` is the standard
        deviation of the latent outcome y*, so coefficient * exposure_sd / outcome_sd is the
        y*-standardised effect. Further words of `STATUS` are "separated" (the likelihood rises
        without end), "not converged", and "refused" (effects with too few rows a level).

    Raises
    ------
    ValueError
        When an outcome has other values, or the link is another.

    Notes
    -----
    The variance of y* is that of the linear predictor, effects included unless they are
    conditioned on, plus pi^2 / 3 (pi^2 / 6 with cloglog). Levels in which the outcome never varies
    tell nothing of the slopes and are left out of the rows. Variances are multiplied by
    (N - 1) / (N - K) and G / (G - 1), as statsmodels does; Stata's `logit` has the second alone.
    Intervals are of t with G - 1 degrees, as in the linear curve.

    References
    ----------
    .. [1] Chamberlain, G. (1980). Analysis of covariance with qualitative data. Review of Economic
       Studies 47(1), 225-238. https://doi.org/10.2307/2297110
    .. [2] Long, J. S. (1997). Regression Models for Categorical and Limited Dependent Variables.
       Sage.
    .. [3] McKelvey, R. D., and Zavoina, W. (1975). A statistical model for the analysis of ordinal
       level dependent variables. Journal of Mathematical Sociology 4(1), 103-120.
       https://doi.org/10.1080/0022250X.1975.9989847

    Examples
    --------
    >>> from beholden.models.design import Design, every_subset
    >>> x = np.repeat([0.0, 1.0], 10)[:, None]
    >>> y = np.array([[1.0] * 2 + [0.0] * 8 + [1.0] * 5 + [0.0] * 5]).T
    >>> design = Design(y, x, np.empty((20, 0)), {}, np.arange(20))
    >>> round(float(estimate_logit(design, every_subset(design)).coefficient[0]), 6) # log(4)
    1.386294
    """
    if link not in LINKS:
        raise ValueError(f"expected link 'logit' or 'cloglog', found {link!r}")
    require_binary(design, specs)
    within = conditional_logit if link == "logit" else None
    method = Method(partial(binary, link=link), True, conditional, within)
    return curve_of(
        design, specs, method, errors=errors, level=level, tolerance=tolerance, groups=groups
    )


def require_binary(design: Design, specs: Specifications) -> None:
    """Refuse outcomes that are not all 0, 1 or NaN.

    Raises
    ------
    ValueError
        With the first other value.
    """
    for column in np.unique(specs.outcome):
        known = design.outcomes[:, column]
        known = known[np.isfinite(known)]
        wrong = known[~np.isin(known, (0.0, 1.0))]
        if len(wrong):
            raise ValueError(
                f"expected outcomes of 0 and 1, found {wrong[0]:g}; cut it in two first"
            )
