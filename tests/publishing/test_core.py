"""Wording is true of its figure or refused; a number with a unit word is bound or marked."""
from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import core
from soket.ui.core import number

pytestmark = pytest.mark.one_database
VALUES = {
    "01": core.Value("01", "12.345", Fraction(12345), measure="buổi"),
    "02": core.Value("02", "98,5\u00a0%", Fraction(3268 * 100, 3319), percent=True),
    "03": core.Value("03", "hơn 410.000", Fraction(410000), mark="over"),
    "04": core.Value("04", "không phát sinh"),
    "05": core.Value("05", "1,5", Fraction(3, 2)),
    "06": core.Value("06", "12.000", Fraction(12000)),
}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("01", "12.345"), ("01", "12.345 buổi"), ("01", "hơn 12 nghìn"), ("01", "Hơn 12.000"), ("01", "trên 12,3 nghìn"), ("01", "gần 12.350"),
        ("01", "khoảng 12 nghìn"), ("01", "gần 12,35 nghìn"), ("01", "12345"), ("02", "98,5 %"), ("02", "98,5\u00a0%"), ("02", "hơn 98 %"),
        ("02", "gần 98,5%"), ("02", "trên 98 phần trăm"), ("03", "hơn 410.000"), ("03", "trên 410 nghìn"), ("03", "hơn 400 nghìn"),
        ("04", "không phát sinh"), ("05", "1,5"), ("06", "12 nghìn"), ("06", "12.000"),
    ],
)  # fmt: skip
def test_true_words_stand(code: str, words: str) -> None:
    assert core.true_of(words, VALUES[code])
    (run,) = core.runs(f"{{{{{code}|{words}}}}}", VALUES)
    assert run == core.Run("claim", words, code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("01", "12.346"), ("01", "hơn 13 nghìn"), ("01", "hơn 11 nghìn"), ("01", "hơn 12.345"), ("01", "gần 12 nghìn"),
        ("01", "gần 13 nghìn"), ("01", "gần 12,4 nghìn"),
        ("01", "khoảng 13 nghìn"), ("01", "12 nghìn"), ("01", "hơn 12 triệu"), ("01", "12.345 %"), ("01", "12.345 lượt"), ("01", "hơn 10 nghìn"),
        ("01", "12,345"), ("01", "gấp đôi"), ("02", "100 %"), ("02", "98,5"), ("02", "98,4 %"), ("02", "hơn 99 %"), ("03", "410.000"),
        ("03", "gần 410.000"), ("03", "hơn 420.000"), ("04", "0"), ("04", "không"), ("05", "15"), ("06", "hơn 12 nghìn"), ("06", "-12.000"),
    ],
)  # fmt: skip
def test_words_that_drift_are_refused(code: str, words: str) -> None:
    with pytest.raises(core.TextFault) as fault:
        core.runs(f"{{{{{code}|{words}}}}}", VALUES)
    assert (fault.value.fault, fault.value.expected) == ("drift", VALUES[code].display)


@given(st.integers(100, 10**12), st.integers(0, 4))
def test_a_value_cut_to_two_or_more_figures_is_always_more_than_that(amount: int, kept: int) -> None:
    digits = len(str(amount))
    step = 10 ** max(0, digits - 2 - kept)
    floor, value = amount // step * step, core.Value("01", number(amount), Fraction(amount))
    assert core.true_of(number(floor), value) == (floor == amount)
    assert core.true_of(f"hơn {number(floor)}", value) == (floor != amount)
    assert not core.true_of(f"hơn {number(floor + step)}", value)
    assert not core.true_of(f"gần {number(floor)}", value)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_a_bare_number_is_true_only_of_itself(amount: int, other: int) -> None:
    value = core.Value("01", number(amount), Fraction(amount))
    assert core.true_of(number(other), value) == (other == amount)
    assert core.true_of(number(amount), value)


@given(st.integers(1, 10**9), st.sampled_from([("nghìn", 10**3), ("triệu", 10**6), ("tỷ", 10**9)]), st.integers(-(10**6), 10**6))
def test_size_words_multiply(count: int, size: tuple[str, int], off: int) -> None:
    word, factor = size
    value = core.Value("01", "x", Fraction(max(0, count * factor + off)))
    assert core.true_of(f"{number(count)} {word}", value) == (value.amount == count * factor)


