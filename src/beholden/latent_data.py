"""What estimates are made from: data sets of a library as answers, with their records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.errors import MissingDataError
from beholden.latent.assembly import ASSEMBLY, assembly_answers, published_answers
from beholden.latent.bridging import bridged_items, bridges
from beholden.latent.model import Anchors
from beholden.latent.problems import AnswersError
from beholden.latent.rights import RIGHTS, rights_answers
from beholden.latent.rights_sources import extended_indicators
from beholden.latent.selecting import IMPORTANT, marked, select_roll_calls
from beholden.measures.rollcalls import NEEDS, roll_calls
from beholden.states.timeline import index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from beholden.latent.model import Model
    from beholden.latent.observed import Answers
    from beholden.store.records import Record
    from beholden.store.shelf import Shelf

__all__ = ["Prepared", "assembly", "assembly_published", "human_rights", "named"]

_ROLL_CALLS, _VOTES = "un_ga_votes_voeten_roll_calls", "un_ga_votes_voeten"
_ISSUES = "un_ga_votes_voeten_issues"
_MATRIX = "fariss_lhrs_indicators"
_RIGHTS_NEEDS = (_MATRIX, "pts", "cirights", "ucdp_one_sided")
_SESSION_ZERO = 1945
_SIDES = (("USA",), ("SUN", "RUS"))
_RIGHTS_SIDES = (("NZL", "CAN", "SWE"), ("PRK",))


@dataclass(frozen=True, eq=False)
class Prepared:
    """Answers, the model for them, and where they are from.

    Attributes
    ----------
    answers : Answers
        Units are ISO 3166 codes; a former bearer of a code has its Correlates of War number
        behind it ("YEM-678" is North Yemen), for a state is not its successor.
    model : Model or None
        With the anchors that are among the units; None is the published model's own.
    records : tuple of Record
        The editions read.
    items : polars.DataFrame
        Columns `item` and `title`.
    facts : dict
        Figures for the record: how many roll calls, how many bridged, and so on.
    """

    answers: Answers
    model: Model | None
    records: tuple[Record, ...]
    items: pl.DataFrame
    facts: dict[str, Any]


def assembly(
    shelf: Shelf,
    votes: str = "all",
    *,
    first: int | None = None,
    last: int | None = None,
    topic: str | None = None,
) -> Prepared:
    """Roll calls of the General Assembly from all sources, bridged, as answers.

    Parameters
    ----------
    shelf : Shelf
        The library.
    votes, first, last, topic
        As in :func:`beholden.latent.selecting.select_roll_calls`.

    Raises
    ------
    MissingDataError
        When data sets are missing; the message has one command that fetches them all.
    AnswersError
        When nothing is left to estimate from.
    """
    frames, records = _opened(shelf, (*NEEDS, _ISSUES))
    unified = roll_calls(frames)
    calls = unified.roll_calls.filter(pl.col("body") == "GA")
    cast = unified.votes.join(calls.select("id", "date"), on="id", how="inner")
    # Chains run through roll calls outside the selection, and through unanimous ones.
    items = bridged_items(calls, bridges(calls, cast))
    marks = marked(calls, _coded(frames), items)
    kept = select_roll_calls(calls, votes, marks=marks, first=first, last=last, topic=topic)
    table = cast.join(kept.select("id", year="session_year"), on="id", how="inner")
    answers = assembly_answers(_with_units(table), items=items, unit="unit")
    named = kept.sort("date").join(items.rename({"item": "question"}), on="id")
    titles = named.select(item="question", title=pl.coalesce("title", "said"))
    facts = {
        "votes": votes,
        "roll_calls": kept.height,
        "answers": answers.n,
        "items": len(answers.items),
        "items_bridged": int((_instances(answers) > 1).sum()),
        "items_unanimous": len(answers.dropped_items),
        "marks": _origins(kept, marks, votes),
    }
    return Prepared(answers, replace(ASSEMBLY, anchors=_anchors(answers, _SIDES)), records,
                    titles.unique("item", keep="first", maintain_order=True), facts)  # fmt: skip


def assembly_published(
    shelf: Shelf, *, first: int | None = None, last: int | None = None
) -> Prepared:
    """The older series after the published cleaning, with the published links.

    Parameters
    ----------
    shelf : Shelf
        The library.
    first, last : int or None
        Session years.

    Raises
    ------
    MissingDataError
        When data sets are missing.
    AnswersError
        When nothing is left to estimate from.
    """
    frames, records = _opened(shelf, (_VOTES, _ROLL_CALLS))
    year = pl.col("session") + _SESSION_ZERO
    calls = frames[_ROLL_CALLS].filter(
        year >= (first if first is not None else 0), year <= (last if last is not None else 9999)
    )
    if calls.is_empty():
        raise AnswersError(f"expected roll calls from {first} to {last}, found none")
    answers = published_answers(frames[_VOTES], calls)
    titles = calls.select(item="rcid", title=pl.coalesce("short", "descr"))
    return Prepared(answers, None, records, titles,
                    {"votes": "all", "roll_calls": calls.height, "answers": answers.n,
                     "items": len(answers.items)})  # fmt: skip


def named(table: pl.DataFrame) -> pl.DataFrame:
    """A table of the published model with states and years in the place of numbers and sessions.

    Parameters
    ----------
    table : polars.DataFrame
        Column `time`, a session, and perhaps `unit`, a Correlates of War number.

    Returns
    -------
    polars.DataFrame
        `time` is the year in which the session opened; `unit` the ISO 3166 code, a former bearer's
        with its number behind it.

    Examples
    --------
    >>> rows = pl.DataFrame({"unit": [365, 678], "time": [74.0, 20.0]})
    >>> named(rows).rows()
    [('RUS', 2019.0), ('YEM-678', 1965.0)]
    """
    years = table.with_columns(pl.col("time") + _SESSION_ZERO)
    if "unit" not in table.columns:
        return years
    labels = {cow: _label(int(cow)) for cow in table["unit"].unique()}
    unit = pl.col("unit").replace_strict(labels, return_dtype=pl.String)
    return years.with_columns(unit)


def _label(cow: int) -> str:
    iso3 = index("cow")[cow][-1].iso3 if cow in index("cow") else None
    if iso3 is None:
        return f"COW-{cow}"
    return iso3 if index("iso3")[iso3][-1].cow == cow else f"{iso3}-{cow}"


def human_rights(shelf: Shelf, *, first: int | None = None, last: int | None = None) -> Prepared:
    """The published indicators of human rights and the years after them, as answers.

    Parameters
    ----------
    shelf : Shelf
        The library.
    first, last : int or None
        Years.

    Raises
    ------
    MissingDataError
        When data sets are missing.
    AnswersError
        When nothing is left to estimate from.
    """
    frames, records = _opened(shelf, _RIGHTS_NEEDS)
    whole = extended_indicators(*(frames[name] for name in _RIGHTS_NEEDS))
    kept = whole.filter(
        pl.col("year") >= (first if first is not None else 0),
        pl.col("year") <= (last if last is not None else 9999),
    )
    if kept.is_empty():
        raise AnswersError(f"expected years with indicators, found none from {first} to {last}")
    labels = _labels_of_numbers(whole)
    named = kept.with_columns(unit=pl.col("cow").replace_strict(labels, return_dtype=pl.String))
    answers = rights_answers(named, unit="unit")
    items = pl.DataFrame({"item": list(answers.items), "title": list(answers.items)})
    return Prepared(answers, replace(RIGHTS, anchors=_anchors(answers, _RIGHTS_SIDES)), records,
                    items, {"answers": answers.n, "items": len(answers.items)})  # fmt: skip


def _opened(
    shelf: Shelf, names: Sequence[str]
) -> tuple[dict[str, pl.DataFrame], tuple[Record, ...]]:
    absent = [name for name in names if shelf.current(name) is None]
    if absent:
        raise MissingDataError(
            f"expected {len(names)} data sets in {shelf.root}, missed {', '.join(absent)}. "
            f"Get them with: {shelf.command('fetch', ' '.join(absent))}",
            needs=tuple(absent),
        )
    opened = {name: shelf.open(name) for name in names}
    frames = {name: lazy.collect() for name, (lazy, _) in opened.items()}
    return frames, tuple(record for _, record in opened.values())


def _coded(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The codes of issues and the list of important votes, by the ids of unified roll calls."""
    name = pl.lit("GA-") + pl.col("rcid").cast(pl.String)
    issues = frames[_ISSUES].select(id=name, mark="short_name")
    listed = frames[_ROLL_CALLS].filter(pl.col("importantvote"))
    return pl.concat([issues, listed.select(id=name, mark=pl.lit(IMPORTANT))])


