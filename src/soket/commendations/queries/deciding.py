"""Decisions for who works on them: what is ready, what was decided, whose names are still closed, what money is owed, what waits."""
from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.accounts.queries import posts_of
from soket.commendations import rules
from soket.commendations.models import Award, Campaign, CampaignForm, Decision, DecisionPaper, Handing, Nomination, Recovery
from soket.commendations.queries import council
from soket.commendations.queries.decision_facts import in_order
from soket.files import queries as files
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.ui.work import WorkItem

IN_ORDER = ("decision__dated", "decision__entry_id", "place")
BODIES = ("decision__body", "cancellation__decision__body")  # long, and the same for every award of a decision: never joined to each
AHEAD = ("entry", "issuer", "campaign_form__form", "campaign_form__campaign__review")


def decisions(actor: Actor, day: date) -> QuerySet[Decision]:
    """The decisions that the actor may read, newest first."""
    seen = Decision.objects.filter(rules.decisions(actor, day)).values("pk")
    return Decision.objects.filter(pk__in=seen).select_related(*AHEAD).order_by("-dated", "-at")


def decision(actor: Actor, pk: UUID, day: date) -> Decision | None:
    return decisions(actor, day).filter(pk=pk).first()


def decision_by_id(pk: UUID) -> Decision | None:
    return Decision.objects.filter(pk=pk).select_related(*AHEAD).first()


def form_of(campaign: Campaign, form_id: int) -> CampaignForm | None:
    return campaign.forms.filter(pk=form_id).select_related("form", "issuer", "campaign__review").first()


def ready(form: CampaignForm, day: date) -> tuple[list[Nomination], list[str]]:
    """(nominations that may be decided on, in the order of the list; what stands in the way of others, in words)."""
    rows, obstacles = council.ready_to_decide(form, day)
    return in_order(rows), [str(one) for one in obstacles]


def seen_mark(rows: Iterable[Nomination]) -> str:
    """Names a list as it was shown: what is signed is what was read."""
    return hashlib.sha256("\n".join(f"{row.pk} {row.brief}" for row in rows).encode()).hexdigest()[:32]


def decisions_of(form: CampaignForm) -> list[Decision]:
    """The decisions made on a form, oldest first."""
    return list(Decision.objects.filter(campaign_form=form).select_related("entry").defer("body").order_by("dated", "at"))


@dataclass(frozen=True)
class FormRow:
    """One form of a campaign with its decisions: (decision, awards in it) to commend."""

    form: CampaignForm
    made: list[tuple[Decision, int]]
    waiting: int  # put forward, not decided on yet


def form_rows(campaign: Campaign) -> list[FormRow]:
    """The forms of the campaign and what was decided on each; three queries."""
    forms = list(campaign.forms.select_related("form", "issuer"))
    waiting = dict(
        Nomination.objects.filter(campaign_form__campaign=campaign, state="chosen").order_by().values_list("campaign_form").annotate(count=Count("pk"))
    )
    made: dict[int, list[tuple[Decision, int]]] = {}
    rows = Decision.objects.filter(campaign_form__campaign=campaign, kind="award").select_related("entry").defer("body").annotate(count=Count("awards"))
    for row in rows.order_by("dated", "at"):
        made.setdefault(row.campaign_form_id, []).append((row, row.count))
    return [FormRow(form, made.get(form.pk, []), waiting.get(form.pk, 0)) for form in forms]


def signing_post(person: Person, issuer_id: int, day: date) -> str:
    """The title under which the person signs for the issuer; empty when the post has none."""
    return next((post.title for post in posts_of(person, day) if post.office == Office.SIGN and post.unit_id == issuer_id), "")


def awards_of(decision: Decision) -> QuerySet[Award]:
    """The awards of a decision in the order of its list, each with what happened to it."""
    rows = decision.awards.select_related("gold", "approval", "cancellation__decision__entry", "nomination")
    return rows.defer("cancellation__decision__body").order_by("place")


def cancelled_by(decision: Decision) -> QuerySet[Award]:
    """The awards that a decision cancelled, in the order of their own lists."""
    joined = ("gold", "approval", "cancellation__decision__entry", "nomination", "decision__entry")
    return Award.objects.filter(cancellation__decision=decision).select_related(*joined).defer(*BODIES).order_by(*IN_ORDER)


def all_decided(campaign: Campaign) -> bool:
    """Whether every form of the campaign has a decision and nobody put forward still waits for one."""
    rows = form_rows(campaign)
    return bool(rows) and all(row.made and not row.waiting for row in rows)


def seen_awards(rows: Iterable[Award]) -> str:
    """Names a list of awards as it was shown."""
    return hashlib.sha256(" ".join(str(row.pk) for row in rows).encode()).hexdigest()[:32]


def closed_names(decision: Decision) -> QuerySet[Award]:
    """The awards of a decision whose names are not open to the public."""
    return awards_of(decision).filter(approval=None)


def award(actor: Actor, award_id: int, day: date) -> Award | None:
    """An award of a decision that the actor may read."""
    joined = [f"decision__{one}" for one in AHEAD]
    seen = Award.objects.filter(decision__in=Decision.objects.filter(rules.decisions(actor, day)).values("pk"))
    more = ("gold", "approval", "nomination__campaign_form__campaign", "cancellation__decision__entry")
    return seen.filter(pk=award_id).select_related(*joined, *more).defer(*BODIES).first()


