"""The Political Terror Scale on its original."""

from __future__ import annotations

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
