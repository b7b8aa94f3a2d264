"""Corrections of a data set: a small reviewed file says what is changed, why and who says so."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import polars as pl
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from beholden.errors import TableError, nearest

__all__ = ["CORRECTED", "Correction", "apply", "corrections", "traced"]

CORRECTED = "corrected"

Cell = bool | int | float | str | date | None
Words = Annotated[str, Field(min_length=1)]


class Correction(BaseModel):
    """One reviewed correction.

    Parameters
    ----------
    id : str
        Its name, unique in its file.
    what, why, who : str
        What is changed, for which reason, and who says so, with an address.
    status : str
        ``"applied"`` is carried out; ``"declared"`` is only shown, since the sources do not say
        what the right value is or since it does not bear on the table.
    rows : int
        How many rows it changes; another number is an error.
    where : dict
        Columns and the value, or one of several values, that a row must have. Empty: every row.
    set : dict
        Columns and their new value. In Python: `values`.
    swap : tuple of str
        Two columns that are exchanged.
    drop : bool
        Whether the rows are left out.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    what: Words
    why: Words
    who: Words
    status: Literal["applied", "declared"]
    rows: Annotated[int, Field(ge=0)]
    where: dict[str, Cell | list[Cell]]
    values: Annotated[dict[str, Cell], Field(alias="set")] = {}
    swap: tuple[str, str] | None = None
    drop: bool = False

    @model_validator(mode="after")
    def _one_action(self) -> Correction:
        actions = sum((bool(self.values), self.swap is not None, self.drop))
        if actions > 1 or (actions == 0 and self.status == "applied"):
            raise ValueError("expected one of set, swap and drop")
        if self.drop and not self.where:
            raise ValueError("expected a column in where, since every row would be left out")
        if self.status == "applied" and self.rows == 0:
            raise ValueError("expected an applied correction to change at least one row")
        return self


@cache
def corrections(name: str) -> tuple[Correction, ...]:
    """The corrections of a data set, in the order in which they are applied.

    Parameters
    ----------
    name : str
        The data set's name.

    Returns
    -------
    tuple of Correction
        Empty where the set needs none.

    Raises
    ------
    TableError
        When the file does not follow its form.
    """
    if not name.replace("_", "").isalnum():
        raise TableError(f"expected the name of a data set, found {name!r}")
    file = resources.files("beholden.sources") / "corrections" / f"{name}.yaml"
    return read(file.read_text("utf-8"), f"{name}.yaml") if file.is_file() else ()


def read(text: str, subject: str) -> tuple[Correction, ...]:
    """The corrections that a file's text holds.

    Parameters
    ----------
    text : str
        YAML: a list of corrections.
    subject : str
        The file as it is named in errors.

    Raises
    ------
    TableError
        When the text does not follow the form.
    """
    try:
        entries = yaml.safe_load(text)
        if not isinstance(entries, list):
            raise TableError(f"{subject}: expected a list of corrections, found {entries!r:.40}")
        found = tuple(Correction.model_validate(entry) for entry in entries)
    except (yaml.YAMLError, ValidationError) as error:
        raise TableError(f"{subject}: expected corrections in their form, found {error}") from error
    names = [correction.id for correction in found]
    if len(set(names)) != len(names):
        raise TableError(f"{subject}: expected ids that differ, found {', '.join(names)}")
    return found


