"""Entering a programme as it was signed: what is unknown stays empty and is listed as unknown."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.kernel.text import nfc
from soket.programmes import core, events, rules
from soket.programmes.models import Alias, Basis, Objective, Party, PartyRole, Programme, ProgrammeKind

RESERVED_SLUGS = frozenset({"moi", "nghia-vu", "cho-quyet-dinh"})


@dataclass(frozen=True)
class PartyDraft:
    """A unit, its role, and the body named in the document where that is another one."""

    unit_id: int
    role: PartyRole
    signed_as: str = ""


def _text(value: str, field: str, limit: int, required: bool = True) -> str:
    try:
        text = nfc(value)
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if required and not text:
        raise Refused(_("This field is required."), field=field)
    if len(text) > limit:
        raise Refused(_("This text is too long."), field=field)
    return text


def _check_dates(signed_on: date | None, starts: date | None, ends: date | None, today: date) -> None:
    if signed_on is not None and signed_on > today:
        raise Refused(_("The day of signature lies in the future."), field="signed_on")
    first = starts or signed_on
    if first is not None and ends is not None and ends <= first:
        raise Refused(_("A programme cannot end on or before the day it begins."), field="ends")


def _check_parties(kind: str, parties: Sequence[PartyDraft], by: Actor, today: date) -> None:
    units = [party.unit_id for party in parties]
    if len(set(units)) < len(units):
        raise Refused(_("A unit is a party once."), field="parties")
    if kind == ProgrammeKind.JOINT and len(units) < 2:
        raise Refused(_("A coordination programme has at least two parties."), field="parties")
    if kind == ProgrammeKind.ACTION and len(units) != 1:
        raise Refused(_("An action programme has one party."), field="parties")
    if not any(rules.holds_party(by, unit, today) for unit in units):
        raise Refused(_("You do not hold the programme office of any of these parties."), field="parties")


def _new_slug(symbol: str | None, title: str, span_text: str) -> str:
    base = core.slug_of(symbol or f"{title[:40]} {span_text}") or "chuong-trinh"
    slug, count = base, 1
    while slug in RESERVED_SLUGS or Programme.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base[:55]}-{count}"
    return slug


def _check_symbol(symbol: str | None) -> str | None:
    if symbol is None or not symbol.strip():
        return None
    text = _text(symbol, "symbol", 60)
    if not any(ch.isdigit() for ch in text):
        raise Refused(_("A symbol has a number. Leave it empty when it is not known."), field="symbol")
    key = core.symbol_key(text)
    if any(core.symbol_key(known or "") == key for known in Programme.objects.exclude(symbol=None).values_list("symbol", flat=True)):
        raise Refused(_("A programme with this symbol is already entered."), field="symbol")
    return text


@action
def create_programme(
    *,
    title: str,
    kind: ProgrammeKind,
    parties: Sequence[PartyDraft],
    by: Actor,
    at: datetime,
    symbol: str | None = None,
    slug: str = "",
    signed_on: date | None = None,
    starts: date | None = None,
    ends: date | None = None,
    span_text: str = "",
    unknowns: str = "",
    predecessor: Programme | None = None,
    bases: Sequence[str] = (),
    objectives: Sequence[str] = (),
    aliases: Sequence[tuple[str, str]] = (),
    synthetic: bool = False,
) -> Programme:
    """Enter a signed programme. Any date, and the symbol, may be unknown (None); `aliases` are pairs of
    spelling and source. Raises Refused at title, symbol, signed_on, ends or parties."""
    today = day_of(at)
    _check_dates(signed_on, starts, ends, today)
    _check_parties(kind, parties, by, today)
    known = _check_symbol(symbol)
    name, span = _text(title, "title", 300), _text(span_text, "span_text", 100, required=False)
    programme = Programme(
        slug=slug or _new_slug(known, name, span),
        symbol=known,
        kind=kind,
        title=name,
        signed_on=signed_on,
        starts=starts,
        ends=ends,
        span_text=span,
        unknowns=_text(unknowns, "unknowns", 2000, required=False),
        predecessor=predecessor,
        synthetic=synthetic,
    )
    programme.save(force_insert=True)
    _add_parts(programme, parties, bases, objectives, aliases)
    payload: dict[str, Any] = {"symbol": known or "", "title": name, "parties": [party.unit_id for party in parties]}
    record(event=events.CREATED, by=by, subject=programme.ref, at=at, payload=payload)
    return programme


def _add_parts(
    programme: Programme,
    parties: Sequence[PartyDraft],
    bases: Sequence[str],
    objectives: Sequence[str],
    aliases: Sequence[tuple[str, str]],
) -> None:
    Party.objects.bulk_create(
        Party(programme=programme, unit_id=party.unit_id, role=party.role, signed_as=party.signed_as, order=place)
        for place, party in enumerate(parties)
    )
    Basis.objects.bulk_create(
        Basis(programme=programme, citation=_text(text, "bases", 400), order=place) for place, text in enumerate(bases)
    )
    Objective.objects.bulk_create(
        Objective(programme=programme, text=_text(text, "objectives", 2000), order=place)
        for place, text in enumerate(objectives)
    )
    Alias.objects.bulk_create(
        Alias(programme=programme, symbol=_text(text, "aliases", 60), source=_text(source, "aliases", 300))
        for text, source in aliases
    )


def _require_run(by: Actor, programme: Programme, at: datetime) -> None:
    if not rules.may_run(by, programme, day_of(at)):
        raise Refused(_("You do not hold the programme office of a party to this programme."))


def _record_detail(programme: Programme, kind: str, text: str, by: Actor, at: datetime) -> None:
    payload = {"kind": kind, "text": text}
    record(event=events.DETAIL_ADDED, by=by, subject=programme.ref, at=at, payload=payload)


@action
def add_alias(*, programme: Programme, symbol: str, source: str, by: Actor, at: datetime) -> Alias:
    """Another spelling of the symbol met in a public source; the same spelling once."""
    _require_run(by, programme, at)
    text = _text(symbol, "symbol", 60)
    if programme.aliases.filter(symbol=text).exists():
        raise Refused(_("This spelling is already listed."), field="symbol")
    row = Alias(programme=programme, symbol=text, source=_text(source, "source", 300))
    row.save(force_insert=True)
    _record_detail(programme, "alias", text, by, at)
    return row


@action
def add_party(
    *, programme: Programme, unit_id: int, role: PartyRole, by: Actor, at: datetime, signed_as: str = ""
) -> Party:
    """A further party to the programme."""
    _require_run(by, programme, at)
    if programme.parties.filter(unit_id=unit_id).exists():
        raise Refused(_("A unit is a party once."), field="unit")
    row = Party(
        programme=programme,
        unit_id=unit_id,
        role=role,
        signed_as=_text(signed_as, "signed_as", 200, required=False),
        order=programme.parties.count(),
    )
    row.save(force_insert=True)
    _record_detail(programme, "party", str(unit_id), by, at)
    return row


@action
def add_basis(*, programme: Programme, citation: str, by: Actor, at: datetime) -> Basis:
    """A document the programme rests on or carries out."""
    _require_run(by, programme, at)
    row = Basis(programme=programme, citation=_text(citation, "citation", 400), order=programme.bases.count())
    row.save(force_insert=True)
    _record_detail(programme, "basis", row.citation, by, at)
    return row


@action
def add_objective(*, programme: Programme, text: str, by: Actor, at: datetime) -> Objective:
    """What the programme sets out to reach, in its own words."""
    _require_run(by, programme, at)
    row = Objective(programme=programme, text=_text(text, "text", 2000), order=programme.objectives.count())
    row.save(force_insert=True)
    _record_detail(programme, "objective", row.text[:200], by, at)
    return row
