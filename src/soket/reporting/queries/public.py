"""The part of an accepted report that its template lets the public see. Files stay private."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.reporting.core import Cell, definition_of
from soket.reporting.models import Report
from soket.reporting.queries.state import content_of, unit_names


@dataclass(frozen=True)
class PublicCell:
    """One figure with its name and measure in both languages; `scale` is its number of decimals."""

    code: str
    name_vi: str
    name_en: str
    measure_vi: str
    measure_en: str
    scale: int
    yes_no: bool
    cell: Cell


@dataclass(frozen=True)
class PublicReport:
    """What may be shown to anyone. A field that the template keeps private is empty."""

    report_id: int
    unit_name: str
    round_vi: str
    round_en: str
    starts: str
    ends: str
    synthetic: bool
    number: int
    digest: str
    received_at: datetime
    accepted_at: datetime
    cells: list[PublicCell]
    texts: list[tuple[str, str, str]]


def public_report(report: Report) -> PublicReport | None:
    """The public part of the accepted version; None when nothing has been accepted."""
    submission = report.accepted
    if submission is None:
        return None
    round_ = report.round
    definition = definition_of(round_.template.definition)
    content = content_of(submission)
    shown = definition.public
    cells = [
        PublicCell(
            code, fact.name_vi, fact.name_en, fact.measure_vi, fact.measure_en, fact.scale, fact.yes_no, content.cell(code)
        )
        for code, fact in ((code, definition.facts[code]) for code in definition.columns)
        if "values" in shown
    ]
    texts = [
        (text.label_vi, text.label_en, content.texts[text.key])
        for _section, text in definition.texts()
        if "texts" in shown and text.key in content.texts
    ]
    return PublicReport(
        report.pk, unit_names([report])[report.pk] if "units" in shown else "", round_.title_vi, round_.title_en,
        report.covers_from.isoformat(), report.covers_to.isoformat(), round_.synthetic, submission.number,
        submission.digest, submission.received_at, submission.decision.at, cells, texts,
    )
