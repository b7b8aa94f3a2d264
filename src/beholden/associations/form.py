"""A grid as a person writes it, in a file or as a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from beholden.associations.faults import Fault, GridError
from beholden.associations.grid import Forbidden, Grid, Variable

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FIELDS", "GridForm", "grid_from", "grid_of"]


def _text(value: object) -> object:
    """Let YAML's numbers stand where a label or a year is written."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _listed(value: object) -> object:
    """Let one word stand for a list of one, and a list of columns for labels named like them."""
    return [value] if isinstance(value, (str, int, float)) else value


def _columns(value: object) -> object:
    return {name: name for name in value} if isinstance(value, (list, tuple)) else value


Label = Annotated[str, BeforeValidator(_text), Field(min_length=1, max_length=200)]
Labels = Annotated[list[Label], BeforeValidator(_listed)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VariableForm(_Form):
    """A variable in detail."""

    column: str = Field(default="", description="a column of the data")
    draws: Labels = Field(default=[], description="columns that hold draws of a latent variable")
    form: Labels = Field(default=["linear"], description="linear, logit, ordered or hazard")
    same_as: str = Field(default="", description="an equivalence label")
    transform: str = Field(default="", description="log or rank")
    contains: Labels = Field(default=[], description="names of what the variable is made of")


class ForbiddenForm(_Form):
    """A combination that makes no sense."""

    when: dict[Label, Labels] = Field(description="choices, each with an option or several")
    because: str = Field(min_length=1, max_length=500, description="the reason, in words")


Variables = Annotated[
    dict[Label, VariableForm | str | None],
    BeforeValidator(_columns),
    Field(description="a list of columns, or labels with a column or details"),
]
Span = Annotated[
    str,
    BeforeValidator(_text),
    Field(
        pattern=r"^([0-9]{1,4})?(\.\.)?([0-9]{1,4})?$",
        description="a year (2014), a span (1946..1989, 1990.., ..1989)",
    ),
]


class GridForm(_Form):
    """A grid of choices about one association."""

    unit: str = Field(description="the column of the units, such as states")
    time: str = Field(description="the column of the years")
    outcomes: Variables
    exposures: Variables
    controls: Variables = {}
    control_sets: dict[Label, Labels | None] | None = Field(
        default=None, description="named sets of labels of controls"
    )
    always: Labels = Field(default=[], description="labels of controls that always enter")
    effects: dict[Label, Labels | None] = Field(
        default={"none": []}, description="labels, each with none, one or two columns"
    )
    lags: Annotated[list[int], BeforeValidator(_listed)] = Field(
        default=[0], description="whole years"
    )
    periods: dict[Label, Span | None] = Field(
        default={"all years": None}, description="labels, each with a span of years"
    )
    samples: dict[Label, str | None] = Field(
        default={"all rows": None}, description="labels, each with a column of truth values or none"
    )
    weights: dict[Label, str | None] = Field(
        default={"equal": None}, description="labels, each with a column of weights or none"
    )
    missing: Labels = Field(default=["listwise"], description="listwise or imputed")
    errors: Labels = Field(default=["CR1"], description="CR1, CR3, two-way or dyadic")
    clusters: Labels = Field(default=[], description="one or two columns; by default the unit")
    members: Labels = Field(default=[], description="the two columns of a dyad's members")
    expect: Literal["positive", "negative"] = Field(description="positive or negative")
    smallest: float = Field(
        default=0.0,
        ge=0,
        allow_inf_nan=False,
        description="the smallest effect that matters, in standard deviations, 0 or more",
    )
    forbid: list[ForbiddenForm] = []
    same: dict[Label, dict[Label, Label]] = Field(
        default={}, description="choice to option to equivalence label"
    )
    imputations: int = Field(default=20, description="completed tables, two or more")
    level: float = Field(default=0.95, description="of the intervals, such as 0.95")
    singletons: str = Field(default="keep", description="keep or drop")


FIELDS = tuple(GridForm.model_fields)
"""Names of the fields."""


def grid_from(mapping: Mapping[str, Any]) -> Grid:
    """The grid that a mapping describes.

    Parameters
    ----------
    mapping : mapping of str to object
        With the fields of :class:`GridForm`.

    Raises
    ------
    GridError
        With every fault at once.

    Examples
    --------
    >>> grid_from({"unit": "state", "time": "year", "outcomes": ["torture"],
    ...            "exposures": ["democracy"], "expect": "negative"}).sign
    -1
    """
    try:
        form = GridForm.model_validate(dict(mapping))
    except ValidationError as error:
        raise GridError([_fault(dict(fault)) for fault in error.errors()]) from error
    return grid_of(form)


def _fault(fault: dict[str, Any]) -> Fault:
    path = tuple(fault["loc"])
    if fault["type"] == "missing":
        return Fault(path, "nothing", "a value")
    if fault["type"] == "extra_forbidden":
        return Fault(path, "a field of that name", f"one of {', '.join(FIELDS)}")
    return Fault(path, repr(fault["input"])[:60], str(fault["msg"]))


def grid_of(form: GridForm) -> Grid:
    """The grid of a form that was read.

    Raises
    ------
    GridError
        With every fault at once; paths are those of the form.
    """
    sets = form.control_sets
    members = _pair(form.members)
    return Grid(
        unit=form.unit,
        time=form.time,
        outcomes=_variables(form.outcomes),
        exposures=_variables(form.exposures),
        controls=_variables(form.controls),
        control_sets=None if sets is None else _tuples(sets),
        always=tuple(form.always),
        effects=_tuples(form.effects),
        lags=tuple(form.lags),
        periods={label: _span(span) for label, span in form.periods.items()},
        samples=dict(form.samples),
        weights=dict(form.weights),
        missing=tuple(form.missing),
        errors=tuple(form.errors),
        clusters=tuple(form.clusters),
        members=members,
        sign=1 if form.expect == "positive" else -1,
        smallest=form.smallest,
        forbid=tuple(Forbidden(_tuples(one.when), one.because) for one in form.forbid),
        same={choice: dict(labels) for choice, labels in form.same.items()},
        imputations=form.imputations,
        level=form.level,
        singletons=form.singletons,
    )


def _tuples(several: Mapping[str, list[str] | None]) -> dict[str, tuple[str, ...]]:
    return {label: tuple(names or ()) for label, names in several.items()}


def _pair(names: list[str]) -> tuple[str, str] | None:
    if not names:
        return None
    if len(names) != 2:
        raise GridError([Fault(("members",), f"{len(names)} columns", "the two members of a dyad")])
    return names[0], names[1]


def _variables(several: Mapping[str, VariableForm | str | None]) -> tuple[Variable, ...]:
    return tuple(_variable(label, told) for label, told in several.items())


def _variable(label: str, told: VariableForm | str | None) -> Variable:
    if told is None or isinstance(told, str):
        return Variable(label, told or label)
    return Variable(
        label,
        told.column or ("" if told.draws else label),
        tuple(told.draws),
        tuple(told.form),
        told.same_as,
        told.transform,
        frozenset(told.contains),
    )


def _span(span: str | None) -> tuple[int | None, int | None]:
    if not span:
        return None, None
    first, found, last = span.partition("..")
    if not found:
        return int(first), int(first)
    return int(first) if first else None, int(last) if last else None
