"""Papers: asked of a unit, sent by it, reviewed, tied to frozen figures."""
from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events, rules
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import Conference, Paper, PaperDecision, PaperFigure, PaperRevision
from soket.conferences.queries import papers as queries
from soket.conferences.queries.naming import unit_names
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations.models import Unit
from soket.reviews.actions import cite
from soket.reviews.models import Edition


@action
def call_paper(*, conference: Conference, unit: Unit, title: str, minutes: int, by: Actor, at: datetime, due_at: datetime | None = None) -> Paper:
    """Ask a unit for a paper. Raises Refused at title, minutes, due_at (already past)."""
    conference = locked(conference)
    require_runs(by, conference, at)
    if not 1 <= minutes <= 120:
        raise Refused(_("A paper takes between 1 and 120 minutes."), field="minutes")
    if due_at is not None and due_at <= at:
        raise Refused(_("The time by which it is due lies in the past."), field="due_at")
    last = conference.papers.order_by("-order").values_list("order", flat=True).first() or 0
    row = Paper(conference=conference, unit=unit, title=clean(title, "title", 300), minutes=minutes, order=last + 10, due_at=due_at)
    row.save()
    payload = {"paper": row.pk, "unit": unit_names([unit.pk], conference)[unit.pk], "title": row.title}
    record(event=events.agenda.PAPER_CALLED, by=by, subject=ref(conference), at=at, payload=payload)
    return row


def _held(paper: Paper) -> Paper:
    found: Paper = Paper.objects.select_for_update(of=("self",)).select_related("conference").get(pk=paper.pk)
    return found


@action
def send_paper(
    *, id: UUID, paper: Paper, title: str, by: Actor, at: datetime, summary: str = "", upload: Upload | None = None
) -> PaperRevision:
    """The unit sends a version. The same id with the same text gives the first one again.

    Raises Refused at unit (another's paper), paper (accepted or not presented any more), title, summary, file, id.
    """
    paper = _held(paper)
    if not rules.answers_for(by, paper.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    title, summary = clean(title, "title", 300), clean(summary, "summary", 8000, required=False)
    known = PaperRevision.objects.filter(pk=id).first()
    if known is not None:
        if (known.paper_id, known.title, known.summary, known.by_id) == (paper.pk, title, summary, by.actor_id):
            return known
        raise Refused(_("A version with this id was already sent with other content. Open the paper again and send it anew."), field="id")
    if paper.state in ("accepted", "dropped"):
        raise Refused(_("This paper is closed: it was accepted or will not be presented."), field="paper")
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at) if upload else None
    if file is None and not summary:
        raise Refused(_("Choose a file or write the text."), field="summary")
    row = PaperRevision(id=id, paper=paper, title=title, summary=summary, file=file, at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    Paper.objects.filter(pk=paper.pk).update(state="submitted", title=title)
    payload = {"paper": paper.pk, "title": title, "revision": str(id), "file": file.sha256 if file else ""}
    record(event=events.agenda.PAPER_SENT, by=by, subject=ref(paper.conference), at=at, payload=payload)
    return row


@action
def decide_paper(*, revision: PaperRevision, accepted: bool, by: Actor, at: datetime, remarks: str = "") -> PaperDecision:
    """Accept a version or return it with remarks. Refused: not the office, one's own, already decided, not the newest, no remarks."""
    paper = _held(revision.paper)
    require_runs(by, paper.conference, at)
    if revision.by_id == by.actor_id:
        raise Refused(_("Nobody decides on what they sent themselves."), field="revision")
    newest = paper.revisions.order_by("-at", "-pk").first()
    if newest is None or newest.pk != revision.pk:
        raise Refused(_("A newer version has come in. Read that one."), field="revision")
    if PaperDecision.objects.filter(revision=revision).exists():
        raise Refused(_("This version has already been decided on."), field="revision")
    remarks = clean(remarks, "remarks", 1000, required=not accepted)
    row = PaperDecision(revision=revision, accepted=accepted, remarks=remarks, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    Paper.objects.filter(pk=paper.pk).update(state="accepted" if accepted else "returned")
    payload = {"paper": paper.pk, "title": revision.title, "revision": str(revision.pk)}
    told = events.agenda.PAPER_ACCEPTED if accepted else events.agenda.PAPER_RETURNED
    record(event=told, by=by, subject=ref(paper.conference), at=at, payload=payload, reason=remarks)
    return row


@action
def drop_paper(*, paper: Paper, reason: str, by: Actor, at: datetime) -> None:
    """The paper will not be presented; what was sent stays. Raises Refused at reason."""
    paper = _held(paper)
    require_runs(by, paper.conference, at)
    Paper.objects.filter(pk=paper.pk).update(state="dropped")
    payload = {"paper": paper.pk, "title": paper.title}
    record(event=events.agenda.PAPER_DROPPED, by=by, subject=ref(paper.conference), at=at, payload=payload, reason=clean(reason, "reason", 300))


@action
def bind_figure(*, paper: Paper, edition: Edition, code: str, by: Actor, at: datetime) -> PaperFigure:
    """Tie the paper to a frozen figure of one of the conference's reviews; a new edition will flag it.

    Raises Refused at figure (not a current edition of these reviews, or no such code) or paper (not the actor's).
    """
    paper = _held(paper)
    day = day_of(at)
    if not (rules.runs(by, paper.conference, day) or rules.answers_for(by, paper.unit_id, day)):
        raise Refused(_("You do not report for this unit."), field="paper")
    if edition.pk not in {one.pk for one in queries.editions_of(paper.conference)}:
        raise Refused(_("Choose a figure of the reviews that this conference holds."), field="figure")
    known = PaperFigure.objects.filter(paper=paper, edition=edition, code=code).first()
    if known is not None:
        return known
    about = Ref(queries.KIND, str(paper.pk), paper.title)
    cite(edition=edition, figure=code, ref=about, url=reverse("conferences:paper", args=[paper.conference.slug, paper.pk]), by=by, at=at)
    row = PaperFigure(paper=paper, edition=edition, code=code, order=paper.figures.count())
    row.save()
    payload = {"paper": paper.pk, "title": paper.title, "code": code, "edition": edition.number}
    record(event=events.agenda.FIGURE_BOUND, by=by, subject=ref(paper.conference), at=at, payload=payload)
    return row


@action
def loose_figure(*, figure: PaperFigure, by: Actor, at: datetime) -> None:
    """The paper no longer stands on the figure; that it once did stays in the citation index."""
    paper = _held(figure.paper)
    day = day_of(at)
    if not (rules.runs(by, paper.conference, day) or rules.answers_for(by, paper.unit_id, day)):
        raise Refused(_("You do not report for this unit."), field="paper")
    payload = {"paper": paper.pk, "title": paper.title, "code": figure.code, "edition": figure.edition.number}
    PaperFigure.objects.filter(pk=figure.pk).delete()
    record(event=events.agenda.FIGURE_LOOSED, by=by, subject=ref(paper.conference), at=at, payload=payload)
