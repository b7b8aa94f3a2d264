"""Commands, progress and exit codes. Heavy parts are imported by the commands that need them."""

from __future__ import annotations

import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from beholden import (
    __version__,
    cite_cli,
    diff_cli,
    latent_cli,
    library_cli,
    multiverse_cli,
    panel_cli,
    profile_cli,
)
from beholden.errors import ArticleError, BeholdenError, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beholden.claims import Article

__all__ = ["main"]

EPILOG = (
    "Exit status: 0 the run worked, whatever the verdicts; 1 the article is invalid, or a test "
    "or the writing failed; 2 wrong usage."
)


class _Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the day or say what was expected."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"expected a day such as 2015-10-22, found {value!r}", param, ctx)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="beholden")
def cli() -> None:
    """Test what an article claims, under every reasonable choice of data and definition."""


@cli.command(epilog=EPILOG)
@click.argument("article", required=False, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("beholden-brief"),
    show_default=True,
    help="Folder for index.html and verdicts.json.",
)
@click.option("--as-of", type=_Day(), help="Judge 'then' as of this day, not the article's.")
@click.option(
    "--library",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of your own facts, read before those shipped.",
)
@click.option("--json", "as_json", is_flag=True, help="Print verdicts.json instead of a table.")
@click.option("--only", metavar="ID,...", help="Test only these claims.")
@click.option("--claim-review", is_flag=True, help="Add schema.org ClaimReview to the page.")
def check(
    article: Path | None,
    out: Path,
    as_of: date | None,
    library: Path | None,
    as_json: bool,
    only: str | None,
    claim_review: bool,
) -> None:
    """Check ARTICLE, or the worked case about China and North Korea, and write its brief."""
    from beholden.brief.console import checking, summary
    from beholden.brief.write import write_brief
    from beholden.engine import check as run
    from beholden.engine import open_library
    from beholden.store import Cache

    ids = _ids(only)
    loaded = _load(article)
    _require_known(ids, loaded)
    shelf, cache = open_library(library), Cache(_cache_folder())
    command = _command(article, as_of, library, only, claim_review)
    with checking(len(ids) or len(loaded.claims)) as progress:
        brief = run(loaded, shelf, as_of, ids, command, progress.testing, cache)
        page, verdicts = write_brief(
            brief,
            shelf,
            cache,
            out,
            review=claim_review,
            progress=progress.drawing,
        )
    if as_json:
        click.echo(verdicts.read_text(encoding="utf-8"), nl=False)
    else:
        summary(brief, page, _fetch_command(article, library))
    if brief.failed:
        _fail("some universes failed for a fault of beholden; they are marked in the data appendix")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Write a small commented article to start from into FOLDER."""
    from beholden.cases.starter import write_starter

    written = write_starter(folder)
    click.echo(f"Wrote {written}. Check it with: beholden check {shlex.quote(str(written))}")


@cli.command()
@click.argument("claim_id", metavar="ID")
@click.option(
    "--article",
    type=click.Path(path_type=Path),
    help="Take the claim from this article, not from the worked case.",
)
def explain(claim_id: str, article: Path | None) -> None:
    """Say in words how the claim ID is tested."""
    from beholden.brief.console import explained

    loaded = _load(article)
    _require_known([claim_id], loaded)
    explained(next(claim for claim in loaded.claims if claim.id == claim_id))


@cli.command()
@click.option("--verdicts", is_flag=True, help="The schema of verdicts.json instead.")
def schema(verdicts: bool) -> None:
    """Print the JSON Schema of a claim's block, so that editors can complete it."""
    import json

    from beholden.brief.schema import verdicts_schema
    from beholden.claims import json_schema

    form = verdicts_schema() if verdicts else json_schema()
    click.echo(json.dumps(form, ensure_ascii=False, indent=2))


@cli.command()
@click.argument("name", required=False)
def measures(name: str | None) -> None:
    """List what claims can measure, or describe the measure NAME with its choices."""
    from beholden.brief.console import described, listed
    from beholden.measures import MEASURES

    if name is None:
        listed()
    elif name in MEASURES:
        described(MEASURES[name])
    else:
        raise click.BadParameter(
            f"no measure {name!r}. {nearest(name, MEASURES)}", param_hint="NAME"
        )


for command in (
    library_cli.fetch,
    library_cli.library,
    library_cli.verify,
    library_cli.remove,
    cite_cli.cite,
    diff_cli.diff,
    panel_cli.panel,
    multiverse_cli.multiverse,
    latent_cli.estimate,
    *profile_cli.COMMANDS,
):
    cli.add_command(command)


def _ids(only: str | None) -> list[str]:
    ids = [part.strip() for part in (only or "").split(",") if part.strip()]
    if only is not None and not ids:
        raise click.BadParameter("expected ids separated by commas", param_hint="--only")
    return ids


def _load(article: Path | None) -> Article:
    from beholden.cases import article_path
    from beholden.claims import load

    loaded = load(article or article_path())
    _report(loaded.warnings)
    return loaded


def _require_known(ids: Sequence[str], article: Article) -> None:
    known = [claim.id for claim in article.claims]
    for name in ids:
        if name not in known:
            raise click.UsageError(
                f"{article.front.title!r} has no claim {name!r}. {nearest(name, known)}"
            )


def _cache_folder() -> Path:
    from platformdirs import user_cache_path

    return Path(user_cache_path("beholden", appauthor=False))


def _command(
    article: Path | None,
    as_of: date | None,
    library: Path | None,
    only: str | None,
    claim_review: bool,
) -> str:
    """The command as the page prints it; where the brief is written to does not change it."""
    words = ["beholden", "check", *([str(article)] if article else [])]
    words += ["--as-of", as_of.isoformat()] if as_of else []
    words += ["--library", str(library)] if library else []
    words += ["--only", only] if only else []
    words += ["--claim-review"] if claim_review else []
    return shlex.join(words)


def _fetch_command(article: Path | None, library: Path | None) -> str:
    """The command that gets every data set that the article reads."""
    words = ["beholden", "fetch", "--for", str(article) if article else cite_cli.WORKED_CASE]
    words += ["--library", str(library)] if library else []
    return shlex.join(words)


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"{problem.severity}: {problem}", err=True)


def _fail(message: str) -> NoReturn:
    click.echo(f"error: {message}", err=True)
    sys.exit(1)


def main() -> None:
    """Run the command line; every foreseen fault ends in words and an exit status."""
    try:
        cli(standalone_mode=True)
    except ArticleError as error:
        _report(error.problems)
        count = len(error.problems)
        _fail(
            f"{count} {'problem' if count == 1 else 'problems'} in the article; nothing was written"
        )
    except BeholdenError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of a pipe went away; that is no fault of the run.
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
