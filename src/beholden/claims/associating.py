"""From the fields of a claim about two things to its test, or problems that say why not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from beholden.claims.association import (
    EFFECTS,
    ERRORS,
    FORMS,
    MISSING,
    SAMPLES,
    SIGNS,
    WEIGHTS,
    Association,
    Forbidden,
    Variant,
    variants,
)
from beholden.claims.reporting import Report, years_of
from beholden.errors import nearest
from beholden.measures import MEASURES, Years

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.claims.blocks import ClaimBlock, Control, Sought
    from beholden.claims.marks import Path
    from beholden.measures import Measure, Target

__all__ = ["FIELDS", "associated"]

# Fields of a claim that only this kind of test has.
FIELDS = (
    *("outcome", "exposure", "matters", "unit", "population", "controls", "always", "effects"),
    *("lags", "periods", "samples", "form", "weights", "missing", "errors", "forbid", "same"),
)
_TRANSFORMS = ("log", "rank")
_FIRST_YEAR = 1946
_MOST_SUBSETS = 12
_FURTHEST = 20


def associated(block: ClaimBlock, target: Target | None, report: Report) -> Association | None:
    """The test of an association, with every problem of its fields reported.

    Parameters
    ----------
    block : ClaimBlock
        Of the right form.
    target : Target or None
        With the years, where they are given.
    report : Report
        Receives whatever is wrong.

    Returns
    -------
    Association or None
        None when something was wrong, or when the claim names what it waits for instead of an
        expectation.
    """
    before = len(report.problems)
    if block.needs and block.expect is None:
        # A claim may be written down before its data exist; it is untestable until then.
        for key in ("outcome", "exposure"):
            _named(getattr(block, key), key, report)
        return None
    sign, smallest = _sign(block, report), _smallest(block, report)
    unit = _one_of(block.unit or "state-year", EFFECTS, ("unit",), "a unit", report)
    outcomes = _sought(block.outcome, "outcome", unit, report)
    exposures = _sought(block.exposure, "exposure", unit, report)
    controls, sets, always = _controls(block, unit, report)
    years = target.years if target is not None and target.years else Years(_FIRST_YEAR, None)
    found = Association(
        outcomes,
        exposures,
        sign,
        smallest,
        unit,
        _one_of(block.population or "all states", SAMPLES, ("population",), "a sample", report),
        years,
        controls,
        sets,
        always,
        periods=_periods(block, years, report),
        lags=_lags(block.lags, report),
    )
    found = replace(found, **_listed(block, unit, report))
    found = _with_rules(found, block, report)
    return found if len(report.problems) == before else None


def _sign(block: ClaimBlock, report: Report) -> int:
    if isinstance(block.expect, str) and block.expect in SIGNS:
        return SIGNS[block.expect]
    expected = "`expect: positive` or `expect: negative`, the sign of the association"
    found = "no `expect`" if block.expect is None else f"{block.expect!r} for `expect`"
    hint = nearest(block.expect, SIGNS) if isinstance(block.expect, str) else ""
    report.add(("expect",) if block.expect else (), found, expected, hint)
    return 1


def _smallest(block: ClaimBlock, report: Report) -> float:
    if block.matters is None:
        expected = (
            "the smallest effect that matters, in standard deviations, such as `matters: 0.1`"
        )
        report.add((), "no `matters`", expected)
        return 0.0
    if not 0 < block.matters < 1:
        expected = "a number above 0 and below 1, in standard deviations of the outcome"
        report.add(("matters",), f"{block.matters:g}", expected)
    return block.matters


def _one_of(value: str, known: Iterable[str], path: Path, what: str, report: Report) -> str:
    names = list(known)
    if value not in names:
        report.add(path, f"{value!r}", f"{what}: {', '.join(names)}", nearest(value, names))
        return names[0]
    return value


def _named(given: Sought | None, key: str, report: Report) -> list[str]:
    """The measures of a role, those that exist."""
    names = [given] if isinstance(given, str) else list(given or {})
    for name in names:
        if name not in MEASURES:
            path: Path = (key,) if isinstance(given, str) else (key, name)
            report.add(path, f"the measure {name!r}", "a measure", nearest(name, MEASURES))
    return [name for name in names if name in MEASURES]


def _sought(given: Sought | None, key: str, unit: str, report: Report) -> tuple[Variant, ...]:
    if not given:
        known = [item.name for item in MEASURES.values() if item.panel == unit]
        expected = f"a measure by {unit}, such as {', '.join(known[:5])}"
        report.add((key,) if given is not None else (), f"no `{key}`", expected)
        return ()
    names = _named(given, key, report)
    found: list[Variant] = []
    for name in names:
        path: Path = (key,) if isinstance(given, str) else (key, name)
        options = {} if isinstance(given, str) else given[name]
        if _fits(MEASURES[name], unit, path, report):
            found += _varied(name, options, path, report, several=len(names) > 1)
    return tuple(found)


def _fits(measure: Measure, unit: str, path: Path, report: Report) -> bool:
    """Whether a measure has numbers for every row of the unit, or is still awaited."""
    if measure.awaits:
        return False
    if measure.values is None or measure.compute is None:
        what = "the facts about one client" if measure.values is None else "words"
        expected = f"a measure with numbers of every {unit.removesuffix('-year')}"
        report.add(path, f"{measure.name}, which holds {what}", expected)
        return False
    if measure.panel != unit:
        found = f"{measure.name}, which counts by {measure.panel}"
        report.add(path, found, f"a measure by {unit}")
        return False
    return True


def _varied(
    name: str, options: Mapping[str, Any], path: Path, report: Report, *, several: bool
) -> tuple[Variant, ...]:
    measure, kept, transform = MEASURES[name], {}, ""
    known = {choice.name: choice for choice in measure.choices if not choice.facts}
    for key, given in options.items():
        if key == "transform":
            transform = _transform(given, (*path, key), report)
        elif key not in known:
            expected = f"a choice of {name}: {', '.join(known) or 'there is none'}, or transform"
            report.add((*path, key), f"the choice {key!r}", expected, nearest(key, known))
        else:
            labels = [given] if isinstance(given, str) else list(given)
            there = [option.label for option in known[key].options if not option.facts]
            kept[key] = tuple(dict.fromkeys(label for label in labels if label in there))
            for index, label in enumerate(labels):
                if label not in there:
                    place = (*path, key) if isinstance(given, str) else (*path, key, index)
                    expected = f"an option of {key}: {', '.join(there)}"
                    report.add(place, f"{label!r}", expected, nearest(label, there))
    return variants(name, kept, transform, several=several)


def _transform(given: object, path: Path, report: Report) -> str:
    if given in _TRANSFORMS:
        return str(given)
    expected = f"a transformation: {', '.join(_TRANSFORMS)}"
    report.add(path, f"{given!r}", expected, nearest(str(given), _TRANSFORMS))
    return ""


def _controls(
    block: ClaimBlock, unit: str, report: Report
) -> tuple[tuple[Variant, ...], dict[str, tuple[str, ...]] | None, tuple[str, ...]]:
    """The controls, the named sets of them, and those of every set."""
    found: dict[str, Variant] = {}
    always = _listed_controls(block.always, ("always",), unit, found, report)
    if isinstance(block.controls, dict):
        sets = {
            label: (*always, *_listed_controls(items, ("controls", label), unit, found, report))
            for label, items in block.controls.items()
        }
        return tuple(found.values()), sets, always
    free = _listed_controls(block.controls, ("controls",), unit, found, report)
    if len(free) > _MOST_SUBSETS:
        expected = f"at most {_MOST_SUBSETS}, of which every subset is taken, or named sets"
        report.add(("controls",), f"{len(free)} controls", expected)
    return tuple(found.values()), None, always


def _listed_controls(
    items: Sequence[Control],
    path: Path,
    unit: str,
    found: dict[str, Variant],
    report: Report,
) -> tuple[str, ...]:
    labels = []
    for index, item in enumerate(items):
        name, options = (item, {}) if isinstance(item, str) else next(iter(item.items()))
        place: Path = (*path, index)
        if not isinstance(item, str):
            place = (*place, name)
        if name not in MEASURES:
            report.add(place, f"the measure {name!r}", "a measure", nearest(name, MEASURES))
            continue
        if not _fits(MEASURES[name], unit, place, report):
            continue
        ways = _varied(name, options, place, report, several=False)
        if ways:
            # A control is taken in one way: by the options given, else by the reference.
            said = ", ".join(str(value) for key, value in options.items() if key != "transform")
            label = f"{name}: {said}" if said else name
            found[label] = replace(ways[0], label=label)
            labels.append(label)
    return tuple(labels)


def _listed(block: ClaimBlock, unit: str, report: Report) -> dict[str, Any]:
    """The choices whose options have fixed names."""
    defaults: dict[str, tuple[str, Mapping[str, str], tuple[str, ...]]] = {
        "effects": ("effects", EFFECTS[unit], tuple(EFFECTS[unit])),
        "samples": ("samples", SAMPLES, ("all states",)),
        "form": ("forms", FORMS, ("linear",)),
        "weights": ("weights", WEIGHTS, ("equal",)),
        "missing": ("missing", MISSING, ("listwise",)),
        "errors": ("errors", ERRORS, ("CR1",)),
    }
    found: dict[str, Any] = {}
    for key, (name, known, default) in defaults.items():
        given = getattr(block, key)
        if given is not None and not given:
            report.add((key,), f"no option for {key}", "at least one option")
        for index, label in enumerate(given or ()):
            _one_of(label, known, (key, index), f"one of {key}", report)
        found[name] = tuple(dict.fromkeys(given)) if given else default
    return found


def _lags(given: Sequence[int] | None, report: Report) -> tuple[int, ...]:
    for index, lag in enumerate(given or ()):
        if not 0 <= lag <= _FURTHEST:
            report.add(("lags", index), str(lag), f"whole years from 0 to {_FURTHEST}")
    return tuple(dict.fromkeys(given)) if given else (0,)


def _periods(block: ClaimBlock, years: Years, report: Report) -> dict[str, Years]:
    found = {}
    for label, text in (block.periods or {}).items():
        span = years_of(text)
        if span.last is not None and span.last < span.first:
            expected = "a span whose last year is not before its first"
            report.add(("periods", label), str(span), expected)
        found[label] = span
    return found or {str(years): years}


def _with_rules(found: Association, block: ClaimBlock, report: Report) -> Association:
    """The same with what may not be combined, and what counts as one."""
    options = {
        "outcome": [item.label for item in found.outcomes],
        "exposure": [item.label for item in found.exposures],
        "effects": list(found.effects),
        "lag": [str(lag) for lag in found.lags],
        "period": list(found.periods),
        "sample": list(found.samples),
        "form": list(found.forms),
        "weights": list(found.weights),
        "missing": list(found.missing),
        "errors": list(found.errors),
    }
    forbidden = []
    for index, item in enumerate(block.forbid):
        for name, labels in item.these.items():
            for label in [labels] if isinstance(labels, str) else labels:
                _option(name, label, options, ("forbid", index, "these", name), report)
        these = {
            name: (labels,) if isinstance(labels, str) else tuple(labels)
            for name, labels in item.these.items()
        }
        forbidden.append(Forbidden(these, item.because))
    for name, groups in block.same.items():
        for label in groups:
            _option(name, label, options, ("same", name, label), report)
    return replace(found, forbidden=tuple(forbidden), same=block.same)


def _option(
    name: str, label: str, options: Mapping[str, list[str]], path: Path, report: Report
) -> None:
    if name not in options:
        expected = f"a choice of this test: {', '.join(options)}"
        report.add(path, f"the choice {name!r}", expected, nearest(name, options))
    elif label not in options[name]:
        expected = f"an option of {name}: {', '.join(options[name])}"
        report.add(path, f"{label!r}", expected, nearest(label, options[name]))
