"""A claim that X goes with Y to its grid of universes, before any data is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.associations.faults import GridError
from beholden.associations.grid import Forbidden, Grid, Variable
from beholden.associations.universes import plan_universes
from beholden.claims.association import EFFECTS, ERRORS, FORMS, MISSING, SAMPLES, WEIGHTS
from beholden.measures import MEASURES, Choice, Option
from beholden.measures.containment import contained

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from beholden.associations.universes import Universes
    from beholden.claims.association import Association, Variant

__all__ = [
    "CHOSEN",
    "READS",
    "choices_of",
    "datasets_of_association",
    "grid_of",
    "planned",
    "reading",
    "said",
]

# What a sample or a weight reads besides the measures.
READS: dict[str, dict[str, tuple[str, ...]]] = {
    "samples": {
        "autocracies": ("vdem_v15_indices",),
        "democracies": ("vdem_v15_indices",),
        "without micro-states": ("cow_nmc",),
    },
    "weights": {"population": ("cow_nmc",)},
}
_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "state-year": {
        "none": (),
        "year": ("year",),
        "region-year": ("region_year",),
        "state": ("unit",),
        "state and year": ("unit", "year"),
    },
    "dyad-year": {
        "none": (),
        "year": ("year",),
        "dyad": ("unit",),
        "dyad and year": ("unit", "year"),
    },
}
CHOSEN = {
    "outcome": "which record of the outcome is taken",
    "exposure": "which record of the exposure is taken",
    "form": "what form the association has",
    "lag": "how many years lie between the two",
    "effects": "what is compared with what",
    "period": "which years are looked at",
    "sample": "which states are looked at",
    "weights": "how rows are weighed",
    "missing": "what is done with missing values",
    "errors": "how errors are computed",
    "controls": "what else is held equal",
}


def grid_of(
    asked: Association,
    holds: Callable[[Sequence[str]], bool] = lambda _: True,
    usable: Callable[[Variant], bool] = lambda _: True,
) -> Grid | None:
    """The grid of an association, of what can be read.

    Parameters
    ----------
    asked : Association
        From a claim.
    holds : callable
        (data sets) to whether all of them can be read; by default everything can.
    usable : callable
        Variant to whether it has values.

    Returns
    -------
    Grid or None
        None where no outcome or no exposure can be read.

    Raises
    ------
    GridError
        When the options do not make a grid.
    """

    def there(item: Variant) -> bool:
        return holds(item.datasets()) and usable(item)

    outcomes = [_variable(item, asked.forms) for item in asked.outcomes if there(item)]
    exposures = [_variable(item) for item in asked.exposures if there(item)]
    samples = [item for item in asked.samples if holds(READS["samples"].get(item, ()))]
    weights = [item for item in asked.weights if holds(READS["weights"].get(item, ()))]
    whole = holds(READS["samples"].get(asked.population, ()))
    controls = [item for item in asked.controls if there(item)]
    known = {item.label for item in controls}
    sets = _sets(asked, known)
    kept = {item for item in asked.always if item in known} == set(asked.always)
    if not (outcomes and exposures and samples and weights and whole and kept and sets):
        return None
    return Grid(
        unit="unit",
        time="year",
        outcomes=tuple(outcomes),
        exposures=tuple(exposures),
        controls=tuple(_variable(item) for item in controls),
        control_sets=sets if asked.sets is not None else None,
        always=asked.always,
        effects={label: _COLUMNS[asked.unit][label] for label in asked.effects},
        lags=asked.lags,
        periods={label: (span.first, span.last) for label, span in asked.periods.items()},
        samples={label: f"sample: {label}" for label in samples},
        weights={label: None if label == "equal" else f"weight: {label}" for label in weights},
        missing=asked.missing,
        errors=asked.errors,
        clusters=("unit", "year"),
        members=("state", "other") if asked.unit == "dyad-year" else None,
        sign=asked.sign,
        smallest=asked.smallest,
        forbid=_forbidden(asked, outcomes, exposures, samples, weights),
        same=_same(asked, outcomes, exposures),
    )


def _variable(item: Variant, forms: tuple[str, ...] = ("linear",)) -> Variable:
    return Variable(
        item.label,
        item.column,
        form=forms[0] if len(forms) == 1 else forms,
        transform=item.transform,
        contains=contained(MEASURES[item.measure], item.picks),
    )


def _sets(asked: Association, known: set[str]) -> dict[str, tuple[str, ...]]:
    """Those named sets of controls of which all can be read."""
    if asked.sets is None:
        return {"every subset": ()}
    return {label: names for label, names in asked.sets.items() if known.issuperset(names)}


def _forbidden(
    asked: Association,
    outcomes: Sequence[Variable],
    exposures: Sequence[Variable],
    samples: Sequence[str],
    weights: Sequence[str],
) -> tuple[Forbidden, ...]:
    """The article's rules, as far as the options that they name are there."""
    there = {
        "outcome": {item.label for item in outcomes},
        "exposure": {item.label for item in exposures},
        "sample": set(samples),
        "weights": set(weights),
    }
    found = []
    for rule in asked.forbidden:
        options = {
            name: tuple(label for label in labels if label in there.get(name, labels))
            for name, labels in rule.these.items()
        }
        if all(options.values()):
            found.append(Forbidden(options, rule.because))
    return tuple(found)


