"""The worked examples in docs/algorithms/speech.md, computed again."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from soket.publishing import sounding
from soket.publishing.speech import spoken

pytestmark = pytest.mark.one_database
PROSE = (Path(__file__).resolve().parents[2] / "docs/algorithms/speech.md").read_text(encoding="utf-8")


def rows(head: str) -> list[list[str]]:
    """The cells of the table under this head."""
    found = re.search(rf"^{re.escape(head)}\n\|[-|]+\|\n((?:\|.*\n)+)", PROSE, re.MULTILINE)
    assert found, head
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()]


@pytest.mark.parametrize("row", rows("| Written | Said | Why |"), ids=lambda row: row[0])
def test_the_examples_are_said_as_written(row: list[str]) -> None:
    assert spoken(row[0]) == row[1]


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "."))


@pytest.mark.parametrize("row", rows("| I, LUFS | P, dBTP | g, dB | P + g, dBTP | Limiter |"), ids=lambda row: row[0])
def test_the_gains_come_out(row: list[str]) -> None:
    integrated, peak, gain, after = (number(cell) for cell in row[:4])
    assert gain == pytest.approx(sounding.TARGET + sounding.LOST - integrated, abs=0.005)
    assert after == pytest.approx(peak + gain, abs=0.005)
    assert sounding.limited(integrated, peak) == (row[4] == "yes")
