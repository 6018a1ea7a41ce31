"""The posted list and what is objected to it."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, rules
from soket.commendations.actions.shared import campaign_ref, locked, locked_campaign, move, nomination_ref, take_side
from soket.commendations.models import CampaignForm, Nomination, Objection, ObjectionAnswer, Posting
from soket.commendations.models.nominating import Side
from soket.commendations.queries import posting as queries
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean


@action
def post_list(*, campaign_form: CampaignForm, by: Actor, at: datetime) -> Posting:
    """Post those put forward for the form who stand on no list yet, for the working days of the campaign.

    Raises Refused when there is nobody to post, or when the campaign asks for no posting.
    """
    day = day_of(at)
    locked_campaign(campaign_form.campaign)
    if not rules.appraises(by, campaign_form.issuer_id, day):
        raise Refused(_("You do not appraise for this authority."))
    window = queries.window(campaign_form.campaign)
    if window is None:
        raise Refused(_("This campaign asks for no posted list."))
    rows = queries.unlisted(campaign_form)
    if not rows:
        raise Refused(_("Everyone put forward for this form has been posted."))
    ends = window.ends(day)
    made = Posting(
        campaign_form=campaign_form, number=campaign_form.postings.count() + 1, listed=canonical([str(row.pk) for row in rows]).decode(), until=ends.on,
        known=ends.known, rule=queries.cited(window.days, day), at=at, by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    payload = {"count": len(rows), "until": ends.on.isoformat(), "form": campaign_form.form.name_vi}
    record(event=events.council.POSTED, by=by, subject=campaign_ref(campaign_form.campaign), at=at, payload=payload)
    return made


@action
def object_to(*, posting: Posting, nomination: Nomination, text: str, document: str, by: Actor, at: datetime) -> Objection:
    """Who holds a post and reads the list objects to one on it, in the name of the office. Raises Refused at nomination, text, document, or
    once the last day is over."""
    day = day_of(at)
    if by.actor_kind != "person" or not queries.visible(by, day).filter(pk=posting.pk).exists():
        raise Refused(_("This list is not open to you."))
    if day > posting.until:
        raise Refused(_("Objections to this list were taken until %(day)s.") % {"day": queries.spoken(posting.until)})
    held = locked(nomination)
    if str(held.pk) not in queries.listed(posting) or held.state != "chosen":
        raise Refused(_("Choose a nomination of this list that is still put forward."), field="nomination")
    row = Objection(
        nomination=held, posting=posting, text=clean(text, "text", 2000), document=clean(document, "document", 80, required=False), at=at,
        by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    record(event=events.council.OBJECTED, by=by, subject=nomination_ref(held), at=at, payload={"document": row.document})
    return row


@action
def answer_objection(*, objection: Objection, upheld: bool, reason: str, by: Actor, at: datetime) -> ObjectionAnswer:
    """The issuer answers; upheld, the nomination is declined and the next in reserve may move up. Never by who had a hand in proposing it, nor
    by who objected. Raises Refused at reason."""
    held = locked(objection.nomination)
    if not rules.appraises(by, held.campaign_form.issuer_id, day_of(at)):
        raise Refused(_("You do not appraise for this authority."))
    if by.actor_id == objection.by_id:
        raise Refused(_("Nobody answers their own objection."))
    if ObjectionAnswer.objects.filter(objection=objection).exists():
        raise Refused(_("This objection has been answered."))
    reason = clean(reason, "reason", 1000)
    take_side(held, Side.DECIDE, "answered", by, at)
    row = ObjectionAnswer(objection=objection, upheld=upheld, reason=reason, at=at, by_id=by.actor_id, by_label=by.actor_label)
    row.save(force_insert=True)
    if upheld and held.state == "chosen":
        move(held, "declined", by, at, reason, {"objection": str(objection.pk)})
    record(event=events.council.ANSWERED, by=by, subject=nomination_ref(held), at=at, payload={"upheld": upheld}, reason=reason)
    return row
