"""Svolik: spells of dictatorship and democracy, 1946-2008."""

from __future__ import annotations

from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
svolik_regime_country | name of the country
svolik_regime_ccode | Correlates of War number
year | calendar year
regime | dictatorship, democracy, no authority or independence
regime_numeric | 0 dictatorship, 1 democracy
start_year | first year of the spell
end_year | last year of the spell
""")

SOURCE = Source(
    name="svolik",
    title="Spells of regimes",
    producer="Milan W. Svolik",
    version="2012",
    home="https://campuspress.yale.edu/svolik/the-politics-of-authoritarian-rule/",
    citation=(
        "Svolik, M. W. (2012). The politics of authoritarian rule. Cambridge University Press."
    ),
    bibtex="""@book{svolik,
  author = {Svolik, Milan W.},
  title = {The Politics of Authoritarian Rule},
  publisher = {Cambridge University Press},
  year = {2012}
}""",
    released="2012",
)

DATASET = Regimes(
    table="svolik_regime",
    sha256="0e3ba77bfb9b73a497ba1d5d7fae3193a7d029b40ecd17085099f10ec02d951e",
    size=9773,
    keys=("svolik_regime_ccode", "year"),
    span=(1946, 2008),
    columns=COLUMNS,
    text=("svolik_regime_country", "regime"),
    whole=("svolik_regime_ccode", "start_year", "end_year"),
    traps=("The data end in 2008.",),
).dataset(SOURCE)
