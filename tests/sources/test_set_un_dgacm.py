"""The Secretariat's resolutions of the Assembly and both Councils on their originals."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from checking_rights import corrected, corrections, faults, row, rows, rows_changed, table

from beholden.errors import TableError
from beholden.sources.un_dgacm import resolutions

if TYPE_CHECKING:
    from pathlib import Path

GA, SC, HRC = (f"un_{body}_resolutions_dgacm" for body in ("ga", "sc", "hrc"))
PARTS = [f"{name}{part}" for name in (GA, SC, HRC) for part in ("", "_votes", "_sponsors")]
SIZES = {GA: 2_193, SC: 1_538, HRC: 186}
VOTES = {GA: 128_399 + 137, SC: 22_886 + 1, HRC: 2_536}
DPRK_GA = [f"A/RES/{n}" for n in ("74/166", "75/190", "76/177", "77/226")]
DPRK_GA += [f"A/RES/{n}" for n in ("78/218", "79/181", "80/220")]


@pytest.mark.parametrize("name", PARTS)
def test_each_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize("name", SIZES)
def test_number_of_rows(name: str) -> None:
    assert table(name).height == SIZES[name]
    assert table(f"{name}_votes").height == VOTES[name]


def test_recorded_votes() -> None:
    counts = [table(f"{name}_votes")["symbol"].n_unique() for name in (GA, SC, HRC)]
    assert counts == [730, 1_526, 54]
    assert table(GA)["listed_yes"].count() == 730


def test_the_assembly_has_193_members() -> None:
    assert table(f"{GA}_votes")["member_iso3"].n_unique() == 193
    assert table(f"{GA}_votes")["member_iso3"].null_count() == 0
    turkish = rows(f"{GA}_votes", member_iso3="TUR")["member_state"]
    assert turkish.n_unique() >= 4


def test_a_resolution_that_lists_every_state_twice() -> None:
    name = f"{GA}_votes"
    (entry,) = corrections(name)
    assert rows_changed(table(name), entry) == entry["rows"] == 137
    before = row(GA, symbol="A/RES/75/290 A")
    assert (before["listed_yes"], before["listed_no"], before["listed_abstain"]) == (180, 0, 94)
    after = corrected(table(name), entry).filter(symbol="A/RES/75/290 A")
    assert after["vote"].value_counts().sort("vote").rows() == [("A", 47), ("Y", 90)]
    assert after["member_iso3"].is_unique().all()


def test_counts_agree_with_the_stated_tally_but_for_two() -> None:
    frame = table(GA).drop_nulls("listed_yes")
    other = [pl.col(f"stated_{k}") != pl.col(f"listed_{k}") for k in ("yes", "no", "abstain")]
    differ = frame.filter(pl.any_horizontal(other))
    assert set(differ["symbol"]) == {"A/RES/75/290 A", "A/RES/77/293"}
    cell = row(GA, symbol="A/RES/77/293")
    assert (cell["listed_abstain"], cell["stated_abstain"]) == (58, 59)


def test_iran_in_2025() -> None:
    cell = row(GA, symbol="A/RES/80/222")
    assert [cell[f"listed_{k}"] for k in ("yes", "no", "abstain")] == [78, 27, 64]


def test_north_korea_in_the_assembly_without_a_vote_but_with_sponsors() -> None:
    for symbol in DPRK_GA:
        cell = row(GA, symbol=symbol)
        assert (cell["adoption_type"], cell["listed_yes"]) == ("Without a vote", None)
        names = set(rows(f"{GA}_sponsors", symbol=symbol)["sponsor_iso3"].drop_nulls())
        assert 58 <= len(names) <= 63
        year = cell["year"]
        assert isinstance(year, int)
        assert ("KOR" in names) == (year >= 2022)


def test_north_korea_in_the_council() -> None:
    named = pl.col("title").str.contains("DPRK|Democratic People's Republic of Korea")
    found = table(SC).filter(
        named, pl.col("symbol").is_between(pl.lit("S/RES/1"), pl.lit("S/RES/3"))
    )
    numbered = found.with_columns(n=pl.col("symbol").str.extract(r"(\d{4})").cast(pl.Int64))
    assert {1695, 1718, 1874, 2087, 2094, 2270, 2321, 2371, 2375, 2397, 2680} <= set(numbered["n"])
    assert found.select("listed_yes", "listed_no", "listed_abstain").unique().rows() == [(15, 0, 0)]


def test_the_councils_traps() -> None:
    name = f"{SC}_votes"
    (entry,) = corrections(name)
    assert rows_changed(table(name), entry) == entry["rows"] == 1
    after = corrected(table(name), entry)
    assert after["member_iso3"].null_count() == 0
    sizes = dict(after.group_by("symbol").len().filter(pl.col("len") != 15).rows())
    assert sizes.pop("S/RES/1402 (2002)") == sizes.pop("S/RES/1483 (2003)") == 14
    assert set(sizes) == {"S/RES/2756 (2024)", "S/RES/2797 (2025)"}
    permanent = after.filter(pl.col("member_iso3").is_in(["CHN", "RUS", "USA", "GBR", "FRA"]))
    assert permanent.filter(vote="N")["symbol"].to_list() == ["S/RES/2623 (2022)"]
    # The README counts the two records of one of the resolutions 2820-2822 apart: 86 and 129.
    abstained = dict(permanent.filter(vote="A").group_by("member_iso3").len().rows())
    assert (abstained["CHN"], abstained["RUS"], abstained["USA"]) == (85, 128, 17)
    assert row(SC, symbol="S/RES/1574 (2004)")["date"] == date(2004, 11, 19)
    assert row(SC, symbol="S/RES/2723 (2024)")["listed_yes"] is None
    assert table(SC)["listed_yes"].null_count() == 12


def test_the_human_rights_council() -> None:
    for symbol in ("A/HRC/RES/55/21", "A/HRC/RES/58/17"):
        assert row(HRC, symbol=symbol)["listed_yes"] is None
        assert rows(f"{HRC}_sponsors", symbol=symbol).height > 20


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "80.json"
    path.write_text('{"symbol": "A/RES/80/1"', "utf-8")
    with pytest.raises(TableError, match=r"80\.json:1: expected a JSON object"):
        resolutions({"80.json": path}, {})
