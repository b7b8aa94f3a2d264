"""Is a grid whole? Every fault, with its place and what to do, before anything is planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.associations.faults import Fault
from beholden.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from beholden.associations.grid import Grid, Variable

__all__ = ["faults"]

MOST_CONTROLS = 16


def faults(grid: Grid) -> list[Fault]:
    """Every fault of a grid that can be seen without its frame.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    list of Fault
    """
    return [
        *_variables(grid),
        *_controls(grid),
        *_sides(grid),
        *_errors(grid),
        *_numbers(grid),
        *_rules(grid),
    ]


def _one_of(path: tuple[str | int, ...], word: str, known: Sequence[str]) -> Iterator[Fault]:
    if word not in known:
        expected = f"one of {', '.join(repr(name) for name in known)}"
        yield Fault(path, repr(word), expected, nearest(word, [name for name in known if name]))


def _repeated(path: tuple[str | int, ...], labels: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            yield Fault(path, f"{label!r} twice", "each label once", "Rename one of them.")
        seen.add(label)


def _variables(grid: Grid) -> Iterator[Fault]:
    from beholden.associations.grid import FORMS, TRANSFORMS

    sides = {"outcomes": grid.outcomes, "exposures": grid.exposures, "controls": grid.controls}
    for side, variables in sides.items():
        if not variables and side != "controls":
            yield Fault((side,), "none", "at least one variable")
        yield from _repeated((side,), (one.label for one in variables))
        for one in variables:
            path = (side, one.label)
            yield from _one_of((*path, "transform"), one.transform, TRANSFORMS)
            yield from _shape(path, one)
            for form in one.forms:
                yield from _one_of((*path, "form"), form, FORMS)
            if side != "outcomes" and one.forms != ("linear",):
                yield Fault((*path, "form"), repr(one.form), "a form for outcomes only")


def _shape(path: tuple[str | int, ...], one: Variable) -> Iterator[Fault]:
    if not one.label:
        yield Fault(path, "an empty label", "a name")
    if one.draws and one.column:
        yield Fault((*path, "draws"), "both draws and a column", "one of them")
    if len(one.draws) == 1:
        yield Fault((*path, "draws"), "1 draw", "two or more draws, or a column")
    if not one.forms:
        yield Fault((*path, "form"), "no form", "at least one form")
    if one.transform and one.forms != ("linear",):
        yield Fault((*path, "transform"), repr(one.transform), "none for ordinal outcomes")


def _controls(grid: Grid) -> Iterator[Fault]:
    known = [one.label for one in grid.controls]
    named: list[tuple[str, str | None, tuple[str, ...]]] = [("always", None, grid.always)]
    named += [("control_sets", key, labels) for key, labels in (grid.control_sets or {}).items()]
    for field, key, labels in named:
        for at, label in enumerate(labels):
            if label not in known:
                path = (field, at) if key is None else (field, key, at)
                yield Fault(path, repr(label), "the label of a control", nearest(label, known))
    if grid.control_sets is None:
        for label in known:
            if label == "none" or " + " in label:
                yield Fault(("controls", label), repr(label), "a label that cannot mean a subset")
    if grid.control_sets is not None and not grid.control_sets:
        yield Fault(("control_sets",), "no set", "at least one", "Leave it out for every subset.")
    if grid.control_sets is None and len(grid.optional) > MOST_CONTROLS:
        yield Fault(
            ("controls",),
            f"{len(grid.optional)} controls, 2 to that power of subsets",
            f"at most {MOST_CONTROLS}",
            "Name sets in control_sets, or put some into always.",
        )


def _sides(grid: Grid) -> Iterator[Fault]:
    if grid.unit == grid.time:
        yield Fault(("time",), repr(grid.time), "another column than the unit's")
    for field, options in (
        *(("effects", grid.effects), ("periods", grid.periods)),
        *(("samples", grid.samples), ("weights", grid.weights)),
        *(("lags", grid.lags), ("missing", grid.missing), ("errors", grid.errors)),
    ):
        if not options:
            yield Fault((field,), "no option", "at least one")
    for field, several in (("lags", grid.lags), ("missing", grid.missing), ("errors", grid.errors)):
        yield from _repeated((field,), map(str, several))
    for lag in grid.lags:
        if lag < 0:
            yield Fault(("lags",), str(lag), "0 or more years")
    for label, columns in grid.effects.items():
        if len(set(columns)) > 2:
            yield Fault(
                ("effects", label),
                f"{len(columns)} fixed effects",
                "at most two",
                "Join two ids into one column.",
            )
        elif len(set(columns)) != len(columns):
            yield Fault(("effects", label), "one column twice", "each column once")
    for label, (first, last) in grid.periods.items():
        if first is not None and last is not None and first > last:
            yield Fault(("periods", label), f"{first} to {last}", "a first year before the last")


def _errors(grid: Grid) -> Iterator[Fault]:
    from beholden.associations.grid import ERRORS, MISSING

    for at, word in enumerate(grid.missing):
        yield from _one_of(("missing", at), word, MISSING)
    for at, word in enumerate(grid.errors):
        yield from _one_of(("errors", at), word, ERRORS)
    if "two-way" in grid.errors and len(grid.clusters) < 2:
        yield Fault(
            ("clusters",),
            f"{len(grid.clusters)} column of clusters",
            "two columns for two-way errors",
        )
    if "dyadic" in grid.errors and grid.members is None:
        yield Fault(
            ("members",), "none", "two columns with the members of each dyad for dyadic errors"
        )


def _numbers(grid: Grid) -> Iterator[Fault]:
    if grid.sign not in (1, -1):
        yield Fault(("sign",), repr(grid.sign), "1 or -1")
    if not 0 <= grid.smallest < float("inf"):
        yield Fault(
            ("smallest",),
            repr(grid.smallest),
            "0 or more standard deviations",
            "The expected direction is given by the sign.",
        )
    if grid.imputations < 2:
        yield Fault(("imputations",), str(grid.imputations), "two or more completed tables")
    if not 0.5 <= grid.level < 1:
        yield Fault(("level",), repr(grid.level), "a share from 0.5 to below 1, such as 0.95")
    if grid.singletons not in ("keep", "drop"):
        yield Fault(("singletons",), repr(grid.singletons), "'keep' or 'drop'")


def _rules(grid: Grid) -> Iterator[Fault]:
    options = grid.options if not any(_variables(grid)) and not any(_controls(grid)) else None
    if options is None:
        return
    controls = (*options["controls"], *(one.label for one in grid.controls))
    for at, rule in enumerate(grid.forbid):
        if not rule.options:
            yield Fault(("forbid", at), "no choice", "at least one choice with options")
        if not rule.reason.strip():
            yield Fault(("forbid", at), "no reason", "a reason in words")
        for choice, labels in rule.options.items():
            known = controls if choice == "controls" else options.get(choice, ())
            yield from _named(("forbid", at, choice), choice, labels, options, known)
    for choice, groups in grid.same.items():
        yield from _named(("same", choice), choice, tuple(groups), options, options.get(choice, ()))


def _named(
    path: tuple[str | int, ...],
    choice: str,
    labels: Sequence[str],
    options: dict[str, tuple[str, ...]],
    known: Sequence[str],
) -> Iterator[Fault]:
    if choice not in options:
        yield Fault(
            path, f"the choice {choice!r}", "the name of a choice", nearest(choice, options)
        )
        return
    for label in labels:
        if label not in known:
            hint = nearest(label, known)
            yield Fault(path, f"the option {label!r}", f"an option of {choice}", hint)
