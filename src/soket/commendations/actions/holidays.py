"""The calendar of working days, entered year by year as the notices of the year say it."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events
from soket.commendations.actions.ruling import require_keeper
from soket.commendations.core.holidays import SpecialDay, fault
from soket.commendations.models import Holiday, HolidayYear
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reviews.rules import clean

YEARS = range(2000, 2100)
FAULTS = {
    "name": _("Give the day a name of at most 120 characters."),
    "weekday": _("Only a Saturday or a Sunday is worked in exchange."),
}


def year_ref(year: HolidayYear) -> Ref:
    """How the record names a year's calendar."""
    return Ref("commendations.year", str(year.year), f"năm {year.year}")


def _named(name: str, day: date, working: bool) -> str:
    name = clean(name, "name", 120)
    wrong = fault(day, working, name)
    if wrong:
        raise Refused(FAULTS[wrong], field="name" if wrong == "name" else "working")
    return name


@action
def enter_year(*, year: int, days: Sequence[SpecialDay], citation: str, by: Actor, at: datetime, doubt: str = "") -> HolidayYear:
    """Enter the days of a year that differ from the plain week. A year entered before is written anew; clocks already set keep their day.

    Raises Refused at year, days (none, outside the year, twice, or a weekday worked in exchange), citation or doubt.
    """
    require_keeper(by, at)
    if year not in YEARS:
        raise Refused(_("Enter a year, for example 2027."), field="year")
    if not days or len({one.day for one in days}) != len(days) or any(one.day.year != year for one in days):
        raise Refused(_("Give the days of that year, each once."), field="days")
    rows = [(one.day, one.working, _named(one.name, one.day, one.working)) for one in days]
    given = {"citation": clean(citation, "citation", 400), "doubt": clean(doubt, "doubt", 600, required=False), "at": at, "by_label": by.actor_label}
    made, _new = HolidayYear.objects.update_or_create(year=year, defaults=given)
    Holiday.objects.filter(year=made).delete()
    Holiday.objects.bulk_create([Holiday(day=day, year=made, working=working, name=name) for day, working, name in rows])
    listed = [f"{day.isoformat()} {_kind(working)} {name}" for day, working, name in sorted(rows)]
    payload = {"year": year, "days": len(rows), "citation": made.citation, "doubt": made.doubt, "listed": listed}
    record(event=events.ruling.YEAR_ENTERED, by=by, subject=year_ref(made), at=at, payload=payload)
    return made


def _kind(working: bool) -> str:
    return "làm bù" if working else "nghỉ"


@action
def put_holiday(*, day: date, working: bool, name: str, by: Actor, at: datetime) -> Holiday:
    """Enter one day of a year that is entered, or write it anew. Raises Refused at day (its year is not entered), working or name."""
    require_keeper(by, at)
    year = HolidayYear.objects.select_for_update().filter(year=day.year).first()
    if year is None:
        raise Refused(_("The year %(year)s is not entered yet.") % {"year": day.year}, field="day")
    made, _new = Holiday.objects.update_or_create(day=day, defaults={"year": year, "working": working, "name": _named(name, day, working)})
    payload = {"day": day.isoformat(), "kind": _kind(working), "name": made.name}
    record(event=events.ruling.HOLIDAY_PUT, by=by, subject=year_ref(year), at=at, payload=payload)
    return made


@action
def drop_holiday(*, holiday: Holiday, by: Actor, at: datetime) -> None:
    """Take a day out of the calendar: it is a plain day of the week again. Again is harmless."""
    require_keeper(by, at)
    if Holiday.objects.filter(pk=holiday.pk).delete()[0]:
        payload = {"day": holiday.day.isoformat(), "name": holiday.name}
        record(event=events.ruling.HOLIDAY_DROPPED, by=by, subject=year_ref(holiday.year), at=at, payload=payload)
