"""The article's page carries its signed manifest; what anyone saves of it proves itself, and nothing else does."""
from __future__ import annotations

import json
import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from soket.audit.checkpoint import load_or_create_key, read_verifier_key, verifier_key
from soket.audit.verifier.page import MOST_BYTES, BadPage, judge
from soket.publishing import actions, manifest, shelving
from tests.factories import publishing as make
from tests.factories import publishing_finding as store
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PUBLIC, CHECK = "/cong-bo/ket-qua-so-ket/", "/cong-bo/kiem-chung/"
BODY = (
    f"{make.BODY}\n\n- Điểm một\n- Điểm **hai** có {{{{01}}}} buổi\n\n1. Đầu tiên\n2. Sau đó\n\n> Dòng trích\n> dòng hai\n\n"
    "| Xã | Kết quả |\n|---|---|\n| Đông Hải | [[7 buổi]] & hơn |\n\n{{biểu đồ 01}}"
)


def page(client: LintingClient, url: str = PUBLIC, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def posted(client: LintingClient, html: str | bytes) -> str:
    data = html if isinstance(html, bytes) else html.encode()
    response = client.post(CHECK, {"page": SimpleUploadedFile("bai.html", data)})
    assert response.status_code == 200
    return response.content.decode()


def refusal(html: str) -> BadPage:
    with pytest.raises(BadPage) as caught:
        judge(html.encode(), [read_verifier_key(one["verifier"]) for one in manifest.public_keys()])
    return caught.value


def test_the_page_as_served_is_believed_and_an_altered_one_is_not(desk: make.Desk, client: LintingClient) -> None:
    copy = make.released(desk, body=BODY)
    html = page(client)
    keys = [read_verifier_key(one["verifier"]) for one in manifest.public_keys()]
    verdict = judge(html.encode(), keys)
    assert (verdict.manifest.digest, verdict.manifest.url) == (copy.digest, f"{settings.BASE_URL}{PUBLIC}")
    assert judge(page(client, **{"Accept-Language": "en"}).encode(), keys).manifest.digest == copy.digest
    block = re.search(r'<script type="application/json" id="soket-manifest">(.*?)</script>', html, re.DOTALL)
    assert block and not set("<>&") & set(block[1]) and json.loads(block[1])["content"] == copy.content
    for old, new, part, words in (
        (">hơn 410 nghìn", ">hơn 510 nghìn", "body", "510 nghìn"), (">66</a>", ">77</a>", "body", "77"), ("12 đơn vị", "13 đơn vị", "body", "13 đơn vị"),
        ("Điểm một", "Điểm", "body", "Điểm hai"),
        (f'"title">{make.TITLE}', f'"title">Không {make.TITLE}', "title", "Không"),
        ("Thứ Tư, 15/07", "Thứ Tư, 16/07", "date", "16/07/2026"), (make.LEAD, "", "lead", ""), ("</article>", "<p>Chèn thêm.</p></article>", "", "Chèn thêm."),
    ):  # fmt: skip
        head, _script, tail = html.partition("<body")
        assert old in tail, old
        told = refusal(f"{head}<body{tail.replace(old, new, 1)}")
        assert (told.code, told.part) == ("words", part) and told.found.startswith(words), old


def test_a_correction_and_its_notices_are_signed_and_the_old_page_says_that_a_newer_copy_counts(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    old = page(client)
    make.second_edition(desk)
    make.released(desk, at=make.CORRECTED_AT, title="Tên đã đổi", note="Bổ sung báo cáo gửi sau kỳ hạn.")
    new = page(client)
    assert "Trang thật, đúng nội dung đã công bố" in posted(client, new)
    told = refusal(new.replace("Bổ sung báo cáo gửi sau kỳ hạn.</span>", "Không có gì.</span>"))
    assert (told.code, told.part, told.found[:9]) == ("words", "notice", "Không có ")
    assert refusal(new.replace("<s>66</s> <b>88</b>", "<b>88</b>", 1)).part == "notice"
    answer = posted(client, old)
    assert "Trang thật, nhưng đã có bản mới hơn" in answer and "bản công bố lần 2 có giá trị" in answer and "Thứ Sáu, 17/07/2026, 09:05:00" in answer
    state = client.get(f"{CHECK}ket-qua-so-ket.json").json()
    assert (state["state"], state["number"]) == ("published", 2)
    actions.withdraw(article=desk.article, reason="Nhầm bài", by=desk.publisher, at=make.CORRECTED_AT)
    shelving.shelve(desk.article.pk)
    answer = posted(client, new)
    assert "Trang thật, nhưng bài đã được gỡ" in answer and "Nhầm bài" in answer
    assert client.get(f"{CHECK}khong-co.json").json() == {"state": "none", "number": 0, "digest": "", "at": "", "reason": ""}


def test_the_checking_page_without_scripts(desk: make.Desk, client: LintingClient) -> None:
    empty = page(client, CHECK)
    assert "Trang tin chưa công bố bài nào" in empty
    make.released(desk)
    html = page(client)
    form = page(client, CHECK)
    assert manifest.public_keys()[0]["fingerprint"] in form and "csrf" not in form[form.index("data-check") : form.index("h-how")]
    answer = posted(client, html)
    for words in ("Trang thật", "Những chữ trên trang không thuộc bản đã ký", "Công bố lúc", PUBLIC, make.TITLE):
        assert words in answer, words
    altered = posted(client, html.replace(">hơn 410 nghìn", ">hơn 510 nghìn", 1))
    assert "Đã bị sửa: chữ trên trang khác bản đã công bố" in altered and "<ins>410 nghìn" in altered and "<del>510 nghìn" in altered
    assert "phần: nội dung" in altered
    forged = '<script>alert(1)</script><p data-signed="body">&lt;script&gt;x</p>'
    assert "<script>alert" not in posted(client, html.replace("</article>", f"{forged}</article>"))
    assert "Không có gì để kiểm tra" in posted(client, "<!doctype html><html><head><title>x</title></head><body></body></html>")
    assert "Tệp bị cắt, hỏng hoặc bị sửa" in posted(client, html[:2000])
    assert "Tệp quá lớn" in posted(client, b"x" * (MOST_BYTES + 1)) and "Tệp quá lớn" in posted(client, b"x" * (MOST_BYTES + 200_000))
    assert "Không có gì để kiểm tra" in client.post(CHECK).content.decode()
    english = client.post(CHECK, {"page": SimpleUploadedFile("b.html", html.encode())}, headers={"Accept-Language": "en"})
    assert "Genuine: the page says" in english.content.decode()


def test_the_store_holds_no_secret_and_keys_that_were_retired_are_still_believed(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    old = page(client)
    path = settings.DATA / "keys" / "log.key"
    retired = verifier_key(settings.LOG_ORIGIN, load_or_create_key(path).public_key())
    secret = path.read_bytes()
    public = b"".join(one.read_bytes() for one in settings.PUBLIC.rglob("*") if one.is_file())
    assert secret.splitlines()[1] not in public and retired.encode() in public
    path.unlink()
    shelving.shelve(desk.article.pk)
    assert "Không do trang tin này công bố" in posted(client, old)
    (settings.DATA / "keys" / "log.retired").write_text(f"{retired}\n", encoding="utf-8")
    shelving.shelve(desk.article.pk)
    assert "Trang thật" in posted(client, old) and "Trang thật" in posted(client, page(client))
    assert page(client, CHECK).count("log+") >= 2


def test_everything_that_a_page_can_hold_is_signed_or_known_as_frame(client: LintingClient) -> None:
    size = {"sha256": "a" * 64, "width": 960, "height": 640, "media_type": "image/jpeg", "bytes": 9}
    photo = {"asset": "1", "caption": "Đại biểu dự <họp>", "credit": "Văn phòng", "alt": "Hội trường", "decorative": False, "sizes": [size]}
    label = {"vi": "Buổi tuyên truyền", "en": "Information sessions"}
    exact = {"state": "reported", "numerator": "66", "denominator": None, "upper": None, "scale": 0, "percent": False, "precision": "exact"}
    figure = {"code": "01", "printed": "SK-01", "label": label, "measure": label, "display": {"vi": "66", "en": "66"}, "kind": "bound", "exact": exact}
    runs = [
        {"kind": "text", "text": "Nối "}, {"kind": "text", "text": "đậm", "strong": True}, {"kind": "text", "text": ", "},
        {"kind": "text", "text": "liên kết", "href": "https://x.example/"}, {"kind": "break", "text": "\n"},
        {"kind": "claim", "text": "66", "code": "01", "edition": ""},
    ]  # fmt: skip
    body = [
        {"kind": "heading", "level": 2, "runs": runs}, {"kind": "photo", **photo}, {"kind": "chart", "codes": ["01"]}, {"kind": "quote", "runs": runs},
        {"kind": "list", "items": [{"depth": 0, "ordered": True, "number": 3, "runs": runs}, {"depth": 1, "ordered": False, "number": 1, "runs": runs}]},
        {"kind": "table", "rows": [[runs, runs], [runs, runs]]},
    ]  # fmt: skip
    audio = {"kind": "machine", "voice": "espeak-ng", "reader": "", "copy": 1, "stale": False, "duration": 60_400, "waveform": [1, 2],
             "mp3": {"sha256": "d" * 64, "size": 9}, "opus": {"sha256": "e" * 64, "size": 9}}  # fmt: skip
    store.put(settings.PUBLIC, 2, "Bài khác")
    store.put(settings.PUBLIC, 1, "Bài đủ thứ", sealed=True, extra={"audio": audio}, photo=photo, byline="Nhóm phóng viên", source="Cổng tỉnh", imported=True,
              body=body, figures=[figure], tags=[{"kind": "unit", "key": "1", "label": "Xã A"}])  # fmt: skip
    for language in ("vi", "en"):
        html = page(client, "/cong-bo/bai-1/", **{"Accept-Language": language})
        assert ("Trang thật" if language == "vi" else "Genuine") in client.post(
            CHECK, {"page": SimpleUploadedFile("b.html", html.encode())}, headers={"Accept-Language": language}
        ).content.decode()
    for old, new, part in (
        ("Văn phòng chương trình</span>", "Văn phòng khác</span>", "office"), (">Nhóm phóng viên", ">Nhóm khác", "byline"),
        (">Cổng tỉnh<", ">Cổng xã<", "byline"),
    ):  # fmt: skip
        html = page(client, "/cong-bo/bai-1/")
        assert old in html and refusal(html.replace(old, new, 1)).part == part, old
    head, _body, rest = html.partition("<body")
    assert refusal(f"{head}<body{rest.replace('Đại biểu dự', 'Khách dự', 1)}").part == "photo"
    assert refusal(html.replace(f"{'a' * 64}.jpg", f"{'b' * 64}.jpg")).code == "photo"


def test_a_page_without_a_seal_has_no_manifest(client: LintingClient) -> None:
    store.put(settings.PUBLIC, 1, "Bài chưa ký")
    html = page(client, "/cong-bo/bai-1/")
    assert "soket-manifest" not in html
    assert refusal(html).code == "no_manifest"
