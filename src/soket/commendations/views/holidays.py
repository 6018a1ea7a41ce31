"""The calendar of working days, year by year."""
from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from soket.commendations import actions
from soket.commendations.core import holidays
from soket.commendations.forms.ruling import HolidayForm, YearForm
from soket.commendations.queries import ruling as queries
from soket.commendations.views.ruling import keeper, reader, way
from soket.commendations.views.shared import actor, done
from soket.kernel.clock import now, today
from soket.kernel.text import whole

WRONG = {
    "parts": gettext_lazy("Give day, what it is and name, parted by semicolons."),
    "day": gettext_lazy("There is no day written like this; write dd/mm/yyyy."),
    "year": gettext_lazy("This day lies in another year."),
    "word": gettext_lazy("Write “nghỉ” or “làm bù” in the middle."),
    "name": gettext_lazy("Give the day a name of at most 120 characters."),
    "weekday": gettext_lazy("Only a Saturday or a Sunday is worked in exchange."),
    "repeated": gettext_lazy("This day stands in a line above already."),
}


WEEKDAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"), gettext_lazy("Friday"), gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)  # fmt: skip


def _url(year: int) -> str:
    return f"{reverse('commendations:calendar')}?nam={year}"


@require_GET
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The days of one year that differ from the plain week."""
    keeps, years = reader(request), queries.years()
    asked = whole(request.GET.get("nam", ""))
    year = asked if asked is not None and 2000 <= asked <= 2099 else today().year
    held = next((one for one in years if one.year == year), None)
    days = queries.year_days(year) if held else []
    counts = {"off": sum(not one.working and one.day.weekday() < 5 for one in days), "worked": sum(one.working for one in days)}
    context = {
        "year": year, "years": years, "held": held, "days": [{"day": one, "weekday": WEEKDAYS[one.day.weekday()]} for one in days], "counts": counts,
        "keeps": keeps, "crumbs": way((_("Calendar of working days"), "")),
    }  # fmt: skip
    return render(request, "commendations/ruling/calendar.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a year, or write it anew, from pasted lines. Nothing is kept while a line is wrong: each is named, the box stays as it was."""
    keeper(request)
    asked = whole(request.GET.get("nam", ""))
    year = asked if asked is not None and 2000 <= asked <= 2099 else today().year + 1
    held = next((one for one in queries.years() if one.year == year), None)
    known = [holidays.SpecialDay(one.day, one.working, one.name) for one in queries.year_days(year)]
    initial: dict[str, Any] = {"year": year, "days": holidays.written(known), "citation": held.citation if held else "", "doubt": held.doubt if held else ""}
    form, wrong = YearForm(request.POST or None, initial=initial), []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        days, wrong = holidays.read(data["days"], data["year"])
        given = {"year": data["year"], "citation": data["citation"], "doubt": data["doubt"]}
        if wrong:
            form.add_error("days", _("Some lines were not understood; nothing was kept. Mend the lines named below."))
        elif done(form, lambda: actions.enter_year(days=days, by=actor(request), at=now(), **given)):
            messages.success(request, _("The year %(year)s is entered: %(days)s days.") % {"year": data["year"], "days": len(days)})
            return redirect(_url(data["year"]))
    heading = _("Enter the days of a year")
    context = {
        "form": form, "wrong": [{"row": one, "told": WRONG[one.code]} for one in wrong], "heading": heading, "back": _url(year), "again": held is not None,
        "crumbs": way((_("Calendar of working days"), _url(year)), (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/ruling/year.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def put(request: HttpRequest) -> HttpResponse:
    """Enter one day, or write it anew."""
    keeper(request)
    found = holidays.parsed_day(request.GET.get("ngay", ""))
    held = queries.holiday(found) if found else None
    initial = {"day": held.day, "kind": "worked" if held.working else "off", "name": held.name} if held else {"day": found, "kind": "off"}
    form = HolidayForm(request.POST or None, initial=initial)
    back = _url(found.year if found else today().year)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {"day": data["day"], "working": data["kind"] == "worked", "name": data["name"]}
        if done(form, lambda: actions.put_holiday(by=actor(request), at=now(), **given)):
            messages.success(request, _("The day is entered. Clocks that were set before keep their day."))
            return redirect(_url(data["day"].year))
    heading = _("Enter one day")
    context = {
        "form": form, "heading": heading, "label": _("Keep the day"), "back": back, "crumbs": way((_("Calendar of working days"), back), (heading, "")),
    }  # fmt: skip
    return render(request, "commendations/form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def drop(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """Take a day out, after a page that says what it is."""
    keeper(request)
    try:
        held = queries.holiday(date(year, month, day))
    except (ValueError, OverflowError):  # an address may name any number
        held = None
    if held is None:
        raise Http404
    if request.method == "POST" and request.POST.get("confirmed") == "1":
        actions.drop_holiday(holiday=held, by=actor(request), at=now())
        messages.success(request, _("The day was taken out: it is a plain day of the week again."))
        return redirect(_url(year))
    context = {"held": held, "back": _url(year), "crumbs": way((_("Calendar of working days"), _url(year)), (_("Take a day out"), ""))}
    return render(request, "commendations/ruling/drop.html", context)
