"""What the views of this room share: the scope, the frame, the language."""
from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from soket.kernel.actor import Actor, Anonymous
from soket.kernel.clock import today
from soket.reviews import queries, rules
from soket.reviews.models import Edition, Review


def actor(request: HttpRequest) -> Actor:
    """Who reads: the signed-in person, or nobody."""
    return request.user if request.user.is_authenticated else Anonymous()  # type: ignore[return-value]


def scoped(request: HttpRequest, slug: str) -> Review:
    """The review, or 404 when this reader may not see it."""
    review = queries.visible_review(actor(request), slug, today())
    if review is None:
        raise Http404
    return review


def drafted(request: HttpRequest, slug: str) -> Review:
    """The review, or 404 when this reader does not run it."""
    review = scoped(request, slug)
    if not rules.may_draft(actor(request), review.office_id, today()):
        raise Http404
    return review


def inside(request: HttpRequest, review: Review) -> bool:
    """Whether the reader may see the review's draft and what is not public behind its figures."""
    return rules.may_see_draft(actor(request), review, queries.party_ids(review), today())


def frozen(slug: str, number: int) -> Edition:
    """A frozen edition; public, so no scope is asked."""
    review = queries.review_by_slug(slug)
    edition = queries.edition_of(review, number) if review else None
    if edition is None:
        raise Http404
    return edition


def language() -> str:
    return get_language() or "vi"
