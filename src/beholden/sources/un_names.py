"""States as United Nations papers name them, with their ISO 3166 alpha-3 codes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import polars as pl

__all__ = ["iso3_column", "iso3_of"]

# Names that ISO 3166 does not list, after `_plain`; former states have the codes ISO withdrew.
_ALSO = """
bolivia=BOL
bosnia=BIH
bosnia & herzegovina=BIH
brunei=BRN
burma=MMR
byelorussian soviet socialist republic=BLR
byelorussian ssr=BLR
cape verde=CPV
congo brazzaville=COG
congo kinshasa=COD
congo republic=COG
cote d ivoire=CIV
cote divoire=CIV
d ivoire=CIV
chiles=CHL
czechoslovakia=CSK
d r congo=COD
democratic kampuchea=KHM
democratic republic of the congo=COD
democratic republic of congo=COD
democratic yemen=YMD
dpr korea=PRK
dr congo=COD
east germany=DDR
federal republic of germany=DEU
german democratic republic=DDR
german dr=DDR
german fr=DEU
guinea bissau=GNB
holy see=VAT
iran=IRN
ivory coast=CIV
korea=KOR
laos=LAO
libyan arab jamahiriya=LBY
libyan arab republic=LBY
libya arab jamahiriya=LBY
lichtenstein=LIE
macedonia=MKD
macedonia fyr=MKD
micronesia=FSM
moldova=MDA
netherlands kingdom of the=NLD
north korea=PRK
palestine=PSE
republic of china=TWN
republic of congo=COG
republic of korea=KOR
republic of moldova=MDA
republic of the congo=COG
russia=RUS
serbia and montenegro=SCG
south korea=KOR
south yemen=YMD
saudia arabia=SAU
st kitts & nevis=KNA
st lucia=LCA
st vincent & the grenadines=VCT
state of palestine=PSE
swaziland=SWZ
syria=SYR
tanzania=TZA
the former yugoslav republic of macedonia=MKD
the gambia=GMB
timor leste=TLS
turkey=TUR
turkiye=TUR
turkyye=TUR
uae=ARE
uk=GBR
ukranian soviet socialist republic=UKR
ukrainian soviet socialist republic=UKR
ukrainian ssr=UKR
union of soviet socialist republics=SUN
united arab republic=EGY
united kingdom=GBR
united kingdom of great britain & northern ireland=GBR
united republic of tanzania=TZA
united states=USA
us=USA
usa=USA
ussr=SUN
ussr union of soviet socialist republics=SUN
vatican city=VAT
venezuela=VEN
viet nam=VNM
vietnam=VNM
yugoslavia=YUG
zaire=COD
"""


def iso3_of(name: str) -> str | None:
    """The alpha-3 code of a state's name, or None where the name is of no state.

    Parameters
    ----------
    name : str
        As printed; case, accents, quotation marks and what stands in brackets do not matter.

    Examples
    --------
    >>> iso3_of("TÜRKIYE"), iso3_of("Venezuela (Bolivarian Republic of)"), iso3_of("the Chair")
    ('TUR', 'VEN', None)
    """
    known = _codes()
    plain = _plain(name)
    tries = (plain, plain.removeprefix("the "), _plain(re.sub(r"\(.*?\)", " ", name)))
    return next((known[one] for one in tries if one in known), None)


def iso3_column(frame: pl.DataFrame, column: str, into: str = "iso3") -> pl.DataFrame:
    """The frame with one more column, the alpha-3 codes of the names in `column`.

    Parameters
    ----------
    frame : polars.DataFrame
        With names of states in `column`.
    column, into : str
        Column read and column added.
    """
    names = frame[column].drop_nulls().unique().to_list()
    codes = {name: iso3_of(name) for name in names}
    return frame.with_columns(
        pl.col(column).replace_strict(codes, default=None, return_dtype=pl.String).alias(into)
    )


def _plain(name: str) -> str:
    """Letters in lower case without accents, words apart by one space."""
    split = unicodedata.normalize("NFKD", name.replace("’", " ").replace("'", " "))
    letters = "".join(sign for sign in split if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.replace(" and ", " & ")).split())


@cache
def _codes() -> dict[str, str]:
    import pycountry

    codes: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("official_name", "common_name", "name"):
            if hasattr(country, field):
                codes[_plain(getattr(country, field))] = country.alpha_3
    pairs = (line.split("=") for line in _ALSO.strip().splitlines())
    return codes | {_plain(name): code for name, code in pairs}
