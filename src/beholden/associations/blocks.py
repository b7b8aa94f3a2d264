"""Universes packed for the engine: blocks that share a lag, weights and missing values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from beholden.associations.columns import imputed
from beholden.models.design import Design, Specifications

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from beholden.associations.columns import Columns
    from beholden.associations.grid import Grid
    from beholden.associations.universes import Universes

    Floats = NDArray[np.float64]
    Ids = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["Block", "blocks", "lagged_rows"]


@dataclass(frozen=True, eq=False)
class Block:
    """Universes of one lag, one set of weights and one treatment of missing values.

    Attributes
    ----------
    universes : ndarray of int, shape (u,)
        Places in the plan.
    specs : Specifications
        Of these universes.
    outcomes, exposures, controls : tuple of ndarray, shape (n, draws)
        Columns; one column where a variable has no draws.
    effects : mapping of str to ndarray of int
        Ids of the fixed effects.
    clusters, members : ndarray of int, shape (n, ways) and (n, 2)
        Of the errors; `members` is empty without dyads.
    weights : ndarray, shape (n,), or None
        Of the rows.
    samples : ndarray of bool, shape (n, s)
        Periods, samples and known ids together.
    drawn : ndarray of bool, shape (u,)
        Universes that read a variable with draws, imputed ones among them.
    imputed : bool
        Whether missing values were drawn.
    unit, time : ndarray of int, shape (n,)
        Ids and years.
    conditional : tuple of str
        Effects on which logits are conditioned.
    """

    universes: Ids
    specs: Specifications
    outcomes: tuple[Floats, ...]
    exposures: tuple[Floats, ...]
    controls: tuple[Floats, ...]
    effects: Mapping[str, Ids]
    clusters: Ids
    members: Ids
    weights: Floats | None
    samples: Flags
    drawn: Flags
    imputed: bool
    unit: Ids
    time: Ids
    conditional: tuple[str, ...]

    @property
    def draws(self) -> int:
        """Draws of the latent variables, 1 where there are none."""
        every = (*self.outcomes, *self.exposures, *self.controls)
        return max(int(column.shape[1]) for column in every)

    def design(self, errors: str = "CR1", draw: int | None = None) -> Design:
        """The design for one kind of errors.

        Parameters
        ----------
        errors : str
            Decides which clusters are read.
        draw : int or None
            Of the latent variables; None takes the means of their draws.
        """
        n = len(self.samples)

        def stacked(columns: tuple[Floats, ...]) -> Floats:
            parts = [_drawn(column, draw) for column in columns]
            return np.column_stack(parts) if parts else np.empty((n, 0))

        clusters = {"two-way": self.clusters[:, :2], "dyadic": self.members}
        return Design(
            stacked(self.outcomes),
            stacked(self.exposures),
            stacked(self.controls),
            self.effects,
            clusters.get(errors, self.clusters[:, 0]),
            self.weights,
            self.samples,
        )


def _drawn(column: Floats, draw: int | None) -> Floats:
    if column.shape[1] == 1:
        return column[:, 0]
    if draw is None:
        mean: Floats = column.mean(axis=1)
        return mean
    return column[:, draw]


def lagged_rows(unit: Ids, time: Ids, lag: int) -> Ids:
    """The row of the same unit so many years before each row, -1 where there is none.

    Parameters
    ----------
    unit, time : ndarray of int, shape (n,)
        Sorted by unit and then time, without repeats.
    lag : int
        Years.

    Examples
    --------
    >>> lagged_rows(np.array([0, 0, 0, 1]), np.array([2000, 2001, 2003, 2002]), 1).tolist()
    [-1, 0, -1, -1]
    """
    span = int(time.max() - time.min()) + abs(lag) + 1
    key = unit * span + (time - time.min())
    wanted = key - lag
    at = np.searchsorted(key, wanted).clip(max=len(key) - 1)
    # The span is long enough for no unit's past to reach into another's years.
    rows: Ids = np.where(key[at] == wanted, at, -1)
    return rows


def blocks(columns: Columns, planned: Universes, seed: int = 0) -> Iterator[Block]:
    """Pack universes by lag, weights and the treatment of missing values.

    Parameters
    ----------
    columns : Columns
    planned : Universes
    seed : int
        Of imputations.

    Yields
    ------
    Block
        Every universe is in exactly one. All blocks have the same rows, so that a cluster has one
        number in all of them.
    """
    codes, options = planned.codes, planned.grid.options
    names = ("missing", "lag", "weights")
    for at, how in enumerate(options["missing"]):
        drawn = how == "imputed"
        table = imputed(columns, planned.grid, seed) if drawn else columns.variables
        mine = replace(columns, variables=table)
        for pick in product([at], *(range(len(options[name])) for name in names[1:])):
            taken = [codes[name] == place for name, place in zip(names, pick, strict=True)]
            here = np.flatnonzero(np.logical_and.reduce(taken))
            if len(here):
                yield _block(mine, planned, here, pick[1], pick[2], drawn)


def _block(
    columns: Columns, planned: Universes, here: Ids, lag: int, weights: int, drawn: bool
) -> Block:
    grid, codes = planned.grid, planned.codes
    rows = lagged_rows(columns.ids[grid.unit], columns.time, grid.lags[lag])
    exposures, controls = (
        tuple(_lagged(columns.variables[one], rows) for one in side)
        for side in (grid.exposures, grid.controls)
    )
    label = tuple(grid.weights)[weights]
    mass, column = columns.weights[label], grid.weights[label]
    samples, sample = _samples(columns, planned, here, np.isfinite(mass) & columns.usable)
    members = grid.members or ()
    return Block(
        here,
        Specifications(
            codes["outcome"][here],
            codes["exposure"][here],
            planned.sets[codes["controls"][here]],
            codes["effects"][here],
            sample,
            tuple(grid.effects.values()),
        ),
        tuple(columns.variables[one] for one in grid.outcomes),
        exposures,
        controls,
        {name: columns.ids[name] for names in grid.effects.values() for name in names},
        np.column_stack([columns.ids[name] for name in grid.clusters]),
        np.column_stack([columns.ids[name] for name in members])
        if members
        else np.empty((len(rows), 0), dtype=np.int64),
        # Rows without a weight are in no sample; the engine wants a number there all the same.
        None if column is None else np.where(np.isfinite(mass), mass, 1.0),
        samples,
        np.ones(len(here), dtype=bool) if drawn else _reads_draws(grid, planned, here),
        drawn,
        *(columns.ids[grid.unit], columns.time, (grid.unit,)),
    )


def _lagged(values: Floats, rows: Ids) -> Floats:
    result: Floats = np.where((rows >= 0)[:, None], values[rows], np.nan)
    return result


def _samples(columns: Columns, planned: Universes, here: Ids, known: Flags) -> tuple[Flags, Ids]:
    """Every period, sample and set of known ids in use, and which of them each universe takes."""
    grid, codes, time = planned.grid, planned.codes, columns.time
    periods = [
        (time >= (first if first is not None else time.min()))
        & (time <= (last if last is not None else time.max()))
        for first, last in grid.periods.values()
    ]
    populations = [columns.samples[label] for label in grid.samples]
    complete = [
        np.logical_and.reduce([known, *(columns.ids[name] >= 0 for name in names)])
        for names in grid.effects.values()
    ]
    masks = list({mask.tobytes(): mask for mask in complete}.values())
    kind = np.array([[np.array_equal(mask, one) for one in masks].index(True) for mask in complete])
    shape = (len(periods), len(populations), len(masks))
    picks = (codes["period"][here], codes["sample"][here], kind[codes["effects"][here]])
    used, sample = np.unique(np.ravel_multi_index(picks, shape), return_inverse=True)
    at = np.unravel_index(used, shape)
    table = [periods[p] & populations[s] & masks[m] for p, s, m in zip(*at, strict=True)]
    return np.column_stack(table), sample.ravel().astype(np.int64)


def _reads_draws(grid: Grid, planned: Universes, here: Ids) -> Flags:
    outcome, exposure, control = (
        np.array([bool(one.draws) for one in side], dtype=bool)
        for side in (grid.outcomes, grid.exposures, grid.controls)
    )
    chosen = (planned.sets & control).any(axis=1)
    codes = planned.codes
    reads: Flags = (
        outcome[codes["outcome"][here]]
        | exposure[codes["exposure"][here]]
        | chosen[codes["controls"][here]]
    )
    return reads
