"""From the reporter to the reader: a text with a photograph and a reading goes through every hand, nothing of it shows under embargo, the worker
lets it out, a reader opens its figures by mouse, by keyboard and without scripts. Then a report is corrected, and the page says so at once."""
from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from soket.demo.people import PASSWORD
from soket.kernel.clock import VIETNAM
from tests.factories.publishing_library import from_a_camera
from tests.factories.publishing_sound import READER, tone
from tests.journeys.cast import Cast, choose, fill, healthy, main
from tests.journeys.conftest import ROOT, Server, sign_in
from tests.journeys.test_desk import SOON, _rows
from tests.journeys.test_inside_stopped import PublicProcess, public
from tests.support.browser import axe_faults, overflow

__all__ = ["public"]

SLUG, TITLE = "nhip-phoi-hop-qua-mot-bai", "Nhịp phối hợp qua một bài viết của hành trình thử"
LEAD = "Từ báo cáo của xã đến trang báo, con số nào cũng đi cùng hồ sơ đã ký"
CAPTION, ALT, CREDIT = "Sân nhà văn hóa của hành trình thử", "Sân gạch của hành trình thử, có ghế nhựa, không có người", "Phóng viên ảnh của hành trình"
ARTICLE, DESK = f"/cong-bo/{SLUG}/", f"/toa-soan/bai/{SLUG}/"
OTHER = "khong-co-bai-nao-nhu-the"
SECRETS = (TITLE, LEAD, CAPTION, ALT, CREDIT)
LISTS = (
    "/cong-bo/", "/cong-bo/chuyen-muc/phong-trao/", "/cong-bo/ngay/", "/cong-bo/rss.xml", "/cong-bo/atom.xml", "/cong-bo/chuyen-muc/phong-trao/rss.xml",
    "/cong-bo/chuyen-muc/phong-trao/atom.xml", "/cong-bo/sitemap.xml", "/cong-bo/sitemap-1.xml", "/cong-bo/sitemap-muc.xml", "/cong-bo/sitemap-tin.xml",
    "/cong-bo/the/programme/bca-mttw-2023-2033/", "/robots.txt",
)  # fmt: skip
FOUND = ("/cong-bo/tim/?q=nhip+phoi+hop+qua+mot+bai+viet", "/cong-bo/tim/?q=%22con+so+nao+cung+di+cung%22")
OWN = (
    "", "so-lieu.json", "so-lieu.csv", "so-lieu/02/", "so-lieu/02.json", "so-lieu/02.csv", "ban-ke.json",
)  # fmt: skip
SOUNDS = ("original", "mp3", "opus")
SOUND = "document.querySelector('sound-player audio')"
CLOCK = re.compile(rb"<span class=\"n mast__clock\" data-clock>[^<]*</span>")
FOCUS = """() => {
  const here = document.activeElement, style = getComputedStyle(here), box = here.getBoundingClientRect();
  const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const whole = here.matches("main, body, [data-panel]");
  return [here.className + (here.matches("[data-figure]") ? " figure" : ""), whole || (shown && inside), here.outerHTML.slice(0, 120)];
}"""
_healthy = partial(healthy, "newspaper")


@dataclass(frozen=True)
class Answer:
    status: int
    etag: str
    body: bytes


def ask(base: str, path: str, method: str = "GET") -> Answer:
    """What a client without cookies gets, whatever its status; the minute that stands on a page is left out."""
    try:
        with urllib.request.urlopen(urllib.request.Request(base + path, method=method, data=b"" if method == "POST" else None), timeout=10) as answer:
            return Answer(answer.status, answer.headers.get("ETag", ""), CLOCK.sub(b"", answer.read()))
    except urllib.error.HTTPError as refused:
        return Answer(refused.code, refused.headers.get("ETag", ""), CLOCK.sub(b"", refused.read()))


def lists(base: str) -> dict[str, Answer]:
    """Every list, feed, map and search in which an article would stand. Of pages that hold a minute the bytes count, not the tag."""
    found = {path: ask(base, path) for path in (*LISTS, *FOUND)}
    return {path: answer if path.endswith((".xml", ".txt")) else Answer(answer.status, "", answer.body) for path, answer in found.items()}


@pytest.fixture
def cast(browser: Browser, chain_server: Server, tmp_path: Path) -> Iterator[Cast]:
    made = Cast(browser, chain_server, tmp_path)
    yield made
    made.leave()


