"""YAML that remembers where each of its values stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import yaml

__all__ = ["Marked", "load_marked"]

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Marked:
    """A value read from YAML with the position of everything in it.

    Parameters
    ----------
    value : object
        Mappings, lists, text, numbers, dates.
    places : dict
        Path of keys and indices to (line, column) of the value, from 1.
    keys : dict
        The same for the key itself.
    quoted : set
        Paths of values written in quotation marks.
    """

    value: Any
    places: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    quoted: set[Path] = field(default_factory=set)

    def place(self, path: Path) -> tuple[int, int]:
        """Where the value stands, or the nearest thing around it that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    def key_place(self, path: Path) -> tuple[int, int]:
        """Where the key stands, or its value."""
        return self.keys.get(path) or self.place(path)


class _Loader(yaml.SafeLoader):
    """Safe YAML whose mappings may not repeat a key, and whose 1:30 stays text."""


def load_marked(text: str, line: int = 1) -> Marked:
    """Read YAML safely and keep the place of each value.

    Parameters
    ----------
    text : str
        One YAML document.
    line : int
        The line of the file on which it starts.

    Returns
    -------
    Marked
        The value with the places of its parts in the file.

    Raises
    ------
    yaml.MarkedYAMLError
        When the text is no YAML; its mark counts from 0 within `text`.

    Examples
    --------
    >>> load_marked("id: trade-share").places[("id",)]
    (1, 5)
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        marked = Marked(None)
        if node is None:
            return marked
        value = _walk(loader, node, (), line, marked)
    finally:
        loader.dispose()
    return replace(marked, value=value)


_MAX_DEPTH = 20


def _walk(loader: _Loader, node: yaml.Node, path: Path, line: int, marked: Marked) -> Any:
    if len(path) > _MAX_DEPTH:
        raise yaml.MarkedYAMLError(problem="nesting too deep", problem_mark=node.start_mark)
    marked.places[path] = (node.start_mark.line + line, node.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, line, marked)
    if isinstance(node, yaml.SequenceNode):
        return [
            _walk(loader, item, (*path, index), line, marked)
            for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.ScalarNode) and node.style in ("'", '"'):
        marked.quoted.add(path)
    return _scalar(loader, node)


def _mapping(
    loader: _Loader, node: yaml.MappingNode, path: Path, line: int, marked: Marked
) -> dict[Any, Any]:
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = _scalar(loader, key_node)
        # YAML reads a year as a number; as the name of an option it is a word.
        key = str(key) if isinstance(key, (int, float)) else key
        if key in result:
            raise yaml.MarkedYAMLError(
                problem=f"the key {key!r} stands here twice", problem_mark=key_node.start_mark
            )
        mark = key_node.start_mark
        marked.keys[(*path, key)] = (mark.line + line, mark.column + 1)
        result[key] = _walk(loader, value_node, (*path, key), line, marked)
    return result


def _scalar(loader: _Loader, node: yaml.Node) -> Any:
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.MarkedYAMLError(
            problem="a key must be a word, not a list or a mapping", problem_mark=node.start_mark
        )
    try:
        value = loader.construct_object(node)
    except ValueError as error:
        raise yaml.MarkedYAMLError(problem=str(error), problem_mark=node.start_mark) from error
    # YAML reads "no", "yes", "on" as truth values; votes and labels are words.
    if isinstance(value, bool) and node.value.lower() in {"yes", "no", "on", "off"}:
        return node.value
    return value.isoformat() if isinstance(value, date) else value
