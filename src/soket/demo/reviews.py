"""Two frozen reviews with a published statement each: the three programmes of 2013–2018 at province level, and the running one
down to the communes across 1 July 2025. Every text here is written for the demonstration."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from soket.accounts.models import Person
from soket.audit.actions import sequence_pending
from soket.demo.reports import moment
from soket.kernel.actor import Office
from soket.organisations import queries as organisations
from soket.programmes.models import Programme
from soket.publishing import actions as publishing
from soket.publishing.models import Category
from soket.publishing.texts import Extras
from soket.reviews import actions, queries
from soket.reviews.models import Edition, Review


@dataclass(frozen=True)
class Wanted:
    code: str
    label_vi: str
    label_en: str
    spec: dict[str, Any]


def _coverage(slug: str, obligation: str, on: str) -> dict[str, Any]:
    return {"kind": "coverage", "programme": slug, "obligation": obligation, "on": on, "area": None, "lines": [], "part": "rate"}


def _indicator(code: str, kind: str = "indicator") -> dict[str, Any]:
    base = {"kind": kind, "rounds": ["nam-2025"], "lines": [], "area": None, "boundary": "2025-07-01"}
    return {**base, "indicator": code} if kind == "indicator" else base


@dataclass(frozen=True)
class Plan:
    """One review: what it looks at, which figures, the draft, and the statement about it."""

    slug: str
    code: str
    title: str
    as_of: date
    boundary: date
    frozen_on: date
    symbol: str
    programmes: tuple[tuple[str, str, date | None, date | None], ...]
    figures: tuple[Wanted, ...]
    sections: tuple[tuple[str, str], ...]
    article: tuple[str, str, str, str]


EARLIER = Plan(
    slug="so-ket-2013-2018",
    code="SK-2018",
    title="Sơ kết ba chương trình phối hợp, chương trình hành động giai đoạn 2013–2018",
    as_of=date(2018, 12, 31),
    boundary=date(2018, 12, 31),
    frozen_on=date(2026, 7, 2),
    symbol="BC-BCA",
    programmes=(
        ("09-ctr-bca-mttw", "2013–2018", date(2013, 8, 1), date(2018, 12, 31)),
        ("22-ctr-duca-v28", "2013–2018", date(2013, 8, 14), date(2018, 12, 31)),
        ("38-ctr-bdvtw-bca", "2016–2018", date(2016, 6, 15), date(2018, 12, 31)),
    ),
    figures=(
        Wanted("01", "Tỷ lệ đơn vị cấp tỉnh đã ký chương trình phối hợp số 09", "Province units that signed programme 09",
               _coverage("09-ctr-bca-mttw", "NV-02", "2018-12-31")),
        Wanted("02", "Tỷ lệ Công an cấp tỉnh đã ban hành quy chế công tác dân vận", "Province police that issued the regulation",
               _coverage("22-ctr-duca-v28", "NV-01", "2018-12-31")),
        Wanted("03", "Tỷ lệ đơn vị cấp tỉnh đã ký chương trình phối hợp số 38", "Province units that signed programme 38",
               _coverage("38-ctr-bdvtw-bca", "NV-02", "2018-12-31")),
    ),
    sections=(
        ("Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện", "Đến ngày 31/12/2018, {{02}} Công an cấp tỉnh đã ban hành quy chế công tác dân vận."),
        ("Kết quả ký kết", "Thực hiện Chương trình số 09/CTr-BCA-MTTW, {{01}} đơn vị cấp tỉnh của hai hệ thống đã ký kết chương trình phối hợp. "
                           "Thực hiện Chương trình số 38-CTr/BDVTW-BCA, tỷ lệ này là {{03}}."),
        ("Đánh giá chung", "Số liệu được tính trên danh sách đơn vị cấp tỉnh tại ngày chốt số liệu; danh sách đầy đủ tại phụ lục."),
        ("Phương hướng, nhiệm vụ thời gian tới", "Các bên tiếp tục rà soát văn bản đã ký kết, cập nhật minh chứng vào hệ thống."),
    ),
    article=(
        "so-ket-ba-chuong-trinh-2013-2018",
        "Toàn bộ Công an cấp tỉnh đã ban hành quy chế công tác dân vận",
        "Hồ sơ sơ kết các chương trình giai đoạn 2013–2018 đã được các bên cùng ký xác nhận.",
        "Đến cuối năm 2018, {{02}} Công an cấp tỉnh đã ban hành quy chế công tác dân vận.\n\n"
        "Ở cấp tỉnh, {{01}} đơn vị đã ký kết chương trình phối hợp theo Chương trình số 09/CTr-BCA-MTTW và {{03}} đơn vị đã ký kết theo "
        "Chương trình số 38-CTr/BDVTW-BCA.\n\n"
        "Từ mỗi số liệu, bạn đọc mở được danh sách đơn vị, số và ngày văn bản, cùng minh chứng đã công khai.",
    ),
)

RUNNING = Plan(
    slug="so-ket-nam-2025",
    code="SK-2025",
    title="Sơ kết năm 2025 thực hiện chương trình phối hợp giai đoạn 2023–2033",
    as_of=date(2025, 12, 14),
    boundary=date(2025, 7, 1),
    frozen_on=date(2026, 7, 9),
    symbol="BC-BCA-MTTW",
    programmes=(("bca-mttw-2023-2033", "năm 2025", date(2024, 12, 15), date(2025, 12, 14)),),
    figures=(
        Wanted("01", "Tỷ lệ đơn vị cấp xã đã ký chương trình phối hợp", "Commune units that signed the programme", {}),
        Wanted("02", "Buổi tuyên truyền", "Information sessions", _indicator("TT01")),
        Wanted("03", "Lượt người tham dự tuyên truyền", "Attendances", _indicator("TT02")),
        Wanted("04", "Mô hình phối hợp cuối kỳ", "Models at the end of the period", _indicator("MH04")),
        Wanted("05", "Tỷ lệ báo cáo cấp xã đã nhận", "Commune reports received", _indicator("", "completeness")),
    ),
    sections=(
        ("Công tác lãnh đạo, chỉ đạo, tổ chức thực hiện",
         "Tính đến ngày 14/12/2025, {{01}} đơn vị cấp xã đã ký kết chương trình phối hợp; tỷ lệ báo cáo cấp xã nhận được là {{05}}."),
        ("Kết quả thực hiện", "Các đơn vị đã tổ chức {{02}} buổi tuyên truyền với {{03}} lượt người tham dự; duy trì {{04}} mô hình phối hợp."),
        ("Đánh giá chung", "Báo cáo của các xã kết thúc hoạt động ngày 30/6/2025 và các xã mới thành lập từ ngày 01/7/2025 được tổng hợp theo địa giới "
                           "mới; mỗi báo cáo tính một lần."),
        ("Phương hướng, nhiệm vụ thời gian tới", "Các đơn vị chưa gửi báo cáo, nêu tên tại phụ lục, hoàn thành việc gửi trong kỳ tới."),
    ),
    article=(
        "so-ket-nam-2025",
        "Năm 2025: kết quả phối hợp ở cấp xã trước và sau sắp xếp đơn vị hành chính",
        "Số liệu năm 2025 được tổng hợp từ báo cáo của các xã, phường, đặc khu trước và sau ngày 01/7/2025.",
        "Trong năm, các đơn vị cấp xã đã tổ chức {{02}} buổi tuyên truyền với {{03}} lượt người tham dự.\n\n"
        "Đến ngày chốt số liệu, có {{04}} mô hình phối hợp đang hoạt động; {{01}} đơn vị cấp xã đã ký kết chương trình phối hợp.\n\n"
        "Tỷ lệ báo cáo nhận được là {{05}}. Các đơn vị chưa gửi báo cáo được nêu tên trong nguồn gốc số liệu.",
    ),
)


def _programmes(plan: Plan) -> list[tuple[Programme, str, date | None, date | None]]:
    found = {row.slug: row for row in Programme.objects.all()}
    return [(found[slug], text, since, until) for slug, text, since, until in plan.programmes]


def build(plan: Plan, people: dict[str, Person]) -> tuple[Review, Edition]:
    """Draft, propose, sign by every party, freeze; then write, approve and publish the statement."""
    office = people["vanphong"]
    at = moment(plan.frozen_on)
    centre = next(node for node in organisations.units_of("police", 0, None, plan.frozen_on) if "Đảng ủy" not in node.name)
    review = actions.create_review(
        slug=plan.slug, code=plan.code, kind="interim", title=plan.title, as_of=plan.as_of, boundary_date=plan.boundary, office=centre.id,
        by=office, at=at, symbol=plan.symbol, synthetic=True,
    )
    bound = _programmes(plan)
    for programme, text, since, until in bound:
        actions.add_programme(review=review, programme=programme, span_text=text, span_from=since, span_to=until, by=office, at=at)
    for wanted in plan.figures:
        spec = wanted.spec or _coverage(bound[0][0].slug, "NV-03", plan.as_of.isoformat())
        actions.choose_figure(review=review, code=wanted.code, label_vi=wanted.label_vi, label_en=wanted.label_en, spec=spec, by=office, at=at)
    for order, (heading, text) in enumerate(plan.sections):
        actions.write_section(review=review, heading=heading, text=text, order=order, by=office, at=at)
    edition = actions.propose(review=review, by=office, at=at + timedelta(hours=1))
    for number, (party, signer) in enumerate(_signers(review, people, plan.frozen_on)):
        actions.sign(edition=edition, party=party, by=signer, at=at + timedelta(hours=2, minutes=number))
    sequence_pending(at=at + timedelta(hours=3), limit=10_000_000)
    _publish(plan, review, people, at + timedelta(days=6))
    return review, edition


def _signers(review: Review, people: dict[str, Person], day: date) -> list[tuple[int, Person]]:
    """Each party of the review with the person who may sign for it: the party's own holder, or its successor's."""
    found = []
    for party in queries.parties_of(review, day):
        unit = party.signer_id or party.unit_id
        holders = (people[name] for name in ("kybca", "kymttq", "kydanvan"))
        found.append((party.unit_id, next(person for person in holders if person.holds(Office.SIGN, day, unit))))
    return found


def _publish(plan: Plan, review: Review, people: dict[str, Person], at: Any) -> None:
    slug, title, lead, body = plan.article
    article = publishing.create_article(slug=slug, review=review, office=review.office_id, by=people["bientap"], at=at)
    extras = Extras(category=Category.objects.get(slug="so-ket-tong-ket").pk, byline="Ban biên tập", tags=_tags(plan))
    revision = publishing.save_revision(article=article, title=title, lead=lead, body=body, by=people["bientap"], at=at, extras=extras)
    publishing.send_for_approval(revision=revision, by=people["bientap"], at=at)
    publishing.approve(revision=revision, by=people["duyetbai"], at=at + timedelta(hours=1))
    publishing.publish(revision=revision, by=people["duyetbai"], at=at + timedelta(hours=2))


def _tags(plan: Plan) -> list[tuple[str, str, str]]:
    """The programmes that the statement is about."""
    known = Programme.objects.in_bulk([slug for slug, *_more in plan.programmes], field_name="slug")
    return [("programme", slug, known[slug].title) for slug, *_more in plan.programmes]
