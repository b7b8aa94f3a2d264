"""Builds R's serialised objects byte by byte, to test forms that no real file at hand has."""

from __future__ import annotations

import struct

import numpy as np

NIL = struct.pack(">i", 254)
NA_REAL = struct.pack(">Q", 0x7FF00000000007A2)
NA_INT = -(2**31)


def flags(kind: int, *, attributes: bool = False, tag: bool = False) -> bytes:
    return struct.pack(">i", kind | (0x200 if attributes else 0) | (0x400 if tag else 0))


def text(value: str | None, encoding: str = "ascii", mark: int = 0x40) -> bytes:
    if value is None:
        return struct.pack(">ii", 9, -1)
    raw = value.encode(encoding)
    return struct.pack(">ii", 9 | mark << 12, len(raw)) + raw


def strings(*values: str | None, attributes: bytes = b"") -> bytes:
    head = flags(16, attributes=bool(attributes)) + struct.pack(">i", len(values))
    return head + b"".join(text(value) for value in values) + attributes


def integers(*values: int, attributes: bytes = b"", kind: int = 13) -> bytes:
    head = flags(kind, attributes=bool(attributes)) + struct.pack(">i", len(values))
    return head + np.array(values, ">i4").tobytes() + attributes


def doubles(*values: float | bytes, attributes: bytes = b"") -> bytes:
    head = flags(14, attributes=bool(attributes)) + struct.pack(">i", len(values))
    parts = [v if isinstance(v, bytes) else struct.pack(">d", v) for v in values]
    return head + b"".join(parts) + attributes


def symbol(name: str) -> bytes:
    return flags(1) + text(name)


def pairs(tail: bytes = NIL, /, **values: bytes) -> bytes:
    return b"".join(flags(2, tag=True) + symbol(k) + v for k, v in values.items()) + tail


def listed(*values: bytes, attributes: bytes = b"") -> bytes:
    head = flags(19, attributes=bool(attributes)) + struct.pack(">i", len(values))
    return head + b"".join(values) + attributes


def compact(form: str, state: bytes, attributes: bytes = NIL) -> bytes:
    info = b"".join(flags(2) + part for part in (symbol(form), symbol("base"), integers(13)))
    return flags(238) + info + NIL + state + attributes


def frame(**columns: bytes) -> bytes:
    own = {"names": strings(*columns), "class": strings("tbl_df", "tbl", "data.frame")}
    own["row.names"] = integers(NA_INT, -1)
    return listed(*columns.values(), attributes=pairs(**own))


def rds(body: bytes, version: int = 3, encoding: str = "UTF-8") -> bytes:
    head = b"X\n" + struct.pack(">iii", version, 0x40102, 0x20300)
    if version == 3:
        head += struct.pack(">i", len(encoding)) + encoding.encode()
    return head + body
