"""Movements and exemplars of the demonstration: two years of registrations, three exemplars, how they spread. All of it invented."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from soket.accounts.models import Person
from soket.demo import people
from soket.demo.content import generator
from soket.demo.reports import ACCEPTER, OFFICE, moment
from soket.demo.sheets import Sheet, pdf, picture
from soket.exemplars import actions, core
from soket.exemplars.models import Exemplar, Movement
from soket.files.actions import Upload
from soket.kernel.actor import Actor, SystemActor
from soket.organisations import queries as organisations
from soket.organisations.core import Node
from soket.organisations.models import Unit
from soket.programmes.models import Programme
from soket.reviews import queries as reviews

SPACE = UUID("6f1f4c6e-4f0b-4c0e-9d7a-8d1f0a6f2b35")
CLERK = SystemActor("demo-claims", "Cán bộ đơn vị (minh họa)")
UPPER = "Cao Bằng"
SIBLINGS = 6


@dataclass(frozen=True)
class Story:
    """One exemplar: what it says, whose it is, when it was published, and how it spread (first day, days between two adoptions)."""

    title: str
    holder_kind: str
    holder: str
    field: str
    description: str
    origin: str
    since: date | None
    published: date
    line: str
    begins: date
    every: int
    count: int
    scene: str = ""
    compared: tuple[tuple[str, str, int, int], ...] = ()
    bound: tuple[tuple[str, str, int, str, str], ...] = ()


GUARD = Story(
    title="Tổ liên gia tự quản về an ninh, trật tự", holder_kind="collective", holder="Phòng Xây dựng phong trào bảo vệ an ninh Tổ quốc", field="defence",
    description="Mỗi tổ gồm các gia đình liền kề, có quy ước viết chung và lịch trực do tổ tự bàn. Công an xã họp với các tổ mỗi tháng một lần, ghi biên bản "
                "và trả lời kiến nghị tại cuộc họp sau.\n\nCách làm chỉ cần một bản quy ước, một sổ theo dõi và một người đầu mối ở mỗi tổ.",
    origin="Mô hình bắt đầu ở hai xã biên giới, sau một năm được tổng kết và hướng dẫn chung cho các xã trong tỉnh.",
    since=date(2023, 6, 1), published=date(2025, 1, 20), line="police", begins=date(2025, 2, 6), every=18, count=29, scene="street",
    compared=(("Tổ liên gia đang hoạt động trong tỉnh", "tổ", 38, 164), ("Cuộc họp có biên bản giữa Công an xã và các tổ", "cuộc", 112, 1480)),
)  # fmt: skip
NOTEBOOK = Story(
    title="Sổ tay hướng dẫn thủ tục cho cán bộ thôn", holder_kind="official", holder="Phó Chủ tịch", field="culture",
    description="Sổ tay một trang cho mỗi thủ tục hay gặp, cập nhật hằng quý, phát cho trưởng thôn và ban công tác Mặt trận để hướng dẫn người dân.",
    origin="Từ những câu hỏi lặp lại ở buổi tiếp xúc, xã soạn mười trang đầu tiên và sửa dần theo góp ý của các thôn.",
    since=None, published=date(2025, 11, 10), line="front", begins=date(2025, 12, 2), every=19, count=12,
    compared=(("Trang hướng dẫn đang dùng", "trang", 10, 42),),
)  # fmt: skip
MEETING = Story(
    title="Giao ban ba bên hằng quý ở cấp xã", holder_kind="collective", holder="Bộ phận tổng hợp", field="system",
    description="Công an, Mặt trận và bộ phận dân vận cấp xã họp mỗi quý một lần theo một đề cương chung, kết luận bằng biên bản có việc, người, hạn.",
    origin="Bắt đầu sau ngày 01/7/2025, khi ba bộ phận cùng chuyển về xã mới và cần một lịch làm việc chung.",
    since=date(2025, 8, 1), published=date(2026, 7, 20), line="police", begins=date(2026, 7, 24), every=6, count=5, scene="picture",
    compared=(("Cuộc giao ban có biên bản của xã", "cuộc", 0, 4),),
    bound=(("Mô hình phối hợp cuối kỳ, cả nước", "mô hình", 5000, "04", "Số đã công bố ở nguồn ngoài (minh họa)"),),
)  # fmt: skip
NEXT = Story(
    title="Tổ công nghệ hỗ trợ cập nhật báo cáo ở thôn", holder_kind="collective", holder="Bộ phận tổng hợp", field="economy",
    description="Ba cán bộ trẻ giúp các thôn ghi số liệu mô hình ngay tại buổi họp.", origin="Bắt đầu từ đợt báo cáo quý I năm 2026.",
    since=date(2026, 4, 1), published=date(2026, 8, 3), line="police", begins=date(2026, 8, 3), every=1, count=0,
)  # fmt: skip


def build(persons: Mapping[str, Person]) -> int:
    """Two movements, registrations of 2025 and 2026, published exemplars with their spread, one that waits. Returns how many are published."""
    skilful, security = _movements(persons)
    for movement in (skilful, security):
        _registrations(movement, persons)
    police, front = _seat("caxa"), _seat("mttqxa")
    upper = next(node for node in organisations.units_of("police", 1, None, GUARD.published) if node.name.endswith(f" {UPPER}"))
    made = [
        (GUARD, _published(GUARD, _unit(upper.id), security, CLERK, ACCEPTER, OFFICE)),
        (NOTEBOOK, _published(NOTEBOOK, _unit(front), skilful, persons["mttqxa"], persons["duyetmttq"], persons["duyetbai"])),
        (MEETING, _published(MEETING, _unit(police), skilful, persons["caxa"], persons["duyettinh"], persons["duyetbai"])),
    ]
    for story, exemplar in made:
        _adoptions(exemplar, story)
    _proposed(NEXT, _unit(police), skilful, persons["caxa"])
    return len(made)


def _seat(username: str) -> int:
    return next(people.unit_of(role).id for role in people.ROLES if role.username == username)


def _unit(pk: int) -> Unit:
    found = organisations.unit_by_id(pk)
    assert found is not None
    return found


def _movements(persons: Mapping[str, Person]) -> list[Movement]:
    """Both run by the police centre's programme office; the days on which they began are not known here and stay so."""
    at, office = moment(date(2025, 7, 10)), _unit(_seat("vanphong"))
    running = tuple(Programme.objects.filter(slug="bca-mttw-2023-2033"))
    both = [("police", 3), ("front", 3)]
    drafts = (
        actions.MovementDraft("Dân vận khéo", "Kế hoạch phát động của Ban Chỉ đạo chương trình phối hợp (minh họa)", both, programmes=running),
        actions.MovementDraft("Toàn dân bảo vệ an ninh Tổ quốc", "Chỉ thị số 09-CT/TW ngày 01/12/2011", [*both, ("police", 1)], programmes=running),
    )
    return [actions.open_movement(office=office, draft=draft, by=persons["vanphong"], at=at, synthetic=True) for draft in drafts]