@pytest.fixture
def readers(browser: Browser, public: PublicProcess) -> Iterator[Any]:
    """`readers("Edg/140.0.0.0")`: a browser profile at the public process that calls itself so, without an account. Scripts may be switched off."""
    made: list[BrowserContext] = []
    faults: list[str] = []
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"

    def one(name: str = "", base: str = public.base, **told: Any) -> Page:
        context = browser.new_context(base_url=base, locale="vi-VN", viewport={"width": 1280, "height": 900}, user_agent=f"{agent} {name}".strip(), **told)
        made.append(context)
        page = context.new_page()
        page.set_default_timeout(SOON)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if re.search("Content Security|Refused to", message.text) else None)
        page.on("request", lambda request: faults.append(request.url) if not request.url.startswith((base, "data:", "blob:")) else None)
        return page

    yield one
    for context in made:
        context.close()
    assert faults == []


def step(page: Page, last: str) -> None:
    """The desk's button for a step, by the address it sends to."""
    main(page).locator(f'form[action$="/{last}/"] button').click()


def submit(page: Page) -> None:
    """The answer to a page that asks once more, or a form by itself."""
    main(page).locator("form button[type=submit]").first.click()


def save(page: Page) -> None:
    page.locator("#text button[type=submit]:not([formaction]):not([name])").first.click()


# --- the text ------------------------------------------------------------------------------------------------------------------------------


def photograph(cast: Cast) -> str:
    """The photographer brings a picture as the camera wrote it, then says what it shows. Returns its number."""
    page = cast("anhbao", "/toa-soan/thu-vien/them/")
    page.locator("#id_photos").set_input_files({"name": "DSC_0412.jpg", "mimeType": "image/jpeg", "buffer": from_a_camera(1800, 1200)})
    fill(page, credit=CREDIT)
    _healthy(page, "01-photograph-add")
    submit(page)
    page.wait_for_url(re.compile(r"/thu-vien/\d+/$"))
    fill(page, caption=CAPTION, alt=ALT)
    submit(page)
    expect(page.locator("#id_alt")).to_have_value(ALT)
    _healthy(page, "02-photograph")
    return page.url.rstrip("/").rpartition("/")[2]


def drafted(cast: Cast, photo: str) -> int:
    """The reporter begins from the frozen review. A drifting wording and an unbound number are refused and mended. Returns the sessions."""
    page = cast("phongvien", "/toa-soan/moi/")
    page.locator("#id_review").select_option(label="Sơ kết năm 2025 thực hiện chương trình phối hợp giai đoạn 2023–2033")
    fill(page, slug=SLUG)
    _healthy(page, "03-begin")
    submit(page)
    page.wait_for_url(f"**{DESK}")
    expect(page.locator("#id_body")).to_have_value(re.compile(r"\{\{02\}\}"))
    row = page.locator("[data-figures] li", has=page.get_by_text("{{02}}", exact=True))
    sessions = int(row.locator(".figs__v b").inner_text().replace(".", ""))
    body = "Các đơn vị tổ chức {claim} buổi tuyên truyền, ở {units}.\n\n## Độ phủ\n\nTỷ lệ báo cáo cấp xã nhận được là {{{{05}}}}.\n\n{{{{biểu đồ 01, 05}}}}"
    drift = f"hơn {sessions // 1000 + 1} nghìn"
    fill(page, title=TITLE, lead=f"{LEAD}: {{{{02|hơn {sessions // 1000} nghìn}}}} buổi.")
    fill(page, body=body.format(claim=f"{{{{02|{drift}}}}}", units="45 đơn vị"), byline="Nhóm phóng viên")
    choose(page, "category", "Phong trào thi đua")
    page.locator("#id_photo").select_option(photo)
    save(page)
    told = page.locator(".errs")
    expect(told).to_contain_text(drift)
    expect(told).to_contain_text("[[45 đơn vị]]")
    _healthy(page, "04-refused")
    assert _rows(cast.server, f"select count(*) from publishing_revision r join publishing_article a on a.id = r.article_id where a.slug = '{SLUG}'") == [(1,)]
    fill(page, body=body.format(claim="{{02}}", units="[[45 đơn vị]]"))
    save(page)
    expect(page.locator('input[name=revision][value="2"]').first).to_be_attached()
    return sessions


