"""The command that writes a panel: panel."""

from __future__ import annotations

import shlex
import sys
from datetime import datetime
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from beholden.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.panels import Panel

__all__ = ["panel"]

_EPILOG = (
    "Example: beholden panel dyad-year --from 1990 --to 2014 --with trade_share,protection --lag "
    "trade_share:1 -o panel.parquet. Exit status: 0 the panel was written; 1 it could not be; 2 "
    "wrong usage."
)
_UNITS = ("state-year", "dyad-year")
Moves = list[tuple[str, int]]


@click.command(epilog=_EPILOG)
@click.argument("unit", type=click.Choice(_UNITS))
@click.option("--from", "first", type=int, required=True, metavar="YEAR", help="First year.")
@click.option("--to", "last", type=int, required=True, metavar="YEAR", help="Last year.")
@click.option(
    "--with", "names", required=True, metavar="NAME,...", help="Measures; see beholden measures."
)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="FILE.parquet, .csv or .dta; a codebook and BibTeX go beside it.",
)
@click.option(
    "--system",
    type=click.Choice(["cow", "gw"]),
    default="cow",
    show_default=True,
    help="State list: Correlates of War or Gleditsch-Ward.",
)
@click.option("--undirected", is_flag=True, help="Each pair once, the lower number first.")
@click.option("--relevant", is_flag=True, help="Politically relevant dyads only.")
@click.option(
    "--pick",
    "picks",
    multiple=True,
    metavar="NAME.CHOICE=OPTION",
    help='Take an option of a measure\'s choice, such as trade_share.source="COW 4.0".',
)
@click.option("--lag", "lags", multiple=True, metavar="NAME:YEARS", help="Add the value earlier.")
@click.option("--lead", "leads", multiple=True, metavar="NAME:YEARS", help="Add the value later.")
@click.option(
    "--transform",
    "transforms",
    multiple=True,
    metavar="NAME:HOW",
    help="Add its difference, growth, demean, cumulate, spell or peace.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was published by that day.",
)
@click.option(
    "--pin", "pins", multiple=True, metavar="SET=VERSION", help="Use this version of a data set."
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the library; without it your own.",
)
def panel(
    unit: str,
    first: int,
    last: int,
    names: str,
    path: Path,
    system: str,
    undirected: bool,
    relevant: bool,
    picks: tuple[str, ...],
    lags: tuple[str, ...],
    leads: tuple[str, ...],
    transforms: tuple[str, ...],
    as_of: datetime | None,
    pins: tuple[str, ...],
    library: Path | None,
) -> None:
    """Write a panel of all states or pairs of states, with its codebook and citations."""
    if first > last:
        raise click.UsageError(f"expected --from to be no later than --to, found {first}..{last}")
    wanted = _names(names)
    chosen, pinned = _picks(picks, wanted), _pairs("--pin", pins, "SET=VERSION")
    moves = {"lag": _moves("--lag", lags), "lead": _moves("--lead", leads)}
    derived = [_split("--transform", text, ":", "NAME:HOW") for text in transforms]
    from beholden.panel_face import panel as start

    made = start(
        unit,
        range(first, last + 1),
        system,
        directed=not undirected,
        dyads="relevant" if relevant else "all",
        library=library,
        as_of=as_of.date() if as_of else None,
        pins=pinned,
    )
    for name in wanted:
        made = made.add(name, **chosen.get(name, {}))
    made = _worked(made, moves, derived)
    written = made.write(path, _command(click.get_current_context()))
    _summary(made, written)


def _worked(panel: Panel, moves: Mapping[str, Moves], derived: Sequence[tuple[str, str]]) -> Panel:
    for name, years in moves["lag"]:
        panel = panel.lag(name, years)
    for name, years in moves["lead"]:
        panel = panel.lead(name, years)
    for name, how in derived:
        panel = panel.transform(name, how)
    return panel


def _names(text: str) -> list[str]:
    """The measures asked for, each known to be one."""
    from beholden.measures import MEASURES

    names = [part.strip() for part in text.split(",") if part.strip()]
    known = [name for name, measure in MEASURES.items() if measure.values is not None]
    if not names:
        raise click.BadParameter("expected measures separated by commas", param_hint="--with")
    for name in names:
        if name not in MEASURES:
            raise click.BadParameter(
                f"no measure {name!r}. {nearest(name, known)}".rstrip(), param_hint="--with"
            )
    return names


