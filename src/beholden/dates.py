"""Dates as sources print them: a day, a month or only a year."""

from __future__ import annotations

import calendar
import re
from datetime import date

__all__ = ["earliest_publication", "in_words", "span_of"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def span_of(text: str) -> tuple[date, date]:
    """First and last day that a partial ISO date can mean.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    tuple of date
        First and last day.

    Raises
    ------
    ValueError
        When the text is no such date.

    Examples
    --------
    >>> span_of("2009-02")
    (datetime.date(2009, 2, 1), datetime.date(2009, 2, 28))
    """
    match = _PARTIAL.fullmatch(text.strip())
    if not match:
        raise ValueError(f"expected YYYY, YYYY-MM or YYYY-MM-DD, found {text!r}")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 - the pattern requires it
    # Month and day 00 reach the calendar, which refuses them; they are not taken as missing.
    if month is not None and day is not None:
        return date(year, month, day), date(year, month, day)
    if month is not None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)


def earliest_publication(text: str | None) -> date | None:
    """The day by which a figure was certainly published: the earliest of its sources' dates.

    A source dated only by month or year counts from the last day it can mean, so that
    nothing is treated as known before it was.

    Parameters
    ----------
    text : str or None
        Partial dates separated by ``;``.

    Returns
    -------
    date or None
        None where no source carries a date.

    Examples
    --------
    >>> earliest_publication("2014 ; 2014-05-22")
    datetime.date(2014, 5, 22)
    """
    parts = (part.strip() for part in (text or "").split(";"))
    return min((span_of(part)[1] for part in parts if part), default=None)


def in_words(day: date | str) -> str:
    """A day, a month or a year as prose writes it.

    Parameters
    ----------
    day : date or str
        A day, or a partial ISO date.

    Raises
    ------
    ValueError
        When the text is no such date.

    Examples
    --------
    >>> in_words("2015-10-22"), in_words("2024-03"), in_words("2024")
    ('22 October 2015', 'March 2024', '2024')
    """
    text = day.isoformat() if isinstance(day, date) else day.strip()
    first, _ = span_of(text)
    words = [str(first.day), _MONTHS[first.month - 1], str(first.year)]
    return " ".join(words[2 - text.count("-") :])
