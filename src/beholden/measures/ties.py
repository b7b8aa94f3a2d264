"""Ties of two states: alliances, shared organisations, contiguity, distance; and major powers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import made, pair_values
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR
from beholden.panels.roster import roster

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = [
    "ALLIANCE",
    "CONTIGUITY",
    "DISTANCE",
    "MAJOR_POWER",
    "MEASURES",
    "SHARED_IGOS",
    "contiguous_years",
    "pairs_of_members",
]

# The lists of contiguity and of major powers end in 2016; what they say last holds on.
LAST_LISTED, LAST_YEAR = 2016, 2026
_HELD = (f"The list ends in {LAST_LISTED}; later years, to {LAST_YEAR}, hold what it says last.",)
_CLOSEST = 6
_COW_FLAGS = ("cow_defense", "cow_neutral", "cow_nonagg", "cow_entente")
_ATOP_FLAGS = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")


@cache
def pairs_of_members(first: int, last: int) -> pl.DataFrame:
    """Every pair of Correlates of War members that shared a day of a year, lower code first.

    Parameters
    ----------
    first, last : int
        Years, both counted.

    Returns
    -------
    polars.DataFrame
        `state`, `other` and `year`, all Int32, sorted by them.

    Examples
    --------
    >>> pairs_of_members(2016, 2016).height == 195 * 194 // 2
    True
    """
    table = roster("cow", first, last)
    upper = np.triu(np.ones((len(table.codes),) * 2, dtype=bool), 1)
    one, two, year = np.nonzero(table.overlap & upper[:, :, None])
    codes = table.codes.astype(np.int32)
    return pl.DataFrame(
        {"state": codes[one], "other": codes[two], "year": (year + first).astype(np.int32)}
    )


def contiguous_years(holdings: Holdings) -> pl.DataFrame:
    """The years in which two states were contiguous, and how closely.

    Parameters
    ----------
    holdings : Holdings
        The library.

    Returns
    -------
    polars.DataFrame
        `state`, `other`, `year` (Int32) and `x` from 5 (a border on land or a river) to 1
        (at most 400 miles of water between), in both orders. Of two spells in a year the
        closer one counts. What held at the end of 2016 goes on.
    """
    return holdings.once("contiguous years", lambda: _contiguous(holdings))


def _contiguous(holdings: Holdings) -> pl.DataFrame:
    ends = pl.when(pl.col("end_year") >= LAST_LISTED).then(LAST_YEAR).otherwise(pl.col("end_year"))
    spells = holdings.frame("cow_contiguity").filter(pl.col("conttype") > 0)
    yearly = spells.select(
        pl.col("ccode1").cast(pl.Int32).alias("state"),
        pl.col("ccode2").cast(pl.Int32).alias("other"),
        (_CLOSEST - pl.col("conttype")).cast(pl.Float64).alias("x"),
        pl.int_ranges(pl.col("start_year"), ends + 1, dtype=pl.Int32).alias("year"),
    ).explode("year")
    keys = ["state", "other", "year"]
    return yearly.group_by(keys).agg(pl.col("x").max()).sort(keys)


def _contiguity(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    near = contiguous_years(holdings).filter(pl.col("state") < pl.col("other"))
    frame = pairs_of_members(1816, LAST_YEAR).join(
        near, on=["state", "other", "year"], how="left", validate="1:1", maintain_order="left"
    )
    return made(
        holdings,
        frame.with_columns(pl.col("x").fill_null(0.0)),
        ("cow_contiguity",),
        system="cow",
        scale="0 to 5",
        direction="higher: closer; 5 a border on land or a river, 0 not contiguous",
        symmetric=True,
        notes=_HELD,
        step="6 minus the source's type; 0 for pairs of members without a spell",
    )


def _alliance(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return (_cow_alliance if picks["source"] == "COW 4.1" else _atop_alliance)(
        holdings, picks["kind"]
    )


def _cow_alliance(holdings: Holdings, kind: str) -> Values:
    flags = {"defence pact": ("cow_defense",), "any alliance": _COW_FLAGS}[kind]
    frame = holdings.frame("cow_alliance").filter(pl.col("ccode1") < pl.col("ccode2"))
    marked = _marked(frame, "ccode1", "ccode2", flags)
    return _allied(holdings, "cow_alliance", marked, pairs_of_members(1816, 2012), symmetric=True)


def _atop_alliance(holdings: Holdings, kind: str) -> Values:
    flags = {"defence pact": ("atop_defense",), "any alliance": _ATOP_FLAGS}[kind]
    # The first state of a row is the one that promises: the patron of the client beside it.
    marked = _marked(holdings.frame("atop_alliance"), "ccode2", "ccode1", flags)
    one = pairs_of_members(1816, 2018)
    turned = one.select(pl.col("other").alias("state"), pl.col("state").alias("other"), "year")
    return _allied(holdings, "atop_alliance", marked, pl.concat([one, turned]), symmetric=False)


def _marked(frame: pl.DataFrame, state: str, other: str, flags: tuple[str, ...]) -> pl.DataFrame:
    """The pairs and years in which one of the flags is set."""
    return (
        frame.filter(pl.any_horizontal(*(pl.col(flag) for flag in flags)))
        .select(
            pl.col(state).cast(pl.Int32).alias("state"),
            pl.col(other).cast(pl.Int32).alias("other"),
            pl.col("year").cast(pl.Int32),
            x=pl.lit(1.0),
        )
        .unique(["state", "other", "year"])
    )


def _allied(
    holdings: Holdings, name: str, marked: pl.DataFrame, pairs: pl.DataFrame, *, symmetric: bool
) -> Values:
    keys = ["state", "other", "year"]
    frame = pairs.join(marked, on=keys, how="left", validate="1:1", maintain_order="left")
    return made(
        holdings,
        frame.with_columns(pl.col("x").fill_null(0.0)),
        (name,),
        system="cow",
        scale="0 or 1",
        direction="higher: allied",
        symmetric=symmetric,
        step="1 where the source lists such a treaty in force, 0 for all other pairs of members",
    )


def _shared(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return pair_values(
        holdings,
        "cow_igo_dyads",
        "dyadigos",
        state="ccode1",
        other="ccode2",
        system="cow",
        scale="organisations",
        direction="higher: more organisations shared",
        symmetric=True,
    )


def _distance(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return pair_values(
        holdings,
        "cow_mindist",
        "mindist",
        state="ccode1",
        other="ccode2",
        system="cow",
        scale="kilometres",
        direction="higher: farther apart",
        symmetric=True,
    )


def _major(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    ends = pl.col("end").dt.year()
    majors = (
        holdings.frame("cow_majors")
        .select(
            pl.col("ccode").cast(pl.Int64).alias("state"),
            pl.int_ranges(
                pl.col("start").dt.year(),
                pl.when(ends >= LAST_LISTED).then(LAST_YEAR).otherwise(ends) + 1,
                dtype=pl.Int64,
            ).alias("year"),
            x=pl.lit(1.0),
        )
        .explode("year")
        .unique(["state", "year"])
    )
    table = roster("cow", 1816, LAST_YEAR)
    place, year = np.nonzero(table.member)
    members = pl.DataFrame({"state": table.codes[place], "year": year.astype(np.int64) + 1816})
    frame = members.join(
        majors, on=["state", "year"], how="left", validate="1:1", maintain_order="left"
    )
    return made(
        holdings,
        frame.with_columns(pl.col("x").fill_null(0.0)),
        ("cow_majors",),
        system="cow",
        scale="0 or 1",
        direction="higher: a major power",
        notes=_HELD,
        step="1 on any day of a listed spell, 0 for all other members",
    )


_STINNETT = (
    "Stinnett, D. M., Tir, J., Schafer, P., Diehl, P. F., & Gochman, C. (2002). The Correlates of "
    "War project direct contiguity data, version 3. Conflict Management and Peace Science, 19(2), "
    "58-66. https://doi.org/10.1177/073889420201900203"
)
_LEMKE = (
    "Lemke, D., & Reed, W. (2001). The relevance of politically relevant dyads. Journal of "
    "Conflict Resolution, 45(1), 126-144."
)
_GIBLER = "Gibler, D. M. (2009). International military alliances, 1648-2008. CQ Press."
_LEEDS = (
    "Leeds, B. A., Ritter, J. M., Mitchell, S. M., & Long, A. G. (2002). Alliance treaty "
    "obligations and provisions, 1815-1944. International Interactions, 28(3), 237-260. "
    "https://doi.org/10.1080/03050620213653"
)
_PEVEHOUSE = (
    "Pevehouse, J. C. W., Nordstrom, T., McManus, R. W., & Jamison, A. S. (2020). Tracking "
    "organizations in the world. Journal of Peace Research, 57(3), 492-503. "
    "https://doi.org/10.1177/0022343319881175"
)
_SCHVITZ = (
    "Schvitz, G., et al. (2022). Mapping the international system, 1886-2019: The CShapes 2.0 "
    "dataset. Journal of Conflict Resolution, 66(1), 144-161. "
    "https://doi.org/10.1177/00220027211013563"
)
_MEMBERS = (
    "Correlates of War Project (2017). State system membership list, v2016. "
    "https://correlatesofwar.org"
)

ALLIANCE = panel_measure(
    "alliance",
    "ties",
    "alliance of the client with the patron",
    _alliance,
    unit=DYAD_YEAR,
    definition=(
        "Whether a treaty of the chosen kind is in force: a promise to defend, or any promise of "
        "defence, offence, neutrality, non-aggression or consultation."
    ),
    formula="1 where the source lists such a treaty in the year, 0 for other pairs of members",
    scale="0 or 1",
    direction="higher: allied",
    limits=(
        "Written treaties only. In ATOP the promise counted is the patron's to the client, which "
        "need not be returned; in the Correlates of War a pact binds both. Non-aggression ties of "
        "regional treaties are no patronage. The data end in 2012 and in 2018, so later treaties "
        "are outside."
    ),
    references=(_GIBLER, _LEEDS),
    choices=(
        Choice(
            "source",
            "whose list of alliances is taken",
            (
                Option(
                    "COW 4.1",
                    "in the Correlates of War list",
                    "1816 to 2012, by the main type of each treaty",
                    ("cow_alliance",),
                ),
                Option(
                    "ATOP 5.1",
                    "in ATOP",
                    "1816 to 2018, by who promises what to whom",
                    ("atop_alliance",),
                ),
            ),
            "equivalent",
        ),
        Choice(
            "kind",
            "which promises count",
            (
                Option(
                    "defence pact", "counting defence pacts alone", "a patron's promise to fight"
                ),
                Option("any alliance", "counting any alliance", "lesser promises are ties as well"),
            ),
            "not equivalent",
        ),
    ),
)

SHARED_IGOS = panel_measure(
    "shared_igos",
    "ties",
    "intergovernmental organisations that both states belong to",
    _shared,
    unit=DYAD_YEAR,
    definition="Number of intergovernmental organisations of which both are full members.",
    formula="count of joint full memberships in the year",
    scale="organisations",
    direction="higher: more organisations shared",
    limits=(
        "Counts every organisation alike, from the United Nations to a study group on one "
        "raw material. Small and isolated states share fewer with everybody. Ends in 2014."
    ),
    references=(_PEVEHOUSE,),
    sets=("cow_igo_dyads",),
)

CONTIGUITY = panel_measure(
    "contiguity",
    "ties",
    "contiguity of two states",
    _contiguity,
    unit=DYAD_YEAR,
    definition=(
        "5 a border on land or a river; 4, 3, 2 and 1 at most 12, 24, 150 and 400 miles of water "
        "between them; 0 otherwise. Colonies do not count."
    ),
    formula="6 minus the type of the source; 0 for pairs of members without a spell",
    scale="0 to 5",
    direction="higher: closer",
    limits=(
        f"Steps, not distances. The list ends in {LAST_LISTED} and is held on to {LAST_YEAR}; no "
        "border between members has come or gone since that it would show."
    ),
    references=(_STINNETT, _LEMKE),
    sets=("cow_contiguity",),
)

DISTANCE = panel_measure(
    "distance",
    "ties",
    "smallest distance between two states",
    _distance,
    unit=DYAD_YEAR,
    definition="Kilometres between the two nearest points of their territories on 1 January.",
    formula="smallest great-circle distance between the polygons of CShapes 2.0",
    scale="kilometres",
    direction="higher: farther apart",
    limits=(
        "Overseas territories that are not part of the polygons do not count. States that came "
        "in during a year have their first distance in the next. Ends in 2019."
    ),
    references=(_SCHVITZ,),
    sets=("cow_mindist",),
)

MAJOR_POWER = panel_measure(
    "major_power",
    "power",
    "standing as a major power",
    _major,
    unit=STATE_YEAR,
    definition="Whether the Correlates of War project lists the state among the major powers.",
    formula="1 on any day of a listed spell in the year, 0 for other members",
    scale="0 or 1",
    direction="higher: a major power",
    limits=(
        f"A judgement of historians, not a count. The list ends in {LAST_LISTED} and is held on "
        f"to {LAST_YEAR}; China counts from 1950."
    ),
    references=(_MEMBERS,),
    sets=("cow_majors",),
)

MEASURES: tuple[Measure, ...] = (ALLIANCE, SHARED_IGOS, CONTIGUITY, DISTANCE, MAJOR_POWER)
