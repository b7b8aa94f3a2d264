"""Measures: constructs made countable, each with its definition and its choices."""

from beholden.measures import abuse, affinity, leverage, shielding, support, trade
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

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        TRADE_SHARE,
        TRADE_VALUE,
        AID_QUANTITY,
        RIGHTS_VOTES,
        COUNCIL_VOTES,
        UN_VOTES,
        RIGHTS_SUPPORT,
        ARRIVALS,
        DOCUMENTED_RETURNS,
        HIGH_LEVEL_CONTACTS,
        *trade.MEASURES,
        *support.MEASURES,
        *leverage.MEASURES,
        *affinity.MEASURES,
        *shielding.MEASURES,
        abuse.PROTECTION,
        abuse.PHYSICAL_INTEGRITY,
        *AWAITED,
    )
}
