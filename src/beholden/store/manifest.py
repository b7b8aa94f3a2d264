"""The manifest of a folder of facts: which files it holds, for which client, with which hash."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 - pydantic reads the annotation
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from beholden.errors import TableError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Manifest", "MemoryRule", "TableEntry", "read_manifest"]


# All words of a manifest are read as they are written, so also those for nothing.
_NOTHING = BeforeValidator(lambda value: None if value in ("", "~", "null") else value)


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
    sha256: Annotated[str | None, _NOTHING] = Field(default=None, pattern="^[0-9a-f]{64}$")
    client: str = Field(pattern="^([A-Z]{3}|any)$")
    title: str
    covers_to: Annotated[date | None, _NOTHING] = None
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
        text = path.read_text(encoding="utf-8")
        # The base loader keeps every word as it is written: `no` is a column, not a truth value.
        return Manifest.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506
    except OSError as error:
        raise TableError(f"{path}: expected a readable file, {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: expected YAML in UTF-8; {error}") from error
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()
        )
        raise TableError(f"{path}: {faults}. See docs/facts.md for the form.") from error
