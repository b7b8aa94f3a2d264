"""The worked case: an article about China and North Korea, with its sourced facts."""

from __future__ import annotations

from pathlib import Path

__all__ = ["article_path", "facts_folder"]

_CASE = Path(__file__).parent / "prk_chn"


def article_path() -> Path:
    """The article of the worked case."""
    return _CASE / "article.md"


def facts_folder() -> Path:
    """The folder of its facts, with their manifest and README."""
    return _CASE / "facts"
