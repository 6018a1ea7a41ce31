"""What the pages of this room print: names of lines and levels, parts of lists, a duty with what is open to do."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import get_language

from soket.files.queries import public_ids
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.text import name_search, whole
from soket.organisations.models import Level
from soket.organisations.queries import area_tree, lines
from soket.organisations.queries.units import lives
from soket.programmes import core, rules
from soket.programmes.core import State
from soket.programmes.models import Claim, Duty, DutyState, Obligation
from soket.programmes.queries.coverage import DutyLine
from soket.programmes.queries.duties import HistoryRow, history

SCOPED_LEVELS = (Level.CENTRE, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True)
class DutyPage:
    """A duty as its page prints it on a day. `public` holds the ids of its files that anyone may read."""

    unit_name: str
    place: str
    ended_on: date | None
    overdue: bool
    rows: list[HistoryRow]
    public: set[int]


@dataclass(frozen=True)
class WaitingRow:
    """A claim that waits: its duty, the unit's name and the document."""

    duty: Duty
    unit_name: str
    claim: Claim


def line_names() -> dict[str, str]:
    """Names of the lines by code, in the reader's language."""
    english = (get_language() or "").startswith("en")
    return {line.code: line.name_en if english else line.name_vi for line in lines()}


def level_names() -> dict[int, str]:
    """Words for the levels, as they stand inside a phrase."""
    return {int(level): f"{str(level.label)[:1].lower()}{str(level.label)[1:]}" for level in Level}


def scope_choices() -> list[tuple[str, str]]:
    """Every line at every level, as a form offers them: ("police:1", "Police, province level")."""
    levels = level_names()
    return [(f"{code}:{level}", f"{name}, {levels[level]}") for code, name in line_names().items() for level in SCOPED_LEVELS]


def scope_words(obligation: Obligation) -> list[str]:
    """Whom the obligation binds, in words."""
    names, levels = line_names(), level_names()
    scopes = sorted(obligation.scopes.all(), key=lambda scope: (scope.line.order, scope.level))
    return [f"{names[scope.line.code]}, {levels[scope.level]}" for scope in scopes]


def narrowed(lines: list[DutyLine], *, province: str = "", line: str = "", text: str = "") -> list[DutyLine]:
    """Lines of one province (id), of one line (code), whose unit's name holds a text; marks count only when typed."""
    if whole(province) is not None:
        lines = [one for one in lines if one.province_id == whole(province)]
    if line:
        lines = [one for one in lines if one.line == line]
    if text.strip():
        holds = name_search(text)
        lines = [one for one in lines if holds(one.unit_name)]
    return lines


def lists_drawn(obligation: Obligation) -> list[tuple[date, str, int]]:
    """On which days lists were drawn up, for which period, and how many units each added."""
    rows = Duty.objects.filter(obligation=obligation).values("since", "occasion").annotate(number=Count("id"))
    return [(row["since"], row["occasion"], row["number"]) for row in rows.order_by("since", "occasion")]


def open_acts(actor: Actor, duty: Duty, at: datetime) -> list[str]:
    """What the actor may do with the duty now, in the order of the page: claim, decide, excuse, release."""
    decides = rules.may_decide(actor, duty.unit_id, at)
    acts = []
    if core.may_follow(duty.state, State.CLAIMED) and rules.may_claim(actor, duty.unit_id, day_of(at)):
        acts.append("claim")
    if duty.state == State.CLAIMED and decides and not _own_claim(actor, duty):
        acts.append("decide")
    if core.may_follow(duty.state, State.EXCUSED) and decides:
        acts.append("excuse")
    claim = accepted_claim(duty)
    releases = decides or rules.may_run(actor, duty.obligation.programme, day_of(at))
    if releases and claim is not None and claim.file_id and not public_ids([claim.file_id]):
        acts.append("release")
    return acts


def _own_claim(actor: Actor, duty: Duty) -> bool:
    row = duty.states.filter(state=State.CLAIMED).select_related("claim").order_by("-id").first()
    return actor.actor_kind == "person" and row is not None and row.claim is not None and row.claim.by_id == actor.actor_id


def accepted_claim(duty: Duty) -> Claim | None:
    """The claim that was accepted for the duty."""
    row = duty.states.filter(state=State.ACCEPTED).select_related("claim__file").order_by("-id").first()
    return row.claim if row else None


def duty_page(duty: Duty, day: date) -> DutyPage:
    """The duty's unit, place, lateness and history, with which files are public."""
    known, rows = lives(), history(duty)
    life, last = known.nearest(duty.unit_id, day), known.last_day(duty.unit_id)
    place = ""
    if life is not None and life.area is not None:
        tree = area_tree(life.nearest_day(day))
        above = [node.name for node in tree.path(life.area) if node.level == Level.PROVINCE] if life.area in tree else []
        place = above[0] if above else ""
    files = {row.file.pk for row in rows if row.file}
    return DutyPage(
        unit_name=life.name if life else "",
        place=place,
        ended_on=last if last is not None and last < day else None,
        overdue=core.is_overdue(duty.state, duty.due_on, day),
        rows=rows,
        public=public_ids(files),
    )


def waiting_rows(duties: Sequence[Duty], day: date) -> list[WaitingRow]:
    """The waiting claim of each duty, with the unit's name on the day."""
    known = lives()
    states = DutyState.objects.filter(duty__in=[duty.pk for duty in duties], state=State.CLAIMED)
    claims = {row.duty_id: row.claim for row in states.select_related("claim__file").order_by("id")}
    found = []
    for duty in duties:
        life, claim = known.nearest(duty.unit_id, day), claims.get(duty.pk)
        if claim is not None:
            found.append(WaitingRow(duty, life.name if life else "", claim))
    return found
