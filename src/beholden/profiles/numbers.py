"""How figures are written: as precisely as they are known, and no more."""

from __future__ import annotations

from math import floor, log10

from beholden.multiverse import Style

__all__ = ["PERCENT", "range_words", "rounded", "style", "unit_words", "written"]

# Scales that are parts of a whole.
PERCENT = ("share", "percentile", "share of product", "proportion")
_DIGITS = 3
_TINY = 0.0005


def written(value: float | None, scale: str) -> str:
    """A figure as the page prints it, without the name of its unit.

    Parameters
    ----------
    value : float or None
        In the unit of the scale.
    scale : str
        The measure's unit.

    Examples
    --------
    >>> written(0.5231, "share"), written(0.0004, "share"), written(3.0, "rank")
    ('52%', 'under 0.1%', '3')
    >>> written(-2.4618, "ideal point"), written(48213.4, "million US dollars")
    ('−2.46', '48,213')
    """
    if value is None:
        return "\N{EN DASH}"
    if scale in PERCENT:
        return _percent(100 * value)
    if scale == "rank":
        return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
    return _plain(value)


def range_words(low: float | None, high: float | None, scale: str) -> str:
    """A range, or nothing where it would print as one figure.

    Examples
    --------
    >>> range_words(0.42, 0.58, "share"), range_words(1.0, 1.0, "rank")
    ('42% to 58%', '')
    """
    if low is None or high is None:
        return ""
    first, last = written(low, scale), written(high, scale)
    return "" if first == last else f"{first} to {last}"


def unit_words(scale: str) -> str:
    """The unit as it stands beside a chart."""
    return {
        "share": "percent",
        "percentile": "percentile among all states",
        "share of product": "percent of product",
        "proportion": "percent",
        "rank": "rank, 1 is first",
    }.get(scale, scale)


def style(scale: str) -> Style:
    """How the axis of a chart is written."""
    if scale in PERCENT:
        return Style("percent")
    return Style("number", unit_words(scale))


def rounded(value: float | None) -> float | None:
    """A value for the machine-readable file: six significant digits.

    Examples
    --------
    >>> rounded(0.123456789), rounded(None)
    (0.123457, None)
    """
    if value is None or value == 0:
        return value
    return round(value, 5 - floor(log10(abs(value))))


def _percent(value: float) -> str:
    if 0 < abs(value) < 100 * _TINY:
        return "under 0.1%"
    text = f"{value:,.0f}" if abs(value) >= 9.95 or value == 0 else f"{value:.1f}"
    return f"{_signed(text)}%"


def _plain(value: float) -> str:
    if value == int(value):
        return _signed(f"{value:,.0f}")
    size = floor(log10(abs(value)))
    decimals = min(max(_DIGITS - 1 - size, 0), 4)
    return _signed(f"{value:,.{decimals}f}")


def _signed(text: str) -> str:
    """The text with a minus sign; none before a figure that prints as zero."""
    bare = text.removeprefix("-")
    zero = not bare.strip("0.,")
    return bare if zero or bare == text else f"\N{MINUS SIGN}{bare}"
