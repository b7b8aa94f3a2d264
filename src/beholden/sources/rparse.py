"""R's binary serialisation, versions 2 and 3, parsed into plain arrays and lists.

Only what a data set needs is kept: vectors, lists, names and attributes. Environments, functions
and pointers that happen to hang on an object are stepped over. Nothing is ever evaluated.

References
----------
R Core Team. *R Internals*, chapter 1.8, Serialization Formats.
https://cran.r-project.org/doc/manuals/r-release/R-ints.html
"""

from __future__ import annotations

import struct
from array import array

import numpy as np

from beholden.errors import TableError
from beholden.sources.robjects import RObject, Texts, number_texts

__all__ = ["parse"]

MAX_DEPTH = 100
MAX_SEQUENCE = 2**26

SYMBOL, PAIRLIST, CLOSURE, ENVIRONMENT, PROMISE, CALL = 1, 2, 3, 4, 5, 6
TEXT, LOGICAL, INTEGER, REAL, COMPLEX, STRING, DOTS = 9, 10, 13, 14, 15, 16, 17
LIST, EXPRESSION, POINTER, WEAK, RAW, S4 = 19, 20, 22, 23, 24, 25
ALTREP, PERSISTENT, PACKAGE, NAMESPACE, REFERENCE = 238, 247, 248, 249, 255

CONSES = frozenset({PAIRLIST, CLOSURE, PROMISE, CALL, DOTS})
BUILTINS = frozenset({7, 8})
SINGLETONS = frozenset({0, 241, 242, 251, 252, 253, 254})
ARRAYS = {LOGICAL: ">i4", INTEGER: ">i4", REAL: ">f8", COMPLEX: ">c16", RAW: "u1"}
KINDS = {
    LOGICAL: "logical",
    INTEGER: "integer",
    REAL: "double",
    COMPLEX: "complex",
    RAW: "raw",
    STRING: "character",
    LIST: "list",
    EXPRESSION: "list",
}

HAS_ATTRIBUTES, HAS_TAG = 0x200, 0x400
BYTES, LATIN1, UTF8 = 0x2000, 0x4000, 0x8000


