"""The page about papers says the measures that are in force and worked numbers that come out."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from soket.documents.core import STATE_2020
from soket.documents.metrics import widest

pytestmark = pytest.mark.one_database

PROSE = (Path(__file__).resolve().parents[2] / "docs/algorithms/papers.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([a-z0-9-]+) \| [^|]+ \| (\d+)–(\d+) \| (\d+) \| ([BIC ]*)\|$", PROSE, re.MULTILINE)


def test_every_slot_with_a_source_stands_in_the_table():
    cited = [slot.code for slot in STATE_2020.slots if slot.source.startswith("Nghị định")]
    assert [row[0] for row in ROWS] == cited


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_the_table_says_what_the_record_holds(row):
    code, low, high, size, style = row
    slot = STATE_2020.slot(code)
    letters = "".join(letter for letter, on in (("B", slot.bold), ("I", slot.italic), ("C", slot.caps)) if on)
    assert (int(low), int(high), int(size), style.replace(" ", "")) == (slot.low, slot.high, slot.size, letters)


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_the_margins_are_those_of_the_record(side):
    (low, high, size), = re.findall(rf"^\| {side} margin, mm \| (\d+)–(\d+) \| (\d+) \|$", PROSE, re.MULTILINE)
    ranges = dict(zip(("top", "bottom", "left", "right"), STATE_2020.margin_ranges, strict=True))
    assert (ranges[side], getattr(STATE_2020.margins, side)) == ((int(low), int(high)), int(size))


def test_the_worked_widths_come_out():
    name, motto = STATE_2020.motto
    assert f"{widest((motto,), size=13, bold=True):.1f} mm wide, and so is its rule" in PROSE
    assert f"12 pt bold is {widest((name,), size=12, bold=True):.1f} mm wide" in PROSE
