"""What an association came to, as text that is kept and taken back exactly."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden.associations.result import (
    Associations,
    AssociationVerdict,
    Deciding,
    JointTests,
)
from beholden.associations.universes import Excluded
from beholden.core import Input, Provenance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from beholden.associations.grid import Grid

    Grids = Callable[[Sequence[str]], Grid | None]

__all__ = ["Found", "read", "written"]


@dataclass(frozen=True)
class Found:
    """What was found, and on what it rests.

    Parameters
    ----------
    associations : Associations
        Every universe, the joint tests, the verdict.
    without : mapping of str to str
        Columns of variants that had no values, and why.
    provenance : Provenance
        Of every file read.
    same : tuple of str
        Variants that never vary for the case, in words.
    """

    associations: Associations
    without: Mapping[str, str]
    provenance: Provenance
    same: tuple[str, ...]


def written(found: Found) -> str:
    """A finding as text that :func:`read` takes back exactly."""
    result, table = found.associations, io.BytesIO()
    result.universes.write_ipc(table, compression="zstd")
    form: dict[str, Any] = {
        "universes": base64.b64encode(table.getvalue()).decode("ascii"),
        "sha256": hashlib.sha256(table.getvalue()).hexdigest(),
        "excluded": [asdict(item) for item in result.excluded],
        "joint": asdict(result.joint) if result.joint else None,
        "verdict": asdict(result.verdict),
        "deciding": [asdict(item) for item in result.deciding],
        "deciding_effect": [asdict(item) for item in result.deciding_effect],
        "notes": result.notes,
        "without": dict(found.without),
        "inputs": [asdict(item) for item in found.provenance.inputs],
        "steps": found.provenance.steps,
        "code": found.provenance.code,
        "same": found.same,
    }
    return json.dumps(form, ensure_ascii=False)


def read(text: str | None, grids: Grids) -> Found | None:
    """What was kept, or None where nothing was, or nothing that can be read.

    Parameters
    ----------
    text : str or None
        From :func:`written`.
    grids : callable
        (columns without values) to the grid without them.
    """
    if text is None:
        return None
    try:
        form = json.loads(text)
        table = base64.b64decode(form["universes"], validate=True)
        grid = grids(tuple(form["without"]))
        if grid is None or hashlib.sha256(table).hexdigest() != form["sha256"]:
            return None
        result = Associations(
            grid,
            pl.read_ipc(io.BytesIO(table)),
            tuple(Excluded(**item) for item in form["excluded"]),
            JointTests(**form["joint"]) if form["joint"] else None,
            AssociationVerdict(**form["verdict"]),
            tuple(Deciding(**item) for item in form["deciding"]),
            tuple(Deciding(**item) for item in form["deciding_effect"]),
            tuple(form["notes"]),
        )
        inputs = tuple(Input(**item) for item in form["inputs"])
        provenance = Provenance(inputs, tuple(form["steps"]), form["code"])
        return Found(result, form["without"], provenance, tuple(form["same"]))
    except (ValueError, TypeError, KeyError, binascii.Error, pl.exceptions.PolarsError):
        # A damaged piece is as good as none: the work is done again.
        return None
