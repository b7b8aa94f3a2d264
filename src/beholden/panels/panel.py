"""A panel: rows fixed by the state system, columns added by joins that never change them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import polars as pl

from beholden.core import union_provenance
from beholden.errors import PanelError, nearest
from beholden.panels.align import align
from beholden.panels.columns import EXTRAS, Column, Origin, picked, shifted
from beholden.panels.transform import TRANSFORMS, Step, derived
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pandas as pd
    import pyarrow as pa

    from beholden.core import Provenance
    from beholden.panels.coverage import Coverage
    from beholden.panels.grid import Grid
    from beholden.panels.values import Values

__all__ = ["MOST_COLUMNS", "Catalogue", "Panel"]

MOST_COLUMNS = 2_000


class Catalogue(Protocol):
    """Where a panel asks for measures by name."""

    def values(self, name: str, picks: Mapping[str, str]) -> Values:
        """The measure of that name under those picks."""
        ...

    def label(self, name: str, picks: Mapping[str, str]) -> str:
        """What the measure is under those picks, in one line."""
        ...

    def cite(self, names: Iterable[str]) -> Mapping[str, str]:
        """Data set to its citation."""
        ...


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
    rules : tuple of str
        How the rows were chosen, in words.
    """

    grid: Grid
    catalogue: Catalogue
    columns: Mapping[str, Column] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def add(self, *names: str, named: str = "", **picks: str) -> Panel:
        """The panel with measures added; on dyads a state's measure makes two columns.

        Parameters
        ----------
        *names : str
            Measures; ``beholden measures`` lists them.
        named : str
            Another name for the column; for one measure only.
        **picks : str
            Options of the measures' choices, such as ``source="COW 4.0"``. Where none is
            picked the first option holds.

        Raises
        ------
        PanelError
            When a measure or an option is unknown, a column exists already, or a measure of
            pairs is asked of single states.
        MissingDataError
            When the library lacks a data set; the message names the command that fetches it.
        """
        if named and len(names) != 1:
            raise PanelError(f"expected one measure for named={named!r}, found {len(names)}")
        panel = self
        for name in names:
            panel = panel._with_measure(name, named or name, picks)
        return panel

    def _with_measure(self, name: str, column: str, picks: Mapping[str, str]) -> Panel:
        values = self.catalogue.values(name, picks)
        label = self.catalogue.label(name, picks)
        if values.unit != STATE_YEAR and self.grid.unit == STATE_YEAR:
            raise PanelError(
                f"{name!r} is measured for pairs of states; expected a measure of single states "
                'in a state-year panel. Ask for panel("dyad-year") instead.'
            )
        aligned = align(values, self.grid.roster)
        found = dict(self.columns)
        for suffix, side in self._sides(values):
            for part in ("x", *(extra for extra in EXTRAS if extra in values.frame.columns)):
                key = f"{column}{'' if part == 'x' else f'_{part}'}{suffix}"
                self._require_free(key, found)
                found[key] = picked(key, label, self.grid, Origin(values, side, part), aligned)
        return replace(self, columns=found)

    def _sides(self, values: Values) -> tuple[tuple[str, int], ...]:
        """Which columns values make: one, or one for each state or each direction of a pair."""
        if self.grid.unit == STATE_YEAR:
            return (("", 0),)
        if values.unit == STATE_YEAR:
            return (("_1", 1), ("_2", 2))
        if self.grid.directed or values.symmetric:
            return (("", 0),)
        return (("_12", 0), ("_21", -1))

    def lag(self, name: str, years: int = 1) -> Panel:
        """The panel with ``name_lag1``: the value `years` years earlier; `lead` looks ahead.

        The value is taken from the source, so a lag reaches before the panel's first year.
        A state that did not exist in the earlier year has none: nobody inherits another
        state's past.

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
        column = self._known(name)
        if isinstance(years, bool) or not isinstance(years, int) or not 1 <= years <= 250:
            raise PanelError(f"expected a {word} of 1 to 250 whole years, found {years!r}")
        key, shift = f"{name}_{word}{years}", years if word == "lag" else -years
        self._require_free(key, self.columns)
        label = f"{column.label}, {years} years {'earlier' if shift > 0 else 'later'}"
        if column.origin is not None:
            origin = replace(column.origin, shift=column.origin.shift + shift)
            made = shifted(key, label, self.grid, origin)
        else:
            made = derived(self.grid, column, Step("shift", key, label, shift=shift))
        return replace(self, columns={**self.columns, key: made})

    def transform(self, name: str, how: str, named: str = "") -> Panel:
        """The panel with a column derived within each state or pair, over its years.

        Parameters
        ----------
        name : str
            A column with numbers.
        how : str
            ``"difference"`` from the year before, ``"growth"`` over it (a ratio minus one),
            ``"demean"`` (minus the unit's mean), ``"cumulate"`` (sum so far), ``"spell"``
            (years in a row, this one included, in which the column is true or above zero),
            ``"peace"`` (full years since it last was, counted from the panel's first year
            where it never was).
        named : str
            The new column's name; ``name_how`` where empty.

        Raises
        ------
        PanelError
            When the column or the transformation is unknown.
        """
        column = self._known(name)
        if how not in TRANSFORMS:
            raise PanelError(
                f"expected a transformation, found {how!r}. {nearest(how, TRANSFORMS)}"
            )
        key = named or f"{name}_{how}"
        self._require_free(key, self.columns)
        step = Step(how, key, f"{column.label}: {TRANSFORMS[how]}")
        return replace(self, columns={**self.columns, key: derived(self.grid, column, step)})

    def where(self, keep: pl.Expr, because: str) -> Panel:
        """The panel with only the rows on which `keep` is true, and the rule on record.

        Parameters
        ----------
        keep : polars.Expr
            Over the panel's columns; null counts as false.
        because : str
            The rule in words, for the codebook.
        """
        kept = self.frame.select(keep.fill_null(value=False)).to_series().to_numpy()
        grid = self.grid.where(kept)
        columns = {
            name: replace(column, data=column.data.filter(pl.Series(kept)))
            for name, column in self.columns.items()
        }
        again = {name: _recounted(grid, column) for name, column in columns.items()}
        return replace(self, grid=grid, columns=again, rules=(*self.rules, because))

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Keys and columns; one row for each state-year or dyad-year, in the grid's order."""
        keys = self.grid.key_columns()
        return pl.DataFrame([*keys.values(), *(column.data for column in self.columns.values())])

    def to_pandas(self) -> pd.DataFrame:
        """The frame as pandas has it; pandas and pyarrow must be installed."""
        return self.frame.to_pandas()

    def to_arrow(self) -> pa.Table:
        """The frame as an Arrow table; pyarrow must be installed."""
        return self.frame.to_arrow()

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """What every added column holds and lacks, with the reasons."""
        return tuple(column.coverage for column in self.columns.values())

    @property
    def provenance(self) -> Provenance:
        """Every file behind the panel."""
        return union_provenance([column.provenance for column in self.columns.values()])

    def cite(self) -> Mapping[str, str]:
        """How to cite the data sets behind the panel: name to citation."""
        names = {name for column in self.columns.values() for name in column.sources}
        return self.catalogue.cite(sorted(names))

    def write(self, path: Path) -> tuple[Path, ...]:
        """Write the panel as .parquet, .csv or .dta, with a codebook and BibTeX beside it.

        Returns
        -------
        tuple of Path
            The files written.
        """
        from beholden.panels.export import write

        return write(self, path)

    def _known(self, name: str) -> Column:
        if name not in self.columns:
            hint = nearest(name, self.columns) or "Add a measure first."
            raise PanelError(f"expected a column of the panel, found {name!r}. {hint}")
        return self.columns[name]

    def _require_free(self, name: str, columns: Mapping[str, Column]) -> None:
        if name in columns:
            raise PanelError(
                f"expected a new name, found {name!r}, which the panel has already. Give it "
                "another with named=..."
            )
        if len(columns) >= MOST_COLUMNS:
            raise PanelError(
                f"expected at most {MOST_COLUMNS:,} columns, found more. Write several panels: "
                "they have the same rows."
            )


def _recounted(grid: Grid, column: Column) -> Column:
    """The column's coverage on fewer rows."""
    if column.origin is None:
        present = len(column.data) - column.data.null_count()
        missing = {"derived from missing values": column.data.null_count()}
        kept = {reason: count for reason, count in missing.items() if count}
        coverage = replace(
            column.coverage, expected=len(column.data), present=present, missing=kept
        )
        return replace(column, coverage=coverage)
    again = shifted(column.data.name, column.label, grid, column.origin)
    return replace(column, coverage=again.coverage)
