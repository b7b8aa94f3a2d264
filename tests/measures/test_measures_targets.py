"""The rule on country resolutions, on titles alone."""

from __future__ import annotations

import csv
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beholden.errors import TableError
from beholden.measures.country_resolutions import (
    as_csv,
    by_target,
    code,
    country_resolutions,
    overrides,
)
from beholden.measures.rollcalls import ROLL_CALL
from beholden.measures.state_names import TABLES, plain, states_named
from beholden.measures.target_clauses import CLAUSES, SUBJECTS
from beholden.measures.targets import (
    MOTIONS,
    POLARITIES,
    classify,
    motion_of,
    polarity_of,
    subject_of,
)

if TYPE_CHECKING:
    from pathlib import Path

LATER = date(2018, 12, 17)

# Code of the target, day of the vote, title.
NAMED = """
MMR 2018-12-22 Situation of human rights in Myanmar
MMR 1991-12-06 Situation of human rights in Burma
KHM 1979-03-13 Human rights situation in Democratic Kampuchea
PRK 2005-12-16 Situation of human rights in the Democratic People?Ã†s Republic of Korea
PRK 2014-12-18 Situation of human rights in the Democratic People’s Republic of Korea
KOR 2014-12-18 Human rights situation in the Republic of Korea
COD 2018-12-17 Situation of human rights in the Democratic Republic of the Congo
COD 1994-03-09 Situation of human rights in Zaire
SSD 2018-12-17 Situation of human rights in South Sudan
SDN 2018-12-17 Situation of human rights in the Sudan
GNQ 2018-12-17 Situation of human rights in Equatorial Guinea
CHL 1976-12-01 HUMAN RIGHTS, CHILE
IRN 2010-12-21 HUMAN RIGHTS--IRAN (ISLAMIC REPUBLIC OF)
BIH 1994-03-09 Situation of human rights in Bosnia and Herzegovina
YUG 1998-12-04 Situation of human rights in Kosovo
SCG 2004-12-04 Situation of human rights in Kosovo
YUG 1992-12-01 The situation of human rights in the territory of the former Yugoslavia
RUS 2022-10-07 Situation of human rights in the Russian Federation
SUN 1985-03-01 Human rights and fundamental freedoms in the Soviet Union
SYR 2023-06-29 Independent Institution on Missing Persons in the Syrian Arab Republic
LKA 2012-03-22 Promoting reconciliation and accountability in Sri Lanka
RUS 2022-04-07 Suspension of the rights of membership of Russia in the Human Rights Council
BDI 2017-09-29 Renewal of the mandate of the Commission of Inquiry on Burundi
RUS 2018-12-22 Situation of human rights in the Autonomous Republic of Crimea (Ukraine)
RUS 2023-12-19 Situation of human rights in the temporarily occupied territories of Ukraine
RUS 2022-03-04 Situation of human rights in Ukraine stemming from the Russian aggression
IRQ 1991-12-03 Situation of human rights in Kuwait under Iraqi occupation
IDN 1997-04-16 Situation of human rights in East Timor
TLS 2006-04-16 Situation of human rights in Timor-Leste
CHN 1959-10-01 TIBET, AUTONOMY
AFG 1987-12-02 Question of human rights and fundamental freedoms in Afghanistan
"""

# Subject, code of the target, day of the vote, title.
OTHER = """
israel | ISR 2018-12-07 Israeli practices affecting the human rights of the Palestinian people
israel | ISR 2018-12-07 Human rights in the occupied Syrian Golan
israel | ISR 1999-04-23 Human rights situation in southern Lebanon and west Bekaa
southern africa | ZAF 1982-02-25 Violations of human rights in southern Africa
southern africa | ZAF 1977-11-01 NAMIBIA, REPRESSION
southern africa | GBR 1962-10-05 RHODESIA, POLITICAL PRISONERS
southern africa | ZWE 1973-12-03 SOUTHERN RHODESIA
southern africa | PRT 1973-12-03 PORTUGESE TERRITORIES
self-determination | MAR 2006-12-14 Question of Western Sahara
self-determination | IDN 1979-11-05 EAST TIMOR, SELF-DETERMINATION
intervention | SUN 1987-11-03 The situation in Afghanistan and its implications for peace
intervention | VNM 1985-11-03 The situation in Kampuchea
intervention | SUN 1956-11-01 HUMAN RIGHTS, HUNGARY
intervention | RUS 2022-03-02 Aggression against Ukraine
intervention | RUS 2019-12-09 Problem of the militarization of the Autonomous Republic of Crimea
intervention | TUR 1987-03-11 Question of human rights in Cyprus
embargo | USA 2018-11-01 Necessity of ending the embargo imposed by the United States against Cuba
assistance | UKR 2019-07-12 Cooperation with and assistance to Ukraine in the field of human rights
assistance | COD 2017-09-29 Technical assistance in the field of human rights in Zaire
situation | AFG 2018-12-06 The situation in Afghanistan
"""

