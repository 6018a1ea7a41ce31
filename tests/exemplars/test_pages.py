"""Pages of movements and exemplars: the whole way, 404 for others, nothing private in public, one count of queries for more rows."""
from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.exemplars import actions, core
from soket.exemplars.models import Adoption, Exemplar, Movement, Publication, Registration
from soket.kernel.clock import today
from tests.factories import exemplars as make
from tests.factories import reviews as reviewing
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def posted(typed: core.Typed, **more: object) -> dict[str, object]:
    """The sheet as the form sends it."""
    cells = {name: "" if value is None else str(value) for name, value in typed.cells.items()}
    return {**cells, **{f"{name}_nothing": "on" for name in typed.nothing}, "id": str(uuid4()), "version": 1, **more}


def page_of(client: LintingClient, url: str, **asked: str) -> str:
    answer = client.get(url, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client: LintingClient, url: str) -> int:
    with CaptureQueriesContext(connection) as made:
        page_of(client, url)
    return len(made)


def test_a_movement_over_its_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    assert "Chưa mở phong trào nào" in page_of(client, "/phong-trao/")
    sent = {"office": world.centre.pk, "title": "Dân vận khéo", "basis": "Kế hoạch 10/KH", "scope": ["police/3", "front/3"]}
    assert client.post("/phong-trao/moi/", {**sent, "scope": ["police/9"]}).status_code == 200
    assert Movement.objects.count() == 0
    assert client.post("/phong-trao/moi/", sent).url == "/phong-trao/dan-van-kheo/"  # type: ignore[attr-defined]
    assert "không rõ" in page_of(client, "/phong-trao/dan-van-kheo/")
    assert client.post("/phong-trao/dan-van-kheo/sua/", {**sent, "begun_on": "2009-01-01"}).status_code == 302
    year = today().year
    own = f"/phong-trao/dan-van-kheo/{year}/{world.one.pk}/"
    client.force_login(world.clerk)
    assert "01/01/2009" in page_of(client, "/phong-trao/dan-van-kheo/")
    assert "không phát sinh" in page_of(client, own + "dang-ky/").lower()
    wrong = client.post(own + "dang-ky/", posted(make.typed(economy_total=4), system_individual="nhiều", system_total="1"))
    page = wrong.content.decode()
    assert "Tập thể cộng cá nhân là 3, ô tổng số ghi 4" not in page and "Nhập số nguyên, ví dụ 15" in page
    wrong = client.post(own + "dang-ky/", posted(make.typed(economy_total=4)))
    page = wrong.content.decode()
    assert "Kinh tế, tổng số: Tập thể cộng cá nhân là 3, ô tổng số ghi 4" in page
    kept = dict(re.findall(r'name="(\w+)" value="(\d+)"', page))
    assert (kept["economy_collective"], kept["economy_total"], kept["all_total"]) == ("2", "4", "9")
    assert re.search(r'name="culture_nothing"[^>]*checked', page)
    assert Registration.objects.count() == 0
    assert client.post(own + "dang-ky/", posted(make.typed())).status_code == 302
    assert client.post(own + "dang-ky/", posted(make.typed(), version=2)).status_code == 200
    assert client.post(own + "dang-ky/", posted(make.typed(), version=2, reason="Rà soát lại")).status_code == 302
    client.force_login(world.decider)
    assert "Công an xã Bình Minh" in page_of(client, "/phong-trao/dan-van-kheo/cho-cong-nhan/")
    assert "9" in page_of(client, own + "cong-nhan/")
    decision = {"dated": today().isoformat(), "document": "7/QĐ-CAT"}
    more = make.typed(economy_collective=3, economy_total=4, all_collective=8, all_total=10)
    assert "nhiều hơn 2 đã đăng ký" in client.post(own + "cong-nhan/", posted(more, **decision, version=2)).content.decode()
    assert client.post(own + "cong-nhan/", posted(make.typed(), **decision, version=2)).status_code == 302
    page = page_of(client, own)
    assert "7/QĐ-CAT" in page and "Rà soát lại" in page and "đã được thay thế" in page
    client.force_login(world.office)
    page = page_of(client, "/phong-trao/dan-van-kheo/tong-hop/")
    assert "Công an xã Đông Hải" in page and "1 / 2" in page
    page_of(client, "/phong-trao/dan-van-kheo/tong-hop/", nam=str(year), cap="front/3", ds="chua")
    page_of(client, "/phong-trao/dan-van-kheo/tong-hop/", nam="²", cap="x/y")


