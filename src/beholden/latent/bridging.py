"""Roll calls that put the same question again: found from titles, sessions and votes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy import sparse

from beholden.latent.problems import AnswersError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Rule", "bridged_items", "bridges", "session_numbers"]

_NEEDED = ("id", "date", "session", "title", "said", "amendment", "paragraph", "no_action")
_CODES = {"no": 1, "abstain": 2, "yes": 3}
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_COMMON = {"the", "of", "and", "in", "to", "a", "an", "on", "for", "by", "with", "from", "as", "at"}
_COMMON |= {"its", "their"}
_STEM = 6
# Before this session the series prints a subject such as NAMIBIA as title, and a précis.
_TITLES_BEGIN = 40
# The Assembly's regular session N opens in September of this year plus N.
_FOUNDED, _OPENS = 1945, 9


@dataclass(frozen=True)
class Rule:
    """When two roll calls are held to put the same question.

    Parameters
    ----------
    similarity : float
        Least likeness of their words, 0 to 1: the cosine of weighted words, where a word
        counts by how rare it is among all titles. Before session 40, when titles are mere
        subjects, the mean of the likeness of titles and of the sources' précis.
    agreement : float
        Least share of the states voting both times that voted the same.
    shared : int
        Least number of states voting both times.
    reach : int
        Most sessions between them.
    """

    similarity: float = 0.6
    agreement: float = 0.85
    shared: int = 20
    reach: int = 3


def session_numbers(calls: pl.DataFrame) -> pl.Series:
    """The number of the regular session of each roll call.

    A roll call of an emergency special session ("ES-11") goes with the regular session in
    whose time it was held.

    Examples
    --------
    >>> from datetime import date
    >>> rows = {"session": ["60", "ES-11"], "date": [date(2005, 12, 1), date(2022, 3, 2)]}
    >>> session_numbers(pl.DataFrame(rows)).to_list()
    [60, 76]
    """
    began = pl.col("date").dt.year() - (pl.col("date").dt.month() < _OPENS).cast(pl.Int64)
    number = pl.coalesce(pl.col("session").cast(pl.Int64, strict=False), began - _FOUNDED)
    return calls.select(number.alias("session"))["session"]


def bridges(calls: pl.DataFrame, votes: pl.DataFrame, rule: Rule | None = None) -> pl.DataFrame:
    """Pairs of roll calls, in sessions that follow each other, on the same question.

    Only votes on a text as a whole are bridged: votes on paragraphs, amendments and motions,
    and those known by the chair's words alone, stand for themselves. A later roll call goes
    with one earlier one, in the nearest session that has any, there the likest in words and
    then in votes; several later ones may go with the same earlier one.

    Parameters
    ----------
    calls : polars.DataFrame
        Columns `id`, `date`, `session`, `title`, `said`, `amendment`, `paragraph` and
        `no_action` of the unified roll calls of one body.
    votes : polars.DataFrame
        Columns `id`, `iso3` and `vote`.
    rule : Rule or None
        None takes the defaults.

    Returns
    -------
    polars.DataFrame
        Columns `earlier` and `later` (ids), `apart` (sessions), `similarity`, `agreement` and
        `shared`, by `later`.

    Raises
    ------
    AnswersError
        When a column is missing.

    Examples
    --------
    >>> from datetime import date
    >>> calls = pl.DataFrame({"id": ["a", "b"], "date": [date(2001, 12, 1), date(2002, 12, 1)],
    ...     "session": ["56", "57"], "title": ["Nuclear disarmament", "Nuclear disarmament"],
    ...     "said": None, "amendment": None, "paragraph": None, "no_action": None},
    ...     schema_overrides={"said": pl.String})
    >>> votes = pl.DataFrame({"id": ["a", "a", "b", "b"], "iso3": ["USA", "CUB"] * 2,
    ...     "vote": ["no", "yes"] * 2})
    >>> bridges(calls, votes, Rule(shared=2)).select("earlier", "later", "agreement").row(0)
    ('a', 'b', 1.0)
    """
    rule = rule or Rule()
    absent = [name for name in _NEEDED if name not in calls.columns]
    if absent:
        raise AnswersError(f"expected roll calls with {', '.join(absent)}, which they lack")
    kept = calls.filter(_whole_text()).sort("date", "id")
    session = session_numbers(kept).to_numpy()
    words, precis = _weighted(kept["title"]), _weighted(_early(kept["said"], session))
    table = _ballots(kept["id"], votes)
    found: list[tuple[int, int, int, float, float, int]] = []
    for number in np.unique(session):
        for apart in range(1, rule.reach + 1):
            later = np.flatnonzero(session == number)
            earlier = np.flatnonzero(session == number - apart)
            likeness = _likeness(words, precis, earlier, later, early=number < _TITLES_BEGIN)
            shared, same = _agreement(table, earlier, later)
            good = (likeness >= rule.similarity) & (shared >= rule.shared)
            good &= same >= rule.agreement
            found += [
                (int(earlier[i]), int(later[j]), apart,
                 float(likeness[i, j]), float(same[i, j]), int(shared[i, j]))
                for i, j in zip(*np.nonzero(good), strict=True)
            ]  # fmt: skip
    return _best(found, kept["id"])


def bridged_items(calls: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """The item of each roll call: the first roll call of the chain that it ends.

    Chains are followed from the latest backwards, through roll calls that all answered alike
    too; so they have to be made before such roll calls are dropped.

    Parameters
    ----------
    calls : polars.DataFrame
        Column `id`.
    pairs : polars.DataFrame
        Columns `earlier` and `later`, each later one once.

    Returns
    -------
    polars.DataFrame
        Columns `id` and `item`.

    Examples
    --------
    >>> pairs = pl.DataFrame({"earlier": ["a", "b", "b"], "later": ["b", "c", "d"]})
    >>> bridged_items(pl.DataFrame({"id": list("abcde")}), pairs)["item"].to_list()
    ['a', 'a', 'a', 'a', 'e']
    """
    home = dict(pairs.select("later", "earlier").iter_rows())
    found = []
    for call in calls["id"]:
        item = call
        while item in home:
            item = home[item]
        found.append(item)
    return pl.DataFrame({"id": calls["id"], "item": found}, schema_overrides={"item": pl.String})


def _whole_text() -> pl.Expr:
    part = pl.any_horizontal(
        pl.col("amendment", "paragraph", "no_action").cast(pl.Boolean).fill_null(value=False)
    )
    return ~part & pl.col("title").is_not_null()


def _early(said: pl.Series, session: Ints) -> list[str | None]:
    return [
        text if number < _TITLES_BEGIN else None for text, number in zip(said, session, strict=True)
    ]


def _weighted(texts: Sequence[str | None] | pl.Series) -> sparse.csr_array:
    """A row of unit length for each text: its words, each weighted by how rare it is."""
    places: dict[str, int] = defaultdict(lambda: len(places))
    rows, columns = [], []
    for row, text in enumerate(texts):
        for word in sorted(_words(text or "")):
            rows.append(row)
            columns.append(places[word])
    shape = (len(texts), max(len(places), 1))
    table = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    rarity = np.log((1 + len(texts)) / np.maximum(table.sum(axis=0), 1))
    table = sparse.csr_array(table @ sparse.diags_array(rarity))
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1.0)) @ table)


def _words(text: str) -> set[str]:
    """Stems of the words that matter; a year in a title does not make it another question.

    Examples
    --------
    >>> sorted(_words("Situation of human rights in Iraq, 1998"))
    ['human', 'iraq', 'rights', 'situat']
    """
    found = _WORD.findall(text.lower())
    return {word[:_STEM] for word in found if word not in _COMMON and not _YEAR.fullmatch(word)}


def _likeness(
    words: sparse.csr_array, precis: sparse.csr_array, earlier: Ints, later: Ints, *, early: bool
) -> Floats:
    titles = np.asarray((words[earlier] @ words[later].T).todense())
    if not early:
        return titles
    said: Floats = np.asarray((precis[earlier] @ precis[later].T).todense())
    return np.asarray((titles + said) / 2)


def _ballots(ids: pl.Series, votes: pl.DataFrame) -> NDArray[np.int8]:
    """The vote of each state in each roll call, 0 where it cast none."""
    place = pl.DataFrame({"id": ids, "row": np.arange(len(ids))})
    cast = votes.filter(pl.col("vote").is_in(list(_CODES))).drop_nulls("iso3")
    cast = cast.join(place, on="id", how="inner")
    column = cast["iso3"].rank("dense").to_numpy().astype(np.int64) - 1
    table = np.zeros((len(ids), int(column.max(initial=-1)) + 1), dtype=np.int8)
    codes = cast["vote"].replace_strict(_CODES, return_dtype=pl.Int8)
    table[cast["row"].to_numpy(), column] = codes.to_numpy()
    return table


def _agreement(table: NDArray[np.int8], earlier: Ints, later: Ints) -> tuple[Floats, Floats]:
    """How many states voted both times, and the share of them that voted the same."""
    first, second = table[earlier], table[later]
    voted = [(side > 0).astype(np.float64) for side in (first, second)]
    shared = voted[0] @ voted[1].T
    same = np.zeros_like(shared)
    for code in _CODES.values():
        same += (first == code).astype(np.float64) @ (second == code).astype(np.float64).T
    return shared, same / np.maximum(shared, 1.0)


def _best(found: list[tuple[int, int, int, float, float, int]], ids: pl.Series) -> pl.DataFrame:
    """For each later roll call the nearest session's likest earlier one."""
    names = ["earlier", "later", "apart", "similarity", "agreement", "shared"]
    kinds = [pl.Int64, pl.Int64, pl.Int64, pl.Float64, pl.Float64, pl.Int64]
    rows = pl.DataFrame(found, schema=list(zip(names, kinds, strict=True)), orient="row")
    # Equal words in floating point are equal to some digits only.
    order = [pl.col("later"), pl.col("apart"), -pl.col("similarity").round(6),
             -pl.col("agreement"), pl.col("earlier")]  # fmt: skip
    best = rows.sort(order).unique("later", keep="first", maintain_order=True)
    return best.with_columns(
        pl.Series("earlier", ids.gather(best["earlier"]), dtype=pl.String),
        pl.Series("later", ids.gather(best["later"]), dtype=pl.String),
    )
