"""The page on multiverses: its examples are true, and it names every field and status."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from beholden.associations.form import VariableForm
from beholden.models.curve import STATUS
from beholden.multiverse_file import FileForm

PAGE = Path(__file__).parents[2] / "docs" / "multiverse.md"


def test_examples_in_the_page_are_true() -> None:
    result = doctest.testfile(str(PAGE), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


@pytest.mark.parametrize(
    "word", [*FileForm.model_fields, *VariableForm.model_fields, *STATUS], ids=str
)
def test_every_field_and_status_is_told(word: str) -> None:
    assert f"`{word}`" in PAGE.read_text("utf-8")