def locked(cast: Cast) -> None:
    """While the reporter has the text, the editor sees who holds it and cannot save; after it was handed over it is the editor's."""
    editor, reporter = cast("bientap", DESK), cast("phongvien")
    expect(main(editor)).to_contain_text("Phóng viên, ")
    expect(main(editor)).to_contain_text("đang mở bài này")
    fill(editor, lead="Lời dẫn khác.")
    save(editor)
    expect(editor.locator(".errs")).to_contain_text("Phóng viên, ")
    expect(editor.locator("#id_lead")).to_have_value("Lời dẫn khác.")
    _healthy(editor, "05-locked")
    step(reporter, "giao")
    expect(reporter.locator("#id_body")).to_have_count(0)
    _healthy(reporter, "06-handed")


def edited(cast: Cast, sessions: int) -> None:
    page = cast("bientap", DESK)
    page.wait_for_load_state()
    fill(page, lead=f"{LEAD}: {{{{02|khoảng {round(sessions, -3) // 1000} nghìn}}}} buổi.")
    save(page)
    expect(page.locator('input[name=revision][value="3"]').first).to_be_attached()
    _healthy(page, "07-edited")
    step(page, "gui")


def when(page: Page, name: str, at: datetime) -> None:
    fill(page, **{f"{name}_day": f"{at:%Y-%m-%d}", f"{name}_time": f"{at:%H:%M:%S}"})


def embargoed(cast: Cast) -> None:
    """The secretary approves under an embargo until tomorrow and sets the hour after it."""
    page, tomorrow = cast("duyetbai", DESK + "thoi-han/"), datetime.now(VIETNAM).replace(microsecond=0) + timedelta(days=1)
    when(page, "embargo_until", tomorrow)
    _healthy(page, "08-times")
    submit(page)
    page.wait_for_url(f"**{DESK}")
    step(page, "duyet")
    page.goto(DESK + "hen-gio/")
    when(page, "due", tomorrow - timedelta(hours=1))
    submit(page)
    expect(page.locator(".errs")).to_be_visible()
    when(page, "due", tomorrow + timedelta(hours=1))
    _healthy(page, "09-schedule")
    submit(page)
    page.wait_for_url(f"**{DESK}")
    _healthy(page, "10-scheduled")


def read_aloud(cast: Cast) -> None:
    """The sound engineer brings a recording; the worker makes it ready, the secretary gives it: it waits for the text."""
    page = cast("thuam", DESK + "am-thanh/")
    page.locator("#id_file").set_input_files({"name": "ban-doc.wav", "mimeType": "audio/wav", "buffer": tone(seconds=8.0)})
    fill(page, reader=READER)
    submit(page)
    page.wait_for_selector("#readings audio", timeout=60_000)
    _healthy(page, "11-sound")
    secretary = cast("duyetbai", DESK + "am-thanh/")
    secretary.locator('form[action$="/phat/"] button').click()
    expect(secretary.locator('form[action$="/phat/"]')).to_have_count(0)


# --- the embargo ---------------------------------------------------------------------------------------------------------------------------


def files_of(server: Server, photo: str) -> list[str]:
    """The photograph as it was brought and in its sizes, the recording as it was brought and in both its forms."""
    asked = (
        f"select original_id from publishing_photo where id = {photo}", f"select file_id from publishing_rendition where photo_id = {photo}",
        *(f"select {name}_id from publishing_narration n join publishing_article a on a.id = n.article_id where a.slug = '{SLUG}'" for name in SOUNDS),
    )  # fmt: skip
    return [str(row[0]) for one in asked for row in _rows(server, f"select sha256 from files_storedfile where id in ({one})")]


def _idle(server: Server) -> None:
    """The worker has done what the world left to it: from here on only this text could change a list."""
    for _asked in range(240):
        if _rows(server, "select count(*) from django_tasks_database_dbtaskresult where status in ('READY', 'RUNNING')") == [(0,)]:
            return
        time.sleep(0.25)


