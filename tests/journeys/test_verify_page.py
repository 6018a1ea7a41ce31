"""A reader saves an article's page. Months later the file proves itself, in the browser with the network cut and on the command line."""
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from soket.audit.checkpoint import fingerprint, verifier_key
from soket.audit.verifier.page import BadPage, judge
from tests.audit import page_samples as samples
from tests.audit.samples import ORIGIN, signer, trusted
from tests.support.browser import axe_faults, overflow, picture

ARTICLE, CHECK = "/cong-bo/so-ket-nam-2025/", "/cong-bo/kiem-chung/"
SOON = 15_000
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def reader(browser: Browser, server: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=server, locale="vi-VN", viewport={"width": 1280, "height": 900})
    yield context
    context.close()


def _saved(page: Page, folder: Path) -> Path:
    """What the browser holds, with a figure's panel left open, as "save page" writes it."""
    page.goto(ARTICLE)
    page.locator("main a[data-figure]").first.click()
    expect(page.locator("[data-panel]")).to_be_visible(timeout=SOON)
    file = folder / "bai.html"
    file.write_text(page.content(), encoding="utf-8")
    return file


def _answer(page: Page, file: Path) -> str:
    page.locator("#page").set_input_files(str(file))
    expect(page.locator("[data-verdict]")).not_to_be_empty(timeout=SOON)
    return page.locator(".verify__answer").inner_text()


def _command(file: Path, key: str) -> tuple[int, str]:
    run = subprocess.run([sys.executable, "-m", "soket", "verify_page", str(file), "--key", key], env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
                         capture_output=True, timeout=60)  # fmt: skip
    return run.returncode, run.stdout.decode()


def _altered(file: Path) -> tuple[Path, str, str]:
    """The same file with one figure of the body made larger where a reader sees it: the file, the true words, the false ones."""
    text = file.read_text(encoding="utf-8")
    start = text.index('data-signed="body"')
    match = re.compile(r"(data-figure[^>]*>)(\d[\d.,]*)").search(text, start)
    assert match
    false = f"9{match[2]}"
    other = file.with_name("sua.html")
    other.write_text(text[: match.start(2)] + false + text[match.end(2) :], encoding="utf-8")
    return other, match[2], false


def _healthy(page: Page, name: str) -> None:
    assert axe_faults(page) == []
    picture(page, "verify-page", name)
    page.set_viewport_size({"width": 390, "height": 844})
    assert overflow(page) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_saved_page_proves_itself_and_an_altered_figure_is_named(reader: BrowserContext, tmp_path: Path) -> None:
    page = reader.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    file = _saved(page, tmp_path)
    other, true, false = _altered(file)
    page.goto(CHECK)
    expect(page.locator("[data-local]")).to_be_visible(timeout=SOON)
    _healthy(page, "page")
    key = page.locator("#h-key ~ dl dd").first.inner_text()
    assert "Trang thật, đúng nội dung đã công bố" in _answer(page, file)
    expect(page.locator(".verify__answer [data-fact=key]")).to_contain_text(key)
    _healthy(page, "genuine")
    said = _answer(page, other)
    assert "Đã bị sửa: chữ trên trang khác bản đã công bố" in said and "nội dung" in said
    expect(page.locator(".verify__answer ins")).to_contain_text(re.compile(f"^{re.escape(true)}"))
    expect(page.locator(".verify__answer del")).to_contain_text(re.compile(f"^{re.escape(false)}"))
    _healthy(page, "altered")

    reader.set_offline(True)
    said = _answer(page, file)
    assert "chưa rõ đã có bản mới hơn hay chưa" in said
    assert "Đã bị sửa" in _answer(page, other)
    reader.set_offline(False)

    assert _command(file, key)[0] == 0
    code, out = _command(other, key)
    assert code == 1 and f"“{true}" in out and f"“{false}" in out
    assert faults == []


