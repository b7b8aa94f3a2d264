"""An evidence engine for what is written about patron and client states.

Examples
--------
>>> import beholden
>>> article = beholden.load(beholden.article_path())
>>> brief = beholden.check(article, beholden.open_library(), only=["assembly-not-blocked"])
>>> brief.results[0].now.verdict.answer
'supported'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beholden.associations import associate
    from beholden.brief import Brief, Result
    from beholden.cases import article_path
    from beholden.claims import Article, Claim, load, parse
    from beholden.core import Estimate, Provenance, Source, Table
    from beholden.engine import check, open_library
    from beholden.errors import ArticleError, BeholdenError
    from beholden.measures import MEASURES
    from beholden.panel_face import panel

__version__ = "0.1.0"

__all__ = [
    "MEASURES",
    "Article",
    "ArticleError",
    "BeholdenError",
    "Brief",
    "Claim",
    "Estimate",
    "Provenance",
    "Result",
    "Source",
    "Table",
    "article_path",
    "associate",
    "check",
    "load",
    "open_library",
    "panel",
    "parse",
]

# Where each public name lives: imported when first asked for, so that importing beholden is quick.
_HOMES = {
    "MEASURES": "measures",
    "Article": "claims",
    "ArticleError": "errors",
    "BeholdenError": "errors",
    "Brief": "brief",
    "Claim": "claims",
    "Estimate": "core",
    "Provenance": "core",
    "Result": "brief",
    "Source": "core",
    "Table": "core",
    "article_path": "cases",
    "associate": "associations",
    "check": "engine",
    "load": "claims",
    "open_library": "engine",
    "panel": "panel_face",
    "parse": "claims",
}


def __getattr__(name: str) -> object:
    """Import a public name from its room."""
    if name in _HOMES:
        return getattr(import_module(f"beholden.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'beholden' has no attribute {name!r}")