def test_others_find_nothing_of_a_movement(world: make.World, client: LintingClient) -> None:
    found, year = make.movement(world), today().year
    own = f"/phong-trao/{found.slug}/{year}/{world.one.pk}/"
    client.force_login(world.second)
    assert [client.get(own + part).status_code for part in ("", "dang-ky/", "cong-nhan/")] == [404] * 3
    assert client.get(f"/phong-trao/{found.slug}/sua/").status_code == 404
    assert client.get("/phong-trao/moi/").status_code == 404
    client.force_login(world.clerk)
    assert client.get(own + "cong-nhan/").status_code == 404
    assert client.get(f"/phong-trao/{found.slug}/1900/{world.one.pk}/").status_code == 404
    assert client.get(f"/phong-trao/{found.slug}/{year}/{world.land.police['province'].pk}/").status_code == 404
    client.force_login(world.decider)
    assert client.get(own + "dang-ky/").status_code == 404
    client.logout()
    for part in ("", f"{found.slug}/", f"{found.slug}/tong-hop/", "moi/"):
        assert client.get(f"/phong-trao/{part}").status_code == 302
    client.force_login(world.office)  # who sees every unit, asked for one that no database can hold
    assert client.get(f"/phong-trao/dan-van-kheo/{make.YEAR}/{'9' * 30}/").status_code == 404


