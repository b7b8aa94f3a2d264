"""The published schema of a claim's block accepts what the program accepts."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from beholden.brief.schema import verdicts_schema
from beholden.cases import article_path
from beholden.claims import json_schema
from beholden.claims.marks import load_marked

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def blocks() -> list[dict[str, Any]]:
    text = article_path().read_text(encoding="utf-8")
    return [
        load_marked(found).value for found in re.findall(r"```claim\n(.*?)```", text, re.DOTALL)
    ]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@pytest.mark.parametrize("block", blocks(), ids=lambda block: str(block["id"]))
def test_every_block_of_the_worked_case_follows_it(block: dict[str, Any]) -> None:
    assert not list(VALIDATOR.iter_errors(block))


@pytest.mark.parametrize(
    "change",
    [
        {"test": "levl"},
        {"measure": "trade_shar"},
        {"id": "Not an id"},
        {"target": {"yeers": 2014}},
        {"target": {"years": "last year"}},
        {"needs": ["nothing"]},
        {"more": 1},
    ],
)
def test_it_refuses_what_the_program_refuses(change: dict[str, Any]) -> None:
    block = {"id": "a", "says": "S.", "test": "level", "measure": "trade_share"}
    assert not list(VALIDATOR.iter_errors(block))
    assert list(VALIDATOR.iter_errors({**block, **change}))


@pytest.mark.parametrize(
    ("name", "form"), [("claim", json_schema()), ("verdicts", verdicts_schema())]
)
def test_the_published_files_are_the_schemas(name: str, form: dict[str, Any]) -> None:
    # Renew with `beholden schema > docs/schema/claim.json` and its like.
    path = Path(__file__).resolve().parents[2] / "docs" / "schema" / f"{name}.json"
    assert json.loads(path.read_text(encoding="utf-8")) == form
