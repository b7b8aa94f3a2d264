"""What a data set is: who made it, where it is published, how its files read, what is corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["Brought", "Column", "Dataset", "Original", "Reader", "StateCode"]

Reader = "Callable[[Mapping[str, Path]], pl.DataFrame]"


@dataclass(frozen=True)
class Original:
    """One file as it is published, byte for byte.

    Parameters
    ----------
    file : str
        Its name in the library and in a folder of originals.
    sha256 : str
        64 hexadecimal digits; other bytes are refused.
    size : int
        Bytes.
    address : str
        Where those very bytes are published.
    """

    file: str
    sha256: str
    size: int
    address: str


@dataclass(frozen=True)
class Column:
    """One column of the tidy table.

    Parameters
    ----------
    meaning : str
        What it holds.
    unit : str
        Its unit, such as "million current US dollars".
    direction : str
        What a higher value means, where that could be mistaken.
    missing : tuple of str
        The source's codes for missing; they are null in the table.
    """

    meaning: str
    unit: str = ""
    direction: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class StateCode:
    """A column that names a state in the source's own code, to be mapped by date.

    Parameters
    ----------
    column : str
        The column with the source's code.
    system : str
        ``"cow"``, ``"gw"``, ``"iso3"`` or ``"m49"``.
    into : str
        Name of the column that receives the ISO3 code of the state that had that code in
        that year; null where no state did.
    year : str
        The column with the year (or a date).
    """

    column: str
    system: str
    into: str
    year: str = "year"


@dataclass(frozen=True)
class Brought:
    """A file that users bring themselves: known by its form, for its hash is not known beforehand.

    Parameters
    ----------
    names : str
        A regular expression that its names match in full; the first group is the version.
    example : str
        One such name, as its producers give it.
    check : callable
        Takes a path and the version in its name; raises `TableError` for a file that has not
        the form.
    words : callable
        Takes the version; returns those fields of the data set that depend on it.
    """

    names: str
    example: str
    check: Callable[[Path, str], None]
    words: Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True)
class Dataset:
    """One data set with its description and its reader.

    Parameters
    ----------
    name : str
        Its name in commands and claims: lower case, underscores.
    title, producer, version : str
        As its producers give them; `version` names exactly the files below.
    home : str
        The official page.
    doi : str
        Empty where there is none.
    licence : str
        In words, as far as known.
    redistribution : str
        ``"allowed"``, ``"forbidden"`` or ``"unknown"``; only ``"allowed"`` may be embedded.
    citation, bibtex : str
        In full.
    unit : str
        What a row is: ``"state-year"``, ``"dyad-year"``, ``"vote"``, ``"event"``, ...
    keys : tuple of str
        Columns that name a row; unique.
    span : tuple of int
        First and last year.
    originals : tuple of Original
        The files it is read from.
    columns : mapping of str to Column
        Every column of the tidy table.
    read : callable
        File name to path of the original, to the tidy frame in the source's own codes,
        with the corrections of ``corrections/<name>.yaml`` not yet applied.
    states : tuple of StateCode
        Columns to be mapped to states by date.
    traps : tuple of str
        What a careful user must know.
    brought : Brought or None
        How the file is recognised that users bring themselves. Such a set has no originals until
        its file is found; `beholden.sources.brought` then fills them in.
    released : str
        The day, month or year, as an ISO partial date such as ``"2016"`` or ``"2018-12"``, on
        which the edition that the originals hold was first published; where only a later day
        is certain, that day; empty where nobody knows. A year means its last day, as
        `beholden.dates` reads partial dates.
    acts : str
        Name of a column of type date or whole year: for records of public acts such as votes,
        resolutions, vetoes or treaties, where every row was public on its own day whatever
        the date of the edition. Empty for compiled statistics and expert codings.
    """

    name: str
    title: str
    producer: str
    version: str
    home: str
    doi: str
    licence: str
    redistribution: str
    citation: str
    bibtex: str
    unit: str
    keys: tuple[str, ...]
    span: tuple[int, int]
    originals: tuple[Original, ...]
    columns: Mapping[str, Column]
    read: Callable[[Mapping[str, Path]], pl.DataFrame]
    states: tuple[StateCode, ...] = ()
    traps: tuple[str, ...] = field(default=())
    brought: Brought | None = None
    released: str = ""
    acts: str = ""
