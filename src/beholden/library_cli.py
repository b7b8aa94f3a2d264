"""Commands for the library of data sets: fetch, library, verify, remove; see also cite_cli."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beholden.cite_cli import EVERYTHING, FOR, article_named, chosen, cite
from beholden.errors import BeholdenError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from beholden.claims import Article
    from beholden.sources import Dataset
    from beholden.store.origins import Origin
    from beholden.store.records import Description, Record
    from beholden.store.shelf import Shelf

__all__ = ["COMMANDS", "described"]

_LIBRARY = click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the library; without it your own.",
)
_EPILOG = "Exit status: 0 all went well; 1 something failed and was named; 2 wrong usage."


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="NAME...")
@EVERYTHING
@FOR
@click.option(
    "--from",
    "place",
    metavar="DIR|URL",
    help="Take the originals from this folder or below this address.",
)
@_LIBRARY
@click.option("--keep-originals", "keep", is_flag=True, help="Keep them beside the table.")
def fetch(
    names: tuple[str, ...],
    everything: bool,
    article: str | None,
    place: str | None,
    library: Path | None,
    keep: bool,
) -> None:
    """Fetch the data sets NAME..., verify them and keep them as Parquet."""
    from tempfile import TemporaryDirectory

    from beholden.store.download import Courier
    from beholden.store.origins import Shared, origin
    from beholden.store.shelf import Shelf

    loaded = article_named(article)
    wanted = chosen(names, loaded, everything=everything)
    shelf = Shelf(library)
    failed = 0
    with Courier() as courier, TemporaryDirectory(prefix="beholden-") as folder:
        source = Shared(origin(place, courier), Path(folder), _several(wanted))
        for dataset in wanted:
            failed += not _fetch_one(dataset, shelf, source, keep, place, lenient=everything)
    if not wanted:
        click.echo("The article reads no data sets.")
    if loaded is not None:
        _note_pins(loaded, shelf)
    if failed:
        click.echo(f"error: {failed} of {len(wanted)} data sets were not fetched", err=True)
        sys.exit(1)


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def library(names: tuple[str, ...], library: Path | None, as_json: bool) -> None:
    """Show which data sets the library holds, or all that is known of the data sets NAME...."""
    from beholden.store.shelf import Shelf

    if names:
        _describe(chosen(names, None, everything=False), as_json=as_json)
        return
    shelf = Shelf(library)
    rows = [row for name in shelf.names() for row in _rows(shelf, name)]
    if as_json:
        import json

        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif rows:
        _show(rows)
    else:
        click.echo(f"{shelf.root} holds no data sets. Get some with: beholden fetch NAME")


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@_LIBRARY
def verify(names: tuple[str, ...], library: Path | None) -> None:
    """Hash the tables in the library anew and compare them with their records."""
    from beholden.store.shelf import Shelf

    shelf = Shelf(library)
    _check_names(names, shelf)
    checked = damaged = 0
    for name in names or shelf.names():
        if not shelf.records(name) and not shelf.damaged_records(name):
            shelf.record(name)
        faults = list(shelf.damaged_records(name))
        for record in shelf.records(name):
            checked += 1
            faults += [fault for fault in [shelf.damage(record)] if fault]
        damaged += len(faults)
        for fault in faults:
            click.echo(f"damaged: {fault}", err=True)
        if faults:
            click.echo(f"Mend it with: {shelf.command('fetch', name)}", err=True)
    click.echo(f"{_count(checked, 'table')} checked, {damaged or 'none'} damaged")
    if damaged:
        sys.exit(1)


@click.command(epilog=_EPILOG)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--version", help="Only this version or edition.")
@_LIBRARY
def remove(names: tuple[str, ...], version: str | None, library: Path | None) -> None:
    """Take the data sets NAME... out of the library."""
    from beholden.store.fetching import remove as take_out
    from beholden.store.shelf import Shelf

    shelf = Shelf(library)
    _check_names(names, shelf)
    for name in names:
        gone = take_out(shelf, name, version)
        for record in gone:
            click.echo(f"removed {name} {record.version} ({record.edition})")
        if not gone:
            click.echo(f"removed what was left of {name}")


COMMANDS: tuple[click.Command, ...] = (fetch, library, verify, remove, cite)


def described(dataset: Dataset) -> Description:
    """What the library needs to know of a data set."""
    from functools import partial

    from beholden.sources.describe import applied
    from beholden.sources.recipe import recipe
    from beholden.sources.tidy import tidy
    from beholden.store.records import Description

    return Description(
        name=dataset.name,
        title=dataset.title,
        producer=dataset.producer,
        version=dataset.version,
        home=dataset.home,
        doi=dataset.doi,
        licence=dataset.licence,
        redistribution=dataset.redistribution,
        citation=dataset.citation,
        originals=dataset.originals,
        convert=partial(tidy, dataset),
        recipe=recipe(dataset.name),
        released=dataset.released,
        acts=dataset.acts,
        corrections=applied(dataset.name),
    )


def _note_pins(article: Article, shelf: Shelf) -> None:
    """Say which versions that the article is judged by are still not held."""
    for name, version in article.front.data.items():
        records = shelf.records(name)
        held = list(dict.fromkeys(record.version for record in records))
        if version not in (*held, *(record.edition for record in records)):
            click.echo(
                f"note: the article is judged by {name} in version {version}; the library holds "
                f"{', '.join(held) or 'none'}. See docs/library.md on versions.",
                err=True,
            )


def _check_names(names: Sequence[str], shelf: Shelf) -> None:
    """Refuse names that are neither data sets nor in the library.

    Raises
    ------
    click.UsageError
        With the nearest name, before anything is done.
    """
    from beholden.sources import datasets

    for name in names:
        if not (shelf.folder / name).is_dir() and name not in datasets():
            known = {*datasets(), *shelf.names()}
            raise click.UsageError(f"no data set {name!r}. {nearest(name, known)}".rstrip())


def _several(chosen: Sequence[Dataset]) -> frozenset[str]:
    """The files, by hash, that more than one of these data sets is made from."""
    from collections import Counter

    counts = Counter(sha for item in chosen for sha in {file.sha256 for file in item.originals})
    return frozenset(sha for sha, count in counts.items() if count > 1)


def _fetch_one(
    dataset: Dataset, shelf: Shelf, source: Origin, keep: bool, place: str | None, *, lenient: bool
) -> bool:
    """Fetch one data set and say how it went; returns whether nothing went wrong.

    A set whose file the user must bring and has not is left out where that is `lenient`.
    """
    from beholden.sources.brought import NotBroughtError, settled
    from beholden.store.fetching import fetch as bring

    def waiting() -> None:
        click.echo(f"{dataset.name}: another process is fetching it; waiting", err=True)

    try:
        description = described(settled(dataset, place, shelf))
        with _Bar(dataset.name) as progress:
            outcome = bring(
                description, shelf, source, keep=keep, progress=progress, waiting=waiting
            )
    except NotBroughtError as error:
        click.echo(f"{'left out' if lenient else 'error'}: {dataset.name}: {error}", err=True)
        return lenient
    except BeholdenError as error:
        click.echo(f"error: {dataset.name}: {error}", err=True)
        return False
    record = outcome.record
    words = {"held": "already held", "kept": "held; its originals are now kept too"}
    click.echo(
        f"{dataset.name}: {words.get(outcome.what, outcome.what)}, version {record.version}, "
        f"{record.table.rows:,} rows, {_size(record.table.size)}"
    )
    return True


class _Bar:
    """A progress bar on standard error, shown once something arrives."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

        console = Console(stderr=True)
        self._name = name
        self._bar = Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(),
            DownloadColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._tasks: dict[str, int] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        self._bar.start()
        return self._arrived

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def _arrived(self, file: str, have: int, size: int) -> None:
        from rich.progress import TaskID

        if file not in self._tasks:
            self._tasks[file] = self._bar.add_task(self._name, total=size)
        self._bar.update(TaskID(self._tasks[file]), completed=have)


