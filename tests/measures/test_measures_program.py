"""The name of the program that measures: another text, another name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.measures import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest


def test_another_text_of_the_program_is_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: Callable[[], str] = program.program.__wrapped__
    before = named()
    assert named() == before
    for room in ("measures", "panels", "states", "store"):
        (tmp_path / room).mkdir()
    monkeypatch.setattr(program, "_PACKAGE", tmp_path)
    empty = named()
    (tmp_path / "measures" / "score.py").write_text("x = 1\n", encoding="utf-8")
    one = named()
    (tmp_path / "measures" / "score.py").write_text("x = 2\n", encoding="utf-8")
    assert len({before, empty, one, named()}) == 4
