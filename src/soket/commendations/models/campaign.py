"""A commendation campaign of a review: what may be given by whom, who may propose, how many, until when."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.commendations.models.ruling import AwardForm
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Level, Line, Unit
from soket.reviews.models import Review


class Stage(models.TextChoices):
    PLANNING = "planning", _("Being prepared")
    OPEN = "open", _("Open for nominations")
    APPRAISING = "appraising", _("Under appraisal")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


class Campaign(LockedModel):
    """`stage` repeats the newest act. `concurrence`: every issuer asks the others for their opinion (hiệp y).
    `objection_days` are working days during which the posted list may be objected to; 0: no posting is asked for."""

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=30, unique=True)  # KT-2026
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="campaigns")
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    standards = models.TextField()
    place = models.CharField(max_length=60, default="Hà Nội")
    concurrence = models.BooleanField(default=True)
    opens_on = models.DateField()
    nominate_until = models.DateField()
    appraise_until = models.DateField()
    decide_until = models.DateField()
    objection_days = models.PositiveSmallIntegerField(default=10)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.PLANNING)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__lte=models.F("nominate_until"))
                & models.Q(nominate_until__lte=models.F("appraise_until"))
                & models.Q(appraise_until__lte=models.F("decide_until")),
                name="commendations_campaign_calendar",
            )
        ]


class CampaignAct(SealedModel):
    """A change of stage or of the calendar, with its reason where one is needed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="acts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # begun, opened, appraising, decided, closed, moved
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="commendations_campaign_act")]


class CampaignForm(LockedModel):
    """A form given in this campaign by one issuer."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="forms")
    form = models.ForeignKey(AwardForm, on_delete=models.PROTECT, related_name="+")
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "form", "issuer"], name="commendations_form_once")]


class Proposer(LockedModel):
    """Units of this line and level may propose."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="proposers")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        ordering = ["line__order", "level"]
        constraints = [models.UniqueConstraint(fields=["campaign", "line", "level"], name="commendations_proposer_once")]


class RecipientKind(models.TextChoices):
    COLLECTIVE = "collective", _("Collective")
    PERSON = "person", _("Person")


class Quota(LockedModel):
    """At most `limit` confirmed nominations of a kind for a form from all units under one unit of that level (level 0: in the whole campaign)."""

    campaign_form = models.ForeignKey(CampaignForm, on_delete=models.CASCADE, related_name="quotas")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    recipient = models.CharField(max_length=10, choices=RecipientKind.choices)
    limit = models.PositiveIntegerField()

    class Meta:
        ordering = ["level", "recipient"]
        constraints = [models.UniqueConstraint(fields=["campaign_form", "level", "recipient"], name="commendations_quota_once")]