def apply(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A data set with its corrections.

    Parameters
    ----------
    name : str
        The data set's name.
    frame : polars.DataFrame
        Its tidy frame as the reader gives it.

    Returns
    -------
    polars.DataFrame
        The frame after every correction with the status ``"applied"``, in their order.

    Raises
    ------
    TableError
        When a correction changes another number of rows than it declares, or does not fit the
        frame's columns and types.
    """
    return traced(name, frame).drop(CORRECTED, strict=False)


def traced(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """As `apply`, with a column that names the corrections that changed each row.

    Returns
    -------
    polars.DataFrame
        The column ``corrected`` holds ids apart by semicolons, null for rows as the source has
        them. Sets whose corrections change no cell of a row that stays have no such column.
    """
    carried_out = [item for item in corrections(name) if item.status == "applied"]
    shown = any(not item.drop for item in carried_out)
    for correction in carried_out:
        old = frame
        frame = correct(correction, frame, name)
        if not correction.drop:
            frame = _marked(correction, old, frame)
    if shown and CORRECTED not in frame.columns:
        frame = frame.with_columns(pl.lit(None, dtype=pl.String).alias(CORRECTED))
    return frame


def _marked(correction: Correction, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The new frame with the correction's id on every row that it changed."""
    named = [*correction.values, *(correction.swap or ())]
    changed = pl.DataFrame([~old[column].eq_missing(new[column]) for column in named]).select(
        pl.any_horizontal(pl.all())
    )
    if CORRECTED not in new.columns:
        new = new.with_columns(pl.lit(None, dtype=pl.String).alias(CORRECTED))
    mark = pl.lit(correction.id)
    told = pl.concat_str([pl.col(CORRECTED), mark], separator=";", ignore_nulls=True)
    return new.with_columns(
        pl.when(changed.to_series()).then(told).otherwise(pl.col(CORRECTED)).alias(CORRECTED)
    )


def correct(correction: Correction, frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """The frame after one correction, with a count of the rows that it changed."""
    subject = f"{name}, correction {correction.id}"
    chosen = _chosen(correction, frame, subject)
    if correction.drop:
        new = frame.filter(~chosen)
        changed = frame.height - new.height
    else:
        after = _after(correction, frame, subject)
        new = frame.with_columns(
            pl.when(chosen).then(series).otherwise(pl.col(column)).alias(column)
            for column, series in after.items()
        )
        differs = [~frame[column].eq_missing(new[column]) for column in after]
        changed = int(pl.DataFrame(differs).select(pl.any_horizontal(pl.all()).sum()).item())
    if changed != correction.rows:
        raise TableError(
            f"{subject}: expected {correction.rows} changed rows, found {changed}. The file may be "
            "another version than the one that was reviewed."
        )
    return new


def _chosen(correction: Correction, frame: pl.DataFrame, subject: str) -> pl.Series:
    """Which rows the correction speaks of."""
    chosen = pl.repeat(value=True, n=frame.height, eager=True)
    for column, value in correction.where.items():
        cells = _cells(frame, column, value if isinstance(value, list) else [value], subject)
        one_of = frame[column].is_in(cells.drop_nulls().implode()).fill_null(value=False)
        if cells.null_count():
            one_of |= frame[column].is_null()
        chosen &= one_of
    return chosen


def _after(correction: Correction, frame: pl.DataFrame, subject: str) -> dict[str, pl.Series]:
    """The columns that change, as they would be if all rows were chosen."""
    if correction.swap is None:
        return {
            column: _cells(frame, column, [value], subject).new_from_index(0, frame.height)
            for column, value in correction.values.items()
        }
    one, other = correction.swap
    kinds = [_cells(frame, column, [], subject).dtype for column in (one, other)]
    if kinds[0] != kinds[1]:
        raise TableError(
            f"{subject}: expected two columns of one type, found {kinds[0]} in {one} and "
            f"{kinds[1]} in {other}"
        )
    return {one: frame[other], other: frame[one]}


def _cells(frame: pl.DataFrame, column: str, values: list[Cell], subject: str) -> pl.Series:
    """Values in a column's own type; what that type cannot hold exactly is refused."""
    if column not in frame.columns:
        raise TableError(
            f"{subject}: expected a column of the table, found {column!r}. "
            f"{nearest(column, frame.columns)}"
        )
    kind = frame.schema[column]
    truth = any(isinstance(value, bool) for value in values) and kind != pl.Boolean
    text = any(isinstance(value, str) for value in values) and kind != pl.String
    cause: Exception | None = None
    if not truth and not text:
        try:
            return pl.Series(column, values, dtype=kind, strict=True)
        except (TypeError, OverflowError, pl.exceptions.PolarsError) as error:
            cause = error
    raise TableError(
        f"{subject}: expected values of type {kind} for {column}, found {values}"
    ) from cause
