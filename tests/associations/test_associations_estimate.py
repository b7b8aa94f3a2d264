"""Universes against least squares on their very rows; results that hang on nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from associating import direct, grid, panel
from hypothesis import given, settings
from hypothesis import strategies as st

from beholden.associations import Associations, Forbidden, Grid, Variable, associate
from beholden.associations.running import Means, MissingExtraError
from beholden.associations.table import MESSAGES
from beholden.models.rubin import pool

HERE = Path(__file__).parent


def same(one: Associations, other: Associations) -> None:
    """The same to the last bit."""
    assert one.universes.equals(other.universes)
    assert one.joint == other.joint
    assert one.verdict == other.verdict
    assert one.deciding == other.deciding


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10_000), gaps=st.sampled_from([0.0, 0.2]))
def test_slopes_are_least_squares_on_the_very_rows(seed: int, gaps: float) -> None:
    frame, asked = panel(seed, units=14, gaps=gaps), grid()
    found = associate(frame, asked, draws=0).universes
    some = found.sample(24, seed=seed)
    for universe in some.iter_rows(named=True):
        slope, rows = direct(frame, asked, universe)
        assert universe["rows"] == rows
        assert universe["coefficient"] == pytest.approx(slope, rel=1e-8, abs=1e-10)


def test_effects_are_in_standard_deviations_of_the_universes_rows() -> None:
    frame = panel().drop_nulls()
    asked = grid(lags=(0,), weights={"equal": None}, samples={"large": "large"})
    found = associate(frame, asked, draws=0).universes
    universe = found.filter(outcome="y1", exposure="x1", period="late", effects="state").row(
        0, named=True
    )
    rows = frame.filter(pl.col("large") & (pl.col("year") >= 2003))
    ratio = float(rows["x1"].to_numpy().std() / rows["y1"].to_numpy().std())
    for name, figure in (("effect", "coefficient"), ("effect_low", "low"), ("effect_high", "high")):
        assert universe[name] == pytest.approx(ratio * universe[figure])


@settings(max_examples=3, deadline=None)
@given(order=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(order: Any) -> None:
    frame, asked = panel(), grid(lags=(0, 1), weights={"equal": None})
    places = list(range(frame.height))
    order.shuffle(places)
    same(associate(frame, asked, draws=19), associate(frame[places], asked, draws=19))


def test_the_order_of_options_changes_no_figure() -> None:
    frame = panel()
    turned = grid(
        outcomes=grid().outcomes[::-1],
        exposures=grid().exposures[::-1],
        controls=grid().controls[::-1],
        effects=dict(reversed([*grid().effects.items()])),
        lags=(1, 0),
        periods=dict(reversed([*grid().periods.items()])),
    )
    first, second = (associate(frame, asked, draws=0) for asked in (grid(), turned))
    keys = ["outcome", "exposure", "lag", "effects", "period", "sample", "weights"]
    keys += ["with a", "with b"]
    mine, other = (one.universes.sort(keys) for one in (first, second))
    assert mine.select(keys).equals(other.select(keys))
    for name in ("coefficient", "error", "effect", "p", "rows", "clusters"):
        np.testing.assert_allclose(mine[name].to_numpy(), other[name].to_numpy(), rtol=1e-9)
    assert first.verdict.share == second.verdict.share


def test_a_pandas_frame_and_a_mapping_do_as_well() -> None:
    pandas = pytest.importorskip("pandas")
    frame = panel()
    told = {
        "unit": "state",
        "time": "year",
        "outcomes": ["y1"],
        "exposures": ["x1"],
        "controls": {"a": None, "b": {"transform": "rank"}},
        "expect": "positive",
    }
    asked = Grid(
        *("state", "year", (Variable("y1"),), (Variable("x1"),)),
        (Variable("a"), Variable("b", transform="rank")),
    )
    same(associate(pandas.DataFrame(frame.to_dict()), told), associate(frame, asked))


def test_rows_without_an_id_are_left_out_where_it_is_needed() -> None:
    region = pl.when(pl.col("region") == 1).then(None).otherwise("region").alias("region")
    frame = panel().with_columns(region)
    asked = grid(effects={"none": (), "region": ("region",)}, lags=(0,))
    found = associate(frame, asked, draws=0).universes
    universe = found.filter(effects="region", weights="equal").row(0, named=True)
    assert universe["rows"] == direct(frame.drop_nulls("region"), asked, universe)[1]
    whole = found.filter(effects="none", weights="equal").row(0, named=True)
    assert whole["rows"] == direct(frame, asked, whole)[1] > universe["rows"]


def test_draws_of_a_latent_variable_are_pooled_by_rubins_rules() -> None:
    random = np.random.default_rng(3)
    frame = panel().drop_nulls()
    draws = {f"d{k}": frame["x1"] + 0.5 * random.normal(size=frame.height) for k in range(4)}
    frame = frame.with_columns(**draws)
    asked = grid(exposures=(Variable("latent", draws=tuple(draws)), Variable("x2")), lags=(0,))
    found = associate(frame, asked, draws=0).universes
    single = [
        associate(frame, grid(exposures=(Variable(name), Variable("x2")), lags=(0,)), draws=0)
        for name in draws
    ]
    mine = found.filter(exposure="latent")
    parts = [one.universes.filter(exposure=name) for one, name in zip(single, draws, strict=True)]
    for slope, name in (("coefficient", "coefficient"), ("effect", "effect")):
        errors = [part["error"] * (part[name] / part["coefficient"]) for part in parts]
        pooled = pool(
            np.array([part[name] for part in parts]),
            np.array(errors),
            mine["clusters"].to_numpy() - 1.0,
        )
        np.testing.assert_allclose(mine[slope].to_numpy(), pooled.coefficient, rtol=1e-9)
    others, alone = (one.filter(exposure="x2") for one in (found, single[0].universes))
    for name in ("coefficient", "error", "p"):
        np.testing.assert_allclose(others[name].to_numpy(), alone[name].to_numpy(), rtol=1e-9)


def test_what_becomes_of_universes_that_cannot_be_estimated() -> None:
    frame = panel(units=12).with_columns(
        constant=pl.col("region").cast(float), nothing=pl.lit(None, dtype=pl.Float64)
    )
    asked = grid(
        exposures=(Variable("x1"), Variable("constant")),
        controls=(Variable("nothing"), Variable("region")),
        lags=(0,),
    )
    found = associate(frame, asked, draws=0)
    universes = found.universes
    empty = universes.filter(pl.col("with nothing"))
    assert set(empty["status"]) == {"empty"}
    assert empty["effect"].null_count() == empty["meets"].null_count() == empty.height
    fixed = universes.filter(exposure="constant", effects="state", controls="none")
    assert set(fixed["status"]) == {"unidentified"}
    assert set(fixed["message"]) == {MESSAGES["unidentified"]}
    lost = universes.filter(exposure="x1", effects="state", controls="region")
    assert set(lost["status"]) == {"collinear"}
    assert lost["message"][0] == (
        "without region, which other columns determine; CR1 errors rest on 12 clusters and may "
        "be too small; CR3 is offered"
    )
    assert found.verdict.universes == universes.height
    assert found.verdict.failed == universes["effect"].null_count()


def test_errors_of_every_kind_stand_side_by_side() -> None:
    frame = panel().with_columns(
        first=pl.col("region"), second=pl.col("region") + 1 + pl.col("year") % 3
    )
    asked = grid(
        errors=("CR1", "CR3", "two-way", "dyadic"),
        clusters=("state", "year"),
        members=("first", "second"),
        lags=(0,),
        forbid=(Forbidden({"errors": ("dyadic",), "effects": ("both",)}, "not asked"),),
    )
    found = associate(frame, asked, draws=19)
    wide = found.universes.pivot(
        on="errors",
        index=["outcome", "exposure", "effects", "period", "sample", "weights", "controls"],
        values="coefficient",
    ).drop_nulls()
    assert wide.height > 50
    for kind in ("CR3", "two-way", "dyadic"):
        np.testing.assert_allclose(wide["CR1"].to_numpy(), wide[kind].to_numpy(), rtol=1e-9)
    assert found.universes["error"].n_unique() > found.universes["coefficient"].n_unique()
    assert found.joint is not None
    assert found.joint.regressions == found.universes.filter(errors="CR1").height


def test_a_joint_test_tells_an_association_from_none() -> None:
    frame = panel(units=60, years=10)
    noise = pl.Series(np.random.default_rng(5).normal(size=frame.height))
    for exposure, sign, rejected in ((frame["x1"], 1, True), (frame["x1"], -1, False)):
        found = associate(
            frame.with_columns(x=exposure), grid(exposures=(Variable("x"),), sign=sign), draws=199
        )
        assert found.joint is not None
        assert (found.joint.p <= 0.01) is rejected
    found = associate(frame.with_columns(x=noise), grid(exposures=(Variable("x"),)), draws=199)
    assert found.joint is not None
    assert found.joint.p > 0.05


def test_a_large_grid_draws_ratios_of_some_and_says_so() -> None:
    controls = tuple(Variable(f"c{at}") for at in range(7))
    random = np.random.default_rng(7)
    frame = panel(units=20)
    held = {one.label: pl.Series(random.normal(size=frame.height)) for one in controls}
    asked = grid(controls=controls, lags=(0,), weights={"equal": None})
    found = associate(
        frame.with_columns(**{k: pl.Series(v) for k, v in held.items()}), asked, draws=9
    )
    assert found.joint is not None
    assert (found.joint.regressions, found.joint.sampled) == (6144, 1000)
    assert "share and average z of 1,000 regressions" in found.joint.method


def asked_twice(**means: Any) -> Associations:
    return associate(panel(), grid(lags=(0, 1, 2)), draws=19, seed=4, **means)


def test_two_processes_give_the_same_bytes() -> None:
    same(asked_twice(jobs=1), asked_twice(jobs=2))


def test_joblib_gives_the_same_bytes() -> None:
    joblib = pytest.importorskip("joblib")
    with joblib.parallel_config("threading", n_jobs=2):
        same(asked_twice(), asked_twice(backend="joblib"))


@pytest.mark.filterwarnings("ignore")
def test_a_dask_cluster_gives_the_same_bytes() -> None:
    distributed = pytest.importorskip("distributed")
    pytest.importorskip("joblib")
    settings = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**settings, processes=False) as cluster:
        address = cluster.scheduler_address
        same(asked_twice(), asked_twice(backend="dask", cluster=address))


def test_a_back_end_that_is_not_installed_names_its_extra(monkeypatch: Any) -> None:
    monkeypatch.setattr("beholden.associations.running.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'beholden\[dask\]'"):
        Means(backend="dask")
    with pytest.raises(ValueError, match="back-end of joblib, dask, found 'ray'"):
        Means(backend="ray")
    with pytest.raises(ValueError, match="at least one process, found 0"):
        Means(jobs=0)


KILLED = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from associating import grid, panel
from beholden.associations import associate
pieces = []
def progress(done, total):
    pieces.append(done)
    if len(pieces) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
associate(panel(), grid(lags=(0, 1, 2)), draws=19, seed=4, keep=sys.argv[2], progress=progress)
"""


