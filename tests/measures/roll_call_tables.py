"""The roll calls of the United Nations made from the originals, once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beholden.measures.country_resolutions import code
from beholden.measures.rollcalls import NEEDS, RollCalls, roll_calls
from beholden.sources.registry import dataset
from beholden.sources.tidy import tidy

if TYPE_CHECKING:
    import polars as pl

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@cache
def table(name: str) -> pl.DataFrame:
    """A data set as the library keeps it; the test is skipped where an original is missing."""
    one = dataset(name)
    paths = {original.file: SHARED / original.file for original in one.originals}
    for path in paths.values():
        if not path.is_file():
            pytest.skip(f"the original {path.name} is not at hand")
    return tidy(one, paths)


@cache
def rolls() -> RollCalls:
    """Roll calls and votes over all sources."""
    return roll_calls({name: table(name) for name in NEEDS})


@cache
def coding() -> pl.DataFrame:
    """The coding made by the rule and the corrections."""
    return code(rolls().roll_calls)


def votes_of(iso3: str) -> pl.DataFrame:
    """The votes of one state: `id`, `vote`."""
    return rolls().votes.filter(iso3=iso3).select("id", "vote")


def call(identity: str) -> dict[str, object]:
    """The one roll call of that name."""
    found = rolls().roll_calls.filter(id=identity)
    assert found.height == 1
    return found.row(0, named=True)