def _picks(texts: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """Measure to its picks."""
    found: dict[str, dict[str, str]] = {}
    for left, option in _pairs("--pick", texts, "NAME.CHOICE=OPTION").items():
        name, choice = _split("--pick", left, ".", "NAME.CHOICE=OPTION")
        if name not in names:
            raise click.BadParameter(
                f"{name!r} is not among the measures of --with. {nearest(name, names)}".rstrip(),
                param_hint="--pick",
            )
        found.setdefault(name, {})[choice] = option
    return found


def _pairs(option: str, texts: Sequence[str], form: str) -> dict[str, str]:
    found = dict(_split(option, text, "=", form) for text in texts)
    if len(found) < len(texts):
        raise click.BadParameter("expected each name once", param_hint=option)
    return found


def _moves(option: str, texts: Sequence[str]) -> Moves:
    found = []
    for text in texts:
        name, years = _split(option, text, ":", "NAME:YEARS")
        if not years.isdecimal():
            raise click.BadParameter(
                f"expected NAME:YEARS with whole years, found {text!r}", param_hint=option
            )
        found.append((name, int(years)))
    return found


def _split(option: str, text: str, sign: str, form: str) -> tuple[str, str]:
    left, found, right = text.partition(sign)
    if not (left.strip() and found and right.strip()):
        raise click.BadParameter(f"expected {form}, found {text!r}", param_hint=option)
    return left.strip(), right.strip()


def _command(context: click.Context) -> str:
    """The command line as the codebook prints it: what was given, in the order of the options."""
    words = ["beholden", "panel", str(context.params["unit"])]
    for option in context.command.params:
        value = context.params[option.name or ""]
        given = context.get_parameter_source(option.name or "")
        if not isinstance(option, click.Option) or given is ParameterSource.DEFAULT:
            continue
        for item in value if isinstance(value, tuple) else (value,):
            shown = item.date().isoformat() if isinstance(item, datetime) else str(item)
            words += [option.opts[0]] if option.is_flag else [option.opts[0], shown]
    return shlex.join(words)


def _summary(panel: Panel, written: Sequence[Path]) -> None:
    """Print what was written, and how much of each column is filled and why not the rest."""
    from beholden.panels.citing import LIST_NAMES
    from beholden.panels.codebook import after_the_list

    grid, width = panel.grid, min(get_terminal_size().columns, 100)
    years, listed = grid.roster.years, LIST_NAMES[grid.roster.system]
    head = f"{grid.height:,} {grid.unit}s, {years[0]} to {years[1]}, {listed} list"
    click.echo(f"{click.style(written[0].name, bold=True)}: {head}")
    for rule in panel.rules:
        click.echo(fill(f"Only {rule.words}.", width))
    if after := after_the_list(grid):
        click.echo(fill(after, width))
    shown = {name: column for name, column in panel.columns.items() if not column.aside}
    for name, column in shown.items():
        cover = column.coverage
        share = f"{100 * cover.share:5.1f}%" if cover.expected else "    -"
        left = f"{name} " if len(name) < width - 34 else f"{name}\n"
        count = f"{cover.present:,} present"
        click.echo(f"\n{left:<{width - 34}}{_bar(cover.share)} {share} {count:>16}")
        for reason, lacking in cover.missing.items():
            line = f"{lacking:>14,}  missing: {reason}"
            click.echo(fill(line, width, subsequent_indent=" " * 16))
    aside = len(panel.columns) - len(shown)
    if aside:
        held = "1 more column holds" if aside == 1 else f"{aside} more columns hold"
        click.echo(f"\n{held} standard errors or ends of intervals.")
    beside = " and ".join(path.name for path in written[1:])
    click.echo(f"\nWrote {written[0]}, and beside it {beside}.")


def _bar(share: float, cells: int = 10) -> str:
    """A share as a bar.

    Examples
    --------
    >>> len(_bar(0.26))
    10
    """
    full, empty = "\u2588", "\u2591"
    try:
        full.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        full, empty = "#", "."
    held = round(cells * share) if share > 0 else 0
    return full * held + empty * (cells - held)
