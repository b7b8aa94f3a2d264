"""Extracts of V-Dem, versions 12 and 15, on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, rank, row, rows, table

SIZES = {
    "vdem_v15_indices": (27_913, 202, "country_text_id"),
    "vdem_v15_indicators": (6_204, 181, "country_code"),
    "vdem_v12_subset": (8_187, 174, "gwcode"),
    "vdem_v12_long": (27_380, 202, "country_name"),
}
MOVE = "lag0_v2clfmove"


@pytest.mark.parametrize("name", SIZES)
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []
    height, states, code = SIZES[name]
    assert table(name).height == height
    assert table(name)[code].n_unique() == states


def near(value: object, expected: float) -> bool:
    assert isinstance(value, float)
    return value == pytest.approx(expected, abs=0.0006)


def test_polyarchy_of_north_korea_is_low_but_not_lowest() -> None:
    name = "vdem_v15_indices"
    assert rows(name, country_text_id="PRK").height == 80
    for year, value, place in ((2013, 0.085, 4), (2024, 0.083, 5)):
        found = row(name, country_text_id="PRK", year=year)["v2x_polyarchy"]
        assert near(found, value)
        assert rank(rows(name, year=year), "v2x_polyarchy", value) == place
    assert near(row(name, country_text_id="CHN", year=2013)["v2x_polyarchy"], 0.086)
    assert near(row(name, country_text_id="CHN", year=2024)["v2x_polyarchy"], 0.073)
    assert rows(name, year=2013)["v2x_polyarchy"].drop_nulls().len() == 179


def test_liberal_democracy_is_lower_only_in_eritrea() -> None:
    year = rows("vdem_v15_indices", year=2013).sort("v2x_libdem", nulls_last=True)
    assert year["country_text_id"].to_list()[:2] == ["ERI", "PRK"]
    assert near(year["v2x_libdem"].to_list()[1], 0.014)


def test_an_index_lies_within_its_interval() -> None:
    found = table("vdem_v15_indices").drop_nulls("v2x_polyarchy")
    inside = pl.col("v2x_polyarchy").is_between("v2x_polyarchy_codelow", "v2x_polyarchy_codehigh")
    assert found.filter(~inside).height == 0
    assert table("vdem_v15_indices")["gwn"].null_count() == 780


def test_state_ownership_is_highest_in_north_korea() -> None:
    name = "vdem_v15_indicators"
    for year, korea, china in ((2013, -3.515, -1.02), (2024, -3.234, -1.295)):
        assert near(row(name, country_code="PRK", year=year)["v2clstown"], korea)
        assert near(rows(name, year=year)["v2clstown"].min(), korea)
        assert near(row(name, country_code="CHN", year=year)["v2clstown"], china)
    assert "v2clfmove" not in table(name).columns


def test_freedom_to_leave_in_2013() -> None:
    name = "vdem_v12_subset"
    year = rows(name, year=2013).sort(MOVE)
    assert year.height == 169
    assert [round(value, 3) for value in year[MOVE].to_list()[:2]] == [-3.585, -3.564]
    assert year["gwcode"].to_list()[:3] == [731, 531, 701]
    assert near(row(name, gwcode=710, year=2013)[MOVE], -0.615)


@pytest.mark.parametrize(
    ("code", "korea", "place", "china"),
    [
        ("v2cldmovem", -4.249, 1, -0.786),
        ("v2x_polyarchy", 0.087, 4, 0.087),
        ("v2x_clphy", 0.032, 2, 0.440),
        ("v2clstown", -3.542, 1, -0.878),
    ],
)
def test_north_korea_and_china_in_version_12(
    code: str, korea: float, place: int, china: float
) -> None:
    name, column = "vdem_v12_subset", f"lag0_{code}"
    found = row(name, gwcode=731, year=2013)[column]
    assert near(found, korea)
    assert isinstance(found, float)
    assert rank(rows(name, year=2013), column, found) == place
    assert near(row(name, gwcode=710, year=2013)[column], china)


def test_freedom_to_leave_never_changes_in_north_korea() -> None:
    found = rows("vdem_v12_subset", gwcode=731)
    assert found.height == 52
    assert found[MOVE].round(3).unique().to_list() == [-3.585]
    assert rows("vdem_v12_subset", gwcode=710).height == 52


def test_subset_has_no_missing_values_and_no_outcomes_of_the_barometer() -> None:
    frame = table("vdem_v12_subset")
    assert sum(frame.null_count().row(0)) == 0
    assert not [name for name in frame.columns if name.startswith(("dv_", "no_"))]


def test_codes_of_states_in_the_subset() -> None:
    frame = table("vdem_v12_subset")
    assert rows("vdem_v12_subset", gwcode=345)["year"].max() == 2005
    assert rows("vdem_v12_subset", gwcode=340)["year"].min() == 2006
    assert frame.filter(pl.col("gwcode").is_in([255, 679])).height == 0


def test_long_selection() -> None:
    name = "vdem_v12_long"
    assert (rows(name, cowcode=731).height, rows(name, cowcode=710).height) == (77, 233)
    found = row(name, cowcode=731, year=2013)
    expected = {"v2x_polyarchy": (0.087, 4), "v2x_clphy": (0.032, 2), "v2cltort": (-2.482, 2)}
    for column, (value, place) in expected.items():
        assert near(found[column], value)
        assert rank(rows(name, year=2013), column, value) == place
    year = rows(name, year=2013)
    assert (found["e_polity2"], (year["e_polity2"] == -10).sum()) == (-10, 4)
    assert year["v2x_polyarchy"].drop_nulls().len() == 179


def test_long_selection_is_version_12() -> None:
    other = table("vdem_v12_subset").select("year", "lag0_v2x_clphy", cowcode="gwcode")
    both = table("vdem_v12_long").drop_nulls("v2x_clphy").join(other, on=["cowcode", "year"])
    same = (both["v2x_clphy"] - both["lag0_v2x_clphy"]).abs() < 0.0005
    assert both.height > 7500
    assert same.sum() / both.height > 0.998
