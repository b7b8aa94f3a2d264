"""Read one table of facts: original bytes in, a typed Table out, with what was known when."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING

import polars as pl

from beholden.core import Input, Provenance, Table
from beholden.dates import earliest_publication, span_of
from beholden.errors import TableError, nearest
from beholden.store.schemas import SCHEMAS, ColumnSchema, TableSchema

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.store.manifest import Manifest, TableEntry

__all__ = ["read_facts"]

Row = dict[str, str]


def read_facts(folder: Path, entry: TableEntry, manifest: Manifest) -> Table:
    """Read, verify and type one file of facts.

    Parameters
    ----------
    folder : Path
        The folder of the manifest.
    entry : TableEntry
        The file's line in the manifest.
    manifest : Manifest
        For the version.

    Returns
    -------
    Table
        Its own columns, plus `row` (``"table:line"``), `known_from` (date or null),
        `memory` (list of the fields that rest on memory, ``"*"`` for the whole row) and
        `start`, `end` (first and last day that the row's date can mean).

    Raises
    ------
    TableError
        When the file is missing, has another hash, lacks a column or holds a bad value.
    """
    schema = SCHEMAS.get(entry.table)
    if schema is None:
        hint = nearest(entry.table, SCHEMAS)
        raise TableError(f"{folder}: found table {entry.table!r}, which has no form. {hint}")
    path = folder / entry.file
    data = _verified(path, entry.sha256)
    rows = _rows(path, data, entry, schema)
    typed = [_typed(path, line, row, entry, schema) for line, row in rows]
    # A table may be empty yet; it has its columns all the same.
    added = {"start": pl.Date, "end": pl.Date, "known_from": pl.Date, "row": pl.String}
    columns = [*schema.columns, *added, "memory"]
    frame = pl.DataFrame(typed or {name: [] for name in columns}, infer_schema_length=None)
    frame = frame.with_columns(pl.col("memory").cast(pl.List(pl.String)))
    for name, dtype in added.items():
        frame = frame.with_columns(pl.col(name).cast(dtype))
    for name, column in schema.columns.items():
        if frame[name].dtype == pl.Null:
            frame = frame.with_columns(pl.col(name).cast(_DTYPES[column.kind]))
    source = Input(entry.table, manifest.version, entry.file, hashlib.sha256(data).hexdigest())
    meanings = {name: column.meaning for name, column in schema.columns.items()}
    return Table(
        entry.table,
        frame,
        schema.unit,
        schema.keys,
        meanings,
        Provenance(inputs=(source,)),
        entry.covers_to,
    )


_DTYPES: dict[str, type[pl.DataType]] = {
    "text": pl.String,
    "date": pl.String,
    "number": pl.Float64,
    "integer": pl.Int64,
}


def _verified(path: Path, expected: str | None) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TableError(f"{path}: expected a file of facts, {error.strerror or error}") from error
    found = hashlib.sha256(data).hexdigest()
    if expected is not None and found != expected:
        raise TableError(
            f"{path}: expected SHA-256 {expected}, found {found}. The file differs from the one "
            "its manifest names: restore it, or enter the new hash after reviewing the change."
        )
    return data


def _rows(path: Path, data: bytes, entry: TableEntry, schema: TableSchema) -> list[tuple[int, Row]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            f"{path}: expected UTF-8, found byte {data[error.start]:#04x} at offset "
            f"{error.start}. Save the file as UTF-8."
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [entry.rename.get(name, name) for name in reader.fieldnames or ()]
    reader.fieldnames = header
    wanted = [name for name, column in schema.columns.items() if column.required]
    missing = [name for name in wanted if name not in header]
    if missing:
        raise TableError(
            f"{path}:1: expected columns {', '.join(wanted)}; missing: {', '.join(missing)}"
        )
    _check_header(path, header, entry)
    rows = []
    try:
        for row in reader:
            if None in row or None in row.values():
                raise TableError(
                    f"{path}:{reader.line_num}: expected {len(header)} cells as in the header"
                )
            rows.append((reader.line_num, {name: value.strip() for name, value in row.items()}))
    except csv.Error as error:
        raise TableError(f"{path}:{reader.reader.line_num}: expected CSV; {error}") from error
    return rows


def _check_header(path: Path, header: list[str], entry: TableEntry) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise TableError(f"{path}:1: expected each column once; found twice: {', '.join(twice)}")
    # A rule that looks at no column would let rows from memory pass as sourced.
    for rule in entry.memory:
        if rule.column not in header:
            raise TableError(
                f"{path}:1: column {rule.column!r}, named in a memory rule of the manifest, is "
                f"missing. {nearest(rule.column, header)}"
            )


def _typed(
    path: Path, line: int, row: Row, entry: TableEntry, schema: TableSchema
) -> dict[str, object]:
    typed: dict[str, object] = {
        name: _cell(path, line, name, row.get(name, ""), column)
        for name, column in schema.columns.items()
    }
    typed.update({name: value or None for name, value in row.items() if name not in schema.columns})
    start, end = _span(path, line, row, schema)
    typed["start"], typed["end"] = start, end
    typed["known_from"] = end if schema.known == "act" else _published(path, line, row)
    typed["memory"] = sorted(
        {
            field
            for rule in entry.memory
            if re.search(rule.matches, row.get(rule.column, ""))
            for field in rule.fields
        }
    )
    typed["row"] = f"{entry.table}:{line}"
    return typed


def _cell(path: Path, line: int, name: str, text: str, column: ColumnSchema) -> object:
    if text == "":
        return None
    if column.allowed and text not in column.allowed:
        raise TableError(
            f"{path}:{line}: column {name}: found {text!r}; expected one of "
            f"{', '.join(column.allowed)}. {nearest(text, column.allowed)}"
        )
    if not _readable(text, column.kind):
        raise TableError(
            f"{path}:{line}: column {name}: found {text!r}; expected {_KINDS[column.kind]}"
        )
    if column.kind == "integer":
        return int(text)
    return float(text) if column.kind == "number" else text


def _readable(text: str, kind: str) -> bool:
    if kind == "date":
        try:
            span_of(text)
        except ValueError:
            return False
    # Python also reads "1_000" and "nan"; a table means neither.
    return kind not in _NUMERAL or _NUMERAL[kind].fullmatch(text) is not None


_NUMERAL = {
    "integer": re.compile(r"[+-]?[0-9]{1,18}"),
    "number": re.compile(r"[+-]?([0-9]{1,200}(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"),
}
_KINDS = {
    "integer": "a whole number or an empty cell",
    "number": "a number or an empty cell",
    "date": "YYYY, YYYY-MM or YYYY-MM-DD",
}


def _span(path: Path, line: int, row: Row, schema: TableSchema) -> tuple[object, object]:
    try:
        first, last = span_of(row[schema.day])
    except ValueError as error:
        raise TableError(f"{path}:{line}: column {schema.day}: {error}") from error
    return first, last


def _published(path: Path, line: int, row: Row) -> object:
    try:
        return earliest_publication(row.get("source_date", ""))
    except ValueError as error:
        raise TableError(f"{path}:{line}: column source_date: {error}") from error
