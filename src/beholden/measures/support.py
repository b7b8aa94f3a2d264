"""Lifeline by arms and by development finance, for every pair of states."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES", "arms"]

CHINA = 710
_WINDOWS = {"one year": 1, "five years": 5, "ten years": 10}
_SIPRI = (
    "Stockholm International Peace Research Institute. SIPRI Arms Transfers Database: sources and "
    "methods. https://doi.org/10.55163/SAFC1241"
)


def arms(holdings: Holdings, years: int) -> pl.DataFrame:
    """Major weapons delivered from one state to another, over a moving window.

    Parameters
    ----------
    holdings : Holdings
        The library.
    years : int
        Length of the window; it ends with the year of the row.

    Returns
    -------
    polars.DataFrame
        `state` (recipient), `other` (supplier), `year`, `tiv` delivered in the window, and
        `x`, its part in all deliveries to the recipient. Pairs without a delivery in the
        window have no row: none was identified.
    """
    return holdings.once(("arms", years), lambda: _arms(holdings, years))


def _arms(holdings: Holdings, years: int) -> pl.DataFrame:
    frame = holdings.frame("sipri_arms").drop_nulls(["recipient_iso3", "supplier_iso3", "year"])
    yearly = frame.group_by("recipient_iso3", "supplier_iso3", "year").agg(pl.col("tiv").sum())
    last = int(str(yearly["year"].max()))
    reach = pl.lit(list(range(years)), dtype=pl.List(pl.Int64))
    spread = (
        yearly.with_columns(reach=reach)
        .explode("reach")
        .with_columns(pl.col("year") + pl.col("reach"))
        .filter(pl.col("year") <= last)
    )
    keys = ["recipient_iso3", "supplier_iso3", "year"]
    moved = spread.group_by(keys).agg(pl.col("tiv").sum())
    return (
        moved.with_columns(total=pl.col("tiv").sum().over("recipient_iso3", "year"))
        .select(
            pl.col("recipient_iso3").alias("state"),
            pl.col("supplier_iso3").alias("other"),
            pl.col("year").cast(pl.Int64),
            "tiv",
            x=pl.when(pl.col("total") > 0).then(pl.col("tiv") / pl.col("total")),
        )
        .sort("state", "other", "year")
    )


def _arms_share(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    years = _WINDOWS[picks["window"]]
    return made(
        holdings,
        arms(holdings, years).select("state", "other", "year", "x"),
        ("sipri_arms",),
        system="iso3",
        scale="share",
        direction="higher: more of the client's major weapons come from the partner",
        step=f"partner's deliveries over all deliveries to the client in {years} years",
        notes=("A pair without a delivery has no value: none was identified, not none.",),
    )


def _finance(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    columns = {"aid": ("oda_amt",), "all official flows": ("oda_amt", "oof_amt", "vof_amt")}
    amounts = pl.sum_horizontal(*(pl.col(name) for name in columns[picks["flows"]])) / 1e6
    frame = holdings.frame("aiddata_gcdf").select(
        pl.col("ccode").cast(pl.Int64).alias("state"),
        pl.lit(CHINA, dtype=pl.Int64).alias("other"),
        pl.col("year").cast(pl.Int64),
        x=amounts,
    )
    return made(
        holdings,
        frame,
        ("aiddata_gcdf",),
        system="cow",
        scale="million US dollars of 2021",
        direction="higher: China commits more",
        notes=("China is the only donor in this source; a year without a row has no record.",),
    )


ARMS_SHARE = panel_measure(
    "arms_share",
    "lifeline",
    "partner's share of the major weapons delivered to the client",
    _arms_share,
    unit=DYAD_YEAR,
    definition=(
        "Deliveries of major weapons from the partner over all deliveries to the client, by "
        "SIPRI's trend-indicator value, in a window of years that ends with the year."
    ),
    formula="TIV from the partner / TIV from all, summed over the window",
    scale="share",
    direction="higher: more of the client's major weapons come from the partner",
    limits=(
        "Value indicates capability, not money. Small arms, ammunition, fuel and training are not "
        "counted, and secret deliveries are not known. A deal's value is spread evenly over its "
        "years of delivery."
    ),
    references=(_SIPRI,),
    choices=(
        Choice(
            "window",
            "over how many years deliveries are added",
            (
                Option(
                    "five years", "over five years", "SIPRI's own practice: deliveries are lumpy"
                ),
                Option(
                    "ten years", "over ten years", "weapons serve, and need spare parts, longer"
                ),
                Option("one year", "in the year alone", "what happened in that year"),
            ),
            "uncertain",
        ),
    ),
    sets=("sipri_arms",),
)

CHINESE_FINANCE = panel_measure(
    "chinese_finance",
    "lifeline",
    "development finance committed by China",
    _finance,
    unit=DYAD_YEAR,
    definition="China's official commitments to the client in a year, at prices of 2021.",
    formula="sum of the amounts of projects that AidData recommends for aggregates",
    scale="million US dollars of 2021",
    direction="higher: China commits more",
    limits=(
        "Commitments, not payments. For North Korea the amounts rest on a few grants and on "
        "imputed deliveries of oil and food: a floor or a ceiling, not a ledger."
    ),
    references=(
        (
            "Dreher, A., Fuchs, A., Parks, B., Strange, A., & Tierney, M. J. (2022). Banking on "
            "Beijing. Cambridge University Press. https://doi.org/10.1017/9781108564496"
        ),
    ),
    choices=(
        Choice(
            "flows",
            "which flows count",
            (
                Option("aid", "counting aid alone", "gifts and soft loans keep a client going"),
                Option(
                    "all official flows",
                    "counting all official flows",
                    "loans at market terms bind a client as well",
                ),
            ),
            "not equivalent",
        ),
    ),
    sets=("aiddata_gcdf",),
)

MEASURES: tuple[Measure, ...] = (ARMS_SHARE, CHINESE_FINANCE)
