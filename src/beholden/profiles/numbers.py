"""How figures are written: as precisely as they are known, and no more."""

from __future__ import annotations

import re
from math import floor, inf, log10

from beholden.multiverse import Style

__all__ = [
    "bounds",
    "is_percent",
    "limits",
    "range_words",
    "rounded",
    "style",
    "unit_after",
    "unit_words",
    "written",
]

_POINTS = "difference of shares"
# Scales whose name says no more than that there is no unit.
_BARE = ("index", "interval", "agreement", "ideal point")
_BOUNDED = re.compile(r"(-?\d+) (?:to|or) (-?\d+)")
_TINY, _NEARLY = 0.05, 0.00005


def is_percent(scale: str) -> bool:
    """Whether a scale counts parts of a whole.

    Examples
    --------
    >>> is_percent("share of product"), is_percent("index")
    (True, False)
    """
    return scale in ("share", "percentile", "proportion") or scale.startswith("share of")


def bounds(scale: str) -> tuple[float, float] | None:
    """The ends of a scale that names them.

    Examples
    --------
    >>> bounds("-10 to 10"), bounds("0 or 1"), bounds("kilometres")
    ((-10.0, 10.0), (0.0, 1.0), None)
    """
    found = _BOUNDED.fullmatch(scale.split(",")[0])
    return (float(found[1]), float(found[2])) if found else None


def limits(scale: str) -> tuple[float, float]:
    """What no value on a scale can lie beyond, infinite where the scale names no end.

    Examples
    --------
    >>> limits("share"), limits("0 to 8"), limits("persons")
    ((0.0, 1.0), (0.0, 8.0), (-inf, inf))
    """
    if scale in ("share", "percentile", "proportion"):
        return 0.0, 1.0
    return (-1.0, 1.0) if scale == "agreement" else bounds(scale) or (-inf, inf)


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
    >>> written(0.0593, "index"), written(1.0, "0 or 1")
    ('0.059', 'yes')
    """
    if value is None:
        return "\N{EN DASH}"
    if is_percent(scale):
        return _percent(100 * value)
    if scale == _POINTS:
        return f"{_percent(100 * value).removesuffix('%')} points"
    if scale == "0 or 1" and value in (0, 1):
        return "yes" if value else "no"
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
    return "" if first == last else f"{first.removesuffix(' points')} to {last}"


def unit_words(scale: str) -> str:
    """The unit as it stands above a chart.

    Examples
    --------
    >>> unit_words("share of product"), unit_words("-10 to 10"), unit_words("index")
    ('percent of product', 'scale from −10 to 10', 'index')
    """
    if scale == "percentile":
        return "percentile among all states"
    if scale == "0 or 1":
        return "yes or no"
    if bounds(scale):
        return f"scale from {scale}".replace("-", "\N{MINUS SIGN}")
    if scale == _POINTS:
        return "percentage points"
    if scale == "rank":
        return "rank, 1 is first"
    return f"percent{scale.removeprefix('share')}" if is_percent(scale) else scale


def unit_after(scale: str) -> str:
    """The unit as it stands behind a figure that :func:`written` gave; often nothing.

    Examples
    --------
    >>> unit_after("share"), unit_after("persons"), unit_after("0 to 100")
    ('', 'persons', 'on a scale from 0 to 100')
    """
    if is_percent(scale) or scale in (_POINTS, "rank", "0 or 1", *_BARE):
        return ""
    return f"on a {unit_words(scale)}" if bounds(scale) else scale


def style(scale: str) -> Style:
    """How the axis of a chart is written."""
    return Style("percent") if is_percent(scale) or scale == _POINTS else Style("number", scale)


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
    if 0 < abs(value) < _TINY:
        return "under 0.1%"
    whole = abs(value) >= 9.95 or value == 0
    return f"{_signed(f'{value:,.0f}' if whole else f'{value:.1f}')}%"


def _plain(value: float) -> str:
    """Two decimals, fewer for large figures, two digits for small ones."""
    if value == int(value):
        return _signed(f"{value:,.0f}")
    if abs(value) < _NEARLY:
        return "under 0.0001" if value > 0 else "above \N{MINUS SIGN}0.0001"
    size = floor(log10(abs(value)))
    decimals = max(2 - max(size, 0), 0) if size >= -1 else min(1 - size, 4)
    return _signed(f"{value:,.{decimals}f}")


def _signed(text: str) -> str:
    """The text with a minus sign; none before a figure that prints as zero."""
    bare = text.removeprefix("-")
    zero = not bare.strip("0.,")
    return bare if zero or bare == text else f"\N{MINUS SIGN}{bare}"
