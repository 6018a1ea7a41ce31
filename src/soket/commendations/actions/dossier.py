"""What is said about a nomination and the papers of its dossier."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.shared import locked, nomination_ref, take_side
from soket.commendations.models import Attachment, Nomination, Remark
from soket.commendations.models.nominating import Side
from soket.commendations.queries import scope
from soket.commendations.queries.dossier import KINDS, TAKES_PAPERS
from soket.files import core as files
from soket.files.actions import Upload, store
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean


@action
def remark(*, nomination: Nomination, text: str, by: Actor, at: datetime) -> Remark:
    """Whoever sees the nomination says something about it, for everyone who sees it. On no side. Raises Refused at text."""
    if scope.nomination(by, nomination.pk, day_of(at)) is None:
        raise Refused(_("You do not see this nomination."))
    row = Remark(nomination=nomination, text=clean(text, "text", 2000), at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    record(event=events.nominating.REMARKED, by=by, subject=nomination_ref(nomination), at=at, payload={})
    return row


@action
def attach(
    *, nomination: Nomination, kind: str, title: str, upload: Upload, by: Actor, at: datetime, document: str = "", dated: date | None = None
) -> Attachment:  # fmt: skip
    """Put a paper in the dossier, by the side that proposes. The same bytes as the same kind again give the first row.

    Raises Refused at kind, title, document, dated (in the future), file, or without a field for whoever may not, or too late.
    """
    paper = _paper(kind, title, document, dated, at)
    return _attached([nomination], paper, upload, by, at)[0]


@action
def attach_to_many(
    *, nominations: Sequence[Nomination], kind: str, title: str, upload: Upload, by: Actor, at: datetime, document: str = "", dated: date | None = None
) -> list[Attachment]:  # fmt: skip
    """`attach` of one paper to several dossiers, as one Tờ trình stands for a whole list; all or none."""
    return _attached(nominations, _paper(kind, title, document, dated, at), upload, by, at)


def _paper(kind: str, title: str, document: str, dated: date | None, at: datetime) -> dict[str, Any]:
    """What is said of a paper, cleaned."""
    if kind not in KINDS:
        raise Refused(_("Choose the kind of paper."), field="kind")
    if dated is not None and dated > day_of(at):
        raise Refused(_("The day of the paper lies in the future."), field="dated")
    return {"kind": kind, "title": clean(title, "title", 300), "document": clean(document, "document", 80, required=False), "dated": dated}


def _attached(nominations: Sequence[Nomination], paper: dict[str, Any], upload: Upload, by: Actor, at: datetime) -> list[Attachment]:
    held = [_open(nomination, by, at) for nomination in nominations]
    synthetic = any(one.synthetic for one in held)
    file = store(content=upload.content, name=upload.name, allowed=files.EVIDENCE, by=by, at=at, synthetic=synthetic)
    return [_one(nomination, paper, file, by, at) for nomination in held]


def _open(nomination: Nomination, by: Actor, at: datetime) -> Nomination:
    """The nomination, held, when its dossier takes papers from this actor."""
    held, day = locked(nomination), day_of(at)
    if not (rules.reports_for(by, held.proposer_id, day) or rules.confirms_for(by, held.proposer_id, day)):
        raise Refused(_("Only the unit that proposes and the level that submits put papers in the dossier."))
    if held.state not in TAKES_PAPERS:
        raise Refused(_("This cannot be done while the nomination stands at “%(state)s”.") % {"state": held.get_state_display()})
    take_side(held, Side.PROPOSE, "attach", by, at)
    return held


def _one(held: Nomination, paper: dict[str, Any], file: StoredFile, by: Actor, at: datetime) -> Attachment:
    known: Attachment | None = Attachment.objects.filter(nomination=held, file=file, **paper).first()
    if known is not None:
        return known
    row = Attachment(nomination=held, file=file, at=at, by_id=by.actor_id, by_label=by.actor_label, **paper)
    row.save(force_insert=True)
    payload = {"kind": row.kind, "title": row.title, "document": row.document, "file": file.sha256}
    record(event=events.nominating.ATTACHED, by=by, subject=nomination_ref(held), at=at, payload=payload)
    return row
