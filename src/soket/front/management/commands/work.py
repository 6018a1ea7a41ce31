"""The worker: gives waiting events their place in the tree and runs queued jobs, until stopped."""
from __future__ import annotations

import signal
import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from soket.audit.actions import sequence_pending
from soket.directions.actions import send_reminders
from soket.jobs import actions as jobs
from soket.jobs.worker import serve
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now, today
from soket.live.publish import republish
from soket.publishing import mending
from soket.publishing.actions import timing
from soket.publishing.outlet import counting


class Command(BaseCommand):
    help = "Place events within a second and run jobs; stop with SIGTERM"

    def handle(self, *args: Any, **options: Any) -> None:
        stop = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        serve(steps=[_Place(), _Tidy(), _Relive(), _Remind(), _GoOut(), _Mend(), _Forget()], stop=stop)


class _Place:
    """Events that wait get their place; after a start and once an hour also those that an unusually long transaction brought late."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        thorough = now() >= self.due
        if thorough:
            self.due = now() + timedelta(hours=1)
        return sequence_pending(at=now(), thorough=thorough) > 0


class _Tidy:
    """Once an hour the queue forgets what ended long ago."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        if now() < self.due:
            return False
        self.due = now() + timedelta(hours=1)
        return jobs.forget_finished(at=now()) > 0


class _Relive:
    """Every few seconds the hub is given the newest snapshots again: a hub that was restarted knows nothing."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        if now() >= self.due:
            self.due = now() + timedelta(seconds=5)
            republish()
        return False


class _Remind:
    """Once a day, and after a start, owners are reminded of their directions. What was sent for a deadline is not sent again."""

    def __init__(self) -> None:
        self.done: date | None = None

    def __call__(self) -> bool:
        if self.done == today():
            return False
        self.done = today()
        return send_reminders(by=SystemActor("reminders", "Nhắc việc"), at=now()) > 0


class _GoOut:
    """Every second, articles whose set time has come are published."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        if now() < self.due:
            return False
        self.due = now() + timedelta(seconds=1)
        return timing.publish_due(now()) > 0


class _Mend:
    """Twice a minute the public store is compared with what was released: what it missed is put there, what has expired is taken out."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        if now() < self.due:
            return False
        self.due = now() + timedelta(seconds=30)
        return mending.mend() > 0


class _Forget:
    """Once a minute: the hashes by which readers of a past day were told apart are erased, if no reader of today has brought that about."""

    def __init__(self) -> None:
        self.due = now()

    def __call__(self) -> bool:
        if now() < self.due:
            return False
        self.due = now() + timedelta(minutes=1)
        with suppress(sqlite3.Error, OSError):  # busy or away: in a minute again
            return counting.tally(settings.PUBLIC).close_past()
        return False
