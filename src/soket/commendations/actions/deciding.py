"""A decision to commend: signed once for a whole list, with its number, gold-book numbers, money and the achievements it holds."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.commendations import events, rules, signals
from soket.commendations.actions.shared import decision_ref, locked_campaign, locked_many, move_many, nomination_ref, take_sides
from soket.commendations.models import Award, CampaignForm, Decision, DecisionPaper, Holding, Move, NameApproval, Nomination
from soket.commendations.models.nominating import Side
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import decision_facts as facts
from soket.commendations.queries import holding
from soket.documents import kinds
from soket.documents.actions import Taking, take_many, take_number
from soket.documents.kinds.shared import Kind
from soket.documents.models import Entry
from soket.files import core as files
from soket.files.actions import store
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean

NAMED_BY = ("decision__entry", "decision__campaign_form__campaign")
TYPES = {"pdf": files.PDF, "docx": files.DOCX}


@action
def decide(
    *, id: UUID, campaign_form: CampaignForm, nominations: Sequence[Nomination], dated: date, signer_post: str, authority: str = "",
    bases: Sequence[str] = (), by: Actor, at: datetime,
) -> Decision:  # fmt: skip
    """Award the form to these nominations: all of them or none. The caller has made the person prove who she is again.

    Numbers are taken from the issuer's registers, words and money are frozen, each achievement is held. Said again under the same id it
    gives the first decision. Raises Refused at "nominations" (not ready, proposed by the signer, the achievement is held already, naming
    each), "dated" (to come, before the council chose, before the register's last number) or "signer_post".
    """
    known = Decision.objects.filter(pk=id).first()
    if known is not None:
        return same_decision(known, campaign_form, "award")
    form = CampaignForm.objects.select_related("form", "issuer", "campaign__review").get(pk=campaign_form.pk)
    require_signer(by, form, at)
    post, told = clean(signer_post, "signer_post", 200), clean(authority, "authority", 200, required=False)
    locked_campaign(form.campaign)
    holding.lock_recipients(nominations)  # all rows of the recipients in one order, before any other: two issuers at once never wait on each other
    rows = facts.in_order(locked_many(nominations))
    _ready(form, rows, day_of(at))
    _after_the_choice(rows, dated)
    take_sides(rows, Side.DECIDE, "decide", by, at)
    _free(rows, form)
    body = facts.award_body(form, rows, dated, post, told, [clean(line, "bases", 500) for line in bases])
    entry = numbered(form, id, kinds.DECISION, f"Về việc tặng {form.form.name_vi} ({len(rows)} tập thể, cá nhân)", dated, by, at)
    golds = _gold_numbers(form, rows, entry, dated, by, at)
    for told_award, gold in zip(body["awards"], golds, strict=True):
        told_award["gold"] = gold.number
    row = keep_decision(id, form, "award", entry, body, dated, post, by, at)
    _award(row, rows, body, golds, by, at)
    return row


def require_signer(by: Actor, form: CampaignForm, at: datetime) -> None:
    if not rules.decides(by, form.issuer_id, day_of(at)):
        raise Refused(_("Only who signs for the issuer decides on its form."))


def same_decision(known: Decision, form: CampaignForm, kind: str) -> Decision:
    if known.campaign_form_id != form.pk or known.kind != kind:
        raise Refused(_("This id already belongs to another act."), field="id")
    return known


def _numbers(rows: Sequence[Nomination]) -> str:
    return ", ".join(str(row.number) for row in rows)


def _ready(form: CampaignForm, rows: Sequence[Nomination], day: date) -> None:
    if not rows:
        raise Refused(_("Choose at least one nomination to decide on."), field="nominations")
    able, obstacles = queries.ready(form, day)
    known = {row.pk for row in able}
    if not_ready := [row for row in rows if row.pk not in known]:
        said = now_gettext("These nominations cannot be decided on yet: %(numbers)s.") % {"numbers": _numbers(not_ready)}
        raise Refused(" ".join([said, *obstacles]), field="nominations")


def _after_the_choice(rows: Sequence[Nomination], dated: date) -> None:
    """A decision is not dated before the day on which the last of its list was put forward."""
    for part in facts.chunks([row.pk for row in rows]):
        last = Move.objects.filter(nomination__in=part, kind__in=("chosen", "promoted")).order_by("at").last()
        if last is not None and dated < day_of(last.at):
            said = now_gettext("The council put the last of this list forward on %(day)s; a decision on it is not dated before that.")
            raise Refused(said % {"day": f"{day_of(last.at):%d/%m/%Y}"}, field="dated")


def _free(rows: Sequence[Nomination], form: CampaignForm) -> None:
    """Refused when an achievement is held by another award, or stands twice in this list, or a person found it to be that of another."""
    said = [holding.words(one) for one in holding.clashes(rows)] + holding.judged_the_same(rows)
    if said:
        raise Refused(" ".join([now_gettext("One achievement has one form."), *said[:20]]), field="nominations")


def numbered(form: CampaignForm, id: UUID, kind: Kind, subject: str, dated: date, by: Actor, at: datetime) -> Entry:
    """The next number of the issuer's register for the decision."""
    return take_number(
        issuer=f"unit:{form.issuer_id}", issuer_label=facts.issuer_name(form, dated), series="van-ban", on=dated, symbol=kind.symbol(form.form.symbol),
        subject=subject, kind=kind.code, reference=f"commendations.decision:{id}", by=by, at=at,
    )  # fmt: skip


def _gold_numbers(form: CampaignForm, rows: Sequence[Nomination], entry: Entry, dated: date, by: Actor, at: datetime) -> list[Entry]:
    takings = [
        Taking(f"{form.form.name_vi}: Quyết định {entry.notation}, thứ tự {place}", f"commendations.nomination:{row.pk}") for place, row in enumerate(rows, 1)
    ]
    return take_many(
        issuer=f"unit:{form.issuer_id}", issuer_label=facts.issuer_name(form, dated), series="so-vang", on=dated,
        symbol=kinds.GOLD_BOOK.symbol(form.form.symbol), kind=kinds.GOLD_BOOK.code, takings=takings, by=by, at=at,
    )  # fmt: skip


def keep_decision(
    id: UUID, form: CampaignForm, kind: str, entry: Entry, body: dict[str, Any], dated: date, post: str, by: Actor, at: datetime
) -> Decision:
    """The decision's row; its papers are set once it is committed."""
    body["head"] |= {"number": entry.number, "dated": dated.isoformat(), "signed": facts.signed_note(at)}
    row = Decision(
        id=id, campaign_form=form, issuer_id=form.issuer_id, kind=kind, entry=entry, dated=dated, signer_post=post, body=canonical(body).decode(), at=at,
        by_id=by.actor_id, by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    transaction.on_commit(lambda: signals.decision_made.send(sender=Decision, decision_id=str(id)))
    return row


def _award(decision: Decision, rows: Sequence[Nomination], body: Mapping[str, Any], golds: Sequence[Entry], by: Actor, at: datetime) -> None:
    """The awards, the achievements they hold, the moves and the record; as many queries for a thousand as a few thousand rows need."""
    named = facts.recipients(rows, decision.dated)
    made = Award.objects.bulk_create(
        [
            Award(
                nomination=row, decision=decision, place=place, recipient=row.recipient, name=named[row.pk].title[:300], detail=named[row.pk].station[:400],
                achievement=row.brief, gold=gold, money=canonical(told["money"]).decode(),
            )
            for place, (row, gold, told) in enumerate(zip(rows, golds, body["awards"], strict=True), 1)
        ],
        batch_size=500,
    )  # fmt: skip
    hold([holding.of(award, row) for award, row in zip(made, rows, strict=True)])
    notation = decision.entry.notation
    move_many(rows, "decided", by, at, payloads=[{"decision": notation, "place": award.place} for award in made])
    form = decision.campaign_form
    payload = {
        "issuer": body["head"]["issuer"], "form": form.form.name_vi, "number": notation, "dated": decision.dated.isoformat(), "count": len(made),
        "digest": hex_digest(body),
    }  # fmt: skip
    drafts = [
        EventDraft(events.deciding.AWARDED, by, nomination_ref(row), at, {"decision": notation, "place": award.place, "gold": gold.number})
        for award, row, gold in zip(made, rows, golds, strict=True)
    ]
    record_many(drafts=[EventDraft(events.deciding.DECIDED, by, decision_ref(decision), at, payload), *drafts])


def hold(rows: Sequence[Holding]) -> None:
    """Keep the achievements that awards hold. The database's own guard stands behind the check and is said as a refusal too."""
    try:
        with transaction.atomic():
            Holding.objects.bulk_create(rows, batch_size=500)
    except DatabaseError as error:
        if "overlap" not in str(error):
            raise
        raise Refused(_("One achievement has one form: another award for one of these achievements was decided meanwhile."), field="nominations") from error


@action
def keep_decision_paper(*, decision: Decision, form: str, content: bytes, by: Actor, at: datetime) -> DecisionPaper:
    """Keep the paper of a decision (`form` pdf or docx); the one already kept is returned while its bytes are whole."""
    known = queries.kept_paper(decision, form)
    if known is not None:
        return known
    name = f"quyet-dinh-{decision.entry.number:02d}-{decision.dated.year}.{form}"
    synthetic = decision.campaign_form.campaign.synthetic
    file = store(content=content, name=name, allowed=files.EVIDENCE & {TYPES[form]}, by=by, at=at, synthetic=synthetic)
    row = DecisionPaper(decision=decision, form=form, file=file, at=at)
    row.save(force_insert=True)
    record(event=events.deciding.PAPER_KEPT, by=by, subject=decision_ref(decision), at=at, payload={"form": form, "sha256": file.sha256})
    return row


@action
def approve_names(*, awards: Sequence[Award], by: Actor, at: datetime) -> int:
    """Open the names of these awards to the public; those open already stay as they are. Answers how many were opened.

    By a person who publishes or runs the programme at the issuer or the campaign's office, and another than who signed the decision.
    """
    ids = [row.pk for row in awards]
    rows = [
        row
        for part in facts.chunks(ids)
        for row in Award.objects.filter(pk__in=part, approval=None).select_related(*NAMED_BY).defer("decision__body").order_by("pk")
    ]
    by_decision: dict[UUID, list[Award]] = {}
    for row in rows:
        by_decision.setdefault(row.decision_id, []).append(row)
    for found in by_decision.values():
        _may_open(found[0].decision, by, at)
    made = [NameApproval(award=row, at=at, by_id=by.actor_id, by_label=by.actor_label) for row in rows]
    NameApproval.objects.bulk_create(made, batch_size=500)
    for found in by_decision.values():
        payload = {"count": len(found), "places": [str(row.place) for row in sorted(found, key=lambda one: one.place)]}
        record(event=events.deciding.NAMES_OPENED, by=by, subject=decision_ref(found[0].decision), at=at, payload=payload)
    return len(made)


def _may_open(decision: Decision, by: Actor, at: datetime) -> None:
    if by.actor_id == decision.by_id:
        raise Refused(_("You signed this decision: another person opens its names to the public."))
    if not rules.opens_names(by, decision, day_of(at)):
        raise Refused(_("Only who publishes, or runs the programme, for the issuer or the campaign's office opens names to the public."))
