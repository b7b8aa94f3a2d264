"""Roll calls of the General Assembly: Voeten's series to 2019, the Secretariat's from then on."""

from __future__ import annotations

from datetime import date

import polars as pl

from beholden.measures.chair import puts_whole_text

__all__ = [
    "assembly_absences",
    "older_assembly",
    "older_assembly_votes",
    "recent_assembly",
    "recent_assembly_votes",
    "twins",
]

PREFIX = "GA-"
# From this session on `descr` is a title; before, it is the source's précis of the text.
TITLES_BEGIN = 40
# From this session on symbols are those of resolutions, such as R/31/124.
SYMBOLS_BEGIN = 31
_SPOKEN = (
    r"^_?(?:The )?(?:Acting |Temporary )?(?:President|Chairman)\b|^I shall now put to the vote"
)
_REFERENCE = r"^A/\d+/251\s+\S+\s+-\s+"
_ADOPTED = r"(?i)\s*:?\s*resolution\s*(?:/.*)?$"
_ABSENT = 8
_TAIPEI_MOVES = date(1949, 12, 8)
_NORTH_YEMEN_ENDS = date(1990, 5, 22)
# Egypt and Syria had one seat, as the United Arab Republic.
_UNION = (date(1958, 2, 22), date(1961, 9, 28))
# The last of the older series is of 14 January 2020; numbers that the matrix has again in 2023
# are others.
_SERIES_ENDS = date(2020, 1, 31)
# The same vote from two records differs where a state later changed or corrected its vote.
_SAME = 0.95
# Two lists of the same votes: nine in ten alike on the same day are one roll call.
_ALIKE = 0.9


def older_assembly(calls: pl.DataFrame) -> pl.DataFrame:
    """The roll calls of sessions 1 to 74.

    Parameters
    ----------
    calls : polars.DataFrame
        The table `un_ga_votes_voeten_roll_calls`.

    Notes
    -----
    In sessions 71 to 73 `short` has the title and `descr` the agenda item; where `descr` begins
    with the words of the chair there is no title.
    """
    spoken = pl.col("descr").str.contains(_SPOKEN).fill_null(value=False)
    reference = pl.col("descr").str.contains(_REFERENCE).fill_null(value=False)
    precis = pl.col("session") < TITLES_BEGIN
    title = (pl.when(spoken).then(None).when(precis | reference).then(pl.col("short"))).otherwise(
        pl.coalesce("descr", "short")
    )
    heading = (
        pl.when(precis).then(None).when(reference).then(pl.col("descr").str.replace(_REFERENCE, ""))
    ).otherwise(pl.col("short"))
    return calls.select(
        (PREFIX + pl.col("rcid").cast(pl.String)).alias("id"),
        pl.lit("GA").alias("body"),
        "date",
        "year",
        pl.col("session").cast(pl.String),
        _symbol().alias("symbol"),
        title.str.replace(_ADOPTED, "").str.strip_chars().alias("title"),
        heading.alias("heading"),
        pl.when(spoken | precis).then(pl.col("descr")).alias("said"),
        pl.col("amend").alias("amendment"),
        pl.col("para").alias("paragraph"),
        pl.col("no_action_motion").alias("no_action"),
        pl.lit("un_ga_votes_voeten").alias("source"),
        pl.col("rcid").cast(pl.String).alias("source_id"),
    )


def twins(calls: pl.DataFrame, cast: pl.DataFrame) -> pl.DataFrame:
    """The ids of roll calls that the older series has twice.

    Some votes on a text as a whole stand there once from the United Nations' index, with the
    title, and once more from the verbatim record, with the words of the chair. The latter is a
    twin where it is on the whole text, has the symbol of the former and nearly the same votes.

    Parameters
    ----------
    calls : polars.DataFrame
        As `older_assembly` gives it.
    cast : polars.DataFrame
        As `older_assembly_votes` gives it.
    """
    spoken = calls.filter(pl.col("title").is_null() & pl.col("said").is_not_null())
    whole = pl.Series([puts_whole_text(said) for said in spoken["said"]], dtype=pl.Boolean)
    titled = calls.filter(pl.col("title").is_not_null())
    pairs = spoken.filter(whole).select("id", "symbol").join(titled, on="symbol", suffix="_titled")
    pairs = pairs.select("id", "id_titled")
    votes = pairs.join(cast, on="id").join(
        cast, left_on=["id_titled", "iso3"], right_on=["id", "iso3"], suffix="_titled"
    )
    same = votes.group_by("id", "id_titled").agg(
        (pl.col("vote") == pl.col("vote_titled")).mean().alias("same")
    )
    return same.filter(pl.col("same") >= _SAME).select("id").unique()


def recent_assembly(resolutions: pl.DataFrame) -> pl.DataFrame:
    """The resolutions adopted by a recorded vote from October 2019 on.

    Parameters
    ----------
    resolutions : polars.DataFrame
        The table `un_ga_resolutions_dgacm`.
    """
    return resolutions.filter(pl.col("stated_yes").is_not_null()).select(
        (PREFIX + pl.col("symbol")).alias("id"),
        pl.lit("GA").alias("body"),
        "date",
        "year",
        pl.col("symbol").str.extract(r"^A/RES/([^/]+)/").alias("session"),
        "symbol",
        "title",
        pl.col("agenda_item_name").alias("item"),
        pl.lit(value=False).alias("amendment"),
        pl.lit(value=False).alias("paragraph"),
        pl.lit(value=False).alias("no_action"),
        pl.lit("un_ga_resolutions_dgacm").alias("source"),
        pl.col("symbol").alias("source_id"),
        *("stated_yes", "stated_no", "stated_abstain"),
    )


