"""Measures by name, over a library: what panels, profiles and ranks ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.errors import PanelError, nearest
from beholden.measures.states_and_pairs import checked, values_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from beholden.measures.base import Measure
    from beholden.panels import Holdings, Values

__all__ = ["MeasureCatalogue"]


class MeasureCatalogue:
    """The measures of all states and pairs of states, computed from a library's data sets.

    Parameters
    ----------
    measures : mapping of str to Measure
        By name.
    holdings : Holdings
        The data sets.
    bibtex : mapping of str to str
        Data set to its BibTeX entry.
    """

    def __init__(
        self,
        measures: Mapping[str, Measure],
        holdings: Holdings,
        bibtex: Mapping[str, str] | None = None,
    ) -> None:
        self.measures, self.holdings = measures, holdings
        self._bibtex = bibtex or {}

    def measure(self, name: str) -> Measure:
        """The measure of that name.

        Raises
        ------
        PanelError
            When there is none; the message names the nearest.
        """
        if name not in self.measures:
            known = [item.name for item in self.measures.values() if item.values]
            raise PanelError(f"expected a measure, found {name!r}. {nearest(name, known)}")
        return self.measures[name]

    def choices(self, name: str) -> tuple[str, ...]:
        """The names of a measure's choices."""
        return tuple(choice.name for choice in self.measure(name).choices)

    def values(self, name: str, picks: Mapping[str, str]) -> Values:
        """The measure of that name under those picks, for every state or pair."""
        return values_of(self.measure(name), self.holdings, picks)

    def label(self, name: str, picks: Mapping[str, str]) -> str:
        """What the measure is under those picks, in one line."""
        measure = self.measure(name)
        full = checked(measure, picks)
        meant = [choice for choice in measure.choices if not choice.facts]
        chosen = [choice.option(full[choice.name]).words for choice in meant]
        return ", ".join([measure.title, *chosen])

    def cite(self, names: Iterable[str]) -> Mapping[str, str]:
        """Data set to its BibTeX entry, or to its citation where it has none."""
        return {
            name: self._bibtex.get(name) or self.holdings.record(name).citation for name in names
        }
