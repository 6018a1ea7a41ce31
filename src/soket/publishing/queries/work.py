"""What waits for someone in this room: texts to finish, to approve, to publish, to correct."""
from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.publishing.models import ArticleStateName as State
from soket.publishing.queries.desk import DeskArticle, desk_articles
from soket.ui.work import WorkItem


def corrections_due(actor: Actor, at: datetime) -> list[DeskArticle]:
    """Published articles of the actor's offices that cite an edition which a newer one replaced."""
    return [article for article in desk_articles(actor, day_of(at)) if article.outdated]


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """Corrections first, then what waits for approval or publication, then drafts."""
    day = day_of(at)
    edits, publishes = actor.reach(Office.EDIT, day), actor.reach(Office.PUBLISH, day)
    rows = desk_articles(actor, day) if edits.everything or edits.units or publishes.everything or publishes.units else []
    found = []
    for article in rows:
        step = _step(article, actor, edits.covers(article.office_id), publishes.covers(article.office_id))
        if step is not None:
            order, words, late = step
            found.append((order, WorkItem(title=article.title, detail=words, url=reverse("publishing:edit", args=[article.slug]), late=late)))
    return [item for _order, item in sorted(found, key=lambda pair: pair[0])]


def _step(article: DeskArticle, actor: Actor, edits: bool, publishes: bool) -> tuple[int, str, bool] | None:
    if article.outdated and not article.redrafted:
        return (0, _("A newer edition replaces the figures: correct the statement"), True) if edits else None
    if article.state == State.EDITED and publishes and article.author_id != actor.actor_id:
        return 1, _("Waits for approval"), False
    if article.state == State.APPROVED and publishes:
        return 2, _("Approved: waits for publication"), False
    if article.state in {State.DRAFT, ""} and edits:
        return 3, _("A draft to finish and send for approval"), False
    return None
