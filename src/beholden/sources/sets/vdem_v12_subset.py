"""V-Dem version 12 with freedom of foreign movement, 1970-2021."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources import family_vdem as family
from beholden.sources.base import Column, Dataset, Original, StateCode
from beholden.sources.rfiles import read_r
from beholden.sources.tidying import columns_of, raw_address, snake, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["DATASET", "read"]

FILE = "vdem_v12_subset/states-v12-mod.rds"
DOI = "10.23696/vdemds22"


def _wanted(name: str) -> bool:
    """Whether a column is V-Dem's or a control, not an outcome of the barometer."""
    return not (name.startswith(("dv_", "no_")) or name.endswith("_sd10"))


def read(paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a state in a year, without the barometer's own outcomes.

    Parameters
    ----------
    paths : mapping of str to Path
        The original by its name.
    """
    frame = read_r(paths[FILE])
    kept = frame.select([name for name in frame.columns if _wanted(snake(name))])
    return typed(kept, keys=DATASET.keys, whole=("year", "gwcode"))


CODES = """
v2x_veracc_osp v2xcs_ccsi v2xcl_rol v2x_freexp_altinf v2x_horacc_osp lag0_v2x_polyarchy
lag0_v2x_liberal lag0_v2xdl_delib lag0_v2x_jucon lag0_v2x_frassoc_thick lag0_v2xel_frefair
lag0_v2x_elecoff lag0_v2xlg_legcon lag0_v2x_partip lag0_v2x_cspart lag0_v2x_egal
lag0_v2xeg_eqprotec lag0_v2xeg_eqaccess lag0_v2xeg_eqdr lag0_v2x_diagacc lag0_v2xex_elecleg
lag0_v2x_civlib lag0_v2x_clphy lag0_v2x_clpol lag0_v2x_clpriv lag0_v2x_corr
lag0_v2x_edcomp_thick lag0_v2x_elecreg lag0_v2x_freexp lag0_v2x_gencl lag0_v2x_gencs
lag0_v2x_hosabort lag0_v2x_hosinter lag0_v2x_rule lag0_v2xcl_acjst lag0_v2xcl_disc
lag0_v2xcl_dmove lag0_v2xcl_prpty lag0_v2xcl_slave lag0_v2xel_elecparl lag0_v2xel_elecpres
lag0_v2xex_elecreg lag0_v2xlg_elecreg lag0_v2ex_legconhog lag0_v2ex_legconhos
lag0_v2x_ex_confidence lag0_v2x_ex_direlect lag0_v2x_ex_hereditary lag0_v2x_ex_military
lag0_v2x_ex_party lag0_v2x_execorr lag0_v2x_legabort lag0_v2xlg_leginter lag0_v2x_neopat
lag0_v2xnp_client lag0_v2xnp_pres lag0_v2xnp_regcorr lag0_v2elvotbuy lag0_v2elfrcamp
lag0_v2elpdcamp lag0_v2elpaidig lag0_v2elmonref lag0_v2elmonden lag0_v2elrgstry lag0_v2elirreg
lag0_v2elintim lag0_v2elpeace lag0_v2elfrfair lag0_v2elmulpar lag0_v2elboycot lag0_v2elaccept
lag0_v2elasmoff lag0_v2eldonate lag0_v2elpubfin lag0_v2ellocumul lag0_v2elprescons
lag0_v2elprescumul lag0_v2elembaut lag0_v2elembcap lag0_v2elreggov lag0_v2ellocgov
lag0_v2ellocons lag0_v2elrsthos lag0_v2elrstrct lag0_v2psparban lag0_v2psbars lag0_v2psoppaut
lag0_v2psorgs lag0_v2psprbrch lag0_v2psprlnks lag0_v2psplats lag0_v2pscnslnl lag0_v2pscohesv
lag0_v2pscomprg lag0_v2psnatpar lag0_v2pssunpar lag0_v2exremhsp lag0_v2exdfdshs lag0_v2exdfcbhs
lag0_v2exdfvths lag0_v2exdfdmhs lag0_v2exdfpphs lag0_v2exhoshog lag0_v2exrescon lag0_v2exbribe
lag0_v2exembez lag0_v2excrptps lag0_v2exthftps lag0_v2ex_elechos lag0_v2ex_hogw lag0_v2expathhs
lag0_v2lgbicam lag0_v2lgqstexp lag0_v2lginvstp lag0_v2lgotovst lag0_v2lgcrrpt lag0_v2lgoppart
lag0_v2lgfunds lag0_v2lgdsadlobin lag0_v2lglegplo lag0_v2lgcomslo lag0_v2lgsrvlo lag0_v2ex_hosw
lag0_v2dlreason lag0_v2dlcommon lag0_v2dlcountr lag0_v2dlconslt lag0_v2dlengage lag0_v2dlencmps
lag0_v2dlunivl lag0_v2jureform lag0_v2jupurge lag0_v2jupoatck lag0_v2jupack lag0_v2juaccnt
lag0_v2jucorrdc lag0_v2juhcind lag0_v2juncind lag0_v2juhccomp lag0_v2jucomp lag0_v2jureview
lag0_v2clacfree lag0_v2clrelig lag0_v2cltort lag0_v2clkill lag0_v2cltrnslw lag0_v2clrspct
lag0_v2clfmove lag0_v2cldmovem lag0_v2cldmovew lag0_v2cldiscm lag0_v2cldiscw lag0_v2clslavem
lag0_v2clslavef lag0_v2clstown lag0_v2clprptym lag0_v2clprptyw lag0_v2clacjstm lag0_v2clacjstw
lag0_v2clacjust lag0_v2clsocgrp lag0_v2clrgunev lag0_v2svdomaut lag0_v2svinlaut lag0_v2svstterr
lag0_v2cseeorgs lag0_v2csreprss lag0_v2cscnsult lag0_v2csprtcpt lag0_v2csgender lag0_v2csantimv
lag0_v2csrlgrep lag0_v2csrlgcon lag0_v2mecenefm lag0_v2mecrit lag0_v2merange lag0_v2meharjrn
lag0_v2meslfcen lag0_v2mebias lag0_v2mecorrpt lag0_v2pepwrses lag0_v2pepwrsoc lag0_v2pepwrgen
lag0_v2pepwrort lag0_v2peedueq lag0_v2pehealth
"""
OTHERS = columns_of("""
gwcode | Gleditsch-Ward number
year | calendar year
lag0_is_leg | whether there is a legislature | 0 or 1
lag0_is_elec | whether there are elections | 0 or 1
lag0_is_election_year | whether there is an election in the year | 0 or 1
lag0_state_age | age of the state | years
lag0_log_pop | population | natural logarithm
lag1_infmort | deaths of infants, year before | for 1,000 births | higher = worse
lag1_infmort_yearadj | deaths of infants against the mean of the year, year before
lag1_gdp_growth | growth of gross domestic product, year before | %
lag1_gdp_pc_growth | growth of gross domestic product per head, year before | %
lag1_log_gdp | gross domestic product, year before | natural logarithm
lag1_log_gdp_pc | gross domestic product per head, year before | natural logarithm
lag0_years_since_last_pt_attempt | years since the last attempt at a coup | years
v2x_pubcorr | absence of corruption in the public sector: 1 less V-Dem's own value | 0 to 1
""")


def _columns() -> dict[str, Column]:
    known = {code: family.vdem_column(code.removeprefix("lag0_")) for code in CODES.split()}
    return known | OTHERS


DATASET = Dataset(
    name="vdem_v12_subset",
    title="V-Dem version 12 indicators with freedom of foreign movement, 1970-2021",
    producer="V-Dem Institute; Democratic Spaces Barometer",
    version="v12 (Democratic Spaces Barometer, update of 2022)",
    home="https://www.v-dem.net/data/the-v-dem-dataset/",
    doi=DOI,
    licence=f"V-Dem: {family.LICENCE}; the barometer states none for this file",
    redistribution="unknown",
    # With the barometer's own computations; V-Dem v12 is of March 2022.
    released="2022",
    citation=(
        f"{family.citation(2022, 'v12', DOI)} ; Pemstein, D., et al. (2022). The V-Dem "
        "measurement model (V-Dem Working Paper 21, 7th ed.). University of Gothenburg. ; "
        "Beger, A., Morgan, R. K., & Maxwell, L. (2020). The Democratic Spaces Barometer. "
        "https://www.v-dem.net/demspace"
    ),
    bibtex=family.vdem_bibtex("vdem_v12_subset", 2022, "v12", DOI),
    unit="state-year",
    keys=("gwcode", "year"),
    span=(1970, 2021),
    originals=(
        Original(
            "vdem_v12_subset/states-v12-mod.rds",
            "dcf6dc2d0e484fbaf9967a54319a28c0ee26000d433ff5376889f5a1ff78bf1d",
            1756567,
            raw_address(
                "vdeminstitute/demspaces",
                "1012a66d590d",
                "2022-update/outcome-v2/data/states-v12-mod.rds",
            ),
        ),
    ),
    columns=_columns(),
    read=read,
    states=(StateCode("gwcode", "gw", "iso3"),),
    traps=(
        "lag0_ is the same year, lag1_ the year before.",
        (
            "North Korea has -3.585 on lag0_v2clfmove in every year: nothing about change over "
            "time can be tested with it."
        ),
        "Point estimates only; the gap between North Korea and Eritrea is within the error.",
        (
            "v2x_liberal, v2x_civlib and v2x_clpriv contain v2clfmove: against it use "
            "v2x_polyarchy. v2x_clphy does not contain it."
        ),
        (
            "Overlapping experts code all items, so an association between two of them is partly "
            "one of coders: check it with another source."
        ),
        "v2clstown: higher is less state ownership.",
        (
            "Left out: Bahrain, Malta, Hong Kong, Palestine, Zanzibar, Somaliland, Timor-Leste "
            "before 2002, microstates. Last years of East Germany and South Vietnam "
            "are carried forward."
        ),
        "Germany is 260 and Yemen 678 throughout; Serbia is 345 to 2005, then 340.",
        (
            "v2x_pubcorr was turned round by the barometer; its own outcomes (dv_, no_, _sd10) are "
            "left out here."
        ),
    ),
)