def _neighbours(line: str, unit: int, day: date) -> list[Node]:
    """The unit and some communes of its province."""
    above = organisations.superior_for(unit, day, day)
    nodes = organisations.units_of(line, 3, above, day)
    return [node for node in nodes if node.id == unit] + [node for node in nodes if node.id != unit][: SIBLINGS - 1]


def _registrations(movement: Movement, persons: Mapping[str, Person]) -> None:
    """2025 registered, once corrected, and recognised; 2026 registered, most of it waiting for the provincial accounts."""
    for line, own, decider in (("police", "caxa", "duyettinh"), ("front", "mttqxa", "duyetmttq")):
        seat = _seat(own)
        for place, node in enumerate(_neighbours(line, seat, date(2025, 12, 31))):
            by: Actor = persons[own] if node.id == seat else CLERK
            for year, sent, decided in ((2025, date(2025, 8, 15), date(2025, 12, 22)), (2026, date(2026, 2, 20), date(2026, 7, 1))):
                if year == 2026 and place == SIBLINGS - 1:
                    continue  # one unit has not registered this year
                _register(movement, node, year, sent, by, corrected=place == 0 and year == 2025)
                if year == 2025 or place in (1, 2):
                    _recognise(movement, node, year, decided, persons[decider])


def _sheet(movement: Movement, unit: int, year: int, *, less: int = 0) -> core.Typed:
    """Numbers that agree; the second field has nothing to report in some units. `less` leaves out that many of the third."""
    draw = generator("registration", movement.slug, unit, year)
    cells: dict[str, int | None] = {}
    nothing = {"culture"} if draw.random() < 0.3 else set()
    sums = [0, 0]
    for name in core.FIELDS:
        parts = [draw.randint(1, 4), draw.randint(0, 2)]
        if name in nothing:
            continue
        if name == "defence":
            parts[0] = max(0, parts[0] - less)
        cells |= {f"{name}_{column}": value for column, value in zip(core.COLUMNS, (*parts, sum(parts)), strict=True)}
        sums = [before + part for before, part in zip(sums, parts, strict=True)]
    cells |= {f"all_{column}": value for column, value in zip(core.COLUMNS, (*sums, sum(sums)), strict=True)}
    return core.Typed(cells, frozenset(nothing))


