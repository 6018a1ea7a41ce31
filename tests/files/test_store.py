"""Bytes are kept once under their hash, flushed to disk, and open only to whoever may read them."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation

from soket.accounts.models import Person
from soket.audit.models import Event
from soket.files import actions, core, queries, rules, views
from soket.files.models import Release, StoredFile
from soket.kernel.actor import Anonymous, SystemActor
from soket.kernel.door import DoorClosed, Refused
from tests.files import samples

AT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
JOB = SystemActor("tests", "Tests")
DOCUMENTS = frozenset({core.PDF, core.DOCX})
pytestmark = pytest.mark.django_db


def store(content: bytes = samples.PDF, name: str = "quy che.pdf") -> StoredFile:
    return actions.store(content=content, name=name, allowed=DOCUMENTS, by=JOB, at=AT)


@pytest.fixture
def readers() -> Iterator[set[str]]:
    """Usernames that one registered rule lets read anything, for the length of a test."""
    names: set[str] = set()

    def rule(actor: object, file: StoredFile) -> bool:
        return getattr(actor, "username", "") in names

    rules.register_access(rule)
    yield names
    rules._access.remove(rule)


def test_bytes_lie_under_their_hash_and_read_back_the_same() -> None:
    file = store()
    digest = hashlib.sha256(samples.PDF).hexdigest()
    assert (file.sha256, file.size, file.media_type, file.name) == (digest, len(samples.PDF), core.PDF, "quy che.pdf")
    assert queries.open_path(file).parts[-3:] == ("files", digest[:2], digest[2:])
    assert queries.read(file) == samples.PDF and queries.verify(digest)
    event = Event.objects.get(name="files.stored")
    assert (event.subject_kind, event.subject_id, event.actor_label) == ("files.file", digest, "Tests")


def test_the_same_bytes_are_one_row_one_file_and_one_event_whatever_the_name() -> None:
    first, second = store(), store(name="khac.pdf")
    assert first.pk == second.pk and second.name == "quy che.pdf"
    assert Event.objects.filter(name="files.stored").count() == 1


def test_no_half_written_file_is_left_beside_the_whole_one() -> None:
    folder = queries.open_path(store()).parent
    assert [path.name for path in folder.iterdir()] == [hashlib.sha256(samples.PDF).hexdigest()[2:]]


def test_many_are_stored_in_order_and_all_or_none() -> None:
    pairs = [(samples.docx("b"), "b.docx"), (samples.PDF, "a.pdf"), (samples.docx("b"), "c.docx")]
    uploads = [actions.Upload(content, name) for content, name in pairs]
    rows = actions.store_many(uploads=uploads, allowed=DOCUMENTS, by=JOB, at=AT)
    assert [row.name for row in rows] == ["b.docx", "a.pdf", "b.docx"] and StoredFile.objects.count() == 2
    with pytest.raises(Refused):
        spoilt = [actions.Upload(samples.docx("d"), "d.docx"), actions.Upload(b"", "e.pdf")]
        actions.store_many(uploads=spoilt, allowed=DOCUMENTS, by=JOB, at=AT)
    assert StoredFile.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "english"),
    [
        (b"", "The file is empty. Choose a file of one of these kinds"),
        (b"text", "This kind of file is not accepted here. Choose a file of one of these kinds"),
        (samples.JPEG, "This kind of file is not accepted here. Choose a file of one of these kinds"),
        (samples.PDF_LOCKED, "The file is locked with a password. Remove the password, then choose it"),
        (samples.archive("word/vbaProject.bin"), "The file contains macros. Save it without macros, then choose it"),
        (samples.PDF + bytes(core.MAX_BYTES), "The file is larger than 10 MB. Make it smaller, or divide it, and choose"),
    ],
)
def test_a_wrong_file_is_refused_at_the_field_and_names_what_is_allowed(content: bytes, english: str, tmp_path: Path) -> None:
    with translation.override("en"), pytest.raises(Refused) as caught:
        store(content)
    with translation.override("en"):
        assert (caught.value.field, str(caught.value.message)) == ("file", f"{english}: PDF, Word (.docx).")
    assert not StoredFile.objects.exists() and not (tmp_path / "files").exists()


def test_damage_on_disk_is_noticed_and_storing_again_heals_it() -> None:
    file = store()
    path = queries.open_path(file)
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert not queries.verify(file.sha256)
    with pytest.raises(queries.FileDamaged):
        queries.read(file)
    assert queries.read(store()) == samples.PDF
    path.unlink()
    with pytest.raises(queries.FileDamaged):
        queries.open_path(file)
    assert queries.read(store()) == samples.PDF


def test_a_release_needs_a_reason_happens_once_and_is_recorded() -> None:
    file = store()
    with pytest.raises(Refused) as caught:
        actions.release(file=file, reason="  ", by=JOB, at=AT)
    assert caught.value.field == "reason" and not queries.is_public(file)
    first = actions.release(file=file, reason="Công bố kèm bài viết", by=JOB, at=AT)
    assert actions.release(file=file, reason="lần nữa", by=JOB, at=AT) == first
    assert queries.is_public(file) and queries.public_ids([file.pk]) == {file.pk}
    assert Event.objects.filter(name="files.released").count() == 1
    with pytest.raises(Refused):
        actions.release(file=file, reason="x", by=Anonymous(), at=AT)


def test_the_database_refuses_change_deletion_a_second_row_and_an_empty_file() -> None:
    file = store()
    actions.release(file=file, reason="x", by=JOB, at=AT)
    for statement in (
        "UPDATE files_storedfile SET name = 'y'",
        "DELETE FROM files_storedfile",
        "UPDATE files_release SET reason = 'y'",
        "DELETE FROM files_release",
    ):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    columns = "sha256, size, media_type, name, stored_at, stored_by, synthetic"
    for digest, size in ((file.sha256, 3), ("0" * 64, 0)):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO files_storedfile ({columns}) VALUES (%s, %s, 'a', 'b', %s, 'c', false)", [digest, size, AT])
    with pytest.raises(DoorClosed):
        file.save()
    with pytest.raises(DoorClosed):
        Release.objects.all().delete()


def _get(user: object, sha256: str) -> object:
    request = RequestFactory().get(f"/tep/{sha256}/")
    request.user = user
    return views.get(request, sha256)


def test_a_private_file_is_404_until_a_room_allows_the_reader_or_an_act_releases_it(readers: set[str]) -> None:
    file, reader = store(), Person(username="an", label="Công an xã", active_from=AT)
    for user in (AnonymousUser(), reader):
        with pytest.raises(Http404):
            _get(user, file.sha256)
    readers.add("an")
    response = _get(reader, file.sha256)
    assert b"".join(response.streaming_content) == samples.PDF and response["Cache-Control"] == "private, no-store"
    with pytest.raises(Http404):
        _get(AnonymousUser(), file.sha256)
    actions.release(file=file, reason="x", by=JOB, at=AT)
    response = _get(AnonymousUser(), file.sha256)
    assert b"".join(response.streaming_content) == samples.PDF and response["Cache-Control"] == "public, max-age=3600"


def test_a_file_is_sent_as_a_download_that_no_browser_runs() -> None:
    file = store(name="Quy chế số 12.pdf")
    actions.release(file=file, reason="x", by=JOB, at=AT)
    response = _get(AnonymousUser(), file.sha256)
    response.close()
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''Quy%20ch%E1%BA%BF%20s%E1%BB%91%2012.pdf"
    assert response["Content-Type"] == core.PDF and response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["0" * 64, "nothing", "../../keys/secret", "A" * 64])
def test_what_is_not_a_known_hash_is_404_and_never_a_path(name: str) -> None:
    assert not queries.verify(name)
    with pytest.raises(Http404):
        _get(AnonymousUser(), name)


def test_many_files_are_released_at_once_each_recorded_by_itself_and_none_twice() -> None:
    first, second = store(), store(samples.PDF + b"\n", "khac.pdf")
    earlier = actions.release(file=first, reason="trước", by=JOB, at=AT)
    made = actions.release_many(files=[first, second, second], reason="Theo danh mục", by=JOB, at=AT)
    assert [row.file_id for row in made] == [first.pk, second.pk, second.pk] and made[0] == earlier
    assert Event.objects.filter(name="files.released").count() == 2 and Release.objects.count() == 2
    with pytest.raises(Refused):
        actions.release_many(files=[second], reason="", by=JOB, at=AT)
