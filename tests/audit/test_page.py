"""A saved page of the newspaper: true ones are believed, every other one is refused, with its reason and the first words that differ."""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.audit.checkpoint import fingerprint, make_checkpoint, parse_and_verify, seal_holds, verifier_key
from soket.audit.verifier.page import MOST_BYTES, PREFIX, BadPage, judge, main, read_manifest, told
from soket.audit.verifier.page_reading import read_page
from tests.audit import page_samples as samples
from tests.audit.samples import ORIGIN, signer, trusted

pytestmark = pytest.mark.one_database
REPO = Path(__file__).resolve().parents[2]
KEYS = [trusted()]
COPY = samples.content()
PAGE = samples.page()
PROSE = (REPO / "docs" / "algorithms" / "page-manifest.md").read_text(encoding="utf-8")
EXAMPLE = dict(re.findall(r"```text ([a-z]+)\n(.*?)\n```", PROSE, re.DOTALL))


def refused(page: str | bytes, keys: list[Any] | None = KEYS) -> BadPage:
    with pytest.raises(BadPage) as caught:
        judge(page if isinstance(page, bytes) else page.encode(), keys)
    return caught.value


def test_a_saved_page_is_believed_in_both_languages_and_names_what_is_not_signed() -> None:
    verdict = judge(PAGE.encode(), KEYS)
    assert (verdict.manifest.slug, verdict.manifest.number, verdict.manifest.url) == ("ket-qua", 2, samples.URL)
    assert verdict.manifest.content == COPY
    assert list(verdict.frame) == ["Soket", "Trang chủ", "Hồ sơ sơ kết", "Số liệu minh họa", "Đính chính", "theo bản 2", "Nguồn:", "Chân trang"]
    assert judge(samples.page(language="en").encode(), KEYS).manifest.number == 2
    plain = samples.content(notices=[], number=1)
    assert judge(samples.page(plain).encode(), KEYS).manifest.number == 1


def test_what_the_page_must_show() -> None:
    parts = dict(told(COPY, "vi"))
    assert parts["date"] == "Thứ Sáu, 17/07/2026, 09:05:00 (GMT+7)"
    assert parts["notice"] == "17/07/2026, 09:05 Bổ sung báo cáo gửi sau kỳ hạn. Buổi tuyên truyền: 66 88 Tên cũ"
    assert parts["body"] == (
        "Cách tính Các đơn vị tổ chức 66 88 buổi, 12 đơn vị dự & góp ý. 1. Điểm một Điểm hai Dòng đầu dòng sau Xã Buổi Đông Hải 7 buổi "
        "Quang cảnh Ảnh: Văn phòng Buổi tuyên truyền 88"
    )
    english = dict(told(COPY, "en"))
    assert (english["date"], english["body"][-23:]) == ("Friday, 17 July 2026, 09:05:00 (GMT+7)", "Information sessions 88")
    assert english["notice"].startswith("17 July 2026, 09:05 Bổ sung")


@pytest.mark.parametrize(
    "old, new, part, expected, here",
    [
        ("12 đơn vị", "120 đơn vị", "body", "12 đơn vị dự & góp", "120 đơn vị dự & góp"),
        ("<b>88</b>", "<b>99</b>", "body", "88 buổi, 12 đơn vị dự", "99 buổi, 12 đơn vị dự"),
        ("7 buổi", "17 buổi", "body", "7 buổi Quang cảnh Ảnh: Văn", "17 buổi Quang cảnh Ảnh: Văn"),
        ("Điểm hai", "", "body", "Điểm hai Dòng đầu dòng sau", "Dòng đầu dòng sau Xã Buổi"),
        ("Lời dẫn có", "Lời dẫn không có", "lead", "có số 410 nghìn.", "không có số 410 nghìn."),
        ('data-signed="title">Kết quả phối hợp', 'data-signed="title">Kết quả phối hợp tốt', "title", "", "tốt"),
        ("<title>Kết quả", "<title>Thất bại", "title", "Kết quả phối hợp", "Thất bại phối hợp – Soket"),
        ('data-signed="date">Thứ Sáu, 17/07', 'data-signed="date">Thứ Sáu, 18/07', "date", "17/07/2026, 09:05:00 (GMT+7)", "18/07/2026, 09:05:00 (GMT+7)"),
        ("gửi sau kỳ hạn", "gửi đúng kỳ hạn", "notice", "sau kỳ hạn. Buổi tuyên truyền:", "đúng kỳ hạn. Buổi tuyên truyền:"),
        ("Đại biểu dự", "Khách dự", "photo", "Đại biểu dự hội nghị Ảnh:", "Khách dự hội nghị Ảnh: Văn"),
        ('data-signed="office">Cơ quan', 'data-signed="office">Cơ sở', "office", "quan", "sở"), ("Cổng tỉnh", "Cổng xã", "byline", "tỉnh", "xã"),
        ("</article>", "<p>Thêm một câu.</p></article>", "", "", "Thêm một câu."),
        ("<main>", "<div>TIN GIẢ</div><main>", "", "", "TIN GIẢ"),
        ("</figure></div>", '</figure><p data-signed="body">Câu chèn.</p></div>', "body", "", "Câu chèn."),
        ('<p class="lead" data-signed="lead">', '<p class="lead" data-signed="lead" hidden>', "lead", "Lời dẫn có số 410 nghìn.", ""),
        ('<p class="lead" data-signed="lead">', '<p data-signed="lead" style="DISPLAY : none">', "lead", "Lời dẫn có số 410 nghìn.", ""),
        ('<p class="lead" data-signed="lead">', '<p class="lead" data-unsigned>', "lead", "Lời dẫn có số 410 nghìn.", ""),
        ("buổi, 12", "buổi,12", "body", "buổi, 12 đơn vị dự &", "buổi,12 đơn vị dự & góp"),
        ("12 đơn vị", "1 2 đơn vị", "body", "12 đơn vị dự & góp", "1 2 đơn vị dự &"),
        ('fig__c">trích dẫn', 'fig__c">bịa ra', "lead", "nghìn.", "nghìn bịa ra."),
    ],
)  # fmt: skip
def test_an_alteration_is_refused_and_named(old: str, new: str, part: str, expected: str, here: str) -> None:
    assert old in PAGE
    told_no = refused(PAGE.replace(old, new, 1))
    assert (told_no.code, told_no.part, told_no.expected, told_no.found) == ("words", part, expected, here)


