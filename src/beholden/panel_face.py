"""Panels over a library: the state lists, the measures and the data sets put together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from beholden.errors import PanelError, nearest
from beholden.measures import MEASURES
from beholden.measures.catalogue import MeasureCatalogue
from beholden.panels import Holdings, build
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from beholden.panels import Panel

__all__ = ["catalogue", "panel"]


def panel(
    unit: str,
    years: Iterable[int],
    system: str = "cow",
    *,
    directed: bool = True,
    dyads: str = "all",
    library: Path | str | None = None,
    as_of: date | str | None = None,
    pins: Mapping[str, str] | None = None,
) -> Panel:
    """The rows of a panel, to which measures are added by name.

    Parameters
    ----------
    unit : str
        ``"state-year"`` or ``"dyad-year"``.
    years : iterable of int
        Years in a row, such as ``range(1990, 2025)``.
    system : str
        The state list: ``"cow"`` or ``"gw"``.
    directed : bool
        Whether each pair stands in both orders; otherwise the lower number comes first.
    dyads : str
        ``"all"``, or ``"relevant"`` for politically relevant dyads.
    library : Path, str or None
        The library's folder; None takes your own.
    as_of : date, str or None
        Only what was published by that day is used; None uses everything.
    pins : mapping of str to str or None
        Data set to the version or edition to use; others use their current one.

    Returns
    -------
    Panel
        With its keys; `add`, `lag`, `transform`, `where` and `write` go on from there.

    Raises
    ------
    PanelError
        When one of these is not what it should be; the message says what is.
    MissingDataError
        When the library does not hold a data set or version that is asked for.

    Examples
    --------
    >>> rows = panel("dyad-year", years=range(1946, 2021))
    >>> rows
    <Panel of 1,823,260 dyad-years, cow, 1946 to 2020, columns: none yet>
    >>> rows.of("PRK", "CHN").frame.select("ccode1", "ccode2", "year").row(0)
    (731, 710, 1948)
    """
    return build(
        catalogue(library, as_of, pins), unit, years, system, directed=directed, dyads=dyads
    )


def catalogue(
    library: Path | str | None = None,
    as_of: date | str | None = None,
    pins: Mapping[str, str] | None = None,
) -> MeasureCatalogue:
    """Every measure of all states or pairs, over a library.

    Parameters and errors are those of `panel`.
    """
    shelf = Shelf(Path(library) if library is not None else None)
    holdings = Holdings(shelf, pins, _day(as_of))
    for name in pins or {}:
        _require_known(name, shelf)
        holdings.record(name)
    return MeasureCatalogue(MEASURES, holdings, _Entries())


def _day(as_of: date | str | None) -> date:
    try:
        return date.fromisoformat(as_of) if isinstance(as_of, str) else as_of or date.max
    except ValueError as error:
        raise PanelError(f"expected a day such as 2015-10-22, found {as_of!r}") from error


def _require_known(name: str, shelf: Shelf) -> None:
    from beholden.sources import datasets

    known = {*datasets(), *shelf.names()}
    if name not in known:
        raise PanelError(
            f"pins: expected the name of a data set, found {name!r}. {nearest(name, known)}"
        )


class _Entries(Mapping[str, str]):
    """The BibTeX entry of each data set; nothing is imported before one is asked for."""

    def __getitem__(self, name: str) -> str:
        from beholden.sources import datasets

        return datasets()[name].bibtex

    def __iter__(self) -> Iterator[str]:
        from beholden.sources import datasets

        return iter(datasets())

    def __len__(self) -> int:
        return sum(1 for _ in self)
