"""Make newey_west.json with statsmodels: least squares with heteroskedasticity- and
autocorrelation-consistent errors. Not run by the tests and no dependency of the project.

    python -m venv build/reference && build/reference/bin/pip install statsmodels==0.15.0
    build/reference/bin/python tests/reference/make_newey_west.py
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np

# Yearly arrivals 2002 to 2019, yes votes 2005 to 2011, and an autocorrelated walk.
_ARRIVALS = [
    1142, 1285, 1898, 1384, 2028, 2554, 2803, 2914, 2402,
    2706, 1502, 1514, 1397, 1275, 1418, 1127, 1137, 1047,
]  # fmt: skip
_YES = [88, 99, 101, 94, 99, 106, 123]
_WALK = np.random.default_rng(20150322).normal(size=30).cumsum().round(3).tolist()
_SERIES = {"arrivals": (2002, _ARRIVALS), "yes votes": (2005, _YES), "walk": (1990, _WALK)}


def main() -> None:
    """Fit every series with several lags and write the numbers."""
    models = importlib.import_module("statsmodels.api")
    version = importlib.import_module("statsmodels").__version__
    cases = []
    for name, (first, values) in _SERIES.items():
        years = np.arange(first, first + len(values), dtype=float)
        design = models.add_constant(years - years.mean())
        for lags in (0, 1, 2, 4):
            fit = models.OLS(np.array(values, dtype=float), design).fit(
                cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True
            )
            low, high = fit.conf_int(0.05)[1]
            cases.append(
                {
                    "series": name,
                    "years": years.tolist(),
                    "values": values,
                    "lags": lags,
                    "slope": float(fit.params[1]),
                    "low": float(low),
                    "high": float(high),
                    "p": float(fit.pvalues[1]),
                }
            )
    result = {"made_with": f"statsmodels {version}", "cases": cases}
    path = Path(__file__).with_name("newey_west.json")
    path.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
