"""The clock: server time decides; a device's time is only a claim. Days are days in Viet Nam."""
from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The server's time, aware, in UTC."""
    return timezone.now()


def day_of(at: datetime) -> date:
    """The calendar day in Viet Nam at that instant."""
    return at.astimezone(VIETNAM).date()


def today() -> date:
    return day_of(now())