def _key(*parts: object) -> UUID:
    return uuid5(SPACE, "/".join(map(str, parts)))


def _register(movement: Movement, node: Node, year: int, sent: date, by: Actor, *, corrected: bool) -> None:
    unit = _unit(node.id)
    given = {"movement": movement, "unit": unit, "year": year, "by": by, "synthetic": True}
    first = _sheet(movement, node.id, year, less=1 if corrected else 0)
    actions.register(id=_key(movement.slug, node.id, year, 1), typed=first, at=moment(sent), **given)  # type: ignore[arg-type]
    if corrected:
        again = {"typed": _sheet(movement, node.id, year), "version": 2, "reason": "Bổ sung mô hình đăng ký muộn"}
        actions.register(id=_key(movement.slug, node.id, year, 2), at=moment(sent + timedelta(days=20)), **given, **again)  # type: ignore[arg-type]


def _recognise(movement: Movement, node: Node, year: int, decided: date, by: Actor) -> None:
    newest = movement.registrations.filter(unit_id=node.id, year=year).order_by("-version").first()
    assert newest is not None
    actions.recognise_counts(
        id=_key(movement.slug, node.id, year, "recognised"), registration=newest, typed=_sheet(movement, node.id, year, less=1), dated=decided,
        document=f"{120 + node.id % 70}/QĐ", by=by, at=moment(decided, 15),
    )  # fmt: skip


def _written(story: Story, unit: Unit, movement: Movement, by: Actor) -> Exemplar:
    """The draft with its photograph, documents and figures."""
    at = moment(story.published - timedelta(days=9))
    draft = actions.ExemplarDraft(
        story.title, story.holder_kind, story.holder, story.field, story.description, story.origin, since=story.since, movement=movement
    )
    made = actions.draft_exemplar(unit=unit, draft=draft, by=by, at=at, synthetic=True)
    if story.scene:
        label = "Ảnh minh họa: hình vẽ thay cho ảnh chụp"
        seen = {"street": "Dãy nhà có bảng ghi tên mô hình, không có người", "picture": "Phòng họp có phông chữ và ghế, không có người"}[story.scene]
        shown = Upload(picture(story.title, story.scene), "anh-minh-hoa.png")
        credit = "Soket, thế giới minh họa"
        actions.add_photo(exemplar=made, upload=shown, caption=label, credit=credit, alternative=seen, by=by, at=at, synthetic=True)
    paper = Sheet("Báo cáo kết quả mô hình", story.holder, f"Báo cáo kết quả: {story.title}", lines=(story.description, story.origin))
    upload = Upload(pdf(paper), "bao-cao-ket-qua.pdf")
    dated = story.published - timedelta(days=20)
    given = {"exemplar": made, "by": by, "at": at}
    actions.add_evidence(title="Báo cáo kết quả mô hình", number="05/BC (minh họa)", dated=dated, upload=upload, public=True, synthetic=True, **given)  # type: ignore[arg-type]
    actions.add_evidence(title="Biên bản họp của đơn vị", number="02/BB (minh họa)", dated=dated, synthetic=True, **given)  # type: ignore[arg-type]
    _figures(story, given)
    return made


