"""Work after the request: a round with thousands of reports is opened by the worker."""
from __future__ import annotations

from soket.jobs.declare import job
from soket.kernel.clock import now
from soket.reporting import actions, queries

LARGE = 5000
"""From how many reports on a round is opened by the worker: about a second's work in the request."""


@job
def open_large(*, person: str, wanted: str) -> str:
    """Open the round of the draft `wanted` (JSON, see `queries.draft_text`) for a person (id). Done already by an
    earlier attempt, nothing more is made. Answers the round's slug."""
    by, draft = queries.person_by_id(person), queries.draft_from(wanted)
    known = queries.opened_from(draft)
    return known.slug if known else actions.open_rounds(rounds=[draft], by=by, at=now())[0].slug
