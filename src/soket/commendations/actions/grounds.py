"""The ground that moves: figures corrected after they were relied on, what the appraisers make of it, cancellation, what is taken back."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import EventDraft, record, record_many
from soket.commendations import events, rules
from soket.commendations.actions.deciding import keep_decision, numbered, require_signer, same_decision
from soket.commendations.actions.shared import award_ref, decision_ref, locked, locked_campaign, locked_many, move_many, nomination_ref, take_side, take_sides
from soket.commendations.models import Appraisal, Award, CampaignForm, Cancellation, Decision, GroundFlag, GroundVerdict, Holding, Nomination, Recovery
from soket.commendations.models.deciding import GroundKind
from soket.commendations.models.nominating import Side
from soket.commendations.queries import decision_facts as facts
from soket.commendations.queries import grounds as queries
from soket.commendations.queries.scope import unit_names
from soket.documents import kinds
from soket.kernel.actor import Actor
from soket.kernel.canonical import hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations.models import Unit
from soket.reviews import queries as reviews
from soket.reviews.models import CitationFlag
from soket.reviews.rules import clean


@action
def flag_nomination(*, nomination: Nomination, citation_flag: CitationFlag, by: Actor, at: datetime) -> GroundFlag | None:
    """Keep that a figure below the nomination reads otherwise in a later edition. None when its newest wording no longer rests on that
    figure, or the figure did not change; kept already, the first row is given again."""
    row = locked(nomination)
    known = GroundFlag.objects.filter(nomination=row, citation_flag=citation_flag.pk).first()
    if known is not None:
        return known
    cited = citation_flag.citation
    ground = next((one for one in facts.grounds_of([row.pk])[row.pk] if (one.edition_id, one.code) == (cited.edition_id, cited.figure)), None)
    if ground is None or not citation_flag.changed:
        return None
    old = reviews.frozen_figure(cited.edition, cited.figure)
    try:
        new = reviews.frozen_figure(citation_flag.edition, cited.figure)
        now, url = new.display("vi"), new.url
    except reviews.UnknownFigure:
        now, url = "", old.url
    made = GroundFlag(
        nomination=row, citation_flag=citation_flag.pk, code=ground.code, label=ground.label, old_edition=cited.edition.number,
        new_edition=citation_flag.edition.number, was=ground.display, now=now, url=url, at=at,
    )  # fmt: skip
    made.save(force_insert=True)
    payload = {"code": f"{cited.edition.review.code}-{ground.code}", "was": made.was, "now": made.now or "–", "edition": made.new_edition}
    record(event=events.grounds.FLAGGED, by=by, subject=nomination_ref(row), at=at, payload=payload)
    return made


@action
def judge_ground(*, flag: GroundFlag, authority: Unit, bears: bool, reason: str, by: Actor, at: datetime) -> GroundVerdict:
    """Say for an authority that appraised whether the moved figure still bears the nomination, once and with a reason."""
    nomination = locked(flag.nomination)
    if not Appraisal.objects.filter(nomination=nomination, authority=authority).exists() or nomination.state not in queries.JUDGED:
        raise Refused(_("This authority has nothing to judge here."), field="authority")
    if not rules.appraises(by, authority.pk, day_of(at)):
        raise Refused(_("Only who appraises for this authority judges this."), field="authority")
    if GroundVerdict.objects.filter(flag=flag, authority=authority).exists():
        raise Refused(_("This authority has judged this already."), field="authority")
    take_side(nomination, Side.DECIDE, "judge_ground", by, at)
    made = GroundVerdict(
        flag=flag, authority=authority, bears=bears, reason=clean(reason, "reason", 1000), at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    made.save(force_insert=True)
    name = unit_names([authority.pk], day_of(at))[authority.pk]
    payload = {"authority": name, "code": flag.code, "bears": bears}
    record(event=events.grounds.JUDGED, by=by, subject=nomination_ref(nomination), at=at, payload=payload, reason=made.reason)
    return made


@action
def cancel(
    *, id: UUID, awards: Sequence[Award], ground: str, finding: str, dated: date, signer_post: str, return_by: date | None = None, return_to: str = "",
    authority: str = "", by: Actor, at: datetime,
) -> Decision:  # fmt: skip
    """Cancel awards of one form by a decision of their issuer, on one of the four grounds of the law; all or none.

    The caller has made the person prove who she is again. The awards stay in sight; their achievements are free again. Said again under the
    same id it gives the first decision. Raises Refused at "awards", "ground", "finding", "dated", "return_by" or "signer_post".
    """
    rows = _cancellable(awards)
    form = CampaignForm.objects.select_related("form", "issuer", "campaign__review").get(pk=rows[0].decision.campaign_form_id)
    known = Decision.objects.filter(pk=id).first()
    if known is not None:
        return same_decision(known, form, "cancel")
    require_signer(by, form, at)
    locked_campaign(form.campaign)
    nominations = {row.pk: row for row in locked_many([row.nomination for row in rows])}
    _all_stand(rows, dated)
    take_sides(list(nominations.values()), Side.DECIDE, "cancel", by, at)
    law = _ground(ground, dated)
    if return_by is not None and return_by < dated:
        raise Refused(_("What is taken back is returned after the decision."), field="return_by")
    told, post, words = clean(finding, "finding", 2000), clean(signer_post, "signer_post", 200), clean(authority, "authority", 200, required=False)
    body = queries.cancel_body(rows, law, told, dated, post, return_by, clean(return_to, "return_to", 300, required=False), words)
    entry = numbered(form, id, kinds.CANCELLATION, f"Về việc hủy bỏ quyết định tặng {form.form.name_vi} ({len(rows)})", dated, by, at)
    decision = keep_decision(id, form, "cancel", entry, body, dated, post, by, at)
    Cancellation.objects.bulk_create([Cancellation(award=row, decision=decision, ground=law.code, finding=told, at=at) for row in rows], batch_size=500)
    Award.objects.filter(pk__in=[row.pk for row in rows]).update(stage="cancelled")
    Holding.objects.filter(award__in=[row.pk for row in rows]).delete()
    move_many([nominations[row.nomination_id] for row in rows], "cancelled", by, at, reason=told[:1000], payloads=[{"decision": entry.notation}] * len(rows))
    payload = {
        "issuer": body["head"]["issuer"], "number": entry.notation, "dated": dated.isoformat(), "count": len(rows), "ground": law.code,
        "digest": hex_digest(body),
    }  # fmt: skip
    each = {"decision": entry.notation, "ground": law.code, "basis": law.citation}
    drafts = [EventDraft(events.grounds.CANCELLED, by, award_ref(row), at, dict(each)) for row in rows]
    record_many(drafts=[EventDraft(events.grounds.CANCELLING, by, decision_ref(decision), at, payload), *drafts])
    return decision


def _cancellable(awards: Sequence[Award]) -> list[Award]:
    """The awards in the order of their lists, held until the act ends; all of one form of one campaign."""
    ids = [row.pk for row in awards]
    list(Award.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    joined = ("decision__entry", "decision__campaign_form__form", "decision__campaign_form__campaign", "nomination__campaign_form__campaign", "gold")
    rows = list(Award.objects.filter(pk__in=ids).select_related(*joined).defer("decision__body").order_by("decision__dated", "decision__entry_id", "place"))
    if not rows:
        raise Refused(_("Choose at least one award."), field="awards")
    if len({row.decision.campaign_form_id for row in rows}) > 1:
        raise Refused(_("One decision cancels awards of one form of one issuer."), field="awards")
    return rows


def _all_stand(rows: Sequence[Award], dated: date) -> None:
    if gone := [row for row in rows if row.stage != "granted"]:
        said = now_gettext("Cancelled already: decision %(decision)s, place %(place)s.")
        raise Refused(said % {"decision": gone[0].decision.entry.notation, "place": gone[0].place}, field="awards")
    if dated < max(row.decision.dated for row in rows):
        raise Refused(_("An award is not cancelled before the day on which it was decided."), field="dated")


def _ground(code: str, day: date) -> queries.LegalGround:
    if code not in GroundKind.values:
        raise Refused(_("Choose one of the grounds of the law."), field="ground")
    return queries.legal_ground(code, day)


@action
def record_recovery(
    *, cancellation: Cancellation, what: str, on: date, dong: int | None = None, note: str = "", by: Actor, at: datetime
) -> Recovery:
    """Keep that the object (once) or money (whole đồng, together never above what went with the award) was taken back.

    Where what went with it is unknown, any amount may come back. Raises Refused at "what", "dong", "on" or "note".
    """
    award = Award.objects.select_for_update().get(pk=cancellation.award_id)
    if not rules.hands_over(by, award.decision, day_of(at)):
        raise Refused(_("Only the issuer or the campaign's office keeps what was taken back."))
    if not cancellation.decision.dated <= on <= day_of(at):
        raise Refused(_("It was taken back after the cancelling decision, and not in the future."), field="on")
    if what == "object":
        if dong is not None:
            raise Refused(_("The object itself has no amount."), field="dong")
        if Recovery.objects.filter(cancellation=cancellation, what="object").exists():
            raise Refused(_("The object has been taken back already."), field="what")
    elif what == "money":
        _fits(cancellation, award, dong)
    else:
        raise Refused(_("Choose what was taken back."), field="what")
    made = Recovery(
        cancellation=cancellation, what=what, dong=dong, on=on, note=clean(note, "note", 300, required=False), at=at, by_label=by.actor_label
    )
    made.save(force_insert=True)
    payload = {"what": what, "dong": str(dong) if dong is not None else "", "on": on.isoformat()}
    record(event=events.grounds.RECOVERED, by=by, subject=award_ref(award), at=at, payload=payload)
    return made


def _fits(cancellation: Cancellation, award: Award, dong: int | None) -> None:
    if dong is None or dong <= 0:
        raise Refused(_("Enter the amount in whole đồng, for example 3510000."), field="dong")
    owed = queries.owed_back(award)
    left = None if owed is None else owed - queries.recovered(cancellation)
    if dong > (10**12 if left is None else left):
        said = now_gettext("Not more can come back than went with the award: %(left)s đồng are left.")
        raise Refused(said % {"left": max(left or 0, 0)}, field="dong")
