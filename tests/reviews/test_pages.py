"""The pages: scope, the whole way from draft to frozen in the browser's terms, public figures, query counts."""
from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from soket.accounts.models import Person
from soket.kernel.references import Ref
from soket.programmes import actions as owing
from soket.reporting.models import Report
from soket.reviews import actions, queries
from soket.reviews.models import Edition, Freeze
from tests.factories import programmes as owed
from tests.factories import reviews as make
from tests.factories.reporting import person, unit
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/so-ket/so-ket-thu/"
QUERIES = 21


def _text(response: Any) -> str:
    return response.content.decode()


def test_a_draft_is_seen_by_its_parties_and_those_below_them_only(world: make.World, client: LintingClient) -> None:
    assert client.get(HOME).status_code == 404
    assert "Sơ kết chương trình thử nghiệm" not in _text(client.get("/so-ket/"))
    insiders = [world.office, world.first, world.second, person("xa", report=world.land.front["two"])]
    idle = Person(username="idle", label="Tài khoản không chức vụ", password="!", active_from=timezone.now())
    idle.save()
    stranger = person("la", report=unit("army", "Đơn vị khác", 0))
    for who, status in [*((one, 200) for one in insiders), (idle, 404), (stranger, 404)]:
        client.force_login(who)
        assert client.get(HOME).status_code == status, who
        assert ("Sơ kết chương trình thử nghiệm" in _text(client.get("/so-ket/"))) == (status == 200)


def test_only_the_office_reaches_the_draft_and_only_signers_the_signing(world: make.World, client: LintingClient) -> None:
    actions.propose(review=world.review, by=world.office, at=make.AT)
    for who, draft, sign in ((world.office, 200, 404), (world.first, 404, 200), (person("xa", report=world.land.front["two"]), 404, 404)):
        client.force_login(who)
        for path in ("du-thao/", "du-thao/muc/", "du-thao/so-lieu/", "du-thao/so-lieu/01/", "du-thao/chuong-trinh/", "trinh/"):
            assert client.get(HOME + path).status_code == draft, (who, path)
        assert client.get(HOME + "ky/").status_code == sign


def test_from_draft_to_frozen_through_the_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    section = world.review.sections.get()
    refused = client.post(f"{HOME}du-thao/muc/{section.pk}/", {"heading": "Kết quả", "text": "Có {{77}} buổi."})
    assert "77" in _text(refused)
    assert "Các mã dùng được: 01, 02, 03, 04." in _text(refused)
    assert client.post(f"{HOME}du-thao/muc/{section.pk}/", {"heading": "Kết quả", "text": "Có {{01}} buổi, đạt {{02}}."}).status_code == 302
    assert client.post(HOME + "trinh/", {"reason": ""}).status_code == 302
    for who, party in ((world.first, world.land.police["centre"]), (world.second, world.land.front["centre"])):
        client.force_login(who)
        wrong = client.post(HOME + "ky/", {"party": party.pk, "password": "not the password at all"})
        assert "Mật khẩu không đúng." in _text(wrong)
        assert client.post(HOME + "ky/", {"party": party.pk, "password": make.PASSWORD}).status_code == 302
    assert Freeze.objects.count() == 1
    client.logout()
    page = _text(client.get(HOME))
    assert "Đã đóng băng" in page
    assert 'data-code="SK-THU-01"' in page
    assert "75,0\u00a0%" in page


