"""Leverage: how much a patron could move a client, by several published definitions."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.flows import SOURCES, flows
from beholden.measures.ranks import ranks
from beholden.measures.reading import made
from beholden.measures.states_and_pairs import panel_measure
from beholden.measures.support import arms
from beholden.measures.trade import asymmetry, dependence, shares
from beholden.panels import DYAD_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MEASURES"]

_TRADE = "COW 4.0"
_KEYS = ["state", "other", "year"]
_WINDOW = 5
_FIRST_GDP = 1970
# Components of the capacity for influence that the data sets at hand can fill.
_BANDWIDTH = ("trade", "weapons", "alliance", "organisations")
_DEPENDENCE = ("trade_share", "trade_product", "weapons_share")


def _components(holdings: Holdings) -> pl.DataFrame:
    return holdings.once("leverage components", lambda: _gathered(holdings))


def _gathered(holdings: Holdings) -> pl.DataFrame:
    """Every tie that a patron could pull on, for each pair with known trade, from 1970 on."""
    found = flows(holdings, _TRADE)
    base = found.pairs.filter(pl.col("year") >= _FIRST_GDP).select(
        *_KEYS, trade=pl.col("imports") + pl.col("exports")
    )
    parts = [
        shares(found, "trade").select(*_KEYS, trade_share="x"),
        dependence(holdings, _TRADE).select(*_KEYS, trade_product="x"),
        _weapons(holdings),
        _alliances(holdings),
        _organisations(holdings),
    ]
    joined = reduce(
        lambda left, right: left.join(
            right, on=_KEYS, how="left", validate="m:1", maintain_order="left"
        ),
        parts,
        base,
    )
    # No delivery identified and no alliance on the list mean that there is no such tie to pull;
    # after the last year of the list an alliance is unknown.
    listed = pl.col("year") <= int(str(holdings.frame("cow_alliance")["year"].max()))
    return joined.with_columns(
        *(pl.col(name).fill_null(0.0) for name in ("weapons", "weapons_share")),
        pl.when(listed).then(pl.col("alliance").fill_null(0.0)).alias("alliance"),
    )


def _weapons(holdings: Holdings) -> pl.DataFrame:
    codes = _cow_codes(arms(holdings, _WINDOW))
    return codes.select(*_KEYS, weapons="tiv", weapons_share="x")


def _cow_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """Pairs under ISO3 codes again under COW numbers, by date."""
    from beholden.states.timeline import index, on_window, window

    for column in ("state", "other"):
        pairs = frame.select(column, "year").unique(maintain_order=True)
        found = []
        for iso3, year in pairs.iter_rows():
            there = on_window(index("iso3").get(iso3, ()), window(year))
            found.append(there[-1].cow if there else None)
        codes = pairs.with_columns(code=pl.Series(found, dtype=pl.Int64))
        frame = (
            frame.join(codes, on=[column, "year"], how="left", maintain_order="left")
            .drop(column)
            .rename({"code": column})
            .drop_nulls(column)
        )
    # Two codes of one year's succession can be one number: the union of both counts.
    return frame.group_by(_KEYS, maintain_order=True).agg(
        pl.col("tiv").sum(), pl.col("x").sum().clip(upper_bound=1.0)
    )


def _alliances(holdings: Holdings) -> pl.DataFrame:
    frame = holdings.frame("cow_alliance").filter(pl.col("cow_defense"))
    named = frame.select(
        pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year"
    ).unique()
    return named.cast(pl.Int64).with_columns(alliance=pl.lit(1.0))


def _organisations(holdings: Holdings) -> pl.DataFrame:
    frame = holdings.frame("cow_igo_dyads")
    one = frame.select(
        pl.col("ccode1").alias("state"),
        pl.col("ccode2").alias("other"),
        "year",
        organisations=pl.col("dyadigos").cast(pl.Float64),
    )
    turned = one.rename({"state": "other", "other": "state"}).select(one.columns)
    both = pl.concat([one, turned]).unique(_KEYS, maintain_order=True)
    return both.with_columns(pl.col(_KEYS).cast(pl.Int64))


def _capacity(holdings: Holdings) -> pl.DataFrame:
    """Bandwidth times dependence, each the mean of its components on a scale from 0 to 1.

    What is unknown for a whole year (alliances after their list ends) or for all partners of a
    client (its product) is left out of the mean for all of them alike; a pair that lacks another
    component has no value, for a mean over fewer would not compare.
    """
    frame = _components(holdings)
    sized = frame.with_columns(
        trade=pl.col("trade").log1p(), weapons=pl.col("weapons").log1p()
    ).with_columns((pl.col(name) / pl.col(name).max()).alias(name) for name in _BANDWIDTH)
    bandwidth = pl.mean_horizontal(*(pl.col(name) for name in _BANDWIDTH))
    leaning = [pl.col(name).clip(upper_bound=1.0) for name in _DEPENDENCE]
    whole = pl.all_horizontal(pl.col("trade", "trade_share", "organisations").is_not_null())
    return sized.select(*_KEYS, x=pl.when(whole).then(bandwidth * pl.mean_horizontal(*leaning)))


def _latent(holdings: Holdings) -> pl.DataFrame:
    """The first principal component of the standardised ties, trade share weighing positively."""
    names = (*_DEPENDENCE, *_BANDWIDTH)
    frame = _components(holdings).with_columns(
        trade=pl.col("trade").log1p(),
        weapons=pl.col("weapons").log1p(),
        trade_product=pl.col("trade_product").log1p(),
    )
    known = frame.drop_nulls(names)
    cells = known.select(names).to_numpy()
    standard = (cells - cells.mean(axis=0)) / cells.std(axis=0)
    weights = first_component(standard)
    return known.select(_KEYS).with_columns(x=pl.Series(standard @ weights))


def first_component(
    standard: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Weights of the first principal component.

    Parameters
    ----------
    standard : ndarray of float, (rows, columns)
        Columns with mean 0 and standard deviation 1.

    Returns
    -------
    ndarray of float, (columns,)
        Of length 1; the first column weighs positively.

    Examples
    --------
    >>> import numpy as np
    >>> first_component(np.array([[1.0, 1.0], [-1.0, -1.0]])).round(3).tolist()
    [0.707, 0.707]
    """
    _, vectors = np.linalg.eigh(standard.T @ standard / len(standard))
    weights = vectors[:, -1]
    return np.asarray(weights * (1.0 if weights[0] >= 0 else -1.0))


