"""Who held a permanent seat in the United Nations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from beholden.errors import UnknownStateError, nearest
from beholden.states.records import read
from beholden.states.succession import resolve
from beholden.states.timeline import on_window, window

if TYPE_CHECKING:
    from beholden.states.records import State
    from beholden.states.timeline import Window

__all__ = ["un_seat"]


def un_seat(iso3_of_seat: str = "CHN", on: date | int | None = None) -> State:
    """The state that held a permanent seat in the United Nations on a date.

    Parameters
    ----------
    iso3_of_seat : str
        The seat by the code of its holder today: CHN, FRA, GBR, RUS or USA.
    on : date, int or None
        A day; a year, which gives the last holder in it; or None for today.

    Returns
    -------
    State
        The holder under the codes that it bore on that date.

    Raises
    ------
    UnknownStateError
        No such seat, or none on that date.

    Examples
    --------
    >>> un_seat("CHN", 1970).name, un_seat("CHN", 1972).name, un_seat("RUS", 1980).name
    ('Taiwan', 'China', 'Soviet Union')
    """
    rows = [row for row in read("un_seats.csv") if row["seat"] == iso3_of_seat]
    if not rows:
        seats = {row["seat"] for row in read("un_seats.csv")}
        raise UnknownStateError(
            f"{iso3_of_seat!r} names no permanent seat in the United Nations. "
            + nearest(iso3_of_seat, seats)
        )
    first, last = window(on)
    for row in reversed(rows):
        start, end = _span(row)
        if start <= last and first <= end:
            # Only the days that both the year asked for and the holder's time cover count.
            return on_window(resolve(row["holder"]), (max(first, start), min(last, end)))[-1]
    raise UnknownStateError(
        f"The seat {iso3_of_seat} did not exist on {last}: the Charter of the United Nations "
        f"came into force on {rows[0]['start']}."
    )


def _span(row: dict[str, str]) -> Window:
    return date.fromisoformat(row["start"]), date.fromisoformat(row["end"] or "9999-12-31")
