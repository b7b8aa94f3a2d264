"""The only orchestration: article to claims, to universes, to verdicts, to a brief."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beholden import __version__
from beholden.brief import Brief, Result
from beholden.cases import facts_folder
from beholden.core import Provenance, union_provenance
from beholden.errors import ArticleError, Problem, TableError, nearest
from beholden.multiverse import Means, assess
from beholden.multiverse import datasets_of as read_by_claim
from beholden.panels import Holdings
from beholden.store import Library, default_folder
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from beholden.claims import Article, Claim
    from beholden.core import Table
    from beholden.store import Cache
    from beholden.store.records import Record

__all__ = ["Brief", "Result", "check", "datasets_of", "open_library"]


def open_library(folder: Path | None = None) -> Library:
    """The library: the user's folder, or the default one, before the facts shipped inside.

    Parameters
    ----------
    folder : Path or None
        None takes the default folder of the platform, which need not exist.

    Raises
    ------
    TableError
        When the folder that was named holds neither data sets nor facts, or a manifest is
        damaged.
    """
    # A folder that holds fetched data sets and no facts of one's own is a library as well.
    if folder is not None and not (folder / "data").is_dir() and not Library([folder]).clients():
        found = "none in it" if folder.exists() else "no such folder"
        raise TableError(
            f"{folder}: expected a folder with fetched data sets, with a manifest.yaml, or with "
            f"folders that hold one; found {found}. See docs/library.md and docs/facts.md."
        )
    return Library([folder or default_folder(), facts_folder()], Shelf(folder))


def check(
    article: Article,
    library: Library,
    as_of: date | None = None,
    only: Collection[str] = (),
    command: str = "",
    progress: Callable[[str], None] = lambda _: None,
    cache: Cache | None = None,
) -> Brief:
    """Test every claim of an article, with what was known then and with what is known now.

    Parameters
    ----------
    article : Article
        From :func:`beholden.claims.load`.
    library : Library
        From :func:`open_library`.
    as_of : date or None
        The day of 'then'; None takes the article's.
    only : collection of str
        Ids of the claims to test; empty tests all.
    command : str
        What makes the brief again.
    progress : callable
        Called with each claim's id before it is tested.
    cache : Cache or None
        Keeps what is measured from data sets for the next run.

    Returns
    -------
    Brief
        With a result for every claim asked for.

    Raises
    ------
    ArticleError
        When `only` names a claim that the article does not make.
    TableError
        When a table of the library is damaged.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> brief = check(load(article_path()), open_library(), only=["trade-share"])
    >>> brief.results[0].now.verdict.answer
    'contested'
    """
    known_ids = [claim.id for claim in article.claims]
    wrong = [name for name in only if name not in known_ids]
    if wrong:
        raise ArticleError([_unknown(article, name, known_ids) for name in wrong])
    day = as_of or date.fromisoformat(article.front.as_of or article.front.published)
    data = Holdings(library.shelf, article.front.data)
    now = Means(data.seen_on(date.max), cache, _offered)
    then = Means(data.seen_on(day), cache, _offered)
    results = []
    for claim in article.claims:
        if only and claim.id not in only:
            continue
        progress(claim.id)
        tables = _tables(claim, library)
        sides = assess(claim, tables, date.max, means=now), assess(claim, tables, day, means=then)
        results.append(Result(claim, *sides))
    read = [side.run.provenance for result in results for side in (result.now, result.then)]
    provenance = union_provenance([Provenance(code=__version__), *read])
    records = _records(provenance, data)
    return Brief(article, day, tuple(results), provenance, command, records)


def datasets_of(article: Article) -> tuple[str, ...]:
    """The data sets that an article reads: those of all its claims in all their universes.

    Parameters
    ----------
    article : Article
        From :func:`beholden.claims.load`.

    Returns
    -------
    tuple of str
        Each once, in alphabetical order.

    Examples
    --------
    >>> from beholden.cases import article_path
    >>> from beholden.claims import load
    >>> "pts" in datasets_of(load(article_path()))
    True
    """
    return tuple(sorted({name for claim in article.claims for name in read_by_claim(claim)}))


def _records(provenance: Provenance, data: Holdings) -> tuple[Record, ...]:
    """The records of the data sets that were read, told from facts by the hashes of files."""
    hashes = {(item.table, item.sha256) for item in provenance.inputs}
    names = sorted({name for name, _ in hashes if data.holds(name)})
    records = [data.record(name) for name in names]
    return tuple(
        record
        for record in records
        if any((record.dataset, item.sha256) in hashes for item in record.originals)
    )


def _offered(name: str) -> str:
    """The version of a data set that fetching it would bring."""
    from beholden.sources import datasets

    known = datasets().get(name)
    return known.version if known else ""


def _unknown(article: Article, name: str, known_ids: list[str]) -> Problem:
    expected = "the id of a claim of this article"
    return Problem(article.file, 1, 1, f"--only {name}", expected, nearest(name, known_ids))


def _tables(claim: Claim, library: Library) -> dict[str, Table]:
    names = (*claim.measure.needs, *claim.measure.uses) if claim.measure else ()
    held = {name: library.table(name, claim.target.client) for name in names}
    return {name: table for name, table in held.items() if table is not None}
