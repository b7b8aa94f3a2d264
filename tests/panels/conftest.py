"""A library with some of the real data sets, made once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from beholden.library_cli import described
from beholden.sources import dataset
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.shelf import Shelf

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SETS = (
    "cow_contiguity",
    "cow_false_dyads",
    "cow_majors",
    "cow_mindist",
    "cow_nmc",
    "cow_trade_v4",
    "fariss_lhrs",
    "pts",
)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library; the tests are skipped where the originals are not at hand."""
    lacking = [
        original.file
        for name in SETS
        for original in dataset(name).originals
        if not (SHARED / original.file).is_file()
    ]
    if lacking:
        pytest.skip(f"the original {lacking[0]} is not at hand")
    folder = tmp_path_factory.mktemp("library")
    for name in SETS:
        fetch(described(dataset(name)), Shelf(folder), Folder(SHARED))
    return folder
