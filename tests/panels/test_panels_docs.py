"""The examples of the guide are true."""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import beholden
from beholden.panel_face import panel

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "panels.md"


@pytest.fixture
def own(library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The test library as the user's own, and an empty folder to work in."""
    monkeypatch.setattr("beholden.store.library.default_folder", lambda: library)
    monkeypatch.setattr(beholden, "panel", panel, raising=False)
    monkeypatch.chdir(tmp_path)
    return library


@pytest.mark.usefixtures("own")
def test_examples_of_the_page_are_true() -> None:
    outcome = doctest.testfile(str(PAGE), module_relative=False)
    assert outcome.failed == 0
    assert outcome.attempted > 15


def test_the_command_of_the_page_works(own: Path, tmp_path: Path) -> None:
    (line,) = re.findall(r"^\$ beholden (panel .*)$", PAGE.read_text("utf-8"), re.MULTILINE)
    script = "from beholden import cli, panel_cli\ncli.cli.add_command(panel_cli.panel)\ncli.main()"
    done = subprocess.run(
        [sys.executable, "-c", script, *shlex.split(line), "--library", str(own)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    names = {"panel.parquet", "panel.codebook.md", "panel.bib"}
    assert {path.name for path in tmp_path.iterdir()} == names


def test_every_public_method_is_told_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    names = [name for name in vars(beholden_panel()) if not name.startswith("_")]
    told = ("add", "lag", "lead", "transform", "where", "of", "frame", "coverage", "cite", "write")
    assert set(told) <= set(names)
    assert [name for name in told if name not in page] == []


def beholden_panel() -> type:
    from beholden.panels import Panel

    return Panel
