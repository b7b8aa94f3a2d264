"""Which states exist on a date, under which codes, and who follows whom.

The room knows every member of the Correlates of War (COW) and Gleditsch-Ward (GW) state
systems, the ISO 3166 alpha-3 and UN M49 codes that go with them, and their succession.
`docs/states.md` says where the tables come from and how they are censored.
"""

from __future__ import annotations

from beholden.states.lookup import find, name, spells, states
from beholden.states.records import Spell, State
from beholden.states.seats import un_seat
from beholden.states.succession import Succession, predecessors, successors

__all__ = [
    "Spell",
    "State",
    "Succession",
    "find",
    "name",
    "predecessors",
    "spells",
    "states",
    "successors",
    "un_seat",
]
