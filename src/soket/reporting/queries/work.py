"""What waits for someone in this room."""
from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.reporting.models import Extension, ReportState
from soket.reporting.queries.joint import to_answer
from soket.reporting.queries.reports import overdue, reports_visible_to, to_report, waiting_for_decision
from soket.reporting.queries.rounds import closed_rounds, may_run
from soket.reporting.queries.state import unit_names
from soket.reporting.queries.twins import to_settle
from soket.reporting.rules import in_language
from soket.ui.work import WorkItem

SHOWN = 20


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """Reports to write or correct, used ids to settle, reports to decide, joint events to answer, deadlines to agree
    to, rounds with overdue reports."""
    parts = (_to_write, _to_settle, _to_decide, _to_answer, _to_agree, _to_chase)
    return [item for part in parts for item in part(actor, at)]


def _to_settle(actor: Actor, at: datetime) -> list[WorkItem]:
    if not actor.reach(Office.REPORT, day_of(at)).units:
        return []
    rows = list(to_settle(actor, day_of(at))[:SHOWN])
    names = unit_names([row.report for row in rows if row.report is not None])
    return [
        WorkItem(
            title=f"{in_language(row.report.round.title_vi, row.report.round.title_en)} · {names[row.report.pk]}",
            detail=_("Content under a used id: say which stands"), url=reverse("reporting:twin", args=[row.report.pk, row.pk]),
        )
        for row in rows
        if row.report is not None
    ]  # fmt: skip


def _to_agree(actor: Actor, at: datetime) -> list[WorkItem]:
    """Requests for a later deadline by a colleague, in rounds that the actor's office runs."""
    reach = actor.reach(Office.PROGRAMME, day_of(at))
    if not (reach.units or reach.everything):
        return []
    asked = Extension.objects.filter(answer=None).exclude(by_id=actor.actor_id).exclude(scope__round_id__in=closed_rounds())
    rounds = {row.scope.round_id: row.scope.round for row in asked.select_related("scope__round").order_by("id")}
    return [
        WorkItem(
            title=in_language(round_.title_vi, round_.title_en), detail=_("A later deadline waits for a second person"),
            url=f"{reverse('reporting:round', args=[round_.slug])}#deadlines",
        )
        for round_ in rounds.values()
        if may_run(actor, round_, day_of(at))
    ]  # fmt: skip


def _to_write(actor: Actor, at: datetime) -> list[WorkItem]:
    rows = list(to_report(actor, day_of(at)).select_related("round").order_by("due_at", "id")[:SHOWN])
    names = unit_names(rows)
    words = {
        ReportState.NOT_STARTED.value: _("Report not started"),
        ReportState.DRAFT.value: _("Draft to be finished"),
        ReportState.RETURNED.value: _("Returned for correction"),
    }
    return [
        WorkItem(
            title=f"{in_language(row.round.title_vi, row.round.title_en)} · {names[row.pk]}", detail=words[row.state],
            url=reverse("reporting:form", args=[row.pk]), due=row.due_at, late=row.due_at < at,
        )
        for row in rows
    ]


def _to_decide(actor: Actor, at: datetime) -> list[WorkItem]:
    if not actor.reach(Office.DECIDE, day_of(at)).units:
        return []
    rows = (
        waiting_for_decision(actor, day_of(at))
        .order_by()
        .values("round__slug", "round__title_vi", "round__title_en", "round__ends")
        .annotate(count=Count("id"), oldest=Min("head__received_at"))
        .order_by("-round__ends")
    )
    return [
        WorkItem(
            title=in_language(row["round__title_vi"], row["round__title_en"]),
            detail=ngettext("%(count)s report waits for your decision", "%(count)s reports wait for your decision", row["count"])
            % {"count": row["count"]},
            url=f"{reverse('reporting:queue')}?round={row['round__slug']}",
            count=row["count"],
        )
        for row in rows
    ]


def _to_answer(actor: Actor, at: datetime) -> list[WorkItem]:
    if not actor.reach(Office.REPORT, day_of(at)).units:
        return []
    rows = to_answer(actor, day_of(at)).exclude(round_id__in=closed_rounds()).select_related("round")[:SHOWN]
    return [
        WorkItem(
            title=f"{event.title} · {event.held_on:%d/%m/%Y}", detail=_("Your partner recorded a joint event: confirm it or not"),
            url=reverse("reporting:joint", args=[event.round.slug, event.counterpart_id]),
        )
        for event in rows
    ]


def _to_chase(actor: Actor, at: datetime) -> list[WorkItem]:
    reach = actor.reach(Office.PROGRAMME, day_of(at))
    if not (reach.units or reach.everything):
        return []
    rows = (
        reports_visible_to(actor, day_of(at))
        .exclude(round_id__in=closed_rounds())
        .order_by()
        .values("round__slug", "round__title_vi", "round__title_en", "round__ends")
        .annotate(count=Count("id", filter=overdue(at)), due=Min("due_at"))
        .filter(count__gt=0)
        .order_by("-round__ends")
    )
    return [
        WorkItem(
            title=in_language(row["round__title_vi"], row["round__title_en"]),
            detail=ngettext("%(count)s report is overdue", "%(count)s reports are overdue", row["count"]) % {"count": row["count"]},
            url=f"{reverse('reporting:round', args=[row['round__slug']])}?late=1",
            due=row["due"], late=True, count=row["count"],
        )
        for row in rows
    ]
