"""Dates as sources print them."""

from __future__ import annotations

from datetime import date

import pytest

from beholden.dates import earliest_publication, span_of


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2014-05", date(2014, 5, 1), date(2014, 5, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2014-05-22", date(2014, 5, 22), date(2014, 5, 22)),
        (" 2014 ", date(2014, 1, 1), date(2014, 12, 31)),
    ],
)
def test_span(text: str, first: date, last: date) -> None:
    assert span_of(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "14", "2014-5", "2014/05", "May 2014", "2014-05-22T00:00", "2014--22", "２０１４"]
)
def test_other_forms_are_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY, YYYY-MM or YYYY-MM-DD, found"):
        span_of(text)


@pytest.mark.parametrize(
    "text", ["0000", "2014-00", "2014-13", "2014-00-00", "2014-05-00", "2014-00-05", "2013-02-29"]
)
def test_days_that_never_were_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\d|day|month"):
        span_of(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (None, None),
        ("", None),
        (" ; ", None),
        ("2014", date(2014, 12, 31)),
        ("2014-05", date(2014, 5, 31)),
        ("2014 ; 2014-05-22", date(2014, 5, 22)),
        ("2014-05-22;2014-05-21 ; 2015", date(2014, 5, 21)),
        ("2015 ; 2014-12-31", date(2014, 12, 31)),
    ],
)
def test_earliest_publication(text: str | None, known: date | None) -> None:
    assert earliest_publication(text) == known


def test_one_bad_date_among_good_ones_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match="found 'spring 2014'"):
        earliest_publication("2014-05-22 ; spring 2014")
