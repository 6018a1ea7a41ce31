"""Who has a text open. A lock ends by itself after fifteen minutes without a sign of life; no job clears it."""
from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.door import Refused, action
from soket.publishing import queries, rules
from soket.publishing.actions.base import article_ref, held
from soket.publishing.events import timing as events
from soket.publishing.models import Article, EditLock
from soket.publishing.queries import flow

LASTS = timedelta(minutes=15)


@action
def take_lock(*, article: Article, by: Actor, at: datetime) -> EditLock:
    """Hold the text for fifteen minutes from now; one's own lock is made longer. Raises Refused with the holder's name."""
    article = held(article)
    _writes(article, by, at)
    check(article, by, at)
    return _hold(article, by, at)


@action
def keep_lock(*, article: Article, by: Actor, at: datetime) -> EditLock:
    """The page is still open: fifteen minutes more. Refused when the lock is another's by now; an ended one that nobody took is taken anew."""
    article = held(article)
    _writes(article, by, at)
    check(article, by, at)
    return _hold(article, by, at)


@action
def give_back(*, article: Article, by: Actor, at: datetime) -> bool:
    """End one's own lock. Returns whether there was one."""
    article = held(article)
    mine = EditLock.objects.filter(article=article, holder_id=by.actor_id, until__gt=at)
    found = mine.exists()
    mine.delete()
    return found


@action
def take_over(*, article: Article, reason: str, by: Actor, at: datetime) -> EditLock | None:
    """Take a text that another holds. An ended lock: whoever writes. One that lasts: who publishes there, with a reason, recorded.

    None when the one who ended the lock does not write: the text is free then. Raises Refused at reason.
    """
    article = held(article)
    lock, writes = flow.lock_of(article, at), rules.may_write(by, article.office_id, day_of(at))
    if lock is None or lock.holder_id == by.actor_id:
        _writes(article, by, at)
        return _hold(article, by, at)
    if not rules.may_publish(by, article.office_id, day_of(at)):
        raise Refused(_taken(lock))
    why = rules.clean(reason, "reason", 500)
    event = events.LOCK_TAKEN if writes else events.LOCK_FREED
    name = article_ref(article, queries.title_of(queries.head_of(article)))
    record(event=event, by=by, subject=name, at=at, payload={"holder": lock.holder_label}, reason=why)
    if writes:
        return _hold(article, by, at)
    EditLock.objects.filter(article=article).delete()
    return None


def check(article: Article, by: Actor, at: datetime) -> None:
    """Refuses, with the holder's name, whoever would write into a text that another holds. The article's row is held."""
    lock = flow.lock_of(article, at)
    if lock is not None and lock.holder_id != by.actor_id:
        raise Refused(_taken(lock))


def extend(article: Article, by: Actor, at: datetime) -> None:
    """A saved text makes its writer's own lock longer; without one none is made."""
    if flow.lock_of(article, at) is not None:
        _hold(article, by, at)


def _taken(lock: EditLock) -> str:
    until = lock.until.astimezone(VIETNAM).strftime("%H:%M")
    return _("%(holder)s has this text open until %(until)s. What you typed was not saved and still stands here.") % {
        "holder": lock.holder_label, "until": until,
    }


def _writes(article: Article, by: Actor, at: datetime) -> None:
    if not rules.may_write(by, article.office_id, day_of(at)):
        raise Refused(_("You do not write statements for this unit."))


def _hold(article: Article, by: Actor, at: datetime) -> EditLock:
    lock: EditLock | None = EditLock.objects.filter(article=article).first()
    if lock is None:
        lock = EditLock(article=article, since=at)
    if lock.holder_id != by.actor_id or lock.until <= at:
        lock.holder_id, lock.holder_label, lock.since = by.actor_id, by.actor_label, at
    lock.until = at + LASTS
    lock.save()
    return lock
