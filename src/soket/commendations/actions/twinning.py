"""Nominations that may be one achievement are put side by side; a person settles them later."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soket.audit.actions import EventDraft, record_many
from soket.commendations import events
from soket.commendations.actions.shared import nomination_ref
from soket.commendations.models import Nomination, Twin
from soket.commendations.queries import twins
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of


def find_twins(nominations: Sequence[Nomination], by: Actor, at: datetime, book: twins.Book | None = None) -> list[Twin]:
    """Note each pair that is not noted yet, on whichever side; returns the new ones."""
    if not nominations:
        return []
    day, made = day_of(at), []
    book = book or twins.book_for(nominations, day)
    for nomination in nominations:
        pairs = book.twins(twins.claim_of(nomination, day))
        known = _known(nomination) if pairs else set()
        made += [Twin(nomination=nomination, other_id=other, exact=exact, at=at) for other, exact in pairs if other not in known]
    for row in made:
        row.save(force_insert=True)
    others = {one.pk: one for one in Nomination.objects.filter(pk__in=[row.other_id for row in made]).select_related("campaign_form__campaign")}
    told = [(nomination_ref(row.nomination), {"other": nomination_ref(others[row.other_id]).label, "exact": row.exact}) for row in made]
    record_many(drafts=[EventDraft(events.nominating.TWIN_FOUND, by, subject, at, payload) for subject, payload in told])
    return made


def _known(nomination: Nomination) -> set[object]:
    """Those that stand beside the nomination already."""
    return {row.other_id if row.nomination_id == nomination.pk else row.nomination_id for row in twins.of_nomination(nomination)}
