"""SIPRI's register of arms transfers, 1995-2024: deliveries by year with their own values."""

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

FILE = "sipri_arms/trade_register.csv"
FLAGS = ("order_year_estimated", "delivered_estimated", "year_estimated", "local_production")
NAMES = (
    "deal",
    "supplier",
    "recipient",
    "weapon",
    "description",
    "category",
    "order_year",
    "order_year_estimated",
    "delivered",
    "delivered_estimated",
    "year",
    "year_estimated",
    "status",
    "tiv_new",
    "tiv_unit",
    "tiv",
    "local_production",
)
TEXT = (
    "supplier",
    "supplier_code",
    "recipient",
    "recipient_code",
    "weapon",
    "description",
    "category",
    "status",
)


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a deal and a year of delivery.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = register(paths[FILE], "ascii", NAMES).with_columns(
        pl.col("local_production").str.strip_chars_end(";"), pl.col("year").cast(pl.Int64)
    )
    answers = {"Yes": True, "No": False}
    flagged = coded(frame).with_columns(
        pl.col(flag).replace_strict(answers, return_dtype=pl.Boolean) for flag in FLAGS
    )
    whole = ("deal", "order_year", "year")
    return typed(flagged, keys=DATASET.keys, text=TEXT, whole=whole, flags=FLAGS).select(
        *DATASET.columns
    )


COLUMNS = columns_of("""
deal | SIPRI's number of the deal
year | year of delivery
year_estimated | whether that is an estimate | | | empty
supplier | name of the supplier, as SIPRI writes it
supplier_code | ISO code of the supplier, from a table of names made for this reader
recipient | name of the recipient, as SIPRI writes it
recipient_code | ISO code of the recipient, from a table of names made for this reader
weapon | designation of the weapon
description | kind of weapon
category | category of armament
order_year | year of the order
order_year_estimated | whether that is an estimate | | | empty
delivered | number delivered in the year | pieces
delivered_estimated | whether that is an estimate | | | empty
status | new, second hand, or second hand but modernized
tiv_new | SIPRI's value of one piece when new | million SIPRI trend-indicator values
tiv_unit | value of one piece in this deal | million SIPRI trend-indicator values
tiv | value delivered in the year | million SIPRI trend-indicator values | \
more is more capability from supplier to recipient
local_production | whether the recipient produced it under licence
""")

DATASET = Dataset(
    name="sipri_arms_deliveries",
    title=f"{TITLE}, deliveries",
    producer="Stockholm International Peace Research Institute",
    version="generated 12 February 2026",
    home="https://www.sipri.org/databases/armstransfers",
    doi="",
    licence=LICENCE,
    redistribution="forbidden",
    # The yearly update that the register was generated from.
    released="2025-03",
    citation=f"{CITATION} Trade register generated on 12 February 2026.",
    bibtex=bibtex("sipri_arms_deliveries", "12 February 2026"),
    unit="deal and year of delivery",
    keys=("deal", "year"),
    span=(1995, 2024),
    originals=(
        Original(
            FILE,
            "de974d8302efdeaad98d0b5a7d0ef020a3e5d1929b6406423cfe2ee2bad51868",
            2753420,
            raw_address(
                "nagehanrdogan/Global-Arms-Trade-Network-Analysis-1995-2024-",
                "bdf78c664d67991f2b199a771dcb9e7ac392ebb7",
                "trade_register.csv",
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
        "Some names differ from those of the longer register, such as the United Arab Emirates.",
    ),
)
