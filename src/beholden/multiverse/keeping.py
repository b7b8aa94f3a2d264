"""Measured series kept by the digest of all that went into them, so that a second run is quick."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

import polars as pl

from beholden import __version__
from beholden.core import Input, Provenance, Series, Source, digest
from beholden.errors import MissingDataError
from beholden.measures.program import program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from beholden.measures import Evidence, Measure, Target
    from beholden.panels import Holdings

__all__ = ["Keeper", "kept", "key_of", "read", "written"]


class Keeper(Protocol):
    """Finished pieces of text by name, such as :class:`beholden.store.Cache`."""

    def get(self, key: str) -> str | None:
        """The piece of that name, or None."""
        ...

    def put(self, key: str, text: str) -> None:
        """Keep a piece under its name."""
        ...


@dataclass(frozen=True)
class Shelved:
    """A series, or why there is none, as measured before."""

    found: Series | MissingDataError


def key_of(
    measure: Measure,
    picks: Mapping[str, str],
    target: Target,
    evidence: Evidence,
    data: Holdings,
) -> str:
    """The name of what a measure of data sets comes to, from everything that it depends on.

    Parameters
    ----------
    measure : Measure
        Under picks that read no facts.
    picks : mapping of str to str
        An option for each of its choices.
    target : Target
        Of whom it is measured, and when.
    evidence : Evidence
        For the days up to which anything is known.
    data : Holdings
        The data sets, by edition and hash; all that are read are held.

    Returns
    -------
    str
        A file name; another text of the program makes another.
    """
    records = [data.record(name) for name in measure.datasets(picks)]
    editions = [(item.dataset, item.edition, item.table.sha256, item.released) for item in records]
    parts = [measure.name, picks, target, editions, evidence.as_of, evidence.until]
    return f"series-{digest([*parts, program(), __version__, pl.__version__])}.json"


def written(found: Series | MissingDataError) -> str:
    """A series, or why there is none, as text that :func:`read` takes back exactly."""
    if isinstance(found, MissingDataError):
        return json.dumps({"missing": str(found), "needs": found.needs}, ensure_ascii=False)
    table = io.BytesIO()
    found.frame.write_ipc(table)
    form: dict[str, Any] = {
        # Arrow keeps every bit of a number, and the types of columns without rows.
        "frame": base64.b64encode(table.getvalue()).decode("ascii"),
        "sha256": hashlib.sha256(table.getvalue()).hexdigest(),
        "unit": found.unit,
        "scale": found.scale,
        "sources": {name: asdict(source) for name, source in found.sources.items()},
        "inputs": [asdict(item) for item in found.provenance.inputs],
        "steps": found.provenance.steps,
        "code": found.provenance.code,
        "notes": found.notes,
    }
    return json.dumps(form, ensure_ascii=False)


def read(text: str | None) -> Shelved | None:
    """What was kept, or None where nothing was, or nothing that can be read."""
    if text is None:
        return None
    try:
        form = json.loads(text)
        if "missing" in form:
            return Shelved(MissingDataError(form["missing"], form["needs"]))
        table = base64.b64decode(form["frame"], validate=True)
        if hashlib.sha256(table).hexdigest() != form["sha256"]:
            return None
        frame = pl.read_ipc(io.BytesIO(table))
        inputs = tuple(Input(**item) for item in form["inputs"])
        sources = {name: Source(**item) for name, item in form["sources"].items()}
        provenance = Provenance(inputs, tuple(form["steps"]), form["code"])
        notes = tuple(form["notes"])
        series = Series(frame, form["unit"], form["scale"], sources, provenance, notes)
    except (ValueError, TypeError, KeyError, binascii.Error, pl.exceptions.PolarsError):
        # A damaged piece is as good as none: the work is done again.
        return None
    return Shelved(series)


def kept(keeper: Keeper | None, key: Callable[[], str], measured: Callable[[], Series]) -> Series:
    """What was measured before, or else what is measured now, which is then kept.

    Parameters
    ----------
    keeper : Keeper or None
        None keeps nothing.
    key : callable
        Gives the name; asked for only where there is a keeper.
    measured : callable
        Does the work.

    Raises
    ------
    MissingDataError
        When the measure has no data, now or when it was measured before.
    """
    if keeper is None:
        return measured()
    name = key()
    before = read(keeper.get(name))
    if before is None:
        try:
            before = Shelved(measured())
        except MissingDataError as error:
            before = Shelved(error)
        keeper.put(name, written(before.found))
    if isinstance(before.found, MissingDataError):
        raise before.found
    return before.found
