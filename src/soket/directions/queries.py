"""Reads of directions: who sees them, where they stand, boards, what waits, and what a review takes over."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from soket.accounts.models import Person
from soket.directions import core, rules
from soket.directions.models import Assignment, DeadlineChange, Direction, Ruling, Step
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM, day_of
from soket.kernel.text import name_search, whole
from soket.organisations import queries as organisations
from soket.reviews.models import Review
from soket.ui.work import WorkItem

KIND = "directions.direction"
LEVELS = range(1, 5)  # below the centre; today province (1) and commune (3)


names = organisations.unit_names


def visible(actor: Actor, day: date) -> QuerySet[Direction]:
    """The directions the actor may see, newest first."""
    seen = Direction.objects.filter(rules.visible(actor, day)).values("pk")
    return Direction.objects.filter(pk__in=seen).order_by("-issued_on", "-number")


def by_id(actor: Actor, pk: UUID, day: date) -> Direction | None:
    return visible(actor, day).filter(pk=pk).select_related("issuer", "review").first()


@dataclass(frozen=True)
class Row:
    """A direction with where it stands and who owns it."""

    direction: Direction
    standing: core.Standing
    owner: Assignment
    owner_name: str
    issuer_name: str
    represented: str  # who acts for an owner that has ended

    @property
    def url(self) -> str:
        return reverse("directions:detail", args=[self.direction.pk])


def standings(rows: Iterable[Direction], on: date) -> list[Row]:
    """Each with its standing on the day; six queries for any number."""
    found = list(rows)
    ids = [row.pk for row in found]
    rulings: dict[UUID, list[core.Ruled]] = defaultdict(list)
    for direction, kind, at in Ruling.objects.filter(direction__in=ids).order_by("number").values_list("direction_id", "kind", "at"):
        rulings[direction].append(core.Ruled(kind, day_of(at)))
    steps: dict[UUID, list[tuple[date, bool]]] = defaultdict(list)
    for direction, dated, document, file in Step.objects.filter(assignment__direction__in=ids).values_list(
        "assignment__direction_id", "dated", "document", "file_id"
    ):
        steps[direction].append((dated, bool(document) or file is not None))
    owners = {row.direction_id: row for row in Assignment.objects.filter(direction__in=ids, role="owner")}
    changes = _changes(ids)
    known = names([*(row.unit_id for row in owners.values()), *(row.issuer_id for row in found)], on)
    return [
        Row(
            row, core.standing(rulings[row.pk], _due_on(row, changes[row.pk], on), steps[row.pk], sum(day <= on for day, _was in changes[row.pk]), on),
            owners[row.pk], known[owners[row.pk].unit_id], known[row.issuer_id], represented(owners[row.pk].unit_id, on),
        )
        for row in found
    ]  # fmt: skip


def _changes(ids: list[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    """(day of the change, deadline before it) of each direction, in order."""
    found: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for direction, at, was in DeadlineChange.objects.filter(direction__in=ids).order_by("pk").values_list("direction_id", "at", "was"):
        found[direction].append((day_of(at), was))
    return found


def _due_on(direction: Direction, changes: list[tuple[date, date]], on: date) -> date:
    """The deadline as it stood that day."""
    return next((was for day, was in changes if day > on), direction.due_on)


def represented(unit_id: int, day: date) -> str:
    """Who acts for a unit that has ended; empty while it stands."""
    heir = organisations.unit_heir(unit_id, day)
    return names([heir], day)[heir] if heir is not None and heir != unit_id else ""


def filtered(rows: QuerySet[Direction], *, asked: str, state: str, late: str, issuer: str, unit: str, on: date) -> QuerySet[Direction]:
    """The list's filters, all of them in the address."""
    if state in ("open", "claimed", "closed"):
        rows = rows.filter(state=state)
    if late == "qua-han":
        rows = rows.filter(state="open", due_on__lt=on)
    if late == "sap-den-han":
        rows = rows.filter(state="open", due_on__range=(on, on + timedelta(days=core.UPCOMING_DAYS)))
    if (key := whole(issuer)) is not None:
        rows = rows.filter(issuer_id=key)
    if (key := whole(unit)) is not None:
        rows = rows.filter(pk__in=Assignment.objects.filter(unit_id=key, role="owner").values("direction_id"))
    if asked:
        holds = name_search(asked)
        rows = rows.filter(pk__in=[pk for pk, text, number in rows.values_list("pk", "text", "number") if holds(text) or asked == str(number)])
    return rows


