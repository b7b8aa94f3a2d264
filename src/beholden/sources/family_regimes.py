"""What the regime tables of the package democracyData have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from beholden.sources.base import Column

__all__ = ["Regimes", "Source"]

_STATE = columns_of("""
extended_country_name | name in the Gleditsch-Ward list, given by the package
gwn | Gleditsch-Ward number, given by the package; empty for territories and colonies
cown | Correlates of War number, given by the package
in_gw_system | whether it was a state of the Gleditsch-Ward list in the year
""")
_PACKAGE = "Marquez, X. (2025). democracyData (0.6.0) [R package]."
_TRAP = (
    "Rows without gwn are territories or colonies; gwn, cown and in_gw_system are the package's."
)


@dataclass(frozen=True)
class Source:
    """Who made a table and how it is cited.

    Parameters
    ----------
    name : str
        Name of the data set.
    title, producer, version, home : str
        As on a data set.
    citation : str
        The producers' own; the package is added.
    bibtex : str
        The entry.
    doi, licence, redistribution, released : str
        As far as known.
    """

    name: str
    title: str
    producer: str
    version: str
    home: str
    citation: str
    bibtex: str
    doi: str = ""
    licence: str = "unknown; the package democracyData is GPL-3, its source keeps its own terms"
    redistribution: str = "unknown"
    released: str = ""


@dataclass(frozen=True)
class Regimes:
    """One table of the package: how it reads and what its columns are.

    Parameters
    ----------
    table : str
        The object and the file.
    sha256 : str
        Of the original.
    size : int
        Bytes.
    keys : tuple of str
        Columns that name a row.
    span : tuple of int
        First and last year.
    columns : mapping of str to Column
        The source's own columns.
    text, whole, dates : tuple of str
        Columns of that type; years and state codes of the package need no mention.
    blank : tuple of float
        Numbers that stand for missing in every column of numbers.
    traps : tuple of str
        What a user must know.
    """

    table: str
    sha256: str
    size: int
    keys: tuple[str, ...]
    span: tuple[int, int]
    columns: Mapping[str, Column]
    text: tuple[str, ...]
    whole: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    blank: tuple[float, ...] = ()
    traps: tuple[str, ...] = field(default=())

    @property
    def file(self) -> str:
        """The original's name."""
        return f"regimes/{self.table}.rda"

    def read(self, paths: Mapping[str, Path]) -> pl.DataFrame:
        """The tidy table.

        Parameters
        ----------
        paths : mapping of str to Path
            The original by its name.
        """
        frame = read_r(paths[self.file], self.table)
        words = pl.col(pl.String).replace("N/A", None)
        numbers = pl.selectors.numeric().cast(pl.Float64)
        gone = dict.fromkeys(self.blank)
        frame = frame.with_columns(words).with_columns(numbers.replace(gone))
        return typed(
            frame,
            keys=self.keys,
            text=(*self.text, "extended_country_name"),
            whole=("year", "gwn", "cown", *self.whole),
            dates=self.dates,
            flags=("in_gw_system",),
        )

    def dataset(self, source: Source) -> Dataset:
        """The description of the data set.

        Parameters
        ----------
        source : Source
            Who made it.
        """
        address = raw_address("xmarquez/democracyData", "29ea0a242c29", f"data/{self.table}.rda")
        return Dataset(
            name=source.name,
            title=source.title,
            producer=source.producer,
            version=source.version,
            home=source.home,
            doi=source.doi,
            licence=source.licence,
            redistribution=source.redistribution,
            released=source.released,
            citation=f"{source.citation} ; {_PACKAGE}",
            bibtex=source.bibtex,
            unit="state-year",
            keys=self.keys,
            span=self.span,
            originals=(Original(self.file, self.sha256, self.size, address),),
            columns=dict(self.columns) | _STATE,
            read=self.read,
            states=(StateCode("gwn", "gw", "iso3"),),
            traps=(*self.traps, _TRAP),
        )
