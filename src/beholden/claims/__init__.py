"""The claim language: an article in, claims out, every problem at once."""

from beholden.claims.article import Article, load, parse
from beholden.claims.blocks import json_schema
from beholden.claims.claim import AddedChoice, Claim
from beholden.claims.kinds import KINDS, Kind

__all__ = ["KINDS", "AddedChoice", "Article", "Claim", "Kind", "json_schema", "load", "parse"]
