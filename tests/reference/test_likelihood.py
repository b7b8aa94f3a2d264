"""Logits, ordered logits and hazards against statsmodels and lifelines on an unbalanced panel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import likelihood_panel as source
import numpy as np
import pytest

from beholden.models.design import Design, Specifications
from beholden.models.hazard import estimate_cox
from beholden.models.logit import estimate_logit
from beholden.models.ordered import estimate_ordered

if TYPE_CHECKING:
    from numpy.typing import NDArray

STORED = json.loads((Path(__file__).parent / "likelihood.json").read_text("utf-8"))
SPECS = source.specifications()
COLUMNS = source.panel()


def side(letter: str, count: int) -> NDArray[np.float64]:
    return np.column_stack([COLUMNS[f"{letter}{i}"] for i in range(count)])


def universes(specs: list[dict[str, Any]]) -> Specifications:
    def of(name: str) -> NDArray[np.int64]:
        return np.array([spec.get(name, 0) for spec in specs], dtype=np.int64)

    controls = np.array([spec["controls"] for spec in specs])
    return Specifications(
        *(of("outcome"), of("exposure"), controls, of("effects"), 0 * of("effects")),
        source.EFFECTS,
    )


def ours(kind: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Our figures and the stored ones, of all universes of one kind."""
    found, wanted = [], []
    for clusters in ("unit", "year"):
        for weighted in (False, True):
            at = [
                i
                for i, s in enumerate(SPECS)
                if (s["kind"], s["clusters"], s["weighted"]) == (kind, clusters, weighted)
            ]
            if not at:
                continue
            held = Design(
                side("o" if kind == "ordered" else "b", 2),
                side("x", 3),
                side("c", source.CONTROLS),
                {name: COLUMNS[name] for name in ("year", "region")},
                COLUMNS[clusters],
                COLUMNS["w"] if weighted else None,
            )
            specs = universes([SPECS[i] for i in at])
            if kind == "ordered":
                curve = estimate_ordered(held, specs)
            else:
                curve = estimate_logit(held, specs, link=kind)
            found.append(
                np.column_stack([curve.coefficient, curve.error, curve.rows, curve.parameters])
            )
            rows = np.array([STORED["fits"][i] for i in at])
            if clusters == "year":
                # A nested effect counts once here, with all its levels there.
                n, k, own = rows[:, 2], rows[:, 3], curve.parameters
                rows[:, 1] *= np.sqrt((n - k) / (n - own))
                rows[:, 3] = own
            wanted.append(rows)
    return np.vstack(found), np.vstack(wanted)


@pytest.mark.parametrize("kind", source.KINDS)
def test_rows_parameters_slopes_and_errors(kind: str) -> None:
    found, wanted = ours(kind)
    assert len(found) == 40
    assert found[:, 2:].astype(int).tolist() == wanted[:, 2:].astype(int).tolist()

    assert np.abs(found[:, 0] / wanted[:, 0] - 1).max() < 1e-8
    assert np.abs(found[:, 1] / wanted[:, 1] - 1).max() < 1e-7


@pytest.mark.parametrize("entry", [False, True])
def test_hazards_with_ties_and_without(entry: bool) -> None:
    listed = source.spells()
    at = [i for i, spec in enumerate(listed) if spec["entry"] == entry]
    held = Design(
        COLUMNS["event"][:, None], side("x", 2), side("c", source.CONTROLS), {}, COLUMNS["unit"]
    )
    start = COLUMNS["start"] if entry else np.zeros(held.n)
    stop = COLUMNS["stop" if entry else "moment"]
    curve = estimate_cox(held, universes([listed[i] for i in at]), start, stop)
    slopes = np.array([STORED["spells"][i][0] for i in at])
    assert np.abs(curve.coefficient / slopes - 1).max() < 1e-8
    if not entry:
        errors = np.array([STORED["spells"][i][1] for i in at])
        assert np.abs(curve.error / errors - 1).max() < 1e-7
