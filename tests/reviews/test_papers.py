"""Papers of a frozen edition: asked for at the freeze, set by the worker or, without one, in the request; kept once."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from soket.documents.queries import render_pdf
from soket.files import queries as files
from soket.jobs import actions as jobs
from soket.jobs.worker import run_waiting
from soket.kernel.door import Refused
from soket.reviews import actions, queries, tasks
from soket.reviews.models import Edition, Paper
from soket.reviews.paper import review_paper
from tests.factories import reviews as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/so-ket/so-ket-thu/"
PDF, STATE = f"{HOME}ban-1/bao-cao.pdf", f"{HOME}ban-1/bao-cao/"
Commit = Callable[..., Any]


def _text(response: Any) -> str:
    return response.content.decode()


def _asked() -> list[tuple[int, str]]:
    found = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.order_by("enqueued_at")]
    return [(item["edition"], item["form"]) for item in found]


def test_the_freeze_asks_for_both_papers_and_the_worker_keeps_them(world: make.World, django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        edition = make.frozen(world)
    assert _asked() == [(edition.pk, "pdf"), (edition.pk, "docx")]
    run_waiting()
    kept = queries.kept_forms(edition)
    assert sorted(kept) == ["docx", "pdf"]
    assert queries.paper_bytes(kept["pdf"]).startswith(b"%PDF-")
    assert not files.is_public(kept["pdf"].file)
    again = tasks.set_now(edition, "pdf")
    assert again.pk == kept["pdf"].pk


def test_the_page_shows_waiting_then_the_link(
    world: make.World, client: LintingClient, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        edition = make.frozen(world)
    jobs.beat(worker="one", at=timezone.now())
    for address in (HOME, STATE):
        page = _text(client.get(address))
        assert page.count("đang chờ xử lý") == 2
        assert PDF not in page
        assert f'hx-get="{STATE}"' in page
    fragment = client.get(STATE, headers={"HX-Request": "true"})
    assert _text(fragment).lstrip().startswith('<div id="papers"')
    early = client.get(PDF)
    assert (early.status_code, early["Retry-After"]) == (503, "2")
    assert _asked() == [(edition.pk, "pdf"), (edition.pk, "docx")]
    run_waiting()
    page = _text(client.get(STATE))
    assert f'href="{PDF}"' in page
    assert "hx-get" not in page
    assert client.get(PDF).content.startswith(b"%PDF-")


def test_without_a_worker_the_page_says_so_and_the_request_sets_the_paper(
    world: make.World, client: LintingClient, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        edition = make.frozen(world)
    page = _text(client.get(STATE))
    assert "hiện không chạy" in page
    assert f'href="{PDF}"' in page
    assert client.get(PDF).content.startswith(b"%PDF-")
    assert set(queries.kept_forms(edition)) == {"pdf"}


def test_a_paper_nobody_asked_for_is_asked_for_by_its_first_reader(
    edition: Edition, client: LintingClient, django_capture_on_commit_callbacks: Commit
) -> None:
    jobs.beat(worker="one", at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert client.get(PDF).status_code == 503
    assert _asked() == [(edition.pk, "pdf")]


def test_a_failed_paper_says_why_and_is_asked_for_again(
    world: make.World, client: LintingClient, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Commit
) -> None:
    def broken(_paper: object) -> bytes:
        raise ValueError("the font is missing")

    monkeypatch.setitem(tasks.RENDER, "pdf", broken)
    with django_capture_on_commit_callbacks(execute=True):
        make.frozen(world)
    run_waiting()
    assert "Đã xảy ra lỗi ngoài dự kiến" in _text(client.get(PDF))
    assert "Thử lại" not in _text(client.get(STATE))
    assert client.post(STATE).status_code == 404
    client.force_login(world.office)
    assert "Thử lại" in _text(client.get(STATE))
    monkeypatch.setitem(tasks.RENDER, "pdf", render_pdf)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(STATE).status_code == 302
    run_waiting()
    assert client.get(PDF).content.startswith(b"%PDF-")


def test_lost_bytes_are_set_anew_and_the_old_row_stays(edition: Edition, client: LintingClient) -> None:
    first = tasks.set_now(edition, "pdf")
    files.path_of(first.file.sha256).unlink()
    assert client.get(PDF).content.startswith(b"%PDF-")
    assert Paper.objects.filter(edition=edition).count() == 2


def test_only_a_frozen_edition_and_only_bytes_of_that_form_are_kept(world: make.World, edition: Edition) -> None:
    content = render_pdf(review_paper(edition))
    with pytest.raises(Refused):
        actions.keep_paper(edition=edition, form="docx", content=content, by=tasks.SETTER, at=make.AT)
    proposed = actions.propose(review=world.review, reason="Cập nhật", by=world.office, at=make.LATER)
    with pytest.raises(Refused):
        actions.keep_paper(edition=proposed, form="pdf", content=content, by=tasks.SETTER, at=make.AT)
    assert tasks.set_paper.call(edition=proposed.pk, form="pdf") == {"done": ""}


def test_no_other_form_and_no_unfrozen_edition_has_an_address(edition: Edition, client: LintingClient) -> None:
    assert client.get(f"{HOME}ban-1/bao-cao.odt").status_code == 404
    assert client.get(f"{HOME}ban-2/bao-cao/").status_code == 404
