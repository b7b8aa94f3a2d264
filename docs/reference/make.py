"""Write the reference pages from what the program itself says; `make docs` runs it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from beholden.measures import MEASURES
from beholden.sources.describe import parts
from beholden.sources.registry import datasets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beholden.measures import Measure
    from beholden.sources.base import Dataset

FOLDER = Path(__file__).parent
_MADE = "<!-- Made by docs/reference/make.py; run `make docs` after a change. -->"


def pages() -> dict[str, str]:
    """Every reference page by its file name."""
    return {"measures.md": _measures(), "data-sets.md": _data_sets()}


def _measures() -> str:
    lines = [
        *("# Measures", "", _MADE, ""),
        "What claims, panels, profiles and ranks can measure. The first option of a choice is the",
        "reference. Of a pair the first state is the client, the second the patron.",
        "",
    ]
    order = list(dict.fromkeys(measure.construct for measure in MEASURES.values()))
    ranked = sorted(MEASURES.values(), key=lambda measure: order.index(measure.construct))
    for construct, measures in groupby(ranked, key=lambda measure: measure.construct):
        lines += [f"## {construct.capitalize()}", ""]
        for measure in measures:
            lines += _measure(measure)
    return "\n".join(lines).rstrip() + "\n"


def _measure(measure: Measure) -> Iterator[str]:
    yield from (
        f"### `{measure.name}`",
        "",
        f"*{_sentence(measure.title)}* {measure.definition}",
        "",
    )
    told = {
        "Formula": measure.formula,
        "Counts by": measure.panel or measure.unit,
        "Unit": measure.scale,
        "Direction": measure.direction,
        "Facts": ", ".join((*measure.needs, *measure.uses)),
        "Data sets": ", ".join(f"[{name}](data-sets.md#{name})" for name in measure.sets),
        "Waits for": ", ".join(measure.awaits),
        "Limits": measure.limits,
        "References": " ".join(measure.references),
    }
    yield from (f"- {title}: {text}" for title, text in told.items() if text)
    for choice in measure.choices:
        yield f"- Choice `{choice.name}`, {choice.question} ({choice.equivalence}):"
        for option in choice.options:
            reads = ", ".join(f"[{name}](data-sets.md#{name})" for name in option.needs)
            aside = f" Reads {reads}." if reads else ""
            yield f"  - `{option.label}`: {option.reason}.{aside}"
    yield ""


def _data_sets() -> str:
    lines = [
        *("# Data sets", "", _MADE, ""),
        f"The {len(datasets())} data sets that beholden reads, from their own descriptions.",
        "`beholden fetch NAME` brings one into your library; see [the library](../library.md).",
        "",
    ]
    for dataset in datasets().values():
        lines += _data_set(dataset)
    return "\n".join(lines).rstrip() + "\n"


def _data_set(dataset: Dataset) -> Iterator[str]:
    yield from (f"## {dataset.name}", "")
    for title, told in parts(dataset):
        if title in ("Columns", "Beware", "Corrections"):
            yield f"- {title}:"
            yield from (f"  - {_plain(line)}" for line in told)
        else:
            yield f"- {title}: {_plain(', '.join(told))}"
    yield from (f"- Cite: {dataset.citation}", "")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return text.replace("_", r"\_").replace("*", r"\*").replace("<", "&lt;").replace("|", r"\|")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
