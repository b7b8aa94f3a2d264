"""Conflict: armed conflict within a state, and between states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.members import zeros_elsewhere
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["ARMED_CONFLICT", "INTERSTATE_CONFLICT", "MEASURES"]

_FIRST, _LAST = 1946, 2024
# An internal conflict stays one when another state sends troops into it.
_INTERNAL = ("intrastate", "II")
_SIDES = {
    "parties": ("gwno_a", "gwno_b"),
    "with supporters": ("gwno_a", "gwno_b", "gwno_a_2nd", "gwno_b_2nd"),
}


def _armed_conflict(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    frame = holdings.frame("ucdp_acd").filter(pl.col("type_of_conflict").is_in(_INTERNAL))
    worst = (
        frame.filter(pl.col("gwno_a").is_not_null())
        .group_by(pl.col("gwno_a").alias("state"), "year")
        .agg(pl.col("intensity_level").max().alias("x"))
    )
    return _laid(
        holdings, worst, "0 to 2", "higher: worse conflict within", "worst conflict of the year"
    )


def _interstate(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    frame = holdings.frame("ucdp_acd").filter(pl.col("type_of_conflict") == "interstate")
    sides = [
        frame.select(pl.col(side).alias("state"), "year") for side in _SIDES[picks["involved"]]
    ]
    marked = pl.concat(sides).drop_nulls("state").unique().with_columns(x=pl.lit(1.0))
    return _laid(
        holdings, marked, "0 or 1", "higher: at arms with another state", "1 for those involved"
    )


def _laid(
    holdings: Holdings, marked: pl.DataFrame, scale: str, direction: str, step: str
) -> Values:
    return made(
        holdings,
        zeros_elsewhere(marked, "gw", _FIRST, _LAST),
        ("ucdp_acd",),
        system="gw",
        scale=scale,
        direction=direction,
        step=f"{step}, 0 for all other members",
    )


_GLEDITSCH = (
    "Gleditsch, N. P., Wallensteen, P., Eriksson, M., Sollenberg, M., & Strand, H. (2002). Armed "
    "conflict 1946-2001: A new dataset. Journal of Peace Research, 39(5), 615-637. "
    "https://doi.org/10.1177/0022343302039005007"
)
_DAVIES = (
    "Davies, S., Pettersson, T., Sollenberg, M., & Öberg, M. (2025). Organized violence "
    "1989-2024, and the challenges of identifying civilian victims. Journal of Peace Research."
)

ARMED_CONFLICT = panel_measure(
    "armed_conflict",
    "conflict",
    "armed conflict within the state",
    _armed_conflict,
    unit=STATE_YEAR,
    definition=(
        "0 none, 1 a conflict of the government with an armed group that cost 25 lives or more in "
        "the year, 2 one that cost 1,000 or more. Conflicts into which other states sent troops "
        "count."
    ),
    formula="highest intensity of the year's internal conflicts, 0 for other members",
    scale="0 to 2",
    direction="higher: worse conflict within",
    limits=(
        "Deaths in battle alone: massacres of the unarmed are no conflict. Below 25 deaths a year "
        "nothing is recorded."
    ),
    references=(_GLEDITSCH, _DAVIES),
    sets=("ucdp_acd",),
)
INTERSTATE_CONFLICT = panel_measure(
    "interstate_conflict",
    "conflict",
    "armed conflict with another state",
    _interstate,
    unit=STATE_YEAR,
    definition=(
        "Whether the armed forces of the state fought those of another with 25 deaths or more in "
        "the year."
    ),
    formula="1 for states involved in an interstate conflict of the year, 0 for other members",
    scale="0 or 1",
    direction="higher: at arms with another state",
    limits=(
        "Being at arms is not having started it: the source does not say who did. Threats, "
        "displays of force, tests of weapons and clashes below 25 deaths are not in it, so most "
        "provocations are not. Few state-years have a 1."
    ),
    references=(_GLEDITSCH, _DAVIES),
    choices=(
        Choice(
            "involved",
            "who counts as involved",
            (
                Option("parties", "counting the parties alone", "they made the quarrel theirs"),
                Option(
                    "with supporters",
                    "counting those who sent troops as well",
                    "they took part in the fighting",
                ),
            ),
            "uncertain",
        ),
    ),
    sets=("ucdp_acd",),
)
MEASURES: tuple[Measure, ...] = (ARMED_CONFLICT, INTERSTATE_CONFLICT)
