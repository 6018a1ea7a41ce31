"""Who runs a conference, who serves a site, who may see, and what a text must be."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from soket.conferences.core.invitation import InvitedActor
from soket.conferences.models import Conference, Delegate, Site
from soket.files.models import StoredFile
from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.clock import today
from soket.kernel.text import whole
from soket.organisations import queries as organisations

LOOKING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME, Office.SIGN, Office.EDIT, Office.PUBLISH, Office.ADMINISTER)
SERVING = (Office.REPORT, Office.DECIDE, Office.PROGRAMME)


@dataclass(frozen=True)
class DeskActor:
    """A device at the desk of one site: it keeps that desk for its day and holds no office anywhere."""

    device_id: int
    site_id: int
    actor_label: str
    actor_kind: str = "device"

    @property
    def actor_id(self) -> str:
        return f"device-{self.device_id}"

    def holds(self, office: Office, at: date, on: int) -> bool:
        return False

    def reach(self, office: Office, at: date) -> Reach:
        return NOWHERE


def runs(actor: Actor, conference: Conference, day: date) -> bool:
    """Holds the programme office at the conference's own unit, or at the unit that took over from it."""
    if actor.holds(Office.PROGRAMME, day, conference.office_id):
        return True
    heir = organisations.unit_heir(conference.office_id, day)
    return heir is not None and actor.holds(Office.PROGRAMME, day, heir)


def serves(actor: Actor, site: Site, day: date) -> bool:
    """Works at the site's host unit, is a device of its desk, or runs the conference."""
    if isinstance(actor, DeskActor):
        return actor.site_id == site.pk
    return any(actor.holds(office, day, site.host_id) for office in SERVING) or runs(actor, site.conference, day)


def keeps_award(actor: Actor, award_id: int, key: str, day: date) -> bool:
    """Whether the actor keeps that an award was handed over at the site with that key: it is planned there and the actor keeps its desk."""
    pk = whole(key)
    site = Site.objects.filter(pk=pk, planned_awards__award=award_id, withdrawn_at=None).select_related("conference").first() if pk is not None else None
    return site is not None and serves(actor, site, day)


def answers_for(actor: Actor, unit_id: int, day: date) -> bool:
    """Reports for the unit: names its delegates, replies for them and sends its paper."""
    return actor.holds(Office.REPORT, day, unit_id)


def seen_units(actor: Actor, day: date) -> Reach:
    """The units that any office held that day reaches."""
    total = NOWHERE
    for office in LOOKING:
        total = total | actor.reach(office, day)
    return total


def visible(actor: Actor, day: date) -> Q:
    """Which conferences an actor sees: those open to the public, those it runs, and those where a unit in its reach hosts a site,
    is invited or is asked for a paper."""
    reach = seen_units(actor, day)
    if reach.everything:
        return Q()
    units = list(reach.units)
    if not units:
        return Q(open_to_public=True)
    inside = Q(office_id__in=units) | Q(sites__host_id__in=units) | Q(delegates__unit_id__in=units) | Q(papers__unit_id__in=units)
    return Q(open_to_public=True) | inside


def answers_invitation(actor: Actor, delegate: Delegate, day: date) -> bool:
    """Holds the key of the delegate's reply page, reports for the delegate's unit, or runs the conference."""
    if isinstance(actor, InvitedActor):
        return actor.delegate_id == delegate.pk
    return answers_for(actor, delegate.unit_id, day) or runs(actor, delegate.conference, day)


def may_read_file(actor: Actor, file: StoredFile) -> bool:
    """Papers of units: those who run the conference and the unit itself, everyone who sees it once accepted. What comes after the
    session: those who run it, everyone who sees it once it is concluded."""
    day = today()
    attached = Q(papers__revisions__file=file) | Q(issued__file=file) | Q(speeches__file=file) | Q(recordings__file=file)
    for conference in Conference.objects.filter(attached).distinct():
        if runs(actor, conference, day):
            return True
        if any(answers_for(actor, paper.unit_id, day) for paper in conference.papers.filter(revisions__file=file)):
            return True
        public = conference.stage == "concluded" or conference.papers.filter(revisions__file=file, revisions__decision__accepted=True).exists()
        if public and Conference.objects.filter(visible(actor, day), pk=conference.pk).exists():
            return True
    return False
