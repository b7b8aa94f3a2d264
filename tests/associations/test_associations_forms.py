"""Forms other than linear, imputed values, single universes called, exchanged exposures."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from associating import grid, panel

from beholden.associations import Grid, GridError, Variable, associate
from beholden.models.design import Design, every_subset
from beholden.models.hazard import durations, estimate_hazard
from beholden.models.logit import estimate_logit
from beholden.models.ordered import estimate_ordered
from beholden.models.pima import step_down
from beholden.models.wild import wild_bootstrap


def events(seed: int = 2) -> pl.DataFrame:
    frame = panel(seed, units=60, years=10, gaps=0.0).drop_nulls("x1")
    noise = np.random.default_rng(seed).logistic(size=frame.height)
    level = 0.8 * frame["x1"].to_numpy() + noise
    return frame.with_columns(
        event=(level > 1.5).astype(float),
        steps=pl.Series(np.digitize(level, [-1.0, 0.5, 2.0]).astype(float)),
    )


def formed(**changes: Any) -> Grid:
    asked: dict[str, Any] = {
        "outcomes": (
            Variable("event", form=("linear", "logit", "hazard")),
            Variable("steps", form="ordered"),
        ),
        "exposures": (Variable("x1"),),
        "controls": (Variable("b"),),
        "effects": {"none": (), "state": ("state",)},
        "lags": (0,),
        "periods": {"all": (None, None)},
        "samples": {"all": None},
        "weights": {"equal": None},
    }
    return grid(**{**asked, **changes})


def test_an_outcome_goes_with_its_own_forms_through_their_estimators() -> None:
    frame = events()
    found = associate(frame, formed(), draws=0).universes
    assert found.select("outcome", "form").unique().height == 4
    unit, year = frame["state"].rank("dense").to_numpy(), frame["year"].to_numpy()
    columns = [frame[name].to_numpy()[:, None] for name in ("event", "steps", "x1", "b")]
    spell = durations(unit, year, columns[0][:, 0])
    ways: dict[str, tuple[Any, Any]] = {
        "logit": (columns[0], lambda d, s: estimate_logit(d, s, conditional=("unit",))),
        "hazard": (columns[0], lambda d, s: estimate_hazard(d, s, spell, conditional=("unit",))),
        "ordered": (columns[1], lambda d, s: estimate_ordered(d, s, conditional=("unit",))),
    }
    for form, (outcome, fit) in ways.items():
        design = Design(outcome, columns[2], columns[3], {"unit": unit}, unit)
        specs = every_subset(design, [(), ("unit",)])
        curve = fit(design, specs)
        mine = found.filter(form=form).sort("with b", "effects")
        np.testing.assert_allclose(mine["coefficient"].to_numpy(), curve.coefficient, rtol=1e-8)
        np.testing.assert_allclose(mine["error"].to_numpy(), curve.error, rtol=1e-8)
        scale = curve.exposure_sd / curve.outcome_sd
        np.testing.assert_allclose(mine["effect"].to_numpy(), scale * curve.coefficient, rtol=1e-8)
        assert (mine["meets"] == (scale * curve.low > 0.05)).all()


def test_values_that_a_form_cannot_have_are_refused() -> None:
    frame = events().with_columns(event=pl.col("event") + 1)
    with pytest.raises(GridError, match=r"outcomes.event: found 2 in 'event'; expected 0, 1"):
        associate(frame, formed())
    many = events().with_columns(steps=pl.col("x1"))
    with pytest.raises(GridError, match="expected at most 20 ordered values"):
        associate(many, formed())


def test_the_jackknife_is_planned_for_linear_forms_only() -> None:
    found = associate(events(), formed(errors=("CR1", "CR3")), draws=0)
    assert set(found.universes.filter(errors="CR3")["form"]) == {"linear"}
    assert found.excluded[0].reason == "the jackknife (CR3) is for linear forms"


def test_imputed_universes_keep_rows_and_are_pooled() -> None:
    random = np.random.default_rng(4)
    frame = panel(3, units=60, years=10, gaps=0.0)
    lost = random.random(frame.height) < 0.3
    frame = frame.with_columns(x1=pl.when(pl.Series(~lost)).then("x1"))
    asked = formed(
        outcomes=(Variable("y1"),),
        controls=(Variable("a"), Variable("b")),
        missing=("listwise", "imputed"),
        imputations=8,
    )
    found = associate(frame, asked, draws=19, seed=1)
    both = found.universes.pivot(
        on="missing", index=["controls", "effects"], values=["rows", "coefficient", "error"]
    )
    # Rows without the outcome stay out; all others are there.
    assert set(both["rows_imputed"]) == {frame["y1"].len() - frame["y1"].null_count()}
    assert (both["rows_listwise"] < both["rows_imputed"]).all()
    within = both.filter(effects="state", controls="a + b").row(0, named=True)
    assert abs(within["coefficient_imputed"] - 0.5) < 3 * within["error_imputed"]
    assert found.joint is not None
    assert found.joint.regressions == both.height
    assert found.universes.filter(missing="imputed")["adjusted_p"].null_count() == both.height
    again = associate(frame, asked, draws=19, seed=1)
    assert again.universes.equals(found.universes)


def test_single_universes_are_called_by_the_largest_ratio_of_each_draw() -> None:
    frame = panel(units=30).drop_nulls()
    asked = grid(lags=(0,), weights={"equal": None}, periods={"all": (None, None)},
                 samples={"all": None}, outcomes=(Variable("y1"),))  # fmt: skip
    found = associate(frame, asked, draws=99, seed=3).universes
    frame = frame.sort("state", "year")
    unit, year = (frame[name].rank("dense").to_numpy() for name in ("state", "year"))
    sides = [frame.select(names).to_numpy() for names in (["y1"], ["x1", "x2"], ["a", "b"])]
    design = Design(sides[0], sides[1], sides[2], {"unit": unit, "year": year}, unit)
    specs = every_subset(design, [(), ("unit",), ("unit", "year")])
    wild = wild_bootstrap(design, specs, draws=99, seed=3)
    assert wild.ratios is not None
    keys = pl.DataFrame(
        {
            "exposure": np.array(["x1", "x2"])[specs.exposure],
            "effects": np.array(["none", "state", "both"])[specs.effects],
            "with a": specs.controls[:, 0],
            "with b": specs.controls[:, 1],
        }
    )
    mine = keys.join(found, on=keys.columns, how="left", maintain_order="left")
    t = (mine["coefficient"] / mine["error"]).to_numpy()
    expected = step_down(t, wild.ratios).adjusted_p
    np.testing.assert_allclose(mine["adjusted_p"].to_numpy(), expected)
    assert (mine["adjusted_p"] >= 0.01).all()
    assert mine.filter(exposure="x1")["adjusted_p"].max() == pytest.approx(0.01)


def test_exposures_are_exchanged_between_units_where_asked() -> None:
    whole = panel(units=40, gaps=0.0).with_columns(y=pl.col("x2") + pl.col("b"), x1=pl.col("b"))
    asked = formed(outcomes=(Variable("y"),), exposures=(Variable("x2"),), controls=())
    found = associate(whole, asked, draws=19, permutations=99)
    assert found.joint is not None
    assert found.joint.permutation_p == pytest.approx(0.01)
    alone = whole.with_columns(year=pl.col("year") + 10 * pl.col("state").rank("dense"))
    found = associate(alone, asked, draws=19, permutations=19)
    assert found.joint is not None
    assert found.joint.permutation_p is None
