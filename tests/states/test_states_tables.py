"""The shipped tables: whole, consistent, and equal to the published lists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import polars as pl
import pycountry
import pytest

from beholden.states import spells, states
from beholden.states.records import Spell, identities, read
from beholden.states.timeline import timeline

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LISTS = SHARED / "data" / "state_system"
needs_shared = pytest.mark.skipif(
    not LISTS.is_dir(), reason="the published lists lie in ../shared, which is not here"
)
LAST_DAY = {"cow": date(2016, 12, 31), "gw": date(2020, 12, 31)}
FILES = {"cow": ("cw_system", "ccode"), "gw": ("gw_system", "gwcode")}

Row = tuple[int, date, date]


def published(system: str) -> list[Row]:
    file, code = FILES[system]
    frame = pl.read_parquet(LISTS / f"{file}.parquet")
    return [(row[code], row["start"], row["end"]) for row in frame.to_dicts()]


def members(rows: list[Row], first: date, last: date) -> set[int]:
    return {code for code, start, end in rows if start <= last and first <= end}


@needs_shared
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_spells_equal_the_published_list(system: str) -> None:
    ours = [(s.code, s.start, s.listed_end) for s in spells(system)]
    assert sorted(ours) == sorted(published(system))


@needs_shared
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_abbreviations_and_names_equal_the_published_list(system: str) -> None:
    file, code = FILES[system]
    prefix = "cw" if system == "cow" else "gw"
    frame = pl.read_parquet(LISTS / f"{file}.parquet")
    theirs = {tuple(r) for r in frame.select(code, f"{prefix}_abb", f"{prefix}_name").rows()}
    assert {(s.code, s.abbreviation, s.name) for s in spells(system)} == theirs


@needs_shared
@pytest.mark.parametrize("system", ["cow", "gw"])
def test_members_of_every_year_equal_the_published_list(system: str) -> None:
    rows = published(system)
    for year in range(1816, LAST_DAY[system].year + 1):
        ours = {getattr(state, system) for state in states(year, system)}
        assert ours == members(rows, date(year, 1, 1), date(year, 12, 31)), year


@needs_shared
def test_gw_without_microstates_equals_the_other_copy_of_the_list() -> None:
    frame = pl.read_parquet(SHARED / "data" / "state_codes" / "gw_states.parquet")
    theirs = [
        (int(r["gwcode"]), date.fromisoformat(r["startdate"]), date.fromisoformat(r["enddate"]))
        for r in frame.to_dicts()
    ]
    for year in (1816, 1900, 1950, 1990, 2016):
        ours = {state.gw for state in states(year, "gw", microstates=False)}
        assert ours == members(theirs, date(year, 1, 1), date(year, 12, 31)), year


@pytest.mark.parametrize(
    ("year", "cow", "gw", "gw_large"),
    [(1950, 75, 86, 82), (1990, 165, 172, 152), (2016, 195, 197, 174)],
)
def test_number_of_members(year: int, cow: int, gw: int, gw_large: int) -> None:
    assert len(states(year, "cow")) == cow
    assert len(states(year, "gw")) == gw
    assert len(states(year, "gw", microstates=False)) == gw_large


def test_only_what_reaches_the_last_day_is_open() -> None:
    for spell in (*spells("cow"), *spells("gw")):
        assert (spell.end is None) == (spell.listed_end == LAST_DAY[spell.system]), spell
        assert spell.end in (None, spell.listed_end)
        assert spell.source


def overlapping(rows: list[Spell]) -> list[tuple[Spell, Spell]]:
    pairs = pairwise(rows)
    return [(a, b) for a, b in pairs if a.code == b.code and b.start <= a.listed_end]


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_spells_of_one_code_never_overlap(system: str) -> None:
    rows = sorted(spells(system), key=lambda s: (s.code, s.start))
    assert all(s.start <= s.listed_end for s in rows)
    assert overlapping(rows) == []


@pytest.mark.parametrize("system", ["iso3", "cow", "gw", "m49"])
def test_no_code_names_two_states_on_one_day(system: str) -> None:
    rows = sorted(
        (getattr(s, system), s.start, s.last) for s in timeline() if getattr(s, system) is not None
    )
    clashes = [(a, b) for a, b in pairwise(rows) if a[0] == b[0] and b[1] <= a[2]]
    assert clashes == []


@pytest.mark.parametrize("system", ["cow", "gw"])
def test_every_day_of_every_spell_has_a_state(system: str) -> None:
    listed: Counter[int] = Counter()
    for spell in spells(system):
        listed[spell.code] += ((spell.end or date.max) - spell.start).days + 1
    covered: Counter[int] = Counter()
    for state in timeline():
        code = getattr(state, system)
        if code is not None:
            covered[code] += (state.last - state.start).days + 1
    assert covered == listed


def test_codes_are_those_of_iso() -> None:
    now = {c.alpha_3: int(c.numeric) for c in pycountry.countries}
    then = {c.alpha_3 for c in pycountry.historic_countries}
    for row in identities():
        if row.iso3 is None:
            continue
        assert row.iso3 in now or row.iso3 in then, row
        if row.end == date.max:
            assert row.m49 == now[row.iso3], row
    also = {row.also for row in identities() if row.also}
    assert also - then == {"ROM", "XKX"}


@pytest.mark.parametrize("iso3", ["SUN", "DDR", "YMD", "CSK", "SCG"])
def test_numbers_of_withdrawn_codes_are_those_of_iso(iso3: str) -> None:
    withdrawn = pycountry.historic_countries.get(alpha_3=iso3)
    assert withdrawn is not None
    assert {row.m49 for row in identities() if row.iso3 == iso3} == {int(withdrawn.numeric)}


def test_states_without_iso_code() -> None:
    assert {row.name for row in identities() if row.iso3 is None} == {
        *("Abkhazia", "Austria-Hungary", "Baden", "Bavaria", "Great Colombia", "Hanover"),
        *("Hesse-Darmstadt", "Hesse-Kassel", "Korea", "Kosovo", "Mecklenburg-Schwerin", "Modena"),
        *("Orange Free State", "Papal States", "Parma", "Russia", "Saxony", "Serbia"),
        *("South Ossetia", "Tibet", "Transvaal", "Tuscany", "Two Sicilies"),
        *("United Provinces of Central America", "Vietnam (Annam)", "Württemberg", "Zanzibar"),
    }


@pytest.mark.parametrize(
    "table", ["spells.csv", "iso_codes.csv", "successions.csv", "un_seats.csv"]
)
def test_every_row_says_where_it_is_from(table: str) -> None:
    cited = (Path(__file__).parents[2] / "src/beholden/states/tables/README.md").read_text("utf-8")
    rows = read(table)
    assert rows
    assert all(row["source"] for row in rows)
    assert f"`{table}`" in cited


def test_abbreviations_that_are_the_iso_code_of_another_state() -> None:
    own: dict[str, set[tuple[str, int | None]]] = {}
    for row in identities():
        own.setdefault(row.iso3 or "", set()).update({("cow", row.cow), ("gw", row.gw)})
    clashes = {
        spell.abbreviation
        for spell in (*spells("cow"), *spells("gw"))
        if spell.abbreviation in own and (spell.system, spell.code) not in own[spell.abbreviation]
    }
    # The page on states tells these to the reader, since no message can catch them.
    page = (Path(__file__).parents[2] / "docs/states.md").read_text("utf-8")
    assert clashes == {"AUS", "CZE", "KOR", "MNG", "SLV", "SWZ", "VNM"}
    told = page[page.index("A trap that no message can catch") :]
    assert all(word in told.split("##")[0] for word in clashes)
