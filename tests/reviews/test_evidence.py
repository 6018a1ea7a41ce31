"""A reader without account goes from a frozen figure to a unit's evidence: what was released opens, nothing else does."""
from __future__ import annotations

import uuid
from typing import Any

import pytest

from soket.files import actions as files
from soket.files.core import EVIDENCE
from soket.files.models import StoredFile
from soket.reporting import actions as reporting
from soket.reporting.models import Submission, Verdict
from soket.reviews import actions
from tests.factories import reporting as owed
from tests.factories import reviews as make
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/so-ket/so-ket-thu/"
SECRET = "Danh sách cá nhân được khen"


def _stored(content: bytes, name: str) -> StoredFile:
    return files.store(content=content, name=name, allowed=EVIDENCE, by=make.DECIDER, at=make.AT, synthetic=True)


def _sent(world: make.World, attached: list[tuple[str, StoredFile, str]], accept: bool) -> Submission:
    """The police of commune two send again with files; accepted or left waiting."""
    report = owed.report_of(world.round, world.land.police["two"])
    receipt = reporting.submit(
        id=uuid.uuid4(), report=report, content=owed.content(), by=owed.OFFICE, at=owed.IN_TIME, base=report.head_id,
        files=[reporting.Attachment(*one) for one in attached],
    )
    found = Submission.objects.get(pk=receipt.submission_id)
    if accept:
        reporting.decide(submission=found, verdict=Verdict.ACCEPTED, remarks="", by=make.DECIDER, at=owed.IN_TIME)
    return found


@pytest.fixture
def attached(world: make.World) -> dict[str, StoredFile]:
    """One released file, one kept back, one that a version sent later carries; the edition is frozen in between."""
    found = {"open": _stored(samples.PDF, "danh sach.pdf"), "closed": _stored(samples.png(), "khen.png"), "later": _stored(samples.JPEG, "sau.jpg")}
    _sent(world, [("2", found["open"], "Danh sách buổi tuyên truyền quý"), ("4", found["closed"], SECRET)], accept=True)
    for name in ("open", "later"):
        files.release(file=found[name], reason="Công khai", by=make.DECIDER, at=make.AT)
    make.frozen(world)
    _sent(world, [("3", found["later"], "Danh mục mô hình gửi sau")], accept=False)
    return found


def _page(client: LintingClient, world: make.World, **headers: str) -> str:
    address = f"{HOME}ban-1/so-lieu/01/don-vi/{world.land.police['two'].pk}/"
    assert address in client.get(f"{HOME}ban-1/so-lieu/01/").content.decode()
    response: Any = client.get(address, headers=headers)
    assert response.status_code == 200
    return str(response.content.decode())


def test_released_evidence_opens_and_the_rest_is_named_by_its_kind_alone(
    world: make.World, attached: dict[str, StoredFile], client: LintingClient
) -> None:
    page = _page(client, world)
    assert f'<a href="/tep/{attached["open"].sha256}/">Danh sách buổi tuyên truyền quý</a>' in page
    assert "Danh sách Dân vận khéo, quyết định công nhận" in page and "không công khai" in page
    assert SECRET not in page and attached["closed"].sha256 not in page and "khen.png" not in page
    english = _page(client, world, **{"Accept-Language": "en"})
    assert "List of Dân vận khéo models, decisions" in english and "not public" in english
    answer: Any = client.get(f"/tep/{attached['open'].sha256}/")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, samples.PDF)
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert client.get(f"/tep/{attached['closed'].sha256}/").status_code == 404


def test_a_version_that_was_not_counted_shows_nothing_of_itself(
    world: make.World, attached: dict[str, StoredFile], client: LintingClient
) -> None:
    page = _page(client, world)
    assert "Danh mục mô hình gửi sau" not in page and attached["later"].sha256 not in page


def test_an_unfrozen_figure_leads_nowhere(world: make.World, client: LintingClient) -> None:
    closed = _stored(samples.png(), "khen.png")
    sent = _sent(world, [("4", closed, SECRET)], accept=True)
    actions.propose(review=world.review, by=world.office, at=make.AT)
    unit = world.land.police["two"].pk
    for path in (
        f"{HOME}ban-1/so-lieu/01/", f"{HOME}ban-1/so-lieu/01/don-vi/", f"{HOME}ban-1/so-lieu/01/don-vi/{unit}/", f"{HOME}ban-1/",
        f"/bao-cao/{sent.report_id}/", f"/tep/{closed.sha256}/",
    ):
        answer = client.get(path)
        assert answer.status_code in (302, 404) and SECRET not in answer.content.decode(), path
        assert answer.status_code == 404 or answer["Location"].startswith("/tai-khoan/vao/"), path
