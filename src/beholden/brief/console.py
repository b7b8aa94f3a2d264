"""What the terminal shows: progress, the table of verdicts, a claim explained."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from beholden.brief.prose import SIGNS
from beholden.brief.testing import explain
from beholden.measures import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.progress import TaskID

    from beholden.brief.model import Brief
    from beholden.claims import Claim
    from beholden.measures import Measure
    from beholden.multiverse import Assessment

__all__ = ["checking", "described", "explained", "listed", "summary"]

_STYLES = {
    "supported": "green",
    "contested": "yellow",
    "contradicted": "red",
    "untestable": "dim",
}


@dataclass(frozen=True)
class Steps:
    """The progress bar of one run."""

    bar: Progress
    task: TaskID

    def testing(self, name: str) -> None:
        """One claim is about to be tested."""
        self.bar.update(self.task, advance=1, description=f"testing {name}")

    def drawing(self, name: str) -> None:
        """One card is about to be drawn."""
        self.bar.update(self.task, advance=1, description=f"drawing {name}")


@contextmanager
def checking(claims: int) -> Iterator[Steps]:
    """Show progress on standard error while claims are tested and drawn."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<36}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield Steps(bar, bar.add_task("reading", total=2 * claims))


def summary(brief: Brief, page: Path, fetch: str) -> None:
    """Print the table of verdicts, where the page lies, and what fetching would add.

    Parameters
    ----------
    brief : Brief
        From the engine.
    page : Path
        Where it was written.
    fetch : str
        The command that gets all data sets of the article.
    """
    console = Console()
    table = Table(title=brief.article.front.title, title_justify="left", pad_edge=False)
    for name in ("Claim", "Now", "Figure", "Holds in", "Then"):
        table.add_column(name, no_wrap=name in {"Claim", "Now", "Then"})
    for result in brief.results:
        now = result.now
        figure = now.figure
        table.add_row(result.claim.id, _answer(now), figure, _held(now), _answer(result.then))
    console.print(table)
    console.print(f"Then is {brief.as_of}. The page: {page}", soft_wrap=True, highlight=False)
    lacking = sum(
        any(lack.why == "absent" for lack in result.now.lacks) for result in brief.results
    )
    if lacking:
        claims = "1 claim reads" if lacking == 1 else f"{lacking} claims read"
        text = f"{claims} data sets that the library does not hold. Get them with: {fetch}"
        console.print(text, soft_wrap=True, highlight=False)


def _answer(side: Assessment) -> Text:
    answer = side.verdict.answer
    return Text(f"{SIGNS[answer]} {answer}", style=_STYLES[answer])


def _held(side: Assessment) -> str:
    verdict = side.verdict
    return "" if verdict.share is None else f"{100 * verdict.share:.0f}% of {verdict.universes:,}"


def explained(claim: Claim) -> None:
    """Print how a claim is tested."""
    console = Console(highlight=False)
    words = explain(claim)
    console.print(f"[bold]{claim.id}[/bold]: {_plain(claim.says)}\n")
    for title, text in (
        ("Test", words.test),
        ("Measured", words.measure),
        ("Of", words.target),
        ("Expected", words.expectation),
        ("Why so", words.because),
        ("Left out", words.caveat),
        ("Limits", words.limits),
    ):
        if text:
            console.print(f"[bold]{title}.[/bold] {_plain(text)}")
    if words.choices:
        count = len(words.choices)
        noun = "choice" if count == 1 else "choices"
        console.print(f"\n[bold]{words.universes:,} universes from {count} {noun}[/bold]")
    for question, options, same in words.choices:
        console.print(f"  {_plain(question)} ({same})")
        for option, reason in options:
            console.print(f"    - {_plain(option)}: {_plain(reason)}")
    for reason in words.forbidden:
        console.print(f"  Left out: {_plain(reason)}.")
    if words.data:
        console.print("\n[bold]Data sets read[/bold]")
    for names, readers in words.data:
        several = ", ".join(names)
        console.print(f"  - {_plain(f'{several}: {readers}' if readers else several)}")
    if words.waits:
        console.print("\n[bold]Waits for[/bold]")
    for name in words.waits:
        console.print(f"  - {_plain(name)}", soft_wrap=True)


def _plain(text: str) -> Text | str:
    from rich.markup import escape

    return escape(text)


def listed() -> None:
    """Print every measure with what it is, construct by construct."""
    console = Console(highlight=False)
    width = max(map(len, MEASURES))
    for construct in dict.fromkeys(measure.construct for measure in MEASURES.values()):
        console.print(f"\n[bold]{construct}[/bold]")
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, width=width + 2)
        table.add_column()
        for measure in MEASURES.values():
            if measure.construct == construct:
                unit = measure.panel or measure.unit
                aside = f"[dim]({unit}; {_basis(measure)})[/dim]"
                table.add_row(f"  {measure.name}", f"{_plain(measure.title)} {aside}")
        console.print(table)


def _basis(measure: Measure) -> str:
    """What a measure is computed from, in a word."""
    if measure.compute is None:
        return "words, for panels" if measure.values else f"waits for {measure.awaits[0]}"
    options = [option for choice in measure.choices for option in choice.options]
    sets = bool(measure.sets) or any(option.needs for option in options)
    facts = bool(measure.needs or measure.uses) or any(option.facts for option in options)
    return " or ".join(["facts"] * facts + ["data sets"] * sets)


def described(measure: Measure) -> None:
    """Print one measure with its choices."""
    console = Console(highlight=False)
    console.print(f"[bold]{measure.name}[/bold]: {_plain(measure.title)}\n")
    for title, text in (
        ("Definition", measure.definition),
        ("Formula", measure.formula),
        ("Unit", f"{measure.scale}, by {measure.panel or measure.unit}"),
        ("Direction", measure.direction),
        ("Limits", measure.limits),
        ("References", "; ".join(measure.references)),
        ("Waits for", ", ".join(measure.awaits)),
        ("Data sets", ", ".join(measure.sets)),
    ):
        if text:
            console.print(f"[bold]{title}.[/bold] {_plain(text)}")
    for choice in measure.choices:
        console.print(f"\n[bold]{choice.name}[/bold]: {_plain(choice.question)}")
        for option in choice.options:
            reads = f" (reads {', '.join(option.needs)})" if option.needs else ""
            console.print(f"  - {_plain(option.label)}: {_plain(option.reason)}{_plain(reads)}")
