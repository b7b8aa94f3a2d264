"""The data sets that the library holds: their versions, records and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.errors import MissingDataError, TableError, nearest
from beholden.store.files import sha256_of
from beholden.store.records import Record, read_record

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["CURRENT", "DATA", "ORIGINALS", "RECORD", "Shelf", "open_table"]

DATA = "data"
CURRENT = "current"
RECORD = "record.json"
ORIGINALS = "originals"


def open_table(
    name: str, version: str | None = None, library: Path | None = None
) -> tuple[pl.LazyFrame, Record]:
    """The table of a data set, ready to be read in part or whole, with its record.

    Parameters
    ----------
    name : str
        The data set.
    version : str or None
        Its version or edition; None takes the current one.
    library : Path or None
        The library's folder; None takes the default one.

    Raises
    ------
    MissingDataError
        When the library does not hold it; the message names the command that fetches it.
    TableError
        When the table on the disk is not the one that the record describes.
    """
    return Shelf(library).open(name, version)


@dataclass(frozen=True)
class Shelf:
    """The data sets in one library, for readers. Reading needs no lock and writes nothing.

    Under ``data/<name>/`` each edition has its own folder with a Parquet file and a
    ``record.json``; an edition without a record does not exist. The file ``current``
    names the edition that is opened when none is asked for.

    Parameters
    ----------
    library : Path or None
        The library's folder; None takes the default one.
    """

    library: Path | None = None

    @property
    def root(self) -> Path:
        """The library's folder."""
        from beholden.store.library import default_folder

        return self.library if self.library is not None else default_folder()

    @property
    def folder(self) -> Path:
        """Where the data sets lie; facts with their manifests lie beside it."""
        return self.root / DATA

    def names(self) -> tuple[str, ...]:
        """The data sets that are held, also those with nothing but a damaged record."""
        return tuple(name for name in _folders(self.folder) if self._records(name))

    def records(self, name: str) -> tuple[Record, ...]:
        """The readable records of a data set, the newest last."""
        found = [self._read(path) for path in self._records(name)]
        whole = [record for record in found if isinstance(record, Record)]
        return tuple(sorted(whole, key=lambda record: (record.fetched_at, record.edition)))

    def damaged_records(self, name: str) -> tuple[str, ...]:
        """What is wrong with the records that cannot be read."""
        found = [self._read(path) for path in self._records(name)]
        return tuple(item for item in found if isinstance(item, str))

    def current(self, name: str) -> Record | None:
        """The edition to be opened: the one that ``current`` names, or else the newest."""
        records = self.records(name)
        try:
            chosen = (self.folder / name / CURRENT).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            chosen = ""
        named = [record for record in records if record.edition == chosen]
        return named[0] if named else records[-1] if records else None

    def record(self, name: str, version: str | None = None) -> Record:
        """The record of one edition.

        Raises
        ------
        MissingDataError
            When the library does not hold it.
        """
        current = self.current(name)
        if current is None:
            raise MissingDataError(self._missing(name), needs=(name,))
        if version is None or version in (current.version, current.edition):
            return current
        records = self.records(name)
        found = [record for record in records if version in (record.version, record.edition)]
        if not found:
            held = [record.version for record in records]
            raise MissingDataError(
                f"{self.root}: expected version {version!r} of {name}, found "
                f"{', '.join(held)}. {nearest(version, held)}",
                needs=(name,),
            )
        return found[-1]

    def open(self, name: str, version: str | None = None) -> tuple[pl.LazyFrame, Record]:
        """As `open_table`."""
        import polars as pl

        record = self.record(name, version)
        fault = self._size_fault(record)
        if fault:
            # Another process may just have put a new table in place of this one.
            record = self.record(name, version)
            fault = self._size_fault(record)
        if fault:
            raise TableError(f"{fault}. Mend it with: {self.command('fetch', name)}")
        return pl.scan_parquet(self.table_path(record), glob=False), record

    def place(self, record: Record) -> Path:
        """The folder of an edition."""
        return self.folder / record.dataset / record.edition

    def table_path(self, record: Record) -> Path:
        """The Parquet file of an edition."""
        return self.place(record) / record.table.file

    def originals(self, record: Record) -> dict[str, Path]:
        """The originals that are kept, by file name; empty where they are not."""
        folder = self.place(record) / ORIGINALS
        paths = {item.file: folder / item.file for item in record.originals}
        return paths if all(path.is_file() for path in paths.values()) else {}

    def damage(self, record: Record) -> str:
        """What is wrong with an edition's table or kept originals; empty when they are whole."""
        fault = self._size_fault(record)
        if fault:
            return fault
        wanted = {self.table_path(record): record.table.sha256}
        kept = self.originals(record)
        wanted |= {kept[item.file]: item.sha256 for item in record.originals if item.file in kept}
        for path, expected in wanted.items():
            try:
                found = sha256_of(path)
            except OSError as error:
                return f"{path}: expected a readable file, {error.strerror or error}"
            if found != expected:
                return f"{path}: expected SHA-256 {expected}, found {found}"
        return ""

    def command(self, word: str, name: str) -> str:
        """The command line that does `word` for a data set of this library."""
        import shlex

        from beholden.store.library import default_folder

        place = "" if self.root == default_folder() else f" --library {shlex.quote(str(self.root))}"
        return f"beholden {word} {name}{place}"

    def _missing(self, name: str) -> str:
        return f"{self.root}: the library does not hold {name}. Get it with: " + self.command(
            "fetch", name
        )

    def _size_fault(self, record: Record) -> str:
        path = self.table_path(record)
        try:
            size = path.stat().st_size
        except OSError as error:
            return f"{path}: expected the table of {record.dataset}, {error.strerror or error}"
        if size == record.table.size:
            return ""
        return f"{path}: expected {record.table.size} bytes, found {size}"

    def _records(self, name: str) -> list[Path]:
        paths = [self.folder / name / edition / RECORD for edition in _folders(self.folder / name)]
        return [path for path in paths if path.is_file()]

    def _read(self, path: Path) -> Record | str | None:
        try:
            return read_record(path)
        except TableError as error:
            return str(error)


def _folders(folder: Path) -> list[str]:
    """The visible folders in a folder; none where there is no such folder.

    Raises
    ------
    TableError
        When the folder cannot be looked into.
    """
    try:
        return sorted(
            path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != "."
        )
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise TableError(f"{folder}: expected a readable folder, {error.strerror}") from error
