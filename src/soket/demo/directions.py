"""Directions of the demonstration: one in progress, one reported, one closed on its document. All of it invented."""
from __future__ import annotations

from datetime import date
from uuid import UUID

from soket.accounts.models import Person
from soket.demo import people
from soket.demo.reports import moment
from soket.directions import actions
from soket.directions.models import Direction
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.reviews.models import Review

ISSUED, DONE = moment(date(2026, 7, 16)), moment(date(2026, 8, 20))
SOURCE = "Kết luận của Ban Chỉ đạo chương trình phối hợp (minh họa)"
TEXTS = (
    ("duyettinh", date(2026, 9, 30), "Rà soát, ban hành lại quy chế phối hợp ở các đơn vị cấp xã hình thành sau sắp xếp."),
    ("caxa", date(2026, 12, 31), "Duy trì giao ban ba bên hằng quý ở cấp xã, báo cáo kết quả kèm biên bản."),
    ("caxa", date(2026, 8, 31), "Lập danh mục mô hình phối hợp đang hoạt động trên địa bàn xã."),
)


def build(persons: dict[str, Person]) -> list[Direction]:
    """Issue them, report on two, close one."""
    office, desk = persons["vanphong"], persons["caxa"]
    review = Review.objects.get(code="SK-2025")
    issuer = _unit(review.office_id)
    drafts = [
        actions.DirectionDraft(
            id=UUID(int=20260716_00 + place), issuer=issuer, text=text, source=SOURCE, owner=_unit(_seat(username)), due_on=due_on, review=review,
            synthetic=True,
        )  # fmt: skip
        for place, (username, due_on, text) in enumerate(TEXTS, 1)
    ]
    made = actions.issue_many(drafts=drafts, by=office, at=ISSUED)
    _report(made[1], desk, "Đã họp giao ban quý III với Mặt trận và Ban Dân vận cấp xã.", "", 11)
    _report(made[2], desk, "Đã lập danh mục 6 mô hình, gửi Công an tỉnh.", "14/BC-CAX", 12, done=True)
    actions.decide(step=made[2].assignments.get(role="owner").steps.get(), accepted=True, by=office, at=DONE)
    return made


def _report(direction: Direction, by: Person, text: str, document: str, key: int, *, done: bool = False) -> None:
    owner = direction.assignments.get(role="owner")
    actions.report_progress(
        id=UUID(int=20260820_00 + key), assignment=owner, text=text, dated=date(2026, 8, 19), document=document, done=done, by=by, at=DONE
    )


def _seat(username: str) -> int:
    return next(people.unit_of(role).id for role in people.ROLES if role.username == username)


def _unit(pk: int) -> Unit:
    found = organisations.unit_by_id(pk)
    assert found is not None
    return found
