"""UNHCR's tables between states: who is counted where, under Correlates of War numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.state_codes import at_year_end
from beholden.measures.ties import contiguous_years

if TYPE_CHECKING:
    from beholden.panels import Holdings

__all__ = ["PEOPLE", "decisions", "hosting", "least", "most", "stocks"]

# Option of the choice `people` to the columns that are added.
PEOPLE = {
    "refugees": ("refugees",),
    "with asylum-seekers": ("refugees", "asylum_seekers"),
    "with all in need": ("refugees", "asylum_seekers", "oip"),
}
# UNHCR files earlier years under today's names; these were other states, or parts of one.
_EARLIER = (
    ("SRB", 1951, 2005, 345),
    ("RUS", 1951, 1990, 365),
    ("ARM", 1951, 1990, 365),
    ("LTU", 1951, 1990, 365),
    ("CZE", 1951, 1992, 315),
    ("ERI", 1951, 1992, 530),
)
# Two states of the time stand under one code, and a row does not say which is meant.
_TWO_STATES = (("VNM", 1954, 1975), ("YEM", 1967, 1990))
# Temporary asylum, temporary protection and cantonal rules grant no refugee status.
_OTHER_STATUS = ("TA", "TP", "CA")
_AGAIN = ("AR", "JR", "RA")


def stocks(holdings: Holdings) -> pl.DataFrame:
    """People at the end of each year by origin and country of asylum.

    Parameters
    ----------
    holdings : Holdings
        The library.

    Returns
    -------
    polars.DataFrame
        `origin` and `asylum` (Correlates of War numbers, null where no state is meant), `year`,
        and `refugees`, `asylum_seekers` and `oip` in persons; `oip` is 0 before 2018, when that
        category did not exist. Each pair stands once in a year; people counted within their
        own state are left out.
    """
    return holdings.once("unhcr stocks", lambda: _stocks(holdings))


def _stocks(holdings: Holdings) -> pl.DataFrame:
    keys = ["origin", "asylum", "year"]
    frame = _coded(holdings.frame("unhcr_population"))
    within = (pl.col("origin") == pl.col("asylum")).fill_null(value=False)
    # A sum over no figure is 0, which is what a category that did not exist yet must add.
    sums = (pl.col(name).sum() for name in PEOPLE["with all in need"])
    return frame.filter(~within).group_by(keys).agg(*sums).sort(keys)


def decisions(holdings: Holdings, *, first_instance: bool = False) -> pl.DataFrame:
    """Decisions on refugee status in each year by origin and country of asylum.

    Parameters
    ----------
    holdings : Holdings
        The library.
    first_instance : bool
        Whether reviews, courts and repeated applications are left out.

    Returns
    -------
    polars.DataFrame
        `origin`, `asylum`, `year`, `recognized`, `other` (complementary protection) and
        `rejected`, summed over procedures and instances, and the least and most that
        `recognized` can stand for, as each row is rounded to 0 or 5 below 5.
    """
    left_out = (*_OTHER_STATUS, *_AGAIN) if first_instance else _OTHER_STATUS
    frame = _coded(holdings.frame("unhcr_asylum_decisions"))
    granted = pl.col("dec_recognized")
    return (
        frame.drop_nulls(["origin", "asylum"])
        .filter(~pl.col("dec_level").is_in(left_out), pl.col("origin") != pl.col("asylum"))
        .group_by("origin", "asylum", "year")
        .agg(
            recognized=granted.sum(),
            other=pl.col("dec_other").sum(),
            rejected=pl.col("dec_rejected").sum(),
            low=least(granted).sum(),
            high=most(granted).sum(),
        )
        .sort("origin", "asylum", "year")
    )


def least(count: pl.Expr) -> pl.Expr:
    """The smallest number that a count rounded for privacy can stand for."""
    return pl.when(count == 5).then(1.0).otherwise(count)


def most(count: pl.Expr) -> pl.Expr:
    """The largest number that a count rounded for privacy can stand for."""
    return pl.when(count == 0).then(4.0).otherwise(count)


def hosting(holdings: Holdings, people: str, reach: int) -> pl.DataFrame:
    """How many people of each origin are in contiguous states, in others, and nobody knows where.

    Parameters
    ----------
    holdings : Holdings
        The library.
    people : str
        A key of :data:`PEOPLE`.
    reach : int
        The least contiguity that counts, from 5 (land) to 1 (400 miles of water).

    Returns
    -------
    polars.DataFrame
        `origin`, `year`, `near`, `far` and `open`, in persons. The row of a year whose
        `origin` is null holds all people whose origin is no state, under `open`.
    """
    return holdings.once(("hosting", people, reach), lambda: _hosting(holdings, people, reach))


def _hosting(holdings: Holdings, people: str, reach: int) -> pl.DataFrame:
    near = (
        contiguous_years(holdings)
        .filter(pl.col("x") >= reach)
        .select(
            pl.col("state").cast(pl.Int64).alias("origin"),
            pl.col("other").cast(pl.Int64).alias("asylum"),
            pl.col("year").cast(pl.Int64),
            near=pl.lit(value=True),
        )
    )
    count = pl.sum_horizontal(*(pl.col(name) for name in PEOPLE[people]))
    frame = (
        stocks(holdings)
        .with_columns(count=count)
        .join(near, on=["origin", "asylum", "year"], how="left", maintain_order="left")
    )
    placed = pl.col("origin").is_not_null() & pl.col("asylum").is_not_null()
    beside = placed & pl.col("near").is_not_null()
    return (
        frame.group_by("origin", "year")
        .agg(
            near=pl.col("count").filter(beside).sum(),
            far=pl.col("count").filter(placed & ~beside).sum(),
            open=pl.col("count").filter(~placed).sum(),
        )
        .sort("origin", "year")
    )


def _coded(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `origin` and `asylum`, the states' numbers at the end of the year."""
    frame = frame.with_columns(pl.col("year").cast(pl.Int64))
    for column, into in (("coo_iso", "origin"), ("coa_iso", "asylum")):
        codes = frame.select(pl.col(column).alias("code"), "year").unique(maintain_order=True)
        numbers = at_year_end(codes, "iso3").select(
            pl.col("code").alias(column), "year", pl.col("cow").alias(into)
        )
        frame = frame.join(
            numbers, on=[column, "year"], how="left", validate="m:1", maintain_order="left"
        ).with_columns(_earlier(column, into))
    return frame


def _earlier(column: str, into: str) -> pl.Expr:
    number = pl.col(into)
    for code, first, last, meant in _EARLIER:
        hit = (pl.col(column) == code) & pl.col("year").is_between(first, last)
        number = pl.when(hit).then(meant).otherwise(number)
    for code, first, last in _TWO_STATES:
        hit = (pl.col(column) == code) & pl.col("year").is_between(first, last)
        number = pl.when(hit).then(None).otherwise(number)
    return number.cast(pl.Int64).alias(into)
