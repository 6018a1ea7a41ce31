"""Real sound and real pictures through a real Janus between two browser pages, with the product's own modules and its own adapter."""
from __future__ import annotations

import http.server
import os
import shutil
import subprocess
import threading
import time
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from soket.conferences.video.core import Join
from soket.conferences.video.janus import JanusVideo
from tests.journeys.conftest import ROOT, Server, _free_port, sign_in
from tests.support.browser import axe_faults, picture

SCRIPTS = ROOT / "src/soket/conferences/static/conferences/js"
WORDS = {
    "join": "Tham gia", "leave": "Rời phòng", "mic-on": "Bật micrô", "mic-off": "Tắt micrô", "idle": "chưa tham gia", "muted": "đang tắt tiếng",
    "open": "đang mở",
}  # fmt: skip
SOON = 20_000
LEVEL = """
async () => {
  const room = document.querySelector("janus-room"), read = async () => {
    let bytes = 0, energy = 0, level = 0;
    for (const row of (await room.sound.peer.getStats()).values())
      if (row.type === "inbound-rtp" && row.kind === "audio") {
        bytes += row.bytesReceived; energy += row.totalAudioEnergy; level = Math.max(level, row.audioLevel);
      }
    return { bytes, energy, level };
  };
  const before = await read();
  let loudest = 0;
  for (let turn = 0; turn < 25; turn += 1) {
    await new Promise((yes) => setTimeout(yes, 100));
    loudest = Math.max(loudest, (await read()).level);
  }
  const after = await read();
  return { bytes: after.bytes - before.bytes, energy: after.energy - before.energy, loudest };
}
"""
FRAMES = """
async () => {
  const room = document.querySelector("janus-room"), [held] = [...room.pictures.watched.values()];
  for (const row of (await held.peer.getStats()).values()) if (row.type === "inbound-rtp" && row.kind === "video") return row.framesDecoded;
  return 0;
}
"""


def _page(join: Join, name: str) -> str:
    rooms = join.rooms
    assert rooms is not None
    words = " ".join(f'data-w-{key}="{text}"' for key, text in WORDS.items())
    return f"""<!doctype html><html lang="vi"><meta charset="utf-8"><title>{name}</title><h1>{name}</h1>
<janus-room data-api="{rooms.api}" data-audio-room="{rooms.audio}" data-video-room="{rooms.video}" data-pin="{rooms.pin}" data-token="{rooms.token}"
 data-site="{rooms.site}" data-called="0" {words}><p data-p="state" role="status"></p><button data-p="join">Tham gia</button>
<button data-p="mic" disabled>Bật micrô</button><button data-p="loud" hidden>Nghe</button><div data-p="pictures"></div></janus-room>
<script type="module" src="/janus-room.js"></script></html>"""


class Janus:
    """The server started by the documented command, in a folder of its own and on free ports."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ws, self.admin = folder / "janus", _free_port(), _free_port()
        self.env = {**os.environ, "JANUS_WS_PORT": str(self.ws), "JANUS_ADMIN_PORT": str(self.admin), "JANUS_RTP_PORTS": "23000-23199"}

    def command(self, what: str) -> int:
        return subprocess.run(["bash", "scripts/janus_setup.sh", what, str(self.folder)], env=self.env, cwd=ROOT, timeout=60, check=False).returncode

    def video(self) -> JanusVideo:
        settings = {
            "conference": "7", "key": "k" * 40, "api": f"ws://127.0.0.1:{self.ws}", "admin": f"http://127.0.0.1:{self.admin}/admin",
            "secrets": self.folder / "secrets.json", "recordings": self.folder / "recordings",
        }  # fmt: skip
        made = JanusVideo(settings)
        made.prepare("7", [1, 2])
        return made


@pytest.fixture
def janus(tmp_path: Path) -> Iterator[Janus]:
    assert shutil.which("janus"), "The video test needs Janus: apt-get install janus"
    running = Janus(tmp_path)
    assert running.command("start") == 0
    yield running
    assert running.command("stop") == 0


@pytest.fixture
def site_pages(tmp_path: Path) -> Iterator[str]:
    """The product's modules and two small pages, on loopback."""
    for script in SCRIPTS.glob("janus-*.js"):
        shutil.copy(script, tmp_path)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *given: object, **named: object) -> None:
            super().__init__(*given, directory=str(tmp_path), **named)  # type: ignore[arg-type]

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def cameras(engine: Playwright) -> Iterator[Browser]:
    """A browser with a false camera and a false microphone that beeps."""
    arguments = [
        "--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
        "--autoplay-policy=no-user-gesture-required", "--disable-features=WebRtcHideLocalIpsWithMdns",
    ]  # fmt: skip
    instance = engine.chromium.launch(executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=arguments)
    yield instance
    instance.close()


def _joined(browser: Browser, base: str, folder: Path, video: JanusVideo, site: int) -> Page:
    (folder / f"site{site}.html").write_text(_page(video.join(site), f"Điểm cầu {site}"), encoding="utf-8")
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"{base}/site{site}.html")
    expect(page.get_by_role("status")).to_have_text("chưa tham gia")
    page.get_by_role("button", name="Tham gia").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("đang tắt tiếng", timeout=SOON)
    page.wait_for_function('document.querySelector("janus-room").sound.peer.connectionState === "connected"', timeout=SOON)
    return page


def _loudness(path: Path) -> tuple[float, int]:
    with wave.open(str(path)) as sound:
        samples = array("h", sound.readframes(sound.getnframes()))
        return sound.getnframes() / sound.getframerate(), max(abs(one) for one in samples)


