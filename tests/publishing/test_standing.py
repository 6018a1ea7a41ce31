"""The public process: knows nothing of the inside, reads with the right to read alone, and tells nothing before its time."""
from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from soket.publishing import actions, mending, public_urls, shelving, urls
from soket.publishing.actions import timing
from soket.publishing.outlet import cache, schema, stock
from soket.publishing.outlet.shelf import Shelf
from soket.publishing.urls import sound
from tests.factories import publishing_desk as make
from tests.factories import publishing_public as shelf

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
INSIDE = {"DATABASE_URL": "postgresql://nobody:BIMAT@127.0.0.1:1/none", "SOKET_SECRET_KEY": "BIMAT" * 10, "DJANGO_SETTINGS_MODULE": "soket.settings"}
ALONE = """
import json, os, sys
from soket.public_wsgi import application
from wsgiref.util import setup_testing_defaults

def ask(path):
    environ, told = {}, []
    setup_testing_defaults(environ)
    environ.update(PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2], HTTP_HOST="127.0.0.1")
    body = b"".join(application(environ, lambda status, headers, *rest: told.extend([status, dict(headers)])))
    return told[0][:3], told[1], body.decode()

answers = {path: ask(path) for path in sys.argv[1:]}
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
refused = ""
try:
    connection.cursor()
except ImproperlyConfigured as error:
    refused = str(error)
told = {
    "answers": answers, "models": [model.__name__ for model in apps.get_models()], "refused": refused,
    "inside": [name for name in sys.modules if name in {"psycopg", "allauth", "soket.settings", "django.contrib.sessions", "django_tasks"}
               or name.startswith("soket.") and name.endswith((".models", ".actions", ".tasks"))],
    "settings": [name for name in dir(settings) if "BIMAT" in repr(getattr(settings, name, ""))],
}
print(json.dumps(told))
"""
ADDRESSES = [
    "/", "/healthz", "/cong-bo/", "/cong-bo/bai-1/", "/cong-bo/bai-1/so-lieu.json", "/cong-bo/chuyen-muc/so-ket/", "/cong-bo/ngay/",
    "/cong-bo/ngay/2026-07-01/", "/cong-bo/tim/?q=loi+dan", "/cong-bo/rss.xml", "/cong-bo/atom.xml", "/cong-bo/sitemap.xml", "/cong-bo/sitemap-tin.xml",
    "/robots.txt", "/cong-bo/tro-nang/", "/cong-bo/kiem-chung/",
]  # fmt: skip


def test_the_process_has_no_database_no_models_and_no_secret_of_the_inside(tmp_path: Path) -> None:
    shelf.put(tmp_path / "public", [shelf.copy(1, shelf.at(1), photo=shelf.PHOTO, tags=[shelf.PROGRAMME])])
    env = {**os.environ, **INSIDE, "SOKET_PUBLIC": str(tmp_path / "public"), "SOKET_DATA": str(tmp_path / "khong-co"), "PYTHONPATH": str(ROOT / "src"),
           "SOKET_LOG_LEVEL": "ERROR"}  # fmt: skip
    missing = ["/cong-bo/chua-co/", "/viec-can-lam/", "/toa-soan/"]
    run = subprocess.run([sys.executable, "-c", ALONE, *ADDRESSES, *missing], env=env, capture_output=True, text=True, timeout=60, check=True)
    told = json.loads(run.stdout.splitlines()[-1])
    statuses = {path: answer[0] for path, answer in told["answers"].items()}
    assert statuses == {"/": "301", **dict.fromkeys(ADDRESSES[1:], "200"), **dict.fromkeys(missing, "404")}
    assert (told["models"], told["inside"], told["settings"]) == ([], [], [])
    assert "ENGINE" in told["refused"]
    assert not (tmp_path / "khong-co").exists()
    headers, page = told["answers"]["/cong-bo/bai-1/"][1:]
    assert "script-src 'self';" in headers["Content-Security-Policy"] and "nonce" not in headers["Content-Security-Policy"] + page
    assert "Set-Cookie" not in headers and headers["X-Content-Type-Options"] == "nosniff"
    assert "Không có trang ở địa chỉ này</h1>" in told["answers"]["/toa-soan/"][2]


def test_its_addresses_are_those_of_the_newspaper_and_no_other() -> None:
    named = {pattern.name for pattern in public_urls.urlpatterns[-1].url_patterns}
    assert named == {pattern.name for pattern in urls.PUBLIC}
    assert sound.PUBLIC == [], "what anyone may hear is a file of the store"
    desk = {pattern.name for pattern in urls.urlpatterns if str(pattern.pattern).startswith("toa-soan/")}
    assert len(desk) > 15
    assert not desk & named