THEMATIC = """
Human rights and unilateral coercive measures
Use of mercenaries as a means of violating human rights and impeding self-determination
Universal realization of the right of peoples to self-determination
Globalization and its impact on the full enjoyment of all human rights
Right to development
The right to food
Moratorium on the use of the death penalty
Report of the Human Rights Council
Subregional Centre for Human Rights and Democracy in Central Africa
United Nations Human Rights Training and Documentation Centre for South-West Asia
International Day of Reflection and Commemoration of the 1995 Genocide in Srebrenica
Revised estimates: Independent Institution on Missing Persons in the Syrian Arab Republic
Financing of the Tribunal for Violations of Human Rights in the Former Yugoslavia
The responsibility to protect and the prevention of genocide and war crimes
Combating glorification of Nazism, neo-Nazism and other practices
Human rights in the administration of justice
Effects of foreign debt on the full enjoyment of all human rights
Human rights and cultural diversity
Situation of women and girls in rural areas
Question of the violation of human rights and fundamental freedoms in any part of the world
Admission of Chad to membership in the United Nations
"""


def lines(table: str) -> list[str]:
    return table.strip().splitlines()


@pytest.mark.parametrize("line", lines(NAMED))
def test_titles_about_human_rights_in_a_country(line: str) -> None:
    iso3, day, title = line.split(" ", 2)
    found = subject_of(title, date.fromisoformat(day))
    assert found is not None
    assert (found.subject, found.targets) == ("rights", (iso3,))


@pytest.mark.parametrize("line", lines(OTHER))
def test_titles_that_are_a_matter_of_their_own(line: str) -> None:
    subject, rest = line.split(" | ")
    iso3, day, title = rest.split(" ", 2)
    found = subject_of(title, date.fromisoformat(day))
    assert found is not None
    assert (found.subject, found.targets) == (subject, (iso3,))


@pytest.mark.parametrize("title", lines(THEMATIC))
@pytest.mark.parametrize("body", ["GA", "HRC"])
def test_titles_about_no_country(title: str, body: str) -> None:
    assert subject_of(title, LATER, body) is None


def test_several_states_keep_their_order() -> None:
    found = subject_of(
        "Situation of human rights in the Republic of Bosnia and Herzegovina, the Republic of "
        "Croatia and Yugoslavia",
        date(1994, 12, 6),
    )
    assert found is not None
    assert found.targets == ("BIH", "HRV", "YUG")


def test_the_commissions_general_title_takes_the_country_from_the_heading() -> None:
    title = "Question of the violation of human rights and fundamental freedoms in any part of the "
    title += "world, with particular reference to colonial and other dependent countries"
    day = date(1982, 3, 10)
    found = subject_of(title, day, "CHR", "POLAND")
    assert found is not None
    assert (found.targets, found.rule) == (("POL",), "rights-heading")
    assert subject_of(title, day, "CHR", "HUMAN RIGHTS VIOLATIONS") is None
    assert subject_of(title, day, "GA", "POLAND") is None


def test_a_situation_is_one_of_rights_in_a_body_for_rights_alone() -> None:
    title, day = (
        "Situation in the Republic of Chechnya of the Russian Federation",
        date(2000, 4, 25),
    )
    subjects = {}
    for body in ("CHR", "GA"):
        found = subject_of(title, day, body)
        assert found is not None
        assert found.targets == ("RUS",)
        subjects[body] = found.subject
    assert subjects == {"CHR": "rights", "GA": "situation"}


def test_every_clause_says_something_known() -> None:
    names = [clause.name for clause in CLAUSES]
    assert len(set(names)) == len(names)
    assert {clause.subject for clause in CLAUSES} - {""} == set(SUBJECTS)


# Names

ROWS = list(csv.DictReader((TABLES / "state_names.csv").read_text("utf-8").splitlines()))
NAMES = sorted({row["name"] for row in ROWS})


def test_names_are_plain_and_their_spells_do_not_overlap() -> None:
    spells: dict[str, list[tuple[str, str]]] = {}
    for row in ROWS:
        assert row["name"] == plain(row["name"])
        assert len(row["iso3"]) == 3
        spells.setdefault(row["name"], []).append((row["start"] or "0", row["end"] or "9"))
    for found in spells.values():
        ordered = sorted(found)
        assert all(one[1] < other[0] for one, other in pairwise(ordered))


