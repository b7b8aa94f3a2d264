"""What the three tables on attention, treaties and organisations have in common."""

from __future__ import annotations

__all__ = ["CITATION", "DOI", "HOME", "LICENCE", "PRODUCER", "VERSION", "naming_bibtex"]

DOI = "10.7910/DVN/AV0CMJ"
HOME = f"https://doi.org/{DOI}"
PRODUCER = "Geoff Dancy and Christopher J. Fariss"
VERSION = "replication data of 2022"
LICENCE = "code GPL-3 style; terms of the data not stated apart"
CITATION = (
    "Dancy, G., & Fariss, C. J. (2022). Replication data for: The global resonance of human "
    f"rights: What Google Trends can tell us [Data set]. Harvard Dataverse. {HOME}"
)


def naming_bibtex(name: str) -> str:
    """The BibTeX entry of one of the tables.

    Parameters
    ----------
    name : str
        Key of the entry.
    """
    return f"""@misc{{{name},
  author = {{Dancy, Geoff and Fariss, Christopher J.}},
  title = {{Replication Data for: The Global Resonance of Human Rights: What Google Trends Can
    Tell Us}},
  publisher = {{Harvard Dataverse}},
  year = {{2022}},
  doi = {{{DOI}}}
}}"""
