"""A job is asked for after commit, once; it ends done or failed with words; what a dead worker held is taken back."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from soket.jobs import actions, core, queries
from soket.jobs.core import State
from soket.jobs.worker import run_waiting
from tests.jobs import sample

Commit = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _fresh() -> None:
    sample.calls.clear()


def _ask(job: Any, commit: Commit, number: int = 21) -> None:
    with commit(execute=True):
        actions.enqueue(job=job, arguments={"number": number})


@pytest.mark.django_db
def test_a_job_waits_runs_and_is_done(django_capture_on_commit_callbacks: Commit) -> None:
    assert queries.latest(sample.double, number=21) is None
    _ask(sample.double, django_capture_on_commit_callbacks)
    asked = queries.latest(sample.double, number=21)
    assert asked is not None
    assert (asked.state, asked.pending, queries.waiting_count()) == (State.WAITING, True, 1)
    run_waiting()
    done = queries.latest(sample.double, number=21)
    assert done is not None
    assert (done.state, done.result, done.attempts, queries.waiting_count()) == (State.DONE, 42, 1, 0)


@pytest.mark.django_db
def test_the_same_work_is_asked_for_once_while_it_waits_and_may_be_asked_for_again_after(django_capture_on_commit_callbacks: Commit) -> None:
    for number in (21, 21, 22):
        _ask(sample.double, django_capture_on_commit_callbacks, number)
    run_waiting()
    assert sample.calls == ["double 21", "double 22"]
    _ask(sample.double, django_capture_on_commit_callbacks)
    run_waiting()
    assert sample.calls == ["double 21", "double 22", "double 21"]


@pytest.mark.django_db
def test_what_is_rolled_back_asks_for_nothing(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError), transaction.atomic():
        actions.enqueue(job=sample.double, arguments={"number": 21})
        raise RuntimeError
    assert queries.waiting_count() == 0


@pytest.mark.django_db
def test_a_refusal_and_a_fault_are_said_in_the_readers_language(django_capture_on_commit_callbacks: Commit) -> None:
    for job in (sample.refuse, sample.crash):
        _ask(job, django_capture_on_commit_callbacks)
    run_waiting()
    said = {}
    for language in ("vi", "en"):
        with translation.override(language):
            for job in (sample.refuse, sample.crash):
                ended = queries.latest(job, number=21)
                assert ended is not None
                assert ended.failed
                said[job.name, language] = ended.reason
    assert said["refuse", "en"] == "Sign in to release a file."
    assert said["refuse", "vi"] not in {"", said["refuse", "en"]}
    assert said["crash", "en"].startswith("An unexpected fault")
    assert said["crash", "vi"].startswith("Đã xảy ra lỗi")


@pytest.mark.django_db
def test_a_passing_fault_is_tried_again_and_then_given_up(django_capture_on_commit_callbacks: Commit) -> None:
    _ask(sample.stumble, django_capture_on_commit_callbacks)
    for attempt in range(1, core.ATTEMPTS + 1):
        DBTaskResult.objects.update(run_after=timezone.now())
        run_waiting()
        state = queries.latest(sample.stumble, number=21)
        assert state is not None
        assert (state.attempts, state.failed) == (attempt, attempt == core.ATTEMPTS)
    assert state.reason


def _held_by(worker: str, times: int) -> DBTaskResult:
    sample.double.enqueue(number=21)
    row = DBTaskResult.objects.get()
    for _ in range(times):
        row.claim(worker)
    return row


@pytest.mark.django_db
@pytest.mark.parametrize(("times", "state"), [(1, State.WAITING), (core.ATTEMPTS, State.FAILED)])
def test_the_job_of_a_dead_worker_is_taken_back(times: int, state: State) -> None:
    _held_by("gone", times)
    at = timezone.now()
    actions.beat(worker="gone", at=at)
    actions.beat(worker="other", at=at + timedelta(seconds=20))
    held = queries.latest(sample.double, number=21)
    assert held is not None
    assert held.state is State.RUNNING
    actions.beat(worker="other", at=at + core.SILENT_AFTER + timedelta(seconds=1))
    taken = queries.latest(sample.double, number=21)
    assert taken is not None
    assert taken.state is state


@pytest.mark.django_db
def test_a_worker_lives_while_it_beats() -> None:
    at = timezone.now()
    assert not queries.worker_lives(at)
    actions.beat(worker="one", at=at)
    assert queries.worker_lives(at + core.SILENT_AFTER)
    assert not queries.worker_lives(at + core.SILENT_AFTER + timedelta(seconds=1))
    actions.leave(worker="one", at=at)
    assert not queries.worker_lives(at)


@pytest.mark.django_db
def test_finished_jobs_are_forgotten_after_a_month(django_capture_on_commit_callbacks: Commit) -> None:
    _ask(sample.double, django_capture_on_commit_callbacks)
    run_waiting()
    at: datetime = timezone.now()
    assert actions.forget_finished(at=at + core.KEEP_FOR - timedelta(minutes=1)) == 0
    assert actions.forget_finished(at=at + core.KEEP_FOR + timedelta(minutes=1)) == 1


def test_the_process_runs_steps_and_jobs_side_by_side_and_leaves_in_order(fresh_database: str, tmp_path: Path) -> None:
    """A worker as it runs for real: two threads, each with its own connection to a database that keeps what is committed."""
    environment = {
        **os.environ, "DATABASE_URL": fresh_database, "SOKET_DATA": str(tmp_path), "SOKET_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "soket.settings", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.jobs.side_by_side"], env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {"calls": ["double 4"], "state": "done", "beaten": True, "left": True}
