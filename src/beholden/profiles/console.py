"""What the terminal shows of profiles and rankings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from beholden.profiles.numbers import range_words, unit_words, written
from beholden.profiles.successions import with_article
from beholden.profiles.views import heading, heads, span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from beholden.profiles.model import Profile
    from beholden.profiles.ranking import Ranking
    from beholden.profiles.standings import Standing

__all__ = ["ranked", "steps", "summary"]

_BAR, _SHORT = 20, 12


@contextmanager
def steps(total: int) -> Iterator[Callable[[str], None]]:
    """Show progress on standard error; call what is given with the name of each step."""
    columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


def summary(profile: Profile, page: Path) -> None:
    """Print the latest figures and where the page lies."""
    console = Console()
    title = f"{heading(profile)}, {span(profile)}"
    table = Table(title=title, title_justify="left", pad_edge=False)
    table.add_column("About", no_wrap=True)
    table.add_column("Measure")
    table.add_column("Figure", justify="right")
    table.add_column("Year", no_wrap=True)
    table.add_column("Place")
    for row in heads(profile):
        # A long unit is told on the page.
        unit = row["unit"] if len(row["unit"]) <= _SHORT else ""
        figure = f"{row['value']} {unit}".strip()
        table.add_row(row["construct"], row["title"], figure, row["year"], row["place"])
    console.print(table)
    if profile.fetch:
        count = len(profile.lacking)
        noun = "measure lacks" if count == 1 else "measures lack"
        console.print(f"{count} {noun} data sets. Get them with:")
        console.print(f"  {profile.fetch}", soft_wrap=True, highlight=False)
    console.print(f"The page: {page}", soft_wrap=True, highlight=False)


def ranked(ranking: Ranking, top: int) -> None:
    """Print the first states of a ranking."""
    console = Console(highlight=False)
    found, scale = ranking.standings, ranking.scale
    shown = found.rows[:top]
    open_ranks = any(row.interval for row in shown)
    ranges = any(range_words(row.low, row.high, scale) for row in shown)
    bars = _bars(shown, scale, console.encoding)
    table = Table(pad_edge=False)
    table.add_column("Rank", justify="right", no_wrap=True)
    if open_ranks:
        table.add_column("interval", no_wrap=True)
    table.add_column("State")
    table.add_column(unit_words(scale), justify="right", max_width=18)
    if ranges:
        table.add_column("range")
    if bars:
        table.add_column("", no_wrap=True)
    for at, row in enumerate(shown):
        cells = [str(row.rank), *([row.interval] if open_ranks else []), f"{row.name} ({row.code})"]
        cells += [written(row.value, scale)]
        cells += [range_words(row.low, row.high, scale)] if ranges else []
        table.add_row(*(escape(cell) for cell in cells), *bars[at : at + 1])
    console.print(Text(_title(ranking), style="bold"))
    console.print(table)
    for line in _notes(ranking, len(shown), open_ranks=open_ranks):
        console.print(escape(line))


def _title(ranking: Ranking) -> str:
    year, label = ranking.standings.year, ranking.label
    name = with_article(ranking.name) if ranking.name else ""
    if ranking.field.over:
        return f"Over {name} in {year}: {label}"
    if ranking.field.of:
        return f"Clients of {name} in {year}: {label}"
    return f"{label[:1].upper()}{label[1:]}, {year}"


def _notes(ranking: Ranking, shown: int, *, open_ranks: bool) -> list[str]:
    total = len(ranking.standings.rows)
    first = "lowest" if ranking.lowest else "highest"
    text = f"{shown} of {total} states with a value, {first} first. "
    notes = [f"{text}{ranking.direction[:1].upper()}{ranking.direction[1:]}."]
    if open_ranks:
        notes.append(f"Interval: {ranking.standings.intervals}.")
    if ranking.standings.absent:
        names = ", ".join(with_article(name) for name in ranking.standings.absent)
        notes.append(f"Without a value and so without a place: {names}.")
    notes += ranking.notes
    notes.append(f"Sources: {', '.join(ranking.sources)}.")
    return notes


def _bars(rows: tuple[Standing, ...], scale: str, encoding: str) -> list[str]:
    """A bar for each value; none where values have no zero to start from."""
    values = [row.value for row in rows]
    if scale == "rank" or min(values) < 0 or max(values) <= 0:
        return []
    sign = "\N{FULL BLOCK}" if "utf" in encoding.lower() else "#"
    return [sign * round(_BAR * value / max(values)) for value in values]
