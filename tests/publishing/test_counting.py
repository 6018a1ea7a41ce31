"""Counting readers: each once a day, whatever is sent again, killed or begun anew; nothing that follows a person."""
from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

from soket.publishing import asking
from soket.publishing.outlet import counting, counts
from soket.publishing.outlet.counting import COUNTED, OVER, REPEAT, ROBOT, STAFF, UNKNOWN, Hit, Tally
from tests.factories import publishing as make
from tests.factories import publishing_desk
from tests.factories import publishing_public as public
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def hit(number: int, slug: str = "bai") -> Hit:
    return Hit(slug, who=f"10.0.{number // 256}.{number % 256}\n{FIREFOX}\nvi")


def kinds(folder: Path, slug: str = "bai") -> dict[str, int]:
    return counts.days_of(folder, slug)[0].kinds


def test_a_hundred_thousand_hits_of_one_reader_are_one(tmp_path: Path) -> None:
    tally = Tally(tmp_path)
    for _ in range(200):
        tally.add_many([hit(1)] * 500)
    assert kinds(tmp_path) == {COUNTED: 1, REPEAT: 99_999}
    assert counts.readers_of(tmp_path, "bai") == 1


def test_eight_threads_and_two_processes_count_each_reader_once(tmp_path: Path) -> None:
    """Two tallies of one file are two processes' view of it."""
    tallies = [Tally(tmp_path), Tally(tmp_path)]
    found: list[str] = []

    def send(first: int) -> None:
        found.extend(tallies[first % 2].add(hit(number)) for number in range(first, 240, 4))

    threads = [threading.Thread(target=send, args=(number % 4,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [COUNTED] * 240 + [REPEAT] * 240
    assert kinds(tmp_path) == {COUNTED: 240, REPEAT: 240}


def test_a_restart_keeps_the_key_and_the_next_day_erases_it_and_every_hash(tmp_path: Path) -> None:
    day = ["2026-07-15"]
    first = Tally(tmp_path, today=lambda: day[0])
    assert [first.add(hit(number)) for number in range(50)] == [COUNTED] * 50
    again = Tally(tmp_path, today=lambda: day[0])
    assert again.add(hit(7)) == REPEAT
    link = sqlite3.connect(counting.file_in(tmp_path))
    salt = link.execute("SELECT value FROM salt").fetchone()[0]
    hashes = [row[0] for row in link.execute("SELECT hash FROM reader")]
    link.close()
    assert len(hashes) == 50 and counting.hashed(salt, hit(7)) in hashes
    assert counting.hashed(salt, hit(7)) != counting.hashed(salt, hit(7, "bai-khac"))  # two articles of one reader are strangers
    files = [counting.file_in(tmp_path), Path(f"{counting.file_in(tmp_path)}-wal")]
    assert any(salt in file.read_bytes() for file in files if file.exists())
    day[0] = "2026-07-16"
    assert again.add(hit(7)) == COUNTED
    left = b"".join(file.read_bytes() for file in files if file.exists())
    assert [one for one in [salt, *hashes] if one in left] == []
    link = sqlite3.connect(counting.file_in(tmp_path))
    assert link.execute("SELECT day, sum(n) FROM hits WHERE kind = 'counted' GROUP BY day").fetchall() == [("2026-07-15", 50), ("2026-07-16", 1)]
    assert link.execute("SELECT count(*) FROM reader").fetchone() == (1,)
    link.close()


def test_the_worker_closes_a_day_that_nobody_reads_after_and_a_clock_set_back_counts_on(tmp_path: Path) -> None:
    day = ["2026-07-15"]
    tally = Tally(tmp_path, today=lambda: day[0])
    assert not tally.close_past()  # nothing was counted yet
    tally.add(hit(1))
    assert not tally.close_past()
    day[0] = "2026-07-14"
    assert tally.add(hit(1)) == REPEAT
    day[0] = "2026-07-16"
    assert tally.close_past() and not tally.close_past()
    link = sqlite3.connect(counting.file_in(tmp_path))
    told = link.execute("SELECT (SELECT count(*) FROM reader), (SELECT count(*) FROM salt), (SELECT value FROM meta WHERE key = 'unswept')").fetchone()
    link.close()
    assert told == (0, 0, "0")


def test_beyond_the_limit_of_a_day_hits_are_kept_raw(tmp_path: Path) -> None:
    tally = Tally(tmp_path, most=3)
    assert [tally.add(hit(number)) for number in (1, 2, 3, 4, 1)] == [COUNTED, COUNTED, COUNTED, OVER, REPEAT]
    assert kinds(tmp_path) == {COUNTED: 3, OVER: 1, REPEAT: 1}


def test_a_file_that_cannot_be_written_answers_everyone_who_waits(tmp_path: Path) -> None:
    (tmp_path / "readers").write_text("a file where the folder should be")
    tally = Tally(tmp_path)
    with pytest.raises(counting.CountingDown):
        tally.add(hit(1))
    assert counts.readers_of(tmp_path, "bai") == 0  # there is no file: nobody was counted
    (tmp_path / "readers").unlink()
    assert tally.add(hit(1)) == COUNTED


def test_lists_and_the_most_read(tmp_path: Path) -> None:
    day = ["2026-07-15"]
    tally = Tally(tmp_path, today=lambda: day[0])
    tally.add_many([hit(1, "cu"), hit(2, "cu")])
    day[0] = counting.vietnam_day()
    tally.add_many([hit(1, "mot"), hit(1, "hai"), hit(2, "hai"), hit(3, "hai"), Hit("mot", ROBOT), Hit("", UNKNOWN)])
    assert counts.readers_of_all(tmp_path, ["mot", "hai", "ba"]) == {"mot": 1, "hai": 3}
    old = {("cu", 2)} if day[0] <= "2026-07-21" else set()
    assert set(counts.most_read(tmp_path)) - old == {("hai", 3), ("mot", 1)}
    days = counts.days_of(tmp_path, "mot", 3)
    assert [(one.day, one.raw, one.readers) for one in days][0] == (date.fromisoformat(day[0]), 2, 1) and [one.raw for one in days[1:]] == [0, 0]
    assert counts.totals(tmp_path)[0] == {COUNTED: 6, REPEAT: 0, ROBOT: 1, STAFF: 0, UNKNOWN: 1, OVER: 0}


@pytest.mark.parametrize(
    ("remote", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours: its word does not count
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"), ("10.0.0.5", "192.0.2.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "192.0.2.1, 198.51.100.1, 10.0.0.7", "198.51.100.1"), ("10.0.0.5", "", "10.0.0.5"), ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5:4711", "[2001:db8::1]:80", "2001:db8::1"), ("::ffff:10.0.0.5", "2001:DB8::0001", "2001:db8::1"), ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_last_hop_before_our_proxies(remote: str, forwarded: str, address: str) -> None:
    proxies = asking.networks(("10.0.0.0/24",))
    assert asking.client_address({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}, proxies) == address


@pytest.mark.parametrize(
    ("meta", "cookies", "kind"),
    [
        ({"HTTP_USER_AGENT": FIREFOX}, {}, ""), ({}, {}, ROBOT), ({"HTTP_USER_AGENT": " "}, {}, ROBOT), ({"HTTP_USER_AGENT": "curl/8.5.0"}, {}, ROBOT),
        ({"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}, {}, ROBOT),
        ({"HTTP_USER_AGENT": FIREFOX, "HTTP_SEC_PURPOSE": "prefetch;prerender"}, {}, ROBOT),
        ({"HTTP_USER_AGENT": FIREFOX}, {"sessionid": ""}, STAFF), ({"HTTP_USER_AGENT": FIREFOX}, {"django_language": "vi"}, ""),
    ],
)
def test_robots_and_staff_are_known_by_what_they_send(meta: dict[str, str], cookies: dict[str, str], kind: str) -> None:
    assert asking.kind_of(meta, cookies, "sessionid") == kind


@pytest.fixture
def released(desk: make.Desk) -> str:
    make.released(desk)
    return desk.article.slug


def test_two_thousand_hits_of_one_reader_through_the_door_are_one(released: str, settings: object, client: LintingClient) -> None:
    plain = Client(HTTP_USER_AGENT=FIREFOX, enforce_csrf_checks=True)
    address = f"/cong-bo/dem/{released}/"
    assert {plain.post(address).status_code for _ in range(2000)} == {204}
    folder = settings.PUBLIC  # type: ignore[attr-defined]
    assert kinds(folder, released) == {COUNTED: 1, REPEAT: 1999}
    answer = plain.get(address)
    assert answer.json() == {"readers": 1} and answer["Cache-Control"] == "no-store" and not answer.cookies
    assert plain.get("/cong-bo/dem/khong-co/").status_code == 404
    client.cookies["sessionid"] = "x"
    for more in ({"HTTP_USER_AGENT": FIREFOX}, {"HTTP_USER_AGENT": "curl/8.5.0"}):
        assert client.post(address, **more).status_code == 204
    assert plain.post("/cong-bo/dem/khong-co/").status_code == 204
    assert plain.post(address, data=b"x" * 1025, content_type="text/plain").status_code == 413
    assert plain.post(address, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert kinds(folder, released) == {COUNTED: 1, REPEAT: 1999, STAFF: 1, ROBOT: 1}
    assert counts.totals(folder)[0][UNKNOWN] == 1
    page = LintingClient().get("/cong-bo/cach-dem/").content.decode()
    assert "Cách đếm lượt xem" in page and "1.999" in page and "2.003" in page
    article = LintingClient().get(f"/cong-bo/{released}/").content.decode()
    assert f'data-views="{address}"' in article and "<span class=\"n\" data-views-number>1</span>" in article


@pytest.mark.django_db
def test_the_desk_sees_raw_and_filtered_numbers_and_others_nothing(settings: object) -> None:
    room = publishing_desk.room()
    publishing_desk.brought(room, "draft")
    slug = room.article.slug
    client = LintingClient()
    client.force_login(room.reporter)
    assert "chưa có lượt xem" in client.get(f"/toa-soan/bai/{slug}/luot-xem/").content.decode()
    counting.tally(settings.PUBLIC).add_many([hit(1, slug), hit(1, slug), hit(2, slug), Hit(slug, ROBOT)])  # type: ignore[attr-defined]
    page = client.get(f"/toa-soan/bai/{slug}/luot-xem/").content.decode()
    assert "2 lượt xem" in page and page.count("<tr>") == 3
    client.force_login(room.stranger)
    assert client.get(f"/toa-soan/bai/{slug}/luot-xem/").status_code == 404


class Served:
    """The newspaper's own process over a store with one article; a kill is `kill -9` of the whole group."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        names = {"SOKET_PUBLIC": str(self.folder), "SOKET_PROXIES": "127.0.0.1", "SOKET_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT / "src")}
        env = {name: value for name, value in os.environ.items() if not name.startswith(("SOKET_", "DJANGO_", "DATABASE_"))} | names
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2", "--blocking-threads", "4",
                   "--log-level", "error", "soket.public_wsgi:application"]  # fmt: skip
        self.process = subprocess.Popen(command, env=env, cwd="/", start_new_session=True)
        for _ in range(300):
            if self.process.poll() is not None or self._alive():
                return
            time.sleep(0.1)

    def _alive(self) -> bool:
        try:
            return self.ask("GET", "/healthz", "192.0.2.1")[0] == 200
        except OSError:
            return False

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, method: str, path: str, address: str) -> tuple[int, bytes]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request(method, path, headers={"User-Agent": FIREFOX, "X-Forwarded-For": address, "Connection": "close"})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    public.put(tmp_path, [public.copy(1, public.at(15))])
    process = Served(tmp_path)
    process.start()
    yield process
    process.kill()


def test_a_server_killed_in_the_middle_counts_each_reader_once_after_replay(served: Served) -> None:
    """Eight threads, 400 readers (10,000 in `bench/readers.py`). What was acknowledged before the kill is there after it."""
    slug = "bai-1"
    readers = [f"198.51.{number // 200}.{number % 200 + 1}" for number in range(400)]
    left, acknowledged = list(readers), set[str]()
    enough = threading.Event()

    def send() -> None:
        while left:
            try:
                address = left.pop()
            except IndexError:
                return
            try:
                if served.ask("POST", f"/cong-bo/dem/{slug}/", address)[0] == 204:
                    acknowledged.add(address)
            except (OSError, http.client.HTTPException):
                pass
            if len(acknowledged) >= 150:
                enough.set()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    enough.wait(60)
    served.kill()
    for thread in threads:
        thread.join()
    before = set(acknowledged)
    assert 150 <= len(before) < 400
    link = sqlite3.connect(counting.file_in(served.folder))
    salt = link.execute("SELECT value FROM salt").fetchone()[0]
    there = {row[0] for row in link.execute("SELECT hash FROM reader")}
    link.close()
    who = {address: counting.hashed(salt, Hit(slug, who=f"{address}\n{FIREFOX}\n")) for address in readers}
    assert {who[address] for address in before} <= there  # nothing acknowledged is lost
    served.start()
    for address in readers:
        if address not in before:
            assert served.ask("POST", f"/cong-bo/dem/{slug}/", address)[0] == 204
    assert json.loads(served.ask("GET", f"/cong-bo/dem/{slug}/", "192.0.2.1")[1]) == {"readers": 400}
    assert counts.readers_of(served.folder, slug) == 400


def test_settings_refuse_a_proxy_that_is_no_address() -> None:
    words = "from soket.config import load_public, ConfigError\ntry: load_public()\nexcept ConfigError as error: print(error)"
    env = {**os.environ, "SOKET_PROXIES": "10.0.0.5, proxy", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True, check=True)
    assert "SOKET_PROXIES='proxy'" in done.stdout
    with override_settings(PROXIES=("10.0.0.5",)):
        assert [str(one) for one in asking.networks(("10.0.0.5",))] == ["10.0.0.5/32"]
