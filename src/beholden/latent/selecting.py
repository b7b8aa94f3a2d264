"""Which roll calls are about what: the sources' marks, carried on to roll calls without them."""

from __future__ import annotations

import re

import polars as pl

from beholden.latent.bridging import session_numbers
from beholden.latent.problems import AnswersError

__all__ = ["IMPORTANT", "ISSUES", "SELECTIONS", "marked", "select_roll_calls"]

# The name of a selection to the code that Voeten's series has for the issue.
ISSUES = {
    "human-rights": "hr",
    "nuclear": "nu",
    "disarmament": "di",
    "palestine": "me",
    "colonialism": "co",
    "development": "ec",
}
IMPORTANT = "important"
SELECTIONS = ("all", *ISSUES, IMPORTANT)
# For new questions after the codes end: words of title and agenda item.
_WORDS = {
    "hr": r"human rights|racism|racial|mercenar|torture|death penalty|executions|religi|genocide",
    "nu": r"nuclear",
    "di": r"disarm|weapon|arms race|arms trade|arms control|nuclear|missile|military",
    "me": r"palestin|israel|syrian golan|jerusalem",
    "co": r"coloni|self-determination|non-self-governing|special committee on decolon",
    "ec": r"development|economic|trade|debt|commodit|tax cooperation",
}


def marked(calls: pl.DataFrame, coded: pl.DataFrame, items: pl.DataFrame) -> pl.DataFrame:
    """The marks of every roll call, and where each is from.

    Up to the last session that a source coded, a roll call has the source's marks and no others.
    After it a question put again keeps the marks that it last had, and a new one gets those
    whose words its title or agenda item holds. Votes that the United States Department of State
    calls important are on its yearly list: that mark is never carried on.

    Parameters
    ----------
    calls : polars.DataFrame
        Columns `id`, `date`, `session`, `title` and `item` (the agenda item).
    coded : polars.DataFrame
        Columns `id` and `mark`: the codes in `ISSUES`, or ``"important"``.
    items : polars.DataFrame
        Columns `id` and `item` from :func:`beholden.latent.bridging.bridged_items`.

    Returns
    -------
    polars.DataFrame
        Columns `id`, `mark` and `origin`: ``"source"``, ``"chain"`` or ``"words"``.

    Examples
    --------
    >>> from datetime import date
    >>> calls = pl.DataFrame({"id": ["a", "b", "c"], "session": ["74", "75", "75"],
    ...     "date": [date(2019, 12, 1), date(2020, 12, 1), date(2020, 12, 1)],
    ...     "title": ["x", "x", "Nuclear testing"], "item": [None, None, "y"]})
    >>> items = pl.DataFrame({"id": ["a", "b", "c"], "item": ["a", "a", "c"]})
    >>> marked(calls, pl.DataFrame({"id": ["a"], "mark": ["hr"]}), items).rows()
    [('a', 'hr', 'source'), ('b', 'hr', 'chain'), ('c', 'di', 'words'), ('c', 'nu', 'words')]
    """
    table = calls.select("id", "date", "title", "item", session=session_numbers(calls)).join(
        items.select("id", question="item"), on="id", how="left"
    )
    issues = coded.filter(pl.col("mark") != IMPORTANT)
    known = table.join(issues.select("id").unique(), on="id", how="semi")
    last = int(known["session"].cast(pl.Int64).to_numpy().max()) if known.height else 0
    source = coded.join(table, on="id", how="semi").select("id", "mark", origin=pl.lit("source"))
    later = table.filter(pl.col("session") > last)
    before = table.filter(pl.col("session") <= last).sort("date", "id")
    latest = before.unique("question", keep="last", maintain_order=True)
    carried = later.join(latest.select("question", former="id"), on="question", how="inner")
    chain = carried.join(issues.rename({"id": "former"}), on="former").select(
        "id", "mark", origin=pl.lit("chain")
    )
    new = later.join(carried, on="id", how="anti")
    return pl.concat([source, chain, _by_words(new)]).unique().sort("id", "mark")


def _by_words(calls: pl.DataFrame) -> pl.DataFrame:
    said = pl.concat_str("title", "item", separator=" ", ignore_nulls=True).str.to_lowercase()
    parts = [
        calls.filter(said.str.contains(words)).select(
            "id", mark=pl.lit(mark), origin=pl.lit("words")
        )
        for mark, words in _WORDS.items()
    ]
    return pl.concat(parts)


def select_roll_calls(
    calls: pl.DataFrame,
    votes: str = "all",
    *,
    marks: pl.DataFrame | None = None,
    first: int | None = None,
    last: int | None = None,
    topic: str | None = None,
) -> pl.DataFrame:
    """The roll calls of a selection, of some years, with some words in the title.

    Parameters
    ----------
    calls : polars.DataFrame
        Columns `id`, `date`, `session` and `title`.
    votes : str
        A name in `SELECTIONS`.
    marks : polars.DataFrame or None
        As :func:`marked` gives them; needed for all selections but ``"all"``.
    first, last : int or None
        First and last session year: 1945 plus the session's number, the year it opened in.
    topic : str or None
        A regular expression that the title (or, where there is none, the source's précis) holds,
        whatever the case.

    Returns
    -------
    polars.DataFrame
        The rows of `calls` that are in it, with `session_year`.

    Raises
    ------
    AnswersError
        When the selection is unknown, the expression is none, or no roll call is left.

    Examples
    --------
    >>> from datetime import date
    >>> calls = pl.DataFrame({"id": ["a", "b"], "session": ["60", "61"], "title": ["Iran", "Cuba"],
    ...     "date": [date(2005, 12, 1), date(2006, 12, 1)]})
    >>> select_roll_calls(calls, topic="iran")["session_year"].to_list()
    [2005]
    """
    if votes not in SELECTIONS:
        raise AnswersError(f"expected votes of {', '.join(SELECTIONS)}, received {votes!r}")
    kept = calls.with_columns(session_year=session_numbers(calls) + 1945)
    if votes != "all":
        if marks is None:
            raise AnswersError(f"expected the marks of roll calls to select {votes!r}")
        wanted = marks.filter(pl.col("mark") == ISSUES.get(votes, votes)).select("id")
        kept = kept.join(wanted, on="id", how="semi", maintain_order="left")
    kept = kept.filter(
        pl.col("session_year") >= (first if first is not None else 0),
        pl.col("session_year") <= (last if last is not None else 9999),
    )
    if topic is not None:
        kept = _on_topic(kept, topic)
    if kept.is_empty():
        raise AnswersError(
            f"expected roll calls of {votes!r} from {first or 'the first'} to {last or 'the last'}"
            f"{f' on {topic!r}' if topic else ''}, found none. Widen the years or the words"
        )
    return kept


def _on_topic(calls: pl.DataFrame, topic: str) -> pl.DataFrame:
    try:
        words = re.compile(topic, re.IGNORECASE)
    except re.error as error:
        raise AnswersError(f"expected a regular expression, received {topic!r}: {error}") from error
    spoken = calls["said"] if "said" in calls.columns else [None] * calls.height
    hits = [
        bool(words.search(title or said or ""))
        for title, said in zip(calls["title"], spoken, strict=True)
    ]
    return calls.filter(pl.Series(hits, dtype=pl.Boolean))