def test_an_exemplar_over_its_pages(reviewed: make.World, client: LintingClient) -> None:
    world = reviewed
    assert world.review is not None
    edition = reviewing.frozen(world.review)
    client.force_login(world.clerk)
    assert "Chưa có điển hình" in page_of(client, "/dien-hinh/cua-toi/")
    texts = {
        "unit": world.one.pk, "movement": "", "title": "Tổ tự quản ở khu nhà trọ", "holder_kind": "collective", "holder": "Đội Phong trào", "field": "defence",
        "since": "", "description": "Họp hằng tháng.\n\nCó sổ theo dõi.", "origin": "Từ một khu nhà trọ.",
    }  # fmt: skip
    assert "Không ghi nhận công dân" in page_of(client, "/dien-hinh/moi/")
    url = client.post("/dien-hinh/moi/", texts).url  # type: ignore[attr-defined]
    assert url == "/dien-hinh/to-tu-quan-o-khu-nha-tro/"
    assert client.post(url + "sua/", {**texts, "title": "Tổ tự quản khu nhà trọ"}).status_code == 302
    assert "minh chứng" in client.post(url + "de-nghi/").content.decode()
    photo = {"caption": "Buổi họp", "credit": "Công an xã", "file": SimpleUploadedFile("anh.png", make.png(30, 20))}
    assert "Mô tả ảnh" in client.post(url + "anh/", photo).content.decode()
    photo = {**photo, "file": SimpleUploadedFile("anh.png", make.png(30, 20)), "alternative": "Nhóm người quanh bàn"}
    assert client.post(url + "anh/", photo).status_code == 302
    paper = {"title": "Quyết định", "number": "12/QĐ", "dated": "2025-09-01", "public": "on", "file": SimpleUploadedFile("qd.pdf", samples.PDF)}
    assert client.post(url + "minh-chung/", paper).status_code == 302
    before = {"label": "Buổi tuyên truyền", "side": "before", "period": "năm 2024", "value": "1.250", "measure": "buổi", "citation": "Báo cáo 12/BC-CAX"}
    assert "số nguyên" in client.post(url + "so-lieu-ngoai/", {**before, "value": "nhiều"}).content.decode()
    assert client.post(url + "so-lieu-ngoai/", before).status_code == 302
    after = {"label": "Buổi tuyên truyền", "side": "after", "period": "năm 2025"}
    assert "SK-THU-01" in page_of(client, url + "so-lieu/")
    assert client.post(url + "so-lieu/", {**after, "figure": f"{edition.pk}:01"}).status_code == 302
    page = page_of(client, url)
    assert 'width="30" height="20"' in page and "ngoài số liệu tổng hợp" in page and "/so-ket/so-ket-thu/ban-1/so-lieu/01/" in page
    assert client.post(url + "de-nghi/").status_code == 302
    assert [client.get(url + part).status_code for part in ("sua/", "de-nghi/", "cong-nhan/")] == [404] * 3
    client.force_login(world.decider)
    assert "Bắt buộc khi trả lại" in page_of(client, url + "cong-nhan/")
    assert client.post(url + "cong-nhan/", {"verdict": "no"}).status_code == 200
    assert client.post(url + "cong-nhan/", {"verdict": "yes", "document": "55/QĐ-CAT"}).status_code == 302
    client.logout()
    assert client.get(url).status_code == 404
    client.force_login(world.publisher)
    assert client.get(url + "tra-lai/").status_code == 404
    assert client.post(url + "cong-bo/").status_code == 302
    client.logout()
    page = page_of(client, url)
    assert "55/QĐ-CAT" not in page and "Buổi họp" in page and "ngoài số liệu tổng hợp" in page
    assert client.get(re.search(r'src="(/tep/\w+/)"', page)[1]).status_code == 200  # type: ignore[index]
    client.force_login(world.second)
    sent = {"id": str(uuid4()), "unit": world.two.pk, "dated": today().isoformat(), "document": "9/KH", "note": "Chỉ nội bộ đọc"}
    assert "Số, ký hiệu văn bản" in page_of(client, url + "nhan-rong/")
    assert client.post(url + "nhan-rong/", sent).status_code == 302
    key = Adoption.objects.get().pk
    assert client.post(f"{url}nhan-rong/{key}/xac-nhan/").status_code == 404
    client.force_login(world.decider)
    assert "cho-xac-nhan" in page_of(client, url)
    assert client.post(f"{url}nhan-rong/{key}/xac-nhan/").status_code == 302
    assert client.get(f"{url}nhan-rong/{key}/dung/").status_code == 404
    client.force_login(world.second)
    assert client.post(f"{url}nhan-rong/{key}/dung/", {"stopped_on": today().isoformat(), "reason": "Gộp khu nhà trọ"}).status_code == 302
    client.force_login(world.publisher)
    assert client.post(url + "rut/", {"reason": "Số liệu chưa đúng"}).status_code == 302
    client.logout()
    page = page_of(client, url)
    assert "Điển hình đã bị rút." in page
    assert "Số liệu chưa đúng" in page and "Gộp khu nhà trọ" in page and "Chỉ nội bộ đọc" not in page
    assert "Đã rút" in page_of(client, "/dien-hinh/")
    client.force_login(world.clerk)
    assert client.post(url + "mo-lai/", {"reason": "Sửa số liệu"}).status_code == 302
    part = Exemplar.objects.get().figures.first().pk
    assert client.post(url + "bo/", {"kind": "figure", "part": part}).status_code == 302
    assert client.post(url + "bo/", {"kind": "figure", "part": "²"}).status_code == 302
    assert "Trang người đọc thấy" in page_of(client, url)
    page_of(client, url, xem="cong-bo")


