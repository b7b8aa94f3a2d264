"""The inputs of the latent human rights scores that are plain panels: state, year, value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beholden.sources.base import Column, Dataset, Original, StateCode
from beholden.sources.family_fariss import HOME
from beholden.sources.tidying import csv_as_text, raw_address, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["panel_set"]

_INPUT = "An input of fariss_lhrs, kept as it was put into the model."


def panel_set(
    name: str,
    title: str,
    original: tuple[str, str, int],
    folder: str,
    span: tuple[int, int],
    value: Mapping[str, Column],
    citation: str,
    bibtex: str,
    *,
    code: str = "ccode",
    text: tuple[str, ...] = (),
    whole: tuple[str, ...] = (),
    missing: tuple[str, ...] = ("", "NA"),
    version: str = "as in the inputs of the latent scores v4.02",
    traps: tuple[str, ...] = (_INPUT,),
    released: str = "",
) -> Dataset:
    """The description of one panel.

    Parameters
    ----------
    name, title : str
        As on a data set.
    original : tuple
        The file's bare name, its sha256 and its size.
    folder : str
        Where it lies in the repository of the scores.
    span : tuple of int
        First and last year.
    value : mapping of str to Column
        Every column beside the state's number and the year.
    citation, bibtex : str
        Of the panel's own makers.
    code : str
        The column with the state's number.
    text, whole : tuple of str
        Columns of text and, beside the keys, of whole numbers.
    missing : tuple of str
        Cells that stand for missing.
    version : str
        As on a data set.
    traps : tuple of str
        As on a data set.
    released : str
        When the panel was first published.
    """
    bare, sha256, size = original
    file, keys = f"fariss_lhrs/{bare}", (code, "year")
    repository, commit = "CJFariss/Human-Rights-Latent-Variable", "2f1892e74899"
    named = {code: Column("Correlates of War number"), "year": Column("calendar year")}
    return Dataset(
        name=name,
        title=title,
        producer=citation.split(" (")[0],
        version=version,
        home=HOME,
        doi="",
        licence="unknown; the input carries its own terms",
        redistribution="unknown",
        released=released,
        citation=citation,
        bibtex=bibtex,
        unit="state-year",
        keys=keys,
        span=span,
        originals=(
            Original(file, sha256, size, raw_address(repository, commit, f"{folder}/{bare}")),
        ),
        columns=named | dict(value),
        read=lambda paths: typed(
            csv_as_text(paths[file], missing=missing), keys=keys, text=text, whole=keys + whole
        ),
        states=(StateCode(code, "cow", "iso3"),),
        traps=traps,
    )
