"""Archives from elsewhere: unpacked whole, or refused with nothing left behind."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beholden.errors import TableError
from beholden.store.archives import Limits, unpack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {"a/one.json": b"{}", "a/b/two.json": b"[1, 2]" * 100, "three.csv": b""}
BAD_NAMES = [
    "/etc/x",
    "../x",
    "a/../../x",
    "a/./x",
    "a//x",
    "..",
    "c:x",
    "C:\\x",
    "..\\x",
    "a\\..\\..\\x",
]


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, body in files.items():
            archive.writestr(zipfile.ZipInfo(name), body, method)
    return path


def tarred(path: Path, files: dict[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return path


def plain(path: Path, files: dict[str, bytes]) -> Path:
    return tarred(path, files, "w")


KINDS = pytest.mark.parametrize("pack", [zipped, tarred, plain])


def refusal(archive: Path, tmp_path: Path, limits: Limits | None = None) -> str:
    """The words of a refusal; nothing but the archive may be there afterwards."""
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(TableError) as caught:
        unpack(archive, tmp_path / "out", limits=limits)
    assert sorted(tmp_path.rglob("*")) == before
    return str(caught.value)


@KINDS
def test_archive_is_unpacked(tmp_path: Path, pack: Callable[..., Path]) -> None:
    found = unpack(pack(tmp_path / "x", FILES), tmp_path / "out")
    assert {name: path.read_bytes() for name, path in found.items()} == FILES
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "x"]


@KINDS
def test_only_what_is_wanted_is_unpacked(tmp_path: Path, pack: Callable[..., Path]) -> None:
    archive = pack(tmp_path / "x", FILES)
    found = unpack(archive, tmp_path / "out", lambda name: name.endswith(".csv"))
    assert list(found) == ["three.csv"]
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["three.csv"]


@KINDS
@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_lead_outside_are_refused(
    tmp_path: Path, pack: Callable[..., Path], name: str
) -> None:
    archive = pack(tmp_path / "x", {"good": b"1", name: b"bad"})
    assert "would lie outside the folder" in refusal(archive, tmp_path)
    assert not (tmp_path.parent / "x.txt").exists()


@KINDS
def test_folders_that_lead_outside_are_refused(tmp_path: Path, pack: Callable[..., Path]) -> None:
    if pack is zipped:
        archive = zipped(tmp_path / "x", {"../out2/": b""})
    else:
        archive = tmp_path / "x"
        with tarfile.open(archive, "w:gz" if pack is tarred else "w") as opened:
            info = tarfile.TarInfo("../out2")
            info.type = tarfile.DIRTYPE
            opened.addfile(info)
    assert "would lie outside the folder" in refusal(archive, tmp_path)


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    archive = tmp_path / "x.tar.gz"
    with tarfile.open(archive, "w:gz") as opened:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = kind, "/etc/passwd"
        opened.addfile(info)
    assert "is a link, a device or a sparse file" in refusal(archive, tmp_path)


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "is a link or a device" in refusal(tmp_path / "x.zip", tmp_path)


def test_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": b"secret"})
    data = bytearray(path.read_bytes())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    path.write_bytes(data)
    assert "is encrypted" in refusal(path, tmp_path)


@KINDS
def test_name_that_occurs_twice_is_refused(tmp_path: Path, pack: Callable[..., Path]) -> None:
    archive = pack(tmp_path / "x", {"a": b"1", "A": b"2"})
    assert "occurs twice" in refusal(archive, tmp_path)


@KINDS
def test_file_that_is_a_folder_too_is_refused(tmp_path: Path, pack: Callable[..., Path]) -> None:
    for files in ({"a": b"1", "a/b": b"2"}, {"a/b": b"2", "a": b"1"}):
        archive = pack(tmp_path / "x", files)
        assert "stands both for a file and a folder" in refusal(archive, tmp_path)


@KINDS
def test_total_and_number_are_capped(tmp_path: Path, pack: Callable[..., Path]) -> None:
    archive = pack(tmp_path / "x", {str(number): b"x" * 100 for number in range(50)})
    assert "refused, for it would unfold" in refusal(archive, tmp_path, Limits(total=4999))
    assert "refused, for it would unfold" in refusal(archive, tmp_path, Limits(members=49))
    assert len(unpack(archive, tmp_path / "out", limits=Limits(total=5000, members=50))) == 50


def test_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros", "w") as member,
    ):
        for _ in range(40):
            member.write(bytes(1 << 20))
    assert path.stat().st_size < 100_000
    assert "more than 200 times its size" in refusal(path, tmp_path)


def test_zip_whose_members_share_their_bytes_is_refused(tmp_path: Path) -> None:
    # Many entries in the table of contents that all point at one compressed megabyte.
    path = zipped(tmp_path / "x.zip", {f"{number:04}": b"" for number in range(300)})
    one = zipped(tmp_path / "one.zip", {"0000": bytes(1 << 20)}).read_bytes()
    body = one[: one.index(b"PK\x01\x02")]
    entry = one[one.index(b"PK\x01\x02") : one.index(b"PK\x05\x06")]
    entries = b"".join(entry.replace(b"0000", b"%04d" % number) for number in range(300))
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 300, 300, len(entries), len(body), 0)
    path.write_bytes(body + entries + end)
    (tmp_path / "one.zip").unlink()
    assert "refused, for it would unfold" in refusal(path, tmp_path)


def test_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.zip", {"a": b"x" * 5000})
    data = path.read_bytes()
    path.write_bytes(data.replace(struct.pack("<L", 5000), struct.pack("<L", 10)))
    assert "x.zip: " in refusal(path, tmp_path)


def test_tar_bomb_is_refused_while_it_unfolds(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb") as file:
        info = tarfile.TarInfo("zeros")
        info.size = 40 << 20
        file.write(info.tobuf())
        for _ in range(40):
            file.write(bytes(1 << 20))
    assert "more than 200 times its size" in refusal(path, tmp_path)


def test_tar_whose_headers_are_the_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    with gzip.open(path, "wb") as file:
        info = tarfile.TarInfo("headers")
        info.type, info.size = tarfile.XHDTYPE, 1 << 40
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        for _ in range(32):
            file.write(bytes(1 << 20))
    words = refusal(path, tmp_path, Limits(free=1 << 20, members=1000))
    assert "refused" in words


@KINDS
def test_damaged_archive_is_refused(tmp_path: Path, pack: Callable[..., Path]) -> None:
    path = pack(tmp_path / "x", {"a": bytes(range(256)) * 50, "b": b"y" * 2000})
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "expected a whole archive" in refusal(path, tmp_path)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    place=st.integers(0, 1),
    flips=st.lists(st.tuples(st.integers(0), st.integers(1, 255)), min_size=1, max_size=4),
)
def test_flipped_bytes_never_do_harm(
    tmp_path: Path, place: int, flips: list[tuple[int, int]]
) -> None:
    path = (zipped, tarred)[place](tmp_path / "x", FILES)
    data = bytearray(path.read_bytes())
    for where, how in flips:
        data[where % len(data)] ^= how
    path.write_bytes(data)
    try:
        found = unpack(path, tmp_path / "out")
    except TableError:
        assert sorted(item.name for item in tmp_path.iterdir()) == ["x"]
        return
    assert all(item.is_relative_to(tmp_path / "out") for item in found.values())
    for item in sorted((tmp_path / "out").rglob("*"), reverse=True):
        item.rmdir() if item.is_dir() else item.unlink()
    (tmp_path / "out").rmdir()


@pytest.mark.parametrize("body", [b"", b"no archive", b"PK", b"\x1f\x8b"])
def test_what_is_no_archive_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "x").write_bytes(body)
    if body == b"":
        # An empty file reads as a tar without members in some versions; it holds nothing.
        try:
            assert unpack(tmp_path / "x", tmp_path / "out") == {}
        except TableError:
            return
    else:
        assert "expected a whole archive" in refusal(tmp_path / "x", tmp_path)


def test_folder_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_text("mine")
    assert "does not exist yet" in refusal(zipped(tmp_path / "x.zip", FILES), tmp_path)


def test_tar_that_ends_in_a_zip_is_a_tar(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", FILES, zipfile.ZIP_STORED).read_bytes()
    found = unpack(plain(tmp_path / "x.tar", {"inner.zip": inner}), tmp_path / "out")
    assert list(found) == ["inner.zip"]
