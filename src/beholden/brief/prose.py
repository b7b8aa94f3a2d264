"""The article's prose as HTML, block by block, with its claims marked by their verdicts."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["SIGNS", "Block", "prose"]

# A sign for each verdict, so that it never hangs on colour alone.
SIGNS = {"supported": "✓", "contested": "≈", "contradicted": "✗", "untestable": "?"}


@dataclass(frozen=True)
class Block:
    """One paragraph, heading or list with the claims it makes.

    Parameters
    ----------
    html : Markup
        Safe to put on the page.
    claims : tuple of str
        Ids in the order of the prose.
    """

    html: Markup
    claims: tuple[str, ...]


def prose(tokens: Sequence[Token], answers: Mapping[str, str]) -> tuple[Block, ...]:
    """Render the prose.

    Parameters
    ----------
    tokens : sequence of Token
        CommonMark tokens without the claims' blocks.
    answers : mapping of str to str
        Claim id to verdict; claims that were not tested are shown as plain words.

    Returns
    -------
    tuple of Block
        Raw HTML of the article comes out as text.
    """
    markdown = MarkdownIt("commonmark", {"html": False})
    blocks = []
    for group in _blocks(tokens):
        marked = [_marked(token, answers) for token in group]
        html = markdown.renderer.render(marked, markdown.options, {})
        blocks.append(Block(Markup(html), _claims(group, answers)))  # noqa: S704 - escaped above
    return tuple(blocks)


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    """Tokens grouped by the block of the top level that they belong to."""
    groups: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if token.type == "front_matter":
            continue
        if depth == 0:
            groups.append([])
        groups[-1].append(token)
        depth += token.nesting
    return groups


def _is_claim(token: Token, answers: Mapping[str, str]) -> bool:
    classes = str(token.attrs.get("class", "")).split()
    return token.type == "span_open" and "claim" in classes and token.attrs.get("id") in answers


def _claims(group: Sequence[Token], answers: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        str(child.attrs["id"])
        for token in group
        for child in token.children or ()
        if _is_claim(child, answers)
    )


def _marked(token: Token, answers: Mapping[str, str]) -> Token:
    """The same token with its claims underlined and signed."""
    if not token.children:
        return _headed(token)
    changed = copy(token)
    children: list[Token] = []
    open_spans: list[str | None] = []
    for child in token.children:
        if child.type == "span_open":
            name = str(child.attrs["id"]) if _is_claim(child, answers) else None
            open_spans.append(name)
            children.append(_opening(child, name, answers))
        elif child.type == "span_close":
            children.append(child)
            name = open_spans.pop()
            if name is not None:
                children.append(_sign(name, answers[name]))
        else:
            children.append(_linked(child))
    changed.children = children
    return changed


def _opening(child: Token, name: str | None, answers: Mapping[str, str]) -> Token:
    opening = copy(child)
    opening.attrs = {"class": f"claim {answers[name]}", "id": f"mark-{name}"} if name else {}
    return opening


def _sign(name: str, answer: str) -> Token:
    html = (
        f'<a class="sign {escape(answer)}" href="#test-{escape(name)}" '
        f'title="{escape(answer)}: see the test"><span aria-hidden="true">{SIGNS[answer]}</span>'
        f'<span class="unseen">{escape(answer)}: see the test</span></a>'
    )
    return Token("html_inline", "", 0, content=html)


def _linked(child: Token) -> Token:
    if child.type != "link_open":
        return child
    link = copy(child)
    link.attrs = {**child.attrs, "rel": "noopener noreferrer"}
    return link


def _headed(token: Token) -> Token:
    """Headings of the article stand below the title of the page."""
    if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
        lowered = copy(token)
        lowered.tag = "h2"
        return lowered
    return token
