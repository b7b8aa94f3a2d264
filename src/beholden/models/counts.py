"""Counts of events before and after: rates and their ratio with an exact interval."""

from __future__ import annotations

from dataclasses import dataclass

from scipy import special

__all__ = ["Rates", "compare_rates"]


@dataclass(frozen=True)
class Rates:
    """Two counts over two spans.

    Attributes
    ----------
    before, after : int
        Events counted.
    rate_before, rate_after : float
        Events a year.
    ratio, ratio_low, ratio_high : float or None
        After over before; None where nothing was counted before.
    """

    before: int
    after: int
    rate_before: float
    rate_after: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


def compare_rates(before: int, after: int, years_before: float, years_after: float) -> Rates:
    """Ratio of two Poisson rates with the exact (Clopper-Pearson) conditional 95% interval.

    Parameters
    ----------
    before, after : int
        Events in each span.
    years_before, years_after : float
        Lengths of the spans in years.

    Returns
    -------
    Rates
        `ratio` and `ratio_high` are None when nothing was counted before.

    Raises
    ------
    ValueError
        When a span has no length.

    References
    ----------
    .. [1] Przyborowski, J., and Wilenski, H. (1940). Biometrika 31(3-4), 313-323.
       https://doi.org/10.1093/biomet/31.3-4.313

    Examples
    --------
    >>> compare_rates(4, 8, 2.0, 2.0).ratio
    2.0
    """
    if years_before <= 0 or years_after <= 0:
        raise ValueError(f"expected spans with a length, found {years_before} and {years_after}")
    exposure = years_before / years_after
    total = before + after
    low = high = ratio = None
    if total:
        share_low = 0.0 if after == 0 else float(special.betaincinv(after, before + 1, 0.025))
        share_high = 1.0 if before == 0 else float(special.betaincinv(after + 1, before, 0.975))
        low = exposure * share_low / (1 - share_low)
        high = None if share_high == 1.0 else exposure * share_high / (1 - share_high)
    if before:
        ratio = exposure * after / before
    return Rates(before, after, before / years_before, after / years_after, ratio, low, high)
