"""A grid to its universes: planned first, with what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.associations.faults import Fault, GridError
from beholden.associations.grid import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from beholden.associations.grid import Forbidden, Grid, Variable

    Codes = Mapping[str, NDArray[np.int64]]
    Rule = tuple[str, NDArray[np.bool_]]

__all__ = ["MOST", "Excluded", "Universes", "plan_universes"]

MOST = 2_000_000
"""Universes that one grid may plan."""


@dataclass(frozen=True)
class Excluded:
    """Combinations that were not planned.

    Parameters
    ----------
    reason : str
        Why.
    count : int
        How many, each counted under the first reason that applies.
    """

    reason: str
    count: int


@dataclass(frozen=True)
class Universes:
    """Every universe of a grid, as places in the options of each choice.

    Parameters
    ----------
    grid : Grid
        What was asked for.
    codes : mapping of str to ndarray of int, shape (u,)
        Of each choice, the place of the option.
    sets : ndarray of bool, shape (options of the controls, controls)
        Which controls each of their options holds.
    weight : ndarray, shape (u,)
        Where equivalent options share one option's weight; mean 1.
    product : int
        Combinations before any was left out.
    excluded : tuple of Excluded
        Those left out, by reason.
    """

    grid: Grid
    codes: Codes
    sets: NDArray[np.bool_]
    weight: NDArray[np.float64]
    product: int
    excluded: tuple[Excluded, ...]

    def __len__(self) -> int:
        return len(self.weight)

    def frame(self) -> pl.DataFrame:
        """One row a universe: its number, the label of every choice, which controls enter."""
        columns: dict[str, pl.Series] = {"universe": pl.Series(np.arange(len(self)))}
        for choice, labels in self.grid.options.items():
            names = pl.Series(choice, list(labels), dtype=pl.String)
            columns[choice] = names.gather(self.codes[choice])
        columns["lag"] = pl.Series(np.array(self.grid.lags, dtype=np.int64)[self.codes["lag"]])
        taken = self.sets[self.codes["controls"]]
        for at, one in enumerate(self.grid.controls):
            columns[f"with {one.label}"] = pl.Series(np.ascontiguousarray(taken[:, at]))
        return pl.DataFrame(columns)


def plan_universes(grid: Grid) -> Universes:
    """Every combination of the options of a grid that may be estimated.

    Parameters
    ----------
    grid : Grid

    Returns
    -------
    Universes
        The controls vary fastest, then the errors and so on, back to the outcome.

    Raises
    ------
    GridError
        When nothing is left, or too much.

    Notes
    -----
    Left out are the combinations that the grid forbids, and arithmetic circles: an outcome that
    shares a component with the exposure or with a control that enters, whatever the lag, and an
    exposure that shares one with a control, which would hold a part of the exposure fixed.

    Examples
    --------
    >>> from beholden.associations.grid import Grid, Variable
    >>> x = Variable("x", contains=frozenset({"a"}))
    >>> grid = Grid("i", "t", (Variable("y"),), (x,), (Variable("a"), Variable("b")))
    >>> planned = plan_universes(grid)
    >>> planned.product, len(planned), planned.excluded[0].count
    (4, 2, 2)
    """
    codes, product = _product(grid)
    sets = _sets(grid)
    reasons: list[Excluded] = []
    kept = np.ones(product, dtype=bool)
    for reason, hit in _rules(grid, codes, sets):
        count = int((hit & kept).sum())
        if count:
            reasons.append(Excluded(reason, count))
        kept &= ~hit
    if not kept.any():
        told = "; ".join(item.reason for item in reasons)
        found = f"{product:,} combinations, all left out ({told})"
        raise GridError([Fault(("forbid",), found, "at least one universe")])
    left = {choice: places[kept] for choice, places in codes.items()}
    return Universes(grid, left, sets, _weights(grid, left), product, tuple(reasons))


def _product(grid: Grid) -> tuple[dict[str, NDArray[np.int64]], int]:
    """Places of every combination; an outcome goes with its own forms only."""
    options = grid.options
    forms = list(options["form"])
    pairs = np.array(
        [
            (at, forms.index(form))
            for at, one in enumerate(grid.outcomes)
            for form in dict.fromkeys(one.forms)
        ],
        dtype=np.int64,
    )
    names = ["pair", *(name for name in CHOICES if name not in ("outcome", "form"))]
    counts = [len(pairs), *(len(options[name]) for name in names[1:])]
    product = int(np.prod(counts, dtype=object))
    if product > MOST:
        expected = f"at most {MOST:,}; leave out options, or name sets of controls"
        raise GridError([Fault(("controls",), f"{product:,} universes", expected)])
    at = np.unravel_index(np.arange(product), counts)
    places = {name: axis.astype(np.int64) for name, axis in zip(names, at, strict=True)}
    pair = pairs[places.pop("pair")]
    places |= {"outcome": pair[:, 0].copy(), "form": pair[:, 1].copy()}
    return {name: places[name] for name in CHOICES}, product


def _sets(grid: Grid) -> NDArray[np.bool_]:
    place = {one.label: at for at, one in enumerate(grid.controls)}
    held = np.zeros((len(grid.sets), len(place)), dtype=bool)
    for at, taken in enumerate(grid.sets.values()):
        held[at, [place[name] for name in taken]] = True
    return held


def _rules(grid: Grid, codes: Codes, sets: NDArray[np.bool_]) -> Iterator[Rule]:
    yield from _circles(grid, codes, sets)
    if "CR3" in grid.errors:
        linear = np.array([form == "linear" for form in grid.options["form"]])
        jackknife = np.array([kind == "CR3" for kind in grid.errors])
        reason = "the jackknife (CR3) is for linear forms"
        yield reason, jackknife[codes["errors"]] & ~linear[codes["form"]]
    for rule in grid.forbid:
        yield rule.reason, _matches(grid, rule, codes, sets)


def _circles(grid: Grid, codes: Codes, sets: NDArray[np.bool_]) -> Iterator[Rule]:
    outcome, exposure, chosen = codes["outcome"], codes["exposure"], codes["controls"]
    for a, y in enumerate(grid.outcomes):
        for b, x in enumerate(grid.exposures):
            if words := _circle("outcome", y, "exposure", x):
                yield words, (outcome == a) & (exposure == b)
    sides = (("outcome", grid.outcomes, outcome), ("exposure", grid.exposures, exposure))
    for side, variables, places in sides:
        for a, one in enumerate(variables):
            for c, control in enumerate(grid.controls):
                if words := _circle(side, one, "control", control):
                    yield words, (places == a) & sets[chosen, c]


def _circle(side: str, one: Variable, other_side: str, other: Variable) -> str:
    shared = one.shared(other)
    if not shared:
        return ""
    names = ", ".join(sorted(shared))
    return (
        f"arithmetic circle: the {side} {one.label} and the {other_side} {other.label} "
        f"share {names}"
    )


def _matches(
    grid: Grid, rule: Forbidden, codes: Codes, sets: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    hit = np.ones(len(codes["outcome"]), dtype=bool)
    controls = [one.label for one in grid.controls]
    for choice, labels in rule.options.items():
        options = grid.options[choice]
        taken = np.array([option in labels for option in options])
        if choice == "controls":
            enters = [controls.index(label) for label in labels if label in controls]
            # The name of a single control means every set that holds it.
            taken |= sets[:, enters].any(axis=1)
        hit &= taken[codes[choice]]
    return hit


def _weights(grid: Grid, codes: Codes) -> NDArray[np.float64]:
    """Each equivalence class of a choice's options weighs as much as one option alone."""
    weight = np.ones(len(codes["outcome"]))
    for choice, labels in grid.labels.items():
        if labels:
            options = grid.options[choice]
            classes = [labels.get(option, f"\0{option}") for option in options]
            share = np.array([1 / classes.count(one) for one in classes])
            weight *= share[codes[choice]]
    mean: np.float64 = weight.mean()
    return weight / mean
