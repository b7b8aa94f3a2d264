"""Figures and deciding choices in words."""

from __future__ import annotations

import pytest
from universe_maker import NOW, choice, estimate

from beholden.cases import article_path, facts_folder
from beholden.claims import load
from beholden.multiverse import Style, assess
from beholden.multiverse.words import decisive_words
from beholden.store import Library


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