def test_a_browser_without_scripts_asks_the_server(browser: Browser, server: str, reader: BrowserContext, tmp_path: Path) -> None:
    file = _saved(reader.new_page(), tmp_path)
    context = browser.new_context(base_url=server, locale="vi-VN", java_script_enabled=False)
    page = context.new_page()
    for one, words in ((file, "Trang thật, đúng nội dung đã công bố"), (_altered(file)[0], "Đã bị sửa: chữ trên trang khác bản đã công bố")):
        page.goto(CHECK)
        page.locator("#page").set_input_files(str(one))
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        expect(page.locator(".verify__answer")).to_contain_text(words)
    context.close()


TWIN = """async ([files, keys]) => {
  const { judge, Refusal } = await import("/static/publishing/js/verify-core.js");
  const found = [];
  for (const file of files) {
    try {
      await judge(new TextEncoder().encode(file), keys);
      found.push(["genuine", "", "", ""]);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      const { part = "", expected = "", found: here = "" } = fault.about;
      found.push([fault.code, part, expected, here]);
    }
  }
  return found;
}"""


def test_the_browser_and_the_command_judge_alike(reader: BrowserContext) -> None:
    true, mine, other = samples.page(), samples.manifest(), samples.content(slug="bai-khac", title="Bài khác")
    edits = (
        ("12 đơn vị", "120 đơn vị"), ("<b>88</b>", "<b>99</b>"), ("7 buổi", "17 buổi"), ("Điểm hai", ""), ("Lời dẫn có", "Lời dẫn không có"),
        ("<title>Kết quả", "<title>Thất bại"),
        ('data-signed="date">Thứ Sáu, 17/07', 'data-signed="date">Thứ Sáu, 18/07'), ("gửi sau kỳ hạn", "gửi đúng kỳ hạn"),
        ("Đại biểu dự", "Khách dự"), ("</article>", "<p>Thêm một câu.</p></article>"), ("<main>", "<div>TIN GIẢ</div><main>"), ("12 đơn vị", "1 2 đơn vị"),
        ("</figure></div>", '</figure><p data-signed="body">Câu chèn.</p></div>'), ('data-signed="lead">', 'data-signed="lead" hidden>'),
        ('data-signed="lead">', 'data-signed="lead" style="display:none">'), ('fig__c">trích dẫn', 'fig__c">bịa ra'), ("buổi, 12", "buổi,12"),
        (f"{samples.BODY_PHOTO}.jpg", "x.jpg"), ("<main>", "<main><iframe></iframe>"), ('data-signed="body">', 'data-signed="body"><textarea>x</textarea>'),
        ('class="body"', 'class="khac"'), ("12 đơn vị", "12&nbsp;&#x111;ơn <i>vị</i>"),
    )  # fmt: skip
    for old, _new in edits:
        assert old in true, old
    files = [true, samples.page(language="en"), *(true.replace(old, new, 1) for old, new in edits)]
    given = (
        samples.manifest(other), samples.manifest(seed=4), {**mine, "content": samples.manifest(other)["content"]},
        {**mine, "signed": mine["signed"].replace('"number":2', '"number":3')}, {**mine, "signed": mine["signed"].replace("soket-page/1", "soket-page/2")},
        {**mine, "signature": "&"}, {**mine, "signed": "[]"},
    )  # fmt: skip
    files += [samples.page(given=one) for one in given]
    files.append("<!doctype html><html><head><title>x</title></head><body></body></html>")
    page = reader.new_page()
    page.goto(CHECK)
    key = signer().public_key()
    keys = [{"verifier": verifier_key(ORIGIN, key), "fingerprint": fingerprint(key), "x": b64encode(key.public_bytes_raw()).decode()}]
    judged = page.evaluate(TWIN, [files, keys])
    expected = []
    for file in files:
        try:
            judge(file.encode(), [trusted()])
            expected.append(["genuine", "", "", ""])
        except BadPage as refused:
            expected.append([refused.code, refused.part, refused.expected, refused.found])
    assert json.dumps(judged, ensure_ascii=False, indent=0) == json.dumps(expected, ensure_ascii=False, indent=0)
    assert {one[0] for one in expected} >= {"genuine", "words", "photo", "malformed", "unknown_key", "bad_signature", "swapped", "other_version", "no_manifest"}
