"""How figures are written: no more digits than they bear, and signs that read well."""

from __future__ import annotations

import pytest

from beholden.profiles.numbers import range_words, rounded, unit_after, unit_words, written


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (0.0, "share", "0%"),
        (0.00001, "share", "under 0.1%"),
        (0.0049, "share", "0.5%"),
        (0.0994, "share", "9.9%"),
        (0.0996, "share", "10%"),
        (1.234, "share of product", "123%"),
        (-0.02, "share of product", "−2.0%"),
        (-0.382, "difference of shares", "−38 points"),
        (0.004, "difference of shares", "0.4 points"),
        (2.5, "rank", "2.5"),
        (0.0, "0 or 1", "no"),
        (0.5, "0 or 1", "0.50"),
        (1234567.0, "persons", "1,234,567"),
        (123.4, "index", "123"),
        (12.34, "index", "12.3"),
        (0.6321, "0 to 1", "0.63"),
        (0.0832, "0 to 1", "0.083"),
        (0.00123, "0 to 1", "0.0012"),
        (-0.0000001, "index", "above −0.0001"),
        (None, "share", "–"),
    ],
)
def test_figures(value: float | None, scale: str, text: str) -> None:
    assert written(value, scale) == text


def test_ranges() -> None:
    assert range_words(-0.62, 0.99, "difference of shares") == "−62 to 99 points"
    assert range_words(0.401, 0.402, "share") == ""
    assert range_words(None, 0.402, "share") == ""


@pytest.mark.parametrize(
    ("scale", "above", "behind"),
    [
        ("share", "percent", ""),
        ("share of the world", "percent of the world", ""),
        ("percentile", "percentile among all states", ""),
        ("0 or 1", "yes or no", ""),
        ("1 to 5", "scale from 1 to 5", "on a scale from 1 to 5"),
        ("persons", "persons", "persons"),
        ("rank", "rank, 1 is first", ""),
    ],
)
def test_units(scale: str, above: str, behind: str) -> None:
    assert (unit_words(scale), unit_after(scale)) == (above, behind)


def test_values_for_machines_keep_six_digits() -> None:
    assert [rounded(x) for x in (1234567.891, 0.000123456789, -1.0, 0.0)] == [
        1234570.0,
        0.000123457,
        -1.0,
        0.0,
    ]
