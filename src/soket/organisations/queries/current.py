"""The open version of an area or a unit, and the checks that every act starts with."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.text import nfc
from soket.organisations.models import Area, AreaVersion, KnownFrom, Unit, UnitVersion

Subject = Area | Unit
Version = AreaVersion | UnitVersion
FAR_AHEAD = 5


def clean(text: str, field: str, limit: int, *, required: bool = True) -> str:
    """NFC text of one line. Raises Refused when empty, too long or broken."""
    try:
        value = " ".join(nfc(text).split())
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored. Type it again."), field=field) from None
    if required and not value:
        raise Refused(_("Fill in this field."), field=field)
    if len(value) > limit:
        raise Refused(_("This text is longer than %(limit)s characters.") % {"limit": limit}, field=field)
    return value


def checked_day(on: date, at: datetime) -> date:
    """A plain day not later than five years ahead. Raises Refused."""
    if isinstance(on, datetime) or not isinstance(on, date):
        raise Refused(_("Enter the day as dd/mm/yyyy."), field="on")
    if on.year > day_of(at).year + FAR_AHEAD:
        raise Refused(_("The day lies more than five years ahead."), field="on")
    return on


def checked_entry(*, on: date, basis: str, note: str, at: datetime) -> None:
    """What every act asks of its day, basis and note, for a preview to ask first. Raises Refused."""
    checked_day(on, at)
    clean(basis, "basis", 400)
    clean(note, "note", 400, required=False)


def _versions(subject: Subject) -> Any:
    if isinstance(subject, Area):
        return AreaVersion.objects.filter(area=subject)
    return UnitVersion.objects.filter(unit=subject).select_related("unit__line")


def last_version(subject: Subject) -> Any:
    """The latest dated row; None for a subject without any."""
    return _versions(subject).order_by("-valid_from").first()


def version_at(subject: Subject, day: date) -> Any:
    """The dated row of that day; None when the subject did not stand."""
    found = _versions(subject).filter(valid_from__lte=day).order_by("-valid_from").first()
    return found if found and (found.valid_to is None or day < found.valid_to) else None


def known_day(line_id: int | None, level: int) -> date | None:
    """From which day the level of the map, or of a line, is loaded."""
    found = KnownFrom.objects.filter(Q(line=None) if line_id is None else Q(line_id=line_id), level=level)
    return found.values_list("day", flat=True).first()


def require_known(on: date, line_id: int | None, level: int) -> None:
    """Raises Refused for a day before the boundaries were loaded."""
    since = known_day(line_id, level)
    if since and on < since:
        raise Refused(_("The boundaries before %(day)s are not loaded.") % {"day": f"{since:%d/%m/%Y}"}, field="on")


def open_version(subject: Subject, on: date) -> Any:
    """The version that an act on that day may end or change. Raises Refused when the subject does not stand
    on that day, or when an act of that day or later already speaks of it."""
    last = last_version(subject)
    if last is None:
        raise Refused(_("There is nothing of this name."), field="on")
    require_known(on, subject.line_id if isinstance(subject, Unit) else None, last.level)
    still = last.valid_to is None or on < last.valid_to
    if not still:
        ended = {"name": last.name, "day": f"{last.valid_to:%d/%m/%Y}"}
        raise Refused(_("%(name)s no longer exists on that day; it ended on %(day)s.") % ended, field="on")
    require_open(last, on)
    return last


def require_open(version: Version, on: date) -> None:
    """Raises Refused unless the version began before the day and has no end."""
    if version.valid_from >= on or version.valid_to is not None:
        known = {"name": version.name, "day": f"{(version.valid_to or version.valid_from):%d/%m/%Y}"}
        raise Refused(_("%(name)s already changes on %(day)s. Choose a later day, or undo that act first.") % known, field="on")
