"""The machine-readable result: verdicts.json and its published schema."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from beholden.multiverse import RULE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from beholden.brief.model import Brief, Result
    from beholden.core import Estimate, Source
    from beholden.multiverse import Assessment

__all__ = ["sources_of", "to_json", "verdicts", "verdicts_schema"]


def verdicts(brief: Brief) -> dict[str, Any]:
    """The whole result as plain data, in the form of :func:`verdicts_schema`.

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
        },
        "claims": [_claim(result) for result in brief.results],
        "provenance": {
            "beholden": brief.provenance.code,
            "rule": RULE,
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
        "figure": side.style.write(side.reference.value) if side.reference else None,
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


def verdicts_schema() -> dict[str, Any]:
    """The published JSON Schema of verdicts.json."""
    text, number, whole = {"type": "string"}, {"type": ["number", "null"]}, {"type": "integer"}
    optional = {"type": ["string", "null"]}
    verdict = {"enum": ["supported", "contested", "contradicted", "untestable"]}
    strings = {"type": "array", "items": text}
    decisive = _object(
        choice=text,
        share_of_variance={"type": "number", "minimum": 0, "maximum": 1},
        words=text,
        of={"enum": ["verdict", "figure"]},
    )
    side = _object(
        verdict=verdict,
        share={"type": ["number", "null"], "minimum": 0, "maximum": 1},
        universes=whole,
        failed=whole,
        no_data=whole,
        figure=optional,
        decisive={"type": "array", "items": decisive},
        missing=strings,
        caveats=strings,
    )
    estimate = _object(
        picks={"type": "object", "additionalProperties": text},
        value=number,
        low=number,
        high=number,
        meets={"type": ["boolean", "null"]},
        status={"enum": ["ok", "failed", "no data"]},
        message=text,
        rows=strings,
    )
    source = _object(
        row=text,
        title=text,
        url=text,
        dated=text,
        confidence=text,
        note=text,
        from_memory={"type": "boolean"},
    )
    claim = _object(
        id=text,
        says=text,
        test=text,
        measure=optional,
        now=side,
        then=side,
        estimates={"type": "array", "items": estimate},
        estimates_then={"type": "array", "items": estimate},
        sources={"type": "array", "items": source},
    )
    day = {"type": "string", "format": "date"}
    article = _object(title=text, author=text, published=day, as_of=day, patron=text, client=text)
    read = _object(table=text, version=text, file=text, sha256=text)
    provenance = _object(
        beholden=text, rule=text, command=text, inputs={"type": "array", "items": read}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "beholden verdicts",
        **_object(article=article, claims={"type": "array", "items": claim}, provenance=provenance),
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
