"""A conference begun, its sites taken from the tree, and its delegates in protocol order."""
from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.models import Conference, ConferenceReview, Delegate, Site, Title
from soket.conferences.models.planning import DelegateRole, SiteKind
from soket.conferences.queries.naming import unit_names
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.reviews.models import Review

CODE = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,29}")
RESERVED = frozenset({"moi", "moi-du", "dieu-hanh", "man-hinh", "diem-cau"})
KINDS = {0: SiteKind.CENTRE, 1: SiteKind.PROVINCE}


@action
def create_conference(
    *, slug: str, code: str, title: str, office: Unit, chaired_by: str, starts_at: datetime, ends_at: datetime, reviews: Sequence[Review], by: Actor,
    at: datetime, place: str = "Hà Nội", symbol: str = "", budget_minutes: int = 10, synthetic: bool = False,
) -> Conference:  # fmt: skip
    """Begin a conference of one or several reviews, run by the programme office of the unit `office`.

    Raises Refused at office, slug, code, title, chaired_by, ends_at, reviews (none given) or budget_minutes (0 is no limit).
    """
    if not by.holds(Office.PROGRAMME, day_of(at), office.pk):
        raise Refused(_("You do not hold the programme office at this unit."), field="office")
    slug, code = slug.strip(), code.strip()
    if not slug or slug in RESERVED or Conference.objects.filter(slug=slug).exists():
        raise Refused(_("This address is already used or reserved."), field="slug")
    if not CODE.fullmatch(code):
        raise Refused(_("The code holds capitals, digits, dots and hyphens, for example HN-2026."), field="code")
    if Conference.objects.filter(code=code).exists():
        raise Refused(_("Another conference has this code."), field="code")
    if ends_at <= starts_at:
        raise Refused(_("The conference ends before it begins."), field="ends_at")
    if not reviews:
        raise Refused(_("Choose at least one review."), field="reviews")
    if not 0 <= budget_minutes <= 600:
        raise Refused(_("This number lies outside what is possible here."), field="budget_minutes")
    made = Conference(
        slug=slug, code=code, title=clean(title, "title", 300), office=office, chaired_by=clean(chaired_by, "chaired_by", 300), starts_at=starts_at,
        ends_at=ends_at, place=clean(place, "place", 60), symbol=clean(symbol, "symbol", 60, required=False), budget_s=budget_minutes * 60,
        synthetic=synthetic,
    )
    made.save(force_insert=True)
    for order, review in enumerate(dict.fromkeys(reviews)):
        ConferenceReview(conference=made, review=review, order=order).save(force_insert=True)
    record(event=events.planning.CREATED, by=by, subject=ref(made), at=at, payload={"code": code, "starts_at": starts_at.isoformat()})
    return made


