"""Regime: how a state is ruled, by several records of democracy and of autocracy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.state_codes import among_states, observed
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = [
    "AUTOCRACY_TYPE",
    "DEMOCRACY",
    "ELECTORAL_DEMOCRACY",
    "MEASURES",
    "POLITICAL_FREEDOM",
    "POLITY",
    "electoral_democracy",
    "political_freedom",
    "polity",
]

_DEMOCRATIC = "higher: more democratic"


def electoral_democracy(holdings: Holdings, edition: str) -> Values:
    """V-Dem's electoral democracy index, 0 to 1.

    Parameters
    ----------
    holdings : Holdings
        The library.
    edition : str
        ``"V-Dem 15"``, which has standard deviations, or ``"V-Dem 12"``.
    """
    if edition == "V-Dem 15":
        return observed(
            holdings,
            "vdem_v15_indices",
            "v2x_polyarchy",
            extras={"se": "v2x_polyarchy_sd"},
            state="vdem_cowcode",
            scale="0 to 1",
            direction=_DEMOCRATIC,
        )
    return observed(
        holdings,
        "vdem_v12_long",
        "v2x_polyarchy",
        state="cowcode",
        scale="0 to 1",
        direction=_DEMOCRATIC,
    )


def polity(holdings: Holdings) -> Values:
    """Polity5's combined score, -10 to 10, of the polity that stood at the end of the year."""
    # Where one polity ends and another begins within a year both have a row.
    frame = holdings.frame("polity5").sort(
        (pl.col("eyear") == pl.col("year")).fill_null(value=False),
        -pl.col("byear").fill_null(0),
        maintain_order=True,
    )
    return observed(
        holdings,
        "polity5",
        "polity2",
        state="cown",
        frame=frame,
        scale="-10 to 10",
        direction=_DEMOCRATIC,
    )


def political_freedom(holdings: Holdings) -> Values:
    """Freedom House's political rights and civil liberties together, 0 to 12."""
    return observed(
        holdings,
        "freedom_house",
        "fh_total_reversed",
        state="cown",
        scale="0 to 12",
        direction="higher: freer",
    )


