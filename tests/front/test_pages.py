"""Home, sign-in, worklist, health, errors and the record's pages, as fetched by the linting client."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from soket.accounts import actions as accounts
from soket.accounts.models import Person
from soket.audit.actions import sequence_pending
from soket.kernel.actor import SystemActor
from tests.support.client import LintingClient, lint

JOB = SystemActor("job", "a job")
PASSWORD = "mat khau du dai 2026"


def _person(username: str = "can-bo") -> Person:
    return accounts.create_person(username=username, label="Cán bộ, đơn vị mẫu", password=PASSWORD, by=JOB, at=timezone.now())


@pytest.mark.django_db
def test_home_is_public_and_leads_signed_in_people_to_their_work(client: LintingClient) -> None:
    assert client.get("/").status_code == 200
    client.force_login(_person())
    assert client.get("/").url == "/viec-can-lam/"  # type: ignore[attr-defined]
    assert "không giữ chức vụ nào" in client.get("/viec-can-lam/").content.decode()


@pytest.mark.django_db
def test_signing_in_and_out(client: LintingClient) -> None:
    _person()
    refused = client.post("/tai-khoan/vao/", {"login": "can-bo", "password": "sai"})
    assert refused.status_code == 200
    assert 'value="can-bo"' in refused.content.decode()
    assert client.post("/tai-khoan/vao/", {"login": "can-bo", "password": PASSWORD}).status_code == 302
    assert client.get("/viec-can-lam/").status_code == 200
    assert client.post("/tai-khoan/ra/").status_code == 302
    assert client.get("/viec-can-lam/").status_code == 302


@pytest.mark.django_db
def test_an_ended_account_cannot_sign_in(client: LintingClient) -> None:
    accounts.end_person(person=_person(), by=JOB, at=timezone.now())
    client.post("/tai-khoan/vao/", {"login": "can-bo", "password": PASSWORD})
    assert client.get("/viec-can-lam/").status_code == 302


@pytest.mark.django_db
def test_english_is_one_press_away(client: LintingClient) -> None:
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert "The map today" in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/khong-co/", "/nhat-ky/999999/"])
def test_what_is_not_there_is_a_helpful_404(client: LintingClient, address: str) -> None:
    client.force_login(_person())
    answer = client.get(address)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


@pytest.mark.django_db
def test_a_nul_in_the_address_is_refused_in_words(client: LintingClient) -> None:
    assert client.get("/", {"q": "a\x00b"}).status_code == 400


@pytest.mark.django_db
def test_the_record_shows_a_person_only_their_own_acts(client: LintingClient) -> None:
    person, other = _person(), _person("nguoi-khac")
    accounts.end_person(person=other, by=person, at=timezone.now())
    sequence_pending(at=timezone.now())
    client.force_login(person)
    page = client.get("/nhat-ky/").content.decode()
    assert "Chấm dứt tài khoản nguoi-khac" in page
    assert "Mở tài khoản" not in page
    event = page.split('<td><a href="/nhat-ky/')[1].split("/")[0]
    assert "Bằng chứng vị trí" in client.get(f"/nhat-ky/{event}/").content.decode()
    assert client.get("/nhat-ky/?ngay=hom-qua").status_code == 200
    tomorrow = (timezone.now() + timedelta(days=2)).date().isoformat()
    assert "Không có thao tác nào phù hợp" in client.get(f"/nhat-ky/?ngay={tomorrow}").content.decode()
    assert client.get("/nhat-ky/moc-kiem/").content.decode().startswith("soket.local/log\n")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<h1>A</h1><h1>A</h1>", "2 h1"),
        ("<h1>B</h1>", "does not open"),
        ("<h1>A</h1><p id=x></p><p id=x></p>", "stands 2 times"),
        ("<h1>A</h1><input name=q>", "no label"),
        ("<h1>A</h1><p style='color:red'></p>", "style attribute"),
        ("<h1>A</h1><script>1</script>", "inline script"),
        ("<h1>A</h1><img src=x>", "without alt"),
        ("<h1>A</h1><div><p></div></p>", "HTML"),
    ],
)
def test_the_page_linter_sees_a_fault(html: str, fault: str) -> None:
    page = f"<!doctype html><html lang=vi><head><title>A</title></head><body>{html}</body></html>"
    assert any(fault in found for found in lint(page))