def silent(bases: tuple[str, str], before: dict[str, dict[str, Answer]], files: list[str]) -> None:
    """Nobody outside learns anything: all lists are the bytes they were, every address of the text and its files answers like one that never was."""
    for base in bases:
        now = lists(base)
        assert [path for path, answer in now.items() if answer != before[base][path]] == []
        assert [(path, words) for path, answer in now.items() for words in SECRETS if words.encode() in answer.body] == []
        for last in OWN:
            for method in ("GET", "HEAD"):
                mine, nobodys = ask(base, ARTICLE + last, method), ask(base, f"/cong-bo/{OTHER}/{last}", method)
                assert (mine.status, mine.etag) == (nobodys.status, nobodys.etag) == (404, ""), last
                assert [words for words in SECRETS if words.encode() in mine.body] == []
        assert [name for name in files for ending in ("jpg", "png", "mp3", "opus", "zip") if ask(base, f"/cong-bo/tep/{name}.{ending}").status != 404] == []
        for path in ("/cong-bo/dem/{}/", "/cong-bo/kiem-chung/{}.json"):
            mine, nobodys = ask(base, path.format(SLUG)), ask(base, path.format(OTHER))
            assert (mine.status, mine.body.replace(SLUG.encode(), b"")) == (nobodys.status, nobodys.body.replace(OTHER.encode(), b""))
        assert ask(base, f"/cong-bo/dem/{SLUG}/", "POST") == ask(base, f"/cong-bo/dem/{OTHER}/", "POST")


def kept_outside(folder: Path) -> list[str]:
    """Files of the public folder, the database and its journal among them, in which a word of the text stands."""
    return [path.name for path in folder.rglob("*") if path.is_file() for content in [path.read_bytes()] if any(words.encode() in content for words in SECRETS)]


def refused_early(cast: Cast) -> None:
    """The secretary has no button to publish under the embargo, and a request made by hand does nothing."""
    page = cast("duyetbai", DESK)
    expect(main(page).locator('form[action$="/dang/"]')).to_have_count(0)
    token = page.locator("main input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    sent = page.request.post(
        cast.server.base + DESK + "dang/", form={"csrfmiddlewaretoken": str(token), "confirmed": "1", "revision": "3"},
        headers={"Referer": cast.server.base + DESK},
    )  # fmt: skip
    assert sent.status == 200
    assert ask(cast.server.base, ARTICLE).status == 404


def goes_out(cast: Cast, base: str) -> None:
    """The embargo ends in a few seconds, the text is set for a second later: the worker publishes it, and not before."""
    page, soon = cast("duyetbai", DESK + "thoi-han/"), datetime.now(VIETNAM).replace(microsecond=0) + timedelta(seconds=8)
    when(page, "embargo_until", soon)
    submit(page)
    page.wait_for_url(f"**{DESK}")
    page.goto(DESK + "hen-gio/")
    when(page, "due", soon + timedelta(seconds=1))
    submit(page)
    page.wait_for_url(f"**{DESK}")
    for _asked in range(240):
        answer = ask(base, ARTICLE)
        if answer.status == 200:
            assert datetime.now(VIETNAM) > soon
            break
        page.wait_for_timeout(250)
    assert answer.status == 200
    page.reload()
    expect(main(page)).to_contain_text("Hẹn giờ đăng: ")  # in whose name it went out
    _healthy(page, "12-published")


def spoken_of(base: str, files: list[str]) -> None:
    """The same questions, now that it is out: each would have told of it."""
    now = lists(base)
    silent_ones = ["/cong-bo/sitemap.xml", "/cong-bo/sitemap-muc.xml", "/robots.txt"]  # they name lists, not articles
    assert [path for path in (*LISTS, *FOUND) if SLUG.encode() not in now[path].body] == silent_ones
    assert [last for last in OWN if ask(base, ARTICLE + last).status != 200] == []
    assert [ask(base, f"/cong-bo/tep/{name}.jpg").status for name in files] == [404, 200, 200, 200, 404, 200, 200]  # what was brought stays inside


# --- the reader ----------------------------------------------------------------------------------------------------------------------------


def read(page: Page, base: str, sessions: int) -> None:
    """With scripts: a claim of the lead opens and closes; the photograph says whose it is and holds nothing of the camera."""
    page.goto("/cong-bo/")
    page.locator(f'h3 a[href="{ARTICLE}"]').first.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("head link[rel=stylesheet]:not([media])")).to_have_count(1)
    claim = page.locator(".lead a[data-figure]")
    expect(claim).to_have_text(re.compile(f"khoảng {round(sessions, -3) // 1000} nghìn"))
    claim.click()
    expect(page.locator("[data-panel]")).to_contain_text(f"{sessions:,}".replace(",", "."))
    page.keyboard.press("Escape")
    expect(page.locator("[data-panel]")).to_have_count(0)
    image = page.locator("article figure.ph").first
    expect(image.locator("figcaption")).to_contain_text(CAPTION)
    expect(image.locator("figcaption")).to_contain_text(CREDIT)
    expect(image.locator("img")).to_have_attribute("alt", ALT)
    sent = ask(base, str(image.locator("img").get_attribute("src")))
    assert sent.status == 200 and b"Exif" not in sent.body
    _healthy(page, "13-article")


