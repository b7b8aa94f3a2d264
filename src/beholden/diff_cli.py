"""The command that judges an article by two editions of a data set and says what changes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.brief import Brief
    from beholden.brief.differences import ClaimChange
    from beholden.claims import Article
    from beholden.store import Library
    from beholden.store.records import Record
    from beholden.store.shelf import Shelf

__all__ = ["diff"]

_NAMED = re.compile("([a-z0-9_]+)=(.+)")
Pair = tuple["Record", "Record"]


@click.command(
    epilog="Exit status: 0 the comparison worked, whatever it found; 1 the article is invalid or "
    "an edition is not held; 2 wrong usage.",
)
@click.argument("article", required=False, type=click.Path(path_type=Path))
@click.option("--old", multiple=True, metavar="[NAME=]VERSION", help="A data set's older edition.")
@click.option("--new", multiple=True, metavar="[NAME=]VERSION", help="The edition to compare.")
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the library; without it your own.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines.")
def diff(
    article: Path | None,
    old: tuple[str, ...],
    new: tuple[str, ...],
    library: Path | None,
    as_json: bool,
) -> None:
    """Say what changes in ARTICLE, or in the worked case, between editions of data sets.

    A set that is named on one side only stands on the other as the article pins it, or in its
    current edition.
    """
    from beholden.cases import article_path
    from beholden.claims import load
    from beholden.engine import open_library

    loaded = load(article or article_path())
    shelf = open_library(library)
    swaps = _swaps(old, new, loaded, shelf.shelf)
    found, day = _compared(loaded, shelf, swaps)
    if as_json:
        _print_data(loaded, swaps, found, day)
    else:
        _print_lines(loaded, swaps, found, day)


def _swaps(
    old: Sequence[str], new: Sequence[str], article: Article, shelf: Shelf
) -> dict[str, Pair]:
    """The editions of each data set that is exchanged.

    Raises
    ------
    click.UsageError
        When it is not clear which set or which editions are meant.
    MissingDataError
        When the library does not hold one of them.
    """
    if not old and not new:
        raise click.UsageError("expected --old NAME=VERSION and --new NAME=VERSION")
    old, new = _named(old, new, shelf)
    sides = [_parsed(side) for side in (old, new)]
    pins, swaps = article.front.data, {}
    for name in dict.fromkeys((*sides[0], *sides[1])):
        first, second = (shelf.record(name, side.get(name, pins.get(name))) for side in sides)
        if first == second:
            raise click.UsageError(
                f"expected two editions of {name}, found {first.edition} on both sides. Held: "
                f"{', '.join(record.edition for record in shelf.records(name))}"
            )
        swaps[name] = (first, second)
    return swaps


def _named(
    old: Sequence[str], new: Sequence[str], shelf: Shelf
) -> tuple[Sequence[str], Sequence[str]]:
    """Versions without a name get that of the one data set which is held in both."""
    bare = [text for text in (*old, *new) if not _NAMED.fullmatch(text)]
    if not bare:
        return old, new
    if len(old) != 1 or len(new) != 1 or len(bare) != 2:
        raise click.UsageError(
            f"expected NAME=VERSION, found {bare[0]!r}. A version alone will do only as "
            "--old VERSION --new VERSION"
        )
    names = [name for name in shelf.names() if _holds(shelf, name, *bare)]
    if len(names) != 1:
        found = ", ".join(names) or "none"
        raise click.UsageError(
            f"expected one data set that is held as {bare[0]} and as {bare[1]}, found {found}. "
            "Write NAME=VERSION"
        )
    return [f"{names[0]}={old[0]}"], [f"{names[0]}={new[0]}"]


def _holds(shelf: Shelf, name: str, *versions: str) -> bool:
    known = {text for item in shelf.records(name) for text in (item.version, item.edition)}
    return set(versions) <= known


def _parsed(texts: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in texts:
        match = _NAMED.fullmatch(text)
        if match is None or match[1] in found:
            raise click.UsageError(f"expected NAME=VERSION once for each data set, found {text!r}")
        found[match[1]] = match[2]
    return found


def _compared(
    article: Article, library: Library, swaps: Mapping[str, Pair]
) -> tuple[tuple[ClaimChange, ...], str]:
    """The claims that read an exchanged set, under both editions, and the day of then."""
    from platformdirs import user_cache_path

    from beholden.brief.differences import compare
    from beholden.dates import in_words
    from beholden.engine import check
    from beholden.multiverse import datasets_of
    from beholden.store import Cache

    ids = [claim.id for claim in article.claims if set(datasets_of(claim)) & set(swaps)]
    day = in_words(article.front.as_of or article.front.published)
    if not ids:
        return (), day
    cache = Cache(Path(user_cache_path("beholden", appauthor=False)))

    def judged(side: int) -> Brief:
        pins = {name: pair[side].edition for name, pair in swaps.items()}
        data = {**article.front.data, **pins}
        pinned = replace(article, front=article.front.model_copy(update={"data": data}))
        return check(pinned, library, only=ids, cache=cache)

    return compare(judged(0), judged(1), swaps), day


def _print_lines(
    article: Article, swaps: Mapping[str, Pair], found: Sequence[ClaimChange], day: str
) -> None:
    from beholden.brief.difference_words import claim_lines

    for name, (old, new) in swaps.items():
        click.echo(f"{name}: {_edition(old)} -> {_edition(new)}")
    click.echo()
    changed = [change for change in found if change.anything]
    for change in changed:
        click.echo("\n".join(claim_lines(change, day)))
        click.echo()
    click.echo(_last_line(article, swaps, found, changed))


def _edition(record: Record) -> str:
    return f"{record.version} ({record.edition})"


def _last_line(
    article: Article,
    swaps: Mapping[str, Pair],
    found: Sequence[ClaimChange],
    changed: Sequence[ClaimChange],
) -> str:
    """How many claims change, or that nothing does."""
    names, others = ", ".join(swaps), len(article.claims) - len(found)
    rest = f"{others} of the article's {len(article.claims)} claims do not read {names}."
    if not found:
        return f"Nothing changes: no claim of the article reads {names}."
    if not changed:
        return f"Nothing changes: {_claims(len(found))} out the same, row by row. {rest}"
    verdicts = sum(
        side.old.verdict.answer != side.new.verdict.answer
        for change in changed
        for side in (change.now, change.then)
    )
    told = f"{verdicts} verdicts change" if verdicts != 1 else "1 verdict changes"
    same = ", ".join(change.claim.id for change in found if not change.anything)
    tail = f" The same: {same}." if same else ""
    return f"{told if verdicts else 'No verdict changes'}.{tail} {rest}"


def _claims(count: int) -> str:
    return (
        f"the {count} claims that read it come"
        if count > 1
        else "the one claim that reads it comes"
    )


def _print_data(
    article: Article, swaps: Mapping[str, Pair], found: Sequence[ClaimChange], day: str
) -> None:
    import json

    from beholden.brief.difference_words import as_data

    form: dict[str, Any] = {
        "article": article.front.title,
        "then": day,
        "data_sets": [
            {
                "name": name,
                "old": {"version": old.version, "edition": old.edition},
                "new": {"version": new.version, "edition": new.edition},
            }
            for name, (old, new) in swaps.items()
        ],
        "claims": [as_data(change) for change in found],
    }
    click.echo(json.dumps(form, ensure_ascii=False, indent=1))
