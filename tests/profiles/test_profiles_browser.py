"""The page of a profile in a browser: nothing is requested, nothing overflows, all can read it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from test_profiles_page import html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = next((found for name in NAMES if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(
    BROWSER is None and not os.environ.get("CI"),
    reason="needs Chromium: apt-get install chromium, or its like",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS, timeout=60_000)
        yield launched
        launched.close()


@pytest.mark.parametrize(("width", "light"), [(390, "light"), (820, "dark"), (1440, "light")])
def test_the_page(browser: Browser, tmp_path: Path, width: int, light: str) -> None:
    file = tmp_path / "index.html"
    file.write_text(html(), encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=light)  # type: ignore[arg-type]
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: asked.append(message.text))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(item => { item.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page).response["violations"]
    assert not [(item["id"], item["nodes"][0]["html"]) for item in found]
    assert asked == [file.as_uri()]
    context.close()