@given(name=st.sampled_from(NAMES), on=st.dates(date(1946, 1, 1), date(2026, 12, 31)))
def test_a_name_means_one_state_or_none(name: str, on: date) -> None:
    assert len(states_named(name, on)) <= 1


@given(
    name=st.sampled_from(NAMES),
    form=st.sampled_from(
        [
            "Situation of human rights in {}",
            "HUMAN RIGHTS, {}",
            "human  rights situation in the {} ",
        ]
    ),
    upper=st.booleans(),
)
def test_any_state_can_be_a_target_however_its_name_is_printed(
    name: str, form: str, upper: bool
) -> None:
    found = subject_of(form.format(name.upper() if upper else name.title()), LATER, "HRC")
    named = states_named(name, LATER)
    if found is None:
        assert named == ()
    elif found.subject == "rights":
        assert found.targets == named


@given(
    name=st.sampled_from(NAMES),
    before=st.text(alphabet="xyz", min_size=1, max_size=3),
    after=st.text(alphabet="xyz", min_size=1, max_size=3),
)
def test_a_name_within_a_longer_word_is_no_name(name: str, before: str, after: str) -> None:
    longer = f"{before}{name.replace(' ', '')}{after}"
    assert states_named(longer, LATER) == ()


@given(st.text(max_size=80))
def test_plain_text_is_its_own_plain_text(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(max_size=200), st.dates(date(1946, 1, 1), date(2026, 12, 31)))
def test_no_title_breaks_the_rule(text: str, on: date) -> None:
    found = subject_of(text, on)
    assert found is None or (found.subject in SUBJECTS and found.targets)


# Motions and polarity


def spoken(words: str) -> dict[str, object]:
    return {"body": "GA", "title": None, "said": f"The President: {words} A"}


@pytest.mark.parametrize(
    ("call", "motion"),
    [
        (spoken("I put to the vote the motion that no action be taken on draft V."), "no action"),
        (spoken("I shall now put to the vote operative paragraph 3 of draft V."), "paragraph"),
        (spoken("We shall first vote on the oral amendment to paragraph 6."), "amendment"),
        (spoken("We shall now take a decision on draft resolution V as a whole."), "text"),
        ({"body": "GA", "title": "Human rights in Chad", "said": None}, "text"),
        ({"body": "GA", "title": None, "said": "anything", "no_action": True}, "no action"),
        ({"body": "GA", "title": "TIBET", "said": "TO INCLUDE ITEM 83 ON TIBET, IN THE AGENDA."},
         "agenda"),
        ({"body": "GA", "title": "CONGO", "said": "TO ADOPT GHANA MOTION FOR ADJOURNMENT OF THE "
          "DEBATE ON THE SITUATION"}, "no action"),
        ({"body": "GA", "title": "HUNGARY", "said": "TO ADOPT RESOLUTION AS AMENDED BY EL SALVADOR",
          "amendment": True}, "text"),
        ({"body": "HRC", "title": "Human rights in Chad", "amendment": True}, "amendment"),
        ({"body": "HRC", "title": "Human rights in Chad", "amendment": False}, "text"),
    ],
)  # fmt: skip
def test_motions(call: dict[str, object], motion: str) -> None:
    assert motion_of(call) == motion


@pytest.mark.parametrize(
    ("subject", "motion", "title", "said", "polarity"),
    [
        ("rights", "text", "Situation of human rights in Chad", "", "against"),
        ("rights", "no action", "Situation of human rights in Chad", "", "shields"),
        ("rights", "amendment", "Situation of human rights in Chad", "", "shields"),
        ("rights", "paragraph", "Situation of human rights in Chad", "", "against"),
        ("rights", "paragraph", "Human rights in Chad", "To delete paragraph 3", "unclear"),
        ("rights", "text", "Discontinuation of the mandate on Eritrea", "", "shields"),
        ("rights", "text", "Restoration of the rights of membership of Libya", "", "supports"),
        ("rights", "agenda", "SOVIET WIVES", "PROPOSAL TO DELETE ITEM 42", "shields"),
        ("assistance", "text", "Cooperation with Georgia", "", "supports"),
        ("situation", "text", "The situation in Chad", "", "unclear"),
        ("israel", "amendment", "Jerusalem", "", "unclear"),
    ],
)
def test_polarity(subject: str, motion: str, title: str, said: str, polarity: str) -> None:
    assert polarity_of(subject, motion, title, said) == polarity


def calls(*rows: dict[str, object]) -> pl.DataFrame:
    blank = dict.fromkeys(ROLL_CALL)
    return pl.DataFrame([blank | row for row in rows], schema=ROLL_CALL)


