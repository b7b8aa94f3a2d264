"""Refuge: where people from a state are recognised as refugees, and how many are abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.measures.unhcr import PEOPLE, decisions, least, most, stocks
from beholden.panels import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = [
    "MEASURES",
    "NO_STATES",
    "RECOGNISED_REFUGEES",
    "RECOGNITION_RATE",
    "REFUGEES_ABROAD",
    "UNHCR",
    "WHO",
]

_KEYS = ["state", "other", "year"]
_FIRST_STOCK, _FIRST_DECISION, _LAST = 1951, 2000, 2025
_FEW = 20
_RECORD_NOTE = (
    "A count of records, not of people: those outside any procedure, and those whom a state "
    "treats as migrants, are in no table. Figures from 1 to 4 are printed as 0 or 5, or their row "
    "is left out, so 0 stands for 0 to 4."
)


def _recognised(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    in_stock = picks["record"] == "population"
    frame = _on_record(holdings, in_stock=in_stock)
    if picks["absent"] == "none on record":
        frame = pl.concat([frame, _silent_pairs(holdings, in_stock=in_stock)], how="diagonal")
    return made(
        holdings,
        frame.sort(_KEYS),
        ("unhcr_population" if in_stock else "unhcr_asylum_decisions",),
        system="cow",
        scale="persons",
        direction="higher: more people from the client are recognised there",
        span=(_FIRST_STOCK if in_stock else _FIRST_DECISION, _LAST),
        notes=(_RECORD_NOTE,),
        step=f"absent rows: {picks['absent']}",
    )


def _on_record(holdings: Holdings, *, in_stock: bool) -> pl.DataFrame:
    """The pairs that the source has a row for, with what rounding leaves open."""
    if in_stock:
        found, count = stocks(holdings).drop_nulls(["origin", "asylum"]), pl.col("refugees")
        low, high = least(count), most(count)
    else:
        found, count = decisions(holdings), pl.col("recognized")
        low, high = pl.col("low"), pl.col("high")
    return found.select(
        pl.col("origin").alias("state"),
        pl.col("asylum").alias("other"),
        "year",
        count.alias("x"),
        low.alias("low"),
        high.alias("high"),
    )


def _silent_pairs(holdings: Holdings, *, in_stock: bool) -> pl.DataFrame:
    """Pairs without a row where the host reports others and others report the origin."""
    found = _on_record(holdings, in_stock=in_stock)
    hosts = found.filter(pl.col("x") > 0) if in_stock else found
    pairs = (
        found.select("state", "year")
        .unique()
        .join(hosts.select("other", "year").unique(), on="year")
        .filter(pl.col("state") != pl.col("other"))
        .join(found.select(_KEYS), on=_KEYS, how="anti")
    )
    return pairs.select(*_KEYS, x=pl.lit(0.0), low=pl.lit(0.0), high=pl.lit(4.0))


def _rate(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = decisions(holdings, first_instance=picks["instance"] == "first")
    granted = pl.col("recognized")
    if picks["protection"] == "any protection":
        granted = granted + pl.col("other")
    decided = pl.col("recognized") + pl.col("other") + pl.col("rejected")
    enough = decided >= (_FEW if picks["minimum"] == str(_FEW) else 1)
    frame = found.select(
        pl.col("origin").alias("state"),
        pl.col("asylum").alias("other"),
        "year",
        x=pl.when(enough).then(granted / decided),
        why=pl.when(~enough).then(pl.lit("too few decisions on the merits")),
    )
    return made(
        holdings,
        frame,
        ("unhcr_asylum_decisions",),
        system="cow",
        scale="share",
        direction="higher: more of those who ask are protected",
        notes=(
            "Decisions, not persons: some states report cases, and an appeal is decided again.",
        ),
        step="granted over decided on the merits; closed cases are left out",
    )


def _abroad(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    count = pl.sum_horizontal(*(pl.col(name) for name in PEOPLE[picks["people"]]))
    frame = (
        stocks(holdings)
        .drop_nulls("origin")
        .group_by(pl.col("origin").alias("state"), "year")
        .agg(x=count.sum())
        .sort("state", "year")
    )
    return made(
        holdings,
        frame,
        ("unhcr_population",),
        system="cow",
        scale="persons",
        direction="higher: more people have fled",
        notes=(_RECORD_NOTE,),
        step="sum over all countries and territories of asylum",
    )


UNHCR = "UNHCR (2025). Refugee Data Finder. https://www.unhcr.org/refugee-statistics/"
_YEARBOOK = (
    "UNHCR (2015). Statistical yearbook 2014 (14th ed.): refugee recognition rate and total "
    "recognition rate."
)
NO_STATES = (
    "Palestinians, Sahrawis, people of unknown origin, and Tibetans where they are counted apart "
    "have codes of their own in the source and belong to no state here; Palestinians under UNRWA's "
    "mandate are not in it at all. "
    "Earlier years stand under the states of the time, where the source uses today's names."
)
WHO = Choice(
    "people",
    "who is counted",
    (
        Option("refugees", "counting refugees", "those whose need of protection is recognised"),
        Option(
            "with asylum-seekers",
            "counting refugees and asylum-seekers",
            "those who still wait for a decision have fled as well",
        ),
        Option(
            "with all in need",
            "counting all in need of international protection",
            "from 2018 some, above all Venezuelans, are counted apart",
        ),
    ),
    "uncertain",
)
RECOGNISED_REFUGEES = panel_measure(
    "recognised_refugees",
    "exit",
    "recognised refugees from the client in a country of asylum",
    _recognised,
    unit=DYAD_YEAR,
    definition=(
        "People from the client whom UNHCR's statistics count as refugees in the country "
        "of asylum, the patron, at the end of the year, or recognised in it."
    ),
    formula="refugees at year end, or the sum of recognitions over procedures and instances",
    scale="persons",
    direction="higher: more people from the client are recognised there",
    limits=(
        f"{_RECORD_NOTE} A pair without a row counts as 0 only where the country of asylum "
        "reports refugees of other origins and other countries report the origin in that year. "
        "It may be UNHCR and not the government that recognised: all decisions in China are "
        "UNHCR's. South Korea takes North Koreans as its own nationals, not as refugees. Some "
        f"governments count cases, not persons. {NO_STATES}"
    ),
    references=(UNHCR,),
    choices=(
        Choice(
            "record",
            "which record is taken",
            (
                Option(
                    "population",
                    "by refugees at the end of the year",
                    "counts everybody recognised so far who is still there, from 1951",
                    ("unhcr_population",),
                ),
                Option(
                    "decisions",
                    "by decisions of the year",
                    "what was decided in the year itself, from 2000",
                    ("unhcr_asylum_decisions",),
                ),
            ),
            "not equivalent",
        ),
        Choice(
            "absent",
            "what a missing row means",
            (
                Option(
                    "none on record",
                    "with a missing row as none on record",
                    "a host that reports other refugees, and an origin that others report, "
                    "would have a row if five or more were recognised",
                ),
                Option(
                    "unknown",
                    "with a missing row as unknown",
                    "the source says nothing of such pairs",
                ),
            ),
            "not equivalent",
        ),
    ),
)

RECOGNITION_RATE = panel_measure(
    "recognition_rate",
    "exit",
    "share of decisions that recognise people from the client as refugees",
    _rate,
    unit=DYAD_YEAR,
    definition=(
        "Recognitions over all decisions on the merits of claims by people from the client "
        "in the country of asylum, the patron: recognised, otherwise protected, rejected."
    ),
    formula="recognised / (recognised + complementary protection + rejected)",
    scale="share",
    direction="higher: more of those who ask are protected",
    limits=(
        "Says nothing of those who are not let in or do not dare to ask. Closed cases are left "
        "out. Rejections that are appealed are decided twice. Figures below 5 are rounded, so "
        f"rates on few decisions are noise. {NO_STATES}"
    ),
    references=(_YEARBOOK, UNHCR),
    choices=(
        Choice(
            "protection",
            "which protection counts",
            (
                Option("refugee status", "counting refugee status", "UNHCR's recognition rate"),
                Option(
                    "any protection",
                    "counting any protection",
                    "UNHCR's total rate: states differ in the status they give",
                ),
            ),
            "not equivalent",
        ),
        Choice(
            "instance",
            "which decisions count",
            (
                Option("all", "over all instances", "an appeal that succeeds recognises too"),
                Option("first", "in the first instance", "nobody is counted twice"),
            ),
            "uncertain",
        ),
        Choice(
            "minimum",
            "how many decisions a rate needs",
            (
                Option(str(_FEW), f"with at least {_FEW} decisions", "fewer are mostly rounding"),
                Option("any", "with any number of decisions", "no pair is lost"),
            ),
            "equivalent",
        ),
    ),
    sets=("unhcr_asylum_decisions",),
)

REFUGEES_ABROAD = panel_measure(
    "refugees_abroad",
    "exit",
    "refugees from the state in all others",
    _abroad,
    unit=STATE_YEAR,
    definition="People from the state whom UNHCR's statistics count abroad at the end of the year.",
    formula="sum over all countries and territories of asylum",
    scale="persons",
    direction="higher: more people have fled",
    limits=(
        f"{_RECORD_NOTE} North Koreans in South Korea are its nationals and not counted; those in "
        f"China are in no table. Stocks fall by naturalisation as well as by return. {NO_STATES}"
    ),
    references=(UNHCR,),
    choices=(WHO,),
    sets=("unhcr_population",),
)

MEASURES: tuple[Measure, ...] = (
    RECOGNISED_REFUGEES,
    RECOGNITION_RATE,
    REFUGEES_ABROAD,
)