def award_given(nomination: Nomination) -> Award | None:
    """The award that the nomination led to."""
    joined = ("decision__entry", "decision__campaign_form__campaign", "gold", "approval", "cancellation__decision__entry")
    return Award.objects.filter(nomination=nomination).select_related(*joined).defer(*BODIES).first()


def handings(award: Award) -> list[Handing]:
    """Everything kept about handing the award over, struck rows too."""
    return list(award.handings.select_related("strikes").order_by("at", "pk"))


def handing_of(award: Award, pk: UUID) -> Handing | None:
    return award.handings.filter(pk=pk).first()


def kept_paper(decision: Decision, form: str) -> DecisionPaper | None:
    """The kept paper whose bytes are whole; None while it is not set yet, or its bytes were lost."""
    row = DecisionPaper.objects.filter(decision=decision, form=form).select_related("file").first()
    return row if row is not None and files.verify(row.file.sha256) else None


def kept_forms(decision: Decision) -> dict[str, DecisionPaper]:
    """The newest kept paper of each form, without reading its bytes."""
    return {row.form: row for row in DecisionPaper.objects.filter(decision=decision).select_related("file").order_by("pk")}


def paper_bytes(paper: DecisionPaper) -> bytes:
    """The bytes, checked against their hash. Raises files.FileDamaged."""
    return files.read(paper.file)


@dataclass(frozen=True)
class Owed:
    """Money that goes with awards, in whole đồng. `known` of `of` awards have a rule; `dong` is the sum over these alone."""

    known: int
    of: int
    dong: int

    @property
    def unknown(self) -> int:
        return self.of - self.known


@dataclass(frozen=True)
class MoneyRow:
    """Awards of one decision and one kind of recipient to which the same rule gives the same; `each` None while no rule is known."""

    decision: Decision
    recipient: str
    count: int
    each: int | None
    rule: str
    citation: str
    doubt: str

    @property
    def total(self) -> int | None:
        return None if self.each is None else self.count * self.each


@dataclass(frozen=True)
class Money:
    """What a campaign owes: what stands, and what was cancelled and is to come back."""

    owed: Owed
    rows: list[MoneyRow]
    cancelled: Owed
    recovered: int


def money(awards: QuerySet[Award]) -> Money:
    """The money of these awards; three queries whatever their number."""
    told = [(row, json.loads(row.money)) for row in awards.select_related("decision__entry").defer("decision__body").order_by(*IN_ORDER)]
    groups: dict[tuple[UUID, str, int | None, str, str, str], list[Award]] = {}
    for row, given in told:
        if row.stage == "granted":
            key = (row.decision_id, row.recipient, given.get("dong"), *(str(given.get(name, "")) for name in ("rule", "citation", "doubt")))
            groups.setdefault(key, []).append(row)  # type: ignore[arg-type]
    rows = [MoneyRow(found[0].decision, key[1], len(found), *key[2:]) for key, found in groups.items()]
    back = Recovery.objects.filter(cancellation__award__in=awards.order_by().select_related(None).values("pk"), what="money")
    recovered = sum(dong or 0 for dong in back.values_list("dong", flat=True))
    return Money(owed([one for row, one in told if row.stage == "granted"]), rows, owed([one for row, one in told if row.stage != "granted"]), recovered)


def owed(moneys: Sequence[dict[str, object]]) -> Owed:
    """Of how many the money is known, and their sum."""
    known = [one["dong"] for one in moneys if isinstance(one.get("dong"), int)]
    return Owed(len(known), len(moneys), sum(known))  # type: ignore[arg-type]


def campaign_awards(actor: Actor, campaign: Campaign, day: date) -> QuerySet[Award]:
    """The awards of the campaign that stand in decisions the actor may read."""
    seen = Decision.objects.filter(rules.decisions(actor, day), campaign_form__campaign=campaign).values("pk")
    return Award.objects.filter(decision__in=seen).select_related("decision__entry", "decision__campaign_form__form").defer("decision__body")


def waiting(person: Person, at: datetime) -> list[WorkItem]:
    """Lists that the person may sign, and decisions whose names the person may open to the public."""
    day, items = day_of(at), []
    chosen = Nomination.objects.filter(state="chosen").order_by().values("campaign_form")
    for form in CampaignForm.objects.filter(pk__in=chosen).select_related("form", "campaign").order_by("campaign", "order"):
        if rules.decides(person, form.issuer_id, day) and (rows := ready(form, day)[0]):
            url = reverse("commendations:decide", args=[form.campaign.slug, form.pk])
            items.append(WorkItem(title=f"{form.campaign.title}: {form.form.name_vi}", detail=_("Decide on the list"), url=url, count=len(rows)))
    closed = Decision.objects.filter(kind="award").defer("body").annotate(closed=Count("awards", filter=Q(awards__approval=None))).filter(closed__gt=0)
    for row in closed.select_related(*AHEAD):
        if rules.opens_names(person, row, day):
            url = reverse("commendations:names", args=[row.pk])
            title = _("Decision %(number)s") % {"number": row.entry.notation}
            items.append(WorkItem(title=title, detail=_("Open the names to the public"), url=url, count=row.closed))
    return items
