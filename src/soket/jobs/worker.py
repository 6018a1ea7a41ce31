"""The worker's process: small steps (such as giving events their place) in one thread, jobs in another.

A long job must not keep the small steps waiting, and a fault in either must not end the other.
"""
from __future__ import annotations

import logging
import os
import socket
import uuid
from collections.abc import Callable, Sequence
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from soket.jobs import actions, core
from soket.kernel.clock import now

log = logging.getLogger("soket.worker")
Step = Callable[[], bool]
PAUSE = 0.5
"""Seconds between two looks at an empty queue."""
PATIENCE = 10
"""Seconds a stopping worker waits for the job in hand."""


class Jobs(Worker):
    """The library's way to run one job, with passing faults tried again; the loop around it is ours."""

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if actions.try_later(job_id=str(db_task_result.pk), at=now()):
            log.warning("job %s is tried again", db_task_result.pk)

    def run_next(self) -> bool:
        """Claim and run the job that is due first. Returns whether there was one."""
        with transaction.atomic():
            row = DBTaskResult.objects.ready().get_locked()
            if row is not None:
                row.claim(self.worker_id)
        if row is not None:
            self.run_task(row)
        return row is not None


def _jobs(name: str) -> Jobs:
    return Jobs(
        queue_names=["*"], interval=PAUSE, batch=False, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=name, excluded_queue_names=[],
    )


def _run_jobs(jobs: Jobs, stop: Event) -> None:
    """One job after the other until told to stop; a database that is away is waited for."""
    while not stop.is_set():
        try:
            close_old_connections()
            if not jobs.run_next():
                stop.wait(PAUSE)
        except Exception:
            log.exception("the queue cannot be read")
            stop.wait(2)
    connection.close()


def serve(*, steps: Sequence[Step], stop: Event) -> None:
    """Run until `stop` is set. A step answers whether it did something; when none did, the process rests a moment."""
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    thread = Thread(target=_run_jobs, args=(_jobs(name), stop), name="jobs", daemon=True)
    thread.start()
    beaten = None
    while not stop.is_set():
        try:
            close_old_connections()
            if thread.is_alive() and (beaten is None or now() - beaten >= core.BEAT_EVERY):
                beaten = now()
                actions.beat(worker=name, at=beaten)
            # Every step has its turn, whatever the one before it did.
            busy = any([step() for step in steps])  # noqa: C419
        except DatabaseError:
            log.exception("the database does not answer")
            stop.wait(2)
            continue
        if not busy:
            stop.wait(PAUSE)
    thread.join(PATIENCE)
    actions.leave(worker=name, at=now())


def run_waiting() -> None:
    """Run every job that waits, in this thread, and return: for one-off commands and tests."""
    jobs = _jobs(f"once-{uuid.uuid4().hex[:6]}")
    while jobs.run_next():
        pass
