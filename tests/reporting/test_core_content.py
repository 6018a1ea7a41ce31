"""Drafts as typed, content as canonical, packed columns, checks and moves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.kernel.canonical import hex_digest
from soket.reporting.core import (
    MISSING,
    NOT_APPLICABLE,
    NOTHING,
    ZERO,
    BadContent,
    BadDefinition,
    Cell,
    Content,
    Definition,
    DraftContent,
    EvidenceMark,
    NoSuchMove,
    TypedCell,
    changes,
    moved,
    number,
    pack,
    read_definition,
    read_draft,
    takes,
    typed_from,
    unexplained,
    unpack,
    validate,
)
from soket.reporting.core.catalogue import catalogue, facts_of
from tests.factories.reporting import content

CELLS = st.one_of(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1).map(number), st.sampled_from([MISSING, ZERO, NOTHING, NOT_APPLICABLE]))


def form() -> Definition:
    data = catalogue()
    return read_definition({**data["form"], "indicators": {one["code"]: facts_of(one) for one in data["indicators"]}})


FORM = form()


def codes(found: list) -> list[tuple[str, str, str]]:
    return [(one.code, one.cell, one.severity.value) for one in found]


@given(cells=st.dictionaries(st.sampled_from(FORM.columns), CELLS))
def test_packing_and_unpacking_gives_the_same_cells(cells: dict[str, Cell]) -> None:
    values, states = pack(FORM.columns, Content(cells))
    assert (len(values), len(states)) == (8 * 43, 43)
    assert unpack(FORM.columns, values, states) == {code: cell for code, cell in cells.items() if cell != MISSING}


def test_packed_bytes_are_little_endian_amounts_and_state_bytes() -> None:
    values, states = pack(["A", "B", "C", "D", "E"], Content({"A": number(258), "B": ZERO, "C": NOTHING, "D": NOT_APPLICABLE}))
    assert values == b"\x02\x01" + bytes(38)
    assert states == bytes([1, 2, 3, 4, 0])


def test_packing_refuses_a_cell_outside_the_columns_and_unpacking_a_wrong_length() -> None:
    with pytest.raises(ValueError, match="not a column: X"):
        pack(["A"], Content({"X": number(1)}))
    with pytest.raises(ValueError, match="do not fit"):
        unpack(["A", "B"], bytes(8), bytes(1))


@given(order=st.permutations(list(content().cells.items())))
def test_the_digest_does_not_depend_on_the_order_of_keys(order: list[tuple[str, Cell]]) -> None:
    assert hex_digest(replace(content(), cells=dict(order)).to_json()) == hex_digest(content().to_json())


@given(cells=st.dictionaries(st.sampled_from(FORM.columns), CELLS))
def test_content_reads_back_from_its_canonical_form(cells: dict[str, Cell]) -> None:
    kept = Content({code: cell for code, cell in cells.items() if cell != MISSING}, {"t5": "Tốt"}, {"mo-hinh": "Nhập hai mô hình"})
    assert Content.from_json(kept.to_json()) == kept


def test_canonical_content_leaves_out_what_is_missing_and_keeps_states_apart() -> None:
    made = Content({"A": number(22), "B": ZERO, "C": NOTHING, "D": NOT_APPLICABLE, "E": MISSING}, {"t1": ""})
    assert made.to_json() == {
        "cells": {"A": {"state": "value", "value": "22"}, "B": {"state": "zero"}, "C": {"state": "nothing"}, "D": {"state": "not_applicable"}},
        "texts": {},
        "explanations": {},
    }


def test_evidence_is_named_in_the_content_by_its_hash() -> None:
    made = Content(evidence=(EvidenceMark("1", "ab" * 32, "Quy chế"),))
    assert made.to_json()["evidence"] == [{"section": "1", "sha256": "ab" * 32, "title": "Quy chế"}]


@pytest.mark.parametrize(
    "data",
    [
        {"cells": {"A": {"state": "value", "value": "1,5"}}},
        {"cells": {"A": {"state": "value", "value": "1_000"}}},
        {"cells": {"A": {"state": "value"}}},
        {"cells": {"A": {"state": "nothing", "value": "5"}}},
        {"cells": {"A": {"state": "many"}}},
        {"cells": {"A": {"state": "value", "value": 5.0}}},
        {"texts": {"t1": "\ud800"}},
        {"texts": {"t1": "hỏng \ufffd"}},
        {"other": {}},
    ],
)
def test_content_in_another_form_is_refused(data: dict) -> None:
    with pytest.raises(BadContent):
        Content.from_json(data)


def test_texts_are_kept_in_one_normal_form() -> None:
    assert Content.from_json({"texts": {"t1": "  Ho\u0300a\r\nbình "}}).texts == {"t1": "Hòa\nbình"}


def test_a_draft_reads_back_even_with_broken_text() -> None:
    draft = DraftContent({"TT01": TypedCell("", "1,2,3")}, {"t1": "\ud800 hỏng \x00"}, {"c": "vì"})
    assert DraftContent.from_text(draft.to_text()) == draft
    assert draft.to_text().isascii()


def test_typed_cells_become_cells_with_their_state() -> None:
    draft = DraftContent(
        {
            "CD01": TypedCell("value", "3"),
            "TT01": TypedCell("", "0"),
            "TT02": TypedCell("nothing", ""),
            "TT06": TypedCell("value", "45,5"),
            "MH01": TypedCell("not_applicable", ""),
            "MH02": TypedCell("zero", "0"),
            "CD02": TypedCell("value", "1"),
            "CD03": TypedCell("zero", ""),
            "PT05": TypedCell("", ""),
        }
    )
    read, findings = read_draft(FORM, draft)
    assert findings == []
    assert read.cells == {
        "CD01": number(3),
        "TT01": ZERO,
        "TT02": NOTHING,
        "TT06": number(455),
        "MH01": NOT_APPLICABLE,
        "MH02": ZERO,
        "CD02": number(1),
        "CD03": ZERO,
    }


def test_what_cannot_be_read_is_named_at_its_cell_and_the_rest_is_read() -> None:
    draft = DraftContent(
        {"TT01": TypedCell("", "1,234"), "TT02": TypedCell("nothing", "5"), "MH01": TypedCell("odd", ""), "MH02": TypedCell("", "2")},
        {"t1": "hỏng \ufffd"},
    )
    read, findings = read_draft(FORM, draft)
    assert codes(findings) == [
        ("ambiguous", "TT01", "error"),
        ("state_and_number", "TT02", "error"),
        ("unknown_state", "MH01", "error"),
        ("broken_text", "t1", "error"),
    ]
    assert read.cells == {"MH02": number(2)}


def test_a_correction_starts_from_what_a_person_would_have_typed() -> None:
    typed = typed_from(FORM, content(TT06=455))
    assert (typed.cells["TT02"], typed.cells["TT06"]) == (TypedCell("value", "1.735"), TypedCell("value", "45,5"))
    assert (typed.cells["CD03"], typed.cells["DV01"]) == (TypedCell("zero", ""), TypedCell("nothing", ""))
    assert read_draft(FORM, typed)[0] == content(TT06=455)


def test_a_whole_report_passes_every_check() -> None:
    assert validate(FORM, content(), None) == []


def test_compulsory_cells_and_texts_are_asked_for() -> None:
    found = codes(validate(FORM, Content(), None))
    assert found[:3] == [("required", "CD01", "error"), ("required", "CD02", "error"), ("required", "CD03", "error")]
    assert found[-1] == ("required_text", "t5", "error")
    assert len(found) == 11


@pytest.mark.parametrize(
    ("cells", "finding", "params"),
    [
        ({"MH04": 15}, ("equation", "MH04", "warning"), {"made": "14", "stated": "15"}),
        ({"MH07": 15}, ("at_most", "MH07", "error"), {"stated": "15", "limit": "14", "other": "MH04"}),
        ({"DV01": 5, "DV02": 3, "DV03": 1}, ("parts", "DV01", "error"), {"made": "4", "stated": "5"}),
        ({"TT01": -1}, ("negative", "TT01", "error"), {}),
        ({"CD02": 2}, ("not_yes_no", "CD02", "error"), {}),
    ],
)
def test_rules_inside_one_report(cells: dict[str, int], finding: tuple[str, str, str], params: dict[str, str]) -> None:
    made = content()
    made = replace(made, cells={**made.cells, **{code: number(value) for code, value in cells.items()}})
    found = validate(FORM, made, None)
    assert codes(found) == [finding]
    assert dict(found[0].params) == params


def test_a_rule_is_silent_while_one_of_its_cells_is_missing_or_not_applicable() -> None:
    made = content()
    for cell in (MISSING, NOT_APPLICABLE):
        assert validate(FORM, replace(made, cells={**made.cells, "DV02": number(9), "DV03": cell}), None) == []


def test_nothing_to_report_is_an_amount_of_nought_in_a_sum() -> None:
    made = content()
    quiet = replace(made, cells={**made.cells, "MH01": number(2), "MH02": NOTHING, "MH03": ZERO, "MH04": number(3)})
    assert codes(validate(FORM, quiet, None)) == [("equation", "MH04", "warning")]


def test_opening_must_equal_the_closing_before() -> None:
    found = validate(FORM, content(), content(MH01=10, MH02=1, MH03=0, MH04=11))
    assert codes(found) == [("carried", "MH01", "warning")]
    assert dict(found[0].params) == {"stated": "12", "closed": "11", "other": "MH04"}


@pytest.mark.parametrize(("before", "now", "code"), [(9, 89, None), (9, 90, "jump"), (4, 2000, "slip"), (2000, 4, "slip"), (2000, 20, None)])
def test_a_jump_and_a_slip_of_a_thousand_are_pointed_out(before: int, now: int, code: str | None) -> None:
    found = validate(FORM, content(XH01=now, MH01=14, MH04=16), content(XH01=before))
    assert codes(found) == ([(code, "XH01", "warning")] if code else [])


def test_a_warning_is_settled_by_its_explanation() -> None:
    made = content(MH04=15)
    found = validate(FORM, made, None)
    assert [one.key for one in unexplained(found, made)] == ["mo-hinh"]
    assert unexplained(found, replace(made, explanations={"mo-hinh": "Một mô hình nhận bàn giao"})) == []


def test_unknown_cells_texts_and_sections_are_named() -> None:
    odd = replace(content(), texts={"t5": "Tốt", "t99": "?"}, evidence=(EvidenceMark("9", "ab", "x"),))
    odd = replace(odd, cells={**odd.cells, "ZZ": number(1)})
    assert [(one.code, one.cell) for one in validate(FORM, odd, None)] == [("unknown_cell", "ZZ"), ("unknown_cell", "t99"), ("unknown_cell", "9")]


def test_a_text_has_its_greatest_length() -> None:
    assert codes(validate(FORM, replace(content(), texts={"t5": "a" * 4001}), None)) == [("too_long", "t5", "error")]


def test_changes_between_two_versions_are_listed_in_the_order_of_the_form() -> None:
    cells, texts = changes(FORM, content(), replace(content(MH04=13, TT01=21), texts={"t5": "Tốt"}))
    assert [(one.code, one.before, one.after) for one in cells] == [("TT01", number(22), number(21)), ("MH04", number(14), number(13))]
    assert [(one.key, one.after) for one in texts] == [("t5", "Tốt")]


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        ("not_started", "save", "draft"),
        ("draft", "save", "draft"),
        ("returned", "save", "returned"),
        ("accepted", "save", "accepted"),
        ("not_started", "submit", "submitted"),
        ("draft", "submit", "submitted"),
        ("submitted", "submit", "submitted"),
        ("returned", "submit", "submitted"),
        ("accepted", "submit", "submitted"),
        ("submitted", "accept", "accepted"),
        ("submitted", "return", "returned"),
        ("not_started", "excuse", "excused"),
        ("draft", "excuse", "excused"),
        ("returned", "excuse", "excused"),
    ],
)
def test_moves_of_a_report(state: str, act: str, after: str) -> None:
    assert moved(state, act) == after


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("excused", "save"),
        ("excused", "submit"),
        ("draft", "accept"),
        ("accepted", "accept"),
        ("returned", "return"),
        ("submitted", "excuse"),
        ("accepted", "excuse"),
    ],
)
def test_moves_that_do_not_exist(state: str, act: str) -> None:
    with pytest.raises(NoSuchMove):
        moved(state, act)


@pytest.mark.parametrize(
    ("state", "saved", "sent", "taken"),
    [
        ("open", False, False, True),
        ("closing", True, False, True),
        ("closing", False, True, True),
        ("closing", False, False, False),
        ("closed", True, True, False),
    ],
)
def test_what_a_round_takes_in_each_state(state: str, saved: bool, sent: bool, taken: bool) -> None:
    assert takes(state, saved_in_time=saved, sent_before=sent) is taken


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"checks": [{"key": "c", "kind": "at_most", "cell": "TT01", "limit": "ZZ", "severity": "error"}]}, "not a cell of the form: ZZ"),
        ({"checks": [{"key": "c", "kind": "at_most", "cell": "TT03", "limit": "TT01"}]}, "not a cell of the form: TT03"),
        ({"checks": [{"key": "c", "kind": "guess"}]}, "kind 'guess'"),
        ({"checks": [{"key": "c", "kind": "parts", "total": "DV01", "severity": "loud"}]}, "severity 'loud'"),
        ({"sections": []}, "at least one section"),
    ],
)
def test_a_form_that_cannot_be_used_says_why(change: dict, message: str) -> None:
    data = catalogue()
    facts = {one["code"]: facts_of(one) for one in data["indicators"]}
    with pytest.raises(BadDefinition, match=message):
        read_definition({**data["form"], "indicators": facts, **change})


def test_the_catalogue_covers_every_aggregation_and_kind() -> None:
    listed = catalogue()["indicators"]
    assert len(listed) == 48
    assert {one["over_units"] for one in listed} == {"sum", "last", "max", "min", "wmean", "ratio", "share", "distinct", "joint", "none"}
    assert {one["over_time"] for one in listed} == {"sum", "last", "max", "min", "mean", "none"}
    assert {one["kind"] for one in listed} == {"count", "stock", "average", "cumulative", "ratio"}
    assert FORM.joint == ("CD04", "CD05")
    assert len(FORM.columns) == 43
