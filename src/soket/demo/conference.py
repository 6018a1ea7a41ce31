"""One conference of the demonstration: over the running review, the centre and every province, an agenda issued, two papers. All of it invented."""
from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from soket.accounts.models import Person
from soket.conferences import actions
from soket.conferences.models import AgendaItem, Conference, Delegate, Paper, Site
from soket.demo import people
from soket.demo.reports import moment
from soket.kernel.clock import VIETNAM, today
from soket.organisations import queries as organisations
from soket.organisations.models import Unit
from soket.reviews import queries as reviews
from soket.reviews.models import Review

AHEAD, HOUR = timedelta(days=14), time(8, 0, tzinfo=VIETNAM)
CALLED, ISSUED = moment(date(2026, 7, 9)), moment(date(2026, 7, 11))


def build(persons: dict[str, Person]) -> Conference:
    """Begin it, list sites (one commune too, where an account sits) and heads, ask two provinces for papers on frozen figures, issue the agenda."""
    office, starts = persons["vanphong"], datetime.combine(today() + AHEAD, HOUR)  # ahead, so that it can be invited to and opened
    review = Review.objects.get(code="SK-2025")
    held = actions.create_conference(
        slug="hoi-nghi-so-ket-2025", code="HN-2025", title="Hội nghị trực tuyến sơ kết năm 2025 thực hiện chương trình phối hợp giai đoạn 2023–2033",
        office=_unit(review.office_id), chaired_by="Bộ Công an và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", starts_at=starts,
        ends_at=starts + timedelta(hours=3), reviews=[review], symbol="GM-BCA", synthetic=True, by=office, at=CALLED,
    )  # fmt: skip
    provinces = organisations.units_of("police", 1, None, starts.date())
    commune = next(people.unit_of(role) for role in people.ROLES if role.username == "caxa")
    actions.add_sites(conference=held, units=[review.office_id, *[node.id for node in provinces], commune.id], by=office, at=CALLED)
    sites = {site.host_id: site for site in held.sites.order_by("order")}
    centre = sites.pop(review.office_id)
    chair = _delegate(held, centre, ("Ủy viên Ban Chấp hành Trung ương Đảng", "Thứ trưởng Bộ Công an"), office, "chair")
    heads = [_delegate(held, site, (_head(site),), office) for site in sites.values()]
    papers = [_paper(held, site, title, code, office) for site, (title, code) in zip(list(sites.values())[:2], PAPERS, strict=False)]
    _agenda(held, chair, heads, papers, office)
    actions.open_to_public(conference=held, open=True, by=office, at=ISSUED)
    return held


PAPERS = (
    ("Phối hợp tuyên truyền ở địa bàn sau sắp xếp đơn vị hành chính", "02"),
    ("Duy trì mô hình phối hợp trong năm chuyển tiếp", "04"),
)


def _unit(pk: int) -> Unit:
    found = organisations.unit_by_id(pk)
    assert found is not None
    return found


def _head(site: Site) -> str:
    """The office of the head, in place of a person's name."""
    return ("Giám đốc " if site.kind == "province" else "Trưởng ") + site.name.removeprefix("Điểm cầu ")


def _delegate(held: Conference, site: Site, titles: tuple[str, ...], by: Person, role: str = "delegate") -> Delegate:
    return actions.add_delegate(conference=held, site=site, unit=_unit(site.host_id), titles=titles, role=role, by=by, at=CALLED)


def _paper(held: Conference, site: Site, title: str, code: str, by: Person) -> Paper:
    paper = actions.call_paper(conference=held, unit=_unit(site.host_id), title=title, minutes=10, by=by, at=CALLED)
    edition = reviews.current_edition(held.reviews.get().review)
    assert edition is not None
    actions.bind_figure(paper=paper, edition=edition, code=code, by=by, at=CALLED)
    return paper


def _agenda(held: Conference, chair: Delegate, heads: list[Delegate], papers: list[Paper], by: Person) -> None:
    def put(kind: str, title: str, minutes: int, **more: Any) -> AgendaItem:
        return actions.put_item(conference=held, kind=kind, title=title, minutes=minutes, by=by, at=ISSUED, **more)

    put("opening", "Khai mạc, tuyên bố lý do, giới thiệu đại biểu", 10, speaker=chair)
    put("report", "Báo cáo sơ kết năm 2025 thực hiện chương trình phối hợp", 25, speaker=chair)
    block = put("paper", "Tham luận của các đơn vị", 20)
    for paper, head in zip(papers, heads, strict=False):
        put("paper", paper.title, 10, parent=block, paper=paper, speaker=head)
    put("discussion", "Trao đổi, thảo luận giữa các điểm cầu", 40)
    put("break", "Nghỉ giải lao", 15)
    put("award", "Công bố và trao quyết định khen thưởng", 15)
    put("conclusion", "Kết luận hội nghị", 25, speaker=chair)
    actions.issue_agenda(conference=held, note="Gửi kèm giấy mời", by=by, at=ISSUED)