_MAKERS = {
    "trade share": lambda holdings: shares(flows(holdings, _TRADE), "trade"),
    "trade over product": lambda holdings: dependence(holdings, _TRADE),
    "asymmetric dependence": lambda holdings: asymmetry(holdings, _TRADE),
    "capacity for influence": _capacity,
    "latent combination": _latent,
}
_STEPS = {
    "trade share": "partner's part in the client's trade",
    "trade over product": "trade over the client's product",
    "asymmetric dependence": "trade over the client's product minus trade over the patron's",
    "capacity for influence": (
        "mean of size of ties (trade, weapons, alliance, organisations) times mean of dependence "
        "(trade share, trade over product, weapons share)"
    ),
    "latent combination": "first principal component of seven standardised ties, all pairs",
}


def _leverage(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    label = picks["definition"]
    frame = _MAKERS[label](holdings)
    return made(
        holdings,
        frame,
        DEFINITION.option(label).needs,
        system="cow",
        scale="index",
        direction="higher: the patron could press the client more",
        span=(_FIRST_GDP if label != "trade share" else 1870, 2014),
        step=_STEPS[label],
    )


def _rank(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    values = _leverage(holdings, picks)
    # Where the largest partner may be the one that nobody reported, there is no order.
    unknown = flows(holdings, _TRADE).totals.filter(pl.col("why").is_not_null())
    known = values.frame.join(unknown, on=["state", "year"], how="anti", maintain_order="left")
    return ranks(replace(values, frame=known), ("state", "year"))


_TIES = (SOURCES[_TRADE], "un_gdp", "sipri_arms", "cow_alliance", "cow_igo_dyads")
DEFINITION = Choice(
    "definition",
    "which definition of leverage is taken",
    (
        Option(
            "trade share",
            "by share of the client's trade",
            "what the client would have to replace",
            _TIES[:1],
        ),
        Option(
            "trade over product",
            "by trade over the client's product",
            "what the client's economy would lose",
            _TIES[:2],
        ),
        Option(
            "asymmetric dependence",
            "by asymmetric dependence",
            "a threat binds when it costs the other side more",
            _TIES[:2],
        ),
        Option(
            "capacity for influence",
            "by size of ties times dependence, as formal bilateral influence capacity is built",
            "a tie must be large and needed; with the components at hand, not the index itself",
            _TIES,
        ),
        Option(
            "latent combination",
            "by what trade, weapons, alliance and shared organisations have in common",
            "lets the data weigh the ties",
            _TIES,
        ),
    ),
    "not equivalent",
)
_LIMITS = (
    "What a patron could use, not what it does use. Trade data end in 2014, alliances in 2012: "
    "from 2013 the capacity is without them, and the latent combination ends. Diplomatic exchange, "
    "trade agreements and aid from all donors, which the published index of formal bilateral "
    "influence capacity also counts, are not at hand."
)
_REFERENCES = (
    "Hirschman, A. O. (1945). National power and the structure of foreign trade.",
    (
        "Moyer, J. D., Sweijs, T., Burrows, M. J., & Van Manen, H. (2018). Power and influence in "
        "a globalized world. Atlantic Council."
    ),
)

LEVERAGE = panel_measure(
    "leverage",
    "leverage",
    "how much the patron could move the client",
    _leverage,
    unit=DYAD_YEAR,
    definition="The ties that the patron could cut or loosen, by the definition chosen.",
    formula="see the choice; components are scaled to 0..1 over all pairs and years",
    scale="index",
    direction="higher: the patron could press the client more",
    limits=_LIMITS,
    references=_REFERENCES,
    choices=(DEFINITION,),
)
LEVERAGE_RANK = panel_measure(
    "leverage_rank",
    "leverage",
    "rank of the patron among all states by leverage over the client",
    _rank,
    unit=DYAD_YEAR,
    definition="The patron's place among all states with a known value; 1 is the most leverage.",
    formula="1 + number of states with more leverage over the client; low and high count ties",
    scale="rank",
    direction="lower: more leverage than others",
    limits=_LIMITS,
    references=_REFERENCES,
    choices=(DEFINITION,),
)
MEASURES: tuple[Measure, ...] = (LEVERAGE, LEVERAGE_RANK)