def test_every_query_field_that_a_public_page_reads_reaches_it() -> None:
    room = ROOT / "src/soket/publishing"
    read: set[str] = set()
    for path in [*(room / "views/public").glob("*.py"), room / "views/finding.py", room / "reading.py"]:
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r'GET\.get\("([a-z-]+)"', text)) | set(re.findall(r'"([a-z-]+)" in request\.GET', text))
        read |= set(re.findall(r'_day\(request, "([a-z-]+)"', text))
    assert {"q", "thang", "sau", "tu"} <= read
    assert read - {"tiep"} <= cache.FIELDS, "tiep belongs to the change of language, which is not kept"


class Outside:
    """A user who may read the public folder and nothing else, with a connection of the public process."""

    CODE = """
import os, sys
from pathlib import Path
from soket.publishing.outlet.shelf import open_shelf
if os.getuid() == 0:
    os.setuid(65534)
folder = Path(sys.argv[1])
assert not os.access(folder, os.W_OK)
for line in sys.stdin:
    store = open_shelf(folder)
    print(store.generation(), ",".join(card.title for card in store.newest(2_000_000_000, limit=9)), flush=True)
"""

    def __init__(self, folder: Path) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        self.process = subprocess.Popen([sys.executable, "-c", self.CODE, str(folder)], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def stop(self) -> None:
        self.process.communicate(timeout=20)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A public folder that every user can reach, writable for this one alone."""
    above = Path(tempfile.mkdtemp(prefix="soket-public-", dir="/tmp"))
    above.chmod(0o755)
    yield above / "public"
    shutil.rmtree(above)


@pytest.fixture
def closed(open_folder: Path) -> Callable[[bool], None]:
    """Take the right to write from everyone but root, and give it back: where the tests do not run as root, the writer is the reader's user too."""

    def change(shut: bool) -> None:
        if os.getuid() != 0:
            open_folder.chmod(0o555 if shut else 0o755)

    return change


def test_who_may_only_read_sees_each_change_at_once_also_after_a_writer_was_killed(open_folder: Path, closed: Callable[[bool], None]) -> None:
    shelf.put(open_folder, [shelf.copy(1, shelf.at(1))])
    closed(True)
    first = Outside(open_folder)
    assert first.read() == "2 Bài số 1"  # nobody holds the store open: what SQLite needs beside it is there all the same
    closed(False)
    shelf.put(open_folder, [shelf.copy(2, shelf.at(2))])
    assert first.read() == "3 Bài số 2,Bài số 1"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(open_folder)], env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}, timeout=60, capture_output=True,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    closed(True)
    fresh = Outside(open_folder)
    assert [first.read(), fresh.read()] == ["4 Bài số 3,Bài số 2,Bài số 1"] * 2  # the fourth article was not finished
    first.stop()
    assert fresh.read() == "4 Bài số 3,Bài số 2,Bài số 1"
    fresh.stop()
    closed(False)


