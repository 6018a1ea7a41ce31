"""What the acts of this room have in common."""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from soket.exemplars import core, rules
from soket.exemplars.models import Exemplar, Movement, Standing
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.references import Ref
from soket.kernel.text import folded, nfc, showable

EARLIEST = date(1945, 1, 1)
REASONS = {
    "draft": _("This exemplar is a draft: its unit proposes it first."),
    "proposed": _("This exemplar waits for recognition."),
    "recognised": _("This exemplar has been recognised and waits to be published."),
    "published": _("This exemplar is published. Withdraw it first; what was published stays in sight."),
    "withdrawn": _("This exemplar was withdrawn."),
    "new": _("This exemplar has not been drafted."),
}


def movement_ref(movement: Movement) -> Ref:
    """How the record names a movement."""
    return Ref("exemplars.movement", str(movement.pk), movement.title)


def exemplar_ref(exemplar: Exemplar) -> Ref:
    """How the record and the citation index name an exemplar."""
    return Ref("exemplars.exemplar", str(exemplar.pk), exemplar.title)


def clean(text: str, field: str, limit: int, *, required: bool = True) -> str:
    """NFC text without control characters, or a refusal at the field. Line breaks stay."""
    try:
        done = nfc(text).strip()
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if done != showable(done):
        raise Refused(_("This text contains a character that cannot be stored."), field=field)
    if required and not done:
        raise Refused(_("This field is required."), field=field)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=field)
    return done


def past_day(value: date, field: str, at: datetime) -> date:
    """A day that has come. Raises Refused at the field."""
    if not EARLIEST <= value <= day_of(at):
        raise Refused(_("The day lies in the past, or is today."), field=field)
    return value


def free_slug(title: str, taken: Any) -> str:
    """An address made of the title that no other row has; `taken` is the model's queryset."""
    base = slugify(folded(title))[:70].strip("-") or "khong-ten"
    used = set(taken.filter(slug__startswith=base).values_list("slug", flat=True)) | rules.RESERVED
    return next(slug for slug in [base, *(f"{base}-{number}" for number in range(2, len(used) + 3))] if slug not in used)


def locked(exemplar: Exemplar) -> Exemplar:
    """The exemplar's row, held until the act ends, so that two acts on it never run at once."""
    found: Exemplar = Exemplar.objects.select_for_update().get(pk=exemplar.pk)
    return found


def in_draft(exemplar: Exemplar, by: Actor, at: datetime) -> Exemplar:
    """The exemplar, held; refused unless it is a draft and the actor reports for its unit."""
    held = locked(exemplar)
    if not rules.reports(by, held.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    if held.state != "draft":
        raise Refused(REASONS[held.state], field="state")
    return held


def step(exemplar: Exemplar, act: str, by: Actor, at: datetime, *, reason: str = "", document: str = "") -> Standing:
    """Append an act and repeat its state on the exemplar. Raises Refused when the state does not allow it."""
    acts = list(Standing.objects.filter(exemplar=exemplar).order_by("number").values_list("act", flat=True))
    try:
        state = core.follow(core.state_of(acts), act)
    except core.Misfit as misfit:
        raise Refused(REASONS[misfit.code], field="state") from None
    row = Standing(
        exemplar=exemplar, number=len(acts) + 1, act=act, document=document, reason=reason, at=at, by_id=by.actor_id, by_label=by.actor_label
    )
    row.save(force_insert=True)
    Exemplar.objects.filter(pk=exemplar.pk).update(state=state, changed_at=at)
    exemplar.state = state
    return row
