"""What may be chosen in a form, always within one conference."""
from __future__ import annotations

from typing import Any

from soket.conferences.models import AgendaItem, Conference, Delegate, Paper, Site
from soket.conferences.queries.naming import unit_names
from soket.conferences.queries.scope import sites

Choices = list[tuple[str, str]]
GONE = ("withdrawn", "replaced")


def item(conference: Conference, item_id: int) -> AgendaItem | None:
    return conference.agenda.filter(pk=item_id).select_related("conference", "parent").first()


def delegates(conference: Conference) -> Choices:
    """Who may speak: the delegates still on the list, in protocol order."""
    rows = list(conference.delegates.exclude(state__in=GONE).prefetch_related("titles").order_by("order", "number"))
    names = unit_names({row.unit_id for row in rows}, conference)
    return [(str(row.pk), f"{row.number}. {called(row)} – {names[row.unit_id]}") for row in rows]


def called(delegate: Delegate) -> str:
    """The name if there is one, and the titles in their order."""
    return ", ".join(part for part in (delegate.name, *(title.text for title in delegate.titles.all())) if part)


def site_choices(conference: Conference) -> Choices:
    return [(str(row.pk), row.name) for row in sites(conference)]


def for_item(conference: Conference, row: AgendaItem | None) -> dict[str, Choices]:
    none = [("", "–")]
    tops = conference.agenda.filter(parent=None).order_by("order", "pk")
    papers = conference.papers.exclude(state="dropped").order_by("order", "pk")
    return {
        "parent": none + [(str(one.pk), one.title) for one in tops if row is None or one.pk != row.pk],
        "speaker": none + delegates(conference),
        "paper": none + [(str(one.pk), one.title) for one in papers],
    }


def found_for_item(conference: Conference, parent: str, speaker: str, paper: str) -> dict[str, Any]:
    """The rows that the form's choices name, within the conference."""
    return {
        "parent": conference.agenda.filter(pk=parent).first() if parent else None,
        "speaker": conference.delegates.filter(pk=speaker).first() if speaker else None,
        "paper": conference.papers.filter(pk=paper).first() if paper else None,
    }


def paper(conference: Conference, paper_id: int) -> Paper | None:
    return conference.papers.filter(pk=paper_id).select_related("conference").first()


def site(conference: Conference, site_id: int) -> Site | None:
    return sites(conference).filter(pk=site_id).select_related("conference").first()


def unit_choices(conference: Conference) -> Choices:
    """Units that take part: hosts and those represented, by name."""
    ids = {*conference.sites.values_list("host_id", flat=True), *conference.delegates.values_list("unit_id", flat=True)}
    return sorted(((str(unit), name) for unit, name in unit_names(ids, conference).items()), key=lambda pair: pair[1])
