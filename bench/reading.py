"""What a reader on a telephone waits for: LCP, CLS, bytes and requests of an article and the front page, through Chromium with a cold cache.

The newspaper's process over the store of `bench/public` (an article of 1,200 words with four photographs, twelve siblings). The line and the
processor are slowed as Lighthouse slows them for a telephone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms before each answer, a quarter of the processor.
Each load has a browser profile of its own; medians. With SOKET_LIGHTHOUSE naming its executable, Lighthouse's own scores stand beside them.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from bench.public import ARTICLE, HOME, filled, ours

LIMITS = {"lcp_ms": 2500, "cls": 0.1}
"""What web.dev calls good."""
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SLOWER = 4
TELEPHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True, "locale": "vi-VN"}
WATCH = """
window.found = {lcp: 0, cls: 0};
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.found.lcp = one.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
// The worst run of shifts: at most a second apart, at most five seconds long.
let run = 0, first = 0, last = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) {
    if (one.hadRecentInput) continue;
    if (one.startTime - last > 1000 || one.startTime - first > 5000) { run = 0; first = one.startTime; }
    run += one.value; last = one.startTime; window.found.cls = Math.max(window.found.cls, run);
  }
}).observe({type: "layout-shift", buffered: true});
"""
KINDS = ("performance", "accessibility", "best-practices", "seo")


def chromium() -> str:
    """The browser's executable. Raises RuntimeError where there is none."""
    found = shutil.which("chromium") or shutil.which("google-chrome") or "/usr/bin/chromium"
    if not Path(found).exists():
        raise RuntimeError("Chromium is needed: apt-get install chromium")
    return found


def loaded(browser: Browser, base: str, path: str) -> dict[str, float]:
    """One load by somebody who never was here."""
    context = browser.new_context(**TELEPHONE)
    try:
        page = context.new_page()
        page.add_init_script(WATCH)
        link = context.new_cdp_session(page)
        asked: list[str] = []
        sizes: list[float] = []
        link.on("Network.requestWillBeSent", lambda told: asked.append(told["request"]["url"]))
        link.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        link.send("Network.enable")
        link.send("Network.setCacheDisabled", {"cacheDisabled": True})
        link.send("Network.emulateNetworkConditions", LINE)
        link.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(base + path, wait_until="load", timeout=60_000)
        page.wait_for_timeout(1500)
        found = page.evaluate("window.found")
    finally:
        context.close()
    sent = [url for url in asked if not url.startswith(("data:", "blob:"))]
    foreign = [url for url in sent if urlsplit(url).netloc != urlsplit(base).netloc]
    return {"lcp_ms": found["lcp"], "cls": found["cls"], "kb": sum(sizes) / 1000, "requests": len(sent), "third_party": len(foreign)}


def measured(browser: Browser, base: str, path: str, times: int) -> dict[str, float]:
    """Medians; of requests to others the most, because one is too many."""
    rows = [loaded(browser, base, path) for _ in range(times)]
    found = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    return {**found, "third_party": max(row["third_party"] for row in rows)}


def lighthouse(executable: str, address: str, folder: Path) -> dict[str, int]:
    """Lighthouse's scores of a hundred, for a telephone. Raises RuntimeError with its own words."""
    out = folder / "lighthouse.json"
    flags = f"--chrome-flags=--headless=new --no-sandbox --user-data-dir={folder / 'profile'}"
    command = [executable, address, flags, "--quiet", "--output=json", f"--output-path={out}", f"--only-categories={','.join(KINDS)}"]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, text=True, timeout=180)
    if done.returncode:
        raise RuntimeError(done.stderr[-500:])
    told = json.loads(out.read_text(encoding="utf-8"))["categories"]
    return {kind: round(100 * told[kind]["score"]) for kind in KINDS}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench reading", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--loads", type=int, default=5)
    options = parser.parse_args(arguments)
    executable, found, scores = os.environ.get("SOKET_LIGHTHOUSE", ""), {}, {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        filled(Path(name), 0)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Chromium {browser.version}, {options.loads} loads, cold, "
              f"1.6 Mbit/s, 150 ms, processor a quarter")  # fmt: skip
        print(f"{'':<14}{'LCP':>10}{'CLS':>9}{'bytes':>11}{'requests':>10}{'others':>8}")
        print(f"{'limit':<14}{LIMITS['lcp_ms']:>7,} ms{LIMITS['cls']:>9.3f}{'':>11}{'':>10}{0:>8}")
        with ours(Path(name), cached=True) as port:
            base = f"http://127.0.0.1:{port}"
            for what, path in (("article", ARTICLE), ("front page", HOME)):
                row = found[what] = measured(browser, base, path, options.loads)
                print(f"{what:<14}{row['lcp_ms']:>7,.0f} ms{row['cls']:>9.3f}{row['kb']:>8,.1f} kB", end="")
                print(f"{row['requests']:>10.0f}{row['third_party']:>8.0f}", flush=True)
            browser.close()
            if executable:
                for what, path in (("article", ARTICLE), ("front page", HOME)):
                    scores[what] = lighthouse(executable, base + path, Path(name))
                    print(f"{what:<14}Lighthouse: {', '.join(f'{kind} {score}' for kind, score in scores[what].items())}", flush=True)
    print(json.dumps(_result(found, scores)))
    return 0


def _result(found: dict[str, Any], scores: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {"bench": "reading"}
    for what, row in found.items():
        short = what.split(" ")[0]
        result |= {f"{short}_{name}": round(value, 3 if name == "cls" else 1) for name, value in row.items()}
        result[f"{short}_within"] = all(row[name] <= limit for name, limit in LIMITS.items()) and not row["third_party"]
        result |= {f"{short}_lighthouse_{kind}": score for kind, score in scores.get(what, {}).items()}
    return result


if __name__ == "__main__":
    sys.exit(main())
