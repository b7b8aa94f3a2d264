"""The Bertelsmann Transformation Index, even years 2004-2022."""

from __future__ import annotations

import re

from beholden.sources.base import Column
from beholden.sources.family_regimes import Regimes, Source
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

CODES = """
s_status_index si_democracy_status q1_stateness q1_1_monopoly_on_the_use_of_force
q1_2_state_identity q1_3_no_interference_of_religious_dogmas q1_4_basic_administration
q2_political_participation q2_1_free_and_fair_elections q2_2_effective_power_to_govern
q2_3_association_assembly_rights q2_4_freedom_of_expression q3_rule_of_law
q3_1_separation_of_powers q3_2_independent_judiciary q3_3_prosecution_of_office_abuse
q3_4_civil_rights q4_stability_of_democratic_institutions
q4_1_performance_of_democratic_institutions q4_2_commitment_to_democratic_institutions
q5_political_and_social_integration q5_1_party_system q5_2_interest_groups
q5_3_approval_of_democracy q5_4_social_capital sii_economy_status
q6_level_of_socioeconomic_development q6_1_socioeconomic_barriers
q7_organization_of_the_market_and_competition q7_1_market_organization q7_2_competition_policy
q7_3_liberalization_of_foreign_trade q7_4_banking_system q8_monetary_and_fiscal_stability
q8_1_monetary_stability q8_2_fiscal_stability q9_private_property q9_1_property_rights
q9_2_private_enterprise q10_welfare_regime q10_1_social_safety_nets q10_2_equal_opportunity
q11_economic_performance q11_1_output_strength q12_sustainability q12_1_environmental_policy
q12_2_education_r_d_policy g_governance_index q13_level_of_difficulty
q13_1_structural_constraints q13_2_civil_society_traditions q13_3_conflict_intensity
q13_4_gni_p_c_atlas_method_rescaled q13_5_un_educ_index_rescaled q13_6_bti_stateness_rule_of_law
gii_governance_performance q14_steering_capability q14_1_prioritization q14_2_implementation
q14_3_policy_learning q15_resource_efficiency q15_1_efficient_use_of_assets
q15_2_policy_coordination q15_3_anti_corruption_policy q16_consensus_building
q16_1_consensus_on_goals q16_2_anti_democratic_actors q16_3_cleavage_conflict_management
q16_4_public_consultation q16_5_reconciliation q17_international_cooperation
q17_1_effective_use_of_support q17_2_credibility q17_3_regional_cooperation
"""


def _graded(code: str) -> Column:
    """The description of a graded question, an average of questions or an index."""
    found = re.fullmatch(r"q(\d+)_(?:(\d)_)?(.+)", code)
    if found is None:
        return Column(code.split("_", 1)[1].replace("_", " "), "1 to 10", "higher = better")
    number = ".".join(part for part in found.groups()[:2] if part)
    direction = "higher = more difficult" if found[1] == "13" else "higher = better"
    meaning = found[3].replace("_", " ").replace("r d policy", "research policy")
    return Column(f"{meaning} (question {number})", "1 to 10", direction)


COLUMNS = columns_of("""
bti_country | name of the country
year | year, the one before that of the report
bti_region | region, as a number
ranking_status_index | ranking status index | rank | 1 = best
ranking_governance_index | ranking governance index | rank | 1 = best
pol_sys | political system
cat_dem_stat | category of the political system, as a number
cat_dem_stat_label | category of the political system
report_year | year of the report
""") | {code: _graded(code) for code in CODES.split()}

SOURCE = Source(
    name="bti",
    title="Bertelsmann Transformation Index",
    producer="Bertelsmann Stiftung",
    version="2004-2022",
    home="https://bti-project.org",
    citation=(
        "Bertelsmann Stiftung. (2022). Bertelsmann Transformation Index. https://bti-project.org"
    ),
    bibtex="""@misc{bti,
  author = {{Bertelsmann Stiftung}},
  title = {Bertelsmann Transformation Index},
  year = {2022},
  url = {https://bti-project.org}
}""",
    released="2022",
)

DATASET = Regimes(
    table="bti",
    sha256="a49aba3e56030d4cbec04d351af0a5a9f8d82144a400e300b35bed3289991aed",
    size=84351,
    keys=("bti_country", "year"),
    span=(2004, 2022),
    columns=COLUMNS,
    text=("bti_country", "bti_region", "pol_sys", "cat_dem_stat_label"),
    whole=("report_year",),
    traps=("Even years only.",),
).dataset(SOURCE)
