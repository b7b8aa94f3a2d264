"""The reference pages say what the program says; `make docs` writes them anew."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from beholden.measures import MEASURES
from beholden.sources.registry import datasets

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
PAGES: dict[str, str] = runpy.run_path(str(FOLDER / "make.py"))["pages"]()


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text("utf-8") == PAGES[name], "run `make docs`"


def test_everything_registered_is_documented() -> None:
    assert all(f"### `{name}`" in PAGES["measures.md"] for name in MEASURES)
    assert all(f"## {name}\n" in PAGES["data-sets.md"] for name in datasets())


def test_links_lead_to_a_data_set() -> None:
    named = {part.partition(")")[0] for part in PAGES["measures.md"].split("data-sets.md#")[1:]}
    assert named
    assert named <= set(datasets())
