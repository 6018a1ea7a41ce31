"""What waits for someone in this room: texts to finish, to edit, to approve, to publish, to correct."""
from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from soket.kernel.actor import Actor, Office, Reach
from soket.kernel.clock import day_of
from soket.publishing.models import Arrival, ArticleState, Narration, NarrationState, Photo, ReleasedCopy
from soket.publishing.models import ArticleStateName as State
from soket.publishing.queries.desk import DeskArticle, title_of, unfinished
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
    """Corrections and what missed its time first, then what waits for approval, publication, editing, then one's own drafts.

    With them what is no text: archives and readings that wait for who publishes, a reading that failed for who asked for it, and for the
    photographer the photographs that cannot be published as they are.
    """
    day = day_of(at)
    writes, edits, publishes, pictures, sounds = (
        actor.reach(office, day) for office in (Office.WRITE, Office.EDIT, Office.PUBLISH, Office.PICTURE, Office.SOUND)
    )
    found = []
    for article in unfinished(actor, at) if any(map(_some, (writes, edits, publishes))) else []:
        office = article.office_id
        step = (
            (_editing(article) if edits.covers(office) else None)
            or (_approving(article, actor, at) if publishes.covers(office) else None)
            or (_writing(article, actor, edits.covers(office)) if writes.covers(office) or edits.covers(office) else None)
        )
        if step is not None:
            order, words, late = step
            item = WorkItem(title=article.title, detail=words, url=reverse("publishing:edit", args=[article.slug]), due=article.due, late=late)
            found.append((order, item))
    found += [(3, item) for item in _archives(actor, publishes)]
    found += [(3, item) for item in _readings(actor, publishes, sounds | edits)]
    found += [(6, item) for item in _photographs(pictures)]
    return [item for _order, item in sorted(found, key=lambda pair: pair[0])]


def _some(reach: Reach) -> bool:
    return reach.everything or bool(reach.units)


def _at(reach: Reach, path: str = "office_id") -> Q:
    """Rows of these offices."""
    return Q() if reach.everything else Q(**{f"{path}__in": reach.units})


def _archives(actor: Actor, publishes: Reach) -> list[WorkItem]:
    """Archives that were read and that another person brought."""
    if not _some(publishes):
        return []
    rows = Arrival.objects.filter(_at(publishes), state="ready").exclude(by_id=actor.actor_id).order_by("pk")
    words = _("An archive waits for your approval")
    return [WorkItem(title=row.plan["paper"], detail=words, url=reverse("publishing:arrival", args=[row.pk]), count=row.total) for row in rows]


def _readings(actor: Actor, publishes: Reach, sounds: Reach) -> list[WorkItem]:
    """The newest reading of an article: ready for who gives it to the public, or failed for who asked for it.

    Not one whose text was replaced by a later copy, nor of an article that was taken down.
    """
    if not _some(publishes) and not _some(sounds):
        return []
    copies = ReleasedCopy.objects.filter(article=OuterRef("article"), revision__number__gt=OuterRef("revision__number"))
    later = Narration.objects.filter(article=OuterRef("article"), pk__gt=OuterRef("pk"))
    down = ArticleState.objects.filter(article=OuterRef("article"), revision__number__gte=OuterRef("revision__number"), state=State.WITHDRAWN)
    rows = Narration.objects.filter(
        Q(_at(publishes, "article__office_id"), state=NarrationState.READY, released_at__isnull=True)
        | Q(_at(sounds, "article__office_id"), state=NarrationState.FAILED, by_id=actor.actor_id),
    ).exclude(Exists(copies) | Exists(later) | Exists(down)).select_related("revision__edition", "revision__article").order_by("pk")
    words = {NarrationState.READY: _("A reading waits for you to listen and give it to the public"),
             NarrationState.FAILED: _("The reading could not be made: see why")}
    return [
        WorkItem(title=title_of(row.revision), detail=words[NarrationState(row.state)], url=reverse("publishing:sound", args=[row.revision.article.slug]))
        for row in rows
    ]


def _photographs(pictures: Reach) -> list[WorkItem]:
    """Photographs of the library that lack a credit, or words for those who cannot see them."""
    if not _some(pictures):
        return []
    number = Photo.objects.filter(_at(pictures), Q(credit="") | Q(alt="", decorative=False), retired=False).aggregate(n=Count("pk"))["n"]
    url = reverse("publishing:photos") + "?tinh-trang=con-thieu"
    return [WorkItem(title=_("Photographs of the library"), detail=_("Lack a credit or an alternative text"), url=url, count=number)] if number else []


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


def _writing(article: DeskArticle, actor: Actor, edits: bool) -> Step | None:
    if article.author_id != actor.actor_id:
        return None
    if article.state == State.RETURNED:
        return 5, _("Returned to you: %(reason)s") % {"reason": Truncator(article.reason).chars(160)}, False
    words = _("A draft to finish and send for approval") if edits else _("A draft to finish and hand to the editors")
    return (6, words, False) if article.state == State.DRAFT else None
