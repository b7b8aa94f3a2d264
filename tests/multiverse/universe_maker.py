"""Claims, plans and small libraries made for one test."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import yaml

from article_maker import ARTICLE
from beholden.claims import parse
from beholden.core import Estimate
from beholden.measures import Choice, Option
from beholden.multiverse import Plan, Style
from beholden.store import SCHEMAS, Library

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from beholden.claims import Claim
    from beholden.core import Table

NOW = date.max
PERCENT = Style("percent")
VISITS = """test: event count
measure: high_level_contacts
target: {event: 2015-01-01, window: 2}
expect: rate_after > rate_before
figure: rate_after
because: A test."""


def claim_of(block: str) -> Claim:
    """A claim from the lines of its block after `says`."""
    (claim,) = parse(ARTICLE.format(block=block)).claims
    return claim


def choice(name: str, *labels: str, equivalence: str = "uncertain") -> Choice:
    """A choice whose options are worded by their labels."""
    options = tuple(Option(label, f"by {label}", "a reason") for label in labels)
    return Choice(name, f"which {name} is taken", options, equivalence)


def plan_of(*choices: Choice) -> Plan:
    """A plan of which only the choices matter."""
    return Plan(choices, ())


def estimate(
    picks: Mapping[str, str] | None = None,
    meets: bool = True,
    value: float | None = 1.0,
    scale: str = "share",
) -> Estimate:
    """A universe with an answer."""
    return Estimate(picks or {}, value, None, None, meets, "ok", scale=scale)


def without(status: str, message: str, picks: Mapping[str, str] | None = None) -> Estimate:
    """A universe without an answer."""
    return Estimate(picks or {}, None, None, None, None, status, message)


def tables_of(folder: Path, name: str, rows: Sequence[Mapping[str, str]]) -> dict[str, Table]:
    """One table of a user's library; rows with the source "from memory" are from memory."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = [*SCHEMAS[name].columns]
    with (folder / "own.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows({"source_title": "A chronicle", **row} for row in rows)
    entry = {
        "table": name,
        "file": "own.csv",
        "client": "PRK",
        "title": "My table",
        "memory": [{"column": "source_title", "matches": "from memory"}],
    }
    head = {"title": "Mine", "version": "1", "licence": "CC0", "citation": "Me"}
    text = yaml.safe_dump({**head, "tables": [entry]})
    (folder / "manifest.yaml").write_text(text, encoding="utf-8")
    table = Library([folder]).table(name, "PRK")
    assert table is not None
    return {name: table}


def visit(day: str, *, memory: bool = False) -> dict[str, str]:
    """A visit on a day, sourced or from memory."""
    return {
        "date": day,
        "kind": "summit/visit CHN-PRK",
        "title": f"visit of {day}",
        "actors": "CHN;PRK",
        "source_title": "none (from memory; verify)" if memory else "A chronicle",
    }