KILLED = """
import os, signal, sys
from pathlib import Path
from soket.publishing.outlet import schema, stock
from tests.factories import publishing_public as shelf
folder, fold = Path(sys.argv[1]), stock.fold
stock.fold = lambda link: None
shelf.put(folder, [shelf.copy(3, shelf.at(3))])
with stock.writing(folder) as link:
    link.execute("PRAGMA cache_spill=1")
    link.execute("UPDATE article SET card = replace(card, 'Bài', 'DỞ DANG')")
    link.execute("DELETE FROM article WHERE id = 1")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def room(db: None) -> make.Room:
    return make.room()


@pytest.fixture
def public(settings: Any) -> Callable[..., tuple[str, str, str]]:
    """(status, ETag, body) as the public process answers through its page cache; `fresh` renders anew and leaves the hour of that out."""
    settings.ROOT_URLCONF = "soket.publishing.public_urls"
    kept, anew = cache.PageCache(WSGIHandler(), settings.PUBLIC), WSGIHandler()

    def ask(path: str, query: str = "", *, fresh: bool = False) -> tuple[str, str, str]:
        told: list[Any] = []
        environ = RequestFactory().get(path, HTTP_HOST="127.0.0.1").environ | {"QUERY_STRING": query}
        body = b"".join((anew if fresh else kept)(environ, lambda status, headers, *_rest: told.extend([status, dict(headers)]))).decode()
        return told[0][:3], told[1].get("ETag", ""), re.sub(r"<span[^>]*data-clock.*?</span>", "", body) if fresh else body

    return ask


def test_an_article_under_embargo_changes_nothing_outside_before_its_time(
    room: make.Room, public: Callable[..., tuple[str, str, str]], settings: Any, django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    def everything() -> dict[str, tuple[str, str, str]]:
        paths = ("", "giao-ban/", "ngay/", "ngay/2026-07-15/", "rss.xml", "atom.xml", "sitemap.xml", "sitemap-1.xml", "sitemap-tin.xml", "mat/",
                 "mat/so-lieu.json", "mat/so-lieu.csv")  # fmt: skip
        asked = {**{f"/cong-bo/{path}": (f"/cong-bo/{path}", "") for path in paths}, "search": ("/cong-bo/tim/", "q=tuyet+mat")}
        told = {name: public(*one) for name, one in asked.items()}
        return told | {f"{name} anew": public(*one, fresh=True) for name, one in asked.items()}

    with django_capture_on_commit_callbacks(execute=True):
        make.brought(room, make.State.PUBLISHED)
    mending.mend()
    before, generation = everything(), Shelf(settings.PUBLIC).generation()
    assert [before[path][0] for path in ("/cong-bo/", "/cong-bo/giao-ban/", "/cong-bo/mat/", "/cong-bo/mat/so-lieu.json")] == ["200", "200", "404", "404"]
    with django_capture_on_commit_callbacks(execute=True):
        secret = make.begun(room, "mat")
        timing.set_times(article=secret, embargo_until=make.DUE, expires_at=None, by=room.secretary, at=make.AT)
        make.brought(room, make.State.SCHEDULED, secret, title="TUYỆT MẬT đến giờ", lead="TUYỆT MẬT", body="TUYỆT MẬT")
    mending.mend()
    assert everything() == before
    assert Shelf(settings.PUBLIC).generation() == generation
    assert "MẬT".encode() not in schema.path_in(settings.PUBLIC).read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        assert timing.publish_due(make.DUE) == 1
    after = everything()
    assert "TUYỆT MẬT" in after["/cong-bo/mat/"][2]
    changed = {path for path, answer in after.items() if answer != before[path]}
    assert {"/cong-bo/", "/cong-bo/mat/", "/cong-bo/rss.xml", "/cong-bo/atom.xml", "/cong-bo/sitemap-1.xml", "search"} <= changed


def test_a_correction_and_a_taking_down_are_seen_by_the_next_request(
    room: make.Room, public: Callable[..., tuple[str, str, str]], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make.brought(room, make.State.PUBLISHED)
    assert "Đoạn một của bài." in public("/cong-bo/giao-ban/")[2]
    with django_capture_on_commit_callbacks(execute=True):
        make.brought(room, make.State.CORRECTED, make.begun(room, "khac"))
        revision = make.written(room, body="Đoạn đã sửa.", note="Sửa lỗi.", by=room.reporter)
        for step in make._path(make.State.CORRECTED):
            make._take(room, step, revision)
    text = public("/cong-bo/giao-ban/")[2]
    assert "Đoạn đã sửa." in text and "Đoạn một của bài." not in text
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(article=room.article, reason="Đăng nhầm", by=room.secretary, at=make.AT)
    status, _etag, text = public("/cong-bo/giao-ban/")
    assert (status, "Đăng nhầm" in text, "Đoạn đã sửa." in text) == ("410", True, False)


def test_old_addresses_and_what_the_store_says_of_the_product(db: None, public: Callable[..., tuple[str, str, str]], settings: Any) -> None:
    shelf.put(settings.PUBLIC, [shelf.copy(1, shelf.at(1))])
    with stock.writing(settings.PUBLIC) as link:
        stock.put_redirects(link, [("/tin-cu/12.html", "bai-1")])
    application, told = get_wsgi_application(), list[Any]()
    environ = RequestFactory().get("/tin-cu/12.html", HTTP_HOST="127.0.0.1").environ
    b"".join(application(environ, lambda status, headers, *_rest: told.extend([status, dict(headers)])))
    assert (told[0], told[1]["Location"]) == ("301 Moved Permanently", "/cong-bo/bai-1/")
    assert public("/tin-cu/13.html")[0] == "404"


def test_the_store_names_the_other_public_places_in_both_languages(db: None, settings: Any) -> None:
    settings.BASE_URL = "https://soket.local"
    shelving.shelve_frame()
    store = Shelf(settings.PUBLIC)
    assert store.meta("places")[0] == {"url": "https://soket.local/so-ket/", "vi": "Hồ sơ sơ kết, tổng kết", "en": "Signed reviews"}
    assert [place["en"] for place in store.meta("places")][1:] == ["Commendations", "Good models", "Check a certificate", "Check a dossier", "Check the record"]
    assert (store.meta("base_url"), store.meta("demo")) == ("https://soket.local", settings.DEMO_WORLD)
    generation = store.generation()
    mending.mend()
    assert store.generation() == generation
    settings.BASE_URL = "https://moi.local"
    mending.mend()
    assert store.meta("base_url") == "https://moi.local"


def test_the_store_says_when_the_next_article_expires(settings: Any) -> None:
    shelf.put(settings.PUBLIC, [shelf.copy(1, shelf.at(1))], until=shelf.at(1) + timedelta(days=30))
    store = Shelf(settings.PUBLIC)
    end = int((shelf.at(1) + timedelta(days=30)).timestamp())
    assert (store.next_end(end - 5), store.next_end(end)) == (end, None)
