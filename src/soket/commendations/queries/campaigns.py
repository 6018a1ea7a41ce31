"""A campaign for who works in it: who may propose, which forms, how much of a quota is used, what comes next."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.commendations import rules
from soket.commendations.core import course
from soket.commendations.core.states import COUNTED
from soket.commendations.models import Campaign, CampaignForm, Nomination, Quota
from soket.commendations.models.campaign import Stage
from soket.commendations.models.ruling import Recipients
from soket.kernel.clock import VIETNAM, day_of, today
from soket.kernel.memo import once
from soket.organisations import queries as organisations
from soket.organisations.core import Node
from soket.organisations.queries.units import lives
from soket.reviews import queries as reviews
from soket.ui.work import WorkItem

PENDING = ("confirmed", "incomplete", "agreed", "chosen")  # what must be settled before a campaign is decided


@dataclass(frozen=True)
class QuotaState:
    """A limit that a nomination of the unit meets. `unit_id` is the unit of that level above it, None for the whole campaign (level 0).
    `used`: nominations confirmed and not refused, withdrawn or cancelled. A limit of 0 means none; no limit means no row."""

    level: int
    unit_id: int | None
    unit_name: str
    limit: int
    used: int

    @property
    def left(self) -> int:
        return max(self.limit - self.used, 0)

    @property
    def full(self) -> bool:
        return self.used >= self.limit


def placed(unit_id: int, day: date) -> list[Node]:
    """The unit, or who took over from it, with everything above it in its line that day, from the centre down; empty when nobody did."""
    heir = organisations.unit_heir(unit_id, day)
    life = lives().at(heir, day) if heir is not None else None
    return organisations.unit_tree(_codes()[life.line], day).path(life.unit) if life is not None else []


def _codes() -> dict[int, str]:
    return {line.pk: line.code for line in organisations.lines()}


def takes_nominations(campaign: Campaign, day: date) -> bool:
    """Whether nominations are submitted and confirmed that day: the campaign is open and its calendar says so, the last day included."""
    return campaign.stage == Stage.OPEN and campaign.opens_on <= day <= campaign.nominate_until


def is_proposer(campaign: Campaign, unit_id: int, day: date) -> bool:
    """Whether a unit of that line and level proposes in the campaign, whenever."""
    heir = organisations.unit_heir(unit_id, day)
    life = lives().at(heir, day) if heir is not None else None
    pairs = once(("commendations.proposers", campaign.pk), lambda: frozenset(campaign.proposers.values_list("line_id", "level")))
    return life is not None and (life.line, life.level) in pairs


def may_propose(campaign: Campaign, unit_id: int, day: date) -> bool:
    """Whether the unit may submit a nomination that day: it is one that proposes, and nominations are taken."""
    return takes_nominations(campaign, day) and is_proposer(campaign, unit_id, day)


def form_choices(campaign: Campaign, unit_id: int, recipient: str, day: date) -> list[CampaignForm]:
    """The forms for which a recipient of that kind may be proposed by the unit: the form is given to such recipients, its issuer stands at
    the centre or over the unit's area, and no quota of none (0) stands in the way. A full quota leaves the form in the list."""
    path = placed(unit_id, day)
    if not path:
        return []
    areas = {node.area for node in path}
    rows = campaign.forms.select_related("form", "issuer", "campaign").prefetch_related("quotas")
    fits = [row for row in rows if row.form.recipients in (Recipients.BOTH, recipient)]
    levels = {node.level for node in path} | {0}
    return [row for row in fits if _issues_for(row, areas, day) and not _none_allowed(row.quotas.all(), recipient, levels)]


def _issues_for(row: CampaignForm, areas: set[int | None], day: date) -> bool:
    issuer = placed(row.issuer_id, day)
    return bool(issuer) and (issuer[-1].level == 0 or issuer[-1].area in areas)


def _none_allowed(quotas: Iterable[Quota], recipient: str, levels: set[int]) -> bool:
    return any(quota.limit == 0 and quota.recipient == recipient and quota.level in levels for quota in quotas)


