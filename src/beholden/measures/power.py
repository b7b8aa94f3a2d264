"""Power and size: material capabilities, product and population."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import made
from beholden.measures.state_codes import at_year_end, observed
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["GDP", "MEASURES", "POPULATION", "POWER", "PRODUCT", "product"]

PRODUCT = "Gross Domestic Product (GDP)"


def product(holdings: Holdings, indicator: str = PRODUCT) -> pl.DataFrame:
    """An aggregate of the UN national accounts, by Correlates of War number.

    Parameters
    ----------
    holdings : Holdings
        The library.
    indicator : str
        As the source names it.

    Returns
    -------
    polars.DataFrame
        `state`, `year` and `gdp` in millions of current US dollars. A series counts only for
        the state that bore its number at the end of the year: the series of united Germany
        and united Vietnam reach back to 1970 and are nobody's before unification.
    """
    return holdings.once(("un_gdp", indicator), lambda: _product(holdings, indicator))


def _product(holdings: Holdings, indicator: str) -> pl.DataFrame:
    frame = holdings.frame("un_gdp").filter(pl.col("indicator") == indicator)
    rows = frame.select(pl.col("m49").alias("code"), pl.col("year").cast(pl.Int64), "usd")
    codes = at_year_end(rows.select("code", "year").unique(maintain_order=True), "m49")
    joined = rows.join(codes, on=["code", "year"], how="left", maintain_order="left")
    known = joined.drop_nulls(["cow", "usd"]).select(
        pl.col("cow").alias("state"), "year", gdp=pl.col("usd") / 1e6
    )
    return known.unique(["state", "year"], keep="first", maintain_order=True).sort("state", "year")


def _power(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return observed(
        holdings,
        "cow_nmc",
        "cinc",
        state="ccode",
        scale="share of the world",
        direction="higher: more material capabilities",
    )


def _gdp(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    direction = "higher: a larger economy"
    if picks["prices"] == "current":
        frame = product(holdings).rename({"gdp": "x"})
        return made(
            holdings,
            frame,
            ("un_gdp",),
            system="cow",
            scale="million current US dollars",
            direction=direction,
            step="of the state that bore the series' number on 31 December",
        )
    return observed(
        holdings,
        "gdp_pop_latent",
        "pwtrgdp",
        extras={"se": "sd_pwtrgdp"},
        state="ccode",
        scale="million international dollars of 2017",
        direction=direction,
    )


def _population(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    direction = "higher: more people"
    source = picks["source"]
    if source == "latent":
        return observed(
            holdings,
            "gdp_pop_latent",
            pl.col("pwtpop") * 1e6,
            extras={"se": pl.col("sd_pwtpop") * 1e6},
            state="ccode",
            scale="persons",
            direction=direction,
        )
    name, column, state = {
        "capabilities": ("cow_nmc", "tpop", "ccode"),
        "Gleditsch": ("gdp_population_gw_population", "pop", "gwcode"),
    }[source]
    return observed(
        holdings,
        name,
        pl.col(column) * 1e3,
        state=state,
        system="cow" if state == "ccode" else "gw",
        scale="persons",
        direction=direction,
    )


_SINGER = (
    "Singer, J. D., Bremer, S., & Stuckey, J. (1972). Capability distribution, uncertainty, and "
    "major power war, 1820-1965. In B. Russett (Ed.), Peace, war, and numbers (pp. 19-48). Sage."
)
_SINGER_1987 = (
    "Singer, J. D. (1987). Reconstructing the Correlates of War dataset on material capabilities "
    "of states, 1816-1985. International Interactions, 14(2), 115-132. "
    "https://doi.org/10.1080/03050628808434695"
)
_FARISS = (
    "Fariss, C. J., Anders, T., Markowitz, J. N., & Barnum, M. (2022). New estimates of over 500 "
    "years of historic GDP and population data. Journal of Conflict Resolution, 66(3), 553-591. "
    "https://doi.org/10.1177/00220027211054432"
)
_UN = (
    "United Nations Statistics Division (2025). National accounts: Analysis of main aggregates. "
    "https://unstats.un.org/unsd/snaama"
)
_GLEDITSCH = (
    "Gleditsch, K. S. (2002). Expanded trade and GDP data. Journal of Conflict Resolution, 46(5), "
    "712-724."
)

POWER = panel_measure(
    "power",
    "power",
    "share of the world's material capabilities",
    _power,
    unit=STATE_YEAR,
    definition=(
        "Composite index of national capability: a state's mean share of the world's military "
        "spending and personnel, iron and steel, energy use, and total and urban population."
    ),
    formula="mean of six shares; components that are missing are left out of the mean",
    scale="share of the world",
    direction="higher: more material capabilities",
    limits=(
        "Counts mass more than quality. Components that are missing are skipped, which flatters "
        "states with soldiers and no published budget, such as North Korea from 2002. Some "
        "components jump between versions. Shares of a year need not add to exactly 1."
    ),
    references=(_SINGER, _SINGER_1987),
    sets=("cow_nmc",),
)

GDP = panel_measure(
    "gdp",
    "power",
    "gross domestic product",
    _gdp,
    unit=STATE_YEAR,
    definition="The product of a year, at the prices and exchange rates of the choice.",
    formula="as the source estimates it, in millions",
    scale="million dollars",
    direction="higher: a larger economy",
    limits=(
        "Current dollars move with exchange rates, and are the ones to set trade against; "
        "constant international dollars compare sizes and change over time. North Korea's "
        "product is an estimate in every source, and its current figure of 1995 an artefact."
    ),
    references=(_UN, _FARISS),
    choices=(
        Choice(
            "prices",
            "at which prices product is counted",
            (
                Option(
                    "current",
                    "at current prices and exchange rates",
                    "what trade in current dollars can be set against, 1970 to 2023",
                    ("un_gdp",),
                ),
                Option(
                    "constant",
                    "at constant international prices",
                    "latent estimates over many sources, 1816 to 2019, with standard deviations",
                    ("gdp_pop_latent",),
                ),
            ),
            "not equivalent",
        ),
    ),
)

POPULATION = panel_measure(
    "population",
    "power",
    "population",
    _population,
    unit=STATE_YEAR,
    definition="People living in the state in the year.",
    formula="as the source estimates it, in persons",
    scale="persons",
    direction="higher: more people",
    limits="Estimates between censuses, which some states have not held for decades.",
    references=(_SINGER_1987, _FARISS, _GLEDITSCH),
    choices=(
        Choice(
            "source",
            "whose figures are taken",
            (
                Option(
                    "capabilities",
                    "in the Correlates of War capabilities data",
                    "1816 to 2022, for every member of the system",
                    ("cow_nmc",),
                ),
                Option(
                    "latent",
                    "in latent estimates over many sources",
                    "with standard deviations, to 2019",
                    ("gdp_pop_latent",),
                ),
                Option(
                    "Gleditsch",
                    "in the series for Gleditsch and Ward's states",
                    "with microstates, to 2025",
                    ("gdp_population_gw_population",),
                ),
            ),
            "equivalent",
        ),
    ),
)

MEASURES: tuple[Measure, ...] = (POWER, GDP, POPULATION)
