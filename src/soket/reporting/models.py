"""Templates, rounds, drafts, submissions and decisions. A submission is immutable and client-named."""
from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from soket.files.models import StoredFile
from soket.kernel.door import LockedModel, SealedModel
from soket.organisations.models import Level, Line, Unit
from soket.programmes.models import Programme


class FigureKind(models.TextChoices):
    COUNT = "count", _("count in the period")
    STOCK = "stock", _("stock on the closing day")
    AVERAGE = "average", _("yearly average")
    CUMULATIVE = "cumulative", _("cumulative")
    RATIO = "ratio", _("ratio")


class UnitRule(models.TextChoices):
    """How a figure is made from several units (DOMAIN §3)."""

    SUM = "sum", _("sum")
    LAST = "last", _("last")
    MAX = "max", _("maximum")
    MIN = "min", _("minimum")
    WMEAN = "wmean", _("weighted mean")
    RATIO = "ratio", _("ratio of sums")
    SHARE = "share", _("share of units")
    DISTINCT = "distinct", _("distinct, never summed")
    JOINT = "joint", _("joint events, each once")
    NONE = "none", _("not aggregated")


class TimeRule(models.TextChoices):
    SUM = "sum", _("sum")
    LAST = "last", _("last period")
    MAX = "max", _("maximum")
    MIN = "min", _("minimum")
    MEAN = "mean", _("mean")
    NONE = "none", _("not aggregated")


class Indicator(LockedModel):
    """What is counted. `scale` is the number of decimals of its smallest unit (0 = whole numbers)."""

    code = models.CharField(max_length=20, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    measure_vi = models.CharField(max_length=40)
    measure_en = models.CharField(max_length=40)
    definition_vi = models.TextField()
    definition_en = models.TextField()
    kind = models.CharField(max_length=12, choices=FigureKind.choices)
    over_units = models.CharField(max_length=10, choices=UnitRule.choices)
    over_time = models.CharField(max_length=10, choices=TimeRule.choices)
    scale = models.PositiveSmallIntegerField(default=0)
    yes_no = models.BooleanField(default=False)
    numerator = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    denominator = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    weight = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    part_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    public = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(over_units="ratio") | models.Q(numerator__isnull=False, denominator__isnull=False),
                name="reporting_ratio_has_both",
            ),
            models.CheckConstraint(
                condition=~models.Q(over_units="wmean") | models.Q(weight__isnull=False), name="reporting_mean_has_weight"
            ),
        ]


class PeriodRule(LockedModel):
    """A dated, cited rule of reporting periods: closing day of the month, for whom, from when."""

    code = models.CharField(max_length=20, unique=True)
    citation = models.CharField(max_length=300)
    closing_day = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)


class Template(SealedModel):
    """A version of a report form. `definition` (canonical JSON) lists sections, cells, texts, evidence and
    checks; `columns` the order of packed cells. See docs/architecture.md."""

    code = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    definition = models.TextField()
    columns = models.TextField()  # JSON list of indicator codes, in packed order
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="reporting_template_version")]


class TemplateUse(LockedModel):
    """A programme reads the reports made on a template; a unit reports once for all of them."""

    template_code = models.CharField(max_length=20)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="template_uses")


class Round(LockedModel):
    """Template × period. Days inclusive; `ends` is the closing day and decides the tree."""

    slug = models.SlugField(max_length=60, unique=True)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="rounds")
    rule = models.ForeignKey(PeriodRule, on_delete=models.PROTECT)
    kind = models.CharField(max_length=10)  # kernel.periods.PeriodKind
    year = models.PositiveSmallIntegerField()
    index = models.PositiveSmallIntegerField()
    starts = models.DateField()
    ends = models.DateField()
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    synthetic = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="reporting_round_range"),
            models.UniqueConstraint(fields=["template", "kind", "year", "index"], name="reporting_round_once"),
        ]


