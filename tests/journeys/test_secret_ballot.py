"""A member votes in secret in a real browser: what is cast carries no cookie, survives a cut line, and is found again after the count."""
from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.journeys.conftest import ROOT, Server, sign_in
from tests.support.browser import axe_faults, overflow, picture

VECTOR = json.loads((Path(__file__).parents[1] / "commendations" / "rfc9474.json").read_text(encoding="utf-8"))
BUILD = "import django; django.setup()\nfrom tests.commendations.chamber import opened_in_the_demonstration as opened\nprint(opened().pk)"


class Chamber(NamedTuple):
    """A running Soket, and the addresses of its open secret vote."""

    server: Server
    ballot: str
    meeting: str


@pytest.fixture
def chamber(world: Path, tmp_path: Path) -> Iterator[Chamber]:
    """A copy of the world in which the ministry's council votes in secret on two nominations."""
    folder = tmp_path / "world"
    shutil.copytree(world, folder)
    server = Server(folder)
    made = subprocess.run([sys.executable, "-c", BUILD], check=True, env=server.env, cwd=ROOT, timeout=120, capture_output=True, text=True)
    pk = made.stdout.split()[-1]
    try:
        server.start()
        yield Chamber(server, f"/khen-thuong/phieu/{pk}/", f"/khen-thuong/hoi-dong/phien/{pk}/")
    finally:
        server.stop()


def _signed_in(browser: Browser, server: Server, name: str, **more: Any) -> tuple[BrowserContext, Page]:
    context = browser.new_context(base_url=server.base, locale="vi-VN", viewport={"width": 1280, "height": 900}, **more)
    page = context.new_page()
    sign_in(page, name)
    return context, page


def _clean(page: Page, name: str) -> None:
    picture(page, "secret-ballot", name)
    assert axe_faults(page) == []
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_member_votes_in_secret(browser: Browser, chamber: Chamber) -> None:
    server = chamber.server
    context, page = _signed_in(browser, server, "hoidong1")
    faults: list[str] = []
    sent: list[Request] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.goto(chamber.ballot)
    _clean(page, "phieu")
    first, second = page.locator("secret-ballot").all()

    first.get_by_role("button", name="Niêm phong và bỏ phiếu").click()
    assert "Chọn đồng ý" in first.locator("[data-told]").inner_text()
    first.get_by_label("Đồng ý", exact=True).check()
    first.get_by_role("button", name="Niêm phong và bỏ phiếu").click()
    first.locator("[data-receipt] code").wait_for()
    token = first.locator("[data-receipt] code").inner_text().replace(" ", "")
    take, cast = sent
    questions = [one.get_attribute("data-question") for one in (first, second)]
    assert take.url == f"{server.base}{chamber.ballot}nhan/{questions[0]}/"
    assert cast.url == f"{server.base}{chamber.ballot}bo/{questions[0]}/"
    assert "cookie" in take.all_headers()
    assert not {"cookie", "referer", "authorization"} & set(cast.all_headers())
    body = json.loads(cast.post_data or "")
    assert (sorted(body), body["token"], body["choice"]) == (["choice", "signature", "token"], token, "yes")
    assert token not in (take.post_data or "") and (take.post_data or "").startswith("blinded=")

    context.route(f"**/bo/{questions[1]}/", lambda route: route.abort())
    second.get_by_label("Không đồng ý", exact=True).check()
    second.get_by_role("button", name="Niêm phong và bỏ phiếu").click()
    again = second.get_by_role("button", name="Gửi lại phiếu")
    again.wait_for()
    assert "giữ trong thẻ này" in second.locator("[data-told]").inner_text()
    context.unroute(f"**/bo/{questions[1]}/")
    again.click()
    second.locator("[data-receipt] code").wait_for()
    page.reload()
    assert page.locator("[data-receipt] code").first.inner_text().replace(" ", "") == token
    _clean(page, "da-bo")
    assert "signature" not in page.evaluate("JSON.stringify(sessionStorage)")
    assert faults == []
    assert _vector(page) == (VECTOR["blinded_msg"], VECTOR["sig"])
    context.close()

    plain, page = _signed_in(browser, server, "hoidong2", java_script_enabled=False)
    page.goto(chamber.ballot)
    assert "Bỏ phiếu kín cần JavaScript" in page.locator("main").inner_text()
    assert not page.get_by_role("button", name="Niêm phong và bỏ phiếu").first.is_visible()
    plain.close()

    context, page = _signed_in(browser, server, "khenthuong")
    page.goto(chamber.meeting)
    assert page.get_by_text("1/3", exact=True).count() == 2
    _clean(page, "phien")
    page.get_by_role("link", name="Kết thúc bỏ phiếu và kiểm phiếu").click()
    page.locator("main form button").click()
    page.wait_for_url(f"**{chamber.meeting}")
    page.goto(f"{chamber.meeting}kiem-phieu/")
    assert page.get_by_text("Kết quả đúng").is_visible()
    assert token in page.content()
    assert "Chủ tịch Hội đồng" not in page.locator("main").inner_text()
    for one in page.locator("details").all():
        one.locator("summary").click()
    _clean(page, "kiem-phieu")
    context.close()


def _vector(page: Page) -> tuple[str, str]:
    """The browser's own arithmetic on the published vector of RFC 9474: the blinded message and the final signature."""
    given = {name: VECTOR[name] for name in ("msg", "salt", "inv", "blind_sig")}
    modulus = f"{int(VECTOR['p'], 16) * int(VECTOR['q'], 16):x}"
    r = pow(int(VECTOR["inv"], 16), -1, int(modulus, 16))
    source = page.locator("script[src*='commendations/js/ballot']").get_attribute("src") or ""
    core = page.evaluate("async (url) => (await (await fetch(url)).text()).match(/from \"(.*ballot-core.*)\"/)[1]", source)
    steps = """async ({ url, modulus, r, msg, salt, inv, blind_sig }) => {
      const { blindBytes, finalize } = await import(url);
      const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
      const kept = await blindBytes(modulus, bytes(msg), bytes(salt), BigInt(`0x${r}`));
      return [kept.blinded, finalize(modulus, kept, blind_sig), kept.inverse.toString(16) === inv];
    }"""
    url = source.rsplit("/", 1)[0] + "/" + core.removeprefix("./")
    blinded, signature, same = page.evaluate(steps, {"url": url, "modulus": modulus, "r": f"{r:x}", **given})
    assert same
    return blinded.zfill(len(VECTOR["blinded_msg"])), signature
