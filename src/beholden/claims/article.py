"""An article in: Markdown with marked and defined claims. Every problem is reported at once."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from pydantic import BaseModel, ValidationError

from beholden.claims.blocks import ClaimBlock, FrontMatter
from beholden.claims.marks import Marked, load_marked
from beholden.claims.pins import pin_problems
from beholden.claims.problems import from_pydantic, from_yaml
from beholden.claims.resolve import resolve
from beholden.errors import ArticleError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from beholden.claims.claim import Claim

__all__ = ["Article", "load", "parse", "parser"]

Form = TypeVar("Form", bound=BaseModel)
MAX_BYTES = 5_000_000
MAX_CLAIMS = 500
_SPAN = re.compile(r"\{[^{}\n]*\.claim\b[^{}\n]*\}")
_ID = re.compile(r"#([A-Za-z0-9_-]+)")
_HTML = re.compile(r"<(?:/?[A-Za-z][\w-]*[\s/>]|!--)")


@dataclass(frozen=True)
class Article:
    """A parsed article.

    Parameters
    ----------
    file : str
        Its name as given.
    front : FrontMatter
        Title, author, dates, patron and client.
    claims : tuple of Claim
        In the order of the prose.
    tokens : tuple of Token
        The prose as CommonMark tokens, without the claims' blocks.
    warnings : tuple of Problem
        What was accepted but will not look as it was written.
    text : str
        The source.
    """

    file: str
    front: FrontMatter
    claims: tuple[Claim, ...]
    tokens: tuple[Token, ...]
    warnings: tuple[Problem, ...]
    text: str


@dataclass(frozen=True)
class _Place:
    line: int
    column: int


def load(path: Path) -> Article:
    """Read an article from a file.

    Parameters
    ----------
    path : Path
        Markdown in UTF-8.

    Returns
    -------
    Article
        With every claim resolved.

    Raises
    ------
    ArticleError
        With every problem found, each with file, line and column.
    """
    name = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem(name, 1, 1, reason.lower(), "a Markdown file that can be read")
        raise ArticleError([problem]) from error
    if len(data) > MAX_BYTES:
        size = f"{len(data):,} bytes"
        raise ArticleError([Problem(name, 1, 1, size, f"at most {MAX_BYTES:,} bytes")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        found = f"the byte {data[error.start]:#04x}"
        hint = "Save the file as UTF-8."
        raise ArticleError([Problem(name, line, column, found, "text in UTF-8", hint)]) from error
    return parse(text, name)


def parser() -> MarkdownIt:
    """CommonMark without raw HTML and images, with tables and Pandoc's bracketed spans."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    return markdown.use(front_matter_plugin).use(
        attrs_plugin, spans=True, allowed=("class", "id"), after=("link",)
    )


def parse(text: str, file: str = "article.md") -> Article:
    """Read an article from text.

    Parameters
    ----------
    text : str
        Markdown with YAML front matter.
    file : str
        The name to use in messages.

    Returns
    -------
    Article
        With every claim resolved.

    Raises
    ------
    ArticleError
        With every problem found, each with line and column.
    """
    # Lines are counted as CommonMark does, also where a file ends them the old ways.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tokens = parser().parse(text)
    problems: list[Problem] = []
    fences = [token for token in tokens if token.type == "fence" and _is_claim(token)]
    if len(fences) > MAX_CLAIMS:
        place = _line(fences[MAX_CLAIMS])
        found = f"{len(fences):,} claims"
        hint = "Split the article; a reader cannot weigh so many at once."
        problem = Problem(file, place, 1, found, f"at most {MAX_CLAIMS} claims", hint)
        raise ArticleError([problem])
    front = _front(tokens, file, problems)
    blocks = [_block(token, file, problems) for token in fences]
    marked = _marked(text, tokens, file, problems)
    _pair(marked, blocks, file, problems)
    claims = [
        claim
        for block in blocks
        if block and (claim := resolve(block[0], block[1], front, file, problems))
    ]
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or front is None:
        raise ArticleError(errors)
    order = list(marked)
    claims.sort(key=lambda claim: order.index(claim.id))
    prose = tuple(token for token in tokens if not (token.type == "fence" and _is_claim(token)))
    warnings = (*problems, *_cautions(text, tokens, file))
    return Article(file, front, tuple(claims), prose, warnings, text)


def _is_claim(token: Token) -> bool:
    return token.info.strip().split(" ")[0] == "claim"


def _line(token: Token) -> int:
    return (token.map[0] if token.map else 0) + 1


def _front(tokens: Sequence[Token], file: str, problems: list[Problem]) -> FrontMatter | None:
    head = next((token for token in tokens if token.type == "front_matter"), None)
    if head is None:
        expected = "a head between two lines of --- with title, author, published, patron, client"
        hint = "`beholden new DIR` writes an article to start from."
        problems.append(Problem(file, 1, 1, "no front matter", expected, hint))
        return None
    model = _model(FrontMatter, head.content, 2, file, problems)
    with suppress(yaml.YAMLError):
        problems.extend(pin_problems(load_marked(head.content, 2), file))
    return model[0] if model else None


