"""Where originals are taken from: the official addresses, a folder, another address."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from beholden.store.answers import FetchError, without_login, wrong_bytes
from beholden.store.files import sha256_of

if TYPE_CHECKING:
    from beholden.store.download import Courier, Progress
    from beholden.store.records import OriginalFile

__all__ = ["Folder", "Mirror", "Official", "Origin", "Shared", "origin"]


class Origin(Protocol):
    """A place that has originals."""

    def bring(self, original: OriginalFile, target: Path, progress: Progress | None = None) -> str:
        """Put the verified original at `target`; returns where it was taken from.

        Raises
        ------
        FetchError
            When the place does not have those very bytes.
        """
        ...


def origin(place: str | None, courier: Courier) -> Origin:
    """What ``--from`` names; without it the official addresses."""
    if place is None:
        return Official(courier)
    if place.startswith(("http://", "https://")):
        return Mirror(courier, place)
    return Folder(Path(place))


@dataclass(frozen=True)
class Official:
    """The addresses in the descriptions."""

    courier: Courier

    def bring(self, original: OriginalFile, target: Path, progress: Progress | None = None) -> str:
        """Download from the original's own address."""
        if not original.address:
            raise FetchError(
                f"{original.file}: its producers give no direct address. Save the file by hand "
                "and name its folder with --from DIR."
            )
        self.courier.bring(original, original.address, target, progress)
        return original.address


@dataclass(frozen=True)
class Mirror:
    """Another address that has the same files, in folders as described or all in one."""

    courier: Courier
    base: str

    def bring(self, original: OriginalFile, target: Path, progress: Progress | None = None) -> str:
        """Download from below the base address."""
        names = dict.fromkeys((original.file, PurePosixPath(original.file).name))
        last: FetchError | None = None
        for name in names:
            address = self._address(name)
            try:
                self.courier.bring(original, address, target, progress)
            except FetchError as error:
                if error.status not in (404, 410):
                    raise
                last = last or error
            else:
                return without_login(address)
        raise last or FetchError(f"{original.file}: expected a file name")

    def _address(self, name: str) -> str:
        base = urlsplit(self.base)
        return urlunsplit(base._replace(path=f"{base.path.rstrip('/')}/{quote(name)}"))


@dataclass(frozen=True)
class Folder:
    """A folder with the same files, in folders as described or all in one."""

    folder: Path

    def bring(self, original: OriginalFile, target: Path, progress: Progress | None = None) -> str:
        """Copy from the folder; what is copied is what was hashed."""
        places = [self.folder / original.file, self.folder / PurePosixPath(original.file).name]
        source = next((path for path in places if path.is_file()), None)
        if source is None:
            raise FetchError(
                f"{original.file}: expected it as {' or as '.join(map(str, dict.fromkeys(places)))}"
                "; found neither"
            )
        try:
            size = source.stat().st_size
            with source.open("rb") as file:
                head = file.read(512)
        except OSError as error:
            raise FetchError(f"{source}: cannot be read, {error.strerror or error}") from error
        if size != original.size:
            raise wrong_bytes(original, str(source), f"{size} bytes", head)
        found = _copy(source, target, original, progress)
        if found != original.sha256:
            target.unlink()
            raise wrong_bytes(original, str(source), f"SHA-256 {found}", head)
        return str(source)


@dataclass(frozen=True)
class Shared:
    """Another origin, asked only once in a run for a file that several data sets are made from.

    Parameters
    ----------
    inner : Origin
        Where the files come from.
    folder : Path
        Where to keep them for the run.
    several : frozenset of str
        SHA-256 of the files that are asked for more than once.
    """

    inner: Origin
    folder: Path
    several: frozenset[str]
    _sources: dict[str, str] = field(default_factory=dict)

    def bring(self, original: OriginalFile, target: Path, progress: Progress | None = None) -> str:
        """Take the file from this run's folder, or else from the other origin."""
        kept = self.folder / original.sha256
        if original.sha256 in self._sources:
            shutil.copyfile(kept, target)
            if sha256_of(target) == original.sha256:
                return self._sources[original.sha256]
        source = self.inner.bring(original, target, progress)
        if original.sha256 in self.several:
            # Without room to keep it the file is fetched again.
            with contextlib.suppress(OSError):
                shutil.copyfile(target, kept)
                self._sources[original.sha256] = source
        return source


def _copy(source: Path, target: Path, original: OriginalFile, progress: Progress | None) -> str:
    """Copy a file by pieces and return the hash of what was written."""
    sha = hashlib.sha256()
    done = 0
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(1 << 20):
            sha.update(piece)
            writer.write(piece)
            done += len(piece)
            if progress is not None:
                progress(original.file, done, original.size)
    return sha.hexdigest()
