"""What happens on the day: devices, scans, conflicts, the state of each site, and the acts of the live session."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.conferences.models.planning import Conference, Delegate, Site
from soket.kernel.door import LockedModel, SealedModel


class Device(LockedModel):
    """A phone or laptop at a site's desk, let in by a secret address that ends with the day. Only the secret's SHA-256 is kept."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=100)
    token_sha256 = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by_label = models.CharField(max_length=200)


class Way(models.TextChoices):
    ENTRY = "entry", _("Arrives")
    EXIT = "exit", _("Leaves")


class How(models.TextChoices):
    QR = "qr", _("QR code")
    LIST = "list", _("From the list")
    TYPED = "typed", _("Typed")


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Taken")
    ALREADY = "already", _("Already there")
    UNKNOWN = "unknown", _("Not a badge of ours")
    OTHER = "other", _("Badge of another conference")
    WITHDRAWN = "withdrawn", _("Taken off the list")
    REPLACED = "replaced", _("Another attends instead")
    NOT_IN = "not_in", _("Leaves without having arrived")
    CONFLICT = "conflict", _("Present at another site")
    ELSEWHERE = "elsewhere", _("Taken, though listed at another site")


class Scan(SealedModel):
    """One attempt at a desk, failed ones too. `id` is made by the device, so a repeat gives no second row.

    `device_at` is the device's claim, `at` the server's receipt, `skew_s` what the device's clock was off when it sent;
    `counted_at` is the claim corrected by that and never later than the receipt: presence is counted by it.
    """

    id = models.UUIDField(primary_key=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="scans")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="scans")
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="scans")
    delegate = models.ForeignKey(Delegate, null=True, on_delete=models.PROTECT, related_name="scans")
    way = models.CharField(max_length=5, choices=Way.choices)
    how = models.CharField(max_length=5, choices=How.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    raw = models.CharField(max_length=80, blank=True)
    offline = models.BooleanField()
    device_at = models.DateTimeField()
    skew_s = models.IntegerField(default=0)
    counted_at = models.DateTimeField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["conference", "delegate", "counted_at"], name="conferences_scan_delegate"),
            models.Index(fields=["site", "at"], name="conferences_scan_site"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delegate__isnull=False) | models.Q(outcome__in=["unknown", "other"]), name="conferences_scan_names_delegate"
            )
        ]


class Conflict(SealedModel):
    """One delegate counted at two sites at the same time; a person decides where they are."""

    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="conflicts")
    first = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="+")
    second = models.OneToOneField(Scan, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Settlement(SealedModel):
    """Where the delegate is, decided by a person."""

    conflict = models.OneToOneField(Conflict, on_delete=models.PROTECT, related_name="settlement")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Headcount(SealedModel):
    """How many people were counted in a hall, badges or not. The newest row by `device_at` stands."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="headcounts")
    count = models.PositiveIntegerField()
    device_at = models.DateTimeField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Handover(SealedModel):
    """An award was handed over at a site: what, to whom, by whom. A row that `strikes` another says that it was kept by mistake."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="handovers")
    award = models.CharField(max_length=300)
    recipient = models.CharField(max_length=300)
    handed_by = models.CharField(max_length=300)
    strikes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="struck_by")
    device_at = models.DateTimeField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Beat(LockedModel):
    """The last sign of life of a site's page: a measurement, not an act, so it is overwritten and not recorded."""

    site = models.OneToOneField(Site, on_delete=models.PROTECT, related_name="beat")
    at = models.DateTimeField()
    since = models.DateTimeField()  # since when it has been heard without a gap
    sequence = models.PositiveIntegerField(default=0)  # the newest snapshot it has shown
    delay_ms = models.PositiveIntegerField(null=True)
    waiting = models.PositiveIntegerField(default=0)  # scans in its outbox
    link = models.CharField(max_length=10, default="live")  # live, polling


class LiveAct(SealedModel):
    """One act of the session, in the order of `sequence` (from 1, without gaps). `payload` is canonical JSON."""

    id = models.UUIDField(primary_key=True)
    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="acts")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    payload = models.TextField()
    site = models.ForeignKey(Site, null=True, on_delete=models.PROTECT, related_name="+")  # a site's own act
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["sequence"]
        constraints = [models.UniqueConstraint(fields=["conference", "sequence"], name="conferences_act_sequence")]
