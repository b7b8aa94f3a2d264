"""Affinity in the Assembly: how alike states vote, and how far apart their ideal points lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.agreement import ABSENT, ABSTAIN, NO, YES, Agreement, agreement
from beholden.measures.base import Choice, Option
from beholden.measures.reading import made, state_values
from beholden.measures.rollcalls import NEEDS, RollCalls, roll_calls
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "held_roll_calls"]

FEWEST_VOTES = 10
# A 90% interval is this many standard errors wide.
_WIDTH_90 = 2 * 1.644854
_CODES = {"yes": YES, "abstain": ABSTAIN, "no": NO, "absent": ABSENT}
_POINTS = {"final passage": "fp", "all votes": "all", "legacy": "legacy"}
_UN_VOTING = (
    "Bailey, M. A., Strezhnev, A., & Voeten, E. (2017). Estimating dynamic state preferences from "
    "United Nations voting data. Journal of Conflict Resolution, 61(2), 430-456. "
    "https://doi.org/10.1177/0022002715595700"
)


def held_roll_calls(holdings: Holdings) -> RollCalls:
    """The roll calls of United Nations bodies in a library, put together once.

    Raises
    ------
    MissingDataError
        When one of the data sets is not held.
    """
    return holdings.once(
        "roll calls", lambda: roll_calls({name: holdings.frame(name) for name in NEEDS})
    )


def _ideal_point(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    kind = _POINTS[picks["estimate"]]
    known = kind != "legacy"
    return state_values(
        holdings,
        "un_ideal_points_2025",
        f"idealpoint{kind}",
        se=(pl.col(f"q95{kind}") - pl.col(f"q5{kind}")) / _WIDTH_90 if known else None,
        state="ccode",
        system="cow",
        scale="ideal point",
        direction="higher: votes closer to the United States",
        keep=pl.col(f"idealpoint{kind}").is_not_null() & pl.col("iso3").is_not_null(),
    )


def _distance(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    points = _ideal_point(holdings, picks)
    one = points.frame
    pairs = one.join(one.rename({"state": "other"}), on="year", suffix="_other")
    pairs = pairs.filter(pl.col("state") < pl.col("other"))
    columns = {"x": (pl.col("x") - pl.col("x_other")).abs()}
    if "se" in one.columns:
        # Errors of two states are taken as independent; they share the items' errors.
        columns["se"] = (pl.col("se") ** 2 + pl.col("se_other") ** 2).sqrt()
    return made(
        holdings,
        pairs.select("state", "other", "year", **columns),
        points.sources,
        system="cow",
        scale="ideal points apart",
        direction="higher: further apart in the Assembly",
        symmetric=True,
        step="absolute difference of the two states' ideal points",
    )


def _agreement(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    half = picks["abstentions"] == "half way"
    found, states = holdings.once(("agreement", half), lambda: _agreements(holdings, half))
    cells, error = _INDICES[picks["index"]]
    sessions, first, second = np.nonzero(np.triu(np.isfinite(getattr(found, cells)), 1))
    frame = pl.DataFrame(
        {
            "state": states.gather(first),
            "other": states.gather(second),
            "year": found.sessions[sessions].astype(np.int64),
            "x": getattr(found, cells)[sessions, first, second],
        }
    )
    if error:
        spread = getattr(found, error)[sessions, first, second]
        frame = frame.with_columns(se=pl.Series(spread, nan_to_null=True))
    return made(
        holdings,
        frame,
        NEEDS,
        system="iso3",
        scale="agreement",
        direction="higher: vote more alike",
        symmetric=True,
        step=f"{picks['index']} over a calendar year's roll calls of the Assembly",
        notes=(f"Pairs that share fewer than {FEWEST_VOTES} roll calls in a year have no value.",),
    )


def _agreements(holdings: Holdings, half: bool) -> tuple[Agreement, pl.Series]:
    votes, years, states = _matrix(held_roll_calls(holdings))
    found = agreement(votes, years, abstention="half" if half else "missing", minimum=FEWEST_VOTES)
    return found, states


def _matrix(calls: RollCalls) -> tuple[NDArray[np.int8], NDArray[np.int64], pl.Series]:
    """Votes of the Assembly as states by roll calls, with the roll calls' years."""
    assembly = calls.roll_calls.filter(pl.col("body") == "GA").select("id", "year")
    assembly = assembly.with_row_index("column")
    cast = calls.votes.join(assembly, on="id").drop_nulls("iso3")
    states = cast["iso3"].unique().sort()
    rows = pl.DataFrame({"iso3": states}).with_row_index("row")
    placed = cast.join(rows, on="iso3")
    votes = np.zeros((len(states), assembly.height), dtype=np.int8)
    codes = placed["vote"].replace_strict(_CODES, return_dtype=pl.Int8).to_numpy()
    votes[placed["row"].to_numpy(), placed["column"].to_numpy()] = codes
    return votes, assembly["year"].cast(pl.Int64).to_numpy(), states


