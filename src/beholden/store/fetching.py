"""Put data sets into the library and take them out, so that a death at any moment does no harm.

An edition comes into being when its ``record.json`` takes its place, and ends when that
file goes; everything else is prepared before or swept up afterwards, under a lock.
"""

from __future__ import annotations

import contextlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from beholden import __version__
from beholden.errors import BeholdenError, MissingDataError, OutputError, TableError
from beholden.store.files import (
    FULL,
    discard,
    disk_words,
    is_inside,
    sha256_of,
    write_durably,
    write_parquet,
)
from beholden.store.locks import locked
from beholden.store.records import ArrivedFile, Description, KeptTable, Record
from beholden.store.shelf import CURRENT, ORIGINALS, RECORD, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Set
    from pathlib import Path

    import polars as pl

    from beholden.store.origins import Origin
    from beholden.store.records import OriginalFile

__all__ = ["Outcome", "fetch", "remove"]

INCOMING = ".incoming"
WORK = ".work"
SOURCES = ".sources.json"
LOCKS = ".locks"


@dataclass(frozen=True)
class Outcome:
    """What a fetch came to.

    Parameters
    ----------
    record : Record
        The edition that is now current.
    what : str
        ``"fetched"``: it is new; ``"held"``: it was there; ``"mended"``: it was there and
        damaged; ``"kept"``: its originals were added.
    """

    record: Record
    what: Literal["fetched", "held", "mended", "kept"]


def fetch(
    description: Description,
    shelf: Shelf,
    origin: Origin,
    *,
    keep: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    waiting: Callable[[], None] | None = None,
    patience: float = 3600.0,
) -> Outcome:
    """Bring a data set into the library, unless it is there already.

    Parameters
    ----------
    description : Description
        What to fetch.
    shelf : Shelf
        Where to.
    origin : Origin
        Where from.
    keep : bool
        Whether to keep the originals beside the table.
    progress, waiting : callable or None
        Told of every piece that arrives; called when another process is at work on the set.
    patience : float
        Seconds to wait for that process.

    Raises
    ------
    FetchError
        When an original cannot be had, or is another than the one described.
    TableError
        When the originals cannot be read.
    OutputError
        When the library cannot be written.
    """
    try:
        with _writing(shelf, description.name, patience, waiting) as folder:
            held = {record.edition: record for record in shelf.records(description.name)}
            record = held.get(description.edition)
            sound = record is not None and not shelf.damage(record)
            if record is not None and sound and (not keep or shelf.originals(record)):
                _point(folder, record)
                return Outcome(record, "held")
            with _incoming(folder, description) as incoming:
                arrived = _gather(description, shelf, origin, incoming, progress)
                outcome = _shelved(description, record if sound else None, arrived, folder, keep)
            _sweep(shelf, folder)
            return Outcome(outcome.record, "mended") if record and not sound else outcome
    except OutputError:
        # Who may not write may still have what they asked for.
        record = shelf.current(description.name)
        if keep or record is None or record.edition != description.edition or shelf.damage(record):
            raise
        return Outcome(record, "held")


def remove(shelf: Shelf, name: str, version: str | None = None) -> tuple[Record, ...]:
    """Take a data set out of the library, or one version of it.

    Returns
    -------
    tuple of Record
        What was removed. Where the current edition goes, the newest of the rest is current.

    Raises
    ------
    MissingDataError
        When the library does not hold it.
    OutputError
        When the library cannot be written.
    """
    if name.startswith(".") or not is_inside(name) or not (shelf.folder / name).is_dir():
        raise MissingDataError(f"{shelf.root}: the library does not hold {name}", needs=(name,))
    with _writing(shelf, name, 3600.0, None) as folder:
        records = shelf.records(name)
        going = [item for item in records if version in (None, item.version, item.edition)]
        if version is not None and not going:
            shelf.record(name, version)
        staying = [item for item in records if item not in going]
        current = shelf.current(name)
        if current in going and staying:
            _point(folder, staying[-1])
        if not staying:
            discard(folder / CURRENT)
        for item in going:
            (shelf.place(item) / RECORD).unlink()
        if version is None:
            discard(folder / INCOMING)
            discard(folder / SOURCES)
            for path in folder.glob(f"*/{RECORD}"):
                path.unlink()
        _sweep(shelf, folder)
    return tuple(going)


