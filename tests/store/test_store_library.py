"""Libraries: the order of folders, manifests and the messages about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from facts_maker import put, row, text_of

from beholden.cases import facts_folder
from beholden.errors import TableError
from beholden.store import Library, default_folder

if TYPE_CHECKING:
    from pathlib import Path


def total(library: Library) -> object:
    table = library.table("trade", "PRK")
    assert table is not None
    return table.frame["usd_million"][0], table.frame.height


def test_own_tables_come_before_the_shipped(tmp_path: Path) -> None:
    put(tmp_path / "mine", "trade", text_of([row("trade", usd_million="1")]))
    shipped = Library([facts_folder()])
    assert total(Library([tmp_path, facts_folder()])) == (1.0, 1)
    assert total(Library([facts_folder(), tmp_path])) == total(shipped)
    votes = Library([tmp_path, facts_folder()]).table("votes", "PRK")
    assert votes is not None
    assert votes.frame.height == 81


def test_table_about_another_client_is_not_taken(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade")]), client="CUB")
    library = Library([tmp_path])
    assert library.table("trade", "PRK") is None
    assert library.table("trade", "CUB") is not None
    assert library.clients() == ("CUB",)


def test_table_about_any_state_serves_every_client(tmp_path: Path) -> None:
    put(tmp_path, "vetoes", text_of([row("vetoes")]), client="any")
    library = Library([tmp_path])
    assert library.table("vetoes", "SYR") is not None
    assert library.clients() == ("any",)


def test_own_manifest_comes_before_those_of_inner_folders(tmp_path: Path) -> None:
    put(tmp_path / "b", "trade", text_of([row("trade", usd_million="2")]))
    put(tmp_path / "a", "trade", text_of([row("trade", usd_million="3")]))
    assert total(Library([tmp_path])) == (3.0, 1)
    put(tmp_path, "trade", text_of([row("trade", usd_million="4")]))
    library = Library([tmp_path])
    assert total(library) == (4.0, 1)
    # The same folder asked for twice brings its manifests once.
    assert len(Library([tmp_path, tmp_path]).manifests()) == len(library.manifests()) == 3


def test_a_file_may_serve_two_entries(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade")]))
    manifest = yaml.safe_load((tmp_path / "manifest.yaml").read_text())
    rule = {"column": "compiler", "matches": "KOTRA"}
    manifest["tables"].append({**manifest["tables"][0], "client": "CUB", "memory": [rule]})
    (tmp_path / "manifest.yaml").write_text(yaml.safe_dump(manifest))
    library = Library([tmp_path])
    memory = [
        table.frame["memory"].to_list()
        for client in ("PRK", "CUB")
        if (table := library.table("trade", client)) is not None
    ]
    assert memory == [[[]], [["*"]]]


def test_tables_are_read_once(tmp_path: Path) -> None:
    path = put(tmp_path, "trade", text_of([row("trade")]))
    library = Library([tmp_path])
    first = library.table("trade", "PRK")
    path.unlink()
    assert library.table("trade", "PRK") is first


def test_folder_that_does_not_exist_is_an_empty_library(tmp_path: Path) -> None:
    library = Library([tmp_path / "nowhere"])
    assert library.table("trade", "PRK") is None
    assert library.manifests() == ()
    assert library.titles() == {}


def test_file_in_place_of_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "facts"
    file.write_text("")
    with pytest.raises(TableError, match="expected a folder of facts, found a file"):
        Library([file])


def test_titles_by_file(tmp_path: Path) -> None:
    put(tmp_path, "trade", text_of([row("trade")]), title="Trade of a state")
    assert Library([tmp_path]).titles() == {"trade.csv": "Trade of a state"}


def test_default_folder_is_the_users_own() -> None:
    assert default_folder().parts[-2:] == ("beholden", "library")


def broken(folder: Path, text: str | bytes) -> str:
    data = text.encode() if isinstance(text, str) else text
    (folder / "manifest.yaml").write_bytes(data)
    with pytest.raises(TableError) as caught:
        Library([folder])
    message = str(caught.value)
    assert message.startswith(f"{folder / 'manifest.yaml'}: ")
    return message.removeprefix(f"{folder / 'manifest.yaml'}: ")


def test_manifest_that_is_no_yaml(tmp_path: Path) -> None:
    message = broken(tmp_path, "title: [unclosed\n")
    assert message.startswith("expected YAML in UTF-8; ")
    assert "line" in message


def test_manifest_in_another_encoding(tmp_path: Path) -> None:
    message = broken(tmp_path, "title: é\n".encode("latin-1"))
    assert message.startswith("expected YAML in UTF-8; 'utf-8' codec can't decode byte 0xe9")


def test_manifest_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mine" / "manifest.yaml").mkdir(parents=True)
    with pytest.raises(TableError, match="expected a readable file, Is a directory"):
        Library([tmp_path])


GOOD = {"table": "trade", "file": "a.csv", "client": "PRK", "title": "A"}
HEAD = {"title": "T", "version": "1", "licence": "L", "citation": "C"}


def test_every_fault_of_a_manifest_is_named_at_once(tmp_path: Path) -> None:
    entry = {**GOOD, "client": "prk", "sha256": "abc", "colour": "red"}
    message = broken(tmp_path, yaml.safe_dump({"title": "T", "version": "1", "tables": [entry]}))
    faults = message.removesuffix(". See docs/facts.md for the form.").split("; ")
    assert faults == [
        "licence: Field required",
        "citation: Field required",
        "tables.0.sha256: String should match pattern '^[0-9a-f]{64}$'",
        "tables.0.client: String should match pattern '^([A-Z]{3}|any)$'",
        "tables.0.colour: Extra inputs are not permitted",
    ]


def test_memory_rule_that_is_no_regular_expression(tmp_path: Path) -> None:
    entry = {**GOOD, "memory": [{"column": "note", "matches": "(from memory"}]}
    message = broken(tmp_path, yaml.safe_dump({**HEAD, "tables": [entry]}))
    assert message.startswith(
        "tables.0.memory.0.matches: Value error, expected a regular expression, missing )"
    )


def test_memory_rule_says_what_it_matches(tmp_path: Path) -> None:
    entry = {**GOOD, "memory": [{"column": "note"}]}
    message = broken(tmp_path, yaml.safe_dump({**HEAD, "tables": [entry]}))
    assert message.startswith("tables.0.memory.0.matches: Field required")


@pytest.mark.parametrize("text", ["", "- a list\n", "just text\n"])
def test_manifest_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    assert "Input should be a valid dictionary" in broken(tmp_path, text)
