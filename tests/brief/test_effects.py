"""The specification curve of associations: order, bins, words, and what it leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from beholden.brief.charts import render
from beholden.brief.charts.curve_data import BINS, MOST
from beholden.brief.charts.effects import Block, Effects, effects_curve

EFFECTS = ("none", "state", "year")


def effects(count: int, *, failed: int = 0, expected: float = 0.1) -> Effects:
    """Universes whose effect falls with richer fixed effects and rises with one control."""
    random = np.random.default_rng(11)
    taken = random.integers(0, 3, count)
    control = random.random((count, 2)) < 0.5
    effect = 0.3 - 0.1 * taken + 0.02 * control[:, 0] + random.normal(0, 0.005, count)
    effect[:failed] = np.nan
    blocks = (
        Block("controls", "which controls enter", ("power", "polity"), control),
        Block("effects", "which fixed effects", EFFECTS, taken[:, None] == np.arange(3)),
        Block("one", "what does not vary", ("only",), np.ones((count, 1), dtype=bool)),
    )
    with np.errstate(invalid="ignore"):
        meets = effect - 0.05 > expected
    return Effects(
        effect, effect - 0.05, effect + 0.05, meets, blocks, expected, ("effects",), "Say so.",
        "verdict",
    )  # fmt: skip


def test_a_few_universes_are_shown_one_by_one_in_order() -> None:
    chart = effects_curve(effects(10), "a and b")
    assert chart is not None
    assert len(chart.rows) == 10
    assert chart.columns[:3] == ("figure", "range", "expectation")
    figures = [float(row[0].split(" ")[0].replace("\N{MINUS SIGN}", "-")) for row in chart.rows]
    assert figures == sorted(figures)
    assert "In 10 universes" in chart.description


@pytest.mark.parametrize("count", [MOST + 8, 500, 50_000])
def test_many_universes_are_binned_and_none_is_lost(count: int) -> None:
    chart = effects_curve(effects(count, failed=7), "a and b")
    assert chart is not None
    assert len(chart.rows) == BINS
    assert sum(int(row[0].replace(",", "")) for row in chart.rows) == count - 7
    assert "7 universes have no effect" in chart.description
    # The drawing does not grow with the universes.
    assert len(render(chart)) < 400_000


def test_the_deciding_block_stands_first_and_what_does_not_vary_is_left_out() -> None:
    chart = effects_curve(effects(40), "a and b")
    assert chart is not None
    drawing = render(chart)
    assert drawing.index("Which fixed effects") < drawing.index("Which controls enter")
    assert "What does not vary" not in drawing
    assert "verdict turns on this" in drawing
    assert "zero and the least that matters" in drawing


def test_rows_count_where_the_expectation_holds_with_each_option() -> None:
    found = effects(60)
    chart = effects_curve(found, "a and b")
    assert chart is not None
    drawing = render(chart)
    for place, label in enumerate(EFFECTS):
        took = found.blocks[1].takes[:, place]
        told = f"{int((took & found.meets).sum())}/{int(took.sum())}"
        assert told in drawing, label


def test_fewer_than_two_effects_make_no_curve() -> None:
    assert effects_curve(effects(5, failed=4), "a and b") is None
