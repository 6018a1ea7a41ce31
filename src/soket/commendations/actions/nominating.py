"""Nominations are written: begun one by one or from a table, changed while they may be."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.shared import locked, locked_campaign, move, nomination_ref, take_side
from soket.commendations.actions.twinning import find_twins
from soket.commendations.core.states import EDITABLE
from soket.commendations.core.wording import identity_like, other_script
from soket.commendations.models import Campaign, CampaignForm, GroundFigure, Nomination, Wording
from soket.commendations.models.campaign import RecipientKind
from soket.commendations.models.nominating import Side
from soket.commendations.queries import campaigns, twins
from soket.commendations.queries.binding import Bound, Naming, bind, checked_text
from soket.commendations.queries.scope import unit_names
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.programmes.models import Programme
from soket.reviews.rules import clean

EARLIEST = date(1945, 9, 2)
TOLD = ("unit_id", "person_name", "person_post", "programme_id", "achieved_from", "achieved_to", "brief")
FIXED = ("recipient", "unit_id", "person_name")  # once the nomination has been confirmed
JUDGED = (*FIXED, "programme_id", "achieved_from", "achieved_to")  # once a person has said whether it is the same as another


class DoubleEntry(Refused):
    """The unit proposes this recipient for this form and achievement already, in `nomination`."""

    def __init__(self, nomination: Nomination) -> None:
        message = gettext("Your unit already proposes this recipient for this achievement in nomination no. %(number)s.") % {"number": nomination.number}
        super().__init__(message, field="unit")
        self.nomination = nomination


@dataclass(frozen=True)
class Origin:
    """What a nomination was begun from."""

    kind: str
    key: str
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class NominationDraft:
    """A nomination as it is written. `id` is made with the form: sent twice it is one nomination. `figures` are named beside the text."""

    id: UUID
    campaign_form: CampaignForm
    recipient: str
    unit: Unit
    proposer: Unit
    programme: Programme | None
    achieved_from: date
    achieved_to: date
    brief: str
    summary: str = ""
    person_name: str = ""
    person_post: str = ""
    figures: tuple[Naming, ...] = ()
    source: Origin | None = None


@dataclass(frozen=True)
class RowOutcome:
    """What became of one of many: the nomination, or why not, by field."""

    nomination: Nomination | None
    errors: dict[str, str]

    @property
    def message(self) -> str:
        return " ".join(self.errors.values())


def outcome_of(refused: Refused, nomination: Nomination | None = None) -> RowOutcome:
    """A refusal as one row's result."""
    return RowOutcome(nomination, {name: str(message) for name, message in (refused.errors or {"": refused.message}).items()})


@action
def draft_nomination(
    *, id: UUID, campaign_form: CampaignForm, recipient: str, unit: Unit, proposer: Unit, programme: Programme | None, achieved_from: date, achieved_to: date,
    brief: str, by: Actor, at: datetime, summary: str = "", person_name: str = "", person_post: str = "", figures: Sequence[Naming] = (),
    source: Origin | None = None,
) -> Nomination:  # fmt: skip
    """Begin a nomination. The same id with the same content gives the first one again.

    Raises Refused at proposer (not the actor's unit, or one that does not propose), campaign_form (not for this recipient; nominations are
    not taken that day), recipient, unit (not one that the proposer may name, or a DoubleEntry), person_name, person_post, programme,
    achieved_from, achieved_to, brief, summary, figures or id.
    """
    draft = NominationDraft(
        id=id, campaign_form=campaign_form, recipient=recipient, unit=unit, proposer=proposer, programme=programme, achieved_from=achieved_from,
        achieved_to=achieved_to, brief=brief, summary=summary, person_name=person_name, person_post=person_post, figures=tuple(figures), source=source,
    )  # fmt: skip
    return _draft(draft, by, at)


@action
def draft_many(*, drafts: Sequence[NominationDraft], by: Actor, at: datetime) -> list[RowOutcome]:
    """Begin many, each by itself: one that is refused leaves the others. The results come in the order given."""
    made = []
    for draft in drafts:
        try:
            with transaction.atomic():
                made.append(RowOutcome(_draft(draft, by, at), {}))
        except Refused as refused:
            made.append(outcome_of(refused))
    return made


