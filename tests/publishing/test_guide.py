"""The newsroom's guide: every name in bold stands on a screen, in exactly these words."""
from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

pytestmark = pytest.mark.one_database
ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "guide" / "toa-soan.md"
SCREENS = [*(ROOT / "src" / "soket" / "publishing").rglob("*.html"), *(ROOT / "src" / "soket" / "publishing").glob("*forms.py"),
           *(ROOT / "src" / "soket" / "publishing" / "views").rglob("*.py"), ROOT / "src" / "soket" / "front" / "rooms.py"]
TEXTS = re.compile(r"""_\("((?:[^"\\]|\\.)*)"\)|\{%\s*trans\s+["'](.*?)["']|\{%\s*blocktrans[^%]*%\}(.*?)\{%\s*endblocktrans""")


def shown() -> set[str]:
    """Every text of the newsroom's screens in Vietnamese, its numbers as N."""
    found: set[str] = set()
    with translation.override("vi"):
        for path in SCREENS:
            for texts in TEXTS.findall(path.read_text(encoding="utf-8")):
                english = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", next(filter(None, texts), ""))
                found.add(re.sub(r"%\(\w+\)s|\d+", "N", _(english)) if english else "")
    return found


def test_every_name_in_bold_is_on_a_screen() -> None:
    named = re.findall(r"\*\*(.+?)\*\*", GUIDE.read_text(encoding="utf-8").replace("\n   ", " ").replace("\n", " "))
    assert len(named) > 40
    known = shown()
    assert [name for name in named if re.sub(r"\d+", "N", name) not in known] == []
