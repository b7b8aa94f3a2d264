"""Grids are whole or refused with every fault; universes are the product less the forbidden."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from associating import grid
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.associations import Forbidden, Grid, GridError, Variable, plan_universes


def faults(**changes: Any) -> list[str]:
    with pytest.raises(GridError) as caught:
        grid(**changes)
    return [str(fault) for fault in caught.value.faults]


def test_every_fault_is_told_at_once() -> None:
    found = faults(
        exposures=(Variable("x1", transform="lg"),),
        effects={"three": ("a", "b", "c")},
        lags=(-1,),
        errors=("two-way", "dyadic"),
        sign=0,
        smallest=-1.0,
    )
    text = "\n".join(found)
    for words in (
        "exposures.x1.transform: found 'lg'; expected one of '', 'log', 'rank'. Did you mean",
        "effects.three: found 3 fixed effects; expected at most two. Join two ids into one column.",
        "lags: found -1; expected 0 or more years",
        "clusters: found 1 column of clusters; expected two columns for two-way errors",
        "members: found none; expected two columns with the members of each dyad",
        "sign: found 0; expected 1 or -1",
        "smallest: found -1.0; expected 0 or more standard deviations",
    ):
        assert words in text
    assert len(found) == 7


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcomes": ()}, "outcomes: found none"),
        ({"controls": (Variable("a"), Variable("a"))}, "controls: found 'a' twice"),
        ({"always": ("c",)}, "always.0: found 'c'; expected the label of a control"),
        ({"control_sets": {"s": ("c",)}}, "control_sets.s.0: found 'c'"),
        ({"controls": (Variable("none"),)}, "expected a label that cannot mean a subset"),
        ({"exposures": (Variable("d", "d", ("e", "f")),)}, "found both draws and a column"),
        ({"exposures": (Variable("d", draws=("e",)),)}, "found 1 draw"),
        ({"periods": {"p": (2000, 1990)}}, "periods.p: found 2000 to 1990"),
        ({"same": {"outcom": {}}}, "found the choice 'outcom'"),
        ({"forbid": (Forbidden({"lag": ("3",)}, "why"),)}, "forbid.0.lag: found the option '3'"),
        ({"forbid": (Forbidden({"lag": ("1",)}, " "),)}, "forbid.0: found no reason"),
    ],
)
def test_a_fault_names_its_place(changes: dict[str, Any], words: str) -> None:
    assert any(words in fault for fault in faults(**changes))


def counted(asked: Grid) -> int:
    """The universes of a grid, one after the other."""
    pairs = [(one, form) for one in asked.outcomes for form in one.forms]
    others: list[Any] = [
        *(asked.exposures, asked.lags, asked.effects, asked.periods, asked.samples),
        *(asked.weights, asked.missing, asked.errors, asked.sets.items()),
    ]
    names = ("exposure", "lag", "effects", "period", "sample", "weights", "missing", "errors")
    by_label = {one.label: one for one in asked.controls}
    left = 0
    every: Any = product(pairs, *others)
    for (outcome, form), exposure, *rest, (label, members) in every:
        took: dict[str, Any] = dict(zip(names, (exposure.label, *map(str, rest)), strict=True))
        took |= {"outcome": outcome.label, "form": form}
        sides = [outcome, exposure, *(by_label[name] for name in members)]
        circle = any(
            {*p.columns, *p.contains} & {*q.columns, *q.contains}
            for i, p in enumerate(sides[:2])
            for q in sides[i + 1 :]
        )
        forbidden = any(
            all(
                ({label, *members} & {*options})
                if choice == "controls"
                else took[choice] in options
                for choice, options in rule.options.items()
            )
            for rule in asked.forbid
        )
        left += not circle and not forbidden
    return left


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    parts = st.frozensets(st.sampled_from("pqr"), max_size=1)
    controls = draw(st.integers(0, 3))
    variables = {
        side: tuple(
            Variable(f"{side}{at}", contains=draw(parts)) for at in range(draw(st.integers(1, 2)))
        )
        for side in "yx"
    }
    held = tuple(Variable(f"c{at}", contains=draw(parts)) for at in range(controls))
    rules = [
        Forbidden({"lag": ("1",), "effects": ("none",)}, "one"),
        Forbidden({"exposure": ("x0",)}, "two"),
    ]
    if controls:
        rules.append(Forbidden({"controls": ("c0",), "period": ("late",)}, "three"))
    return Grid(
        "state",
        "year",
        variables["y"],
        variables["x"],
        held,
        always=("c0",) if controls and draw(st.booleans()) else (),
        effects={"none": (), "state": ("state",)},
        lags=(0, 1),
        periods={"all": (None, None), "late": (2000, None)},
        forbid=tuple(draw(st.lists(st.sampled_from(rules), unique_by=id, max_size=2))),
    )


@settings(max_examples=40, deadline=None)
@given(grids())
def test_universes_are_the_product_less_the_forbidden(asked: Grid) -> None:
    expected = counted(asked)
    if not expected:
        with pytest.raises(GridError, match="all left out"):
            plan_universes(asked)
        return
    planned = plan_universes(asked)
    assert len(planned) == expected
    assert planned.product == expected + sum(one.count for one in planned.excluded)
    frame = planned.frame()
    assert frame.height == expected == frame.drop("universe").n_unique()
    assert planned.weight.mean() == pytest.approx(1)


def test_circles_are_refused_with_what_is_shared() -> None:
    movement = Variable("movement", "v2clfmove")
    index = Variable("liberal", "v2x_libdem", contains=frozenset({"v2clfmove"}))
    asked = grid(outcomes=(index, Variable("y1")), exposures=(movement,))
    planned = plan_universes(asked)
    assert set(planned.frame()["outcome"]) == {"y1"}
    [told] = planned.excluded
    assert told.reason == (
        "arithmetic circle: the outcome liberal and the exposure movement share v2clfmove"
    )
    assert told.count * 2 == planned.product
    with pytest.raises(GridError, match=r"all left out .*share v2clfmove"):
        plan_universes(grid(outcomes=(index,), exposures=(movement,)))


def test_a_control_that_is_the_exposure_never_enters() -> None:
    asked = grid(exposures=(Variable("a"),))
    frame = plan_universes(asked).frame()
    assert not frame["with a"].any()
    assert frame["with b"].any()


def test_named_sets_and_controls_in_every_set() -> None:
    asked = grid(control_sets={"short": (), "long": ("b",)}, always=("a",))
    frame = plan_universes(asked).frame()
    taken = frame.select("controls", "with a", "with b").unique().sort("controls").rows()
    assert taken == [("long", True, True), ("short", True, False)]


def test_equivalent_options_share_one_weight() -> None:
    outcomes = (Variable("y1", group="g"), Variable("z", "y2", group="g"), Variable("w", "y2"))
    asked = grid(outcomes=outcomes, same={"effects": {"state": "within", "both": "within"}})
    planned = plan_universes(asked)
    frame = planned.frame().with_columns(weight=planned.weight)
    total = {
        name: frame.filter(frame["outcome"] == name)["weight"].to_numpy().sum()
        for name in ("y1", "z", "w")
    }
    assert total["y1"] + total["z"] == pytest.approx(total["w"])
    within = frame.filter(frame["effects"] != "none")["weight"].sum()
    assert within == pytest.approx(frame.filter(frame["effects"] == "none")["weight"].sum())


def test_too_many_universes_are_refused_before_any_is_made() -> None:
    controls = tuple(Variable(f"c{at}") for at in range(14))
    with pytest.raises(GridError, match="at most 2,000,000"):
        plan_universes(grid(controls=controls))
