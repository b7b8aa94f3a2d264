"""The rule: thresholds, failures, universes without data, and what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from universe_maker import PERCENT, choice, estimate, plan_of, without

from beholden.multiverse import RULE, Style, Verdict, judge, untestable

if TYPE_CHECKING:
    from beholden.core import Estimate


def verdict(*estimates: Estimate) -> Verdict:
    return judge(plan_of(), estimates, PERCENT)


def holding(yes: int, total: int) -> Verdict:
    return verdict(*[estimate(meets=number < yes) for number in range(total)])


@pytest.mark.parametrize(
    ("yes", "total", "answer"),
    [
        (1, 1, "supported"),
        (9, 10, "supported"),
        (89, 100, "contested"),
        (8, 9, "contested"),
        (1, 2, "contested"),
        (1, 9, "contested"),
        (11, 100, "contested"),
        (1, 10, "contradicted"),
        (0, 1, "contradicted"),
    ],
)
def test_thresholds(yes: int, total: int, answer: str) -> None:
    found = holding(yes, total)
    assert found.answer == answer
    assert found.share == yes / total
    assert (found.universes, found.failed, found.no_data) == (total, 0, 0)


@pytest.mark.parametrize("tens", range(1, 60))
def test_thresholds_are_exact_at_every_size(tens: int) -> None:
    total = 10 * tens
    assert holding(9 * tens, total).answer == "supported"
    assert holding(9 * tens - 1, total).answer != "supported"
    assert holding(tens, total).answer == "contradicted"
    assert holding(tens + 1, total).answer != "contradicted"


def test_failed_universes_stay_in_the_denominator() -> None:
    failed = without("failed", "ZeroDivisionError: division by zero")
    found = verdict(*[estimate()] * 9, failed)
    assert (found.answer, found.share) == ("supported", 0.9)
    assert (found.universes, found.failed, found.no_data) == (10, 1, 0)
    assert found.caveats == ("1 of 10 universes failed and count for neither side.",)
    found = verdict(*[estimate()] * 8, failed)
    assert (found.answer, found.share) == ("contested", 8 / 9)


def test_universes_without_data_are_listed_and_not_counted() -> None:
    rare, common = without("no data", "no vote is known"), without("no data", "years missing")
    found = verdict(*[estimate()] * 9, estimate(meets=False), common, rare, common)
    assert (found.answer, found.share) == ("supported", 0.9)
    assert (found.universes, found.failed, found.no_data) == (10, 0, 3)
    assert found.caveats == ("3 of 13 planned universes have no data: years missing.",)


def test_no_universe_has_data() -> None:
    found = judge(
        plan_of(),
        [without("no data", "b"), without("no data", "a"), without("no data", "b")],
        PERCENT,
        ["a data set"],
        ["known beforehand"],
    )
    assert (found.answer, found.share) == ("untestable", None)
    assert (found.universes, found.failed, found.no_data) == (0, 0, 3)
    assert found.missing == ("a data set", "a", "b")
    assert found.caveats == ("known beforehand",)
    assert found.decisive == ()


def test_every_universe_failed() -> None:
    found = verdict(without("failed", "a fault"), without("failed", "a fault"))
    assert (found.answer, found.universes, found.failed) == ("untestable", 2, 2)
    assert found.missing == ("a fault",)


def test_no_universe_at_all() -> None:
    assert verdict().answer == "untestable"
    assert untestable(["x"], ["y"]) == Verdict("untestable", None, 0, 0, 0, (), ("x",), ("y",))


def test_what_is_missing_and_known_is_passed_on() -> None:
    found = judge(plan_of(), [estimate()], PERCENT, ["a data set"], ["a caveat"])
    assert (found.missing, found.caveats) == (("a data set",), ("a caveat",))


def test_rule_says_the_thresholds() -> None:
    assert "at least 90%" in RULE
    assert "at most 10%" in RULE
    assert "Rows from memory never decide" in RULE


SIDE, SPAN = choice("side", "left", "right"), choice("span", "short", "long")


def four(*meets: bool, values: tuple[float | None, ...] = (0.9, 0.8, 0.7, 0.6)) -> list[Estimate]:
    picks = [{"side": side, "span": span} for side in SIDE.labels() for span in SPAN.labels()]
    return [
        estimate(pick, holds, value)
        for pick, holds, value in zip(picks, meets, values, strict=True)
    ]


def test_choice_that_decides_the_verdict() -> None:
    found = judge(plan_of(SIDE, SPAN), four(True, True, False, False), PERCENT)
    (decisive,) = found.decisive
    assert (decisive.choice, decisive.of, decisive.share_of_variance) == ("side", "verdict", 1)
    assert decisive.words == (
        "It depends on which side is taken: 90% by left (holds); 70% by right (does not hold)."
    )


def test_choices_are_ranked_by_what_hangs_on_them() -> None:
    found = judge(plan_of(SPAN, SIDE), four(True, True, True, False), PERCENT)
    assert [item.choice for item in found.decisive] == ["span", "side"]
    assert [item.share_of_variance for item in found.decisive] == [0.5, 0.5]
    found = judge(plan_of(SPAN, SIDE), four(True, True, True, True), PERCENT)
    # The verdict stands, so the figure is looked at: 0.2 by side, 0.1 by span.
    assert [(item.choice, item.of) for item in found.decisive] == [
        ("side", "figure"),
        ("span", "figure"),
    ]
    assert [item.share_of_variance for item in found.decisive] == pytest.approx([0.8, 0.2])
    assert found.decisive[0].words == (
        "The figure depends most on which side is taken: 90% by left, 70% by right."
    )


def test_universes_without_an_answer_decide_nothing() -> None:
    estimates = four(True, True, False, False)
    estimates[3] = without("failed", "a fault", estimates[3].picks)
    found = judge(plan_of(SIDE, SPAN), estimates, PERCENT)
    assert found.decisive[0].choice == "side"
    assert found.share == 2 / 4


def test_figures_in_different_units_are_not_compared() -> None:
    estimates = [
        estimate({"side": "left"}, value=1.0, scale="share"),
        estimate({"side": "right"}, value=500.0, scale="votes"),
    ]
    assert judge(plan_of(SIDE), estimates, Style("number")).decisive == ()


def test_unknown_figures_are_not_compared() -> None:
    found = judge(plan_of(SIDE, SPAN), four(*[True] * 4, values=(1.0, None, 2.0, 3.0)), PERCENT)
    assert found.decisive == ()


def test_choices_on_which_nothing_hangs_are_left_out() -> None:
    found = judge(plan_of(SIDE, SPAN), four(*[True] * 4, values=(1.0, 1.0, 1.0, 1.0)), PERCENT)
    assert found.decisive == ()
    assert judge(plan_of(), four(True, False, True, False), PERCENT).decisive == ()
