"""Tables of meetings in HTML as the UN Dag Hammarskjöld Library publishes them, in one archive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from beholden.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Row", "cells", "rows"]

LARGEST = 2**20
Row = dict[str, str]


def rows(path: Path, names: str) -> list[tuple[str, Row]]:
    """The rows of every table in an archive, each with the name of its file.

    Parameters
    ----------
    path : Path
        A .zip archive of .html files.
    names : str
        A regular expression that the names of the wanted files match in full.

    Returns
    -------
    list of (str, dict)
        Cells by the heading of their column, in lower case; line breaks are kept.

    Raises
    ------
    TableError
        When the archive does not open, or holds a name outside its folder or a file too large.
    """
    found: list[tuple[str, Row]] = []
    try:
        with ZipFile(path) as archive:
            for item in sorted(archive.infolist(), key=lambda item: item.filename):
                _check(path, item.filename, item.file_size)
                if re.fullmatch(names, item.filename):
                    text = archive.read(item).decode("utf-8")
                    found += [(item.filename, row) for row in cells(text)]
    except BadZipFile as fault:
        raise TableError(f"{path.name}: expected a .zip archive: {fault}") from None
    return found


def cells(text: str) -> list[Row]:
    """The rows of one table, with a cell for every heading.

    Where the page forgets to begin a row, one row holds the cells of several; where it has one
    cell too many, the last is left out. Rows with fewer cells are remarks.

    Parameters
    ----------
    text : str
        HTML, with or without the end of every cell and row.

    Examples
    --------
    >>> cells("<tr><th>A<th>B<tr><td>1<td>2<td>3<td>4<tr><td>remark")
    [{'a': '1', 'b': '2'}, {'a': '3', 'b': '4'}]
    """
    parser = _Table()
    parser.feed(text)
    parser.close()
    parser.end_row()
    heads = [name.lower() for name in parser.heads]
    width = max(len(heads), 1)
    parts = [
        row[start : start + width]
        for row in parser.rows
        for start in range(0, len(row) if len(row) % width == 0 else 1, width)
    ]
    return [dict(zip(heads, part, strict=True)) for part in parts if len(part) == width]


def _check(path: Path, name: str, size: int) -> None:
    """Refuse what could be written or unpacked where it does not belong."""
    inside = PurePosixPath(name)
    if inside.is_absolute() or ".." in inside.parts:
        raise TableError(f"{path.name}: expected names within the archive, found {name!r}")
    if size > LARGEST:
        raise TableError(f"{path.name}: expected files up to {LARGEST} bytes, found {name!r}")


@dataclass
class _Table(HTMLParser):
    """Collects the headings and the cells of a page; line breaks stay, other space is one."""

    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    _row: list[tuple[str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a row or a cell, or break a line."""
        if tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self._row.append((tag, []))
        elif tag in ("br", "a") and self._row:
            self._row[-1][1].append("\n" if tag == "br" else " ")

    def handle_endtag(self, tag: str) -> None:
        """Part a link from the word after it."""
        if tag == "a" and self._row:
            self._row[-1][1].append(" ")

    def handle_data(self, data: str) -> None:
        """Take over text inside a cell."""
        if self._row:
            # A line break in the page is a space, one in a cell is a <br>.
            self._row[-1][1].append(re.sub(r"\s+", " ", data))

    def end_row(self) -> None:
        """Close the row that is being read."""
        found = [(tag, _tidy("".join(parts))) for tag, parts in self._row]
        self._row = []
        if len(found) > 1 and all(tag == "th" for tag, _ in found):
            self.heads = [text.replace("\n", " ") for _, text in found]
        elif found and found[0][0] == "td":
            self.rows.append([text for _, text in found])


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    plain = "\n".join(line for line in lines if line)
    return re.sub(r"(?<=\() | (?=[),;.])", "", plain)
