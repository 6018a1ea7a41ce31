"""The citation index: upper rooms say which figure of which edition they rely on."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reviews import events, queries
from soket.reviews.actions.shared import ref as _about
from soket.reviews.models import Citation, Edition, Freeze


@action
def cite(*, edition: Edition, figure: str, ref: Ref, url: str, by: Actor, at: datetime) -> Citation:
    """Note that `ref` relies on a figure of a frozen edition; said twice it is noted once.

    Raises Refused when the edition is not frozen or holds no such figure.
    """
    if not Freeze.objects.filter(edition=edition).exists():
        raise Refused(_("Only a frozen edition can be cited."), field="edition")
    try:
        queries.frozen_figure(edition, figure)
    except queries.UnknownFigure:
        raise Refused(_("The edition holds no figure of this code."), field="figure") from None
    known = Citation.objects.filter(edition=edition, figure=figure, kind=ref.kind, ref_id=ref.id).first()
    if known is not None:
        return known
    row = Citation(edition=edition, figure=figure, kind=ref.kind, ref_id=ref.id, label=ref.label[:300], url=url, at=at)
    row.save(force_insert=True)
    payload = {"source": row.label, "figure": figure, "edition": edition.number}
    record(event=events.CITED, by=by, subject=_about(edition.review), at=at, payload=payload)
    return row