def _quiet(page: Page) -> bool:
    """Whether nothing is heard any more: what lies in buffers may sound for a moment; a microphone that stays open never falls silent."""
    return any(page.evaluate(LEVEL)["loudest"] < 0.001 for _ in range(5))


def _kept(video: JanusVideo) -> Path | None:
    """The finished sound file: Janus gives it its last name a moment after it was told to stop."""
    for _ in range(50):
        if (found := video.recording()) is not None:
            return found
        time.sleep(0.2)
    return None


def test_two_sites_hear_and_see_each_other_only_while_called(janus: Janus, cameras: Browser, site_pages: str, tmp_path: Path) -> None:
    video = janus.video()
    assert video.trouble is None
    a, b = (_joined(cameras, site_pages, tmp_path, video, site) for site in (1, 2))
    mic = b.get_by_role("button", name="Bật micrô")
    expect(mic).to_be_disabled()
    assert _quiet(a)

    video.record(True)
    video.follow([2])
    assert video.trouble is None
    expect(b.get_by_role("status")).to_have_text("đang mở", timeout=SOON)
    expect(a.get_by_role("status")).to_have_text("đang tắt tiếng")
    heard = a.evaluate(LEVEL)
    assert heard["bytes"] > 1000 and heard["energy"] > 0 and heard["loudest"] > 0.01, heard
    assert _quiet(b)

    a.wait_for_function('document.querySelector("video")?.videoWidth > 0', timeout=SOON)
    first = a.evaluate(FRAMES)
    a.wait_for_timeout(1500)
    assert a.evaluate(FRAMES) > first > 0

    b.get_by_role("button", name="Tắt micrô").click()
    expect(b.get_by_role("button", name="Bật micrô")).to_be_enabled()
    time.sleep(0.5)
    assert _quiet(a)
    b.get_by_role("button", name="Bật micrô").click()
    assert a.evaluate(LEVEL)["loudest"] > 0.01

    video.follow([])
    expect(b.get_by_role("status")).to_have_text("đang tắt tiếng", timeout=SOON)
    expect(mic).to_be_disabled()
    time.sleep(0.5)
    assert _quiet(a)
    expect(a.locator("video")).to_have_count(0, timeout=SOON)

    video.record(False)
    kept = _kept(video)
    assert kept is not None and video.trouble is None
    seconds, peak = _loudness(kept)
    assert seconds > 3 and peak > 1000, (seconds, peak)


def test_a_site_comes_back_when_the_server_does(janus: Janus, cameras: Browser, site_pages: str, tmp_path: Path) -> None:
    video = janus.video()
    page = _joined(cameras, site_pages, tmp_path, video, 1)
    assert janus.command("stop") == 0
    page.wait_for_function('document.querySelector("janus-room").dataset.state !== "muted"', timeout=SOON)
    video.follow([1])
    assert video.trouble is not None and video.trouble.code == "unreachable"
    assert janus.command("start") == 0
    video.follow([1])
    assert video.trouble is None
    page.wait_for_function('document.querySelector("janus-room").dataset.state === "muted"', timeout=SOON)
    video.follow([1])
    expect(page.get_by_role("status")).to_have_text("đang mở", timeout=SOON)


def test_the_site_screen_joins_and_the_chair_opens_its_microphone(janus: Janus, cameras: Browser, world: Path, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    shutil.copytree(world, folder)
    server = Server(folder)
    server.env |= {
        "SOKET_JANUS_API": f"ws://127.0.0.1:{janus.ws}", "SOKET_JANUS_ADMIN": f"http://127.0.0.1:{janus.admin}/admin",
        "SOKET_JANUS_SECRETS": str(janus.folder / "secrets.json"), "SOKET_JANUS_RECORDINGS": str(janus.folder / "recordings"),
    }  # fmt: skip
    home = "/hoi-nghi/hoi-nghi-so-ket-2025/"
    try:
        server.start()
        chair, site = (cameras.new_context(base_url=server.base, locale="vi-VN").new_page() for _ in range(2))
        for page, account in ((chair, "vanphong"), (site, "caxa")):
            sign_in(page, account)
        chair.goto(home + "truyen-hinh/")
        chair.get_by_label("Máy chủ của hệ thống này (Janus)").check()
        chair.get_by_role("button", name="Lưu").click()
        expect(chair.locator("main")).to_contain_text("Đã đặt cách truyền hình.")
        site.goto(home + "diem-cau/")
        site.locator("main ul.names a").first.click()
        state = site.locator("[data-p=state]")
        expect(state).to_have_text("chưa tham gia")
        site.get_by_role("button", name="Tham gia bằng tiếng và hình").click()
        expect(state).to_contain_text("đang nghe", timeout=SOON)
        assert axe_faults(site) == []
        picture(site, "janus", "site")
        chair.goto(home + "dieu-hanh/")
        for _asked_twice in range(2):
            chair.get_by_role("button", name="Khai mạc phiên họp").click()
        chair.goto(home + "dieu-hanh/?tim=A+Sao")
        chair.get_by_role("button", name="Gọi", exact=True).click()
        expect(state).to_have_text("micrô đang mở", timeout=SOON)
        papers = chair.context.new_page()
        papers.goto(home + "van-ban/")
        papers.get_by_role("button", name="Ghi âm phòng họp").click()
        expect(papers.locator("main")).to_contain_text("Đang ghi âm phòng họp.")
        papers.wait_for_timeout(2000)
        papers.get_by_role("button", name="Dừng và lưu bản ghi âm").click()
        expect(papers.locator("audio")).to_have_count(1, timeout=SOON)
        chair.get_by_role("button", name="Thôi gọi").click()
        expect(state).to_contain_text("micrô mở khi được chủ trì mời", timeout=SOON)
    finally:
        server.stop()
