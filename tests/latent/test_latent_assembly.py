"""The Assembly's roll calls as answers: cleaning, links, and the published figures."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from tabling import long

from beholden.latent import (
    ASSEMBLY,
    Anchors,
    Answers,
    AnswersError,
    Fit,
    answers,
    assembly_answers,
    fit,
)
from beholden.latent.assembly import SCALE, linked, links, published_cleaning

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
REAL = pytest.mark.skipif(not DATA.is_dir(), reason="the originals are not at hand")
EDITION = "un_ideal_points_2020/IdealpointestimatesAll_Apr2020.csv"
USA, RUSSIA, CHINA = 2, 365, 710
SESSIONS = (56, 61)


@cache
def edition() -> pl.DataFrame:
    return pl.read_csv(DATA / EDITION, encoding="latin1").select(
        pl.col("ccode").cast(pl.Int64), pl.col("session").cast(pl.Int64), "NVotes", "IdealPoint"
    )


def test_links_chain_and_are_many_to_one() -> None:
    pairs = pl.DataFrame(
        {"earlier": [470, 512, 545, 5312, 5310], "later": [512, 545, 577, 5389, 5389]}
    )
    found = dict(linked(pl.Series([577, 545, 5389, 5312]), pairs).iter_rows())
    assert found == {577: 470, 545: 470, 5389: 5310, 5312: 5312}


def test_the_links_are_those_published() -> None:
    pairs = links()
    assert pairs.height == 955
    assert (pairs["earlier"] < pairs["later"]).all()


def votes() -> pl.DataFrame:
    rows = [
        ("p", 2000, "USA", "yes"),
        ("p", 2000, "RUS", "no"),
        ("p", 2000, "CHN", "absent"),
        ("q", 2001, "USA", "yes"),
        ("q", 2001, "RUS", "abstain"),
        ("q", 2001, "CHN", "no"),
    ]
    return pl.DataFrame(rows, schema=["id", "year", "iso3", "vote"], orient="row")


def test_absence_is_missing_and_never_abstention() -> None:
    found = assembly_answers(votes())
    assert found.n == 5
    assert found.node_answers[found.place("CHN", 2001)] == 1
    assert not np.any((found.node_unit == found.units.index("CHN")) & (found.node_time == 0))


def test_a_resolution_put_again_is_one_item() -> None:
    same = pl.DataFrame({"id": ["p", "q"], "item": ["p", "p"]})
    assert assembly_answers(votes(), items=same).items == ("p",)
    assert len(assembly_answers(votes()).items) == 2


def test_votes_without_their_columns() -> None:
    with pytest.raises(AnswersError, match="expected votes with year"):
        assembly_answers(votes().drop("year"))


def test_china_is_no_anchor() -> None:
    anchors = ASSEMBLY.anchors
    assert anchors.positive == ("USA",)
    assert "CHN" not in anchors.negative


def cleaning_rows() -> tuple[pl.DataFrame, pl.DataFrame]:
    calls = pl.DataFrame(
        {
            "rcid": [1, 2, 3, 4, 5],
            "session": [18, 19, 50, 50, 48],
            "year": [1963, 1964, 1995, 1995, 1993],
            "para": [True, None, True, None, None],
            "amend": [None, None, None, None, None],
        },
        schema_overrides={"amend": pl.Boolean},
    )
    cast = [
        (call, state, vote)
        for call in range(1, 6)
        for state, vote in ((USA, "yes"), (RUSSIA, "no"), (511, "yes"), (560, "abstain"))
    ]
    return pl.DataFrame(cast, schema=["rcid", "ccode", "vote"], orient="row"), calls


def test_what_the_published_cleaning_leaves_out() -> None:
    found = published_cleaning(*cleaning_rows())
    assert set(found["rcid"]) == {1, 4, 5}
    assert 511 not in found["ccode"]
    assert set(found.filter(pl.col("ccode") == 560)["rcid"]) == {1, 4}


@REAL
def test_the_cleaning_yields_the_published_numbers(published: Answers) -> None:
    assert published.n == 797_473
    assert len(published.items) == 4_784
    assert int(np.sum(published.node_answers > 0)) == 10_469
    table = pl.DataFrame(
        {
            "ccode": [published.units[u] for u in published.node_unit],
            "session": published.times[published.node_time].astype(int),
            "n": published.node_answers,
        }
    ).filter(pl.col("n") > 0)
    joined = table.join(edition(), on=["ccode", "session"], how="full")
    assert joined.height == 10_469
    assert (joined["n"] == joined["NVotes"]).all()


@pytest.fixture(scope="module")
def recent(published: Answers) -> Fit:
    """Some sessions fitted."""
    table = long(published).filter(pl.col("time").is_between(*SESSIONS))
    data = answers(table, scale=SCALE, repeats=True)
    return fit(data, replace(ASSEMBLY, anchors=Anchors((USA,), (RUSSIA,))))


@REAL
def test_positions_agree_with_the_edition_within_sessions(recent: Fit) -> None:
    table = recent.positions().with_columns(pl.col("time").cast(pl.Int64))
    joined = table.join(edition(), left_on=["unit", "time"], right_on=["ccode", "session"])
    within = joined.group_by("time").agg(pl.corr("mean", "IdealPoint").alias("r"))
    # On the whole series the median is 0.992; a part of it has fewer bridges.
    assert np.median(within["r"].to_numpy()) > 0.985
    assert within["r"].to_numpy().min() > 0.975


@REAL
def test_the_united_states_stand_above_russia_in_every_session(recent: Fit) -> None:
    assert recent.anchors_hold == 1.0
    for time in recent.answers.times:
        place = recent.answers.place
        assert recent.mean[place(USA, time)] > recent.mean[place(RUSSIA, time)]
    assert np.max(np.abs(recent.mean)) < 4.5


def test_blocs_that_vote_as_one_are_not_pushed_out_without_end() -> None:
    """The pitfall of the Soviet bloc: items that a bloc answers alike separate it perfectly."""
    draw = np.random.default_rng(2)
    rows = []
    for time in range(4):
        for number in range(60):
            name, cut = f"{time}-{number}", draw.normal(-1.0, 0.8)
            for state in range(40):
                bloc = state < 6
                place = -2.0 if bloc else 0.5 + 0.5 * np.sin(state)
                noise = 0.05 if bloc else 0.6
                high = place + noise * draw.normal() > cut
                rows.append((state, time, name, SCALE[2 if high else 0]))
    table = pl.DataFrame(rows, schema=["unit", "time", "item", "answer"], orient="row")
    data = answers(table, scale=SCALE)
    anchors = Anchors((12,), (0,))
    held = fit(data, replace(ASSEMBLY, anchors=anchors))
    free = fit(data, replace(ASSEMBLY, anchors=anchors, scale="starts", load_sd=3.0))
    assert held.converged
    assert held.mean.min() >= free.mean.min() - 0.02
    assert held.mean.min() > -3.2
