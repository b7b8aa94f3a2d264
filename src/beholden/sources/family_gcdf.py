"""What the two tables of Chinese development finance share."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["gcdf"]

REPOSITORY = ("milesdwilliams15/odadata", "3c1f8955597e21246abbc1607df7b0c6f7dcd5b2")
AMOUNT = "commitments, US dollars of 2021"
COLUMNS = f"""
year | year of commitment
oda_amt | development aid in intent and terms (ODA-like) | {AMOUNT} | from China to the recipient
oda_adj | the same with AidData's adjusted amounts | {AMOUNT} | from China to the recipient
oof_amt | other official flows | {AMOUNT} | from China to the recipient
oof_adj | the same with AidData's adjusted amounts | {AMOUNT} | from China to the recipient
vof_amt | official flows too vague to class | {AMOUNT} | from China to the recipient
vof_adj | the same with AidData's adjusted amounts | {AMOUNT} | from China to the recipient
"""


def _read(file: str, code: str, paths: Mapping[str, Path]) -> pl.DataFrame:
    """One row for a recipient in a year with recorded commitments."""
    frame = typed(csv_as_text(paths[file]), keys=(code, "year"), whole=(code, "year"))
    amounts = [f"{kind}_{form}" for kind in ("oda", "oof", "vof") for form in ("amt", "adj")]
    return frame.select(code, "year", *amounts)


def gcdf(name: str, system: str, original: tuple[str, str, int]) -> Dataset:
    """The table with one of the two lists of states.

    Parameters
    ----------
    name : str
        Name of the set.
    system : str
        ``"cow"`` or ``"gw"``.
    original : tuple of str, str, int
        Name of the original without its folder, its sha256 and its size.
    """
    code, lists = {"cow": ("ccode", "Correlates of War"), "gw": ("gwcode", "Gleditsch-Ward")}[
        system
    ]
    short, sha256, size = original
    file = f"aiddata_gcdf/{short}"
    return Dataset(
        name=name,
        title=f"Chinese development finance by recipient and year, {lists} states",
        producer="AidData at William & Mary",
        version="Global Chinese Development Finance 3.0, as summed in the R package odadata",
        home=(
            "https://www.aiddata.org/data/"
            "aiddatas-global-chinese-development-finance-dataset-version-3-0"
        ),
        doi="",
        licence="ODC-BY 1.0 (not checked at its source); the package MIT",
        redistribution="unknown",
        # The package only adds up records that were public on that day.
        released="2023-11-06",
        citation=CITATION,
        bibtex=BIBTEX.replace("KEY", name),
        unit="recipient-year",
        keys=(code, "year"),
        span=(2000, 2021),
        originals=(Original(file, sha256, size, raw_address(*REPOSITORY, f"data/{short}")),),
        columns=columns_of(f"{code} | {lists} code of the recipient\n{COLUMNS.strip()}"),
        read=partial(_read, file, code),
        states=(StateCode(code, system, "iso3"),),
        traps=TRAPS,
    )


CITATION = (
    "Custer, S., Dreher, A., Elston, T.-B., Escobar, B., Fedorochko, R., Fuchs, A., Ghose, S., "
    "Lin, J., Malik, A., Parks, B. C., Solomon, K., Strange, A., Tierney, M. J., Vlasto, L., "
    "Walsh, K., Wang, F., Zaleski, L., & Zhang, S. (2023). Tracking Chinese development finance: "
    "An application of AidData's TUFF 3.0 methodology. AidData at William & Mary ; Dreher, A., "
    "Fuchs, A., Parks, B., Strange, A., & Tierney, M. J. (2022). Banking on Beijing. Cambridge "
    "University Press."
)

BIBTEX = """@techreport{KEY,
  author = {Custer, S. and Dreher, A. and Elston, T.-B. and Escobar, B. and
    Fedorochko, R. and Fuchs, A. and Ghose, S. and Lin, J. and
    Malik, A. and Parks, B. C. and Solomon, K. and Strange, A. and
    Tierney, M. J. and Vlasto, L. and Walsh, K. and Wang, F. and
    Zaleski, L. and Zhang, S.},
  title = {Tracking {Chinese} Development Finance: An Application of {AidData's} {TUFF} 3.0
    Methodology},
  institution = {AidData at William \\& Mary},
  year = {2023}
}"""

TRAPS = (
    "Commitments, not disbursements, and only projects that AidData recommends for sums.",
    (
        "North Korea's amounts rest on a few grants and imputed deliveries of oil and food: a "
        "floor or a ceiling, not a ledger."
    ),
    "An absent recipient-year means no recorded commitment; nothing is recorded before 2000.",
    (
        "The Gleditsch-Ward table has Vietnam under 817, which was South Vietnam, and Serbia "
        "under 340 before 2006; neither is mapped to a state there."
    ),
    "Regional projects and recipients without a code, such as Serbia, are left out.",
)
