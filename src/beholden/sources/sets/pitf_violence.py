"""Major episodes of political violence, 1946-2014."""

from __future__ import annotations

from beholden.sources.family_pitf import pitf_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
scode | Polity's letters of the country
ccode | Polity's number of the country, which is not always that of Correlates of War
country | name of the country
year | calendar year
ind | whether it was independent | 0 or 1
intind | war of independence | 0 to 10 | higher = worse
intviol | violence between states | 0 to 10 | higher = worse
intwar | war between states | 0 to 10 | higher = worse
civviol | civil violence | 0 to 10 | higher = worse
civwar | civil war | 0 to 10 | higher = worse
ethviol | ethnic violence | 0 to 10 | higher = worse
ethwar | ethnic war | 0 to 10 | higher = worse
inttot | all between states | sum | higher = worse
civtot | all within the state | sum | higher = worse
actotal | all together | sum | higher = worse
nborder | neighbouring states | count
""")

DATASET = pitf_set(
    "pitf_violence",
    "Major episodes of political violence",
    ("MEPV2014.xls", "4f72942c112532d755109621748efa8c2688ae65e624e564b4834dce0df90288", 1466368),
    ("scode", "year"),
    1946,
    COLUMNS,
    sizes=(),
)
