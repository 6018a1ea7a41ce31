"""Steps of a revision: handed over, returned, sent, approved, scheduled, published, taken down."""
from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.publishing import events, queries, rules, signals
from soket.publishing.actions import locks
from soket.publishing.actions.base import enter, head, subject
from soket.publishing.models import Article, ArticleState, ArticleStateName, ReleasedCopy, Revision
from soket.reviews import actions as reviews_actions
from soket.reviews import queries as reviews

State = ArticleStateName
WITH_WRITER: set[str] = {State.DRAFT, State.RETURNED}
BEFORE_SENT: set[str] = {State.DRAFT, State.RETURNED, State.HANDED}


@action
def hand_over(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """A reporter gives the newest draft to the editors, and with it the right to write in it. Raises Refused."""
    article = head(revision, WITH_WRITER)
    if not rules.may_write(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))
    state = enter(revision, State.HANDED, by, at)
    locks.give_back(article=article, by=by, at=at)
    record(event=events.HANDED, by=by, subject=subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def return_draft(*, revision: Revision, reason: str, by: Actor, at: datetime) -> ArticleState:
    """Editors return a draft to its writer, approvers return it to the editors; the reason is compulsory. Raises Refused at reason."""
    article = head(revision, {State.HANDED, State.EDITED, State.APPROVED, State.SCHEDULED})
    approving = queries.state_of(revision) != State.HANDED
    if not (rules.may_publish if approving else rules.may_edit)(by, article.office_id, day_of(at)):
        raise Refused(_("You do not return statements of this unit."))
    why = rules.clean(reason, "reason", 500)
    state = enter(revision, State.RETURNED, by, at, reason=why)
    record(event=events.RETURNED, by=by, subject=subject(revision), at=at, payload={"revision": revision.number}, reason=why)
    return state


@action
def send_for_approval(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """Hand the newest revision, a draft, to those who approve. Raises Refused."""
    article = head(revision, BEFORE_SENT)
    if not rules.may_edit(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))
    state = enter(revision, State.EDITED, by, at)
    record(event=events.SENT, by=by, subject=subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def approve(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """Approve the newest revision, and only this one. Its author never approves it. Raises Refused."""
    article = head(revision, {State.EDITED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    if by.actor_id == revision.by_id:
        raise Refused(_("Whoever wrote a revision does not approve it. Ask another holder of the office."))
    state = enter(revision, State.APPROVED, by, at)
    record(event=events.APPROVED, by=by, subject=subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def schedule(*, revision: Revision, due: datetime, by: Actor, at: datetime) -> ArticleState:
    """Set when the approved revision goes out; the worker publishes it then. Raises Refused at due."""
    article = head(revision, {State.APPROVED, State.SCHEDULED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    if due <= at:
        raise Refused(_("Choose a time to come."), field="due")
    if article.embargo_until and due < article.embargo_until:
        raise Refused(_("The text is under embargo until then. Choose a later time."), field="due")
    if article.expires_at and due >= article.expires_at:
        raise Refused(_("The article would expire before it goes out."), field="due")
    state = enter(revision, State.SCHEDULED, by, at, due=due)
    payload = {"revision": revision.number, "due": due.astimezone(VIETNAM).isoformat(timespec="minutes")}
    record(event=events.SCHEDULED, by=by, subject=subject(revision), at=at, payload=payload)
    return state


@action
def unschedule(*, revision: Revision, by: Actor, at: datetime) -> ArticleState:
    """Take the set time back; the revision stays approved. Raises Refused."""
    article = head(revision, {State.SCHEDULED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    state = enter(revision, State.APPROVED, by, at)
    record(event=events.UNSCHEDULED, by=by, subject=subject(revision), at=at, payload={"revision": revision.number})
    return state


@action
def publish(*, revision: Revision, by: Actor, at: datetime) -> ReleasedCopy:
    """Release the approved revision: one canonical copy for the public, and a citation for every claim.

    The second and later releases are corrections; their notice lists each changed figure, computed here.
    Raises Refused when the revision is not approved, its embargo lasts, or a newer edition was frozen since it was written.
    """
    article = head(revision, {State.APPROVED, State.SCHEDULED})
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    if article.embargo_until and at < article.embargo_until:
        raise Refused(_("The text is under embargo. It can go out from the time set."))
    if article.expires_at and at >= article.expires_at:
        raise Refused(_("The time until which the article is shown has passed. Change that time first."))
    edition = reviews.current_edition(article.review) if article.review else None
    if article.review is not None and (edition is None or edition.pk != revision.edition_id):
        raise Refused(_("A newer edition was frozen since this revision was written. Save the text on it and have it approved."))
    parsed = queries.parsed(revision.title, revision.lead, revision.body, edition, bound=not article.imported)
    previous = queries.latest_release(article)
    copy = release(article, revision, previous, at)
    enter(revision, State.CORRECTED if previous else State.PUBLISHED, by, at)
    name, url = subject(revision), reverse("publishing:article", args=[article.slug])
    if edition is not None:
        for code in parsed.codes:
            reviews_actions.cite(edition=edition, figure=code, ref=name, url=url, by=by, at=at)
    first, later = (events.PUBLISHED, events.CORRECTED) if edition else (events.ISSUED, events.AMENDED)
    payload = {"number": copy.number, "digest": copy.digest, **({"edition": edition.number} if edition else {})}
    record(event=later if previous else first, by=by, subject=name, at=at, payload=payload, reason=revision.note)
    transaction.on_commit(partial(signals.released.send, sender=Article, article_id=article.pk))
    return copy


@action
def withdraw(*, article: Article, reason: str, by: Actor, at: datetime) -> ArticleState:
    """Take a published article down. Its address then says so, with the reason; nothing is erased. Raises Refused at reason."""
    newest = queries.latest_release(article)
    if newest is None or queries.is_withdrawn(article):
        raise Refused(_("Only a published article can be taken down."))
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_("You do not approve statements of this unit."))
    why = rules.clean(reason, "reason", 500)
    state = enter(newest.revision, State.WITHDRAWN, by, at, reason=why)
    record(event=events.WITHDRAWN, by=by, subject=subject(newest.revision), at=at, payload={"number": newest.number}, reason=why)
    transaction.on_commit(partial(signals.released.send, sender=Article, article_id=article.pk))
    return state


def release(
    article: Article, revision: Revision, previous: ReleasedCopy | None, at: datetime, *, first: datetime | None = None
) -> ReleasedCopy:
    """Write the copy. `first`: when an older newspaper published it, for an imported article."""
    content = queries.copy_of(article, revision, previous, at, first=first)
    copy = ReleasedCopy(
        article=article, revision=revision, number=content["number"], content=canonical(content).decode(), digest=hex_digest(content), published_at=at
    )
    copy.save(force_insert=True)
    return copy
