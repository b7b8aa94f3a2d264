"""The World Factbook's partners of trade on the original, and archives that are refused."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest
from checking_rights import faults, rows, table

from beholden.errors import TableError
from beholden.sources.sets.cia_factbook import FILE, read

if TYPE_CHECKING:
    from pathlib import Path

NAME = "cia_factbook"


def shares(**where: object) -> dict[str, float]:
    found = rows(NAME, **where)
    return dict(zip(found["partner"].to_list(), found["share"].to_list(), strict=True))


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []


def test_size() -> None:
    frame = table(NAME)
    assert frame.height == 2_327
    # Four of the 236 entries name partners without shares.
    assert frame["gec"].n_unique() == 232
    assert rows(NAME, year=2023)["gec"].n_unique() == 227
    assert frame["share"].is_between(0, 100).all()


def test_north_korea_in_2023() -> None:
    exports = {"China": 74, "Poland": 3, "Senegal": 3, "Angola": 3, "Austria": 3}
    assert shares(gec_code="PRK", flow="exports", year=2023) == exports
    imports = shares(gec_code="PRK", flow="imports", year=2023)
    assert {name: imports[name] for name in ("China", "Togo", "Peru")} == {
        "China": 97,
        "Togo": 1,
        "Peru": 1,
    }


def test_letters_of_the_us_government_are_not_those_of_iso() -> None:
    assert set(rows(NAME, gec="ch")["gec_code"]) == {"CHN"}
    assert set(rows(NAME, gec="kn")["gec_code"]) == {"PRK"}


def test_china_never_lists_north_korea() -> None:
    assert "PRK" not in rows(NAME, gec_code="CHN")["partner_code"]


def test_every_partner_has_a_code() -> None:
    assert table(NAME)["partner_code"].null_count() == 0
    assert set(table(NAME).filter(table(NAME)["gec_code"].is_null())["gec"]) == {"ee", "kv"}


@pytest.mark.parametrize("name", ["../kn.json", "/kn.json", "asia/../../kn.json"])
def test_names_that_lead_outside_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "factbook.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = 2
        archive.addfile(member, io.BytesIO(b"{}"))
    with pytest.raises(TableError, match="expected plain names"):
        read({FILE: path})


def test_links_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "factbook.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("kn.json")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(member)
    with pytest.raises(TableError, match="expected small plain files"):
        read({FILE: path})
