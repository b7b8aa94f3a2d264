"""Market: how free an economy is, and who owns it."""

from __future__ import annotations

import csv
from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.state_codes import among_states, observed, turned
from beholden.measures.state_names import TABLES
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = [
    "ECONOMIC_FREEDOM",
    "FRASER_INDEX",
    "HERITAGE_INDEX",
    "MARKET_FREEDOM",
    "MEASURES",
    "STATE_OWNERSHIP",
    "fraser",
    "heritage",
    "private_enterprise",
    "private_ownership",
]

_FREER = "higher: a freer economy"
_PRIVATE = "higher: less of the economy is owned by the state"


def heritage(holdings: Holdings) -> Values:
    """The Heritage Foundation's overall score, 0 to 100, under the year of the report."""
    names = pl.DataFrame(
        _heritage_names(), schema={"name_web": pl.String, "cow": pl.Int64}, orient="row"
    )
    frame = holdings.frame("heritage").join(names, on="name_web", how="left", maintain_order="left")
    return observed(
        holdings,
        "heritage",
        "overall",
        state="cow",
        frame=frame,
        scale="0 to 100",
        direction=_FREER,
        notes=("The year is that of the report; its data are mostly of the year before.",),
    )


@cache
def _heritage_names() -> list[tuple[str, int]]:
    """The numbers of the states in the order of a table; Hong Kong and Macau have none."""
    with (TABLES / "heritage_states.csv").open(encoding="utf-8", newline="") as file:
        return [(row["name"], int(row["cow"])) for row in csv.DictReader(file) if row["cow"]]


def fraser(holdings: Holdings) -> Values:
    """The Fraser Institute's summary index, 0 to 10."""
    return observed(
        holdings,
        "fraser",
        "efw_index",
        state="iso3",
        system="iso3",
        scale="0 to 10",
        direction=_FREER,
    )


def private_ownership(holdings: Holdings, edition: str) -> Values:
    """V-Dem's absence of state ownership of the economy.

    Parameters
    ----------
    holdings : Holdings
        The library.
    edition : str
        ``"V-Dem 12"``, 1970 to 2021, or ``"V-Dem 15"``, 1990 to 2024.
    """
    if edition == "V-Dem 12":
        return observed(
            holdings,
            "vdem_v12_subset",
            "lag0_v2clstown",
            state="gwcode",
            system="gw",
            scale="interval",
            direction=_PRIVATE,
        )
    # The file has V-Dem's own letters alone; the numbers stand in the file of its indices.
    codes = holdings.frame("vdem_v15_indices").select(
        pl.col("country_text_id").alias("country_code"), "year", "vdem_cowcode"
    )
    frame = holdings.frame("vdem_v15_indicators").join(
        codes, on=["country_code", "year"], how="left", validate="1:1", maintain_order="left"
    )
    return observed(
        holdings,
        "vdem_v15_indicators",
        "v2clstown",
        state="vdem_cowcode",
        frame=frame,
        sets=("vdem_v15_indices",),
        scale="interval",
        direction=_PRIVATE,
    )


def private_enterprise(holdings: Holdings) -> Values:
    """The Bertelsmann index's rating of private enterprise, 1 to 10, in even years."""
    return observed(
        holdings,
        "bti",
        "q9_2_private_enterprise",
        state="cown",
        scale="1 to 10",
        direction=_PRIVATE,
    )


