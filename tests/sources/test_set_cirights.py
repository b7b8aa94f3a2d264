"""The CIRIGHTS data on their original."""

from __future__ import annotations

from checking_rights import corrected, corrections, faults, rank, row, rows, rows_changed, table

NAME = "cirights"


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []


def test_size() -> None:
    frame = table(NAME)
    assert frame.shape == (7541, 81)
    assert frame["cow"].n_unique() == 199
    assert frame["country"].n_unique() == 201
    assert not frame.select("cow", "year").is_duplicated().any()
    assert frame["formov"].drop_nulls().len() == 7249
    assert frame.columns[0] == "country"


def test_north_korea_cannot_leave_in_any_year() -> None:
    found = rows(NAME, cow=731)
    assert found.height == 40
    assert found["formov"].to_list() == [0] * 40
    assert row(NAME, cow=731, year=2013)["dommov"] == 0


def test_north_korea_is_tied_lowest() -> None:
    year = rows(NAME, year=2013)
    assert (year["formov"] == 0).sum() == 18
    assert year["physint_sum"].drop_nulls().len() == 195
    sums = {year: row(NAME, cow=731, year=year)["physint_sum"] for year in (1995, 2013, 2016)}
    assert sums == {1995: 3, 2013: 1, 2016: 3}
    assert [row(NAME, cow=731, year=year)["physint_sum"] for year in (2019, 2020)] == [0, 0]
    assert rank(year, "physint_sum", 1) == 7


def test_years_without_a_report_are_unknown_not_zero() -> None:
    silent = rows(NAME, cow=731).filter(year=1990)
    assert silent["physint_sum"].to_list() == [None]


def test_china_goes_back_and_forth() -> None:
    found = rows(NAME, cow=710)
    assert found.height == 40
    assert set(found["formov"].to_list()) == {0, 1}
    assert found.filter(found["year"].is_between(2007, 2015))["formov"].to_list() == [0] * 9
    assert [row(NAME, cow=710, year=year)["formov"] for year in (2016, 2019)] == [1, 1]
    assert (found["physint_sum"].min(), found["physint_sum"].max()) == (0, 4)


def test_the_item_has_a_ceiling() -> None:
    scored = table(NAME)["formov"].drop_nulls()
    assert round((scored == 2).sum() / scored.len(), 2) == 0.60


def test_the_united_states_have_no_movement_abroad() -> None:
    assert rows(NAME, cow=2)["formov"].to_list() == [None] * 40


def test_codes_of_divided_states() -> None:
    for code, last in ((260, 1989), (678, 1990)):
        assert rows(NAME, cow=code)["year"].max() == last
    assert rows(NAME, cow=255)["year"].min() == 1990
    assert rows(NAME, cow=679)["year"].min() == 1991


def test_serbia_is_not_counted_twice() -> None:
    (entry,) = corrections(NAME)
    assert entry["status"] == "applied"
    assert rows_changed(table(NAME), entry) == entry["rows"] == 12
    after = corrected(table(NAME), entry)
    assert after.filter(country="Serbia and Montenegro")["year"].max() == 2005
    assert after.filter(country="Serbia")["year"].min() == 2006
