"""Who may run a programme, claim, decide and see. Each rule looks at offices and units, never at titles."""
from __future__ import annotations

from datetime import date, datetime

from soket.files.models import StoredFile
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.clock import day_of, now
from soket.organisations.queries import superior_for, unit_heir
from soket.programmes.models import Claim, Duty, Programme

LOOKING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME, Office.SIGN, Office.ADMINISTER)


def may_run(actor: Actor, programme: Programme, day: date) -> bool:
    """Holds the programme office at a party, or at the unit that took over from a party that ended."""
    return any(holds_party(actor, party.unit_id, day) for party in programme.parties.all())


def holds_party(actor: Actor, unit_id: int, day: date) -> bool:
    """Holds the programme office at this unit or at its heir."""
    if actor.holds(Office.PROGRAMME, day, unit_id):
        return True
    heir = unit_heir(unit_id, day)
    return heir is not None and actor.holds(Office.PROGRAMME, day, heir)


def may_claim(actor: Actor, unit_id: int, day: date) -> bool:
    """Reports for the unit, or for the unit that succeeded it."""
    return actor.holds(Office.REPORT, day, unit_id)


def may_decide(actor: Actor, unit_id: int, at: datetime) -> bool:
    """Decides at the unit's superior, or at whoever took over from that superior. Nobody stands above a root."""
    superior = superior_for(unit_id, day_of(at), at)
    return superior is not None and actor.holds(Office.DECIDE, day_of(at), superior)


def seen_units(actor: Actor, day: date) -> Reach:
    """The units whose duties the actor sees through any office held that day."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def may_see(actor: Actor, duty: Duty, at: datetime) -> bool:
    """The duty's unit lies in the actor's reach, or the actor decides on it, or runs its programme."""
    day = day_of(at)
    if seen_units(actor, day).covers(duty.unit_id) or may_decide(actor, duty.unit_id, at):
        return True
    return may_run(actor, duty.obligation.programme, day)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Whoever sees a duty reads the documents claimed for it; asked by units, since thousands may share one file."""
    claims, at = Claim.objects.filter(file=file), now()
    units, seen = set(claims.values_list("duty__unit_id", flat=True).distinct()), seen_units(actor, day_of(at))
    if any(seen.covers(unit) for unit in units):
        return True
    above = {superior_for(unit, day_of(at), at) for unit in units}
    if any(unit is not None and actor.holds(Office.DECIDE, day_of(at), unit) for unit in above):
        return True
    programmes = Programme.objects.filter(obligations__duties__claims__file=file).distinct().prefetch_related("parties")
    return any(may_run(actor, programme, day_of(at)) for programme in programmes)
