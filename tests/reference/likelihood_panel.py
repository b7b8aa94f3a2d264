"""Binary, ordered and timed outcomes on the panel of regressions, and what to fit on them."""

from __future__ import annotations

from typing import Any

import association_panel as source
import numpy as np

CONTROLS = 4
KINDS = ("logit", "cloglog", "ordered")
EFFECTS = ((), ("year",), ("region",), ("year", "region"))
CUTS = (-1.0, 0.5, 1.5)


def panel() -> dict[str, Any]:
    """As there, with `b0` and `b1` of 0 and 1, `o0` and `o1` of 0 to 3, and coarse spells."""
    columns = source.panel()
    for place in ("0", "1"):
        y = columns[f"y{place}"]
        lost = np.isnan(y)
        columns[f"b{place}"] = np.where(lost, np.nan, (y > 0.8).astype(float))
        columns[f"o{place}"] = np.where(lost, np.nan, np.digitize(y, CUTS).astype(float))
    # Few years and regions, so that none has outcomes of one kind alone.
    columns["year"] = columns["year"] // 3
    columns["region"] = columns["region"] // 3
    n = len(columns["unit"])
    columns["stop"] = np.ceil(
        6 * -np.log(source.uniform(50, n)) * np.exp(-0.4 * columns["x0"] - 0.2 * columns["c0"])
    )
    columns["start"] = np.minimum(np.floor(3 * source.uniform(51, n)), columns["stop"] - 1)
    columns["moment"] = columns["stop"] - 0.9 * source.uniform(53, n)
    columns["event"] = (source.uniform(52, n) < 0.6).astype(float)
    return columns


def specifications() -> list[dict[str, Any]]:
    """What to fit, drawn once for all."""
    draw = source.uniform(60, 120, 6 + CONTROLS)
    return [
        {
            "kind": KINDS[place % 3],
            "outcome": int(row[0] * 2),
            "exposure": int(row[1] * 3),
            "controls": [bool(value < 0.5) for value in row[6:]],
            "effects": int(row[2] * 4),
            "clusters": "unit" if row[3] < 0.7 else "year",
            "weighted": place % 3 == 0 and bool(row[4] < 0.3),
        }
        for place, row in enumerate(draw)
    ]


def spells() -> list[dict[str, Any]]:
    """Universes of the timed outcome.

    With `entry` rows begin at their own times and many end at once; otherwise all begin at time 0
    and end at moments of their own.
    """
    return [
        {"exposure": x, "controls": [bool(s & 1), bool(s & 2), False, False], "entry": entry}
        for x in (0, 1)
        for s in range(4)
        for entry in (False, True)
    ]
