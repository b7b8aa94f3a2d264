"""Choices to universes, universes to estimates, estimates to a verdict."""

from beholden.multiverse.anova import Shares, variance_shares
from beholden.multiverse.assess import Assessment, Means, assess, missing_words
from beholden.multiverse.datasets import datasets_of, read_by, reads_facts
from beholden.multiverse.judge import RULE, Decisive, Verdict, judge, untestable
from beholden.multiverse.plan import Plan, Universe, plan
from beholden.multiverse.run import Run, run
from beholden.multiverse.words import Style, asked, scale_style, style_of

__all__ = [
    "RULE",
    "Assessment",
    "Decisive",
    "Means",
    "Plan",
    "Run",
    "Shares",
    "Style",
    "Universe",
    "Verdict",
    "asked",
    "assess",
    "datasets_of",
    "judge",
    "missing_words",
    "plan",
    "read_by",
    "reads_facts",
    "run",
    "scale_style",
    "style_of",
    "untestable",
    "variance_shares",
]
