"""Which data sets may be read: the library's, in the versions asked for, as known on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beholden.core import Input, Provenance
from beholden.dates import earliest_publication
from beholden.errors import MissingDataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    import polars as pl

    from beholden.store.records import Record
    from beholden.store.shelf import Shelf

    T = TypeVar("T")

__all__ = ["Holdings"]


class Holdings:
    """The data sets of a library as they were known on a day; each is read once.

    Parameters
    ----------
    shelf : Shelf
        The library's data sets.
    pins : mapping of str to str
        Data set to the version or edition to open; others open their current one.
    as_of : date
        Editions published later are not seen, and of records of public acts only the acts
        up to that day. `date.max` sees everything.

    Examples
    --------
    >>> from pathlib import Path
    >>> from beholden.store.shelf import Shelf
    >>> Holdings(Shelf(Path("no-library"))).holds("pts")
    False
    """

    def __init__(
        self,
        shelf: Shelf,
        pins: Mapping[str, str] | None = None,
        as_of: date = date.max,
    ) -> None:
        self.shelf, self.pins, self.as_of = shelf, dict(pins or {}), as_of
        self._frames: dict[str, pl.DataFrame] = {}
        self._made: dict[object, object] = {}

    def holds(self, name: str) -> bool:
        """Whether the data set can be read as of the day."""
        return not self.lacking((name,))

    def lacking(self, names: Sequence[str]) -> tuple[str, ...]:
        """Why each of the data sets that cannot be read cannot be; empty when all can."""
        reasons = []
        for name in names:
            try:
                self.record(name)
            except MissingDataError as error:
                reasons.append(str(error))
        return tuple(reasons)

    def record(self, name: str) -> Record:
        """The record of the edition that is opened.

        Raises
        ------
        MissingDataError
            When the library does not hold it, or it was published after the day.
        """
        record = self.shelf.record(name, self.pins.get(name))
        if self.as_of == date.max or record.acts:
            return record
        released = earliest_publication(record.released)
        if released is None or released > self.as_of:
            when = f"was published in {record.released}" if record.released else "bears no date"
            raise MissingDataError(
                f"{name} {record.version} {when}; an edition from before {self.as_of} is needed",
                needs=(name,),
            )
        return record

    def frame(self, name: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """A data set's table, cut to what was known; null stays null.

        Parameters
        ----------
        name : str
            The data set.
        columns : sequence of str or None
            Those wanted; None for all.

        Raises
        ------
        MissingDataError
            As `record`.
        TableError
            When the table on the disk is damaged.
        """
        record = self.record(name)
        key = f"{name}:{','.join(columns or ())}"
        if key not in self._frames:
            lazy, _ = self.shelf.open(name, record.edition)
            if record.acts and self.as_of != date.max:
                lazy = lazy.filter(_until(record.acts, self.as_of, lazy.collect_schema()))
            if columns is not None:
                lazy = lazy.select(columns)
            self._frames[key] = lazy.collect()
        return self._frames[key]

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, made the first time that `key` is asked for and then kept."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]  # type: ignore[return-value]

    def provenance(self, names: Sequence[str]) -> Provenance:
        """The originals of these data sets, each with its version and SHA-256."""
        inputs = [
            Input(name, record.version, original.file, original.sha256)
            for name in names
            for record in [self.record(name)]
            for original in record.originals
        ]
        return Provenance(inputs=tuple(sorted(set(inputs))))

    def seen_on(self, as_of: date) -> Holdings:
        """The same library as it was known on another day."""
        return self if as_of == self.as_of else Holdings(self.shelf, self.pins, as_of)


def _until(column: str, as_of: date, schema: pl.Schema) -> pl.Expr:
    """Rows of acts up to a day; an act dated by year alone counts from that year's end."""
    import polars as pl

    if schema[column].is_temporal():
        return pl.col(column) <= as_of
    last = as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
    return pl.col(column) <= last
