"""The machine-readable result: verdicts.json."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from beholden.brief.relating import RULE as RELATED
from beholden.brief.relating import association_data
from beholden.multiverse import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.brief.model import Brief, Result
    from beholden.core import Estimate, Source
    from beholden.multiverse import Assessment
    from beholden.store.records import Record

__all__ = ["sources_of", "to_json", "verdicts"]


def verdicts(brief: Brief) -> dict[str, Any]:
    """The whole result as plain data, in the form of :func:`beholden.brief.schema.verdicts_schema`.

    Parameters
    ----------
    brief : Brief
        From the engine.

    Returns
    -------
    dict
        Ready for JSON; the same inputs give the same data.
    """
    front = brief.article.front
    return {
        "article": {
            "title": front.title,
            "author": front.author,
            "published": front.published,
            "as_of": brief.as_of.isoformat(),
            "patron": front.patron,
            "client": front.client,
            "data": dict(front.data),
        },
        "claims": [_claim(result) for result in brief.results],
        "provenance": {
            "beholden": brief.provenance.code,
            "rule": RULE,
            "rule_of_associations": RELATED,
            "command": brief.command,
            "inputs": [
                {
                    "table": item.table,
                    "version": item.version,
                    "file": item.file,
                    "sha256": item.sha256,
                }
                for item in brief.provenance.inputs
            ],
            "data_sets": [_data_set(record) for record in brief.records],
        },
    }


def to_json(brief: Brief) -> str:
    """The text of verdicts.json."""
    return json.dumps(verdicts(brief), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _claim(result: Result) -> dict[str, Any]:
    claim = result.claim
    return {
        "id": claim.id,
        "says": claim.says,
        "test": claim.kind.name,
        "measure": claim.measure.name if claim.measure else None,
        "now": _side(result.now),
        "then": _side(result.then),
        "estimates": [_estimate(item) for item in result.now.run.estimates],
        "estimates_then": [_estimate(item) for item in result.then.run.estimates],
        "sources": [_source(item) for item in sources_of(result.now)],
    }


def _side(side: Assessment) -> dict[str, Any]:
    verdict = side.verdict
    return {
        "verdict": verdict.answer,
        "share": None if verdict.share is None else round(verdict.share, 6),
        "universes": verdict.universes,
        "failed": verdict.failed,
        "no_data": verdict.no_data,
        "figure": side.figure or None,
        "decisive": [
            {
                "choice": item.choice,
                "share_of_variance": item.share_of_variance,
                "words": item.words,
                "of": item.of,
            }
            for item in verdict.decisive
        ],
        "missing": list(verdict.missing),
        "caveats": list(verdict.caveats),
        "association": association_data(side),
    }


def _estimate(item: Estimate) -> dict[str, Any]:
    return {
        "picks": dict(item.picks),
        "value": _finite(item.value),
        "low": _finite(item.low),
        "high": _finite(item.high),
        "meets": item.meets,
        "status": item.status,
        "message": item.message,
        "rows": list(item.rows),
        "lacks": list(item.lacks),
    }


def _data_set(record: Record) -> dict[str, Any]:
    return {
        "name": record.dataset,
        "title": record.title,
        "version": record.version,
        "edition": record.edition,
        "released": record.released,
        "url": f"https://doi.org/{record.doi}" if record.doi else record.home,
        "licence": record.licence,
        "redistribution": record.redistribution,
        "citation": record.citation,
        "corrections": list(record.corrections),
    }


def _finite(value: float | None) -> float | None:
    # Twelve digits: the last bits of a float differ between machines.
    if value is None or not math.isfinite(value):
        return None
    return float(f"{value:.12g}")


def _source(source: Source) -> dict[str, Any]:
    return {
        "row": source.row,
        "title": source.title,
        "url": source.url,
        "dated": source.dated,
        "confidence": source.confidence,
        "note": source.note,
        "from_memory": source.from_memory,
    }


def sources_of(side: Assessment, rows: Iterable[str] | None = None) -> tuple[Source, ...]:
    """The sources behind an assessment, in the order of their rows.

    Parameters
    ----------
    side : Assessment
        Now or then.
    rows : iterable of str or None
        Only the sources of these rows; None for all.
    """
    found = {name: item for series in side.run.series for name, item in series.sources.items()}
    wanted = found if rows is None else [row for row in rows if row in found]
    return tuple(found[name] for name in sorted(wanted, key=_row_order))


def _row_order(name: str) -> tuple[str, int]:
    table, _, line = name.partition(":")
    return table, int(line or 0)
