"""What claims may name before it can be computed: data sets, models, measures."""

from __future__ import annotations

from beholden.measures.base import Measure

__all__ = ["AWAITED", "DATASETS", "MODELS"]

# Name of a data set that no reader reads yet: (title, official address). A claim that names one
# is untestable until it can be read, and the page says so.
DATASETS: dict[str, tuple[str, str]] = {
    "cow_disputes": (
        "Correlates of War militarized interstate disputes",
        "https://correlatesofwar.org",
    ),
}

MODELS: dict[str, str] = {
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
        "trade_against_peers",
        "lifeline",
        "trade with the client against a weighted mix of the patron's other partners",
        "million US dollars",
        "synthetic control",
    ),
    _awaited(
        "disputes_started", "conflict", "disputes a state started", "disputes", "cow_disputes"
    ),
    _awaited("outflow", "exit", "people who flee after a collapse", "persons", "collapse model"),
    _awaited(
        "council_outcome", "cover", "outcome of a Council draft", "probability", "council model"
    ),
    _awaited(
        "patron_choice", "cover", "whether the patron shields the client", "share", "shield game"
    ),
)
