"""The published model on the Assembly's votes, against the edition of April 2020."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from beholden.latent import (
    Answers,
    PublishedFit,
    fit_published,
    sample_published,
)
from beholden.latent.published import fit as home
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.latent import PublishedSample

# Half the distance from the 5% to the 95% quantile of a normal, times two.
QUANTILES = 3.2897


@pytest.fixture(scope="module")
def tables(library: Path) -> dict[str, pl.DataFrame]:
    names = ("un_ga_votes_voeten", "un_ga_votes_voeten_roll_calls", "un_ideal_points_2020")
    return {name: open_table(name, library=library)[0].collect() for name in names}


@pytest.fixture(scope="module")
def found(published: Answers) -> PublishedFit:
    return fit_published(published)


def beside(
    found: PublishedFit | PublishedSample, tables: dict[str, pl.DataFrame]
) -> tuple[pl.DataFrame, np.ndarray]:
    """Positions beside the edition's, and their correlations within sessions."""
    edition = tables["un_ideal_points_2020"].filter(pl.col("issue") == "all")
    joined = (
        found.positions()
        .with_columns(pl.col("time").cast(pl.Int64))
        .join(edition, left_on=["unit", "time"], right_on=["ccode", "session"])
    )
    within = joined.group_by("time").agg(pl.corr("mean", "ideal_point").alias("r"))
    return joined, within["r"].to_numpy()


def test_positions_agree_with_the_edition(
    found: PublishedFit, tables: dict[str, pl.DataFrame]
) -> None:
    joined, within = beside(found, tables)
    assert joined.height == 10_469
    assert found.converged
    assert np.median(within) > 0.999
    assert within.min() > 0.985
    assert 0.9 < joined["mean"].std() / joined["ideal_point"].std() < 1.15  # type: ignore[operator]
    assert np.corrcoef(joined["mean"], joined["ideal_point"])[0, 1] > 0.99


def test_levels_differ_in_the_first_sessions_only(
    found: PublishedFit, tables: dict[str, pl.DataFrame]
) -> None:
    """Known: the edition's first sessions lie higher; from the tenth on they hardly differ."""
    joined, _ = beside(found, tables)
    away = joined.group_by("time").agg((pl.col("mean") - pl.col("ideal_point")).mean())
    early = away.filter(pl.col("time") < 10)["mean"].to_numpy()
    late = away.filter(pl.col("time") >= 15)["mean"].to_numpy()
    assert np.max(np.abs(late)) < 0.15
    assert early.min() < -0.3
    rest = joined.filter(pl.col("time") >= 15)
    assert np.corrcoef(rest["mean"], rest["ideal_point"])[0, 1] > 0.99


def test_standard_errors_are_as_large_as_the_edition_s(
    found: PublishedFit, tables: dict[str, pl.DataFrame]
) -> None:
    joined, _ = beside(found, tables)
    theirs = (joined["q95"] - joined["q5"]) / QUANTILES
    assert 0.9 < float(np.median(joined["sd"] / theirs)) < 1.05


def test_the_united_states_stand_above_russia_in_every_session(found: PublishedFit) -> None:
    assert found.anchors_hold == 1.0


def test_joint_modes_stretch_positions(
    published: Answers,
    found: PublishedFit,
    tables: dict[str, pl.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(home, "FIRST_SWEEPS", 25)
    mode = fit_published(published, limit=20)
    assert mode.mean.min() < found.mean.min() - 0.2
    assert found.mean.min() > -4
    assert np.median(beside(mode, tables)[1]) < np.median(beside(found, tables)[1])


def test_the_sampler_comes_near_the_edition_from_its_start(
    published: Answers, tables: dict[str, pl.DataFrame]
) -> None:
    sizes: list[float] = []
    sample = sample_published(
        published, iterations=100, warmup=200, thin=10, progress=lambda _, size: sizes.append(size)
    )
    joined, within = beside(sample, tables)
    assert np.median(within) > 0.98
    assert np.corrcoef(joined["mean"], joined["ideal_point"])[0, 1] > 0.97
    # Conditional means are larger than positions, and so little that it shows only over time.
    assert 1.006 < np.mean(sizes[-50:]) < 1.009
