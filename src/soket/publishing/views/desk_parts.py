"""What several pages of the desk share: the article within reach, and everything that `steps.html`, `lock.html` and `history.html` show."""
from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpRequest

from soket.kernel.clock import now, today
from soket.kernel.door import Refused
from soket.publishing import queries, rules
from soket.publishing.actions import locks
from soket.publishing.models import Article, Revision
from soket.publishing.models import ArticleStateName as State
from soket.publishing.queries import flow


def found_article(request: HttpRequest, slug: str) -> Article:
    """The article, for those who work at its office; 404 for everyone else."""
    found = queries.desk_article(request.user, slug, today())
    if found is None:
        raise Http404
    return found


def open_lock(request: HttpRequest, article: Article) -> None:
    """Opening the text to write takes its lock when nobody holds it. Holding it is never a condition for reading."""
    day = today()
    turn = rules.may_edit(request.user, article.office_id, day) or not flow.with_editors(queries.head_of(article))
    if turn and rules.may_write(request.user, article.office_id, day):
        with suppress(Refused):
            locks.take_lock(article=article, by=request.user, at=now())


def steps_context(request: HttpRequest, article: Article, head: Revision | None) -> dict[str, Any]:
    """Which steps the reader may take on the newest revision, who has the text open, its times and what was done to it.

    `writes`: the form stands on the page (also where what was typed was refused); `can_write`: it is the reader's turn and no other has it open.
    """
    day, at, office = today(), now(), article.office_id
    writes, edits = rules.may_write(request.user, office, day), rules.may_edit(request.user, office, day)
    publishes = rules.may_publish(request.user, office, day)
    history = queries.history_of(article)
    last = next((row for row in history if head is not None and row.revision_id == head.pk), None)
    state = last.state if last else ""
    own = head is not None and head.by_id == request.user.actor_id
    lock, released = flow.lock_of(article, at), queries.latest_release(article)
    mine = lock is not None and lock.holder_id == request.user.actor_id
    turn = edits or state not in flow.WITH_EDITORS
    return {
        "article": article, "head": head, "state": state, "due": last.due if last else None, "released": released,
        "returned": last if state == State.RETURNED else None,
        "can_write": writes and turn and (lock is None or mine), "writes": writes and (turn or request.method == "POST"),
        "waits_for_editors": writes and not turn,
        "can_hand_over": writes and not edits and state in {State.DRAFT, State.RETURNED},
        "can_send": edits and state in {State.DRAFT, State.RETURNED, State.HANDED},
        "can_return": edits if state == State.HANDED else publishes and state in {State.EDITED, State.APPROVED, State.SCHEDULED},
        "can_approve": publishes and state == State.EDITED and not own, "own_waiting": publishes and state == State.EDITED and own,
        "can_schedule": publishes and state in {State.APPROVED, State.SCHEDULED}, "can_unschedule": publishes and state == State.SCHEDULED,
        "can_publish": publishes and state in {State.APPROVED, State.SCHEDULED} and not _held_back(article, at),
        "can_withdraw": publishes and released is not None and not queries.is_withdrawn(article), "can_time": publishes,
        "can_sound": publishes or rules.may_sound(request.user, office, day),
        "lock": lock, "lock_mine": mine, "lock_over": lock is not None and not mine and publishes,
        "embargo": article.embargo_until if article.embargo_until and article.embargo_until > at else None,
        "expires": article.expires_at, "expired": article.expires_at is not None and article.expires_at <= at,
        "history": history, "revisions": flow.revisions_of(article),
    }


def _held_back(article: Article, at: Any) -> bool:
    """Whether a time keeps the text from going out now."""
    return bool((article.embargo_until and at < article.embargo_until) or (article.expires_at and at >= article.expires_at))
