"""Associations over a frame: a grid of choices planned, estimated and judged together."""

from beholden.associations.estimate import associate
from beholden.associations.faults import Fault, GridError
from beholden.associations.grid import CHOICES, FORMS, Forbidden, Grid, Variable
from beholden.associations.result import (
    COLUMNS,
    Associations,
    AssociationVerdict,
    Deciding,
    JointTests,
)
from beholden.associations.universes import Excluded, Universes, plan_universes
from beholden.associations.verdict import RULE

__all__ = [
    "CHOICES",
    "COLUMNS",
    "FORMS",
    "RULE",
    "AssociationVerdict",
    "Associations",
    "Deciding",
    "Excluded",
    "Fault",
    "Forbidden",
    "Grid",
    "GridError",
    "JointTests",
    "Universes",
    "Variable",
    "associate",
    "plan_universes",
]
