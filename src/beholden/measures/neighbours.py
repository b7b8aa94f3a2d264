"""Neighbours: what part of a state's refugees, and of the world's, is with neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.core import Series
from beholden.errors import MissingDataError
from beholden.measures.base import Choice, Measure, Option
from beholden.measures.frames import YEAR
from beholden.measures.reading import made
from beholden.measures.refuge import NO_STATES, UNHCR, WHO
from beholden.measures.states_and_pairs import panel_measure, source_of
from beholden.measures.unhcr import hosting
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Evidence, Target
    from beholden.panels import Holdings, Values

__all__ = ["CONTIGUOUS_HOSTS", "MEASURES", "NEIGHBOURS_SHARE"]

_FIRST, _LAST = 1951, 2025
_REACH = {"land": 5, "24 miles": 3, "400 miles": 1}
_AT_LEAST = {"1,000": 1_000, "10,000": 10_000, "any": 1}
_HELD_NOTE = "The list of contiguity ends in 2016; later years hold what it says last."


def _hosts(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    enough = pl.col("near") + pl.col("far") + pl.col("open") >= _AT_LEAST[picks["minimum"]]
    frame = _shares(holdings, picks).select(
        pl.col("origin").alias("state"),
        "year",
        *(pl.when(enough).then(pl.col(part)).alias(part) for part in ("x", "low", "high")),
        why=pl.when(~enough).then(pl.lit("fewer refugees than the minimum")),
    )
    return made(
        holdings,
        frame,
        ("unhcr_population", "cow_contiguity"),
        system="cow",
        scale="share",
        direction="higher: more of the state's refugees are with its neighbours",
        notes=(_HELD_NOTE,),
        step="people in contiguous states over people in all states of asylum",
    )


def _shares(holdings: Holdings, picks: Mapping[str, str]) -> pl.DataFrame:
    """Each origin's share with its neighbours; the ends put the unplaced on either side."""
    found = hosting(holdings, picks["people"], _REACH[picks["contiguity"]])
    near, lost = pl.col("near"), pl.col("open")
    placed = near + pl.col("far")
    return found.drop_nulls("origin").with_columns(
        x=pl.when(placed > 0).then(near / placed),
        low=pl.when(placed > 0).then(near / (placed + lost)),
        high=pl.when(placed > 0).then((near + lost) / (placed + lost)),
    )


def _neighbours(evidence: Evidence, target: Target, picks: Mapping[str, str]) -> Series:
    sets = ("unhcr_population", "cow_contiguity")
    holdings = evidence.data
    if holdings is None:
        raise MissingDataError(
            f"neighbours_share needs data sets; get them with: beholden fetch {' '.join(sets)}",
            sets,
        )
    yearly = (_pooled if picks["average"] == "all refugees" else _median)(holdings, picks)
    last = min(evidence.as_of.year, _LAST)
    wanted = target.years.until(last) if target.years else range(_FIRST, last + 1)
    named = pl.lit(list(sets), dtype=pl.List(pl.String))
    frame = yearly.filter(pl.col("year").is_in(list(wanted)), pl.col("x").is_not_null())
    return Series(
        frame.select("year", "x", "low", "high", named.alias("rows")).cast(YEAR),  # type: ignore[arg-type]
        "year",
        "share",
        {name: source_of(holdings, name) for name in sets},
        holdings.provenance(sets).step(f"{picks['average']} in each year"),
        ("All states of origin are counted; the client plays no part.", _HELD_NOTE),
    )


def _pooled(holdings: Holdings, picks: Mapping[str, str]) -> pl.DataFrame:
    """The share of all refugees of a year, where most of them have a known origin and place."""
    found = hosting(holdings, picks["people"], _REACH[picks["contiguity"]])
    sums = found.group_by("year").agg(pl.col("near", "far", "open").sum()).sort("year")
    near, lost = pl.col("near"), pl.col("open")
    placed = near + pl.col("far")
    most_known = placed >= lost
    return sums.select(
        "year",
        x=pl.when(most_known).then(near / placed),
        low=pl.when(most_known).then(near / (placed + lost)),
        high=pl.when(most_known).then((near + lost) / (placed + lost)),
    )


