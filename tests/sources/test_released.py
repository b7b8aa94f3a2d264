"""When every data set became public, and whether what is kept of it says so too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
import pytest
from checking_rights import table

from beholden.dates import span_of
from beholden.library_cli import described
from beholden.sources.base import Column, Dataset, Original
from beholden.sources.registry import dataset, datasets
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.records import read_record
from beholden.store.shelf import RECORD, Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

# Sets whose edition nobody dates, each with the reason.
UNDATED = {
    "cow_mindist": "the package computed it anew after its version 1.1.0; no version is dated",
    "fariss_lhrs": "neither its repository nor its deposit as reported dates v4.02",
    "fariss_lhrs_indicators": "as fariss_lhrs: the data prepared for it",
    "gdp_population_gw_gdp": "the V-Dem Institute filled it for its own use, without a date",
    "gdp_population_gw_population": "the V-Dem Institute filled it for its own use, undated",
    "gw_mindist": "the package computed it anew after its version 1.1.0; no version is dated",
    "input_genocide": "an input of the scores v4.02, which nobody dates",
    "input_mass_killing": "an input of the scores v4.02, which nobody dates",
    "input_targeted_mass_killing": "an input of scores in preparation, which nobody dates",
    "input_world_handbook": "an input of the scores v4.02; the archive's edition is not dated",
    **dict.fromkeys(
        ("state_codes_cow_gw", "state_codes_gw_cow", "state_codes_list", "state_codes_panel"),
        "the commit of the package's repository is not dated",
    ),
    "un_sc_dprk_votes_compiled": "compiled by hand for this library and published nowhere else",
    "vdem": "users bring the file, and its date hangs on its version",
    **dict.fromkeys(
        (name for name in datasets() if "_dgacm" in name),
        "the commit of the Secretariat's repository is not dated; its rows are acts",
    ),
}
NAMES = tuple(datasets())
ACTS = tuple(name for name, one in datasets().items() if one.acts)


@cache
def day(name: str) -> date | None:
    """The day by which the edition was certainly public."""
    text = dataset(name).released
    return span_of(text)[1] if text else None


@pytest.mark.parametrize("name", NAMES)
def test_every_set_says_when_it_was_released_or_is_known_not_to(name: str) -> None:
    assert (day(name) is None) == (name in UNDATED), dataset(name).released


def test_sets_without_a_date_are_there() -> None:
    assert set(UNDATED) <= set(NAMES)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ACTS])
def test_no_edition_is_older_than_what_it_tells(name: str) -> None:
    # Acts may be listed before their year: members of the Security Council are elected ahead.
    if name not in UNDATED:
        found = day(name)
        assert found is not None
        assert found.year >= dataset(name).span[1]


def test_editions_follow_each_other() -> None:
    for earlier, later in (
        ("cow_trade_v3", "cow_trade_v4"),
        ("fariss_lhrs_v3_01", "fariss_lhrs_v4_01"),
        ("hfi_2018", "hfi_2021"),
        ("sipri_arms_deliveries", "sipri_arms"),
        ("un_ideal_points_2020", "un_ideal_points_2025"),
        ("vdem_v12_subset", "vdem_v15_indices"),
    ):
        first, second = day(earlier), day(later)
        assert first is not None
        assert second is not None
        assert first < second


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_dated_by_a_column_that_is_described(name: str) -> None:
    one = dataset(name)
    assert one.acts in one.columns
    assert name.startswith(("un_", "hr_commitments"))


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_dated_by_a_date_or_a_whole_year(name: str) -> None:
    frame, column = table(name), dataset(name).acts
    assert frame.schema[column] in {pl.Date, pl.Int64}
    assert frame[column].null_count() < frame.height / 1000
    if frame.schema[column] == pl.Int64:
        low, high = frame[column].min(), frame[column].max()
        assert (low, high) == dataset(name).span
        # A year would hide a day that is there.
        assert pl.Date not in {frame.schema[key] for key in ("date",) if key in frame.columns}


@pytest.mark.parametrize("kind", ["un_ga_votes_", "un_hrc_votes_", "un_sc_", "un_upr_"])
def test_votes_drafts_and_recommendations_are_acts(kind: str) -> None:
    found = {name for name in NAMES if name.startswith(kind)}
    assert found
    assert found <= set(ACTS)


def test_statistics_and_expert_codings_are_no_acts() -> None:
    for name in ("pts", "cow_trade_v4", "un_ideal_points_2025", "unhcr_population", "un_gdp"):
        assert dataset(name).acts == ""


def made(folder: Path) -> Dataset:
    """A set of one file that lies in a folder."""
    text = b"row,date\n1,2006-10-14\n"
    folder.mkdir()
    (folder / "made.csv").write_bytes(text)
    original = Original("made.csv", hashlib.sha256(text).hexdigest(), len(text), "")

    def read(paths: Mapping[str, Path]) -> pl.DataFrame:
        return pl.read_csv(paths["made.csv"], try_parse_dates=True)

    return Dataset(
        name="made",
        title="Made",
        producer="Nobody",
        version="1",
        home="",
        doi="",
        licence="",
        redistribution="unknown",
        citation="",
        bibtex="",
        unit="vote",
        keys=("row",),
        span=(2006, 2006),
        originals=(original,),
        columns={"row": Column("number"), "date": Column("day")},
        read=read,
        released="2018-12",
        acts="date",
    )


def test_what_is_kept_says_it_too(tmp_path: Path) -> None:
    one, shelf = made(tmp_path / "files"), Shelf(tmp_path / "library")
    record = fetch(described(one), shelf, Folder(tmp_path / "files")).record
    assert (record.released, record.acts) == ("2018-12", "date")
    path = shelf.place(record) / RECORD
    assert read_record(path) == record
    found = json.loads(path.read_text("utf-8"))
    assert (found["released"], found["acts"]) == ("2018-12", "date")


def test_records_that_are_older_than_the_fields_still_read(tmp_path: Path) -> None:
    one, shelf = made(tmp_path / "files"), Shelf(tmp_path / "library")
    record = fetch(described(one), shelf, Folder(tmp_path / "files")).record
    path = shelf.place(record) / RECORD
    found = json.loads(path.read_text("utf-8"))
    del found["released"], found["acts"]
    path.write_text(json.dumps(found), "utf-8")
    old = read_record(path)
    assert old == record.model_copy(update={"released": "", "acts": ""})


def test_a_date_is_no_part_of_what_an_edition_is(tmp_path: Path) -> None:
    one = made(tmp_path / "files")
    dated = described(replace(one, released="1999", acts=""))
    assert dated.edition == described(one).edition
