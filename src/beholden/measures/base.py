"""What a measure is: a definition with its choices, computed on evidence for a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from beholden.core import Provenance, Series, Source, Table, union_provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    import polars as pl

    from beholden.panels import Holdings, Values

__all__ = ["Choice", "Evidence", "Measure", "Option", "Row", "Target", "Years"]

Row = dict[str, "object"]


@dataclass(frozen=True)
class Option:
    """One reasonable way to take a choice.

    Parameters
    ----------
    label : str
        Its name in a claim's `choices`.
    words : str
        How a sentence says it: "without trade with South Korea".
    reason : str
        Why a careful analyst may take it.
    needs : tuple of str
        Data sets that this option reads.
    facts : bool
        Whether it is computed from the facts about one client, so that panels of all
        states cannot take it.
    """

    label: str
    words: str
    reason: str
    needs: tuple[str, ...] = ()
    facts: bool = False


@dataclass(frozen=True)
class Choice:
    """A decision of the analyst, with its options; the first option is the reference.

    Parameters
    ----------
    name : str
        Its name in a claim's `choices`.
    question : str
        What it decides, as the end of "it depends on ...".
    options : tuple of Option
        In order of preference.
    equivalence : str
        ``"equivalent"``, ``"not equivalent"`` or ``"uncertain"``: whether the options
        measure the same thing (Del Giudice and Gangestad 2021,
        https://doi.org/10.1177/2515245920954925).
    facts : bool
        Whether it concerns the facts about one client alone, so that for all states it has
        no meaning and stays at its first option.
    """

    name: str
    question: str
    options: tuple[Option, ...]
    equivalence: str = "uncertain"
    facts: bool = False

    def labels(self) -> tuple[str, ...]:
        """The options' names, in order."""
        return tuple(option.label for option in self.options)

    def option(self, label: str) -> Option:
        """The option of that name."""
        return next(option for option in self.options if option.label == label)


@dataclass(frozen=True, order=True)
class Years:
    """A span of calendar years; `last` None is open: up to what is known."""

    first: int
    last: int | None

    def until(self, limit: int) -> range:
        """The years from `first` to `last`, at most to `limit`."""
        return range(self.first, min(self.last or limit, limit) + 1)

    def __str__(self) -> str:
        if self.last is None:
            return f"{self.first}.."
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"


@dataclass(frozen=True)
class Target:
    """Whom and when a claim is about.

    Parameters
    ----------
    client, patron, partner : str
        ISO3; `partner` is the other state of a dyad and defaults to the patron.
    years : Years or None
        The years looked at.
    event : str or None
        The day or year that divides before from after.
    window : int or None
        Years on each side of the event.
    periods : mapping of str to Years
        Named spans, such as leaders' terms.
    """

    client: str
    patron: str
    partner: str = ""
    years: Years | None = None
    event: str | None = None
    window: int | None = None
    periods: Mapping[str, Years] = field(default_factory=dict)

    @property
    def other(self) -> str:
        """The other state of the dyad."""
        return self.partner or self.patron


@dataclass(frozen=True)
class Evidence:
    """The tables a measure may see: cut to what was known, and to what is sourced.

    Parameters
    ----------
    tables : mapping of str to Table
        Already cut by :func:`beholden.measures.evidence.known`.
    as_of : date
        The day up to which anything was known.
    until : date
        The last day that the tables claim to cover, or `as_of` where that is earlier:
        after it an event that is not listed may still have happened.
    data : Holdings or None
        The data sets of the library, as known on the same day.
    """

    tables: Mapping[str, Table]
    as_of: date
    until: date
    data: Holdings | None = None

    @cached_property
    def _rows(self) -> dict[str, list[Row]]:
        return {}

    def rows(self, name: str) -> list[Row]:
        """The rows of a table as dictionaries."""
        if name not in self._rows:
            self._rows[name] = self.tables[name].frame.to_dicts()
        return self._rows[name]

    def series(
        self,
        frame: pl.DataFrame,
        unit: str,
        scale: str,
        used: Iterable[Row],
        notes: Iterable[str] = (),
    ) -> Series:
        """A series with the sources of the rows it used."""
        rows = list(used)
        tables = sorted({str(row["row"]).split(":")[0] for row in rows})
        provenance = union_provenance([self.tables[name].provenance for name in tables])
        sources = {str(row["row"]): source_of(row) for row in rows}
        return Series(frame, unit, scale, sources, provenance or Provenance(), tuple(notes))


def source_of(row: Row) -> Source:
    """The source of one row of evidence."""
    memory = row.get("memory") or []
    return Source(
        title=str(row["source_title"] or ""),
        url=str(row["source_url"] or ""),
        dated=str(row["source_date"] or ""),
        confidence=str(row["confidence"] or ""),
        row=str(row["row"]),
        note=str(row["note"] or ""),
        from_memory=isinstance(memory, list) and "*" in memory,
    )


@dataclass(frozen=True)
class Measure:
    """A construct made countable.

    Parameters
    ----------
    name : str
        Its name in claims.
    construct : str
        ``"lifeline"``, ``"cover"``, ``"exit"``, ``"abuse"``, ``"leverage"``, ...
    title, definition : str
        What it is, in a phrase and in full.
    unit : str
        What a row of the series is: year, vote, event.
    scale, direction : str
        Unit of the values, and what a higher value means.
    needs : tuple of str
        Tables of facts it is computed from.
    uses : tuple of str
        Tables that it also reads where the library holds them.
    choices : tuple of Choice
        The reasonable ways to compute it.
    compute : callable or None
        (evidence, target, picks) to Series; None while the data sets it awaits
        cannot be read yet.
    limits : str
        What it does not measure.
    references : tuple of str
        Sources of the definition.
    awaits : tuple of str
        Data sets without which it cannot be computed.
    forbids : callable or None
        (picks) to a reason why the options do not go together, or "".
    applies : callable or None
        (choice, target) to whether that choice has a meaning for the target.
    values : callable or None
        (holdings, picks) to Values of every state or pair of states; None for measures
        that only the facts about one client bear.
    panel : str
        ``"state-year"`` or ``"dyad-year"`` for measures with `values`.
    formula : str
        How the values are computed, in a line.
    sets : tuple of str
        Data sets read whatever the picks; options name theirs themselves.
    """

    name: str
    construct: str
    title: str
    definition: str
    unit: str
    scale: str
    direction: str
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    compute: Callable[[Evidence, Target, Mapping[str, str]], Series] | None = None
    limits: str = ""
    references: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    forbids: Callable[[Mapping[str, str]], str] | None = None
    applies: Callable[[str, Target], bool] | None = None
    values: Callable[[Holdings, Mapping[str, str]], Values] | None = None
    panel: str = ""
    formula: str = ""
    sets: tuple[str, ...] = ()

    def datasets(self, picks: Mapping[str, str]) -> tuple[str, ...]:
        """The data sets that the measure reads under those picks, each once."""
        names = list(self.sets)
        for choice in self.choices:
            names += choice.option(picks[choice.name]).needs
        return tuple(dict.fromkeys(names))

    def reference(self) -> dict[str, str]:
        """The first option of every choice that panels of all states can take."""
        return {
            choice.name: next(option.label for option in choice.options if not option.facts)
            for choice in self.choices
        }
