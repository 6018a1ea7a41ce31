"""Programmes as documents: the list, one by its address, the chain they form, search by any spelling."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from soket.kernel.actor import Actor, Office
from soket.kernel.clock import today
from soket.kernel.text import canonical_text, folded, has_marks
from soket.organisations.core import Lives
from soket.organisations.queries import counterparts
from soket.organisations.queries.units import lives
from soket.programmes import core, rules
from soket.programmes.models import Obligation, Party, Programme


def programmes_seen(actor: Actor) -> QuerySet[Programme]:
    """All programmes for whoever is signed in, newest signature first; none for a reader without account."""
    rows = Programme.objects.select_related("predecessor").prefetch_related("aliases", "parties")
    return rows.none() if actor.actor_kind == "anonymous" else rows.order_by("-signed_on", "-id")


def find_programme(actor: Actor, slug: str) -> Programme | None:
    """The programme at an address, within the actor's scope."""
    return programmes_seen(actor).filter(slug=slug).first()


def obligations_of(programme: Programme) -> list[Obligation]:
    """Its obligations by code, with their lines and levels."""
    return list(programme.obligations.select_related("programme", "under").prefetch_related("scopes__line"))


def obligation_in(actor: Actor, slug: str, code: str) -> Obligation | None:
    """One obligation at an address, within the actor's scope."""
    seen = programmes_seen(actor).filter(slug=slug)
    rows = Obligation.objects.filter(programme__in=seen.values("pk"), code=code)
    return rows.select_related("programme", "under").prefetch_related("scopes__line", "programme__parties").first()


@dataclass(frozen=True)
class PartyLine:
    """A party by name: `name` as the document says it, `unit_name` when another unit stands for it."""

    name: str
    role: str
    unit_id: int
    unit_name: str


def parties_of(programmes: Sequence[Programme]) -> list[list[PartyLine]]:
    """The parties of each programme in the document's order, named as on the day of signature (today when
    that is not known)."""
    known = lives()
    return [[_party(party, programme.signed_on or today(), known) for party in programme.parties.all()] for programme in programmes]


def _party(party: Party, day: date, known: Lives) -> PartyLine:
    life = known.nearest(party.unit_id, day)
    name = life.name if life else ""
    said = party.signed_as or name
    return PartyLine(said, party.get_role_display(), party.unit_id, name if name != said else "")


def possible_parties(actor: Actor, day: date) -> list[tuple[int, str]]:
    """Units a new programme may name: where the actor holds the programme office, and their counterparts."""
    known, reach = lives(), actor.reach(Office.PROGRAMME, day)
    tops = [unit for unit in sorted(reach.units) if (life := known.at(unit, day)) and life.parent not in reach.units]
    found = {unit: life.name for unit in tops if (life := known.at(unit, day))}
    for unit in tops:
        found |= {node.id: node.name for node in counterparts(unit, day)}
    return list(found.items())


def run_by(actor: Actor, programme: Programme, day: date) -> bool:
    """Whether the actor runs the programme on that day."""
    return rules.may_run(actor, programme, day)


def runs_any(actor: Actor, day: date) -> bool:
    """Whether the actor holds a programme office anywhere, and so may enter a new programme."""
    reach = actor.reach(Office.PROGRAMME, day)
    return reach.everything or bool(reach.units)


def chain(programme: Programme) -> list[Programme]:
    """From the oldest predecessor through this programme to everything that succeeded it, in order."""
    every = {row.pk: row for row in Programme.objects.all()}
    line: list[Programme] = []
    at: int | None = programme.pk
    while at is not None and every[at] not in line:
        line.insert(0, every[at])
        at = every[at].predecessor_id
    last = [programme.pk]
    while last:
        nexts = sorted(row.pk for row in every.values() if row.predecessor_id in last and row not in line)
        line += [every[pk] for pk in nexts]
        last = nexts
    return line


def search(text: str, actor: Actor) -> list[Programme]:
    """Programmes whose symbol or another spelling of it, or whose title, holds the text; marks count only when typed."""
    try:
        wanted, form = (canonical_text(text), canonical_text) if has_marks(text) else (folded(text), folded)
    except ValueError:
        return []
    key = core.symbol_key(text)
    if not wanted:
        return []
    found = []
    for programme in programmes_seen(actor):
        spellings = [programme.symbol or "", *(alias.symbol for alias in programme.aliases.all())]
        if wanted in form(programme.title) or (key and any(key in core.symbol_key(spelling) for spelling in spellings)):
            found.append(programme)
    return found
