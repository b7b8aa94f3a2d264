"""Profiles and rankings on the data sets themselves, against panels and plain look-ups."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from beholden.cases import facts_folder
from beholden.errors import MissingDataError
from beholden.library_cli import described
from beholden.measures import MEASURES
from beholden.panels import Holdings, build
from beholden.profiles import Field, KeptMeasures, Profile, profile, rank, subject_of
from beholden.profiles.marks import LEADERS
from beholden.profiles.page import page
from beholden.sources.registry import datasets
from beholden.store import Cache, Library
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.profiles.courses import Course

ORIGINALS = Path(__file__).resolve().parents[2].parent / "shared" / "data"
# Enough for trade, leverage, arms, votes, abuse, terror, power and leaders; others stay lacking.
HELD = (
    *("cow_trade_v4", "un_gdp", "sipri_arms", "cow_alliance", "cow_igo_dyads", "cow_nmc"),
    *("un_ideal_points_2025", "fariss_lhrs", "pts", LEADERS),
)


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The worked case's facts, and a few data sets made from the originals."""
    if not ORIGINALS.is_dir():
        pytest.skip("the originals are not at hand")
    root = tmp_path_factory.mktemp("library")
    for name in HELD:
        fetch(described(datasets()[name]), Shelf(root), Folder(ORIGINALS))
    return Library([facts_folder()], Shelf(root))


@pytest.fixture(scope="session")
def measures(small_library: Library, tmp_path_factory: pytest.TempPathFactory) -> KeptMeasures:
    return KeptMeasures(MEASURES, Holdings(small_library.shelf), tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="session")
def make(measures: KeptMeasures, small_library: Library) -> Callable[..., Profile]:
    def made(client: str, patron: str | None = None, first: int = 1946) -> Profile:
        subject = subject_of(client, patron, first, 2024)
        return profile(measures, small_library, subject, "beholden profile")

    return made


def main(found: Profile, name: str) -> Course:
    return next(figure for figure in found.figures if figure.measure.name == name).main


@pytest.mark.parametrize(
    ("client", "patron"), [("CUB", "RUS"), ("PRK", "CHN"), ("SYR", "RUS"), ("MMR", "CHN")]
)
def test_figures_are_those_of_a_panel(
    client: str, patron: str, make: Callable[..., Profile], measures: KeptMeasures
) -> None:
    """A panel finds values by another way: on a roster, by number and year."""
    found = make(client, patron, 1975)
    panel = build(measures, "dyad-year", range(1975, 2015)).add("trade_share", "arms_share")
    codes = {"CUB": 40, "PRK": 731, "SYR": 652, "MMR": 775, "RUS": 365, "CHN": 710}
    rows = panel.frame.filter(
        (pl.col("ccode1") == codes[client]) & (pl.col("ccode2") == codes[patron])
    )
    for name in ("trade_share", "arms_share"):
        own = dict(rows.select("year", name).drop_nulls().iter_rows())
        shown = {p.year: p.value for p in main(found, name).points if p.year < 2015}
        assert shown == pytest.approx(own)
        assert shown


def test_the_soviet_union_and_russia_are_two_stretches(make: Callable[..., Profile]) -> None:
    found = make("CUB", "RUS")
    of = {point.year: point.of for point in main(found, "ideal_point_distance").points}
    assert (of[1990], of[1991], of[1992]) == (("CUB", "SUN"), ("CUB", "SUN"), ("CUB", "RUS"))
    assert main(make("CUB", "SUN"), "ideal_point_distance").points[-1].year == 1991


def test_trade_that_nobody_reported_is_a_gap_and_leaves_no_order(
    make: Callable[..., Profile],
) -> None:
    found = make("CUB", "RUS")
    share = main(found, "trade_share")
    assert not [point.year for point in share.points if 1965 <= point.year <= 1991]
    assert any(gap.first <= 1975 <= gap.last for gap in share.gaps)
    unknown = {one.year: one.unknown for one in found.leagues[0].years if one.unknown}
    assert set(unknown) == {1965, 1970, 1975, 1980, 1985, 1990}
    assert set(unknown.values()) == {
        "trade with the Soviet Union is not in the source, so the total is unknown"
    }


def test_no_order_by_product_where_the_largest_partner_is_missing(
    make: Callable[..., Profile], measures: KeptMeasures
) -> None:
    league = next(
        league for league in make("CUB", "RUS").leagues if league.definition == "trade over product"
    )
    assert all(one.unknown for one in league.years if one.year <= 1990)
    picks = {"definition": "trade over product"}
    with pytest.raises(MissingDataError, match="a partner that may come first has no value"):
        rank(measures, "leverage", Field(over="CUB"), 1985, picks)


