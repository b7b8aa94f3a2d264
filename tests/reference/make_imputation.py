"""Write imputation.json: a table imputed by scikit-learn, and pooled slopes by statsmodels.

Run with `python make_imputation.py` where scikit-learn 1.9 and statsmodels 0.15 are installed; they
are no dependencies of beholden. scikit-learn gives what is expected of each missing cell (iterated
Bayesian regressions); statsmodels imputes by chained equations, 100 times, and pools least squares.
"""

from __future__ import annotations

import json
from pathlib import Path

import imputation_table as source
import numpy as np
import pandas as pd
import sklearn  # type: ignore[import-not-found]
import statsmodels  # type: ignore[import-not-found]
import statsmodels.api as sm  # type: ignore[import-not-found]
from sklearn.experimental import enable_iterative_imputer  # type: ignore[import-not-found]  # noqa: F401
from sklearn.impute import IterativeImputer  # type: ignore[import-not-found]
from statsmodels.imputation import mice  # type: ignore[import-not-found]


def main() -> None:
    table = source.table()
    filled = IterativeImputer(max_iter=200, tol=1e-8, random_state=0).fit_transform(table)
    np.random.seed(1)
    data = mice.MICEData(pd.DataFrame(table, columns=["y", "x", "c"]))
    found = mice.MICE("y ~ x + c", sm.OLS, data).fit(20, 100)
    text = json.dumps(
        {
            "made by": f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__}",
            "expected": [round(float(value), 6) for value in filled[np.isnan(table)]],
            "slopes": [float(value) for value in found.params[1:]],
            "errors": [float(value) for value in found.bse[1:]],
        }
    )
    Path(__file__).with_name("imputation.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
