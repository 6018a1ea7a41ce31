"""What comes after: conclusions that become directions, minutes, official papers as issued, speeches and sound."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.conferences.models.planning import AgendaItem, Conference, Delegate, Site
from soket.directions.models import Direction
from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit


class Conclusion(LockedModel):
    """A numbered conclusion. Once issued as a direction it is never changed here; the direction lives on."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="conclusions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    draft_id = models.UUIDField(unique=True)  # given to the direction, so that issuing twice is harmless
    direction = models.OneToOneField(Direction, null=True, on_delete=models.PROTECT, related_name="conclusion")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="conferences_conclusion_number")]


class ConclusionUnit(LockedModel):
    """A supporting unit of a conclusion."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.PROTECT, related_name="supporting")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conclusion", "unit"], name="conferences_support_once")]


class Minutes(LockedModel):
    """The working text of the minutes and of the notice, drafted from what happened and edited by the secretary."""

    conference = models.OneToOneField(Conference, on_delete=models.PROTECT, related_name="minutes")
    course = models.TextField(blank=True)  # how the session went, one paragraph a line
    notice = models.TextField(blank=True)  # opening of the notice of conclusions
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)


class IssuedKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    AGENDA = "agenda", _("Agenda")
    MINUTES = "minutes", _("Minutes")
    NOTICE = "notice", _("Notice of conclusions")
    ATTENDANCE = "attendance", _("Attendance annex")
    DEBATE = "debate", _("Debate record")


class Issued(SealedModel):
    """An official paper as issued: the newest number of a kind counts, older ones stay."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="issued")
    kind = models.CharField(max_length=10, choices=IssuedKind.choices)
    number = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=4)  # docx, pdf, xml
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")  # the unit invited by it
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["kind", "-number", "form"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "kind", "number", "form"], condition=models.Q(unit=None), name="conferences_issued_once"),
            models.UniqueConstraint(fields=["conference", "kind", "number", "form", "unit"], name="conferences_issued_unit_once"),
            models.CheckConstraint(condition=models.Q(form__in=["docx", "pdf", "xml"]), name="conferences_issued_form"),
        ]


class Speech(SealedModel):
    """The text of a speech, attached after it was held."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="speeches")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.PROTECT, related_name="speeches")
    delegate = models.ForeignKey(Delegate, null=True, on_delete=models.PROTECT, related_name="speeches")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Recording(SealedModel):
    """Sound of the session, kept as a file that publishing may use once it is released."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="recordings")
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(ended_at__gte=models.F("began_at")), name="conferences_recording_range")]
