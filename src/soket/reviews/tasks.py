"""Work after the request: an edition set as its papers, seconds of work for a long one."""
from __future__ import annotations

from soket.documents.queries import render_docx, render_pdf
from soket.jobs.declare import job
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.reviews import actions, queries
from soket.reviews.models import Edition, Paper
from soket.reviews.paper import review_paper

RENDER = {"pdf": render_pdf, "docx": render_docx}
SETTER = SystemActor("paper-setter", "Soket")


def set_now(edition: Edition, form: str) -> Paper:
    """The kept paper, set first when there is none. Rendering holds no transaction: only keeping does."""
    known = queries.kept_paper(edition, form)
    if known is not None:
        return known
    content = RENDER[form](review_paper(edition))
    return actions.keep_paper(edition=edition, form=form, content=content, by=SETTER, at=now())


@job
def set_paper(*, edition: int, form: str) -> str:
    """Set one paper of a frozen edition (by id) and keep it; done already, it stays. Answers its SHA-256."""
    found = queries.frozen_by_id(edition)
    return "" if found is None else set_now(found, form).file.sha256
