"""A conference to test with: the frozen review of `factories.reviews`, three sites, six delegates, written as rows.

Sites: the police centre (centre), and the police of two communes. `office` runs it; `desk_one` and `desk_two` report for the two
communes' police and so keep the desks of their sites; `stranger` reports for a commune Front that takes no part.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from soket.accounts.models import Person
from soket.conferences.models import Conference, ConferenceReview, Delegate, Site, Title
from soket.kernel.door import open_door
from soket.organisations.models import Unit
from soket.organisations.queries import unit_nearest
from soket.reviews.models import Edition
from tests.factories import reporting
from tests.factories import reviews as make

STARTS = datetime(2026, 7, 15, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam


@dataclass
class World:
    """The review's world and a conference over it."""

    review: make.World
    edition: Edition
    conference: Conference
    centre: Site
    one: Site
    two: Site
    office: Person
    desk_one: Person
    desk_two: Person
    stranger: Person


def conference(edition: Edition, office: Unit, slug: str = "hoi-nghi-thu", code: str = "HN-THU") -> Conference:
    """A conference of the edition's review, being prepared."""
    with open_door():
        made = Conference(
            slug=slug, code=code, title="Hội nghị trực tuyến sơ kết chương trình thử nghiệm", office=office, symbol="GM-BCA",
            chaired_by="Bộ Công an và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", starts_at=STARTS, ends_at=STARTS + timedelta(hours=4),
            budget_s=600, synthetic=True,
        )
        made.save()
        ConferenceReview(conference=made, review=edition.review).save()
    return made


def site(of: Conference, host: Unit, kind: str = "commune", order: int = 1) -> Site:
    """A site at the unit, named after it."""
    node = unit_nearest(host.pk, of.starts_at.date())
    with open_door():
        made = Site(conference=of, host=host, kind=kind, name=f"Điểm cầu {node.name if node else host.pk}", room="Hội trường tầng 2", capacity=60, order=order)
        made.save()
    return made


def delegate(at: Site, unit: Unit, number: int, titles: tuple[str, ...] = ("Trưởng Công an",), role: str = "delegate", **more: object) -> Delegate:
    """A delegate without a private name: titles and the unit say who it is. The badge reads b-NUMBER, the key k-NUMBER."""
    with open_door():
        made = Delegate(
            conference=at.conference, site=at, unit=unit, number=number, role=role, order=number, badge=f"b{at.conference_id}-{number}",
            key=f"k{at.conference_id}-{number}", **more,
        )
        made.save()
        for place, text in enumerate(titles):
            Title(delegate=made, order=place, text=text).save()
    return made


def world() -> World:
    """Two delegates at each of the three sites: numbers 1–2 at the centre, 3–4 at the first commune, 5–6 at the second."""
    review = make.world()
    make.draft(review)
    edition = make.frozen(review)
    police, front = review.land.police, review.land.front
    held = conference(edition, police["centre"])
    centre, one, two = site(held, police["centre"], "centre", 0), site(held, police["one"], order=1), site(held, police["two"], order=2)
    delegate(centre, police["centre"], 1, ("Ủy viên Trung ương Đảng", "Thứ trưởng Bộ Công an"), role="chair")
    delegate(centre, front["centre"], 2, ("Phó Chủ tịch UBTW MTTQ Việt Nam",), role="chair")
    for number, (place, unit) in enumerate([(one, police["one"]), (one, front["one"]), (two, police["two"]), (two, front["two"])], 3):
        delegate(place, unit, number)
    return World(
        review, edition, held, centre, one, two, review.office, reporting.person("ban-mot", report=police["one"]),
        reporting.person("ban-hai", report=police["two"]), reporting.person("nguoi-ngoai", report=front["province"]),
    )
