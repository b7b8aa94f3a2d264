"""Extremity: where a state stands among all others, measure by measure of abuse and exit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.measures.abuse_records import (
    BETTER,
    freedom_from_torture,
    physical_rights,
    physical_violence,
    protection,
    terror,
)
from beholden.measures.base import Choice, Option
from beholden.measures.market import private_ownership
from beholden.measures.movement import domestic_movement, foreign_movement
from beholden.measures.regime import electoral_democracy, political_freedom
from beholden.measures.state_codes import among_states, observed, turned
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["EXTREMITY", "MEASURES", "human_freedom"]


def human_freedom(holdings: Holdings) -> Values:
    """The Human Freedom Index as a whole, 0 to 10; North Korea is not in it."""
    return observed(
        holdings,
        "hfi_2021",
        "hf_score",
        state="iso3",
        system="iso3",
        scale="0 to 10",
        direction="higher: freer",
    )


# Option to what it reads; a higher value is always the better one.
_READ: dict[str, Callable[[Holdings], Values]] = {
    "latent protection": protection,
    "CIRIGHTS physical integrity": physical_rights,
    "terror scale": lambda holdings: turned(terror(holdings, "mean"), BETTER),
    "V-Dem physical violence": physical_violence,
    "V-Dem torture": lambda holdings: freedom_from_torture(holdings, "V-Dem"),
    "V-Dem foreign movement": lambda holdings: foreign_movement(holdings, "V-Dem"),
    "CIRIGHTS foreign movement": lambda holdings: foreign_movement(holdings, "CIRIGHTS"),
    "HFI foreign movement": lambda holdings: foreign_movement(holdings, "HFI"),
    "V-Dem domestic movement": domestic_movement,
    "human freedom": human_freedom,
    "electoral democracy": lambda holdings: electoral_democracy(holdings, "V-Dem 15"),
    "Freedom House": political_freedom,
    "state ownership": lambda holdings: private_ownership(holdings, "V-Dem 12"),
}


def _extremity(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return among_states(_READ[picks["of"]](holdings))


def _option(label: str, words: str, reason: str, data: str) -> Option:
    return Option(label, words, reason, (data,))


EXTREMITY = panel_measure(
    "extremity",
    "abuse",
    "place of the state among all states on one measure of abuse, exit or rule",
    _extremity,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states that do worse on the chosen measure in the same year, ties "
        "counted half: 0 is the worst state of all, 5% is among the worst twentieth."
    ),
    formula="(number of states below + half of those tied) / (states with a value - 1)",
    scale="percentile",
    direction="higher: more states do worse",
    limits=(
        "The places of a state on measures that end in few steps are ties: the range runs from "
        "the best to the worst that a tie allows, or over what errors leave open. Measures cover "
        "different states, and the worst may be the ones left out: the Human Freedom Index does "
        "not cover North Korea, V-Dem no microstates. V-Dem's and CIRIGHTS' items share coders or "
        "reports, so their agreement is no independent confirmation."
    ),
    references=("Computed from the data sets that the choice names; see the measures of each.",),
    choices=(
        Choice(
            "of",
            "on which measure the state is placed",
            (
                _option(
                    "latent protection",
                    "on latent protection of physical integrity",
                    "weighs all records of bodily harm together, with errors",
                    "fariss_lhrs",
                ),
                _option(
                    "CIRIGHTS physical integrity",
                    "on CIRIGHTS' physical integrity index",
                    "killing, disappearance, torture and political imprisonment, in nine steps",
                    "cirights",
                ),
                _option(
                    "terror scale",
                    "on the Political Terror Scale",
                    "scope and intensity of violence by the state, in five steps",
                    "pts",
                ),
                _option(
                    "V-Dem physical violence",
                    "on V-Dem's physical violence index",
                    "political killings and torture, as experts judge them",
                    "vdem_v12_long",
                ),
                _option(
                    "V-Dem torture",
                    "on V-Dem's freedom from torture",
                    "torture alone, as experts judge it",
                    "vdem_v12_long",
                ),
                _option(
                    "V-Dem foreign movement",
                    "on V-Dem's freedom of foreign movement",
                    "leaving and returning, as experts judge it",
                    "vdem_v12_subset",
                ),
                _option(
                    "CIRIGHTS foreign movement",
                    "on CIRIGHTS' freedom of foreign movement",
                    "leaving and returning, in three steps from reports",
                    "cirights",
                ),
                _option(
                    "HFI foreign movement",
                    "on the Human Freedom Index's foreign movement",
                    "the index's own scale of the same freedom",
                    "hfi_2021",
                ),
                _option(
                    "V-Dem domestic movement",
                    "on V-Dem's freedom of domestic movement",
                    "moving about and settling at home",
                    "vdem_v12_subset",
                ),
                _option(
                    "human freedom",
                    "on the Human Freedom Index as a whole",
                    "personal and economic freedom together",
                    "hfi_2021",
                ),
                _option(
                    "electoral democracy",
                    "on V-Dem's electoral democracy index",
                    "how rulers are chosen, with standard deviations",
                    "vdem_v15_indices",
                ),
                _option(
                    "Freedom House",
                    "on Freedom House's ratings",
                    "political rights and civil liberties, in thirteen steps",
                    "freedom_house",
                ),
                _option(
                    "state ownership",
                    "on V-Dem's state ownership of the economy",
                    "whether people can live by anything but the state",
                    "vdem_v12_subset",
                ),
            ),
            "not equivalent",
        ),
    ),
)

MEASURES: tuple[Measure, ...] = (EXTREMITY,)
