"""Roll calls of the General Assembly to 2020 on their originals."""

from __future__ import annotations

import polars as pl
import pytest
from checking_rights import chosen, corrections, faults, row, rows, rows_changed, table

VOTES = "un_ga_votes_voeten"
ROLL_CALLS = "un_ga_votes_voeten_roll_calls"
ISSUES = "un_ga_votes_voeten_issues"
PUBLISHED = "un_ga_votes_voeten_published"

# Tallies as published, but for the two that the README lists as different.
DPRK = {
    "R/60/173": (88, 21, 60),
    "R/61/174": (99, 21, 56),
    "R/62/167": (102, 22, 58),
    "R/63/190": (94, 22, 63),
    "R/64/175": (98, 20, 63),
    "R/65/225": (106, 20, 57),
    "R/66/174": (123, 16, 51),
    "R/69/188": (116, 20, 53),
    "R/70/172": (119, 19, 48),
}


def tally(rcid: int) -> tuple[int, int, int]:
    cast = rows(VOTES, rcid=rcid)["vote"]
    yes, no, abstain = (int((cast == vote).sum()) for vote in ("yes", "no", "abstain"))
    return yes, no, abstain


@pytest.mark.parametrize("name", [VOTES, ROLL_CALLS, ISSUES, PUBLISHED])
def test_each_set_is_what_it_says(name: str) -> None:
    assert faults(name) == []


@pytest.mark.parametrize(
    ("name", "height"),
    [(VOTES, 870_109), (ROLL_CALLS, 6_203), (ISSUES, 5_745), (PUBLISHED, 1_066_613)],
)
def test_number_of_rows(name: str, height: int) -> None:
    assert table(name).height == height


@pytest.mark.parametrize(("symbol", "published"), DPRK.items())
def test_tallies_on_north_korea(symbol: str, published: tuple[int, int, int]) -> None:
    assert tally(int(str(row(ROLL_CALLS, unres=symbol)["rcid"]))) == published


def test_the_two_known_disagreements_are_declared_and_change_nothing() -> None:
    entries = corrections(VOTES)
    assert [entry["status"] for entry in entries] == ["declared", "declared"]
    assert [entry["rows"] for entry in entries] == [0, 0]
    spoken_of = [table(ROLL_CALLS).filter(chosen(entry))["unres"].item() for entry in entries]
    assert spoken_of == ["R/62/167", "R/64/175"]


def test_states_coded_absent_on_north_korea_in_2009() -> None:
    voted = set(rows(VOTES, rcid=5029)["country"])
    absent = {"Armenia", "Djibouti", "Fiji", "Gambia", "Laos", "Mongolia", "Seychelles"}
    absent |= {"São Tomé & Príncipe", "Yugoslavia", "Tunisia", "Uzbekistan"}
    assert not absent & voted
    assert absent <= set(table(VOTES)["country"])


def test_the_motion_on_iran_is_flagged_by_its_correction_alone() -> None:
    assert row(ROLL_CALLS, rcid=5916)["unres"] == "R/66/175"
    assert tally(5916) == (35, 100, 42)
    assert table(ROLL_CALLS)["no_action_motion"].null_count() == 6_203
    (entry,) = corrections(ROLL_CALLS)
    assert rows_changed(table(ROLL_CALLS), entry) == entry["rows"] == 1


def test_symbols_are_shared_and_flags_are_filled_in_part() -> None:
    frame = table(ROLL_CALLS)
    # The README's 703 counts the roll calls without a symbol as sharing one.
    assert frame["unres"].null_count() == 159
    assert frame["unres"].drop_nulls().is_duplicated().sum() == 703 - 159
    assert frame["para"].null_count() == 2_995
    later = frame.filter(pl.col("session").is_in([68, 69, 70, 73, 74]))
    assert later["para"].drop_nulls().is_empty()
    assert later["amend"].drop_nulls().is_empty()


def test_issues_are_six_and_belong_to_roll_calls() -> None:
    assert set(table(ISSUES)["short_name"]) == {"me", "nu", "di", "hr", "co", "ec"}
    assert set(table(ISSUES)["rcid"]) <= set(table(ROLL_CALLS)["rcid"])


def test_codes_of_states() -> None:
    frame = table(VOTES)
    assert frame["ccode"].null_count() == 0
    assert frame["country"].n_unique() == frame["ccode"].n_unique() == 200
    without = frame.filter(pl.col("country_code").is_null())["country"].unique().to_list()
    assert set(without) == {"Federal Republic of Germany", "Yemen Arab Republic", "Zanzibar"}
    assert row(VOTES, rcid=5029, country="Namibia")["country_code"] == "NA"
    spans = frame.group_by("ccode").agg(
        first=pl.col("date").min().dt.year(), last=pl.col("date").max().dt.year()
    )
    years = {code: (first, last) for code, first, last in spans.rows()}
    assert years[345] == (1946, 2020)
    assert years[710][0] == years[713][1] == 1971
    # The votes of Germany in autumn 1990 still stand under the Federal Republic's number.
    assert (years[260], years[255][0]) == ((1973, 1990), 1991)


def test_the_two_files_agree_wherever_both_have_a_vote() -> None:
    words = {"yes": 1, "abstain": 2, "no": 3}
    cast = table(VOTES).select("rcid", "ccode", said=pl.col("vote").replace_strict(words))
    published = table(PUBLISHED).filter(pl.col("vote") <= 3)
    both = published.join(cast, on=["rcid", "ccode"])
    assert published.height - both.height == 84
    assert (both["vote"] == both["said"]).all()


def test_published_has_absences_and_no_members() -> None:
    frame = table(PUBLISHED)
    assert (frame["rcid"].n_unique(), frame["ccode"].n_unique()) == (5_429, 200)
    assert frame["vote"].value_counts().sort("vote").rows() == [
        (None, 254_521),
        (1, 588_800),
        (2, 95_099),
        (3, 54_865),
        (8, 73_328),
    ]
    assert frame.filter(pl.col("vote").is_null(), pl.col("member")).height == 2_223
    assert rows(PUBLISHED, ccode=710, vote=8).height == 399