def test_a_run_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(HERE), str(tmp_path)]
    done = subprocess.run(command, check=False, env={**os.environ, "NUMBA_NUM_THREADS": "1"})
    assert done.returncode == -signal.SIGKILL
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")}
    assert len(before) == 3
    seen: list[int] = []
    found = asked_twice(keep=tmp_path, progress=lambda at, _: seen.append(at))
    same(found, asked_twice())
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(list(tmp_path.glob("*.npz"))) == len(seen) > 3


def test_kept_work_of_another_grid_or_spoilt_work_is_not_used(tmp_path: Path) -> None:
    first = asked_twice(keep=tmp_path)
    for path in tmp_path.glob("*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    same(first, asked_twice(keep=tmp_path))
    count = len(list(tmp_path.glob("*.npz")))
    other = panel().with_columns(pl.col("x1") * 2)
    changed = associate(other, grid(lags=(0, 1, 2)), draws=19, seed=4, keep=tmp_path)
    assert len(list(tmp_path.glob("*.npz"))) > count
    assert not changed.universes["coefficient"].equals(first.universes["coefficient"])


def test_progress_counts_every_universe() -> None:
    seen: list[tuple[int, int]] = []
    found = associate(panel(), grid(), draws=0, progress=lambda *told: seen.append(told))
    assert seen[-1] == (found.universes.height, found.universes.height)
    assert [at for at, _ in seen] == sorted(at for at, _ in seen)
