"""Measures kept on disk: the same values again, and never those of something else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from polars.testing import assert_frame_equal
from profiling import CHN, CUB, PRK, measure, values

from beholden.core import Input, Provenance
from beholden.measures import Choice, Option
from beholden.panels import Holdings
from beholden.profiles import KeptMeasures
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from beholden.measures import Measure

MADE = replace(
    values(
        [(PRK, CHN, 1990, 0.2), (PRK, CUB, 1990, None)],
        extra={"why": [None, "secret"], "se": [0.1, None]},
        missing={"secret": "nobody may know"},
        symmetric=True,
    ),
    sources=("set",),
    notes=("Mind this.",),
    provenance=Provenance((Input("set", "1", "file", "0" * 64),), ("a step",), "0.1"),
)


def kept(folder: Path, one: Measure) -> KeptMeasures:
    return KeptMeasures({one.name: one}, Holdings(Shelf(folder / "none")), folder / "cache")


def test_what_was_kept_is_the_same_in_every_field(tmp_path: Path) -> None:
    first = kept(tmp_path, measure("m", MADE)).values("m", {})
    other = measure("m", values([(PRK, CHN, 1990, 0.9)]))
    again = kept(tmp_path, other).values("m", {})
    assert_frame_equal(again.frame, MADE.frame)
    assert_frame_equal(first.frame, MADE.frame)
    assert replace(again, frame=MADE.frame) == MADE


def test_options_are_kept_apart(tmp_path: Path) -> None:
    choice = Choice("source", "whose", (Option("a", "by a", ""), Option("b", "by b", "")))
    each = {"a": values([(PRK, 1990, 1.0)]), "b": values([(PRK, 1990, 2.0)])}
    one = measure("m", each, choice=choice)
    for _ in range(2):
        found = kept(tmp_path, one)
        assert found.values("m", {}).frame["x"].to_list() == [1.0]
        assert found.values("m", {"source": "b"}).frame["x"].to_list() == [2.0]
    assert len(list((tmp_path / "cache").iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"PAR1 and no more", b"x" * 500])
def test_a_damaged_piece_is_made_again(tmp_path: Path, damage: bytes) -> None:
    one = measure("m", MADE)
    kept(tmp_path, one).values("m", {})
    (path,) = (tmp_path / "cache").iterdir()
    path.write_bytes(damage)
    assert_frame_equal(kept(tmp_path, one).values("m", {}).frame, MADE.frame)


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    assert kept(tmp_path, measure("m", MADE)).values("m", {}).frame.height == 2


def test_no_folder_keeps_nothing(tmp_path: Path) -> None:
    one = measure("m", MADE)
    found = KeptMeasures({"m": one}, Holdings(Shelf(tmp_path)), None)
    assert found.values("m", {}).frame.height == 2
    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    kept(tmp_path, measure("m", MADE)).values("m", {})
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".parquet"]


def test_older_editions_are_cleared_but_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = measure("m", MADE), measure("m_more", MADE)
    kept(tmp_path, other).values("m_more", {})
    for program in "abc":
        monkeypatch.setattr("beholden.profiles.keeping.program", lambda text=program: text)
        kept(tmp_path, one).values("m", {})
    names = sorted(path.name for path in (tmp_path / "cache").iterdir())
    assert [name.split("-")[1] for name in names] == ["m", "m", "m_more"]
