"""Sponsors of texts on rights: how lists are read, and what is known of the texts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from measuring import shipped

from beholden.measures import Target, Years, known
from beholden.measures.sponsors import COSPONSORSHIP, SPONSORS, _read, rights_texts, sponsorship
from beholden.measures.states_and_pairs import values_of

if TYPE_CHECKING:
    from beholden.measures import Measure
    from beholden.panels import Holdings

ISLAMIC = "THE STATES MEMBERS OF THE UNITED NATIONS THAT ARE MEMBERS OF THE ORGANIZATION OF ISLAMIC"


def of(measure: Measure, holdings: Holdings, state: str, **picks: str) -> pl.DataFrame:
    return values_of(measure, holdings, picks).frame.filter(pl.col("state") == state)


def pair(holdings: Holdings, state: str, other: str, **picks: str) -> dict[int, float | None]:
    frame = of(COSPONSORSHIP, holdings, state, **picks).filter(pl.col("other") == other)
    return dict(frame.sort("year").select("year", "x").rows())


def counts(holdings: Holdings, state: str, **picks: str) -> dict[int, float | None]:
    frame = of(SPONSORS, holdings, state, **picks)
    return dict(frame.sort("year").select("year", "x").rows())


def test_sponsors_on_north_korea(holdings: Holdings) -> None:
    assert counts(holdings, "PRK") == {
        2019: 61,
        2020: 58,
        2021: 60,
        2022: 63,
        2023: 62,
        2024: 61,
        2025: 61,
    }
    # South Korea stood aside from 2019 to 2021.
    assert pair(holdings, "PRK", "KOR") == {
        **dict.fromkeys((2019, 2020, 2021), 0),
        **dict.fromkeys((2022, 2023, 2024, 2025), 1),
    }
    assert set(pair(holdings, "PRK", "CHN").values()) == {0}
    assert set(pair(holdings, "PRK", "JPN").values()) == {1}


def test_the_case_file_has_the_same_texts(holdings: Holdings) -> None:
    votes = shipped()["votes"].frame
    for body, name, bodies in (
        ("UNGA plenary", "un_ga_resolutions_dgacm", "Assembly"),
        ("UNHRC", "un_hrc_resolutions_dgacm", "Human Rights Council"),
    ):
        own = sponsorship(holdings, bodies).texts.filter(state="PRK")["symbol"]
        days = holdings.frame(name, ("symbol", "date")).filter(pl.col("symbol").is_in(own))
        facts = votes.filter(body=body).select("symbol", pl.col("start").alias("date"))
        both = days.join(facts, on="symbol", suffix="_fact")
        assert both.height == {"Assembly": 6, "Human Rights Council": 1}[bodies]
        assert (both["date"] == both["date_fact"]).all()


def test_a_count_is_the_number_of_ones(holdings: Holdings) -> None:
    """Two ways to the same number of states named."""
    frame = values_of(COSPONSORSHIP, holdings, {}).frame
    ones = frame.group_by("state", "year").agg(
        pl.col("x").sum().alias("ones"), pl.col("x").null_count().alias("open"), pl.len()
    )
    assert ones.height == 34
    both = values_of(SPONSORS, holdings, {}).frame.join(ones, on=["state", "year"])
    assert (both["x"] == both["ones"]).all()
    assert (both["len"] == 192).all()
    assert set(both.filter(pl.col("open") > 0)["state"]) == {"MMR"}


def test_counts_from_the_original_lists(holdings: Holdings) -> None:
    """The lists as the resolutions print them, split anew."""
    resolutions = holdings.frame("un_ga_resolutions_dgacm")
    for symbol in ("A/RES/77/226", "A/RES/79/183", "A/RES/78/222"):
        row = resolutions.filter(symbol=symbol).row(0, named=True)
        lists = [row["sponsors"].split("; "), row["additional_sponsors"].split("; ")]
        own = sponsorship(holdings, "Assembly").named.filter(symbol=symbol)
        assert own["iso3"].n_unique() == len({name for names in lists for name in names})
        assert own.filter("tabled")["iso3"].n_unique() == len(set(lists[0]))


def test_a_broken_name_is_read(holdings: Holdings) -> None:
    # Printed CZECHI A among those who joined in 2023.
    assert pair(holdings, "SYR", "CZE")[2023] == 1
    text = sponsorship(holdings, "Assembly").named.filter(symbol="A/RES/78/222", iso3="CZE")
    assert text["tabled"].to_list() == [False]


def test_whom_a_speaker_stands_for_is_unknown(holdings: Holdings) -> None:
    """The texts on Myanmar are put forward for the Organisation of Islamic Cooperation."""
    assert pair(holdings, "MMR", "PAK")[2022] == 1
    assert pair(holdings, "MMR", "PAK")[2019] is None
    assert pair(holdings, "MMR", "TUR")[2025] is None
    # China, Russia and India are no members, so theirs is known.
    for other in ("CHN", "RUS", "IND"):
        assert set(pair(holdings, "MMR", other).values()) == {0}
    # In 2021 the Assembly also had the text after the coup, which Turkey sponsored.
    assert pair(holdings, "MMR", "TUR")[2021] == 1
    assert pair(holdings, "MMR", "TUR", texts="share")[2021] is None
    assert pair(holdings, "MMR", "USA", texts="share")[2021] == 1
    frame = of(SPONSORS, holdings, "MMR").filter(year=2019)
    assert frame.select("x", "low").row(0) == (47, 47)
    # The others of the group, some fifty, at the upper end.
    assert 95 <= frame["high"].item() <= 105


def test_the_council(holdings: Holdings) -> None:
    council = {"bodies": "Human Rights Council"}
    assert counts(holdings, "PRK", **council) == {2024: 44, 2025: 43}
    assert counts(holdings, "BLR", **council) == {2024: 39, 2025: 38}
    assert pair(holdings, "BLR", "RUS", **council) == {2024: 0, 2025: 0}
    # Pakistan alone stands for a group on the Rohingya, so the year's number is unknown.
    assert counts(holdings, "MMR", **council) == {2024: None, 2025: None}
    # The Assembly has had no text on Belarus or Cuba in these years.
    assert counts(holdings, "BLR") == counts(holdings, "CUB") == counts(holdings, "ISR") == {}
    both = counts(holdings, "PRK", bodies="both bodies")
    assert both[2024] == 63
    assert counts(holdings, "PRK", bodies="both bodies", several="per text")[2024] == (61 + 44) / 2


def test_at_tabling_there_are_fewer(holdings: Holdings) -> None:
    early, late = counts(holdings, "PRK", joined="at tabling"), counts(holdings, "PRK")
    assert early[2019] == 61 - 17
    assert all(early[year] < late[year] for year in late)  # type: ignore[operator]


def test_corrections_by_hand_hold_here_too(holdings: Holdings) -> None:
    texts = rights_texts(holdings.frame("un_ga_resolutions_dgacm"), "GA")
    symbols = set(texts["symbol"])
    # The text after the coup in Myanmar is in, that of 2025 which Syria itself voted for is out.
    assert "A/RES/75/287" in symbols
    assert "A/RES/80/224" not in symbols
    # Adopted without a vote, and in.
    assert "A/RES/79/181" in symbols
    assert texts.filter(symbol="A/RES/ES-11/3")["state"].to_list() == ["RUS"]


def entry(sponsor: str, iso3: str | None = None, role: str = "sponsor") -> dict[str, Any]:
    return {
        "symbol": "A/RES/99/1",
        "date": date(2024, 12, 17),
        "sponsor": sponsor,
        "iso3": iso3,
        "role": role,
    }


@pytest.mark.parametrize(
    ("entries", "names", "whose"),
    [
        ([entry("JAPAN", "JPN"), entry("PALAU", "PLW")], {"JPN", "PLW"}, "nobody"),
        ([entry("Austria, Belgium and Chad")], {"AUT", "BEL", "TCD"}, "nobody"),
        ([entry("IR ELAND")], {"IRL"}, "nobody"),
        ([entry(f"NIGER, ON BEHALF OF {ISLAMIC} COOPERATION")], {"NER"}, "members of the OIC"),
        (
            [entry("Austria and Iraq (on behalf of the Group of 77 and China) and Chad")],
            {"AUT", "IRQ", "TCD"},
            "anybody",
        ),
        ([entry("JAPAN", "JPN"), entry("XQZ")], {"JPN"}, "anybody"),
        ([entry("JAPAN", "JPN"), entry("STATE OF PALESTINE")], {"JPN"}, "nobody"),
    ],
)
def test_how_entries_are_read(entries: list[dict[str, Any]], names: set[str], whose: str) -> None:
    read = _read(entries, "GA")
    assert set(read.named["iso3"]) == names
    assert read.texts.row(0) == ("A/RES/99/1", whose)


def test_a_chairs_text_says_nothing_of_states() -> None:
    assert _read([entry("SUBMITTED BY THE CHAIR OF THE COMMITTEE")], "GA").texts.is_empty()


def test_a_single_sponsor_in_the_council_may_speak_for_others() -> None:
    assert _read([entry("PAKISTAN", "PAK")], "HRC").texts["open"].to_list() == ["anybody"]
    assert _read([entry("PAKISTAN", "PAK")], "GA").texts["open"].to_list() == ["nobody"]


def test_a_claim_sees_its_state(holdings: Holdings) -> None:
    held = known({}, date.max, data=holdings)
    aim = Target("PRK", "CHN", years=Years(2015, 2022))
    assert SPONSORS.compute is not None
    series = SPONSORS.compute(held, aim, SPONSORS.reference())
    assert series.frame.select("year", "x", "high").rows() == [
        (2019, 61, 61),
        (2020, 58, 58),
        (2021, 60, 60),
        (2022, 63, 63),
    ]