class _Parser:
    """Walks one serialised object from its first byte to its last."""

    def __init__(self, data: bytes, start: int, subject: str) -> None:
        self.data, self.at, self.subject = data, start, subject
        self.references: list[RObject] = []
        self.encoding = ""

    def fail(self, expected: str, found: str) -> TableError:
        """What to raise, with the place."""
        return TableError(
            f"{self.subject}: expected {expected}, found {found} at byte {self.at} of its unpacked"
            " content. The file is damaged or cut short; fetch it again."
        )

    def need(self, size: int) -> None:
        """Check that `size` more bytes are there."""
        left = len(self.data) - self.at
        if size > left:
            raise self.fail(f"{size} more bytes", f"only {left}")

    def integer(self) -> int:
        self.need(4)
        (value,) = struct.unpack_from(">i", self.data, self.at)
        self.at += 4
        return int(value)

    def length(self, width: int) -> int:
        """The length of a vector whose elements take at least `width` bytes each."""
        count = self.integer()
        if count == -1:
            count = (self.integer() << 32) + (self.integer() & 0xFFFFFFFF)
        if count < 0:
            raise self.fail("the length of a vector", str(count))
        self.need(count * width)
        return count

    def header(self) -> None:
        """The format's versions; version 3 also names the writer's encoding."""
        version = self.integer()
        if version not in {2, 3}:
            raise self.fail("serialisation version 2 or 3", str(version))
        self.at += 8
        if version == 3:
            size = self.length(1)
            self.encoding = self.data[self.at : self.at + size].decode("ascii", "replace")
            self.at += size

    def item(self, depth: int = 0) -> RObject:
        """One object with all that belongs to it."""
        if depth > MAX_DEPTH:
            raise self.fail(f"objects nested at most {MAX_DEPTH} deep", "deeper ones")
        flags = self.integer()
        kind = flags & 0xFF
        if kind in CONSES:
            return self.pairs(flags, depth)
        if kind in SINGLETONS:
            return RObject("null" if kind in {0, 254} else "other")
        if kind == REFERENCE:
            return self.reference(flags)
        if kind == ALTREP:
            return self.compact(depth)
        if kind in KINDS:
            found = RObject(KINDS[kind], self.vector(kind, depth))
        elif kind == TEXT:
            self.at -= 4
            found = RObject("text", self.strings(1).values[0])
        else:
            return self.foreign(kind, flags, depth)
        if flags & HAS_ATTRIBUTES:
            found.attributes = self.attributes(depth)
        return found

    def vector(self, kind: int, depth: int) -> object:
        """The elements of a vector."""
        if kind == STRING:
            return self.strings(self.length(8))
        if kind in {LIST, EXPRESSION}:
            return [self.item(depth + 1) for _ in range(self.length(4))]
        dtype = np.dtype(ARRAYS[kind])
        count = self.length(dtype.itemsize)
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += count * dtype.itemsize
        return values.astype(dtype.newbyteorder("="))

    def strings(self, count: int) -> Texts:
        """`count` texts; equal ones are decoded once.

        Each is 4 bytes of flags, 4 of length, then its bytes, so their places follow from one
        another and the walk cannot be a single array operation.
        """
        data, at = self.data, self.at
        codes = array("i", bytes(4 * count))
        sizes: dict[bytes, int] = {}
        known: dict[bytes, int] = {}
        for i in range(count):
            head = data[at : at + 8]
            size = sizes.get(head)
            if size is None:
                self.at = at
                size = sizes[head] = self.text_size()
            record = data[at : at + size]
            code = known.get(record)
            if code is None:
                self.at = at
                self.need(size)
                code = known[record] = len(known)
            codes[i] = code
            at += size
        self.at = at
        return Texts(np.frombuffer(codes, np.int32), [self.decode(record) for record in known])

    def text_size(self) -> int:
        """Bytes that one text takes, its 8 bytes of flags and length included."""
        self.need(8)
        flags, size = map(int, struct.unpack_from(">ii", self.data, self.at))
        if flags & 0xFF != TEXT or size < -1:
            raise self.fail("a text", f"type {flags & 0xFF} of length {size}")
        return 8 + max(size, 0)

    def decode(self, record: bytes) -> str | None:
        """A text in its own encoding; None for ``NA``."""
        flags, size = struct.unpack_from(">ii", record)
        if size == -1:
            return None
        raw = record[8:]
        if flags & LATIN1:
            return raw.decode("cp1252", "replace")
        if flags & (UTF8 | BYTES):
            return raw.decode("utf-8", "replace")
        for encoding in (self.encoding or "utf-8", "utf-8"):
            try:
                return raw.decode(encoding)
            except (ValueError, LookupError):
                continue
        return raw.decode("cp1252", "replace")

    def attributes(self, depth: int) -> dict[str, RObject]:
        """Attributes by name."""
        found = self.item(depth + 1)
        return dict(zip(found.tags, found.items, strict=False))

    def pairs(self, flags: int, depth: int) -> RObject:
        """A chain of pairs, walked along its tail so that long chains do not nest."""
        kind = flags & 0xFF
        found = RObject("pairlist" if kind == PAIRLIST else "other")
        values: list[RObject] = []
        while True:
            if flags & HAS_ATTRIBUTES:
                own = self.attributes(depth)
                found.attributes = found.attributes or own
            tag = self.item(depth + 1).value if flags & HAS_TAG else ""
            found.tags.append(str(tag))
            values.append(self.item(depth + 1))
            self.need(4)
            (flags,) = struct.unpack_from(">i", self.data, self.at)
            if flags & 0xFF not in CONSES:
                break
            self.at += 4
        tail = self.item(depth + 1)
        if tail.kind != "null":
            found.tags.append("")
            values.append(tail)
        found.value = values
        return found

    def reference(self, flags: int) -> RObject:
        """An object that was written before."""
        index: int = flags >> 8 or self.integer()
        if not 0 < index <= len(self.references):
            raise self.fail(f"a reference to one of {len(self.references)}", str(index))
        return self.references[index - 1]

    def foreign(self, kind: int, flags: int, depth: int) -> RObject:
        """A symbol, or something that is no data and is only stepped over."""
        found = RObject("other")
        if kind == SYMBOL:
            found = RObject("symbol", self.item(depth + 1).value)
            self.references.append(found)
        elif kind in {PERSISTENT, PACKAGE, NAMESPACE}:
            self.integer()
            self.strings(self.length(8))
            self.references.append(found)
        elif kind == ENVIRONMENT:
            self.references.append(found)
            self.integer()
            self.skip(4, depth)
        elif kind in {POINTER, WEAK}:
            self.references.append(found)
            self.skip(2 if kind == POINTER else 0, depth)
            self.skip(1 if flags & HAS_ATTRIBUTES else 0, depth)
        elif kind == S4:
            self.skip(1 if flags & HAS_ATTRIBUTES else 0, depth)
        elif kind in BUILTINS:
            self.at += self.length(1)
        else:
            raise self.fail("a type of R object that holds data", f"type {kind}")
        return found

    def skip(self, count: int, depth: int) -> None:
        """Step over objects."""
        for _ in range(count):
            self.item(depth + 1)

    def compact(self, depth: int) -> RObject:
        """One of R's compact forms, written out in full."""
        info, state, own = (self.item(depth + 1) for _ in range(3))
        form = str(info.items[0].value) if info.items else ""
        parts = state.items or [state]
        attributes = dict(zip(own.tags, own.items, strict=False))
        if form.startswith("wrap_"):
            return RObject(parts[0].kind, parts[0].value, {**parts[0].attributes, **attributes})
        if form in {"compact_intseq", "compact_realseq"}:
            kind = "integer" if form == "compact_intseq" else "double"
            return RObject(kind, self.sequence(state, kind), attributes)
        if form == "deferred_string":
            texts = number_texts(parts[0])
            if texts is None:
                raise self.fail("numbers behind deferred texts", parts[0].kind)
            return RObject("character", texts, attributes)
        raise self.fail("a compact form that is known", repr(form))

    def sequence(self, state: RObject, kind: str) -> np.ndarray:
        """The numbers of a compact sequence: its length, first value and step are stored."""
        value = state.value
        if not isinstance(value, np.ndarray) or len(value) != 3 or not 0 <= value[0] < MAX_SEQUENCE:
            raise self.fail("length, start and step of a sequence", state.kind)
        count, start, step = (float(part) for part in value)
        numbers = start + step * np.arange(int(count))
        return numbers.astype(np.int32) if kind == "integer" else numbers


def parse(data: bytes, start: int, subject: str) -> RObject:
    """The object that is serialised in `data` from byte `start` on.

    Parameters
    ----------
    data : bytes
        An R file's unpacked content.
    start : int
        The first byte after the format's mark ``X`` and line feed.
    subject : str
        The file as it is named in errors.

    Raises
    ------
    TableError
        When the bytes end too soon or are no such object.
    """
    parser = _Parser(data, start, subject)
    parser.header()
    return parser.item()
