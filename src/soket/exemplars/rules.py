"""Who registers and recognises, who proposes and publishes, who sees. A unit that ended is acted for by who took over from it."""
from __future__ import annotations

from datetime import date

from django.db.models import Q

from soket.exemplars.models import Adoption, Exemplar, Movement
from soket.files.models import StoredFile
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.clock import today
from soket.organisations import queries as organisations

LOOKING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME, Office.SIGN, Office.EDIT, Office.PUBLISH, Office.ADMINISTER)
RESERVED = frozenset({"moi", "cua-toi"})
PUBLIC = ("published", "withdrawn")


def reports(actor: Actor, unit_id: int, day: date) -> bool:
    """Registers, proposes and adopts for the unit."""
    return organisations.acts_for(actor, Office.REPORT, unit_id, day)


def superior_of(unit_id: int, day: date) -> int | None:
    """The unit above the one that stands for it that day; None at the top of a line."""
    heir = organisations.unit_heir(unit_id, day) or unit_id
    return organisations.superior_for(heir, day, day)


def decides_over(actor: Actor, unit_id: int, day: date) -> bool:
    """Decides at the unit's superior. For a unit without one its own programme office decides."""
    above = superior_of(unit_id, day)
    return actor.holds(Office.DECIDE, day, above) if above is not None else organisations.acts_for(actor, Office.PROGRAMME, unit_id, day)


def manages(actor: Actor, office_id: int, day: date) -> bool:
    """Runs the programme office at the unit: opens movements there and looks after them."""
    return organisations.acts_for(actor, Office.PROGRAMME, office_id, day)


def recognises(actor: Actor, exemplar: Exemplar, day: date) -> bool:
    """Decides over the unit of origin, or runs the office that the exemplar goes to."""
    return decides_over(actor, exemplar.unit_id, day) or manages(actor, exemplar.office_id, day)


def publishes(actor: Actor, exemplar: Exemplar, day: date) -> bool:
    """Holds the publishing or the programme office where the exemplar is published."""
    return _runs(actor, exemplar.office_id, day)


def _runs(actor: Actor, office_id: int, day: date) -> bool:
    return organisations.acts_for(actor, Office.PUBLISH, office_id, day) or manages(actor, office_id, day)


def seen_units(actor: Actor, day: date) -> Reach:
    """The units that any office held that day reaches."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def visible_movements(actor: Actor, day: date) -> Q:
    """Movements are known to whoever holds any office; what single units registered follows the units one reaches."""
    reach = seen_units(actor, day)
    return Q() if reach.everything or reach.units else Q(pk=None)


def sees_unit(actor: Actor, movement: Movement, unit_id: int, day: date) -> bool:
    """What the unit registered: its own line up to the office of the movement, and who acts for a unit that ended."""
    if manages(actor, movement.office_id, day):
        return True
    reach = seen_units(actor, day)
    heir = organisations.unit_heir(unit_id, day)
    return reach.covers(unit_id) or (heir is not None and reach.covers(heir))


def inside(actor: Actor, day: date) -> Q:
    """The exemplars whose drafts and papers the actor reads: of units in reach or succeeded by one, and those of an office where the
    actor publishes or runs the programmes."""
    reach = seen_units(actor, day)
    if reach.everything:
        return Q()
    if not reach.units:
        return Q(pk=None)
    pairs = list(Exemplar.objects.order_by().values_list("unit_id", "office_id").distinct())
    units = [unit for unit in {unit for unit, _office in pairs} if unit in reach.units or organisations.unit_heir(unit, day) in reach.units]
    offices = [office for office in {office for _unit, office in pairs} if _runs(actor, office, day)]
    return Q(unit_id__in=units) | Q(office_id__in=offices)


def visible(actor: Actor, day: date) -> Q:
    """Those the actor reads inside, and for everyone those that were published, withdrawn or not."""
    return Q(publications__isnull=False) | inside(actor, day)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Photographs and evidence of exemplars read inside; evidence of an adoption for its unit, those above it, and the exemplar's readers."""
    day = today()
    if Exemplar.objects.filter(inside(actor, day)).filter(Q(photos__file=file) | Q(evidence__file=file) | Q(adoptions__file=file)).exists():
        return True
    reach = seen_units(actor, day)
    if not reach.units:
        return False
    return any(reach.covers(unit) for unit in Adoption.objects.filter(file=file).values_list("unit_id", flat=True))