def test_a_corrected_figure_stands_on_the_public_page(
    reviewed: make.World, client: LintingClient, django_capture_on_commit_callbacks: Any
) -> None:
    world = reviewed
    assert world.review is not None
    edition = reviewing.frozen(world.review)
    found = make.filled(world, make.draft(world, make.LATER), make.LATER)
    for side in ("before", "after"):
        given = {"exemplar": found, "label": "Buổi", "side": side, "period": side, "by": world.clerk, "at": make.LATER}
        actions.bind_figure(**given, edition=edition, code="01")
    make.published(world, found, make.LATER)
    url = f"/dien-hinh/{found.slug}/"
    assert "Số liệu đã được sửa" not in page_of(client, url)
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.accept(world.review.round, world.land.front["two"])
        reviewing.frozen(world.review, reason="Bổ sung một báo cáo")
    page = page_of(client, url)
    assert page.count("Số liệu đã được sửa") == 3
    assert re.search(r"<s class=\"n\">66</s> → <b class=\"n\">88</b>", page)
    assert "/so-ket/so-ket-thu/ban-2/so-lieu/01/" in page
    client.force_login(world.office)
    assert found.title in page_of(client, "/so-ket/so-ket-thu/")


def private(world: make.World) -> Publication:
    """A published exemplar beside a draft, with an adoption that waits and one that is confirmed."""
    row = make.published(world)
    make.filled(world, make.draft(world, title="Mô hình chưa công bố"), shade=9)
    make.confirmed(world, row.exemplar, note="Ghi chú nội bộ")
    return row


def test_the_gallery_and_the_data_show_what_was_published_and_nothing_else(world: make.World, client: LintingClient) -> None:
    row = private(world)
    url = f"/dien-hinh/{row.exemplar.slug}/"
    page = page_of(client, "/dien-hinh/")
    assert row.title in page and "Mô hình chưa công bố" not in page and 'alt=""' in page
    assert "<b class=\"n\">1</b> đơn vị khác đang áp dụng" in page
    assert row.title in page_of(client, "/dien-hinh/", q="nha tro", tinh="Mẫu", **{"linh-vuc": "defence"})
    for asked in ({"q": "không có"}, {"linh-vuc": "economy"}, {"tinh": "Huế"}):
        assert "Không có điển hình phù hợp" in page_of(client, "/dien-hinh/", **asked)
    assert client.get("/dien-hinh/mo-hinh-chua-cong-bo/").status_code == 404
    page = page_of(client, url)
    assert "Ghi chú nội bộ" not in page and "bien-ban.pdf" not in page and "Diễn biến" not in page and "55/QĐ-CAT" not in page
    assert "03/BB" in page
    data = json.loads(client.get(url + "nhan-rong.json").content)
    assert (data["units_applying"], data["provinces"]) == (1, {"Mẫu": 1})
    assert data["adoptions"][0]["unit"] == "Công an xã Đông Hải" and "note" not in data["adoptions"][0]
    rows = list(csv.reader(StringIO(client.get(url + "nhan-rong.csv").content.decode("utf-8-sig"))))
    assert rows[1][:6] == ["đang áp dụng, đã xác nhận", "Công an xã Đông Hải", "Công an xã Đông Hải", "Mẫu", "2026-02-01", "9/KH-CAX"]
    assert json.loads(client.get(url + "nhan-rong.json?ngay=2026-01-31").content)["adoptions"] == []
    for part in ("nhan-rong.json", "nhan-rong.csv"):
        assert client.get(f"/dien-hinh/mo-hinh-chua-cong-bo/{part}").status_code == 404
    early = page_of(client, url, ngay="2026-01-31")
    assert "Chưa có đơn vị áp dụng tại ngày này" in early and "ĐK" in early and "Hoàng Sa" in early and "Trường Sa" in early
    for odd in ("hom-qua", "2999-01-01", "0001-01-01"):
        assert 'aria-invalid="true"' in page_of(client, url, ngay=odd)


