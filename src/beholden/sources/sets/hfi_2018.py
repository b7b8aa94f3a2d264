"""The Human Freedom Index, edition of 2018."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_hfi as family
from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import raw_address

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "hfi/hfi_cc_2018.csv"


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a country in a year.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    return family.hfi_table(paths[FILE], "ISO_code")


CODES = """
pf_rol_procedural pf_rol_civil pf_rol_criminal pf_rol pf_ss_homicide pf_ss_disappearances_disap
pf_ss_disappearances_violent pf_ss_disappearances_organized pf_ss_disappearances_fatalities
pf_ss_disappearances_injuries pf_ss_disappearances pf_ss_women_fgm pf_ss_women_missing
pf_ss_women_inheritance_widows pf_ss_women_inheritance_daughters pf_ss_women_inheritance
pf_ss_women pf_ss pf_movement_domestic pf_movement_foreign pf_movement_women pf_movement
pf_religion_estop_establish pf_religion_estop_operate pf_religion_estop pf_religion_harassment
pf_religion_restrictions pf_religion pf_association_association pf_association_assembly
pf_association_political_establish pf_association_political_operate pf_association_political
pf_association_prof_establish pf_association_prof_operate pf_association_prof
pf_association_sport_establish pf_association_sport_operate pf_association_sport pf_association
pf_expression_killed pf_expression_jailed pf_expression_influence pf_expression_control
pf_expression_cable pf_expression_newspapers pf_expression_internet pf_expression
pf_identity_legal pf_identity_parental_marriage pf_identity_parental_divorce
pf_identity_parental pf_identity_sex_male pf_identity_sex_female pf_identity_sex
pf_identity_divorce pf_identity pf_score pf_rank ef_government_consumption
ef_government_transfers ef_government_enterprises ef_government_tax_income
ef_government_tax_payroll ef_government_tax ef_government ef_legal_judicial ef_legal_courts
ef_legal_protection ef_legal_military ef_legal_integrity ef_legal_enforcement
ef_legal_restrictions ef_legal_police ef_legal_crime ef_legal_gender ef_legal ef_money_growth
ef_money_sd ef_money_inflation ef_money_currency ef_money ef_trade_tariffs_revenue
ef_trade_tariffs_mean ef_trade_tariffs_sd ef_trade_tariffs ef_trade_regulatory_nontariff
ef_trade_regulatory_compliance ef_trade_regulatory ef_trade_black ef_trade_movement_foreign
ef_trade_movement_capital ef_trade_movement_visit ef_trade_movement ef_trade
ef_regulation_credit_ownership ef_regulation_credit_private ef_regulation_credit_interest
ef_regulation_credit ef_regulation_labor_minwage ef_regulation_labor_firing
ef_regulation_labor_bargain ef_regulation_labor_hours ef_regulation_labor_dismissal
ef_regulation_labor_conscription ef_regulation_labor ef_regulation_business_adm
ef_regulation_business_bureaucracy ef_regulation_business_start ef_regulation_business_bribes
ef_regulation_business_licensing ef_regulation_business_compliance ef_regulation_business
ef_regulation ef_score ef_rank hf_score hf_rank hf_quartile
"""

DATASET = Dataset(
    name="hfi_2018",
    title="The Human Freedom Index 2018",
    producer="Cato Institute, Fraser Institute, and Friedrich Naumann Foundation",
    version="2018",
    home=family.HOME,
    doi="",
    licence=family.LICENCE,
    redistribution="unknown",
    released="2018-12",
    citation=(
        "Vasquez, I., & Porcnik, T. (2018). The Human Freedom Index 2018. Cato Institute, Fraser "
        "Institute, and Friedrich Naumann Foundation."
    ),
    bibtex="""@book{hfi_2018,
  author = {V{\\'a}squez, Ian and Por{\\v{c}}nik, Tanja},
  title = {The Human Freedom Index 2018},
  publisher = {Cato Institute, Fraser Institute, and Friedrich Naumann Foundation},
  year = {2018},
  url = {https://www.cato.org/human-freedom-index}
}""",
    unit="state-year",
    keys=family.KEYS,
    span=(2008, 2016),
    originals=(
        Original(
            "hfi/hfi_cc_2018.csv",
            "a128618c979d74116fe88584f9211e582f13b13e4d91ad3568f02ad9c07919b3",
            1175328,
            raw_address("OpenIntroStat/openintro", "be3dc62dd519", "data-raw/hfi/hfi_cc_2018.csv"),
        ),
    ),
    columns=family.hfi_columns(CODES.split()),
    read=read,
    states=(StateCode("iso", "iso3", "iso3"),),
    traps=family.TRAPS,
)
