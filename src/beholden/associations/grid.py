"""A grid of choices about one association, as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from beholden.associations.faults import GridError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHOICES", "FORMS", "Forbidden", "Grid", "Variable"]

CHOICES = (
    *("outcome", "exposure", "form", "lag", "effects", "period", "sample", "weights"),
    *("missing", "errors", "controls"),
)
"""The choices of a grid, in the order of the columns of its universes."""

FORMS = ("linear", "logit", "ordered", "hazard")
TRANSFORMS = ("", "log", "rank")
MISSING = ("listwise", "imputed")
ERRORS = ("CR1", "CR3", "two-way", "dyadic")

Span = tuple[int | None, int | None]


@dataclass(frozen=True)
class Variable:
    """A column that can stand in a regression.

    Parameters
    ----------
    label : str
        The name of the option.
    column : str
        The column of the frame; by default the one called like the label.
    draws : tuple of str
        Instead of one column, columns that hold draws of a latent variable.
    form : str or tuple of str
        Of outcomes: ``"linear"``, ``"logit"``, ``"ordered"`` or ``"hazard"``; several are a choice.
    group : str
        Equivalence label: options with the same label share one option's weight.
    transform : str
        ``""``, ``"log"`` (natural) or ``"rank"`` (share of the frame's known values, 0 to 1).
    contains : frozenset of str
        Names of what the variable is made of. Two variables that share a component, or of which
        one is a component of the other, stand in an arithmetic circle.
    """

    label: str
    column: str = ""
    draws: tuple[str, ...] = ()
    form: str | tuple[str, ...] = "linear"
    group: str = ""
    transform: str = ""
    contains: frozenset[str] = frozenset()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the frame that it reads."""
        return self.draws or (self.column or self.label,)

    @property
    def forms(self) -> tuple[str, ...]:
        """The functional forms of an outcome."""
        return (self.form,) if isinstance(self.form, str) else tuple(self.form)

    def shared(self, other: Variable) -> frozenset[str]:
        """What both are made of.

        Examples
        --------
        >>> index = Variable("liberal", "v2x_libdem", contains=frozenset({"v2clfmove"}))
        >>> sorted(index.shared(Variable("movement", "v2clfmove")))
        ['v2clfmove']
        """
        mine, yours = ({*one.columns, *one.contains} for one in (self, other))
        return frozenset(mine & yours)


@dataclass(frozen=True)
class Forbidden:
    """Universes that make no sense: those that take one of the options of every choice named.

    Parameters
    ----------
    options : mapping of str to tuple of str
        Choice to labels of options. Of ``"controls"`` a label is a named set, or a control that
        enters. Lags are written as text.
    reason : str
        Why, in words; it is printed.
    """

    options: Mapping[str, tuple[str, ...]]
    reason: str


@dataclass(frozen=True)
class Grid:
    """Every reasonable way to ask whether an exposure goes with an outcome.

    Parameters
    ----------
    unit, time : str
        Columns: id of the unit, and its year as a whole number. For dyads the unit is the dyad.
    outcomes, exposures : tuple of Variable
        Options.
    controls : tuple of Variable
        Without `control_sets` every subset of them is an option.
    control_sets : mapping of str to tuple of str, or None
        Named sets of labels of controls instead.
    always : tuple of str
        Labels of controls that are in every set.
    effects : mapping of str to tuple of str
        Label to the columns of none, one or two fixed effects.
    lags : tuple of int
        Years by which exposure and controls come before the outcome.
    periods : mapping of str to (int or None, int or None)
        Label to first and last year of the outcome.
    samples : mapping of str to (str or None)
        Label to a column of truth values; None is every row.
    weights : mapping of str to (str or None)
        Label to a column of weights; None weighs all rows alike. Rows without a weight above zero
        are left out.
    missing : tuple of str
        ``"listwise"``: rows that lack a column of the universe are left out. ``"imputed"``: missing
        exposures and controls are drawn several times (rows without the outcome are left out), and
        what the draws give is pooled.
    errors : tuple of str
        ``"CR1"``, ``"CR3"``, ``"two-way"``, ``"dyadic"``.
    clusters : tuple of str
        Columns of the clusters: the first for errors one way and for the joint test, the first
        two for errors two ways. By default the unit.
    members : tuple of two str, or None
        Columns with the members of a dyad, for dyadic errors.
    sign : int
        +1 or -1: what is expected.
    smallest : float
        The smallest effect that matters, in standard deviations of the outcome for one of the
        exposure; 0 or more.
    forbid : tuple of Forbidden
        Combinations that are not planned.
    same : mapping of str to mapping of str to str
        Choice to option to equivalence label, besides those of the variables.
    imputations : int
        Completed tables of ``"imputed"``.
    level : float
        Of the intervals.
    singletons : str
        ``"keep"`` or ``"drop"`` rows that are alone in a fixed effect.

    Raises
    ------
    GridError
        With every fault at once.

    Examples
    --------
    >>> grid = Grid("state", "year", (Variable("torture"),), (Variable("democracy"),))
    >>> grid.clusters, grid.sets
    (('state',), {'none': ()})
    """

    unit: str
    time: str
    outcomes: tuple[Variable, ...]
    exposures: tuple[Variable, ...]
    controls: tuple[Variable, ...] = ()
    control_sets: Mapping[str, tuple[str, ...]] | None = None
    always: tuple[str, ...] = ()
    effects: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"none": ()})
    lags: tuple[int, ...] = (0,)
    periods: Mapping[str, Span] = field(default_factory=lambda: {"all years": (None, None)})
    samples: Mapping[str, str | None] = field(default_factory=lambda: {"all rows": None})
    weights: Mapping[str, str | None] = field(default_factory=lambda: {"equal": None})
    missing: tuple[str, ...] = ("listwise",)
    errors: tuple[str, ...] = ("CR1",)
    clusters: tuple[str, ...] = ()
    members: tuple[str, str] | None = None
    sign: int = 1
    smallest: float = 0.0
    forbid: tuple[Forbidden, ...] = ()
    same: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    imputations: int = 20
    level: float = 0.95
    singletons: str = "keep"

    def __post_init__(self) -> None:
        if not self.clusters:
            object.__setattr__(self, "clusters", (self.unit,))
        from beholden.associations.checking import faults

        found = faults(self)
        if found:
            raise GridError(found)

    @property
    def columns(self) -> frozenset[str]:
        """Every column of the frame that it names."""
        variables = (*self.outcomes, *self.exposures, *self.controls)
        several = (*(one.columns for one in variables), *self.effects.values())
        single = (self.unit, self.time, *self.clusters, *(self.members or ()))
        optional = (*self.samples.values(), *self.weights.values())
        every = (*single, *(name for names in several for name in names))
        return frozenset({*every, *(name for name in optional if name is not None)})

    @property
    def optional(self) -> tuple[str, ...]:
        """Labels of controls that are not in every set."""
        return tuple(one.label for one in self.controls if one.label not in self.always)

    @cached_property
    def sets(self) -> dict[str, tuple[str, ...]]:
        """Every option of the controls: its label, and the labels of the controls in it.

        Examples
        --------
        >>> x = (Variable("x"),)
        >>> Grid("i", "t", (Variable("y"),), x, (Variable("a"), Variable("b"))).sets
        {'none': (), 'a': ('a',), 'b': ('b',), 'a + b': ('a', 'b')}
        """
        order = [one.label for one in self.controls]
        if self.control_sets is not None:
            named = {label: {*labels, *self.always} for label, labels in self.control_sets.items()}
            return {
                label: tuple(name for name in order if name in taken)
                for label, taken in named.items()
            }
        optional = self.optional
        found: dict[str, tuple[str, ...]] = {}
        for code in range(2 ** len(optional)):
            taken = {name for bit, name in enumerate(optional) if code >> bit & 1} | {*self.always}
            names = tuple(name for name in order if name in taken)
            found[" + ".join(names) or "none"] = names
        return found

    @cached_property
    def options(self) -> dict[str, tuple[str, ...]]:
        """Labels of every choice's options, in order."""
        forms = dict.fromkeys(form for one in self.outcomes for form in one.forms)
        return {
            "outcome": tuple(one.label for one in self.outcomes),
            "exposure": tuple(one.label for one in self.exposures),
            "form": tuple(forms),
            "lag": tuple(str(lag) for lag in self.lags),
            "effects": tuple(self.effects),
            "period": tuple(self.periods),
            "sample": tuple(self.samples),
            "weights": tuple(self.weights),
            "missing": tuple(self.missing),
            "errors": tuple(self.errors),
            "controls": tuple(self.sets),
        }

    @property
    def labels(self) -> dict[str, dict[str, str]]:
        """Equivalence labels: choice to option to label; options without one stand alone."""
        own = {
            "outcome": {one.label: one.group for one in self.outcomes if one.group},
            "exposure": {one.label: one.group for one in self.exposures if one.group},
        }
        return {
            choice: {**own.get(choice, {}), **dict(self.same.get(choice, {}))} for choice in CHOICES
        }