def quota_state(campaign_form: CampaignForm, unit_id: int, recipient: str, day: date) -> list[QuotaState]:
    """Every limit that one more nomination by the unit would meet, from the whole campaign down; empty when nothing is limited."""
    limits = list(Quota.objects.filter(campaign_form=campaign_form, recipient=recipient).order_by("level"))
    if not limits:
        return []
    above = {node.level: node for node in placed(unit_id, day)}
    used = used_by(campaign_form, recipient, [quota.level for quota in limits], day)
    return [
        QuotaState(quota.level, node.id if node else None, node.name if node else "", quota.limit, used[quota.level, node.id if node else None])
        for quota in limits
        for node in [above.get(quota.level) if quota.level else None]
        if node is not None or quota.level == 0
    ]


def used_by(campaign_form: CampaignForm, recipient: str, levels: Iterable[int], day: date) -> Counter[tuple[int, int | None]]:
    """How many nominations count, by (level, unit of that level above the proposer that day); (0, None) is the whole campaign."""
    return spread(counted([campaign_form]).get((campaign_form.pk, recipient), Counter()), levels, day)


def counted(forms: Iterable[CampaignForm]) -> dict[tuple[int, str], Counter[int]]:
    """How many nominations count against a quota, by (form, kind of recipient) and proposing unit."""
    found: dict[tuple[int, str], Counter[int]] = {}
    rows = Nomination.objects.filter(campaign_form__in=list(forms), state__in=COUNTED).order_by()
    for form, recipient, proposer, count in rows.values_list("campaign_form_id", "recipient", "proposer_id").annotate(count=Count("pk")):
        found.setdefault((form, recipient), Counter())[proposer] += count
    return found


def spread(counts: Counter[int], levels: Iterable[int], day: date) -> Counter[tuple[int, int | None]]:
    """Counts by proposing unit as counts by (level, unit of that level above it that day)."""
    wanted, found = set(levels), Counter[tuple[int, int | None]]()
    for proposer, count in counts.items():
        found[0, None] += count
        for node in placed(proposer, day):
            if node.level and node.level in wanted:
                found[node.level, node.id] += count
    return found


def calendar_of(campaign: Campaign) -> course.Calendar:
    """The days of the campaign."""
    return course.Calendar(campaign.opens_on, campaign.nominate_until, campaign.appraise_until, campaign.decide_until)


def steps(campaign: Campaign, day: date | None = None) -> list[course.Step]:
    """The parts of the campaign in order, as they stand on the day (today)."""
    waiting = Nomination.objects.filter(campaign_form__campaign=campaign, state__in=("confirmed", "incomplete")).count()
    return course.course(campaign.stage, calendar_of(campaign), day or today(), waiting)


def missing(campaign: Campaign, day: date) -> list[str]:
    """What stands in the way of the campaign's next step, in words; empty when nothing does."""
    if campaign.stage == Stage.PLANNING:
        return _missing_to_open(campaign, day)
    if campaign.stage == Stage.APPRAISING:
        waiting = Nomination.objects.filter(campaign_form__campaign=campaign, state__in=PENDING).count()
        return [_("%(count)s nominations still wait for an authority, the council or a decision.") % {"count": waiting}] if waiting else []
    return []


def _missing_to_open(campaign: Campaign, day: date) -> list[str]:
    found, forms = [], list(campaign.forms.select_related("form"))
    if reviews.current_edition(campaign.review) is None:
        told = _("The review “%(review)s” has no frozen edition yet. An award rests on frozen figures, so nominations wait for the freeze.")
        found.append(told % {"review": campaign.review.title})
    if not forms:
        found.append(_("No form of commendation is chosen yet."))
    opens = max(campaign.opens_on, day)
    ended = [row.form.name_vi for row in forms if row.form.valid_to is not None and row.form.valid_to <= opens]
    found += [_("“%(form)s” is no longer in force when the campaign opens. Take it out and choose the newer one.") % {"form": name} for name in ended]
    if not campaign.proposers.exists():
        found.append(_("It is not said yet who may propose."))
    if campaign.nominate_until < day:
        found.append(_("The last day for nominations has passed. Change the calendar first."))
    return found


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Campaigns of the person's office whose nominations are past their last day and still open."""
    day, items = day_of(at), []
    for row in Campaign.objects.filter(stage=Stage.OPEN, nominate_until__lt=day).order_by("nominate_until"):
        if rules.runs(person, row, day):
            due = datetime(row.nominate_until.year, row.nominate_until.month, row.nominate_until.day, 23, 59, tzinfo=VIETNAM)
            url = reverse("commendations:campaign_next", args=[row.slug])
            items.append(WorkItem(title=row.title, detail=_("Close the nominations and pass on to appraisal"), url=url, due=due, late=True))
    return items
