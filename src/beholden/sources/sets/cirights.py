"""The CIRIGHTS human rights data, file of November 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "cirights/cirights_v1.22.11.25.csv"
TEXT = ("country", "iso_a3")
WHOLE = ("year", "ciri", "cow", "polity", "unctry", "unreg", "unsubreg")


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return typed(csv_as_text(paths[FILE]), keys=DATASET.keys, text=TEXT, whole=WHOLE)


COLUMNS = columns_of("""
country | name of the country
iso_a3 | ISO 3166 code; empty for Serbia, Germany, Czechoslovakia, Kosovo and others
year | calendar year
ciri | number in the CIRI data
cow | Correlates of War number, with 342 for Serbia from 2006
polity | number in the Polity data
unctry | United Nations number
unreg | United Nations number of the continent
unsubreg | United Nations number of the region
human_rights_score | overall score; 186 rows only | 0 to 100 | higher = better
physint_sum | disap, kill, polpris and tort together | 0 to 8 | higher = better
workerrights_laws_sum | rights of workers in law, together | 0 to 14 | higher = better
workerrights_practices_sum | rights of workers in practice, together | 0 to 14 | higher = better
polpris | political imprisonment: 0 frequent, 1 some, 2 none reported | 0 to 2 | higher = better
disap | disappearances: 0 frequent, 1 occasional, 2 none reported | 0 to 2 | higher = better
tort | torture: 0 frequent, 1 occasional, 2 none reported | 0 to 2 | higher = better
kill | extrajudicial killing: 0 frequent, 1 occasional, 2 none reported | 0 to 2 | higher = better
bbatrocity | whether there were atrocities | 0 or 1 | higher = worse
bbatrocity_intensity | how grave the atrocities were | 0 to 3 | higher = worse
speech | freedom of speech and press | 0 to 2 | higher = freer
rel_free | freedom of religion | 0 to 2 | higher = freer
dommov | freedom to move within the country | 0 to 2 | higher = freer
formov | freedom to travel abroad: 0 severely restricted, 2 unrestricted | 0 to 2 | higher = freer
assn | freedom of assembly and association | 0 to 2 | higher = freer
elecsd | electoral self-determination | 0 to 2 | higher = freer
wopol | political rights of women | 0 to 3 | higher = better
wosoc_l | social rights of women in law | 0 to 3 | higher = better
wosoc_p | social rights of women in practice | 0 to 3 | higher = better
wecon | economic rights of women | 0 to 3 | higher = better
union_l | right to form unions, in law | 0 to 2 | higher = better
union_p | right to form unions, in practice | 0 to 2 | higher = better
barg_l | right to bargain collectively, in law | 0 to 2 | higher = better
barg_p | right to bargain collectively, in practice | 0 to 2 | higher = better
force_l | freedom from forced labour, in law | 0 to 2 | higher = better
force_p | freedom from forced labour, in practice | 0 to 2 | higher = better
child_l | protection of children from labour, in law | 0 to 2 | higher = better
child_p | protection of children from labour, in practice | 0 to 2 | higher = better
wage_l | minimum wage, in law | 0 to 2 | higher = better
wage_p | minimum wage, in practice | 0 to 2 | higher = better
safe_l | safety at work, in law | 0 to 2 | higher = better
safe_p | safety at work, in practice | 0 to 2 | higher = better
hour_l | limits on hours of work, in law | 0 to 2 | higher = better
hour_p | limits on hours of work, in practice | 0 to 2 | higher = better
trafficking_l | protection from human trafficking, in law | 0 to 2 | higher = better
trafficking_p | protection from human trafficking, in practice | 0 to 2 | higher = better
trial_l | fair trial, in law | 0 to 3 | higher = better
trial_p | fair trial, in practice | 0 to 3 | higher = better
injud | independence of the judiciary | 0 to 2 | higher = better
ngo_investigate | whether organisations may investigate abuses; 194 rows | 0 to 2 | not stated
indige_respect | indigenous peoples: respect; 55 rows | 0 or 1 | not stated
indige_autonomy | indigenous peoples: autonomy; 55 rows | 0 or 1 | not stated
indige_discrimination | indigenous peoples: discrimination; 55 rows | 0 or 1 | not stated
indige_land | indigenous peoples: land; 55 rows | 0 or 1 | not stated
indige_culture | indigenous peoples: culture; 55 rows | 0 or 1 | not stated
indige_education | indigenous peoples: education; 55 rows | 0 or 1 | not stated
indige_labor | indigenous peoples: labour; 55 rows | 0 or 1 | not stated
indige_health | indigenous peoples: health; 55 rows | 0 or 1 | not stated
discri_race | discrimination by race; under 200 rows | 0 to 2 | not stated
discri_gender | discrimination by sex; under 200 rows | 0 to 2 | not stated
discri_nationality | discrimination by nationality; under 200 rows | 0 to 2 | not stated
discri_ethnicity | discrimination by ethnic group; under 200 rows | 0 to 2 | not stated
discri_religion | discrimination by religion; under 200 rows | 0 to 2 | not stated
discri_sexuality | discrimination by sexuality; under 200 rows | 0 to 2 | not stated
discri_aids | discrimination for having AIDS; under 200 rows | 0 to 2 | not stated
discri_socialorigin | discrimination by social origin; under 200 rows | 0 to 2 | not stated
discri_polibelief | discrimination by political belief; under 200 rows | 0 to 2 | not stated
discri_disability | discrimination for disability; under 200 rows | 0 to 2 | not stated
prison_torture | prisons: torture; under 400 rows | 0 to 2 | not stated
prison_discriminate | prisons: discrimination; under 400 rows | 0 to 2 | not stated
prison_rehabilitate | prisons: rehabilitation; under 400 rows | 0 to 2 | not stated
prison_overcrowd | prisons: overcrowding; under 400 rows | 0 to 2 | not stated
prison_separation | prisons: separation of prisoners; under 400 rows | 0 to 2 | not stated
prison_sanitation | prisons: sanitation; under 400 rows | 0 to 2 | not stated
prison_food | prisons: food; under 400 rows | 0 to 2 | not stated
prison_health | prisons: health care; under 400 rows | 0 to 2 | not stated
prison_clean | prisons: cleanliness; under 400 rows | 0 to 2 | not stated
prison_family | prisons: contact with family; under 400 rows | 0 to 2 | not stated
prison_records | prisons: records; under 400 rows | 0 to 2 | not stated
prison_commitment | prisons: orders of commitment; under 400 rows | 0 to 2 | not stated
prison_informed | prisons: being informed; under 400 rows | 0 to 2 | not stated
prison_central | prisons: central administration; under 400 rows | 0 to 2 | not stated
""")

DATASET = Dataset(
    name="cirights",
    title="The CIRIGHTS human rights data",
    producer="Binghamton University Human Rights Institute",
    version="v1.22.11.25",
    home="https://cirights.com",
    doi="",
    licence="unknown",
    redistribution="unknown",
    released="2022-11-25",
    citation=(
        "Cingranelli, D., Filippov, M., & Mark, S. (2022). The CIRIGHTS dataset "
        "(file v1.22.11.25) [Data set]. Binghamton University Human Rights Institute. "
        "https://cirights.com"
    ),
    bibtex="""@misc{cirights,
  author = {Cingranelli, David and Filippov, Mikhail and Mark, Skip},
  title = {The {CIRIGHTS} dataset},
  year = {2022},
  publisher = {Binghamton University Human Rights Institute},
  note = {Data set, file v1.22.11.25},
  url = {https://cirights.com}
}""",
    unit="state-year",
    keys=("country", "year"),
    span=(1981, 2020),
    originals=(
        Original(
            "cirights/cirights_v1.22.11.25.csv",
            "218ad962e9610a63db823e844752bf65bcebd767a7f4c0e041f234eabfe2b546",
            1080731,
            raw_address(
                "CJFariss/Human-Rights-Latent-Variable",
                "2f1892e74899",
                "LHRS-V4/data_raw/cirights_v1.22.11.25.csv",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    states=(StateCode("cow", "cow", "iso3"),),
    traps=(
        (
            "formov has three steps and 60% of its rows are at the top; small steps back and forth "
            "are noise of the coders, so estimates within a state are too small. At the bottom "
            "many tie: 18 states had 0 in 2013, North Korea among them."
        ),
        (
            "Reports with little information score better, not worse: physint_sum of North Korea "
            "is 3 in 1995 and 2016."
        ),
        "Many columns are empty before 1994 or before 2017; the United States have no formov.",
        (
            "Germany is 260 to 1989 and 255 after, Yemen 678 to 1990 and 679 after; Serbia is 342 "
            "from 2006, which is no Correlates of War number."
        ),
        "A release before the final one of 2022; newer releases exist.",
    ),
)
