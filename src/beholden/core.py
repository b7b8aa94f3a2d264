"""The types that every room speaks: Source, Provenance, Table, Series, Estimate."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

__all__ = ["Estimate", "Input", "Provenance", "Series", "Source", "Table", "digest"]


def digest(value: object) -> str:
    """A short, stable name for a value: SHA-256 over its canonical JSON, first 16 hex digits.

    Parameters
    ----------
    value : object
        Anything made of mappings, sequences, dataclasses, dates, numbers, text and None.

    Returns
    -------
    str
        16 hexadecimal digits; equal values give equal names on every machine.

    Examples
    --------
    >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    True
    """
    text = json.dumps(value, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"expected plain data, received {type(value).__name__}")


@dataclass(frozen=True)
class Source:
    """Where one row of evidence was read.

    Parameters
    ----------
    title, url, dated : str
        As printed by the source; `dated` is its day of publication as far as known.
    confidence : str
        ``"high"``, ``"medium"`` or ``"low"``, as the facts' README defines them.
    row : str
        The row's name in its table, such as ``"trade:212"`` (the line in the file).
    note : str
        What the compiler of the table remarked.
    from_memory : bool
        Whether the tested figure rests on memory; such rows never decide a verdict.
    """

    title: str
    url: str
    dated: str
    confidence: str
    row: str
    note: str = ""
    from_memory: bool = False


@dataclass(frozen=True, order=True)
class Input:
    """One file that went into a result: its table, version and SHA-256."""

    table: str
    version: str
    file: str
    sha256: str


@dataclass(frozen=True)
class Provenance:
    """What went into a result and what was done with it.

    Parameters
    ----------
    inputs : tuple of Input
        Files read, each with its SHA-256.
    steps : tuple of str
        Functions applied with their parameters, in order.
    code : str
        The version of beholden.
    """

    inputs: tuple[Input, ...] = ()
    steps: tuple[str, ...] = ()
    code: str = ""

    def merge(self, other: Provenance) -> Provenance:
        """The provenance of something made of both: inputs united, steps in order."""
        inputs = tuple(sorted(set(self.inputs) | set(other.inputs)))
        steps = self.steps + tuple(step for step in other.steps if step not in self.steps)
        return Provenance(inputs, steps, self.code or other.code)

    def step(self, text: str) -> Provenance:
        """The same provenance with one more step."""
        return Provenance(self.inputs, (*self.steps, text), self.code)

    @property
    def digest(self) -> str:
        """A short name for this provenance."""
        return digest(self)


@dataclass(frozen=True)
class Table:
    """A tidy frame with its keys, its meaning and where it comes from.

    Parameters
    ----------
    name : str
        The kind of table, such as ``"trade"`` or ``"votes"``.
    frame : polars.DataFrame
        One row per observation. Besides its own columns every facts table has
        `row` (its name), `known_from` (date or null) and `from_memory` (bool).
    unit : str
        What a row is: ``"dyad-year"``, ``"vote"``, ``"event"``, ...
    keys : tuple of str
        Columns that name an observation; alternatives share them.
    columns : mapping
        Column name to its meaning.
    provenance : Provenance
        File, version and hash.
    covers_to : date or None
        The last day that the table claims to cover, where its compiler says so.
    """

    name: str
    frame: pl.DataFrame
    unit: str
    keys: tuple[str, ...]
    columns: Mapping[str, str]
    provenance: Provenance
    covers_to: date | None = None


@dataclass(frozen=True)
class Series:
    """What a measure yields in one universe: rows with values and their sources.

    Parameters
    ----------
    frame : polars.DataFrame
        One row per year, vote or event. Numeric column `x` is the measured value where
        the measure has one; `low` and `high` give its range where sources disagree;
        `rows` (list of text) names the rows of the facts tables behind it.
    unit : str
        What a row is: ``"year"``, ``"vote"`` or ``"event"``.
    scale : str
        Unit of `x`, such as ``"share"`` or ``"million US dollars"``.
    sources : mapping of str to Source
        Row name to its source.
    provenance : Provenance
        Files behind the series.
    notes : tuple of str
        What a reader should know of this series, such as years left out.
    """

    frame: pl.DataFrame
    unit: str
    scale: str
    sources: Mapping[str, Source]
    provenance: Provenance
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """The answer of one universe.

    Parameters
    ----------
    picks : mapping of str to str
        Choice to the label of the option taken.
    value, low, high : float or None
        The figure that the expectation looks at, with its range.
    meets : bool or None
        Whether the expectation holds; None when the universe gave no answer.
    status : str
        ``"ok"``, ``"failed"`` (a fault of ours) or ``"no data"``.
    message : str
        Why there is no answer, or what to know about it.
    rows : tuple of str
        Names of the rows of evidence used.
    scale : str
        Unit of the measured values in this universe.
    lacks : tuple of str
        Data sets that it reads and that cannot be read.
    """

    picks: Mapping[str, str]
    value: float | None
    low: float | None
    high: float | None
    meets: bool | None
    status: str
    message: str = ""
    rows: tuple[str, ...] = ()
    scale: str = ""
    lacks: tuple[str, ...] = ()


def union_provenance(parts: Sequence[Provenance]) -> Provenance:
    """The provenance of something made of all `parts`."""
    total = Provenance()
    for part in parts:
        total = total.merge(part)
    return total
