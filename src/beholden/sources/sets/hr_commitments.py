"""Which human rights treaties a country has ratified, 1945-2022."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_naming as family
from beholden.sources.base import Dataset, Original
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "naming_shaming/hr_commitments_updated_2022.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = csv_as_text(paths[FILE])
    return typed(frame, keys=DATASET.keys, text=("country_case", "country"))


COLUMNS = columns_of("""
country_case | name of the country and its former names
country | name of the country at the time
year | calendar year
genocide | Genocide Convention | 0 or 1 | 1 = in force for it | NA
apartheid_sp | convention against apartheid in sports | 0 or 1 | 1 = in force for it | NA
crc | Convention on the Rights of the Child | 0 or 1 | 1 = in force for it | NA
crc_am43 | the same, amendment of article 43 | 0 or 1 | 1 = in force for it | NA
crc_op1 | the same, first optional protocol | 0 or 1 | 1 = in force for it | NA
crc_op2 | the same, second optional protocol | 0 or 1 | 1 = in force for it | NA
crc_op3 | the same, third optional protocol | 0 or 1 | 1 = in force for it | NA
iccpr_op2 | second protocol of iccpr | 0 or 1 | 1 = in force for it | NA
migrant | convention on migrant workers | 0 or 1 | 1 = in force for it | NA
fund_indig | fund for indigenous peoples | 0 or 1 | 1 = in force for it | NA
disability | convention on persons with disabilities | 0 or 1 | 1 = in force for it | NA
disab_op | the same, optional protocol | 0 or 1 | 1 = in force for it | NA
disap | convention on enforced disappearance | 0 or 1 | 1 = in force for it | NA
cerd | convention on racial discrimination | 0 or 1 | 1 = in force for it | NA
cerd_am8 | the same, amendment of article 8 | 0 or 1 | 1 = in force for it | NA
icescr | Covenant on Economic, Social and Cultural Rights | 0 or 1 | 1 = in force for it | NA
icescr_op | the same, optional protocol | 0 or 1 | 1 = in force for it | NA
iccpr | Covenant on Civil and Political Rights | 0 or 1 | 1 = in force for it | NA
iccpr_op | the same, first optional protocol | 0 or 1 | 1 = in force for it | NA
statlim_wc | no statute of limitations for war crimes | 0 or 1 | 1 = in force for it | NA
apartheid | convention against apartheid | 0 or 1 | 1 = in force for it | NA
cedaw | convention on discrimination against women | 0 or 1 | 1 = in force for it | NA
cedaw_am20 | the same, amendment of article 20 | 0 or 1 | 1 = in force for it | NA
cedaw_op | the same, optional protocol | 0 or 1 | 1 = in force for it | NA
cat | Convention against Torture | 0 or 1 | 1 = in force for it | NA
cat_ams | the same, amendments | 0 or 1 | 1 = in force for it | NA
cat_op | the same, optional protocol | 0 or 1 | 1 = in force for it | NA
treaty_count | treaties in force for the country | treaties
""")

DATASET = Dataset(
    name="hr_commitments",
    title="Commitments to human rights treaties",
    producer=family.PRODUCER,
    version=family.VERSION,
    home=family.HOME,
    doi=family.DOI,
    licence=family.LICENCE,
    redistribution="unknown",
    released="2022",
    acts="year",
    citation=family.CITATION,
    bibtex=family.naming_bibtex("hr_commitments"),
    unit="state-year",
    keys=("country", "year"),
    span=(1945, 2022),
    originals=(
        Original(
            "naming_shaming/hr_commitments_updated_2022.csv",
            "cb30a003ed0d1541379dc40524dea79bb0f574fe972f2038292b54bb775af826",
            1189744,
            raw_address(
                "CJFariss/Human-Rights-Search",
                "f314c6a240c7",
                "Data_output/hr_commitments_updated_2022.csv",
            ),
        ),
    ),
    columns=COLUMNS,
    read=read,
    traps=(
        "Countries have names and no code, so they are not mapped to states.",
        "The Refugee Convention of 1951 is not among the treaties.",
    ),
)
