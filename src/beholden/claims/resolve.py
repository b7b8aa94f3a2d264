"""From a block of the right form to a claim that makes sense, or problems that say why not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from beholden import states
from beholden.claims.associating import FIELDS, associated
from beholden.claims.checking import Schema, check
from beholden.claims.claim import AddedChoice, Claim
from beholden.claims.evaluate import figure
from beholden.claims.expression import Expression, parse
from beholden.claims.kinds import KINDS
from beholden.claims.reporting import Report, years_of
from beholden.core import digest
from beholden.dates import span_of
from beholden.errors import ExpressionError, Problem, UnknownStateError, nearest
from beholden.measures import DATASETS, MEASURES, MODELS, Choice, Option, Target, Years

if TYPE_CHECKING:
    from beholden.claims.blocks import ClaimBlock, FrontMatter, TargetBlock
    from beholden.claims.kinds import Kind
    from beholden.claims.marks import Marked, Path
    from beholden.measures.base import Measure

__all__ = ["COLUMNS", "resolve", "years_of"]

COLUMNS: dict[str, dict[str, str]] = {
    "year": {"year": "number", "x": "number", "low": "number", "high": "number"},
    "vote": {
        "date": "date",
        "year": "number",
        "body": "text",
        "symbol": "text",
        "subject": "text",
        "vote": "text",
        "yes": "number",
        "no": "number",
        "abstain": "number",
        "margin": "number",
        "adopted": "bool",
        "outcome": "text",
        "recorded": "bool",
    },
    "event": {
        "date": "date",
        "year": "number",
        "kind": "text",
        "title": "text",
        "low": "number",
        "high": "number",
    },
}


def resolve(
    block: ClaimBlock,
    marked: Marked,
    front: FrontMatter | None,
    file: str,
    problems: list[Problem],
) -> Claim | None:
    """Resolve names, states, years and expectations of one block.

    Parameters
    ----------
    block : ClaimBlock
        Of the right form.
    marked : Marked
        Its places.
    front : FrontMatter or None
        The article's head, for patron and client.
    file : str
        The file's name.
    problems : list of Problem
        Receives whatever is wrong.

    Returns
    -------
    Claim or None
        None when something was wrong.
    """
    before = len(problems)
    report = Report(marked, file, problems)
    kind = KINDS[block.test]
    measure = _measure(block, kind, report)
    _check_needs(block, kind, report)
    target = _target(block.target, front, ("target",), report)
    association = associated(block, target, report) if kind.related else None
    if not kind.related:
        _refuse_fields(block, kind, report)
    restricted, added = _choices(block, kind, measure, front, report)
    _check_requires(kind, target, added, report)
    readings, shown = _readings(block, kind, measure, report)
    if len(problems) > before or target is None:
        return None
    return Claim(
        id=block.id,
        says=block.says,
        kind=kind,
        measure=measure,
        target=target,
        readings=readings,
        figure=shown,
        restricted=restricted,
        added=added,
        needs=tuple(block.needs),
        because=block.because or "",
        caveat=block.caveat or "",
        line=marked.place(())[0],
        source=digest(block.model_dump()),
        related=tuple(_related(block)),
        shows=block.shows or "",
        association=association,
    )


def _measure(block: ClaimBlock, kind: Kind, report: Report) -> Measure | None:
    if kind.related and block.measure is not None:
        expected = "`outcome` and `exposure`, the two measures that are related"
        report.add(("measure",), "`measure`", expected)
        return None
    if block.measure is None:
        if kind.available and not kind.related:
            report.add((), "no `measure`", f"what the {kind.name} test measures", nearest("", ()))
        return None
    measure = MEASURES.get(block.measure)
    if measure is None:
        known = [
            name for name, item in MEASURES.items() if item.unit in kind.units or not kind.units
        ]
        hint = nearest(block.measure, MEASURES)
        expected = f"a measure, such as {', '.join(known[:6])}"
        report.add(("measure",), f"the measure {block.measure!r}", expected, hint)
        return None
    if measure.compute is None and not measure.awaits:
        known = [name for name, item in MEASURES.items() if item.unit in kind.units]
        found = f"the measure {measure.name}, whose values are words and stand in panels alone"
        report.add(("measure",), found, f"a measure with numbers, such as {', '.join(known[:6])}")
        return None
    if kind.units and measure.unit not in kind.units and not measure.awaits:
        fitting = [
            name for name, item in MEASURES.items() if item.unit in kind.units and item.compute
        ]
        found = f"the measure {measure.name}, which counts by {measure.unit}"
        expected = f"for a {kind.name} test one of {', '.join(fitting)}"
        report.add(("measure",), found, expected)
        return None
    return measure


def _related(block: ClaimBlock) -> dict[str, None]:
    """The measures named as outcome and exposure, each once."""
    sides = (block.outcome or (), block.exposure or ())
    return dict.fromkeys(
        name for side in sides for name in ([side] if isinstance(side, str) else side)
    )


def _refuse_fields(block: ClaimBlock, kind: Kind, report: Report) -> None:
    for key in FIELDS:
        if key in block.model_fields_set and not (key in ("outcome", "exposure") and block.needs):
            expected = f"for a {kind.name} test no `{key}`; it belongs to `test: association`"
            report.add((key,), f"`{key}`", expected)


def _check_needs(block: ClaimBlock, kind: Kind, report: Report) -> None:
    known = {*DATASETS, *MODELS}
    for index, name in enumerate(block.needs):
        if name not in known:
            expected = "a data set or model by name"
            report.add(("needs", index), f"{name!r}", expected, nearest(name, known))
    if not kind.available and not block.needs and block.measure is None:
        expected = f"`needs`, naming what a test of {kind.name} waits for"
        report.add((), "no `needs`", expected)


def _target(
    given: TargetBlock, front: FrontMatter | None, path: Path, report: Report
) -> Target | None:
    if front is None:
        return None
    years = years_of(given.years) if given.years else None
    if years and years.last is not None and years.last < years.first:
        report.add((*path, "years"), str(years), "a span whose last year is not before its first")
        return None
    target = Target(
        client=given.client or front.client,
        patron=given.patron or front.patron,
        partner=given.partner or "",
        years=years,
        event=given.event,
        window=given.window,
        periods={name: years_of(text) for name, text in (given.periods or {}).items()},
    )
    for field in ("client", "patron", "partner"):
        code = getattr(target, field)
        if code:
            place = (*path, field) if getattr(given, field) else path
            _check_state(code, years, place, report)
    if target.client == target.other:
        report.add(path, f"{target.client} as client and as its own partner", "two states")
    _check_event(given, path, report)
    return target


def _check_state(code: str, years: Years | None, path: Path, report: Report) -> None:
    """A state must exist at the first and at the last year asked about."""
    today = date.today()
    asked: list[int | None] = [None]
    if years is not None:
        last = years.last if years.last is not None else today.year
        asked = [*sorted({years.first, min(last, today.year)})]
    for year in asked:
        try:
            states.find(code, on=year)
        except UnknownStateError as error:
            report.add(path, f"the state {code}", "an ISO3 code that existed then", str(error))
            return


def _check_event(given: TargetBlock, path: Path, report: Report) -> None:
    if given.event is None:
        return
    try:
        span_of(given.event)
    except ValueError as error:
        report.add((*path, "event"), given.event, "a day that exists", f"{error}.".capitalize())


def _check_requires(
    kind: Kind, target: Target | None, added: tuple[AddedChoice, ...], report: Report
) -> None:
    for field in kind.requires:
        given = target is not None and getattr(target, field) is not None
        chosen = any(
            all(field in fields for fields in choice.overrides.values()) for choice in added
        )
        if target is not None and not given and not chosen:
            expected = f"`target: {{{field}: ...}}`, or a choice whose options set it"
            report.add(("target",), f"no `{field}` for a {kind.name} test", expected)


def _choices(
    block: ClaimBlock,
    kind: Kind,
    measure: Measure | None,
    front: FrontMatter | None,
    report: Report,
) -> tuple[dict[str, tuple[str, ...]], tuple[AddedChoice, ...]]:
    known = {
        choice.name: choice for choice in (*kind.choices, *(measure.choices if measure else ()))
    }
    restricted: dict[str, tuple[str, ...]] = {}
    added: list[AddedChoice] = []
    for name, given in block.choices.items():
        path: Path = ("choices", name)
        if not given:
            report.add(path, f"no option for {name}", "at least one option")
        elif isinstance(given, list):
            kept = _restricted(name, given, known, path, report)
            if kept:
                restricted[name] = kept
        elif name in known or name == "reading":
            expected = f"a list of options of {name}, or another name for a choice of your own"
            report.add(path, f"new options for the choice {name}", expected)
        else:
            added.append(_added(name, given, front, path, report))
    return restricted, tuple(added)


def _restricted(
    name: str, given: list[str], known: dict[str, Choice], path: Path, report: Report
) -> tuple[str, ...]:
    if name not in known:
        expected = f"a choice of this measure and test: {', '.join(known) or 'there is none'}"
        report.add(path, f"the choice {name!r}", expected, nearest(name, known))
        return ()
    labels = known[name].labels()
    for index, label in enumerate(given):
        if label not in labels:
            expected = f"an option of {name}: {', '.join(labels)}"
            report.add((*path, index), f"{label!r}", expected, nearest(label, labels))
    # The order of the article decides which option is the reference.
    return tuple(dict.fromkeys(label for label in given if label in labels))


def _added(
    name: str,
    given: dict[str, TargetBlock],
    front: FrontMatter | None,
    path: Path,
    report: Report,
) -> AddedChoice:
    overrides: dict[str, dict[str, Any]] = {}
    for label, block in given.items():
        target = _target(block, front, (*path, label), report)
        fields = [field for field in block.model_fields_set if getattr(block, field) is not None]
        if not fields:
            expected = "a part of the target, such as {years: 2014}"
            report.add((*path, label), "an option that sets nothing", expected)
        elif target is not None:
            overrides[label] = {field: getattr(target, field) for field in fields}
    options = tuple(
        Option(
            label,
            f"for \N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}",
            "set by the article",
        )
        for label in given
    )
    return AddedChoice(Choice(name, f"which {name} is taken", options), overrides)


def _readings(
    block: ClaimBlock, kind: Kind, measure: Measure | None, report: Report
) -> tuple[dict[str, Expression], Expression | None]:
    if kind.related:
        return {}, None
    if block.expect is None:
        if kind.available:
            expected = "an expectation, such as `expect: max >= 80%`"
            report.add((), "no `expect`", expected)
        return {}, None
    if not kind.available or measure is None or measure.compute is None:
        # Nothing can be computed yet, so that names cannot be checked; the words are kept.
        return {}, None
    unit = measure.unit if measure.unit in COLUMNS else "year"
    schema = Schema(COLUMNS[unit], kind.scalars)
    given = block.expect if isinstance(block.expect, dict) else {"as written": block.expect}
    readings = {}
    for label, text in given.items():
        path: Path = ("expect", label) if isinstance(block.expect, dict) else ("expect",)
        expression = _expression(text, schema, path, report)
        if expression:
            readings[label] = expression
    shown = None
    if block.figure is not None:
        shown = _expression(block.figure, schema, ("figure",), report, whole=False)
    elif readings:
        shown = figure(next(iter(readings.values())))
    return readings, shown


def _expression(
    text: str, schema: Schema, path: Path, report: Report, *, whole: bool = True
) -> Expression | None:
    try:
        expression = parse(text)
        if whole:
            check(expression, schema)
        else:
            check(expression, schema, condition=False)
    except ExpressionError as error:
        quoted = _is_quoted(report.marked, path)
        found = f"`{text if len(text) <= 60 else text[:57] + '...'}`"
        shift = min(error.offset, len(text)) + quoted
        report.add(path, found, f"an expectation that can be read: {error}", error.hint, shift)
        return None
    return expression


def _is_quoted(marked: Marked, path: Path) -> int:
    """One column more where the text starts with a quotation mark."""
    return int(path in marked.quoted)