@contextmanager
def _writing(
    shelf: Shelf, name: str, patience: float, waiting: Callable[[], None] | None
) -> Iterator[Path]:
    """The folder of a data set, under its lock and free of what dead runs left."""
    folder = shelf.folder / name
    with disk_words(shelf.root):
        locks = shelf.folder / LOCKS
        locks.mkdir(parents=True, exist_ok=True)
        with locked(locks / f"{name}.lock", patience, waiting):
            folder.mkdir(exist_ok=True)
            try:
                _sweep(shelf, folder)
                yield folder
            except BaseException:
                # What is going wrong is told; that it left something is mended by the next run.
                with contextlib.suppress(OSError):
                    _sweep(shelf, folder)
                raise
            finally:
                # Only an empty folder goes.
                with contextlib.suppress(OSError):
                    folder.rmdir()


@contextmanager
def _incoming(folder: Path, description: Description) -> Iterator[Path]:
    """The folder for originals on their way; kept after a broken download, and only then."""
    incoming = folder / INCOMING
    wanted = {item.file for item in description.originals}
    wanted |= {f"{file}{end}" for file in wanted for end in (".part", ".part.json")}
    _only(incoming, wanted)
    try:
        yield incoming
    except BaseException as error:
        if isinstance(error, TableError) or (isinstance(error, OSError) and error.errno in FULL):
            discard(incoming)
        _prune(incoming)
        if not incoming.is_dir():
            discard(folder / SOURCES)
        raise
    discard(incoming)
    discard(folder / SOURCES)


def _gather(
    description: Description,
    shelf: Shelf,
    origin: Origin,
    incoming: Path,
    progress: Callable[[str, int, int], None] | None,
) -> tuple[ArrivedFile, ...]:
    """Bring every original into `incoming`, verified; those that are there already stay."""
    note = incoming.parent / SOURCES
    sources = _sources(note)
    arrived = []
    for item in description.originals:
        if not is_inside(item.file):
            raise TableError(f"expected a file inside the library's folder, found {item.file!r}")
        target = incoming / item.file
        target.parent.mkdir(parents=True, exist_ok=True)
        source = _from_earlier(description.name, shelf, item, target, sources)
        if source is None:
            source = origin.bring(item, target, progress)
        sources[item.file] = source
        if len(description.originals) > 1:
            write_durably({note: json.dumps(sources)})
        arrived.append(
            ArrivedFile(
                file=item.file,
                sha256=item.sha256,
                size=item.size,
                address=item.address,
                fetched_from=source,
            )
        )
    return tuple(arrived)


def _sources(note: Path) -> dict[str, str]:
    """Where an earlier run took its files from."""
    try:
        found = json.loads(note.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(file): str(source) for file, source in found.items()}


def _from_earlier(
    name: str, shelf: Shelf, wanted: OriginalFile, target: Path, sources: Mapping[str, str]
) -> str | None:
    """Take an original that an earlier run brought, or that another edition keeps."""
    if target.is_file() and sha256_of(target) == wanted.sha256:
        return sources.get(wanted.file, "an earlier run")
    for record in shelf.records(name):
        kept = shelf.originals(record)
        for item in record.originals:
            path = kept.get(item.file)
            if item.sha256 == wanted.sha256 and path and sha256_of(path) == item.sha256:
                shutil.copyfile(path, target)
                return item.fetched_from
    return None