def test_a_formula_never_starts_a_cell(world: make.World, client: LintingClient) -> None:
    row = make.published(world)
    make.adopted(world, row.exemplar, document="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in client.get(f"/dien-hinh/{row.exemplar.slug}/nhan-rong.csv").content.decode("utf-8-sig")


def test_the_map_and_the_curve_have_a_sentence_and_a_table(world: make.World, client: LintingClient) -> None:
    page = page_of(client, f"/dien-hinh/{private(world).exemplar.slug}/", ngay="2026-03-31")
    assert 'class="tm" role="img" aria-label="Ngày 31/03/2026 có 1 đơn vị thuộc 1 tỉnh, thành phố đang áp dụng;' in page
    assert page.count('role="img"') >= 3
    assert 'aria-label="Số lượt áp dụng lũy kế từ tháng 02/2026 đến ngày 31/03/2026 là 1."' in page
    assert "Xem dạng bảng" in page


def test_acts_on_a_draft_are_not_found_by_others(world: make.World, client: LintingClient) -> None:
    url = f"/dien-hinh/{make.draft(world).slug}/"
    parts = ("sua/", "anh/", "minh-chung/", "so-lieu/", "so-lieu-ngoai/", "de-nghi/", "cong-nhan/", "tra-lai/", "cong-bo/", "rut/", "mo-lai/")
    for who in (world.second, world.stranger):
        client.force_login(who)
        assert [client.get(url + part).status_code for part in parts] == [404] * len(parts)
    client.logout()
    assert [client.get(url + part).status_code for part in parts] == [302] * len(parts)


def test_acts_are_found_in_their_own_state_alone(world: make.World, client: LintingClient) -> None:
    found = make.published(world).exemplar
    client.force_login(world.clerk)
    for part in ("sua/", "anh/", "de-nghi/", "mo-lai/", "rut/", "cong-nhan/"):
        assert client.get(f"/dien-hinh/{found.slug}/{part}").status_code == 404
    assert client.post(f"/dien-hinh/{found.slug}/bo/", {"kind": "photo", "part": "1"}).status_code == 404
    assert client.get(f"/dien-hinh/{found.slug}/nhan-rong/{uuid4()}/dung/").status_code == 404
    client.force_login(world.decider)
    assert client.get(f"/dien-hinh/{found.slug}/nhan-rong/").status_code == 404


def test_lists_ask_the_same_number_of_queries_for_more(world: make.World, client: LintingClient) -> None:
    movement = make.movement(world)
    first = make.published(world)
    make.draft(world)
    make.registered(world, movement)
    make.confirmed(world, first.exemplar)
    url, year = f"/dien-hinh/{first.exemplar.slug}/", make.YEAR
    public = {"/dien-hinh/": 3, url: 8}
    inside = {
        (world.office.pk, "/phong-trao/"): 8, (world.clerk.pk, "/dien-hinh/cua-toi/"): 6, (world.decider.pk, f"/phong-trao/{movement.slug}/cho-cong-nhan/"): 7,
        (world.office.pk, f"/phong-trao/{movement.slug}/tong-hop/?nam={year}"): 11, (world.decider.pk, "/viec-can-lam/"): 0,
    }  # fmt: skip
    people = {who.pk: who for who in (world.office, world.clerk, world.decider)}
    before = _counted(client, public, inside, people)
    for shade, title in ((1, "Hai"), (2, "Ba")):
        make.movement(world, title=title)
        found = make.filled(world, make.draft(world, title=title), shade=shade)
        make.published(world, found)
        make.draft(world, title=f"{title} nháp")
    make.registered(world, movement, unit=world.two, by=world.second, typed=make.few(1, 1))
    make.registered(world, Movement.objects.get(title="Hai"))
    for unit, day in ((world.land.police["province"], 3), (world.land.front["two"], 4)):
        make.adopted(world, first.exemplar, unit=unit, dated=date(2026, 2, 1) + timedelta(days=day), by=make_job())
    after = _counted(client, public, inside, people)
    assert after == before
    wanted = {**public, **{key[1]: value for key, value in inside.items() if value}}
    assert {key: value for key, value in after.items() if key in wanted} == wanted


def make_job() -> Any:
    from soket.kernel.actor import SystemActor

    return SystemActor("job", "Nạp số liệu")


def _counted(client: LintingClient, public: dict[str, int], inside: dict[tuple[int, str], int], people: dict[int, Any]) -> dict[str, int]:
    client.logout()
    found = {url: queries_of(client, url) for url in public}
    for pk, url in inside:
        client.force_login(people[pk])
        page_of(client, url)
        found[url] = queries_of(client, url)
    return found
