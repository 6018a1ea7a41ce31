"""A frozen edition as an official paper, kept once it is set."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.files import core as files
from soket.files.actions import store
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.reviews import events, queries
from soket.reviews.actions.shared import ref
from soket.reviews.core import PAPER_TYPES
from soket.reviews.models import Edition, Freeze, Paper


@action
def keep_paper(*, edition: Edition, form: str, content: bytes, by: Actor, at: datetime) -> Paper:
    """Keep the paper of an edition; the one already kept is returned while its bytes are whole.

    `form` is docx or pdf. Raises Refused when the edition is not frozen or the bytes are not of that form.
    """
    if not Freeze.objects.filter(edition=edition).exists():
        raise Refused(_("Only a frozen edition has papers."), field="edition")
    known = queries.kept_paper(edition, form)
    if known is not None:
        return known
    name = f"{edition.review.code}-ban-{edition.number}.{form}"
    file = store(
        content=content, name=name, allowed=files.EVIDENCE & {PAPER_TYPES[form]}, by=by, at=at, synthetic=edition.review.synthetic
    )
    row = Paper(edition=edition, form=form, file=file, at=at)
    row.save(force_insert=True)
    payload = {"edition": edition.number, "form": form, "sha256": file.sha256}
    record(event=events.PAPER_KEPT, by=by, subject=ref(edition.review), at=at, payload=payload)
    return row
