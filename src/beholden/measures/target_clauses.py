"""The clauses of the rule on country resolutions, in the order in which they are tried."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

__all__ = ["CLAUSES", "SUBJECTS", "Clause"]

SUBJECTS = {
    "rights": "human rights in a country, or what its authorities do to persons",
    "assistance": "help to a country in the field of human rights or otherwise",
    "situation": "the situation in a country without a word on human rights in the title",
    "intervention": "a state's use of force in another country, and what follows from it",
    "self-determination": "the right of the people of an occupied territory to decide for itself",
    "embargo": "a state's trade measures against another",
    "israel": "Israel, Palestine and the other territories occupied by Israel",
    "southern africa": "apartheid, Namibia, Southern Rhodesia, the Portuguese territories",
}
_RIGHTS = r"human rights|fundamental freedoms|genocide"


@dataclass(frozen=True)
class Clause:
    """One clause of the rule: the first one that fits decides.

    Parameters
    ----------
    name : str
        Its name, which the coding keeps.
    subject : str
        One of `SUBJECTS`; empty where the text is about no country.
    pattern : str
        Regular expression on the title in plain lower case; ``heading`` too where so asked.
    target : str
        ISO3 code; empty takes the states that the title names, and then the clause fits only
        where it names one.
    without : str
        Regular expression that the title must not contain.
    start, end : date
        The first and the last day of votes that it speaks of.
    bodies : tuple of str
        The bodies that it speaks of.
    heading : bool
        Whether the source's subject heading is searched too.
    """

    name: str
    subject: str
    pattern: str
    target: str = ""
    without: str = ""
    start: date = date.min
    end: date = date.max
    bodies: tuple[str, ...] = ("GA", "CHR", "HRC")
    heading: bool = False

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
        return re.compile(self.pattern), re.compile(self.without) if self.without else None

    def fits(self, title: str, heading: str, body: str, on: date) -> bool:
        """Whether the clause speaks of a text; names of states are not looked at.

        Parameters
        ----------
        title, heading : str
            In plain lower case.
        body : str
            GA, CHR or HRC.
        on : date
            Day of the vote.
        """
        if body not in self.bodies or not self.start <= on <= self.end:
            return False
        wanted, unwanted = self._patterns
        found = wanted.search(title) or (self.heading and wanted.search(heading))
        return bool(found) and (unwanted is None or unwanted.search(title) is None)


CLAUSES = (
    Clause(
        "money",
        "",
        r"^(financing|revised estimates|(proposed )?programme budget|budget|administrative)\b",
    ),
    # Peoples, occupation and colonial rule: not what the literature calls naming and shaming.
    Clause(
        "israel",
        "israel",
        r"israel|palestin|\bgolan\b|unrwa|jerusalem|\bgaza\b|lebanese detainees"
        r"|south(ern)? lebanon|occupied (syrian|arab)|arab territor"
        r"|hostilities in the middle east|situation in the middle east|^middle east\b"
        r"|^(human rights|natural resources|women), occupied territor",
        target="ISR",
        start=date(1948, 5, 14),
        heading=True,
    ),
    Clause(
        "apartheid",
        "southern africa",
        r"apartheid|south(ern)? africa|\bso\. africa|south.west africa|s\.w\. africa|pretoria",
        target="ZAF",
        end=date(1994, 12, 31),
        heading=True,
    ),
    Clause(
        "namibia",
        "southern africa",
        r"namibia",
        target="ZAF",
        end=date(1990, 3, 20),
        heading=True,
    ),
    Clause(
        "rhodesia-british",
        "southern africa",
        r"rhodesia|zimbabwe",
        target="GBR",
        end=date(1965, 11, 10),
    ),
    Clause(
        "rhodesia",
        "southern africa",
        r"rhodesia|zimbabwe",
        target="ZWE",
        start=date(1965, 11, 11),
        end=date(1980, 4, 17),
    ),
    Clause(
        "portuguese-territories",
        "southern africa",
        r"portugu?ese|\bangola\b|mozambique",
        target="PRT",
        start=date(1960, 1, 1),
        end=date(1974, 12, 31),
    ),
    # A power that rules a territory answers for the rights of the people in it.
    Clause(
        "kuwait-occupied",
        "rights",
        r"human rights.*(occupied kuwait|kuwait under iraqi occupation)",
        target="IRQ",
    ),
    Clause(
        "ukraine-occupied",
        "rights",
        r"human rights.*(crimea|occupied territories of ukraine|russian aggression)",
        target="RUS",
        start=date(2014, 2, 20),
    ),
    Clause(
        "east-timor-occupied",
        "rights",
        r"(human rights|^(the )?situation) .*\beast timor",
        target="IDN",
        without="self-determination",
        start=date(1975, 12, 7),
        end=date(1999, 10, 24),
    ),
    Clause("tibet", "rights", r"^tibet\b|human rights.*\btibet", target="CHN"),
    Clause("soviet-wives", "rights", r"^soviet wives", target="SUN"),
    Clause("fund-for-victims", "rights", r"\bchile, trust fund|trust fund for chile", target="CHL"),
    Clause("disappearances", "rights", r"political disappear"),
    # The right of a people, where the title names it or the body that denies it is plain.
    Clause(
        "western-sahara",
        "self-determination",
        r"western sahara",
        target="MAR",
        start=date(1975, 11, 14),
        heading=True,
    ),
    Clause(
        "east-timor",
        "self-determination",
        r"east timor",
        target="IDN",
        start=date(1975, 12, 7),
        end=date(1999, 10, 24),
    ),
    # Armed intervention: about the state that intervened.
    Clause(
        "hungary",
        "intervention",
        r"hungary",
        target="SUN",
        start=date(1956, 10, 23),
        end=date(1962, 12, 31),
    ),
    Clause(
        "afghanistan-soviet",
        "intervention",
        r"afghan",
        target="SUN",
        without=r"question of (the )?(human rights|violation)|^human rights",
        start=date(1980, 1, 1),
        end=date(1989, 2, 15),
    ),
    Clause(
        "kampuchea-vietnamese",
        "intervention",
        r"kampuchea|cambodia",
        target="VNM",
        without=_RIGHTS,
        start=date(1979, 1, 7),
        end=date(1991, 10, 23),
    ),
    Clause(
        "ukraine-attacked",
        "intervention",
        r"aggression against ukraine|territorial integrity of ukraine|militarization of the"
        r"|(peace in|nuclear facilities of) ukraine",
        target="RUS",
        start=date(2014, 2, 20),
    ),
    Clause(
        "georgia-displaced",
        "intervention",
        r"refugees from abkhazia",
        target="RUS",
        start=date(1992, 1, 1),
    ),
    Clause("azerbaijan-occupied", "intervention", r"territories of azerbaijan", target="ARM"),
    Clause("croatia-occupied", "intervention", r"territories of croatia", target="YUG"),
    Clause(
        "bosnia-attacked",
        "intervention",
        r"^(the )?situation in bosnia",
        target="YUG",
        start=date(1992, 4, 27),
        end=date(1995, 12, 14),
    ),
    Clause("cyprus-divided", "intervention", r"\bcyprus\b", target="TUR", start=date(1974, 7, 20)),
    Clause(
        "embargo",
        "embargo",
        r"embargo.*(against cuba|nicaragua)|cuba, u\.?s\.? embargo|nicaragua, embargo"
        r"|trade embargo and other measures",
        target="USA",
    ),
    Clause(
        "united-states-force",
        "intervention",
        r"^grenada, foreign|intervention in panama|^situation in panama|present united states adm"
        r"|military and paramilitary activities in and against nicaragua",
        target="USA",
        start=date(1983, 1, 1),
        end=date(1990, 12, 31),
    ),
    Clause("self-determination", "", r"self-determination"),
    Clause(
        "assistance",
        "assistance",
        r"\bassistance (to|for)\b|\b(economic |humanitarian )?aid\b|, assistance|relief (to|for)"
        r"|technical (assistance|cooperation)|capacity.building|^cooperation with\b"
        r"|advisory services",
    ),
    # Human rights in a country.
    Clause("rights-membership", "rights", r"rights of membership .*human rights council"),
    Clause(
        "rights-title",
        "rights",
        _RIGHTS + r"|situation of human in|crimes under international law|missing persons"
        r"|commission of inquiry|reconciliation.*accountability",
    ),
    Clause(
        "situation-in-a-rights-body",
        "rights",
        r"\bsituation in\b",
        bodies=("CHR", "HRC"),
    ),
    Clause("situation", "situation", r"\bsituation (in|of)\b"),
)
