"""Which states are most like a state: nearest over all that is measured of single states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.ranks import places
from beholden.profiles.lines import bearer, code_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from beholden.measures import Measure
    from beholden.panels import Values

__all__ = ["Nearness", "Peer", "Peers", "distances", "nearest_states", "standardised"]

LEAST_SHARE = 0.5
_PLACE = "percentile"


@dataclass(frozen=True)
class Nearness:
    """How far states lie from one of them.

    Parameters
    ----------
    distance : ndarray of float, (states,)
        0 for the same place on everything, 1 for opposite ends of everything; NaN where
        nothing is known of both.
    shared : ndarray of int, (states,)
        How many measures are known of both.
    """

    distance: NDArray[np.float64]
    shared: NDArray[np.int64]


@dataclass(frozen=True)
class Peer:
    """One state with its distance and its figures.

    Parameters
    ----------
    code, name : str
        ISO3, and the name it bore.
    distance : float
        As in `Nearness`; 0 for the state itself.
    shared : int
        Measures known of both.
    values : tuple of float or None
        Its value on every measure, in the order of `Peers.measures`.
    """

    code: str
    name: str
    distance: float
    shared: int
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Peers:
    """The states nearest to one.

    Parameters
    ----------
    year : int
        The year compared.
    measures : tuple of Measure
        Those compared, with a value of the state itself in that year.
    scales : tuple of str
        Their units.
    own : Peer
        The state itself.
    nearest : tuple of Peer
        The others, nearest first.
    compared : int
        How many states had enough measures in common to be compared.
    """

    year: int
    measures: tuple[Measure, ...]
    scales: tuple[str, ...]
    own: Peer
    nearest: tuple[Peer, ...]
    compared: int


def standardised(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column as places among its known values: the share of the others that lie lower.

    A place makes units comparable, and lets a few giants not drown all other differences.

    Parameters
    ----------
    x : ndarray of float, (states, measures)
        NaN where unknown.

    Returns
    -------
    ndarray of float, (states, measures)
        From 0 to 1, ties counted half; NaN where unknown.

    Examples
    --------
    >>> import numpy as np
    >>> standardised(np.array([[1.0], [5.0], [900.0]])).ravel().tolist()
    [0.0, 0.5, 1.0]
    """
    found = np.full(x.shape, np.nan)
    for column in range(x.shape[1]):
        known = ~np.isnan(x[:, column])
        if known.sum() > 1:
            told = places(x[known, column])
            found[known, column] = (told.below + told.tied / 2) / told.others
    return found


def distances(standard: NDArray[np.float64], own: int, groups: NDArray[np.int64]) -> Nearness:
    """The distance of every state from one of them.

    The root of the mean squared difference in place; measures of one construct first count
    as one, so that a construct with many measures weighs no more than one with few.

    Parameters
    ----------
    standard : ndarray of float, (states, measures)
        Standardised values, NaN where unknown.
    own : int
        The row to compare with.
    groups : ndarray of int, (measures,)
        The construct of each measure.

    Returns
    -------
    Nearness
        Over the measures known of both.

    Examples
    --------
    >>> import numpy as np
    >>> places = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 0.0]])
    >>> float(distances(places, 0, np.array([0, 0, 1])).distance[1].round(4))
    0.7071
    """
    squared = (standard - standard[own]) ** 2
    known = ~np.isnan(squared)
    filled = np.where(known, squared, 0.0)
    sums, counts = np.zeros(len(standard)), np.zeros(len(standard))
    for group in np.unique(groups):
        within = groups == group
        count = known[:, within].sum(axis=1)
        sums += filled[:, within].sum(axis=1) / np.maximum(count, 1)
        counts += count > 0
    mean = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return Nearness(np.sqrt(mean), known.sum(axis=1))


def nearest_states(
    measured: Sequence[tuple[Measure, Values]], code: str, year: int, most: int = 5
) -> Peers | None:
    """The states nearest to one in a year.

    Parameters
    ----------
    measured : sequence of (Measure, Values)
        Measures of single states.
    code : str
        The state's ISO3 code in that year.
    year : int
        The year compared.
    most : int
        How many to name.

    Returns
    -------
    Peers or None
        None where nothing is known of the state in that year. States with fewer than half
        of its measures are not compared.
    """
    measured = _once(measured)
    columns = [_column(values, year) for _, values in measured]
    kept = [at for at, column in enumerate(columns) if code in column]
    if not kept:
        return None
    columns, chosen = [columns[at] for at in kept], [measured[at] for at in kept]
    names = {key: name for column in columns for key, (name, _) in column.items()}
    codes = sorted(names)
    table = _table(columns, codes)
    constructs = sorted({measure.construct for measure, _ in chosen})
    groups = np.array([constructs.index(measure.construct) for measure, _ in chosen])
    own = codes.index(code)
    found = distances(standardised(table), own, groups)
    enough = [
        at for at in range(len(codes)) if at != own and found.shared[at] >= LEAST_SHARE * len(kept)
    ]
    enough.sort(key=lambda at: (float(found.distance[at]), codes[at]))

    def peer(at: int) -> Peer:
        cells = tuple(None if np.isnan(cell) else float(cell) for cell in table[at])
        return Peer(
            codes[at], names[codes[at]], float(found.distance[at]), int(found.shared[at]), cells
        )

    return Peers(
        year,
        tuple(measure for measure, _ in chosen),
        tuple(values.scale for _, values in chosen),
        peer(own),
        tuple(peer(at) for at in enough[:most]),
        len(enough),
    )


def _once(measured: Sequence[tuple[Measure, Values]]) -> list[tuple[Measure, Values]]:
    """Without places of what is there as well: a place and its value are one measure here."""
    raw = {
        (measure.construct, source)
        for measure, values in measured
        if values.scale != _PLACE
        for source in values.sources
    }
    return [
        (measure, values)
        for measure, values in measured
        if values.scale != _PLACE or any((measure.construct, s) not in raw for s in values.sources)
    ]


def _column(values: Values, year: int) -> dict[str, tuple[str, float]]:
    """ISO3 code, or number in a list, to name and value of the states of one year."""
    rows = values.frame.filter((pl.col("year") == year) & pl.col("x").is_not_null())
    found = {}
    for code, x in rows.select("state", pl.col("x").cast(pl.Float64)).iter_rows():
        state = bearer(values.system, code, year)
        if state is not None:
            found[code_of(state)] = (state.name, x)
    return found


def _table(
    columns: Sequence[Mapping[str, tuple[str, float]]], codes: Sequence[str]
) -> NDArray[np.float64]:
    table = np.full((len(codes), len(columns)), np.nan)
    for at, column in enumerate(columns):
        for key, (_, x) in column.items():
            table[codes.index(key), at] = x
    return table
