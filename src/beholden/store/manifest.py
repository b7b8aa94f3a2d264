"""The manifest of a folder of facts: which files it holds, for which client, with which hash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from beholden.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Manifest", "MemoryRule", "TableEntry", "read_manifest"]


class MemoryRule(BaseModel):
    """Which fields of a row rest on memory: where `column` matches `matches`, those in `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    column: str
    matches: str
    fields: tuple[str, ...] = ("*",)

    @field_validator("matches")
    @classmethod
    def _compiles(cls, text: str) -> str:
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError(f"expected a regular expression, {error}") from error
        return text


class TableEntry(BaseModel):
    """One file of facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str
    file: str
    sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    client: str = Field(pattern="^([A-Z]{3}|any)$")
    title: str
    rename: dict[str, str] = {}
    memory: tuple[MemoryRule, ...] = ()


class Manifest(BaseModel):
    """A folder of facts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    version: str
    licence: str
    citation: str
    tables: tuple[TableEntry, ...]


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.yaml`` of a folder of facts.

    Raises
    ------
    TableError
        When the manifest is no valid YAML or does not follow the published form.
    """
    path = folder / "manifest.yaml"
    try:
        return Manifest.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise TableError(f"{path}: expected a readable file, {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: expected YAML in UTF-8; {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise TableError(f"{path}: {faults}. See docs/facts.md for the form.") from error
