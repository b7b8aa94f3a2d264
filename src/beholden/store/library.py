"""The local library: which tables of facts are at hand, and where results are kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from beholden.errors import TableError
from beholden.store.facts import read_facts
from beholden.store.manifest import read_manifest
from beholden.store.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.core import Table
    from beholden.store.manifest import Manifest, TableEntry

__all__ = ["Library", "default_folder"]


def default_folder() -> Path:
    """Where the library lies unless ``--library`` names another folder."""
    from platformdirs import user_data_path

    return Path(user_data_path("beholden", appauthor=False)) / "library"


class Library:
    """Folders of facts, searched in order: the user's own before those shipped inside.

    Parameters
    ----------
    folders : sequence of Path
        Each holds a ``manifest.yaml``, or folders that do. A folder that does not
        exist is an empty library.
    shelf : Shelf or None
        Where data sets lie; None takes the default folder.

    Examples
    --------
    >>> from beholden.cases import facts_folder
    >>> Library([facts_folder()]).table("trade", "PRK").frame.height
    484
    """

    def __init__(self, folders: Sequence[Path], shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        self._entries: list[tuple[Path, TableEntry, Manifest]] = []
        self._tables: dict[int, Table] = {}
        for folder in folders:
            for manifest_path in _manifests(folder):
                manifest = read_manifest(manifest_path.parent)
                self._entries.extend(
                    (manifest_path.parent, entry, manifest) for entry in manifest.tables
                )

    def table(self, name: str, client: str) -> Table | None:
        """The first table of that kind about `client`, or about any state; None if not held.

        Raises
        ------
        TableError
            When the file is damaged or does not follow its form.
        """
        place = self._place(name, client)
        if place is None:
            return None
        if place not in self._tables:
            self._tables[place] = read_facts(*self._entries[place])
        return self._tables[place]

    def manifest(self, name: str, client: str) -> Manifest | None:
        """The manifest that names the table that `table` gives; None where there is none."""
        place = self._place(name, client)
        return None if place is None else self._entries[place][2]

    def clients(self) -> tuple[str, ...]:
        """The states that the library holds facts about; "any" for tables about many."""
        return tuple(sorted({entry.client for _, entry, _ in self._entries}))

    def titles(self) -> dict[str, str]:
        """File name to the title of its table."""
        return {entry.file: entry.title for _, entry, _ in self._entries}

    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests, each once, in search order."""
        seen: list[Manifest] = []
        for _, _, manifest in self._entries:
            if manifest not in seen:
                seen.append(manifest)
        return tuple(seen)

    def _place(self, name: str, client: str) -> int | None:
        """Where the first table of that kind about the client, or about any state, stands."""
        fitting = (
            place
            for place, (_, entry, _) in enumerate(self._entries)
            if entry.table == name and entry.client in (client, "any")
        )
        return next(fitting, None)


def _manifests(folder: Path) -> list[Path]:
    try:
        if not folder.exists():
            return []
        if not folder.is_dir():
            raise TableError(f"{folder}: expected a folder of facts, found a file")
        own = folder / "manifest.yaml"
        return ([own] if own.is_file() else []) + sorted(folder.glob("*/manifest.yaml"))
    except OSError as error:
        raise TableError(f"{folder}: expected a readable folder, {error.strerror}") from error
