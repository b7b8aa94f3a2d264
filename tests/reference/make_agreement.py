"""Make agreement.json: kappa and pi of made votes as scikit-learn, statsmodels and krippendorff
compute them. Not run by the tests and no dependency of the project.

    python -m venv build/reference && build/reference/bin/pip install \
        scikit-learn==1.9.1 statsmodels==0.15.0 krippendorff==0.9.0
    build/reference/bin/python tests/reference/make_agreement.py

None of the three has Scott's pi under this name. For two voters without missing votes Fleiss'
kappa is Scott's pi, and Krippendorff's alpha differs from it only in that chance draws two of
the 2n votes without putting the first one back: 1 - pi = (1 - alpha) 2n / (2n - 1).
"""

from __future__ import annotations

import importlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

CODES = [1, 2, 3]
SCORES = np.array([1.0, 0.5, 0.0])
# Shares of yes, abstain and no of either state, roll calls, how often the second copies the first.
PLANS = [
    ([0.6, 0.2, 0.2], [0.6, 0.2, 0.2], 40, 0.5),
    ([0.8, 0.15, 0.05], [0.1, 0.3, 0.6], 75, 0.0),
    ([0.34, 0.33, 0.33], [0.34, 0.33, 0.33], 12, 0.9),
    ([0.95, 0.03, 0.02], [0.9, 0.05, 0.05], 300, 0.2),
    ([0.5, 0.0, 0.5], [0.4, 0.3, 0.3], 60, 0.3),
]


def main() -> None:
    """Draw the votes, ask the programs and write what they say."""
    names = ("scikit-learn", "statsmodels", "krippendorff")
    rng = np.random.default_rng(19450626)
    cases = [_case(rng, *plan) for plan in PLANS]
    made_with = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    path = Path(__file__).with_name("agreement.json")
    text = json.dumps({"made_with": made_with, "cases": cases}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _case(
    rng: np.random.Generator, first: list[float], second: list[float], n: int, copies: float
) -> dict[str, Any]:
    x = rng.choice(CODES, size=n, p=first)
    y = np.where(rng.random(n) < copies, x, rng.choice(CODES, size=n, p=second))
    votes = ["".join(map(str, vector.tolist())) for vector in (x, y)]
    return {"votes": votes, "kappa": _kappa(x, y), "pi": _pi(x, y)}


def _kappa(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> dict[str, float]:
    score = importlib.import_module("sklearn.metrics").cohen_kappa_score
    weights = {"nominal": None, "absolute": "linear", "squared": "quadratic"}
    return {name: float(score(x, y, labels=CODES, weights=word)) for name, word in weights.items()}


def _pi(x: np.ndarray[Any, Any], y: np.ndarray[Any, Any]) -> dict[str, float]:
    fleiss = importlib.import_module("statsmodels.stats.inter_rater").fleiss_kappa
    alpha = importlib.import_module("krippendorff").alpha
    counts = np.stack([(x == code).astype(int) + (y == code) for code in CODES], axis=1)
    interval = alpha(
        reliability_data=np.stack([SCORES[x - 1], SCORES[y - 1]]),
        value_domain=sorted(SCORES.tolist()),
        level_of_measurement="interval",
    )
    pairs = 2 * len(x)
    return {
        "nominal": float(fleiss(counts, method="fleiss")),
        "squared": float(1 - (1 - interval) * pairs / (pairs - 1)),
    }


if __name__ == "__main__":
    main()
