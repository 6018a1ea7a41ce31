"""Duties and claims of the demonstration world: the seed's programmes at province level, the running one down to the communes."""
from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from soket.demo import evidence
from soket.demo.content import generator
from soket.demo.reports import ACCEPTER, BATCH, OFFICE, moment
from soket.files.models import StoredFile
from soket.kernel.actor import SystemActor
from soket.kernel.memo import remembering
from soket.organisations import queries as organisations
from soket.programmes import actions
from soket.programmes.models import DueRule, Duty, Programme

SPACE = uuid.UUID("1c7e0b53-98aa-4f0e-8d4c-6b1d2f8a7e90")


def _day_after(programme: Programme, days: int) -> date:
    return (programme.signed_on or date(2023, 10, 17)) + timedelta(days=days)


def resolve(programme: Programme) -> int:
    """Draw up who owes what; the running programme again on 1 July 2025, when the communes were formed anew."""
    made = 0
    for obligation in programme.obligations.prefetch_related("scopes"):
        if obligation.due_rule == DueRule.EVERY_ROUND:
            continue
        levels = {scope.level for scope in obligation.scopes.all()}
        days = [date(2025, 1, 2), date(2025, 7, 1)] if 3 in levels else [_day_after(programme, 30)]
        if 3 not in levels and programme.signed_on is None:
            days.append(date(2025, 7, 1))
        for day in days:
            made += len(actions.resolve_duties(obligation=obligation, on=day, by=OFFICE, at=moment(day + timedelta(days=1))))
    return made


def claim_and_accept(programme: Programme) -> int:
    """Most duties are claimed with a document and accepted; some wait, are returned, excused or never claimed."""
    done = 0
    for obligation in programme.obligations.all():
        duties = list(Duty.objects.filter(obligation=obligation).select_related("unit__line").order_by("id"))
        papers = evidence.documents(obligation, duties)
        for start in range(0, len(duties), BATCH):
            done += _batch(programme, papers, duties[start : start + BATCH])
    return done


def _everyone(programme: Programme) -> bool:
    """The three programmes reviewed in 2018 were carried out by every unit; the running one has gaps."""
    return programme.signed_on is not None and programme.signed_on.year < 2020


def _batch(programme: Programme, papers: Mapping[int, evidence.Document], duties: Sequence[Duty]) -> int:
    claimed, accepted = [], []
    with remembering():
        last_days = {duty.unit_id: organisations.last_day(duty.unit_id) for duty in duties}
    for duty in duties:
        roll = generator("duty", duty.pk).random()
        if not _everyone(programme) and roll < 0.02:
            continue
        last = last_days[duty.unit_id]
        if last is not None and papers[duty.pk].dated > last:
            continue
        claimed.append(duty)
        if _everyone(programme) or roll > 0.04:
            accepted.append(duty)
    if not claimed:
        return 0
    at = moment(max(papers[duty.pk].dated for duty in claimed) + timedelta(days=3))
    clerk = SystemActor("demo-claims", "Cán bộ đơn vị (minh họa)")
    files = evidence.keep_documents([papers[duty.pk] for duty in claimed], clerk, at)
    drafts = [_draft(duty, papers[duty.pk], files[papers[duty.pk]]) for duty in claimed]
    actions.claim_many(claims=drafts, by=clerk, at=at)
    actions.accept_many(duties=accepted, by=ACCEPTER, at=at + timedelta(days=2))
    return len(accepted)


def _draft(duty: Duty, paper: evidence.Document, file: StoredFile) -> actions.ClaimDraft:
    return actions.ClaimDraft(uuid.uuid5(SPACE, str(duty.pk)), duty, paper.number, paper.dated, file)


def excuse_some(programme: Programme) -> int:
    """Two units are excused with a reason; they leave the denominator visibly."""
    open_duties = Duty.objects.filter(obligation__programme=programme, state="due").order_by("-id")[:2]
    for duty in open_duties:
        actions.excuse(duty=duty, reason="Đang kiện toàn tổ chức, cấp trên cho lùi thời gian (minh họa)", by=ACCEPTER,
                       at=moment(max(duty.since, date(2025, 7, 1)) + timedelta(days=120)))
    return len(open_duties)
