"""Write a panel to a file, with a codebook and the citations beside it."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from beholden import __version__
from beholden.errors import OutputError, PanelError, nearest
from beholden.panels.codebook import codebook, key_label
from beholden.store.files import write_parquet

if TYPE_CHECKING:
    from collections.abc import Callable

    from beholden.panels.panel import Panel

__all__ = ["write"]

# Stata takes labels of at most 80 characters, and names of at most 32.
_LABEL, _NAME = 80, 32


def write(panel: Panel, path: Path, command: str = "") -> tuple[Path, ...]:
    """Write a panel as its ending says: .parquet, .csv or .dta.

    Parameters
    ----------
    panel : Panel
        What to write.
    path : Path
        Where to; beside it ``NAME.codebook.md`` and ``NAME.bib`` are written.
    command : str
        What makes the panel again, for the codebook.

    Returns
    -------
    tuple of Path
        The panel, its codebook, its BibTeX. All are complete on the disk before any takes
        its place; where one cannot be written, old files stay.

    Raises
    ------
    PanelError
        When the ending is none of the three, or a name is too long for Stata.
    OutputError
        When the place cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in _WRITERS:
        raise PanelError(
            f"expected a file that ends in {', '.join(_WRITERS)}, found {path.name!r}. "
            f"{nearest(ending, _WRITERS)}".rstrip()
        )
    book, bib = path.with_suffix(".codebook.md"), path.with_suffix(".bib")
    texts = {
        book: codebook(panel, path.name, command),
        bib: "\n\n".join(entry.strip() for entry in panel.cite().values()) + "\n",
    }
    staged: dict[Path, Path] = {}
    try:
        _require_file(path)
        staged[path] = _temporary(path)
        _WRITERS[ending](panel, staged[path])
        for place, text in texts.items():
            staged[place] = _temporary(place)
            staged[place].write_text(text, encoding="utf-8", newline="\n")
        for place, part in staged.items():
            part.replace(place)
    except OSError as error:
        raise OutputError(
            f"{path}: expected a place that can be written, found: "
            f"{(error.strerror or str(error)).lower()}. Nothing was written; name another place "
            "with -o FILE."
        ) from error
    finally:
        for part in staged.values():
            part.unlink(missing_ok=True)
    return path, book, bib


def _require_file(path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(None, "a folder of that name", str(path))


def _temporary(path: Path) -> Path:
    """An empty file beside `path`, as readable as other new files."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    os.close(handle)
    umask = os.umask(0)
    os.umask(umask)
    part = Path(name)
    part.chmod(0o666 & ~umask)
    return part


def _parquet(panel: Panel, path: Path) -> None:
    write_parquet(panel.frame, path)


def _csv(panel: Panel, path: Path) -> None:
    # Python's own file reports a full disk as such.
    with path.open("wb") as file:
        panel.frame.write_csv(file)
        file.flush()
        os.fsync(file.fileno())


def _stata(panel: Panel, path: Path) -> None:
    import pyreadstat

    frame = panel.frame
    long = [name for name in frame.columns if len(name) > _NAME]
    if long:
        raise PanelError(
            f"expected names of at most {_NAME} characters, as Stata takes them, found "
            f"{', '.join(long)}. Shorten them with named=..., or write .parquet or .csv."
        )
    words = [name for name, kind in frame.schema.items() if isinstance(kind, pl.Enum)]
    flags = [name for name, kind in frame.schema.items() if kind == pl.Boolean]
    plain = frame.with_columns(
        *(pl.col(name).cast(pl.String) for name in words),
        *(pl.col(name).cast(pl.Int8) for name in flags),
    )
    labels: list[str | None] = [_stata_label(panel, name) for name in frame.columns]
    title = f"beholden {__version__}"
    try:
        pyreadstat.write_dta(plain, str(path), title, labels, version=14)
    except pyreadstat.ReadstatError as error:
        # The writer does not say more, and all else has been checked before.
        raise OSError(errno.EIO, f"{error}; the disk may be full") from error


def _stata_label(panel: Panel, name: str) -> str:
    column = panel.columns.get(name)
    text = re.sub(r"\s+", " ", column.label if column else key_label(name))
    return text if len(text) <= _LABEL else text[: _LABEL - 3].rstrip() + "..."


_WRITERS: dict[str, Callable[[Panel, Path], None]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".dta": _stata,
}
