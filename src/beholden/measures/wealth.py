"""Wealth: product for each person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.power import product
from beholden.measures.reading import made
from beholden.measures.state_codes import observed
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["GDP_PER_HEAD", "MEASURES"]

_RICHER = "higher: richer"


def _per_head(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    if picks["prices"] == "constant":
        return observed(
            holdings,
            "gdp_pop_latent",
            pl.when(pl.col("pwtpop") > 0).then(pl.col("pwtrgdp") / pl.col("pwtpop")),
            state="ccode",
            scale="international dollars of 2017",
            direction=_RICHER,
        )
    people = holdings.frame("cow_nmc").select(
        pl.col("ccode").cast(pl.Int64).alias("state"), pl.col("year").cast(pl.Int64), "tpop"
    )
    joined = product(holdings).join(
        people, on=["state", "year"], validate="1:1", maintain_order="left"
    )
    frame = joined.filter(pl.col("tpop") > 0).select(
        "state", "year", x=pl.col("gdp") * 1e6 / (pl.col("tpop") * 1e3)
    )
    return made(
        holdings,
        frame,
        ("un_gdp", "cow_nmc"),
        system="cow",
        scale="current US dollars",
        direction=_RICHER,
        step="product over population",
    )


GDP_PER_HEAD = panel_measure(
    "gdp_per_head",
    "power",
    "product for each person",
    _per_head,
    unit=STATE_YEAR,
    definition="Gross domestic product of the state divided by its population.",
    formula="GDP / population",
    scale="dollars",
    direction=_RICHER,
    limits=(
        "A mean says nothing of who has it. Product of closed states is an estimate throughout; "
        "the latent series fills what nobody counted."
    ),
    references=(
        (
            "Fariss, C. J., Anders, T., Markowitz, J. N., & Barnum, M. (2022). New estimates of "
            "over 500 years of historic GDP and population data. Journal of Conflict Resolution, "
            "66(3), 553-591. https://doi.org/10.1177/00220027211054432"
        ),
    ),
    choices=(
        Choice(
            "prices",
            "in which prices product is taken",
            (
                Option(
                    "constant",
                    "in constant prices, as a latent estimate",
                    "comparable over time and between states",
                    ("gdp_pop_latent",),
                ),
                Option(
                    "current",
                    "in current dollars",
                    "as national accounts print it, from 1970",
                    ("un_gdp", "cow_nmc"),
                ),
            ),
            "uncertain",
        ),
    ),
)
MEASURES: tuple[Measure, ...] = (GDP_PER_HEAD,)
