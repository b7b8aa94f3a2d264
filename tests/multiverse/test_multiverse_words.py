"""Figures and deciding choices in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from universe_maker import NOW, choice, claim_of, estimate

from beholden.cases import article_path, facts_folder
from beholden.claims import load
from beholden.measures import Choice
from beholden.multiverse import Style, assess, scale_style, style_of
from beholden.multiverse.words import decisive_words
from beholden.store import Library

if TYPE_CHECKING:
    from beholden.core import Estimate


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (Style("percent"), 0.9014, "90.1%"),
        (Style("percent"), 0.9, "90%"),
        (Style("percent"), 1.0, "100%"),
        (Style("times"), 0.549, "0.55 times"),
        (Style("number", "persons"), 34314.0, "34,314 persons"),
        (Style("number", "events a year"), 1.25, "1.2 events a year"),
        (Style("number"), 3.0, "3"),
        (Style("number", "votes"), -4.5, "\N{MINUS SIGN}4.5 votes"),
        (Style("number"), None, "\N{EN DASH}"),
    ],
)
def test_figures(style: Style, value: float | None, text: str) -> None:
    assert style.write(value) == text


def test_bare_figure_has_no_unit() -> None:
    assert Style("number", "persons").bare(12.0) == "12"
    assert Style("percent").bare(0.5) == "50%"


def test_deciding_sentence_of_the_trade_share() -> None:
    claim = next(claim for claim in load(article_path()).claims if claim.id == "trade-share")
    library = Library([facts_folder()])
    tables = {
        name: table
        for name in ("trade", "aid")
        if (table := library.table(name, "PRK")) is not None
    }
    verdict = assess(claim, tables, NOW).verdict
    assert verdict.answer == "contested"
    words = verdict.decisive[0].words
    assert verdict.decisive[0].choice == "interkorean"
    assert "90.1% without" in words
    assert "68.9% with" in words
    assert words.index("90.1% without") < words.index("68.9% with")


SIDE = choice("side", "left", "right", "middle")


def test_option_is_shown_by_the_universe_that_differs_in_it_alone() -> None:
    answered = [
        estimate({"side": "left", "span": "short", "base": "old"}, True, 0.9),
        estimate({"side": "right", "span": "long", "base": "old"}, False, 0.1),
        estimate({"side": "right", "span": "short", "base": "new"}, False, 0.2),
        estimate({"side": "right", "span": "short", "base": "old"}, False, 0.3),
    ]
    assert decisive_words(SIDE, answered, Style("percent"), "verdict") == (
        "It depends on which side is taken: 90% by left (holds); 30% by right (does not hold)."
    )


def test_option_without_such_a_universe_is_shown_by_its_middle() -> None:
    answered = [
        estimate({"side": "left", "span": "short"}, True, 0.9),
        *[
            estimate({"side": "right", "span": span}, False, value)
            for span, value in (("a", 0.1), ("b", 0.2), ("c", 0.8))
        ],
    ]
    assert "20% by right" in decisive_words(SIDE, answered, Style("percent"), "verdict")


def test_share_of_universes_where_the_shown_ones_agree() -> None:
    answered = [
        estimate({"side": "left", "span": "short"}, True, 0.9),
        estimate({"side": "left", "span": "long"}, True, 0.9),
        estimate({"side": "right", "span": "short"}, True, 0.9),
        estimate({"side": "right", "span": "long"}, False, 0.9),
    ]
    assert decisive_words(SIDE, answered, Style("percent"), "verdict") == (
        "It depends on which side is taken: holds in 100% of the universes by left; holds in 50% "
        "of the universes by right."
    )


def test_figure_that_does_not_explain_the_answer_is_left_out() -> None:
    answered = [
        estimate({"side": "left"}, True, 0.9),
        estimate({"side": "right"}, False, 0.4),
    ]
    words = decisive_words(SIDE, answered, Style("percent"), "verdict", telling=False)
    assert words == "It depends on which side is taken: holds by left; does not hold by right."
    told = decisive_words(SIDE, answered, Style("percent"), "verdict", telling=True)
    assert "90% by left (holds)" in told


@pytest.mark.parametrize(("scale", "value"), [("share", 0.9), ("votes", 0.4)])
def test_answers_alone_where_figures_say_nothing(scale: str, value: float) -> None:
    # Either the figures are the same, or they are in different units.
    answered = [
        estimate({"side": "left"}, True, 0.9),
        estimate({"side": "right"}, False, value, scale),
    ]
    assert decisive_words(SIDE, answered, Style("percent"), "verdict") == (
        "It depends on which side is taken: holds by left; does not hold by right."
    )


MANY = choice("record", *"abcdefg")


def many(*failing: str, scale: str = "share") -> list[Estimate]:
    """One universe by each of seven options; some do not hold."""
    return [
        estimate({"record": label}, label not in failing, 0.1 * place, scale)
        for place, label in enumerate("abcdefg")
    ]


def test_of_many_options_the_side_with_fewer_is_listed() -> None:
    assert decisive_words(MANY, many("b", "f"), Style("percent"), "verdict") == (
        "It depends on which record is taken: does not hold by b (10%), by f (50%); holds with the "
        "5 other options."
    )
    words = decisive_words(MANY, many(*"abcdeg"), Style("percent"), "verdict", telling=False)
    assert words.endswith(": holds by f; does not hold with the 6 other options.")


def test_of_many_figures_the_ends_are_told() -> None:
    assert decisive_words(MANY, many(), Style("percent"), "figure") == (
        "The figure depends most on which record is taken: from 0% by a to 60% by g, with 5 others "
        "in between."
    )


def test_a_question_that_begins_with_on_is_not_asked_twice() -> None:
    texts = Choice("texts", "on which texts it is looked at", SIDE.options)
    answered = [estimate({"texts": "left"}, True), estimate({"texts": "right"}, False)]
    assert decisive_words(texts, answered, Style("percent"), "verdict").startswith(
        "It depends on which texts it is looked at: "
    )


@pytest.mark.parametrize(
    ("scale", "value", "text"),
    [
        ("share", 0.5, "50%"),
        ("share of product", 0.5, "50%"),
        ("percentile", 0.093, "9.3%"),
        ("probability", 0.25, "25%"),
        ("difference of shares", -0.125, "\N{MINUS SIGN}12.5 percentage points"),
        ("rank", 3.0, "rank 3"),
        ("rank", 2.5, "rank 2.5"),
        ("persons", 1234.0, "1,234 persons"),
        ("0 to 1", 0.034, "0.034 (0 to 1)"),
        ("index", 0.5, "0.5 (index)"),
        ("standard deviations", -0.45, "\N{MINUS SIGN}0.45 standard deviations"),
        ("votes", 0.0, "0 votes"),
        ("votes", 1e-9, "0 votes"),
    ],
)
def test_values_of_a_scale(scale: str, value: float, text: str) -> None:
    assert scale_style(scale).write(value) == text


@pytest.mark.parametrize(
    ("scale", "figure", "text"),
    [
        ("percentile", "max", "50%"),
        ("rank", "max", "rank 0.5"),
        ("rank", "slope", "0.5 ranks a year"),
        ("percentile", "slope", "50.0 percentage points a year"),
        ("0 to 1", "slope", "0.5 (0 to 1) a year"),
    ],
)
def test_figures_of_a_scale(scale: str, figure: str, text: str) -> None:
    test = "trend" if figure == "slope" else "level"
    found = claim_of(
        f"test: {test}\nmeasure: trade_share\ntarget: {{years: 2000..2010}}\n"
        f"expect: {figure} > 0\nbecause: A test."
    )
    assert style_of(found, scale).write(0.5) == text


def test_percentage_points_are_bare_without_their_unit() -> None:
    assert Style("points", "a year").bare(0.004) == "0.4"
    assert Style("points").write(None) == "\N{EN DASH}"
