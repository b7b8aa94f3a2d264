"""The Political Terror Scale on its original."""

from __future__ import annotations

import polars as pl
from checking_rights import faults, row, rows, table

NAME = "pts"


def scores(code: int, column: str) -> dict[int, float | None]:
    found = rows(NAME, cow_code_n=code)
    return dict(zip(found["year"].to_list(), found[column].to_list(), strict=True))


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []


def test_size() -> None:
    frame = table(NAME)
    assert frame.height == 10_220
    assert frame["country"].n_unique() == 213
    assert frame["cow_code_n"].drop_nulls().n_unique() == 200


def test_north_korea_by_the_state_department() -> None:
    found = scores(731, "pts_s")
    assert len(found) == 48
    assert {found[year] for year in range(1976, 1996)} == {None}
    assert {found[year] for year in range(1996, 2002)} == {5}
    assert {found[year] for year in range(2002, 2008)} == {4}
    assert {found[year] for year in range(2008, 2024)} == {5}


def test_north_korea_by_amnesty_and_human_rights_watch() -> None:
    amnesty, watch = scores(731, "pts_a"), scores(731, "pts_h")
    assert {amnesty[year] for year in range(1976, 2002)} == {None}
    assert amnesty[2002] == 3
    assert {amnesty[year] for year in range(2003, 2008)} == {4}
    assert {amnesty[year] for year in range(2009, 2024)} <= {5, None}
    assert amnesty[2009] == 5
    assert {watch[year] for year in range(2013, 2024)} == {5}


def test_the_ceiling_is_shared_in_2013() -> None:
    scored = rows(NAME, year=2013)["pts_s"].drop_nulls()
    assert (scored == 5).sum() == 1 + 8
    assert scored.len() == 199


def test_china() -> None:
    found = row(NAME, cow_code_n=710, year=2013)
    # No score from Amnesty's report of that year: every source that has one says 4.
    assert [found[key] for key in ("pts_a", "pts_h", "pts_s")] == [None, 4, 4]
    assert [scores(710, "pts_s")[year] for year in (2022, 2023)] == [5, 5]


def test_the_united_states_are_hardly_reported_on() -> None:
    assert rows(NAME, cow_code_n=2)["pts_s"].drop_nulls().len() <= 2


def test_letters_beyond_ascii_are_read() -> None:
    names = table(NAME)["country"].unique().to_list()
    assert any(not name.isascii() for name in names)
    assert not any("\ufffd" in name or "Ã" in name for name in names)


def test_missing_is_never_zero() -> None:
    for column in ("pts_a", "pts_h", "pts_s"):
        assert set(table(NAME)[column].drop_nulls().unique().to_list()) == {1, 2, 3, 4, 5}


def test_the_older_release() -> None:
    assert faults("pts_2022") == []
    old = table("pts_2022")
    assert (old.height, old["country"].n_unique()) == (9_748, 212)
    korea = rows("pts_2022", cow_code_n=731)
    assert (korea.height, korea.drop_nulls("pts_a")["year"].min()) == (46, 2002)
    assert korea.drop_nulls("pts_s")["year"].min() == 1996


def test_a_release_changes_no_score_of_another() -> None:
    both = table("pts_2022").join(table(NAME), on=["country", "year"], suffix="_new")
    assert both.height == 9_656
    for column in ("pts_a", "pts_h", "pts_s"):
        assert both[column].eq_missing(both[f"{column}_new"]).all()


def test_the_scores_have_the_older_release() -> None:
    """Two former states stand under their successors there, and of two Yugoslavias one counts."""
    named = {"Soviet Union": 365, "Czechoslovakia": 316}
    mine = table("pts_2022").with_columns(
        cow=pl.col("country").replace_strict(named, default=pl.col("cow_code_n"))
    )
    codes = {"pts_a": "amnesty", "pts_s": "state", "pts_h": "hrw"}
    for column, score in codes.items():
        scored = mine.drop_nulls(["cow", column])
        both = table("fariss_lhrs").drop_nulls(score).join(scored, on=["cow", "year"], how="left")
        assert both[column].null_count() == 0
        other = both.filter(pl.col(column) != pl.col(score)).select("country", "year").rows()
        assert other in ([], [("Yugoslavia, Socialist Federal Republic of", 1991)])


def test_two_yugoslavias_share_a_code_and_two_scored_years() -> None:
    for name in (NAME, "pts_2022"):
        both = rows(name, cow_code_n=345)
        assert both["country"].n_unique() == 2
        assert both.select("cow_code_n", "year").is_duplicated().all()
        scored = both.drop_nulls("pts_s")["year"]
        assert sorted(set(scored.filter(scored.is_duplicated()))) == [1991, 1992]
