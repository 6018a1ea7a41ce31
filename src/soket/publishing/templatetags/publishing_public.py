"""What public pages print that is not plain: weekdays, photographs of lists, numbered tables, lists in lists."""
from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import template
from django.utils.translation import get_language

from soket.kernel.clock import VIETNAM
from soket.publishing import showing, styling
from soket.publishing.outlet.shelf import Card
from soket.ui.core import instant, language

register = template.Library()


@dataclass
class Points:
    """A list of one kind: pairs of an item and the lists below it."""

    ordered: bool
    items: list[tuple[Mapping[str, Any], list[Points]]] = field(default_factory=list)


@register.simple_tag
def sheets() -> list[str]:
    """Addresses of the style sheets of a public page."""
    return styling.addresses()


@register.filter
def picture(card: Card) -> showing.Image:
    """The photograph of an article in a list."""
    return showing.image(card.data["photo"])


@register.filter
def vn_weekday(day: date) -> str:
    """A day with its weekday: "Thứ Tư, 15/07/2026"."""
    return instant(datetime.combine(day, time(), VIETNAM), language(get_language()), seconds=False).rpartition(", ")[0]


@register.filter
def vn_month(day: date, with_year: bool = False) -> str:
    """The day's month: "Tháng 7", "Tháng 7/2026"; English "July", "July 2026"."""
    if language(get_language()) == "en":
        return f"{calendar.month_name[day.month]} {day.year}" if with_year else calendar.month_name[day.month]
    return f"Tháng {day.month}/{day.year}" if with_year else f"Tháng {day.month}"


@register.filter
def numbered(blocks: Sequence[showing.Drawn]) -> list[tuple[showing.Drawn, int]]:
    """Blocks with the number of a table among the article's tables; 0 for every other."""
    found, tables = [], 0
    for block in blocks:
        tables += block.kind == "table"
        found.append((block, tables if block.kind == "table" else 0))
    return found


@register.filter
def nested(items: Sequence[Mapping[str, Any]]) -> list[Points]:
    """Points with their depth as lists in lists; where the kind changes at one depth, another list begins."""
    found: list[Points] = []
    way: list[Points] = []  # the open list of every depth
    for item in items:
        depth = min(int(item["depth"]), len(way))
        del way[depth + 1 :]
        if len(way) == depth or way[depth].ordered != item["ordered"]:
            del way[depth:]
            way.append(Points(bool(item["ordered"])))
            (way[depth - 1].items[-1][1] if depth else found).append(way[depth])
        way[depth].items.append((item, []))
    return found
