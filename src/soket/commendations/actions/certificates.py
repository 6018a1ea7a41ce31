"""Certificates made out, made out again, and printed; the design of a form."""
from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.audit.checkpoint import key_id
from soket.audit.credential import BadCertificate, Statement, make_qr_text
from soket.commendations import events, rules, signals
from soket.commendations.actions.shared import award_ref, decision_ref
from soket.commendations.core.certificates import MOST, long_day, serial, status_index
from soket.commendations.models import Award, AwardForm, Batch, Certificate, Decision, DesignVersion
from soket.commendations.queries import certificates as queries
from soket.commendations.queries import keys
from soket.commendations.queries.scope import unit_names
from soket.documents.certificates import SHEETS, Design, faults
from soket.documents.errors import PaperError
from soket.files import core as files
from soket.files.actions import store
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.reviews.rules import clean


def _said(error: PaperError) -> str:
    return error.en if (get_language() or "vi").startswith("en") else error.vi


def _require(by: Actor, decision: Decision) -> None:
    if by.actor_kind != "system" and not queries.makes_out(by, decision):
        raise Refused(_("Only who appraises for the issuer, or the campaign's office, makes certificates out."))


@action
def save_design(*, form: AwardForm, spec: Mapping[str, Any], note: str, by: Actor, at: datetime) -> DesignVersion:
    """Keep a new version of the form's design. By who keeps the rules, or who appraises at a centre that gives the form.

    Raises Refused naming the field of the design that cannot be set; an unchanged design gives the version that is there.
    """
    if not (rules.keeps_rules(by, day_of(at)) or rules.designs(by, form, day_of(at))):
        raise Refused(_("Only an administrator, or the centre that gives this form, changes its design."))
    try:
        design = Design.from_json(dict(spec))
    except PaperError as error:
        raise Refused(_said(error), field=error.where) from None
    text = canonical(design.to_json()).decode()
    AwardForm.objects.select_for_update().get(pk=form.pk)
    known = queries.version_of(form)
    if known is not None and known.spec == text:
        return known
    number = known.number + 1 if known else 1
    row = DesignVersion(form=form, number=number, spec=text, note=clean(note, "note", 300, required=False), at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    subject = Ref("commendations.form", str(form.pk), form.name_vi)
    record(event=events.certificates.DESIGNED, by=by, subject=subject, at=at, payload={"version": number, "digest": hex_digest(design.to_json())})
    return row


@action
def issue_certificates(*, decision: Decision, by: Actor, at: datetime) -> list[Certificate]:
    """Make out a signed certificate for each award of the decision that stands and has none; all or none.

    Raises Refused when the words of one cannot stand on its certificate, naming it. Said again, nothing is made twice.
    """
    _require(by, decision)
    Decision.objects.select_for_update().get(pk=decision.pk)
    rows = Award.objects.filter(decision=decision, stage="granted", certificates=None).select_related("gold", "nomination").order_by("place")
    made = [_certificate(award, decision, 1, {}, "", by, at) for award in rows]
    if not made:
        return []
    _fits(made, decision)
    Certificate.objects.bulk_create(made, batch_size=500)
    payload = {"count": len(made), "digest": hex_digest([[row.serial, row.qr] for row in made])}
    record(event=events.certificates.ISSUED, by=by, subject=decision_ref(decision), at=at, payload=payload)
    return made


def _fits(made: list[Certificate], decision: Decision) -> None:
    wrong = faults(queries.design_of(decision.campaign_form.form), queries.printable(made, decision.campaign_form.campaign.synthetic))
    if wrong:
        more = f" (+{len(wrong) - 1})" if len(wrong) > 1 else ""
        raise Refused(_said(wrong[0]) + more, field="certificates")


def _certificate(award: Award, decision: Decision, number: int, words: Mapping[str, str], reason: str, by: Actor, at: datetime) -> Certificate:
    """One certificate, not yet kept: what it prints, its serial, and the signed text of its code."""
    form, campaign = decision.campaign_form.form, decision.campaign_form.campaign
    book = award.gold.number if award.gold else decision.entry.number * 10_000 + award.place
    own = serial(form.symbol, decision.dated.year, book, number, decision.issuer_id if queries.shares_symbol(decision) else None)
    body = json.loads(decision.body)
    name, detail = words.get("name", award.name), words.get("detail", award.detail)
    told = f"số {decision.entry.notation} {long_day(decision.dated)}"
    values = {
        "recipient": name, "unit": detail, "achievement": award.achievement, "issuer": form.decided_by,
        "place_date": f"{campaign.place}, {long_day(decision.dated)}", "post": "\n".join(filter(None, [body.get("authority", ""), decision.signer_post])),
        "decision": told, "gold_book": f"{award.gold.number:02d}/{award.gold.dated.year}" if award.gold else "",
        "reissue": f"Cấp lại lần {number - 1}, thay bản số hiệu {words['old']}" if number > 1 else "",
    }  # fmt: skip
    statement = Statement(
        serial=own, issuer=unit_names([decision.issuer_id], decision.dated)[decision.issuer_id], form=form.name_vi, recipient=name,
        decision=decision.entry.notation, dated=decision.dated, achievement=award.achievement, gold_book=values["gold_book"], reissue=number - 1,
    )  # fmt: skip
    try:
        signer, name_of_key = keys.signer(), keys.key_name()
        code = make_qr_text(statement, base_url=settings.BASE_URL, name=name_of_key, signer=signer)
    except BadCertificate:
        raise Refused(_("What stands on certificate %(serial)s is too long for its code.") % {"serial": own}, field="certificates") from None
    return Certificate(
        award=award, number=number, serial=own, values=canonical(values).decode(), qr=code, reason=reason, at=at, by_label=by.actor_label,
        key_id=key_id(name_of_key, signer.public_key()).hex(), status_index=status_index(award.pk, number),
    )  # fmt: skip


@action
def reissue(*, award: Award, name: str, detail: str, reason: str, by: Actor, at: datetime) -> Certificate:
    """Make the certificate out again with its words put right; the one before is superseded and says so when checked.

    Raises Refused without a reason, for a cancelled award, for one that has no certificate yet, and after the seventh time.
    """
    decision = award.decision
    _require(by, decision)
    held = Award.objects.select_for_update().get(pk=award.pk)
    if held.stage != "granted":
        raise Refused(_("This award was cancelled: no certificate is made out for it."))
    newest = Certificate.objects.filter(award=award).order_by("-number").first()
    if newest is None:
        raise Refused(_("No certificate has been made out for this award yet."))
    if newest.number >= MOST:
        raise Refused(_("A certificate is made out again at most %(count)s times.") % {"count": MOST - 1})
    words = {"name": clean(name, "name", 300), "detail": clean(detail, "detail", 400, required=False), "old": newest.serial}
    row = _certificate(award, decision, newest.number + 1, words, clean(reason, "reason", 500), by, at)
    _fits([row], decision)
    row.save(force_insert=True)
    record(event=events.certificates.REISSUED, by=by, subject=award_ref(award), at=at, payload={"old": newest.serial, "serial": row.serial})
    return row


@action
def ask_batch(*, id: UUID, decision: Decision, kind: str, sheet: str, by: Actor, at: datetime) -> Batch:
    """Ask for a print run of the decision's certificates: one PDF, press sheets, or single files in an archive."""
    _require(by, decision)
    known = Batch.objects.filter(pk=id).first()
    if known is not None:
        return known
    if kind not in ("pdf", "sheets", "zip") or (kind == "sheets" and sheet not in SHEETS):
        raise Refused(_("Choose what to print from the list."), field="kind")
    total = len(queries.newest_of(decision))
    if not total:
        raise Refused(_("Make the certificates out first."), field="kind")
    row = Batch(id=id, decision=decision, kind=kind, sheet=sheet if kind == "sheets" else "", total=total, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    payload = {"count": total, "kind": kind}
    record(event=events.certificates.RUN_ASKED, by=by, subject=decision_ref(decision), at=at, payload=payload)
    transaction.on_commit(lambda: signals.print_run_asked.send(sender=Batch, batch_id=str(row.pk)))
    return row


@action
def note_progress(*, batch: Batch, done: int, by: Actor, at: datetime) -> None:
    """How many certificates of a print run are set. A measurement, not an act, so it is not recorded."""
    Batch.objects.filter(pk=batch.pk).update(done=done)


@action
def keep_batch(*, batch: Batch, content: bytes, name: str, by: Actor, at: datetime) -> Batch:
    """Keep what was printed as the run's file."""
    synthetic = batch.decision.campaign_form.campaign.synthetic
    file = store(content=content, name=name, allowed=files.MADE, by=by, at=at, synthetic=synthetic)
    Batch.objects.filter(pk=batch.pk).update(done=batch.total, file=file, fault="")
    payload = {"count": batch.total, "kind": batch.kind, "sha256": file.sha256}
    record(event=events.certificates.RUN_MADE, by=by, subject=decision_ref(batch.decision), at=at, payload=payload)
    batch.refresh_from_db()
    return batch


@action
def fail_batch(*, batch: Batch, fault: str, by: Actor, at: datetime) -> None:
    """Say why a print run could not be made."""
    Batch.objects.filter(pk=batch.pk).update(fault=fault[:500])
