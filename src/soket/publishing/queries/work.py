"""What waits for someone in this room: texts to finish, to edit, to approve, to publish, to correct."""
from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.publishing.models import ArticleStateName as State
from soket.publishing.queries.desk import DeskArticle, unfinished
from soket.ui.work import WorkItem

PATIENCE = timedelta(minutes=5)
"""How long after its set time a text that has not gone out is left to the worker."""
PUBLISHER = "publisher"
"""The worker's name on what it did at a set time."""
Step = tuple[int, str, bool]


def corrections_due(actor: Actor, at: datetime) -> list[DeskArticle]:
    """Published articles of the actor's offices that cite an edition which a newer one replaced."""
    return [article for article in unfinished(actor, at) if article.outdated]


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """Corrections and what missed its time first, then what waits for approval, publication, editing, then one's own drafts."""
    day = day_of(at)
    writes, edits, publishes = (actor.reach(office, day) for office in (Office.WRITE, Office.EDIT, Office.PUBLISH))
    busy = any(reach.everything or reach.units for reach in (writes, edits, publishes))
    found = []
    for article in unfinished(actor, at) if busy else []:
        office = article.office_id
        step = (
            (_editing(article) if edits.covers(office) else None)
            or (_approving(article, actor, at) if publishes.covers(office) else None)
            or (_writing(article, actor) if writes.covers(office) or edits.covers(office) else None)
        )
        if step is not None:
            order, words, late = step
            item = WorkItem(title=article.title, detail=words, url=reverse("publishing:edit", args=[article.slug]), due=article.due, late=late)
            found.append((order, item))
    return [item for _order, item in sorted(found, key=lambda pair: pair[0])]


def _editing(article: DeskArticle) -> Step | None:
    if article.outdated and not article.redrafted:
        return 0, _("A newer edition replaces the figures: correct the statement"), True
    if article.state == State.HANDED:
        return 4, _("A reporter's draft to edit"), False
    return (6, _("A draft to finish and send for approval"), False) if not article.state else None


def _approving(article: DeskArticle, actor: Actor, at: datetime) -> Step | None:
    if article.state == State.RETURNED and article.state_by == PUBLISHER:
        return 1, _("Could not go out at its set time: see the reason"), True
    if article.state == State.SCHEDULED and article.due is not None and article.due + PATIENCE < at:
        return 1, _("Its set time has passed and it has not gone out"), True
    if article.state == State.EDITED and article.author_id != actor.actor_id:
        return 2, _("Waits for approval"), False
    return (3, _("Approved: waits for publication"), False) if article.state == State.APPROVED else None


def _writing(article: DeskArticle, actor: Actor) -> Step | None:
    if article.author_id != actor.actor_id:
        return None
    if article.state == State.RETURNED:
        return 5, _("Returned to you: see the reason"), False
    return (6, _("A draft to finish and send for approval"), False) if article.state == State.DRAFT else None
