"""The part of an accepted report that its template lets the public see, and the evidence that was released."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F

from soket.files import queries as files
from soket.files.core import NAMES
from soket.reporting.core import Cell, Content, Definition, definition_of
from soket.reporting.models import Evidence, Indicator, Submission
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
class PublicFile:
    """A released file of evidence: the title it was attached under, its SHA-256, its kind ("PDF") and size in bytes."""

    title: str
    sha256: str
    kind: str
    size: int


@dataclass(frozen=True)
class PublicReport:
    """What may be shown to anyone. A field that the template keeps private is empty."""

    submission_id: str
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
    sections: list[tuple[str, str, list[PublicCell]]]
    """Key and title are of the form: title in Vietnamese, title in English, its figures."""
    texts: list[tuple[str, str, str]]
    evidence: list[PublicFile]
    withheld: list[tuple[str, str, int]]
    """What stays with the unit and its superiors: the form's name for that kind of evidence in both languages,
    never a file's own title, and how many files."""


def public_submissions(unit_id: int, digests: Iterable[str], rounds: Iterable[str]) -> list[PublicReport]:
    """The public parts of the unit's accepted versions with these digests in the named rounds, oldest first.

    A version accepted later is another digest: what a frozen figure counted stays what is shown for it. Equal
    content may come again in another round or version; the rounds and the latest decision tell them apart.
    """
    rows = Submission.objects.filter(
        report__unit_id=unit_id, report__round__slug__in=list(rounds), digest__in=set(digests), decision__verdict="accepted"
    )
    rows = rows.select_related("report__round__template", "decision").order_by("report__round__ends", "report__round_id", "decision")
    return [_public(row) for row in {row.report_id: row for row in rows}.values()]


def evidence_count(report_ids: set[int], round_ids: set[int]) -> int:
    """How many files the accepted versions of these reports carry."""
    rows = Evidence.objects.filter(submission__report__round_id__in=round_ids, submission=F("submission__report__accepted"))
    counts = rows.values_list("submission__report_id").annotate(files=Count("pk"))
    return sum(count for report, count in counts if report in report_ids)


def _public(submission: Submission) -> PublicReport:
    report, round_ = submission.report, submission.report.round
    definition, content = definition_of(round_.template.definition), content_of(submission)
    shown = definition.public
    released, withheld = _evidence(definition, content)
    return PublicReport(
        str(submission.pk), unit_names([report])[report.pk] if "units" in shown else "", round_.title_vi, round_.title_en,
        report.covers_from.isoformat(), report.covers_to.isoformat(), round_.synthetic, submission.number,
        submission.digest, submission.received_at, submission.decision.at,
        _sections(definition, content) if "values" in shown else [],
        [(text.label_vi, text.label_en, content.texts[text.key]) for _section, text in definition.texts()
         if "texts" in shown and text.key in content.texts],
        released, withheld,
    )  # fmt: skip


def _sections(definition: Definition, content: Content) -> list[tuple[str, str, list[PublicCell]]]:
    """The figures of each section whose indicators are public; a section without any is left out."""
    private = set(Indicator.objects.filter(code__in=definition.columns, public=False).values_list("code", flat=True))
    wanted = set(definition.columns) - private
    found = []
    for section in definition.sections:
        facts = [definition.facts[row.indicator] for row in section.rows if row.indicator in wanted]
        cells = [
            PublicCell(one.code, one.name_vi, one.name_en, one.measure_vi, one.measure_en, one.scale, one.yes_no, content.cell(one.code))
            for one in facts
        ]
        if cells:
            found.append((section.title_vi, section.title_en, cells))
    return found


def _evidence(definition: Definition, content: Content) -> tuple[list[PublicFile], list[tuple[str, str, int]]]:
    stored = files.by_hash(mark.sha256 for mark in content.evidence)
    released = files.public_ids(file.pk for file in stored.values()) if stored else set()
    shown = {sha256: file for sha256, file in stored.items() if file.pk in released}
    open_ = [
        PublicFile(mark.title, mark.sha256, NAMES.get(shown[mark.sha256].media_type, ""), shown[mark.sha256].size)
        for mark in content.evidence if mark.sha256 in shown
    ]
    closed = Counter(mark.section for mark in content.evidence if mark.sha256 not in shown)
    named = {section.key: section.evidence or {} for section in definition.sections}
    return open_, [(named[key].get("label_vi", ""), named[key].get("label_en", ""), count) for key, count in sorted(closed.items())]
