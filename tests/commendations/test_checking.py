"""Checking a certificate at the server: the page, its form for browsers without scripts, keys, the signed list, and the Open Badges documents."""
from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from soket.audit.badge import is_revoked, read_jwt
from soket.audit.checkpoint import TrustedKey, fingerprint, read_verifier_key, verifier_key
from soket.audit.credential import make_qr_text, read_qr_text, read_status_list
from soket.commendations import actions
from soket.commendations.models import Cancellation, Certificate
from soket.commendations.queries import keys
from soket.commendations.views.checking import WORDS
from soket.kernel.door import open_door
from tests.factories import awards as give
from tests.factories import commendations as make
from tests.support.client import LintingClient

URL = "/bk/"


@pytest.fixture
def made(world: make.World) -> list[Certificate]:
    """Three certificates as issued: one that stands, one made out again, one whose award was cancelled."""
    chosen = [make.nomination(world, world.police["one"], state="chosen", brief=f"Thành tích số {at}", recipient_key=f"unit:{900 + at}") for at in range(3)]
    awards = give.awarded(world, chosen)
    issued = actions.issue_certificates(decision=awards[0].decision, by=world.clerk, at=make.AT)
    actions.reissue(award=awards[1], name="Tập thể Công an xã Bình Minh", detail="", reason="In sai tên đơn vị", by=world.clerk, at=make.AT)
    with open_door():
        cancelling = give.decision(world, kind="cancel")
        Cancellation(award=awards[2], decision=cancelling, ground="false_declaration", finding="Số liệu khai không đúng", at=make.AT).save()
        awards[2].stage = "cancelled"
        awards[2].save()
    return list(issued)


def said(client: LintingClient, text: str) -> str:
    page = client.post(URL, {"text": text}).content.decode()
    return re.sub(r"\s+", " ", page.partition('data-place aria-live="polite">')[2].partition("<template")[0])


def test_the_server_says_what_became_of_a_certificate(made: list[Certificate], client: LintingClient) -> None:
    stands, again, gone = made
    page = said(client, stands.qr)
    assert "Bản thật, còn hiệu lực" in page and "check--valid" in page
    shown = ("Tập thể Công an đơn vị 1", "Bằng khen", "BCA-2026-00001", "01/QĐ-BCA", "01/2026", "Tình trạng tính đến")
    for words in (*shown, fingerprint(keys.signer().public_key())):
        assert words in page
    assert "Đã được thay bằng bản số hiệu BCA-2026-00002-2" in said(client, again.qr.partition("#")[2])
    page = said(client, f" {gone.qr}\n")
    assert "check--cancelled" in page and "Đã hủy bỏ theo Quyết định số 02/QĐ-BCA ngày" in page
    assert "Gian dối trong việc kê khai công trạng, thành tích" in page and "Điều 93 khoản 2" in page


def test_what_was_not_signed_here_shows_nothing_of_what_it_says(made: list[Certificate], client: LintingClient) -> None:
    statement = read_qr_text(made[0].qr, keys.trusted_keys()).statement
    own = Ed25519PrivateKey.generate()
    forged = make_qr_text(replace(statement, recipient="Kẻ mạo danh"), base_url="http://testserver", name=keys.key_name(), signer=own)
    first, second = made[0].qr.partition("#")[2].split("."), made[1].qr.partition("#")[2].split(".")
    expected = {
        forged: "Không do hệ thống này cấp", f"{first[0]}.{second[1]}": "Đã bị sửa: chữ ký không khớp nội dung",
        made[0].qr[:-1]: "Đây không phải mã của bản khen", "<script>": "Đây không phải mã của bản khen",
    }  # fmt: skip
    for text, words in expected.items():
        page = said(client, text)
        assert words in page
        assert "Kẻ mạo danh" not in page and "Tập thể Công an" not in page and "check__said" not in page
    # Signed by our key, and yet of no certificate that is kept.
    unknown = make_qr_text(replace(statement, serial="BCA-2026-09999"), base_url="http://testserver", name=keys.key_name(), signer=keys.signer())
    assert "không có trong danh sách tình trạng" in said(client, unknown)


