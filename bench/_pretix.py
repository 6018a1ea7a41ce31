"""pretix beside us: installed from PyPI into its own environment, one event, its check-in API over HTTP with as many clients and workers."""
from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import queue
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

VERSION = "2026.8.0"
SETUP = """
import os, sys, json, secrets
os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.settings"
import django; django.setup()
from decimal import Decimal
from datetime import timedelta
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Device, Event, Item, Order, OrderPosition, Organizer
with scopes_disabled():
    org = Organizer.objects.create(name="Bench", slug="bench")
    event = Event.objects.create(organizer=org, name="Bench", slug="bench", date_from=now(), plugins="", live=True, currency="EUR")
    item = Item.objects.create(event=event, name="Ticket", default_price=Decimal("0.00"), admission=True)
    listed = event.checkin_lists.create(name="All", all_products=True)
    web = org.sales_channels.get(identifier="web")
    Order.objects.bulk_create([Order(
        code=f"B{n:05d}", event=event, organizer=org, email="", status=Order.STATUS_PAID, datetime=now(), expires=now() + timedelta(days=9),
        total=Decimal("0.00"), locale="en", sales_channel=web, secret=secrets.token_hex(8), internal_secret=secrets.token_hex(8))
        for n in range(int(sys.argv[1]))], batch_size=500)
    orders = Order.objects.filter(event=event).order_by("pk")
    OrderPosition.objects.bulk_create([OrderPosition(
        order=order, organizer=org, item=item, price=Decimal("0.00"), tax_rate=Decimal("0.00"), tax_value=Decimal("0.00"),
        secret=f"ticket-{n}", positionid=1, pseudonymization_id=f"P{n:09d}")
        for n, order in enumerate(orders)], batch_size=500)
    device = Device.objects.create(organizer=org, name="desk", all_events=True, initialized=now(), api_token=secrets.token_hex(20))
print(json.dumps({"list": listed.pk, "token": device.api_token}))
"""


def _installed(folder: Path) -> Path:
    """Its interpreter, installed once. Raises subprocess errors."""
    place = folder / f"pretix-{VERSION}"
    python = place / "bin/python"
    if not (place / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, timeout=120)
        subprocess.run([str(python), "-m", "pip", "install", "-q", f"pretix=={VERSION}", "granian"], check=True, timeout=600, capture_output=True)
        (place / "ready").touch()
    return python


def _client(port: int, token: str, listed: int, numbers: list[int], start: float, out: multiprocessing.Queue[tuple[float, int, int]]) -> None:
    link, done = http.client.HTTPConnection("127.0.0.1", port, timeout=30), 0
    again = 0
    headers = {"Content-Type": "application/json", "Authorization": f"Device {token}"}
    time.sleep(max(0.0, start - time.time()))
    began = time.perf_counter()
    for place, number in enumerate(numbers):
        body = json.dumps({"lists": [listed], "secret": f"ticket-{number}", "nonce": secrets.token_hex(16)})
        for _ in range(2 if place % 10 == 0 else 1):
            for _attempt in range(20):  # on SQLite it answers 500 while another client writes; a desk would ask again
                link.request("POST", "/api/v1/organizers/bench/checkinrpc/redeem/", body, headers)
                answer = link.getresponse()
                answer.read()
                if answer.status < 500:
                    break
                again += 1
            done += answer.status in (200, 201, 400)  # 400 says that the ticket was redeemed before
    out.put((time.perf_counter() - began, done, again))


def _measured(python: Path, folder: Path, tickets: int, clients: int) -> tuple[float, int]:
    (folder / "data").mkdir()
    config = folder / "pretix.cfg"
    config.write_text(f"[pretix]\ndatadir={folder / 'data'}\nurl=http://127.0.0.1\n[database]\nbackend=sqlite3\n[django]\nsecret={secrets.token_hex(20)}\n")
    env = {**os.environ, "PRETIX_CONFIG_FILE": str(config), "DJANGO_SETTINGS_MODULE": "pretix.settings", "PYTHONPATH": ""}
    subprocess.run([str(python), "-m", "pretix", "migrate"], env=env, check=True, capture_output=True, timeout=300, cwd=folder)
    made = subprocess.run([str(python), "-c", SETUP, str(tickets)], env=env, check=True, capture_output=True, text=True, timeout=120, cwd=folder)
    facts = json.loads(made.stdout.splitlines()[-1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(python), "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "4",
               "--no-ws", "--log-level", "error", "pretix.wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _ready(port)
        out: multiprocessing.Queue[tuple[float, int, int]] = multiprocessing.Queue()
        start = time.time() + 1.5
        parts = [list(range(at, tickets, clients)) for at in range(clients)]
        workers = [multiprocessing.Process(target=_client, args=(port, facts["token"], facts["list"], part, start, out)) for part in parts]
        for worker in workers:
            worker.start()
        found = [out.get(timeout=300) for _ in workers]
        return sum(row[1] for row in found) / max(row[0] for row in found), sum(row[2] for row in found)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _ready(port: int) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthcheck/", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("pretix does not answer")


def rate(folder: Path, tickets: int, clients: int) -> tuple[float | None, str]:
    """(redeemed a second, how), or None and why it could not be measured."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        python = _installed(folder)
        with tempfile.TemporaryDirectory() as name:
            found, again = _measured(python, Path(name), tickets, clients)
        how = f"pretix {VERSION} on SQLite, {clients} clients, two workers, every tenth ticket twice; asked again after {again} answers 500"
        return round(found, 1), how
    except (OSError, RuntimeError, ValueError, queue.Empty, subprocess.SubprocessError) as error:
        words = (getattr(error, "stderr", b"") or b"")[-200:]
        return None, f"pretix could not be measured here: {type(error).__name__} {str(error)[:160]} {words!r}"
