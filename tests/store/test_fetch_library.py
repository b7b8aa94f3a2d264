"""Data sets in the library: fetched whole, kept by version, opened, verified, removed."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from publisher import (
    Published,
    Publisher,
    cut,
    described,
    listing,
    page,
    publishing,
    status,
)

from beholden.errors import MissingDataError, OutputError, TableError
from beholden.store.answers import FetchError
from beholden.store.download import Courier, Policy
from beholden.store.fetching import fetch, remove
from beholden.store.locks import locked
from beholden.store.origins import Folder, Mirror, Official, Shared, origin
from beholden.store.shelf import Shelf, open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from beholden.store.records import Description

ONE = b"".join(f"line {number}\n".encode() for number in range(300))
TWO = b"first\nsecond\n"


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with publishing() as opened:
        yield opened


@pytest.fixture
def official() -> Iterator[Official]:
    with Courier(Policy(tries=3, sleep=lambda _: None)) as courier:
        yield Official(courier)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "library")


@pytest.fixture
def pair(publisher: Publisher) -> Description:
    """A set of two files, as one folder of a mirror has them."""
    files = publisher.publish("pair/one.csv", ONE), publisher.publish("pair/two.csv", TWO)
    return described("pair", "1.0 (May 2024)", *files)


def visible(shelf: Shelf) -> list[str]:
    """The files of the data sets, without the lock files."""
    return [name for name in listing(shelf.folder) if not name.startswith(".locks")]


def test_set_is_fetched_kept_and_opened(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    outcome = fetch(pair, shelf, official)
    record = outcome.record
    assert outcome.what == "fetched"
    assert (record.dataset, record.version, record.licence) == ("pair", "1.0 (May 2024)", "CC0")
    assert record.table.rows == 302
    assert record.table.columns == {"file": "String", "line": "String"}
    assert [item.fetched_from for item in record.originals] == [
        item.address for item in pair.originals
    ]
    edition = f"pair/{record.edition}"
    assert visible(shelf) == [
        "pair",
        edition,
        f"{edition}/{record.table.file}",
        f"{edition}/record.json",
        "pair/current",
    ]
    frame, again = open_table("pair", library=shelf.library)
    assert again == record
    assert frame.collect()["line"].to_list()[-2:] == ["first", "second"]
    assert shelf.damage(record) == ""


def test_table_is_smaller_than_the_originals(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    assert fetch(pair, shelf, official).record.table.size < len(ONE) + len(TWO)


def test_set_that_is_held_is_not_fetched_again(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    fetch(pair, shelf, official)
    before = listing(shelf.folder)
    publisher.requests.clear()
    assert fetch(pair, shelf, official).what == "held"
    assert publisher.requests == []
    assert listing(shelf.folder) == before


def test_opening_is_quick(shelf: Shelf, official: Official, pair: Description) -> None:
    def convert(_: Mapping[str, Path]) -> pl.DataFrame:
        numbers = pl.int_range(3_000_000, eager=True)
        return pl.DataFrame({"a": numbers, "b": numbers.hash() % 1000})

    fetch(replace(pair, convert=convert), shelf, official)
    shelf.open("pair")
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        shelf.open("pair")
        best = min(best, time.perf_counter() - start)
    assert best < 0.1


def test_missing_set_names_the_command_that_fetches_it(shelf: Shelf) -> None:
    with pytest.raises(MissingDataError) as caught:
        shelf.open("pts")
    assert f"Get it with: beholden fetch pts --library {shelf.root}" in str(caught.value)
    assert caught.value.needs == ("pts",)
    assert not shelf.root.exists()


def test_default_library_needs_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("beholden.store.library.default_folder", lambda: tmp_path)
    with pytest.raises(MissingDataError, match=r"Get it with: beholden fetch pts$"):
        open_table("pts")


def test_new_version_lies_beside_the_old_one(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    old = fetch(pair, shelf, official).record
    changed = replace(pair.originals[1], **_body(publisher, "pair/two.csv", b"third\n"))  # type: ignore[type-var]
    newer = replace(pair, version="2.0", originals=(pair.originals[0], changed))
    new = fetch(newer, shelf, official).record
    assert shelf.records("pair") == tuple(
        sorted((old, new), key=lambda record: (record.fetched_at, record.edition))
    )
    assert shelf.current("pair") == new
    assert shelf.open("pair")[0].collect().height == 301
    assert shelf.open("pair", "1.0 (May 2024)")[0].collect().height == 302
    assert shelf.open("pair", old.edition)[1] == old
    with pytest.raises(MissingDataError, match=r"version '3.0' of pair, found .*2\.0"):
        shelf.open("pair", "3.0")
    # An older beholden makes its own version current again, without the network.
    publisher.files.clear()
    assert fetch(pair, shelf, official).what == "held"
    assert shelf.current("pair") == old


def _body(publisher: Publisher, file: str, body: bytes) -> dict[str, object]:
    made = publisher.publish(file, body)
    return {"sha256": made.sha256, "size": made.size}


def test_same_version_with_other_bytes_or_another_recipe_is_another_edition(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    first = fetch(pair, shelf, official).record
    second = fetch(replace(pair, recipe="corrected"), shelf, official).record
    assert first.version == second.version
    assert first.edition != second.edition
    assert len(shelf.records("pair")) == 2
    assert shelf.record("pair", "1.0 (May 2024)") == second


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (status(404), "no longer there"),
        (page(), "found a web page"),
        (status(200, b"other"), "found 5 bytes"),
    ],
)
def test_refused_original_leaves_the_library_as_it_was(
    shelf: Shelf,
    official: Official,
    pair: Description,
    publisher: Publisher,
    answer: object,
    words: str,
) -> None:
    fetch(pair, shelf, official)
    before = visible(shelf)
    newer = replace(pair, version="2.0", originals=(publisher.publish("pair/new.csv", b"new"),))
    publisher.script = [answer]  # type: ignore[list-item]
    with pytest.raises(FetchError, match=words):
        fetch(newer, shelf, official)
    assert visible(shelf) == before
    assert shelf.open("pair")[1].version == "1.0 (May 2024)"


def test_refused_first_fetch_leaves_no_folder(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    publisher.script = [page()]
    with pytest.raises(FetchError):
        fetch(pair, shelf, official)
    assert visible(shelf) == []
    assert shelf.names() == ()


def test_broken_download_goes_on_in_the_next_run(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    publisher.script = [cut(1000), cut(0), cut(0)]
    with pytest.raises(FetchError, match="1000 of"):
        fetch(pair, shelf, official)
    assert shelf.names() == ()
    publisher.sent = 0
    record = fetch(pair, shelf, official).record
    assert publisher.sent == len(ONE) + len(TWO) - 1000
    assert sorted(path.name for path in (shelf.folder / "pair").iterdir()) == [
        record.edition,
        "current",
    ]


def test_files_that_had_arrived_are_not_fetched_again(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    del publisher.files["/pair/two.csv"]
    with pytest.raises(FetchError):
        fetch(pair, shelf, official)
    publisher.publish("pair/two.csv", TWO)
    publisher.requests.clear()
    record = fetch(pair, shelf, official).record
    assert [path for path, _ in publisher.requests] == ["/pair/two.csv"]
    assert record.originals[0].fetched_from == pair.originals[0].address


def test_parts_of_another_version_are_swept(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    publisher.script = [cut(10)] * 3
    with pytest.raises(FetchError):
        fetch(pair, shelf, official)
    other = described("pair", "2.0", publisher.publish("pair/three.csv", TWO))
    publisher.script = [cut(5), cut(0), cut(0)]
    with pytest.raises(FetchError):
        fetch(other, shelf, official)
    parts = [name for name in visible(shelf) if name.endswith(".part")]
    assert parts == ["pair/.incoming/pair/three.csv.part"]


def test_reader_that_fails_leaves_the_library_as_it_was(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    def broken(_: Mapping[str, Path]) -> pl.DataFrame:
        raise KeyError("column")

    def refusing(_: Mapping[str, Path]) -> pl.DataFrame:
        raise TableError("two rows share their keys")

    with pytest.raises(TableError, match=r"pair: its originals are whole.*KeyError: 'column'"):
        fetch(replace(pair, convert=broken), shelf, official)
    with pytest.raises(TableError, match="two rows share their keys"):
        fetch(replace(pair, convert=refusing), shelf, official)
    assert visible(shelf) == []


def test_originals_are_kept_when_asked_for(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    record = fetch(pair, shelf, official, keep=True).record
    kept = shelf.originals(record)
    assert {name: path.read_bytes() for name, path in kept.items()} == {
        "pair/one.csv": ONE,
        "pair/two.csv": TWO,
    }
    # Kept originals serve for another reading of the same files.
    publisher.files.clear()
    again = fetch(replace(pair, recipe="corrected"), shelf, official).record
    assert again.originals == record.originals


def test_originals_can_be_kept_later(shelf: Shelf, official: Official, pair: Description) -> None:
    record = fetch(pair, shelf, official).record
    assert shelf.originals(record) == {}
    outcome = fetch(pair, shelf, official, keep=True)
    assert (outcome.what, outcome.record) == ("kept", record)
    assert len(shelf.originals(record)) == 2
    assert fetch(pair, shelf, official, keep=True).what == "held"


def test_damaged_table_is_seen_and_mended(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    record = fetch(pair, shelf, official, keep=True).record
    whole = visible(shelf)
    path = shelf.table_path(record)
    data = bytearray(path.read_bytes())
    data[50] ^= 1
    path.write_bytes(data)
    assert "expected SHA-256" in shelf.damage(record)
    assert fetch(pair, shelf, official).what == "mended"
    assert shelf.damage(record) == ""
    # Originals that were kept stay kept.
    assert visible(shelf) == whole


def test_damaged_kept_original_is_seen_and_mended(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    record = fetch(pair, shelf, official, keep=True).record
    shelf.originals(record)["pair/two.csv"].write_bytes(b"x" * len(TWO))
    assert "two.csv: expected SHA-256" in shelf.damage(record)
    assert fetch(pair, shelf, official).what == "mended"
    assert shelf.originals(record)["pair/two.csv"].read_bytes() == TWO


@pytest.mark.parametrize("body", [b"", b"PAR1", None])
def test_cut_or_lost_table_is_not_opened(
    shelf: Shelf, official: Official, pair: Description, body: bytes | None
) -> None:
    record = fetch(pair, shelf, official).record
    path = shelf.table_path(record)
    path.unlink() if body is None else path.write_bytes(body)
    with pytest.raises(TableError, match=r"expected .*Mend it with: beholden fetch pair --library"):
        shelf.open("pair")
    assert fetch(pair, shelf, official).what == "mended"
    assert shelf.open("pair")[0].collect().height == 302


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-20],
        lambda text: text[:0],
        lambda text: text.replace('"form": 1', '"form": 2'),
        lambda text: text.replace('"dataset": "pair"', '"dataset": "other"'),
        lambda text: text.replace('"file": "pair-', '"file": "../pair-'),
    ],
)
def test_damaged_record_is_named_and_fetched_anew(
    shelf: Shelf, official: Official, pair: Description, change: object
) -> None:
    record = fetch(pair, shelf, official).record
    path = shelf.place(record) / "record.json"
    path.write_text(change(path.read_text()))  # type: ignore[operator]
    assert shelf.current("pair") is None
    assert shelf.names() == ("pair",)
    (fault,) = shelf.damaged_records("pair")
    assert str(path) in fault
    assert fetch(pair, shelf, official).what == "fetched"
    assert shelf.damaged_records("pair") == ()


def test_lost_pointer_falls_back_to_the_newest(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    record = fetch(pair, shelf, official).record
    pointer = shelf.folder / "pair" / "current"
    for text in (None, "nothing\n", "\udcff"):
        pointer.unlink() if text is None else pointer.write_bytes(
            text.encode("utf-8", "surrogateescape")
        )
        assert shelf.current("pair") == record


def test_removed_set_is_gone_with_all_its_files(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    fetch(pair, shelf, official, keep=True)
    publisher.script = [cut(10), cut(0), cut(0)]
    with pytest.raises(FetchError):
        fetch(
            replace(pair, version="2", originals=(publisher.publish("pair/x.csv", b"x" * 99),)),
            shelf,
            official,
        )
    assert len(remove(shelf, "pair")) == 1
    assert visible(shelf) == []
    with pytest.raises(MissingDataError, match="does not hold pair"):
        remove(shelf, "pair")


def test_one_version_is_removed(shelf: Shelf, official: Official, pair: Description) -> None:
    old = fetch(pair, shelf, official).record
    new = fetch(replace(pair, version="2.0"), shelf, official).record
    with pytest.raises(MissingDataError, match="expected version '3'"):
        remove(shelf, "pair", "3")
    assert remove(shelf, "pair", "2.0") == (new,)
    assert shelf.records("pair") == (old,)
    assert shelf.current("pair") == old
    assert remove(shelf, "pair", old.edition) == (old,)
    assert visible(shelf) == []


@pytest.mark.parametrize("name", ["..", "../library", ".locks", "", "/tmp"])  # noqa: S108
def test_only_sets_are_removed(
    shelf: Shelf, official: Official, pair: Description, name: str
) -> None:
    fetch(pair, shelf, official)
    with pytest.raises(MissingDataError):
        remove(shelf, name)
    assert shelf.names() == ("pair",)


def test_folder_gives_originals_in_folders_or_flat(
    tmp_path: Path, shelf: Shelf, official: Official, pair: Description
) -> None:
    nested, flat = tmp_path / "nested", tmp_path / "flat"
    for place in (nested / "pair", flat):
        place.mkdir(parents=True)
        (place / "one.csv").write_bytes(ONE)
        (place / "two.csv").write_bytes(TWO)
    first = fetch(pair, shelf, Folder(nested)).record
    second = fetch(pair, Shelf(tmp_path / "second"), Folder(flat)).record
    assert first.originals[0].fetched_from == str(nested / "pair" / "one.csv")
    assert second.originals[0].fetched_from == str(flat / "one.csv")
    assert first.table == second.table
    assert first.originals[0].address == pair.originals[0].address


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path: path.unlink(), "expected it as .* or as .*found neither"),
        (lambda path: path.write_bytes(TWO[:-1]), "found 12 bytes"),
        (lambda path: path.write_bytes(b"x" * len(TWO)), "found SHA-256"),
        (lambda path: path.write_bytes(b"<html>".ljust(len(TWO))), "found a web page"),
    ],
)
def test_folder_with_other_files_is_refused(
    tmp_path: Path, shelf: Shelf, pair: Description, change: object, words: str
) -> None:
    (tmp_path / "one.csv").write_bytes(ONE)
    (tmp_path / "two.csv").write_bytes(TWO)
    change(tmp_path / "two.csv")  # type: ignore[operator]
    with pytest.raises(FetchError, match=words):
        fetch(pair, shelf, Folder(tmp_path))
    assert shelf.names() == ()
    assert not [name for name in visible(shelf) if "two" in name]


def test_mirror_gives_originals_in_folders_or_flat(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    publisher.files = {"/deep/pair/one.csv": ONE, "/deep/two.csv": TWO}
    login = publisher.base.replace("http://", "http://me:secret@")
    record = fetch(pair, shelf, Mirror(official.courier, f"{login}/deep/")).record
    assert [item.fetched_from for item in record.originals] == [
        f"{publisher.base}/deep/pair/one.csv",
        f"{publisher.base}/deep/two.csv",
    ]
    assert [path for path, _ in publisher.requests] == [
        "/deep/pair/one.csv",
        "/deep/pair/two.csv",
        "/deep/two.csv",
    ]


def test_mirror_without_the_file_names_the_first_address(
    shelf: Shelf, official: Official, pair: Description, publisher: Publisher
) -> None:
    with pytest.raises(FetchError, match=r"/nowhere/pair/one\.csv: .*404"):
        fetch(pair, shelf, Mirror(official.courier, f"{publisher.base}/nowhere"))


def test_place_decides_what_it_is(official: Official) -> None:
    courier = official.courier
    assert origin(None, courier) == Official(courier)
    assert origin("https://example.org/x", courier) == Mirror(courier, "https://example.org/x")
    assert origin("https", courier) == Folder(Path("https"))


def test_file_of_several_sets_is_fetched_once(
    tmp_path: Path, shelf: Shelf, official: Official, publisher: Publisher
) -> None:
    file = publisher.publish("both.csv", ONE)
    shared = Shared(official, tmp_path, frozenset({file.sha256}))
    for name in ("a", "b"):
        record = fetch(described(name, "1", file), shelf, shared).record
        assert record.originals[0].fetched_from == file.address
    assert len(publisher.requests) == 1


def test_original_without_address_says_how_to_get_it(shelf: Shelf, official: Official) -> None:
    by_hand = described("byhand", "1", Published("a.csv", "0" * 64, 3, ""))
    with pytest.raises(FetchError, match=r"no direct address.*--from DIR"):
        fetch(by_hand, shelf, official)


@pytest.mark.parametrize("file", ["../a.csv", "/a.csv", "a/../../b", "c:\\a", "a\\..\\..\\b", ""])
def test_original_that_would_lie_outside_is_refused(
    shelf: Shelf, official: Official, file: str
) -> None:
    with pytest.raises(TableError, match="inside the library's folder"):
        fetch(described("bad", "1", Published(file, "0" * 64, 3, "http://x/")), shelf, official)


def test_name_that_is_no_name_is_refused() -> None:
    with pytest.raises(TableError, match="lower-case"):
        described("../x", "1")


def test_edition_is_a_plain_folder_name() -> None:
    for version in ("1.0", "../..", "Ver. 4 (2021)/b", "", "ü" * 80, ".hidden"):
        edition = described("x", version).edition
        assert edition.replace("-", "").replace(".", "").isalnum()
        assert not edition.startswith(".")
        assert len(edition) < 60


def test_facts_and_data_live_side_by_side(
    shelf: Shelf, official: Official, pair: Description
) -> None:
    from beholden.store import Library

    fetch(pair, shelf, official)
    assert Library([shelf.root]).clients() == ()


def test_folder_that_is_a_file_is_named(
    tmp_path: Path, official: Official, pair: Description
) -> None:
    (tmp_path / "library").write_text("in the way")
    with pytest.raises(OutputError, match="expected a folder that can be written"):
        fetch(pair, Shelf(tmp_path / "library"), official)
    assert (tmp_path / "library").read_text() == "in the way"
    assert Shelf(tmp_path / "library").names() == ()


def test_lock_that_is_held_too_long_is_named(tmp_path: Path) -> None:
    told: list[str] = []
    with (
        locked(tmp_path / "pts.lock"),
        pytest.raises(OutputError, match=r"has been writing pts for more than 0\.1 seconds"),
        locked(tmp_path / "pts.lock", 0.1, lambda: told.append("waiting")),
    ):
        pass
    assert told == ["waiting"]
    with locked(tmp_path / "pts.lock", 0):
        pass


def test_record_is_readable_by_others(shelf: Shelf, official: Official, pair: Description) -> None:
    record = fetch(pair, shelf, official).record
    found = json.loads((shelf.place(record) / "record.json").read_text("utf-8"))
    assert found["originals"][1] == {
        "file": "pair/two.csv",
        "sha256": pair.originals[1].sha256,
        "size": 13,
        "address": pair.originals[1].address,
        "fetched_from": pair.originals[1].address,
    }
    assert {"dataset", "version", "licence", "redistribution", "beholden"} <= set(found)
