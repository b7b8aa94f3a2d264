"""The file of `beholden multiverse`: a grid and the data it is asked of, read strictly."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import yaml
from pydantic import Field, ValidationError

from beholden.associations import GridError
from beholden.associations.form import GridForm, grid_of
from beholden.claims.marks import Marked, load_marked
from beholden.claims.problems import from_pydantic, from_yaml
from beholden.core import Input
from beholden.errors import ArticleError, Problem

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.associations import Fault, Grid

__all__ = ["FileForm", "Loaded", "load", "placed"]

MAX_BYTES = 1_000_000


class FileForm(GridForm):
    """What the file holds: the grid, and where the data lie."""

    data: str = Field(description="a Parquet or CSV file, relative to this one")
    title: str = Field(default="", max_length=300, description="what is asked")
    note: str = Field(default="", max_length=2000, description="what readers should know")


@dataclass(frozen=True)
class Loaded:
    """A file that was read, with its data.

    Parameters
    ----------
    file : str
        Its name as given.
    form : FileForm
        What it says.
    grid : Grid
        What it asks.
    frame : polars.DataFrame
        The columns that the grid names.
    inputs : tuple of Input
        The file and its data with their SHA-256.
    marked : Marked
        Where everything stands.
    """

    file: str
    form: FileForm
    grid: Grid
    frame: pl.DataFrame
    inputs: tuple[Input, ...]
    marked: Marked


def load(path: Path) -> Loaded:
    """Read a file and its data.

    Parameters
    ----------
    path : Path
        YAML in UTF-8.

    Returns
    -------
    Loaded

    Raises
    ------
    ArticleError
        With every problem found, each with line and column.
    """
    name = str(path)
    text = _text(path)
    marked = _marked(text, name)
    try:
        form = FileForm.model_validate(marked.value)
    except ValidationError as error:
        raise ArticleError(from_pydantic(error, FileForm, marked, name)) from error
    try:
        grid = grid_of(form)
    except GridError as error:
        raise ArticleError(placed(error, marked, name)) from error
    where = path.parent / form.data
    frame = _frame(where, grid, Problem(name, *marked.place(("data",)), "", ""))
    inputs = tuple(Input("multiverse", "", str(one.name), _sha256(one)) for one in (path, where))
    return Loaded(name, form, grid, frame, inputs, marked)


def placed(error: GridError, marked: Marked, file: str) -> list[Problem]:
    """The faults of a grid where they stand in its file.

    Parameters
    ----------
    error : GridError
        From planning or from reading the columns.
    marked : Marked
        Of the file.
    file : str
        Its name.
    """
    return [_problem(fault, marked, file) for fault in error.faults]


def _problem(fault: Fault, marked: Marked, file: str) -> Problem:
    path = fault.path
    if path[:1] == ("sign",):
        path = ("expect",)
    if path[:1] == ("forbid",) and len(path) == 3:
        path = ("forbid", path[1], "when", path[2])
    line, column = marked.place(path)
    return Problem(file, line, column, fault.found, fault.expected, fault.hint)


def _text(path: Path) -> str:
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        hint = "`beholden multiverse --example DIR` writes a file to start from."
        expected = "a YAML file that can be read"
        raise ArticleError([Problem(name, 1, 1, reason, expected, hint)]) from error
    if len(data) > MAX_BYTES:
        found = f"{len(data):,} bytes"
        raise ArticleError([Problem(name, 1, 1, found, f"at most {MAX_BYTES:,} bytes")])
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        found, hint = f"the byte {data[error.start]:#04x}", "Save the file as UTF-8."
        raise ArticleError([Problem(name, line, 1, found, "text in UTF-8", hint)]) from error


def _marked(text: str, name: str) -> Marked:
    try:
        marked = load_marked(text)
    except yaml.YAMLError as error:
        raise ArticleError([from_yaml(error, text, 1, name)]) from error
    if not isinstance(marked.value, dict):
        expected = "keys with values: data, unit, time, outcomes, exposures, expect"
        raise ArticleError([Problem(name, 1, 1, "no keys", expected)])
    return marked


def _frame(path: Path, grid: Grid, place: Problem) -> pl.DataFrame:
    """The columns that the grid names; all of them where some are absent."""
    told = (place.file, place.line, place.column)
    if path.suffix.lower() not in (".parquet", ".csv"):
        raise ArticleError([Problem(*told, f"`{path.name}`", "a file .parquet or .csv")])
    if not path.is_file():
        hint = "The path is relative to this file."
        raise ArticleError([Problem(*told, f"no file `{path}`", "a file that exists", hint)])
    try:
        lazy = _scanned(path)
        names = lazy.collect_schema().names()
        wanted = [name for name in names if name in grid.columns]
        kept = wanted if set(wanted) == grid.columns else names
        frame: pl.DataFrame = lazy.select(kept).collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        said = str(error).splitlines()[0][:200]
        expected = f"a {path.suffix[1:]} file that can be read ({said})"
        raise ArticleError([Problem(*told, f"`{path.name}`", expected)]) from error
    return frame


def _scanned(path: Path) -> pl.LazyFrame:
    if path.suffix.lower() == ".parquet":
        return pl.scan_parquet(path)
    # All rows decide what a column holds: a late letter must not become a missing value.
    return pl.scan_csv(path, infer_schema_length=None)


def _sha256(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            found.update(part)
    return found.hexdigest()
