"""Small data sets in a library of their own, and measures and articles that read them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.measures.base import Choice, Option
from beholden.measures.reading import pair_values, state_values
from beholden.measures.states_and_pairs import panel_measure
from beholden.panels import DYAD_YEAR, STATE_YEAR
from beholden.store.fetching import fetch
from beholden.store.origins import Folder
from beholden.store.records import Description
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from beholden.panels import Holdings, Values
    from beholden.store.records import Record

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class _File:
    """One original of a made-up set."""

    file: str
    sha256: str
    size: int
    address: str = ""


def shelve(root: Path, name: str, rows: Rows, version: str = "1", **words: Any) -> Record:
    """Put a data set of these rows into the library under `root`, as the current edition.

    Further words, such as `released` or `redistribution`, describe it.
    """
    text = json.dumps(rows).encode()
    place = root / "published" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{version}.json").write_bytes(text)

    def convert(paths: Mapping[str, Path]) -> pl.DataFrame:
        (path,) = paths.values()
        return pl.DataFrame(json.loads(path.read_text("utf-8")), infer_schema_length=None)

    file = _File(f"{name}/{version}.json", hashlib.sha256(text).hexdigest(), len(text))
    told = {
        "title": f"The {name.capitalize()} data",
        "producer": "A producer",
        "home": f"https://example.org/{name}",
        "doi": "",
        "licence": "CC0 1.0",
        "redistribution": "allowed",
        "citation": f"A producer. The {name.capitalize()} data, version {version}.",
    }
    description = Description(
        name=name, version=version, originals=(file,), convert=convert, **(told | words)
    )
    return fetch(description, Shelf(root / "library"), Folder(root / "published")).record


def scores(values: Mapping[int, float | None], state: str = "PRK") -> Rows:
    """Rows of one state's scores by year."""
    return [{"iso3": state, "year": year, "score": value} for year, value in values.items()]


def places(values: Mapping[int, float], client: str = "PRK", patron: str = "CHN") -> Rows:
    """Rows of one patron's ranks by year."""
    return [
        {"client": client, "patron": patron, "year": year, "place": value}
        for year, value in values.items()
    ]


def _score(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    return state_values(
        holdings,
        picks["source"],
        "score",
        state="iso3",
        system="iso3",
        scale="percentile",
        direction="higher: better",
    )


def _place(holdings: Holdings, picks: Mapping[str, str]) -> Values:
    del picks
    return pair_values(
        holdings,
        "ranking",
        "place",
        state="client",
        other="patron",
        system="iso3",
        scale="rank",
        direction="lower: more",
    )


def _said(title: str, scale: str) -> dict[str, Any]:
    return {
        "definition": f"The {title} as its compiler gives it.",
        "formula": "as given",
        "scale": scale,
        "direction": "higher: more",
        "limits": "Made up.",
        "references": ("A producer.",),
    }


SCORE = panel_measure(
    "score",
    "abuse",
    "score of the state",
    _score,
    unit=STATE_YEAR,
    **_said("score", "percentile"),
    choices=(
        Choice(
            "source",
            "whose score is taken",
            (
                Option("alpha", "by Alpha", "the older one", ("alpha",)),
                Option("beta", "by Beta", "the newer one", ("beta",)),
            ),
        ),
    ),
)
PLACE = panel_measure(
    "place",
    "leverage",
    "rank of the patron",
    _place,
    unit=DYAD_YEAR,
    **_said("rank", "rank"),
    sets=("ranking",),
)
MADE = {"score": SCORE, "place": PLACE}

HEAD = """---
title: A test
author: A tester
published: 2026-01-01
as_of: 2015-10-22
patron: CHN
client: PRK
{extra}---
"""
SCORED = """id: NAME
says: The score is low.
test: level
measure: score
target: {years: 2010..2012}
expect: max <= 50%"""
RANKED = """id: NAME
says: China comes first.
test: level
measure: place
target: {years: 2010..2012}
expect: max == 1"""
TRADED = """id: NAME
says: China takes most of the trade.
test: level
measure: trade_share
target: {years: 2014}
choices: {source: [case file]}
expect: max >= 80%"""


def written(blocks: Sequence[str], extra: str = "") -> str:
    """An article of these claims, which are named a, b, c."""
    text = HEAD.format(extra=extra)
    for name, block in zip("abc", blocks, strict=False):
        text += f"\nIt is said that [something is so]{{.claim #{name}}}.\n\n"
        body = block.replace("NAME", name)
        text += f"```claim\n{body}\n```\n"
    return text
