"""Trade between states by source: who imports what from whom, and what each trades in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option

if TYPE_CHECKING:
    from beholden.panels import Holdings
    from beholden.states.timeline import System

__all__ = ["SOURCES", "SOURCE_CHOICE", "Flows", "flows"]

SOVIET_UNION, LAST_SOVIET_YEAR = 365, 1991
# States under communist parties, from the year that the corrections of the trade data count them.
_SOCIALIST = {
    **dict.fromkeys((265, 290, 310, 315, 339, 345, 355, 360, 365, 712, 731), 1949),
    710: 1950,
    816: 1954,
    40: 1961,
    811: 1976,
    812: 1976,
}
FALSE_ZERO = "dropped by a correction: a zero that meant that nobody reported"
UNKNOWN_TOTAL = "trade with the Soviet Union is not in the source, so the total is unknown"
BOOKED_SOUTH = "the source books trade of South Korea, services above all, under North Korea"


@dataclass(frozen=True)
class Flows:
    """Trade between pairs of states in one source.

    Parameters
    ----------
    pairs : polars.DataFrame
        `state`, `other`, `year`, `imports` of the state from the other and `exports` to it,
        each pair in both orders; null where not known, and `dropped` says why where we know.
    totals : polars.DataFrame
        `state`, `year`, `imports`, `exports`, `trade` with all partners, and `why` where a
        total cannot be known; sums of what is known otherwise.
    system : str
        Of the codes.
    name : str
        The data set.
    scale : str
        Unit of the flows.
    span : tuple of int
        First and last year.
    """

    pairs: pl.DataFrame
    totals: pl.DataFrame
    system: System
    name: str
    scale: str
    span: tuple[int, int]


# Option of the choice `source` to the data set that it reads.
SOURCES = {
    "COW 4.0": "cow_trade_v4",
    "COW 3.0": "cow_trade_v3",
    "ITPD-E": "itpd_trade",
    "UNCTAD 2015": "unctad_trade_2015",
}

SOURCE_CHOICE = Choice(
    "source",
    "whose trade data are taken",
    (
        Option(
            "COW 4.0",
            "in Correlates of War trade 4.0",
            "the field's standard, 1870 to 2014, from importers' reports",
            ("cow_trade_v4",),
        ),
        Option(
            "COW 3.0",
            "in Correlates of War trade 3.0",
            "to 2009, with two decimals: small flows survive that 4.0 rounds to nothing",
            ("cow_trade_v3",),
        ),
        Option(
            "ITPD-E",
            "in ITPD-E, goods and services",
            "2000 to 2016, built for estimation from mirrored reports",
            ("itpd_trade",),
        ),
        Option(
            "UNCTAD 2015",
            "in UNCTAD's matrix of 2015",
            "the United Nations' own estimates fill what nobody reported",
            ("unctad_trade_2015",),
        ),
    ),
    "uncertain",
)


def flows(holdings: Holdings, source: str) -> Flows:
    """The trade of all pairs of states in one source; made once for a library.

    Parameters
    ----------
    holdings : Holdings
        The library.
    source : str
        An option of :data:`SOURCE_CHOICE`.

    Raises
    ------
    MissingDataError
        When the library does not hold the data set.
    """
    return holdings.once(("flows", source), lambda: _flows(holdings, source))


def _flows(holdings: Holdings, source: str) -> Flows:
    name = SOURCES[source]
    correlates = source.startswith("COW")
    pairs = _correlates(holdings, name) if correlates else _directed(holdings, name)
    if source == "ITPD-E":
        booked = (pl.col("state") == "PRK") | (pl.col("other") == "PRK")
        pairs = pairs.with_columns(
            *(pl.when(~booked).then(pl.col(flow)).alias(flow) for flow in ("imports", "exports")),
            dropped=pl.when(booked).then(pl.lit(BOOKED_SOUTH)),
        )
    totals = (
        pairs.group_by("state", "year")
        .agg(pl.col("imports").sum(), pl.col("exports").sum())
        .with_columns(trade=pl.col("imports") + pl.col("exports"))
    )
    if correlates:
        totals = totals.join(_without_soviet_union(pairs), on=["state", "year"], how="left")
    else:
        korea = (pl.col("state") == "PRK") & pl.lit(source == "ITPD-E")
        totals = totals.with_columns(why=pl.when(korea).then(pl.lit(BOOKED_SOUTH)))
    span = (int(str(pairs["year"].min())), int(str(pairs["year"].max())))
    scale = "million US dollars of 2010" if source == "ITPD-E" else "million current US dollars"
    return Flows(pairs, totals, "cow" if correlates else "iso3", name, scale, span)


def _correlates(holdings: Holdings, name: str) -> pl.DataFrame:
    """Pairs in both orders: version 4 has them so, version 3 has the lower code first."""
    frame = holdings.frame(name, ["ccode1", "ccode2", "year", "flow1", "flow2", "corrected"])
    one = frame.select(
        pl.col("ccode1").alias("state"),
        pl.col("ccode2").alias("other"),
        "year",
        pl.col("flow1").alias("imports"),
        pl.col("flow2").alias("exports"),
        pl.when(
            pl.col("corrected").is_not_null()
            & pl.any_horizontal(pl.col("flow1", "flow2").is_null())
        )
        .then(pl.lit(FALSE_ZERO))
        .alias("dropped"),
    )
    if name == "cow_trade_v4":
        return one
    turned = one.select(
        pl.col("other").alias("state"),
        pl.col("state").alias("other"),
        "year",
        pl.col("exports").alias("imports"),
        pl.col("imports").alias("exports"),
        "dropped",
    )
    return pl.concat([one, turned])


def _directed(holdings: Holdings, name: str) -> pl.DataFrame:
    """Pairs in both orders from flows of exporters to importers, in millions."""
    cells, units = ("trade", 1e6) if name == "itpd_trade" else ("export", 1e3)
    frame = holdings.frame(name).select(
        pl.col("exporter_iso3").alias("exporter"),
        pl.col("importer_iso3").alias("importer"),
        pl.col("year").cast(pl.Int64),
        pl.col(cells) / units,
    )
    frame = frame.drop_nulls(["exporter", "importer"])
    bought = frame.select(
        pl.col("importer").alias("state"),
        pl.col("exporter").alias("other"),
        "year",
        pl.col(cells).alias("imports"),
    )
    sold = frame.select(
        pl.col("exporter").alias("state"),
        pl.col("importer").alias("other"),
        "year",
        pl.col(cells).alias("exports"),
    )
    keys = ["state", "other", "year"]
    both = bought.join(sold, on=keys, how="full", coalesce=True, validate="1:1").sort(keys)
    return both.with_columns(dropped=pl.lit(None, dtype=pl.String))


def _without_soviet_union(pairs: pl.DataFrame) -> pl.DataFrame:
    """The socialist states and years whose trade with the Soviet Union nobody reported.

    Their sums leave out what was often the largest partner, so they are no totals.
    """
    since = pl.DataFrame(
        {"state": list(_SOCIALIST), "since": list(_SOCIALIST.values())},
        schema={"state": pl.Int64, "since": pl.Int64},
    )
    years = pairs.select("state", "year").unique().join(since, on="state")
    years = years.filter(pl.col("year").is_between(pl.col("since"), LAST_SOVIET_YEAR))
    reported = pairs.filter(
        (pl.col("other") == SOVIET_UNION)
        & pl.col("imports").is_not_null()
        & pl.col("exports").is_not_null()
    ).select("state", "year")
    # The Soviet Union's own total lacks the others in turn.
    lacking = years.join(reported, on=["state", "year"], how="anti")
    return lacking.select("state", "year", why=pl.lit(UNKNOWN_TOTAL))
