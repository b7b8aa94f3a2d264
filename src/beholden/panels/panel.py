"""A panel: rows fixed by the state system, columns added by joins that never change them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from beholden.core import union_provenance
from beholden.errors import PanelError, nearest
from beholden.panels.catalogue import picks_for
from beholden.panels.citing import list_entry
from beholden.panels.making import measured, moved, require_fitting, transformed
from beholden.panels.naming import named as columns_of
from beholden.panels.naming import require_free, require_room
from beholden.panels.rules import condition, of_states
from beholden.panels.transform import TRANSFORMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from beholden.core import Provenance
    from beholden.panels.catalogue import Catalogue
    from beholden.panels.columns import Column
    from beholden.panels.coverage import Coverage
    from beholden.panels.grid import Grid
    from beholden.panels.rules import Kept, Rule

__all__ = ["Panel"]

_FURTHEST = 250
_NOT_INSTALLED = "expected {0} to be installed, found it is not. Try: pip install pandas pyarrow"


@dataclass(frozen=True, eq=False)
class Panel:
    """State-years or dyad-years with measures, and what each of them lacks.

    Every method gives a new panel, and no added column changes the rows. Make one with
    :func:`beholden.panel`.

    Parameters
    ----------
    grid : Grid
        The rows.
    catalogue : Catalogue
        Where measures come from.
    columns : mapping of str to Column
        Those added, in order.
    rules : tuple of Rule
        How the rows were chosen.
    """

    grid: Grid
    catalogue: Catalogue
    columns: Mapping[str, Column] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def __repr__(self) -> str:
        first, last = self.grid.roster.years
        return (
            f"<Panel of {self.grid.height:,} {self.grid.unit}s, {self.grid.roster.system}, "
            f"{first} to {last}, columns: {', '.join(self.columns) or 'none yet'}>"
        )

    def add(self, *names: str, named: str = "", **picks: str) -> Panel:
        """The panel with measures added; on dyads a state's measure makes two columns.

        Parameters
        ----------
        *names : str
            Measures; ``beholden measures`` lists them.
        named : str
            Another name for the column; for one measure only.
        **picks : str
            Options of the measures' choices, such as ``source="COW 4.0"``; each applies to
            those of the measures that have the choice. Where none is picked the first option
            holds.

        Raises
        ------
        PanelError
            When a measure or an option is unknown, no measure has a choice that is picked, a
            column exists already, the source covers none of the panel's years, or a measure of
            pairs is asked of single states.
        MissingDataError
            When the library lacks a data set; the message names the command that fetches it.
        """
        if not names:
            raise PanelError("expected the name of a measure, found none")
        if named and len(names) != 1:
            raise PanelError(f"expected one measure for named={named!r}, found {len(names)}")
        require_room(len(self.columns) + len(names))
        columns = dict(self.columns)
        for name, own in picks_for(self.catalogue, names, picks):
            require_free(named or name, columns, self.grid)
            values = self.catalogue.values(name, own)
            require_fitting(name, values, self.grid)
            label = self.catalogue.label(name, own)
            columns |= measured(named or name, label, values, self.grid, columns)
        return replace(self, columns=columns)

    def lag(self, name: str, years: int = 1) -> Panel:
        """The panel with ``name_lag1``: the value `years` years earlier.

        The value is taken from the source, so a lag reaches before the panel's first year.
        A state that was no member in the earlier year has none, nor has one whose number
        another state bore then: nobody inherits another state's past. Where the list itself
        goes on from one state to the next under one number, as from the Soviet Union to
        Russia, the column's notes say so.

        Parameters
        ----------
        name : str
            A column, or a measure, which stands for each of its columns.
        years : int
            How many, 1 to 250.

        Raises
        ------
        PanelError
            When there is no such column, or `years` is not a positive whole number.
        """
        return self._moved(name, years, "lag")

    def lead(self, name: str, years: int = 1) -> Panel:
        """The panel with ``name_lead1``: the value `years` years later. See `lag`."""
        return self._moved(name, years, "lead")

    def _moved(self, name: str, years: int, word: str) -> Panel:
        whole = isinstance(years, (int, np.integer)) and not isinstance(years, bool)
        if not whole or not 1 <= years <= _FURTHEST:
            raise PanelError(f"expected a {word} of 1 to {_FURTHEST} whole years, found {years!r}")
        by = int(years) if word == "lag" else -int(years)
        columns = dict(self.columns)
        for own in columns_of(name, self.columns):
            key = f"{own}_{word}{years}"
            require_free(key, columns, self.grid)
            columns[key] = moved(self.columns[own], key, by, self.grid)
        return replace(self, columns=columns)

    def transform(self, name: str, how: str, named: str = "") -> Panel:
        """The panel with a column derived within each state or pair, over its years.

        Parameters
        ----------
        name : str
            A column with numbers, or a measure, which stands for each of its columns.
        how : str
            ``"difference"`` from the year before and ``"growth"`` over it (a ratio minus
            one), which take the year before the panel's first from the source; ``"demean"``
            (minus the mean of the unit's rows); ``"cumulate"`` (sum so far), ``"spell"``
            (years in a row, this one included, in which the column is true or above zero) and
            ``"peace"`` (full years since it last was), which count from the first year that
            the state or pair has in the panel's span, rows left out by a rule included, and
            anew after a break in membership.
        named : str
            The new column's name; ``name_how`` where empty.

        Raises
        ------
        PanelError
            When the column or the transformation is unknown, or the column holds words.

        References
        ----------
        Years of peace are those of Beck, Katz and Tucker (1998),
        https://doi.org/10.2307/2991857.
        """
        if how not in TRANSFORMS:
            raise PanelError(
                f"expected a transformation, found {how!r}. {nearest(how, TRANSFORMS)}"
            )
        found, columns = columns_of(name, self.columns), dict(self.columns)
        if named and len(found) != 1:
            raise PanelError(f"expected one column for named={named!r}, found {', '.join(found)}")
        for own in found:
            key = named or f"{own}_{how}"
            require_free(key, columns, self.grid)
            columns[key] = transformed(self.columns[own], key, how, self.grid)
        return replace(self, columns=columns)

    def where(self, keep: pl.Expr, because: str) -> Panel:
        """The panel with only the rows on which `keep` is true, and the rule on record.

        Parameters
        ----------
        keep : polars.Expr
            Over the panel's columns. Rows on which it is unknown, for a value is missing, are
            left out, and the rule says how many.
        because : str
            The rule in words, for the codebook.

        Raises
        ------
        PanelError
            When `keep` names no column of the panel, gives no truth values, or is true on no
            row.
        """
        return self._kept(condition(self.frame, self.columns, keep, because))

    def of(self, state: str | int, other: str | int | None = None) -> Panel:
        """The panel with only the rows of one state, or of one pair of states.

        Parameters
        ----------
        state, other : str or int
            ISO3 codes, or numbers of the panel's list. In a directed panel `state` is the
            first state of a row; in an undirected one either.

        Raises
        ------
        PanelError
            When both are the same state, the panel has no pairs, or no row is left.
        UnknownStateError
            When no state bore the code in the panel's years; the message says when one did.

        Examples
        --------
        ``panel.of("PRK", "CHN")`` keeps the years of North Korea with China.
        """
        return self._kept(of_states(self.grid, state, other))

    def _kept(self, kept: Kept) -> Panel:
        (keep, rule), columns = kept, {}
        for name, column in self.columns.items():
            cells = column.cells.filter(keep)
            coverage = cells.counted(name, column.coverage.dropped)
            columns[name] = replace(column, cells=cells, coverage=coverage)
        return replace(self, grid=self.grid.where(keep), columns=columns, rules=(*self.rules, rule))

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Keys and columns; one row for each state-year or dyad-year, in the grid's order."""
        keys = self.grid.key_columns()
        added = [column.cells.data.alias(name) for name, column in self.columns.items()]
        return pl.DataFrame([*keys.values(), *added])

    def to_pandas(self) -> pd.DataFrame:
        """The frame as pandas has it; pandas and pyarrow must be installed."""
        try:
            return self.frame.to_pandas()
        except ModuleNotFoundError as error:
            raise PanelError(_NOT_INSTALLED.format("pandas and pyarrow")) from error

    def to_arrow(self) -> pa.Table:
        """The frame as an Arrow table; pyarrow must be installed."""
        try:
            return self.frame.to_arrow()
        except ModuleNotFoundError as error:
            raise PanelError(_NOT_INSTALLED.format("pyarrow")) from error

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What every added column holds and lacks, with the reasons."""
        return tuple(column.coverage for column in self.columns.values())

    @property
    def provenance(self) -> Provenance:
        """Every file behind the panel."""
        return union_provenance([part.provenance for part in self._parts()])

    def cite(self) -> Mapping[str, str]:
        """How to cite the state list and the data sets behind the panel: name to BibTeX."""
        names = {name for part in self._parts() for name in part.sources}
        return {**list_entry(self.grid.roster.system), **self.catalogue.cite(sorted(names))}

    def write(self, path: Path, command: str = "") -> tuple[Path, ...]:
        """Write the panel as .parquet, .csv or .dta, with a codebook and BibTeX beside it.

        Parameters
        ----------
        path : Path
            Where to.
        command : str
            What makes the panel again, for the codebook.

        Returns
        -------
        tuple of Path
            The files written.
        """
        from beholden.panels.export import write

        return write(self, path, command)

    def _parts(self) -> list[Rule | Column]:
        return [*self.rules, *self.columns.values()]
