"""Measures of all states kept on disk by the digest of all that went into them.

A measure of pairs is computed for every pair there is. That takes seconds, and a page shows
only one pair; so what was computed once serves every later page.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from beholden import __version__
from beholden.core import Input, Provenance, digest
from beholden.measures.catalogue import MeasureCatalogue
from beholden.measures.program import program
from beholden.measures.states_and_pairs import checked
from beholden.panels import Values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from beholden.measures import Measure
    from beholden.panels import Holdings

__all__ = ["KeptMeasures"]

_FORM, _KEPT = "form", 2


class KeptMeasures(MeasureCatalogue):
    """A catalogue whose values of all states and pairs are kept in a folder.

    Parameters
    ----------
    measures : mapping of str to Measure
        By name.
    holdings : Holdings
        The data sets.
    folder : Path or None
        None keeps nothing; so does a folder that cannot be written.
    """

    def __init__(
        self, measures: Mapping[str, Measure], holdings: Holdings, folder: Path | None
    ) -> None:
        super().__init__(measures, holdings)
        self._folder = folder

    def values(self, name: str, picks: Mapping[str, str]) -> Values:
        """The measure of that name under those picks, for every state or pair."""
        measure = self.measure(name)
        if self._folder is None or measure.values is None:
            return super().values(name, picks)
        full = checked(measure, picks)
        key = ("kept", name, tuple(sorted(full.items())))
        path = self._folder / self._name(measure, full)
        return self.holdings.once(key, lambda: self._read_or_made(path, name, picks))

    def _read_or_made(self, path: Path, name: str, picks: Mapping[str, str]) -> Values:
        found = _read(path)
        if found is None:
            found = super().values(name, picks)
            _write(path, found)
        return found

    def _name(self, measure: Measure, picks: Mapping[str, str]) -> str:
        """The name of what the measure comes to: another edition or program makes another."""
        records = [self.holdings.record(name) for name in measure.datasets(picks)]
        editions = [(item.dataset, item.edition, item.table.sha256) for item in records]
        parts = [measure.name, picks, editions, self.holdings.as_of]
        made_by = digest([*parts, program(), __version__, pl.__version__])
        return f"values-{measure.name}-{digest(picks)[:8]}-{made_by}.parquet"


def _write(path: Path, values: Values) -> None:
    """Keep values, atomically; where that cannot be done the work is done again next time."""
    form = vars(values) | {
        "inputs": [asdict(item) for item in values.provenance.inputs],
        "steps": values.provenance.steps,
        "code": values.provenance.code,
        "missing": dict(values.missing),
    }
    del form["frame"], form["provenance"]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        os.close(handle)
        try:
            text = json.dumps(form, ensure_ascii=False)
            values.frame.write_parquet(name, compression_level=1, metadata={_FORM: text})
            Path(name).replace(path)
            _clear(path)
        finally:
            Path(name).unlink(missing_ok=True)


def _clear(path: Path) -> None:
    """Take away what older editions and programs left of the same measure, but for one."""
    same = path.parent.glob(f"{path.stem.rpartition('-')[0]}-*{path.suffix}")
    for old in sorted(same, key=lambda each: each.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)


def _read(path: Path) -> Values | None:
    """What was kept, or None where nothing was, or nothing that can be read."""
    if not path.is_file():
        return None
    try:
        form: dict[str, Any] = json.loads(pl.read_parquet_metadata(path)[_FORM])
        inputs = tuple(Input(**item) for item in form.pop("inputs"))
        provenance = Provenance(inputs, tuple(form.pop("steps")), form.pop("code"))
        for name in ("span", "sources", "notes"):
            form[name] = tuple(form[name])
        return Values(frame=pl.read_parquet(path), provenance=provenance, **form)
    except (OSError, ValueError, TypeError, KeyError, pl.exceptions.PolarsError):
        # A damaged piece is as good as none: the work is done again.
        return None
