"""Layouts are dated, cited records and refuse measures their source does not allow."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from soket.documents.core import LAYOUTS, STATE_2020, Margins, PaperError, Slot, layout_for

pytestmark = pytest.mark.one_database

# The decree's own table of type (Annex I, part I, item V): low, high, the size of its sample, bold, italic, capitals.
DECREE = {
    "1-name": (12, 13, 12, True, False, True),
    "1-motto": (13, 14, 13, True, False, False),
    "2-superior": (12, 13, 12, False, False, True),
    "2-issuer": (12, 13, 12, True, False, True),
    "3": (13, 13, 13, False, False, False),
    "4": (13, 14, 13, False, True, False),
    "5a-type": (13, 14, 14, True, False, True),
    "5a-summary": (13, 14, 14, True, False, False),
    "6": (13, 14, 14, False, False, False),
    "6-1": (13, 14, 14, True, False, True),
    "6-2": (13, 14, 14, True, False, False),
    "6-3": (13, 14, 14, False, False, False),
    "7a": (13, 14, 14, True, False, True),
    "7b": (13, 14, 14, True, False, False),
    "9a": (13, 14, 14, False, False, False),
    "9b-head": (12, 12, 12, True, True, False),
    "9b": (11, 11, 11, False, False, False),
    "12": (11, 11, 11, False, False, False),
    "app-label": (14, 14, 14, True, False, False),
    "app-title": (13, 14, 14, True, False, True),
    "app-reference": (13, 14, 14, False, True, False),
}


@pytest.mark.parametrize("code", DECREE)
def test_every_slot_carries_the_measures_of_the_decree(code):
    slot = STATE_2020.slot(code)
    assert (slot.low, slot.high, slot.size, slot.bold, slot.italic, slot.caps) == DECREE[code]
    assert slot.source.startswith("Nghị định 30/2020/NĐ-CP, Phụ lục I")


def test_every_layout_names_its_source_and_every_slot_its_own_or_says_it_has_none():
    for layout in LAYOUTS:
        assert "30/2020/NĐ-CP" in layout.source
        assert all(slot.source for slot in layout.slots)
        assert layout.doubts


def test_margins_leave_165_millimetres_of_text():
    assert STATE_2020.margins == Margins(top=20, bottom=20, left=30, right=15)
    assert STATE_2020.text_width == 165


def test_the_layout_is_chosen_by_family_and_day():
    assert layout_for("state").code == "nd30-2020"
    assert layout_for("state", on=date(2020, 3, 5)).code == "nd30-2020"
    assert layout_for("front", on=date(2026, 7, 9)).code == "mttq-2013"


def test_a_day_before_the_first_layout_is_refused_in_both_languages():
    with pytest.raises(PaperError) as caught:
        layout_for("state", on=date(2020, 3, 4))
    assert caught.value.where == "layout"
    assert caught.value.vi == "không có thể thức nào có hiệu lực ngày 04/03/2020; sớm nhất từ 05/03/2020"
    assert caught.value.en == "no layout is in force on 04/03/2020; the earliest starts on 05/03/2020"


def test_a_family_without_a_layout_is_refused():
    with pytest.raises(PaperError, match="chưa có thể thức cho hệ thống “party”; hiện có: front, state"):
        layout_for("party", on=date(2026, 1, 1))


def test_a_margin_or_a_size_outside_the_decree_cannot_be_recorded():
    with pytest.raises(PaperError, match="lề 10 mm nằm ngoài khoảng 20–25 mm"):
        replace(STATE_2020, margins=Margins(top=10, bottom=20, left=30, right=15))
    with pytest.raises(PaperError, match="size 15 lies outside 13–14"):
        Slot("6", "nội dung", 13, 14, 15)


def test_an_ended_layout_is_not_in_force_on_its_last_day():
    ended = replace(STATE_2020, valid_to=date(2030, 1, 1))
    assert ended.in_force(date(2029, 12, 31))
    assert not ended.in_force(date(2030, 1, 1))


def test_an_unknown_slot_is_a_programming_error():
    with pytest.raises(KeyError):
        STATE_2020.slot("99")
