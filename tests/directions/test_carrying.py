"""The next review opens with the open directions, sealed as they stood; without any, nothing of a dossier changes."""
from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from soket.audit.actions import sequence_pending
from soket.audit.queries import public_key
from soket.audit.verifier import read_trust, verify_file
from soket.directions import actions, queries
from soket.directions.carrying import printed
from soket.documents.core import Table
from soket.reviews.actions import propose
from soket.reviews.dossier import dossier_file
from soket.reviews.models import Entry
from soket.reviews.paper import review_paper
from tests.factories import directions as make
from tests.factories import reviews as reviewing
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
AT = make.AT + timedelta(days=90)


def test_without_an_open_direction_there_is_no_entry(world: make.World) -> None:
    reviewing.draft(world.review)
    edition = propose(review=world.review.review, by=world.office, at=AT)
    assert not Entry.objects.filter(edition=edition, key="directions").exists()


def test_open_directions_are_sealed_as_they_stood(world: make.World) -> None:
    open_, closed = make.issued(world), make.issued(world, text="Đã xong")
    actions.decide(step=make.claimed(world, closed), accepted=True, by=world.office, at=make.AT)  # type: ignore[arg-type]
    actions.change_deadline(direction=open_, due_on=make.DUE + timedelta(days=10), reason="Chờ hướng dẫn", by=world.office, at=make.AT)
    reviewing.draft(world.review)
    edition = propose(review=world.review.review, by=world.office, at=AT)
    body = json.loads(Entry.objects.get(edition=edition, key="directions").body)
    assert body["as_of"] == "2026-10-18"
    assert [(row["number"], row["state"], row["due_on"], row["extended"], row["days_late"]) for row in body["directions"]] == [(1, "open", "2026-10-10", 1, 8)]


def test_a_deadline_brought_forward_is_printed_as_changed_and_not_as_extended(world: make.World) -> None:
    found = make.issued(world)
    actions.change_deadline(direction=found, due_on=make.DUE - timedelta(days=20), reason="Việc gấp", by=world.office, at=make.AT)
    body = queries.carried(world.review.review, AT)
    assert body is not None
    table = printed(body)[-1]
    assert isinstance(table, Table)
    assert table.rows[0].cells[4] == "đang thực hiện; quá hạn 38 ngày; thời hạn đã thay đổi 1 lần"


def test_a_frozen_edition_keeps_them_whatever_happens_later(world: make.World, django_capture_on_commit_callbacks: Any) -> None:
    open_ = make.issued(world, at=make.AT - timedelta(days=30))
    reviewing.draft(world.review)
    with django_capture_on_commit_callbacks(execute=True):
        edition = reviewing.frozen(world.review)
    before = Entry.objects.get(edition=edition, key="directions").body
    actions.decide(step=make.claimed(world, open_, AT), accepted=True, by=world.office, at=AT)  # type: ignore[arg-type]
    assert Entry.objects.get(edition=edition, key="directions").body == before
    assert [row.direction.pk for row in queries.open_for_review(world.review.review, AT.date())] == []
    assert [(row.kind, row.url) for row in open_.reliances.all()] == [("reviews.edition", f"/so-ket/{world.review.review.slug}/ban-1/")]
    words = str(review_paper(edition).blocks)
    assert "Thực hiện các nhiệm vụ đã giao" in words
    page = LintingClient().get(f"/so-ket/{world.review.review.slug}/").content.decode()
    assert open_.text in page


def test_the_offline_verifier_accepts_a_dossier_with_directions(world: make.World, tmp_path: Path) -> None:
    make.issued(world, at=make.AT - timedelta(days=30))
    reviewing.draft(world.review)
    edition = reviewing.frozen(world.review)
    sequence_pending(at=AT)
    path = tmp_path / "ho-so.soket"
    path.write_bytes(dossier_file(edition))
    assert verify_file(path, read_trust(public_key()[0])).findings == []