@action
def add_sites(*, conference: Conference, units: Sequence[int], by: Actor, at: datetime) -> int:
    """Give each unit (id) a site named after it; those that have one keep it, one taken out comes back. Returns how many are new.

    Raises Refused at units when one does not exist on the conference's day.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    day, known = day_of(conference.starts_at), {site.host_id: site for site in conference.sites.all()}
    wanted = [unit for unit in dict.fromkeys(units) if unit not in known or known[unit].withdrawn_at is not None]
    nodes = {unit: organisations.unit_at(unit, day) for unit in wanted}
    if not all(nodes.values()):
        raise Refused(_("The unit does not exist on that day."), field="units")
    Site.objects.filter(conference=conference, host_id__in=[unit for unit in wanted if unit in known]).update(withdrawn_at=None)
    order = max((site.order for site in known.values()), default=-1) + 1
    fresh = [
        Site(conference=conference, host_id=unit, kind=KINDS.get(node.level, SiteKind.COMMUNE), name=_site_name(node.name), order=order + place)
        for place, (unit, node) in enumerate((unit, node) for unit, node in nodes.items() if node is not None and unit not in known)
    ]  # fmt: skip
    Site.objects.bulk_create(fresh, batch_size=500)
    if wanted:
        record(event=events.planning.SITES_ADDED, by=by, subject=ref(conference), at=at, payload={"count": len(wanted), "units": wanted[:5000]})
    return len(wanted)


def _site_name(unit: str) -> str:
    return f"Điểm cầu {unit}"[:200]


@action
def withdraw_site(*, site: Site, by: Actor, at: datetime) -> None:
    """Take a site out; its row and history stay. Refused while delegates are listed there or it has already left."""
    conference = locked(site.conference)
    require_runs(by, conference, at)
    if site.delegates.exclude(state__in=["withdrawn", "replaced"]).exists():
        raise Refused(_("Delegates are listed at this site. Take them off the list first."), field="site")
    if Site.objects.filter(pk=site.pk, withdrawn_at=None).update(withdrawn_at=at):
        record(event=events.planning.SITE_WITHDRAWN, by=by, subject=ref(conference), at=at, payload={"site": site.name})


@action
def add_delegate(
    *, conference: Conference, site: Site, unit: Unit, titles: Sequence[str], by: Actor, at: datetime, name: str = "", role: str = "delegate"
) -> Delegate:
    """Put somebody in office on the list, last in protocol order, with a number of their own. `titles` in the order in which they are read.

    Raises Refused at site (of another conference, taken out), unit (not there that day), titles (none, or too many), role.
    """
    conference = locked(conference)
    require_runs(by, conference, at)
    if site.conference_id != conference.pk or site.withdrawn_at is not None:
        raise Refused(_("There is no such site at this conference."), field="site")
    if organisations.unit_at(unit.pk, day_of(conference.starts_at)) is None:
        raise Refused(_("The unit does not exist on that day."), field="unit")
    if role not in DelegateRole.values:
        raise Refused(_("Choose one from the list."), field="role")
    read = [clean(title, "titles", 200) for title in titles if title.strip()]
    if not 1 <= len(read) <= 8:
        raise Refused(_("Give between one and eight titles, one a line."), field="titles")
    last = conference.delegates.order_by("-number").values_list("number", flat=True).first() or 0
    made = Delegate(
        conference=conference, site=site, unit=unit, number=last + 1, order=(last + 1) * 10, role=role, name=clean(name, "name", 120, required=False),
        badge=secrets.token_urlsafe(18), key=secrets.token_urlsafe(24),
    )
    made.save(force_insert=True)
    Title.objects.bulk_create(Title(delegate=made, order=place, text=text) for place, text in enumerate(read))
    payload = {"number": made.number, "unit": unit_names([unit.pk], conference)[unit.pk], "site": site.name}
    record(event=events.planning.DELEGATE_ADDED, by=by, subject=ref(conference), at=at, payload=payload)
    return made


@action
def withdraw_delegate(*, delegate: Delegate, by: Actor, at: datetime) -> None:
    """Take somebody off the list; the number is not given again."""
    conference = locked(delegate.conference)
    require_runs(by, conference, at)
    if Delegate.objects.filter(pk=delegate.pk).exclude(state__in=["withdrawn", "replaced"]).update(state="withdrawn"):
        record(event=events.planning.DELEGATE_WITHDRAWN, by=by, subject=ref(conference), at=at, payload={"number": delegate.number})


@action
def open_to_public(*, conference: Conference, open: bool, by: Actor, at: datetime) -> None:
    """Let anyone read the agenda and follow the session, or no longer. Refused without an issued agenda."""
    conference = locked(conference)
    require_runs(by, conference, at)
    if open and not conference.versions.exists():
        raise Refused(_("Issue the agenda first."), field="open")
    if Conference.objects.filter(pk=conference.pk, open_to_public=not open).update(open_to_public=open):
        record(event=events.planning.OPENED if open else events.planning.CLOSED, by=by, subject=ref(conference), at=at, payload={})