def _describe(wanted: Sequence[Dataset], *, as_json: bool) -> None:
    """What is known of data sets, held or not: columns, traps and corrections."""
    from beholden.sources.describe import parts

    if as_json:
        import json

        form = {item.name: dict(parts(item)) for item in wanted}
        click.echo(json.dumps(form, ensure_ascii=False, indent=2))
        return
    for item in wanted:
        click.echo(click.style(item.name, bold=True))
        for title, lines in parts(item):
            click.echo(f"\n{click.style(title, bold=True)}")
            for line in lines:
                text = click.wrap_text(line, 78, initial_indent="  ", subsequent_indent="    ")
                click.echo(text)


def _rows(shelf: Shelf, name: str) -> Iterator[dict[str, object]]:
    """What the library says of each edition of a data set."""
    current = shelf.current(name)
    for record in shelf.records(name):
        yield {
            "name": name,
            "version": record.version,
            "edition": record.edition,
            "current": record == current,
            "rows": record.table.rows,
            "size": record.table.size,
            "licence": record.licence,
            "redistribution": record.redistribution,
            "fetched_at": record.fetched_at,
            "originals_kept": bool(shelf.originals(record)),
            "state": _state(record),
        }
    for fault in shelf.damaged_records(name):
        yield {"name": name, "version": "", "current": False, "state": f"damaged: {fault}"}


def _state(record: Record) -> str:
    """Whether this beholden describes that very edition; if not, what it describes."""
    from beholden.sources import datasets
    from beholden.sources.brought import as_held

    dataset = datasets().get(record.dataset)
    if dataset is None:
        return "unknown to this beholden"
    description = described(as_held(dataset, record))
    if description.edition == record.edition:
        return "up to date"
    if description.version != record.version:
        return f"stale: this beholden describes version {description.version}"
    same = {(item.file, item.sha256) for item in record.originals}
    if same != {(item.file, item.sha256) for item in description.originals}:
        return "stale: this beholden describes other files of that version"
    return "stale: this beholden reads the same files otherwise"


def _show(rows: Sequence[Mapping[str, object]]) -> None:
    """Two lines for each edition: what it is, then how much, since when, how fresh, what terms."""
    total = 0
    for row in rows:
        aside = "" if row["current"] else " (not current)"
        click.echo(f"{click.style(str(row['name']), bold=True)}{aside}  {row['version']}".rstrip())
        size, count = row.get("size"), row.get("rows")
        if isinstance(size, int) and isinstance(count, int):
            total += size
            day = str(row["fetched_at"])[:10]
            click.echo(
                f"    {count:,} rows, {_size(size)}, fetched {day}, {row['state']}. "
                f"Edition {row['edition']}. Licence: {row['licence']}"
            )
        else:
            click.echo(f"    {row['state']}")
    click.echo(f"{_count(len(rows), 'table')}, {_size(total)}")


def _size(count: int) -> str:
    """Bytes in words.

    Examples
    --------
    >>> _size(1_234_567)
    '1.2 MB'
    """
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} B"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
