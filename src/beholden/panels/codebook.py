"""The codebook of a panel: what its rows, keys and columns are, in Markdown."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from beholden import __version__
from beholden.panels.citing import LIST_NAMES
from beholden.panels.roster import list_ends
from beholden.panels.values import STATE_YEAR

if TYPE_CHECKING:
    from beholden.panels.columns import Column
    from beholden.panels.grid import Grid
    from beholden.panels.panel import Panel

__all__ = ["after_the_list", "codebook", "key_label"]

_KEYS = {
    "ccode": "Correlates of War number of the {}state",
    "gwcode": "Gleditsch-Ward number of the {}state",
    "iso3": "ISO 3166 alpha-3 code that the {}state bore in that year",
    "year": "calendar year",
}


def codebook(panel: Panel, file: str, command: str = "") -> str:
    """The codebook of a panel.

    Parameters
    ----------
    panel : Panel
        The panel.
    file : str
        The name of the file that it describes.
    command : str
        What makes the panel again.
    """
    lines = [f"# Codebook of {file}", "", _rows(panel)]
    lines += ["", "Made again by:", "", f"    {command}"] if command else []
    lines += ["", *_rules(panel), "", "## Keys", ""]
    names = (*panel.grid.key_names, *panel.grid.iso3_names)
    lines += [f"- `{name}`: {key_label(name)}" for name in names]
    lines += ["", "## Columns", ""]
    for name, column in panel.columns.items():
        lines += [*_described(name, column), ""]
    if panel.provenance.inputs:
        lines += ["## Files read", ""]
    for (table, version), items in groupby(
        panel.provenance.inputs, lambda item: (item.table, item.version)
    ):
        lines.append(f"- {table}, {version}")
        lines += [f"  - `{item.file}`, SHA-256 {item.sha256}" for item in items]
    return "\n".join(lines).rstrip() + "\n"


def key_label(name: str) -> str:
    """What a key column holds.

    Examples
    --------
    >>> key_label("ccode2"), key_label("year")
    ('Correlates of War number of the second state', 'calendar year')
    """
    sides = {"1": "first ", "2": "second "}
    return _KEYS[name.rstrip("12").rstrip("_")].format(sides.get(name[-1], ""))


def after_the_list(grid: Grid) -> str:
    """What holds of years after the state list's last; empty where there are none."""
    ends = list_ends(grid.roster.system)
    if grid.roster.years[1] <= ends.year:
        return ""
    return (
        f"The list ends on {ends}; in later years its members of that day are taken to go on, and "
        "no state is new."
    )


def _rows(panel: Panel) -> str:
    grid = panel.grid
    first, last = grid.roster.years
    orders = "" if grid.unit == STATE_YEAR else ", each pair in both orders"
    if not grid.directed:
        orders = ", each pair once, the lower number first"
    return (
        f"{grid.height:,} rows, one for each {grid.unit}{orders}, {first} to {last}, members of "
        f"the {LIST_NAMES[grid.roster.system]} state list. Made by beholden {__version__}."
    )


def _rules(panel: Panel) -> list[str]:
    grid = panel.grid
    lines = []
    for rule in panel.rules:
        sources = f" Told from {', '.join(rule.sources)}." if rule.sources else ""
        lines.append(f"- Kept: {rule.words}.{sources}")
        lines += [f"  - Note: {note}" for note in rule.notes]
    if grid.unit == STATE_YEAR:
        lines.append("- A state has a row in every year with a day of membership.")
    else:
        lines.append("- A pair has a row in every year with a day on which both were members.")
    if after := after_the_list(grid):
        lines.append(f"- {after}")
    endings = {name[name.rfind("_") :] for name in panel.columns}
    if grid.unit != STATE_YEAR and endings & {"_1", "_2"}:
        lines.append("- Columns that end in `_1` or `_2` hold the first or the second state's.")
    if grid.unit != STATE_YEAR:
        lines.append("- In measures of pairs the first state is the client, the second the patron.")
    if not grid.directed and endings & {"_12", "_21"}:
        lines.append("- Columns that end in `_21` hold the pair the other way round.")
    lines.append("- A missing cell is missing, never zero.")
    return lines


def _described(name: str, column: Column) -> list[str]:
    cover = column.coverage
    head = f"{column.label[:1].upper()}{column.label[1:]}."
    if column.scale:
        head += f" Unit: {column.scale}."
    if column.direction:
        head += f" {column.direction[:1].upper()}{column.direction[1:]}."
    lines = [f"### `{name}`", "", head, ""]
    lines.append(f"- {cover.present:,} of {cover.expected:,} rows have a value.")
    if column.aside:
        # The rest is that of the column whose errors these are.
        return lines
    lines += [f"- {count:,} missing: {reason}." for reason, count in cover.missing.items()]
    for reason, count in cover.dropped.items():
        rows = "1 row of the source has" if count == 1 else f"{count:,} rows of the source have"
        lines.append(f"- {rows} no row here: {reason}.")
    lines += [f"- Note: {note}" for note in column.notes]
    lines += [f"- Sources: {', '.join(column.sources)}."] if column.sources else []
    return lines + [f"- Step: {step}." for step in column.provenance.steps]
