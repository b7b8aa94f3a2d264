"""Read the data frames and lists of R's .rds, .rda and .RData files."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from math import prod
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.errors import TableError, nearest
from beholden.sources.robjects import NA_INTEGER, RObject, Texts
from beholden.sources.rparse import parse

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_r", "read_r_dimnames", "read_r_list"]

LIMIT = 2**30
CHUNK = 2**20
NA_INTEGER64 = np.iinfo(np.int64).min
NA_REAL_LOW = 1954
PACKERS = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ", lzma.open))
MARKS = (b"RDX2\nX\n", b"RDX3\nX\n", b"X\n")
TEXT_MARKS = (b"RDA2\n", b"RDA3\n", b"A\n")


def read_r(path: Path, name: str | None = None) -> pl.DataFrame:
    """One data frame of an R file.

    Parameters
    ----------
    path : Path
        An .rds, .rda or .RData file.
    name : str or None
        The object's name in the file; None takes the only data frame.

    Returns
    -------
    polars.DataFrame
        Factors as String, dates as Date, date-times as Datetime in UTC, logicals as Boolean,
        integers as Int64; R's ``NA`` as null, while ``NaN`` stays NaN. Row names are left out.

    Raises
    ------
    TableError
        When the file is no R file, is cut short, or holds no such data frame, or when a column
        is nested.
    """
    found = _load(path)
    frames = {key: obj for key, obj in found.items() if "data.frame" in obj.classes}
    if name is None and len(frames) != 1:
        what = f"the data frames {', '.join(frames)}" if frames else "no data frame"
        raise TableError(f"{path.name}: expected exactly one data frame, found {what}.")
    if name is None:
        return _frame(next(iter(frames.values())), path.name)
    if name not in frames:
        raise TableError(
            f"{path.name}: expected a data frame named {name!r}, found none. "
            f"{nearest(name, frames)}"
        )
    return _frame(frames[name], path.name)


def read_r_list(path: Path, name: str | None = None) -> dict[str, object]:
    """The elements of an R list.

    Parameters
    ----------
    path : Path
        An .rds, .rda or .RData file.
    name : str or None
        The list's name in the file. None takes the one object of an .rds file, or every object
        of an .rda or .RData file by its name.

    Returns
    -------
    dict of str to object
        The elements by name, or by position (``"1"``, ``"2"``, ...) where the list has no names.
        Data frames as in `read_r`, named lists as dicts, other lists as lists, NULL as None.
        Vectors are arrays, matrices and arrays in their own shape (names of rows and columns:
        `read_r_dimnames`); integers and logicals with an ``NA`` are float64 with NaN; texts and
        factors are arrays of str or None.

    Raises
    ------
    TableError
        When the file is no R file, is cut short, or holds no such list.
    """
    return {key: _plain(obj, path.name) for key, obj in _elements(path, name).items()}


def read_r_dimnames(path: Path, name: str | None = None) -> dict[str, list[list[str | None]]]:
    """The names of rows, columns and further dimensions of the arrays in an R list.

    Parameters
    ----------
    path, name : Path, str or None
        As in `read_r_list`.

    Returns
    -------
    dict of str to list
        For each array that has such names, one list a dimension; empty where a dimension has none.
    """
    found = {}
    for key, obj in _elements(path, name).items():
        if "dimnames" in obj.attributes:
            sides = obj.attributes["dimnames"].items
            found[key] = [s.value.tolist() if isinstance(s.value, Texts) else [] for s in sides]
    return found


def _elements(path: Path, name: str | None) -> dict[str, RObject]:
    """The parts of the list that is asked for, by name or position."""
    found = _load(path)
    if name is None and "" not in found:
        return found
    if name is not None and name not in found:
        raise TableError(
            f"{path.name}: expected an object {name!r}, found none. {nearest(name, found)}"
        )
    obj = found[name or ""]
    if obj.kind not in {"list", "pairlist"}:
        raise TableError(f"{path.name}: expected a list, found {obj.kind} values.")
    return _named(obj, path.name)


def _named(obj: RObject, subject: str) -> dict[str, RObject]:
    """A list's parts under their names, or their positions where they have none."""
    names = obj.tags or obj.texts("names") or [None] * len(obj.items)
    keys = [name or str(number) for number, name in enumerate(names, start=1)]
    if len(set(keys)) != len(keys) or len(keys) != len(obj.items):
        raise TableError(
            f"{subject}: expected {len(obj.items)} different names, found {len(set(keys))}."
        )
    return dict(zip(keys, obj.items, strict=True))