def test_a_figure_is_chosen_and_mended_through_its_form(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    given = {"code": "05", "label_vi": "Báo cáo của công an", "label_en": "Police reports", "kind": "completeness",
             "rounds": [world.round.slug], "lines": ["police"]}
    assert client.post(HOME + "du-thao/so-lieu/", {**given, "rounds": []}).status_code == 200
    assert client.post(HOME + "du-thao/so-lieu/", given).status_code == 302
    assert "2/2" in _text(client.get(HOME + "du-thao/"))
    assert client.post(HOME + "du-thao/so-lieu/05/bo/").status_code == 302
    assert queries.wanted_figure(world.review, "05") is None
    form = {"title": "Tổng kết thử", "kind": "final", "code": "TK-1", "slug": "tong-ket-thu", "as_of": "2025-12-14", "boundary_date": "2025-12-14",
            "office": world.land.police["centre"].pk, "symbol": "", "place": "Hà Nội"}
    assert client.post("/so-ket/moi/", form).status_code == 302


def test_a_frozen_figure_is_public_with_its_units(edition: Edition, client: LintingClient) -> None:
    page = _text(client.get(HOME + "ban-1/so-lieu/02/"))
    assert "Ủy ban MTTQ xã Đông Hải" in page
    assert "5/CTr" in page
    part = client.get(HOME + "ban-1/so-lieu/02/", HTTP_X_PARTIAL="panel", HTTP_HX_REQUEST="true")
    assert b"<html" not in part.content
    assert "Ủy ban MTTQ xã Đông Hải" in _text(client.get(HOME + "ban-1/so-lieu/02/don-vi/?nhom=missing"))
    found = _text(client.get(HOME + "ban-1/so-lieu/01/don-vi/?q=cong an xa binh"))
    assert "Công an xã Bình Minh" in found and "Công an xã Đông Hải" not in found
    for nowhere in ("khong co", "công an xã bình mính", "%01", "%EF%BF%BD"):
        assert "không có đơn vị nào mang tên đó" in _text(client.get(HOME + f"ban-1/so-lieu/01/don-vi/?q={nowhere}")), nowhere
    rows = list(csv.DictReader(io.StringIO(client.get(HOME + "ban-1/so-lieu/01/don-vi.csv").content.decode("utf-8-sig"))))
    assert sorted((row["unit"], row["value"]) for row in rows if row["list"] == "contributors") == [
        ("Công an xã Bình Minh", "22"), ("Công an xã Đông Hải", "22"), ("Ủy ban MTTQ xã Bình Minh", "22"),
    ]
    figures = list(csv.DictReader(io.StringIO(client.get(HOME + "ban-1/so-lieu.csv").content.decode("utf-8-sig"))))
    assert [row["numerator"] for row in figures] == ["66", "3", "3", "410000"]
    for path in ("ban-1/so-lieu/09/", "ban-2/so-lieu/01/", "ban-2/", "ban-1/so-lieu/09/don-vi/", "ban-1/so-lieu/09/don-vi.csv", "ban-1/bao-cao.exe"):
        assert client.get(HOME + path).status_code == 404, path


def test_a_unit_in_a_frozen_figure_opens_to_the_counted_version_of_its_report(world: make.World, edition: Edition, client: LintingClient) -> None:
    unit = world.land.police["one"]
    address = f"{HOME}ban-1/so-lieu/01/don-vi/{unit.pk}/"
    assert address in _text(client.get(HOME + "ban-1/so-lieu/01/don-vi/"))
    assert address in client.get(HOME + "ban-1/so-lieu/01/").content.decode()
    page = _text(client.get(address))
    assert "Phần công khai của báo cáo đã chấp nhận" in page
    assert "Buổi tuyên truyền trong số liệu này" in re.sub(r"<[^>]+>|\s+", " ", page).replace("  ", " ")
    assert "1 tệp" not in page
    counted = Report.objects.get(round=world.round, unit=unit).accepted
    make.accept(world.round, unit, TT01=40)
    assert Report.objects.get(round=world.round, unit=unit).accepted != counted
    page = _text(client.get(address))
    assert counted.digest in page
    assert "40" not in re.findall(r"<b>(\d+)</b>", page)
    documents = _text(client.get(f"{HOME}ban-1/so-lieu/02/don-vi/{unit.pk}/"))
    assert "5/CTr" in documents
    stranger = world.land.front["two"].pk
    for path in (f"ban-2/so-lieu/01/don-vi/{unit.pk}/", f"ban-1/so-lieu/09/don-vi/{unit.pk}/", "ban-1/so-lieu/01/don-vi/999999/"):
        assert client.get(HOME + path).status_code == 404, path
    assert "chưa có báo cáo hoặc văn bản được chấp nhận" in _text(client.get(f"{HOME}ban-1/so-lieu/01/don-vi/{stranger}/"))


def test_the_excused_stand_in_the_panel_by_name_with_their_count(world: make.World, client: LintingClient) -> None:
    duty = owed.duty(world.programme.obligations.get(code="NV-01"), world.land.front["two"])
    owing.excuse(duty=duty, reason="Xã bị chia cắt do lũ", by=make.DECIDER, at=datetime(2025, 12, 1, 2, tzinfo=UTC))
    panel = queries.panel(make.frozen(world), "02", "vi", True)
    assert (panel.excused_total, [row.note for row in panel.excused or []], panel.excused_more_url) == (1, ["Xã bị chia cắt do lũ"], "")
    page = _text(client.get(HOME + "ban-1/so-lieu/02/"))
    assert "Được miễn, không tính vào mẫu số" in page and "Xã bị chia cắt do lũ" in page


def test_a_proposal_is_not_public(world: make.World, client: LintingClient) -> None:
    actions.propose(review=world.review, by=world.office, at=make.AT)
    for path in ("ban-1/", "ban-1/so-lieu/01/", "ban-1/ho-so.soket", "ban-1/bao-cao.pdf", "ban-1/so-lieu.csv"):
        assert client.get(HOME + path).status_code == 404


def test_the_verification_page_says_what_a_code_is(world: make.World, edition: Edition, client: LintingClient) -> None:
    assert "Đây là bản hiện hành." in _text(client.get(f"/kiem-chung/{edition.digest}/"))
    code = f"{edition.digest[:4]}-{edition.digest[4:8]}-{edition.digest[8:12]}-{edition.digest[12:16]}".upper()
    assert client.get("/kiem-chung/", {"ma": code}).headers["Location"] == f"/kiem-chung/{edition.digest}/"
    assert "Không có bản đóng băng nào" in _text(client.get("/kiem-chung/", {"ma": "0000-0000-0000-0000"}))
    assert client.get("/kiem-chung/" + "0" * 64 + "/").status_code == 404
    assert client.get("/kiem-chung/khoa.txt").content.startswith(b"soket.local/log+")
    make.accept(world.round, world.land.front["two"])
    second = make.frozen(world, reason="Báo cáo bổ sung")
    page = _text(client.get(f"/kiem-chung/{edition.digest}/"))
    assert "Bản này đã được thay thế." in page
    assert "Báo cáo bổ sung" in page
    older = _text(client.get(HOME + "ban-1/"))
    assert "Bản này đã được thay thế." in older
    assert "Đây là bản hiện hành." in _text(client.get(f"/kiem-chung/{second.digest}/"))


def test_the_page_shows_editions_their_difference_and_who_cites(world: make.World, edition: Edition, client: LintingClient) -> None:
    source = Ref("publishing.article", "7", "Bài công bố thử")
    actions.cite(edition=edition, figure="01", ref=source, url="/cong-bo/bai-7/", by=world.office, at=make.LATER)
    make.accept(world.round, world.land.front["two"])
    make.frozen(world, reason="Báo cáo bổ sung")
    page = _text(client.get(HOME))
    for words in ("<s>66</s>", "+22", "Báo cáo bổ sung", "Bài công bố thử", "cần xem lại: số đã đổi"):
        assert words in page, words
    client.cookies["django_language"] = "en"
    assert "to look at again: the figure changed" in _text(client.get(HOME))


def test_the_page_asks_as_often_for_four_editions_as_for_two(
    world: make.World, edition: Edition, client: LintingClient, django_assert_num_queries: Any
) -> None:
    actions.cite(edition=edition, figure="01", ref=Ref("publishing.article", "7", "Bài công bố thử"), url="/cong-bo/bai-7/", by=world.office, at=make.LATER)
    for wanted in (2, 4):
        while queries.current_edition(world.review).number < wanted:
            number = queries.current_edition(world.review).number + 1
            make.accept(world.round, world.land.front["two"], TT01=30 + number)
            make.frozen(world, reason=f"Báo cáo bổ sung lần {number}")
        client.get(HOME)
        with django_assert_num_queries(QUERIES):
            page = _text(client.get(HOME))
        assert page.count("Báo cáo bổ sung lần") >= wanted - 1


def test_a_signature_waits_in_the_signers_worklist(world: make.World) -> None:
    assert queries.waiting_for(world.first, make.AT) == []
    edition = actions.propose(review=world.review, by=world.office, at=make.AT)
    assert [item.url for item in queries.waiting_for(world.first, make.AT)] == [HOME + "ky/"]
    assert queries.waiting_for(world.office, make.AT) == []
    actions.sign(edition=edition, party=world.land.police["centre"].pk, by=world.first, at=make.AT)
    assert queries.waiting_for(world.first, make.AT) == []
    assert len(queries.waiting_for(world.second, make.AT)) == 1


def test_the_list_asks_as_many_queries_for_three_as_for_one(
    world: make.World, edition: Edition, client: LintingClient, django_assert_num_queries: Any
) -> None:
    client.get("/so-ket/")
    with django_assert_num_queries(7):
        client.get("/so-ket/")
    for number in (2, 3):
        world.review = actions.create_review(
            slug=f"so-ket-{number}", code=f"SK-{number}", kind="interim", title=f"Sơ kết {number}", as_of=world.review.as_of,
            boundary_date=world.review.as_of, office=world.review.office_id, by=world.office, at=make.AT,
        )
        actions.add_programme(review=world.review, programme=world.programme, span_text="2023", by=world.office, at=make.AT)
        make.draft(world)
        make.frozen(world)
    with django_assert_num_queries(7):
        assert _text(client.get("/so-ket/")).count("đã đóng băng") == 3
