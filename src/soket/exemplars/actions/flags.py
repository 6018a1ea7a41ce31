"""A newer edition was frozen: the published exemplars that rely on its review's figures are marked, never rewritten."""
from __future__ import annotations

from datetime import datetime

from soket.audit.actions import record
from soket.exemplars import events
from soket.exemplars.actions.shared import exemplar_ref
from soket.exemplars.models import Exemplar, FigureFlag
from soket.kernel.actor import Actor
from soket.kernel.door import action
from soket.reviews.models import Citation, Edition


@action
def flag_figure(*, exemplar_id: int, citation_id: int, newer_id: int, changed: bool, by: Actor, at: datetime) -> FigureFlag | None:
    """Keep that the cited figure has a newer edition, and whether its value changed; said twice it is kept once. None without an exemplar."""
    exemplar = Exemplar.objects.filter(pk=exemplar_id).first()
    citation, newer = Citation.objects.select_related("edition").get(pk=citation_id), Edition.objects.get(pk=newer_id)
    if exemplar is None:
        return None
    key = {"exemplar": exemplar, "cited": citation.edition, "code": citation.figure, "newer": newer}
    known: FigureFlag | None = FigureFlag.objects.filter(**key).first()
    if known is not None:
        return known
    row = FigureFlag(**key, changed=changed, at=at)
    row.save(force_insert=True)
    payload = {"code": citation.figure, "cited": citation.edition.number, "newer": newer.number, "changed": changed}
    record(event=events.FLAGGED, by=by, subject=exemplar_ref(exemplar), at=at, payload=payload)
    return row
