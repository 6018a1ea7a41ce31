"""A real server and a real Chromium for the journeys; axe for accessibility; pictures under build/journeys."""
from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8") if (Path(__file__).parent / "vendor" / "axe.min.js").exists() else ""
WIDTHS = {1280: 900, 390: 844}


def picture(page: Page, journey: str, name: str) -> None:
    """Whole-page pictures at desk and phone width, left under build/journeys/JOURNEY/."""
    folder = ROOT / "build" / "journeys" / journey
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=str(folder / f"{name}-{width}.png"), full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def axe_faults(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA found by axe-core, as sentences."""
    page.evaluate(AXE)
    tags = json.dumps(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    found = page.evaluate(f"axe.run(document, {{runOnly: {{type: 'tag', values: {tags}}}}})")
    return [f"{item['id']}: {item['help']}: {item['nodes'][0]['html'][:120]}" for item in found["violations"]]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
