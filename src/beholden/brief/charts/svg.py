"""From a Vega-Lite specification to an SVG that can stand in a page: safe, plain and themed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from beholden.brief.charts.palette import COLOURS
from beholden.core import digest

if TYPE_CHECKING:
    from beholden.brief.charts.drawing import Chart

__all__ = ["render"]

_SVG = "http://www.w3.org/2000/svg"
_VARIABLES = {entry.light: entry.variable for entry in COLOURS}
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_LINK = re.compile(r"url\(#([^)]+)\)")
_FONT = (
    "var(--font-chart, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, "
    "'Noto Sans', sans-serif)"
)
_DROPPED = {
    "class",
    "role",
    "pointer-events",
    "font-family",
    "stroke-miterlimit",
    "aria-hidden",
    "aria-label",
    "aria-roledescription",
}
_DEFAULTS = {("opacity", "1"), ("stroke-width", "1"), ("font-weight", "normal"), ("x2", "0")}
_DEFAULTS |= {("y2", "0"), ("text-anchor", "start"), ("transform", "translate(0,0)")}


def render(chart: Chart, scope: str = "") -> str:
    """The inline SVG of a chart.

    It scales with its container, has a name and a description for readers who cannot see it,
    refers to nothing outside itself, and takes its colours from custom properties of the page
    (see :func:`beholden.brief.charts.palette.css`).

    Parameters
    ----------
    chart : Chart
        What to draw.
    scope : str
        Put before every id, for a page that shows the same chart twice.

    Returns
    -------
    str
        One `svg` element; equal charts give equal text.

    Examples
    --------
    >>> from beholden.brief.charts.drawing import Chart, Pad, canvas, texts
    >>> spec = canvas(20, Pad(0, 0, 0, 0), [texts([{"x": 0, "y": 9, "text": "a < b"}])])
    >>> "a &lt; b" in render(Chart("series", "T", "D", (), (), spec))
    True
    """
    import vl_convert  # heavy, and only needed once something is drawn

    drawn = vl_convert.vegalite_to_svg(chart.spec, allowed_base_urls=[])
    root = ET.fromstring(drawn)  # noqa: S314 - our own renderer's output
    name = f"{scope}c{digest([chart.spec, chart.title, chart.description])}"
    _clean(root, name)
    _prune(root)
    _head(root, chart, name)
    ET.register_namespace("", _SVG)
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _clean(root: ET.Element, name: str) -> None:
    """Take out what a page has no use for, and put the page's colours in."""
    for element in root.iter():
        styles = []
        for attribute, value in sorted(element.attrib.items()):
            del element.attrib[attribute]
            if attribute in _DROPPED or (attribute, value) in _DEFAULTS:
                continue
            if attribute in ("fill", "stroke") and value.lower() in _VARIABLES:
                styles.append(f"{attribute}:{_VARIABLES[value.lower()]}")
            elif attribute == "id":
                element.set(attribute, f"{name}-{value}")
            else:
                element.set(attribute, _LINK.sub(rf"url(#{name}-\1)", _LONG.sub(_short, value)))
        if styles:
            element.set("style", ";".join(styles))


def _short(found: re.Match[str]) -> str:
    text = f"{float(found.group()):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _prune(element: ET.Element) -> None:
    """Drop paths that draw nothing, and groups that hold nothing."""
    for child in list(element):
        _prune(child)
        tag = child.tag.rpartition("}")[2]
        empty_path = tag == "path" and (
            child.get("display") == "none" or child.get("d") in ("", "M0,0h0v0h0Z")
        )
        unseen = tag == "path" and not {"style", "fill", "stroke"} & set(child.attrib)
        ground = tag == "rect" and child.get("fill") == "transparent"
        if empty_path or unseen or ground or (tag == "g" and len(child) == 0):
            element.remove(child)
    _unwrap(element)


def _unwrap(element: ET.Element) -> None:
    """Put the children of groups that say nothing in the place of the groups."""
    for place in range(len(element) - 1, -1, -1):
        child = element[place]
        if child.tag.rpartition("}")[2] == "g" and not child.attrib:
            element[place : place + 1] = list(child)


def _head(root: ET.Element, chart: Chart, name: str) -> None:
    """Size, name and description; the parts inside are presentation."""
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.set("class", f"chart chart-{chart.kind}")
    root.set("viewBox", box)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    limit = f"{1.35 * float(box.split()[2]):.0f}px" if box else "100%"
    root.set("style", f"width:100%;max-width:{limit};height:auto;font-family:{_FONT}")
    for place, (tag, text) in enumerate((("title", chart.title), ("desc", chart.description))):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(place, element)
