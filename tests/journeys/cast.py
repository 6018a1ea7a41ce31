"""Who takes part in a journey: a browser profile for each account, signed in when first asked for."""
from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.journeys.conftest import Server
from tests.journeys.test_desk import SOON, _page
from tests.support.browser import axe_faults, overflow, picture

NOBODY = ("phone", "reader")  # browsers without an account


class Cast:
    """`cast("caxa", "/khen-thuong/")`: the page of that account, at that address. Script errors and blocked resources are kept in `faults`."""

    def __init__(self, browser: Browser, server: Server, folder: Path) -> None:
        self.browser, self.server, self.folder = browser, server, folder
        self.pages: dict[str, Page] = {}
        self.faults: list[str] = []

    def __call__(self, username: str, url: str = "") -> Page:
        if username not in self.pages:
            page = self.pages[username] = _page(self.browser, self.server, username if username not in NOBODY else "")
            page.set_default_timeout(SOON)
            page.on("pageerror", lambda error: self.faults.append(str(error)))
            page.on("console", lambda told: self.faults.append(told.text) if re.search("Content Security|Refused to", told.text) else None)
        if url:
            self.pages[username].goto(url)
        return self.pages[username]

    def leave(self) -> None:
        """Close every profile; no page had a fault."""
        for page in self.pages.values():
            page.context.close()
        assert self.faults == []


def healthy(journey: str, page: Page, name: str) -> None:
    """Accessible, no wider than a phone, and kept as pictures."""
    assert axe_faults(page) == [], name
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0, name
    picture(page, journey, name)


def main(page: Page) -> Locator:
    return page.locator("main")


def press(page: Page, name: str) -> None:
    """The first button of that name in the page's own part."""
    main(page).get_by_role("button", name=name).first.click()


def fill(page: Page, **values: str) -> None:
    """Form fields by their names."""
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(value)


def choose(page: Page, name: str, words: str) -> None:
    """The first choice of a field that holds these words."""
    page.locator(f"#id_{name}").select_option(page.locator(f"#id_{name} option", has_text=words).first.get_attribute("value"))
