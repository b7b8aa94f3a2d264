"""Write association.json: 600 regressions by pyfixest 0.60.0.

Run with `PYTHONHASHSEED=0 python make_association.py` where pyfixest is installed; it is no
dependency of beholden. The hash seed matters: pyfixest orders fixed effects by it, and may then
take the years for nested in units; each df_k is checked here against the count in words.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import association_panel as source
import pandas as pd
import pyfixest as pf  # type: ignore[import-not-found]


def fit(frame: pd.DataFrame, spec: dict[str, Any]) -> list[float]:
    used = frame[frame.year >= 10] if spec["late"] else frame
    regressors = [f"x{spec['exposure']}"]
    regressors += [f"c{i}" for i, enters in enumerate(spec["controls"]) if enters]
    effects = source.EFFECTS[spec["effects"]]
    formula = f"y{spec['outcome']} ~ {' + '.join(regressors)}"
    formula += f" | {' + '.join(effects)}" if effects else ""
    model = pf.feols(
        formula,
        used,
        vcov={"CRV1": "+".join(spec["clusters"])},
        weights="w" if spec["weighted"] else None,
        fixef_rm="singleton" if spec["singletons"] == "drop" else "none",
        demeaner=pf.MapDemeaner(fixef_tol=1e-12),
    )
    row = model.tidy().loc[regressors[0]]
    wanted = count(model._data, spec, len(regressors))
    if model._df_k != wanted:
        sys.exit(f"expected K = {wanted} in {spec}, found {model._df_k}; set PYTHONHASHSEED=0")
    ends = [row["2.5%"], row["97.5%"]]
    return [row["Estimate"], row["Std. Error"], *ends, model._N, model._df_k, int(model._df_t)]


def count(data: pd.DataFrame, spec: dict[str, Any], slopes: int) -> int:
    effects = source.EFFECTS[spec["effects"]]
    nests = {"unit": {"unit", "region"}, "year": {"year"}}
    own = [1 if nests[e] & set(spec["clusters"]) else data[e].nunique() for e in effects]
    return slopes + (sum(own) - len(own) + 1 if own else 1)


def main() -> None:
    if os.environ.get("PYTHONHASHSEED") != "0":
        sys.exit("expected PYTHONHASHSEED=0 in the environment")
    warnings.simplefilter("ignore")
    frame = pd.DataFrame(source.panel())
    fits = [fit(frame, spec) for spec in source.specifications()]
    head = {"made by": f"pyfixest {pf.__version__}", "columns": "b se low high N K df"}
    lines = ",\n".join(json.dumps([float(value) for value in row]) for row in fits)
    text = json.dumps(head)[:-1] + f', "fits": [\n{lines}\n]}}\n'
    Path(__file__).with_name("association.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
