"""Rounds and reports of the demonstration world, made through the same actions as real ones."""
from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from soket.demo import evidence
from soket.demo.content import Shape, generator, report
from soket.kernel.actor import SystemActor
from soket.kernel.clock import VIETNAM
from soket.kernel.periods import PeriodKind
from soket.organisations import queries as organisations
from soket.reporting import actions
from soket.reporting.models import Answer, Indicator, PeriodRule, Report, Round, Submission, Template, Verdict

Say = Callable[[str], None]
OFFICE = SystemActor("demo-office", "Văn phòng chương trình (minh họa)")
ACCEPTER = SystemActor("demo-approver", "Cán bộ xét duyệt cấp trên (minh họa)")
SPACE = uuid.UUID("5b0c1c52-6f0a-4d8e-9a44-1f2e3d4c5b6a")
BATCH = 1500
FOUR = ("Thái Bình", "Hưng Yên", "Hà Nội", "Cao Bằng")


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An instant in Viet Nam."""
    return datetime.combine(day, time(hour, minute), VIETNAM).astimezone(UTC)


@dataclass
class Tally:
    """What was made, for the last lines of the build."""

    rounds: int = 0
    owed: int = 0
    sent: int = 0
    late: int = 0
    missing: int = 0
    returned: int = 0
    excused: int = 0
    closing: dict[int, int] = field(default_factory=dict)
    opening: dict[int, int | None] = field(default_factory=dict)


def open_all(yearly: Template, quarterly: Template, rule: PeriodRule) -> list[Round]:
    """The national year 2025, and each quarter from I/2025 to III/2026 for four provinces."""
    year = actions.open_round(
        template=yearly, rule=rule, kind=PeriodKind.YEAR, year=2025, index=1, synthetic=True, by=OFFICE, at=moment(date(2025, 12, 15)),
        scopes=[actions.ScopeDraft(line, 3, moment(date(2025, 12, 25), 17)) for line in ("police", "front")],
    )
    rounds = [year]
    for number in range(7):
        kind_year, index = 2025 + number // 4, number % 4 + 1
        ends = date(kind_year, index * 3, 14)
        due, opened = moment(ends + timedelta(days=6), 17), moment(ends + timedelta(days=1))
        scopes = [actions.ScopeDraft(line, 3, due, under) for line in ("police", "front") for under in _provinces(line, ends)]
        rounds.append(
            actions.open_round(template=quarterly, rule=rule, kind=PeriodKind.QUARTER, year=kind_year, index=index, synthetic=True,
                               scopes=scopes, by=OFFICE, at=opened)
        )
    return rounds


def _provinces(line: str, ends: date) -> list[int]:
    """The province units of the four provinces that stood at any time in the quarter that ends on the day."""
    found: dict[int, None] = {}
    for day in (ends - timedelta(days=85), ends):
        for node in organisations.units_of(line, 1, None, day):
            if any(node.name.endswith(f" {name}") for name in FOUR):
                found[node.id] = None
    return list(found)


def _opening_models(tally: Tally, row: Report, quarterly: bool) -> int | None:
    """What the unit closed the quarter before with; the same for every version of one report."""
    return tally.opening.setdefault(row.pk, tally.closing.get(row.unit_id)) if quarterly else None


def _reports(round_: Round) -> Iterator[list[Report]]:
    ids = list(Report.objects.filter(round=round_).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        yield list(Report.objects.filter(pk__in=ids[start : start + BATCH]).select_related("unit__line", "round").order_by("id"))


def fill(round_: Round, tally: Tally, open_last: bool, left: frozenset[int] = frozenset()) -> None:
    """Reports for one round: most on time, some late, returned, excused or missing.

    In the round that stays open the units of `left` have not begun, so that their accounts find work waiting,
    and the last reports to come under the deciding accounts' provinces are not yet decided.
    """
    tally.rounds += 1
    for batch in _reports(round_):
        tally.owed += len(batch)
        sent = [row for row in batch if _fate(row) != "missing" and row.unit_id not in left]
        tally.missing += len(batch) - len(sent)
        _send(sent, tally, round_, open_last)
    if not open_last:
        actions.close_round(round=round_, by=OFFICE, at=moment(round_.ends + timedelta(days=40)), basis="Hết thời gian nhận báo cáo")


def _fate(row: Report) -> str:
    """missing, late, returned, resent or plain, fixed for the unit and period."""
    draw = generator("fate", row.unit_id, row.round.slug).random()
    for limit, name in ((0.025, "missing"), (0.07, "late"), (0.08, "returned"), (0.10, "resent")):
        if draw < limit:
            return name
    return "plain"


def _incoming(row: Report, round_: Round, tally: Tally, number: int, base: uuid.UUID | None = None) -> actions.Incoming:
    quarterly = round_.kind == PeriodKind.QUARTER
    node = organisations.unit_nearest(row.unit_id, row.covers_to)
    name = node.name if node else ""
    shape = Shape(row.unit_id, f"{round_.slug}", (row.covers_to - row.covers_from).days + 1, bool(node and node.kind == "phường"),
                  row.unit.line.code, _opening_models(tally, row, quarterly))
    content = report(shape)
    if quarterly:
        tally.closing[row.unit_id] = content.cells["MH04"].value
    day = round_.ends + timedelta(days=9 if _fate(row) == "late" else generator("day", row.unit_id, round_.slug).randint(1, 5))
    limit = row.due_at + timedelta(days=3)
    at = moment(day, 8, row.pk % 60) if _fate(row) != "late" else max(moment(day, 8), limit)
    by = SystemActor(f"demo-reporter-{row.unit_id}", f"Cán bộ tổng hợp, {name} (minh họa)"[:200])
    return actions.Incoming(uuid.uuid5(SPACE, f"{row.pk}:{number}"), row, content.to_json(), base=base, by=by, at=at + timedelta(days=number - 1))


def _waits(row: Report, open_last: bool) -> bool:
    """Whether a decision is still out: one report in twelve of the open round."""
    return open_last and _fate(row) == "plain" and generator("waits", row.unit_id).random() < 1 / 12


def _send(rows: list[Report], tally: Tally, round_: Round, open_last: bool = False) -> None:
    at = moment(round_.ends + timedelta(days=12))
    receipts = actions.submit_many(items=evidence.attach([_incoming(row, round_, tally, 1) for row in rows], OFFICE, at), by=OFFICE, at=at)
    tally.sent += len(receipts)
    tally.late += sum(receipt.late for receipt in receipts)
    found = Submission.objects.in_bulk([receipt.submission_id for receipt in receipts])
    fates = {row.pk: _fate(row) for row in rows}
    items = []
    waiting = {row.pk for row in rows if _waits(row, open_last)}
    for receipt in receipts:
        if receipt.report_id in waiting:
            continue
        returned = fates[receipt.report_id] in ("returned", "resent")
        verdict = Verdict.RETURNED if returned else Verdict.ACCEPTED
        remarks = "Đề nghị rà soát số buổi tuyên truyền, thống nhất với đơn vị phối hợp." if returned else ""
        items.append(actions.Verdicting(found[receipt.submission_id], verdict, remarks))
        tally.returned += returned
    actions.decide_many(items=items, by=ACCEPTER, at=at + timedelta(days=2))
    again = [row for row in rows if fates[row.pk] == "resent"]
    if not again:
        return
    heads = {one.report_id: one.pk for one in found.values()}
    fresh = {row.pk: row for row in Report.objects.filter(pk__in=[row.pk for row in again]).select_related("unit__line", "round")}
    later = at + timedelta(days=3)
    items_again = [_incoming(fresh[row.pk], round_, tally, 2, heads[row.pk]) for row in again]
    second = actions.submit_many(items=evidence.attach(items_again, OFFICE, later), by=OFFICE, at=later)
    newer = Submission.objects.in_bulk([receipt.submission_id for receipt in second])
    accepted = [actions.Verdicting(newer[receipt.submission_id], Verdict.ACCEPTED) for receipt in second]
    actions.decide_many(items=accepted, by=ACCEPTER, at=at + timedelta(days=5))


def joint_events(round_: Round, count: int) -> int:
    """Joint meetings reported by the police of a commune and confirmed by its Front; one in eight still unanswered."""
    indicator = Indicator.objects.get(code="CD04")
    rows = Report.objects.filter(round=round_, unit__line__code="police", covers_to=round_.ends).order_by("id")[:count]
    made = 0
    for number, row in enumerate(rows):
        held_on = round_.ends - timedelta(days=10 + number % 20)
        partner = next((node for node in organisations.counterparts(row.unit_id, held_on) if "MTTQ" in node.name), None)
        if partner is None:
            continue
        event = actions.make_joint_event(
            id=uuid.uuid5(SPACE, f"joint:{row.pk}"), round=round_, indicator=indicator, held_on=held_on,
            title="Họp giao ban giữa Công an và Mặt trận cấp xã (minh họa)", reporter=row.unit_id, counterpart=partner.id,
            by=OFFICE, at=moment(round_.ends + timedelta(days=2)),
        )
        if number % 8:
            actions.answer_joint_event(event=event, answer=Answer.CONFIRMED, by=OFFICE, at=moment(round_.ends + timedelta(days=3)))
        made += 1
    return made
