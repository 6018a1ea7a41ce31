"""The writes of this room: ask for work, say a worker lives, take back what a dead one held."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from soket.jobs import core, queries
from soket.jobs.models import Beat
from soket.kernel.door import action


@action
def enqueue(*, job: Task, arguments: Mapping[str, Any]) -> None:
    """Ask for work once the caller's transaction is committed; nothing when the same work already waits or runs."""
    transaction.on_commit(partial(_ask, job, dict(arguments)))


def _ask(job: Task, arguments: dict[str, Any]) -> None:
    known = queries.latest(job, **arguments)
    if known is None or not known.pending:
        job.enqueue(**arguments)


@action
def beat(*, worker: str, at: datetime) -> None:
    """Say that the worker lives; forget workers silent for long, and give back the jobs that no living worker holds."""
    Beat.objects.update_or_create(worker=worker, defaults={"at": at}, create_defaults={"worker": worker, "since": at, "at": at})
    Beat.objects.filter(at__lt=at - core.SILENT_AFTER).delete()
    _take_back(at)


@action
def leave(*, worker: str, at: datetime) -> None:
    """The worker stops in order; a job it could not finish waits for the next one."""
    Beat.objects.filter(worker=worker).delete()
    _take_back(at)


def _take_back(at: datetime) -> None:
    alive = set(Beat.objects.values_list("worker", flat=True))
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        mine = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING)
        if len(row.worker_ids) < core.ATTEMPTS:
            mine.update(status=TaskResultStatus.READY)
        else:
            mine.update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path=core.LOST, traceback="")


@action
def try_later(*, job_id: str, at: datetime) -> bool:
    """Put a job that met a passing fault back in the queue, while it has attempts left. Returns whether it did."""
    row = DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.FAILED, exception_class_path__in=core.PASSING).first()
    if row is None or len(row.worker_ids) >= core.ATTEMPTS:
        return False
    DBTaskResult.objects.filter(pk=row.pk).update(status=TaskResultStatus.READY, run_after=at + core.TRY_AGAIN_AFTER)
    return True


@action
def forget_finished(*, at: datetime) -> int:
    """Delete the queue's rows of jobs that ended long ago. Returns how many."""
    ended = DBTaskResult.objects.filter(status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED])
    return ended.filter(finished_at__lt=at - core.KEEP_FOR).delete()[0]
