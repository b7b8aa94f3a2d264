"""The commands about states and pairs: profile and rank."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beholden.errors import PanelError, UnknownStateError, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.profiles.keeping import KeptMeasures
    from beholden.profiles.ranking import Ranking
    from beholden.store import Library

__all__ = ["COMMANDS", "profile", "rank"]

_LIBRARY = click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the library; without it your own.",
)
_PROFILE_EPILOG = (
    "Example: beholden profile PRK CHN. Exit status: 0 the page was written; 1 the library has no "
    "figure, or the page could not be written; 2 wrong usage."
)
_RANK_EPILOG = (
    "Examples: beholden rank leverage --over PRK --year 2014; beholden rank clients --of CHN; "
    "beholden rank terror_scale --year 2020. Exit status: 0 states were ranked; 1 the library has "
    "no figure for the year; 2 wrong usage."
)
_FIRST_YEAR = 1946
# Words for the measure that is meant when a client's patrons or a patron's clients are asked for.
_LEVERAGE, _ALIASES = "leverage", {"clients": "--of", "patrons": "--over"}


@click.command(epilog=_PROFILE_EPILOG)
@click.argument("client")
@click.argument("patron", required=False)
@click.option(
    "--from",
    "first",
    type=int,
    default=_FIRST_YEAR,
    show_default=True,
    metavar="YEAR",
    help="First year.",
)
@click.option("--to", "last", type=int, metavar="YEAR", help="Without it the last year with data.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("beholden-profile"),
    show_default=True,
    help="Folder for index.html and profile.json.",
)
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="Print profile.json instead of a table.")
def profile(
    client: str,
    patron: str | None,
    first: int,
    last: int | None,
    out: Path,
    library: Path | None,
    as_json: bool,
) -> None:
    """Write a page with all that is measured of CLIENT, or of CLIENT and PATRON.

    States are named by ISO 3166 alpha-3 codes. A patron RUS is the Soviet Union before 1992;
    the two are shown as two stretches.
    """
    if last is not None and first > last:
        raise click.UsageError(f"expected --from to be no later than --to, found {first}..{last}")
    from beholden.engine import open_library
    from beholden.profiles.console import steps, summary
    from beholden.profiles.making import profile as make
    from beholden.profiles.making import subject_of
    from beholden.profiles.write import write_profile
    from beholden.store import Cache

    try:
        subject = subject_of(
            client, patron, first, datetime.now(UTC).year if last is None else last
        )
    except (PanelError, UnknownStateError) as error:
        raise click.UsageError(str(error)) from error
    held = open_library(library)
    measures = _measures(held)
    command = _command(client, patron, first, last, library)
    with steps(2 * len(measures.measures)) as progress:
        made = make(measures, held, subject, command, progress)
        page, data = write_profile(made, Cache(_cache_folder()), out, progress)
    if as_json:
        click.echo(data.read_text(encoding="utf-8"), nl=False)
    else:
        summary(made, page)


@click.command(epilog=_RANK_EPILOG)
@click.argument("what", metavar="MEASURE|clients|patrons")
@click.option("--over", metavar="CLIENT", help="Rank the patrons of this client.")
@click.option("--of", metavar="PATRON", help="Rank the clients of this patron.")
@click.option("--year", type=int, help="Without it the last year with data.")
@click.option("--definition", metavar="OPTION", help="Of leverage: the same as --pick definition=.")
@click.option(
    "--pick",
    "picks",
    multiple=True,
    metavar="CHOICE=OPTION",
    help='Take an option of the measure, such as source="COW 3.0".',
)
@click.option("--top", type=click.IntRange(min=1), default=10, show_default=True)
@click.option("--lowest", is_flag=True, help="Begin with the lowest value.")
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def rank(
    what: str,
    over: str | None,
    of: str | None,
    year: int | None,
    definition: str | None,
    picks: tuple[str, ...],
    top: int,
    lowest: bool,
    library: Path | None,
    as_json: bool,
) -> None:
    """Rank states by MEASURE: a client's patrons, a patron's clients, or all states."""
    name = _measure(what, over, of)
    chosen = _picks([*picks, *([f"definition={definition}"] if definition else [])])
    from beholden.engine import open_library
    from beholden.profiles.console import ranked
    from beholden.profiles.ranking import Field
    from beholden.profiles.ranking import rank as order

    measures = _measures(open_library(library))
    try:
        found = order(measures, name, Field(over or "", of or ""), year, chosen, lowest=lowest)
    except (PanelError, UnknownStateError) as error:
        raise click.UsageError(str(error)) from error
    if as_json:
        click.echo(_json(found, top))
    else:
        ranked(found, top)


COMMANDS: tuple[click.Command, ...] = (profile, rank)


def _measure(what: str, over: str | None, of: str | None) -> str:
    """The measure meant; a slip of the keys is named before anything is read."""
    from beholden.measures import MEASURES

    if what in _ALIASES:
        needed = _ALIASES[what]
        if not (of if needed == "--of" else over):
            raise click.UsageError(f"expected {needed} with {what!r}: whose {what} are ranked")
        return _LEVERAGE
    if what not in MEASURES:
        known = [*_ALIASES, *(name for name, measure in MEASURES.items() if measure.values)]
        raise click.BadParameter(
            f"no measure {what!r}. {nearest(what, known)}".rstrip(), param_hint="MEASURE"
        )
    return what


def _picks(texts: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        choice, sign, option = text.partition("=")
        if not (choice.strip() and sign and option.strip()):
            raise click.BadParameter(f"expected CHOICE=OPTION, found {text!r}", param_hint="--pick")
        if choice.strip() in found:
            raise click.BadParameter(
                f"expected each choice once, found {choice.strip()!r} twice", param_hint="--pick"
            )
        found[choice.strip()] = option.strip()
    return found


def _measures(library: Library) -> KeptMeasures:
    from beholden.measures import MEASURES
    from beholden.panels import Holdings
    from beholden.profiles.keeping import KeptMeasures

    return KeptMeasures(MEASURES, Holdings(library.shelf), _cache_folder())


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return Path(user_cache_path("beholden", appauthor=False))


def _command(
    client: str, patron: str | None, first: int, last: int | None, library: Path | None
) -> str:
    """The command as the page prints it; where the page is written to does not change it."""
    words = ["beholden", "profile", client.upper(), *([patron.upper()] if patron else [])]
    words += ["--from", str(first)] if first != _FIRST_YEAR else []
    words += ["--to", str(last)] if last is not None else []
    words += ["--library", str(library)] if library else []
    return shlex.join(words)


def _json(found: Ranking, top: int) -> str:
    import json

    from beholden.profiles.report import ranking_form

    return json.dumps(ranking_form(found, top), ensure_ascii=False, indent=2)