def _block(token: Token, file: str, problems: list[Problem]) -> tuple[ClaimBlock, Marked] | None:
    return _model(ClaimBlock, token.content, _line(token) + 1, file, problems)


def _model(
    form: type[Form], text: str, line: int, file: str, problems: list[Problem]
) -> tuple[Form, Marked] | None:
    try:
        marked = load_marked(text, line)
    except yaml.YAMLError as error:
        problems.append(from_yaml(error, text, line, file))
        return None
    if not isinstance(marked.value, dict):
        found = "nothing" if marked.value is None else f"{marked.value!r}"
        problems.append(Problem(file, line, 1, found, "lines of the form `key: value`"))
        return None
    try:
        return form.model_validate(marked.value), marked
    except ValidationError as error:
        problems.extend(from_pydantic(error, form, marked, file))
        return None


def _marked(
    text: str, tokens: Sequence[Token], file: str, problems: list[Problem]
) -> dict[str, _Place]:
    """The claims marked in the prose, in order, with their places."""
    places = _span_places(text, tokens)
    marked: dict[str, _Place] = {}
    for place, attributes in places:
        match = _ID.search(attributes)
        if match is None:
            problems.append(
                Problem(
                    file,
                    place.line,
                    place.column,
                    f"`{attributes}` without a name",
                    "the claim's name, as in {.claim #trade-share}",
                )
            )
        elif match[1] in marked:
            first = marked[match[1]]
            found = f"the claim {match[1]} marked a second time"
            expected = f"one mark for each claim; the first is on line {first.line}"
            problems.append(Problem(file, place.line, place.column, found, expected))
        else:
            marked[match[1]] = place
    known = set(_span_ids(tokens))
    for name in [name for name in marked if name not in known]:
        place = marked.pop(name)
        found = f"the attributes of {name} with no bracketed words before them"
        expected = f"[the words]{{.claim #{name}}}"
        problems.append(Problem(file, place.line, place.column, found, expected))
    return marked


def _span_places(text: str, tokens: Sequence[Token]) -> list[tuple[_Place, str]]:
    lines = text.split("\n")
    found: list[tuple[_Place, str]] = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        for number in range(token.map[0], token.map[1]):
            # A span that is quoted as code is no mark.
            line = re.sub(r"`[^`]*`", lambda match: " " * len(match[0]), lines[number])
            found.extend(
                (_Place(number + 1, match.start() + 1), match[0]) for match in _SPAN.finditer(line)
            )
    return found


def _span_ids(tokens: Sequence[Token]) -> list[str]:
    return [
        str(child.attrs.get("id"))
        for token in tokens
        for child in token.children or ()
        if child.type == "span_open" and "claim" in str(child.attrs.get("class", "")).split()
    ]


def _pair(
    marked: dict[str, _Place],
    blocks: Sequence[tuple[ClaimBlock, Marked] | None],
    file: str,
    problems: list[Problem],
) -> None:
    """Each claim marked must be defined, once, and the reverse."""
    defined: dict[str, tuple[int, int]] = {}
    for block in blocks:
        if block is None:
            continue
        name, place = block[0].id, block[1].place(("id",))
        if name in defined:
            found = f"the claim {name} defined a second time"
            expected = f"one block for each claim; the first is on line {defined[name][0]}"
            problems.append(Problem(file, *place, found, expected))
        defined.setdefault(name, place)
    # Blocks that could not be read may define any of the rest.
    if None not in blocks:
        for name in [name for name in marked if name not in defined]:
            place = (marked[name].line, marked[name].column)
            found = f"the claim {name} marked but not defined"
            expected = "a fenced block with the info string `claim` and this id"
            problems.append(Problem(file, *place, found, expected, nearest(name, defined)))
    for name in [name for name in defined if name not in marked]:
        found = f"the claim {name} defined but not marked"
        expected = f"[the words]{{.claim #{name}}} in the prose"
        hint = nearest(name, set(marked) - set(defined))
        problems.append(Problem(file, *defined[name], found, expected, hint))


def _cautions(text: str, tokens: Sequence[Token], file: str) -> list[Problem]:
    """What is shown otherwise than written: raw HTML and images."""
    lines = text.split("\n")
    cautions = []
    for token in tokens:
        if token.type != "inline" or token.map is None:
            continue
        for number in range(*token.map):
            if match := _HTML.search(lines[number]):
                cautions.append(
                    _caution(file, number, match.start(), "raw HTML", "is shown as text")
                )
            if "![" in lines[number]:
                column = lines[number].index("![")
                cautions.append(
                    _caution(file, number, column, "an image", "would load from elsewhere")
                )
    return cautions


def _caution(file: str, number: int, column: int, what: str, happens: str) -> Problem:
    return Problem(
        file, number + 1, column + 1, what, f"Markdown text: {what} {happens}", "", "warning"
    )
