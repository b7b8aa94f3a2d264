"""Against countrycode, an independent crosswalk (Arel-Bundock et al. 2018), kept to this test."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from beholden.errors import UnknownStateError
from beholden.states import State, find, states

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CODES = SHARED / "data" / "state_system" / "codelist_without_cldr.csv"
PANEL = SHARED / "data" / "state_codes" / "codelist_panel.parquet"
pytestmark = pytest.mark.skipif(
    not (CODES.is_file() and PANEL.is_file()), reason="countrycode's tables lie in ../shared"
)

# What countrycode says of today's states, and why we say otherwise: {ISO: (theirs, ours)}.
COW_DIFFERENCES = {
    "SRB": (None, 345),  # left out there, as its 345 is Yugoslavia; COW's list runs 345 on
    "VAT": (327, None),  # 327 is the Papal States, gone in 1860; the Holy See is in neither list
}
GW_DIFFERENCES = {
    "VAT": (327, None),
    "VNM": (815, 816),  # 815 is Annam, gone in 1893
    "YEM": (None, 678),  # left out there, as its 678 is the Yemen Arab Republic; GW runs 678 on
}

# {(their name, code): ISO codes (theirs, ours)} over all years to 2016.
PANEL_DIFFERENCES = {
    # It gives no ISO code to states that ISO withdrew.
    ("Yemen People's Republic", 680): {(None, "YMD")},
    ("Czechoslovakia", 315): {(None, "CSK")},
    ("German Democratic Republic", 265): {(None, "DDR")},
    ("Republic of Vietnam", 817): {(None, "VNM")},
    ("Yugoslavia", 345): {(None, "YUG"), (None, "SCG"), (None, "SRB")},
    ("Yemen Arab Republic", 678): {(None, "YEM")},
    # It carries today's code back to states that ISO had coded otherwise or not at all.
    ("Russia", 365): {("RUS", "SUN"), ("RUS", None)},
    ("Serbia", 340): {("SRB", None)},
    ("Vietnam", 816): {("VNM", "VDR")},
    ("Vietnam", 815): {("VNM", None)},
    ("South Korea", 730): {("KOR", None)},
    ("Colombia", 99): {("COL", None)},
    ("Vatican City", 327): {("VAT", None)},
}


def found(iso3: str) -> State | None:
    try:
        return find(iso3, 2015)
    except UnknownStateError:
        return None


@pytest.fixture(scope="module")
def codelist() -> list[dict[str, object]]:
    frame = pl.read_csv(CODES, infer_schema_length=None, null_values=["NA", ""])
    return frame.filter(pl.col("iso3c").is_not_null()).to_dicts()


def differences(
    codelist: list[dict[str, object]], theirs: str, ours: str
) -> dict[str, tuple[object, object]]:
    compared = {
        str(row["iso3c"]): (row[theirs], getattr(found(str(row["iso3c"])), ours, None))
        for row in codelist
    }
    return {iso3: pair for iso3, pair in compared.items() if pair[0] != pair[1]}


def test_cow_codes_of_today(codelist: list[dict[str, object]]) -> None:
    assert differences(codelist, "cown", "cow") == COW_DIFFERENCES


def test_gw_codes_of_today(codelist: list[dict[str, object]]) -> None:
    micro = {s.iso3 for s in states(2015, "gw")} - {
        s.iso3 for s in states(2015, "gw", microstates=False)
    }
    rest = differences(codelist, "gwn", "gw")
    # It has none of GW's microstates.
    assert {iso3 for iso3, pair in rest.items() if iso3 in micro and pair[0] is None} == {
        iso3 for iso3 in micro if iso3 is not None and iso3 in rest
    }
    assert {i: pair for i, pair in rest.items() if i not in micro} == GW_DIFFERENCES


def test_germany_is_255_in_one_list_and_260_in_the_other(
    codelist: list[dict[str, object]],
) -> None:
    (row,) = [row for row in codelist if row["iso3c"] == "DEU"]
    ours = find("DEU", 2015)
    assert (row["cown"], row["gwn"]) == (ours.cow, ours.gw) == (255, 260)


def test_m49_numbers_of_today(codelist: list[dict[str, object]]) -> None:
    listed = [row for row in codelist if found(str(row["iso3c"]))]
    assert len(listed) > 190
    assert differences(listed, "iso3n", "m49") == {}


def test_every_code_and_year_of_its_panel() -> None:
    frame = pl.read_parquet(PANEL).filter(pl.col("year") <= 2016)
    seen: dict[tuple[str, int], set[tuple[str | None, str | None]]] = {}
    for row in frame.select("country.name.en", "iso3c", "year", "cown", "gwn").to_dicts():
        for column, system in (("cown", "cow"), ("gwn", "gw")):
            if row[column] is None:
                continue
            code = int(row[column])
            ours = find(code, int(row["year"]), system).iso3
            if ours != row["iso3c"]:
                key = (row["country.name.en"], code)
                seen.setdefault(key, set()).add((row["iso3c"], ours))
    assert seen == PANEL_DIFFERENCES
