"""The body's marks: blocks, and every fault with its line."""
from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import core, markup

pytestmark = pytest.mark.one_database
VALUES = {"01": core.Value("01", "12.345", Fraction(12345), measure="buổi"), "02": core.Value("02", "66", Fraction(66), measure="buổi")}


def told(text: str) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.fault, fault.found) for fault in markup.faults(text, VALUES)]


def test_lines_are_paragraphs_and_headings() -> None:
    found = markup.blocks("Một.\r\n\r\n## Hai\nBa {{01}}.", VALUES)
    assert [(block.kind, core.words_of(block.runs)) for block in found] == [("paragraph", "Một."), ("heading", "Hai"), ("paragraph", "Ba 12.345.")]


def test_lists_tables_quotations_links_and_charts() -> None:
    text = (
        "1. Một\n   - con **đậm**\n\n> Trích {{01}}\n> tiếp\n\n| A | B |\n|---|---|\n| {{01|hơn 12 nghìn}} | [[3 xã]] |\n\n"
        "[trang](https://vi.du/) và [nội bộ](/cong-bo/)\n\n{{ảnh 12}}\n\n{{biểu đồ 01, 02}}"
    )
    points, quote, table, links, photo, chart = markup.blocks(text, VALUES)
    assert [(item.depth, item.ordered, item.number, core.words_of(item.runs)) for item in points.items] == [(0, True, 1, "Một"), (1, False, 1, "con đậm")]
    assert points.items[1].runs[1].strong
    assert core.words_of(quote.runs) == "Trích 12.345\ntiếp"
    assert [[core.words_of(cell) for cell in row] for row in table.rows] == [["A", "B"], ["hơn 12 nghìn", "3 xã"]]
    assert [run.href for run in links.runs] == ["https://vi.du/", "", "/cong-bo/"]
    assert (photo.photo, chart.codes) == (12, ("01", "02"))


def test_all_faults_are_told_with_their_lines() -> None:
    text = (
        "## Đầu 12 buổi\nMột {{01|hơn 13 nghìn}} và 3 xã.\n\n- điểm 5 hộ\n  - con {{99}}\n\n| a | b |\n|---|---|\n| 7 xã | x |\n\n"
        "> {{ảnh 3}}\n\nChữ {{ảnh 3}} giữa [x](ftp://a)\n{{01\n{{biểu đồ 01, 77}}"
    )
    assert told(text) == [
        (1, "unbound", "12 buổi"), (2, "unbound", "3 xã"), (2, "drift", "hơn 13 nghìn"), (4, "unbound", "5 hộ"), (5, "unknown", "99"),
        (9, "unbound", "7 xã"), (11, "placed", "{{ảnh 3}}"), (13, "link", "ftp://a"), (13, "placed", "{{ảnh 3}}"), (14, "stray", "{{01"), (15, "unknown", "77"),
    ]  # fmt: skip
    with pytest.raises(core.TextFault) as first:
        markup.blocks(text, VALUES)
    assert (first.value.line, first.value.found) == (1, "12 buổi")


def test_a_line_at_fault_still_reads_as_it_was_written() -> None:
    blocks, faults = markup.read("Có {{01}} buổi.\nVà {{99}} việc **lớn**.", VALUES)
    assert [core.words_of(block.runs) for block in blocks] == ["Có 12.345 buổi.", "Và {{99}} việc lớn."]
    assert [fault.line for fault in faults] == [2]


def test_numbers_of_an_older_newspaper_are_not_asked_for() -> None:
    assert markup.faults("Có 12 buổi.", {}, bound=False) == []


PIECES = st.sampled_from(
    ["12 buổi", "{{01}}", "{{99}}", "{{01|hơn 9 nghìn}}", "[[3 xã]]", "\n", "\n\n", "## ", "- ", "> ",
     "| a | b |\n|---|---|\n", "**", "*", "[x](y)", "{{", "]]", "{{ảnh 1}}", "{{biểu đồ 01}}", "chữ ", "\\"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_text_has_blocks_or_faults_and_never_both(text: str) -> None:
    faults = markup.faults(text, VALUES)
    assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    if faults:
        with pytest.raises(core.TextFault):
            markup.blocks(text, VALUES)
    else:
        assert markup.blocks(text, VALUES) == markup.read(text, VALUES)[0]
