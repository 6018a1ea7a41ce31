"""Counting readers: one reader a hundred thousand times, and 10,000 readers over eight threads through a server that is killed in the middle.

The newspaper's process (two workers of four threads) over a store with one article. Each reader has an address of its own, told by a proxy
that the process trusts. When half are acknowledged, every process of the server is killed with SIGKILL; it is started again and all that
were not acknowledged are sent again. The program fails unless each reader is counted exactly once.
"""
from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from soket.publishing.outlet import counting, counts
from soket.publishing.outlet.counting import Hit, Tally

ROOT = Path(__file__).parents[1]
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SLUG, THREADS = "bai-1", 8


def one_reader(folder: Path, hits: int) -> dict[str, Any]:
    """The same reader again and again, in batches as a busy process commits them."""
    tally, began = Tally(folder), time.perf_counter()
    for _ in range(hits // counting.BATCH):
        tally.add_many([Hit("bai", who="198.51.100.1")] * counting.BATCH)
    return {"hits": hits, "counted": counts.readers_of(folder, "bai"), "seconds": time.perf_counter() - began}


class Server:
    """The newspaper's process in a group of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])

    def start(self) -> None:
        told = {"SOKET_PUBLIC": str(self.folder), "SOKET_PROXIES": "127.0.0.1", "SOKET_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT / "src")}
        env = {name: value for name, value in os.environ.items() if not name.startswith(("SOKET_", "DJANGO_", "DATABASE_"))} | told
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2", "--blocking-threads", "4",
                   "--log-level", "error", "soket.public_wsgi:application"]  # fmt: skip
        self.process = subprocess.Popen(command, env=env, cwd="/", start_new_session=True)
        for _ in range(300):
            try:
                if ask(self.port, "GET", "/healthz", "192.0.2.1")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def ask(port: int, method: str, path: str, address: str) -> tuple[int, bytes]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        link.request(method, path, headers={"User-Agent": AGENT, "X-Forwarded-For": address, "Connection": "close"})
        answer = link.getresponse()
        return answer.status, answer.read()
    finally:
        link.close()


def send(server: Server, readers: list[str], *, kill_at: int) -> tuple[set[str], float]:
    """Send each once over eight threads; with `kill_at`, the server is killed when so many are acknowledged."""
    left, done, enough = list(readers), set[str](), threading.Event()
    began = time.perf_counter()

    def run() -> None:
        while left:
            try:
                address = left.pop()
            except IndexError:
                return
            try:
                if ask(server.port, "POST", f"/cong-bo/dem/{SLUG}/", address)[0] == 204:
                    done.add(address)
            except (OSError, http.client.HTTPException):
                pass
            if kill_at and len(done) >= kill_at:
                enough.set()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    if kill_at:
        enough.wait()
        server.kill()
    for thread in threads:
        thread.join()
    return done, time.perf_counter() - began


def killed(folder: Path, number: int) -> dict[str, Any]:
    """Half, a kill, the rest again."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "soket.settings", "SOKET_DATA": str(folder / "data")}
    subprocess.run([sys.executable, "-m", "bench._news", str(folder), "5"], check=True, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    readers = [f"10.{one // 65536}.{one // 256 % 256}.{one % 256}" for one in range(number)]
    server = Server(folder)
    server.start()
    before, _seconds = send(server, readers, kill_at=number // 2)
    kept = counts.readers_of(folder, SLUG) or 0
    server.start()
    try:
        again = [one for one in readers if one not in before]
        after, seconds = send(server, again, kill_at=0)
        told = json.loads(ask(server.port, "GET", f"/cong-bo/dem/{SLUG}/", "192.0.2.1")[1])["readers"]
    finally:
        server.kill()
    return {
        "readers": number, "acknowledged_before_kill": len(before), "kept_after_kill": kept, "sent_again": len(again), "acknowledged_after": len(after),
        "counted": told, "rate_per_second": len(after) / seconds,
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench readers", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--hits", type=int, default=100_000)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as rough:
        one = one_reader(Path(rough) / "one", told.hits)
        many = killed(Path(rough) / "many", told.readers)
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"one reader, {one['hits']:,} hits: counted {one['counted']} in {one['seconds']:.1f} s")
    print(f"{many['readers']:,} readers: {many['acknowledged_before_kill']:,} acknowledged before the kill, {many['kept_after_kill']:,} on disk after it, "
          f"{many['sent_again']:,} sent again, counted {many['counted']:,}; {many['rate_per_second']:.0f} a second over HTTP")  # fmt: skip
    good = one["counted"] == 1 and many["counted"] == many["readers"] and many["kept_after_kill"] >= many["acknowledged_before_kill"]
    print(json.dumps({"bench": "readers", "exact": good, **{f"one_{name}": value for name, value in one.items()}, **many}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
