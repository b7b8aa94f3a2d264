"""A picture of positions over time, with bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beholden.brief.charts import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

__all__ = ["picture"]

_ROLES = ("holds", "fails", "accent", "muted", "ink")
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 2, 2, 2])
_AXES = {
    "ideal-points": "ideal point (higher: votes closer to the United States)",
    "human-rights": "protection of physical integrity (higher: better)",
}


def picture(positions: pl.DataFrame, units: Sequence[str], kind: str) -> str:
    """Paths of some states with 95% bands, as SVG.

    Parameters
    ----------
    positions : polars.DataFrame
        Columns `unit`, `year`, `mean`, `low` and `high`.
    units : sequence of str
        The states shown, each with its code at the end of its path.
    kind : {"ideal-points", "human-rights"}
        What the positions are of.

    Examples
    --------
    >>> import polars as pl
    >>> rows = {"unit": ["A", "A"], "year": [1, 2], "mean": [0.0, 1], "low": [-1.0, 0]}
    >>> drawn = picture(pl.DataFrame({**rows, "high": [1.0, 2]}), ["A"], "human-rights")
    >>> drawn.startswith("<svg"), ">A</text>" in drawn
    (True, True)
    """
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_spec(positions, units, kind), allowed_base_urls=[]))


def _spec(positions: pl.DataFrame, units: Sequence[str], kind: str) -> dict[str, Any]:
    shown = positions.filter(positions["unit"].is_in(list(units))).sort("unit", "year")
    ends = shown.group_by("unit", maintain_order=True).last()
    names = list(units)
    colour, dash = _looks(names)
    x: dict[str, Any] = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "axis": {"format": "d"},
    }
    x["scale"] = {"zero": False, "nice": False}
    y = {"field": "mean", "type": "quantitative", "title": _AXES[kind]}
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": colour}
    label: dict[str, Any] = {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"}
    words = {"field": "unit", "type": "nominal"}
    columns = ["unit", "year", "mean", "low", "high"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 620,
        "height": 340,
        "background": palette.colour("paper"),
        "padding": {"left": 8, "top": 10, "right": 40, "bottom": 8},
        "data": {"values": shown.select(columns).to_dicts()},
        "layer": [
            {"mark": {"type": "area", "opacity": 0.18}, "encoding": band},
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour, "strokeDash": dash},
            },
            {
                "data": {"values": ends.select(columns).to_dicts()},
                "mark": label,
                "encoding": {"x": x, "y": y, "text": words, "color": colour},
            },
        ],
        "config": {"view": {"stroke": None}, "axis": {"gridColor": palette.colour("grid")}},
    }


def _looks(names: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A colour for each state, and dashes where colours come again."""
    colours = [palette.colour(_ROLES[i % len(_ROLES)]) for i in range(len(names))]
    colour = {
        "field": "unit",
        "type": "nominal",
        "scale": {"domain": names, "range": colours},
        "legend": None,
    }
    dashes = [_DASHES[i // len(_ROLES) % len(_DASHES)] for i in range(len(names))]
    dash = {**colour, "scale": {"domain": names, "range": dashes}}
    return colour, dash
