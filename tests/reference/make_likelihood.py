"""Write likelihood.json: logits, ordered logits and hazards by statsmodels and lifelines.

Run with `python make_likelihood.py` where statsmodels 0.15 and lifelines 0.30 are installed; they
are no dependencies of beholden. All but hazards have cluster errors with the correction that
statsmodels gives by default, (N - 1) / (N - K) x G / (G - 1). For ordered logits and the
complementary log-log the sandwich is written out here from scores and observed information. Slopes
of hazards are those of statsmodels; without ties they have lifelines' cluster errors, their
variance times G / (G - 1). With ties lifelines has residuals that are not Efron's.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import lifelines  # type: ignore[import-not-found]
import likelihood_panel as source
import numpy as np
import pandas as pd
import statsmodels  # type: ignore[import-not-found]
import statsmodels.api as sm  # type: ignore[import-not-found]
from statsmodels.miscmodels.ordinal_model import OrderedModel  # type: ignore[import-not-found]


def right(columns: dict[str, Any], spec: dict[str, Any]) -> np.ndarray:
    own = [columns[f"c{i}"] for i, enters in enumerate(spec["controls"]) if enters]
    return np.column_stack([columns[f"x{spec['exposure']}"], *own])


def dummies(columns: dict[str, Any], names: tuple[str, ...], known: np.ndarray) -> np.ndarray:
    parts = [np.zeros((int(known.sum()), 0))]
    for name in names:
        ids = columns[name][known]
        parts.append((ids[:, None] == np.unique(ids)[1:]).astype(float))
    return np.hstack(parts)


def fit(columns: dict[str, Any], spec: dict[str, Any]) -> list[float]:
    letter = "o" if spec["kind"] == "ordered" else "b"
    y, x = columns[f"{letter}{spec['outcome']}"], right(columns, spec)
    known = np.isfinite(y) & np.isfinite(x).all(axis=1)
    table = np.hstack([x[known], dummies(columns, source.EFFECTS[spec["effects"]], known)])
    y, groups = y[known], columns[spec["clusters"]][known]
    if spec["kind"] == "ordered":
        model = OrderedModel(y.astype(int), table, distr="logit")
        start = model.fit(method="bfgs", disp=0, maxiter=500).params
        ends = start.copy()
        ends[table.shape[1] :] = model.transform_threshold_params(start)[1:-1]
        return [*polished(y.astype(int), table, ends, groups), len(y), len(start)]
    table = np.column_stack([table, np.ones(len(y))])
    if spec["kind"] == "logit" and not spec["weighted"]:
        robust = {"cov_type": "cluster", "cov_kwds": {"groups": groups}}
        found = sm.Logit(y, table).fit(method="newton", disp=0, tol=1e-14, maxiter=50, **robust)
        return [found.params[0], found.bse[0], len(y), table.shape[1]]
    link = sm.families.links.CLogLog() if spec["kind"] == "cloglog" else None
    weights = columns["w"][known] if spec["weighted"] else np.ones(len(y))
    model = sm.GLM(y, table, family=sm.families.Binomial(link), var_weights=weights)
    params = model.fit(tol=1e-14, maxiter=300).params
    return [params[0], sandwich(model, params, groups), len(y), table.shape[1]]


def chances(y: np.ndarray, table: np.ndarray, params: np.ndarray) -> np.ndarray:
    """Log chance of each row's category; complex parameters are welcome."""
    p = table.shape[1]
    cuts = params[p:][None, :] - (table @ params[:p])[:, None]
    below = 1 / (1 + np.exp(-cuts))
    below = np.hstack([np.zeros((len(y), 1)), below, np.ones((len(y), 1))])
    every = np.arange(len(y))
    result: np.ndarray = np.log(below[every, y + 1] - below[every, y])
    return result


def slopes(y: np.ndarray, table: np.ndarray, params: np.ndarray) -> np.ndarray:
    """Scores of the rows, exact: derivatives by steps along the imaginary axis."""
    steps = 1e-30j * np.eye(len(params))
    return np.column_stack([chances(y, table, params + s).imag / 1e-30 for s in steps])


def polished(
    y: np.ndarray, table: np.ndarray, params: np.ndarray, groups: np.ndarray
) -> tuple[float, float]:
    """The maximum near statsmodels' own, which stops early, and its cluster error.

    statsmodels takes information by differences of differences; here it is by differences of
    exact scores, good to about ten digits.
    """
    for _ in range(8):
        steps = 1e-5 * np.eye(len(params))
        bend = [
            (slopes(y, table, params + s) - slopes(y, table, params - s)).sum(axis=0) / 2e-5
            for s in steps
        ]
        bread = np.linalg.inv(-np.array(bend))
        scores = slopes(y, table, params)
        params = params + bread @ scores.sum(axis=0)
    blocks = pd.DataFrame(scores).groupby(groups).sum().to_numpy()
    g, n, k = len(blocks), len(y), len(params)
    scale = (n - 1) / (n - k) * g / (g - 1)
    variance = scale * (bread @ blocks.T @ blocks @ bread)[0, 0]
    return float(params[0]), float(np.sqrt(variance))


def sandwich(model: Any, params: np.ndarray, groups: np.ndarray) -> float:
    bread = np.linalg.inv(-model.hessian(params, observed=True))
    scores = pd.DataFrame(model.score_obs(params)).groupby(groups).sum().to_numpy()
    g, (n, k) = len(scores), model.exog.shape
    scale = (n - 1) / (n - k) * g / (g - 1)
    return float(np.sqrt(scale * (bread @ scores.T @ scores @ bread)[0, 0]))


def hazard(columns: dict[str, Any], spec: dict[str, Any]) -> list[float | None]:
    x = right(columns, spec)
    known = np.isfinite(x).all(axis=1)
    stop = columns["stop" if spec["entry"] else "moment"][known]
    x, event = x[known], columns["event"][known]
    # Halfway to the next time: at risk after `start`, whatever is taken for it at `start`.
    entry = columns["start"][known] + 0.5 if spec["entry"] else None
    model = sm.PHReg(stop, x, event, entry=entry, ties="efron")
    slope = float(model.fit(method="newton", disp=0, tol=1e-14, maxiter=100).params[0])
    if spec["entry"]:
        return [slope, None]
    names = [f"v{i}" for i in range(x.shape[1])]
    frame = pd.DataFrame(x, columns=names).assign(
        stop=stop, event=event, unit=columns["unit"][known]
    )
    fitter = lifelines.CoxPHFitter()
    options = {"precision": 1e-13}
    fitter.fit(frame, "stop", "event", cluster_col="unit", fit_options=options)
    g = frame.unit.nunique()
    error = float(fitter.standard_errors_["v0"]) * np.sqrt(g / (g - 1))
    return [slope, error]


def main() -> None:
    warnings.simplefilter("ignore")
    columns = source.panel()
    fits = [[float(value) for value in fit(columns, s)] for s in source.specifications()]
    spells = [hazard(columns, s) for s in source.spells()]
    made = f"statsmodels {statsmodels.__version__}, lifelines {lifelines.__version__}"
    head = json.dumps({"made by": made, "columns": "b se N K; b se"})[:-1]
    rows = ",\n".join(json.dumps(row) for row in fits)
    timed = ",\n".join(json.dumps(row) for row in spells)
    text = f'{head}, "fits": [\n{rows}\n], "spells": [\n{timed}\n]}}\n'
    Path(__file__).with_name("likelihood.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
