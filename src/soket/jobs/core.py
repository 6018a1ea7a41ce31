"""What a job looks like to a reader, and how long silence may last. Pure."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BEAT_EVERY = timedelta(seconds=5)
SILENT_AFTER = timedelta(seconds=45)
"""A worker that has not beaten for this long is taken for dead: longer than one lock wait of the database."""
ATTEMPTS = 3
"""How often one job is begun before it counts as failed."""
TRY_AGAIN_AFTER = timedelta(seconds=10)
KEEP_FOR = timedelta(days=30)
"""Finished jobs are forgotten after this; what they made is not theirs to forget."""
PASSING = frozenset({"django.db.utils.OperationalError", "django.db.utils.InterfaceError"})
"""Faults that may be gone on the next attempt."""
LOST = "soket.jobs.core.WorkerLost"


class WorkerLost(Exception):
    """The worker died in the middle of the job, as often as a job may be begun."""


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class JobState:
    """One job as shown: instants are None until they come; `reason` is in the reader's language, empty unless failed."""

    id: str
    state: State
    asked_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    attempts: int = 0
    reason: str = ""
    result: object = None

    @property
    def pending(self) -> bool:
        """Whether it is still to end."""
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def failed(self) -> bool:
        return self.state is State.FAILED
