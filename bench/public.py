"""Requests a second of the newspaper, beside Wagtail on the same article and nginx on the same page as a file; then 100,000 articles.

The article has 1,200 words, four photographs and twelve siblings. All servers run two workers of four threads and are asked by one
load generator over 16 kept-open connections on loopback, without compression; it takes part of the two cores from each alike.
"""
from __future__ import annotations

import argparse
import gzip
import html
import http.client
import json
import os
import platform
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import _news, _wagtail
from bench._load import load
from soket.publishing.outlet import serve

ROOT = Path(__file__).parents[1]
ARTICLE, HOME = "/cong-bo/bai-1/", "/cong-bo/"
NGINX = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types {{ text/html html; }}
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; root {folder}/pages; open_file_cache max=100; }}
}}
"""
QUERIES = 400


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, path: str) -> None:
    for _ in range(200):
        try:
            if _get(port, path)[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"nothing answers on {port}")


def _get(port: int, path: str) -> tuple[int, bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def _env(folder: Path, **more: str) -> dict[str, str]:
    names = {"SOKET_DATA": str(folder / "data"), "SOKET_PUBLIC": str(folder / "public"), "SOKET_LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "soket.settings"}
    return {**os.environ, **names, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}


def filled(folder: Path, count: int) -> dict[str, Any]:
    """A public store with the whole article (0) or so many short ones."""
    command = [sys.executable, "-m", "bench._news", str(folder / "public"), str(count)]
    done = subprocess.run(command, env=_env(folder), cwd=ROOT, capture_output=True, text=True, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def ours(folder: Path, *, cached: bool) -> Iterator[int]:
    """The public process over that folder."""
    port = _free_port()
    env = _env(folder, SOKET_PUBLIC_CACHE="1" if cached else "0", DJANGO_SETTINGS_MODULE="soket.public_settings")
    collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, check=True, env=env, cwd=ROOT)
    with _running(serve.command(port), port, "/healthz", env):
        yield port


@contextmanager
def nginx(folder: Path, page: bytes) -> Iterator[int]:
    """The same page as a file."""
    port = _free_port()
    (folder / "pages").mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "pages/bai.html").write_bytes(page)
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port))
    with _running([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p", str(folder)], port, "/bai.html", dict(os.environ)):
        yield port


@contextmanager
def _running(command: list[str], port: int, path: str, env: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, path)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def measured(name: str, port: int, path: str, seconds: float) -> dict[str, Any]:
    """Load one address and print the row."""
    found = load(port, path, seconds=seconds)
    print(f"{name:<34}{found['rps']:>10,.0f} /s{found['p50_ms']:>9.2f} ms{found['p99_ms']:>9.2f} ms{found['bytes'] / 1000:>9.1f} kB", flush=True)
    return found


def against(seconds: float, with_wagtail: bool) -> dict[str, Any]:
    """The article and the front page: ours, nginx, Wagtail."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        filled(folder, 0)
        with ours(folder, cached=True) as port:
            _status, page = _get(port, ARTICLE)
            _same(page)
            found["article"], found["home"] = (measured(f"Soket, {what}", port, path, seconds) for what, path in (("article", ARTICLE), ("front page", HOME)))
        with ours(folder, cached=False) as port:
            found["article_uncached"] = measured("Soket without its cache, article", port, ARTICLE, seconds)
            found["home_uncached"] = measured("Soket without its cache, front page", port, HOME, seconds)
        found["gzip_kb"] = round(len(gzip.compress(page, 6)) / 1000, 1)
        if shutil.which("nginx"):
            with nginx(folder / "nginx", page) as port:
                found["nginx"] = measured("nginx, the article as a file", port, "/bai.html", seconds)
        if with_wagtail:
            found |= _peer(seconds)
    return found


def _same(page: bytes) -> None:
    """The whole article stands on the page: every paragraph and four photographs. Raises RuntimeError."""
    text = html.unescape(page.decode())
    lost = [words for words in _news.paragraphs(_news.SEED) if words not in text]
    if lost or text.count("<img") < _news.PHOTOS:
        raise RuntimeError(f"the page lacks {len(lost)} paragraphs or photographs")


def _peer(seconds: float) -> dict[str, Any]:
    """Wagtail, or why not."""
    try:
        with tempfile.TemporaryDirectory() as name, _wagtail.sites(ROOT / "build/peers", Path(name)) as (python, folder):
            found = {}
            for cached, words in ((False, "Wagtail"), (True, "Wagtail with Django's page cache")):
                with _wagtail.served(python, folder, cached=cached) as port:
                    key = "wagtail_cached" if cached else "wagtail"
                    _same(_get(port, "/bai-1/")[1])
                    found[key] = measured(f"{words}, article", port, "/bai-1/", seconds)
                    found[f"{key}_home"] = measured(f"{words}, front page", port, "/", seconds)
            return {**found, "note": f"Wagtail {_wagtail.VERSION} on SQLite"}
    except (OSError, RuntimeError, ValueError, subprocess.SubprocessError) as error:
        last = (getattr(error, "stderr", b"") or b"")[-300:]
        return {"note": f"Wagtail could not be measured here: {type(error).__name__} {str(error)[:160]} {last!r}"}


