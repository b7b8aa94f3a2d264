"""Downfall: years in which a regime, or its leader, was brought down, and how long it had stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.state_codes import observed
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "REGIME_AGE", "REGIME_END"]

_UNSTABLE = "higher: regimes end"
_OUSTED = ("Irregular", "Foreign", "Foreign Imposition")
_PROBLEMS = (1955, 2014)


def _regime_end(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return _ENDS[picks["record"]](holdings)


def _breakdown(holdings: Holdings) -> Values:
    """The year in which an autocratic regime of Geddes, Wright and Frantz ends."""
    return observed(
        holdings,
        "gwf_autocratic",
        "gwf_fail",
        state="gwn",
        system="gw",
        scale="0 or 1",
        direction=_UNSTABLE,
    )


def _durability(holdings: Holdings) -> pl.DataFrame:
    """Polity's years since the last change, beside those of the year before."""
    # Where one polity ends and another begins within a year both have a row: the later counts.
    later = (pl.col("eyear") == pl.col("year")).fill_null(value=False)
    frame = holdings.frame("polity5").drop_nulls("cown").sort(later, maintain_order=True)
    one = frame.unique(["cown", "year"], keep="first", maintain_order=True).select(
        "cown", pl.col("year").cast(pl.Int64), "durable"
    )
    before = one.select("cown", pl.col("year") + 1, before="durable")
    return one.join(before, on=["cown", "year"], how="left", maintain_order="left")


def _reset(holdings: Holdings) -> Values:
    """Polity's count of stable years goes back to zero."""
    return observed(
        holdings,
        "polity5",
        # No regime stood, or none is on record, where the year before has no count above zero.
        pl.when(pl.col("before") > 0).then((pl.col("durable") == 0).cast(pl.Float64)),
        state="cown",
        frame=_durability(holdings),
        scale="0 or 1",
        direction=_UNSTABLE,
        step="1 where the years since the last change go from above zero to zero",
    )


def _adverse(holdings: Holdings) -> Values:
    """Onset of an adverse regime change, among the states that the project looks at."""
    events = holdings.frame("pitf_regime_change").select("scode", "year", "yrbegin")
    known = events.group_by("scode", "year").agg(begun=(pl.col("yrbegin") == pl.col("year")).any())
    codes = holdings.frame("polity5").select("scode", "year", "cown").drop_nulls()
    frame = (
        holdings.frame("pitf_violence")
        .select("scode", "year")
        .filter(pl.col("year").is_between(*_PROBLEMS))
        .join(known, on=["scode", "year"], how="left", maintain_order="left")
        .join(codes.unique(["scode", "year"]), on=["scode", "year"], maintain_order="left")
    )
    # While a change goes on there is no regime that could fall.
    begun = pl.when(pl.col("begun").is_null()).then(0.0).when(pl.col("begun")).then(1.0)
    return observed(
        holdings,
        "pitf_regime_change",
        begun,
        state="cown",
        frame=frame,
        sets=("pitf_violence", "polity5"),
        scale="0 or 1",
        direction=_UNSTABLE,
        step="1 in the year in which an event begins, 0 in years without one",
    )


def _ousted(holdings: Holdings) -> Values:
    """A leader of the year was removed against the rules or by another state."""
    frame = holdings.frame("leaders_archigos").drop_nulls(["ccode", "startdate", "enddate"])
    spells = frame.select(
        pl.col("ccode").alias("state"),
        pl.int_ranges(
            pl.col("startdate").dt.year().cast(pl.Int64),
            pl.col("enddate").dt.year().cast(pl.Int64) + 1,
        ).alias("year"),
        left=pl.col("enddate").dt.year().cast(pl.Int64),
        ousted=pl.col("exit").is_in(_OUSTED),
    ).explode("year")
    fell = (pl.col("left") == pl.col("year")) & pl.col("ousted")
    yearly = spells.group_by("state", "year").agg(x=fell.any().cast(pl.Float64))
    return observed(
        holdings,
        "leaders_archigos",
        "x",
        state="state",
        system="gw",
        frame=yearly,
        scale="0 or 1",
        direction=_UNSTABLE,
        step="1 where a leader of the year left irregularly or was removed by another state",
    )


_ENDS = {
    "autocratic breakdown": _breakdown,
    "Polity change": _reset,
    "adverse change": _adverse,
    "leader ousted": _ousted,
}


