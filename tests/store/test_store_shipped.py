"""The shipped facts: the bytes that the manifest names, and those that were given."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from beholden.cases import facts_folder
from beholden.store import Library
from beholden.store.manifest import TableEntry, read_manifest

MANIFEST = read_manifest(facts_folder())
ORIGINALS = Path(__file__).resolve().parents[3] / "shared" / "facts"
# Rows of each file, as its README lists them.
ROWS = {"trade": 484, "votes": 81, "events": 104, "arrivals": 47, "returns": 26, "aid": 125}
ENTRIES = pytest.mark.parametrize("entry", MANIFEST.tables, ids=lambda entry: entry.file)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_file_is_in_the_manifest() -> None:
    files = {path.name for path in facts_folder().glob("*.csv")}
    assert files == {entry.file for entry in MANIFEST.tables}
    assert all(entry.sha256 for entry in MANIFEST.tables)


@ENTRIES
def test_bytes_are_those_of_the_manifest(entry: TableEntry) -> None:
    assert sha256(facts_folder() / entry.file) == entry.sha256


@ENTRIES
def test_bytes_are_those_of_the_originals(entry: TableEntry) -> None:
    original = ORIGINALS / entry.file
    if not original.is_file():
        pytest.skip("the original facts do not lie beside this repository")
    assert sha256(original) == entry.sha256


@ENTRIES
def test_table_reads_whole(entry: TableEntry) -> None:
    table = Library([facts_folder()]).table(entry.table, "PRK")
    assert table is not None
    assert table.frame.height == ROWS.get(entry.table, 52)
    assert table.frame["row"].n_unique() == table.frame.height
    assert (table.frame["start"] <= table.frame["end"]).all()


@pytest.mark.parametrize(
    ("table", "row", "memory"),
    [
        ("trade", "trade:14", ["*"]),
        ("trade", "trade:16", []),
        ("votes", "votes:4", ["vote_CHN", "vote_RUS"]),
        ("votes", "votes:12", ["*", "tally", "vote_CHN"]),
        ("votes", "votes:15", ["abstain", "no", "vote_CHN", "vote_RUS"]),
        ("votes", "votes:7", []),
        ("events", "events:57", ["*"]),
        ("events", "events:14", ["day"]),
        ("returns", "returns:4", ["*"]),
        ("returns", "returns:10", []),
    ],
)
def test_rows_from_memory_are_marked(table: str, row: str, memory: list[str]) -> None:
    held = Library([facts_folder()]).table(table, "PRK")
    assert held is not None
    (found,) = held.frame.filter(held.frame["row"] == row)["memory"].to_list()
    assert found == memory


@pytest.mark.parametrize("table", ["trade", "events", "returns", "aid", "vetoes", "votes"])
def test_no_row_without_a_source_passes_as_sourced(table: str) -> None:
    held = Library([facts_folder()]).table(table, "PRK")
    assert held is not None
    for row in held.frame.iter_rows(named=True):
        title = str(row["source_title"])
        unsourced = "from memory" in title or row.get("value_type") == "memory"
        assert ("*" in row["memory"]) >= unsourced, row["row"]


def test_sharpest_rule_of_the_votes() -> None:
    """Notes that say what is from memory, set against the fields that were marked."""
    held = Library([facts_folder()]).table("votes", "PRK")
    assert held is not None
    for row in held.frame.iter_rows(named=True):
        parts = [part for part in str(row["note"] or "").split(";") if "from memory" in part]
        said = " ".join(parts)
        assert ("tally" in row["memory"]) == ("tally and symbol" in said), row["row"]
        assert ("abstain" in row["memory"]) == ("7-18" in said), row["row"]
        outcome = "consensus" in said or "without a vote" in said
        assert ("outcome" in row["memory"]) == outcome, row["row"]
        assert ("states_against" in row["memory"]) == ("names of opponents" in said), row["row"]
