"""What a panel asks of the measures, and which picks go to which measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from beholden.errors import PanelError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from beholden.panels.values import Values

__all__ = ["Catalogue", "picks_for"]


class Catalogue(Protocol):
    """Where a panel asks for measures by name."""

    def choices(self, name: str) -> tuple[str, ...]:
        """The names of the measure's choices."""
        ...

    def values(self, name: str, picks: Mapping[str, str]) -> Values:
        """The measure of that name under those picks."""
        ...

    def label(self, name: str, picks: Mapping[str, str]) -> str:
        """What the measure is under those picks, in one line."""
        ...

    def cite(self, names: Iterable[str]) -> Mapping[str, str]:
        """Data set to its citation."""
        ...


def picks_for(
    catalogue: Catalogue, names: Sequence[str], picks: Mapping[str, str]
) -> list[tuple[str, dict[str, str]]]:
    """Each measure with those of the picks that it has a choice for.

    Parameters
    ----------
    catalogue : Catalogue
        Where the measures are.
    names : sequence of str
        Measures.
    picks : mapping of str to str
        Choice to option.

    Raises
    ------
    PanelError
        When a measure is unknown, or none of them has a choice that is picked.
    """
    choices = {name: catalogue.choices(name) for name in names}
    known = {choice for own in choices.values() for choice in own}
    for choice in picks:
        if choice not in known:
            hint = nearest(choice, known) or "None of them leaves anything to choose."
            raise PanelError(f"{', '.join(choices)}: no choice {choice!r}. {hint}")
    return [
        (name, {choice: picks[choice] for choice in choices[name] if choice in picks})
        for name in names
    ]
