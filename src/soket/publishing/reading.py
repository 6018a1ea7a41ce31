"""What every public page needs around its own matter: navigation, the calendar, the turning of pages. Reads the public store alone."""
from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.kernel.clock import now as clock
from soket.publishing.outlet import counts
from soket.publishing.outlet.shelf import Card, Kept, Shelf

PAGE = 20
"""Articles on a page of a list."""
MOST_READ, DAYS = 5, 7
"""How many of the articles that were read most in how many days, today included."""
_EDGE = re.compile(r"(\d{1,11})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Month:
    """A month as weeks of (day or 0, address where something was published, whether it is the day shown)."""

    key: str
    first: date
    weeks: Sequence[Sequence[tuple[int, str, bool]]]
    before: str
    after: str


@dataclass(frozen=True)
class Leaf:
    """One page of a list, newest first. `older` and `newer` are the marks of its neighbours; empty where there is none."""

    cards: Sequence[Card]
    older: str
    newer: str
    inner: bool


def name_of(category: tuple[str, str, str]) -> str:
    """A category's name in the reader's language."""
    return category[1] if get_language() == "vi" else category[2] or category[1]


def frame(request: HttpRequest, store: Shelf | None, section: str = "", **more: Any) -> dict[str, Any]:
    """Navigation of the newspaper, its home and, where the store knows them, the product's other public places.

    `section` is the address of the place that the page belongs to, where its own address does not say so.
    """
    categories = store.categories() if store else []
    home = reverse("publishing:articles")
    places = [(_("Front page"), home), *((name_of(one), reverse("publishing:category", args=[one[0]])) for one in categories)]
    places += [(_("Archive"), reverse("publishing:archive")), (_("Search the newspaper"), reverse("publishing:search"))]
    path = request.path
    within = next((url for _label, url in places[1:] if path.startswith(url)), section)
    nav = [(label, url, "page" if url == path else "true" if url == within else "") for label, url in places]
    return {
        "nav_items": nav, "public_home_url": home, "path": path, "public_places": store.meta("places") or [] if store else [],
        "demo_world": settings.DEMO_WORLD, "base_url": settings.BASE_URL, "now": clock(), **more,
    }  # fmt: skip


def month_of(store: Shelf, key: str, now: int, shown: str = "") -> Month:
    """The calendar of a month ("2026-07"); days with articles have their address. `shown` is the day that the page is about."""
    year, month = int(key[:4]), int(key[5:])
    days = store.days(key, now)
    weeks = [
        [(day, reverse("publishing:day", args=[told]) if (told := f"{key}-{day:02}") in days else "", told == shown) for day in week]
        for week in calendar.Calendar().monthdayscalendar(year, month)
    ]
    span = store.span(now)
    first, last = (span[0][:7], span[1][:7]) if span else (key, key)
    before, after = _shifted(year, month, -1), _shifted(year, month, 1)
    return Month(key, date(year, month, 1), weeks, before if before >= first else "", after if after <= last else "")


def _shifted(year: int, month: int, by: int) -> str:
    at = year * 12 + month - 1 + by
    return f"{at // 12:04}-{at % 12 + 1:02}"


def month_day(month: str) -> date:
    """The first day of a month ("2026-07")."""
    return date(int(month[:4]), int(month[5:7]), 1)


def leaf(request: HttpRequest, store: Shelf, now: int, **wanted: Any) -> Leaf | None:
    """The page of a list that the request asks for (`truoc`: older than this mark, `sau`: newer); None when there is no such page.

    A mark names an article, so no page shows an article twice or skips one when others are published meanwhile, and the
    hundredth page costs no more than the first.
    """
    newer = "sau" in request.GET
    asked = request.GET.get("sau" if newer else "truoc", "")
    found = _EDGE.fullmatch(asked)
    if asked and not found:
        return None
    edge = (int(found[1]), int(found[2])) if found else None
    cards = store.newest(now, limit=PAGE + 1, edge=edge, newer=newer and edge is not None, **wanted)
    more = len(cards) > PAGE
    cards = (cards[1:] if more else cards) if newer else cards[:PAGE]
    if edge and not cards:
        return None
    return Leaf(cards, _mark(cards[-1]) if cards and (more or newer) else "", _mark(cards[0]) if cards and edge and (more or not newer) else "", bool(edge))


def _mark(card: Card) -> str:
    return "{}-{}".format(*card.edge)


def neighbours(store: Shelf, kept: Kept, now: int, limit: int = 5) -> tuple[list[Card], list[Card]]:
    """(others of the same category, others that share its review or a tag), newest first, none in both."""
    own, category, review = kept.card.id, kept.card.data["category"], kept.content["review"]
    same = store.newest(now, limit=limit + 1, category=category["slug"] if category else "")
    same = [card for card in same if card.id != own][:limit]
    tags = [("review", review["slug"])] if review else []
    tags += [(tag["kind"], tag["key"]) for tag in kept.content["tags"]]
    return same, store.related(tags, [own, *(card.id for card in same)], now, limit)


def most_read(store: Shelf, now: int) -> list[tuple[Card, int]]:
    """The articles read most in the last days with their readers, of those that are still shown; empty when nobody was counted."""
    told = counts.most_read(settings.PUBLIC, days=DAYS, limit=MOST_READ * 4)
    cards = store.at_addresses([slug for slug, _number in told], now) if told else {}
    return [(cards[slug], number) for slug, number in told if slug in cards][:MOST_READ]
