"""Reads: where a job stands, whether a worker lives, how much waits."""
from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from soket.jobs import core
from soket.jobs.core import JobState, State
from soket.jobs.models import Beat

_STATES = {
    TaskResultStatus.READY: State.WAITING,
    TaskResultStatus.RUNNING: State.RUNNING,
    TaskResultStatus.FAILED: State.FAILED,
    TaskResultStatus.SUCCESSFUL: State.DONE,
}


def latest(job: Task, **arguments: Any) -> JobState | None:
    """The newest job asked for with these arguments (others it may have do not matter); None when it never was."""
    wanted = {f"args_kwargs__kwargs__{name}": value for name, value in arguments.items()}
    row = DBTaskResult.objects.filter(task_path=job.module_path, **wanted).order_by("-enqueued_at").first()
    return None if row is None else _state(row)


def worker_lives(at: datetime) -> bool:
    """Whether some worker gave a sign of life lately."""
    return Beat.objects.filter(at__gte=at - core.SILENT_AFTER).exists()


def waiting_count() -> int:
    """How many jobs wait for a worker."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def _state(row: DBTaskResult) -> JobState:
    answer = row.return_value if isinstance(row.return_value, dict) else {}
    state = State.FAILED if "refused" in answer else _STATES[TaskResultStatus(row.status)]
    return JobState(
        id=str(row.pk), state=state, asked_at=row.enqueued_at, started_at=row.started_at,
        finished_at=None if state is State.WAITING else row.finished_at, attempts=len(row.worker_ids),
        reason=_reason(row, answer) if state is State.FAILED else "", result=answer.get("done"),
    )


def _reason(row: DBTaskResult, answer: dict[str, Any]) -> str:
    """Why it failed, for the reader; the trace stands in the log under the job's id."""
    if "refused" in answer:
        language = (get_language() or "vi").split("-")[0]
        return str(answer["refused"].get(language) or answer["refused"]["vi"])
    if row.exception_class_path == core.LOST:
        return _("The worker stopped in the middle of this job %(count)s times.") % {"count": core.ATTEMPTS}
    if row.exception_class_path in core.PASSING:
        return _("The database did not answer in time.")
    return _("An unexpected fault. The administrator finds it in the log under job %(id)s.") % {"id": str(row.pk)[:8]}