def assignments(direction: Direction, on: date) -> list[dict[str, Any]]:
    """The tree of those assigned, flat in order with its depth: owner, supporting, then whom each passed it on to."""
    rows = list(direction.assignments.all())
    known = names([row.unit_id for row in rows], on)
    told = {pk: (count, last) for pk, count, last in _told(direction)}
    under: dict[int | None, list[Assignment]] = defaultdict(list)
    for row in rows:
        under[row.parent_id].append(row)
    made: list[dict[str, Any]] = []

    def walk(parent: int | None, depth: int) -> None:
        for row in sorted(under[parent], key=lambda one: (one.role != "owner", known[one.unit_id])):
            count, last = told.get(row.pk, (0, None))
            made.append({"row": row, "name": known[row.unit_id], "depth": depth, "steps": count, "last": last, "represented": represented(row.unit_id, on)})
            walk(row.pk, depth + 1)

    walk(None, 0)
    return made


def _told(direction: Direction) -> list[tuple[int, int, date]]:
    found: dict[int, list[date]] = defaultdict(list)
    for assignment, dated in Step.objects.filter(assignment__direction=direction).values_list("assignment_id", "dated"):
        found[assignment].append(dated)
    return [(pk, len(days), max(days)) for pk, days in found.items()]


@dataclass(frozen=True)
class Moment:
    """One line of the direction's history."""

    kind: str
    at: datetime
    by: str
    what: Any


def history(direction: Direction) -> list[Moment]:
    """Everything that happened, in order: rulings, steps, deadlines, passing on, reminders."""
    made = [Moment(row.kind, row.at, row.by_label, row) for row in direction.rulings.select_related("step") if row.kind != "claimed"]
    steps = Step.objects.filter(assignment__direction=direction).select_related("assignment", "file")
    made += [Moment("claimed" if row.done else "step", row.at, row.by_label, row) for row in steps]
    made += [Moment("deadline", row.at, row.by_label, row) for row in direction.deadlines.all()]
    made += [Moment(row.kind, row.at, "", row) for row in direction.reminders.all()]
    below: dict[tuple[datetime, int | None], list[Assignment]] = defaultdict(list)
    for row in direction.assignments.exclude(parent=None):
        below[row.at, row.parent_id].append(row)
    made += [Moment("passed_on", at, rows[0].by_label, rows) for (at, _parent), rows in below.items()]
    first = {"issued": 0, "step": 1, "claimed": 1}  # at one instant, what is decided follows what it decides on
    return sorted(made, key=lambda one: (one.at, first.get(one.kind, 2)))


def claim(direction: Direction) -> Step | None:
    """The report of completion that waits for the issuer."""
    newest = direction.rulings.order_by("-number").select_related("step__assignment", "step__file").first()
    return newest.step if newest is not None and newest.kind == "claimed" else None


def step_of(direction: Direction, pk: UUID) -> Step | None:
    return Step.objects.filter(assignment__direction=direction, pk=pk).select_related("file").first()


def mine(actor: Actor, direction: Direction, day: date) -> tuple[list[Assignment], list[Assignment]]:
    """(assignments that the actor reports for, those it may pass on)."""
    rows = list(direction.assignments.select_related("direction"))
    return [row for row in rows if rules.reports(actor, row, day)], [row for row in rows if rules.passes_on(actor, row, day)]


def below(assignment: Assignment, day: date) -> dict[int, str]:
    """The units right below the assigned one that day, by id."""
    unit = organisations.unit_heir(assignment.unit_id, day)
    found = next((line for pk, line in organisations.unit_lines([unit]).items() if pk == unit), None) if unit else None
    if unit is None or found is None:
        return {}
    tree = organisations.unit_tree(found.code, day)
    return {one.id: one.name for level in LEVELS for one in map(tree.node, tree.at_level(level, unit)) if one.parent == unit} if unit in tree else {}


def issuers(person: Actor, day: date) -> list[tuple[str, str]]:
    """Units where the person runs the programme office."""
    reach = person.reach(Office.PROGRAMME, day)
    held = [unit for unit in sorted(reach.units) if person.holds(Office.PROGRAMME, day, unit)]
    known = names(held, day)
    return sorted(((str(unit), known[unit]) for unit in held), key=lambda one: one[1])


