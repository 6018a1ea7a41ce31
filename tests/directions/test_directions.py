"""Directions: numbered once, one owner, the deadline moved by the issuer alone, closed on evidence by another person."""
from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from soket.audit.models import Event
from soket.directions import actions, queries
from soket.directions.models import Assignment, Direction, Reminder, Ruling, Step
from soket.files.actions import Upload
from soket.kernel.actor import SystemActor
from soket.kernel.door import Refused, open_door
from soket.kernel.references import Ref
from tests.factories import directions as make
from tests.files import samples

pytestmark = pytest.mark.django_db
LATER = make.AT + timedelta(days=10)


def refused(field: str, act: object, **given: object) -> None:
    with pytest.raises(Refused) as told:
        act(**given)  # type: ignore[operator]
    assert told.value.field == field


def test_numbers_are_given_once_for_life_by_each_issuer(world: make.World) -> None:
    first, second = make.issued(world), make.issued(world, text="Thứ hai")
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(RuntimeError), transaction.atomic():
        make.issued(world, text="Thứ ba")
        raise RuntimeError("the transaction falls")
    assert make.issued(world, text="Thứ ba").number == 3
    assert [row.role for row in first.assignments.all()] == ["owner"]
    assert Event.objects.filter(name="directions.issued").count() == 3


def test_issuing_a_draft_again_gives_the_same_direction(world: make.World) -> None:
    draft = make.draft(world)
    once = actions.issue_many(drafts=[draft], by=world.office, at=make.AT)
    assert actions.issue_many(drafts=[draft, draft], by=world.office, at=LATER) == [*once, *once]
    other = make.draft(world, text="Nội dung khác", id=draft.id)
    refused("id", actions.issue_many, drafts=[other], by=world.office, at=LATER)


def test_all_drafts_or_none(world: make.World) -> None:
    good, bad = make.draft(world), make.draft(world, text=" ")
    refused("text", actions.issue_many, drafts=[good, bad], by=world.office, at=make.AT)
    assert Direction.objects.count() == 0


def test_what_a_draft_must_hold(world: make.World) -> None:
    one = [make.draft(world, supporting=(world.province,))]
    refused("supporting", actions.issue_many, drafts=one, by=world.office, at=make.AT)
    refused("due_on", actions.issue_many, drafts=[make.draft(world, due_on=date(2026, 7, 19))], by=world.office, at=make.AT)
    refused("due_on", actions.issue_many, drafts=[make.draft(world, due_on=date(2099, 7, 19))], by=world.office, at=make.AT)
    refused("text", actions.issue_many, drafts=[make.draft(world, text="a\x07b")], by=world.office, at=make.AT)
    refused("text", actions.issue_many, drafts=[make.draft(world, text="a" * 4001)], by=world.office, at=make.AT)
    refused("issuer", actions.issue_many, drafts=[make.draft(world)], by=world.owner, at=make.AT)


def test_progress_is_reported_by_the_assigned_unit_with_its_day(world: make.World) -> None:
    found = make.issued(world)
    given = {"id": uuid4(), "assignment": make.owned(found), "text": "Đã họp liên ngành", "dated": make.AT.date(), "at": LATER}
    refused("assignment", actions.report_progress, **given, by=world.stranger)
    refused("assignment", actions.report_progress, **given, by=world.office)
    step = actions.report_progress(**given, by=world.owner)
    assert actions.report_progress(**given, by=world.owner) == step
    refused("id", actions.report_progress, **{**given, "text": "khác"}, by=world.owner)
    for wrong in (date(2026, 7, 19), LATER.date() + timedelta(days=1)):
        refused("dated", actions.report_progress, **{**given, "id": uuid4(), "dated": wrong}, by=world.owner)
    row = queries.standings([found], LATER.date())[0]
    assert (row.standing.steps, row.standing.evidence, row.standing.state) == (1, 0, "open")
    assert Event.objects.filter(name="directions.step_taken").count() == 1


def test_closing_needs_evidence_and_another_person(world: make.World) -> None:
    found = make.issued(world)
    given = {"id": uuid4(), "assignment": make.owned(found), "text": "Xong", "dated": make.AT.date(), "done": True, "by": world.owner, "at": LATER}
    refused("document", actions.report_progress, **given)
    claim = actions.report_progress(**given, upload=Upload(samples.PDF, "ke-hoach.pdf"))
    refused("verdict", actions.decide, step=claim, accepted=True, by=world.owner, at=LATER)
    refused("verdict", actions.decide, step=claim, accepted=True, by=world.stranger, at=LATER)
    refused("reason", actions.decide, step=claim, accepted=False, by=world.office, at=LATER)
    actions.decide(step=claim, accepted=False, reason="Chưa có chữ ký của Mặt trận", by=world.office, at=LATER)
    refused("verdict", actions.decide, step=claim, accepted=True, by=world.office, at=LATER)
    again = make.claimed(world, found, LATER)
    actions.decide(step=again, accepted=True, by=world.office, at=LATER)  # type: ignore[arg-type]
    found.refresh_from_db()
    assert found.state == "closed"
    refused("state", actions.report_progress, **{**given, "id": uuid4(), "document": "1"})
    refused("due_on", actions.change_deadline, direction=found, due_on=date(2026, 12, 1), reason="x", by=world.office, at=LATER)
    refused("reason", actions.reopen, direction=found, reason="", by=world.office, at=LATER)
    refused("reason", actions.reopen, direction=found, reason="x", by=world.owner, at=LATER)
    actions.reopen(direction=found, reason="Đơn vị mới sáp nhập chưa có quy chế", by=world.office, at=LATER)
    found.refresh_from_db()
    assert (found.state, found.number) == ("open", 1)
    assert [row.kind for row in found.rulings.all()] == ["issued", "claimed", "returned", "claimed", "accepted", "reopened"]
    names = set(Event.objects.filter(name__startswith="directions.").values_list("name", flat=True))
    assert names >= {"directions.claimed", "directions.returned", "directions.accepted", "directions.reopened"}


