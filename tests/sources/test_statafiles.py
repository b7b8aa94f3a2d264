"""Stata files: what is read, and what is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyreadstat
import pytest

from beholden.errors import TableError
from beholden.sources.statafiles import read_stata

if TYPE_CHECKING:
    from pathlib import Path

SMALL = pl.DataFrame({"name": ["é", "x"], "value": [1.5, None]})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "small.dta"
    pyreadstat.write_dta(SMALL, str(target), version=14)
    return target


def test_values_and_missing(path: Path) -> None:
    assert read_stata(path).rows() == SMALL.rows()


@pytest.mark.parametrize("content", [b"", b"<html>", b"\x72\x02" + b"\0" * 200])
def test_what_is_no_stata_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(TableError, match=r"small\.dta: expected a \.dta file of Stata"):
        read_stata(path)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_a_file_that_is_cut_short_is_refused(path: Path, part: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(TableError, match="expected"):
        read_stata(path)
