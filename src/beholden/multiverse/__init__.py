"""Choices to universes, universes to estimates, estimates to a verdict."""

from beholden.multiverse.anova import Shares, variance_shares
from beholden.multiverse.assess import Assessment, assess, missing_words
from beholden.multiverse.judge import RULE, Decisive, Verdict, judge, untestable
from beholden.multiverse.plan import Plan, Universe, plan
from beholden.multiverse.run import Run, run
from beholden.multiverse.words import Style, style_of

__all__ = [
    "RULE",
    "Assessment",
    "Decisive",
    "Plan",
    "Run",
    "Shares",
    "Style",
    "Universe",
    "Verdict",
    "assess",
    "judge",
    "missing_words",
    "plan",
    "run",
    "style_of",
    "untestable",
    "variance_shares",
]
