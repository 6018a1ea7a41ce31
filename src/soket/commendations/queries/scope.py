"""What a reader may see: campaigns and nominations, through the rules; and names of units on a day."""
from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from soket.commendations import rules
from soket.commendations.models import Campaign, Nomination
from soket.kernel.actor import Actor
from soket.organisations import queries as organisations

KIND = "commendations.nomination"
AWARD_KIND = "commendations.award"


unit_names = organisations.unit_names


def campaigns(actor: Actor, day: date) -> QuerySet[Campaign]:
    """The campaigns the actor may see, newest first."""
    seen = Campaign.objects.filter(rules.campaigns(actor, day)).values("pk")
    return Campaign.objects.filter(pk__in=seen).select_related("review", "office").order_by("-opens_on", "-pk")


def campaign(actor: Actor, slug: str, day: date) -> Campaign | None:
    """One campaign, if the actor may see it."""
    return campaigns(actor, day).filter(slug=slug).first()


def newest_open(day: date) -> Campaign | None:
    """The newest campaign that takes nominations on the day, whoever may propose in it."""
    return Campaign.objects.filter(stage="open", opens_on__lte=day, nominate_until__gte=day).order_by("-opens_on", "-pk").first()


def nominations(actor: Actor, day: date, of: Campaign | None = None) -> QuerySet[Nomination]:
    """The nominations the actor may see, in the order of their numbers."""
    seen = Nomination.objects.filter(rules.nominations(actor, day)).values("pk")
    rows = Nomination.objects.filter(pk__in=seen)
    if of is not None:
        rows = rows.filter(campaign_form__campaign=of)
    joined = ("campaign_form__campaign__review", "campaign_form__form", "programme")
    return rows.select_related(*joined).order_by("campaign_form__campaign", "number")


def nomination(actor: Actor, pk: UUID, day: date) -> Nomination | None:
    """One nomination, if the actor may see it."""
    return nominations(actor, day).filter(pk=pk).first()
