"""Abuse: what a state does to the bodies of its people, by several records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.ranks import percentiles
from beholden.measures.reading import state_values
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.panels import Holdings, Values

__all__ = ["PHYSICAL_INTEGRITY", "PROTECTION"]

_BETTER = "higher: people's bodies are better protected"


def _protection(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return state_values(
        holdings,
        "fariss_lhrs",
        "theta_mean",
        se="theta_sd",
        state="cow",
        system="cow",
        scale="standard deviations of the model",
        direction=_BETTER,
    )


def _cirights(holdings: Holdings) -> Values:
    return state_values(
        holdings,
        "cirights",
        "physint_sum",
        state="iso3",
        system="iso3",
        scale="0 to 8",
        direction=_BETTER,
    )


def _terror(holdings: Holdings, reports: tuple[str, ...]) -> Values:
    # The scale runs the other way: 5 is the worst.
    mean = pl.mean_horizontal(*(pl.col(report) for report in reports))
    return state_values(
        holdings,
        "pts",
        6 - mean,
        state="iso3",
        system="iso3",
        scale="1 to 5, turned round",
        direction=_BETTER,
    )


def _physical_violence(holdings: Holdings) -> Values:
    return state_values(
        holdings,
        "vdem_v12_long",
        "v2x_clphy",
        state="iso3",
        system="iso3",
        scale="0 to 1",
        direction=_BETTER,
    )


def _physical_integrity(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    source = picks["source"]
    if source == "latent":
        return percentiles(_protection(holdings, picks))
    if source == "CIRIGHTS":
        return percentiles(_cirights(holdings))
    if source == "terror scale":
        return percentiles(_terror(holdings, ("pts_a", "pts_s", "pts_h")))
    return percentiles(_physical_violence(holdings))


PROTECTION = panel_measure(
    "protection",
    "abuse",
    "latent protection of physical integrity",
    _protection,
    unit=STATE_YEAR,
    definition=(
        "Posterior mean of a dynamic measurement model over thirteen records of torture, killing, "
        "disappearance and imprisonment, which lets the standard of reporting change over time."
    ),
    formula="posterior mean of theta, with its standard deviation as standard error",
    scale="standard deviations of the model",
    direction=_BETTER,
    limits=(
        "Built from reports; what no report could see, such as a closed state's camps, is not in "
        "it."
    ),
    references=(
        (
            "Fariss, C. J. (2014). Respect for human rights has improved over time. American "
            "Political Science Review, 108(2), 297-318. https://doi.org/10.1017/S0003055414000070"
        ),
    ),
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
    formula="(number of states below + half of those tied) / (states with a value - 1)",
    scale="percentile",
    direction=_BETTER,
    limits=(
        "A place says nothing about how far apart states are. Scales with few steps tie many "
        "states; the range shows how much the place depends on ties or errors."
    ),
    references=("Case file, none: computed from the data sets named in the choice",),
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
