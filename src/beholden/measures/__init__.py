"""Measures: constructs made countable, each with its definition and its choices."""

from itertools import chain

from beholden.measures import (
    abuse,
    affinity,
    assembly,
    conflict,
    downfall,
    extremity,
    leverage,
    market,
    movement,
    neighbours,
    openness,
    patronage,
    power,
    refuge,
    regime,
    shielding,
    sponsors,
    support,
    ties,
    trade,
    upr,
    vetoes,
    wealth,
)
from beholden.measures.awaited import AWAITED, DATASETS, MODELS
from beholden.measures.base import Choice, Evidence, Measure, Option, Target, Years
from beholden.measures.contacts import HIGH_LEVEL_CONTACTS
from beholden.measures.cover import COUNCIL_VOTES, RIGHTS_SUPPORT, RIGHTS_VOTES, UN_VOTES
from beholden.measures.evidence import known
from beholden.measures.exit import ARRIVALS, DOCUMENTED_RETURNS
from beholden.measures.lifeline import AID_QUANTITY, TRADE_SHARE, TRADE_VALUE

__all__ = [
    "DATASETS",
    "MEASURES",
    "MODELS",
    "Choice",
    "Evidence",
    "Measure",
    "Option",
    "Target",
    "Years",
    "known",
]

_LIFELINE = (TRADE_SHARE, TRADE_VALUE, AID_QUANTITY, *trade.MEASURES, *support.MEASURES)
_COVER = (
    *(RIGHTS_VOTES, COUNCIL_VOTES, UN_VOTES, RIGHTS_SUPPORT),
    *shielding.MEASURES,
    *affinity.MEASURES,
    *assembly.MEASURES,
    *vetoes.MEASURES,
    *sponsors.MEASURES,
    *upr.MEASURES,
)
_EXIT = (
    *(ARRIVALS, DOCUMENTED_RETURNS),
    *movement.MEASURES,
    *refuge.MEASURES,
    *neighbours.MEASURES,
)
_STATES = (
    *abuse.MEASURES,
    *extremity.MEASURES,
    *regime.MEASURES,
    *market.MEASURES,
    *openness.MEASURES,
    *power.MEASURES,
    *wealth.MEASURES,
    *downfall.MEASURES,
    *conflict.MEASURES,
    *patronage.MEASURES,
)

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in chain(
        _LIFELINE,
        _COVER,
        _EXIT,
        _STATES,
        ties.MEASURES,
        (HIGH_LEVEL_CONTACTS,),
        leverage.MEASURES,
        AWAITED,
    )
}
