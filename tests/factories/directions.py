"""Directions to test with: the police centre issues, the provincial police own, a commune's police report below."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from soket.accounts.models import Person
from soket.directions import actions
from soket.directions.models import Assignment, Direction
from soket.organisations.models import Unit
from tests.factories import reporting
from tests.factories import reviews as make

AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)
DUE = date(2026, 9, 30)


@dataclass
class World:
    """`office` issues, `owner` reports for the provincial police and `decider` decides there, `below` reports for a commune's police,
    `stranger` for a Front unit that takes no part."""

    review: make.World
    issuer: Unit
    province: Unit
    commune: Unit
    office: Person
    owner: Person
    decider: Person
    below: Person
    stranger: Person


def world() -> World:
    review = make.world()
    police, front = review.land.police, review.land.front
    return World(
        review, police["centre"], police["province"], police["one"], review.office, reporting.person("chu-tri", report=police["province"]),
        reporting.person("cap-tinh", decide=police["province"]), reporting.person("cap-xa", report=police["one"]),
        reporting.person("nguoi-khac", report=front["one"]),
    )  # fmt: skip


def draft(world: World, text: str = "Rà soát quy chế phối hợp sau sắp xếp đơn vị", id: UUID | None = None, **more: object) -> actions.DirectionDraft:
    given = {"issuer": world.issuer, "owner": world.province, "due_on": DUE, "source": "Thông báo kết luận hội nghị sơ kết", **more}
    return actions.DirectionDraft(id=id or uuid4(), text=text, **given)  # type: ignore[arg-type]


def issued(world: World, at: datetime = AT, **more: object) -> Direction:
    return actions.issue_many(drafts=[draft(world, **more)], by=world.office, at=at)[0]  # type: ignore[arg-type]


def owned(direction: Direction) -> Assignment:
    return direction.assignments.get(role="owner")


def claimed(world: World, direction: Direction, at: datetime = AT, document: str = "12/KH-CAT") -> object:
    return actions.report_progress(
        id=uuid4(), assignment=owned(direction), text="Đã ban hành kế hoạch", dated=at.date(), document=document, done=True, by=world.owner, at=at
    )