def _draft(draft: NominationDraft, by: Actor, at: datetime) -> Nomination:
    day, held = day_of(at), draft.campaign_form
    if not rules.reports_for(by, draft.proposer.pk, day):
        raise Refused(_("You do not report for this unit."), field="proposer")
    campaign = locked_campaign(held.campaign)
    made = Nomination(
        id=draft.id, campaign_form=held, recipient=draft.recipient, proposer=draft.proposer, at=at, synthetic=campaign.synthetic,
        **told(draft, campaign, at),
    )  # fmt: skip
    if (known := Nomination.objects.filter(pk=draft.id).first()) is not None:
        return _again(known, made, by)
    open_for(campaign, draft.proposer.pk, day)
    _fits(held, draft.proposer.pk, draft.recipient, day)
    last = Nomination.objects.filter(campaign_form__campaign=campaign).order_by("-number").values_list("number", flat=True).first() or 0
    made.number, made.recipient_key = last + 1, twins.recipient_key(made.recipient, made.unit_id, made.person_name)
    _no_double(made)
    text = checked_text(draft.summary)
    bound = bind(campaign.review, text, draft.figures)
    if draft.source is not None:
        one = draft.source
        made.source_kind, made.source_id, made.source_label, made.source_url = one.kind, one.key, one.label[:300], one.url
    made.save(force_insert=True)
    move(made, "drafted", by, at)
    take_side(made, Side.PROPOSE, "draft", by, at)
    _word(made, text, bound, by, at)
    payload = {
        "proposer": unit_names([made.proposer_id], day)[made.proposer_id], "form": held.form.code, "recipient": made.recipient,
        "source": made.source_label, "figures": _codes(bound),
    }  # fmt: skip
    record(event=events.nominating.DRAFTED, by=by, subject=nomination_ref(made), at=at, payload=payload)
    return made


def _again(known: Nomination, made: Nomination, by: Actor) -> Nomination:
    first = known.moves.order_by("number").values_list("by_id", flat=True).first()
    same = all(getattr(known, name) == getattr(made, name) for name in ("campaign_form_id", "proposer_id", "recipient", *TOLD))
    if not same or first != by.actor_id:
        raise Refused(_("This id already belongs to another nomination."), field="id")
    return known


def open_for(campaign: Campaign, proposer_id: int, day: date) -> None:
    """Raise Refused unless nominations are taken that day and the unit is one that proposes."""
    if not campaigns.takes_nominations(campaign, day):
        raise Refused(_("Nominations are not taken on this day: see the calendar of the campaign."), field="campaign_form")
    if not campaigns.is_proposer(campaign, proposer_id, day):
        raise Refused(_("Units of this line and level do not propose in this campaign."), field="proposer")


def _fits(held: CampaignForm, proposer_id: int, recipient: str, day: date) -> None:
    if held.pk not in {one.pk for one in campaigns.form_choices(held.campaign, proposer_id, recipient, day)}:
        raise Refused(_("This form is not given to such a recipient of your unit in this campaign."), field="campaign_form")


def told(draft: NominationDraft, campaign: Campaign, at: datetime, known_unit: int | None = None) -> dict[str, Any]:
    """What a nomination states (`TOLD`), cleaned; a unit that is named already may have ended since. Raises Refused at the wrong field."""
    day, person = day_of(at), draft.recipient == "person"
    if draft.recipient not in RecipientKind.values:
        raise Refused(_("Choose a collective or a person."), field="recipient")
    name = _line(draft.person_name, "person_name", 120, required=person)
    post = _line(draft.person_post, "person_post", 200, required=False)
    if not person and (name or post):
        raise Refused(_("A collective has no name or post of a person: leave these empty or choose a person."), field="person_name")
    for text, field in ((name, "person_name"), (post, "person_post")):
        if other_script(text):
            raise Refused(_("Write it in Vietnamese letters: it holds a letter of another script."), field=field)
        if identity_like(text):
            raise Refused(_("Take out the run of digits: identity numbers are not kept here, only name, post and unit."), field=field)
    if draft.unit.pk != known_unit:
        _may_be_named(draft.unit.pk, draft.proposer.pk, day)
    if draft.programme is not None and not campaign.review.programmes.filter(programme=draft.programme).exists():
        raise Refused(_("Choose a programme of this review."), field="programme")
    if draft.achieved_from < EARLIEST:
        raise Refused(_("Enter a day, for example 14/06/2026."), field="achieved_from")
    if draft.achieved_to < draft.achieved_from:
        raise Refused(_("The last day of the achievement lies before its first."), field="achieved_to")
    if draft.achieved_to > day:
        raise Refused(_("The achievement ends today at the latest."), field="achieved_to")
    return {
        "unit_id": draft.unit.pk, "person_name": name, "person_post": post, "programme_id": draft.programme.pk if draft.programme else None,
        "achieved_from": draft.achieved_from, "achieved_to": draft.achieved_to, "brief": _line(draft.brief, "brief", 300),
    }  # fmt: skip


def _line(text: str, field: str, limit: int, *, required: bool = True) -> str:
    return clean(" ".join(text.split()), field, limit, required=required)


