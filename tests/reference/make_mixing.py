"""Make mixing.json: R-hat and effective sample sizes of made chains as ArviZ computes them. Not
run by the tests and no dependency of the project.

    python -m venv build/reference && build/reference/bin/pip install arviz==0.23.4
    build/reference/bin/python tests/reference/make_mixing.py

The chains are made again by the test from the same recipe (`chains` below, written twice so that
neither needs the other): autoregressive draws, some chains shifted or spread out.
"""

from __future__ import annotations

import importlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

# Seed, chains, draws, autocorrelation, shift of the first chain, spread of the last.
PLANS: list[tuple[int, int, int, float, float, float]] = [
    (1, 4, 500, 0.0, 0.0, 1.0),
    (2, 4, 501, 0.9, 0.0, 1.0),
    (3, 2, 200, 0.5, 1.0, 1.0),
    (4, 4, 300, 0.3, 0.0, 3.0),
    (5, 2, 1000, 0.95, 0.0, 1.0),
    (6, 3, 100, -0.6, 0.0, 1.0),
    (7, 4, 40, 0.99, 0.0, 1.0),
]


def chains(
    seed: int, count: int, draws: int, carry: float, shift: float, spread: float
) -> np.ndarray[Any, np.dtype[np.float64]]:
    noise = np.random.default_rng(seed).standard_normal((count, draws))
    out = np.empty((count, draws))
    out[:, 0] = noise[:, 0]
    for t in range(1, draws):
        out[:, t] = carry * out[:, t - 1] + np.sqrt(1 - carry**2) * noise[:, t]
    out[0] += shift
    out[-1] *= spread
    return out


def main() -> None:
    # Loaded by name, for the project does not depend on it.
    arviz = importlib.import_module("arviz")
    cases = []
    for plan in PLANS:
        drawn = chains(*plan)
        cases.append(
            {
                "plan": plan,
                "rhat": float(arviz.rhat(drawn, method="rank")),
                "bulk": float(arviz.ess(drawn, method="bulk")),
                "tail": float(arviz.ess(drawn, method="tail")),
            }
        )
    made = {"arviz": metadata.version("arviz"), "numpy": np.__version__, "cases": cases}
    path = Path(__file__).with_name("mixing.json")
    path.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