def by_keyboard(page: Page) -> None:
    """Tab, Enter, Space, arrows and Esc alone; every place that has the focus is seen to have it."""
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)[0] == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    _tab_to(page, "figure")
    page.keyboard.press("Enter")
    expect(page.locator("[data-panel]")).to_be_focused()
    page.keyboard.press("Escape")
    assert "figure" in page.evaluate(FOCUS)[0]
    _tab_to(page, "aud__b")
    page.keyboard.press("Enter")
    _soon(page, f"!{SOUND}.paused && {SOUND}.currentTime > 0")
    page.keyboard.press("Enter")
    _soon(page, f"{SOUND}.paused")
    _tab_to(page, "aud__r")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    _soon(page, f"{SOUND}.currentTime > 4")
    page.reload()
    expect(page.locator(".aud__r")).not_to_have_value("0")  # the position is kept


def _soon(page: Page, true: str) -> None:
    """Wait until it is so. Playwright's own waiting evaluates in the page, which the page's policy forbids."""
    for _asked in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


def _tab_to(page: Page, name: str) -> None:
    for _pressed in range(120):
        page.keyboard.press("Tab")
        here, seen, words = page.evaluate(FOCUS)
        assert seen, words
        if name in here.split():
            return
    raise AssertionError(f"Tab never came to {name}")


def without_scripts(page: Page, sessions: int) -> None:
    page.goto(ARTICLE)
    expect(page.locator("sound-player audio")).to_be_visible()
    page.locator(".body a[data-figure]").first.click()
    expect(page.locator("main .prov")).to_contain_text(f"{sessions:,}".replace(",", "."))
    page.get_by_role("link", name="Trở lại bài viết").click()
    expect(page).to_have_url(re.compile(f"{ARTICLE}(#.*)?$"))


def told(page: Page) -> Any:
    """The sign of five seconds' reading of this page."""
    return page.expect_response(lambda answer: answer.request.method == "POST" and "/dem/" in answer.url, timeout=SOON)


def counted(readers: Any, server: Server) -> None:
    """One reader is one however often the page is loaded, another browser is another, and somebody of the house is none."""
    first, second, house = readers("OPR/124.0.0.0"), readers("Edg/140.0.0.0"), readers("Vivaldi/7.6", base=server.base)
    number = first.locator("[data-views-number]")
    with told(first):
        first.goto(ARTICLE)
        expect(number).to_have_text("0")
    expect(number).to_have_text("1")
    sign_in(house, "bientap")
    with told(first), told(house), told(second):
        first.reload()
        house.goto(ARTICLE)
        second.goto(ARTICLE)
    for page in (first, house, second):
        page.reload()
        expect(page.locator("[data-views-number]")).to_have_text("2")
    assert first.context.cookies() == []


def around(page: Page) -> None:
    """Every kind of public page, in which the article now stands."""
    day = f"{datetime.now(VIETNAM):%Y-%m-%d}"
    stands = {
        "home": "/cong-bo/", "category": "/cong-bo/chuyen-muc/phong-trao/", "day": f"/cong-bo/ngay/{day}/", "search": FOUND[0],
        "tag": "/cong-bo/the/programme/bca-mttw-2023-2033/",
    }  # fmt: skip
    for name, path in stands.items():
        page.goto(path)
        expect(page.locator(f'main a[href="{ARTICLE}"]').first).to_be_visible()
        _healthy(page, f"14-{name}")
    places = {"verify": "/cong-bo/kiem-chung/", "accessibility": "/cong-bo/tro-nang/", "counting": "/cong-bo/cach-dem/", "missing": f"/cong-bo/{OTHER}/"}
    for name, path in {**places, "archive": "/cong-bo/ngay/"}.items():
        page.goto(path)
        assert axe_faults(page) == [], name
        page.set_viewport_size({"width": 390, "height": 844})
        assert overflow(page) <= 0, name


