"""The frame as arrays: every column that the grid names, checked, in the order of unit and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from beholden.associations.faults import Fault, GridError
from beholden.errors import nearest
from beholden.models.imputation import impute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from beholden.associations.grid import Grid, Variable

    Floats = NDArray[np.float64]
    Ids = NDArray[np.int64]
    Flags = NDArray[np.bool_]

__all__ = ["Columns", "as_polars", "imputed", "read_columns"]

MOST_CATEGORIES = 20


@dataclass(frozen=True)
class Columns:
    """What the grid reads of a frame, n rows sorted by unit and year.

    Attributes
    ----------
    variables : mapping of Variable to ndarray, shape (n, draws)
        Values after their transformation, NaN where missing; one column where there are no draws.
    ids : mapping of str to ndarray of int, shape (n,)
        Codes from 0 in the order of the ids; -1 where the id is missing.
    time : ndarray of int, shape (n,)
        Years.
    samples : mapping of str to ndarray of bool
        False where membership is unknown.
    weights : mapping of str to ndarray
        NaN where missing or not above zero.
    usable : ndarray of bool, shape (n,)
        Rows whose clusters (and members, where asked for) are known.
    notes : tuple of str
        What was left out.
    """

    variables: Mapping[Variable, Floats]
    ids: Mapping[str, Ids]
    time: Ids
    samples: Mapping[str, Flags]
    weights: Mapping[str, Floats]
    usable: Flags
    notes: tuple[str, ...]


def as_polars(frame: Any) -> pl.DataFrame:
    """A Polars frame of a Polars or pandas frame.

    Raises
    ------
    TypeError
        When it is neither.

    Examples
    --------
    >>> as_polars(pl.LazyFrame({"a": [1]})).height
    1
    """
    if isinstance(frame, pl.DataFrame):
        return frame
    if isinstance(frame, pl.LazyFrame):
        return frame.collect()
    if type(frame).__module__.split(".")[0] == "pandas":
        return pl.from_pandas(frame)
    raise TypeError(f"expected a Polars or pandas frame, received {type(frame).__name__}")


def read_columns(frame: pl.DataFrame, grid: Grid) -> Columns:
    """Read and check what a grid names.

    Parameters
    ----------
    frame : polars.DataFrame
        One row a unit and year.
    grid : Grid

    Returns
    -------
    Columns

    Raises
    ------
    GridError
        For columns that are absent, of the wrong kind, or keys that are missing or repeated.
    """
    _require(list(_absent(frame, grid)))
    _require(list(_wrong_kind(frame, grid)))
    _require(list(_wrong_keys(frame, grid)))
    frame = frame.sort(grid.unit, grid.time)
    _require(list(_wrong_values(frame, grid)))
    notes: list[str] = []
    both = (*grid.outcomes, *grid.exposures, *grid.controls)
    variables = {one: _values(frame, one, notes) for one in dict.fromkeys(both)}
    names = dict.fromkeys((grid.unit, *grid.clusters, *sum(grid.effects.values(), ())))
    ids = {name: _codes(frame[name]) for name in names}
    usable = np.logical_and.reduce([ids[name] >= 0 for name in grid.clusters])
    if grid.members is not None:
        ids |= _members(frame, grid.members)
        if "dyadic" in grid.errors:
            usable &= np.logical_and.reduce([ids[name] >= 0 for name in grid.members])
    if not usable.all():
        notes.append(f"{int((~usable).sum()):,} rows without clusters were left out.")
    samples = {
        label: np.ones(frame.height, dtype=bool)
        if name is None
        else frame[name].cast(pl.Boolean).fill_null(value=False).to_numpy()
        for label, name in grid.samples.items()
    }
    weights = {label: _weights(frame, name, notes) for label, name in grid.weights.items()}
    time = frame[grid.time].cast(pl.Int64).to_numpy()
    return Columns(variables, ids, time, samples, weights, usable, tuple(notes))


def _require(faults: list[Fault]) -> None:
    if faults:
        raise GridError(faults)


Named = tuple[tuple[str | int, ...], str]


def _numbers(grid: Grid) -> Iterator[Named]:
    sides = {"outcomes": grid.outcomes, "exposures": grid.exposures, "controls": grid.controls}
    for side, variables in sides.items():
        for one in variables:
            yield from (((side, one.label), name) for name in one.columns)
    yield from ((("weights", label), name) for label, name in grid.weights.items() if name)


def _keys(grid: Grid) -> Iterator[Named]:
    yield ("unit",), grid.unit
    yield ("time",), grid.time
    yield from ((("clusters", at), name) for at, name in enumerate(grid.clusters))
    yield from ((("members", at), name) for at, name in enumerate(grid.members or ()))
    for label, names in grid.effects.items():
        yield from ((("effects", label, at), name) for at, name in enumerate(names))


def _truths(grid: Grid) -> Iterator[Named]:
    yield from ((("samples", label), name) for label, name in grid.samples.items() if name)


def _absent(frame: pl.DataFrame, grid: Grid) -> Iterator[Fault]:
    for path, name in (*_numbers(grid), *_keys(grid), *_truths(grid)):
        if name not in frame.columns:
            hint = nearest(name, frame.columns)
            yield Fault(path, f"the column {name!r}", "a column of the data", hint)


def _wrong_kind(frame: pl.DataFrame, grid: Grid) -> Iterator[Fault]:
    for path, name in _numbers(grid):
        kind = frame.schema[name]
        if not (kind.is_numeric() or kind in (pl.Boolean, pl.Null)):
            hint = "Write missing values as empty cells." if kind == pl.String else ""
            yield Fault(path, f"the column {name!r} of {kind}", "a column of numbers", hint)
    for path, name in _truths(grid):
        column = frame[name]
        known = column.drop_nulls()
        if column.dtype != pl.Boolean and not (
            column.dtype.is_numeric() and known.is_in([0, 1]).all()
        ):
            found = f"the column {name!r} of {column.dtype}"
            yield Fault(path, found, "a column of truth values, or of 0 and 1")


def _wrong_values(frame: pl.DataFrame, grid: Grid) -> Iterator[Fault]:
    """Outcomes that their functional forms cannot have."""
    for one in grid.outcomes:
        path = ("outcomes", one.label)
        for name in one.columns:
            values = frame[name].cast(pl.Float64).fill_nan(None).drop_nulls().unique().sort()
            wrong = values.filter(~values.is_in([0.0, 1.0]))
            if {"logit", "hazard"} & {*one.forms} and len(wrong):
                found = f"{wrong[0]:g} in {name!r}"
                yield Fault(path, found, "0, 1 and missing for logit and hazard", "Cut it in two.")
            if "ordered" in one.forms and len(values) > MOST_CATEGORIES:
                expected = f"at most {MOST_CATEGORIES} ordered values for ordered logit"
                yield Fault(path, f"{len(values)} values in {name!r}", expected)


def _wrong_keys(frame: pl.DataFrame, grid: Grid) -> Iterator[Fault]:
    if not frame.height:
        yield Fault(("unit",), "no rows", "a frame with rows")
        return
    for path, name in ((("unit",), grid.unit), (("time",), grid.time)):
        if count := frame[name].null_count():
            yield Fault(path, f"{count:,} rows without {name!r}", "a value in every row")
            return
    time = frame[grid.time]
    whole = time.dtype.is_integer() or (
        time.dtype.is_float() and bool((time.is_finite() & (time == time.round(0))).all())
    )
    if not whole:
        yield Fault(("time",), f"{grid.time!r} of {time.dtype}", "years as whole numbers")
        return
    keys = frame.select(grid.unit, grid.time)
    if keys.is_duplicated().any():
        first = keys.filter(keys.is_duplicated()).sort(grid.unit, grid.time).row(0)
        count = keys.height - keys.n_unique()
        found = f"{count:,} rows that repeat a unit and year, first {first[0]} in {first[1]}"
        hint = "Take the unit that makes rows unique, or leave out the others."
        yield Fault(("unit",), found, "one row a unit and year", hint)


def _codes(ids: pl.Series) -> Ids:
    """Codes in the order of the ids, so that the order of rows does not matter."""
    if ids.dtype.is_float():
        ids = ids.fill_nan(None)
    codes = ids.rank("dense").cast(pl.Int64) - 1
    return codes.fill_null(-1).to_numpy().copy()


def _members(frame: pl.DataFrame, names: tuple[str, str]) -> dict[str, Ids]:
    """One numbering over both columns: a state is the same state as first and second member."""
    first, second = (frame[name] for name in names)
    both = _codes(pl.concat([first.alias("id"), second.cast(first.dtype).alias("id")]))
    halves = both[: frame.height], both[frame.height :]
    selves = int(((halves[0] == halves[1]) & (halves[0] >= 0)).sum())
    if selves:
        found = f"{selves:,} rows of a member with itself"
        raise GridError([Fault(("members",), found, "dyads of two members")])
    return dict(zip(names, halves, strict=True))


def _values(frame: pl.DataFrame, one: Variable, notes: list[str]) -> Floats:
    columns = [frame[name].cast(pl.Float64).to_numpy() for name in one.columns]
    values = np.column_stack(columns)
    known = np.isfinite(values).all(axis=1)
    if one.transform == "log":
        bad = known & (values <= 0).any(axis=1)
        if bad.any():
            what = f"{int(bad.sum()):,} rows of {one.label} are not above zero"
            notes.append(f"{what} and have no logarithm; they count as missing.")
        known &= ~bad
        values = np.log(np.where(known[:, None], values, 1.0))
    elif one.transform == "rank" and known.any():
        # A draw's ranks are among its own values.
        ranks = np.column_stack([pl.Series(draw).rank().to_numpy() for draw in values[known].T])
        values = np.zeros_like(values)
        values[known] = (ranks - 0.5) / len(ranks)
    # A row that lacks one draw lacks the variable, so that all draws rest on the same rows.
    result: Floats = np.where(known[:, None], values, np.nan)
    return result


def _weights(frame: pl.DataFrame, name: str | None, notes: list[str]) -> Floats:
    if name is None:
        return np.ones(frame.height)
    values = frame[name].cast(pl.Float64).to_numpy().copy()
    bad = ~(np.isfinite(values) & (values > 0))
    values[bad] = np.nan
    if bad.any():
        notes.append(f"{int(bad.sum()):,} rows have no weight above zero in {name}.")
    return values


def imputed(columns: Columns, grid: Grid, seed: int) -> Mapping[Variable, Floats]:
    """Every variable with its missing values drawn, one column a completed table.

    Outcomes inform the draws, but their own missing values stay: imputed outcomes add noise and
    nothing else.

    Parameters
    ----------
    columns : Columns
    grid : Grid
        Its number of imputations.
    seed : int
        Of the draws.

    References
    ----------
    .. [1] von Hippel, P. T. (2007). Regression with missing Ys: an improved strategy for analyzing
       multiply imputed data. Sociological Methodology 37(1), 83-117.
       https://doi.org/10.1111/j.1467-9531.2007.00180.x
    """
    names = [one for one, values in columns.variables.items() if np.isfinite(values).any()]
    means = np.column_stack([columns.variables[one].mean(axis=1) for one in names])
    distinct = {column.tobytes(): at for at, column in reversed(list(enumerate(means.T)))}
    kept = sorted(distinct.values())
    made = impute(
        means[:, kept],
        columns.ids[grid.unit],
        columns.time.astype(float),
        draws=grid.imputations,
        seed=seed,
    )
    place = {at: k for k, at in enumerate(kept)}
    completed: dict[Variable, Floats] = dict(columns.variables)
    for at, one in enumerate(names):
        values = columns.variables[one]
        if one not in grid.outcomes:
            drawn = made.tables[:, :, place[distinct[means[:, at].tobytes()]]].T
            own = values[:, np.arange(grid.imputations) % values.shape[1]]
            completed[one] = np.where(np.isnan(own), drawn, own)
    return completed