def _load(path: Path) -> dict[str, RObject]:
    """Objects by name; an .rds file's object is named ``""``, with a list's parts beside it."""
    data = _unpack(path)
    mark = next((mark for mark in MARKS if data.startswith(mark)), None)
    if mark is None:
        ascii_form = data.startswith(TEXT_MARKS)
        kind = "R's text format; save it again in binary form" if ascii_form else repr(data[:20])
        raise TableError(f"{path.name}: expected a binary R file, found {kind}.")
    root = parse(data, len(mark), path.name)
    if mark != b"X\n":
        if root.kind not in {"pairlist", "null"}:
            raise TableError(f"{path.name}: expected objects with names, found {root.kind} values.")
        return _named(root, path.name)
    parts: dict[str, RObject] = {}
    if root.kind == "list" and "data.frame" not in root.classes:
        parts = {str(k): v for k, v in zip(root.texts("names"), root.items, strict=False) if k}
    return {"": root, **parts}


def _unpack(path: Path) -> bytes:
    """The file's bytes without their compression, never more than `LIMIT`."""
    with path.open("rb") as file:
        start = file.read(8)
    opener = next((opener for mark, opener in PACKERS if start.startswith(mark)), None)
    data = bytearray()
    try:
        with opener(path) if opener else path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                if len(data) > LIMIT:
                    raise TableError(
                        f"{path.name}: expected at most {LIMIT >> 20} MiB unpacked, found more."
                    )
    except (EOFError, OSError, zlib.error, lzma.LZMAError) as error:
        raise TableError(
            f"{path.name}: expected a whole compressed R file, found damage after {len(data)}"
            f" unpacked bytes ({error}). Fetch it again."
        ) from error
    return bytes(data)


def _frame(obj: RObject, subject: str) -> pl.DataFrame:
    """A data frame of R as one of polars."""
    names = obj.texts("names")
    columns: dict[str, pl.Series] = {}
    for name, part in zip(names, obj.items, strict=False):
        if name is None or name in columns:
            raise TableError(f"{subject}: expected columns with names of their own, found {name!r}")
        columns[name] = _column(name, part, subject)
    sizes = {len(series) for series in columns.values()}
    if len(columns) != len(obj.items) or len(sizes) > 1:
        raise TableError(
            f"{subject}: expected {len(obj.items)} named columns of one length, found"
            f" {len(columns)} names and the lengths {sorted(sizes)}."
        )
    return pl.DataFrame(columns)


def _column(name: str, obj: RObject, subject: str) -> pl.Series:
    """One column in the type that its class asks for."""
    value = obj.value
    if isinstance(value, Texts):
        return _texts(name, value)
    if not isinstance(value, np.ndarray) or obj.kind in {"complex", "raw"}:
        raise TableError(
            f"{subject}: expected plain values in column {name!r}, found {obj.kind} values."
        )
    if "dim" in obj.attributes:
        raise TableError(f"{subject}: expected one value a row in {name!r}, found a matrix.")
    classes = set(obj.classes)
    if "factor" in classes:
        return _factor(name, value, obj, subject)
    if "integer64" in classes:
        whole = value.view(np.int64)
        return _masked(pl.Series(name, whole), whole == NA_INTEGER64)
    series = _numbers(name, obj.kind, value)
    if "Date" in classes:
        days = _within(series, 1, subject).floor()
        return days.cast(pl.Int32).cast(pl.Date)
    if "POSIXct" in classes:
        micro = (_within(series, 86_400, subject) * 1_000_000).round()
        return micro.cast(pl.Int64).cast(pl.Datetime("us", "UTC"))
    return series


