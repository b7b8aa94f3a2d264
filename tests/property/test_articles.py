"""Whatever is written, the parser gives an article or problems with a place in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.claims import parse
from beholden.errors import ArticleError, Problem

HEAD = "---\ntitle: T\nauthor: A\npublished: 2015-10-22\npatron: CHN\nclient: PRK\n---\n\n"
LINES = [
    "id: a",
    "says: S.",
    "test: level",
    "measure: trade_share",
    "target: {years: 2014}",
    "expect: max >= 80%",
    "choices: {crude: [with]}",
]
SCRAPS = st.sampled_from(
    [
        *LINES,
        *("---", "```claim", "```", "[x]{.claim #a}", "{.claim}", "[y]{.claim #b}", "\t", "- x"),
        *("id: [", "says: 'x", "target:", "  years: 20..", "expect: {a: max >}", "a: &b *b", "<b>"),
        *("choices:", "  w: {}", "needs: [x]", "measure: 7", "test: null", "? x", "!!python/x y"),
    ]
)


def outcome(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems: tuple[Problem, ...] = ()
    try:
        assert parse(text, "a.md").text.split("\n") == lines
    except ArticleError as error:
        problems = error.problems or (Problem("", 0, 0, "", ""),)
    for problem in problems:
        assert problem.file == "a.md"
        assert 1 <= problem.line <= len(lines) + 1
        assert problem.column >= 1
        assert problem.found
        assert problem.expected


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text(text: str) -> None:
    outcome(text)


@given(st.lists(st.one_of(SCRAPS, st.text(max_size=20)), max_size=25))
@settings(max_examples=400, deadline=None)
def test_any_order_of_likely_lines(lines: list[str]) -> None:
    outcome(HEAD + "\n".join(lines))


@given(st.integers(0, len(LINES) - 1), st.integers(0, 20), st.text(min_size=1, max_size=3))
@settings(max_examples=400, deadline=None)
def test_a_block_with_one_place_changed(number: int, place: int, scrap: str) -> None:
    lines = list(LINES)
    lines[number] = lines[number][:place] + scrap + lines[number][place:]
    outcome(HEAD + "[x]{.claim #a}\n\n```claim\n" + "\n".join(lines) + "\n```\n")