TEXT: dict[str, object] = {
    "id": "GA-1", "body": "GA", "date": LATER, "symbol": "A/RES/60/1",
    "title": "Situation of human rights in Chad",
}  # fmt: skip
MOTION: dict[str, object] = {
    "id": "GA-2", "body": "GA", "date": LATER, "symbol": "A/RES/60/1",
    "said": "The President: I put to the vote the motion that no action be taken on draft III.",
}  # fmt: skip
DECISION: dict[str, object] = {
    "id": "HR-3", "body": "CHR", "date": date(1990, 3, 6), "symbol": "E/CN.4/DEC/1990/106",
    "title": "Situation in China",
}  # fmt: skip
OTHERS: dict[str, object] = {
    "id": "GA-4", "body": "GA", "date": LATER, "symbol": "A/RES/60/4", "title": "Right to food",
}  # fmt: skip


def test_a_motion_has_the_target_of_the_text_whose_symbol_it_bears() -> None:
    rows = {row["id"]: row for row in classify(calls(TEXT, MOTION, OTHERS)).to_dicts()}
    assert set(rows) == {"GA-1", "GA-2"}
    assert rows["GA-2"]["target"] == "TCD"
    assert (rows["GA-2"]["motion"], rows["GA-2"]["polarity"]) == ("no action", "shields")
    assert rows["GA-2"]["rule"] == "rights-title; title of the text"


def test_a_decision_of_the_commission_on_a_situation_is_a_motion_to_take_no_action() -> None:
    (row,) = classify(calls(DECISION)).to_dicts()
    assert (row["target"], row["motion"], row["polarity"]) == ("CHN", "no action", "shields")


# Corrections by hand

HEAD = "id,target,subject,motion,polarity,what,why\n"


def written(tmp_path: Path, *rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "overrides.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_corrections_change_add_and_take_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "GA-1,,,,unclear,polarity,Chad voted for it",
        "GA-2,,none,,,taken out,a test",
        "GA-4,TCD,rights,text,against,added,the text is on Chad",
    )
    rows = {row["id"]: row for row in code(calls(TEXT, MOTION, OTHERS), overrides(path)).to_dicts()}
    assert set(rows) == {"GA-1", "GA-4"}
    assert (rows["GA-1"]["polarity"], rows["GA-1"]["target"]) == ("unclear", "TCD")
    assert {row["rule"] for row in rows.values()} == {"override"}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["GA-1,,,,unclear,what,"], "GA-1: expected what is changed and why"),
        (["GA-1,,,,shield,what,why"], "found 'shield'. Did you mean \"shields\"?"),
        (["GA-1,,right,,,what,why"], "expected a subject of the coding, found 'right'"),
        (["GA-1,,,,unclear,what,why", "GA-1,,,,against,what,why"], "each roll call once"),
    ],
)
def test_faulty_corrections_are_refused(tmp_path: Path, rows: list[str], words: str) -> None:
    with pytest.raises(TableError) as fault:
        overrides(written(tmp_path, *rows))
    assert words in str(fault.value)


def test_corrections_need_their_columns(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="expected the columns id, target"):
        overrides(written(tmp_path, "GA-1,x", head="id,target\n"))


def test_corrections_need_their_roll_call(tmp_path: Path) -> None:
    path = written(tmp_path, "GA-9,,,,unclear,what,why")
    with pytest.raises(TableError, match="known roll calls, found GA-9"):
        code(calls(TEXT), overrides(path))


def test_an_added_roll_call_needs_every_cell(tmp_path: Path) -> None:
    path = written(tmp_path, "GA-4,TCD,rights,,,what,why")
    with pytest.raises(TableError, match="GA-4, which the rule leaves out"):
        code(calls(TEXT, OTHERS), overrides(path))


# The shipped tables


def test_shipped_tables_use_the_words_of_the_coding() -> None:
    shipped = country_resolutions()
    assert set(shipped["subject"]) == set(SUBJECTS)
    assert set(shipped["motion"]) == set(MOTIONS)
    assert set(shipped["polarity"]) == set(POLARITIES)
    rules = set(shipped["rule"].str.split(";").list.first())
    assert rules <= {clause.name for clause in CLAUSES} | {"rights-heading", "override"}
    assert set(overrides()["id"]) == set(shipped.filter(rule="override")["id"])
    assert as_csv(shipped) == (TABLES / "country_resolutions.csv").read_text("utf-8")


def test_by_target_gives_each_target_a_row() -> None:
    shipped = country_resolutions()
    long = by_target(shipped)
    assert long["target"].str.len_chars().unique().to_list() == [3]
    assert long.height == shipped["target"].str.split(";").list.len().sum() > shipped.height
