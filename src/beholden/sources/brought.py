"""Data sets whose file the users bring: find it, recognise it, and note the hash that it has.

From then on the file is an original like any other: its size and hash are part of the edition,
so a changed file is another edition beside the old one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from beholden.sources.base import Original
from beholden.store.answers import FetchError
from beholden.store.files import sha256_of

if TYPE_CHECKING:
    from beholden.sources.base import Brought, Dataset
    from beholden.store.records import Record
    from beholden.store.shelf import Shelf

__all__ = ["NotBroughtError", "as_held", "settled"]


class NotBroughtError(FetchError):
    """A file that the users must bring and have not brought."""


def settled(dataset: Dataset, place: str | None, shelf: Shelf) -> Dataset:
    """The data set with its originals, those of a file that users bring included.

    Parameters
    ----------
    dataset : Dataset
        Any data set; those with fixed originals are returned as they are.
    place : str or None
        The folder that the user named; without it the edition in the library is taken.
    shelf : Shelf
        The library.

    Raises
    ------
    NotBroughtError
        When the file is neither in the folder nor in the library.
    TableError
        When there is a file of that name in another form.
    """
    if dataset.brought is None:
        return dataset
    if place is None:
        record = shelf.current(dataset.name)
        if record is None:
            raise NotBroughtError(_how(dataset, dataset.brought))
        return as_held(dataset, record)
    if place.startswith(("http://", "https://")):
        raise NotBroughtError(
            f"expected a folder, found the address {place}. {_how(dataset, dataset.brought)}"
        )
    return _found(dataset, dataset.brought, Path(place))


def as_held(dataset: Dataset, record: Record) -> Dataset:
    """The data set as one edition in the library has it.

    Parameters
    ----------
    dataset : Dataset
        A set whose file users bring; others are returned as they are.
    record : Record
        The edition.
    """
    if dataset.brought is None:
        return dataset
    files = tuple(
        Original(item.file, item.sha256, item.size, item.address) for item in record.originals
    )
    version = _version(dataset.brought, files[0].file.rpartition("/")[2]) if files else None
    words = dataset.brought.words(version) if version else {}
    return replace(dataset, **{**words, "originals": files})


def _found(dataset: Dataset, brought: Brought, folder: Path) -> Dataset:
    """The data set with the newest file of its form that lies in the folder."""
    try:
        path, version = _newest(dataset, brought, folder)
        brought.check(path, version)
        size, sha256 = path.stat().st_size, sha256_of(path)
    except OSError as error:
        where = error.filename or folder
        raise FetchError(f"{where}: cannot be read, {error.strerror or error}") from error
    file = Original(f"{dataset.name}/{path.name}", sha256, size, "")
    return replace(dataset, **{**brought.words(version), "originals": (file,)})


def _newest(dataset: Dataset, brought: Brought, folder: Path) -> tuple[Path, str]:
    """The file with the highest version, in the set's own folder or else flat."""
    found: dict[tuple[int, ...], tuple[Path, str]] = {}
    packed = []
    for inner in (folder, folder / dataset.name):
        for path in sorted(inner.iterdir()) if inner.is_dir() else ():
            version = _version(brought, path.name)
            if version is not None and path.is_file():
                found[tuple(map(int, version.split(".")))] = path, version
            elif path.suffix == ".zip":
                packed.append(path.name)
    if not found:
        hint = f" Unpack {', '.join(packed)} if it is in there." if packed else ""
        raise NotBroughtError(
            f"expected a file such as {brought.example} in {folder}, found none.{hint} "
            + _how(dataset, brought)
        )
    return found[max(found)]


def _version(brought: Brought, name: str) -> str | None:
    match = re.fullmatch(brought.names, name)
    return match[1] if match else None


def _how(dataset: Dataset, brought: Brought) -> str:
    return (
        f"Its producers hand it out on their page only: download it from {dataset.home}, unpack "
        f"{brought.example} and name its folder: beholden fetch {dataset.name} --from DIR"
    )
