"""Health says the process answers; readiness says what is missing; a request leaves one line that a machine reads."""
from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from soket.jobs import actions as jobs
from soket.kernel.logs import JsonFormatter
from tests.support.client import LintingClient


@pytest.mark.django_db
def test_health_and_readiness_without_and_with_a_worker(client: LintingClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    told = client.get("/readyz").json()
    assert told == {"status": "ok", "database": connection.vendor, "storage": "ok", "worker": "not running", "waiting_jobs": 0}
    jobs.beat(worker="one", at=timezone.now())
    assert client.get("/readyz").json()["worker"] == "running"


@pytest.mark.django_db
def test_not_ready_when_files_cannot_be_kept(client: LintingClient, settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("no folder", encoding="ascii")
    settings.DATA = blocked
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "part": "storage", "reason": "NotADirectoryError"}
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_when_the_database_lacks_a_migration(client: LintingClient) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "part": "database", "reason": "1 migrations waiting"}


@pytest.mark.django_db
def test_not_ready_when_the_database_does_not_answer(client: LintingClient) -> None:
    def away(*_: Any) -> Any:
        from django.db import OperationalError

        raise OperationalError("away")

    with connection.execute_wrapper(away):
        answer = client.get("/readyz")
        assert client.get("/healthz").status_code == 200
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "part": "database", "reason": "OperationalError"}


@pytest.mark.django_db
def test_a_request_leaves_one_line_that_a_machine_reads(client: LintingClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="soket.request"):
        answer = client.get("/don-vi/?q=secret")
    lines = [json.loads(JsonFormatter().format(record)) for record in caplog.records if record.name == "soket.request"]
    assert len(lines) == 1
    line = lines[0]
    assert (line["path"], line["method"], line["status"], line["actor"]) == ("/don-vi/", "GET", answer.status_code, "")
    assert line["request_id"] == answer["X-Request-Id"]
    assert line["at"].endswith("+0700")
    assert "secret" not in json.dumps(line)


@pytest.mark.one_database
def test_a_fault_carries_its_trace_on_the_same_line() -> None:
    try:
        raise ValueError("một lỗi")
    except ValueError:
        record = logging.LogRecord("soket", logging.ERROR, __file__, 1, "failed %s", ("here",), sys.exc_info())
    text = JsonFormatter().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["message"], line["level"]) == ("failed here", "ERROR")
    assert "ValueError: một lỗi" in line["trace"]


def test_a_foreign_host_is_refused_without_a_line_in_the_log() -> None:
    """A trace for each such request would let a stranger fill the log."""
    assert Client().get("/healthz", headers={"host": "la.example"}).status_code == 400
    logger = logging.getLogger("django.security.DisallowedHost")
    assert not logger.propagate and not any(isinstance(one.formatter, JsonFormatter) for one in logger.handlers)


@pytest.mark.django_db
def test_a_form_without_its_cookie_is_refused_in_words_and_in_style() -> None:
    """The page that Django would show speaks English alone and breaks the policy on styles."""
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/vao/", {"login": "a", "password": "b"})
    text = answer.content.decode()
    assert answer.status_code == 403 and "<style" not in text and "Yêu cầu bị từ chối" in text and text.count("<h1") == 1
