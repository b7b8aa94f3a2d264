"""The clauses of the rule on vetoed drafts, in the order in which they are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["CERTAINTIES", "CLAUSES", "EFFECTS", "MATTERS", "VetoClause"]

EFFECTS = {
    "protects": "the veto kept from the target criticism, demands, measures or a settlement that "
    "it opposed",
    "stronger": "the draft was too weak for the member that vetoed it: no protection",
    "hurts": "the veto denied the target what the draft would have given it",
    "membership": "the target's application for membership was refused",
    "mission": "a United Nations presence in the target was refused over its terms or over another "
    "matter",
    "none": "the draft was about no single state",
}
MATTERS = {
    "people": "what the target's authorities do to people under their rule or occupation",
    "force": "what the target does to another state or its territory",
    "weapons": "the target's weapons, or deliveries of them",
    "other": "another matter",
}
CERTAINTIES = {
    "plain": "agenda item, topic and members leave no doubt about effect and target",
    "arguable": "a careful reader may code it otherwise",
}


@dataclass(frozen=True)
class VetoClause:
    """One clause of the rule: the first one that fits a vetoed draft decides.

    Parameters
    ----------
    name : str
        Its name, which the coding keeps.
    pattern : str
        Regular expression on topic and agenda item, a bar between them, in lower case.
    effect : str
        One of `EFFECTS`.
    why : str
        Why, in a phrase.
    targets : tuple of str
        ISO3 codes; empty takes the states that the agenda item names.
    matter : str
        One of `MATTERS` where the veto protects, else empty.
    members : tuple of str
        The clause fits only vetoes by these members alone; empty fits any.
    start : date
        The first day of vetoes that it speaks of.
    certainty : str
        One of `CERTAINTIES`.
    """

    name: str
    pattern: str
    effect: str
    why: str
    targets: tuple[str, ...] = ()
    matter: str = ""
    members: tuple[str, ...] = ()
    start: date = date.min
    certainty: str = "plain"

    def fits(self, topic: str, item: str, members: tuple[str, ...], on: date) -> bool:
        """Whether the clause speaks of a draft.

        Parameters
        ----------
        topic, item : str
            Crisis topic and agenda item as the list prints them.
        members : tuple of str
            The permanent members that vetoed it, by the list's names.
        on : date
            Day of the vote.
        """
        if on < self.start or (self.members and not set(members) <= set(self.members)):
            return False
        return re.search(self.pattern, f"{topic}|{item}".lower()) is not None


CLAUSES = (
    VetoClause(
        "membership",
        r"\|(applications? for membership|admission of new members)",
        "membership",
        "The agenda item is the state's application for membership.",
    ),
    VetoClause(
        "no state",
        r"^(atomic energy commission|disarmament|terrorism|climate and security)\|",
        "none",
        "A general matter.",
    ),
    VetoClause(
        "spain",
        r"^spain\|",
        "stronger",
        "The Soviet Union wanted members to break with Franco's government at once.",
        ("ESP",),
    ),
    VetoClause(
        "greek frontier",
        r"^greek civil war\|",
        "protects",
        "The drafts were to look into incidents on Greece's frontier with its northern neighbours, "
        "or to pass them on.",
        ("ALB", "BGR", "YUG"),
        "force",
        ("USSR",),
    ),
    VetoClause(
        "india",
        r"^india-pakistan\|",
        "protects",
        "The drafts asked of India what it refused: a plebiscite's steps in Kashmir, or to stop "
        "and withdraw its forces.",
        ("IND",),
        "force",
        ("USSR",),
    ),
    VetoClause(
        "israel",
        r"^israel-palestine\|",
        "protects",
        "The drafts criticised Israel or asked something of it as the occupying power.",
        ("ISR",),
        "people",
        ("USA",),
    ),
    VetoClause(
        "israel in lebanon",
        r"^israel-lebanon\|",
        "protects",
        "The drafts criticised Israel's attacks on Lebanon or asked it to withdraw.",
        ("ISR",),
        "force",
        ("USA",),
    ),
    VetoClause(
        "rhodesia",
        r"^rhodesia\|",
        "protects",
        "The drafts asked for more pressure on the minority's government than the United Kingdom "
        "would bring.",
        ("ZWE",),
        "people",
        ("UK", "USA"),
        date(1965, 11, 11),
        "arguable",
    ),
    VetoClause(
        "south africa",
        r"^(south africa|namibia)\|(?!complaint)",
        "protects",
        "The drafts were on apartheid or on the hold on Namibia: expulsion, sanctions, an embargo.",
        ("ZAF",),
        "people",
    ),
    VetoClause(
        "rule at home",
        r"^(syria|myanmar|zimbabwe|venezuela)\|",
        "protects",
        "The drafts criticised what the government does to its own people, or worked around it.",
        (),
        "people",
        ("China", "Russia"),
    ),
    VetoClause(
        "north korea",
        r"^north korea\|",
        "protects",
        "The draft was to tighten sanctions over missiles.",
        ("PRK",),
        "weapons",
    ),
    VetoClause(
        "russia",
        r"^ukraine\|",
        "protects",
        "The drafts were on what Russia does in Ukraine, or on what its side there had done.",
        ("RUS",),
        "force",
        ("Russia",),
    ),
    VetoClause(
        "soviet union",
        r"^(us-ussr|berlin blockade|hungary|afghanistan|korean airlines)\|",
        "protects",
        "The drafts were on what the Soviet Union had done itself.",
        ("SUN",),
        "force",
        ("USSR",),
    ),
    VetoClause(
        "united states",
        r"^(nicaragua|grenada|panama|panama canal|us-libya)\|",
        "protects",
        "The drafts were on what the United States did in or to the country.",
        ("USA",),
        "force",
        ("USA", "UK", "France"),
    ),
    VetoClause(
        "vietnam in cambodia",
        r"^cambodia\|",
        "protects",
        "The drafts asked foreign forces to leave Kampuchea.",
        ("VNM",),
        "force",
        ("USSR",),
    ),
    VetoClause(
        "cyprus",
        r"^cyprus\|",
        "mission",
        "The drafts were on the United Nations force, its money or its successor.",
        ("CYP",),
    ),
)
