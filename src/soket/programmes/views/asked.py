"""What an address asks for: the day of viewing, the actor."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from soket.kernel.clock import today
from soket.programmes import queries
from soket.programmes.models import Obligation, Programme


@dataclass(frozen=True)
class Day:
    """The day a page shows; `error` is for the field when the address asked for a day it cannot show."""

    on: date
    error: str = ""

    @property
    def is_today(self) -> bool:
        return self.on == today()


def day_asked(request: HttpRequest) -> Day:
    """`?ngay=`, today without it; a day that does not exist or lies ahead is answered with a sentence."""
    text, last = request.GET.get("ngay", "").strip(), today()
    if not text:
        return Day(last)
    try:
        found = date(*(int(part) for part in text.split("/")[::-1])) if "/" in text else date.fromisoformat(text)
    except (TypeError, ValueError):
        return Day(last, _("Enter a day, for example 14/06/2026."))
    return Day(found) if found <= last else Day(last, _("That day lies in the future; today is shown."))


def programme_asked(request: HttpRequest, slug: str) -> Programme:
    found = queries.find_programme(actor(request), slug)
    if found is None:
        raise Http404
    return found


def obligation_asked(request: HttpRequest, slug: str, code: str) -> Obligation:
    found = queries.obligation_in(actor(request), slug, code)
    if found is None:
        raise Http404
    return found


def run_or_404(request: HttpRequest, programme: Programme) -> None:
    """Screens of the programme office are not there for anyone else."""
    if not queries.run_by(actor(request), programme, today()):
        raise Http404


def actor(request: HttpRequest) -> Any:
    """Who acts: views of this room are for signed-in persons."""
    return request.user
