"""Reads of certificates: their design, what each says now, the list of their states, print runs."""
from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from soket.audit.credential import Standing
from soket.commendations import rules
from soket.commendations.models import Award, AwardForm, Batch, Certificate, Decision, DesignVersion
from soket.commendations.models.ruling import FormKind
from soket.commendations.queries.decision_facts import chunks
from soket.commendations.queries.register import Ended, ended
from soket.commendations.queries.ruling import forms_on
from soket.documents import certificates
from soket.documents.certificates import Design
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import today
from soket.kernel.memo import once
from soket.organisations.models import Level

USUAL = {FormKind.CERTIFICATE: "nd85-2014", FormKind.LETTER: "giay-khen-a4", FormKind.MEDAL: "ky-niem-chuong-a4"}


def makes_out(actor: Actor, decision: Decision) -> bool:
    """Works for the issuer or the campaign's office: makes certificates out and prints them."""
    where = [decision.issuer_id, decision.campaign_form.campaign.office_id]
    return bool(rules.held_at(actor, (Office.COMMEND, Office.PROGRAMME), where, today()))


def decision_of(actor: Actor, pk: UUID) -> Decision | None:
    """An awarding decision whose certificates the actor makes out."""
    joined = ("campaign_form__form", "campaign_form__campaign", "entry", "issuer")
    found = Decision.objects.filter(pk=pk, kind="award").select_related(*joined).first()
    return found if found is not None and makes_out(actor, found) else None


def version_of(form: AwardForm) -> DesignVersion | None:
    """The newest design kept for the form."""
    return DesignVersion.objects.filter(form=form).order_by("-number").first()


def design_of(form: AwardForm) -> Design:
    """The form's design: the newest kept, else the preset of its kind."""
    kept = version_of(form)
    return certificates.preset(USUAL[FormKind(form.kind)]) if kept is None else Design.from_json(json.loads(kept.spec))


def printable(rows: Iterable[Certificate], synthetic: bool) -> list[certificates.Certificate]:
    """Certificates as the setter takes them."""
    return [certificates.Certificate(**json.loads(row.values), label=row.serial, qr=row.qr, synthetic=synthetic) for row in rows]


def shares_symbol(decision: Decision) -> bool:
    """Whether another issuer may number under the same symbol: units of one level below the centre always do; at the centre one that took over
    from another, or that was given the same symbol. Their gold books count apart, so a serial then names the issuer."""
    form = decision.campaign_form.form
    if form.level != Level.CENTRE:
        return True
    others = Decision.objects.filter(campaign_form__form__symbol=form.symbol, campaign_form__form__level=Level.CENTRE)
    return once(("commendations.symbol", form.symbol, decision.issuer_id), lambda: others.exclude(issuer_id=decision.issuer_id).exists())


def newest_of(decision: Decision) -> list[Certificate]:
    """The newest certificate of each award of the decision that stands, in the order of its list."""
    rows = Certificate.objects.filter(award__decision=decision, award__stage="granted").order_by("award__place", "number").select_related("award")
    return list({row.award_id: row for row in rows}.values())


def all_of(decision: Decision) -> QuerySet[Award]:
    """The awards of the decision in the order of its list, with their certificates, newest first."""
    return Award.objects.filter(decision=decision).select_related("gold").prefetch_related("certificates").order_by("place")


def by_serial(serial: str) -> Certificate | None:
    """The certificate of that serial, whoever may see it: what a certificate says is printed on it."""
    joined = ("award__decision__entry", "award__decision__campaign_form__form", "award__decision__campaign_form__campaign", "award__decision__issuer")
    return Certificate.objects.filter(serial=serial).select_related(*joined).first()


def standing_of(certificate: Certificate) -> Standing:
    """What a certificate is now: valid, superseded by a later one, or cancelled by decision."""
    return status_entries([certificate.award_id])[certificate.serial]


def status_entries(awards: Sequence[int] | None = None) -> dict[str, Standing]:
    """The state of every certificate by its serial (of those awards, when given): what a cancelling decision stated, else the newest stands."""
    rows = Certificate.objects.order_by("award_id", "number").values_list("serial", "award_id", "award__stage")
    found = list(rows if awards is None else rows.filter(award_id__in=awards))
    newest = {award: serial for serial, award, _stage in found}
    cancelled = sorted({award for _serial, award, stage in found if stage == "cancelled"})
    gone = {award: how for part in chunks(cancelled) for award, how in ended(part).items()}
    return {serial: _standing(serial, newest[award], gone.get(award)) for serial, award, _stage in found}


def _standing(serial: str, newest: str, gone: Ended | None) -> Standing:
    if gone is not None:
        return Standing.cancelled(gone.decision, gone.dated, gone.ground, gone.basis)
    return Standing.valid() if serial == newest else Standing.superseded(newest)


def revoked_bits() -> set[int]:
    """The status bits of certificates that no longer stand: cancelled or superseded."""
    states = status_entries()
    rows = Certificate.objects.values_list("serial", "status_index")
    return {index for serial, index in rows if states[serial].state != "valid"}


def batches_of(decision: Decision) -> QuerySet[Batch]:
    """The print runs of a decision, newest first."""
    return Batch.objects.filter(decision=decision).select_related("file").order_by("-at")


def batch(pk: UUID) -> Batch | None:
    return Batch.objects.filter(pk=pk).select_related("decision__campaign_form__form", "decision__campaign_form__campaign", "file").first()


def designed_forms(day: Any) -> list[AwardForm]:
    """The forms in force on the day, each with `design_title` and `version` set."""
    found = forms_on(day)
    for form in found:
        kept = version_of(form)
        form.version = kept.number if kept else 0  # type: ignore[attr-defined]
        form.design_title = design_of(form).title  # type: ignore[attr-defined]
    return found
