"""The Secretariat's machine-readable resolutions: three tables for each of three bodies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from beholden.sources.base import Column, Dataset, StateCode
from beholden.sources.tidying import columns_of
from beholden.sources.un_dgacm import resolutions, sponsors, votes
from beholden.sources.un_tools import originals_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import polars as pl

__all__ = ["Body", "resolution_set", "sponsor_set", "vote_set"]

_LICENCE = (
    "published by the United Nations without warranty of any kind; the user must acknowledge the "
    "United Nations as the source of the information"
)
_TERMS = "Unofficial copies for information only: cite the official documents."
_PRODUCER = "United Nations, Department for General Assembly and Conference Management"
_HEAD = """
symbol | symbol of the resolution
date | day of adoption
year | calendar year of that day
"""
_COUNTS = """
stated_yes | votes in favour as stated; empty without a recorded vote
stated_no | votes against as stated
stated_abstain | abstentions as stated
listed_yes | names listed in favour; empty where no names are listed
listed_no | names listed against
listed_abstain | names listed as abstaining
"""
_LISTS = """
sponsors | sponsors, apart by semicolons; one row each in {name}_sponsors
additional_sponsors | states that joined the sponsors, apart by semicolons
subjects | subjects in the UN Library's words, apart by semicolons
sdgs | Sustainable Development Goals that the Secretariat links it to, apart by semicolons
"""
_VOTES = """
member_state | name as printed, in capitals
member_iso3 | ISO 3166 alpha-3 code made from the name
vote | Y yes, N no, A abstention
"""
_LISTING = """
listing | 2 where a resolution lists the same name once more, else 1
"""
_SPONSORS = """
role | sponsor, or additional where it joined later
sponsor | name as printed
sponsor_iso3 | ISO 3166 alpha-3 code made from the name; empty for chairs, committees and groups
"""
_SPONSOR_TRAPS = (
    "Chairs, committees and groups of states also sponsor: they have no code of a state.",
    "A resolution without a row has no sponsor listed, which does not mean that it had none.",
)


@dataclass(frozen=True)
class Body:
    """One body of the United Nations and the files with its resolutions.

    Parameters
    ----------
    short : str
        As in the names of its sets: ``"ga"``, ``"hrc"`` or ``"sc"``.
    name : str
        As in titles, such as ``"General Assembly"``.
    repository, commit : str
        Where the files are published.
    coverage : str
        What the files cover, for the version.
    span : tuple of int
        First and last year.
    files : str
        Lines of ``file sha256 size``.
    """

    short: str
    name: str
    repository: str
    commit: str
    coverage: str
    span: tuple[int, int]
    files: str

    @property
    def set(self) -> str:
        """The name of the set with one row for a resolution."""
        return f"un_{self.short}_resolutions_dgacm"


def resolution_set(
    body: Body, fields: Mapping[str, tuple[str, str]], traps: tuple[str, ...]
) -> Dataset:
    """The set with one row for a resolution.

    Parameters
    ----------
    body : Body
        Whose resolutions.
    fields : mapping of str to tuple of str
        Columns that only this body has: new name, then the source's name and the meaning.
    traps : tuple of str
        Traps beside the terms.
    """
    lists = columns_of(_LISTS.format(name=body.set))
    own = {name: Column(meaning) for name, (_, meaning) in fields.items()}
    named = {name: source for name, (source, _) in fields.items()}
    return _dataset(
        body,
        "",
        unit="resolution",
        keys=("symbol",),
        columns=columns_of(_HEAD) | own | columns_of(_COUNTS) | lists,
        read=partial(resolutions, fields=named),
        traps=traps,
    )


def vote_set(body: Body, traps: tuple[str, ...], *, repeated: bool = False) -> Dataset:
    """The set with one row for a state that is listed in favour, against or as abstaining.

    Parameters
    ----------
    body : Body
        Whose resolutions.
    traps : tuple of str
        Traps beside the terms.
    repeated : bool
        Whether a resolution may list a state twice, so that rows need a number.
    """
    columns = columns_of(_HEAD) | columns_of(_VOTES)
    keys: tuple[str, ...] = ("symbol", "member_state")
    if repeated:
        columns |= columns_of(_LISTING)
        keys += ("listing",)
    return _dataset(
        body,
        "votes",
        unit="vote",
        keys=keys,
        columns=columns,
        read=votes if repeated else _once,
        traps=traps,
        state="member_iso3",
    )


def sponsor_set(body: Body, traps: tuple[str, ...] = ()) -> Dataset:
    """The set with one row for a sponsor of a resolution.

    Parameters
    ----------
    body : Body
        Whose resolutions.
    traps : tuple of str
        Traps beside those of every list of sponsors.
    """
    return _dataset(
        body,
        "sponsors",
        unit="sponsor",
        keys=("symbol", "role", "sponsor"),
        columns=columns_of(_HEAD) | columns_of(_SPONSORS),
        read=sponsors,
        traps=_SPONSOR_TRAPS + traps,
        state="sponsor_iso3",
    )


def _once(paths: Mapping[str, Path]) -> pl.DataFrame:
    return votes(paths).drop("listing")


def _dataset(
    body: Body,
    part: str,
    *,
    unit: str,
    keys: tuple[str, ...],
    columns: Mapping[str, Column],
    read: Callable[[Mapping[str, Path]], pl.DataFrame],
    traps: tuple[str, ...],
    state: str = "",
) -> Dataset:
    """What the three tables of a body share; `part` is the end of the set's name."""
    name = f"{body.set}_{part}" if part else body.set
    title = f"Machine-readable {body.name} resolutions"
    ends = {"": "", "votes": ": votes by state", "sponsors": ": sponsors"}
    return Dataset(
        name=name,
        title=f"{title}{ends[part]}",
        producer=_PRODUCER,
        version=f"data_extract, commit {body.commit} ({body.coverage})",
        home="https://www.un.org/dgacm/en/content/visualizations-and-machine-readability",
        doi="",
        licence=_LICENCE,
        redistribution="unknown",
        acts="date",
        citation=f"{_PRODUCER}. (2026). {title} [Data set]. https://github.com/{body.repository}",
        bibtex=_bibtex(name, body),
        unit=unit,
        keys=keys,
        span=body.span,
        originals=originals_in(body.set, body.repository, body.commit, "data_extract/", body.files),
        columns=columns,
        read=read,
        states=(StateCode(state, "iso3", "iso3", year="date"),) if state else (),
        traps=(*traps, _TERMS),
    )


def _bibtex(key: str, body: Body) -> str:
    capitals = " ".join(f"{{{word}}}" for word in body.name.split())
    return f"""@misc{{{key},
  author = {{{{{_PRODUCER}}}}},
  title = {{Machine-readable {capitals} resolutions}},
  year = {{2026}},
  note = {{Data set}},
  url = {{https://github.com/{body.repository}}}
}}"""
