"""The day a page looks at, from its address."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.kernel.clock import today

EARLIEST, LATEST = date(1945, 9, 2), date(2100, 1, 1)
REFORM = date(2025, 7, 1)
EVES = [date(2025, 2, 28), date(2025, 6, 30), REFORM]


@dataclass(frozen=True)
class AsOf:
    """`day` is used; `error` says why the day typed could not be. `query` keeps it in links, empty for today."""

    day: date
    error: str
    current: bool

    @property
    def query(self) -> str:
        return "" if self.current else f"?ngay={self.day.isoformat()}"


def as_of(request: HttpRequest) -> AsOf:
    """From `?ngay=YYYY-MM-DD` (or dd/mm/yyyy); today when it is missing or cannot be read."""
    typed = request.GET.get("ngay", "").strip()
    now = today()
    if not typed:
        return AsOf(now, "", True)
    try:
        day = date.fromisoformat(typed) if "-" in typed else date(*(int(part) for part in typed.split("/")[::-1]))
        if not EARLIEST <= day <= LATEST:
            raise ValueError(typed)
    except (ValueError, TypeError):
        return AsOf(now, _("Enter the day as dd/mm/yyyy. Today is shown."), True)
    return AsOf(day, "", day == now)


def presets(request: HttpRequest, shown: AsOf) -> list[tuple[str, str, bool]]:
    """Days often used: on both sides of the changes of 2025, and today."""
    found = []
    for day in [*EVES, today()]:
        query = request.GET.copy()
        for name in ("page", "ngay"):
            query.pop(name, None)
        if day != today():
            query["ngay"] = day.isoformat()
        words = f"{day:%d/%m/%Y}" if day != today() else _("Today")
        found.append((words, f"?{query.urlencode()}" if query else request.path, shown.day == day))
    return found


def plain(text: str) -> str:
    """What was typed, without signs that no page can show."""
    return "".join(sign for sign in text[:100] if sign.isprintable())


def kept(request: HttpRequest, *but: str) -> list[tuple[str, str]]:
    """What else stands in the address, for hidden fields."""
    return [(name, plain(value)) for name, value in request.GET.items() if name not in {"ngay", "page", *but}]


def crumbs(shown: AsOf, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way down from the tree."""
    return [(_("Units"), reverse("organisations:tree") + shown.query), *steps]
