"""How fast the offline verifier reads a whole log, and whether it sees every mutation.

A log of synthetic events is exported to a file and checked with a trusted key. Then it is altered at
random, one mutation at a time, and checked again: caught means that the check failed; named means that
the first bad entry is the one that was touched. Three attacks by someone who holds the signing key follow;
without an anchor they must pass (that is the control), with one they must be caught.
"""
from __future__ import annotations

import argparse
import io
import json
import platform
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cryptography
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from soket.audit.checkpoint import TrustedKey, make_checkpoint, verifier_key
from soket.audit.core import TILE, Frontier, leaf_hash
from soket.audit.export import write_log
from soket.audit.verifier import Report, verify_bundle, verify_stream
from soket.kernel.canonical import canonical

ORIGIN = "soket.example/bench"
SIGNER = Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32)
TRUSTED = TrustedKey(ORIGIN, SIGNER.public_key())
Mutation = Callable[[list[bytes], int, random.Random], None]


def body(number: int) -> bytes:
    """One synthetic acceptance, about the size of a real event."""
    return canonical(
        {
            "name": "reporting.report_accepted",
            "at": f"2026-03-{number % 28 + 1:02d}T08:{number % 60:02d}:00.{number % 1_000_000:06d}+07:00",
            "actor": {"kind": "person", "id": str(number % 4000), "label": "Cán bộ tổng hợp cấp tỉnh"},
            "subject": {"kind": "reporting.report", "id": str(number), "label": f"Báo cáo quý I, đơn vị {number % 3321}"},
            "payload": {"digest": f"{number:064x}", "remarks": "", "verdict": "accepted"},
            "reason": "",
        }
    )


def checkpoint(bodies: list[bytes]) -> str:
    frontier = Frontier()
    for entry in bodies:
        frontier.append(leaf_hash(entry))
    return make_checkpoint(ORIGIN, frontier.size, frontier.root(), SIGNER)


def export(bodies: list[bytes]) -> bytes:
    key = verifier_key(ORIGIN, TRUSTED.key)
    return b"".join(write_log(bodies=bodies, checkpoint=checkpoint(bodies), key=key))


def _flip(lines: list[bytes], at: int, rng: random.Random) -> None:
    line = bytearray(lines[at])
    line[rng.randrange(len(line))] ^= 1 << rng.randrange(8)
    lines[at] = bytes(line)


def _shorten(lines: list[bytes], at: int, rng: random.Random) -> None:
    place = rng.randrange(len(lines[at]))
    lines[at] = lines[at][:place] + lines[at][place + 1 :]


def _delete(lines: list[bytes], at: int, rng: random.Random) -> None:
    del lines[at]


def _insert(lines: list[bytes], at: int, rng: random.Random) -> None:
    lines.insert(at, body(10_000_000 + rng.randrange(1000)))


def _double(lines: list[bytes], at: int, rng: random.Random) -> None:
    lines.insert(at + 1, lines[at])


def _exchange(lines: list[bytes], at: int, rng: random.Random) -> None:
    other = at + 1 if at + 1 < len(lines) and not lines[at + 1].startswith(b'{"tile":') else at - 1
    lines[at], lines[other] = lines[other], lines[at]


def _truncate(lines: list[bytes], at: int, rng: random.Random) -> None:
    del lines[at:]


ENTRY_MUTATIONS: dict[str, Mutation] = {
    "one bit of an entry": _flip, "one byte lost": _shorten, "entry deleted": _delete, "entry inserted": _insert,
    "entry doubled": _double, "entries exchanged": _exchange,
}
FILE_MUTATIONS: dict[str, Mutation] = {"one bit of a tile line": _flip, "tail cut off": _truncate}


def check(lines: list[bytes], anchors: list[str] | None = None) -> Report:
    return verify_stream(io.BytesIO(b"\n".join(lines)), TRUSTED, anchors or [])


