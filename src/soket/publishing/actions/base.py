"""What every write of an article needs: its row held, its newest revision, its name in the record."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import Actor
from soket.kernel.door import Refused
from soket.kernel.references import Ref
from soket.publishing import queries
from soket.publishing.core import words_of
from soket.publishing.models import Article, ArticleState, Revision


def article_ref(article: Article, title: str = "") -> Ref:
    """How the record and the citation index name an article."""
    return Ref("publishing.article", str(article.pk), title or article.slug)


def held(article: Article) -> Article:
    """The article's row, held until the act ends, so that two acts on it never run at once."""
    found: Article = Article.objects.select_for_update(of=("self",)).select_related("review").get(pk=article.pk)
    return found


def head(revision: Revision, allowed: set[str]) -> Article:
    """The revision's article, held; refused unless the revision is the newest and in one of the states."""
    article = held(revision.article)
    newest = queries.head_of(article)
    if newest is None or newest.pk != revision.pk:
        raise Refused(_("A newer revision exists. Look at that one."))
    if queries.state_of(revision) not in allowed:
        raise Refused(_("The revision is not in the state that this step needs. Reload the page."))
    return article


def subject(revision: Revision) -> Ref:
    """The article under the revision's title as it reads."""
    parsed = queries.parsed(revision.title, "", "", revision.edition, bound=not revision.article.imported)
    return article_ref(revision.article, words_of(parsed.title))


def enter(revision: Revision, state: str, by: Actor, at: datetime, due: datetime | None = None, reason: str = "") -> ArticleState:
    """A dated state of the revision."""
    row = ArticleState(
        article_id=revision.article_id, revision=revision, state=state, due=due, reason=reason, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    row.save(force_insert=True)
    Article.objects.filter(pk=revision.article_id).update(changed_at=at)
    return row
