"""Ideal points in the General Assembly: its roll calls as answers."""

from __future__ import annotations

from importlib import resources

import polars as pl

from beholden.latent.model import Anchors, Model
from beholden.latent.observed import Answers, answers
from beholden.latent.problems import AnswersError

__all__ = ["ASSEMBLY", "assembly_answers", "links", "published_answers", "published_cleaning"]

SCALE = ("no", "abstain", "yes")
# The United States on the positive side, the Soviet Union and Russia on the negative one. China
# is no anchor: its seat and its votes changed sides. Steep items are held back as in the
# published model, for blocs that vote as one would else be pushed out without end.
ASSEMBLY = Model(scale="pool", load_sd=1.0, anchors=Anchors(positive=("USA",), negative=("RUS",)))
LONE_SESSION = 19
ZANZIBAR, SOUTH_AFRICA, SOUTH_AFRICA_SESSION = 511, 560, 48
FINAL_ONLY_AFTER = 1989


def assembly_answers(
    votes: pl.DataFrame, *, items: pl.DataFrame | None = None, unit: str = "iso3"
) -> Answers:
    """Roll calls as answers, one position of each state in a year.

    Absence and non-membership are missing, never abstention. A resolution that was put again is
    one item at several times where `items` says so.

    Parameters
    ----------
    votes : polars.DataFrame
        Columns `id`, `year`, `vote` (yes, no, abstain or absent) and the state.
    items : polars.DataFrame or None
        Columns `id` and `item`: which roll calls are the same question. None bridges nothing,
        so that years hang together by the states' paths alone.
    unit : str
        The column of the state.

    Raises
    ------
    AnswersError
        When a column is missing or nothing remains.

    Examples
    --------
    >>> table = pl.DataFrame({"id": ["a", "a", "b", "b"], "year": [1, 1, 1, 1],
    ...     "iso3": ["USA", "RUS"] * 2, "vote": ["yes", "no", "absent", "no"]})
    >>> assembly_answers(table).dropped_items
    ('b',)
    """
    absent = [name for name in ("id", "year", "vote", unit) if name not in votes.columns]
    if absent:
        raise AnswersError(f"expected votes with {', '.join(absent)}, which they lack")
    cast = votes.filter(pl.col("vote").is_in(SCALE), pl.col(unit).is_not_null())
    cast = cast.with_columns(item=pl.col("id"))
    if items is not None:
        named = items.select("id", pl.col("item").alias("same")).unique("id")
        cast = cast.join(named, on="id", how="left", maintain_order="left")
        cast = cast.with_columns(item=pl.coalesce("same", "id"))
    table = cast.select(unit=unit, time="year", item="item", answer="vote")
    return answers(table, scale=SCALE, repeats=True)


def links() -> pl.DataFrame:
    """The 955 pairs of roll calls that Bailey, Strezhnev and Voeten hold to be the same question.

    Columns `earlier` and `later`: roll-call numbers of the older series. From `Matches.csv` of
    https://github.com/evoeten/United-Nations-General-Assembly-Votes-and-Ideal-Points (MIT).
    """
    path = resources.files("beholden.latent").joinpath("tables/assembly_links.csv")
    return pl.read_csv(path.read_bytes())


def linked(calls: pl.Series, pairs: pl.DataFrame) -> pl.DataFrame:
    """The item of each roll call: links chain and are many to one, so the latest goes first.

    Examples
    --------
    >>> pairs = pl.DataFrame({"earlier": [1, 2, 3], "later": [3, 3, 4]})
    >>> linked(pl.Series([1, 2, 3, 4]), pairs)["item"].to_list()
    [1, 2, 1, 1]
    """
    first = pairs.group_by("later").agg(pl.col("earlier").min())
    home = dict(first.iter_rows())
    unique = calls.unique().sort().to_list()
    found = []
    for call in unique:
        item = call
        while item in home:
            item = home[item]
        found.append(item)
    return pl.DataFrame({"rcid": unique, "item": found}, schema_overrides={"rcid": calls.dtype})


def published_cleaning(votes: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
    """The votes that the edition of April 2020 rests on, with the item of each.

    Left out are session 19 (one vote), Zanzibar, South Africa's lone vote of 1993, and from
    1990 on votes on paragraphs and amendments; then, of linked roll calls, those that all
    answered alike.

    Parameters
    ----------
    votes : polars.DataFrame
        Columns `rcid`, `ccode` and `vote` of `un_ga_votes_voeten`.
    calls : polars.DataFrame
        Columns `rcid`, `session`, `year`, `para` and `amend` of its roll calls.

    Returns
    -------
    polars.DataFrame
        Columns `rcid`, `session`, `ccode`, `vote` and `item`: on the whole series 797,473
        votes in 5,733 roll calls as 4,784 items by 10,469 states and sessions.

    References
    ----------
    .. [1] Bailey, M. A., Strezhnev, A., and Voeten, E. (2017). Estimating dynamic state
       preferences from United Nations voting data. Journal of Conflict Resolution 61(2),
       430-456. https://doi.org/10.1177/0022002715595700
    """
    part = (pl.col("para").fill_null(value=False)) | (pl.col("amend").fill_null(value=False))
    kept = calls.filter(~((pl.col("year") > FINAL_ONLY_AFTER) & part))
    joined = votes.select("rcid", "ccode", "vote").join(
        kept.select("rcid", "session"), on="rcid", how="inner", maintain_order="left"
    )
    lone = (pl.col("ccode") == SOUTH_AFRICA) & (pl.col("session") == SOUTH_AFRICA_SESSION)
    joined = joined.filter(pl.col("session") != LONE_SESSION, pl.col("ccode") != ZANZIBAR, ~lone)
    joined = joined.join(
        linked(joined["rcid"], links()), on="rcid", how="left", maintain_order="left"
    )
    return joined.filter(pl.col("vote").n_unique().over("item") > 1).select(
        "rcid", "session", "ccode", "vote", "item"
    )


def published_answers(votes: pl.DataFrame, calls: pl.DataFrame) -> Answers:
    """The same votes as answers: units are codes of the Correlates of War, times sessions."""
    table = published_cleaning(votes, calls).select(
        unit="ccode", time="session", item="item", answer="vote"
    )
    return answers(table, scale=SCALE, repeats=True)