def _regime_age(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    if picks["record"] == "Polity":
        frame = _durability(holdings)
        name, x, state = "polity5", pl.col("before") + 1, "cown"
    else:
        frame = holdings.frame("gwf_autocratic")
        name, x, state = "gwf_autocratic", pl.col("gwf_duration"), "gwn"
    return observed(
        holdings,
        name,
        x,
        state=state,
        system="cow" if state == "cown" else "gw",
        frame=frame,
        scale="years",
        direction="higher: stands longer",
    )


_GEDDES = (
    "Geddes, B., Wright, J., & Frantz, E. (2014). Autocratic breakdown and regime transitions. "
    "Perspectives on Politics, 12(2), 313-331. https://doi.org/10.1017/S1537592714000851"
)
_MARSHALL = (
    "Marshall, M. G., & Gurr, T. R. (2020). Polity5: Political regime characteristics and "
    "transitions, 1800-2018. Center for Systemic Peace. "
    "https://www.systemicpeace.org/inscrdata.html"
)
_PITF = (
    "Marshall, M. G., Gurr, T. R., & Harff, B. (2015). PITF state failure problem set, 1955-2014. "
    "Societal-Systems Research."
)
_GOEMANS = (
    "Goemans, H. E., Gleditsch, K. S., & Chiozza, G. (2009). Introducing Archigos: A dataset of "
    "political leaders. Journal of Peace Research, 46(2), 269-283. "
    "https://doi.org/10.1177/0022343308100719"
)

REGIME_END = panel_measure(
    "regime_end",
    "regime",
    "end of the regime, or fall of its leader",
    _regime_end,
    unit=STATE_YEAR,
    definition=(
        "Whether in the year the regime ended or its leader was brought down, by one of four "
        "records of it."
    ),
    formula="1 in the year of the end, 0 in years that the regime or leader outlasted",
    scale="0 or 1",
    direction=_UNSTABLE,
    limits=(
        "What a regime is differs: a ruling group, a set of institutions, a person. Geddes, Wright "
        "and Frantz cover autocracies to 2010; Polity and the task force leave out small states; "
        "Archigos ends in 2015. An end is no step to freedom: most lead to another autocracy."
    ),
    references=(_GEDDES, _MARSHALL, _PITF, _GOEMANS),
    choices=(
        Choice(
            "record",
            "what counts as the end of a regime",
            (
                Option(
                    "autocratic breakdown",
                    "as the breakdown of an autocratic regime",
                    "the group that rules, and the rules by which it does, are replaced; to 2010",
                    ("gwf_autocratic",),
                ),
                Option(
                    "Polity change",
                    "as a change of three points or more in Polity",
                    "institutions, coded by fixed rules, to 2018",
                    ("polity5",),
                ),
                Option(
                    "adverse change",
                    "as an adverse regime change",
                    "collapse or seizure of power that turned a state towards autocracy, to 2014",
                    ("pitf_regime_change", "pitf_violence", "polity5"),
                ),
                Option(
                    "leader ousted",
                    "as the irregular fall of a leader",
                    "persons and not institutions, over all states, to 2015",
                    ("leaders_archigos",),
                ),
            ),
            "not equivalent",
        ),
    ),
)
REGIME_AGE = panel_measure(
    "regime_age",
    "regime",
    "years that the regime has stood",
    _regime_age,
    unit=STATE_YEAR,
    definition="Years since the regime's beginning, the first counted as 1, as the year begins.",
    formula="Polity's years since the last change, of the year before, plus 1; or as coded",
    scale="years",
    direction="higher: stands longer",
    limits="Polity counts from 1800 at the earliest, and from independence; small states lack.",
    references=(_MARSHALL, _GEDDES),
    choices=(
        Choice(
            "record",
            "whose count of years is taken",
            (
                Option("Polity", "by Polity5", "all regimes, to 2018", ("polity5",)),
                Option(
                    "Geddes, Wright and Frantz",
                    "by Geddes, Wright and Frantz",
                    "autocratic regimes, to 2010",
                    ("gwf_autocratic",),
                ),
            ),
            "uncertain",
        ),
    ),
)
MEASURES: tuple[Measure, ...] = (REGIME_END, REGIME_AGE)
