"""How many check-ins a second the desks' API takes over HTTP, with duplicates and offline batches, beside pretix in the same run.

A conference of 2,000 delegates at eight sites is written to a fresh SQLite file and served as `make demo` serves. Eight devices, one
process each, check their site's delegates in one at a time, sending every tenth scan twice; then each sends the rest as one offline
batch, twice. Every scan must be one row and everybody present. Then pretix, installed from PyPI into `build/peers`, redeems the same
number of tickets over its own check-in API with as many clients and workers; without it its figure is null.
"""
from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import platform
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bench import _pretix

ROOT = Path(__file__).parents[1]
SITES = 8
OFFLINE = 0.2  # of each site's delegates arrive while it is cut off
WORLD = """
import django; django.setup()
import json, os, sys
from datetime import timedelta
from django.core.management import call_command
call_command("migrate", verbosity=0)
from soket.conferences import actions
from soket.conferences.models import Delegate, Title
from soket.kernel.clock import now
from soket.kernel.door import open_door
from tests.factories import conferences as make
world, count, sites = make.world(), int(sys.argv[1]), int(sys.argv[2])
at, held = now(), world.conference
with open_door():
    Delegate.objects.filter(conference=held).update(state="withdrawn")
    type(held).objects.filter(pk=held.pk).update(starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
    units = [node.pk for node in __import__("soket.organisations.models", fromlist=["Unit"]).Unit.objects.all()[: sites]]
hosts = __import__("soket.organisations.models", fromlist=["Unit"]).Unit.objects.in_bulk(units)
taken = {site.host_id: site for site in held.sites.all()}
with open_door():
    places = [taken.get(unit) or make.site(held, hosts[unit], order=10 + place) for place, unit in enumerate(units)]
    rows = [Delegate(conference=held, site=places[n % len(places)], unit=places[n % len(places)].host, number=1000 + n, order=1000 + n, badge=f"bench-{n}",
                     key=f"bench-key-{n}") for n in range(count)]
    Delegate.objects.bulk_create(rows, batch_size=500)
for place in places:
    place.refresh_from_db()
desks = []
for at_, place in enumerate(places):
    _device, token = actions.let_in_device(site=place, label=f"Thiết bị {at_ + 1}", by=world.office, at=now())
    desks.append({"token": token, "numbers": [row.number for row in rows if row.site_id == place.pk]})
print(json.dumps(desks))
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The product over the folder, two workers, on loopback; stopped at the end whatever happens."""
    port = _free_port()
    env = {**os.environ, "SOKET_DATA": str(folder), "SOKET_DEMO": "1", "SOKET_LOG_LEVEL": "ERROR", "SOKET_BASE_URL": f"http://127.0.0.1:{port}"}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
               "--blocking-threads", "4", "--no-ws", "--log-level", "error", "soket.wsgi:application"]  # fmt: skip
    process = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                break
            except OSError:
                time.sleep(0.25)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _scan(number: int, *, offline: bool = False) -> dict[str, object]:
    return {"id": str(uuid4()), "raw": str(number), "way": "entry", "how": "qr", "at": datetime.now(UTC).isoformat(), "offline": offline}


def _post(link: http.client.HTTPConnection, token: str, scans: list[dict[str, object]]) -> int:
    """Answers that were given; raises when the server refuses."""
    body = json.dumps({"now": datetime.now(UTC).isoformat(), "scans": scans})
    link.request("POST", "/ban/diem-danh.json", body, {"Content-Type": "application/json", "X-Soket-Desk": "1", "Cookie": f"soket-ban={token}"})
    answer = link.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {content[:200]!r}")
    return len(json.loads(content)["answers"])


def device(port: int, token: str, numbers: list[int], start: float, out: multiprocessing.Queue[tuple[float, int, float, int, list[float]]]) -> None:
    """One desk: single scans as people arrive, every tenth sent twice, then what was kept while it was cut off, sent twice."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    split = round(len(numbers) * (1 - OFFLINE))
    time.sleep(max(0.0, start - time.time()))
    began, answered, waits = time.perf_counter(), 0, []
    for place, number in enumerate(numbers[:split]):
        scan = _scan(number)
        for _ in range(2 if place % 10 == 0 else 1):
            asked = time.perf_counter()
            answered += _post(link, token, [scan])
            waits.append(time.perf_counter() - asked)
    singles = time.perf_counter() - began
    batch = [_scan(number, offline=True) for number in numbers[split:]]
    began, merged = time.perf_counter(), 0
    for _ in range(2):
        merged += _post(link, token, batch)
    out.put((singles, answered, time.perf_counter() - began, merged, waits))


def run(port: int, desks: list[dict[str, object]]) -> dict[str, object]:
    """All devices at once; rates over the slowest of them."""
    out: multiprocessing.Queue[tuple[float, int, float, int, list[float]]] = multiprocessing.Queue()
    start = time.time() + 1.5
    workers = [multiprocessing.Process(target=device, args=(port, desk["token"], desk["numbers"], start, out)) for desk in desks]
    for worker in workers:
        worker.start()
    found = [out.get(timeout=300) for _ in workers]
    for worker in workers:
        worker.join(timeout=30)
    waits = sorted(wait for row in found for wait in row[4])
    return {
        "rate": round(sum(row[1] for row in found) / max(row[0] for row in found), 1), "merge_s": round(max(row[2] for row in found), 2),
        "merged": sum(row[3] for row in found), "p50_ms": round(waits[len(waits) // 2] * 1000, 1), "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1),
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--delegates", type=int, default=2000)
    parser.add_argument("--no-pretix", action="store_true")
    options = parser.parse_args(arguments)
    print(f"Machine: {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, SQLite")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "SOKET_DATA": name, "SOKET_DEMO": "1", "SOKET_LOG_LEVEL": "ERROR"}
        made = subprocess.run([sys.executable, "-c", WORLD, str(options.delegates), str(SITES)], env=env, cwd=ROOT, capture_output=True, text=True, timeout=180)
        if made.returncode:
            print(made.stderr[-2000:], file=sys.stderr)
            return 1
        desks = json.loads(made.stdout.splitlines()[-1])
        with served(folder) as port:
            found = run(port, desks)
        with sqlite3.connect(folder / "soket.sqlite3") as base:
            rows, people = base.execute("SELECT COUNT(*), COUNT(DISTINCT delegate_id) FROM conferences_scan").fetchone()
    print(f"{'one at a time':<28}{found['rate']:>8} /s   median {found['p50_ms']} ms, 99th {found['p99_ms']} ms, {len(desks)} devices")
    print(f"{'offline batches, sent twice':<28}{found['merged']:>8} answers in {found['merge_s']} s")
    print(f"{'rows':<28}{rows:>8} for {people} of {options.delegates} delegates, duplicates {rows - people}")
    pretix, note = (None, "left out by --no-pretix") if options.no_pretix else _pretix.rate(ROOT / "build/peers", options.delegates, SITES)
    print(f"{'pretix':<28}{pretix if pretix is not None else '–':>8} /s   {note}")
    result = {
        "delegates": options.delegates, "rate": found["rate"], "duplicates": rows - people, "pretix_rate": pretix, "merge_s": found["merge_s"],
        "p50_ms": found["p50_ms"], "p99_ms": found["p99_ms"], "notes": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))
    return 0 if rows == people == options.delegates else 1


if __name__ == "__main__":
    sys.exit(main())
