"""A first draft says what is on record and nothing else."""
from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from soket.accounts.models import Person
from soket.conferences.models import AgendaVersion
from soket.kernel.canonical import canonical
from soket.kernel.door import Refused, open_door
from soket.publishing import beginning, markup
from soket.publishing.actions.beginning import begin_from
from soket.publishing.beginning import Dossier, Honour, Meeting, Order
from soket.publishing.models import Article
from soket.publishing.queries import extras_of, head_of
from soket.publishing.queries.beginning import free_slug
from tests.factories import commendations, conferences, decisions, directions
from tests.factories import publishing as make
from tests.factories import reporting as people
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database
STARTS = datetime(2026, 7, 15, 8, 0, tzinfo=UTC)


def test_each_fact_is_one_sentence() -> None:
    meeting = Meeting(
        "Hội nghị sơ kết 5 xã", "Bộ Công an", STARTS, False, STARTS, STARTS.replace(hour=11, minute=30), 3, "Điểm cầu Bộ, Hội trường lớn",
        ["Thứ trưởng Bộ Công an"], [("08:00", "Khai mạc"), ("08:10", "Báo cáo của 34 tỉnh | *tóm tắt*")],
    )  # fmt: skip
    dossier = Dossier("Sơ kết", date(2025, 12, 14), 2, ["Bộ Công an", "Mặt trận"], [("01", "Buổi tuyên truyền", "buổi"), ("02", "Xã đã ký", "")])
    order = Order("Bộ Công an", 7, date(2026, 7, 20), "Rà soát 12 quy chế.", date(2026, 9, 30))
    honours = [Honour("12/QĐ-BCA", date(2026, 7, 10), "Bằng khen", 3, 2), Honour("13/QĐ-BCA", date(2026, 7, 11), "Giấy khen", 0, 0)]
    found = beginning.draft(meeting, dossier, [order], honours)
    assert found.title == "Hội nghị sơ kết [[5 xã]]"
    assert found.lead == "Ngày 15/07/2026, Bộ Công an chủ trì hội nghị sơ kết [[5 xã]]."
    assert found.body == (
        "Hội nghị bắt đầu lúc 08:00, kết thúc lúc 11:30.\n\nHội nghị nối [[3 điểm cầu]].\n\nĐiểm cầu trung tâm: Điểm cầu Bộ, Hội trường lớn.\n\n"
        "Chủ trì theo danh sách đại biểu:\n\n- Thứ trưởng Bộ Công an\n\n## Chương trình hội nghị\n\n- 08:00: Khai mạc\n"
        "- 08:10: Báo cáo của [[34 tỉnh]] | \\*tóm tắt\\*\n\n## Số liệu\n\n"
        "Số liệu lấy từ bản 2 của hồ sơ “Sơ kết”, do Bộ Công an và Mặt trận ký, tính đến ngày 14/12/2025.\n\n- Buổi tuyên truyền: {{01}} buổi\n"
        "- Xã đã ký: {{02}}\n\n## Khen thưởng\n\n- Quyết định số 12/QĐ-BCA ngày 10/07/2026: Bằng khen cho [[3 tập thể]] và [[2 cá nhân]].\n\n"
        "## Chỉ đạo\n\n- Bộ Công an, chỉ đạo số 7 ngày 20/07/2026: Rà soát [[12 quy chế]]. Thời hạn: 30/09/2026."
    )


def test_what_is_unknown_is_left_out() -> None:
    bare = beginning.draft(Meeting("Gặp mặt", "Bộ Công an", STARTS, False), None)
    assert (bare.title, bare.lead, bare.body) == ("Gặp mặt", "Ngày 15/07/2026, Bộ Công an chủ trì hội nghị “Gặp mặt”.", "")
    planned = beginning.draft(Meeting("Hội nghị A", "Bộ Công an", STARTS, True, sites=2), None)
    assert planned.lead.startswith("Theo kế hoạch, ngày 15/07/2026") and "dự kiến nối [[2 điểm cầu]]" in planned.body
    only = beginning.draft(None, Dossier("Sơ kết", date(2025, 12, 14), 1))
    assert (only.lead, only.body) == ("Số liệu lấy từ bản 1 của hồ sơ “Sơ kết”, tính đến ngày 14/12/2025.", "")
    assert len(beginning.draft(Meeting("Hội nghị " + "rất dài " * 40, "B", STARTS, False), None).title) <= 200


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Sơ kết 5 năm: “Đổi mới”", "so-ket-5-nam-doi-moi"), ("…", ""), ("từ " * 60, "-".join(["tu"] * 27))],
)  # fmt: skip
def test_an_address_from_a_title(title: str, slug: str) -> None:
    assert beginning.slug_of(title) == slug


def issued_agenda(world: conferences.World) -> None:
    body = [
        {"id": 1, "parent": None, "number": "1", "kind": "opening", "title": "Khai mạc", "minutes": 10, "starts_at": "2026-07-15T08:00:00+07:00",
         "ends_at": "2026-07-15T08:10:00+07:00", "speaker": None, "paper": None},
        {"id": 2, "parent": None, "number": "2", "kind": "break", "title": "Giải lao", "minutes": 10, "starts_at": "2026-07-15T08:10:00+07:00",
         "ends_at": "2026-07-15T08:20:00+07:00", "speaker": None, "paper": None},
    ]  # fmt: skip
    with open_door():
        AgendaVersion(conference=world.conference, number=1, body=canonical(body).decode(), changes="[]", at=make.AT, by_label="x").save(force_insert=True)


