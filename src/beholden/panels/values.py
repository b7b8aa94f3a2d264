"""What a measure yields for many states at once: values with the keys they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from beholden.core import Provenance
from beholden.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from beholden.states.timeline import System

__all__ = ["DYAD_YEAR", "STATE_YEAR", "Unit", "Values"]

Unit = Literal["state-year", "dyad-year"]
STATE_YEAR: Unit = "state-year"
DYAD_YEAR: Unit = "dyad-year"


@dataclass(frozen=True)
class Values:
    """One measure under one set of picks, for every state or pair of states that has it.

    Parameters
    ----------
    frame : polars.DataFrame
        Key columns `state`, `year`, and for pairs `other`; the value `x`; and where they are
        known `se` (standard error), `low` and `high` (a 95% interval or a range of sources).
        A null `x` is a row that the source has without a value; `why` may say why.
    unit : str
        ``"state-year"`` or ``"dyad-year"``. Of a pair, `state` is the client and `other`
        the patron.
    system : str
        Which codes the key columns hold: ``"cow"``, ``"gw"``, ``"iso3"`` or ``"m49"``.
    span : tuple of int
        First and last year that the source covers.
    scale, direction : str
        Unit of the values and what a higher value means.
    sources : tuple of str
        Data sets read.
    provenance : Provenance
        Their originals, and what was done with them.
    symmetric : bool
        Whether a pair's value is the same from both sides, and stands in one order only.
    notes : tuple of str
        What a reader should know.
    missing : mapping of str to str
        Reasons that `why` may name, in words.

    Raises
    ------
    TableError
        When a key or the value has no column, or the unit is none of the two.
    """

    frame: pl.DataFrame
    unit: Unit
    system: System
    span: tuple[int, int]
    scale: str
    direction: str
    sources: tuple[str, ...]
    provenance: Provenance = field(default_factory=Provenance)
    symmetric: bool = False
    notes: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.unit not in (STATE_YEAR, DYAD_YEAR):
            raise TableError(f"expected values by {STATE_YEAR} or {DYAD_YEAR}, found {self.unit!r}")
        wanted = [*self.keys, "x"]
        lacking = [name for name in wanted if name not in self.frame.columns]
        if lacking:
            raise TableError(
                f"{self.name}: expected the columns "
                f"{', '.join(wanted)}, found no {', '.join(lacking)}"
            )

    @property
    def name(self) -> str:
        """What messages call the values: the data sets they are from."""
        return ", ".join(self.sources) or "the values"

    @property
    def keys(self) -> tuple[str, ...]:
        """The key columns."""
        return ("state", "year") if self.unit == STATE_YEAR else ("state", "other", "year")
