"""The worked example of docs/algorithms/freezing.md, and how values are printed from an entry alone."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from soket.audit import dossier
from soket.reviews import core
from soket.reviews.queries import shown

pytestmark = pytest.mark.one_database
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "algorithms" / "freezing.md"


def _body(**changes: object) -> dict[str, object]:
    computed = core.Computed(**{"state": "value", "numerator": 66, **changes})  # type: ignore[arg-type]
    return core.figure_body(computed, code="01", printed="SK-01", label=core.Words("a", "b"), spec={"kind": "x"}, tree_version=3)


def test_the_worked_example_is_true() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    line, digest = re.search(r"```\n(\{.*\})\nsha256 ([0-9a-f]{64})\n```", text).groups()  # type: ignore[union-attr]
    entry = dossier.Entry("figure/01", {"state": "value", "code": "01", "numerator": "66"})
    assert (entry.line().decode(), entry.sha256()) == (line, digest)


@pytest.mark.parametrize(
    ("changes", "vi", "en"),
    [
        ({}, "66", "66"),
        ({"numerator": 12345678, "scale": 1}, "1.234.567,8", "1,234,567.8"),
        ({"numerator": 3268, "denominator": 3319, "percent": True}, "98,5\u00a0%", "98.5%"),
        ({"numerator": 9999, "denominator": 10000, "percent": True}, "99,9\u00a0%", "99.9%"),
        ({"numerator": 1735, "denominator": 22}, "78,9", "78.9"),
        ({"numerator": 10, "upper": 14, "state": "range"}, "10–14", "10–14"),
        ({"numerator": 410000, "precision": "over"}, "hơn 410.000", "more than 410,000"),
        ({"numerator": None, "state": "nothing"}, "không phát sinh", "nothing to report"),
        ({"numerator": None, "state": "not_comparable"}, "không so sánh được", "not comparable"),
    ],
)
def test_a_value_is_printed_from_its_entry(changes: dict[str, object], vi: str, en: str) -> None:
    body = _body(**changes)
    assert (shown(body, "vi"), shown(body, "en")) == (vi, en)


def test_editions_differ_in_values_not_in_words() -> None:
    old, same, new = _body(), _body(definition=core.Words("khác", "other")), _body(numerator=88)
    assert core.differences([old], [same]) == []
    assert core.differences([old], [new]) == [("01", old, new)]
    assert core.differences([old], []) == [("01", old, None)]
