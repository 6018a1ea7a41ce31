"""How late the last of thousands of screens is, on the product's own hub and on a plain Nchan, in the same run.

For each size that many event streams are opened from one process; snapshots of about 3.5 KB are published at a steady pace. A message's
delay is that of the screen that got it last. The chair's console listens beside the audience in a process of its own. Lost counts
pairs of a screen and a message that never came. Nchan needs Debian's packages nginx-light and libnginx-mod-nchan; without them its
figures are null. Everything listens on 127.0.0.1 and is stopped at the end.
"""
from __future__ import annotations

import argparse
import http.client
import json
import os
import platform
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from soket.live import core
from soket.live.serving import hub_command

ROOT = Path(__file__).parents[1]
SECRET = "bench-" + "x" * 50
CHANNEL = core.channel(SECRET, "bench:1")
MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
SIZES = (1000, 5000, 9000)
MESSAGES = 12
FILLER = "Công an tỉnh Hưng Yên, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh; " * 42
NGINX = """
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/error.log;
load_module {module};
events {{ worker_connections 20000; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} backlog=8192;
    location = /pub {{ nchan_publisher; nchan_channel_id bench; nchan_message_buffer_length 1; nchan_message_timeout 12h; client_max_body_size 64k; }}
    location = /sub {{ nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message oldest; }}
  }}
}}
"""  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing listens on {port}")


@contextmanager
def hub(folder: Path) -> Iterator[tuple[int, int]]:
    """(port, process id) of the product's hub."""
    port = _free_port()
    env = {**os.environ, "SOKET_DATA": str(folder), "SOKET_SECRET_KEY": SECRET, "SOKET_DEMO": "1", "SOKET_BASE_URL": "http://127.0.0.1"}
    yield from _running(hub_command(port), port, env)


@contextmanager
def nchan(folder: Path) -> Iterator[tuple[int, int]]:
    port = _free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, module=MODULE, port=port))
    yield from _running([shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(config), "-p", str(folder)], port, dict(os.environ))


def _running(command: list[str], port: int, env: dict[str, str]) -> Iterator[tuple[int, int]]:
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


def _memory(pid: int) -> float:
    """Megabytes of the process and its children, now."""
    total, wanted = 0, {pid}
    rows = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _cut, tail = path.read_text().rpartition(")")
            rows.append((int(head.split(" ", 1)[0]), int(tail.split()[1])))
        except (OSError, ValueError, IndexError):
            continue
    for _ in range(3):
        wanted |= {own for own, parent in rows if parent in wanted}
    for one in wanted:
        try:
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
        except OSError:
            continue
    return total / 1024


@contextmanager
def _readers(port: int, path: str, count: int, out: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "bench._streams", str(port), path, str(count), str(out)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(timeout=10)


def _stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None  # noqa: S101  a pipe was asked for
    process.stdin.close()
    process.wait(timeout=60)


def _publish(port: int, path: str, sequence: int, headers: dict[str, str]) -> int:
    """Publish one snapshot; its instant of sending."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = time.monotonic_ns()
    body = json.dumps({"filler": FILLER, "sent": sent, "sequence": sequence}, ensure_ascii=False, separators=(",", ":")).encode()
    link.request("POST", path, body, headers)
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status >= 300:
        raise RuntimeError(f"the snapshot was refused: {answer.status}")
    return sent


def storm(port: int, pid: int, count: int, folder: Path, *, publish: str, listen: str, chair: str) -> dict[str, Any]:
    """`count` screens, then the snapshots; figures in milliseconds and megabytes."""
    out, own = folder / "audience.json", folder / "chair.json"
    pace = max(1.0, count / 2500)
    with _readers(port, listen, count, out) as audience, _readers(port, chair, 1, own) as console:
        for process in (audience, console):
            line = process.stdout.readline() if process.stdout else ""
            if not line.startswith("ready"):
                raise RuntimeError("the screens could not connect")
        sent = {}
        headers = {"X-Soket-Key": core.publisher_key(SECRET), "Content-Type": "application/json"}
        for sequence in range(1, MESSAGES + 1):
            sent[sequence] = _publish(port, publish, sequence, {**headers, "X-Sequence": str(sequence)})
            time.sleep(pace)
        time.sleep(pace)
        peak = _memory(pid)
        for process in (audience, console):
            _stop(process)
    found, chaired = json.loads(out.read_text()), json.loads(own.read_text())
    delays = sorted((found["last"][str(number)] - at) / 1e6 for number, at in sent.items() if str(number) in found["last"])
    lost = sum(count - min(count, found["got"].get(str(number), 0)) for number in sent)
    return {
        "screens": found["open"], "lost": lost, "p50": round(median(delays), 1) if delays else None, "p99": round(delays[-1], 1) if delays else None,
        "peak": round(peak, 1), "chair": round(median(chaired["delays"]) / 1e6, 1) if chaired["delays"] else None, "gone": found["gone"],
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    options = parser.parse_args(arguments)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    sizes = [min(int(size), hard - 500) for size in options.sizes.split(",")]
    load = os.getloadavg()[0]
    print(f"Machine: {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, {MESSAGES} messages of 3.5 KB")
    print(f"{'':<10}{'screens':>9}{'lost':>7}{'last, median':>15}{'last, worst':>14}{'chair':>9}{'memory':>10}")
    rows, peers, note = {}, {}, "Nchan: one nginx worker, like our one hub worker"
    for size in sizes:
        with tempfile.TemporaryDirectory() as name, hub(Path(name)) as (port, pid):
            priority = f"/truc-tiep/{CHANNEL}?uu-tien={core.priority_key(SECRET, CHANNEL)}"
            rows[size] = storm(port, pid, size, Path(name), publish=f"/dua-tin/{CHANNEL}", listen=f"/truc-tiep/{CHANNEL}", chair=priority)
            _print("Soket", rows[size])
        if not MODULE.exists() or shutil.which("nginx") is None:
            note = "Nchan is not installed here: apt-get install nginx-light libnginx-mod-nchan"
            continue
        with tempfile.TemporaryDirectory() as name, nchan(Path(name)) as (port, pid):
            Path(name).chmod(0o755)
            peers[size] = storm(port, pid, size, Path(name), publish="/pub", listen="/sub", chair="/sub")
            _print("Nchan", peers[size])
    print(note)
    most = max(rows)
    best = rows[most]
    result = {
        "screens": best["screens"], "lost": sum(row["lost"] for row in rows.values()), "last_p50_ms": best["p50"], "last_p99_ms": best["p99"],
        "peak_mb": best["peak"], "nchan_last_p50_ms": peers[most]["p50"] if most in peers else None, "chair_ms": best["chair"],
        "sizes": {size: {"soket": rows[size], "nchan": peers.get(size)} for size in rows}, "notes": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result["lost"] == 0 else 1


def _print(who: str, row: dict[str, Any]) -> None:
    print(f"{who:<10}{row['screens']:>9}{row['lost']:>7}{row['p50']:>12} ms{row['p99']:>11} ms{row['chair']:>6} ms{row['peak']:>7} MB", flush=True)


if __name__ == "__main__":
    sys.exit(main())
