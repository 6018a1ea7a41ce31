"""Invitations frozen as they are sent, answers, and the chain of those sent in one's place."""
from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.actions.inviting import SubstituteDraft
from soket.conferences.core.invitation import InvitedActor
from soket.conferences.models import Delegate, Invitation, Reply
from soket.conferences.queries import inviting as queries
from soket.conferences.queries import planning
from soket.kernel.actor import Actor
from soket.kernel.door import Refused
from tests.factories import conferences as make

pytestmark = pytest.mark.django_db
AT = make.STARTS - timedelta(days=10)


def invited(world: make.World, number: int = 3) -> Delegate:
    actions.invite(conference=world.conference, by=world.office, at=AT)
    return Delegate.objects.get(conference=world.conference, number=number)


def answer(delegate: Delegate, what: str, by: Actor | None = None, **more: Any) -> Reply:
    delegate.refresh_from_db()
    given = {"invitation": queries.newest_of(delegate), "answer": what, "by": by or InvitedActor(delegate.pk, "Đại biểu"), "at": AT, **more}
    return actions.reply(**given)


def sends(delegate: Delegate, *titles: str, name: str = "", **more: Any) -> Delegate:
    made = answer(delegate, "substitute", substitute=SubstituteDraft(titles, "Phó Trưởng phụ trách", name), **more)
    assert made.substitute is not None
    return made.substitute


def state(delegate: Delegate) -> str:
    delegate.refresh_from_db()
    return delegate.state


