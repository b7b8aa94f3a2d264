"""The expectation language: what it accepts, what it answers, and how its errors read."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from beholden.claims.evaluate import (
    Frame,
    Schema,
    check,
    evaluate,
    figure,
    threshold,
    words,
)
from beholden.claims.expression import parse
from beholden.claims.syntax import FUNCTIONS, KEYWORDS, Comparison, Name, Number, Text
from beholden.errors import ExpressionError

if TYPE_CHECKING:
    from collections.abc import Callable

LEVEL = Schema({"year": "number", "x": "number"}, {"slope_low": "number", "before": "number"})
VOTES = Schema(
    {
        "date": "date",
        "year": "number",
        "subject": "text",
        "vote": "text",
        "margin": "number",
        "adopted": "bool",
    },
    {"label": "text", "since": "date", "known": "bool"},
)
YEARS = Frame(
    {
        "year": np.array([2009.0, 2010.0, 2011.0, 2012.0, 2013.0]),
        "x": np.array([0.2, 0.4, np.nan, 0.9, 0.6]),
    },
    {"slope_low": 0.01, "before": 10.0, "after": 4.0, "ratio": None, "label": "a", "rows": 3},
    {
        "early": np.array([True, True, False, False, False]),
        "late": np.array([False, False, True, True, True]),
    },
)
ASSEMBLY = Frame(
    {
        "date": np.array(["2014-12-18", "2015-12-17", "NaT", "2016-10-27"], "datetime64[D]"),
        "subject": np.array(["rights", "rights", "rights", "nuclear"], dtype=object),
        "vote": np.array(["no", "no", None, "yes"], dtype=object),
        "adopted": np.array([True, None, True, False], dtype=object),
        "recorded": np.array([True, True, False, True]),
        "silent": np.array([None, None, None, None], dtype=object),
    }
)


def fault(run: Callable[[], object]) -> tuple[str, int, str]:
    with pytest.raises(ExpressionError) as caught:
        run()
    return str(caught.value), caught.value.offset, caught.value.hint


# Reading


def test_tree_keeps_offsets_and_ignores_them_when_compared() -> None:
    tree = parse("  max>=80%").root
    assert tree == Comparison((Name("max"), Number("80%")), (">=",))
    assert isinstance(tree, Comparison)
    assert [(each.start, each.end) for each in tree.operands] == [(2, 5), (7, 10)]


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("max>=0.80", "max >= 0.80"),
        ("((a+b))*c<1", "(a + b) * c < 1"),
        ("a-(b-c)-d==0", "a - (b - c) - d == 0"),
        ("-(a)*-b<--c", "-a * -b < --c"),
        ("not(a and b)or not not c", "not (a and b) or not not c"),
        ("a and(b or c)", "a and (b or c)"),
        ("(a<b)==(c<d)", "(a < b) == (c < d)"),
        ("(not a)==b", "(not a) == b"),
        ("0.7<=mean<=0.9", "0.7 <= mean <= 0.9"),
        ("vote=='no'", 'vote == "no"'),
        ("vote=='say \"no\"'", "vote == 'say \"no\"'"),
        ("2015 - 10 - 22 > day_1", "2015 - 10 - 22 > day_1"),
        ("max(x where year>=2011)>1e-3", "max(x where year >= 2011) > 1e-3"),
        ("count( true\n where not adopted )>1", "count(true where not adopted) > 1"),
    ],
)
def test_usual_spelling(text: str, rendered: str) -> None:
    assert parse(text).render() == rendered
    assert parse(rendered) == parse(text)


def test_dates_are_not_subtractions() -> None:
    assert parse("last(date) >= 2015-10-22") != parse("last(date) >= 2015 - 10 - 22")


def test_an_expression_too_long_in_its_usual_spelling_is_left_as_written() -> None:
    text = "+".join(["1"] * 245) + ">max"
    assert parse(text).render() == text


def test_names_are_columns_scalars_and_bare_aggregates() -> None:
    expression = parse("max > before and share_of_years(x > 0.5 where year > 2010) > 0")
    assert expression.names == {"max", "before", "x", "year"}


@pytest.mark.parametrize(
    ("literal", "value"),
    [("80%", 0.8), ("0.7%", 0.007), ("12.5%", 0.125), ("1e2%", 1.0), ("1.5E-3", 0.0015)],
)
def test_percentages_are_rounded_once(literal: str, value: float) -> None:
    assert Number(literal).value == value


@pytest.mark.parametrize(
    ("text", "message", "offset", "hint"),
    [
        ("", "expected an expectation, found nothing", 0, "Write one, as in max >= 0.8."),
        ("  ", "expected an expectation, found nothing", 0, "Write one, as in max >= 0.8."),
        ("max = 1", 'expected "==", found "="', 4, "Write == to compare."),
        ("max >=", "expected a value, found the end", 6, ""),
        ("max >= >= 1", 'expected a value, found ">="', 7, ">= stands between two values."),
        ("max 0.8", 'expected an operator or the end, found "0.8"', 4, ""),
        (
            "max > 1 AND min > 0",
            'expected an operator or the end, found "AND"',
            8,
            "Write and in small letters.",
        ),
        (
            "(max > 1",
            'expected an operator or ")", found the end',
            8,
            'The "(" at character 1 is not closed.',
        ),
        (
            "max(x, 1) > 1",
            'expected an operator, "where" or ")", found ","',
            5,
            "A function takes one argument; a filter follows where.",
        ),
        (
            "abs(x where y) > 1",
            'expected an operator or ")", found "where"',
            6,
            (
                "where belongs inside the brackets of max, min, mean, median, sum, last, first, "
                "value, count, share_of_years, share_of_votes, share_of_events."
            ),
        ),
        (
            "count(where adopted) > 1",
            'expected a value, found "where"',
            6,
            "The condition comes first: count(true where year > 2010).",
        ),
        ("max() > 1", 'expected a value, found ")"', 4, ""),
        (
            "shares_of_years(x > 1) > 1",
            'expected a function, found "shares_of_years"',
            0,
            'Did you mean "share_of_years"?',
        ),
        (
            'vote == "no',
            "expected a closing quotation mark, found none",
            8,
            'The text that starts here has no second " on its line.',
        ),
        (
            "max ≥ 1",
            'expected a name, a value or an operator, found "≥"',
            4,
            "Write >=.",
        ),
        (
            "max > .5",
            'expected a name, a value or an operator, found "."',
            6,
            "A decimal starts with a digit, as in 0.5.",
        ),
        (
            "max > 80 %",
            'expected a name, a value or an operator, found "%"',
            9,
            "A percentage is a number with % right behind it, as in 80%.",
        ),
        ("max > \x00", "expected a name, a value or an operator, found character U+0000", 6, ""),
        ("max > 1e999", 'expected a number below 1.8e308, found "1e999"', 6, ""),
        (
            "last(date) > 2015-02-30",
            'expected a date of the calendar, found "2015-02-30"',
            13,
            "Dates are year-month-day; put spaces round - to subtract.",
        ),
        (
            "a == not b",
            'expected a value, found "not"',
            5,
            "Put brackets round it, as in (not adopted).",
        ),
    ],
)
def test_reading_errors(text: str, message: str, offset: int, hint: str) -> None:
    assert fault(lambda: parse(text)) == (message, offset, hint)


def test_length_is_limited() -> None:
    parse("max > 1" + " " * 493)
    message, offset, _ = fault(lambda: parse("max > 1" + " " * 494))
    assert message == "expected at most 500 characters, found 501"
    assert offset == 500


@pytest.mark.parametrize(
    ("opening", "closing"), [("(", ")"), ("-", ""), ("not ", ""), ("abs(", ")")]
)
def test_depth_is_limited(opening: str, closing: str) -> None:
    parse(opening * 50 + "x" + closing * 50)
    message, offset, _ = fault(lambda: parse(opening * 51 + "x" + closing * 51))
    assert message == "expected at most 50 levels of nesting, found more"
    assert offset == 51 * len(opening) - (1 if opening in ("(", "-", "abs(") else 4)


def test_deep_comparisons_take_no_longer_than_shallow_ones() -> None:
    deep = parse("(" * 50 + "1 < 2" + ")==true" * 50)
    assert figure(deep) is None
    assert words(deep).startswith("1 is below 2 is true")


# Types and names


@pytest.mark.parametrize(
    "text",
    [
        "max >= 0.80",
        "0.7 <= mean <= 90%",
        "share_of_years(x > 0.5) >= 0.9",
        "slope_low > 0",
        "every_period(mean >= 25%)",
        "share_of_periods(max(x) > 0.5) >= 2/3",
        "max(x where year >= 2011) >= 1.5 * max(x where year == 2010)",
        "share_of_years(x > mean) < 0.5",
        "abs(last - first) < 0.1 and true",
        "max(abs(x - 1)) < 1",
        "count(true where x > 1) == 0",
    ],
)
def test_well_typed(text: str) -> None:
    check(parse(text), LEVEL)


@pytest.mark.parametrize(
    "text",
    [
        'share_of_votes(vote == "no" where subject == "rights") == 1',
        "share_of_votes(adopted) > 50%",
        "max(date) >= since",
        'last(vote where adopted) == "no"',
        "first(adopted) == known",
        "last(vote) != label",
        "not known",
        "count(2010-01-01 <= date < 2020-01-01) >= 1",
    ],
)
def test_well_typed_on_votes(text: str) -> None:
    check(parse(text), VOTES)


@pytest.mark.parametrize(
    ("schema", "text", "message", "offset", "hint"),
    [
        (
            LEVEL,
            'max >= "no"',
            'expected a number after ">=", found text: "no"',
            7,
            "Numbers are written without quotation marks.",
        ),
        (
            LEVEL,
            "x >= 80%",
            "expected one value, found the column x",
            0,
            "x has one value per row; say max(x), mean(x), share_of_years(x > ...).",
        ),
        (
            LEVEL,
            "max > 0 and 2 * x > before",
            "expected one value, found the column x",
            16,
            "x has one value per row; say max(x), mean(x), share_of_years(x > ...).",
        ),
        (
            VOTES,
            'vote == "no"',
            "expected one value, found the column vote",
            0,
            'vote has one value per row; say share_of_votes(vote == "..."), count(vote == "...").',
        ),
        (
            VOTES,
            "not adopted",
            "expected one value, found the column adopted",
            4,
            "adopted has one value per row; say share_of_votes(adopted), count(adopted).",
        ),
        (
            VOTES,
            "date > since",
            "expected one value, found the column date",
            0,
            "date has one value per row; say max(date), min(date), share_of_votes(date >= ...).",
        ),
        (
            LEVEL,
            "every_period(x > 1)",
            "expected one value, found the column x",
            13,
            "x has one value per row; say max(x), mean(x), share_of_years(x > ...).",
        ),
        (
            LEVEL,
            "max",
            "expected a condition, found a number: max",
            0,
            "Compare it, as in max >= 0.8.",
        ),
        (
            LEVEL,
            "max and min > 0",
            'expected a condition beside "and", found a number: max',
            0,
            "Compare it, as in max >= 0.8.",
        ),
        (
            LEVEL,
            "slop_low > 0",
            'expected the name of a column or figure, found "slop_low"',
            0,
            'Did you mean "slope_low"?',
        ),
        (
            LEVEL,
            "max > 0 and True",
            'expected the name of a column or figure, found "True"',
            12,
            "Write true in small letters.",
        ),
        (
            LEVEL,
            "count > 1",
            'expected "(" after count, found none',
            5,
            "count is a function: count(...).",
        ),
        (
            VOTES,
            "max > 1",
            "expected a column x for max, found none",
            0,
            "Name a column, as in max(date).",
        ),
        (
            LEVEL,
            "max(0.5) > 1",
            "expected a column in max(...), found one value",
            4,
            "Columns: year, x.",
        ),
        (
            Schema({}, {"before": "number"}),
            "max(before) > 1",
            "expected a column in max(...), found one value",
            4,
            "There are no columns.",
        ),
        (
            VOTES,
            "mean(adopted) > 0.5",
            "expected a number in mean(...), found a condition: adopted",
            5,
            "Say count(adopted).",
        ),
        (
            VOTES,
            'max(vote) > "no"',
            "expected a number or a date in max(...), found text: vote",
            4,
            "",
        ),
        (
            LEVEL,
            "share_of_years(x) > 0.5",
            "expected a condition in share_of_years(...), found a number: x",
            15,
            "Compare it, as in x >= 0.8.",
        ),
        (
            LEVEL,
            "share_of_years(max > 0.5) > 0.5",
            "expected a condition on each row in share_of_years(...), found one for all rows",
            15,
            "Columns: year, x.",
        ),
        (
            LEVEL,
            "max(x where year) > 0.5",
            "expected a condition after where, found a number: year",
            12,
            "Compare it, as in year >= 0.8.",
        ),
        (
            VOTES,
            "last(date) > 2015-1-5",
            'expected a date after ">", found a number: 2015 - 1 - 5',
            13,
            "Dates are written as 2015-01-31, without spaces.",
        ),
        (
            VOTES,
            'label < "no"',
            'expected a number or a date before "<", found text: label',
            0,
            "Only == and != fit here.",
        ),
        (VOTES, "-label == 1", 'expected a number after "-", found text: label', 1, ""),
        (
            LEVEL,
            "every_period(every_period(max > 1))",
            "expected a condition on one period, found every_period",
            13,
            "Periods do not contain periods.",
        ),
        (
            LEVEL,
            "every_period(max)",
            "expected a condition in every_period(...), found a number: max",
            13,
            "Compare it, as in max >= 0.8.",
        ),
    ],
)
def test_faults_of_type(schema: Schema, text: str, message: str, offset: int, hint: str) -> None:
    assert fault(lambda: check(parse(text), schema)) == (message, offset, hint)


@pytest.mark.parametrize("text", ["max", "first(adopted)", "last(vote)", "max(date)", "before"])
def test_a_figure_may_be_of_any_kind(text: str) -> None:
    columns = {**VOTES.columns, "x": "number"}
    check(parse(text), Schema(columns, {"before": "number"}), condition=False)


def test_a_figure_is_one_value() -> None:
    message, offset, _ = fault(lambda: check(parse("1 + x"), LEVEL, condition=False))
    assert message == "expected one value, found the column x"
    assert offset == 4


def test_a_declared_name_wins_over_an_aggregate() -> None:
    check(parse('value == "a"'), Schema({"x": "number"}, {"value": "text"}))
    assert evaluate(parse("value"), Frame({"x": np.array([1.0, 2.0])}, {"value": "a"})) == "a"


def test_a_schema_refuses_kinds_that_do_not_exist() -> None:
    with pytest.raises(
        ValueError, match=r"expected the kind of x to be one of number, .*, found 'float'"
    ):
        Schema({"x": "float"}, {})


# Answers


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("max", 0.9),
        ("min(x where year >= 2011)", 0.6),
        ("median(x)", 0.5),
        ("first", 0.2),
        ("last(x where year <= 2011)", 0.4),
        ("sum(x) / count(x > 0)", 0.525),
        ("value(x where year == 2010)", 0.4),
        ("value(x where year == 2011)", None),
        ("count(true)", 5.0),
        ("count(x > 0.5)", 2.0),
        ("share_of_years(x > 0.5)", 0.5),
        ("share_of_years(x > 0.5 where year == 2011)", None),
        ("max(x where year > 2020)", None),
        ("max > ratio", None),
        ("max > ratio and false", False),
        ("max > ratio or slope_low > 0", True),
        ("abs(min - 1) == 0.8", True),
        ("after <= 0.5 * before", True),
        ("before / 0 > 1", None),
        ("1e308 * 10 > 1", None),
        ("share_of_years(1 / (x - x) > 0)", None),
        ("every_period(min >= 20%)", True),
        ("every_period(max > 0.5)", False),
        ("every_period(value(x where year == 2011 or year == 2010) > 0)", None),
        ("share_of_periods(max > 0.5) >= 1/2", True),
        ("max(x where year >= 2011) >= 1.5 * max(x where year == 2010)", True),
        ("share_of_years(x > mean)", 0.5),
        ("0.5 < max <= 0.9 < rows", True),
        ("-max < 0", True),
        ('label != "b"', True),
    ],
)
def test_answers_on_years(text: str, answer: object) -> None:
    assert evaluate(parse(text), YEARS) == (answer if answer is None else pytest.approx(answer))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('share_of_votes(vote == "no" where subject == "rights") == 1', True),
        ('share_of_votes(vote != "no")', 1 / 3),
        ('count(vote == "no" where date >= 2015-01-01)', 1.0),
        ("share_of_votes(adopted)", 2 / 3),
        ("count(adopted and recorded)", 1.0),
        ("count(adopted == true)", 2.0),
        ("count(adopted != recorded)", 2.0),
        ("count(not adopted)", 1.0),
        ("max(date)", date(2016, 10, 27)),
        ("min(date where adopted) == 2014-12-18", True),
        ('last(date where vote == "maybe")', None),
        ("first(vote)", "no"),
        ("last(vote where recorded)", "yes"),
        ("last(adopted)", False),
        ("first(adopted where date == 2015-12-17)", None),
        ("share_of_votes(silent)", None),
        ("max(silent) > 1", None),
        ('count(silent == "no")', 0.0),
        ("count(silent > 3)", 0.0),
        ("count(silent < silent)", 0.0),
        ("last(silent)", None),
        ("every_period(count(adopted) > 0)", None),
        ("share_of_periods(count(adopted) > 0)", None),
    ],
)
def test_answers_on_votes(text: str, answer: object) -> None:
    assert evaluate(parse(text), ASSEMBLY) == (answer if answer is None else pytest.approx(answer))


def test_whole_numbers_and_objects_are_numbers_too() -> None:
    frame = Frame({"x": np.array([3, None, 5], dtype=object), "n": np.array([1, 2, 3])})
    assert evaluate(parse("mean(x) + max(n)"), frame) == 7.0


def test_dates_may_come_as_objects() -> None:
    frame = Frame({"day": np.array([date(2015, 1, 2), None], dtype=object)}, {"end": date.max})
    assert evaluate(parse("max(day) == 2015-01-02 and min(day) < end"), frame) is True


def test_infinite_bounds_compare_as_numbers() -> None:
    assert evaluate(parse("ratio_high < 2"), Frame({}, {"ratio_high": float("inf")})) is False


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("value > 1", "expected exactly one row for value, found 5", 0),
        ("1 < value(x where year > 2020)", "expected exactly one row for value, found 0", 4),
        ("x > 1", "expected one value, found one value per row", 0),
        ("y > 1", 'expected the name of a column or figure, found "y"', 0),
        ("label > 1", 'expected text after ">", found a number', 8),
        ("1 + label > 1", "expected a number, found text", 4),
        ('label < "b"', 'expected a number or a date beside "<", found text', 8),
        ("true < false", 'expected a number or a date beside "<", found a condition', 7),
        ("max and true", "expected a condition, found a number", 0),
    ],
)
def test_faults_that_only_the_data_shows(text: str, message: str, offset: int) -> None:
    assert fault(lambda: evaluate(parse(text), YEARS))[:2] == (message, offset)


def test_a_frame_refuses_uneven_columns() -> None:
    with pytest.raises(ValueError, match=r"expected 2 rows in y, found shape \(3,\)"):
        Frame({"x": np.zeros(2), "y": np.zeros(3)})


# The page for authors


PAGE = (Path(__file__).parents[2] / "docs" / "expectations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", PAGE.split("```")[1].splitlines()[1:])
def test_documented_examples_are_read(text: str) -> None:
    assert parse(text).render().replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("word", [*FUNCTIONS, *KEYWORDS])
def test_every_word_is_documented(word: str) -> None:
    assert f"{word}(" in PAGE or f"`{word}`" in PAGE or f" {word} " in PAGE


# The figure and its wording


@pytest.mark.parametrize(
    ("text", "quantity", "limit"),
    [
        ("max >= 0.8", "max", 0.8),
        ("0.7 <= mean <= 0.9", "mean", 0.7),
        ("after <= 0.5 * before", "after", None),
        ("share_of_periods(max(x) > 0.5) >= 2/3", "share_of_periods(max(x) > 0.5)", 2 / 3),
        ("1 < 2 and (not (slope_low > -5%) or p < 1)", "slope_low", -0.05),
        ("2*(a + b) < 10", "2*(a + b)", 10.0),
        ("(a < 3) == true", "a", 3.0),
        ('last(vote) == "no"', "last(vote)", None),
        ("max >= 1/0", "max", None),
        ("every_period(mean >= 25%)", None, None),
        ("known", None, None),
    ],
)
def test_figure_and_threshold(text: str, quantity: str | None, limit: float | None) -> None:
    found = figure(parse(text))
    assert (found.text if found else None) == quantity
    assert threshold(parse(text)) == limit


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("max >= 80%", "the largest value is at least 80%"),
        ("0.7 <= mean <= 0.9", "the average value is between 0.7 and 0.9"),
        ("0 < min < 1", "the smallest value is above 0 and below 1"),
        ("0.5 > median", "the median value is below 0.5"),
        ("slope_low > -0.1", "the lower bound of the slope is above minus 0.1"),
        ("after <= 0.5 * before", "the figure after is at most 0.5 times the figure before"),
        ("after <= 50% * before", "the figure after is at most 50% of the figure before"),
        (
            "(before - after) / before > 1/3",
            "(the figure before minus the figure after) divided by the figure before is above 1/3",
        ),
        ("a < b < c", "a is below b, and b is below c"),
        ("every_period(mean >= 25%)", "in every period, the average value is at least 25%"),
        (
            "share_of_periods(max > 0.5) >= 2/3",
            "the share of periods in which the largest value is above 0.5 is at least 2/3",
        ),
        (
            'share_of_votes(vote == "no" where subject == "rights") == 1',
            (
                'the share of votes in which vote is "no", among those where subject is "rights", '
                "equals 1"
            ),
        ),
        (
            'count(kind == "summit" where date >= 2015-01-01) >= 1',
            (
                'the number of cases in which kind is "summit", among those where the date is on '
                "or after 1 January 2015, is at least 1"
            ),
        ),
        (
            "max(x where year >= 2011) >= 1.5 * max(x where year == 2010)",
            (
                "the largest value, among those where the year is 2011 or later, is at least 1.5 "
                "times the largest value, among those where the year is 2010"
            ),
        ),
        (
            'share_of_votes(adopted and vote != "yes") == 0',
            'the share of votes in which adopted is true and vote is not "yes", equals 0',
        ),
        (
            "count(true where not adopted) == 0",
            "the number of cases where adopted is false equals 0",
        ),
        ("count(false) == 0", "the number of cases, counted as none equals 0"),
        (
            "not (max > 3 or last_one == 2)",
            "it is not the case that (the largest value is above 3, or last one equals 2)",
        ),
        ("max(date) < 2020-02-01", "the latest date is before 1 February 2020"),
        ("sum(yes) != 3", "the total number of yes votes does not equal 3"),
        (
            "mean(abs(x)) < 1",
            "the average result of the absolute value of the value is below 1",
        ),
        ("known == true", "known is true"),
    ],
)
def test_words(text: str, sentence: str) -> None:
    assert words(parse(text)) == sentence


def test_words_keep_what_is_quoted() -> None:
    assert words(parse("last(kind) == 'a, b,'")) == 'the last kind is "a, b,"'


def test_tree_of_a_text() -> None:
    assert parse("'no'").root == Text("no")