@dataclass(frozen=True)
class Tally:
    """One line of a board: closed of issued, with those late by count."""

    id: int
    name: str
    issued: int
    closed: int
    late: int
    claimed: int


def board(rows: Iterable[Row], by: str) -> list[Tally]:
    """By owner ("unit") or by issuer: closed ÷ issued, whole numbers both; open and late, and waiting for the issuer."""
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.owner.unit_id if by == "unit" else row.direction.issuer_id].append(row)
    made = [
        Tally(
            key, found[0].owner_name if by == "unit" else found[0].issuer_name, len(found), sum(one.standing.state == "closed" for one in found),
            sum(one.standing.state == "open" and one.standing.late for one in found), sum(one.standing.state == "claimed" for one in found),
        )
        for key, found in groups.items()
    ]  # fmt: skip
    return sorted(made, key=lambda one: (-one.late, one.name))


def _owed_on(one: Assignment) -> date:
    """The deadline that holds now: the direction's, or an earlier one that it was passed on with."""
    return min(one.due_on, one.direction.due_on) if one.role == "below" else one.direction.due_on


def _mine_open(person: Person, day: date) -> list[Assignment]:
    """Assignments of open directions to the units that the person reports for, or to units that these took over from."""
    units = {unit for unit in person.reach(Office.REPORT, day).units if person.holds(Office.REPORT, day, unit)}
    if not units:
        return []
    rows = Assignment.objects.filter(direction__state="open")
    assigned = rows.order_by().values_list("unit_id", flat=True).distinct()
    mine = [unit for unit in assigned if unit in units or organisations.unit_heir(unit, day) in units]
    return list(rows.filter(unit_id__in=mine).select_related("direction"))


def waiting_for(person: Person, at: datetime) -> list[WorkItem]:
    """What waits: directions that the person's units own, and reports of completion that its office decides on."""
    day, items = day_of(at), []
    for due_on, one in sorted(((_owed_on(one), one) for one in _mine_open(person, day)), key=lambda pair: (pair[0], pair[1].pk)):
        title = _("Direction %(number)s") % {"number": one.direction.number}
        due = datetime(due_on.year, due_on.month, due_on.day, 23, 59, tzinfo=VIETNAM)
        url = reverse("directions:detail", args=[one.direction_id])
        items.append(WorkItem(title=f"{title}: {one.direction.text[:90]}", detail=_("Report what was done"), url=url, due=due, late=due_on < day))
    for row in Direction.objects.filter(state="claimed").order_by("due_on"):
        if rules.issues(person, row.issuer_id, day):
            title = _("Direction %(number)s") % {"number": row.number}
            items.append(WorkItem(title=f"{title}: {row.text[:90]}", detail=_("Close it or return it"), url=reverse("directions:decide", args=[row.pk])))
    return items


def open_for_review(review: Review, on: date) -> list[Row]:
    """What a review takes over: directions not closed that day that were given at a review of one of its programmes, or by its office."""
    programmes = review.programmes.values("programme_id")
    earlier = Review.objects.filter(programmes__programme_id__in=programmes).values("pk")
    wanted = Q(review_id__in=earlier) | Q(issuer_id=review.office_id)
    rows = Direction.objects.filter(wanted, issued_on__lte=on).exclude(review=review).select_related("issuer").order_by("issued_on", "number")
    return [row for row in standings(rows.distinct(), on) if row.standing.state != "closed"]


def carried(review: Review, at: datetime) -> dict[str, Any] | None:
    """The entry of a dossier: each open direction as it stood then. None when there is none."""
    rows = open_for_review(review, day_of(at))
    if not rows:
        return None
    return {
        "as_of": day_of(at).isoformat(),
        "directions": [
            {
                "id": str(row.direction.pk), "number": row.direction.number, "issuer": row.issuer_name, "owner": row.owner_name,
                "text": row.direction.text, "source": row.direction.source,
                "issued_on": row.direction.issued_on.isoformat(), "due_on": row.standing.due_on.isoformat(), "extended": row.standing.extended,
                "state": row.standing.state, "days_late": row.standing.days_late or 0, "steps": row.standing.steps, "evidence": row.standing.evidence,
                "last_step_on": row.standing.last_step_on.isoformat() if row.standing.last_step_on else "", "url": row.url,
            }
            for row in rows
        ],
    }  # fmt: skip
