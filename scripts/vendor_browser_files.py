#!/usr/bin/env python3
"""Refresh every third-party browser file from npm: `python scripts/vendor_browser_files.py`.

Needs npm and the network; nobody else does, because the results are committed. Each file is written
with its licence, and `src/soket/ui/vendor_manifest.json` records name, version, licence, file and
SHA-256. With `--check` nothing is fetched: the committed files are compared with the manifest.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = Path("src/soket/ui/static/ui/vendor")
MANIFEST = ROOT / "src/soket/ui/vendor_manifest.json"
FONT = '"Be Vietnam Pro","Noto Sans",arial,sans-serif'
FACES = [f"{weight}-normal" for weight in (400, 500, 600, 700)] + ["400-italic"]
FORBIDDEN = re.compile(r"gds transport|@font-face|crest|crown|/assets/", re.IGNORECASE)

# npm leaves the licence text out of this package; these are the words of its repository.
GOVUK_LICENCE = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """One npm package: the version asked for and the files taken from it (inside → under the repository)."""

    name: str
    wanted: str
    files: dict[str, str]
    licence_file: str | None = "LICENSE"
    folder: str = str(VENDOR)
    extra_licences: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Entry:
    """One committed file; `changed` says in words what the command did to it, empty for a plain copy."""

    name: str
    version: str
    licence: str
    file: str
    sha256: str
    origin: str
    changed: str


PACKAGES = [
    Package("govuk-frontend", "6", {"dist/govuk/govuk-frontend.min.css": f"{VENDOR}/govuk-frontend.css"}, licence_file=None),
    Package("htmx.org", "2.0", {"dist/htmx.min.js": f"{VENDOR}/htmx.min.js"}),
    Package(
        "@fontsource/be-vietnam-pro",
        "5",
        {
            f"files/be-vietnam-pro-{subset}-{face}.woff2": f"{VENDOR}/fonts/be-vietnam-pro-{subset}-{face}.woff2"
            for face in FACES
            for subset in ("vietnamese", "latin-ext", "latin")
        },
    ),
    Package(
        "@fontsource/inter",
        "5",
        {f"files/inter-latin-{weight}-normal.woff2": f"{VENDOR}/fonts/inter-latin-{weight}-normal.woff2" for weight in (400, 500, 600, 700)},
    ),
    Package("jsqr", "1.4", {"dist/jsQR.js": f"{VENDOR}/jsqr.js"}),
    Package(
        "axe-core",
        "4",
        {"axe.min.js": "tests/support/vendor/axe.min.js"},
        folder="tests/support/vendor",
        extra_licences=("LICENSE-3RD-PARTY.txt",),
    ),
]


def rules(css: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet in order as (what stands before the brace, what stands inside)."""
    depth = start = opened = 0
    for place, sign in enumerate(css):
        if sign == "{":
            depth += 1
            if depth == 1:
                opened = place
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : place]
                start = place + 1


def without(css: str, unwanted: re.Pattern[str]) -> str:
    """The sheet without the rules that name an unwanted thing, at any depth; emptied groups go too."""
    kept = []
    for head, body in rules(css):
        if head.startswith(("@media", "@supports")):
            body = without(body, unwanted)
        if body and not unwanted.search(head + body):
            kept.append(f"{head}{{{body}}}")
    return "".join(kept)


def themed_govuk(css: str) -> str:
    """The precompiled sheet without its typeface and crest, in our face, inside a cascade layer.

    The layer lets every rule of ours win without a contest of selectors. Raises ValueError when a
    name that must not be shown is still there, so an upstream change cannot slip through.
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).removeprefix("\ufeff").replace('@charset "UTF-8";', "")
    css = without(css, re.compile(r"@font-face|crest|crown|copyright-logo"))
    css = css.replace("GDS Transport,arial,sans-serif", FONT)
    if left := FORBIDDEN.search(css):
        raise ValueError(f"the themed GOV.UK sheet still holds {left.group()!r}")
    return f"@layer govuk{{{css}}}\n"


TRANSFORMS = {
    "govuk-frontend.css": (themed_govuk, "typeface and crest rules removed, font name replaced, wrapped in @layer govuk"),
}


def fetch(package: Package, folder: Path) -> Path:
    """Download and unpack one package; returns the folder that holds its package.json."""
    done = subprocess.run(
        ["npm", "pack", "--silent", f"{package.name}@{package.wanted}"], cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / done.stdout.split()[-1]
    target = folder / archive.stem
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def licence_texts(package: Package, source: Path) -> str:
    """The licence words that go with the package's files."""
    main = GOVUK_LICENCE if package.licence_file is None else (source / package.licence_file).read_text(encoding="utf-8")
    return "\n\n".join([main, *((source / name).read_text(encoding="utf-8") for name in package.extra_licences)])


def vendor(package: Package, source: Path) -> list[Entry]:
    """Write the package's files and licence; returns their manifest entries."""
    meta = json.loads((source / "package.json").read_text(encoding="utf-8"))
    entries = []
    for origin, place in package.files.items():
        target = ROOT / place
        target.parent.mkdir(parents=True, exist_ok=True)
        data, changed = (source / origin).read_bytes(), ""
        if target.name in TRANSFORMS:
            transform, changed = TRANSFORMS[target.name]
            data = transform(data.decode("utf-8")).encode("utf-8")
        target.write_bytes(data)
        entries.append(Entry(package.name, meta["version"], meta["license"], place, digest(data), origin, changed))
    licence = ROOT / package.folder / "licences" / (package.name.strip("@").replace("/", "-") + ".txt")
    licence.parent.mkdir(parents=True, exist_ok=True)
    text = licence_texts(package, source)
    licence.write_text(text, encoding="utf-8")
    place = str(licence.relative_to(ROOT))
    entries.append(Entry(package.name, meta["version"], meta["license"], place, digest(text.encode("utf-8")), "licence text", ""))
    return entries


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def differences() -> list[str]:
    """One line for each committed file that is missing or is not the one in the manifest."""
    found = []
    for row in json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]:
        path = ROOT / row["file"]
        if not path.is_file():
            found.append(f"{row['file']}: missing")
        elif digest(path.read_bytes()) != row["sha256"]:
            found.append(f"{row['file']}: differs from the manifest")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare the committed files with the manifest")
    if parser.parse_args().check:
        found = differences()
        print("\n".join(found) or "vendored browser files match the manifest")
        return 1 if found else 0
    entries: list[Entry] = []
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            entries += vendor(package, fetch(package, Path(folder)))
    manifest = {"refreshed_by": "scripts/vendor_browser_files.py", "files": [asdict(entry) for entry in entries]}
    MANIFEST.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(entries)} files from {len(PACKAGES)} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
