"""What is wrong with a grid or its frame: every fault at once, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from beholden.errors import BeholdenError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Fault", "GridError"]


@dataclass(frozen=True)
class Fault:
    """One fault.

    Parameters
    ----------
    path : tuple of str or int
        Where it stands in the grid, such as ``("effects", "region-year", 0)``.
    found, expected : str
        What stands there, and what should.
    hint : str
        What to do next.
    """

    path: tuple[str | int, ...]
    found: str
    expected: str
    hint: str = ""

    def __str__(self) -> str:
        place = ".".join(map(str, self.path))
        text = f"{place}: found {self.found}; expected {self.expected}"
        return f"{text}. {self.hint}" if self.hint else text


class GridError(BeholdenError):
    """A grid that cannot be planned or estimated on its frame; `faults` holds every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
