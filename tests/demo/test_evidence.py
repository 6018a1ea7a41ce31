"""The demonstration's evidence: equal sheets are equal bytes, readable in Vietnamese, and lists add up to their report."""
from __future__ import annotations

import hashlib
import io
from datetime import date
from types import SimpleNamespace
from typing import Any

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.demo import lists
from soket.demo.content import Shape, report
from soket.demo.sheets import MARK, Sheet, pdf, pdfs, picture
from soket.files import core

pytestmark = pytest.mark.one_database
PERIOD: Any = SimpleNamespace(unit_id=7, round=SimpleNamespace(slug="nam-2025"), covers_from=date(2025, 7, 1), covers_to=date(2025, 12, 14))


def test_a_sheet_is_always_the_same_bytes_says_that_it_is_synthetic_and_is_small() -> None:
    sheet = Sheet("Quy chế", "Công an xã Phố Hiến", "Quyết định ban hành Quy chế", (("Số, ký hiệu", "12/QĐ-CAX"),))
    made = pdf(sheet)
    assert pdfs([sheet, sheet]) == [made, made]
    assert core.check(made, core.EVIDENCE) == core.PDF and len(made) < 60_000
    with pdfplumber.open(io.BytesIO(made)) as paper:
        text = paper.pages[0].extract_text()
    assert MARK in text and "Công an xã Phố Hiến" in text and "12/QĐ-CAX" in text
    drawn = picture("Hội nghị giao ban")
    assert core.check(drawn, core.EVIDENCE) == core.PNG and picture("Hội nghị giao ban") == drawn
    assert hashlib.sha256(drawn).digest() != hashlib.sha256(picture("Khác")).digest()


@given(st.integers(1, 400), st.booleans(), st.integers(20, 366))
def test_a_list_of_sessions_adds_up_to_the_report_with_its_largest_and_smallest_audience(unit: int, urban: bool, days: int) -> None:
    content = report(Shape(unit, "nam-2025", days, urban, "police")).to_json()
    count, people = lists.number(content, "TT01"), lists.number(content, "TT02")
    if not count:
        return
    most, least = lists.number(content, "TT07"), lists.number(content, "TT08")
    each = lists.attendances(count, people, most, least)
    assert (len(each), sum(each), max(each), min(each)) == (count, people, most, least)


def test_the_list_of_models_has_a_row_for_each_that_still_works() -> None:
    content = report(Shape(7, "nam-2025", 167, False, "police")).to_json()
    made = lists.models("Công an xã Phố Hiến", PERIOD, content)
    assert len(made.rows) == lists.number(content, "MH04")
    assert len(lists.sessions("Công an xã Phố Hiến", PERIOD, content).rows) == lists.number(content, "TT01")
