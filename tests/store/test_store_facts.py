"""Facts as a user brings them: what is accepted, and what each refusal says."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest
from facts_maker import put, row, text_of

from beholden.errors import TableError
from beholden.store import SCHEMAS, Library

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.core import Table


def read(folder: Path, name: str) -> Table:
    table = Library([folder]).table(name, "PRK")
    assert table is not None
    return table


def refusal(folder: Path, name: str) -> str:
    with pytest.raises(TableError) as caught:
        Library([folder]).table(name, "PRK")
    return str(caught.value)


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_every_kind_of_table_reads(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, text_of([row(name)]))
    table = read(tmp_path, name)
    frame = table.frame
    assert table.name == name
    assert frame["row"].to_list() == [f"{name}:2"]
    assert frame["memory"].to_list() == [[]]
    assert {"start", "end", "known_from", *SCHEMAS[name].columns} <= set(frame.columns)
    assert set(table.keys) <= set(frame.columns)
    assert [item.version for item in table.provenance.inputs] == ["7"]


@pytest.mark.parametrize("name", list(SCHEMAS))
def test_table_without_rows_keeps_its_columns(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, text_of([row(name)]).splitlines()[0] + "\n")
    frame = read(tmp_path, name).frame
    full = tmp_path / "full"
    put(full, name, text_of([row(name)]))
    assert frame.height == 0
    wanted = read(full, name).frame.schema
    assert {name: frame.schema[name] for name in wanted} == dict(wanted)


def test_empty_cell_is_missing_and_zero_is_zero(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade", usd_million=""), row("trade", usd_million="0")]))
    assert read(tmp_path, "trade").frame["usd_million"].to_list() == [None, 0.0]


def test_own_columns_are_kept_and_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    text = text_of([row("arrivals", women="10", men="")])
    put(tmp_path, "arrivals", b"\xef\xbb\xbf" + text.encode())
    frame = read(tmp_path, "arrivals").frame
    assert frame["women"].to_list() == ["10"]
    assert frame["men"].to_list() == [None]


def test_columns_are_renamed_as_the_manifest_says(tmp_path: Path) -> None:
    text = text_of([row("votes", china="no")])
    put(tmp_path, "votes", text, rename={"china": "vote_CHN"})
    frame = read(tmp_path, "votes").frame
    assert frame["vote_CHN"].to_list() == ["no"]
    assert "china" not in frame.columns


def test_rows_are_named_by_their_last_line(tmp_path: Path) -> None:
    put(tmp_path, "events", text_of([row("events", title="one\ntwo"), row("events")]))
    assert read(tmp_path, "events").frame["row"].to_list() == ["events:3", "events:4"]


def test_missing_file(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade")]))
    path.unlink()
    assert refusal(tmp_path, "trade") == (
        f"{path}: expected a file of facts, No such file or directory"
    )


def test_wrong_hash_names_both_and_what_to_do(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade")]), sha256="0" * 64)
    message = refusal(tmp_path, "trade")
    assert message.startswith(f"{path}: expected SHA-256 {'0' * 64}, found ")
    assert "restore it, or enter the new hash after reviewing the change" in message


def test_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade")]))
    path.write_bytes(path.read_bytes().replace(b"6860", b"6861"))
    assert "expected SHA-256" in refusal(tmp_path, "trade")


def test_hash_may_be_left_out_and_is_recorded(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade")]), sha256=None)
    (source,) = read(tmp_path, "trade").provenance.inputs
    assert len(source.sha256) == 64


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    cells = row("arrivals")
    del cells["year"], cells["note"]
    path = put(tmp_path, "arrivals", text_of([cells]))
    message = refusal(tmp_path, "arrivals")
    assert message.startswith(f"{path}:1: expected columns year, period_start")
    assert message.endswith("; missing: year, note")


def test_optional_column_may_be_missing(tmp_path: Path) -> None:
    cells = row("events")
    del cells["date_end"]
    put(tmp_path, "events", text_of([cells]))
    assert read(tmp_path, "events").frame["date_end"].to_list() == [None]


def test_empty_file_lacks_every_column(tmp_path: Path) -> None:
    path = put(tmp_path, "events", "")
    assert refusal(tmp_path, "events").startswith(f"{path}:1: expected columns date, kind")


def test_column_named_twice(tmp_path: Path) -> None:
    header, cells = text_of([row("events")]).splitlines()
    path = put(tmp_path, "events", f"{header},note\n{cells},again\n")
    assert refusal(tmp_path, "events") == (
        f"{path}:1: expected each column once; found twice: note"
    )


@pytest.mark.parametrize(
    ("table", "column", "found", "expected"),
    [
        ("trade", "usd_million", "6,860", "a number or an empty cell"),
        ("trade", "usd_million", "n/a", "a number or an empty cell"),
        ("trade", "usd_million", "nan", "a number or an empty cell"),
        ("trade", "usd_million", "inf", "a number or an empty cell"),
        ("trade", "usd_million", "1_000", "a number or an empty cell"),
        ("trade", "preferred", "yes", "a whole number or an empty cell"),
        ("arrivals", "arrivals_total", "12.5", "a whole number or an empty cell"),
        ("arrivals", "arrivals_total", "1_000", "a whole number or an empty cell"),
        ("votes", "yes", "9" * 30, "a whole number or an empty cell"),
        ("events", "date", "9 October 2015", "YYYY, YYYY-MM or YYYY-MM-DD"),
        ("events", "date", "2015-02-30", "YYYY, YYYY-MM or YYYY-MM-DD"),
        ("events", "date_end", "2015-00", "YYYY, YYYY-MM or YYYY-MM-DD"),
    ],
)
def test_bad_cell_is_named_by_file_and_line(
    tmp_path: Path, table: str, column: str, found: str, expected: str
) -> None:
    path = put(tmp_path, table, text_of([row(table), row(table, **{column: found})]))
    assert refusal(tmp_path, table) == (
        f"{path}:3: column {column}: found {found!r}; expected {expected}"
    )


@pytest.mark.parametrize("text", ["6860", "-1.5", "+2", ".5", "3.", "1e3", " 7 "])
def test_plain_numbers_read(tmp_path: Path, text: str) -> None:
    put(tmp_path, "trade", text_of([row("trade", usd_million=text)]))
    assert read(tmp_path, "trade").frame["usd_million"].to_list() == [float(text)]


def test_bad_word_gets_the_nearest_and_the_whole_list(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade", flow="export")]))
    assert refusal(tmp_path, "trade") == (
        f"{path}:2: column flow: found 'export'; expected one of exports, imports, total. "
        'Did you mean "exports"?'
    )


def test_row_needs_its_day(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade", year="")]))
    assert refusal(tmp_path, "trade") == (
        f"{path}:2: column year: expected YYYY, YYYY-MM or YYYY-MM-DD, found ''"
    )


def test_bad_publication_date(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade", source_date="2014 ; June 2015")]))
    assert refusal(tmp_path, "trade") == (
        f"{path}:2: column source_date: expected YYYY, YYYY-MM or YYYY-MM-DD, found 'June 2015'"
    )


def test_other_encoding(tmp_path: Path) -> None:
    text = text_of([row("events", title="Visite à Pékin")])
    path = put(tmp_path, "events", text.encode("latin-1"))
    place = text.index("à")
    assert refusal(tmp_path, "events") == (
        f"{path}: expected UTF-8, found byte 0xe0 at offset {place}. Save the file as UTF-8."
    )


@pytest.mark.parametrize("change", ["{},one more", "{}"])
def test_ragged_row(tmp_path: Path, change: str) -> None:
    header, cells = text_of([row("events")]).splitlines()
    ragged = change.format(cells) if "more" in change else cells.rsplit(",", 1)[0]
    path = put(tmp_path, "events", f"{header}\n{cells}\n{ragged}\n")
    count = len(header.split(","))
    assert refusal(tmp_path, "events") == (f"{path}:3: expected {count} cells as in the header")


def test_text_that_is_no_csv(tmp_path: Path) -> None:
    header = text_of([row("events")]).splitlines()[0]
    path = put(tmp_path, "events", header + '\n"' + "x" * (csv.field_size_limit() + 1))
    assert refusal(tmp_path, "events").startswith(f"{path}:2: expected CSV; field larger")


def test_unknown_kind_of_table(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade")]), table="trades")
    with pytest.raises(TableError) as caught:
        Library([tmp_path]).table("trades", "PRK")
    assert str(caught.value) == (
        f"{tmp_path}: found table 'trades', which has no form. Did you mean \"trade\"?"
    )


def test_memory_rules_mark_rows_and_fields(tmp_path: Path) -> None:
    rules = [
        {"column": "source_title", "matches": "from memory"},
        {"column": "note", "matches": "vote from memory", "fields": ["vote_CHN"]},
        {"column": "note", "matches": "tally[^;]*from memory", "fields": ["tally"]},
    ]
    rows = [
        row("votes", vote_CHN="no"),
        row("votes", vote_CHN="no", source_title="none (from memory; verify)"),
        row("votes", vote_CHN="no", note="vote from memory"),
        row("votes", vote_CHN="no", note="tally and vote from memory"),
        row("votes", vote_CHN="no", note="tally sourced; symbol from memory"),
    ]
    put(tmp_path, "votes", text_of(rows), memory=rules)
    assert read(tmp_path, "votes").frame["memory"].to_list() == [
        [],
        ["*"],
        ["vote_CHN"],
        ["tally", "vote_CHN"],
        [],
    ]


def test_memory_rule_on_a_column_that_is_not_there(tmp_path: Path) -> None:
    rule = {"column": "sorce_title", "matches": "from memory"}
    path = put(tmp_path, "votes", text_of([row("votes")]), memory=[rule])
    assert refusal(tmp_path, "votes") == (
        f"{path}:1: column 'sorce_title', named in a memory rule of the manifest, is missing. "
        'Did you mean "source_title"?'
    )


@pytest.mark.parametrize(
    ("table", "cells", "known"),
    [
        # Acts are public on their last possible day, whatever was published later.
        ("votes", {"date": "2014-12-18", "source_date": "2021-03-08"}, date(2014, 12, 18)),
        ("events", {"date": "2014-02", "source_date": ""}, date(2014, 2, 28)),
        ("vetoes", {"date": "2007", "source_date": "2007-01-12"}, date(2007, 12, 31)),
        # Figures are known from the first publication.
        ("trade", {"source_date": "2015-06-06 ; 2015-06-05"}, date(2015, 6, 5)),
        ("trade", {"source_date": "2015"}, date(2015, 12, 31)),
        ("trade", {"source_date": "2015 ; 2016-01"}, date(2015, 12, 31)),
        ("arrivals", {"source_date": "2012-01"}, date(2012, 1, 31)),
        ("returns", {"source_date": "2023-12 ; 2023-10-17"}, date(2023, 10, 17)),
        ("aid", {"source_date": ""}, None),
    ],
)
def test_known_from(tmp_path: Path, table: str, cells: dict[str, str], known: date | None) -> None:
    put(tmp_path, table, text_of([row(table, **cells)]))
    assert read(tmp_path, table).frame["known_from"].to_list() == [known]


def test_start_and_end_span_what_the_date_can_mean(tmp_path: Path) -> None:
    put(tmp_path, "returns", text_of([row("returns", date="2016"), row("returns", date="2024-02")]))
    frame = read(tmp_path, "returns").frame
    assert frame["start"].to_list() == [date(2016, 1, 1), date(2024, 2, 1)]
    assert frame["end"].to_list() == [date(2016, 12, 31), date(2024, 2, 29)]
    assert frame.schema["start"] == pl.Date
