"""The same server a day later: the journey's second day, without a clock setting in the product."""
from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

_now = timezone.now


def _a_day_later() -> datetime:
    return _now() + timedelta(days=1)


timezone.now = _a_day_later

from soket.wsgi import application  # noqa: E402

__all__ = ["application"]