def test_whoever_reports_does_not_close_even_with_both_offices(world: make.World) -> None:
    from tests.factories import reporting

    both = reporting.person("hai-vai", report=world.province, programme=world.issuer)
    found = make.issued(world)
    claim = actions.report_progress(
        id=uuid4(), assignment=make.owned(found), text="Xong", dated=make.AT.date(), document="1/BC", done=True, by=both, at=LATER
    )
    refused("verdict", actions.decide, step=claim, accepted=True, by=both, at=LATER)


def test_the_deadline_is_moved_by_the_issuer_and_stays_visible(world: make.World) -> None:
    found = make.issued(world)
    refused("due_on", actions.change_deadline, direction=found, due_on=date(2026, 12, 1), reason="x", by=world.owner, at=LATER)
    refused("due_on", actions.change_deadline, direction=found, due_on=make.DUE, reason="x", by=world.office, at=LATER)
    refused("reason", actions.change_deadline, direction=found, due_on=date(2026, 12, 1), reason=" ", by=world.office, at=LATER)
    actions.change_deadline(direction=found, due_on=date(2026, 12, 1), reason="Chờ hướng dẫn của Chính phủ", by=world.office, at=LATER)
    found.refresh_from_db()
    assert found.due_on == date(2026, 12, 1)
    row = queries.standings([found], LATER.date())[0]
    assert (row.standing.due_on, row.standing.extended) == (date(2026, 12, 1), 1)
    before = queries.standings([found], make.AT.date())[0]
    assert (before.standing.due_on, before.standing.extended) == (make.DUE, 0)
    assert Event.objects.filter(name="directions.deadline_changed").count() == 1


def test_passing_on_goes_down_the_tree_alone(world: make.World) -> None:
    found = make.issued(world)
    given = {"assignment": make.owned(found), "due_on": date(2026, 9, 1), "at": LATER}
    refused("units", actions.pass_on, **given, units=[world.commune.pk], by=world.owner)
    refused("units", actions.pass_on, **given, units=[world.issuer.pk], by=world.decider)
    refused("units", actions.pass_on, **given, units=[], by=world.decider)
    refused("due_on", actions.pass_on, **{**given, "due_on": date(2026, 10, 1)}, units=[world.commune.pk], by=world.decider)
    assert actions.pass_on(**given, units=[world.commune.pk, world.commune.pk], by=world.decider) == 1
    assert actions.pass_on(**given, units=[world.commune.pk], by=world.decider) == 0
    below = Assignment.objects.get(role="below")
    assert (below.unit_id, below.parent, below.due_on) == (world.commune.pk, make.owned(found), date(2026, 9, 1))
    step = {"id": uuid4(), "assignment": below, "text": "Xã đã họp", "dated": make.AT.date(), "by": world.below, "at": LATER}
    refused("done", actions.report_progress, **step, done=True, document="1")
    actions.report_progress(**step)
    tree = queries.assignments(found, LATER.date())
    assert [(row["depth"], row["steps"]) for row in tree] == [(0, 0), (1, 1)]
    assert Event.objects.filter(name="directions.passed_on").count() == 1


def test_only_those_concerned_see_it(world: make.World) -> None:
    found = make.issued(world)
    day = LATER.date()
    assert [row.pk for row in queries.visible(world.office, day)] == [found.pk]
    assert [row.pk for row in queries.visible(world.owner, day)] == [found.pk]
    assert queries.by_id(world.below, found.pk, day) is None, "a unit below sees it once it is passed on"
    assert queries.by_id(world.stranger, found.pk, day) is None
    actions.pass_on(assignment=make.owned(found), units=[world.commune.pk], due_on=make.DUE, by=world.decider, at=LATER)
    assert queries.by_id(world.below, found.pk, day) == found