def many(count: int) -> dict[str, Any]:
    """So many articles: each address asked for one after the other, whole pages, without the page cache."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = filled(folder, count)
        print(f"{made['articles']:,} articles in {made['seconds']} s, {made['mb']} MB")
        with ours(folder, cached=False) as port:
            whens = [_news.start() - timedelta(minutes=40 * (1 + number * (count - 100) // 60)) for number in range(60)]
            days = [f"/cong-bo/ngay/{when:%Y-%m-%d}/" for when in whens]
            lists = [f"/cong-bo/chuyen-muc/muc-{1 + number % 10}/" for number in range(60)]
            deep = [f"/cong-bo/chuyen-muc/muc-3/?truoc={int(when.timestamp())}-1" for when in whens]
            found = {
                "search": timed("search", port, [f"/cong-bo/tim/?q={urllib.parse.quote(words)}" for words in queries()]),
                "archive": timed("archive, a month", port, [f"/cong-bo/ngay/?thang={when:%Y-%m}" for when in whens]),
                "day": timed("archive, a day", port, days), "category": timed("category", port, lists),
                "deep": timed("category, far back", port, deep), "home": timed("front page", port, [HOME] * 60),
            }  # fmt: skip
        return {**found, **made}


def queries() -> list[str]:
    """What readers look for: one to four words, frequent and rare, with and without marks, together and apart."""
    from soket.kernel.text import folded

    chance, words = random.Random(_news.SEED), _news.vocabulary()
    found = []
    for number in range(QUERIES):
        chosen = [words[min(int(chance.paretovariate(0.6)) - 1, len(words) - 1)] for _ in range(1 + number % 4)]
        text = " ".join(chosen)
        found.append(folded(text) if number % 3 == 1 else f'"{text}"' if number % 3 == 2 else text)
    return found


def timed(name: str, port: int, paths: list[str]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, one request after the other on one connection."""
    link, times, statuses = http.client.HTTPConnection("127.0.0.1", port, timeout=60), [], set()
    for place, path in enumerate([*paths[:5], *paths]):
        began = time.perf_counter()
        link.request("GET", path)
        answer = link.getresponse()
        answer.read()
        if place >= 5:
            times.append((time.perf_counter() - began) * 1000)
            statuses.add(answer.status)
    link.close()
    if statuses - {200}:
        raise RuntimeError(f"{name}: answers {sorted(statuses)}")
    times.sort()
    row = {"p50_ms": round(times[len(times) // 2], 1), "p95_ms": round(times[int(len(times) * 0.95)], 1), "max_ms": round(times[-1], 1)}
    print(f"{name:<34}median {row['p50_ms']:>7} ms, 95th {row['p95_ms']:>7} ms, worst {row['max_ms']:>7} ms, {len(times)} requests", flush=True)
    return row


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--no-wagtail", action="store_true")
    options = parser.parse_args(arguments)
    print(f"Machine: {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, seed {_news.SEED}")
    print(f"{'':<34}{'rate':>13}{'median':>12}{'99th':>12}{'answer':>12}")
    found = against(options.seconds, not options.no_wagtail)
    print(f"The article compressed: {found['gzip_kb']} kB. {found.get('note', 'Wagtail left out by --no-wagtail')}")
    large = many(options.articles)

    def rate(key: str) -> float | None:
        return round(found[key]["rps"]) if key in found else None

    result = {
        "article_rps": rate("article"), "article_p99_ms": round(found["article"]["p99_ms"], 2), "article_kb": round(found["article"]["bytes"] / 1000, 1),
        "article_gzip_kb": found["gzip_kb"], "article_uncached_rps": rate("article_uncached"),
        "article_uncached_p99_ms": round(found["article_uncached"]["p99_ms"], 2), "home_rps": rate("home"), "home_uncached_rps": rate("home_uncached"),
        "wagtail_rps": rate("wagtail"), "wagtail_cached_rps": rate("wagtail_cached"), "wagtail_home_rps": rate("wagtail_home"),
        "wagtail_cached_home_rps": rate("wagtail_cached_home"), "nginx_file_rps": rate("nginx"), "search_p95_ms": large["search"]["p95_ms"],
        "archive_p95_ms": large["archive"]["p95_ms"], "category_p95_ms": large["category"]["p95_ms"], "deep_p95_ms": large["deep"]["p95_ms"],
        "articles": large["articles"], "build_s": large["seconds"], "notes": found.get("note", ""),
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