def test_from_the_reporter_to_the_reader(cast: Cast, public: PublicProcess, readers: Any) -> None:
    bases = (cast.server.base, public.base)
    _idle(cast.server)
    before = {base: lists(base) for base in bases}
    photo = photograph(cast)
    sessions = drafted(cast, photo)
    locked(cast)
    edited(cast, sessions)
    embargoed(cast)
    read_aloud(cast)
    files = files_of(cast.server, photo)
    assert len(files) == 7
    silent(bases, before, files)
    refused_early(cast)
    assert kept_outside(public.folder) == []
    goes_out(cast, public.base)
    spoken_of(public.base, files)
    counted(readers, cast.server)
    read(readers(), public.base, sessions)
    by_keyboard(readers())
    without_scripts(readers(java_script_enabled=False), sessions)
    around(readers())


# --- a correction --------------------------------------------------------------------------------------------------------------------------

REVIEW, CORRECTED = "/so-ket/so-ket-nam-2025/", "so-ket-nam-2025"
NOTE = "Công an xã A Sào đính chính số buổi tuyên truyền."


def new_edition(cast: Cast) -> None:
    """A commune corrects its report; the review is computed again and signed by both."""
    subprocess.run([sys.executable, "-m", "tests.support.correcting"], check=True, env=cast.server.env, cwd=ROOT, timeout=60)
    office = cast("vanphong", REVIEW + "trinh/")
    fill(office, reason=NOTE)
    submit(office)
    office.wait_for_url(f"**{REVIEW}")
    for signer in ("kybca", "kymttq"):
        page = cast(signer, REVIEW + "ky/")
        fill(page, password=PASSWORD)
        page.locator("input[name=party]").first.check()
        submit(page)
        page.wait_for_url(f"**{REVIEW}")


def rebound(cast: Cast) -> Page:
    """The article stands in the editor's worklist; saved on the new edition, sent, approved; the secretary is asked once more."""
    editor = cast("bientap", "/viec-can-lam/")
    editor.locator(f'main a[href="/toa-soan/bai/{CORRECTED}/"]').first.click()
    expect(main(editor).locator(".note--w").first).to_be_visible()
    fill(editor, note=NOTE)
    _healthy(editor, "20-correction")
    save(editor)
    step(editor, "gui")
    secretary = cast("duyetbai", f"/toa-soan/bai/{CORRECTED}/")
    step(secretary, "duyet")
    step(secretary, "dang")
    expect(main(secretary)).to_contain_text(NOTE)
    _healthy(secretary, "21-release")
    return secretary


def test_a_corrected_figure_is_on_the_page_with_its_notice_at_once(cast: Cast, public: PublicProcess, readers: Any) -> None:
    address = f"/cong-bo/{CORRECTED}/"
    page = readers()
    page.goto(address)
    saved = cast.folder / "bai.html"
    saved.write_text(page.content(), encoding="utf-8")
    old = page.locator('a[data-code="SK-2025-02"]').first.inner_text()
    new = f"{int(old.replace('.', '')) + 3:,}".replace(",", ".")
    new_edition(cast)
    secretary = rebound(cast)
    before = public.get(address).decode()
    assert new not in before and NOTE not in before  # kept in memory by now, and not a word early
    with secretary.expect_response(lambda answer: answer.request.method == "POST", timeout=SOON):
        submit(secretary)
    first = public.get(address).decode()
    assert old in first and new in first and NOTE in first
    assert new.replace(".", "") in public.get(f"{address}so-lieu/02.json").decode()
    assert new.replace(".", "") in public.get(f"{address}so-lieu.csv").decode()
    page.reload()
    expect(page.locator(".correction").first).to_contain_text(NOTE)
    expect(page.locator(".correction").first).to_contain_text(old)
    expect(page.locator('.body a[data-code="SK-2025-02"], .lead a[data-code="SK-2025-02"]').first).to_have_text(re.compile(re.escape(new)))
    _healthy(page, "22-corrected")
    page.goto("/cong-bo/kiem-chung/")
    page.locator("#page").set_input_files(str(saved))
    expect(page.locator("[data-verdict]")).not_to_be_empty()
    _healthy(page, "23-superseded")
    expect(page.locator(".verify__answer")).to_contain_text("đã có bản mới hơn")
