"""Paths with bands as a Vega-Lite specification: plain data, drawn by whoever has a renderer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from beholden.latent.problems import AnswersError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["plot"]

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_INK, _MUTED, _GRID, _PAPER = "#1a1a1a", "#595959", "#dedad1", "#fffdf8"
# Apart under common colour-vision deficiencies; dashes and names tell paths apart as well.
_COLOURS = ("#0a5ca8", "#b0430e", "#86296a", "#3d6b21", "#595959", "#a07400", "#1a1a1a", "#00798c")
_DASHES = ((), (6, 2), (2, 2), (8, 2, 2, 2))
_NORMAL_95 = 1.959964


class _Found(Protocol):
    def positions(self) -> pl.DataFrame: ...


def plot(
    found: _Found,
    units: Sequence[Any],
    *,
    names: Mapping[Any, str] | None = None,
    title: str = "",
    axis: str = "position",
    width: int = 560,
    height: int = 300,
) -> dict[str, Any]:
    """Paths of some units over time with their 95% bands.

    Parameters
    ----------
    found : Fit, Sample, PublishedFit or PublishedSample
        Anything whose `positions` has `unit`, `time`, `mean` and `sd`; `low` and `high` are
        taken where they are there.
    units : sequence
        Labels of up to eight units.
    names : mapping or None
        What to call them; None shows the labels.
    title, axis : str
        A heading, and the name of the vertical axis.
    width, height : int
        Pixels of the plot.

    Returns
    -------
    dict
        A Vega-Lite 6 specification with its data inside: ``altair.Chart.from_dict(spec)`` or
        ``vl_convert.vegalite_to_svg(spec)`` draw it.

    Raises
    ------
    AnswersError
        When a unit is unknown, or there are none or more than eight.

    Examples
    --------
    >>> class Found:
    ...     def positions(self):
    ...         return pl.DataFrame({"unit": ["a", "a"], "time": [1, 2], "mean": [0.0, 1.0],
    ...             "sd": [0.1, 0.1]})
    >>> plot(Found(), ["a"])["layer"][0]["mark"]["type"]
    'rule'
    """
    rows = _rows(found.positions(), units, dict(names or {}))
    shown = [str((names or {}).get(unit, unit)) for unit in units]
    x = {"field": "time", "type": "quantitative", "title": None,
         "scale": {"nice": False, "zero": False},
         "axis": {"format": "d", "grid": False, "tickCount": 10}}  # fmt: skip
    y = {"type": "quantitative", "title": axis, "scale": {"zero": False}, "axis": {"tickCount": 6}}
    colour = {"field": "name", "type": "nominal", "legend": None,
              "scale": {"domain": shown, "range": list(_COLOURS[: len(shown)])}}  # fmt: skip
    dash = {"field": "name", "type": "nominal", "legend": None,
            "scale": {"domain": shown, "range": [list(_DASHES[k % 4]) or [1, 0]
                                                 for k in range(len(shown))]}}  # fmt: skip
    detail = {"field": "run", "type": "nominal"}
    bands = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": colour}
    lines = {"x": x, "y": y | {"field": "mean"}, "color": colour, "strokeDash": dash}
    words = {"x": x, "y": {"field": "place", "type": "quantitative"}, "color": colour,
             "text": {"field": "name"}}  # fmt: skip
    layers = [
        {"data": {"values": [{"zero": 0}]}, "mark": {"type": "rule", "color": _GRID},
         "encoding": {"y": {"field": "zero", "type": "quantitative"}}},
        {"mark": {"type": "area", "opacity": 0.18}, "encoding": bands | {"detail": detail}},
        {"mark": {"type": "line", "strokeWidth": 1.8}, "encoding": lines | {"detail": detail}},
        {"data": {"values": _ends(rows, shown, height)},
         "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 11, "clip": False},
         "encoding": words},
    ]  # fmt: skip
    return {"$schema": _SCHEMA, "width": width, "height": height, "background": _PAPER,
            "padding": {"left": 8, "right": 96, "top": 8, "bottom": 8}, "config": _config(),
            "data": {"values": rows}, "layer": layers,
            **({"title": {"text": title, "anchor": "start"}} if title else {})}  # fmt: skip


def _config() -> dict[str, Any]:
    axis = {"labelColor": _MUTED, "titleColor": _MUTED, "gridColor": _GRID, "domainColor": _GRID,
            "tickColor": _GRID, "titleFontWeight": "normal", "labelFontSize": 11}  # fmt: skip
    title = {"color": _INK, "fontSize": 14, "fontWeight": 600}
    return {"font": _FONT, "axis": axis, "title": title, "view": {"stroke": None}}


def _rows(table: pl.DataFrame, units: Sequence[Any], names: dict[Any, str]) -> list[dict[str, Any]]:
    if not 1 <= len(units) <= len(_COLOURS):
        raise AnswersError(f"expected 1 to {len(_COLOURS)} units to plot, received {len(units)}")
    known = set(table["unit"])
    unknown = [unit for unit in units if unit not in known]
    if unknown:
        raise AnswersError(
            f"expected units with positions, received {unknown[0]!r}, which has none; "
            f"there are {len(known)}, among them {sorted(known)[:3]}"
        )
    if "low" not in table.columns:
        table = table.with_columns(
            low=pl.col("mean") - _NORMAL_95 * pl.col("sd"),
            high=pl.col("mean") + _NORMAL_95 * pl.col("sd"),
        )
    rows = []
    for unit in units:
        own = table.filter(pl.col("unit") == unit).sort("time")
        # A path is not drawn over years in which its unit has no position.
        run = (own["time"].diff().fill_null(1) > 1).cum_sum()
        for row, part in zip(own.iter_rows(named=True), run, strict=True):
            figures = {name: round(float(row[name]), 4) for name in ("time", "mean", "low", "high")}
            rows.append({"name": str(names.get(unit, unit)), "run": f"{unit} {part}", **figures})
    return rows


def _ends(rows: list[dict[str, Any]], shown: Sequence[str], height: int) -> list[dict[str, Any]]:
    """Names beside the ends of paths, moved apart where they would lie on each other."""
    last = [max((row for row in rows if row["name"] == name), key=lambda row: row["time"])
            for name in shown]  # fmt: skip
    reach = max(row["high"] for row in rows) - min(row["low"] for row in rows)
    apart, end = 13 / height * reach, max(row["time"] for row in rows)
    placed: list[dict[str, Any]] = []
    for row in sorted(last, key=lambda row: row["mean"]):
        place = row["mean"]
        for other in placed:
            if row["time"] == other["time"]:
                place = max(place, other["place"] + apart)
        # A path that ends before the others has its name where it ends.
        placed.append({"name": row["name"], "time": min(row["time"], end), "place": place})
    return placed
