"""Unpack archives from elsewhere: nothing outside the folder, no links, no bombs, or nothing."""

from __future__ import annotations

import errno
import gzip
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, cast

from beholden.errors import TableError
from beholden.store.files import discard, is_inside

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Limits", "unpack"]

Wanted = Callable[[str], bool]


class Readable(Protocol):
    """Something that gives bytes."""

    def read(self, count: int, /) -> bytes:
        """Read at most so many."""
        ...


@dataclass(frozen=True)
class Limits:
    """What an archive may unfold to.

    Parameters
    ----------
    total : int
        Bytes in all.
    ratio : float
        Bytes for each byte of the archive, beyond the first `free` bytes.
    free : int
        Bytes that are let pass whatever their ratio.
    members : int
        Files and folders.
    """

    total: int = 8 * 1024**3
    ratio: float = 200.0
    free: int = 16 * 1024**2
    members: int = 100_000

    def most(self, packed: int) -> int:
        """The most bytes that an archive of `packed` bytes may unfold to."""
        return min(self.total, max(self.free, int(packed * self.ratio)))


def unpack(
    archive: Path, folder: Path, wanted: Wanted | None = None, limits: Limits | None = None
) -> dict[str, Path]:
    """Unpack a .zip, .tar or .tar.gz file into a new folder.

    The whole archive is judged, also where only some of its files are wanted.

    Parameters
    ----------
    archive : Path
        The archive; its kind is told by its content.
    folder : Path
        Created; must not exist yet.
    wanted : callable or None
        Given a member's name, whether to unpack it; None takes all.
    limits : Limits or None
        What it may unfold to.

    Returns
    -------
    dict of str to Path
        Member name to file, in the order of the archive.

    Raises
    ------
    TableError
        When the archive is damaged or refused; nothing is unpacked then.
    OSError
        When the place cannot be written; nothing is left there.
    """
    bounds = limits or Limits()
    if folder.exists():
        raise TableError(f"{folder}: expected a folder that does not exist yet")
    staged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        # By its first bytes: a tar may end in what looks like a zip.
        with archive.open("rb") as file:
            opened = _zip if file.read(2) == b"PK" else _tar
        names = _fill(opened(archive, bounds), archive, staged, wanted, bounds)
        staged.chmod(0o755)
        staged.replace(folder)
    except _FAULTS as error:
        raise _damaged(archive, error) from error
    except OSError as error:
        # A place in the archive that cannot be: before its beginning.
        if error.errno == errno.EINVAL:
            raise _damaged(archive, error) from error
        raise
    finally:
        discard(staged)
    return {name: folder / name for name in names}


_FAULTS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    gzip.BadGzipFile,
    struct.error,
    EOFError,
    NotImplementedError,
    OverflowError,
    ValueError,
)


@dataclass(frozen=True)
class _Member:
    """One file in an archive, judged and ready to be read."""

    name: str
    size: int
    read: Callable[[], IO[bytes]]


def _fill(
    members: Iterator[_Member], archive: Path, folder: Path, wanted: Wanted | None, limits: Limits
) -> list[str]:
    """Write the wanted members, counting what really comes out; returns their names."""
    left = limits.most(archive.stat().st_size)
    seen: set[str] = set()
    names = []
    for count, member in enumerate(members, 1):
        _judge(archive, member.name, seen)
        left -= member.size
        if count > limits.members or left < 0:
            raise _bomb(archive, limits)
        if wanted is not None and not wanted(member.name):
            continue
        target = folder / member.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(archive, member, target)
        except (FileExistsError, NotADirectoryError) as error:
            raise _refused(archive, member.name, "stands both for a file and a folder") from error
        names.append(member.name)
    return names


def _write(archive: Path, member: _Member, target: Path) -> None:
    """Write one member; what comes out must be as long as its header says."""
    written = 0
    with member.read() as source, target.open("xb") as file:
        while piece := source.read(1 << 20):
            written += len(piece)
            if written > member.size:
                raise _refused(archive, member.name, "is longer than its header says")
            file.write(piece)
    if written != member.size:
        raise _refused(archive, member.name, "is shorter than its header says")


def _judge(archive: Path, name: str, seen: set[str]) -> None:
    if not is_inside(name):
        raise _refused(archive, name, "would lie outside the folder")
    folded = name.casefold()
    if folded in seen:
        raise _refused(archive, name, "occurs twice")
    seen.add(folded)


def _zip(archive: Path, limits: Limits) -> Iterator[_Member]:
    with zipfile.ZipFile(archive) as opened:
        infos = opened.infolist()
        # The table of contents is judged as a whole before anything is unfolded.
        if sum(info.file_size for info in infos) > limits.most(archive.stat().st_size):
            raise _bomb(archive, limits)
        for info in infos:
            kind = stat.S_IFMT(info.external_attr >> 16)
            if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                raise _refused(archive, info.filename, "is a link or a device")
            if info.flag_bits & 0x1:
                raise _refused(archive, info.filename, "is encrypted")
            if info.file_size > limits.most(info.compress_size):
                raise _bomb(archive, limits)
            if info.is_dir():
                _judge(archive, info.filename.rstrip("/"), set())
                continue
            yield _Member(info.filename, info.file_size, partial(opened.open, info))


def _tar(archive: Path, limits: Limits) -> Iterator[_Member]:
    with archive.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
        raw.seek(0)
        plain: Readable = gzip.GzipFile(fileobj=raw) if packed else raw
        most = limits.most(archive.stat().st_size)
        counted = _Counted(plain, archive, limits, most)
        with tarfile.open(fileobj=cast("IO[bytes]", counted), mode="r|") as opened:
            for info in opened:
                if info.isdir():
                    _judge(archive, info.name.rstrip("/"), set())
                    continue
                if not info.isreg() or info.issparse():
                    raise _refused(archive, info.name, "is a link, a device or a sparse file")
                if info.size > most:
                    raise _bomb(archive, limits)
                yield _Member(info.name, info.size, partial(_extracted, opened, info))


def _extracted(opened: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = opened.extractfile(info)
    if file is None:
        raise tarfile.ReadError(f"{info.name} cannot be read")
    return file


class _Counted:
    """A stream that refuses to give more than was agreed, headers included."""

    def __init__(self, inner: Readable, archive: Path, limits: Limits, most: int) -> None:
        self._inner = inner
        self._archive = archive
        self._limits = limits
        # Room for the headers and the padding of as many members as there may be.
        self._left = most + 2048 * min(limits.members, most // 512 + 1024)

    def read(self, count: int) -> bytes:
        """Read the next bytes."""
        piece = self._inner.read(count)
        self._left -= len(piece)
        if self._left < 0:
            raise _bomb(self._archive, self._limits)
        return piece


def _damaged(archive: Path, error: Exception) -> TableError:
    return TableError(f"{archive}: expected a whole archive; {error}. Nothing was unpacked.")


def _refused(archive: Path, name: str, why: str) -> TableError:
    return TableError(f"{archive}: refused, for its member {name!r} {why}. Nothing was unpacked.")


def _bomb(archive: Path, limits: Limits) -> TableError:
    return TableError(
        f"{archive}: refused, for it would unfold to more than {limits.ratio:g} times its size, "
        f"{limits.total} bytes or {limits.members} members. Nothing was unpacked."
    )