def test_the_page_is_for_anyone_and_says_its_words_in_both_languages(db: None, client: LintingClient) -> None:
    page = client.get(URL)
    assert page.status_code == 200 and page["Cache-Control"].startswith("max-age=0")
    assert "sessionid" not in page.cookies
    assert "check__answer check--" not in page.content.decode()
    words = json.loads(re.search(r'data-words="([^"]+)"', page.content.decode()).group(1).replace("&quot;", '"').replace("&#x27;", "'"))  # type: ignore[union-attr]
    assert set(words["words"]) == set(WORDS) and words["grounds"]["forged_dossier"] == "Cung cấp thông tin sai sự thật hoặc làm giả hồ sơ, giấy tờ"
    english = client.get(URL, headers={"accept-language": "en"}).content.decode()
    assert "Check a certificate" in english
    for text in WORDS.values():  # the script fills the same gaps in both languages
        with translation.override("vi"):
            vietnamese = set(re.findall(r"\{\w+\}", str(text)))
        with translation.override("en"):
            assert vietnamese == set(re.findall(r"\{\w+\}", str(text)))
    assert client.post(URL, {"text": ""}).status_code == 200
    assert client.put(URL).status_code == 405


def test_the_worker_keeps_the_page_and_its_scripts(db: None, client: LintingClient) -> None:
    worker = client.get("/bk/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    text = worker.content.decode()
    assert text.startswith('const PAGE = "/bk/";\nconst SHELL = ["/static/commendations/js/check-page.js"')
    assert "check-core.js" in text and "jsqr.js" in text
    assert "Service-Worker-Allowed" not in worker  # the place of the script limits it to /bk/


def test_keys_are_served_as_data_and_as_a_page_to_print(db: None, client: LintingClient) -> None:
    old = Ed25519PrivateKey.from_private_bytes(bytes([5]) * 32).public_key()
    from django.conf import settings

    (settings.DATA / "keys").mkdir(exist_ok=True)
    (settings.DATA / "keys" / "certificates.retired").write_text(verifier_key("soket.local/old", old) + "\n", encoding="utf-8")
    current, retired = client.get("/bk/khoa.json").json()["keys"]
    assert set(current) == {"id", "name", "x", "fingerprint", "verifier"}
    assert read_verifier_key(current["verifier"]).key == keys.signer().public_key()
    assert retired["fingerprint"] == fingerprint(old) and retired["name"] == "soket.local/old"
    page = client.get("/bk/khoa/").content.decode()
    for words in (current["verifier"], current["fingerprint"], retired["verifier"], "python -m soket verify_certificate", "Khóa đã thôi dùng"):
        assert words in page
    assert "PRIVATE" not in page
    assert keys.trusted_keys() == (TrustedKey(keys.key_name(), keys.signer().public_key()), TrustedKey("soket.local/old", old))


def test_the_signed_list_names_every_certificate_and_nobody(made: list[Certificate], client: LintingClient) -> None:
    with CaptureQueriesContext(connection) as one:
        answer = client.get("/bk/tinh-trang.json")
    status = read_status_list(answer.content.decode(), keys.trusted_keys())
    assert {serial: row.state for serial, row in status.entries.items()} == {
        "BCA-2026-00001": "valid", "BCA-2026-00002": "superseded", "BCA-2026-00002-2": "valid", "BCA-2026-00003": "cancelled",
    }  # fmt: skip
    assert status.entries["BCA-2026-00003"].basis.endswith("Điều 93 khoản 2")
    assert "Tập thể" not in answer.content.decode()
    assert len(one) == 3  # certificates, cancellations, and the words of their decisions


def test_the_documents_of_the_open_badges_form(made: list[Certificate], client: LintingClient) -> None:
    answer = client.get("/bk/danh-sach/1")
    assert answer["Content-Type"] == "application/vc+jwt"
    trusted = [key for _name, key in keys.trusted_keys()]
    listed = read_jwt(answer.content.decode(), trusted)
    assert [is_revoked(listed, row.status_index) for row in made] == [False, True, True]
    document = client.get("/.well-known/did.json")
    assert document["Content-Type"] == "application/did+json"
    assert document.json()["assertionMethod"] == [document.json()["verificationMethod"][0]["id"]]
    assert document.json()["id"] == listed["issuer"]
