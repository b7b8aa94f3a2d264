"""A library of every data set, made once for all tests from the originals beside the project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beholden.library_cli import described
from beholden.panels import Holdings
from beholden.sources.registry import datasets
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from beholden.latent import Answers
    from beholden.sources.base import Dataset

ORIGINALS = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def at_hand(dataset: Dataset) -> bool:
    """Whether the originals of a data set lie beside the project; some users bring theirs."""
    files = [ORIGINALS / item.file for item in dataset.originals]
    return bool(files) and all(path.is_file() for path in files)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a library that holds every data set whose originals are at hand."""
    if not ORIGINALS.is_dir():
        pytest.skip("the originals are not at hand")
    root = tmp_path_factory.mktemp("library")
    shelf = Shelf(root)
    for dataset in datasets().values():
        if at_hand(dataset):
            fetch(described(dataset), shelf, Folder(ORIGINALS))
    return root


@pytest.fixture(scope="session")
def holdings(library: Path) -> Holdings:
    """That library's data sets, as known today."""
    return Holdings(Shelf(library))


@pytest.fixture(scope="session")
def published(library: Path) -> Answers:
    """The Assembly's votes behind the edition of April 2020, by Correlates of War number."""
    from beholden.latent import published_answers
    from beholden.store.shelf import open_table

    votes, calls = (
        open_table(name, library=library)[0].collect()
        for name in ("un_ga_votes_voeten", "un_ga_votes_voeten_roll_calls")
    )
    return published_answers(votes, calls)
