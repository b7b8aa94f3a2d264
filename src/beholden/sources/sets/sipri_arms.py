"""SIPRI's register of arms transfers, 1950-2025: deals and the years of their deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.family_sipri import (
    CITATION,
    LICENCE,
    TITLE,
    TRAPS,
    bibtex,
    coded,
    register,
)
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DATASET", "read"]

FILE = "sipri_arms/trade-register.csv"
NAMES = (
    "recipient",
    "supplier",
    "order_year",
    "order_year_uncertain",
    "ordered",
    "ordered_uncertain",
    "weapon",
    "description",
    "delivered",
    "delivered_uncertain",
    "years",
    "status",
    "comments",
    "tiv_unit",
    "tiv_order",
    "tiv_delivered",
)
FLAGS = ("order_year_uncertain", "ordered_uncertain", "delivered_uncertain")
TEXT = (
    "recipient",
    "recipient_code",
    "supplier",
    "supplier_code",
    "weapon",
    "description",
    "status",
    "comments",
)
WHOLE = ("deal", "part", "parts", "order_year", "year")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a deal and a year of delivery; one without a year for a deal not delivered.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    deals = register(paths[FILE], "latin-1", NAMES).with_row_index("deal", offset=1)
    years = pl.col("years").str.split("; ")
    deliveries = deals.with_columns(
        *(pl.col(flag) == "?" for flag in FLAGS),
        year=years,
        parts=years.list.len().fill_null(0),
    ).with_columns(pl.col(flag).fill_null(value=False) for flag in FLAGS)
    split = deliveries.explode("year").with_columns(
        pl.col("year").cast(pl.Int64),
        part=pl.when(pl.col("parts") > 0)
        .then(pl.int_range(pl.len()).over("deal") + 1)
        .otherwise(0),
        tiv=pl.when(pl.col("parts") > 0).then(
            pl.col("tiv_delivered").cast(pl.Float64) / pl.col("parts")
        ),
    )
    whole = typed(coded(split), keys=DATASET.keys, text=(*TEXT, "years"), whole=WHOLE, flags=FLAGS)
    return whole.select(*DATASET.columns)


COLUMNS = columns_of("""
deal | number of the deal's line in the register
part | number of the year of delivery within the deal; 0 nothing delivered
supplier | name of the supplier, as SIPRI writes it
supplier_code | ISO code of the supplier, from a table of names made for this reader
recipient | name of the recipient, as SIPRI writes it
recipient_code | ISO code of the recipient, from a table of names made for this reader
order_year | year of the order
order_year_uncertain | whether SIPRI marks it as uncertain
year | year in which something was delivered
parts | how many years have deliveries
ordered | number ordered | pieces | | empty
ordered_uncertain | whether SIPRI marks it as uncertain
weapon | designation of the weapon
description | kind of weapon
delivered | number delivered in all years of the deal | pieces
delivered_uncertain | whether SIPRI marks it as uncertain
status | new, second hand, or second hand but modernized
comments | SIPRI's remarks
tiv_unit | value of one piece | million SIPRI trend-indicator values
tiv_order | value of the whole order | million SIPRI trend-indicator values
tiv_delivered | value delivered in all years of the deal | million SIPRI trend-indicator values | \
0 is less than half a million
tiv | tiv_delivered divided evenly over the years of delivery | \
million SIPRI trend-indicator values | more is more capability from supplier to recipient
""")

DATASET = Dataset(
    name="sipri_arms",
    title=TITLE,
    producer="Stockholm International Peace Research Institute",
    version="generated 18 May 2026",
    home="https://www.sipri.org/databases/armstransfers",
    doi="",
    licence=LICENCE,
    redistribution="forbidden",
    # The yearly update that the register was generated from.
    released="2026-03-09",
    citation=f"{CITATION} Trade register generated on 18 May 2026.",
    bibtex=bibtex("sipri_arms", "18 May 2026"),
    unit="deal and year of delivery",
    keys=("deal", "part"),
    span=(1950, 2025),
    originals=(
        Original(
            FILE,
            "42230eb8758d2b4f9041af8a74ee6f3c93e4b5da01b5503e349055ddecfa3314",
            4086816,
            raw_address(
                "alexarui/network-analysis",
                "bc16e95989efdc07f3427b1f44a72bd511dee9c0",
                "trade-register.csv",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(
        StateCode("supplier_code", "iso3", "supplier_iso3"),
        StateCode("recipient_code", "iso3", "recipient_iso3"),
    ),
    traps=(
        *TRAPS,
        (
            "The register gives one value for all years of a deal; the even split makes long "
            "licensed production look smoother than it was."
        ),
    ),
)
