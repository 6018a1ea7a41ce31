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
from soket.documents import certificates
from soket.documents.certificates import Design
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import today

USUAL = {FormKind.CERTIFICATE: "nd85-2014", FormKind.LETTER: "giay-khen-a4", FormKind.MEDAL: "ky-niem-chuong-a4"}
GROUND_BASIS = "Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 93 khoản 2"


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
    """The state of every certificate by its serial (of those awards, when given), in two queries."""
    rows = Certificate.objects.order_by("award_id", "number").select_related("award__cancellation__decision__entry")
    rows = rows.defer("award__cancellation__decision__body")  # as long as its list, and the same for each
    if awards is not None:
        rows = rows.filter(award_id__in=awards)
    found = list(rows)
    newest = {row.award_id: row.serial for row in found}
    return {row.serial: _standing(row, newest[row.award_id]) for row in found}


def _standing(row: Certificate, newest: str) -> Standing:
    gone = getattr(row.award, "cancellation", None)
    if gone is not None:
        return Standing.cancelled(gone.decision.entry.notation, gone.decision.dated, gone.ground, GROUND_BASIS)
    return Standing.valid() if row.serial == newest else Standing.superseded(newest)


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
    from soket.commendations.queries.ruling import forms_on

    found = forms_on(day)
    for form in found:
        kept = version_of(form)
        form.version = kept.number if kept else 0  # type: ignore[attr-defined]
        form.design_title = design_of(form).title  # type: ignore[attr-defined]
    return found