def test_china_leads_the_league_over_north_korea(
    make: Callable[..., Profile], measures: KeptMeasures
) -> None:
    found = make("PRK", "CHN")
    last = found.leagues[0].years[-1]
    assert (last.year, last.rows[0].code) == (2014, "CHN")
    assert last.rows[0].value == pytest.approx(0.793, abs=0.001)
    ranked = rank(measures, "leverage", Field(over="PRK"), 2014)
    assert ranked.standings.rows == last.rows
    ranks = measures.values("leverage_rank", {}).frame
    own = ranks.filter((pl.col("state") == 731) & (pl.col("year") == 2014))
    codes = {row.code: row.rank for row in ranked.standings.rows}
    assert len(codes) == own.height
    assert codes["CHN"] == own.filter(pl.col("other") == 710)["x"].item() == 1


def test_the_case_file_stands_beside_the_data_set(make: Callable[..., Profile]) -> None:
    found = make("PRK", "CHN")
    share = next(figure for figure in found.figures if figure.measure.name == "trade_share")
    facts = next(strand for strand in share.strands if strand.role == "facts")
    assert facts.label == "in the case file"
    assert max(point.year for point in facts.course.points) == 2024
    assert found.marks is not None
    assert found.marks.source == "case file"


def test_leaders_mark_the_years_where_there_is_no_case_file(make: Callable[..., Profile]) -> None:
    found = make("SYR", "RUS")
    assert found.marks is not None
    assert [mark.year for mark in found.marks.marks][-2:] == [1971, 2000]
    assert LEADERS in {record.dataset for record in found.records}


def test_what_the_library_lacks_is_named_with_one_command(
    make: Callable[..., Profile], small_library: Library
) -> None:
    found = make("PRK", "CHN")
    lacking = {item.measure.name: item.needs for item in found.lacking}
    assert lacking["electoral_democracy"] == ("vdem_v15_indices",)
    assert not set(HELD) & {name for needs in lacking.values() for name in needs}
    assert found.fetch.startswith("beholden fetch ")
    assert found.fetch.endswith(f"--library {small_library.shelf.root}")
    assert "vdem_v15_indices" in found.fetch
    text = page(found, Cache(None))
    assert "Not computed for want of data sets." in text
    assert found.fetch in text


def test_every_data_set_shown_is_cited(make: Callable[..., Profile]) -> None:
    found = make("PRK", "CHN")
    shown = {name for figure in found.figures for name in figure.sources}
    assert shown == {record.dataset for record in found.records}
    text = page(found, Cache(None))
    for record in found.records:
        assert f'id="data-{record.dataset}"' in text
    assert "Case file: China as patron of North Korea" in text


def test_peers_are_the_nearest_of_all_states(
    make: Callable[..., Profile], measures: KeptMeasures
) -> None:
    peers = make("PRK").peers
    assert peers is not None
    assert peers.own.code == "PRK"
    distances = [peer.distance for peer in peers.nearest]
    assert distances == sorted(distances)
    frame = measures.values("terror_scale", {}).frame.filter(pl.col("year") == peers.year)
    at = [measure.name for measure in peers.measures].index("terror_scale")
    highest = frame["x"].max()
    assert peers.own.values[at] == highest
    assert all(peer.shared >= len(peers.measures) / 2 for peer in peers.nearest)


def test_terror_is_ranked_over_all_states(measures: KeptMeasures) -> None:
    found = rank(measures, "terror_scale", Field(), 2020)
    values = np.array([row.value for row in found.standings.rows])
    assert (np.diff(values) <= 0).all()
    first = {row.code for row in found.standings.rows if row.rank == 1}
    assert "PRK" in first


def test_clients_of_china(measures: KeptMeasures) -> None:
    found = rank(measures, "trade_share", Field(of="CHN"), 2014)
    north = found.standings.of("PRK")
    assert north is not None
    assert north.rank <= 3
    assert found.label == "partner's share of the client's trade, in Correlates of War trade 4.0"


def test_a_year_beyond_the_data_names_the_last(measures: KeptMeasures) -> None:
    with pytest.raises(MissingDataError, match="in 2020; the first year with data is 1992, the"):
        rank(measures, "trade_share", Field(over="BLR"), 2020)


def test_a_library_without_data_sets_says_what_to_fetch(tmp_path: Path) -> None:
    empty = KeptMeasures(MEASURES, Holdings(Shelf(tmp_path)), None)
    with pytest.raises(MissingDataError) as found:
        profile(empty, Library([], Shelf(tmp_path)), subject_of("SYR", "RUS", 1946, 2024))
    assert "found none that has a figure. Get them with: beholden fetch " in str(found.value)
    assert "cow_trade_v4" in found.value.needs