def _state_ownership(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = private_ownership(holdings, picks["edition"])
    return turned(found, "higher: more of the economy is owned by the state")


def _heritage(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return heritage(holdings)


def _fraser(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return fraser(holdings)


def _economic_freedom(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return among_states((heritage if picks["source"] == "Heritage" else fraser)(holdings))


def _market_freedom(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    source = picks["source"]
    if source == "private ownership":
        return among_states(private_ownership(holdings, "V-Dem 12"))
    read = {"Heritage": heritage, "Fraser": fraser, "private enterprise": private_enterprise}
    return among_states(read[source](holdings))


_HERITAGE = "Heritage Foundation (2025). Index of economic freedom. https://www.heritage.org/index/"
_FRASER = (
    "Gwartney, J., Lawson, R., Hall, J., & Murphy, R. (2021). Economic freedom of the world: 2021 "
    "annual report. Fraser Institute."
)
_VDEM = (
    "Coppedge, M., et al. (2025). V-Dem dataset v15, indicator v2clstown. Varieties of Democracy "
    "(V-Dem) Project. https://doi.org/10.23696/vdemds25"
)
_BTI = "Bertelsmann Stiftung (2022). Bertelsmann Transformation Index. https://bti-project.org"
_PLACE = "(number of states below + half of those tied) / (states with a value - 1)"
_HERITAGE_LIMITS = (
    "Heritage's year is that of the report, whose data are mostly of the year before; it changed "
    "its scoring in 2017, so that North Korea's property rights rose by method and not by reform."
)
_FRASER_LIMITS = "Fraser's index has every fifth year to 2000 and does not cover North Korea."
_BY_HERITAGE = Option(
    "Heritage",
    "by the Heritage Foundation's index",
    "covers nearly every state from 1995, North Korea among them",
    ("heritage",),
)
_BY_FRASER = Option(
    "Fraser",
    "by the Fraser Institute's index",
    "built from statistics more than from judgement, from 1970",
    ("fraser",),
)

STATE_OWNERSHIP = panel_measure(
    "state_ownership",
    "market",
    "state ownership of the economy",
    _state_ownership,
    unit=STATE_YEAR,
    definition=(
        "How far the state owns or directly controls important sectors of the economy, as judged "
        "by country experts."
    ),
    formula="minus V-Dem's v2clstown, in which a higher value is less state ownership",
    scale="interval",
    direction="higher: more of the economy is owned by the state",
    limits=(
        "The scale is turned round from V-Dem's own. It looks at law and at large sectors: petty "
        "markets that a state tolerates hardly show. Editions are not on exactly one scale."
    ),
    references=(_VDEM,),
    choices=(
        Choice(
            "edition",
            "which edition of V-Dem is taken",
            (
                Option(
                    "V-Dem 12",
                    "in V-Dem's edition 12",
                    "the longer series, 1970 to 2021, beside the indicators of movement",
                    ("vdem_v12_subset",),
                ),
                Option(
                    "V-Dem 15",
                    "in V-Dem's edition 15",
                    "the newer one, 1990 to 2024, with more states",
                    ("vdem_v15_indicators", "vdem_v15_indices"),
                ),
            ),
            "equivalent",
        ),
    ),
)

HERITAGE_INDEX = panel_measure(
    "heritage_index",
    "market",
    "economic freedom, by the Heritage Foundation",
    _heritage,
    unit=STATE_YEAR,
    definition="Mean of scores on law, size of government, regulation and openness of markets.",
    formula="mean of the components, each 0 to 100",
    scale="0 to 100",
    direction=_FREER,
    limits=_HERITAGE_LIMITS,
    references=(_HERITAGE,),
    sets=("heritage",),
)

FRASER_INDEX = panel_measure(
    "fraser_index",
    "market",
    "economic freedom, by the Fraser Institute",
    _fraser,
    unit=STATE_YEAR,
    definition="Mean of five areas: size of government, law, money, trade and regulation.",
    formula="mean of the areas, each 0 to 10",
    scale="0 to 10",
    direction=_FREER,
    limits=_FRASER_LIMITS,
    references=(_FRASER,),
    sets=("fraser",),
)

ECONOMIC_FREEDOM = panel_measure(
    "economic_freedom",
    "market",
    "economic freedom, as percentile among all states",
    _economic_freedom,
    unit=STATE_YEAR,
    definition="Share of the other states with less economic freedom in the same year.",
    formula=_PLACE,
    scale="percentile",
    direction=_FREER,
    limits=f"{_HERITAGE_LIMITS} {_FRASER_LIMITS} A place changes with the states covered.",
    references=(_HERITAGE, _FRASER),
    choices=(Choice("source", "whose index is taken", (_BY_HERITAGE, _BY_FRASER), "uncertain"),),
)

MARKET_FREEDOM = panel_measure(
    "market_freedom",
    "market",
    "freedom of markets and private ownership, as percentile among all states",
    _market_freedom,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states whose economy is less free, or less in private hands, in the "
        "same year, ties counted half."
    ),
    formula=_PLACE,
    scale="percentile",
    direction=_FREER,
    limits=(
        f"{_HERITAGE_LIMITS} {_FRASER_LIMITS} None of them sees markets that a state tolerates "
        "without saying so, which are the kind that matters most in North Korea."
    ),
    references=(_HERITAGE, _FRASER, _VDEM, _BTI),
    choices=(
        Choice(
            "source",
            "what stands for the freedom of markets",
            (
                _BY_HERITAGE,
                _BY_FRASER,
                Option(
                    "private ownership",
                    "by V-Dem's absence of state ownership",
                    "who owns the economy, 1970 to 2021",
                    ("vdem_v12_subset",),
                ),
                Option(
                    "private enterprise",
                    "by the Bertelsmann index's rating of private enterprise",
                    "made for states in transition; rich democracies are left out",
                    ("bti",),
                ),
            ),
            "not equivalent",
        ),
    ),
)

MEASURES: tuple[Measure, ...] = (
    STATE_OWNERSHIP,
    HERITAGE_INDEX,
    FRASER_INDEX,
    ECONOMIC_FREEDOM,
    MARKET_FREEDOM,
)
