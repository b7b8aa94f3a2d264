"""The page in a browser: every card opens, nothing is requested, and it is accessible."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from beholden.brief.write import write_brief
from beholden.cases import article_path
from beholden.claims import load
from beholden.engine import check, open_library
from beholden.store import Cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

BROWSER = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(
    BROWSER is None and not os.environ.get("CI"),
    reason="needs Chromium: apt-get install chromium, or its like",
)
OPEN_ALL = """document.querySelectorAll('details').forEach(item => {
  item.removeAttribute('name');
  item.open = true;
})"""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = open_library()
    brief = check(load(article_path()), library, command="beholden check")
    folder = tmp_path_factory.mktemp("brief")
    return write_brief(brief, library, Cache(None), folder, review=True)[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS, timeout=60_000)
        yield launched
        launched.close()


@pytest.fixture(params=[(390, "light"), (820, "dark"), (1440, "light")], ids=str)
def page(browser: Browser, page_file: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda message: troubles.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("request", lambda request: troubles.append(request.url))
    opened.goto(page_file.as_uri())
    assert troubles == [page_file.as_uri()], "the page asks for nothing but itself"
    yield opened
    assert troubles == [page_file.as_uri()]
    context.close()


def test_every_card_opens_and_is_accessible(page: Page) -> None:
    cards = page.locator("details.card")
    assert cards.count() == 29
    for index in range(cards.count()):
        card = cards.nth(index)
        assert card.get_attribute("open") is None
        card.locator("summary").first.click()
        assert card.get_attribute("open") is not None
        assert card.locator(".body h4").first.is_visible()
        card.locator("summary").first.click()
    # One card is open at a time; to look at all of them together that is lifted.
    page.evaluate(OPEN_ALL)
    found = Axe().run(page).response["violations"]
    serious = [item for item in found if item["impact"] in {"serious", "critical"}]
    assert not serious, [(item["id"], item["nodes"][0]["html"]) for item in serious]


def test_nothing_is_wider_than_the_screen(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_sign_in_the_prose_leads_into_its_card(page: Page) -> None:
    page.locator("a.sign").first.click()
    target = page.locator("#test-trade-share")
    assert target.is_visible()
    assert "It depends on whether trade with South Korea is counted" in target.inner_text()


def test_a_verdict_is_never_told_by_colour_alone(page: Page) -> None:
    for badge in page.locator(".badge").all():
        answer = (badge.get_attribute("class") or "").split()[-1]
        assert answer in (badge.text_content() or "")
    for sign in page.locator("a.sign").all():
        assert sign.inner_text().strip()[0] in "✓≈✗?"
        assert "see the test" in (sign.text_content() or "")


def test_print_shows_what_is_folded(page: Page) -> None:
    page.emulate_media(media="print")
    body = page.locator("#test-trade-share")
    assert body.bounding_box() is not None
    assert (body.bounding_box() or {"height": 0.0})["height"] > 100
