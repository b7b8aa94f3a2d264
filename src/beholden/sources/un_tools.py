"""What readers of United Nations data share: their files' descriptions and their citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Original
from beholden.sources.tidying import raw_address

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ASSEMBLY_CITATION", "assembly_bibtex", "cow_codes", "originals_in"]

ASSEMBLY_CITATION = (
    "Voeten, E., Strezhnev, A., & Bailey, M. (2009). United Nations General Assembly voting data "
    "[Data set]. Harvard Dataverse. https://doi.org/10.7910/DVN/LEJUQZ"
)

# ISO 3166 alpha-2 codes as the R package unvotes prints them (CS, DD, YD and YU are withdrawn
# codes), each with the number in the Correlates of War list that the votes were coded under.
_COW = """
AD232 AE696 AF700 AG58 AL339 AM371 AO540 AR160 AT305 AU900 AZ373 BA346 BB53 BD771 BE211
BF439 BG355 BH692 BI516 BJ434 BN835 BO145 BR140 BS31 BT760 BW571 BY370 BZ80 CA20 CD490 CF482
CG484 CH225 CI437 CL155 CM471 CN710 CO100 CR94 CS315 CU40 CV402 CY352 CZ316 DD265 DE255
DJ522 DK390 DM54 DO42 DZ615 EC130 EE366 EG651 ER531 ES230 ET530 FI375 FJ950 FM987 FR220
GA481 GB200 GD55 GE372 GH452 GM420 GN438 GQ411 GR350 GT90 GW404 GY110 HN91 HR344 HT41 HU310
ID850 IE205 IL666 IN750 IQ645 IR630 IS395 IT325 JM51 JO663 JP740 KE501 KG703 KH811 KI946
KM581 KN60 KP731 KR732 KW690 KZ705 LA812 LB660 LC56 LI223 LK780 LR450 LS570 LT368 LU212
LV367 LY620 MA600 MC221 MD359 ME341 MG580 MH983 MK343 ML432 MM775 MN712 MR435 MT338 MU590
MV781 MW553 MX70 MY820 MZ541 NA565 NE436 NG475 NI93 NL210 NO385 NP790 NR970 NZ920 OM698 PA95
PE135 PG910 PH840 PK770 PL290 PT235 PW986 PY150 QA694 RO360 RU365 RW517 SA670 SB940 SC591
SD625 SE380 SG830 SI349 SK317 SL451 SM331 SN433 SO520 SR115 SS626 ST403 SV92 SY652 SZ572
TD483 TG461 TH800 TJ702 TL860 TM701 TN616 TO955 TR640 TT52 TV947 TW713 TZ510 UA369 UG500 US2
UY165 UZ704 VC57 VE101 VN816 VU935 WS990 YD680 YE679 YU345 ZA560 ZM551 ZW552
"""


def cow_codes() -> dict[str, int]:
    """Correlates of War numbers by the alpha-2 codes of the R package unvotes.

    Examples
    --------
    >>> cow_codes()["KP"], cow_codes()["YU"]
    (731, 345)
    """
    return {entry[:2]: int(entry[2:]) for entry in _COW.split()}


def assembly_bibtex(key: str) -> str:
    """The BibTeX entry of the Assembly's roll calls under a key."""
    return f"""@misc{{{key},
  author = {{Voeten, Erik and Strezhnev, Anton and Bailey, Michael}},
  title = {{United {{Nations}} {{General}} {{Assembly}} voting data}},
  year = {{2009}},
  publisher = {{Harvard Dataverse}},
  doi = {{10.7910/DVN/LEJUQZ}}
}}"""


def originals_in(
    folder: str, repository: str, commit: str, within: str, files: Iterable[str] | str
) -> tuple[Original, ...]:
    """Originals of one folder from one public repository.

    Parameters
    ----------
    folder : str
        The folder in the library.
    repository, commit : str
        Where the bytes are published.
    within : str
        Folder inside the repository, with its last slash, or nothing.
    files : iterable of str or str
        Lines of ``file sha256 size``; a file in ``json/`` lies in `within` itself, for the
        library alone has that folder. Names of files may hold spaces.
    """
    lines = files.strip().splitlines() if isinstance(files, str) else files
    found = []
    for line in lines:
        name, sha256, size = line.rsplit(" ", 2)
        path = within + name.removeprefix("json/")
        address = raw_address(repository, commit, path)
        found.append(Original(f"{folder}/{name}", sha256, int(size), address))
    return tuple(found)