def _within(series: pl.Series, day: int, subject: str) -> pl.Series:
    """Units since 1970, `day` of them a day, when all fall in the years 1 to 9999."""
    units = series.cast(pl.Float64).fill_nan(None)
    if not units.is_between(-719_162 * day, 2_932_896 * day).all():
        raise TableError(
            f"{subject}: expected dates of the years 1 to 9999 in {series.name!r}, found others."
        )
    return units


def _numbers(name: str, kind: str, value: np.ndarray) -> pl.Series:
    """Numbers or logicals with ``NA`` as null."""
    missing = _missing(value)
    if kind == "logical":
        return _masked(pl.Series(name, value != 0), missing)
    if kind == "integer":
        return _masked(pl.Series(name, value.astype(np.int64)), missing)
    return _masked(pl.Series(name, value), missing)


def _missing(value: np.ndarray) -> np.ndarray:
    """Where R's ``NA`` stands: the lowest integer, or the NaN whose low word is 1954."""
    if value.dtype != np.float64:
        return np.asarray(value == NA_INTEGER)
    low = value.view(np.uint64) & np.uint64(0xFFFFFFFF)
    return np.asarray(np.isnan(value) & (low == NA_REAL_LOW))


def _masked(series: pl.Series, missing: np.ndarray) -> pl.Series:
    """The series with null where `missing` is true."""
    return series.set(pl.Series(missing), None) if missing.any() else series


def _texts(name: str, value: Texts) -> pl.Series:
    """A character vector; each distinct text is stored once."""
    return pl.Series(name, value.values, dtype=pl.String).gather(pl.Series(value.codes))


def _factor(name: str, codes: np.ndarray, obj: RObject, subject: str) -> pl.Series:
    """A factor as the texts of its levels; its codes count from 1."""
    levels = obj.texts("levels")
    missing = codes == NA_INTEGER
    if (
        codes.dtype != np.int32
        or ((codes < 1) & ~missing).any()
        or codes.max(initial=0) > len(levels)
    ):
        raise TableError(
            f"{subject}: expected codes from 1 to {len(levels)} in the factor {name!r},"
            " found others."
        )
    places = np.where(missing, len(levels), codes - 1).astype(np.int32)
    return _texts(name, Texts(places, [*levels, None]))


def _plain(obj: RObject, subject: str) -> object:
    """An object in plain Python and numpy."""
    if "data.frame" in obj.classes:
        return _frame(obj, subject)
    if obj.kind in {"null", "other"}:
        return None
    if obj.kind in {"list", "pairlist"}:
        if obj.tags or obj.texts("names"):
            return {key: _plain(part, subject) for key, part in _named(obj, subject).items()}
        return [_plain(part, subject) for part in obj.items]
    return _array(obj, subject)


def _array(obj: RObject, subject: str) -> object:
    """A vector as an array, in its own shape; R keeps the first index together."""
    if isinstance(obj.value, Texts) or "factor" in obj.classes:
        array = np.array(_column("", obj, subject).to_list(), dtype=object)
    elif not isinstance(obj.value, np.ndarray):
        return obj.value
    elif obj.kind in {"integer", "logical"} and (missing := _missing(obj.value)).any():
        array = np.where(missing, np.nan, obj.value)
    else:
        array = obj.value.astype(bool) if obj.kind == "logical" else obj.value
    dims = obj.attributes.get("dim")
    if dims is None:
        return array
    sides = dims.value if isinstance(dims.value, np.ndarray) else np.zeros(0)
    shape = tuple(sides.tolist()) if dims.kind == "integer" else (-1,)
    if min(shape, default=0) < 0 or prod(shape) != array.size:
        raise TableError(f"{subject}: expected an array of {shape}, found {array.size} values.")
    return array.reshape(shape, order="F")
