"""What claims may name before its data can be read: data sets, and measures that await them."""

from __future__ import annotations

from beholden.measures.base import Measure

__all__ = ["AWAITED", "DATASETS", "MODELS"]

# Name of a data set or a model: (title, official address). A claim that names one is
# untestable until it can be read, and the page says so.
DATASETS: dict[str, tuple[str, str]] = {
    "aiddata_gcdf": (
        "AidData Global Chinese Development Finance 3.0",
        "https://www.aiddata.org/data/aiddatas-global-chinese-development-finance-dataset-version-3-0",
    ),
    "cirights": ("CIRIGHTS human rights data", "https://cirights.com"),
    "comtrade": ("UN Comtrade", "https://comtradeplus.un.org"),
    "cow_contiguity": ("Correlates of War direct contiguity", "https://correlatesofwar.org"),
    "cow_disputes": (
        "Correlates of War militarized interstate disputes",
        "https://correlatesofwar.org",
    ),
    "cow_trade": (
        "Correlates of War dyadic trade 4.0",
        "https://correlatesofwar.org/data-sets/bilateral-trade/",
    ),
    "economic_freedom": (
        "Economic Freedom of the World",
        "https://www.fraserinstitute.org/economic-freedom/dataset",
    ),
    "fariss_lhrs": (
        "Latent human rights protection scores",
        "https://doi.org/10.7910/DVN/RQ85GK",
    ),
    "hfi": ("Human Freedom Index", "https://www.cato.org/human-freedom-index"),
    "hrc_votes": (
        "Roll calls of the Commission on Human Rights and the Human Rights Council",
        "https://searchlibrary.ohchr.org/search?c=Voting",
    ),
    "itpd_e": ("ITPD-E trade flows", "https://www.usitc.gov/data/gravity/itpde.htm"),
    "leaders": (
        "Archigos political leaders 4.1",
        "https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    ),
    "pitf": (
        "Political Instability Task Force problem set",
        "https://www.systemicpeace.org/inscrdata.html",
    ),
    "pts": ("Political Terror Scale", "https://www.politicalterrorscale.org/Data/"),
    "sipri_arms": (
        "SIPRI Arms Transfers Database",
        "https://www.sipri.org/databases/armstransfers",
    ),
    "un_ga_votes": (
        "United Nations General Assembly roll calls",
        "https://doi.org/10.7910/DVN/LEJUQZ",
    ),
    "unhcr_refugees": (
        "UNHCR Refugee Population Statistics",
        "https://www.unhcr.org/refugee-statistics/",
    ),
    "vdem": ("V-Dem country-year data", "https://www.v-dem.net/data/the-v-dem-dataset/"),
}

MODELS: dict[str, str] = {
    "association test": "a regression over states and years under every reasonable specification",
    "collapse model": "outflows after past collapses of state authority, scaled to the target",
    "council model": "predicted votes of a year's Council from ideal points",
    "shield game": "the patron's choice as a game, solved over the space of its payoffs",
    "synthetic control": "the partner's other trade as a counterfactual",
}


def _awaited(name: str, construct: str, title: str, scale: str, *awaits: str) -> Measure:
    return Measure(
        name=name,
        construct=construct,
        title=title,
        definition=f"{title[0].upper()}{title[1:]}.",
        unit="year",
        scale=scale,
        direction="",
        awaits=awaits,
    )


AWAITED: tuple[Measure, ...] = (
    _awaited(
        "extremity",
        "abuse",
        "percentile of the state on every measure of abuse and exit",
        "percentile",
        "fariss_lhrs",
        "cirights",
        "vdem",
        "hfi",
    ),
    _awaited(
        "recognised_refugees",
        "exit",
        "recognised refugees from the client in a country of asylum",
        "persons",
        "unhcr_refugees",
    ),
    _awaited(
        "contiguous_hosts",
        "exit",
        "share of a state's refugees hosted by its neighbours",
        "share",
        "unhcr_refugees",
        "cow_contiguity",
    ),
    _awaited(
        "trade_against_peers",
        "lifeline",
        "trade with the client against a weighted mix of the patron's other partners",
        "million US dollars",
        "comtrade",
        "cow_trade",
    ),
    _awaited(
        "freedom_of_foreign_movement",
        "exit",
        "freedom to leave and return",
        "score",
        "vdem",
        "cirights",
        "hfi",
    ),
    _awaited("electoral_democracy", "regime", "electoral democracy", "score", "vdem"),
    _awaited(
        "regime_survival", "regime", "years until a leader or regime falls", "years", "leaders"
    ),
    _awaited(
        "disputes_started", "conflict", "disputes a state started", "disputes", "cow_disputes"
    ),
    _awaited(
        "patron_support",
        "lifeline",
        "trade, aid and arms from a major power",
        "share",
        "cow_trade",
        "sipri_arms",
        "aiddata_gcdf",
    ),
    _awaited(
        "market_freedom",
        "market",
        "economic freedom and private ownership",
        "score",
        "economic_freedom",
        "vdem",
    ),
    _awaited("trade_openness", "market", "trade over product", "share", "cow_trade"),
    _awaited(
        "outflow", "exit", "people who flee after a collapse", "persons", "pitf", "unhcr_refugees"
    ),
    _awaited(
        "council_outcome",
        "cover",
        "outcome of a Council draft",
        "probability",
        "un_ga_votes",
        "hrc_votes",
    ),
    _awaited(
        "patron_choice", "cover", "whether the patron shields the client", "share", "un_ga_votes"
    ),
)
