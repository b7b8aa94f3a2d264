"""Latent human rights from the published indicators."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from beholden.latent import RIGHTS, AnswersError, Fit, fit, rights_answers
from beholden.latent.rights import EVENTS, STANDARDS

FILE = (
    Path(__file__).resolve().parents[2].parent / "shared/data/fariss_lhrs/LHRS-v4.02-2021_names.csv"
)
REAL = pytest.mark.skipif(not FILE.is_file(), reason="the originals are not at hand")
PRK, CHN = 731, 710


def test_reports_drift_and_events_do_not() -> None:
    rows = {"cow": [1, 2, 3] * 2, "year": [1980] * 3 + [1981] * 3}
    table = pl.DataFrame(rows | {"tort": [0, 1, 2, 2, 1, 0], "genocide": [1, 0, 0, 1, 0, None]})
    found = rights_answers(table)
    assert dict(zip(found.items, found.drifting.tolist(), strict=True)) == {
        "tort": True,
        "genocide": False,
    }
    assert not rights_answers(table, drift=False).drifting.any()
    assert found.n == 11


def test_a_table_without_indicators() -> None:
    with pytest.raises(AnswersError, match="expected some of the indicators disap"):
        rights_answers(pl.DataFrame({"cow": [1], "year": [1980]}))


@pytest.fixture(scope="module")
def scores() -> pl.DataFrame:
    if not FILE.is_file():
        pytest.skip("the originals are not at hand")
    table = pl.read_csv(FILE, null_values=["NA", ""], infer_schema_length=None)
    table = table.rename({name: name.lower() for name in table.columns})
    return table.with_columns(
        pl.col("cow", "year").cast(pl.Int64),
        pl.col(*(name for name in (*STANDARDS, *EVENTS))).cast(pl.Float64).cast(pl.Int64),
    )


@pytest.fixture(scope="module")
def fitted(scores: pl.DataFrame) -> Fit:
    return fit(rights_answers(scores.filter(pl.col("year") >= 1995)), RIGHTS)


@REAL
def test_scores_agree_with_the_published_ones(fitted: Fit, scores: pl.DataFrame) -> None:
    table = fitted.positions().with_columns(pl.col("time").cast(pl.Int64))
    joined = table.join(
        scores.select("cow", "year", "theta_mean"),
        left_on=["unit", "time"],
        right_on=["cow", "year"],
    )
    assert np.corrcoef(joined["mean"], joined["theta_mean"])[0, 1] > 0.98
    away = joined.with_columns(
        pl.col(name) - pl.col(name).mean().over("unit") for name in ("mean", "theta_mean")
    )
    assert np.corrcoef(away["mean"], away["theta_mean"])[0, 1] > 0.92
    # North Korea and China are on the dark side of the scale in every year.
    for state in (PRK, CHN):
        assert (joined.filter(pl.col("unit") == state)["mean"] < 0).all()