_INDICES = {
    "S": ("s", "s_error"),
    "same votes": ("share", "share_error"),
    "kappa": ("kappa", ""),
    "pi": ("pi", ""),
}

_ESTIMATE = Choice(
    "estimate",
    "which votes the ideal points are estimated from",
    (
        Option(
            "final passage",
            "from votes on whole resolutions",
            "to 2024; amendments and paragraphs follow tactics",
        ),
        Option("all votes", "from all roll calls", "to 2023; uses every vote there is"),
        Option("legacy", "by the older procedure", "to 2023; as in work published before 2025"),
    ),
    "uncertain",
)

IDEAL_POINT = panel_measure(
    "ideal_point",
    "cover",
    "ideal point in the General Assembly",
    _ideal_point,
    unit=STATE_YEAR,
    definition="A state's position on the one dimension that orders most votes of the Assembly.",
    formula="posterior mean; standard error from the width of the 90% interval",
    scale="ideal point",
    direction="higher: votes closer to the United States",
    limits="The year is that of the session. The three estimates are on different scales.",
    references=(_UN_VOTING,),
    choices=(_ESTIMATE,),
    sets=("un_ideal_points_2025",),
)
IDEAL_POINT_DISTANCE = panel_measure(
    "ideal_point_distance",
    "cover",
    "distance of the two states' ideal points in the General Assembly",
    _distance,
    unit=DYAD_YEAR,
    definition="How far apart the two states stand on the Assembly's main dimension.",
    formula="|ideal point of one - ideal point of the other|",
    scale="ideal points apart",
    direction="higher: further apart in the Assembly",
    limits=(
        "The errors of two states are taken as independent. A small distance is no alliance: "
        "many states vote alike without meaning each other."
    ),
    references=(_UN_VOTING,),
    choices=(_ESTIMATE,),
    sets=("un_ideal_points_2025",),
)
VOTE_AGREEMENT = panel_measure(
    "vote_agreement",
    "cover",
    "agreement of votes in the General Assembly",
    _agreement,
    unit=DYAD_YEAR,
    definition=(
        "How alike two states voted in the roll calls of a calendar year in which both took part; "
        "an absent state took no part."
    ),
    formula="S = 1 - 2 x mean distance of votes; kappa and pi set that against chance",
    scale="agreement",
    direction="higher: vote more alike",
    limits=(
        "Most resolutions pass without a vote, and those that are voted on recur every year. "
        "High agreement is common where agendas are one-sided, which kappa and pi correct for."
    ),
    references=(
        (
            "Signorino, C. S., & Ritter, J. M. (1999). Tau-b or not tau-b. International Studies "
            "Quarterly, 43(1), 115-144. https://doi.org/10.1111/0020-8833.00113"
        ),
        (
            "Hage, F. M. (2011). Choice or circumstance? Political Analysis, 19(3), 287-305. "
            "https://doi.org/10.1093/pan/mpr023"
        ),
    ),
    choices=(
        Choice(
            "index",
            "how agreement is computed",
            (
                Option("S", "by S", "the field's usual index"),
                Option("same votes", "by the share of identical votes", "plain to read"),
                Option("kappa", "by Cohen's kappa", "agreement beyond each state's own habits"),
                Option("pi", "by Scott's pi", "agreement beyond the habits of the two together"),
            ),
            "not equivalent",
        ),
        Choice(
            "abstentions",
            "what an abstention is",
            (
                Option("half way", "with abstentions half way", "between yes and no"),
                Option("left out", "without abstentions", "only yes and no are positions"),
            ),
            "uncertain",
        ),
    ),
    sets=NEEDS,
)
MEASURES: tuple[Measure, ...] = (IDEAL_POINT, IDEAL_POINT_DISTANCE, VOTE_AGREEMENT)
