"""Capabilities, GDP and population by state-year on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import faults, row, rows, table
from checking_trade import number

NMC, LATENT = "cow_nmc", "gdp_pop_latent"
GDP, POPULATION = "gdp_population_gw_gdp", "gdp_population_gw_population"


@pytest.mark.parametrize("name", [NMC, LATENT, GDP, POPULATION])
def test_the_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize(
    ("name", "code", "size", "states"),
    [
        (NMC, "ccode", 17_121, 217),
        (LATENT, "ccode", 16_536, 217),
        (GDP, "gwcode", 12_188, 204),
        (POPULATION, "gwcode", 20_849, 225),
    ],
)
def test_size(name: str, code: str, size: int, states: int) -> None:
    assert table(name).height == size
    assert table(name)[code].n_unique() == states
    assert not rows(name, **{code: 731}).is_empty()
    assert not rows(name, **{code: 710}).is_empty()


def test_capabilities_of_north_korea() -> None:
    found = rows(NMC, ccode=731)
    assert (found["year"].min(), found["year"].max()) == (1948, 2022)
    now = row(NMC, ccode=731, year=2014)
    assert (now["milper"], now["tpop"]) == (1190, 25_116)
    cinc = [round(number(NMC, "cinc", ccode=731, year=year), 4) for year in (2014, 2022)]
    assert cinc == [0.0132, 0.0141]
    gaps = found.filter(pl.col("milex").is_null())["year"].to_list()
    assert gaps == [*range(1949, 1958), 1959, *range(2002, 2023)]


def test_urban_population_jumps() -> None:
    cells = [row(NMC, ccode=731, year=year)["upop"] for year in (2016, 2022)]
    assert cells == [4865, 15_528]


def test_capability_sums_to_one_only_in_the_early_sixties() -> None:
    sums = table(NMC).group_by("year").agg(pl.col("cinc").sum())
    whole = sums.filter((pl.col("cinc") - 1).abs() < 1e-6)["year"]
    assert sorted(whole) == [1961, 1962, 1963, 1964]


def test_missing_is_never_a_code() -> None:
    for name in (NMC, LATENT, POPULATION):
        frame = table(name).select(pl.col(pl.Float64))
        assert not (frame < 0).select(pl.any_horizontal(pl.all().any())).item()


def test_latent_gdp_of_north_korea() -> None:
    found = rows(LATENT, ccode=731)
    assert found["year"].to_list() == list(range(1948, 2020))
    assert sum(found.null_count().row(0)) == 0
    years = (1990, 2014, 2019)
    heads = [number(LATENT, "mrgdppc", ccode=731, year=year) for year in years]
    spread = [number(LATENT, "sd_mrgdppc", ccode=731, year=year) for year in years]
    assert [round(head) for head in heads] == [2543, 1761, 1708]
    shares = [one / head for one, head in zip(spread, heads, strict=True)]
    assert shares == pytest.approx([0.17] * 3, abs=0.02)
    assert rows(LATENT, ccode=710)["year"].min() == 1860


def test_imputed_north_korea() -> None:
    # 604.56 dollars, which the notes on the file give as 604.
    assert int(number(GDP, "ny_gdp_pcap_kd", gwcode=731, year=2024)) == 604
    assert round(number(POPULATION, "pop", gwcode=731, year=2024) / 1000, 1) == 26.5


def test_gaps_stay_gaps() -> None:
    assert table(POPULATION)["pop"].null_count() == 38
    assert table(GDP)["ny_gdp_pcap_kd"].null_count() == 37