class RoundScope(LockedModel):
    """Which line and level reports in the round (under one unit, or everywhere), and by when."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="scopes")
    line = models.ForeignKey(Line, on_delete=models.PROTECT)
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    under = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()


class Extension(SealedModel):
    """A later deadline for a scope, asked for by one person of the programme office; it holds once another agrees."""

    scope = models.ForeignKey(RoundScope, on_delete=models.PROTECT, related_name="extensions")
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class ExtensionAnswer(SealedModel):
    """The second person's answer: the deadline moves, or stays as it was."""

    extension = models.OneToOneField(Extension, on_delete=models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class RoundStateName(models.TextChoices):
    OPEN = "open", _("Open round")
    CLOSING = "closing", _("Closing round")
    CLOSED = "closed", _("Closed round")


class RoundState(SealedModel):
    """A dated state of a round; the latest row counts."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=10, choices=RoundStateName.choices)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)
    basis = models.CharField(max_length=300, blank=True)


class ReportState(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    EXCUSED = "excused", _("Excused")


class Report(LockedModel):
    """Unit × round, owed from the day the round was opened over the tree. `state`, `head` and `accepted`
    repeat what the submissions and decisions say and are written only with them."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    covers_from = models.DateField()
    covers_to = models.DateField()
    decider = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="reports_to_decide")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.NOT_STARTED)
    head = models.ForeignKey("Submission", null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.ForeignKey("Submission", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="reporting_report_once"),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(accepted__isnull=False), name="reporting_accepted_has_one"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="reporting_report_unit_state"),
            models.Index(fields=["decider", "state"], name="reporting_report_decider"),
        ]


class Draft(LockedModel):
    """The unfinished content of a report, kept as typed; overwritten by autosave, versioned by a counter."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="draft")
    content = models.TextField()
    counter = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class DraftTwin(SealedModel):
    """A draft that came from another device on an older counter; kept beside, never written over the other."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="draft_twins")
    content = models.TextField()
    counter = models.PositiveIntegerField()  # the counter it was based on
    saved_at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)


class Submission(SealedModel):
    """An immutable version of a report. The id is made by the client; the digest is over canonical content."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    values = models.BinaryField()  # little-endian int64 per template column
    states = models.BinaryField()  # one byte per template column (core.CellState)
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    device_time = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    late = models.BooleanField()
    event_id = models.BigIntegerField()  # the audit event that the receipt names; not a foreign key
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="reporting_submission_number")]


class RejectedTwin(SealedModel):
    """Content that came for `report` with the id of `submission` but other content; kept for a person to settle.
    The submission may belong to another unit's report. Rows older than the column have no report: the submission's."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="twins")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="twins")
    content = models.TextField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class TwinOutcome(models.TextChoices):
    FIRST = "first", _("The first stands, this one is set aside")
    SENT = "sent", _("This one is sent as a new version")


class TwinSettled(SealedModel):
    """What a person decided about content that came under a used id; both contents stay. `submission` is the
    version that it became, if it did."""

    twin = models.OneToOneField(RejectedTwin, on_delete=models.PROTECT, related_name="settled")
    outcome = models.CharField(max_length=10, choices=TwinOutcome.choices)
    submission = models.ForeignKey(Submission, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="sent", submission__isnull=False) | models.Q(outcome="first", submission=None),
                name="reporting_twin_sent_names_one",
            )
        ]


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned for correction")


class Decision(SealedModel):
    """Accepted or returned, by the superior named for the line; `id` is the order of decisions."""

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="decision")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    remarks = models.TextField(blank=True)
    section_remarks = models.TextField(default="{}")
    at = models.DateTimeField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    event_id = models.BigIntegerField()
    by_id = models.CharField(max_length=64)
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(verdict="returned") | ~models.Q(remarks=""), name="reporting_return_has_remarks"
            )
        ]


class Excuse(SealedModel):
    """A report is excused from a round, by whom and why; it leaves the denominator visibly."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="excuse")
    reason = models.CharField(max_length=400)
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)


class Evidence(SealedModel):
    """A file handed in with a submission, for one section."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="evidence")
    section = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)


class DraftFile(LockedModel):
    """A file added to a draft; becomes evidence when the report is submitted."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="draft_files")
    section = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)


class JointEvent(LockedModel):
    """One joint activity with one identity: the first reporter makes it, the counterpart confirms it."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="joint_events")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    title = models.CharField(max_length=200)
    reporter = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="joint_events_made")
    counterpart = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="joint_events_shared")
    made_at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reporter=models.F("counterpart")), name="reporting_joint_two_units")
        ]


class Answer(models.TextChoices):
    CONFIRMED = "confirmed", _("Confirmed")
    DENIED = "denied", _("Not ours")
    SAME_AS = "same_as", _("Same as another")


class JointAnswer(SealedModel):
    """The counterpart's answer: confirmed, or not ours; the latest counts. Look-alikes are settled by a person."""

    event = models.ForeignKey(JointEvent, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    same_as = models.ForeignKey(JointEvent, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by_label = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="same_as", same_as__isnull=False) | (~models.Q(answer="same_as") & models.Q(same_as=None)),
                name="reporting_same_as_names_one",
            )
        ]
