"""Entering the programmes known from public sources, once."""
from __future__ import annotations

from datetime import date, datetime

from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action
from soket.organisations.models import Level, UnitVersion
from soket.organisations.queries import units_of
from soket.programmes import seed
from soket.programmes.actions.obligations import ScopeDraft, add_obligation
from soket.programmes.actions.programme import PartyDraft, create_programme
from soket.programmes.models import Programme


def _centre(line: str, day: date | None) -> int:
    """The line's central unit on the day of signature, else the earliest one that is loaded."""
    standing = units_of(line, Level.CENTRE, None, day) if day else []
    if standing:
        return standing[0].id
    rows = UnitVersion.objects.filter(unit__line__code=line, level=Level.CENTRE).order_by("valid_from", "unit_id")
    first = rows.first()
    if first is None:
        raise Refused(f"line {line}: no central unit is loaded")
    return first.unit_id


@action
def install_seed_programmes(*, by: Actor, at: datetime) -> list[Programme]:
    """Enter the known programmes with their obligations, in order of signature; those already there stay."""
    found: dict[str, Programme] = {row.slug: row for row in Programme.objects.all()}
    for item in seed.PROGRAMMES:
        if item.slug not in found:
            found[item.slug] = _enter(item, found.get(item.predecessor), by, at)
    return [found[item.slug] for item in seed.PROGRAMMES]


def _enter(item: seed.SeedProgramme, predecessor: Programme | None, by: Actor, at: datetime) -> Programme:
    programme = create_programme(
        slug=item.slug,
        symbol=item.symbol,
        kind=item.kind,
        title=item.title,
        signed_on=item.signed_on,
        span_text=item.span_text,
        unknowns=item.unknowns,
        parties=[PartyDraft(_centre(party.line, item.signed_on), party.role, party.signed_as) for party in item.parties],
        bases=item.bases,
        aliases=[(alias, seed.NOTICES) for alias in item.aliases],
        predecessor=predecessor,
        by=by,
        at=at,
    )
    for owed in item.obligations:
        add_obligation(
            programme=programme,
            code=owed.code,
            title=owed.title,
            evidence=owed.evidence,
            scopes=[ScopeDraft(line, owed.level) for line in owed.lines],
            due_rule=owed.due_rule,
            due_on=owed.due_on,
            synthetic=True,
            by=by,
            at=at,
        )
    return programme