def mutate(data: bytes, entries: int, count: int, rng: random.Random) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Tried, caught and rightly named mutations by kind."""
    lines = data.split(b"\n")
    tried, caught, named = Counter[str](), Counter[str](), Counter[str]()
    kinds = [*ENTRY_MUTATIONS, *FILE_MUTATIONS]
    for turn in range(count):
        kind, altered = kinds[turn % len(kinds)], lines.copy()
        position = rng.randrange(entries)
        if kind in ENTRY_MUTATIONS:
            ENTRY_MUTATIONS[kind](altered, 1 + position + position // TILE, rng)
        elif kind == "tail cut off":
            _truncate(altered, rng.randrange(1, len(lines) - 1), rng)
        else:
            tile = position // TILE
            FILE_MUTATIONS[kind](altered, min((tile + 1) * (TILE + 1), len(lines) - 3), rng)
        report = check(altered)
        tried[kind] += 1
        caught[kind] += not report.ok
        first = report.first_bad
        # Exchanging with the entry before touches that one first.
        named[kind] += first is not None and first.key in {str(position), str(position - 1) if kind == "entries exchanged" else ""} - {""}
    return tried, caught, named


def anchored(bodies: list[bytes]) -> dict[str, tuple[bool, bool]]:
    """Attacks by the key holder: (passes without an anchor, caught with one)."""
    middle = len(bodies) // 2
    anchor = checkpoint(bodies[: middle + 1])
    attacks = {
        "whole log rebuilt": [*bodies[:middle], body(99_999_999), *bodies[middle + 1 :]],
        "old state restored": bodies[:middle],
        "entry taken out, log rebuilt": [*bodies[: middle // 2], *bodies[middle // 2 + 1 :]],
    }
    results = {}
    for name, attacked in attacks.items():
        lines = export(attacked).split(b"\n")
        results[name] = (check(lines).ok, not check(lines, [anchor]).ok)
    return results


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench verify", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--mutations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20260709)
    options = parser.parse_args(arguments)
    rng = random.Random(options.seed)
    print(f"Machine: {platform.machine()}, Python {platform.python_version()}, cryptography {cryptography.__version__}; seed {options.seed}")
    started = time.perf_counter()
    bodies = [body(number) for number in range(options.entries)]
    data = export(bodies)
    print(f"{'made and signed':<32}{options.entries:>12,} events {len(data) / 1e6:>9.1f} MB {time.perf_counter() - started:>8.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.soket"
        path.write_bytes(data)
        started = time.perf_counter()
        report = verify_bundle(path, TRUSTED)
        seconds = time.perf_counter() - started
    if not report.ok:
        print("\n".join(report.lines()))
        return 1
    print(f"{'verified':<32}{options.entries:>12,} events {options.entries / seconds:>9,.0f} /s {seconds:>8.2f} s")
    started = time.perf_counter()
    tried, caught, named = mutate(data, options.entries, options.mutations, rng)
    print(f"\n{'mutation':<32}{'tried':>8}{'caught':>8}{'named':>8}")
    for kind, count in tried.items():
        print(f"{kind:<32}{count:>8}{caught[kind]:>8}{named[kind] if kind in ENTRY_MUTATIONS else '–':>8}")
    print(f"in {time.perf_counter() - started:.1f} s\n\n{'by the key holder':<32}{'passes alone':>16}{'caught with an anchor':>24}")
    attacks = anchored(bodies)
    for name, (passes, seen) in attacks.items():
        print(f"{name:<32}{'yes' if passes else 'no':>16}{'yes' if seen else 'no':>24}")
    entry_tried = sum(tried[kind] for kind in ENTRY_MUTATIONS)
    result = {
        "entries": options.entries, "seconds": round(seconds, 3), "mutations": sum(tried.values()), "caught": sum(caught.values()),
        "entry_mutations": entry_tried, "named": sum(named[kind] for kind in ENTRY_MUTATIONS), "megabytes": round(len(data) / 1e6, 1),
        "anchor_attacks": len(attacks), "anchor_caught": sum(seen for _, seen in attacks.values()), "seed": options.seed,
    }
    print(json.dumps(result))
    return 0 if result["caught"] == result["mutations"] else 1


if __name__ == "__main__":
    sys.exit(main())