def _may_be_named(unit_id: int, proposer_id: int, day: date) -> None:
    """The unit itself, one below it, or one of another line on its area or below that."""
    if organisations.unit_at(unit_id, day) is None:
        raise Refused(_("The unit does not exist on that day."), field="unit")
    own, path = campaigns.placed(proposer_id, day), campaigns.placed(unit_id, day)
    if not own or not any(node.id == own[-1].id or (node.level, node.area) == (own[-1].level, own[-1].area) for node in path):
        raise Refused(_("A unit proposes itself, units below it, and units of other lines on its area."), field="unit")


def _no_double(nomination: Nomination) -> None:
    if (double := twins.double_of(nomination)) is not None:
        raise DoubleEntry(double)


def _word(nomination: Nomination, text: str, bound: Iterable[Bound], by: Actor, at: datetime) -> Wording:
    row = Wording(nomination=nomination, number=nomination.wordings.count() + 1, summary=text, at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    GroundFigure.objects.bulk_create(
        GroundFigure(wording=row, edition=one.edition, code=one.figure.code, sha256=one.figure.sha256, label=one.figure.label("vi")[:300],
                     display=one.figure.display("vi")[:120])
        for one in bound
    )  # fmt: skip
    return row


def _codes(bound: Iterable[Bound]) -> list[str]:
    return [one.figure.printed for one in bound]


@action
def edit_nomination(
    *, nomination: Nomination, unit: Unit, programme: Programme | None, achieved_from: date, achieved_to: date, brief: str, summary: str, by: Actor,
    at: datetime, recipient: str | None = None, person_name: str = "", person_post: str = "", figures: Sequence[Naming] = (),
) -> Nomination:  # fmt: skip
    """Change a nomination that is being written or is to be completed; a text or grounds that differ make a new wording, the old ones stay.

    Tokens name figures of the edition that is current now. Raises Refused as `draft_nomination` does, at unit or person_name when the
    recipient of a nomination that was confirmed already would change, and at whatever a verdict on look-alikes has judged (`JUDGED`).
    """
    day, campaign = day_of(at), locked_campaign(nomination.campaign_form.campaign)
    held = locked(nomination)
    if not rules.reports_for(by, held.proposer_id, day):
        raise Refused(_("You do not report for this unit."), field="proposer")
    if held.state not in EDITABLE:
        raise Refused(_("This cannot be done while the nomination stands at “%(state)s”.") % {"state": held.get_state_display()})
    draft = NominationDraft(
        id=held.pk, campaign_form=held.campaign_form, recipient=recipient or held.recipient, unit=unit, proposer=held.proposer, programme=programme,
        achieved_from=achieved_from, achieved_to=achieved_to, brief=brief, summary=summary, person_name=person_name, person_post=person_post,
        figures=tuple(figures),
    )  # fmt: skip
    changed = _changed(held, draft, campaign, day, at)
    text = checked_text(summary)
    bound = bind(campaign.review, text, draft.figures)
    take_side(held, Side.PROPOSE, "edit", by, at)
    newest = held.wordings.order_by("-number").first()
    before = set(GroundFigure.objects.filter(wording=newest).values_list("edition_id", "code"))
    if newest is None or newest.summary != text or before != {one.key for one in bound}:
        newest = _word(held, text, bound, by, at)
        changed.append("summary")
    if not changed:
        return held
    held.save()
    if held.state == "incomplete":
        find_twins([held], by, at)
    payload = {"fields": changed, "wording": newest.number, "figures": _codes(bound)}
    record(event=events.nominating.EDITED, by=by, subject=nomination_ref(held), at=at, payload=payload)
    return held


def _changed(held: Nomination, draft: NominationDraft, campaign: Campaign, day: date, at: datetime) -> list[str]:
    """Put what the draft states on the row; the names of the fields that differ."""
    given = {"recipient": draft.recipient, **told(draft, campaign, at, held.unit_id)}
    names = [name for name, value in given.items() if getattr(held, name) != value]
    if held.state != "draft" and set(names) & set(FIXED):
        message = _("The recipient stays as confirmed. Withdraw this nomination and begin another to propose somebody else.")
        raise Refused(message, field="person_name" if "person_name" in names else "unit")
    if (moved := next((name for name in JUDGED if name in names), "")) and twins.judged(held):
        message = _(
            "It was settled whether this is the same achievement as another, so who and what it is for stays. Withdraw it and begin another nomination."
        )
        raise Refused(message, field=moved.removesuffix("_id"))
    if "recipient" in names:
        _fits(held.campaign_form, held.proposer_id, draft.recipient, day)
    for name in names:
        setattr(held, name, given[name])
    if set(names) & set(FIXED):  # the same recipient keeps the key, with the mark that tells it from a namesake
        held.recipient_key = twins.recipient_key(held.recipient, held.unit_id, held.person_name)
    _no_double(held)
    return [name.removesuffix("_id") for name in names]
