"""What the releases of UCDP's one-sided violence have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Dataset, Original, StateCode
from beholden.sources.tidying import columns_of, csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["one_sided_set", "one_sided_table"]

_TEXT = (
    *("coalition_components", "actor_name", "actor_name_fulltext", "actor_name_mothertongue"),
    *("location", "gwno_location", "region", "version"),
)
_WHOLE = (
    *("conflict_id", "dyad_id", "actor_id", "year", "is_government_actor", "gwnoa"),
    *("best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate"),
)
COLUMNS = columns_of("""
conflict_id | the producers' number of the actor's violence
dyad_id | the producers' number of actor and civilians
actor_id | the producers' number of the actor
coalition_components | numbers of the actors in a coalition, apart by commas
actor_name | name of the actor
actor_name_fulltext | name in full
actor_name_mothertongue | name in the actor's own language
year | calendar year
best_fatality_estimate | civilians killed, best estimate | deaths | higher = worse
low_fatality_estimate | civilians killed, low estimate | deaths | higher = worse
high_fatality_estimate | civilians killed, high estimate | deaths | higher = worse
is_government_actor | whether the actor is the government of a state | 0 or 1
location | states where it happened, apart by commas
gwno_location | their Gleditsch-Ward codes, apart by commas
gwnoa | Gleditsch-Ward code of the state whose government the actor is
region | region: 1 Europe, 2 Middle East, 3 Asia, 4 Africa, 5 Americas; several apart by commas
version | release
""")
_BIBTEX = """@article{KEY,
  author = {Eck, Kristine and Hultman, Lisa},
  title = {One-sided violence against civilians in war: Insights from new fatality data},
  journal = {Journal of Peace Research},
  year = {2007},
  volume = {44},
  number = {2},
  pages = {233--246},
  note = {UCDP One-sided Violence Dataset, version RELEASE}
}"""
_TRAPS = (
    "Only actors that killed at least 25 civilians in the year; others have no row.",
    (
        "Only killing that was reported: deaths in prisons and camps of a closed state are not in "
        "here, and North Korea has no row."
    ),
    (
        "gwnoa names the state that killed; where it killed is in gwno_location, which can name "
        "several states."
    ),
    (
        "Two governments that killed together (Ethiopia and Eritrea from 2020, Burundi and Rwanda "
        "in 1996) have one row without gwnoa and without a state."
    ),
    (
        "In five rows the best estimate lies outside of the low and the high one, which stand the "
        "wrong way round for Kamuina Nsapu in 2016."
    ),
)


def one_sided_table(path: Path) -> pl.DataFrame:
    """One row for an actor in a year.

    Parameters
    ----------
    path : Path
        The original.
    """
    frame = csv_as_text(path)
    return typed(frame, keys=("actor_id", "year"), text=_TEXT, whole=_WHOLE)


def one_sided_set(
    name: str,
    release: str,
    original: tuple[str, str, int],
    folder: str,
    last: int,
    traps: tuple[str, ...] = (),
) -> Dataset:
    """The description of one release.

    Parameters
    ----------
    name : str
        As on a data set.
    release : str
        Such as ``"23.1"``.
    original : tuple
        The file's bare name, its sha256 and its size.
    folder : str
        Where it lies in the repository of the latent human rights scores.
    last : int
        Last year.
    traps : tuple of str
        Traps beside those of every release.
    """
    bare, sha256, size = original
    file, repository = f"fariss_lhrs/{bare}", "CJFariss/Human-Rights-Latent-Variable"
    address = raw_address(repository, "2f1892e74899", f"{folder}/{bare}")
    return Dataset(
        name=name,
        title=f"UCDP One-sided Violence Dataset {release}",
        producer="Uppsala Conflict Data Program (UCDP)",
        version=release,
        home="https://ucdp.uu.se/downloads",
        doi="",
        licence="CC BY 4.0",
        redistribution="allowed",
        released=str(last + 1),  # in the summer after its last year
        citation=(
            "Eck, K., & Hultman, L. (2007). One-sided violence against civilians in war: Insights "
            "from new fatality data. Journal of Peace Research, 44(2), 233-246. ; Uppsala "
            f"Conflict Data Program. UCDP One-sided Violence Dataset, version {release}."
        ),
        bibtex=_BIBTEX.replace("KEY", name).replace("RELEASE", release),
        unit="actor-year",
        keys=("actor_id", "year"),
        span=(1989, last),
        originals=(Original(file, sha256, size, address),),
        columns=COLUMNS,
        read=lambda paths: one_sided_table(paths[file]),
        states=(StateCode("gwnoa", "gw", "iso3"),),
        traps=_TRAPS + traps,
    )
