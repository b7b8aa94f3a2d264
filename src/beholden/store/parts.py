"""The beginning of a file that is on its way, kept so that a broken download can go on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["Part"]


class Part:
    """What has arrived of one file, and the mark by which its server knows those bytes.

    Parameters
    ----------
    target : Path
        Where the whole file will lie; the part lies beside it.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    @property
    def have(self) -> int:
        """Bytes that have arrived."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    @property
    def head(self) -> bytes:
        """The first bytes."""
        try:
            with self.path.open("rb") as file:
                return file.read(512)
        except FileNotFoundError:
            return b""

    def mark(self, address: str) -> str:
        """The mark (ETag or date) that this address gave the bytes at hand; empty if none."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            return str(note["mark"]) if note["address"] == address else ""
        except (OSError, ValueError, TypeError, KeyError):
            return ""

    def begin(self, address: str, mark: str) -> None:
        """Start anew: nothing has arrived yet, and what comes next has this mark."""
        self.path.write_bytes(b"")
        self._note.write_text(json.dumps({"address": address, "mark": mark}), "utf-8")

    def append(self) -> BinaryIO:
        """The part, open for more bytes."""
        return self.path.open("ab")

    def finish(self) -> None:
        """Give the whole file its own name."""
        self._note.unlink(missing_ok=True)
        self.path.replace(self.target)

    def discard(self) -> None:
        """Forget what has arrived."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)
