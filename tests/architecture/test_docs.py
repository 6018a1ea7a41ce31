"""What the documents name exists: links, files, functions, addresses; every room is described; licences are complete."""
from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.architecture.source import LAYER, ROOT

pytestmark = pytest.mark.one_database
DOCS = sorted([ROOT / "README.md", ROOT / "NOTICE", ROOT / "SECURITY.md", ROOT / "bench" / "README.md", *(ROOT / "docs").rglob("*.md")])
CONTRACTS = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def _plain(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_links_and_pictures_lead_somewhere() -> None:
    found = []
    for path in DOCS:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", _plain(path)):
            if not target.startswith(("http:", "https:", "mailto:")) and not (path.parent / target).exists():
                found.append(f"{path.name}: {target}")
    assert found == []


def test_files_that_are_named_exist() -> None:
    found = []
    for path in DOCS:
        for name in re.findall(r"(?<![\w./])((?:src|docs|tests|scripts|bench|requirements)/[\w./-]*\w)", _plain(path)):
            if not (ROOT / name).exists() and not (ROOT / f"{name}.md").exists():
                found.append(f"{path.name}: {name}")
    assert found == []


def _contracts() -> list[tuple[str, str]]:
    table = CONTRACTS.split("## Shared contracts")[1].split("\n## ")[0]
    rows = [line.split(" | ", 2) for line in table.splitlines() if line.startswith("| ") and not line.startswith(("| Where", "|---"))]
    return [(row[0].strip("| "), row[1]) for row in rows if "," not in row[0]]


@pytest.mark.parametrize(("where", "what"), _contracts(), ids=[where for where, _what in _contracts()])
def test_a_contract_names_what_its_module_offers(where: str, what: str) -> None:
    offered = import_module(f"soket.{where}")
    named = re.findall(r"`([A-Za-z_]\w*)[`(]", what)
    assert named
    assert [name for name in named if not hasattr(offered, name)] == []


def test_every_room_has_a_page_that_the_architecture_names() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "rooms").glob("*.md")}
    assert sorted(set(LAYER) - pages) == []
    assert [room for room in LAYER if room not in CONTRACTS] == []


def test_functions_that_a_room_page_names_exist() -> None:
    """In the first column of a room's table, `actions.x(`, `queries.x(`, `core.x(`, `rules.x(` are looked up."""
    found = []
    for path in sorted((ROOT / "docs" / "rooms").glob("*.md")):
        for module, name in re.findall(r"`(actions|queries|core|rules)\.(\w+)[(`]", _plain(path)):
            if not hasattr(import_module(f"soket.{path.stem}.{module}"), name):
                found.append(f"{path.stem}.{module}.{name}")
    assert found == []


def test_licences_are_those_of_the_locks_and_manifests() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "licences.py"), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
