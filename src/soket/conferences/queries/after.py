"""What comes after the session: its course in words, the conclusions, the papers issued."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from soket.conferences.core.course import Course, Section, course
from soket.conferences.models import Conclusion, Conference, Issued, Minutes
from soket.conferences.queries import agenda, live
from soket.conferences.queries.agenda import IssuedItem
from soket.conferences.queries.naming import unit_names
from soket.conferences.words import topic_words
from soket.directions import queries as directions
from soket.kernel.clock import VIETNAM


@dataclass(frozen=True)
class Told:
    """A section of the session with the line it was at and the names of the units that spoke."""

    section: Section
    item: IssuedItem | None
    units: dict[int, str]
    sites: dict[int, str]


def told(conference: Conference) -> tuple[Course, list[Told]]:
    """The session as it went."""
    went = course(live.acts(conference))
    items = {one.id: one for one in agenda.issued(conference)}
    units = unit_names({speech.unit for section in went.sections for speech in section.speeches}, conference)
    sites = dict(conference.sites.values_list("pk", "name"))
    return went, [Told(section, items.get(section.item or 0), units, sites) for section in went.sections]


def drafted(conference: Conference) -> str:
    """The course in sentences, one a line, in the language at hand: what the minutes are begun with."""
    _went, sections = told(conference)
    lines = []
    for one in sections:
        clock = one.section.began_at.astimezone(VIETNAM).strftime("%H:%M")
        title = f"{one.item.number}. {one.item.title}" if one.item else ""
        who = _speaker(one.item)
        lines.append(_("%(clock)s: %(title)s%(who)s") % {"clock": clock, "title": title, "who": who})
        for speech in one.section.speeches:
            at, topic = speech.began_at.astimezone(VIETNAM).strftime("%H:%M"), topic_words(speech.topic)
            place = ", ".join(dict.fromkeys(filter(None, [speech.who, one.units.get(speech.unit, ""), one.sites.get(speech.site, "")])))
            lines.append(_("%(clock)s: %(who)s, %(topic)s") % {"clock": at, "who": place, "topic": topic})
        for at_, text in one.section.announcements:
            lines.append(_("%(clock)s: announced: %(text)s") % {"clock": at_.astimezone(VIETNAM).strftime("%H:%M"), "text": text})
    return "\n".join(lines)


def _speaker(item: IssuedItem | None) -> str:
    if item is None or not item.speaker:
        return ""
    words = ", ".join(filter(None, [item.speaker["name"], *item.speaker["titles"], item.speaker["unit"]]))
    return _("; presented by %(who)s") % {"who": words}


@dataclass(frozen=True)
class Item:
    """A conclusion with the names of its units."""

    conclusion: Conclusion
    owner: str
    supporting: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether it can become a direction."""
        return self.conclusion.owner_id is not None and self.conclusion.due_on is not None


def conclusions(conference: Conference) -> list[Item]:
    """In their order; three queries for any number."""
    rows = list(conference.conclusions.select_related("direction", "item").prefetch_related("supporting").order_by("number"))
    names = unit_names([*(row.owner_id for row in rows if row.owner_id), *(one.unit_id for row in rows for one in row.supporting.all())], conference)
    return [Item(row, names.get(row.owner_id or 0, ""), tuple(names[one.unit_id] for one in row.supporting.all())) for row in rows]


def conclusion(conference: Conference, pk: int) -> Conclusion | None:
    return conference.conclusions.filter(pk=pk).select_related("conference").first()


def minutes(conference: Conference) -> Minutes | None:
    return Minutes.objects.filter(conference=conference).first()


def issued(conference: Conference) -> list[Issued]:
    """Every paper issued, newest number of each kind first."""
    return list(conference.issued.select_related("file").order_by("kind", "-number", "form"))


def notice_issued(conference: Conference) -> bool:
    return conference.issued.filter(kind="notice").exists()


def earlier(conference: Conference, day: date) -> list[directions.Row]:
    """Directions still open from earlier reviews of this conference's programmes."""
    found: dict[object, directions.Row] = {}
    for row in conference.reviews.select_related("review"):
        for one in directions.open_for_review(row.review, day):
            found[one.direction.pk] = one
    return sorted(found.values(), key=lambda one: (one.direction.issued_on, one.direction.number))
