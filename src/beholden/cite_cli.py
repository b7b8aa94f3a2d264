"""Which data sets a command is about, and the command that prints how to cite them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beholden.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from beholden.claims import Article
    from beholden.sources import Dataset
    from beholden.store.manifest import Manifest
    from beholden.store.records import Record

__all__ = ["EVERYTHING", "FOR", "WORKED_CASE", "article_named", "chosen", "cite"]

WORKED_CASE = "worked-case"
EVERYTHING = click.option(
    "--all", "everything", is_flag=True, help="Every data set that beholden can read."
)
FOR = click.option(
    "--for",
    "article",
    metavar="ARTICLE",
    help=f"What the claims of this article read; {WORKED_CASE} names the worked case.",
)
_TEX = str.maketrans({sign: f"\\{sign}" for sign in "&%$#_{}"})


def article_named(name: str | None) -> Article | None:
    """The article of that path, or the worked case by its name; None for none.

    Parameters
    ----------
    name : str or None
        A path, or ``"worked-case"``.

    Raises
    ------
    ArticleError
        When the file cannot be read or makes no sense.
    """
    if name is None:
        return None
    from beholden.cases import article_path
    from beholden.claims import load

    return load(article_path() if name == WORKED_CASE else Path(name))


def chosen(names: Sequence[str], article: Article | None, *, everything: bool) -> list[Dataset]:
    """The data sets of these names and those that an article reads, each once.

    Parameters
    ----------
    names : sequence of str
        As the user gave them; they come first, in that order.
    article : Article or None
        Whose data sets to add.
    everything : bool
        Whether all data sets are meant; then nothing else may be named.

    Raises
    ------
    click.UsageError
        When there is no such set, or none is named.
    """
    from beholden.sources import datasets

    known = datasets()
    if everything == bool(names or article):
        raise click.UsageError("expected the names of data sets, or --all, or --for ARTICLE")
    for name in names:
        if name not in known:
            raise click.UsageError(f"no data set {name!r}. {nearest(name, known)}".rstrip())
    if everything:
        return list(known.values())
    return [known[name] for name in dict.fromkeys([*names, *_read_by(article)])]


def _read_by(article: Article | None) -> tuple[str, ...]:
    if article is None:
        return ()
    from beholden.engine import datasets_of

    return datasets_of(article)


@click.command(
    epilog="Exit status: 0 all went well; 1 the article is invalid; 2 wrong usage.",
)
@click.argument("names", nargs=-1, metavar="NAME...")
@EVERYTHING
@FOR
@click.option(
    "--style",
    type=click.Choice(["bibtex", "apa"]),
    default="bibtex",
    show_default=True,
    help="BibTeX entries, or references as one reads them.",
)
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the library, for an article's own facts and pinned versions.",
)
def cite(
    names: tuple[str, ...], everything: bool, article: str | None, style: str, library: Path | None
) -> None:
    """Print how to cite the data sets NAME..., or all that an article rests on."""
    loaded = article_named(article)
    sets = chosen(names, loaded, everything=everything)
    pinned = dict(_pinned(loaded, library))
    texts = [_of_set(item, pinned.get(item.name), style) for item in sets]
    texts += [_of_facts(item, style) for item in _facts(loaded, library)]
    if not texts:
        texts = ["The article rests on no data sets and no facts of this library."]
    # Parts of one publication are data sets of their own, and share its reference.
    click.echo("\n\n".join(dict.fromkeys(text.strip() for text in texts)))


def _pinned(article: Article | None, library: Path | None) -> Iterator[tuple[str, Record]]:
    """The records of the editions that an article is judged by, where the library holds them."""
    from beholden.errors import MissingDataError
    from beholden.store.shelf import Shelf

    for name, version in (article.front.data if article else {}).items():
        try:
            yield name, Shelf(library).record(name, version)
        except MissingDataError:
            continue


def _facts(article: Article | None, library: Path | None) -> tuple[Manifest, ...]:
    """The manifests of the tables of facts that an article's claims look into, each once."""
    if article is None:
        return ()
    from beholden.engine import open_library
    from beholden.multiverse import reads_facts

    shelf = open_library(library)
    found: list[Manifest] = []
    for claim in article.claims:
        measure = claim.measure
        for name in (*measure.needs, *measure.uses) if measure and reads_facts(claim) else ():
            manifest = shelf.manifest(name, claim.target.client)
            if manifest is not None and manifest not in found:
                found.append(manifest)
    return tuple(found)


def _of_set(dataset: Dataset, record: Record | None, style: str) -> str:
    """The reference of a data set, in the version that is pinned where that is another one."""
    if record is None or record.version == dataset.version:
        return dataset.bibtex if style == "bibtex" else dataset.citation
    if style == "apa":
        return record.citation
    year = record.released[:4]
    fields = {
        "author": f"{{{record.producer.translate(_TEX)}}}",
        "title": record.title.translate(_TEX),
        **({"year": year} if year else {}),
        "note": f"Data set, version {record.version}. {record.citation}".translate(_TEX),
        "url": record.home,
    }
    return _entry(record.dataset, fields)


def _of_facts(manifest: Manifest, style: str) -> str:
    if style == "apa":
        return manifest.citation
    key = re.sub("[^a-z0-9]+", "_", manifest.title.lower()).strip("_")
    fields = {
        "title": f"{{{manifest.title.translate(_TEX)}}}",
        "note": f"Tables of facts, version {manifest.version}. {manifest.citation}".translate(_TEX),
    }
    return _entry(key, fields)


def _entry(key: str, fields: dict[str, str]) -> str:
    lines = ",\n".join(f"  {name} = {{{text}}}" for name, text in fields.items())
    return f"@misc{{{key},\n{lines}\n}}"