@given(st.text(max_size=80))
def test_any_text_gives_runs_that_read_the_same_or_a_fault(text: str) -> None:
    line = text.replace("\n", " ").replace("\r", " ")
    try:
        found = core.runs(line, VALUES)
    except core.TextFault as fault:
        assert fault.fault in {"stray", "unknown", "empty", "drift", "unbound"}
    else:
        if "{{" not in line and "[[" not in line:
            assert core.words_of(found) == line


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("đã tổ chức 12 buổi", "12 buổi"), ("đạt 98,5 %", "98,5 %"), ("12/15 đơn vị", "12/15 đơn vị"), ("hơn 5 nghìn", "5 nghìn"),
        ("20–30 mô hình", "20–30 mô hình"), ("1.234 lượt người", "1.234 lượt"), ("có 3\u00a0người", "3\u00a0người"),
        ("34 Công an tỉnh", "34 Công an"),
        ("năm 2025 người dân", ""), ("ngày 1/7/2025 đơn vị mới", ""), ("giai đoạn 2013–2018 đơn vị", ""),
        ("Nghị quyết số 202/2025/QH15", ""), ("6 tháng đầu năm", ""), ("quý 2 đơn vị", ""), ("12 buổim", ""), ("ba mươi buổi", ""),
    ],
)  # fmt: skip
def test_a_number_with_a_unit_word_outside_a_token_is_found(text: str, loose: str) -> None:
    assert core.unbound(text) == loose


def test_marked_numbers_are_plain_and_tokens_print_the_frozen_value() -> None:
    found = core.runs("Có {{01}} buổi, [[12 đơn vị]] dự.", VALUES)
    assert [(run.kind, run.text, run.code) for run in found] == [
        ("text", "Có ", ""), ("claim", "12.345", "01"), ("text", " buổi, ", ""), ("plain", "12 đơn vị", ""), ("text", " dự.", ""),
    ]
    assert core.codes(found) == ["01"]


@pytest.mark.parametrize(
    ("line", "fault", "found"),
    [("{{99}}", "unknown", "99"), ("{{01", "stray", "{{01"), ("01}}", "stray", "01}}"), ("[[12 buổi", "stray", "[[12 buổi"),
     ("{{01|}}", "empty", "{{01|}}"), ("[[ ]]", "empty", "[[ ]]"), ("tổ chức 12 buổi", "unbound", "12 buổi")],
)  # fmt: skip
def test_faults_name_the_piece(line: str, fault: str, found: str) -> None:
    with pytest.raises(core.TextFault) as caught:
        core.runs(line, VALUES)
    assert (caught.value.fault, caught.value.found) == (fault, found)


def test_every_fault_of_a_line_is_told() -> None:
    line = "Có 12 buổi, {{99}}, {{01|hơn 13 nghìn}} và 3 xã; {{01"
    found = [(fault.fault, fault.found, fault.token) for fault in core.line_faults(line, VALUES)]
    assert found == [
        ("unbound", "12 buổi", ""), ("unknown", "99", "{{99}}"), ("drift", "hơn 13 nghìn", "{{01|hơn 13 nghìn}}"), ("stray", "và 3 xã; {{01", ""),
        ("unbound", "3 xã", ""),
    ]  # fmt: skip
    assert core.line_faults("Có {{01}} buổi.", VALUES) == []


def test_a_token_ends_on_its_line() -> None:
    with pytest.raises(core.TextFault) as fault:
        core.runs("[[12\nbuổi]]", VALUES)
    assert fault.value.fault == "stray"


@pytest.mark.parametrize(
    ("code", "found", "ways"),
    [
        ("01", "hơn 13 nghìn", ["{{01}}", "{{01|hơn 12 nghìn}}", "{{01|khoảng 12 nghìn}}"]), ("01", "12.346", ["{{01}}"]),
        ("02", "gần 99,5 %", ["{{02}}", "{{02|hơn 98,4 %}}", "{{02|gần 98,5 %}}"]), ("04", "hơn 5", ["{{04}}"]), ("03", "hơn 500 nghìn", ["{{03}}"]),
    ],
)  # fmt: skip
def test_what_is_proposed_is_true(code: str, found: str, ways: list[str]) -> None:
    assert core.rewordings(found, VALUES[code]) == ways
    for way in ways:
        core.runs(way, VALUES)


@given(st.integers(1, 10**10), st.integers(1, 10**10), st.sampled_from(["hơn", "gần", "khoảng"]), st.sampled_from(["", " nghìn", " triệu"]))
def test_no_proposal_drifts(amount: int, said: int, mark: str, size: str) -> None:
    values = {"01": core.Value("01", number(amount), Fraction(amount))}
    for way in core.rewordings(f"{mark} {number(said)}{size}", values["01"]):
        assert core.runs(way, values)[0].kind == "claim"


def test_a_number_without_end_is_no_figure() -> None:
    assert not core.true_of("1" * 5000, VALUES["01"])
    assert core.rewordings("hơn " + "1" * 5000, VALUES["01"])[0] == "{{01}}"


def test_loose_numbers_are_marked_as_they_stand() -> None:
    assert core.marked("Có 12 buổi tại 3 xã, năm 2025.") == "Có [[12 buổi]] tại [[3 xã]], năm 2025."
    assert core.marked("Không có số.") == "Không có số."
