"""The way of an exemplar: proposed by its unit, recognised by another, published with its files, withdrawn in sight of all."""
from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.exemplars import events, queries, rules
from soket.exemplars.actions.shared import REASONS, clean, exemplar_ref, in_draft, locked, step
from soket.exemplars.models import Exemplar, Figure, Publication, Standing
from soket.files.actions import release_many
from soket.files.models import StoredFile
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.reviews.actions import cite
from soket.reviews.models import Edition


@action
def propose(*, exemplar: Exemplar, by: Actor, at: datetime) -> Standing:
    """The unit proposes its draft for recognition; from then on the texts stand still. Raises Refused at unit, state, evidence (none)
    or figures (one side of a comparison is missing, or its edition was replaced)."""
    held = in_draft(exemplar, by, at)
    _complete(held)
    row = step(held, "proposed", by, at)
    record(event=events.PROPOSED, by=by, subject=exemplar_ref(held), at=at, payload=_unit(held, at))
    return row


@action
def recognise(*, exemplar: Exemplar, by: Actor, at: datetime, document: str = "") -> Standing:
    """The superior, or the office it goes to, recognises the exemplar. Never who proposed or wrote it.

    Raises Refused at by, document or state.
    """
    held = locked(exemplar)
    _decides(held, by, at)
    row = step(held, "recognised", by, at, document=clean(document, "document", 80, required=False))
    record(event=events.RECOGNISED, by=by, subject=exemplar_ref(held), at=at, payload={**_unit(held, at), "document": row.document})
    return row


@action
def send_back(*, exemplar: Exemplar, reason: str, by: Actor, at: datetime) -> Standing:
    """Return a proposed or recognised exemplar to its unit with what is lacking. Raises Refused at by, reason or state."""
    held = locked(exemplar)
    _decides(held, by, at)
    reason = clean(reason, "reason", 1000)
    row = step(held, "returned", by, at, reason=reason)
    record(event=events.RETURNED, by=by, subject=exemplar_ref(held), at=at, payload=_unit(held, at), reason=reason)
    return row


@action
def publish(*, exemplar: Exemplar, by: Actor, at: datetime) -> Publication:
    """Publish a recognised exemplar: one sealed copy for the public, its photographs and open evidence released, its figures cited.

    Raises Refused at by (not the office's publisher, or who proposed it), state, or figures (an edition was replaced meanwhile).
    """
    held = locked(exemplar)
    if not rules.publishes(by, held, day_of(at)):
        raise Refused(_("You do not publish exemplars of this office."), field="by")
    _another(held, by)
    if held.state != "recognised":
        raise Refused(REASONS[held.state], field="state")
    _complete(held)
    content = queries.content_of(held, day_of(at))
    number = (Publication.objects.filter(exemplar=held).aggregate(newest=Max("number"))["newest"] or 0) + 1
    row = Publication(
        exemplar=held, number=number, title=held.title, field=held.field, content=canonical(content).decode(), digest=hex_digest(content), at=at,
        by_label=by.actor_label,
    )  # fmt: skip
    row.save(force_insert=True)
    step(held, "published", by, at)
    freed = _release(held, by, at)
    _cite(held, by, at)
    payload = {"number": number, "digest": row.digest, "files": [file.sha256 for file in freed]}
    record(event=events.PUBLISHED, by=by, subject=exemplar_ref(held), at=at, payload=payload)
    return row


@action
def withdraw(*, exemplar: Exemplar, reason: str, by: Actor, at: datetime) -> Standing:
    """Withdraw a published exemplar with a reason; its page stays and says so. Raises Refused at by, reason or state."""
    held = locked(exemplar)
    if not rules.publishes(by, held, day_of(at)):
        raise Refused(_("You do not publish exemplars of this office."), field="by")
    reason = clean(reason, "reason", 1000)
    row = step(held, "withdrawn", by, at, reason=reason)
    number = held.publications.aggregate(newest=Max("number"))["newest"]
    record(event=events.WITHDRAWN, by=by, subject=exemplar_ref(held), at=at, payload={"number": number}, reason=reason)
    return row


@action
def reopen(*, exemplar: Exemplar, reason: str, by: Actor, at: datetime) -> Standing:
    """The unit opens the draft of a withdrawn exemplar again, to mend it and propose it anew. Raises Refused at unit, reason or state."""
    held = locked(exemplar)
    if not rules.reports(by, held.unit_id, day_of(at)):
        raise Refused(_("You do not report for this unit."), field="unit")
    reason = clean(reason, "reason", 1000)
    row = step(held, "reopened", by, at, reason=reason)
    record(event=events.REOPENED, by=by, subject=exemplar_ref(held), at=at, payload=_unit(held, at), reason=reason)
    return row


def _unit(held: Exemplar, at: datetime) -> dict[str, str]:
    return {"unit": queries.names([held.unit_id], day_of(at))[held.unit_id]}


def _decides(held: Exemplar, by: Actor, at: datetime) -> None:
    if not rules.recognises(by, held, day_of(at)):
        raise Refused(_("Only the superior of the unit, or the office of the movement, recognises an exemplar."), field="by")
    _another(held, by)


def _another(held: Exemplar, by: Actor) -> None:
    """Refused when the actor wrote, changed, completed or proposed it, now or in an earlier round."""
    if queries.had_a_hand(by, [held.pk]):
        raise Refused(_("Whoever wrote or proposed an exemplar does not decide on it. Ask another holder of the office."), field="by")


def _complete(held: Exemplar) -> None:
    if not held.evidence.exists():
        raise Refused(_("An exemplar is proposed with its evidence: add a document first."), field="evidence")
    sides: dict[str, set[str]] = {}
    for label, side in held.figures.values_list("label", "side"):
        sides.setdefault(label, set()).add(side)
    halves = [label for label, found in sides.items() if len(found) < 2]
    if halves:
        raise Refused(gettext("“%(label)s” has one side only. Add the other, or take it out.") % {"label": halves[0]}, field="figures")
    stale = next((row for row, edition in _bound(held) if not queries.can_be_bound(edition, row.code)), None)
    if stale is not None:
        words = gettext("“%(label)s” stands on an edition that a newer one has replaced. Take it out and bind it to the new edition.")
        raise Refused(words % {"label": stale.label}, field="figures")


def _bound(held: Exemplar) -> list[tuple[Figure, Edition]]:
    """The sides that stand on a frozen edition."""
    rows = held.figures.exclude(edition=None).select_related("edition__review")
    return [(row, row.edition) for row in rows if row.edition is not None]


def _release(held: Exemplar, by: Actor, at: datetime) -> list[StoredFile]:
    """What the published page shows becomes public by act: every photograph, and the evidence whose unit opened it."""
    opened = [row.file for row in held.evidence.filter(public=True).select_related("file")]
    files = [row.file for row in held.photos.select_related("file")] + [file for file in opened if file is not None]
    if files:
        release_many(files=files, reason=f"Công bố điển hình: {held.title}"[:300], by=by, at=at)
    return files


def _cite(held: Exemplar, by: Actor, at: datetime) -> None:
    url = reverse("exemplars:detail", args=[held.slug])
    for row, edition in _bound(held):
        cite(edition=edition, figure=row.code, ref=exemplar_ref(held), url=url, by=by, at=at)
