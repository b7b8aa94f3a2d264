"""One table of roll calls and one of votes over the sources on United Nations bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from beholden.errors import MissingDataError
from beholden.measures.rollcalls_assembly import (
    assembly_absences,
    older_assembly,
    older_assembly_votes,
    recent_assembly,
    recent_assembly_votes,
    twins,
)
from beholden.measures.rollcalls_council import council, council_votes

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NEEDS", "ROLL_CALL", "VOTES", "RollCalls", "roll_calls"]

NEEDS = (
    "un_ga_votes_voeten_roll_calls",
    "un_ga_votes_voeten",
    "un_ga_votes_voeten_published",
    "un_ga_votes_matrix_2024",
    "un_ga_resolutions_dgacm",
    "un_ga_resolutions_dgacm_votes",
    "un_hrc_votes_ohchr_resolutions",
    "un_hrc_votes_ohchr",
    "un_hrc_resolutions_dgacm_votes",
)
SECRETARIAT = "un_ga_resolutions_dgacm"
VOTES = ("yes", "no", "abstain", "absent")
ROLL_CALL: dict[str, pl.DataType | type[pl.DataType]] = {
    "id": pl.String,
    "body": pl.String,
    "date": pl.Date,
    "year": pl.Int64,
    "session": pl.String,
    "symbol": pl.String,
    "title": pl.String,
    "heading": pl.String,
    "item": pl.String,
    "said": pl.String,
    "amendment": pl.Boolean,
    "paragraph": pl.Boolean,
    "no_action": pl.Boolean,
    "source": pl.String,
    "source_id": pl.String,
    "stated_yes": pl.Int64,
    "stated_no": pl.Int64,
    "stated_abstain": pl.Int64,
}


@dataclass(frozen=True, eq=False)
class RollCalls:
    """The roll calls of United Nations bodies and the votes cast in them.

    Attributes
    ----------
    roll_calls : polars.DataFrame
        One row for each roll call, by body, date and id. `id` is GA or HR, a dash, and the
        number or symbol in the source; `body` is GA, CHR or HRC. `title` is the title of the
        text, `heading` the source's subject heading, `item` the agenda item, `said` what the
        chair said when calling the vote or, before 1985, the source's précis. `amendment`,
        `paragraph` and `no_action` are the source's flags, null where it is silent. `yes`, `no`,
        `abstain` and `absent` are counted from the votes, or `stated` by the source where it
        names no states (`tally` says which); `absent` is null where no source lists absences.
    votes : polars.DataFrame
        One row for each state in each roll call where a source says what it did: `id`, `iso3`
        of the state on that day, `vote` in yes, no, abstain or absent (which includes
        "present, not participating"). States that were no members have no row.
    """

    roll_calls: pl.DataFrame
    votes: pl.DataFrame


def roll_calls(frames: Mapping[str, pl.DataFrame]) -> RollCalls:
    """The roll calls and votes of the General Assembly, the Commission and the Council.

    No roll call appears twice: the Assembly's older series gives way to the Secretariat's
    record wherever that has the resolution (from October 2019 on). `docs/country-resolutions.md`
    says which source is taken for which period, and why.

    Parameters
    ----------
    frames : mapping of str to polars.DataFrame
        The tables named in `NEEDS`, as the library holds them.

    Raises
    ------
    MissingDataError
        When one of them is not among `frames`.

    Source
    ------
    Voeten, E. (2013), Data and analyses of voting in the UN General Assembly, with data at
    https://doi.org/10.7910/DVN/LEJUQZ; Szoszkiewicz, L. (2026),
    https://doi.org/10.5281/zenodo.21281232; United Nations, DGACM (2026),
    https://github.com/UNxml/GAresolutions.
    """
    absent = [name for name in NEEDS if name not in frames]
    if absent:
        raise MissingDataError(
            f"expected {len(NEEDS)} tables on United Nations votes, missed {', '.join(absent)}. "
            f"Get them with: beholden fetch {' '.join(absent)}",
            needs=tuple(absent),
        )
    older = older_assembly_votes(frames["un_ga_votes_voeten"])
    calls = _calls(frames, older)
    votes = _votes(frames, older, calls.select("id"))
    return RollCalls(_with_tallies(calls, votes), votes)


def _calls(frames: Mapping[str, pl.DataFrame], cast: pl.DataFrame) -> pl.DataFrame:
    recent = recent_assembly(frames["un_ga_resolutions_dgacm"])
    older = older_assembly(frames["un_ga_votes_voeten_roll_calls"])
    # The two series overlap in session 74; the Secretariat's own record is the better one.
    older = older.join(recent.select("symbol"), on="symbol", how="anti", nulls_equal=False)
    older = older.join(twins(older, cast), on="id", how="anti")
    bodies = council(frames["un_hrc_votes_ohchr_resolutions"], frames["un_hrc_votes_ohchr"])
    parts = [part.select(_columns(part)) for part in (older, recent, bodies)]
    return pl.concat(parts).sort("body", "date", "id")


def _columns(part: pl.DataFrame) -> list[pl.Expr]:
    """Every column of a roll call in its type; what a source lacks is unknown."""
    return [
        (pl.col(name) if name in part.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in ROLL_CALL.items()
    ]


def _votes(
    frames: Mapping[str, pl.DataFrame], older: pl.DataFrame, ids: pl.DataFrame
) -> pl.DataFrame:
    matrix = frames["un_ga_votes_matrix_2024"]
    recent = recent_assembly_votes(frames["un_ga_resolutions_dgacm_votes"])
    cast = pl.concat([older, recent.drop("date")])
    absences = assembly_absences(matrix, frames["un_ga_votes_voeten_published"], recent)
    # A state that one source lists as absent and another as voting did vote.
    absences = absences.join(cast, on=["id", "iso3"], how="anti")
    members = council_votes(frames["un_hrc_votes_ohchr"], frames["un_hrc_resolutions_dgacm_votes"])
    every = pl.concat([cast, absences, members])
    return every.join(ids, on="id", how="semi").sort("id", "iso3")


def _with_tallies(calls: pl.DataFrame, votes: pl.DataFrame) -> pl.DataFrame:
    """Tallies counted from the votes; the stated ones where no states are named."""
    counts = votes.group_by("id").agg((pl.col("vote") == vote).sum().alias(vote) for vote in VOTES)
    joined = calls.join(counts, on="id", how="left", validate="1:1", maintain_order="left")
    counted = pl.col("yes").is_not_null()
    # The Secretariat lists no absences: they are known where the matrix has the roll call, and
    # in these years somebody was always absent.
    listed = (pl.col("source") != SECRETARIAT) | (pl.col("absent") > 0)
    return joined.with_columns(
        *(
            pl.coalesce(pl.col(vote).cast(pl.Int64), pl.col(f"stated_{vote}")).alias(vote)
            for vote in VOTES[:3]
        ),
        pl.when(counted & listed).then(pl.col("absent").cast(pl.Int64)).alias("absent"),
        pl.when(counted).then(pl.lit("counted")).otherwise(pl.lit("stated")).alias("tally"),
    )