def _figures(story: Story, given: Mapping[str, object]) -> None:
    year = story.published.year - 1
    for label, measure, before, after in story.compared:
        for side, value, period in (("before", before, f"năm {year - 1}"), ("after", after, f"năm {year}")):
            cited = {"value": value, "measure": measure, "citation": f"Báo cáo của đơn vị, {period} (minh họa)"}
            actions.cite_figure(label=label, side=side, period=period, **cited, **given)  # type: ignore[arg-type]
    for label, measure, before, code, source in story.bound:
        review = reviews.review_by_slug("so-ket-nam-2025")
        edition = reviews.current_edition(review) if review else None
        if edition is not None:
            actions.cite_figure(label=label, side="before", period="năm 2024", value=before, measure=measure, precision="about", citation=source, **given)  # type: ignore[arg-type]
            actions.bind_figure(label=label, side="after", period="năm 2025", edition=edition, code=code, **given)  # type: ignore[arg-type]


def _proposed(story: Story, unit: Unit, movement: Movement, by: Actor) -> Exemplar:
    made = _written(story, unit, movement, by)
    actions.propose(exemplar=made, by=by, at=moment(story.published - timedelta(days=8)))
    return made


def _published(story: Story, unit: Unit, movement: Movement, by: Actor, decider: Actor, publisher: Actor) -> Exemplar:
    made = _proposed(story, unit, movement, by)
    actions.recognise(exemplar=made, document="88/QĐ (minh họa)", by=decider, at=moment(story.published - timedelta(days=3)))
    actions.publish(exemplar=made, by=publisher, at=moment(story.published))
    made.refresh_from_db()
    return made


def _takers(story: Story, origin: int) -> Iterator[tuple[int, date, Node]]:
    """Communes of ever more provinces, each once, as they stand on the day; none that took over from one chosen before."""
    chosen: set[int] = {origin}
    for place in range(story.count):
        day = story.begins + timedelta(days=place * story.every)
        provinces = organisations.units_of(story.line, 1, None, day)
        under = organisations.units_of(story.line, 3, provinces[(place * 7 + 3) % len(provinces)].id, day)
        fresh = [node for node in under if chosen.isdisjoint(organisations.unit_and_before([node.id]))]
        if fresh:
            node = fresh[(place * 5) % len(fresh)]
            chosen.add(node.id)
            yield place, day, node


def _adoptions(made: Exemplar, story: Story) -> None:
    """Most are confirmed ten days later, the last few wait, two have stopped."""
    for place, day, node in _takers(story, made.unit_id):
        row = actions.adopt(
            id=_key(made.slug, node.id), exemplar=made, unit=_unit(node.id), dated=day, document=f"{place + 3}/KH (minh họa)",
            note="Áp dụng ở hai thôn trước, sau đó mở rộng.", synthetic=True, by=CLERK, at=moment(day + timedelta(days=2)),
        )  # fmt: skip
        if place < story.count - 3:
            actions.confirm(adoption=row, by=ACCEPTER, at=moment(day + timedelta(days=10)))
        if place in (4, 9) and story.count > 12:
            ended = day + timedelta(days=150)
            actions.stop(adoption=row, stopped_on=ended, reason="Địa bàn sắp xếp lại, chuyển sang mô hình khác", by=CLERK, at=moment(ended))
