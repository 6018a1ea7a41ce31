"""Conferences and sites, reached only through what the actor may see."""
from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from soket.conferences import rules
from soket.conferences.models import Conference, Site
from soket.kernel.actor import Actor

BATCH = 500


def conferences(actor: Actor, day: date) -> QuerySet[Conference]:
    """Those the actor may see, newest first."""
    seen = Conference.objects.filter(rules.visible(actor, day)).values("pk")
    return Conference.objects.filter(pk__in=seen).order_by("-starts_at", "-pk")


def conference(actor: Actor, slug: str, day: date) -> Conference | None:
    """The conference of that address, None when there is none or it is not the actor's to see."""
    return conferences(actor, day).filter(slug=slug).first()


def sites(found: Conference) -> QuerySet[Site]:
    """Its sites in their order, without those taken out."""
    return found.sites.filter(withdrawn_at=None).order_by("order", "pk")


def served_sites(actor: Actor, found: Conference, day: date) -> QuerySet[Site]:
    """The sites whose desk the actor keeps."""
    if rules.runs(actor, found, day):
        return sites(found)
    reach = rules.seen_units(actor, day)
    wanted = Q() if reach.everything else Q(host_id__in=list(reach.units))
    kept = [site.pk for site in sites(found).filter(wanted).select_related("conference") if rules.serves(actor, site, day)]
    return sites(found).filter(pk__in=kept)
