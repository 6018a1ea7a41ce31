"""What the steps of the desk ask: locks, set times, whose turn it is, categories."""
from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from soket.kernel.actor import Actor
from soket.publishing import rules
from soket.publishing.models import Article, ArticleState, ArticleStateName, Category, EditLock, Revision

State = ArticleStateName
FORGOTTEN = timedelta(days=31)
WITH_EDITORS = {State.HANDED, State.EDITED, State.APPROVED, State.SCHEDULED}


def lock_of(article: Article, at: datetime) -> EditLock | None:
    """The lock that holds at this instant; one that has ended is none."""
    found: EditLock | None = EditLock.objects.filter(article=article, until__gt=at).first()
    return found


def newest_state(revision_id: int) -> int:
    """The id of the revision's newest state; 0 without one."""
    return int(ArticleState.objects.filter(revision_id=revision_id).order_by("-pk").values_list("pk", flat=True).first() or 0)


def due_of(revision: Revision) -> datetime | None:
    """When the revision goes out by itself; None when no time is set."""
    last = ArticleState.objects.filter(revision=revision).order_by("-pk").first()
    return last.due if last is not None and last.state == State.SCHEDULED else None


def due_states(at: datetime) -> list[ArticleState]:
    """The states of texts whose set time has come, the longest waiting first. What should have gone out more than a month ago is left to people."""
    last = ArticleState.objects.filter(revision=OuterRef("revision")).order_by("-pk").values("pk")[:1]
    head = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    rows = ArticleState.objects.filter(due__lte=at, due__gt=at - FORGOTTEN).annotate(last=Subquery(last), head=Subquery(head)).select_related("article")
    return list(rows.filter(last=F("pk"), head=F("revision_id")).order_by("due", "pk"))


def withdrawn_since(state: ArticleState) -> bool:
    """Whether the article was taken down after this state was entered."""
    return bool(ArticleState.objects.filter(article_id=state.article_id, state=State.WITHDRAWN, pk__gt=state.pk).exists())


def with_editors(revision: Revision | None) -> bool:
    """Whether the text is in the hands of those who edit or approve, so that a reporter leaves it alone."""
    if revision is None:
        return False
    last = ArticleState.objects.filter(revision=revision).order_by("-pk").values_list("state", flat=True).first()
    return last in WITH_EDITORS


def revisions_of(article: Article) -> list[Revision]:
    """Every saved text, newest first."""
    return list(Revision.objects.filter(article=article).select_related("category").order_by("-number"))


def revision_of(article: Article, number: int) -> Revision | None:
    """One saved text by its number."""
    found: Revision | None = Revision.objects.filter(article=article, number=number).select_related("edition", "category", "article").first()
    return found


def categories() -> list[Category]:
    """All categories, in their order."""
    return list(Category.objects.all())


def category(actor: Actor, pk: int, day: date) -> Category | None:
    """One category, for those who keep them."""
    found: Category | None = Category.objects.filter(pk=pk).first() if rules.may_shelve(actor, day) else None
    return found
