"""Turn what YAML and pydantic complain about into problems with a place and a next step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from beholden.errors import Problem, nearest

if TYPE_CHECKING:
    import yaml
    from pydantic import BaseModel, ValidationError
    from pydantic_core import ErrorDetails

    from beholden.claims.marks import Marked

__all__ = ["from_pydantic", "from_yaml"]


def from_yaml(error: yaml.YAMLError, text: str, line: int, file: str) -> Problem:
    """The problem of a text that is no YAML.

    Parameters
    ----------
    error : yaml.YAMLError
        As raised.
    text : str
        The block.
    line : int
        Its first line in the file.
    file : str
        The file's name.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    row, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    source = lines[row] if row < len(lines) else ""
    indent = source[: len(source) - len(source.lstrip())]
    if "\t" in indent:
        at = indent.index("\t") + 1
        hint = "Replace the tab by two spaces."
        return Problem(file, row + line, at, "a tab", "spaces: YAML indents with spaces", hint)
    said = getattr(error, "problem", None) or str(error).split("\n")[0]
    hint = "Put text that holds a colon or starts with a sign in quotes." if ":" in source else ""
    found = f"`{source.strip()[:60]}`" if source.strip() else "the end of the block"
    return Problem(
        file, row + line, column + 1, found, f"YAML of the form `key: value` ({said})", hint
    )


def from_pydantic(
    error: ValidationError, form: type[BaseModel], marked: Marked, file: str
) -> list[Problem]:
    """The problems of a block whose values do not fit its form, one for each value.

    Parameters
    ----------
    error : ValidationError
        As raised.
    form : type
        The form that was expected.
    marked : Marked
        The block with its places.
    file : str
        The file's name.
    """
    seen: set[tuple[str | int, ...]] = set()
    problems = []
    for fault in error.errors():
        path = _path(fault, marked)
        if path in seen and fault["type"] != "missing":
            continue
        seen.add(path)
        problems.append(_problem(fault, path, form, marked, file))
    return problems


def _path(fault: ErrorDetails, marked: Marked) -> tuple[str | int, ...]:
    """The path of a fault in the file, without pydantic's names of union members."""
    kept: list[str | int] = []
    for part in fault["loc"]:
        if (*kept, part) in marked.places or fault["type"] == "missing":
            kept.append(part)
    return tuple(kept)


def _problem(
    fault: ErrorDetails,
    path: tuple[str | int, ...],
    form: type[BaseModel],
    marked: Marked,
    file: str,
) -> Problem:
    kind = fault["type"]
    name = str(fault["loc"][-1])
    if kind == "missing":
        line, column = marked.place(path[:-1])
        expected = f"the key `{name}`{_said(form, name)}"
        return Problem(file, line, column, f"no `{name}`", expected)
    if kind == "extra_forbidden":
        line, column = marked.key_place(path)
        known = _known(form, path[:-1])
        expected = f"one of the keys {', '.join(known)}"
        return Problem(file, line, column, f"the key `{name}`", expected, nearest(name, known))
    line, column = marked.place(path)
    found = f"{_short(fault['input'])} for `{'.'.join(map(str, path))}`"
    if kind == "literal_error":
        options = [str(option) for option in get_args(form.model_fields[name].annotation)]
        expected = f"one of {', '.join(options)}"
        return Problem(file, line, column, found, expected, nearest(str(fault["input"]), options))
    return Problem(file, line, column, found, _wanted(fault, form, path))


def _wanted(fault: ErrorDetails, form: type[BaseModel], path: tuple[str | int, ...]) -> str:
    described = _description(form, path)
    return described or fault["msg"].removeprefix("Input should be ").removeprefix("String should ")


def _description(form: Any, path: tuple[str | int, ...]) -> str:
    """What the form says of the value at `path`."""
    schema = form.model_json_schema()
    node: Any = schema
    for part in path:
        node = _inside(node, schema)
        node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
    described = node.get("description") if isinstance(node, dict) else None
    if described is None and isinstance(node, dict):
        options = [_inside(option, schema) for option in node.get("anyOf", ())]
        described = next(
            (option["description"] for option in options if "description" in option), None
        )
    return str(described or "")


def _inside(node: Any, schema: dict[str, Any]) -> dict[str, Any]:
    """A node of the schema with its reference followed."""
    if not isinstance(node, dict):
        return {}
    reference = node.get("$ref")
    if reference:
        return dict(schema["$defs"][reference.rsplit("/", 1)[1]])
    options = [
        option for option in node.get("anyOf", ()) if "$ref" in option or "properties" in option
    ]
    return _inside(options[0], schema) if options else node


def _known(form: Any, path: tuple[str | int, ...]) -> list[str]:
    schema = form.model_json_schema()
    node: Any = schema
    for part in path:
        node = _inside(node, schema)
        node = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
    return list(_inside(node, schema).get("properties", {})) or list(form.model_fields)


def _said(form: type[BaseModel], name: str) -> str:
    field = form.model_fields.get(name)
    return f" ({field.description})" if field and field.description else ""


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
