"""Who issues and closes, who passes on, who reports, who sees. A unit that ended is acted for by who took over from it."""
from __future__ import annotations

from datetime import date

from django.db.models import Q

from soket.directions.models import Assignment, Direction
from soket.files.models import StoredFile
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.clock import today
from soket.organisations import queries as organisations

LOOKING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME, Office.SIGN, Office.EDIT, Office.PUBLISH, Office.ADMINISTER)


def issues(actor: Actor, issuer_id: int, day: date) -> bool:
    """Runs the programme office at the issuer."""
    return organisations.acts_for(actor, Office.PROGRAMME, issuer_id, day)


def reports(actor: Actor, assignment: Assignment, day: date) -> bool:
    """Reports for the assigned unit."""
    return organisations.acts_for(actor, Office.REPORT, assignment.unit_id, day)


def passes_on(actor: Actor, assignment: Assignment, day: date) -> bool:
    """Decides at the assigned unit on what its subordinates do."""
    return organisations.acts_for(actor, Office.DECIDE, assignment.unit_id, day)


def seen_units(actor: Actor, day: date) -> Reach:
    """The units that any office held that day reaches."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Whether the file is evidence on a direction that the actor sees."""
    return Direction.objects.filter(visible(actor, today()), assignments__steps__file=file).exists()


def visible(actor: Actor, day: date) -> Q:
    """The directions of an issuer or an assigned unit in the actor's reach, or in that of who took over from one."""
    reach = seen_units(actor, day)
    if reach.everything:
        return Q()
    if not reach.units:
        return Q(pk=None)
    known = set(Direction.objects.values_list("issuer_id", flat=True)) | set(Assignment.objects.values_list("unit_id", flat=True))
    units = [unit for unit in known if unit in reach.units or organisations.unit_heir(unit, day) in reach.units]
    return Q(issuer_id__in=units) | Q(assignments__unit_id__in=units)
