"""What is planned: the conference, its sites, delegates and invitations, its agenda and papers."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Unit
from soket.reviews.models import Edition, Review


class Stage(models.TextChoices):
    PLANNING = "planning", _("Being prepared")
    LIVE = "live", _("In session")
    ENDED = "ended", _("Ended")
    CONCLUDED = "concluded", _("Concluded")


class VideoKind(models.TextChoices):
    NONE = "none", _("No video")
    LINK = "link", _("A joining address of any system")
    NUMBER = "number", _("A number of a conference bridge")
    JANUS = "janus", _("Our own server (Janus)")


class Conference(LockedModel):
    """A meeting of one or several reviews over many sites. `stage` repeats the last act; `open_to_public` lets anyone
    read the agenda and follow the session; `budget_s` is the speaking time of each delegation in seconds (0: no limit)."""

    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=30, unique=True)  # HN-2026, printed on badges
    title = models.CharField(max_length=300)
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    chaired_by = models.CharField(max_length=300)  # as printed: the bodies that chair it together
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=60, default="Hà Nội")
    symbol = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNING)
    open_to_public = models.BooleanField(default=False)
    budget_s = models.PositiveIntegerField(default=600)
    video_kind = models.CharField(max_length=10, choices=VideoKind.choices, default=VideoKind.NONE)
    video_address = models.CharField(max_length=500, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="conferences_ends_after_start")]


class ConferenceReview(LockedModel):
    """A review that the conference holds."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="reviews")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="conferences")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["conference", "review"], name="conferences_review_once")]


class SiteKind(models.TextChoices):
    CENTRE = "centre", _("Central site")
    PROVINCE = "province", _("Provincial site")
    COMMUNE = "commune", _("Commune site")


class Site(LockedModel):
    """A hall that takes part (điểm cầu), kept by its host unit. One that is taken out keeps its row and its history."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="sites")
    host = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hosted_sites")
    kind = models.CharField(max_length=10, choices=SiteKind.choices)
    name = models.CharField(max_length=200)
    room = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    capacity = models.PositiveIntegerField(null=True)
    secretary = models.CharField(max_length=200, blank=True)  # an office, not a private name
    order = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "host"], name="conferences_site_once")]


class DelegateRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    SPEAKER = "speaker", _("Speaker")
    DELEGATE = "delegate", _("Delegate")
    GUEST = "guest", _("Guest")
    SECRETARY = "secretary", _("Secretary")
    PRESS = "press", _("Press")


class DelegateState(models.TextChoices):
    LISTED = "listed", _("Listed")
    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Will attend")
    DECLINED = "declined", _("Will not attend")
    REPLACED = "replaced", _("Sends another")
    WITHDRAWN = "withdrawn", _("Taken off the list")


class Delegate(LockedModel):
    """A person in office who represents a unit at a site. `name` may be empty until the unit names somebody.

    `order` is the protocol order, explicit and editable. `badge` is the secret text of the QR code, `key` the secret of the
    page where the invited reply. `stands_for` is the delegate whom this one replaces, `capacity` says as what.
    """

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="delegates")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="delegates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()  # printed on the badge, unique in the conference, typed at the desk
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=DelegateRole.choices, default=DelegateRole.DELEGATE)
    order = models.PositiveIntegerField(default=0)
    badge = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=DelegateState.choices, default=DelegateState.LISTED)
    stands_for = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    capacity = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="conferences_delegate_number"),
            models.CheckConstraint(condition=models.Q(stands_for=None) | ~models.Q(capacity=""), name="conferences_substitute_has_capacity"),
        ]


class Title(LockedModel):
    """One title of a delegate, in the order in which titles are read out. Frozen into each invitation."""

    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="titles")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["delegate", "order"], name="conferences_title_order")]


class Invitation(SealedModel):
    """A delegate was invited: name, titles and site as they stood then (`body`, canonical JSON), so that minutes keep them."""

    delegate = models.ForeignKey(Delegate, on_delete=models.PROTECT, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["delegate", "number"], name="conferences_invitation_once")]


class Answer(models.TextChoices):
    YES = "yes", _("Will attend")
    NO = "no", _("Will not attend")
    SUBSTITUTE = "substitute", _("Sends another")


class Reply(SealedModel):
    """What the invited answered. The newest row of an invitation counts; a substitute is a delegate of its own."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="replies")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    note = models.CharField(max_length=500, blank=True)
    substitute = models.ForeignKey(Delegate, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="substitute", substitute__isnull=False) | (~models.Q(answer="substitute") & models.Q(substitute=None)),
                name="conferences_substitute_named",
            )
        ]


class PaperState(models.TextChoices):
    CALLED = "called", _("Asked for")
    SUBMITTED = "submitted", _("Sent, waiting for review")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    DROPPED = "dropped", _("Not presented")


class Paper(LockedModel):
    """A paper (tham luận) asked of a unit: order and minutes at the conference; `state` repeats the last decision."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="papers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField(default=10)
    order = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.CALLED)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gt=0), name="conferences_paper_minutes")]


class PaperRevision(SealedModel):
    """A version sent by the unit. Client-made id makes a repeat harmless."""

    id = models.UUIDField(primary_key=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]


class PaperDecision(SealedModel):
    """Accepted or returned with remarks, on exactly one revision."""

    revision = models.OneToOneField(PaperRevision, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    remarks = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(accepted=True) | ~models.Q(remarks=""), name="conferences_return_has_remarks")]


class PaperFigure(LockedModel):
    """A frozen figure that the paper stands on: shown beside it on every screen, with the presenting unit's own part."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="figures")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["paper", "edition", "code"], name="conferences_paper_figure_once")]


class ItemKind(models.TextChoices):
    OPENING = "opening", _("Opening")
    REPORT = "report", _("Report")
    PAPER = "paper", _("Paper")
    DISCUSSION = "discussion", _("Discussion")
    AWARD = "award", _("Commendation")
    DIRECTION = "direction", _("Direction")
    CONCLUSION = "conclusion", _("Conclusion")
    BREAK = "break", _("Break")
    OTHER = "other", _("Other")


class AgendaItem(LockedModel):
    """One line of the working agenda: two levels. `starts_at` is given or follows from the lines before it (None)."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="agenda")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    order = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=ItemKind.choices)
    title = models.CharField(max_length=300)
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True)
    speaker = models.ForeignKey(Delegate, null=True, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="items")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gt=0), name="conferences_item_minutes")]


class AgendaVersion(SealedModel):
    """The agenda as issued: `body` and `changes` are canonical JSON, the change list against the version before."""

    conference = models.ForeignKey(Conference, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    changes = models.TextField()
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="conferences_version_once")]
