"""The form of a claim's block and of an article's head, as a person writes them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from beholden.measures import DATASETS, MEASURES, MODELS

__all__ = ["ClaimBlock", "FrontMatter", "TargetBlock"]

ISO3 = Annotated[
    str,
    Field(
        pattern="^[A-Z]{3}$",
        description="ISO 3166 code of three capital letters, such as PRK",
    ),
]
_DAY = "^[0-9]{4}(-[0-9]{2}){0,2}$"


def _text(value: object) -> object:
    """Let YAML's numbers stand where a year or a day is written."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


YearSpan = Annotated[
    str,
    BeforeValidator(_text),
    Field(
        pattern=r"^[0-9]{4}(\.\.([0-9]{4})?)?$",
        description="a year (2014), a span (2010..2014) or an open span (2005..)",
    ),
    WithJsonSchema(
        {
            "description": "a year (2014), a span (2010..2014) or an open span (2005..)",
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {"type": "string", "pattern": r"^[0-9]{4}(\.\.([0-9]{4})?)?$"},
            ],
        }
    ),
]
Day = Annotated[
    str,
    BeforeValidator(_text),
    Field(pattern=_DAY, description="a day, month or year: 2010-05-24, 2010-05 or 2010"),
    WithJsonSchema(
        {
            "description": "a day, month or year: 2010-05-24, 2010-05 or 2010",
            "anyOf": [
                {"type": "integer", "minimum": 1000, "maximum": 9999},
                {"type": "string", "pattern": _DAY},
            ],
        }
    ),
]
Version = Annotated[
    str,
    BeforeValidator(_text),
    Field(
        min_length=1,
        max_length=200,
        description="a version or an edition as `beholden library` shows it, in quotation marks "
        "where it looks like a number",
    ),
]


_MEASURE_NAMES: dict[str, Any] = {"enum": [*sorted(MEASURES), None]}
Options = dict[str, str | list[str]]
Sought = str | dict[str, Options]
Control = str | Annotated[dict[str, Options], Field(min_length=1, max_length=1)]
Labels = list[str]
_NEEDS: dict[str, Any] = {"items": {"enum": sorted({*DATASETS, *MODELS}), "type": "string"}}


class _Block(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FrontMatter(_Block):
    """The head of an article."""

    title: str = Field(min_length=1, max_length=300)
    author: str = Field(min_length=1, max_length=300)
    published: str = Field(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="YYYY-MM-DD")
    as_of: str | None = Field(
        default=None,
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        description="judge 'then' as of this day; by default the day of publication",
    )
    patron: ISO3
    client: ISO3
    publisher: str | None = Field(
        default=None, max_length=300, description="the organisation that publishes, for ClaimReview"
    )
    subtitle: str | None = Field(default=None, max_length=500)
    language: str = Field(default="en", pattern="^[a-z]{2}(-[A-Z]{2})?$")
    data: dict[str, Version] = Field(
        default={},
        description="data set to the version or edition that the article is judged by",
    )
    url: str | None = Field(
        default=None,
        pattern="^https?://",
        description="where the checked article stands, for ClaimReview",
    )


class TargetBlock(_Block):
    """Whom and when the claim is about; what is not given comes from the article's head."""

    client: ISO3 | None = None
    patron: ISO3 | None = None
    partner: ISO3 | None = None
    years: YearSpan | None = None
    event: Day | None = None
    window: int | None = Field(default=None, ge=1, le=50, description="years on each side")
    periods: dict[str, YearSpan] | None = None


class ForbidBlock(_Block):
    """Options of an association's choices that do not go together."""

    these: dict[str, str | list[str]] = Field(
        min_length=1, description="choice to the option or options"
    )
    because: str = Field(min_length=1, max_length=300, description="why they are left out")


class ClaimBlock(_Block):
    """One checkable claim: what is said, how it is tested and what is expected."""

    id: str = Field(
        pattern="^[a-z][a-z0-9-]{0,63}$", description="the name in the prose: {.claim #id}"
    )
    says: str = Field(min_length=1, max_length=500, description="the claim in one sentence")
    test: Literal[
        "level",
        "trend",
        "change",
        "vote",
        "event count",
        "association",
        "counterfactual",
        "equilibrium",
    ]
    measure: str | None = Field(default=None, json_schema_extra=_MEASURE_NAMES)
    outcome: Sought | None = Field(
        default=None,
        description="for associations: the measure that is explained, or measures with the "
        "options that are kept of their choices",
    )
    exposure: Sought | None = Field(
        default=None,
        description="for associations: what is thought to explain it, as for the outcome",
    )
    matters: float | None = Field(
        default=None,
        description="for associations: the smallest effect that matters, in standard deviations "
        "of the outcome for one of the exposure, above 0 and below 1",
    )
    unit: str | None = Field(
        default=None, description="for associations: state-year (the default) or dyad-year"
    )
    population: str | None = Field(
        default=None, description="for associations: the sample within which all is looked at"
    )
    controls: list[Control] | dict[str, list[Control]] = Field(
        default=[],
        description="for associations: measures of which every subset is held equal in turn, or "
        "named sets of them",
    )
    always: list[Control] = Field(
        default=[], description="for associations: measures that are held equal in every universe"
    )
    effects: Labels | None = Field(
        default=None, description="for associations: what is compared with what"
    )
    lags: list[int] | None = Field(
        default=None, description="for associations: years from the exposure to the outcome"
    )
    periods: dict[str, YearSpan] | None = Field(
        default=None, description="for associations: named spans, each of them one option"
    )
    samples: Labels | None = Field(default=None, description="for associations: which states")
    form: Labels | None = Field(
        default=None, description="for associations: linear, logit, ordered, hazard"
    )
    weights: Labels | None = Field(default=None, description="for associations: equal, population")
    missing: Labels | None = Field(default=None, description="for associations: listwise, imputed")
    errors: Labels | None = Field(
        default=None, description="for associations: CR1, CR3, two-way, dyadic"
    )
    forbid: list[ForbidBlock] = Field(
        default=[], description="for associations: options that do not go together"
    )
    same: dict[str, dict[str, str]] = Field(
        default={},
        description="for associations: choice to option to a label; options with one label count "
        "as one",
    )
    target: TargetBlock = TargetBlock()
    expect: str | dict[str, str] | None = Field(
        default=None,
        description="an expectation such as 'max >= 80%', or several readings by name",
    )
    figure: str | None = Field(
        default=None, description="the one figure that matters, when it is not in the expectation"
    )
    shows: str | None = Field(
        default=None, max_length=120, description="what the figure is, in a few plain words"
    )
    choices: dict[str, list[str] | dict[str, TargetBlock]] = Field(
        default={},
        description="restrict a choice to some options, or add one with targets of its own",
    )
    needs: list[str] = Field(
        default=[],
        description="data sets or models without which the claim is not fully tested",
        json_schema_extra=_NEEDS,
    )
    because: str | None = Field(default=None, max_length=1000, description="why this test")
    caveat: str | None = Field(
        default=None, max_length=1000, description="what the test leaves out"
    )


def json_schema() -> dict[str, Any]:
    """The published JSON Schema of a claim's block."""
    schema = ClaimBlock.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "beholden claim",
        **{key: value for key, value in schema.items() if key != "title"},
    }
