"""What a data set should be, and the record of what the library holds of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from beholden.core import digest
from beholden.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import polars as pl

__all__ = ["ArrivedFile", "Description", "KeptTable", "OriginalFile", "Record", "read_record"]

FORM = 1


class OriginalFile(Protocol):
    """One file as it is published, byte for byte."""

    @property
    def file(self) -> str:
        """Its name, with folders where it lies in one."""
        ...

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits; other bytes are refused."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...

    @property
    def address(self) -> str:
        """Where those bytes are published; empty where there is no direct address."""
        ...


@dataclass(frozen=True)
class Description:
    """What the library needs to know of a data set to fetch and keep it.

    Parameters
    ----------
    name, title, producer, version, home, doi, licence, redistribution, citation : str
        As the data set's own description has them.
    originals : sequence of OriginalFile
        The files it is made from.
    convert : callable
        File name to path of the verified original, to the table.
    recipe : str
        A short name for how the table is made; another recipe makes another edition of
        the same version, for its figures may differ.
    released, acts : str
        When the edition was first published, and the column that dates rows that are public
        acts, as the data set's own description has them. They do not name the edition.
    corrections : tuple of str
        What the applied corrections change, a line each.
    """

    name: str
    title: str
    producer: str
    version: str
    home: str
    doi: str
    licence: str
    redistribution: str
    citation: str
    originals: Sequence[OriginalFile]
    convert: Callable[[Mapping[str, Path]], pl.DataFrame]
    recipe: str = ""
    released: str = ""
    acts: str = ""
    corrections: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch("[a-z0-9_]+", self.name):
            raise TableError(
                f"expected a name of lower-case letters, digits and _, found {self.name!r}"
            )

    @property
    def edition(self) -> str:
        """The name of its folder: the version in plain letters and what decides the table."""
        files = sorted((item.file, item.sha256) for item in self.originals)
        plain = re.sub("[^A-Za-z0-9.]+", "-", self.version).strip("-.")[:40] or "v"
        return f"{plain}-{digest([self.version, files, self.recipe])[:8]}"


class ArrivedFile(BaseModel):
    """One original as it came: what it is, where it is published, where it was taken from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    sha256: str
    size: int
    address: str
    fetched_from: str


class KeptTable(BaseModel):
    """The table on the disk."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    sha256: str
    size: int
    rows: int
    columns: dict[str, str]


class Record(BaseModel):
    """One edition of a data set in the library, with where it came from.

    Attributes
    ----------
    dataset, edition : str
        Its folders: ``data/<dataset>/<edition>``.
    fetched_at : str
        Moment in UTC, ISO 8601.
    originals : tuple of ArrivedFile
        What it was made from.
    table : KeptTable
        Name, hash, size, rows and columns (name to type) of the Parquet file.
    beholden : str
        The version that made the table.
    released, acts : str
        When the edition was first published, as a partial date, and the column that dates
        rows that are public acts; empty where unknown, and in records older than these fields.
    corrections : tuple of str
        What was corrected in the table, a line each.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    form: int = FORM
    dataset: str
    title: str
    producer: str
    version: str
    edition: str
    recipe: str
    home: str
    doi: str
    licence: str
    redistribution: str
    citation: str
    fetched_at: str
    originals: tuple[ArrivedFile, ...]
    table: KeptTable
    beholden: str
    released: str = ""
    acts: str = ""
    corrections: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The record as its file holds it."""
        return self.model_dump_json(indent=2) + "\n"


def read_record(path: Path) -> Record | None:
    """The record in that file, or None where there is no file.

    Raises
    ------
    TableError
        When the file is no record, or one of a form that this beholden does not know.
    """
    try:
        text = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise TableError(f"{path}: expected a readable file, {error.strerror or error}") from error
    try:
        record = Record.model_validate_json(text)
    except ValidationError as error:
        raise TableError(f"{path}: expected the record of a data set; it is damaged") from error
    folders = (path.parent.parent.name, path.parent.name)
    if record.form != FORM or not _stays(record) or folders != (record.dataset, record.edition):
        raise TableError(
            f"{path}: expected a record of form {FORM} about {'/'.join(folders)}, found form "
            f"{record.form} about {record.dataset}/{record.edition}"
        )
    return record


def _stays(record: Record) -> bool:
    """Whether the table lies in the record's own folder."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", record.table.file) is not None