def _same(
    asked: Association, outcomes: Sequence[Variable], exposures: Sequence[Variable]
) -> dict[str, dict[str, str]]:
    there = {
        "outcome": {item.label for item in outcomes},
        "exposure": {item.label for item in exposures},
    }
    found = {
        name: {key: value for key, value in labels.items() if key in there.get(name, {key})}
        for name, labels in asked.same.items()
    }
    return {name: labels for name, labels in found.items() if labels}


def planned(asked: Association, grid: Grid | None = None) -> Universes | None:
    """The universes of an association; None where not one goes together.

    Parameters
    ----------
    asked : Association
        From a claim.
    grid : Grid or None
        A part of its grid; None takes the whole.
    """
    try:
        grid = grid or grid_of(asked)
        return None if grid is None else plan_universes(grid)
    except GridError:
        return None


def datasets_of_association(asked: Association) -> dict[str, tuple[str, ...]]:
    """Data set to what reads it, in words."""
    found: dict[str, tuple[str, ...]] = {}

    def note(names: Sequence[str], words: str) -> None:
        for name in names:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), words)))

    for item in asked.variants:
        note(item.datasets(), said(item))
    for role, options in (("samples", asked.samples), ("weights", asked.weights)):
        for label in options:
            note(READS[role].get(label, ()), {**SAMPLES, **WEIGHTS}[label])
    note(READS["samples"].get(asked.population, ()), SAMPLES[asked.population])
    return found


def said(item: Variant) -> str:
    """A variant in words, with its measure's title."""
    title = MEASURES[item.measure].title
    return item.words if item.words.startswith(title) else f"{title} {item.words}"


def reading(asked: Association) -> tuple[str, ...]:
    """Every data set that some universe reads."""
    return tuple(datasets_of_association(asked))


def choices_of(asked: Association) -> tuple[Choice, ...]:
    """The choices with more than one option, in the order of the universes' columns."""
    found = [
        _choice("outcome", _records(asked.outcomes)),
        _choice("exposure", _records(asked.exposures)),
        _choice("form", _worded(FORMS, asked.forms)),
        _choice("lag", [(str(lag), _later(lag)) for lag in asked.lags]),
        _choice("effects", _worded(EFFECTS[asked.unit], asked.effects)),
        _choice("period", [(label, f"in {label}") for label in asked.periods]),
        _choice("sample", _worded(SAMPLES, asked.samples)),
        _choice("weights", _worded(WEIGHTS, asked.weights)),
        _choice("missing", _worded(MISSING, asked.missing)),
        _choice("errors", _worded(ERRORS, asked.errors)),
        _choice("controls", _held_equal(asked)),
    ]
    return tuple(choice for choice in found if len(choice.options) > 1)


def _choice(name: str, options: Sequence[tuple[str, str]]) -> Choice:
    told = {
        "outcome": "a record of the same thing by other hands",
        "exposure": "a record of the same thing by other hands",
    }
    reason = told.get(name, "a careful analyst may take it")
    made = tuple(Option(label, words, reason) for label, words in options)
    alike = name in ("errors", "missing")
    return Choice(name, CHOSEN[name], made, "equivalent" if alike else "uncertain")


def _records(items: Sequence[Variant]) -> list[tuple[str, str]]:
    """Every way to measure something; by the measure's title where there are several."""
    several = len({item.measure for item in items}) > 1
    return [(item.label, f"with {said(item)}" if several else item.words) for item in items]


def _worded(words: Mapping[str, str], labels: Sequence[str]) -> list[tuple[str, str]]:
    return [(label, words[label]) for label in labels]


def _later(lag: int) -> str:
    if lag == 0:
        return "in the same year"
    return "a year later" if lag == 1 else f"{lag} years later"


def _held_equal(asked: Association) -> list[tuple[str, str]]:
    """The controls, each of which may be held equal or not; or the named sets of them."""
    if asked.sets is not None:
        return [
            (label, f"holding equal {', '.join(names) or 'nothing'}")
            for label, names in asked.sets.items()
        ]
    free = [item for item in asked.controls if item.label not in asked.always]
    return [("none", "holding nothing else equal")] * bool(free) + [
        (item.label, f"holding equal {said(item)}") for item in free
    ]
