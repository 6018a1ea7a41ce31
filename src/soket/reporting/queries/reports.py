"""Reports through the reader's scope: lists with filters, one report, its versions and decisions."""
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.clock import today
from soket.kernel.text import folded, whole
from soket.organisations.models import UnitVersion
from soket.reporting import rules
from soket.reporting.core import CellChange, Content, Definition, TextChange, changes, definition_of
from soket.reporting.models import (
    Decision,
    Draft,
    DraftFile,
    DraftTwin,
    Evidence,
    Report,
    ReportState,
    Round,
    Submission,
)
from soket.reporting.queries.state import content_of, unit_names


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed by; empty means not at all. `late` counts owed reports past their deadline too."""

    round: str = ""
    state: str = ""
    text: str = ""
    line: str = ""
    level: str = ""
    late: bool = False
    to_decide: bool = False

    def to_query(self) -> dict[str, str]:
        """The filled filters as address parameters."""
        named = {"round": self.round, "state": self.state, "q": self.text, "line": self.line, "level": self.level}
        flags = {"late": "1" if self.late else "", "decide": "1" if self.to_decide else ""}
        return {key: value for key, value in {**named, **flags}.items() if value}


def reports_visible_to(actor: Actor, day: date) -> QuerySet[Report]:
    """Every report the actor may read, newest round first, then by unit."""
    return Report.objects.filter(rules.visible_reports(actor, day)).order_by("-round__ends", "round_id", "unit_id")


def report_for(actor: Actor, report_id: int, day: date) -> Report | None:
    """The report, if it exists for this reader."""
    rows = reports_visible_to(actor, day).select_related("round__template", "unit__line", "head", "accepted", "decider")
    return rows.filter(pk=report_id).first()


def _then(field_: str = "unit_id") -> Q:
    return Q(unit_id=OuterRef(field_), valid_from__lte=OuterRef("covers_to")) & (
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("covers_to"))
    )


def listed(reports: QuerySet[Report], filters: Filters, at: datetime) -> QuerySet[Report]:
    """Reports narrowed and in Vietnamese order of unit names, with `unit_name` and `first_late`."""
    then = UnitVersion.objects.filter(_then())
    first = Submission.objects.filter(report=OuterRef("pk"), number=1).values("late")[:1]
    rows = reports.annotate(
        unit_name=Subquery(then.values("name")[:1]), unit_sort=Subquery(then.values("sort_key")[:1]), first_late=Subquery(first)
    )
    if filters.round:
        rows = rows.filter(round__slug=filters.round)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.line:
        rows = rows.filter(unit__line__code=filters.line)
    if (level := whole(filters.level)) is not None:
        rows = rows.filter(Exists(then.filter(level=level)))
    if filters.text.strip():
        try:
            rows = rows.filter(Exists(then.filter(folded__contains=folded(filters.text))))
        except ValueError:  # no unit bears a broken name
            rows = rows.none()
    if filters.late:
        rows = rows.filter(overdue(at) | Q(first_late=True))
    return rows.select_related("round", "unit__line").order_by("-round__ends", "round_id", "unit_sort", "unit_id")


def overdue(at: datetime) -> Q:
    """Owed, never sent, and past the deadline."""
    return Q(head=None, due_at__lt=at) & ~Q(state=ReportState.EXCUSED)


def waiting_for_decision(actor: Actor, day: date) -> QuerySet[Report]:
    """Sent reports that wait for this very actor's decision."""
    reach = rules.decides_at(actor, day)
    mine = rules.within("decider_id", reach)
    return Report.objects.filter(mine, state=ReportState.SUBMITTED).exclude(decider=None)


def rounds_among(reports: QuerySet[Report]) -> list[Round]:
    """The rounds of some reports, newest first."""
    return list(Round.objects.filter(pk__in=reports.order_by().values("round_id")).order_by("-ends", "id"))


def to_report(actor: Actor, day: date) -> QuerySet[Report]:
    """Reports that wait to be written or corrected by this very actor, in rounds that still take them."""
    from soket.reporting.queries.rounds import closed_rounds

    return (
        Report.objects.filter(rules.own_units(actor, day))
        .filter(state__in=[ReportState.NOT_STARTED, ReportState.DRAFT, ReportState.RETURNED])
        .exclude(round_id__in=closed_rounds())
    )


@dataclass(frozen=True)
class Version:
    """One submission with its decision, its files, and what changed against the version before."""

    submission: Submission
    decision: Decision | None
    section_remarks: Mapping[str, str]
    evidence: list[Evidence]
    cell_changes: list[CellChange]
    text_changes: list[TextChange]


def history(report: Report) -> list[Version]:
    """The versions of a report, newest first. Report needs `round.template` loaded."""
    definition = definition_of(report.round.template.definition)
    rows = list(report.submissions.select_related("decision__unit").prefetch_related("evidence__file").order_by("number"))
    found: list[Version] = []
    before: Content | None = None
    for row in rows:
        content = content_of(row)
        cells, texts = changes(definition, before, content) if before is not None else ([], [])
        decision: Decision | None = getattr(row, "decision", None)
        remarks = json.loads(decision.section_remarks) if decision else {}
        found.append(Version(row, decision, remarks, list(row.evidence.all()), cells, texts))
        before = content
    return found[::-1]


@dataclass(frozen=True)
class Desk:
    """What the form page needs of a report besides the report itself."""

    definition: Definition
    unit_name: str
    draft: Draft | None
    twin: DraftTwin | None
    files: list[DraftFile] = field(default_factory=list)


def desk(report: Report) -> Desk:
    draft = Draft.objects.filter(report=report).first()
    twin = DraftTwin.objects.filter(report=report).order_by("-id").first()
    newer = twin if twin and draft and twin.saved_at > draft.saved_at else None
    files = list(DraftFile.objects.filter(report=report).select_related("file").order_by("section", "id"))
    return Desk(definition_of(report.round.template.definition), unit_names([report])[report.pk], draft, newer, files)


def draft_file(report: Report, file_id: int) -> DraftFile | None:
    return DraftFile.objects.filter(report=report, pk=file_id).select_related("report__round", "file").first()


def submission_of(report: Report, submission_id: UUID) -> Submission | None:
    return report.submissions.filter(pk=submission_id).first()


def receipts(report: Report) -> list[Submission]:
    """Submissions as receipts: id, number, digest, time, late, event; newest first; without their content."""
    return list(report.submissions.defer("content", "values", "states").order_by("-number"))


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Whether a report that the actor may read carries the file, sent or in a draft."""
    seen = reports_visible_to(actor, today())
    sent = Exists(Evidence.objects.filter(submission__report=OuterRef("pk"), file=file))
    drafted = Exists(DraftFile.objects.filter(report=OuterRef("pk"), file=file))
    return bool(seen.filter(sent | drafted).exists())


def chosen_version(versions: list[Version], number: str) -> Version | None:
    """The version of that number, else the newest; None while nothing was sent."""
    named = [one for one in versions if str(one.submission.number) == number]
    found = named or versions
    return found[0] if found else None


def rounds_visible_to(actor: Actor, day: date) -> QuerySet[Round]:
    """Rounds with at least one report that the actor may read, newest first."""
    return Round.objects.filter(rules.visible_rounds(actor, day)).select_related("template").order_by("-ends", "id")


def report_in(actor: Actor, slug: str, unit_id: int, day: date) -> Report | None:
    """The report of a unit in a round, if it exists for this reader."""
    rows = reports_visible_to(actor, day).select_related("round__template", "unit__line", "head", "decider")
    return rows.filter(round__slug=slug, unit_id=unit_id).first()