def test_what_no_reader_sees_may_change() -> None:
    changed = PAGE.replace('class="body"', 'class="body reader-mode" id="x" data-theme="dark"').replace("<main>", "<main>\n\n  ")
    changed = changed.replace("Kết quả phối hợp</h1>", "Kết\u00a0quả\n  phối hợp</h1>").replace("12 đơn vị", "<span class='nw'>12</span> đơn&nbsp;vị", 1)
    assert judge(changed.encode(), KEYS).manifest.number == 2
    head, block = PAGE.split('<script type="application/json"')
    entities = "".join(f"&#x{ord(sign):x};" if ord(sign) > 127 else sign for sign in head) + '<script type="application/json"' + block
    assert judge(entities.encode(), KEYS).manifest.number == 2
    assert judge(PAGE.encode("utf-16"), KEYS).manifest.number == 2
    assert judge((unicodedata.normalize("NFD", head) + '<script type="application/json"' + block).encode(), KEYS).manifest.number == 2
    panel = '<div class="prov-host"><section data-panel>Xuất xứ của số liệu</section></div>'
    opened = judge(PAGE.replace("</p>\n<figure>", f"</p>{panel}\n<figure>", 1).encode(), KEYS)
    assert "Xuất xứ của số liệu" in opened.frame


def test_manifests_that_prove_nothing() -> None:
    other = samples.content(slug="bai-khac", title="Bài khác")
    forged = samples.manifest(seed=4)
    assert refused(samples.page(given=samples.manifest(other))).code == "words"  # another article's manifest
    assert refused(samples.page(given=forged)).code == "unknown_key"
    assert refused(samples.page(given=samples.manifest(name="soket.example/khac"))).code == "unknown_key"
    assert judge(samples.page(given=forged).encode(), None).manifest.key.key == signer(4).public_key()  # to be compared by its fingerprint
    mine = samples.manifest()
    assert refused(samples.page(given={**mine, "content": samples.manifest(other)["content"]})).code == "swapped"
    assert refused(samples.page(given={**mine, "signed": mine["signed"].replace('"number":2', '"number":3')})).code == "bad_signature"
    assert refused(samples.page(given={**mine, "key": forged["key"]})).code == "bad_signature"
    assert refused(samples.page(given={**mine, "signed": mine["signed"].replace("soket-page/1", "soket-page/2")})).code == "other_version"
    for broken in ({"signature": 7}, {"signature": "&"}, {"key": "x"}, {"signed": "[]"}, {"signed": mine["signed"] + " "}, {"content": None}):
        assert refused(samples.page(given={**mine, **broken})).code == "malformed", broken
    assert refused("<!doctype html><html><head><title>x</title></head><body></body></html>").code == "no_manifest"
    block = PAGE[PAGE.index('<script type="application/json"') : PAGE.index("</body>")]
    assert refused(PAGE.replace(block, block * 2)).code == "malformed"
    wrong = PAGE.replace(f"{samples.BODY_PHOTO}.jpg", f"{'c' * 64}.jpg", 1)
    assert (refused(wrong).code, refused(wrong).detail) == ("photo", f"{'c' * 64}.jpg")


