"""What the codes of V-Dem mean, and what the extracts of it have in common."""

from __future__ import annotations

from beholden.sources.base import Column

__all__ = ["LICENCE", "citation", "vdem_bibtex", "vdem_column"]

LICENCE = "CC BY-SA 4.0"
_AUTHORS = "Coppedge, M., Gerring, J., Knutsen, C. H., Lindberg, S. I., Teorell, J., et al."

# Phrases are such that a higher value always means more of what they name.
_MEANINGS = """
v2x_polyarchy electoral democracy index
v2x_libdem liberal democracy index; contains freedom of foreign movement
v2x_partipdem participatory democracy index
v2x_delibdem deliberative democracy index
v2x_egaldem egalitarian democracy index
v2x_api additive polyarchy index
v2x_mpi multiplicative polyarchy index
v2x_liberal liberal component; contains freedom of foreign movement
v2xdl_delib deliberative component
v2x_jucon judicial constraints on the executive
v2x_frassoc_thick freedom of association
v2xel_frefair clean elections
v2x_elecoff elected officials
v2xlg_legcon legislative constraints on the executive
v2x_partip participatory component
v2x_cspart civil society participation
v2x_egal egalitarian component
v2xeg_eqprotec equal protection
v2xeg_eqaccess equal access to power
v2xeg_eqdr equal distribution of resources
v2x_diagacc diagonal accountability
v2x_veracc_osp vertical accountability
v2x_horacc_osp horizontal accountability
v2xcs_ccsi core civil society
v2xcl_rol equality before the law and individual liberty
v2x_freexp_altinf freedom of expression and alternative sources of information
v2x_freexp freedom of expression
v2x_civlib civil liberties; contains freedom of foreign movement
v2x_clphy freedom from physical violence by the state
v2x_clpol political civil liberties
v2x_clpriv private civil liberties; contains freedom of foreign movement
v2x_corr political corruption
v2x_pubcorr corruption in the public sector
v2x_execorr corruption of the executive
v2xnp_regcorr corruption of the regime
v2x_neopat neopatrimonial rule
v2xnp_client clientelism
v2xnp_pres presidentialism
v2x_edcomp_thick electoral component
v2x_elecreg electoral regime
v2x_gencl civil liberties of women
v2x_gencs civil society participation of women
v2x_gender political empowerment of women
v2xpe_exlgender exclusion by gender
v2x_rule rule of law
v2xcl_acjst access to justice
v2xcl_disc freedom of discussion
v2xcl_dmove freedom of domestic movement
v2xcl_prpty property rights
v2xcl_slave freedom from forced labour
v2xed_ed_cent centralisation of the curriculum
v2xed_ed_con control of the contents of education
v2cltort freedom from torture
v2clkill freedom from political killings
v2clfmove freedom of foreign movement: travel and emigration
v2cldmovem freedom of domestic movement for men
v2cldmovew freedom of domestic movement for women
v2clslavem freedom from forced labour for men
v2clslavef freedom from forced labour for women
v2cldiscm freedom of discussion for men
v2cldiscw freedom of discussion for women
v2clprptym property rights for men
v2clprptyw property rights for women
v2clacjstm access to justice for men
v2clacjstw access to justice for women
v2clacjust equality of social classes in civil liberty
v2clsocgrp equality of social groups in civil liberty
v2clrgunev evenness of civil liberty across regions
v2clacfree academic and cultural freedom
v2clrelig freedom of religion
v2cltrnslw transparent laws, predictably enforced
v2clrspct rigorous and impartial public administration
v2clstown absence of state ownership of the economy
v2svdomaut domestic autonomy of the state
v2svinlaut international autonomy of the state
v2svstterr share of the territory that the state controls
v2cseeorgs freedom of civil society organisations to enter and exit
v2csreprss absence of repression of civil society
v2cscnsult consultation of civil society
v2csprtcpt participation in civil society
v2csgender participation of women in civil society
v2csantimv anti-system movements
v2csrlgrep absence of repression of religious organisations
v2csrlgcon consultation of religious organisations
v2mecenefm absence of government censorship of the media
v2mecrit print and broadcast media that are critical
v2merange range of perspectives in the media
v2meharjrn absence of harassment of journalists
v2meslfcen absence of self-censorship of the media
v2mebias absence of bias of the media against the opposition
v2mecorrpt absence of corrupt media
v2juhcind independence of the high court
v2juncind independence of the lower courts
v2juhccomp compliance with the high court
v2jucomp compliance with the judiciary
v2jureview judicial review
v2jureform judicial reform that strengthens the courts
v2jupurge absence of purges of judges
v2jupoatck absence of attacks by the government on the judiciary
v2jupack absence of court packing
v2juaccnt accountability of judges
v2jucorrdc absence of corrupt decisions by judges
v2exbribe absence of bribery in the executive
v2exembez absence of embezzlement in the executive
v2excrptps absence of bribery in the public sector
v2exthftps absence of theft in the public sector
v2exrescon respect of the executive for the constitution
v2exhoshog head of state is also head of government
v2lgbicam chambers of the legislature
v2lgqstexp questioning of officials by the legislature
v2lginvstp investigation of the executive by the legislature
v2lgotovst oversight of the executive by others
v2lgcrrpt absence of corruption in the legislature
v2lgoppart opposition parties in the legislature
v2lgfunds control of the legislature over its resources
v2lgqugen quota for women in the legislature
v2elvotbuy absence of vote buying
v2elfrcamp free campaign media
v2elpdcamp access to paid campaign advertisements
v2elrgstry accuracy of the voter registry
v2elirreg absence of other voting irregularities
v2elintim absence of intimidation by the government at elections
v2elpeace absence of other violence at elections
v2elfrfair free and fair elections
v2elmulpar multi-party elections
v2elboycot absence of boycotts of elections
v2elaccept acceptance of results by losers
v2elasmoff winners take office
v2eldonate disclosure of campaign donations
v2elpubfin public campaign finance
v2elembaut autonomy of the body that runs elections
v2elembcap capacity of the body that runs elections
v2psparban absence of bans of parties
v2psbars absence of barriers to parties
v2psoppaut autonomy of opposition parties
v2psorgs party organisations
v2psprbrch local branches of parties
v2psprlnks programmatic party linkages
v2psplats distinct party platforms
v2pscohesv cohesion of legislative parties
v2dlreason reasoned justification in politics
v2dlcommon justification by the common good
v2dlcountr respect for counter-arguments
v2dlconslt range of consultation
v2dlengage engaged society
v2dlencmps public rather than particular spending
v2dlunivl universal rather than means-tested welfare
v2pepwrses equality of power by socioeconomic position
v2pepwrsoc equality of power by social group
v2pepwrgen equality of power by gender
v2pepwrort equality of power by sexual orientation
v2peedueq equality of education
v2pehealth equality of health
v2stcritrecadm merit in appointments to the administration
v2cacamps polarisation into hostile camps
v2cafres freedom to research and teach
v2cafexch freedom of academic exchange
v2edteautonomy autonomy of teachers
v2edteunionindp independence of teachers' unions
"""
_NAMES = dict(line.split(" ", 1) for line in _MEANINGS.strip().splitlines())
_ENDS = {
    "_codelow": "lower end of the 68% interval of the ",
    "_codehigh": "upper end of the 68% interval of the ",
    "_sd": "standard deviation of the ",
}


