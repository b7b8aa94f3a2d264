"""Roll calls and votes: on small frames with known truth, and on the originals."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from roll_call_tables import call, rolls, table, votes_of

from beholden.errors import MissingDataError
from beholden.measures.chair import entitled, puts_whole_text, question
from beholden.measures.rollcalls import NEEDS, ROLL_CALL, VOTES, roll_calls

AS_A_WHOLE = (
    "The President: Since the oral amendment has not been adopted, we will proceed to take a "
    "decision on draft resolution III as a whole. A recorded vote has been requested. A"
)
PARAGRAPH = (
    "The President: I shall now put to the vote operative paragraph 4 of draft resolution III. "
    "A recorded vote has been requested. A"
)
SEPARATE = (
    "The President: Draft resolution XIII was adopted. Draft resolution XIV is entitled _Right to "
    "food<d3>. A separate vote has been requested on the third preambular paragraph. A recorded "
    "vote has been requested. A"
)
MOTION = (
    "The President: I shall now put to the vote the motion that no action be taken on draft "
    "resolution III. A recorded vote has been requested. A"
)
STATES = ("AAA", "BBB", "CCC", "DDD")


def made() -> dict[str, pl.DataFrame]:
    """Eight small tables: a text and its twin, a paragraph, an overlap and a later resolution."""
    older = [
        (1, 62, date(2007, 12, 18), "R/62/1", "Human rights in Chad"),
        (2, 62, date(2007, 12, 18), "R/62/1", AS_A_WHOLE),
        (3, 62, date(2007, 12, 18), "R/62/1", PARAGRAPH),
        (4, 74, date(2019, 12, 18), "A/RES/74/1", "Jerusalem"),
    ]
    flags = {"amend": None, "para": None, "no_action_motion": None, "short": None}
    calls = [
        {"rcid": n, "session": s, "date": d, "year": d.year, "unres": u, "descr": t, **flags}
        for n, s, d, u, t in older
    ]
    kinds = dict.fromkeys(("amend", "para", "no_action_motion"), pl.Boolean) | {"short": pl.String}
    cast = [
        (number, code, vote, iso3)
        for number in (1, 2, 3, 4)
        for code, vote, iso3 in ((1, "yes", "AAA"), (2, "no", "BBB"), (3, "abstain", None))
    ]
    votes = pl.DataFrame(cast, schema=["rcid", "ccode", "vote", "iso3"], orient="row")
    # A fourth state is absent; the third, coded under a number without a state on some days.
    votes = votes.with_columns(
        pl.when((pl.col("ccode") == 3) & (pl.col("rcid") < 4))
        .then(pl.lit("CCC"))
        .otherwise("iso3")
        .alias("iso3")
    )
    matrix = pl.DataFrame(
        [
            (number, day, iso3, iso3, vote)
            for number, day in ((1, older[0][2]), (3, older[2][2]), (77, date(2021, 5, 5)))
            for iso3, vote in zip(STATES, (1, 3, 2, 8), strict=True)
        ],
        schema=["rcid", "date", "iso3", "iso3_then", "vote"],
        orient="row",
    )
    published = matrix.clear().select("rcid", "date", "iso3", "vote")
    recent = pl.DataFrame(
        [
            {"symbol": "A/RES/74/1", "date": date(2019, 12, 18), "title": "Jerusalem"},
            {"symbol": "A/RES/75/9", "date": date(2021, 5, 5), "title": "The situation in Chad"},
            {"symbol": "A/RES/75/10", "date": date(2021, 5, 5), "title": "Jerusalem"},
        ]
    ).with_columns(
        year=pl.col("date").dt.year(),
        agenda_item_name=pl.lit(None, dtype=pl.String),
        stated_yes=pl.lit(1),
        stated_no=pl.lit(1),
        stated_abstain=pl.lit(1),
    )
    listed = pl.DataFrame(
        [
            (symbol, day, iso3, vote)
            for symbol, day, marks in (
                ("A/RES/74/1", date(2019, 12, 18), "YNA"),
                ("A/RES/75/9", date(2021, 5, 5), "YNA"),
                ("A/RES/75/10", date(2021, 5, 5), "NYN"),
            )
            for iso3, vote in zip(STATES, marks, strict=False)
        ],
        schema=["symbol", "date", "iso3", "vote"],
        orient="row",
    )
    return {
        "un_ga_votes_voeten_roll_calls": pl.DataFrame(calls, schema_overrides=kinds),
        "un_ga_votes_voeten": votes,
        "un_ga_votes_voeten_published": published,
        "un_ga_votes_matrix_2024": matrix,
        "un_ga_resolutions_dgacm": recent,
        "un_ga_resolutions_dgacm_votes": listed,
        **council_tables(),
    }


def council_tables() -> dict[str, pl.DataFrame]:
    """One resolution with a roll call, one recorded without names, one amendment never put."""
    day = date(2015, 3, 27)
    rows = [
        (10, "A/HRC/RES/28/1", "Situation of human rights in Chad : resolution /", 1, 1, 2),
        (11, "A/HRC/28/L.9", "Situation of human rights in Chad : amendment /", 2, 1, 0),
        (12, "A/HRC/28/L.10", "Situation of human rights in Chad : amendment /", None, None, 0),
    ]
    decisions = [
        {
            "record_id": number,
            "symbol": symbol,
            "title": title,
            "statement": "Human Rights Council at its 28th session",
            "date": day,
            "year": 2015,
            "body": "Human Rights Council",
            "vote_type": "RECORDED",
            "agenda_subject": "CHAD",
            "agenda_item_title": "Situations",
            "draft": None,
            "yes": yes,
            "no": no,
            "abstain": 0,
            "n_rollcall": names,
        }
        for number, symbol, title, yes, no, names in rows
    ]
    cast = pl.DataFrame(
        [
            {
                "record_id": 10,
                "symbol": rows[0][1],
                "date": day,
                "member_iso3": iso3,
                "iso3": iso3,
                "vote": vote,
            }
            for iso3, vote in zip(STATES, ("Y", "N", ".", None), strict=True)
        ]
    )
    return {
        "un_hrc_votes_ohchr_resolutions": pl.DataFrame(
            decisions, schema_overrides={"draft": pl.String}
        ),
        "un_hrc_votes_ohchr": cast.with_columns(amendment=pl.lit(value=False)),
        "un_hrc_resolutions_dgacm_votes": pl.DataFrame(
            {"symbol": [rows[0][1]], "iso3": ["BBB"], "vote": ["A"]}
        ),
    }


def test_small_frames_give_each_roll_call_once() -> None:
    made_of = roll_calls(made())
    ids = made_of.roll_calls["id"].to_list()
    # The twin (2) and the older copy of 74/1 (4) are gone; the lapsed amendment never was.
    assert sorted(ids) == sorted(
        ["GA-1", "GA-3", "GA-A/RES/74/1", "GA-A/RES/75/9", "GA-A/RES/75/10", "HR-10", "HR-11"]
    )
    assert set(made_of.votes["id"]) == set(ids) - {"HR-11"}


def test_small_frames_count_absences_only_where_a_source_lists_them() -> None:
    made_of = roll_calls(made())
    calls = {row["id"]: row for row in made_of.roll_calls.to_dicts()}
    assert [calls["GA-1"][vote] for vote in VOTES] == [1, 1, 1, 1]
    # Found in the matrix by day and votes.
    assert [calls["GA-A/RES/75/9"][vote] for vote in VOTES] == [1, 1, 1, 1]
    assert calls["GA-A/RES/75/10"]["absent"] is None
    # The Secretariat lists BBB as abstaining, the other source as against.
    assert [calls["HR-10"][vote] for vote in VOTES] == [1, 0, 1, 1]
    assert calls["HR-11"]["tally"] == "stated"
    assert [calls["HR-11"][vote] for vote in VOTES] == [2, 1, 0, None]
    positions = made_of.votes.filter(id="HR-10").sort("iso3")["vote"].to_list()
    assert positions == ["yes", "abstain", "absent"]


def test_small_frames_keep_titles_flags_and_types() -> None:
    calls = roll_calls(made()).roll_calls
    assert {name: calls.schema[name] for name in ROLL_CALL} == {
        name: kind if isinstance(kind, pl.DataType) else kind() for name, kind in ROLL_CALL.items()
    }
    by_id = {row["id"]: row for row in calls.to_dicts()}
    assert by_id["GA-1"]["symbol"] == "A/RES/62/1"
    assert by_id["GA-3"]["title"] is None
    assert by_id["GA-3"]["said"] == PARAGRAPH
    assert by_id["HR-11"]["title"] == "Situation of human rights in Chad"
    assert by_id["HR-11"]["amendment"] is True
    assert by_id["HR-10"]["session"] == "28"


def test_a_missing_table_is_named_with_the_command() -> None:
    frames = made()
    del frames["un_hrc_votes_ohchr"]
    with pytest.raises(MissingDataError, match="beholden fetch un_hrc_votes_ohchr") as fault:
        roll_calls(frames)
    assert fault.value.needs == ("un_hrc_votes_ohchr",)


@pytest.mark.parametrize(
    ("said", "words", "whole"),
    [
        (AS_A_WHOLE, "draft resolution iii as a whole", True),
        (PARAGRAPH, "operative paragraph 4", False),
        (
            SEPARATE,
            "third preambular paragraph",
            False,
        ),
        (MOTION, "no action be taken", False),
        ("I shall first put to the voteoperative paragraph 4 (b). A", "paragraph 4 (b)", False),
    ],
)
def test_what_the_chair_puts_to_the_vote(said: str, words: str, whole: bool) -> None:
    assert words in question(said)
    assert puts_whole_text(said) is whole


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Draft resolution I is entitled _Human rights in Iraq<d3>.", "Human rights in Iraq"),
        ('is entitled "Situation of human rights in Iraq". A', "Situation of human rights in Iraq"),
        ("entitled _A<d3>. It was adopted. II is entitled _B<d3>.", "B"),
        ("I now put it to the vote.", ""),
    ],
)
def test_title_that_the_chair_names_last(said: str, title: str) -> None:
    assert entitled(said) == title


# From here on: the originals.


def test_no_roll_call_and_no_vote_stands_twice() -> None:
    calls, votes = rolls().roll_calls, rolls().votes
    assert calls.height == calls["id"].n_unique()
    assert not votes.select("id", "iso3").is_duplicated().any()
    assert votes["iso3"].null_count() == 0
    assert set(votes["vote"]) == set(VOTES)
    assert set(calls["body"]) == {"GA", "CHR", "HRC"}
    assert set(votes["id"]) <= set(calls["id"])


def test_session_74_is_the_secretariats_but_for_its_last_roll_call() -> None:
    sources = rolls().roll_calls.filter(pl.col("body") == "GA", pl.col("session") == "74")
    counts = dict(sources["source"].value_counts().rows())
    assert counts == {"un_ga_resolutions_dgacm": 90, "un_ga_votes_voeten": 1}
    assert call("GA-9079")["symbol"] == "A/RES/74/267"


def test_votes_on_a_whole_text_from_the_verbatim_record_are_dropped() -> None:
    every = set(table("un_ga_votes_voeten_roll_calls").filter(pl.col("session") < 74)["rcid"])
    kept = rolls().roll_calls.filter(source="un_ga_votes_voeten")["source_id"]
    dropped = every - {int(number) for number in kept}
    # On Iran 62/168 and 63/191 and Myanmar 61/232, among others; no paragraph, no amendment.
    assert {5817, 5841, 5804} <= dropped
    assert not {5816, 5839, 5840, 5649, 6050, 5916, 5838} & dropped
    assert len(dropped) == 19
    rows = table("un_ga_votes_voeten_roll_calls").filter(pl.col("rcid").is_in(list(dropped)))
    kept_symbols = set(rolls().roll_calls.drop_nulls("title")["symbol"])
    assert set(rows["unres"].str.replace("^R/", "A/RES/")) <= kept_symbols


@pytest.mark.parametrize(
    ("session", "members"),
    # Members of the United Nations, https://www.un.org/en/about-us/growth-in-un-membership
    [(4, 59), (5, 60), (9, 60), (14, 82), (34, 152), (40, 159), (44, 159), (68, 193), (76, 193)],
)
def test_every_member_is_accounted_for(session: int, members: int) -> None:
    found = rolls().roll_calls.filter(
        pl.col("body") == "GA", pl.col("session") == str(session), pl.col("absent").is_not_null()
    )
    assert found.height > 20
    assert set(found.select(pl.sum_horizontal(VOTES).alias("all"))["all"]) == {members}


def test_counted_tallies_are_those_that_the_secretariat_states() -> None:
    recent = rolls().roll_calls.filter(source="un_ga_resolutions_dgacm", tally="counted")
    differs = recent.filter(
        pl.any_horizontal(pl.col(vote) != pl.col(f"stated_{vote}") for vote in VOTES[:3])
    )
    assert recent.height == 730
    assert differs["symbol"].to_list() == ["A/RES/77/293"]


def test_votes_of_the_council_are_those_that_the_secretariat_lists() -> None:
    listed = table("un_hrc_resolutions_dgacm_votes").with_columns(
        pl.col("vote").replace_strict({"Y": "yes", "N": "no", "A": "abstain"})
    )
    ours = rolls().roll_calls.filter(body="HRC").select("id", "symbol")
    both = listed.join(ours, on="symbol").join(rolls().votes, on=["id", "iso3"], suffix="_ours")
    assert both["symbol"].n_unique() == 54
    assert both.height > 2_500
    assert (both["vote"] == both["vote_ours"]).all()


def test_the_secretariats_lists_correct_four_votes_of_the_council() -> None:
    # The other source has these as abstentions; the stated tallies agree with the lists.
    for symbol, iso3 in (
        ("A/HRC/RES/55/6", "VNM"),
        ("A/HRC/RES/57/2", "ZAF"),
        ("A/HRC/RES/60/3", "CYP"),
        ("A/HRC/RES/60/3", "CZE"),
    ):
        row = rolls().roll_calls.filter(symbol=symbol).row(0, named=True)
        other = table("un_hrc_votes_ohchr").filter(symbol=symbol, member_iso3=iso3)
        assert other["vote"].to_list() == ["A"]
        assert rolls().votes.filter(id=row["id"], iso3=iso3)["vote"].to_list() == ["yes"]
        assert [row[vote] for vote in VOTES[:3]] == [row[f"stated_{vote}"] for vote in VOTES[:3]]


def test_votes_of_the_assembly_are_nearly_those_of_the_matrix() -> None:
    words = {1: "yes", 2: "abstain", 3: "no", 8: "absent"}
    matrix = table("un_ga_votes_matrix_2024").drop_nulls("vote").filter(pl.col("year") < 2019)
    cells = matrix.select(
        ("GA-" + pl.col("rcid").cast(pl.String)).alias("id"),
        pl.coalesce("iso3", "iso3_then").alias("iso3"),
        pl.col("vote").replace_strict(words).alias("said"),
    )
    both = cells.join(rolls().votes, on=["id", "iso3"])
    assert both.height > 850_000
    # Serbia, whose seat the matrix calls absent: 110 cells, 6 of them in roll calls dropped here.
    differs = both.filter(pl.col("said") != pl.col("vote"))
    assert set(differs["iso3"]) == {"YUG", "SCG"}
    assert differs.height == 110 - 6


def test_states_are_those_of_the_day() -> None:
    votes = rolls().votes.join(rolls().roll_calls.select("id", "date", "body"), on="id")
    spans = {
        iso3: (first, last)
        for iso3, first, last in votes.group_by("iso3")
        .agg(pl.col("date").min(), pl.col("date").max().alias("last"))
        .rows()
    }
    assert spans["SUN"][1] < date(1991, 12, 26) <= spans["RUS"][0]
    assert spans["DDR"][1] < date(1990, 10, 3)
    # The Assembly's dates of that year are rough.
    assert spans["ARE"][0] >= date(1971, 12, 1)
    egyptian = votes.filter(iso3="EGY", body="CHR")["date"]
    assert egyptian.is_between(date(1969, 1, 1), date(1971, 12, 31)).sum() == 9
    assert spans["BLR"][0] == spans["UKR"][0] == date(1946, 1, 1)
    assembly = votes.filter(body="GA")
    assert assembly.filter(pl.col("iso3") == "TWN", pl.col("date") < date(1949, 12, 8)).is_empty()
    # The days of that time are rough: votes after 25 October 1971 are dated in its first week.
    chinese = assembly.filter(iso3="CHN")["date"]
    assert chinese.filter(chinese.is_between(date(1949, 12, 9), date(1971, 9, 30))).is_empty()
    assert chinese.min() == date(1946, 1, 1)
    syrian = assembly.filter(iso3="SYR")["date"]
    assert syrian.filter(syrian.is_between(date(1958, 2, 22), date(1961, 9, 28))).is_empty()


def test_former_states_without_a_column_in_the_matrix_have_absences() -> None:
    for iso3 in ("DDR", "CSK", "YMD"):
        assert (votes_of(iso3)["vote"] == "absent").any()


def test_absences_end_with_the_source_that_lists_them() -> None:
    calls = rolls().roll_calls.filter(body="GA")
    later = calls.filter(pl.col("date") > date(2024, 6, 4))
    assert later["absent"].null_count() == later.height > 250
    earlier = calls.filter(pl.col("date") < date(2021, 1, 1))
    assert earlier["absent"].null_count() <= 3


def test_needs_are_data_sets() -> None:
    assert all(table(name).height for name in NEEDS)