def test_reminders_are_kept_once_for_each_deadline(world: make.World) -> None:
    found, job = make.issued(world), SystemActor("job", "Nhắc việc")
    at = make.AT.replace(month=9, day=25)
    assert actions.send_reminders(by=job, at=make.AT) == 0
    assert [actions.send_reminders(by=job, at=at), actions.send_reminders(by=job, at=at)] == [1, 0]
    late = make.AT.replace(month=10, day=15)
    assert actions.send_reminders(by=job, at=late) == 2
    assert list(Reminder.objects.values_list("kind", "unit_id")) == [
        ("upcoming", world.province.pk), ("overdue", world.province.pk), ("escalated", world.issuer.pk),
    ]  # fmt: skip
    claim = make.claimed(world, found, late)
    actions.decide(step=claim, accepted=True, by=world.office, at=late)  # type: ignore[arg-type]
    assert actions.send_reminders(by=job, at=late + timedelta(days=90)) == 0
    assert Event.objects.filter(name="directions.reminded").count() == 3


def test_who_relied_on_it_is_kept_once(world: make.World) -> None:
    found, about = make.issued(world), Ref("publishing.article", "7", "Bài viết về hội nghị")
    for _again in range(2):
        actions.rely_on(direction=found, about=about, url="/bai/7/", by=world.office, at=LATER)
    assert [row.label for row in found.reliances.all()] == ["Bài viết về hội nghị"]
    assert Event.objects.filter(name="directions.relied_on").count() == 1


def test_boards_show_closed_of_issued(world: make.World) -> None:
    done, open_ = make.issued(world), make.issued(world, text="Thứ hai")
    actions.decide(step=make.claimed(world, done, LATER), accepted=True, by=world.office, at=LATER)  # type: ignore[arg-type]
    on = make.DUE + timedelta(days=1)
    rows = queries.standings(queries.visible(world.office, on), on)
    assert [(one.closed, one.issued, one.late, one.claimed) for one in queries.board(rows, "unit")] == [(1, 2, 1, 0)]
    assert [one.id for one in queries.board(rows, "issuer")] == [world.issuer.pk]
    found = queries.filtered(queries.visible(world.office, on), asked="", state="", late="qua-han", issuer="", unit=str(world.province.pk), on=on)
    assert [row.pk for row in found] == [open_.pk]
    assert [row.pk for row in queries.filtered(queries.visible(world.office, on), asked="thu hai", state="", late="", issuer="", unit="", on=on)] == [open_.pk]


def test_what_waits(world: make.World) -> None:
    found = make.issued(world)
    assert [item.title for item in queries.waiting_for(world.owner, LATER)] == [f"Nhiệm vụ chỉ đạo số 1: {found.text}"]
    assert queries.waiting_for(world.stranger, LATER) == []
    make.claimed(world, found, LATER)
    assert queries.waiting_for(world.owner, LATER) == []
    assert [item.detail for item in queries.waiting_for(world.office, LATER)] == ["Kết thúc hoặc trả lại"]
    assert (Step.objects.count(), Ruling.objects.count()) == (1, 2)


def test_the_worklist_shows_the_deadline_that_holds_now(world: make.World) -> None:
    later = make.AT + timedelta(days=80)
    moved, passed = make.issued(world), make.issued(world, text="Việc thứ hai")
    actions.change_deadline(direction=moved, due_on=make.DUE + timedelta(days=60), reason="Chờ hướng dẫn", by=world.office, at=make.AT)
    items = {one.url: one for one in queries.waiting_for(world.owner, later)}
    first, second = (items[f"/chi-dao/{one.pk}/"] for one in (moved, passed))
    assert (first.due and first.due.date(), first.late) == (make.DUE + timedelta(days=60), False)
    assert (second.due and second.due.date(), second.late) == (make.DUE, True)


def test_a_flood_of_earlier_directions_hides_nothing(world: make.World) -> None:
    """The worklist of one unit does not depend on how many directions others have."""
    mine = make.issued(world, due_on=make.DUE + timedelta(days=5))
    with open_door():
        others = [
            Direction(id=uuid4(), issuer=world.issuer, number=1000 + place, text="x", source="y", issued_on=make.AT.date(), due_on=make.DUE, state="open")
            for place in range(2001)
        ]
        Direction.objects.bulk_create(others)
        Assignment.objects.bulk_create(Assignment(direction=one, unit=world.commune, role="owner", due_on=make.DUE, at=make.AT, by_label="x") for one in others)
    assert [one.url for one in queries.waiting_for(world.owner, make.AT)] == [f"/chi-dao/{mine.pk}/"]


def test_a_line_of_the_board_opens_to_as_many_directions(world: make.World) -> None:
    make.issued(world, owner=world.commune, supporting=(world.province,))
    make.issued(world, text="Việc khác")
    day = make.AT.date()
    seen = queries.visible(world.office, day)
    tallies = {one.id: one.issued for one in queries.board(queries.standings(seen, day), "unit")}
    listed = {key: queries.filtered(seen, asked="", state="", late="", issuer="", unit=str(key), on=day).count() for key in tallies}
    assert tallies == listed == {world.commune.pk: 1, world.province.pk: 1}


def test_what_is_decided_at_one_instant_follows_what_it_decides_on(world: make.World) -> None:
    found = make.issued(world)
    step = make.claimed(world, found, LATER)
    actions.decide(step=step, accepted=True, by=world.office, at=LATER)  # type: ignore[arg-type]
    assert [one.kind for one in queries.history(found)] == ["issued", "claimed", "accepted"]
