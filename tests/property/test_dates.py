"""Partial dates against random days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.dates import earliest_publication, span_of

DAYS = st.dates(min_value=date(1000, 1, 1))
FORMS = st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])


@settings(deadline=None)
@given(DAYS, FORMS)
def test_span_holds_the_day_and_is_as_wide_as_the_text_is_vague(day: date, form: str) -> None:
    first, last = span_of(day.strftime(form))
    assert first <= day <= last
    assert first.strftime(form) == last.strftime(form) == day.strftime(form)
    # One day more on either side would be another year, month or day.
    assert first == date.min or (first - timedelta(1)).strftime(form) != first.strftime(form)
    assert last == date.max or (last + timedelta(1)).strftime(form) != last.strftime(form)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        first, last = span_of(text)
    except ValueError:
        return
    assert text.strip()[:4] == f"{first.year:04}"
    assert first <= last


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, FORMS), min_size=1, max_size=5))
def test_earliest_publication_is_never_before_any_source_could_be_out(
    sources: list[tuple[date, str]],
) -> None:
    texts = [day.strftime(form) for day, form in sources]
    known = earliest_publication(" ; ".join(texts))
    assert known is not None
    ends = [span_of(text)[1] for text in texts]
    assert known in ends
    assert all(known <= end for end in ends)
    # Every source's true day lies in its span, so by `known` at least one was out.
    assert any(day <= known for day, _ in sources)
    assert earliest_publication(";".join(reversed(texts))) == known


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, FORMS), min_size=1, max_size=5), DAYS)
def test_one_more_source_never_makes_a_figure_known_later(
    sources: list[tuple[date, str]], extra: date
) -> None:
    texts = [day.strftime(form) for day, form in sources]
    before = earliest_publication(";".join(texts))
    after = earliest_publication(";".join([*texts, extra.isoformat()]))
    assert before is not None
    assert after is not None
    assert after == min(before, extra)