def vdem_column(code: str) -> Column:
    """The description of a V-Dem variable, with or without the ending of its interval.

    Parameters
    ----------
    code : str
        In lower case, such as ``v2x_polyarchy_codelow``.

    Examples
    --------
    >>> vdem_column("v2clstown").meaning
    'absence of state ownership of the economy'
    """
    ending = next((end for end in _ENDS if code.endswith(end)), "")
    bare = code.removesuffix(ending)
    meaning = _ENDS.get(ending, "") + _NAMES.get(bare, f"V-Dem {bare}, see its codebook")
    known = bare in _NAMES and ending != "_sd"
    unit = "0 to 1" if bare.startswith(("v2x_", "v2xe", "v2xl", "v2xc", "v2xd", "v2xn")) else ""
    return Column(meaning, unit or "model scale", "higher = more of it" if known else "")


def citation(year: int, version: str, doi: str) -> str:
    """The citation of an edition of V-Dem.

    Parameters
    ----------
    year : int
        When it was published.
    version : str
        Such as ``"v15"``.
    doi : str
        Its DOI; empty where it is not known.
    """
    title = f"V-Dem [Country-Year/Country-Date] Dataset {version}"
    link = f" https://doi.org/{doi}" if doi else ""
    return f"{_AUTHORS} ({year}). {title}. V-Dem Project.{link}"


def vdem_bibtex(name: str, year: int, version: str, doi: str) -> str:
    """The BibTeX entry of an edition of V-Dem.

    Parameters
    ----------
    name : str
        Key of the entry.
    year : int
        When it was published.
    version : str
        Such as ``"v15"``.
    doi : str
        Its DOI; empty where it is not known.
    """
    link = f",\n  doi = {{{doi}}}" if doi else ""
    return f"""@misc{{{name},
  author = {{Coppedge, Michael and Gerring, John and Knutsen, Carl Henrik and
    Lindberg, Staffan I. and Teorell, Jan and others}},
  title = {{V-Dem [Country-Year/Country-Date] Dataset {version}}},
  publisher = {{Varieties of Democracy (V-Dem) Project}},
  year = {{{year}}}{link}
}}"""
