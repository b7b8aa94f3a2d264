"""Events of protest, violence and repression from the World Handbook, 1948-1982."""

from __future__ import annotations

from beholden.sources.family_panels import panel_set
from beholden.sources.tidying import columns_of

__all__ = ["DATASET"]

COLUMNS = columns_of("""
annual_quarterly_data | 100 in every row: counts of a year
country_number | the handbook's number of the country
type_of_data | 0 in every row: counts of events
protest_demonstrations | protest demonstrations | count
regime_supprtd_dmnstrtn | demonstrations in support of the regime | count
riot | riots | count
armed_attack | armed attacks | count
assassination_success | assassinations that succeeded | count
political_strikes | political strikes | count
executive_renewal | renewals of the executive | count
executive_adjustments | adjustments of the executive | count
unsuc_reg_exec_transfer | regular transfers of the executive that failed | count
reg_executive_transfer | regular transfers of the executive | count
unsuc_irreg_exec_trans | irregular transfers of the executive that failed | count
irreg_exec_transfer | irregular transfers of the executive | count
election | elections | count
imposition_of_pol_sanct | political sanctions imposed by the government | count | higher = worse
political_execution | political executions | people | higher = worse
relaxation_of_sanction | relaxations of political sanctions | count | higher = better
deaths_from_dom_violence | deaths from domestic political violence | people | higher = worse
icpsr_study_number_7761 | number of the study in the archive, in every row
icpsr_edition_number_2 | number of the edition in the archive, in every row
icpsr_part_number_3 | number of the part in the archive, in every row
""")
CITATION = (
    "Taylor, C. L., & Jodice, D. A. (1983). World handbook of political and social indicators: "
    "Vol. 2. Political protest and government change (3rd ed.). Yale University Press."
)
BIBTEX = """@book{input_world_handbook,
  author = {Taylor, Charles Lewis and Jodice, David A.},
  title = {World Handbook of Political and Social Indicators},
  volume = {2},
  edition = {3},
  publisher = {Yale University Press},
  address = {New Haven},
  year = {1983}
}"""

DATASET = panel_set(
    "input_world_handbook",
    "World Handbook of Political and Social Indicators: events by state and year, 1948-1982",
    ("whpsi.csv", "ebf078e02ddc571188f4ac83b938f5ed3a780e5443384c89a61d20ead9355d62", 253581),
    "LHRS-V4/data_raw",
    (1948, 1982),
    COLUMNS,
    CITATION,
    BIBTEX,
    code="cow",
    whole=tuple(COLUMNS),
    version="ICPSR 7761, edition 2, part 3, as in the inputs of the latent scores v4.02",
    traps=(
        (
            "An input of fariss_lhrs, which takes whether there were executions and sanctions; "
            "North Korea is not in here."
        ),
        (
            "Counts of what the press reported: a closed state can have 0 for want of news, and "
            "single counts are enormous (868,629 executions in China in 1950)."
        ),
    ),
)
