"""The two numbers behind a mean: its sum has the decimals of what was reported, its divisor is a count."""
from __future__ import annotations

from soket.reviews import core, paper
from soket.reviews.queries.frozen import FrozenFigure


def test_the_paper_prints_a_pair_that_gives_the_value() -> None:
    computed = core.Computed(state="value", numerator=12345, denominator=40, scale=1, measure=core.Words("phút", "minutes"))
    body = core.figure_body(computed, code="01", printed="SK-01", label=core.Words("Thời gian xử lý", "Time taken"), spec={"kind": "indicator"}, tree_version=1)
    row = paper._register_row(FrozenFigure("so-ket", 1, "d" * 64, "e" * 64, body))
    assert row.cells[2:5] == ("30,86", "phút", "1.234,5\u00a0/\u00a040")  # 1.234,5 over 40
