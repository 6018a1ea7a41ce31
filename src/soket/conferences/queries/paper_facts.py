"""The facts of each official paper, gathered from the rows."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import override

from soket.conferences.models import Conference
from soket.conferences.papers.agenda import AgendaFacts, LineFacts
from soket.conferences.papers.attendance import AttendanceFacts, PresenceRow, SiteFacts
from soket.conferences.papers.minutes import MinutesFacts
from soket.conferences.papers.notice import ConclusionFacts, NoticeFacts
from soket.conferences.papers.shared import person
from soket.conferences.queries import after, agenda, attendance
from soket.conferences.queries.naming import unit_names
from soket.kernel.clock import VIETNAM, day_of

STATES = {
    "present": "có mặt", "elsewhere": "có mặt tại điểm cầu khác", "waiting": "chờ xác minh nơi dự", "left": "đã về trước", "absent": "vắng mặt",
}  # fmt: skip


def _office(conference: Conference) -> str:
    return unit_names([conference.office_id], conference)[conference.office_id]


def _symbol(conference: Conference) -> str:
    """What stands behind the kind in the paper's symbol: "BCA" of "GM-BCA"."""
    return conference.symbol.partition("-")[2] or conference.symbol


def minutes_facts(conference: Conference, at: datetime) -> MinutesFacts:
    """From the written minutes, or from the acts when nobody has written any."""
    went, _sections = after.told(conference)
    kept = after.minutes(conference)
    with override("vi"):
        course = kept.course if kept and kept.course else after.drafted(conference)
    found = attendance.attendance(conference, went.ended_at)
    return MinutesFacts(
        _office(conference), _symbol(conference), conference.place, conference.title, conference.chaired_by, _local(went.began_at), _local(went.ended_at),
        len(found.sites), found.listed, _came(found), found.waiting, tuple(line for line in course.splitlines() if line.strip()),
        tuple(one.conclusion.text for one in after.conclusions(conference)), conference.synthetic, at.astimezone(VIETNAM),
    )  # fmt: skip


def _came(found: attendance.Attendance) -> int:
    """Those who took part: present at the end, or gone before it."""
    return found.present + found.left


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(VIETNAM) if at else None


def notice_facts(conference: Conference, at: datetime) -> NoticeFacts:
    kept = after.minutes(conference)
    rows = tuple(
        ConclusionFacts(
            one.conclusion.number, one.conclusion.text, one.owner, one.supporting, one.conclusion.due_on,
            one.conclusion.direction.number if one.conclusion.direction else None,
        )
        for one in after.conclusions(conference)
    )  # fmt: skip
    recipients = tuple(dict.fromkeys(name for row in rows for name in (row.owner, *row.supporting) if name))
    return NoticeFacts(
        _office(conference), _symbol(conference), conference.place, conference.title, conference.starts_at.astimezone(VIETNAM), conference.chaired_by,
        kept.notice if kept else "", rows, recipients, conference.synthetic, day_of(at),
    )  # fmt: skip


def attendance_facts(conference: Conference, at: datetime) -> AttendanceFacts:
    """As it stood at the end of the session, or now while it runs."""
    went, _sections = after.told(conference)
    until = went.ended_at or at
    found = attendance.attendance(conference, until)
    units = unit_names({one.unit for one in found.people}, conference)
    numbers = {one.id: one.number for one in found.people} | dict(conference.delegates.values_list("pk", "number"))
    states = STATES if went.ended_at else STATES | {"absent": "chưa đến"}
    by_site: dict[int, list[PresenceRow]] = {}
    for one in found.people:
        stands = f"dự thay đại biểu số {numbers[one.stands_for]}, {one.capacity}" if one.stands_for else ""
        who = person(one.name, one.titles, units[one.unit])
        by_site.setdefault(one.site, []).append(PresenceRow(one.number, who, states[one.status], _local(one.where.first_at), stands))
    sites = tuple(
        SiteFacts(row.site.name, row.listed, row.present + row.left, row.heads.count if row.heads else None, tuple(by_site.get(row.site.pk, ())))
        for row in found.sites
    )
    return AttendanceFacts(
        _office(conference), _symbol(conference), conference.place, conference.title, until.astimezone(VIETNAM), found.listed, _came(found), found.waiting,
        sites, conference.synthetic,
    )  # fmt: skip


def agenda_facts(conference: Conference) -> AgendaFacts | None:
    """The newest issued version; None before the first."""
    version = conference.versions.order_by("-number").first()
    if version is None:
        return None
    lines = tuple(
        LineFacts(
            one.number, one.at.astimezone(VIETNAM), one.title, person(one.speaker["name"], one.speaker["titles"], one.speaker["unit"]) if one.speaker else "",
            one.parent is not None,
        )
        for one in agenda.issued(conference)
    )  # fmt: skip
    return AgendaFacts(
        _office(conference), _symbol(conference), conference.place, conference.title, version.number, version.note, conference.starts_at.astimezone(VIETNAM),
        version.at.astimezone(VIETNAM), lines, conference.synthetic,
    )  # fmt: skip
