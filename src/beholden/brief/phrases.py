"""Small phrases that several parts of the page use."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beholden.core import Estimate
    from beholden.multiverse import Style

__all__ = ["day_words", "range_words"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day_words(day: date | str) -> str:
    """A day as prose writes it.

    Examples
    --------
    >>> day_words("2015-10-22")
    '22 October 2015'
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def range_words(style: Style, estimate: Estimate) -> str:
    """The range of an estimate, or nothing where it would print as one figure."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = style.bare(estimate.low), style.bare(estimate.high)
    return "" if low == high else f"{low} to {high}"
