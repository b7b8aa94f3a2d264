"""Recommendations of the Universal Periodic Review on their originals."""

from __future__ import annotations

import polars as pl
from checking_rights import faults, rows, table

NAME = "un_upr_recommendations"


def test_the_set_is_what_it_says() -> None:
    assert faults(NAME) == []


def test_size_and_answers() -> None:
    frame = table(NAME)
    assert frame.height == 41_066
    assert dict(frame["response"].value_counts().rows()) == {"Accepted": 30_472, "Noted": 10_594}
    assert set(frame["action"]) == {1, 2, 3, 4, 5}
    assert set(frame["session"]) == set(range(1, 21))


def test_north_korea_under_review() -> None:
    found = rows(NAME, under_review="DPR Korea")
    assert dict(found["session"].value_counts().rows()) == {6: 167, 19: 269}
    assert set(found.select("session", "year").rows()) == {(6, 2009), (19, 2014)}


def test_china_recommends() -> None:
    found = rows(NAME, recommending="China")
    assert (found.height, found.filter(action=2).height) == (239, 123)


def test_names_and_codes() -> None:
    frame = table(NAME)
    assert frame["under_review_code"].null_count() == 0
    unknown = frame.filter(pl.col("recommending_code").is_null())["recommending"]
    assert (unknown.len(), unknown.n_unique()) == (9, 1)
    korean = frame.filter(recommending="Republic of Korea")["recommending_code"]
    assert set(korean) == {"KOR"}


def test_accents_are_read() -> None:
    assert not table(NAME)["text"].str.contains("\ufffd").any()
    assert table(NAME)["text"].str.contains("Defensoría").any()
