"""The annotated page, its figures and tables, and other renderings of a brief."""

from beholden.brief.model import Brief, Result

__all__ = ["Brief", "Result"]
