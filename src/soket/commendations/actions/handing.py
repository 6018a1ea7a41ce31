"""An award is handed over once: where, when, by which office, to whom; kept by the issuer, the campaign's office, or the place itself."""
from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.commendations import events, registry, rules
from soket.commendations.actions.shared import award_ref
from soket.commendations.models import Award, Handing
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.rules import clean


@action
def hand_over(
    *, id: UUID, award: Award, site: str, on: date, handed_by: str, received_by: str, held_kind: str = "", held_key: str = "", url: str = "", by: Actor,
    at: datetime,
) -> Handing:  # fmt: skip
    """Keep that the award was handed over. The same id again gives the first row.

    `held_kind` and `held_key` name a place of another room, which then says who may keep it there (see `registry.register_keeper`).
    Raises Refused for a cancelled award, for one handed over already (naming where and when), at "on" for a day to come or before the
    decision, and at the texts.
    """
    row = _held(award)
    _may_keep(row, held_kind, held_key, by, at)
    known = Handing.objects.filter(pk=id).first()
    if known is not None:
        if known.award_id != row.pk:
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    if row.stage != "granted":
        raise Refused(_("This award was cancelled by decision: it is not handed over."))
    if (done := Handing.objects.filter(award=row, strikes=None, struck_by=None).first()) is not None:
        said = now_gettext("This award was handed over already: %(site)s, %(day)s.") % {"site": done.site, "day": f"{done.on:%d/%m/%Y}"}
        raise Refused(said)
    if not row.decision.dated <= on <= day_of(at):
        raise Refused(_("An award is handed over from the day of its decision on, and not in the future."), field="on")
    made = Handing(
        id=id, award=row, site=clean(site, "site", 300), held_kind=held_kind, held_key=held_key, url=url, on=on,
        handed_by=clean(handed_by, "handed_by", 300), received_by=clean(received_by, "received_by", 300), at=at, by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    record(event=events.deciding.HANDED, by=by, subject=award_ref(row), at=at, payload={"site": made.site, "on": on.isoformat()})
    return made


@action
def strike_handing(*, id: UUID, handing: Handing, by: Actor, at: datetime) -> Handing:
    """Say that a handing over was kept by mistake: both rows stay, and the award may be handed over anew. Struck already, it stays so."""
    row = _held(handing.award)
    _may_keep(row, handing.held_kind, handing.held_key, by, at)
    known = Handing.objects.filter(strikes=handing).first()
    if known is not None:
        return known
    if handing.strikes_id is not None:
        raise Refused(_("There is nothing to take back."))
    made = Handing(
        id=id, award=row, site=handing.site, held_kind=handing.held_kind, held_key=handing.held_key, url=handing.url, on=handing.on,
        handed_by=handing.handed_by, received_by=handing.received_by, strikes=handing, at=at, by_label=by.actor_label,
    )  # fmt: skip
    made.save(force_insert=True)
    record(event=events.deciding.HANDING_STRUCK, by=by, subject=award_ref(row), at=at, payload={"site": made.site, "on": made.on.isoformat()})
    return made


def _held(award: Award) -> Award:
    """The award's row, held until the act ends: two desks never hand the same one over."""
    Award.objects.select_for_update().get(pk=award.pk)
    joined = ("decision__entry", "decision__campaign_form__campaign")
    found: Award = Award.objects.select_related(*joined).defer("decision__body").get(pk=award.pk)
    return found


def _may_keep(award: Award, kind: str, key: str, by: Actor, at: datetime) -> None:
    day = day_of(at)
    if rules.hands_over(by, award.decision, day) or (kind and registry.keeps_place(kind, by, award.pk, key, day)):
        return
    raise Refused(_("Only the issuer, the campaign's office or the place of the ceremony keeps this."))