def _shelved(
    description: Description,
    held: Record | None,
    arrived: tuple[ArrivedFile, ...],
    folder: Path,
    keep: bool,
) -> Outcome:
    """Put the table or, where it is there and whole, only its originals in their places."""
    incoming, place = folder / INCOMING, folder / description.edition
    if held is not None:
        _keep(description, incoming, place)
        _point(folder, held)
        return Outcome(held, "kept")
    made = _make(description, arrived, incoming, folder)
    if keep or (place / ORIGINALS).is_dir():
        _keep(description, incoming, place)
    # The record first: a pointer to an edition without one would point at nothing.
    write_durably({place / RECORD: made.text, folder / CURRENT: _pointer(made)})
    return Outcome(made, "fetched")


def _make(
    description: Description, arrived: tuple[ArrivedFile, ...], incoming: Path, folder: Path
) -> Record:
    """Convert the originals and put the table into its edition's folder; returns its record."""
    frame = _converted(description, {item.file: incoming / item.file for item in arrived})
    work = folder / WORK
    write_parquet(frame, work)
    sha256 = sha256_of(work)
    table = KeptTable(
        file=f"{description.name}-{sha256[:8]}.parquet",
        sha256=sha256,
        size=work.stat().st_size,
        rows=frame.height,
        columns={name: str(dtype) for name, dtype in frame.schema.items()},
    )
    place = folder / description.edition
    place.mkdir(exist_ok=True)
    work.replace(place / table.file)
    return Record(
        dataset=description.name,
        title=description.title,
        producer=description.producer,
        version=description.version,
        edition=description.edition,
        recipe=description.recipe,
        home=description.home,
        doi=description.doi,
        licence=description.licence,
        redistribution=description.redistribution,
        citation=description.citation,
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        originals=arrived,
        table=table,
        beholden=__version__,
        released=description.released,
        acts=description.acts,
        corrections=description.corrections,
    )


def _converted(description: Description, paths: Mapping[str, Path]) -> pl.DataFrame:
    try:
        return description.convert(paths)
    except BeholdenError:
        raise
    except Exception as error:
        # The originals are those described, so whatever goes wrong is the reader's fault.
        raise TableError(
            f"{description.name}: its originals are whole, but beholden could not read them "
            f"({type(error).__name__}: {error}). The library is as it was. This is a fault of "
            "beholden; please report it."
        ) from error


def _keep(description: Description, incoming: Path, place: Path) -> None:
    """Move the originals, and nothing else, beside the table in place of those kept before."""
    _only(incoming, {item.file for item in description.originals})
    discard(place / ORIGINALS)
    incoming.replace(place / ORIGINALS)


def _point(folder: Path, record: Record) -> None:
    """Make an edition the current one."""
    path = folder / CURRENT
    if not path.is_file() or path.read_bytes() != _pointer(record).encode():
        write_durably({path: _pointer(record)})


def _pointer(record: Record) -> str:
    """What the file ``current`` says when it names that record."""
    return f"{record.edition}\n"


def _sweep(shelf: Shelf, folder: Path) -> None:
    """Remove what runs that died have left; what a broken download brought stays for its next."""
    records = {item.edition: item for item in shelf.records(folder.name)}
    for path in list(folder.iterdir()):
        record = records.get(path.name)
        if record is not None:
            keep = {RECORD, ORIGINALS, record.table.file}
            for inner in [inner for inner in path.iterdir() if inner.name not in keep]:
                discard(inner)
        elif path.name not in (CURRENT, INCOMING, SOURCES) and not (path / RECORD).exists():
            discard(path)


def _only(folder: Path, names: Set[str]) -> None:
    """Remove all files under `folder` but those of these names."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in names:
            path.unlink()


def _prune(folder: Path) -> None:
    """Remove the empty folders in and under `folder`."""
    inner = [path for path in folder.rglob("*") if path.is_dir()]
    for path in [*sorted(inner, reverse=True), folder]:
        with contextlib.suppress(OSError):
            path.rmdir()
