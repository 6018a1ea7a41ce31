"""Pages of directions: seen by those concerned, 404 for others, the same number of queries for more rows."""
from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.directions.models import Direction
from soket.kernel.clock import now, today
from tests.factories import directions as make
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> LintingClient:
    return LintingClient()


def fresh(world: make.World, **more: object) -> Direction:
    return make.issued(world, at=now(), due_on=today() + timedelta(days=20), **more)


def test_the_whole_way_over_the_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    assert "Chưa có nhiệm vụ" in client.get("/chi-dao/").content.decode()
    owner = "Công an tỉnh"
    page = client.post("/chi-dao/moi/", {
        "id": str(uuid4()), "issuer": world.issuer.pk, "text": "Rà soát quy chế", "source": "Kết luận hội nghị", "owner": "khong co don vi nay",
        "supporting": "", "due_on": (today() + timedelta(days=5)).isoformat(),
    })  # fmt: skip
    assert "khong co don vi nay" in page.content.decode()
    assert owner
    found = fresh(world)
    url = f"/chi-dao/{found.pk}/"
    assert client.get(url).status_code == 200
    assert client.post(url + "thoi-han/", {"due_on": (today() + timedelta(days=9)).isoformat(), "reason": "Chờ hướng dẫn"}).status_code == 302
    assert "Chờ hướng dẫn" in client.get(url).content.decode()
    client.force_login(world.decider)
    passing = f"{url}giao-tiep/{make.owned(found).pk}/"
    assert client.post(passing, {"units": [world.commune.pk], "due_on": (today() + timedelta(days=8)).isoformat()}).status_code == 302
    client.force_login(world.below)
    assert client.get(url).status_code == 200
    client.force_login(world.owner)
    step = f"{url}tien-do/{make.owned(found).pk}/"
    assert client.get(step).status_code == 200
    sent = {"id": str(uuid4()), "text": "Đã ban hành", "dated": today().isoformat(), "done": "on"}
    assert "minh chứng" in client.post(step, sent).content.decode()
    file = SimpleUploadedFile("ke-hoach.pdf", samples.PDF, content_type="application/pdf")
    assert client.post(step, {**sent, "document": "12/KH-CAT", "file": file}).status_code == 302
    evidence = found.assignments.get(role="owner").steps.get().file
    assert client.get(f"/tep/{evidence.sha256}/").status_code == 200
    client.force_login(world.stranger)
    assert client.get(f"/tep/{evidence.sha256}/").status_code == 404
    client.force_login(world.office)
    assert "12/KH-CAT" in client.get(url + "ket-luan/").content.decode()
    assert client.post(url + "ket-luan/", {"verdict": "yes"}).status_code == 302
    assert client.post(url + "mo-lai/", {"reason": "Thiếu phụ lục"}).status_code == 302
    assert client.get("/chi-dao/bang/").status_code == 200
    assert client.get("/chi-dao/bang/?theo=co-quan").status_code == 200
    assert "12/KH-CAT" in client.get(url).content.decode()


@pytest.mark.parametrize("part", ["", "ket-luan/", "thoi-han/", "mo-lai/", "tien-do/1/", "giao-tiep/1/"])
def test_nobody_else_finds_it(world: make.World, client: LintingClient, part: str) -> None:
    found = fresh(world)
    client.force_login(world.stranger)
    assert client.get(f"/chi-dao/{found.pk}/{part}").status_code == 404
    client.force_login(world.owner)
    if part in ("ket-luan/", "thoi-han/", "mo-lai/"):
        assert client.get(f"/chi-dao/{found.pk}/{part}").status_code == 404


@pytest.mark.parametrize("odd", ["²", "٣", "-1", "9" * 30])
def test_odd_numbers_in_the_address_are_no_filter(world: make.World, client: LintingClient, odd: str) -> None:
    client.force_login(world.office)
    assert client.get("/chi-dao/", {"co-quan": odd, "don-vi": odd}).status_code == 200


def test_only_an_issuer_issues(world: make.World, client: LintingClient) -> None:
    client.force_login(world.owner)
    assert client.get("/chi-dao/moi/").status_code == 404
    client.logout()
    assert client.get("/chi-dao/").status_code == 302


def test_the_list_asks_the_same_number_of_queries_for_more(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    fresh(world)
    with CaptureQueriesContext(connection) as one:
        client.get("/chi-dao/")
    fresh(world, text="Thứ hai")
    fresh(world, text="Thứ ba")
    with CaptureQueriesContext(connection) as three:
        client.get("/chi-dao/")
    assert len(three) == len(one)