@pytest.mark.django_db
def test_a_conference_becomes_a_draft_of_facts(client: LintingClient) -> None:
    world = conferences.world()
    issued_agenda(world)
    centre = world.review.land.police["centre"]
    editor = people.person("bien-tap", edit=centre)
    order = directions.World(world.review, centre, world.review.land.police["province"], centre, world.office, editor, editor, editor, editor)
    directions.issued(order, review=world.edition.review)
    client.force_login(editor)
    text = client.get("/toa-soan/moi/").content.decode()
    assert world.conference.title in text and 'id="id_fill"' in text
    response = client.post("/toa-soan/moi/", {"office": centre.pk, "conference": world.conference.pk, "review": "", "fill": "on", "slug": ""})
    assert response["Location"] == "/toa-soan/bai/hoi-nghi-truc-tuyen-so-ket-chuong-trinh-thu-nghiem/"
    article = Article.objects.get()
    head = head_of(article)
    assert head is not None and article.review_id == world.edition.review_id and article.synthetic
    assert head.lead == (
        "Theo kế hoạch, ngày 15/07/2026, Bộ Công an và Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam chủ trì hội nghị trực tuyến sơ kết chương trình thử nghiệm."
    )
    for part in (
        "Hội nghị dự kiến nối [[3 điểm cầu]].", "- Ủy viên Trung ương Đảng, Thứ trưởng Bộ Công an", "- 08:00: Khai mạc", "- Buổi tuyên truyền: {{01}} buổi",
        "- Xã đã ký chương trình: {{02}}", "chỉ đạo số 1 ngày 20/07/2026: Rà soát quy chế phối hợp sau sắp xếp đơn vị. Thời hạn: 30/09/2026.",
    ):  # fmt: skip
        assert part in head.body, part
    assert "Giải lao" not in head.body and "Khen thưởng" not in head.body and head.byline == ""
    assert [tag[:2] for tag in extras_of(head).tags] == [("programme", world.review.programme.slug)]
    assert not re.search("thành công|tốt đẹp|quan trọng|phát biểu|nhấn mạnh", head.body)  # nobody is praised or quoted
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.django_db
def test_a_review_becomes_a_draft_and_a_bad_address_begins_nothing(desk: make.Desk, client: LintingClient) -> None:
    centre = desk.world.land.police["centre"].pk
    with pytest.raises(Refused) as refused:
        begin_from(slug="Không Được", office=centre, review=desk.world.review, conference=None, by=desk.editor, at=make.AT)
    assert "slug" in refused.value.errors and Article.objects.count() == 1
    article = begin_from(slug="", office=centre, review=desk.world.review, conference=None, by=desk.editor, at=make.AT)
    head = head_of(article)
    assert article.slug == "so-ket-chuong-trinh-thu-nghiem" and head is not None and head.body.startswith("## Số liệu")
    assert free_slug(desk.world.review.title) == "so-ket-chuong-trinh-thu-nghiem-2"
    client.force_login(desk.editor)
    for data, words in (({"fill": "on"}, "Chọn hội nghị hoặc hồ sơ để lấy dữ kiện."), ({}, "Ô này không được để trống."), ({"slug": "ket-qua-so-ket"}, "đã")):
        text = client.post("/toa-soan/moi/", {"office": centre, **data}).content.decode()
        assert words in text
    assert Article.objects.count() == 2
    assert client.post("/toa-soan/moi/", {"office": centre, "slug": "tin-trong"}).status_code == 302
    assert client.post("/toa-soan/moi/", {"office": centre, "fill": "on", "slug": "tin-trong-nua"}).status_code == 302  # ticked beforehand


@pytest.mark.django_db
def test_decisions_are_told_when_their_names_are_open_or_the_writer_may_read_them() -> None:
    world = commendations.world()
    awards = decisions.awarded(world, world.police["one"], world.police["two"])
    centre, editor = world.police["centre"].pk, people.person("bien-tap", edit=world.police["centre"])
    said = f"- Quyết định số {awards[0].decision.entry.notation} ngày 10/08/2026: Bằng khen"

    def body(slug: str, by: Person) -> str:
        head = head_of(begin_from(slug=slug, office=centre, review=world.review.review, conference=None, by=by, at=decisions.LATER))
        return head.body if head else ""

    assert "Khen thưởng" not in body("truoc", editor)
    both = people.person("ca-hai", edit=world.police["centre"], publish=world.police["centre"])
    assert said in body("duoc-doc", both)
    decisions.opened(world, awards[:1])
    assert "Khen thưởng" not in body("mot-ten", editor)  # a part of the list would be a number that nobody decided
    decisions.opened(world, awards[1:])
    told = body("du-ten", editor)
    assert said in told and "cho [[2 tập thể]]." in told


def test_a_draft_is_one_text_that_can_be_read() -> None:
    text = beginning.plain("| a | - # 1. *b* 12 buổi {{")
    assert markup.faults(f"- {text}", {}) == []
