"""Votes on rights in any client, from the roll calls of all states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.core import Series
from beholden.errors import MissingDataError
from beholden.measures.affinity import held_roll_calls
from beholden.measures.base import Choice, Option
from beholden.measures.country_resolutions import by_target, country_resolutions
from beholden.measures.frames import VOTE
from beholden.measures.rollcalls import NEEDS
from beholden.measures.states_and_pairs import source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Evidence, Target
    from beholden.panels import Holdings

__all__ = ["CASE_FILE", "SOURCE", "forbids_source", "recorded_votes"]

CASE_FILE = "case file"
SOURCE = Choice(
    "source",
    "whose record of the votes is taken",
    (
        Option(
            CASE_FILE,
            "in the case file",
            "each text with its own source, also those adopted without a vote",
            facts=True,
        ),
        Option(
            "roll calls",
            "in the roll calls of all states",
            "every recorded vote of every state, with the texts found by a rule on their titles",
            NEEDS,
        ),
    ),
    "equivalent",
)
_BODIES = {"GA": "UNGA plenary", "CHR": "UNCHR", "HRC": "UNHRC"}
_KEPT = {"plenary": ("GA",), "all rights bodies": ("GA", "CHR", "HRC")}


def forbids_source(picks: Mapping[str, str]) -> str:
    """Why a choice has no meaning in the roll calls, or ""."""
    if picks.get("source") != "roll calls":
        return ""
    if picks.get("unrecorded", "left out") != "left out":
        return "roll calls hold recorded votes alone"
    if picks.get("bodies") == "plenary and committee":
        return "the roll calls of committees are not in the data sets"
    if picks.get("tally", "preferred") != "preferred":
        return "the roll calls give one tally"
    return ""


def recorded_votes(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    """The recorded votes on human rights in the client, with the patron's vote on each.

    Parameters
    ----------
    evidence : Evidence
        With the library's data sets.
    target : Target
        Client, patron and years.
    picks : mapping of str to str
        `bodies` as in the case file.

    Returns
    -------
    Series
        One row for each text voted on as a whole; amendments, paragraphs and motions are
        left out. `vote` is null where the patron was no member, and "absent" where it was.

    Raises
    ------
    MissingDataError
        When the library lacks one of the data sets.
    """
    holdings = evidence.data
    if holdings is None:
        raise MissingDataError(
            f"roll calls need data sets; get them with: beholden fetch {' '.join(NEEDS)}", NEEDS
        )
    calls = held_roll_calls(holdings)
    texts = by_target(country_resolutions()).filter(
        (pl.col("target") == target.client)
        & (pl.col("subject") == "rights")
        & (pl.col("motion") == "text")
        & (pl.col("polarity") == "against")
        & pl.col("body").is_in(_KEPT[picks.get("bodies", "plenary")])
    )
    own = calls.votes.filter(pl.col("iso3") == target.patron).select("id", "vote")
    joined = (
        texts.select("id")
        .join(calls.roll_calls, on="id", validate="1:1")
        .join(own, on="id", how="left", validate="1:1")
    )
    if target.years is not None:
        span = target.years.until(evidence.as_of.year)
        joined = joined.filter(pl.col("year").is_in(list(span)))
    return _series(holdings, joined)


def _series(holdings: Holdings, joined: pl.DataFrame) -> Series:
    adopted = pl.col("yes") > pl.col("no")
    frame = joined.select(
        "date",
        "year",
        pl.col("body").replace_strict(_BODIES).alias("body"),
        "symbol",
        pl.lit("rights").alias("subject"),
        "vote",
        "yes",
        "no",
        "abstain",
        (pl.col("yes") - pl.col("no")).alias("margin"),
        adopted.alias("adopted"),
        pl.when(adopted)
        .then(pl.lit("adopted by vote"))
        .otherwise(pl.lit("rejected"))
        .alias("outcome"),
        pl.lit(value=True).alias("recorded"),
        pl.concat_list("source").alias("rows"),
    ).cast(VOTE)  # type: ignore[arg-type]
    used = sorted({name for rows in frame["rows"].to_list() for name in rows})
    return Series(
        frame.sort("date", "body"),
        "vote",
        "votes",
        {name: source_of(holdings, name) for name in used},
        holdings.provenance(NEEDS),
        ("Texts adopted without a vote are not in the roll calls.",),
    )
