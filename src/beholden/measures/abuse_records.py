"""Records of abuse as their sources give them, under the codes of the state lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.state_codes import Move, moved, observed

if TYPE_CHECKING:
    from beholden.panels import Holdings, Values

__all__ = [
    "BETTER",
    "CIRIGHTS_CODES",
    "freedom_from_torture",
    "physical_rights",
    "physical_violence",
    "protection",
    "terror",
]

BETTER = "higher: people's bodies are better protected"
# The scores know one Czech series, which is Czechoslovakia's to the end of 1992.
_FARISS_CODES: tuple[Move, ...] = ((316, 315, 1946, 1992),)
# Serbia has a number of its own in this source from 2006.
CIRIGHTS_CODES: tuple[Move, ...] = ((342, 345, 2006, 2100),)
_REPORTS = ("pts_a", "pts_s", "pts_h")


def protection(holdings: Holdings) -> Values:
    """Latent protection of physical integrity, with its standard deviation."""
    return observed(
        holdings,
        "fariss_lhrs",
        "theta_mean",
        extras={"se": "theta_sd"},
        state=moved("cow", _FARISS_CODES),
        scale="standard deviations of the model",
        direction=BETTER,
    )


def physical_rights(holdings: Holdings) -> Values:
    """CIRIGHTS' sum of four physical integrity rights, 0 to 8."""
    return observed(
        holdings,
        "cirights",
        "physint_sum",
        state=moved("cow", CIRIGHTS_CODES),
        scale="0 to 8",
        direction=BETTER,
    )


def physical_violence(holdings: Holdings) -> Values:
    """V-Dem's index of freedom from political killings and torture, 0 to 1."""
    return observed(
        holdings, "vdem_v12_long", "v2x_clphy", state="cowcode", scale="0 to 1", direction=BETTER
    )


def terror(holdings: Holdings, report: str) -> Values:
    """The Political Terror Scale by one report, or by what all reports at hand come to.

    Parameters
    ----------
    holdings : Holdings
        The library.
    report : str
        An option of the choice `report` of the measure `terror_scale`.
    """
    columns = [pl.col(name) for name in _REPORTS]
    made = {
        "mean": pl.mean_horizontal(*columns),
        "worst": pl.max_horizontal(*columns),
        "State Department": pl.col("pts_s"),
        "Amnesty International": pl.col("pts_a"),
    }
    several = report in ("mean", "worst")
    ends = {"low": pl.min_horizontal(*columns), "high": pl.max_horizontal(*columns)}
    return observed(
        holdings,
        "pts",
        made[report],
        state=_terror_code(),
        scale="1 to 5",
        direction="higher: more terror by the state",
        extras=ends if several else {},
    )


def _terror_code() -> pl.Expr:
    """Serbia and the Soviet Union have no number in the file, and two Yugoslavias share one."""
    country, year = pl.col("country"), pl.col("year")
    federal = country == "Yugoslavia, Federal Republic of"
    socialist = country == "Yugoslavia, Socialist Federal Republic of"
    outlived = (federal & ~year.is_between(1992, 2005)) | (socialist & (year > 1991))
    return (
        pl.when(outlived)
        .then(None)
        .when((country == "Serbia") & (year >= 2006))
        .then(345)
        .when((country == "Soviet Union") & (year <= 1991))
        .then(365)
        .otherwise(pl.col("cow_code_n"))
        .cast(pl.Int64)
    )


def freedom_from_torture(holdings: Holdings, source: str) -> Values:
    """Freedom from torture by one record, higher meaning less torture.

    Parameters
    ----------
    holdings : Holdings
        The library.
    source : str
        An option of the choice `source` of the measure `torture`.
    """
    if source == "V-Dem":
        name, column, state = "vdem_v12_long", "v2cltort", pl.col("cowcode")
    elif source == "CIRIGHTS":
        name, column, state = "cirights", "tort", moved("cow", CIRIGHTS_CODES)
    else:
        name, column, state = "ciri_physint", "tort", pl.col("cow")
    scale = "interval" if source == "V-Dem" else "0 to 2"
    return observed(holdings, name, column, state=state, scale=scale, direction=BETTER)
