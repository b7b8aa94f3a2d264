"""Small phrases that several parts of the page use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beholden.core import Estimate
    from beholden.multiverse import Style

__all__ = ["range_words"]


def range_words(style: Style, estimate: Estimate) -> str:
    """The range of an estimate, or nothing where it would print as one figure."""
    if estimate.low is None or estimate.high is None:
        return ""
    low, high = style.bare(estimate.low), style.bare(estimate.high)
    return "" if low == high else f"{low} to {high}"
