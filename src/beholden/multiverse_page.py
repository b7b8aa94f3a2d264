"""What a multiverse of one's own data found: a page, a summary for programs, lines to print."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np
from markupsafe import Markup

from beholden import __version__
from beholden.associations import RULE
from beholden.brief.charts import palette, render
from beholden.brief.charts.effects import Block, Effects, effects_curve
from beholden.brief.page import environment
from beholden.brief.prose import SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.associations import Associations
    from beholden.brief.charts import Chart
    from beholden.core import Input

__all__ = ["as_json", "figure", "page", "summary"]

PROGRAMS = ("numpy", "numba", "polars", "scipy")
QUESTIONS = {
    "outcome": "what is explained",
    "exposure": "what is thought to go with it",
    "form": "the functional form",
    "lag": "years in between",
    "effects": "which fixed effects",
    "period": "which years",
    "sample": "which units",
    "weights": "how rows weigh",
    "missing": "what becomes of missing values",
    "errors": "how errors go together",
    "controls": "what is held fixed",
}


def figure(found: Associations, title: str) -> Chart | None:
    """The specification curve of a multiverse.

    Parameters
    ----------
    found : Associations
    title : str
        What goes with what.

    Returns
    -------
    Chart or None
        None where fewer than two universes have an effect.
    """
    frame = found.universes
    blocks = []
    for choice, labels in found.grid.options.items():
        if len(labels) > 1 and choice != "controls":
            took = frame[choice].cast(str).to_numpy()[:, None] == np.array(labels)[None, :]
            blocks.append(Block(choice, QUESTIONS[choice], labels, took))
    controls = found.control_columns
    if len(found.grid.options["controls"]) > 1:
        took = frame.select(controls.values()).to_numpy().astype(bool)
        blocks.append(Block("controls", QUESTIONS["controls"], tuple(controls), took))
    first = found.deciding[:1]
    effect, low, high = (
        frame[name].fill_null(float("nan")).to_numpy()
        for name in ("effect", "effect_low", "effect_high")
    )
    described = Effects(
        *(effect, low, high),
        frame["meets"].fill_null(value=False).to_numpy(),
        tuple(blocks),
        found.grid.sign * found.grid.smallest,
        tuple(one.choice for one in found.deciding),
        _decides(found) if first else "",
        "verdict" if first and first[0].of == "meets" else "figure",
    )
    return effects_curve(described, title)


def _decides(found: Associations) -> str:
    first = found.deciding[0]
    what = "whether a universe meets the expectation" if first.of == "meets" else "the effect"
    return f"The choice of {first.choice} explains {first.share:.0%} of the variance of {what}."


def summary(
    found: Associations, inputs: Sequence[Input], command: str, title: str, note: str
) -> dict[str, Any]:
    """What was found and from what, for other programs.

    Parameters
    ----------
    found : Associations
    inputs : sequence of Input
        Files with their SHA-256.
    command, title, note : str
        How it was made, what was asked, what readers should know.

    Returns
    -------
    dict
        Plain data for JSON.
    """
    counts = found.universes["status"].value_counts(sort=True)
    return {
        "title": title,
        "note": note,
        "verdict": asdict(found.verdict),
        "rule": RULE,
        "expected": {"sign": found.grid.sign, "smallest": found.grid.smallest},
        "joint": _finite(asdict(found.joint)) if found.joint else None,
        "deciding": [asdict(one) for one in found.deciding],
        "deciding_effect": [asdict(one) for one in found.deciding_effect],
        "statuses": dict(sorted(counts.iter_rows())),
        "excluded": [asdict(one) for one in found.excluded],
        "notes": list(found.notes),
        "provenance": {
            "command": command,
            "inputs": [{"file": one.file, "sha256": one.sha256} for one in inputs],
            "versions": {
                "beholden": __version__,
                "python": platform.python_version(),
                **{name: version(name) for name in PROGRAMS},
            },
        },
    }


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has no word for what is not a number."""
    return {
        key: None if isinstance(value, float) and not np.isfinite(value) else value
        for key, value in values.items()
    }


def page(found: Associations, told: dict[str, Any]) -> str:
    """The page of a multiverse.

    Parameters
    ----------
    found : Associations
    told : dict
        Of :func:`summary`.

    Returns
    -------
    str
        One HTML file that loads nothing from anywhere.
    """
    made = environment()
    title = told["title"]
    chart = figure(found, title)
    css = made.get_template("page.css").render() + palette.css()
    return made.get_template("multiverse.html.j2").render(
        title=title,
        note=told["note"],
        beholden=__version__,
        css=Markup(css),  # noqa: S704 - our own style sheets
        signs=SIGNS,
        verdict=found.verdict,
        svg=Markup(render(chart)) if chart else "",  # noqa: S704 - drawn by us, text escaped
        caption=chart.description if chart else "",
        tables=_tables(found, told),
        rule=RULE,
        notes=found.notes,
        command=told["provenance"]["command"],
    )


def _tables(found: Associations, told: dict[str, Any]) -> list[dict[str, Any]]:
    files = [(one["file"], one["sha256"]) for one in told["provenance"]["inputs"]]
    versions = list(told["provenance"]["versions"].items())
    statuses = [(word, f"{count:,}") for word, count in told["statuses"].items()]
    excluded = [(one.reason, f"{one.count:,}") for one in found.excluded]
    shares = ("choice", "share of variance", "of")
    return [
        _table("deciding", "What decides", shares, _deciding(found)),
        _table("joint", "Joint tests", ("statistic", "found", "p"), _joint(found)),
        _table("statuses", "What became of the universes", ("status", "universes"), statuses),
        _table("excluded", "Not planned", ("reason", "combinations"), excluded),
        _table("files", "Files and versions", ("what", "SHA-256 or version"), [*files, *versions]),
    ]


def _deciding(found: Associations) -> list[tuple[str, str, str]]:
    sides = {"the verdict": found.deciding, "the effect": found.deciding_effect}
    return [
        (one.choice, f"{one.share:.1%}", words)
        for words, several in sides.items()
        for one in several
        if (one.of == "effect") == (words == "the effect")
    ]


def _joint(found: Associations) -> list[tuple[str, str, str]]:
    joint = found.joint
    if joint is None:
        return []
    rows = [
        ("median effect", f"{joint.median:.3f}", f"{joint.median_p:.3g}"),
        ("share significant", f"{joint.share:.1%}", f"{joint.share_p:.3g}"),
        ("average z", f"{joint.average_z:.2f}", f"{joint.average_z_p:.3g}"),
    ]
    if joint.permutation_p is not None:
        rows.append(("median effect, exposures exchanged", "", f"{joint.permutation_p:.3g}"))
    return [*rows, ("method", joint.method, "")]


def _table(name: str, title: str, heads: Sequence[str], rows: Sequence[Any]) -> dict[str, Any]:
    return {"id": name, "title": title, "heads": heads, "rows": rows}


def as_json(told: dict[str, Any]) -> str:
    """The summary as text."""
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
