"""The command diff on the Political Terror Scale, as published and with a reviewed change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from click.testing import CliRunner

from beholden.cli import cli
from beholden.library_cli import described
from beholden.sources.registry import dataset
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGINALS = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ARTICLE = """---
title: A test
author: A tester
published: 2026-01-01
patron: CHN
client: PRK
data: {pts: PTS-2024}
---

It is said that [the record is bad]{.claim #bad}.

```claim
id: bad
says: China's record is bad.
test: level
measure: physical_integrity
target: {client: CHN, partner: PRK, years: 2010..2014}
choices: {source: [terror scale]}
expect: max <= 25%
```
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two editions: in the second China has the best score of 2014, and no row of 2012."""
    if not (ORIGINALS / "pts").is_dir():
        pytest.skip("the originals are not at hand")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    published = described(dataset("pts"))

    def reviewed(paths: Mapping[str, Path]) -> pl.DataFrame:
        frame = published.convert(paths)
        china = pl.col("iso3") == "CHN"
        kept = frame.filter(~(china & (pl.col("year") == 2012)).fill_null(value=False))
        best = pl.when(china & (pl.col("year") == 2014))
        names = ("pts_a", "pts_h", "pts_s")
        return kept.with_columns(
            best.then(pl.lit(1, frame.schema[name])).otherwise(pl.col(name)).alias(name)
            for name in names
        )

    shelf = Shelf(tmp_path / "library")
    fetch(published, shelf, Folder(ORIGINALS))
    changed = replace(published, version="PTS-2024 reviewed", convert=reviewed, recipe="reviewed")
    fetch(changed, shelf, Folder(ORIGINALS))
    return tmp_path / "library"


def test_a_reviewed_edition_changes_what_it_changes(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(ARTICLE, encoding="utf-8")
    words = ["diff", str(path), "--new", "pts=PTS-2024 reviewed", "--library", str(library)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    assert "Now: supported -> contradicted; holds in 100% of 1 -> 0% of 1" in done.output
    now, then = done.output.split("  Then, 1 January 2026: ")
    assert then.startswith("supported -> contradicted")
    lines = [line.strip() for line in now.splitlines()]
    (gone,) = [line for line in lines if "gone" in line]
    assert gone.endswith("(pts): gone 2012")
    (revised,) = [line for line in lines if "revised" in line and "rows" in line]
    # A place among all states moves where China's own score did, and nowhere else.
    assert "revised 2014: " in revised
    assert revised.count("->") == 1


def test_the_worked_case_compares_the_one_set_that_is_held_in_both(library: Path) -> None:
    words = ["--old", "PTS-2024", "--new", "PTS-2024 reviewed", "--library", str(library)]
    done = CliRunner().invoke(cli, ["diff", *words])
    assert done.exit_code == 0, done.output
    assert done.output.startswith("pts: PTS-2024 (PTS-2024-")
    assert "own-record: China's own record" in done.output
    assert "by the Political Terror Scale (pts)" in done.output
    assert "trade-share" not in done.output
