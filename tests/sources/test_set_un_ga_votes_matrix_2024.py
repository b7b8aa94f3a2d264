"""The matrix of roll calls to 2024 on its original, and against the votes cast to 2019."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from checking_rights import faults, rows, table

NAME = "un_ga_votes_matrix_2024"
ROLL_CALLS = "un_ga_votes_matrix_2024_roll_calls"


@pytest.mark.parametrize("name", [NAME, ROLL_CALLS])
def test_each_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


def test_every_state_is_in_every_roll_call() -> None:
    assert table(ROLL_CALLS).height == 6_551
    assert table(NAME)["column_iso3"].n_unique() == 194
    assert table(NAME).height == 6_551 * 194


def test_codes() -> None:
    assert table(NAME)["vote"].value_counts().sort("vote").rows() == [
        (None, 255_220),
        (1, 733_470),
        (2, 116_820),
        (3, 69_281),
        (8, 96_103),
    ]


def test_four_roll_calls_have_the_number_of_another() -> None:
    frame = table(ROLL_CALLS)
    twice = frame.filter(pl.col("rcid").is_duplicated())
    assert sorted(set(twice["rcid"])) == [411, 427, 449, 495]
    assert set(twice["year"]) == {1954, 1955, 1957, 2023}
    assert frame["date"].max() == date(2024, 6, 4)


def test_seats() -> None:
    china, taiwan = (rows(NAME, column_iso3=code).drop_nulls("vote") for code in ("CHN", "TWN"))
    change = date(1971, 10, 25)
    assert china.filter(pl.col("date") >= change)["date"].min() is not None
    assert taiwan["date"].max() <= change  # type: ignore[operator]
    then = table(NAME).filter(pl.col("column_iso3") != pl.col("iso3_then"))
    assert set(then["iso3_then"]) == {"SUN", "YUG", "SCG"}
    absent = {"DDR", "CSK", "YMD", "ZAN"}
    assert not absent & set(table(NAME)["column_iso3"])


def test_issues_of_human_rights() -> None:
    assert table(ROLL_CALLS)["hr"].sum() == 1_063


def test_it_agrees_with_the_votes_cast_but_for_yemen_and_serbia() -> None:
    words = {"yes": 1, "abstain": 2, "no": 3}
    cast = table("un_ga_votes_voeten").select(
        "rcid", "year", "ccode", said=pl.col("vote").replace_strict(words)
    )
    # One column may stand for several numbers: Germany, Yemen, Yugoslavia and Serbia.
    columns = {255: "DEU", 260: "DEU", 345: "SRB", 365: "RUS", 678: "YEM", 679: "YEM"}
    known = _codes_by_number() | columns
    named = cast.with_columns(
        column_iso3=pl.col("ccode").replace_strict(known, default=None, return_dtype=pl.String)
    )
    both = named.join(table(NAME), on=["rcid", "year", "column_iso3"], suffix="_matrix")
    once = both.filter(~pl.col("rcid").is_in([411, 427, 449, 495]))
    differ = both.filter(pl.col("said").ne_missing(pl.col("vote")))
    # The README leaves out the four roll calls whose number occurs twice.
    assert (both.height, once.height) == (861_910, 861_661)
    assert 1 - differ.height / both.height == pytest.approx(0.996, abs=5e-4)
    assert dict(differ.group_by("column_iso3").len().rows()) == {"YEM": 3_291, "SRB": 110}
    assert once.join(differ, on=["rcid", "year", "ccode"], how="semi").height == 3_287 + 110


def test_it_agrees_with_the_secretariat_from_december_2019() -> None:
    ours, theirs, states = _cells_since_2019()
    same_day = ours["date"].to_numpy()[:, None] == theirs["date"].to_numpy()[None, :]
    cells = ours.select(states).to_numpy(), theirs.select(states).to_numpy()
    differ = (cells[0][:, None, :] != cells[1][None, :, :]).sum(axis=2)
    differ[~same_day] = len(states)
    nearest = differ.argmin(axis=1)
    matched = differ.min(axis=1) <= 8
    assert (matched.size, int(matched.sum())) == (437, 435)
    unlike = cells[0][matched] != cells[1][nearest[matched]]
    by_state = dict(zip(states, unlike.sum(axis=0).tolist(), strict=True))
    most = sorted(by_state, key=lambda state: -by_state[state])[:3]
    assert {state: by_state[state] for state in most} == {"TUR": 80, "ZWE": 48, "ZMB": 34}
    others = np.delete(unlike, states.index("TUR"), axis=1).sum(axis=1)
    assert (int((others == 0).sum()), int(others.max())) == (379, 8)


def _cells_since_2019() -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
    """Both sources with a row for a roll call and a column for a state; not voting is 8."""
    recorded = table("un_ga_resolutions_dgacm_votes").filter(pl.col("date") <= date(2024, 6, 4))
    codes = {"Y": 1, "A": 2, "N": 3}
    theirs = (
        recorded.filter(listing=1)
        .with_columns(code=pl.col("vote").replace_strict(codes))
        .pivot("member_iso3", index=["symbol", "date"], values="code")
    )
    states = sorted(set(theirs.columns) - {"symbol", "date"})
    ours = (
        table(NAME)
        .filter(pl.col("date") >= date(2019, 12, 1), pl.col("column_iso3").is_in(states))
        .pivot("column_iso3", index=["rcid", "date"], values="vote")
    )
    filled = pl.col(states).fill_null(8)
    return ours.with_columns(filled), theirs.with_columns(filled), states


def _codes_by_number() -> dict[int, str]:
    """ISO 3166 alpha-3 codes by Correlates of War numbers, through the package's alpha-2 codes."""
    import pycountry

    found = table("un_ga_votes_voeten").select("country_code", "ccode").unique().drop_nulls()
    pairs = ((pycountry.countries.get(alpha_2=two), number) for two, number in found.rows())
    return {number: country.alpha_3 for country, number in pairs if country is not None}
