"""What the acts of this room have in common."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.references import Ref
from soket.reviews import rules
from soket.reviews.models import Review


def ref(review: Review) -> Ref:
    """How the record names a review."""
    return Ref("reviews.review", str(review.pk), review.title)


def _require_draft(by: Actor, office_id: int, at: datetime) -> None:
    if not rules.may_draft(by, office_id, day_of(at)):
        raise Refused(_("Only the programme office of this review may change its draft."))


def _locked(review: Review) -> Review:
    """The review's row, held until the act ends, so that two acts on it never run at once."""
    found: Review = Review.objects.select_for_update().get(pk=review.pk)
    return found
