"""The published JSON Schema of verdicts.json."""

from __future__ import annotations

from typing import Any

__all__ = ["verdicts_schema"]

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_OPTIONAL: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": ["number", "null"]}
_WHOLE: Schema = {"type": "integer"}
_ANSWER: Schema = {"enum": ["supported", "contested", "contradicted", "untestable"]}
_DAY: Schema = {"type": "string", "format": "date"}


def verdicts_schema() -> Schema:
    """The published JSON Schema of verdicts.json.

    Examples
    --------
    >>> verdicts_schema()["title"]
    'beholden verdicts'
    """
    article = _object(
        title=_TEXT,
        author=_TEXT,
        published=_DAY,
        as_of=_DAY,
        patron=_TEXT,
        client=_TEXT,
        data={"type": "object", "additionalProperties": _TEXT},
    )
    read = _object(table=_TEXT, version=_TEXT, file=_TEXT, sha256=_TEXT)
    provenance = _object(
        beholden=_TEXT,
        rule=_TEXT,
        rule_of_associations=_TEXT,
        command=_TEXT,
        inputs=_list(read),
        data_sets=_list(_data_set()),
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "beholden verdicts",
        **_object(article=article, claims=_list(_claim()), provenance=provenance),
    }


def _data_set() -> Schema:
    texts = ("name", "title", "version", "edition", "released", "url", "licence", "citation")
    allowed: Schema = {"enum": ["allowed", "forbidden", "unknown"]}
    return _object(**dict.fromkeys(texts, _TEXT), redistribution=allowed, corrections=_list(_TEXT))


def _claim() -> Schema:
    side, estimates = _side(), _list(_estimate())
    return _object(
        id=_TEXT,
        says=_TEXT,
        test=_TEXT,
        measure=_OPTIONAL,
        now=side,
        then=side,
        estimates=estimates,
        estimates_then=estimates,
        sources=_list(_source()),
    )


def _side() -> Schema:
    decisive = _object(
        choice=_TEXT,
        share_of_variance={"type": "number", "minimum": 0, "maximum": 1},
        words=_TEXT,
        of={"enum": ["verdict", "figure"]},
    )
    return _object(
        verdict=_ANSWER,
        share={"type": ["number", "null"], "minimum": 0, "maximum": 1},
        universes=_WHOLE,
        failed=_WHOLE,
        no_data=_WHOLE,
        figure=_OPTIONAL,
        decisive=_list(decisive),
        missing=_list(_TEXT),
        caveats=_list(_TEXT),
        association={"anyOf": [_association(), {"type": "null"}]},
    )


def _association() -> Schema:
    share: Schema = {"type": "number", "minimum": 0, "maximum": 1}
    joint = _object(
        p=share,
        share_p={"type": ["number", "null"]},
        average_z_p={"type": ["number", "null"]},
        draws=_WHOLE,
        seed=_WHOLE,
        method=_TEXT,
    )
    option = _object(
        choice=_TEXT, option=_TEXT, universes=_WHOLE, median=_TEXT, range=_TEXT, meets=_TEXT
    )
    return _object(
        plan=_TEXT,
        median_effect=_NUMBER,
        low=_NUMBER,
        high=_NUMBER,
        sign={"enum": [1, -1]},
        smallest={"type": "number"},
        contradicting=share,
        by_label=_object(verdict=_ANSWER, share=share),
        joint={"anyOf": [joint, {"type": "null"}]},
        statuses={"type": "object", "additionalProperties": _WHOLE},
        left_out=_list(_object(reason=_TEXT, count=_WHOLE)),
        options=_list(option),
    )


def _estimate() -> Schema:
    return _object(
        picks={"type": "object", "additionalProperties": _TEXT},
        value=_NUMBER,
        low=_NUMBER,
        high=_NUMBER,
        meets={"type": ["boolean", "null"]},
        status={"enum": ["ok", "failed", "no data"]},
        message=_TEXT,
        rows=_list(_TEXT),
        lacks=_list(_TEXT),
    )


def _source() -> Schema:
    return _object(
        row=_TEXT,
        title=_TEXT,
        url=_TEXT,
        dated=_TEXT,
        confidence=_TEXT,
        note=_TEXT,
        from_memory={"type": "boolean"},
    )


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
