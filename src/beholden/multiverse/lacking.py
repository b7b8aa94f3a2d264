"""Data sets that a claim reads and that cannot be read: which, why, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from beholden.dates import earliest_publication, in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from beholden.panels import Holdings

    Offered = Callable[[str], str]

__all__ = ["Lack", "caveats", "lacks_of", "message", "missing"]


@dataclass(frozen=True, order=True)
class Lack:
    """One data set that cannot be read.

    Parameters
    ----------
    why : str
        ``"absent"``: the library does not hold it; ``"pinned"``: it does not hold the edition
        that the article asks for; ``"later"``: its edition came out after the day;
        ``"undated"``: nobody knows when it came out.
    name : str
        The data set.
    version : str
        The version asked for, or the one that came later.
    released : str
        When the edition came out, where it says so.
    held : tuple of str
        Versions that the library holds instead.
    """

    why: Literal["absent", "pinned", "later", "undated"]
    name: str
    version: str = ""
    released: str = ""
    held: tuple[str, ...] = ()


def lacks_of(names: Iterable[str], data: Holdings | None) -> tuple[Lack, ...]:
    """Those of the data sets that cannot be read, in the order given.

    Parameters
    ----------
    names : iterable of str
        Data sets that a universe reads.
    data : Holdings or None
        The library as known on a day; None holds nothing.
    """
    if data is None:
        return tuple(Lack("absent", name) for name in names)
    found = [data.once(("lack", name), partial(_lack, name, data)) for name in names]
    return tuple(lack for lack in found if lack is not None)


def _lack(name: str, data: Holdings) -> Lack | None:
    records, pin = data.shelf.records(name), data.pins.get(name)
    if not records and pin is None:
        return Lack("absent", name)
    if pin is not None and not any(pin in (item.version, item.edition) for item in records):
        return Lack("pinned", name, pin, held=tuple(item.version for item in records))
    if data.holds(name):
        return None
    record = data.shelf.record(name, pin)
    dated = earliest_publication(record.released) is not None
    return Lack("later" if dated else "undated", name, record.version, record.released)


def message(lacks: Sequence[Lack]) -> str:
    """Why one universe cannot be run, in a few words.

    Examples
    --------
    >>> message([Lack("absent", "pts"), Lack("later", "cirights", "v1", "2022-11")])
    'pts is not in the library; cirights came out in November 2022'
    """
    parts = []
    for lack in lacks:
        if lack.why == "absent":
            parts.append(f"{lack.name} is not in the library")
        elif lack.why == "pinned":
            parts.append(f"{lack.name} is not held in version {lack.version}")
        elif lack.why == "later":
            at = "on" if lack.released.count("-") == 2 else "in"
            parts.append(f"{lack.name} came out {at} {in_words(lack.released)}")
        else:
            parts.append(f"{lack.name} does not say when it came out")
    return "; ".join(parts)


def missing(
    lacks: Iterable[Lack], as_of: date, data: Holdings | None, offered: Offered = lambda _: ""
) -> tuple[str, ...]:
    """What would have to be at hand, each kind of lack in one phrase with what to do.

    Parameters
    ----------
    lacks : iterable of Lack
        In any order, also repeated.
    as_of : date
        The day up to which anything counts as known.
    data : Holdings or None
        The library, for its folder.
    offered : callable
        Name to the version that fetching it now would bring; "" where nobody knows.

    Examples
    --------
    >>> from datetime import date
    >>> missing([Lack("absent", "pts"), Lack("absent", "un_gdp")], date.max, None)[0]
    'data sets that the library does not hold: pts, un_gdp. Get them with: \
beholden fetch pts un_gdp'
    """
    kinds: dict[str, list[Lack]] = {}
    for lack in sorted({_mendable(lack, offered) for lack in lacks}):
        kinds.setdefault(lack.why, []).append(lack)
    phrases = [_absent(kinds["absent"], data)] if "absent" in kinds else []
    phrases += [_pinned(lack, data, offered(lack.name)) for lack in kinds.get("pinned", ())]
    phrases += [_later(kinds["later"], as_of)] if "later" in kinds else []
    return (*phrases, *([_undated(kinds["undated"], as_of)] if "undated" in kinds else []))


def caveats(
    each: Sequence[Sequence[Lack]],
    as_of: date,
    data: Holdings | None,
    offered: Offered = lambda _: "",
) -> tuple[str, ...]:
    """How many universes could not be run for want of what.

    Parameters
    ----------
    each : sequence of sequence of Lack
        What every planned universe lacks; empty for those that could be run.
    as_of, data, offered
        As in :func:`missing`.

    Returns
    -------
    tuple of str
        One sentence for each kind of lack; a universe with several counts for the first.
    """
    groups: dict[tuple[str, str], list[list[Lack]]] = {}
    for lacks in each:
        if lacks:
            # By "absent" first: that a set came out late is moot while it is not even held.
            lacks = sorted(_mendable(lack, offered) for lack in lacks)
            first = lacks[0]
            kind = first.why, first.name if first.why == "pinned" else ""
            alike = [lack for lack in lacks if lack.why == first.why]
            groups.setdefault(kind, []).append([first] if kind[1] else alike)
    return tuple(
        f"{len(group)} of {len(each)} planned universes could not be run for want of "
        + missing([lack for lacks in group for lack in lacks], as_of, data, offered)[0]
        for _, group in sorted(groups.items())
    )


def _mendable(lack: Lack, offered: Offered) -> Lack:
    """A pinned version that fetching would bring is only absent."""
    if lack.why == "pinned" and offered(lack.name) == lack.version:
        return replace(lack, why="absent", held=())
    return lack


def _absent(lacks: Sequence[Lack], data: Holdings | None) -> str:
    several = len(lacks) > 1
    what = "data sets" if several else "a data set"
    them = "them" if several else "it"
    named = [
        f"{lack.name} in version {lack.version}" if lack.version else lack.name for lack in lacks
    ]
    return (
        f"{what} that the library does not hold: {', '.join(named)}. Get {them} with: "
        + _command([lack.name for lack in lacks], data)
    )


def _command(names: Sequence[str], data: Holdings | None) -> str:
    words = " ".join(names)
    return data.shelf.command("fetch", words) if data is not None else f"beholden fetch {words}"


def _pinned(lack: Lack, data: Holdings | None, offered: str) -> str:
    held = ", ".join(dict.fromkeys(lack.held)) or "none"
    text = (
        f"version {lack.version} of {lack.name}, by which the article is judged; the library "
        f"holds {held}"
    )
    command = _command([lack.name], data)
    if offered == lack.version:
        return f"{text}. Get it with: {command}"
    change = "change the version under `data:` in the article's head"
    if offered:
        return f"{text}. {command} brings version {offered}: {change}, or bring the old one in"
    return f"{text}. Get it with: {command}, or {change}"


def _later(lacks: Sequence[Lack], as_of: date) -> str:
    named = ", ".join(f"{lack.name} ({in_words(lack.released)})" for lack in lacks)
    editions = "editions" if len(lacks) > 1 else "an edition"
    those = "those that the library holds" if len(lacks) > 1 else "the one that the library holds"
    return f"{editions} published by {in_words(as_of)}; {those} came out later: {named}"


def _undated(lacks: Sequence[Lack], as_of: date) -> str:
    named = ", ".join(lack.name for lack in lacks)
    editions = "editions" if len(lacks) > 1 else "an edition"
    those = "those that the library holds do" if len(lacks) > 1 else "the one held does"
    return f"{editions} known to be published by {in_words(as_of)}; {those} not say when: {named}"