def refused(delegate: Delegate, what: str, **more: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        answer(delegate, what, **more)
    return list(caught.value.errors or {"": ""})


def test_an_invitation_says_what_held_when_it_was_sent(world: make.World) -> None:
    assert actions.invite(conference=world.conference, by=world.office, at=AT) == 6
    row = Invitation.objects.get(delegate__number=1)
    police = world.review.land.police["centre"]
    unit = make.unit_nearest(police.pk, make.STARTS.date())
    assert unit is not None
    assert json.loads(row.body) == {
        "v": 1,
        "conference": {
            "code": "HN-THU", "title": "Hội nghị trực tuyến sơ kết chương trình thử nghiệm", "place": "Hà Nội", "symbol": "GM-BCA",
            "chaired_by": "Bộ Công an và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", "starts_at": "2026-07-15T08:00:00+07:00",
            "ends_at": "2026-07-15T12:00:00+07:00",
        },
        "delegate": {
            "number": 1, "name": "", "role": "chair", "titles": ["Ủy viên Trung ương Đảng", "Thứ trưởng Bộ Công an"], "unit_id": police.pk,
            "unit": unit.name, "stands_for": 0, "capacity": "",
        },
        "site": {"id": world.centre.pk, "name": world.centre.name, "kind": "centre", "room": "Hội trường tầng 2", "address": ""},
        "agenda": 0,
    }  # fmt: skip
    assert (row.number, row.by_label) == (1, world.office.label)
    assert actions.invite(conference=world.conference, by=world.office, at=AT) == 0


def test_a_promotion_changes_no_invitation_and_only_the_promoted_is_told_again(world: make.World) -> None:
    first = invited(world)
    answer(first, "yes")
    given = {"delegate": first, "titles": ["Phó Giám đốc"], "name": "", "role": "delegate", "site": world.one, "by": world.office, "at": AT}
    assert actions.change_delegate(**given) == ["titles"]
    assert json.loads(queries.newest_of(first).body)["delegate"]["titles"] == ["Trưởng Công an"]
    assert [(one.delegate.number, one.number, one.keeps_answer) for one in queries.to_send(world.conference)] == [(3, 2, True)]
    assert actions.invite(conference=world.conference, by=world.office, at=AT) == 1
    assert [json.loads(row.body)["delegate"]["titles"] for row in first.invitations.all()] == [["Trưởng Công an"], ["Phó Giám đốc"]]
    assert state(first) == "accepted"


def test_another_time_asks_everyone_anew(world: make.World) -> None:
    first = invited(world)
    answer(first, "yes")
    held = world.conference
    actions.change_conference(
        conference=held, title=held.title, chaired_by=held.chaired_by, starts_at=held.starts_at + timedelta(hours=1), ends_at=held.ends_at + timedelta(hours=1),
        place=held.place, symbol=held.symbol, budget_minutes=10, by=world.office, at=AT,
    )  # fmt: skip
    held.refresh_from_db()
    assert actions.invite(conference=held, by=world.office, at=AT) == 6
    assert state(first) == "invited"


def test_only_those_chosen_are_invited_and_nobody_once_the_session_began(world: make.World) -> None:
    chosen = Delegate.objects.get(number=4)
    assert actions.invite(conference=world.conference, delegates=[chosen.pk], by=world.office, at=AT) == 1
    assert [row.number for row in Delegate.objects.filter(state="invited")] == [4]
    with pytest.raises(Refused):
        actions.invite(conference=world.conference, by=world.desk_one, at=AT)
    with make.open_door():
        type(world.conference).objects.update(stage="live")
    with pytest.raises(Refused):
        actions.invite(conference=world.conference, by=world.office, at=AT)


def test_answers_may_be_changed_and_all_are_kept(world: make.World) -> None:
    first = invited(world)
    assert refused(first, "no") == ["note"]
    answer(first, "no", note="Đi công tác")
    assert state(first) == "declined"
    answer(first, "yes", name="Nguyễn Văn Mẫu")
    assert (state(first), first.name) == ("accepted", "Nguyễn Văn Mẫu")
    assert [(row.answer, row.note) for row in queries.history(first)] == [("yes", ""), ("no", "Đi công tác")]
    assert queries.to_send(world.conference) == []
    assert refused(first, "maybe") == ["answer"]
    assert Event.objects.filter(name="conferences.replied").count() == 2


def test_who_may_answer(world: make.World) -> None:
    first = invited(world)
    other = Delegate.objects.get(number=5)
    for by in (world.desk_two, world.stranger, InvitedActor(other.pk, "Đại biểu khác")):
        assert refused(first, "yes", by=by) == [""]
    for by in (world.desk_one, world.office):
        answer(first, "yes", by=by)


def test_no_answer_after_the_beginning_nor_to_an_older_invitation_nor_without_end(world: make.World) -> None:
    first = invited(world)
    assert refused(first, "yes", at=make.STARTS) == [""]
    old = queries.newest_of(first)
    given = {"delegate": first, "titles": ["Phó Giám đốc"], "name": "", "role": "delegate", "site": world.one, "by": world.office, "at": AT}
    actions.change_delegate(**given)
    actions.invite(conference=world.conference, by=world.office, at=AT)
    assert refused(first, "yes", invitation=old) == [""]
    for _again in range(30):
        answer(first, "yes")
    assert refused(first, "yes") == [""]


def test_a_chain_of_substitutes_shows_who_stands_for_whom(world: make.World) -> None:
    a = invited(world)
    b = sends(a, "Phó Trưởng Công an", name="Trần Thị Mẫu")
    c = sends(b, "Đội trưởng")
    assert [state(one) for one in (a, b, c)] == ["replaced", "replaced", "accepted"]
    assert [one.number for one in queries.chain(c)] == [3, 7, 8]
    assert (c.site_id, c.unit_id, c.order, c.role, c.capacity) == (a.site_id, a.unit_id, a.order, "delegate", "Phó Trưởng phụ trách")
    body = json.loads(queries.newest_of(c).body)["delegate"]
    assert (body["stands_for"], body["capacity"], body["titles"]) == (7, "Phó Trưởng phụ trách", ["Đội trưởng"])
    assert planning.numbers(world.conference).delegates == 6
    assert len({a.badge, b.badge, c.badge, a.key, b.key, c.key}) == 6


def test_no_circle_and_no_endless_chain(world: make.World) -> None:
    a = invited(world)
    assert refused(a, "substitute", substitute=SubstituteDraft(["trưởng  công an"], "Thay")) == ["titles"]
    b = sends(a, "Phó Trưởng Công an", name="Trần Thị Mẫu")
    assert refused(b, "substitute", substitute=SubstituteDraft(["Trưởng Công an"], "Thay")) == ["titles"]
    assert refused(b, "substitute", substitute=SubstituteDraft(["Cán bộ"], "Thay", "trần thị mẫu")) == ["titles"]
    for rank in ("Đội trưởng", "Phó Đội trưởng", "Cán bộ"):
        b = sends(b, rank)
    assert refused(b, "substitute", substitute=SubstituteDraft(["Chiến sĩ"], "Thay")) == ["titles"]
    assert refused(b, "substitute", substitute=SubstituteDraft([" "], "Thay")) == ["titles"]
    assert refused(b, "substitute", substitute=SubstituteDraft(["Chiến sĩ"], "")) == ["capacity"]
    assert refused(b, "substitute") == ["titles"]


def test_whoever_comes_after_all_takes_the_place_back(world: make.World) -> None:
    a = invited(world)
    b = sends(a, "Phó Trưởng Công an")
    c = sends(b, "Đội trưởng")
    answer(a, "yes")
    assert [state(one) for one in (a, b, c)] == ["accepted", "withdrawn", "withdrawn"]
    assert refused(c, "yes") == [""]
    again = sends(a, "Phó Trưởng Công an")
    assert (again.number, state(a), planning.numbers(world.conference).delegates) == (9, "replaced", 6)


def test_the_unit_is_told_on_its_worklist_until_it_answers(world: make.World) -> None:
    first = invited(world)
    unit = first.unit_id
    waits = [(item.title, item.count, item.url, item.due) for item in queries.waiting(world.desk_one, AT)]
    assert waits == [(world.conference.title, 1, "/hoi-nghi/hoi-nghi-thu/don-vi/", make.STARTS)]
    assert Delegate.objects.filter(unit_id=unit).count() == 1
    answer(first, "yes")
    assert queries.waiting(world.desk_one, AT) == []
    assert queries.waiting(world.stranger, AT) == []
    assert queries.waiting(world.desk_two, make.STARTS) == []
