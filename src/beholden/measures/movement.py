"""Exit, of all states: whether people may leave, return, and move about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.abuse_records import CIRIGHTS_CODES
from beholden.measures.base import Choice, Option
from beholden.measures.state_codes import among_states, moved, observed
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values
    from beholden.states.timeline import System

__all__ = [
    "DOMESTIC_MOVEMENT",
    "FOREIGN_MOVEMENT",
    "FREEDOM_OF_FOREIGN_MOVEMENT",
    "MEASURES",
    "domestic_movement",
    "foreign_movement",
]

_COW: System = "cow"
_ISO3: System = "iso3"
_FREER = "higher: people are freer to leave and return"
_NO_CHANGE = (
    "North Korea has one and the same score in every year, so nothing about change in North "
    "Korea can be learned from it."
)


def foreign_movement(holdings: Holdings, source: str) -> Values:
    """Freedom of foreign travel and emigration by one record, on its own scale.

    Parameters
    ----------
    holdings : Holdings
        The library.
    source : str
        An option of the choice `source` of the measure `freedom_of_foreign_movement`.
    """
    if source == "V-Dem":
        return _vdem(holdings, "lag0_v2clfmove", "interval", _FREER)
    if source == "HFI":
        name, column, state, system = "hfi_2021", "pf_movement_vdem_foreign", pl.col("iso3"), _ISO3
    elif source == "CIRIGHTS":
        name, column, state, system = "cirights", "formov", moved("cow", CIRIGHTS_CODES), _COW
    else:
        name, column, state, system = "ciri", "formov", pl.col("cow"), _COW
    scale = "0 to 10" if source == "HFI" else "0 to 2"
    return observed(
        holdings, name, column, state=state, system=system, scale=scale, direction=_FREER
    )


def _vdem(holdings: Holdings, column: str, scale: str, direction: str) -> Values:
    return observed(
        holdings,
        "vdem_v12_subset",
        column,
        state="gwcode",
        system="gw",
        scale=scale,
        direction=direction,
    )


def domestic_movement(holdings: Holdings) -> Values:
    """V-Dem's index of freedom of movement within the country, 0 to 1."""
    return _vdem(holdings, "lag0_v2xcl_dmove", "0 to 1", "higher: people move more freely at home")


def _foreign_movement(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return foreign_movement(holdings, "V-Dem")


def _freedom(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return among_states(foreign_movement(holdings, picks["source"]))


def _domestic_movement(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return domestic_movement(holdings)


_VDEM = (
    "Coppedge, M., et al. (2022). V-Dem dataset v12, indicators v2clfmove, v2cldmovem and "
    "v2cldmovew. Varieties of Democracy (V-Dem) Project. https://doi.org/10.23696/vdemds22"
)
_CIRI = (
    "Cingranelli, D. L., Richards, D. L., & Clay, K. C. (2014). The CIRI human rights dataset. "
    "http://www.humanrightsdata.com"
)
_EXIT = (
    "Alemán, J., & Woods, D. (2014). No way out: Travel restrictions and authoritarian regimes. "
    "Migration and Development, 3(2), 285-305. https://doi.org/10.1080/21632324.2014.935089"
)
_NO_ERROR = "The selection of V-Dem at hand has no standard errors, so gaps of a few hundredths"

FOREIGN_MOVEMENT = panel_measure(
    "foreign_movement",
    "exit",
    "freedom of foreign travel and emigration, by V-Dem",
    _foreign_movement,
    unit=STATE_YEAR,
    definition=(
        "Whether citizens are able to travel freely to and from the country and to emigrate "
        "without restrictions by public authorities, as judged by country experts."
    ),
    formula="point estimate of V-Dem's measurement model",
    scale="interval",
    direction=_FREER,
    limits=(
        f"{_NO_ERROR} mean nothing. {_NO_CHANGE} V-Dem's indices of civil liberties and of "
        "liberal democracy contain this item. Bahrain, Malta and microstates are not covered."
    ),
    references=(_VDEM,),
    sets=("vdem_v12_subset",),
)

FREEDOM_OF_FOREIGN_MOVEMENT = panel_measure(
    "freedom_of_foreign_movement",
    "exit",
    "freedom of foreign movement, as percentile among all states",
    _freedom,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states in which people were less free to leave and return in the same "
        "year, ties counted half. A place makes records with different scales comparable."
    ),
    formula="(number of states below + half of those tied) / (states with a value - 1)",
    scale="percentile",
    direction=_FREER,
    limits=(
        f"{_NO_ERROR} are no order. {_NO_CHANGE} CIRIGHTS and CIRI have three steps with most "
        "states on the highest: a place among ties is a range. The Human Freedom Index takes this "
        "item from V-Dem and does not cover North Korea."
    ),
    references=(_EXIT, _VDEM, _CIRI),
    choices=(
        Choice(
            "source",
            "which record of freedom to leave is believed",
            (
                Option(
                    "V-Dem",
                    "by V-Dem's experts",
                    "a continuous scale, 1970 to 2021",
                    ("vdem_v12_subset",),
                ),
                Option(
                    "CIRIGHTS",
                    "by CIRIGHTS",
                    "coded from yearly reports by fixed rules, 1981 to 2020",
                    ("cirights",),
                ),
                Option(
                    "CIRI",
                    "by CIRI, its two movement columns put right",
                    "the coding that the literature on exit used, 1981 to 2010",
                    ("ciri",),
                ),
                Option(
                    "HFI",
                    "by the Human Freedom Index",
                    "V-Dem's item on a scale from 0 to 10, 2008 to 2019",
                    ("hfi_2021",),
                ),
            ),
            "uncertain",
        ),
    ),
)

DOMESTIC_MOVEMENT = panel_measure(
    "domestic_movement",
    "exit",
    "freedom of movement within the country, by V-Dem",
    _domestic_movement,
    unit=STATE_YEAR,
    definition=(
        "V-Dem's index of freedom of domestic movement: whether men and women can move about in "
        "the country, by day and night, and settle where they wish."
    ),
    formula="V-Dem's index v2xcl_dmove, from the items for men and for women",
    scale="0 to 1",
    direction="higher: people move more freely at home",
    limits=f"{_NO_ERROR} mean nothing. Bahrain, Malta and microstates are not covered.",
    references=(_VDEM,),
    sets=("vdem_v12_subset",),
)

MEASURES: tuple[Measure, ...] = (
    FOREIGN_MOVEMENT,
    FREEDOM_OF_FOREIGN_MOVEMENT,
    DOMESTIC_MOVEMENT,
)
