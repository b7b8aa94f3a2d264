"""Abuse: what a state does to the bodies of its people, by several records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.abuse_records import (
    BETTER,
    CIRIGHTS_CODES,
    freedom_from_torture,
    physical_rights,
    physical_violence,
    protection,
    terror,
)
from beholden.measures.base import Choice, Option
from beholden.measures.state_codes import among_states, moved, observed, turned
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = [
    "MEASURES",
    "PHYSICAL_INTEGRITY",
    "POLITICAL_IMPRISONMENT",
    "PROTECTION",
    "TERROR_SCALE",
    "TORTURE",
]


def _protection(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return protection(holdings)


def _physical_integrity(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    source = picks["source"]
    if source == "terror scale":
        return among_states(turned(terror(holdings, "mean"), BETTER))
    read = {"latent": protection, "CIRIGHTS": physical_rights, "V-Dem": physical_violence}
    return among_states(read[source](holdings))


def _terror_scale(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return terror(holdings, picks["report"])


def _torture(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = freedom_from_torture(holdings, picks["source"])
    return among_states(turned(found, "higher: more torture"))


def _political_imprisonment(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return observed(
        holdings,
        "cirights",
        2 - pl.col("polpris"),
        state=moved("cow", CIRIGHTS_CODES),
        scale="0 to 2",
        direction="higher: more political imprisonment",
    )


_FARISS = (
    "Fariss, C. J. (2014). Respect for human rights has improved over time. American Political "
    "Science Review, 108(2), 297-318. https://doi.org/10.1017/S0003055414000070"
)
_FARISS_2020 = (
    "Fariss, C. J., Kenwick, M. R., & Reuning, K. (2020). Estimating one-sided-killings from a "
    "robust measurement model of human rights. Journal of Peace Research, 57(6), 801-814. "
    "https://doi.org/10.1177/0022343320965670"
)
_CINGRANELLI = (
    "Cingranelli, D. L., & Richards, D. L. (1999). Measuring the level, pattern, and sequence of "
    "government respect for physical integrity rights. International Studies Quarterly, 43(2), "
    "407-417."
)
_WOOD = (
    "Wood, R. M., & Gibney, M. (2010). The Political Terror Scale (PTS): A re-introduction and a "
    "comparison to CIRI. Human Rights Quarterly, 32(2), 367-400. "
    "https://doi.org/10.1353/hrq.0.0152"
)
_VDEM = (
    "Coppedge, M., et al. (2022). V-Dem dataset v12. Varieties of Democracy (V-Dem) Project. "
    "https://doi.org/10.23696/vdemds22"
)
_PLACE = "(number of states below + half of those tied) / (states with a value - 1)"
_UNSEEN = (
    "What no report could see, such as a closed state's camps, is not in it: where little is "
    "reported, a state can look better than it is."
)

PROTECTION = panel_measure(
    "protection",
    "abuse",
    "latent protection of physical integrity",
    _protection,
    unit=STATE_YEAR,
    definition=(
        "Posterior mean of a dynamic measurement model over all standing records of torture, "
        "killing, disappearance and imprisonment, which lets the standard of reporting change."
    ),
    formula="posterior mean of theta, with its standard deviation as standard error",
    scale="standard deviations of the model",
    direction=BETTER,
    limits=(
        f"{_UNSEEN} Several records stop in 2017 and 2018, so that later values are less sure and "
        "their changes partly a change of records. Versions of the scores are not comparable. "
        "Czechoslovakia, which the source lists under the Czech number, is put under its own."
    ),
    references=(_FARISS, _FARISS_2020),
    sets=("fariss_lhrs",),
)

PHYSICAL_INTEGRITY = panel_measure(
    "physical_integrity",
    "abuse",
    "protection of physical integrity, as percentile among all states",
    _physical_integrity,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states that protect physical integrity worse in the same year, ties "
        "counted half. A place makes records with different scales comparable."
    ),
    formula=_PLACE,
    scale="percentile",
    direction=BETTER,
    limits=(
        "A place says nothing about how far apart states are. Scales with few steps tie many "
        "states; the range shows how much the place depends on ties or errors. CIRIGHTS and the "
        "terror scale are coded from the same reports, and the latent scores draw on both."
    ),
    references=(_FARISS, _CINGRANELLI, _WOOD, _VDEM),
    choices=(
        Choice(
            "source",
            "which record of abuse is believed",
            (
                Option(
                    "latent",
                    "by latent protection scores",
                    "weighs all records together and says how sure it is",
                    ("fariss_lhrs",),
                ),
                Option(
                    "CIRIGHTS",
                    "by CIRIGHTS' physical integrity index",
                    "counts torture, killing, disappearance and political imprisonment, coded from "
                    "reports of the US State Department and Amnesty International",
                    ("cirights",),
                ),
                Option(
                    "terror scale",
                    "by the Political Terror Scale",
                    "the mean of the scores from all reports at hand, each on five steps",
                    ("pts",),
                ),
                Option(
                    "V-Dem",
                    "by V-Dem's physical violence index",
                    "country experts answer the same questions for all years",
                    ("vdem_v12_long",),
                ),
            ),
            "uncertain",
        ),
    ),
)

TERROR_SCALE = panel_measure(
    "terror_scale",
    "abuse",
    "state terror on the Political Terror Scale",
    _terror_scale,
    unit=STATE_YEAR,
    definition=(
        "From 1, a secure rule of law in which nobody is imprisoned for their views and torture is "
        "rare, to 5, terror that reaches the whole population; coded from yearly reports."
    ),
    formula="the score of a report; of several their mean or the worst, with lowest and highest",
    scale="1 to 5",
    direction="higher: more terror by the state",
    limits=(
        f"{_UNSEEN} The scale ends at 5 and cannot order the states there. The State Department "
        "does not report on the United States, Amnesty International not on every state, and "
        "Human Rights Watch is coded from 2013; so the mean changes when a report comes in."
    ),
    references=(_WOOD,),
    choices=(
        Choice(
            "report",
            "which report is coded",
            (
                Option("mean", "by the mean of the reports at hand", "no single author decides"),
                Option(
                    "State Department",
                    "by the US State Department's reports",
                    "cover nearly every state every year",
                ),
                Option(
                    "Amnesty International",
                    "by Amnesty International's reports",
                    "no government wrote them",
                ),
                Option("worst", "by the worst of the reports", "silence is the commonest error"),
            ),
            "uncertain",
        ),
    ),
    sets=("pts",),
)

TORTURE = panel_measure(
    "torture",
    "abuse",
    "torture, as percentile among all states",
    _torture,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states with less torture in the same year, ties counted half; torture "
        "by agents of the state or at their instigation."
    ),
    formula=_PLACE + ", of values turned round so that more torture is higher",
    scale="percentile",
    direction="higher: more torture",
    limits=(
        f"{_UNSEEN} CIRIGHTS and CIRI have three steps, and nearly half of the states are on the "
        "worst: the range shows how wide such a tie is."
    ),
    references=(_VDEM, _CINGRANELLI),
    choices=(
        Choice(
            "source",
            "which record of torture is believed",
            (
                Option(
                    "V-Dem",
                    "by V-Dem's experts",
                    "a continuous scale from several experts per state",
                    ("vdem_v12_long",),
                ),
                Option(
                    "CIRIGHTS",
                    "by CIRIGHTS",
                    "coded from reports by fixed rules: frequent, occasional or none",
                    ("cirights",),
                ),
                Option(
                    "CIRI",
                    "by CIRI",
                    "the older coding of the same reports, to 2011",
                    ("ciri_physint",),
                ),
            ),
            "uncertain",
        ),
    ),
)

POLITICAL_IMPRISONMENT = panel_measure(
    "political_imprisonment",
    "abuse",
    "political imprisonment",
    _political_imprisonment,
    unit=STATE_YEAR,
    definition=(
        "0 none reported, 1 some, 2 frequent: people imprisoned for their speech, their religion, "
        "their non-violent opposition or their membership of a group."
    ),
    formula="2 minus the source's score, which has 0 for frequent",
    scale="0 to 2",
    direction="higher: more political imprisonment",
    limits=f"{_UNSEEN} Three steps, coded from yearly reports; 2 holds a few dozen and 100,000.",
    references=(_CINGRANELLI,),
    sets=("cirights",),
)

MEASURES: tuple[Measure, ...] = (
    PROTECTION,
    PHYSICAL_INTEGRITY,
    TERROR_SCALE,
    TORTURE,
    POLITICAL_IMPRISONMENT,
)
