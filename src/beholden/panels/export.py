"""Write a panel to a file, with a codebook and the citations beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from beholden import __version__
from beholden.errors import OutputError, PanelError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from beholden.panels.columns import Column
    from beholden.panels.panel import Panel

__all__ = ["codebook", "write"]

# Stata reads labels of at most 80 bytes and names of at most 32 characters.
_LABEL, _NAME = 80, 32


def write(panel: Panel, path: Path) -> tuple[Path, ...]:
    """Write a panel as its ending says: .parquet, .csv or .dta.

    Parameters
    ----------
    panel : Panel
        What to write.
    path : Path
        Where to; beside it ``NAME.codebook.md`` and ``NAME.bib`` are written.

    Returns
    -------
    tuple of Path
        The panel, its codebook, its BibTeX.

    Raises
    ------
    PanelError
        When the ending is none of the three, or a name is too long for Stata.
    OutputError
        When the place cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise PanelError(
            f"expected a file that ends in {', '.join(_WRITERS)}, found {path.name!r}. "
            f"{nearest(path.suffix, _WRITERS)}"
        )
    book, bib = path.with_suffix(".codebook.md"), path.with_suffix(".bib")
    part = path.with_name(f".{path.name}.part")
    try:
        writer(panel, part)
        part.replace(path)
        book.write_text(codebook(panel, path.name), encoding="utf-8")
        bib.write_text("\n\n".join(panel.cite().values()) + "\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{path}: expected a place that can be written, found: "
            f"{(error.strerror or str(error)).lower()}. Name another with -o FILE."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return path, book, bib


def _parquet(panel: Panel, path: Path) -> None:
    panel.frame.write_parquet(path, compression="zstd")


def _csv(panel: Panel, path: Path) -> None:
    panel.frame.write_csv(path)


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
    pyreadstat.write_dta(
        plain, str(path), file_label=f"beholden {__version__}", column_labels=labels, version=14
    )


def _stata_label(panel: Panel, name: str) -> str:
    column = panel.columns.get(name)
    text = column.label if column else _KEYS.get(name.rstrip("12").rstrip("_"), name)
    while len(text.encode()) > _LABEL:
        text = text[:-1]
    return text


_KEYS = {
    "ccode": "Correlates of War state number",
    "gwcode": "Gleditsch-Ward state number",
    "iso3": "ISO 3166 alpha-3 code borne in that year",
    "year": "calendar year",
}
_WRITERS: dict[str, Callable[[Panel, Path], None]] = {
    ".parquet": _parquet,
    ".csv": _csv,
    ".dta": _stata,
}


def codebook(panel: Panel, file: str) -> str:
    """The codebook of a panel in Markdown.

    Parameters
    ----------
    panel : Panel
        The panel.
    file : str
        The name of the file that it describes.
    """
    grid = panel.grid
    system = {"cow": "Correlates of War", "gw": "Gleditsch-Ward"}[grid.roster.system]
    first, last = grid.roster.years
    orders = " (each pair in both orders)" if grid.unit == "dyad-year" and grid.directed else ""
    rows = (
        f"{grid.height:,} rows, one for each {grid.unit}{orders}, {first} to {last}, members of "
        f"the {system} state system. Made by beholden {__version__}."
    )
    rule = (
        "- A missing cell is missing, never zero. A state has a row in every year with a day of "
        "membership; a pair has one where both were members on a common day."
    )
    lines = [
        *(f"# Codebook of {file}", "", rows, ""),
        *(f"- Rows: {chosen}" for chosen in panel.rules),
        *(rule, ""),
        "## Keys",
        "",
        *(f"- `{name}`: {_KEYS[name.rstrip('12').rstrip('_')]}" for name in grid.key_columns()),
        "",
        "## Columns",
        "",
    ]
    for name, column in panel.columns.items():
        lines += _described(name, column)
    lines += ["## Files read", ""]
    lines += [
        f"- {item.table}, {item.version}: `{item.file}`, SHA-256 {item.sha256}"
        for item in panel.provenance.inputs
    ]
    return "\n".join(lines).rstrip() + "\n"


def _described(name: str, column: Column) -> list[str]:
    cover = column.coverage
    lines = [f"### `{name}`", "", f"{column.label}."]
    if column.scale:
        lines.append(f"Unit: {column.scale}. {column.direction}".rstrip(". ") + ".")
    lines += ["", f"- {cover.present:,} of {cover.expected:,} rows have a value."]
    lines += [f"- {count:,} missing: {reason}." for reason, count in cover.missing.items()]
    if cover.unused:
        lines.append(f"- {cover.unused:,} rows of the source belong to no row of this panel.")
    if cover.superseded:
        lines.append(
            f"- {cover.superseded:,} rows of the source stand for a state that another one "
            "followed under the same code in that year; the later state's row counts."
        )
    lines += [f"- Note: {note}" for note in column.notes]
    lines += [f"- Sources: {', '.join(column.sources)}." if column.sources else ""]
    lines += [f"- Step: {step}" for step in column.provenance.steps]
    return [*(line for line in lines if line != "" or lines.index(line) == 1), ""]
