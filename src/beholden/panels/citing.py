"""How to cite the state lists that fix a panel's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beholden.panels.roster import ListOfStates

__all__ = ["LIST_NAMES", "list_entry"]

LIST_NAMES = {"cow": "Correlates of War", "gw": "Gleditsch-Ward"}
_ENTRIES = {
    "cow": (
        "cow_states",
        """@misc{cow_states,
  author = {{Correlates of War Project}},
  title = {State system membership list, v2016},
  year = {2017},
  url = {https://correlatesofwar.org/data-sets/state-system-membership/}
}""",
    ),
    "gw": (
        "gw_states",
        """@article{gw_states,
  author = {Gleditsch, Kristian S. and Ward, Michael D.},
  title = {A revised list of independent states since the {Congress of Vienna}},
  journal = {International Interactions},
  year = {1999},
  volume = {25},
  number = {4},
  pages = {393--413},
  doi = {10.1080/03050629908434958}
}""",
    ),
}


def list_entry(system: ListOfStates) -> dict[str, str]:
    """The state list under its name, with its BibTeX.

    Parameters
    ----------
    system : str
        ``"cow"`` or ``"gw"``.

    Examples
    --------
    >>> list(list_entry("gw"))
    ['gw_states']
    """
    name, entry = _ENTRIES[system]
    return {name: entry}