def older_assembly_votes(cast: pl.DataFrame) -> pl.DataFrame:
    """The votes cast in sessions 1 to 74: `id`, `iso3`, `vote`.

    Parameters
    ----------
    cast : polars.DataFrame
        The table `un_ga_votes_voeten`.

    Notes
    -----
    A few votes are coded under a number that no state had on that day: Belarus and Ukraine
    before 1991, Germany and Yemen in autumn 1990, states just before their independence, India.
    They get the code that the number has elsewhere; the seat of China before December 1949 is
    China's. Zanzibar's two votes are left out, as it has no ISO code.
    """
    known = cast.group_by("ccode").agg(pl.col("iso3").drop_nulls().last().alias("usual"))
    seat = pl.when(pl.col("ccode") == 713).then(pl.lit("CHN")).otherwise(pl.col("usual"))
    return (
        cast.join(known, on="ccode", how="left", validate="m:1")
        .select(
            (PREFIX + pl.col("rcid").cast(pl.String)).alias("id"),
            pl.coalesce("iso3", seat).alias("iso3"),
            "vote",
        )
        .drop_nulls("iso3")
    )


def recent_assembly_votes(cast: pl.DataFrame) -> pl.DataFrame:
    """The votes cast from October 2019 on: `id`, `date`, `iso3`, `vote`.

    Parameters
    ----------
    cast : polars.DataFrame
        The table `un_ga_resolutions_dgacm_votes`.
    """
    return cast.select(
        (PREFIX + pl.col("symbol")).alias("id"),
        "date",
        pl.col("iso3"),
        pl.col("vote").replace_strict({"Y": "yes", "N": "no", "A": "abstain"}),
    )


def assembly_absences(
    matrix: pl.DataFrame, published: pl.DataFrame, recent: pl.DataFrame
) -> pl.DataFrame:
    """The states that a source calls absent: `id`, `iso3`, `vote`.

    Parameters
    ----------
    matrix : polars.DataFrame
        The table `un_ga_votes_matrix_2024`.
    published : polars.DataFrame
        The table `un_ga_votes_voeten_published`, for the former states that have no column in
        the matrix.
    recent : polars.DataFrame
        As `recent_assembly_votes` gives it: the matrix has no symbols, so its roll calls are
        found by day and votes.
    """
    coded = matrix.filter(pl.col("vote").is_not_null()).select(
        "rcid", "date", pl.coalesce("iso3", "iso3_then").alias("iso3"), "vote"
    )
    absent = coded.filter(pl.col("vote") == _ABSENT)
    united = (pl.col("iso3") == "SYR") & pl.col("date").is_between(*_UNION)
    taipei = (pl.col("iso3") == "TWN") & (pl.col("date") < _TAIPEI_MOVES)
    by_number = absent.filter((pl.col("date") <= _SERIES_ENDS) & ~united).select(
        (PREFIX + pl.col("rcid").cast(pl.String)).alias("id"),
        pl.when(taipei).then(pl.lit("CHN")).otherwise(pl.col("iso3")).alias("iso3"),
    )
    # Before the Secretariat's record begins there is nothing to find.
    begins = recent["date"].min() if recent.height else _TAIPEI_MOVES.max
    found = _same_roll_calls(coded.filter(pl.col("date") >= begins), recent)
    by_votes = absent.join(found, on=["rcid", "date"]).select("id", "iso3")
    every = pl.concat([by_number, by_votes, _former_absences(published)]).unique()
    return every.with_columns(pl.lit("absent").alias("vote"))


def _former_absences(published: pl.DataFrame) -> pl.DataFrame:
    """Absences of East Germany, Czechoslovakia and the two Yemens."""
    former = pl.col("iso3").is_in(["DDR", "CSK", "YMD"]) | (
        (pl.col("iso3") == "YEM") & (pl.col("date") < _NORTH_YEMEN_ENDS)
    )
    return published.filter((pl.col("vote") == _ABSENT) & former).select(
        (PREFIX + pl.col("rcid").cast(pl.String)).alias("id"), "iso3"
    )


def _same_roll_calls(coded: pl.DataFrame, recent: pl.DataFrame) -> pl.DataFrame:
    """Which number in the matrix is which resolution: `rcid`, `date`, `id`."""
    said = pl.col("vote").replace_strict({1: "yes", 2: "abstain", 3: "no"}, default=None)
    left = coded.with_columns(said.alias("said")).drop_nulls("said").drop("vote")
    pairs = left.join(recent, on=["date", "iso3"]).group_by("rcid", "date", "id")
    scores = pairs.agg((pl.col("said") == pl.col("vote")).mean().alias("alike"), pl.len())
    best = scores.filter(pl.col("alike") >= _ALIKE).sort(
        ["alike", "len", "id"], descending=[True, True, False]
    )
    # Each on either side at most once, the likeliest pair first.
    one_way = best.unique(["rcid", "date"], keep="first", maintain_order=True)
    return one_way.unique("id", keep="first", maintain_order=True).select("rcid", "date", "id")


def _symbol() -> pl.Expr:
    """The symbol as the United Nations print it, where the source's is one."""
    printed = pl.col("unres").str.strip_chars()
    whole = pl.lit("A/RES/") + printed.str.extract(r"^R/(\d+/.+)$")
    real = printed.str.contains(r"^R/\d+/\d") & (pl.col("session") >= SYMBOLS_BEGIN)
    return pl.when(real).then(whole).otherwise(printed)