@pytest.mark.parametrize(
    "old, new",
    [
        ("<main>", "<main><!-- -- > x <!-- -->"), ("<main>", "<main><!--> x <!-- -->"), ("<main>", "<main><![CDATA[x]]>"), ("<main>", "<main><?x y>"),
        ("</article>", "</article></div>"), ("</article>", "</section>"), ("<main>", "<main><plaintext>"), ("<main>", "<main><iframe></iframe>"),
        ("<main>", '<main><p a="x"b="y">z</p>'), ("<main>", "<main><p / >z</p>"), ("<main>", "<main>a < b"), ("<main>", "<main><div/>"),
        ('<div class="body"', '<table>chen<tr><td>x</td></tr></table><div class="body"'), ('data-signed="body">', 'data-signed="body"><textarea>x</textarea>'),
        ("<head>", "<head><script>if (a <!-- b) c</script>"), ("</main>", "</main></body><body>"), ("Soket</header>", "Soket</header"),
    ],
)  # fmt: skip
def test_markup_that_may_be_read_in_two_ways_is_refused(old: str, new: str) -> None:
    assert old in PAGE
    assert refused(PAGE.replace(old, new, 1)).code == "malformed"


def test_a_page_that_was_cut_anywhere_is_refused() -> None:
    for place in range(0, len(PAGE) - 2, 97):
        assert refused(PAGE[:place]).code in {"malformed", "no_manifest"}, place
    assert refused(b"\xff\xfe\x00").code == "malformed"
    assert refused(PAGE.encode("utf-16-le")).code in {"malformed", "no_manifest"}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from("0123456789ạx"))
def test_no_changed_letter_of_the_body_goes_unseen(place: int, letter: str) -> None:
    start, end = PAGE.index("Điểm một"), PAGE.index("Quang cảnh")
    at = start + place % (end - start)
    if PAGE[at] != letter:
        assert refused(PAGE[:at] + letter + PAGE[at + 1 :]).code == "words"


def test_a_seal_is_no_checkpoint_and_no_dossier_seal() -> None:
    checkpoint = make_checkpoint(ORIGIN, 1, bytes(32), signer())
    assert parse_and_verify(checkpoint, signer().public_key()).size == 1
    given_seal = samples.manifest()
    message = PREFIX + given_seal["signed"].encode()
    assert message.count(b"\n") == 1 and not message.endswith(b"\n")  # a checkpoint has three lines or more, a dossier's seal ends with one
    assert not seal_holds(COPY_DIGEST, given_seal["signature"], signer().public_key())


COPY_DIGEST = json.loads(samples.manifest()["signed"])["digest"]


def test_the_worked_example_of_the_page_is_made_and_read_again() -> None:
    made = samples.manifest(json.loads(EXAMPLE["content"]))
    assert (made["content"], made["signed"], made["signature"], made["key"]) == tuple(EXAMPLE[name] for name in ("content", "signed", "signature", "key"))
    assert read_manifest(json.dumps(made)).number == 1
    assert EXAMPLE["fingerprint"] == fingerprint(signer().public_key())
    assert [f"{part}: {words}" for part, words in told(json.loads(EXAMPLE["content"]), "vi") if words] == EXAMPLE["words"].split("\n")


def test_the_command(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file, key = tmp_path / "bai.html", verifier_key(ORIGIN, signer().public_key())
    file.write_text(PAGE, encoding="utf-8")
    mark = fingerprint(signer().public_key())
    assert main([str(file), "--key", key]) == 0
    out = capfd.readouterr().out
    assert "Trang thật" in out and mark in out and samples.URL in out and "· Đính chính" in out
    assert main([str(file), "--key", mark]) == 0
    assert main([str(file)]) == 2
    assert mark in capfd.readouterr().out
    assert main([str(file), "--key", verifier_key(ORIGIN, signer(4).public_key()), "--json"]) == 1
    assert json.loads(capfd.readouterr().out)["result"] == "unknown_key"
    assert main([str(file), "--key", fingerprint(signer(4).public_key())]) == 1
    file.write_text(PAGE.replace("12 đơn vị", "120 đơn vị", 1), encoding="utf-8")
    capfd.readouterr()
    assert main([str(file), "--key", key]) == 1
    assert "(nội dung, sau “66 88 buổi,”): bản đã ký là “12 đơn vị dự & góp”, trang này là “120 đơn vị dự & góp”." in capfd.readouterr().out
    assert main([str(tmp_path / "khong-co.html"), "--key", key]) == 2


def test_the_command_needs_neither_django_nor_a_network(tmp_path: Path) -> None:
    file = tmp_path / "bai.html"
    file.write_text(PAGE, encoding="utf-8")
    code = (
        "import sys; from soket.__main__ import main; code = main(sys.argv[1:]); "
        "assert not [name for name in sys.modules if name.split('.')[0] in {'django', 'urllib3', 'socket'}], 'imports'; sys.exit(code)"
    )
    command = [sys.executable, "-c", code, "verify_page", str(file), "--key", verifier_key(ORIGIN, signer().public_key())]
    run = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(REPO / "src")}, capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr.decode()


def test_a_large_file_is_read_in_its_first_part_alone() -> None:
    assert len(PAGE.encode()) < MOST_BYTES
    assert read_page(PAGE).manifests[0].startswith('{"format"')