def _electoral_democracy(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return electoral_democracy(holdings, picks["edition"])


def _democracy(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    source = picks["source"]
    if source == "V-Dem":
        return among_states(electoral_democracy(holdings, "V-Dem 15"))
    if source == "Polity":
        return among_states(polity(holdings))
    return among_states(replace(political_freedom(holdings), direction=_DEMOCRATIC))


def _polity(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return polity(holdings)


def _political_freedom(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return political_freedom(holdings)


def _autocracy_type(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    name, column = {
        # Democracies and states in between have no type; the source says which of them it is.
        "Geddes, Wright and Frantz": (
            "gwf_all",
            pl.coalesce(pl.col("gwf_regimetype"), pl.col("gwf_nonautocracy")),
        ),
        "Svolik": ("svolik", pl.col("regime")),
    }[picks["source"]]
    return observed(
        holdings,
        name,
        column,
        state="gwn",
        system="gw",
        scale="name",
        direction="names have no order",
    )


_TEORELL = (
    "Teorell, J., Coppedge, M., Lindberg, S., & Skaaning, S.-E. (2019). Measuring polyarchy across "
    "the globe, 1900-2017. Studies in Comparative International Development, 54(1), 71-95."
)
_VDEM = (
    "Coppedge, M., et al. (2025). V-Dem dataset v15. Varieties of Democracy (V-Dem) Project. "
    "https://doi.org/10.23696/vdemds25"
)
_MARSHALL = (
    "Marshall, M. G., & Gurr, T. R. (2020). Polity5: Political regime characteristics and "
    "transitions, 1800-2018. Center for Systemic Peace. "
    "https://www.systemicpeace.org/inscrdata.html"
)
_HOUSE = "Freedom House (2025). Freedom in the world. https://freedomhouse.org"
_GEDDES = (
    "Geddes, B., Wright, J., & Frantz, E. (2014). Autocratic breakdown and regime transitions. "
    "Perspectives on Politics, 12(2), 313-331. https://doi.org/10.1017/S1537592714000851"
)
_SVOLIK = "Svolik, M. W. (2012). The politics of authoritarian rule. Cambridge University Press."

ELECTORAL_DEMOCRACY = panel_measure(
    "electoral_democracy",
    "regime",
    "electoral democracy, by V-Dem",
    _electoral_democracy,
    unit=STATE_YEAR,
    definition=(
        "How far the ideal of electoral democracy is achieved: rulers responsive to citizens "
        "through competitive elections under wide suffrage, with free organisation and expression."
    ),
    formula="mean of a weighted average and of the product of five components, each 0 to 1",
    scale="0 to 1",
    direction=_DEMOCRATIC,
    limits=(
        "Closed autocracies bunch at the bottom, where their order is within the error; elections "
        "with suffrage lift a one-party state above a monarchy without them. Editions of V-Dem "
        "differ a little. The index does not contain freedom of foreign movement."
    ),
    references=(_TEORELL, _VDEM),
    choices=(
        Choice(
            "edition",
            "which edition of V-Dem is taken",
            (
                Option(
                    "V-Dem 15",
                    "in V-Dem's edition 15",
                    "newest, to 2024, with standard deviations",
                    ("vdem_v15_indices",),
                ),
                Option(
                    "V-Dem 12",
                    "in V-Dem's edition 12",
                    "the edition from which the indicators of movement come, to 2021",
                    ("vdem_v12_long",),
                ),
            ),
            "equivalent",
        ),
    ),
)

DEMOCRACY = panel_measure(
    "democracy",
    "regime",
    "democracy, as percentile among all states",
    _democracy,
    unit=STATE_YEAR,
    definition=(
        "Share of the other states that are less democratic in the same year, ties counted half. "
        "A place makes records with different scales comparable."
    ),
    formula="(number of states below + half of those tied) / (states with a value - 1)",
    scale="percentile",
    direction=_DEMOCRATIC,
    limits=(
        "Polity looks at institutions, Freedom House at rights and liberties, which include "
        "freedom of movement: do not relate its scores to measures of exit. Both tie many states "
        "at the bottom and at the top. Polity leaves out states below half a million people."
    ),
    references=(_TEORELL, _MARSHALL, _HOUSE),
    choices=(
        Choice(
            "source",
            "whose judgement of democracy is taken",
            (
                Option(
                    "V-Dem",
                    "by V-Dem's electoral democracy index",
                    "continuous, with standard deviations",
                    ("vdem_v15_indices",),
                ),
                Option(
                    "Polity",
                    "by Polity5",
                    "institutions alone, coded by fixed rules, to 2018",
                    ("polity5",),
                ),
                Option(
                    "Freedom House",
                    "by Freedom House",
                    "counts what people may do, not only how rulers are chosen, from 1972",
                    ("freedom_house",),
                ),
            ),
            "uncertain",
        ),
    ),
)

POLITY = panel_measure(
    "polity",
    "regime",
    "regime by Polity5",
    _polity,
    unit=STATE_YEAR,
    definition=(
        "Institutionalised democracy minus institutionalised autocracy: how executives are "
        "recruited, how they are constrained, and how people may take part."
    ),
    formula="polity2: democracy minus autocracy score; interregna 0, transitions interpolated",
    scale="-10 to 10",
    direction=_DEMOCRATIC,
    limits=(
        "Interregna and transitions hold interpolated figures, which nobody observed. States "
        "below half a million people are left out. Ends in 2018. Where one polity ends and "
        "another begins within a year, the later one counts."
    ),
    references=(_MARSHALL,),
    sets=("polity5",),
)

POLITICAL_FREEDOM = panel_measure(
    "political_freedom",
    "regime",
    "political rights and civil liberties, by Freedom House",
    _political_freedom,
    unit=STATE_YEAR,
    definition="Freedom House's two ratings from 1 to 7 added and turned round.",
    formula="14 - (political rights + civil liberties)",
    scale="0 to 12",
    direction="higher: freer",
    limits=(
        "Contains freedom of movement, so it must not be related to measures of exit. Thirteen "
        "steps: a dozen states share the lowest. No report was made on 1981 alone."
    ),
    references=(_HOUSE,),
    sets=("freedom_house",),
)

# A claim compares numbers; the names of types serve panels only.
AUTOCRACY_TYPE = replace(
    panel_measure(
        "autocracy_type",
        "regime",
        "type of autocracy",
        _autocracy_type,
        unit=STATE_YEAR,
        definition=(
            "Whose hands power is in: a party, a military, a person, a monarchy, or a mixture; "
            "democracies and states without one ruling regime are named as such."
        ),
        formula="the source's own category",
        scale="name",
        direction="names have no order",
        limits=(
            "The types of Geddes, Wright and Frantz end in 2010 and leave out small states; "
            "those of Svolik, which tell dictatorship from democracy only, end in 2008."
        ),
        references=(_GEDDES, _SVOLIK),
        choices=(
            Choice(
                "source",
                "whose types are taken",
                (
                    Option(
                        "Geddes, Wright and Frantz",
                        "by the types of Geddes, Wright and Frantz",
                        "the field's standard, from 1946 to 2010",
                        ("gwf_all",),
                    ),
                    Option(
                        "Svolik",
                        "by Svolik's regimes",
                        "covers small states too, 1946 to 2008",
                        ("svolik",),
                    ),
                ),
                "not equivalent",
            ),
        ),
    ),
    compute=None,
)

MEASURES: tuple[Measure, ...] = (
    ELECTORAL_DEMOCRACY,
    DEMOCRACY,
    POLITY,
    POLITICAL_FREEDOM,
    AUTOCRACY_TYPE,
)
