"""Lifeline by trade, for every pair of states: shares, dependence, partners and what remains."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from beholden.measures.base import Choice
from beholden.measures.flows import SOURCE_CHOICE, flows
from beholden.measures.power import product
from beholden.measures.ranks import ranks
from beholden.measures.reading import made
from beholden.measures.state_codes import at_year_end
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures.base import Measure
    from beholden.measures.flows import Flows
    from beholden.panels import Holdings, Values

__all__ = [
    "MEASURES",
    "TRADE_REFERENCES",
    "asymmetry",
    "dependence",
    "shares",
    "trade_share_values",
]

_MIRROR = (
    "Flows are what importers or mirror reporters say. Zero often means that nobody reported. "
    "Several countries book South Korean goods under North Korea, so that shares of North Korea's "
    "partners before about 2010 measure reporting error as much as dependence. From 1999 the "
    "Correlates of War count Hong Kong's trade as China's."
)
_HIRSCHMAN = (
    "Hirschman, A. O. (1945). National power and the structure of foreign trade. University of "
    "California Press."
)
_BARBIERI = (
    "Barbieri, K., Keshk, O. M. G., & Pollins, B. M. (2009). Trading data. Conflict Management "
    "and Peace Science, 26(5), 471-491. https://doi.org/10.1177/0738894209343887"
)


def shares(found: Flows, flow: str) -> pl.DataFrame:
    """Each partner's part in a state's trade, imports or exports.

    Parameters
    ----------
    found : Flows
        One source.
    flow : str
        ``"trade"``, ``"imports"`` or ``"exports"``.

    Returns
    -------
    polars.DataFrame
        `state`, `other`, `year`, `x` from 0 to 1, and `why` where the total is not known.
    """
    # A pair's trade is known only where both directions are.
    own = pl.col("imports") + pl.col("exports") if flow == "trade" else pl.col(flow)
    total = found.totals.select("state", "year", pl.col(flow).alias("total"), "why")
    return (
        found.pairs.select("state", "other", "year", own.alias("own"), "dropped")
        .join(total, on=["state", "year"], how="left", maintain_order="left")
        .select(
            "state",
            "other",
            "year",
            pl.when((pl.col("total") > 0) & pl.col("why").is_null())
            .then(pl.col("own") / pl.col("total"))
            .alias("x"),
            pl.coalesce("dropped", "why").alias("why"),
        )
    )


def _share(flow: str, holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = flows(holdings, picks["source"])
    return made(
        holdings,
        shares(found, flow),
        (found.name,),
        system=found.system,
        scale="share",
        direction=f"higher: more of the client's {flow} with the partner",
        span=found.span,
        step=f"partner's {flow} over the sum over all partners in {found.name}",
    )


trade_share_values = partial(_share, "trade")
TRADE_REFERENCES = (_HIRSCHMAN, _BARBIERI)


def _rank(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return ranks(_share("trade", holdings, picks), ("state", "year"))


def _concentration(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = flows(holdings, picks["source"])
    frame = (
        shares(found, "trade")
        .group_by("state", "year", maintain_order=True)
        .agg(
            x=pl.when(pl.col("x").count() > 0).then((pl.col("x") ** 2).sum()),
            why=pl.col("why").first(),
        )
    )
    return made(
        holdings,
        frame,
        (found.name,),
        system=found.system,
        scale="0 to 1",
        direction="higher: trade with fewer partners",
        span=found.span,
        step="sum of squared trade shares of all partners",
    )


def _alternatives(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    """The partners left when one stops, counted by their weight."""
    found = flows(holdings, picks["source"])
    frame = shares(found, "trade").with_columns(
        squares=(pl.col("x") ** 2).sum().over("state", "year")
    )
    left = 1 - pl.col("x")
    without = pl.col("squares") - pl.col("x") ** 2
    # Shares among the rest are shares of what is left.
    count = pl.when((left > 0) & (without > 0)).then(left**2 / without)
    return made(
        holdings,
        frame.select("state", "other", "year", x=count, why="why"),
        (found.name,),
        system=found.system,
        scale="partners of equal size",
        direction="higher: more partners to turn to",
        span=found.span,
        step="inverse Herfindahl index of the trade with all other partners",
    )


def dependence(holdings: Holdings, source: str) -> pl.DataFrame:
    """A pair's trade over the first state's product, with the parts it is made of.

    Parameters
    ----------
    holdings : Holdings
        The library.
    source : str
        Whose trade data.

    Returns
    -------
    polars.DataFrame
        `state`, `other`, `year`, `x`; both sides in current US dollars.
    """
    found = flows(holdings, source)
    gdp = product(holdings)
    if found.system == "iso3":
        codes = found.pairs.select(pl.col("state").alias("code"), "year").unique()
        borne = at_year_end(codes, "iso3").rename({"code": "own"}).drop_nulls("cow")
        gdp = gdp.join(borne, left_on=["state", "year"], right_on=["cow", "year"])
        gdp = gdp.select(pl.col("own").alias("state"), "year", "gdp")
    trade = (pl.col("imports") + pl.col("exports")).alias("trade")
    joined = found.pairs.select("state", "other", "year", trade).join(
        gdp, on=["state", "year"], how="left", validate="m:1", maintain_order="left"
    )
    return joined.select("state", "other", "year", x=pl.col("trade") / pl.col("gdp"))


def _dependence(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = flows(holdings, picks["source"])
    return made(
        holdings,
        dependence(holdings, picks["source"]),
        (found.name, "un_gdp"),
        system=found.system,
        scale="share of product",
        direction="higher: the client's economy rests more on the partner",
        span=(max(found.span[0], 1970), found.span[1]),
        step="imports plus exports over gross domestic product, both in current US dollars",
    )


def asymmetry(holdings: Holdings, source: str) -> pl.DataFrame:
    """The first state's dependence on the second minus the second's on the first.

    Parameters and columns are those of `dependence`.
    """
    own = dependence(holdings, source)
    turned = own.select(
        pl.col("other").alias("state"), pl.col("state").alias("other"), "year", back="x"
    )
    keys = ["state", "other", "year"]
    both = own.join(turned, on=keys, how="left", validate="1:1", maintain_order="left")
    return both.select(*keys, x=pl.col("x") - pl.col("back"))


def _asymmetry(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    found = flows(holdings, picks["source"])
    return made(
        holdings,
        asymmetry(holdings, picks["source"]),
        (found.name, "un_gdp"),
        system=found.system,
        scale="share of product",
        direction="higher: the client needs the trade more than the partner does",
        span=(max(found.span[0], 1970), found.span[1]),
        step="the client's trade over its product minus the partner's over its own",
    )


# Trade deflated to one year does not go with product in current dollars.
_CURRENT = Choice(
    SOURCE_CHOICE.name,
    SOURCE_CHOICE.question,
    tuple(option for option in SOURCE_CHOICE.options if option.label != "ITPD-E"),
    SOURCE_CHOICE.equivalence,
)


def _share_measure(name: str, flow: str, title: str) -> Measure:
    return panel_measure(
        name,
        "lifeline",
        title,
        partial(_share, flow),
        unit=DYAD_YEAR,
        definition=f"The client's {flow} with one partner over its {flow} with all partners.",
        formula=f"{flow} of the pair / sum of {flow} over all partners in the same source",
        scale="share",
        direction=f"higher: more of the client's {flow} goes through the partner",
        limits=_MIRROR,
        references=TRADE_REFERENCES,
        choices=(SOURCE_CHOICE,),
    )


IMPORT_SHARE = _share_measure("import_share", "imports", "partner's share of the client's imports")
EXPORT_SHARE = _share_measure("export_share", "exports", "partner's share of the client's exports")

PARTNER_RANK = panel_measure(
    "partner_rank",
    "lifeline",
    "rank of the partner among the client's trading partners",
    _rank,
    unit=DYAD_YEAR,
    definition="The partner's place by share of the client's trade; 1 is the largest partner.",
    formula="1 + number of partners with a larger share; low and high count ties",
    scale="rank",
    direction="lower: a larger partner",
    limits=_MIRROR,
    references=(_HIRSCHMAN,),
    choices=(SOURCE_CHOICE,),
)

TRADE_CONCENTRATION = panel_measure(
    "trade_concentration",
    "lifeline",
    "concentration of the client's trade on few partners",
    _concentration,
    unit=STATE_YEAR,
    definition="Herfindahl-Hirschman index over the shares of all partners.",
    formula="sum of squared trade shares",
    scale="0 to 1",
    direction="higher: trade with fewer partners",
    limits=_MIRROR,
    references=(_HIRSCHMAN,),
    choices=(SOURCE_CHOICE,),
)

ALTERNATIVE_PARTNERS = panel_measure(
    "alternative_partners",
    "lifeline",
    "partners left if the patron stopped, counted by weight",
    _alternatives,
    unit=DYAD_YEAR,
    definition=(
        "How many partners of equal size would be as concentrated as the client's trade with "
        "everybody but this partner."
    ),
    formula="(1 - s)^2 / (sum of squared shares - s^2), with s the partner's share",
    scale="partners of equal size",
    direction="higher: more partners to turn to",
    limits=_MIRROR + " It does not say whether the others could replace what the partner delivers.",
    references=(
        _HIRSCHMAN,
        (
            "Laakso, M., & Taagepera, R. (1979). Effective number of parties. Comparative "
            "Political Studies, 12(1), 3-27. https://doi.org/10.1177/001041407901200101"
        ),
    ),
    choices=(SOURCE_CHOICE,),
)

TRADE_DEPENDENCE = panel_measure(
    "trade_dependence",
    "lifeline",
    "trade with the partner over the client's product",
    _dependence,
    unit=DYAD_YEAR,
    definition="Imports plus exports with the partner over the client's gross domestic product.",
    formula="(imports + exports) / GDP, both in current US dollars",
    scale="share of product",
    direction="higher: the client's economy rests more on the partner",
    limits=(
        "Product in current dollars at official rates: for North Korea it is an estimate of the "
        "United Nations, and 1995 is an artefact of the exchange rate."
    ),
    references=(
        (
            "Oneal, J. R., & Russett, B. (1997). The classical liberals were right. International "
            "Studies Quarterly, 41(2), 267-293. https://doi.org/10.1111/1468-2478.00042"
        ),
    ),
    choices=(_CURRENT,),
    sets=("un_gdp",),
)

ASYMMETRIC_DEPENDENCE = panel_measure(
    "asymmetric_dependence",
    "lifeline",
    "how much more the client needs the trade than the partner does",
    _asymmetry,
    unit=DYAD_YEAR,
    definition="The client's trade dependence on the partner minus the partner's on the client.",
    formula="trade / GDP of the client - trade / GDP of the partner",
    scale="share of product",
    direction="higher: the client needs the trade more than the partner does",
    limits="As trade dependence. Need is not will: a partner may be unable to use it.",
    references=(
        _HIRSCHMAN,
        ("Keohane, R. O., & Nye, J. S. (1977). Power and interdependence. Little, Brown."),
    ),
    choices=(_CURRENT,),
    sets=("un_gdp",),
)

MEASURES: tuple[Measure, ...] = (
    IMPORT_SHARE,
    EXPORT_SHARE,
    PARTNER_RANK,
    TRADE_CONCENTRATION,
    ALTERNATIVE_PARTNERS,
    TRADE_DEPENDENCE,
    ASYMMETRIC_DEPENDENCE,
)
