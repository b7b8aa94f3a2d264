"""Panels of the real data sets, against joins that another library makes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from paneling import Made, looked_up

from beholden.errors import MissingDataError, PanelError
from beholden.panel_face import catalogue, panel
from beholden.panels import DYAD_YEAR, STATE_YEAR, Values, build
from beholden.store.shelf import open_table

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.states.timeline import System

YEARS = range(1946, 2021)
KEYS = ("ccode1", "ccode2", "year")


@dataclass(frozen=True)
class Real:
    """One column of a data set with its keys."""

    table: str
    x: str
    state: str = "ccode"
    system: System = "cow"
    symmetric: bool = False


STATES = {
    "cinc": Real("cow_nmc", "cinc"),
    "protection": Real("fariss_lhrs", "theta_mean", "cow"),
}
PAIRS = {
    "trade": Real("cow_trade_v4", "flow1"),
    "distance": Real("cow_mindist", "mindist", symmetric=True),
}


def of_states(real: Real, library: Path) -> Values:
    frame = open_table(real.table, library=library)[0].collect()
    named = frame.select(pl.col(real.state).alias("state"), "year", pl.col(real.x).alias("x"))
    return valued(named.drop_nulls("state"), real)


def of_pairs(real: Real, library: Path) -> Values:
    frame = open_table(real.table, library=library)[0].collect()
    keys = (pl.col("ccode1").alias("state"), pl.col("ccode2").alias("other"), "year")
    return valued(frame.select(*keys, pl.col(real.x).alias("x")), real)


def valued(frame: pl.DataFrame, real: Real) -> Values:
    years = frame["year"]
    span = (int(str(years.min())), int(str(years.max())))
    unit = DYAD_YEAR if "other" in frame.columns else STATE_YEAR
    symmetric = real.symmetric
    return Values(frame, unit, real.system, span, "", "", (real.table,), symmetric=symmetric)


def test_every_directed_dyad_year_equals_polars_joins(library: Path) -> None:
    tables = {name: of_states(real, library) for name, real in STATES.items()}
    tables |= {name: of_pairs(real, library) for name, real in PAIRS.items()}
    found = build(Made(tables), DYAD_YEAR, YEARS).add(*tables)
    frame = found.frame.with_columns(pl.col(KEYS).cast(pl.Int64))
    assert frame.height == 1_823_260
    for name in STATES:
        for side in "12":
            keys = {"state": f"ccode{side}", "x": f"{name}_{side}"}
            own = tables[name].frame.rename(keys)
            check_join(frame, own, [f"ccode{side}", "year"], keys["x"])
    for name, real in PAIRS.items():
        own = tables[name].frame.rename({"state": "ccode1", "other": "ccode2", "x": name})
        if real.symmetric:
            turned = own.rename({"ccode1": "ccode2", "ccode2": "ccode1"})
            own = pl.concat([own, turned.select(own.columns)])
        check_join(frame, own, list(KEYS), name)
    for cover in found.coverage:
        assert cover.present + sum(cover.missing.values()) == cover.expected == 1_823_260


def check_join(frame: pl.DataFrame, own: pl.DataFrame, keys: list[str], name: str) -> None:
    joined = frame.select(KEYS).join(own, on=keys, how="left", maintain_order="left")
    assert joined[name].equals(frame[name]), name


@pytest.mark.parametrize("into", ["cow", "gw"])
def test_a_set_in_iso_codes_equals_a_slow_look_up(into: str, library: Path) -> None:
    table = of_states(Real("freedom_house", "fh_total", "iso3", "iso3"), library)
    known = looked_up(table, into)
    found = build(Made({"x": table}), STATE_YEAR, range(1985, 2024), into).add("x")
    for code, year, _, x in found.frame.iter_rows():
        assert x == known.get((code, year)), (code, year)
    turned = found.of("SUN").frame.filter(pl.col("year") < 1991)
    assert turned["x"].null_count() == 0


def test_the_past_of_the_real_sets_is_nobodys_heritage(library: Path) -> None:
    tables = {"cinc": of_states(STATES["cinc"], library)}
    lagged = build(Made(tables), STATE_YEAR, range(1990, 1994)).add("cinc").lag("cinc")
    told = {(row[0], row[1]): row[-1] for row in lagged.frame.iter_rows()}
    past = looked_up(tables["cinc"], "cow")
    for code, year in ((679, 1990), (255, 1990), (316, 1993), (317, 1993), (369, 1991)):
        assert told[code, year] is None
    for code, year in ((679, 1991), (255, 1991), (365, 1992), (345, 1993), (731, 1990)):
        assert told[code, year] == past[code, year - 1]


def test_the_public_function(library: Path) -> None:
    found = panel("state-year", years=range(1990, 2022), library=library).add("protection")
    north = found.of("PRK").frame
    assert north.height == 32
    assert north["protection"].null_count() == 0
    assert list(found.cite()) == ["cow_states", "fariss_lhrs"]
    assert found.cite()["fariss_lhrs"].startswith("@")
    assert [item.table for item in found.provenance.inputs] == ["fariss_lhrs"]
    same = panel("state-year", range(1990, 2022), library=str(library))
    assert same.add("protection").frame.equals(found.frame)


def test_what_was_not_published_by_the_day_is_not_used(library: Path) -> None:
    late, early = (catalogue(library, day).holdings for day in ("2025-12-31", date(2001, 1, 1)))
    assert late.holds("cow_trade_v4")
    assert not early.holds("cow_trade_v4")
    with pytest.raises(MissingDataError, match="an edition from before 2001-01-01 is needed"):
        panel("state-year", range(1990, 1995), library=library, as_of="2001-01-01").add(
            "protection"
        )


def test_a_pinned_version_is_used_or_named(library: Path) -> None:
    version = open_table("fariss_lhrs", library=library)[1].version
    pinned = panel("state-year", range(1990, 1995), library=library, pins={"fariss_lhrs": version})
    assert pinned.add("protection").frame.height == pinned.grid.height
    with pytest.raises(MissingDataError, match="expected version '1' of"):
        panel("state-year", range(1990, 1995), library=library, pins={"fariss_lhrs": "1"})
    with pytest.raises(PanelError, match='Did you mean "fariss_lhrs"'):
        panel("state-year", range(1990, 1995), library=library, pins={"faris_lhrs": "1"})


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(PanelError, match="expected a day such as 2015-10-22, found '2015'"):
        panel("state-year", range(1990, 1995), as_of="2015")


def test_a_library_without_the_data_names_the_command(tmp_path: Path) -> None:
    empty = panel("state-year", range(1990, 1995), library=tmp_path / "none")
    with pytest.raises(MissingDataError, match="beholden fetch fariss_lhrs --library"):
        empty.add("protection")


def test_every_entry_of_the_catalogue_has_its_bibtex(library: Path) -> None:
    told = catalogue(library).cite(["cow_trade_v4", "cow_nmc"])
    assert [text.split("{")[1].split(",")[0] for text in told.values()] == [
        "cow_trade_v4",
        "cow_nmc",
    ]
