"""The full country-year file of V-Dem: one in its very form, with the values of the extracts."""

from __future__ import annotations

import csv
import hashlib
from functools import partial
from typing import TYPE_CHECKING

import polars as pl
import pytest
from checking_rights import faults_of_description, table

from beholden.errors import TableError
from beholden.library_cli import described
from beholden.sources import dataset
from beholden.sources.brought import settled
from beholden.sources.sets import vdem
from beholden.sources.vdem_table import check_country_years, read_country_years
from beholden.store.answers import FetchError
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "V-Dem-CY-Full+Others-v15.csv"
EMPTY = 3_000
TEXT = ("country_name", "country_text_id", "historical_date", "histname")
# V-Dem's columns from the name to the number of Correlates of War, in its order.
IDENTITY = """
country_name country_text_id country_id year historical_date project historical histname
codingstart codingend codingstart_contemp codingend_contemp codingstart_hist codingend_hist
gapstart1 gapstart2 gapstart3 gapend1 gapend2 gapend3 gap_index COWcode
"""


def extracts() -> pl.DataFrame:
    """The extracts joined: indices of v15, items of v15 and v12 where they have them."""
    whole = table("vdem_v15_indices").rename(
        {"vdem_country_name": "country_name", "vdem_cowcode": "COWcode"}
    )
    items = table("vdem_v15_indicators").rename({"country_code": "country_text_id"})
    long = table("vdem_v12_long").select("country_name", "year", "v2x_clphy", "v2cltort", "e_pop")
    subset = table("vdem_v12_subset")
    moves = subset.select(
        "year",
        pl.col("^lag0_v2cl(fmove|dmovem|dmovew|kill)$").name.map(lambda name: name[5:]),
        gwn="gwcode",
    )
    whole = whole.join(items, on=["country_text_id", "year"], how="left", maintain_order="left")
    whole = whole.join(long, on=["country_name", "year"], how="left", maintain_order="left")
    return whole.join(moves, on=["gwn", "year"], how="left", maintain_order="left")