def _median(holdings: Holdings, picks: Mapping[str, str]) -> pl.DataFrame:
    """The share of the median origin among those with enough refugees."""
    least_people = 10_000 if picks["average"] == "median large origin" else 1_000
    enough = pl.col("near") + pl.col("far") + pl.col("open") >= least_people
    shares = _shares(holdings, picks).filter(enough, pl.col("x").is_not_null())
    return shares.group_by("year").agg(pl.col("x", "low", "high").median()).sort("year")


_STINNETT = (
    "Stinnett, D. M., Tir, J., Schafer, P., Diehl, P. F., & Gochman, C. (2002). The Correlates of "
    "War project direct contiguity data, version 3. Conflict Management and Peace Science, 19(2), "
    "58-66. https://doi.org/10.1177/073889420201900203"
)
_CONTIGUITY = Choice(
    "contiguity",
    "who is a neighbour",
    (
        Option("land", "with a common border on land", "people flee on foot first"),
        Option("24 miles", "with up to 24 miles of water between", "narrow straits are crossed"),
        Option("400 miles", "with up to 400 miles of water between", "boats go as far"),
    ),
    "uncertain",
)

CONTIGUOUS_HOSTS = panel_measure(
    "contiguous_hosts",
    "exit",
    "share of the state's refugees hosted by its neighbours",
    _hosts,
    unit=STATE_YEAR,
    definition=(
        "People from the state in contiguous states over those in all states, at the end of the "
        "year. The range puts people whose place is no state, or unknown, on either side."
    ),
    formula="people in contiguous states / people in all states of asylum",
    scale="share",
    direction="higher: more of the state's refugees are with its neighbours",
    limits=(
        f"Recorded refugees only. {_HELD_NOTE} A state of few refugees has a share that a few "
        f"people decide, hence the minimum. {NO_STATES}"
    ),
    references=(UNHCR, _STINNETT),
    choices=(
        _CONTIGUITY,
        WHO,
        Choice(
            "minimum",
            "how many refugees a share needs",
            (
                Option("1,000", "with at least 1,000 refugees", "a share of a few people is noise"),
                Option("10,000", "with at least 10,000 refugees", "the claim is about large flows"),
                Option("any", "with any number of refugees", "no state is lost"),
            ),
            "uncertain",
        ),
    ),
    sets=("unhcr_population", "cow_contiguity"),
)

NEIGHBOURS_SHARE = Measure(
    name="neighbours_share",
    construct="exit",
    title="share of the world's refugees hosted by neighbours of their state",
    definition=(
        "Of all states of origin in a year, whoever the client is: people in states contiguous to "
        "their own over people in all states, or the share of the median state of origin."
    ),
    unit="year",
    scale="share",
    direction="higher: neighbours host more",
    choices=(
        Choice(
            "average",
            "whether people or states of origin are averaged",
            (
                Option(
                    "all refugees",
                    "over all refugees together",
                    "every person counts once; a few large flows decide",
                ),
                Option(
                    "median large origin",
                    "for the median origin of 10,000 refugees or more",
                    "every large flow counts once",
                ),
                Option(
                    "median origin",
                    "for the median origin of 1,000 refugees or more",
                    "every state counts once, small flows too",
                ),
            ),
            "not equivalent",
        ),
        _CONTIGUITY,
        WHO,
    ),
    compute=_neighbours,
    formula="people in contiguous states / people in all states of asylum, over all origins",
    limits=(
        "Recorded refugees only. A year counts where at least half of its refugees have a state of "
        f"origin and of asylum on record, which is so from 1977. {_HELD_NOTE} {NO_STATES}"
    ),
    references=(UNHCR, _STINNETT),
    sets=("unhcr_population", "cow_contiguity"),
)

MEASURES: tuple[Measure, ...] = (CONTIGUOUS_HOSTS, NEIGHBOURS_SHARE)
