"""The command that runs a multiverse on one's own data: multiverse."""

from __future__ import annotations

import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beholden.errors import ArticleError, BeholdenError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from beholden.associations import Associations
    from beholden.multiverse_file import Loaded

__all__ = ["multiverse"]

_EPILOG = (
    "Example: beholden multiverse --example my-grid, then beholden multiverse "
    "my-grid/multiverse.yaml. Exit status: 0 the multiverse ran, whatever the verdict; 1 the file "
    "or its data are invalid, or the writing failed; 2 wrong usage."
)


@click.command(epilog=_EPILOG)
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("beholden-multiverse"),
    show_default=True,
    help="Folder for index.html, summary.json, universes.parquet and universes.csv.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--cluster", metavar="ADDRESS", help="Work on this Dask scheduler, tcp://HOST:PORT.")
@click.option(
    "--draws",
    type=click.IntRange(0),
    default=499,
    show_default=True,
    help="Draws of the bootstrap behind the joint tests; 0 makes none.",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Of the draws.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Keep finished work here; a run that was cut off goes on from it.",
)
@click.option(
    "--example",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write a small example on simulated data into DIR instead.",
)
def multiverse(
    file: Path | None,
    out: Path,
    jobs: int,
    cluster: str | None,
    draws: int,
    seed: int,
    keep: Path | None,
    example: Path | None,
) -> None:
    """Run the multiverse that FILE describes on the data that it names."""
    if (file is None) == (example is None):
        raise click.UsageError("expected either FILE or --example DIR")
    if example is not None:
        from beholden.multiverse_example import write_example

        written = write_example(example)
        click.echo(f"Wrote {written}. Run it with: beholden multiverse {shlex.quote(str(written))}")
        return
    assert file is not None  # noqa: S101 - one of the two was given
    from beholden.associations import GridError, associate
    from beholden.multiverse_file import load, placed

    backend = "dask" if cluster else None
    try:
        loaded = load(file)
        with _progress() as told:
            found = associate(
                *(loaded.frame, loaded.grid),
                jobs=jobs,
                draws=draws,
                seed=seed,
                keep=keep,
                backend=backend,
                cluster=cluster,
                progress=told,
            )
    except ArticleError as error:
        _refuse(error, file)
    except GridError as error:
        _refuse(ArticleError(placed(error, loaded.marked, loaded.file)), file)
    _write(found, loaded, out, _command(file, draws, seed))
    _print(found, loaded, out)


def _refuse(error: ArticleError, file: Path) -> None:
    for problem in error.problems:
        click.echo(f"{problem.severity}: {problem}", err=True)
    count = len(error.problems)
    words = "1 problem" if count == 1 else f"{count} problems"
    raise BeholdenError(f"{words} in {file}; nothing was written") from error


def _command(file: Path, draws: int, seed: int) -> str:
    """The command as the page prints it; how the work was spread does not change the results."""
    words = ["beholden", "multiverse", file.name, "--draws", str(draws), "--seed", str(seed)]
    return shlex.join(words)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("estimating and drawing"), BarColumn(), MofNCompleteColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("universes", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _write(found: Associations, loaded: Loaded, out: Path, command: str) -> None:
    """Everything is made before anything is written."""
    from beholden.multiverse_page import as_json, page, summary
    from beholden.store import write_together

    title = loaded.form.title or _title(found)
    told = summary(found, loaded.inputs, command, title, loaded.form.note)
    files = {
        out / "universes.csv": found.universes.write_csv(),
        out / "summary.json": as_json(told),
        out / "index.html": page(found, told),
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        part = out / ".universes.parquet.part"
        found.universes.write_parquet(part)
        write_together(files)
        part.replace(out / "universes.parquet")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(
            f"{out}: expected a folder that can be written, found: {reason}. "
            "Name another with --out DIR."
        ) from error


def _title(found: Associations) -> str:
    sides = (found.grid.exposures, found.grid.outcomes)
    exposure, outcome = (" or ".join(one.label for one in side) for side in sides)
    return f"{exposure} and {outcome}"


def _print(found: Associations, loaded: Loaded, out: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout)
    verdict, counts = found.verdict, found.universes["status"].value_counts(sort=True)
    table = Table(
        title=Text(loaded.form.title or _title(found)), title_justify="left", show_header=False
    )
    table.add_column("")
    table.add_column("", overflow="fold")
    rows = {
        "verdict": verdict.answer,
        "universes": f"{verdict.universes:,} planned, {verdict.estimated:,} with an estimate",
        "by status": ", ".join(f"{word} {count:,}" for word, count in counts.iter_rows()),
        "not planned": f"{sum(one.count for one in found.excluded):,}" if found.excluded else "",
        "meet it": f"{verdict.share:.1%} (by label {verdict.share_by_label:.1%})",
        "contradict it": f"{verdict.contradicting:.1%}",
        "joint p": "" if verdict.joint_p is None else f"{verdict.joint_p:.3g}",
        "decides": ", ".join(f"{one.choice} {one.share:.0%}" for one in found.deciding[:3]),
    }
    for name, words in rows.items():
        if words:
            table.add_row(Text(name), Text(words))
    console.print(table)
    for text in (verdict.words, *found.notes):
        console.print(Text(text))
    console.print(Text(f"Wrote {out / 'index.html'}, summary.json, universes.parquet and .csv."))