def _origins(kept: pl.DataFrame, marks: pl.DataFrame, votes: str) -> dict[str, int]:
    from beholden.latent.selecting import ISSUES

    own = marks.filter(pl.col("mark") == ISSUES.get(votes, votes)).join(kept, on="id", how="semi")
    return dict(own.group_by("origin").len().sort("origin").iter_rows())


def _with_units(cast: pl.DataFrame) -> pl.DataFrame:
    """Votes with `unit`, which tells former bearers of a code from the present one."""
    former = [
        (iso3, state.start, state.end, f"{iso3}-{state.cow}")
        for iso3 in cast["iso3"].unique().sort()
        for state in index("iso3").get(iso3, ())
        if state.end is not None and state.cow != index("iso3")[iso3][-1].cow
    ]
    unit = pl.col("iso3")
    for iso3, start, end, label in former:
        there = (pl.col("iso3") == iso3) & pl.col("date").is_between(start, end)
        unit = pl.when(there).then(pl.lit(label)).otherwise(unit)
    return cast.with_columns(unit=unit)


def _labels_of_numbers(whole: pl.DataFrame) -> dict[int, str]:
    """Each Correlates of War number as one label, whatever names it bore."""
    latest = whole.sort("year").group_by("cow", maintain_order=True).agg(
        pl.col("iso3").drop_nulls().last(), pl.col("year").max()
    )  # fmt: skip
    labels: dict[int, str] = {}
    taken: set[str] = set()
    for cow, iso3, _ in latest.sort("year", "cow", descending=[True, False]).iter_rows():
        plain = iso3 is not None and iso3 not in taken
        labels[cow] = iso3 if plain else f"{iso3 or 'COW'}-{cow}"
        taken.add(labels[cow])
    return labels


def _anchors(answers: Answers, sides: tuple[tuple[str, ...], tuple[str, ...]]) -> Anchors:
    here = [tuple(unit for unit in side if unit in answers.units) for side in sides]
    if not here[0]:
        raise AnswersError(
            f"expected answers of {', '.join(sides[0])}, which say what is positive; there are none"
        )
    return Anchors(positive=here[0], negative=here[1])


def _instances(answers: Answers) -> Any:
    import numpy as np

    return np.bincount(answers.instance_item, minlength=len(answers.items))
