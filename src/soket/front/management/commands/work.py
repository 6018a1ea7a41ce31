"""The worker: gives waiting events their place in the tree and runs queued jobs, until stopped."""
from __future__ import annotations

import signal
import sqlite3
from collections.abc import Callable
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
        serve(
            steps=[
                _Place(),
                _Every(timedelta(hours=1), lambda: jobs.forget_finished(at=now()) > 0),
                _Every(timedelta(seconds=5), _relive),
                _Remind(),
                _Every(timedelta(seconds=1), lambda: timing.publish_due(now()) > 0),
                _Every(timedelta(seconds=30), lambda: mending.mend() > 0),
                _Every(timedelta(minutes=1), _forget),
            ],
            stop=stop,
        )


class _Every:
    """A step that is due after a start and then each time the pause has passed; `act` answers whether it did something."""

    def __init__(self, pause: timedelta, act: Callable[[], bool]) -> None:
        self.pause, self.act, self.due = pause, act, now()

    def __call__(self) -> bool:
        if now() < self.due:
            return False
        self.due = now() + self.pause
        return self.act()


class _Place:
    """Events that wait get their place; after a start and once an hour also those that an unusually long transaction brought late."""

    def __init__(self) -> None:
        self.thorough = _Every(timedelta(hours=1), lambda: True)

    def __call__(self) -> bool:
        return sequence_pending(at=now(), thorough=self.thorough()) > 0


def _relive() -> bool:
    """The hub is given the newest snapshots again: a hub that was restarted knows nothing."""
    republish()
    return False


def _forget() -> bool:
    """The hashes by which readers of a past day were told apart are erased, if no reader of today has brought that about."""
    with suppress(sqlite3.Error, OSError):  # busy or away: in a minute again
        return counting.tally(settings.PUBLIC).close_past()
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
