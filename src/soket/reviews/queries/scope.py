"""Which reviews an actor may see: those of her parties, and every review with a frozen edition."""
from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from soket.kernel.actor import Actor
from soket.programmes.models import Party
from soket.reviews import rules
from soket.reviews.models import Freeze, Review
from soket.reviews.queries.parties import party_ids


def visible_reviews(actor: Actor, day: date) -> QuerySet[Review]:
    """Frozen reviews for everyone; a draft for its parties, their subordinate units and its own office."""
    frozen = Exists(Freeze.objects.filter(review=OuterRef("pk")))
    rows = Review.objects.annotate(is_frozen=frozen).order_by("-as_of", "-pk")
    drafts = _drafts_seen(actor, list(rows.filter(is_frozen=False)), day)
    allowed: QuerySet[Review] = rows.filter(is_frozen=True) | rows.filter(pk__in=drafts)
    return allowed


def _drafts_seen(actor: Actor, drafts: list[Review], day: date) -> list[int]:
    """The drafts the actor may see; the parties of all of them are read at once."""
    if not drafts:
        return []
    parties: dict[int, list[int]] = {}
    pairs = Party.objects.filter(programme__reviews__review__in=drafts).values_list("programme__reviews__review_id", "unit_id")
    for review_id, unit_id in pairs.distinct():
        parties.setdefault(review_id, []).append(unit_id)
    return [review.pk for review in drafts if rules.may_see_draft(actor, review, parties.get(review.pk, []), day)]


def visible_review(actor: Actor, slug: str, day: date) -> Review | None:
    """One review, if there is one and the actor may see it."""
    review = review_by_slug(slug)
    if review is None or Freeze.objects.filter(review=review).exists():
        return review
    return review if rules.may_see_draft(actor, review, party_ids(review), day) else None


def review_by_slug(slug: str) -> Review | None:
    """The review of that address, whoever may see it."""
    found: Review | None = Review.objects.filter(slug=slug).first()
    return found
