"""Times of an article: embargo, expiry, and what goes out by itself when its time has come."""
from __future__ import annotations

import logging
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor, SystemActor
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.publishing import queries, rules, signals
from soket.publishing.actions import steps
from soket.publishing.actions.base import article_ref, held
from soket.publishing.events import timing as events
from soket.publishing.models import Article, ArticleState
from soket.publishing.queries import flow
from soket.publishing.queries.work import PUBLISHER

log = logging.getLogger("soket.publishing")


@action
def set_times(*, article: Article, embargo_until: datetime | None, expires_at: datetime | None, by: Actor, at: datetime) -> Article:
    """Set, change or remove (None) both times. What was so before is left as it is and not recorded.

    Raises Refused at embargo_until or expires_at: a time past, an end before the embargo's, or one against the set time of going out.
    """
    article = held(article)
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    changes = {"embargo_until": embargo_until != article.embargo_until, "expires_at": expires_at != article.expires_at}
    head = queries.head_of(article)
    errors = _faults(embargo_until, expires_at, changes, flow.due_of(head) if head else None, at)
    if errors:
        raise Refused(next(iter(errors.values())), errors=errors)
    name = article_ref(article, queries.title_of(head))
    article.embargo_until, article.expires_at = embargo_until, expires_at
    article.save(update_fields=["embargo_until", "expires_at"])
    for field, until, given, removed in (
        ("embargo_until", embargo_until, events.EMBARGOED, events.EMBARGO_LIFTED), ("expires_at", expires_at, events.EXPIRES, events.STAYS),
    ):
        if changes[field]:
            payload = {"until": until.astimezone(VIETNAM).isoformat(timespec="minutes")} if until else {}
            record(event=given if until else removed, by=by, subject=name, at=at, payload=payload)
    if changes["expires_at"] and queries.latest_release(article) is not None:
        transaction.on_commit(partial(signals.released.send, sender=Article, article_id=article.pk))
    return article


def _faults(embargo: datetime | None, expires: datetime | None, changes: dict[str, bool], due: datetime | None, at: datetime) -> dict[str, Any]:
    """What does not fit together, by field."""
    errors: dict[str, Any] = {}
    if embargo and changes["embargo_until"] and embargo <= at:
        errors["embargo_until"] = _("Choose a time to come.")
    elif embargo and due and due < embargo:
        errors["embargo_until"] = _("The text is set to go out before this. Take the set time back first.")
    if expires and changes["expires_at"] and expires <= at:
        errors["expires_at"] = _("Choose a time to come.")
    elif expires and embargo and expires <= embargo:
        errors["expires_at"] = _("The article would expire before the embargo ends.")
    elif expires and due and due >= expires:
        errors["expires_at"] = _("The article would expire before it goes out.")
    return errors


def publish_due(at: datetime) -> int:
    """Release every text whose set time has come, each in a transaction of its own. Returns how many went out.

    One that may not go out returns to its editors with the reason; the others go on. Two workers at once release each text once.
    """
    done = 0
    for state in flow.due_states(at):
        try:
            done += _go_out(state=state, at=at)
        except Exception:
            log.exception("article %s could not go out at its set time", state.article_id)
    return done


@action
def _go_out(*, state: ArticleState, at: datetime) -> bool:
    """One text whose time has come: released, or returned with the reason. False also when another worker was faster."""
    article = held(state.article)
    if flow.newest_state(state.revision_id) != state.pk:
        return False
    head = queries.head_of(article)
    if head is None or head.pk != state.revision_id:
        return False
    by = SystemActor(PUBLISHER, f"Hẹn giờ đăng: {state.by_label}"[:200])
    try:
        if flow.withdrawn_since(state):
            raise Refused(_("The article was taken down after its time was set."))
        steps.publish(revision=head, by=by, at=at)
    except Refused as refused:
        with translation.override("vi"):
            steps.return_draft(revision=head, reason=str(refused.message)[:500], by=by, at=at)
        return False
    return True
