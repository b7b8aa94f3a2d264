"""Roll calls of the Commission on Human Rights and the Human Rights Council."""

from __future__ import annotations

from datetime import date

import polars as pl

__all__ = ["council", "council_votes"]

PREFIX = "HR-"
SOURCE = "un_hrc_votes_ohchr"
_WORDS = {"Y": "yes", "N": "no", "A": "abstain", ".": "absent"}
# The source codes the United Arab Republic of 1969-71, that is Egypt, as the Emirates.
_EMIRATES_BEGIN = date(1971, 12, 2)


def council(decisions: pl.DataFrame, cast: pl.DataFrame) -> pl.DataFrame:
    """Every recorded vote that the catalogue lists, with its title and its stated tally.

    Parameters
    ----------
    decisions, cast : polars.DataFrame
        The tables `un_hrc_votes_ohchr_resolutions` and `un_hrc_votes_ohchr`.

    Returns
    -------
    polars.DataFrame
        Columns of a roll call; `said` is the source's remark on the draft and its fate.
    """
    # Some recorded votes were never held: an amendment may lapse or be accepted.
    held = pl.col("vote_type").str.starts_with("RECORDED") & (
        (pl.col("n_rollcall") > 0) | pl.col("yes").is_not_null()
    )
    flags = cast.select("record_id", "amendment").unique()
    frame = decisions.filter(held).join(flags, on="record_id", how="left", validate="1:1")
    title = _title()
    return frame.select(
        (PREFIX + pl.col("record_id").cast(pl.String)).alias("id"),
        pl.col("body").replace_strict(
            {"Commission on Human Rights": "CHR", "Human Rights Council": "HRC"}
        ),
        "date",
        "year",
        _session().alias("session"),
        "symbol",
        title.alias("title"),
        pl.col("agenda_subject").alias("heading"),
        pl.col("agenda_item_title").alias("item"),
        pl.col("draft").alias("said"),
        (pl.col("amendment") | pl.col("title").str.contains(r"amendment\s*/?\s*$")).alias(
            "amendment"
        ),
        pl.lit(SOURCE).alias("source"),
        pl.col("record_id").cast(pl.String).alias("source_id"),
        pl.col("yes").alias("stated_yes"),
        pl.col("no").alias("stated_no"),
        pl.col("abstain").alias("stated_abstain"),
    )


def council_votes(cast: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """What each member did: `id`, `iso3`, `vote`; members without a recorded position are left out.

    Parameters
    ----------
    cast : polars.DataFrame
        The table `un_hrc_votes_ohchr`.
    listed : polars.DataFrame
        The table `un_hrc_resolutions_dgacm_votes`: where the Secretariat lists a state's vote,
        that counts, for its lists add up to the official tallies.
    """
    state = (
        pl.when((pl.col("member_iso3") == "ARE") & (pl.col("date") < _EMIRATES_BEGIN))
        .then(pl.lit("EGY"))
        # Belarus and Ukraine were members before any list of states counts them.
        .otherwise(pl.coalesce("iso3", "member_iso3"))
    )
    official = listed.select("symbol", "iso3", pl.col("vote").alias("official"))
    return (
        cast.drop_nulls("vote")
        .with_columns(state.alias("iso3"))
        .join(official, on=["symbol", "iso3"], how="left", validate="m:1", maintain_order="left")
        .select(
            (PREFIX + pl.col("record_id").cast(pl.String)).alias("id"),
            "iso3",
            pl.coalesce("official", "vote").replace_strict(_WORDS).alias("vote"),
        )
    )


def _title() -> pl.Expr:
    """The title without the catalogue's word for the kind of text."""
    return (
        pl.col("title")
        .str.replace_all(r"\s+", " ")
        .str.replace(r"\s*:?\s*(resolution|decision|amendment)\s*/?\s*$", "")
        .str.strip_chars()
    )


def _session() -> pl.Expr:
    """Number of the session, with S- before it for a special one."""
    number = pl.col("statement").str.extract(r"(\d+)(?:st|nd|rd|th)")
    special = pl.col("symbol").str.extract(r"(S-\d+)")
    return pl.coalesce(special, number)
