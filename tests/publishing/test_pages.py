"""Pages: the public reads released copies alone; the desk is 404 outside its offices. Every page is linted."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.accounts.models import Person
from soket.publishing import actions
from soket.publishing.models import ReleasedCopy, Revision
from tests.factories import publishing as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
PUBLIC = "/cong-bo/ket-qua-so-ket/"
DESK = "/toa-soan/bai/ket-qua-so-ket/"
SECRET = "CÂU CHƯA DUYỆT"


def page(client: LintingClient, url: str, status: int = 200, who: Person | None = None, **headers: str) -> str:
    if who is not None:
        client.force_login(who)
    response = client.get(url, headers=headers)
    assert response.status_code == status, url
    return response.content.decode().replace("\u00a0", " ")


def test_the_article_page_reads_like_the_released_copy(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    text = page(client, PUBLIC)
    for part in (
        ">Ba phần tư số xã đã ký chương trình phối hợp</h1>", "Thứ Tư, 15/07/2026, 16:30:00 (GMT+7)", "Số liệu theo bản 1", "Số liệu minh họa",
        'href="/cong-bo/ket-qua-so-ket/so-lieu/01/"', ">66</a>", 'hơn 410 nghìn <span class="fig__c">', '<span class="nw">12 đơn vị</span>',
        "<h2>Cách tính</h2>", "Chưa có bài khác.",
    ):  # fmt: skip
        assert part in text, part
    assert "Đính chính" not in text
    assert "{{" not in text and "[[" not in text


def test_a_correction_strikes_the_old_value(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    make.second_edition(desk)
    make.released(desk, at=make.CORRECTED_AT, note="Bổ sung báo cáo gửi sau kỳ hạn.")
    text = page(client, PUBLIC)
    assert text.count("<s>66</s> <b>88</b>") == 2  # in its sentence, and in the notice
    parts = ["<b>Đính chính</b>", "17/07/2026, 09:05", "theo bản 2", "Bổ sung báo cáo gửi sau kỳ hạn."]
    for part in [*parts, "Công bố lần đầu 15/07/2026", "Số liệu theo bản 2"]:
        assert part in text, part
    assert "Đã đính chính" in page(client, "/cong-bo/")


def test_a_claim_opens_to_the_units_by_name(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    text = page(client, f"{PUBLIC}so-lieu/02/")
    assert "Ủy ban MTTQ xã Đông Hải" in text and "5/CTr" in text and "SK-THU-02" in text
    part = page(client, f"{PUBLIC}so-lieu/02/", **{"X-Partial": "panel", "HX-Request": "true"})
    assert "<html" not in part and "data-panel" in part
    for code in ("03", "99"):  # 03 stands in the edition, but the article does not claim it
        page(client, f"{PUBLIC}so-lieu/{code}/", 404)


def test_the_json_twin_is_the_copy_itself(desk: make.Desk, client: LintingClient) -> None:
    copy = make.released(desk)
    response = client.get(f"{PUBLIC}so-lieu.json")
    assert (response["Content-Type"], response["ETag"]) == ("application/json; charset=utf-8", f'"{copy.digest}"')
    assert hashlib.sha256(response.content).hexdigest() == copy.digest
    assert json.loads(response.content)["slug"] == "ket-qua-so-ket"


def test_a_draft_is_on_no_public_page(desk: make.Desk, client: LintingClient) -> None:
    urls = ["/cong-bo/", PUBLIC, f"{PUBLIC}so-lieu/01/", f"{PUBLIC}so-lieu.json"]
    revision = make.revised(desk, title=f"{SECRET} một", body=f"{SECRET} {{{{01}}}}")
    actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    actions.approve(revision=revision, by=desk.publisher, at=make.AT)
    assert [client.get(url).status_code for url in urls] == [200, 404, 404, 404]
    assert "Chưa có bài công bố" in page(client, "/cong-bo/")
    make.released(desk)
    before = {url: client.get(url).content for url in urls[1:]}
    make.revised(desk, title=f"{SECRET} hai", lead=SECRET, body=f"{SECRET} {{{{03}}}}", note=SECRET)
    make.another_review_text(desk)
    for url in urls:
        text = client.get(url).content
        assert SECRET.encode() not in text and "BÍ MẬT".encode() not in text, url
    assert json.loads(client.get(urls[3]).content) == json.loads(before[urls[3]])
    page(client, f"{PUBLIC}so-lieu/03/", 404)


def test_public_pages_read_released_copies_and_no_other_row_of_the_room(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    for url in ("/cong-bo/", PUBLIC, f"{PUBLIC}so-lieu/01/", f"{PUBLIC}so-lieu.json"):
        with CaptureQueriesContext(connection) as told:
            client.get(url)
        tables = {table for table in ("publishing_revision", "publishing_articlestate") for query in told if table in query["sql"]}
        assert tables == set(), url


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_a_fixed_number_of_queries(desk: make.Desk, client: LintingClient, count: int, django_assert_num_queries: object) -> None:
    centre = desk.world.land.police["centre"].pk
    make.released(desk)
    for number in range(count - 1):
        article = actions.create_article(slug=f"bai-{number}", review=desk.world.review, office=centre, by=desk.editor, at=make.AT)
        make.released(desk, article, title=f"Bài thứ {number}")
    page(client, "/cong-bo/")
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert page(client, "/cong-bo/").count("<h3>") == count
    with django_assert_num_queries(0):  # type: ignore[operator]
        page(client, PUBLIC)


def test_the_desk_is_404_outside_its_offices(desk: make.Desk, client: LintingClient) -> None:
    make.revised(desk)
    assert client.get(DESK).status_code == 302
    outsider = desk.world.office
    for who in (outsider, desk.stranger):
        page(client, DESK, 404, who)
        assert make.TITLE not in page(client, "/toa-soan/", who=who)
        for step in ("gui", "duyet", "dang"):
            assert client.post(f"{DESK}{step}/", {"revision": 1}).status_code == 404
    page(client, "/toa-soan/moi/", 404, outsider)
    page(client, "/toa-soan/moi/", 404, desk.publisher)
    client.force_login(desk.editor)
    assert [client.post(f"{DESK}{step}/", {"revision": 1}).status_code for step in ("duyet", "dang")] == [404, 404]
    client.force_login(desk.publisher)
    assert client.post(f"{DESK}gui/", {"revision": 1}).status_code == 404
    assert client.post(DESK, {"title": "x", "lead": "x", "body": "x"}).status_code == 404


def test_from_a_new_text_to_the_public_page(desk: make.Desk, client: LintingClient, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    client.force_login(desk.editor)
    page(client, "/toa-soan/moi/")
    office = desk.world.land.police["centre"].pk
    begun = client.post("/toa-soan/moi/", {"review": desk.world.review.pk, "office": office, "slug": "bai-moi"})
    assert begun["Location"] == "/toa-soan/bai/bai-moi/"
    text = page(client, "/toa-soan/bai/bai-moi/")
    assert "{{01}}" in text and "hơn 410.000" in text
    client.post("/toa-soan/bai/bai-moi/", {"title": "Bài mới", "lead": "Lời dẫn.", "body": make.BODY, "base": 0})
    assert "Trình duyệt lần sửa 1" in page(client, "/toa-soan/bai/bai-moi/")
    client.post("/toa-soan/bai/bai-moi/gui/", {"revision": 1})
    text = page(client, "/toa-soan/bai/bai-moi/", who=desk.publisher)
    assert "Duyệt lần sửa 1" in text and "Lưu lần sửa" not in text
    client.post("/toa-soan/bai/bai-moi/duyet/", {"revision": 1})
    assert "Công bố lần sửa 1" in page(client, "/toa-soan/bai/bai-moi/")
    assert "Công bố lần sửa 1" in client.post("/toa-soan/bai/bai-moi/dang/", {"revision": 1}).content.decode()  # asks first
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/toa-soan/bai/bai-moi/dang/", {"revision": 1, "confirmed": 1})
    client.logout()
    assert "Bài mới</h1>" in page(client, "/cong-bo/bai-moi/")


def test_a_refused_text_stays_in_the_form_with_the_words_at_its_field(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    response = client.post(DESK, {"title": "Tên", "lead": "Lời dẫn.", "body": "Có {{01|hơn 70}} buổi", "base": 0})
    text = response.content.decode()
    assert response.status_code == 200 and "Có {{01|hơn 70}} buổi" in text
    assert "“hơn 70” không khớp số liệu: số đã đóng băng là 66" in text and 'id="id_body_error"' in text
    assert not Revision.objects.exists()
    make.released(desk)
    again = client.post(DESK, {"title": "Tên", "lead": "Lời dẫn.", "body": "12 buổi", "note": "", "base": 1}).content.decode()
    assert 'id="id_body_error"' in again and 'id="id_note_error"' in again  # everything that is wrong, at once


def test_a_step_on_a_revision_that_was_replaced_does_nothing(desk: make.Desk, client: LintingClient) -> None:
    first = make.revised(desk)
    actions.send_for_approval(revision=first, by=desk.editor, at=make.AT)
    second = make.revised(desk)
    actions.send_for_approval(revision=second, by=desk.editor, at=make.AT)
    client.force_login(desk.publisher)
    response = client.post(f"{DESK}duyet/", {"revision": 1}, follow=True)
    assert "Đã có lần sửa mới hơn" in response.content.decode()
    client.post(f"{DESK}dang/", {"revision": 2, "confirmed": 1})
    assert not ReleasedCopy.objects.exists()


def test_pages_in_english_keep_the_article_in_vietnamese(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    text = page(client, PUBLIC, **{"Accept-Language": "en"})
    assert "Wednesday, 15 July 2026" in text and 'lang="vi"' in text and "Illustrative figures" in text
    assert "Information sessions" in text
