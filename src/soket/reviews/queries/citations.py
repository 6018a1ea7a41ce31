"""Who relied on which figure of which edition."""
from __future__ import annotations

from soket.reviews.models import Citation, Edition, Review


def who_relied_on(review: Review, code: str = "") -> list[Citation]:
    """Every citation of the review's editions (of one figure, when `code` is given), newest first, with its flags."""
    rows = Citation.objects.filter(edition__review=review).select_related("edition").prefetch_related("flags")
    if code:
        rows = rows.filter(figure=code)
    return list(rows.order_by("-at", "-id"))


def citations_to(edition: Edition) -> list[Citation]:
    """The citations of one edition."""
    return list(Citation.objects.filter(edition=edition).order_by("id"))
