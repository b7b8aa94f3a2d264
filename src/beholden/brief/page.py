"""The annotated page: one self-contained HTML file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from beholden.brief.cards import Card, card, source_lines
from beholden.brief.charts import palette
from beholden.brief.claimreview import claim_review
from beholden.brief.phrases import range_words
from beholden.brief.prose import SIGNS, prose
from beholden.brief.relating import RULE as RELATED
from beholden.brief.relating import options
from beholden.brief.verdicts import sources_of
from beholden.dates import in_words
from beholden.measures import MEASURES
from beholden.multiverse import RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from beholden.brief.model import Brief, Result
    from beholden.core import Estimate, Input
    from beholden.store import Cache, Library

__all__ = ["environment", "page"]

_TEMPLATES = Path(__file__).parent / "templates"
_ORDER = ("supported", "contested", "contradicted", "untestable")


def environment() -> Environment:
    """The templates: every value is escaped unless it was made safe on purpose."""
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )


def page(
    brief: Brief,
    library: Library,
    cache: Cache,
    *,
    review: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> str:
    """Render a brief.

    Parameters
    ----------
    brief : Brief
        From the engine.
    library : Library
        For titles and citations of the files read.
    cache : Cache
        Keeps drawn charts by the digest of their description.
    review : bool
        Whether to add schema.org ClaimReview data.
    progress : callable
        Called with each claim's id before its card is made.

    Returns
    -------
    str
        One HTML file that loads nothing from anywhere.
    """
    cards = {}
    for result in brief.results:
        progress(result.claim.id)
        cards[result.claim.id] = card(result, brief.as_of, cache)
    answers = {name: item.now.answer for name, item in cards.items()}
    ordered = sorted(cards.values(), key=lambda item: _ORDER.index(item.now.answer))
    counts = Counter(answers.values())
    front = brief.article.front
    template = environment().get_template("page.html.j2")
    return template.render(
        language=front.language,
        title=front.title,
        subtitle=front.subtitle,
        author=front.author,
        published=in_words(front.published),
        as_of=in_words(brief.as_of),
        version=brief.provenance.code,
        css=Markup((_TEMPLATES / "page.css").read_text(encoding="utf-8") + palette.css()),  # noqa: S704
        claim_review=Markup(claim_review(brief)) if review else "",  # noqa: S704
        signs=SIGNS,
        counts=[(name, counts[name]) for name in _ORDER if counts[name]],
        tested=[item for item in ordered if item.now.answer != "untestable"],
        waiting=[item for item in ordered if item.now.answer == "untestable"],
        blocks=_blocks(brief, cards, answers),
        rule=RULE,
        related=RELATED if any(item.now.found for item in brief.results) else "",
        measures=_measures(brief.results),
        inputs=_inputs(brief, library),
        facts=_facts_cited(brief, library),
        sets=_sets_cited(brief),
        pins=brief.article.front.data,
        appendix=[
            _related(result) if result.now.found else _appendix(result)
            for result in brief.results
            if result.now.run.estimates or result.now.found
        ],
        command=brief.command,
    )


def _blocks(
    brief: Brief, cards: Mapping[str, Card], answers: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {"html": block.html, "cards": [cards[name] for name in block.claims]}
        for block in prose(brief.article.tokens, answers)
    ]


def _measures(results: Sequence[Result]) -> list[Any]:
    used = {
        result.claim.measure.name: result.claim.measure
        for result in results
        if result.claim.measure and result.claim.measure.compute
    }
    for result in results:
        if result.now.found is not None:
            names = result.claim.related
            used |= {name: MEASURES[name] for name in names}
    return [used[name] for name in sorted(used)]


def _inputs(brief: Brief, library: Library) -> list[dict[str, Any]]:
    """The files read, those of one table or data set together."""
    titles, pins = library.titles(), brief.article.front.data
    sets = {
        (record.dataset, item.sha256): record
        for record in brief.records
        for item in record.originals
    }
    groups: dict[tuple[str, str, str, bool], list[Input]] = {}
    for item in brief.provenance.inputs:
        record = sets.get((item.table, item.sha256))
        title = record.title if record else titles.get(item.file, item.table)
        name = item.table if record else ""
        groups.setdefault((title, name, item.version, bool(name) and name in pins), []).append(item)
    return [
        {"title": title, "name": name, "version": version, "pinned": pinned, "files": files}
        for (title, name, version, pinned), files in groups.items()
    ]


def _facts_cited(brief: Brief, library: Library) -> list[str]:
    """The citations of the facts that were read."""
    files = {item.file for item in brief.provenance.inputs}
    return [
        manifest.citation
        for manifest in library.manifests()
        if files & {entry.file for entry in manifest.tables}
    ]


_PASSING_ON = {
    "allowed": "The data may be passed on.",
    "forbidden": "The data may not be passed on.",
    "unknown": "Whether the data may be passed on is not known.",
}


def _sets_cited(brief: Brief) -> list[dict[str, Any]]:
    """How to cite the data sets that were read, what their licences allow, what was corrected."""
    return [
        {
            "name": record.dataset,
            "citation": record.citation,
            "licence": record.licence,
            "passing_on": _PASSING_ON.get(record.redistribution, _PASSING_ON["unknown"]),
            "corrections": record.corrections,
        }
        for record in brief.records
    ]


def _appendix(result: Result) -> dict[str, Any]:
    side = result.now
    names = [choice.name for choice in side.plan.choices]
    return {
        "id": result.claim.id,
        "says": result.claim.says,
        "caption": "Every universe",
        "choice_names": names,
        "universes": [
            {
                "picks": [item.picks[name] for name in names],
                "value": side.style.write(item.value),
                "range": range_words(side.style, item),
                "answer": _answer(item),
            }
            for item in side.run.estimates
        ],
        "all_sources": source_lines(sources_of(side)),
    }


def _related(result: Result) -> dict[str, Any]:
    """Of an association's thousands of universes what each option comes to."""
    side = result.now
    return {
        "id": result.claim.id,
        "says": result.claim.says,
        "caption": "What the universes of each option came to",
        "choice_names": ["choice", "option"],
        "universes": [
            {
                "picks": [item.choice, item.option],
                "value": item.median,
                "range": item.range,
                "answer": f"met in {item.meets} of {item.universes:,}",
            }
            for item in options(side)
        ],
        "all_sources": source_lines(sources_of(side)),
    }


def _answer(item: Estimate) -> str:
    if item.meets is None:
        return f"{item.status}: {item.message}"
    return "holds" if item.meets else "does not hold"
