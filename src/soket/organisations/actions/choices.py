"""Recorded choices: which published mapping counts, and how a divided area's figures are carried."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.references import Ref
from soket.organisations import events, rules
from soket.organisations.actions.act import _touch_tree, ref
from soket.organisations.core import sum_to_one
from soket.organisations.models import Area, AreaLink, ShareDecision, Source, SourceChoice
from soket.organisations.queries.current import clean, last_version
from soket.organisations.queries.links import COMMUNES_2025, chosen_source, counted_area_links


@action
def choose_source(*, source: Source, basis: str, by: Actor, at: datetime, topic: str = COMMUNES_2025) -> SourceChoice:
    """From now on this mapping counts for the topic. Earlier choices stay recorded; frozen figures keep theirs."""
    if not rules.administers_everything(by, day_of(at)):
        raise Refused(_("Only who administers the whole country may do this."))
    reason = clean(basis, "basis", 400)
    if not AreaLink.objects.filter(source=source).exists():
        raise Refused(_("This source holds no mapping."), field="source")
    current = chosen_source(topic)
    if current is not None and current.pk == source.pk:
        raise Refused(_("This mapping counts already."), field="source")
    choice = SourceChoice(topic=topic, source=source, at=at, by_label=by.actor_label[:200], basis=reason)
    choice.save(force_insert=True)
    payload = {"topic": topic, "source": source.title, "basis": reason}
    record(event=events.SOURCE_CHOSEN, by=by, subject=Ref("organisations.source", source.code, source.title), at=at, payload=payload)
    _touch_tree()
    return choice


@action
def decide_shares(*, old: Area, shares: Mapping[int, Fraction], office: str, basis: str, by: Actor, at: datetime) -> list[ShareDecision]:
    """A named office decides which part of a divided area's figures goes to which successor.

    `shares` gives every successor (by area id) of the mapping in force its part; together exactly 1.
    """
    if not rules.administers_everything(by, day_of(at)):
        raise Refused(_("Only who administers the whole country may do this."))
    named, reason = clean(office, "office", 200), clean(basis, "basis", 400)
    heirs = set(counted_area_links().filter(old=old, share_num=None).values_list("new_id", flat=True))
    if not heirs:
        raise Refused(_("This area is not divided by the mapping in force."), field="shares")
    if set(shares) != heirs:
        raise Refused(_("Give every successor a share, and no one else."), field="shares")
    if any(not 0 <= share <= 1 for share in shares.values()) or not sum_to_one(shares.values()):
        raise Refused(_("The shares must make exactly 1."), field="shares")
    rows = [
        ShareDecision(old=old, new_id=new, num=share.numerator, den=share.denominator, at=at, by_label=named, basis=reason)
        for new, share in sorted(shares.items())
    ]
    for row in rows:
        row.save(force_insert=True)
    printed = ", ".join(f"{last_version(Area(pk=new)).name}: {share}" for new, share in sorted(shares.items()))
    payload = {"shares": printed, "basis": reason, "office": named}
    record(event=events.SHARES_DECIDED, by=by, subject=ref(old, last_version(old).name), at=at, payload=payload)
    _touch_tree()
    return rows
