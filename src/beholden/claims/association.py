"""What a claim of the kind "X goes with Y" asks for, fixed before anything runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from beholden.measures import MEASURES, Years

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "EFFECTS",
    "ERRORS",
    "FORMS",
    "MISSING",
    "SAMPLES",
    "SIGNS",
    "WEIGHTS",
    "Association",
    "Forbidden",
    "Variant",
    "variants",
]

SIGNS = {"positive": 1, "negative": -1}
# What each option is in words; the first is the default reference.
EFFECTS: dict[str, dict[str, str]] = {
    "state-year": {
        "none": "comparing all states in all years",
        "year": "comparing states within the same year",
        "region-year": "comparing states within the same region and year",
        "state": "comparing a state with itself in other years",
        "state and year": "comparing a state with itself, net of what all share in a year",
    },
    "dyad-year": {
        "none": "comparing all pairs in all years",
        "year": "comparing pairs within the same year",
        "dyad": "comparing a pair with itself in other years",
        "dyad and year": "comparing a pair with itself, net of what all share in a year",
    },
}
SAMPLES = {
    "all states": "over all states",
    "autocracies": "over autocracies only",
    "democracies": "over democracies only",
    "without the case": "without the case itself",
    "without micro-states": "without states below half a million people",
}
FORMS = {
    "linear": "as a straight line",
    "logit": "by a logit",
    "ordered": "by an ordered logit",
    "hazard": "as a yearly hazard, by how long it has lasted",
}
WEIGHTS = {
    "equal": "each row weighing the same",
    "population": "weighed by population",
}
MISSING = {
    "listwise": "leaving out rows with a missing value",
    "imputed": "filling in missing controls many times over",
}
ERRORS = {
    "CR1": "errors clustered by unit",
    "CR3": "errors by leaving out each unit",
    "two-way": "errors clustered by unit and by year",
    "dyadic": "errors robust to pairs that share a member",
}


@dataclass(frozen=True)
class Variant:
    """One measure under one option of each of its choices.

    Parameters
    ----------
    measure : str
        Its name.
    picks : mapping of str to str
        An option for every choice.
    label : str
        What tells it from the other variants of its role.
    words : str
        How a sentence says it.
    transform : str
        ``""``, ``"log"`` or ``"rank"``.
    """

    measure: str
    picks: Mapping[str, str]
    label: str
    words: str
    transform: str = ""

    @property
    def column(self) -> str:
        """A name that no other variant has."""
        parts = [self.measure, *(f"{name}={pick}" for name, pick in sorted(self.picks.items()))]
        return "|".join(parts)

    def datasets(self) -> tuple[str, ...]:
        """The data sets that it reads."""
        return MEASURES[self.measure].datasets(self.picks)


@dataclass(frozen=True)
class Forbidden:
    """Options that do not go together, as choice to options, and why."""

    these: Mapping[str, tuple[str, ...]]
    because: str


@dataclass(frozen=True)
class Association:
    """The test of whether two things go together.

    Parameters
    ----------
    outcomes, exposures : tuple of Variant
        Every way to measure them that the article keeps.
    sign : int
        1 or -1: the sign that is expected.
    smallest : float
        The smallest effect that matters, in standard deviations of the outcome for one of the
        exposure.
    unit : str
        ``"state-year"`` or ``"dyad-year"``.
    population : str
        The sample within which everything is looked at.
    years : Years
        The span looked at.
    controls : tuple of Variant
        Those of every set.
    sets : mapping of str to tuple of str or None
        Named sets of controls, by the controls' labels; None takes every subset.
    always : tuple of str
        Labels of controls that stand in every set.
    effects, lags, samples, forms, weights, missing, errors : tuple
        The options of each choice, the reference first.
    periods : mapping of str to Years
        Named spans; each is one option.
    forbidden : tuple of Forbidden
        Combinations that the article leaves out.
    same : mapping of str to mapping of str to str
        Choice to option to a label; options with one label count as one.
    """

    outcomes: tuple[Variant, ...]
    exposures: tuple[Variant, ...]
    sign: int
    smallest: float
    unit: str
    population: str
    years: Years
    controls: tuple[Variant, ...] = ()
    sets: Mapping[str, tuple[str, ...]] | None = None
    always: tuple[str, ...] = ()
    effects: tuple[str, ...] = ("none",)
    lags: tuple[int, ...] = (0,)
    periods: Mapping[str, Years] = field(default_factory=dict)
    samples: tuple[str, ...] = ("all states",)
    forms: tuple[str, ...] = ("linear",)
    weights: tuple[str, ...] = ("equal",)
    missing: tuple[str, ...] = ("listwise",)
    errors: tuple[str, ...] = ("CR1",)
    forbidden: tuple[Forbidden, ...] = ()
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Every measure that some universe reads, in the order of roles."""
        found = {item.column: item for item in (*self.outcomes, *self.exposures, *self.controls)}
        return tuple(found.values())


def variants(
    name: str,
    kept: Mapping[str, tuple[str, ...]],
    transform: str = "",
    *,
    several: bool = False,
) -> tuple[Variant, ...]:
    """Every way to compute a measure of all states or pairs.

    Parameters
    ----------
    name : str
        A measure.
    kept : mapping of str to tuple of str
        Choice to the options that are kept; others keep all that cover all states.
    transform : str
        Of the values.
    several : bool
        Whether other measures play the same role, so that labels must name this one.

    Examples
    --------
    >>> [item.label for item in variants("electoral_democracy", {})]
    ['V-Dem 15', 'V-Dem 12']
    """
    measure = MEASURES[name]
    choices = [choice for choice in measure.choices if not choice.facts]
    fixed = {choice.name: choice.options[0].label for choice in measure.choices if choice.facts}
    lists = [
        kept.get(choice.name) or tuple(o.label for o in choice.options if not o.facts)
        for choice in choices
    ]
    # A choice with one option left tells nothing apart.
    telling = [choice for choice, labels in zip(choices, lists, strict=True) if len(labels) > 1]
    found = []
    for labels in product(*lists):
        picks = fixed | dict(zip((choice.name for choice in choices), labels, strict=True))
        if measure.forbids is not None and measure.forbids(picks):
            continue
        told = ", ".join(picks[choice.name] for choice in telling)
        label = told if told and not several else ": ".join(filter(None, (name, told)))
        words = [choice.option(picks[choice.name]).words for choice in choices]
        title = [measure.title] if several or not words else []
        found.append(Variant(name, picks, label, ", ".join([*title, *words]), transform))
    return tuple(found)
