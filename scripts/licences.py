"""Write docs/licences.md: everything Soket uses or carries, with its licence and the reason it is there.

    python scripts/licences.py            write the page
    python scripts/licences.py --check    compare it with the locks, the manifests and what is installed

Licences are read from the metadata of the installed packages; where those are silent or vague, `STATED` says what the
package's own licence file says.
"""
from __future__ import annotations

import json
import re
import sys
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
STATED = {
    "django-csp": "BSD-3-Clause",
    "django-template-partials": "MIT",
    "duckdb": "MIT",
    "grimp": "BSD-2-Clause",
    "html5lib": "MIT",
    "import-linter": "BSD-2-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pathspec": "MPL-2.0",
    "pdfplumber": "MIT",
    "pypdfium2": "BSD-3-Clause OR Apache-2.0 (PDFium: BSD-3-Clause)",
    "pysqlite3": "Zlib (SQLite inside: public domain)",
    "pytest-django": "BSD-3-Clause",
    "pytest-playwright": "Apache-2.0",
    "rfc8785": "Apache-2.0",
    "segno": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "sqlparse": "BSD-3-Clause",
    "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "webencodings": "BSD-3-Clause",
}
HEAD = """# What Soket uses and carries, and under which licence

Made by `scripts/licences.py` from the lock files, the manifests and the metadata of the installed packages; a test compares it.
Soket itself is under Apache-2.0. No package is copied into the repository except where a section below says so.

Copyleft, and why it binds nothing here: psycopg (LGPL-3.0) is used unchanged as a library that anyone may replace;
hypothesis and pathspec (MPL-2.0) and axe-core (MPL-2.0, carried unchanged) serve tests only; text-unidecode is a test's dependency,
taken under the Artistic licence.
"""


def locked(group: str) -> dict[str, tuple[str, list[str]]]:
    """name → (version, names that need it) for one lock file."""
    found = {}
    text = (ROOT / "requirements" / f"{group}.lock").read_text(encoding="utf-8")
    for stanza in re.split(r"(?m)^(?=[a-z0-9])", text):
        match = re.match(r"([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^ \\]+)", stanza)
        if match is None:
            continue
        name, version = match.groups()
        via = stanza.partition("# via")[2]
        needed = [part.strip(" #") for part in via.splitlines() if part.strip(" #")]
        found[name] = (version, [part for part in needed if not part.startswith("-")])
    return found


def reasons(group: str) -> dict[str, str]:
    """name → the reason written beside it in requirements/*.in; every line must have one."""
    found = {}
    for line in (ROOT / "requirements" / f"{group}.in").read_text(encoding="utf-8").splitlines():
        match = re.match(r"([a-z0-9._-]+)\S*\s+# (.+)", line)
        if match:
            found[match[1]] = match[2]
        elif not line.startswith("-"):
            raise SystemExit(f"requirements/{group}.in: no reason beside {line!r}")
    return found


def licence(name: str) -> str:
    """The licence as an SPDX expression. Raises SystemExit when neither the package nor `STATED` says it."""
    stated = metadata(name)
    read = STATED.get(name) or next((stated[field] for field in ("License-Expression", "License") if field in stated), "")
    if not read or len(read) > 70:
        raise SystemExit(f"{name}: its metadata does not state a licence; add it to STATED after reading its licence file")
    return {"MIT License": "MIT", "Apache 2.0": "Apache-2.0", "BSD 2-Clause License": "BSD-2-Clause"}.get(read, read)


def _packages(group: str, title: str, beside: set[str]) -> list[str]:
    why, lines = reasons(group), [f"## {title}", "", "| Package | Version | Licence | Why |", "|---|---|---|---|"]
    for name, (version, needed) in sorted(locked(group).items()):
        if name not in beside:
            lines.append(f"| {name} | {version} | {licence(name)} | {why.get(name) or 'needed by ' + ', '.join(needed)} |")
    return [*lines, ""]


def _browser() -> list[str]:
    manifest = json.loads((ROOT / "src/soket/ui/vendor_manifest.json").read_text(encoding="utf-8"))["files"]
    rows = {(row["name"], row["version"], row["licence"]): row["file"] for row in manifest if "licences" in row["file"]}
    lines = ["## Browser files carried in the repository", "", "| Name | Version | Licence | Text of the licence |", "|---|---|---|---|"]
    return [*lines, *(f"| {name} | {version} | {kind} | `{file}` |" for (name, version, kind), file in sorted(rows.items())), ""]


def _data() -> list[str]:
    folder = "src/soket/organisations/data"
    files = json.loads((ROOT / folder / "SOURCES.json").read_text(encoding="utf-8"))["files"]
    lines = ["## Data carried in the repository", "", "| File | From | Licence | Text of the licence |", "|---|---|---|---|"]
    for name, row in sorted(files.items()):
        lines.append(f"| `{folder}/{name}` | {row['package']} {row['version']} | {row['licence']} | `{folder}/{row['licence_file']}` |")
    note = "Hashes, dates, citations and doubts stand in `SOURCES.json` beside the files; the texts of law that they cite carry no licence."
    return [*lines, "", note, ""]


def _fonts() -> list[str]:
    folder = "src/soket/documents/fonts"
    faces = ", ".join(sorted(path.name for path in (ROOT / folder).glob("*.ttf")))
    return ["## Type on paper", "", f"{faces}: SIL Open Font License 1.1, text in `{folder}/LICENSE.txt`, origin in `{folder}/README.md`.", ""]


def page() -> str:
    """The whole page."""
    base = set(locked("base"))
    parts = [HEAD, *_packages("base", "To run", set()), *_packages("test", "To test, beside the above", base), *_browser(), *_data(), *_fonts()]
    return "\n".join(parts).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    if "--check" not in arguments:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == page():
        return 0
    print("docs/licences.md is not what the locks and manifests say: run python scripts/licences.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