def cell(value: object, name: str) -> str:
    """As V-Dem writes it: texts in quotation marks, nothing where nothing is known."""
    if value is None:
        return ""
    if name in TEXT:
        return '"' + str(value).replace('"', '""') + '"'
    return str(int(value)) if isinstance(value, bool) else str(value)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file, with some thousand columns more than the extracts have."""
    frame = extracts()
    first = IDENTITY.split()
    names = first + [name for name in vdem.WANTED if name not in first]
    path = tmp_path_factory.mktemp("originals") / NAME
    extra = "," * EMPTY
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(names + [f"v2other{number}" for number in range(EMPTY)]) + "\n")
        for row in frame.iter_rows(named=True):
            file.write(",".join(cell(row.get(name), name) for name in names) + extra + "\n")
    return path


@pytest.fixture(scope="module")
def shelf(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """A library that has fetched it."""
    held = Shelf(tmp_path_factory.mktemp("library"))
    bring(held, original.parent)
    return held


def bring(held: Shelf, folder: Path) -> str:
    description = described(settled(dataset("vdem"), str(folder), held))
    return fetch(description, held, Folder(folder)).record.edition


def rows(held: Shelf, **where: object) -> pl.DataFrame:
    return held.open("vdem")[0].filter(**where).collect()


def test_the_description_is_whole() -> None:
    assert faults_of_description("vdem") == []
    assert 60 <= len(vdem.DATASET.columns) <= 100
    assert vdem.DATASET.originals == ()


def test_the_record_says_which_file_it_was(shelf: Shelf, original: Path) -> None:
    record = shelf.record("vdem")
    (file,) = record.originals
    assert (file.file, file.size) == (f"vdem/{NAME}", original.stat().st_size)
    assert file.sha256 == hashlib.sha256(original.read_bytes()).hexdigest()
    assert (record.version, record.table.rows) == ("v15", 27_913)
    assert "Dataset v15" in record.citation
    assert (record.released, vdem.words("14")["released"]) == ("2025-03-13", "")
    assert set(record.table.columns) == set(vdem.DATASET.columns) | {"iso3"}


def test_values_are_those_of_the_extracts(shelf: Shelf) -> None:
    korea = rows(shelf, country_text_id="PRK")
    assert (korea.height, korea["year"].min(), korea["year"].max()) == (80, 1945, 2024)
    year = rows(shelf, country_text_id="PRK", year=2013).row(0, named=True)
    expected = {"v2x_polyarchy": 0.085, "v2x_libdem": 0.014, "v2clfmove": -3.585}
    expected |= {"v2clstown": -3.515, "v2x_clphy": 0.032, "v2cltort": -2.482}
    assert {name: year[name] for name in expected} == pytest.approx(expected, abs=0.0006)
    china = rows(shelf, country_text_id="CHN", year=2013).row(0, named=True)
    assert china["v2clfmove"] == pytest.approx(-0.615, abs=0.0006)
    # Nothing about torture in v12 after 2021, and nothing becomes 0.
    assert rows(shelf, country_text_id="PRK", year=2024)["v2cltort"].to_list() == [None]
    assert rows(shelf)["v2cldmovem_codelow"].null_count() == 27_913


def test_all_values_are_those_of_the_indices(shelf: Shelf) -> None:
    codes = [f"v2x_{name}{end}" for name in ("polyarchy", "libdem") for end in vdem.ENDS]
    other = table("vdem_v15_indices").sort("country_text_id", "year").select(codes)
    assert rows(shelf).sort("country_text_id", "year").select(codes).equals(other)


def test_codes_are_its_own_and_states_are_those_of_the_date(shelf: Shelf) -> None:
    germany = rows(shelf, country_text_id="DEU")
    assert set(germany.filter(pl.col("year").is_between(1949, 1990))["cowcode"]) == {260}
    assert set(germany.filter(pl.col("year") > 1990)["cowcode"]) == {255}
    assert rows(shelf, country_text_id="YEM", year=2000)["cowcode"].to_list() == [679]
    assert set(rows(shelf, country_text_id="SRB")["cowcode"]) == {345}
    south = rows(shelf, country_text_id="VDR", year=1970).row(0, named=True)
    assert (south["cowcode"], south["iso3"]) == (817, "VNM")
    colony = rows(shelf, country_text_id="KOR", year=1930).row(0, named=True)
    assert (colony["histname"], colony["iso3"]) == ("Korea under Japanese occupation", None)


def test_a_changed_file_is_another_edition_beside_the_old_one(
    original: Path, tmp_path: Path
) -> None:
    held = Shelf(tmp_path / "library")
    first = bring(held, original.parent)
    changed = tmp_path / NAME
    changed.write_bytes(original.read_bytes().replace(b",0.085,", b",0.086,", 1))
    second = bring(held, tmp_path)
    assert first != second
    assert {record.edition for record in held.records("vdem")} == {first, second}
    current = held.current("vdem")
    assert current is not None
    assert current.edition == second
    assert bring(held, original.parent) == first


def test_a_file_that_changes_under_the_copying_is_refused(original: Path, tmp_path: Path) -> None:
    held = Shelf(tmp_path / "library")
    path = tmp_path / NAME
    path.write_bytes(original.read_bytes())
    description = described(settled(dataset("vdem"), str(tmp_path), held))
    path.write_bytes(original.read_bytes().replace(b",0.085,", b",0.086,", 1))
    with pytest.raises(FetchError, match="found SHA-256"):
        fetch(description, held, Folder(tmp_path))
    assert held.records("vdem") == ()


def shortened(original: Path, lines: int, rest: int = 0) -> bytes:
    """Its first lines, and so many bytes of the next."""
    with original.open("rb") as file:
        return b"".join(file.readline() for _ in range(lines)) + file.readline()[:rest]


def twice(original: Path) -> bytes:
    """With the second row once more, in place of the last."""
    lines = original.read_bytes().splitlines(keepends=True)
    return b"".join([*lines[:-1], lines[1]])


def without(column: bytes, original: Path) -> bytes:
    return original.read_bytes().replace(b"," + column + b",", b",another,", 1)


WRONG: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "login": (lambda _: b"<!DOCTYPE html><html>Log in</html>", "a web page, perhaps for a login"),
    "other": (lambda _: b"Country,Year,PTS_A\nCuba,2001,3\n", "no column country_name, .* of 3 co"),
    "empty": (lambda _: b"", "in its header of 0 columns"),
    "latin": (lambda _: "País,v2clfmove\n".encode("latin-1"), "no header of a CSV file"),
    "header": (lambda it: shortened(it, 0, 300), r"no column .*v2clfmove, .* of 25 columns"),
    "lacking": (partial(without, b"v2clfmove"), "no column v2clfmove in its header"),
    "broken": (lambda it: shortened(it, 20_000, 90), r"cells in the last line and 3110 in the"),
    "short": (lambda it: shortened(it, 20_001), "20,000 rows where 27,000 to 33,000"),
    "countries": (lambda it: shortened(it, 27_301), "198 countries where 200 to 212"),
    "twice": (twice, "1 rows more than pairs of country_id and year"),
    "words": (
        lambda it: it.read_bytes().replace(b'"MEX",3,', b'"MEX",x,', 1),
        "1 cells without a number in country_id and year",
    ),
    "ragged": (
        lambda it: it.read_bytes().replace(b'"MEX",3,', b'"MEX",3,3,3,', 1),
        "the years 3 to 2024, where version 15 has 1789 to 2024",
    ),
}


@pytest.mark.parametrize("kind", WRONG)
def test_another_file_of_that_name_is_refused(original: Path, tmp_path: Path, kind: str) -> None:
    make, message = WRONG[kind]
    (tmp_path / NAME).write_bytes(make(original))
    held = Shelf(tmp_path / "library")
    with pytest.raises(TableError, match=message):
        settled(dataset("vdem"), str(tmp_path), held)


def test_a_version_that_the_years_belie_is_refused(original: Path, tmp_path: Path) -> None:
    path = tmp_path / "V-Dem-CY-Full+Others-v14.csv"
    path.symlink_to(original)
    with pytest.raises(TableError, match="1789 to 2024, where version 14 has 1789 to 2023"):
        check_country_years(path, "14", vdem.NEEDED)


def test_versions_are_cited_with_a_doi_only_where_it_is_known() -> None:
    assert vdem.words("15")["doi"] == "10.23696/vdemds25"
    assert vdem.words("14")["doi"] == ""
    assert "doi" not in vdem.words("14")["citation"] + vdem.words("14")["bibtex"]
    assert "(2024)" in vdem.words("14")["citation"]
    assert vdem.words("11.1")["span"] == (1789, 2020)


def test_absent_columns_blanks_marks_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / NAME
    names = ["country_text_id", "year", "historical_date", "v2clfmove", "unwanted"]
    lines = [names, ["PRK", "2013", "2013-12-31", "NA", "x"], ["CHN", "2013", "2013-12-31", "", ""]]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(lines)
    found = read_country_years(
        path, [*names[:4], "v2x_regime"], text=("country_text_id",), whole=("year", "v2x_regime")
    )
    assert found["country_text_id"].to_list() == ["CHN", "PRK"]
    assert found["v2clfmove"].null_count() == found["v2x_regime"].null_count() == 2
    assert found.schema["v2x_regime"] == pl.Int64
    assert found.width == 5


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(b"country_text_id,year,historical_date\nM\xc9X,2013,2013-12-31\n")
    with pytest.raises(TableError, match="found lines that do not fit its header"):
        read_country_years(path, ["country_text_id", "year", "historical_date"], text=(), whole=())
