"""Trade of all pairs: shares, dependence and partners, against figures by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from beholden.measures import MEASURES
from beholden.measures.flows import BOOKED_SOUTH, FALSE_ZERO, UNKNOWN_TOTAL, Flows, flows
from beholden.measures.states_and_pairs import values_of
from beholden.measures.trade import shares

if TYPE_CHECKING:
    from beholden.panels import Holdings, Values

PRK, CHN, RUS, CUB, USA, CAN = 731, 710, 365, 40, 2, 20


def small(**totals: list[float | None]) -> Flows:
    """State 1 trades with 2, 3 and 4 in one year."""
    pairs = pl.DataFrame(
        {
            "state": [1, 1, 1],
            "other": [2, 3, 4],
            "year": [2000, 2000, 2000],
            "imports": totals["imports"],
            "exports": totals["exports"],
            "dropped": pl.Series([None, None, None], dtype=pl.String),
        },
        schema_overrides={"imports": pl.Float64, "exports": pl.Float64},
    )
    sums = pairs.group_by("state", "year").agg(pl.col("imports").sum(), pl.col("exports").sum())
    sums = sums.with_columns(
        trade=pl.col("imports") + pl.col("exports"), why=pl.lit(None, dtype=pl.String)
    )
    return Flows(pairs, sums, "cow", "made", "", (2000, 2000))


def at(values: Values, state: object, other: object, year: int) -> dict[str, object]:
    frame = values.frame.filter(
        (pl.col("state") == state) & (pl.col("other") == other) & (pl.col("year") == year)
    )
    return frame.row(0, named=True) if frame.height else {}


def test_shares_by_hand() -> None:
    found = shares(small(imports=[60.0, 30.0, 10.0], exports=[40.0, 60.0, 0.0]), "trade")
    assert found["x"].to_list() == [0.5, 0.45, 0.05]
    imports = shares(small(imports=[60.0, 30.0, 10.0], exports=[0.0, 0.0, 0.0]), "imports")
    assert imports["x"].to_list() == [0.6, 0.3, 0.1]


def test_an_unknown_flow_is_no_zero() -> None:
    found = shares(small(imports=[60.0, None, 10.0], exports=[40.0, 60.0, 0.0]), "trade")
    # The pair's own trade is unknown; the sum over all partners holds what is known.
    assert found["x"].to_list() == [100 / 170, None, 10 / 170]


def test_a_state_without_trade_has_no_shares() -> None:
    found = shares(small(imports=[0.0, 0.0, 0.0], exports=[0.0, 0.0, 0.0]), "trade")
    assert found["x"].to_list() == [None, None, None]


@pytest.mark.parametrize(
    ("year", "imports", "exports", "total"),
    [(2000, 567, 86, 3165), (2012, 3854, 2491, 8422), (2014, 3883, 2845, 8484)],
)
def test_chinas_share_in_the_published_flows(
    holdings: Holdings, year: int, imports: int, exports: int, total: int
) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"})
    assert at(values, PRK, CHN, year)["x"] == pytest.approx((imports + exports) / total)


def test_shares_of_one_state_add_to_one_where_every_flow_is_known(holdings: Holdings) -> None:
    found = flows(holdings, "COW 4.0")
    whole = found.pairs.group_by("state", "year").agg(
        known=pl.all_horizontal(pl.col("imports", "exports").is_not_null()).all()
    )
    sums = (
        shares(found, "trade")
        .group_by("state", "year")
        .agg(pl.col("x").sum(), pl.col("x").count().alias("n"))
    )
    told = sums.join(whole.filter("known"), on=["state", "year"]).filter(pl.col("n") > 0)
    assert told.height > 1_000
    assert np.allclose(told["x"].to_numpy(), 1.0)


def test_versions_of_one_source_agree(holdings: Holdings) -> None:
    new = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"}).frame
    old = values_of(MEASURES["trade_share"], holdings, {"source": "COW 3.0"}).frame
    both = new.join(old, on=["state", "other", "year"], suffix="_old").drop_nulls(["x", "x_old"])
    both = both.filter(pl.col("year") >= 1992)
    gap = np.abs(both["x"].to_numpy() - both["x_old"].to_numpy())
    assert both.height > 300_000
    assert np.median(gap) < 1e-4
    assert (gap > 0.02).mean() < 0.01


def test_the_united_nations_matrix_gives_eighty_percent_in_2015(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "UNCTAD 2015"})
    assert at(values, "PRK", "CHN", 2015)["x"] == pytest.approx(0.8017, abs=1e-4)


def test_services_of_the_south_are_not_the_norths(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "ITPD-E"})
    korea = values.frame.filter(pl.col("state") == "PRK")
    assert korea.height > 0
    assert korea["x"].null_count() == korea.height
    assert set(korea["why"].drop_nulls()) == {BOOKED_SOUTH}
    assert at(values, "BLR", "RUS", 2010)["x"] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(("state", "year"), [(PRK, 1985), (CUB, 1985), (RUS, 1980), (310, 1962)])
def test_no_total_where_the_soviet_union_did_not_report(
    holdings: Holdings, state: int, year: int
) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"})
    rows = values.frame.filter((pl.col("state") == state) & (pl.col("year") == year))
    assert rows.height > 0
    assert rows["x"].null_count() == rows.height
    assert set(rows["why"].drop_nulls()) <= {UNKNOWN_TOTAL, FALSE_ZERO}


def test_a_socialist_state_that_reported_has_a_total(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"})
    # Hungary reported 810 and 588 million with the Soviet Union in 1970.
    assert float(str(at(values, 310, RUS, 1970)["x"])) > 0.2


def test_after_the_soviet_union_totals_are_known_again(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"})
    assert at(values, PRK, CHN, 1992)["x"] == pytest.approx((594 + 154) / 2445)


def test_dependence_is_trade_over_product(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_dependence"], holdings, {})
    # 6,728 million dollars over the United Nations' 17,396 million.
    assert at(values, PRK, CHN, 2014)["x"] == pytest.approx(6728 / 17396, rel=1e-3)


def test_united_germanys_product_is_not_west_germanys(holdings: Holdings) -> None:
    values = values_of(MEASURES["trade_dependence"], holdings, {})
    west = values.frame.filter((pl.col("state") == 260) & (pl.col("year") == 1980))
    assert west.height > 0
    assert west["x"].null_count() == west.height


def test_asymmetry_turns_its_sign_with_the_pair(holdings: Holdings) -> None:
    frame = values_of(MEASURES["asymmetric_dependence"], holdings, {}).frame
    turned = frame.rename({"state": "other", "other": "state"})
    both = frame.join(turned, on=["state", "other", "year"], suffix="_back").drop_nulls(
        ["x", "x_back"]
    )
    assert both.height > 100_000
    assert np.allclose(both["x"].to_numpy(), -both["x_back"].to_numpy())


def test_concentration_and_alternatives_against_a_loop(holdings: Holdings) -> None:
    share = values_of(MEASURES["trade_share"], holdings, {"source": "COW 4.0"}).frame
    rows = share.filter((pl.col("state") == PRK) & (pl.col("year") == 2014)).drop_nulls("x")
    parts = dict(zip(rows["other"].to_list(), rows["x"].to_list(), strict=True))
    index = sum(part**2 for part in parts.values())
    made = values_of(MEASURES["trade_concentration"], holdings, {}).frame
    found = made.filter((pl.col("state") == PRK) & (pl.col("year") == 2014))["x"].item()
    assert found == pytest.approx(index)
    rest = [part for other, part in parts.items() if other != CHN]
    left = 1 - parts[CHN]
    expected = 1 / sum((part / left) ** 2 for part in rest)
    values = values_of(MEASURES["alternative_partners"], holdings, {})
    assert at(values, PRK, CHN, 2014)["x"] == pytest.approx(expected, rel=1e-6)


def test_rank_one_is_the_largest_partner(holdings: Holdings) -> None:
    values = values_of(MEASURES["partner_rank"], holdings, {})
    assert at(values, PRK, CHN, 2014)["x"] == 1
    assert at(values, CAN, USA, 2014)["x"] == 1


def test_arms_of_one_recipient_add_to_one(holdings: Holdings) -> None:
    frame = values_of(MEASURES["arms_share"], holdings, {}).frame.drop_nulls("x")
    sums = frame.group_by("state", "year").agg(pl.col("x").sum())
    assert sums.height > 3_000
    assert np.allclose(sums["x"].to_numpy(), 1.0)


def test_chinese_finance_of_north_korea(holdings: Holdings) -> None:
    values = values_of(MEASURES["chinese_finance"], holdings, {})
    years = values.frame.filter(pl.col("state") == PRK)
    assert years.height == 21
    assert years["x"].sum() == pytest.approx(9_800, rel=0.02)
    assert at(values, PRK, CHN, 2010)["x"] == pytest.approx(921, abs=1)
