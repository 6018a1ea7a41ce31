"""Pages of nominations: seen by their side and the authorities, 404 for others; nothing typed is lost; the same queries for more rows."""
from __future__ import annotations

import csv
import io
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.commendations import registry
from soket.commendations.models import Attachment, Nomination, Twin
from soket.kernel.door import open_door
from tests.factories import commendations as make
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database

ALL = "/khen-thuong/khen-thuong-thu/de-nghi/"
PERSON = {"person_name": "Trưởng Công an xã A", "person_post": "Trưởng Công an xã"}


def page(client: LintingClient, url: str, **data: Any) -> str:
    answer = client.get(url, data)
    assert answer.status_code == 200
    return answer.content.decode()


def one(found: Nomination) -> str:
    return f"/khen-thuong/de-nghi/{found.pk}/"


def form(world: make.World, **more: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "proposer": world.police["one"].pk, "campaign_form": world.form.pk, "recipient": "collective", "unit": "Công an xã Bình Minh",
        "programme": world.programme.pk, "achieved_from": "2023-08-01", "achieved_to": "14/12/2025", "brief": "Thành tích xuất sắc",
        "summary": "Có {{SK-THU-01}} buổi.", "figures": [f"{world.edition.pk}:02"], **more,
    }  # fmt: skip


def test_the_whole_way_over_the_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.reporter)
    assert "Chưa có đề nghị nào" in page(client, ALL)
    assert "Công an xã Đông Hải" not in page(client, ALL + "moi/")
    wrong = client.post(ALL + "moi/", form(world, summary="Có {{SK-THU-77}} và 30 buổi", unit="Công an xã Không Có")).content.decode()
    assert "Không Có" in wrong
    assert "{{SK-THU-77}} và 30 buổi" in wrong
    assert "SK-THU-01, SK-THU-02" in client.post(ALL + "moi/", form(world, summary="Có {{SK-THU-77}}")).content.decode()
    answer = client.post(ALL + "moi/", form(world, summary="Có {{SK-THU-01}} buổi, thêm 30 buổi."), follow=True)
    assert "30 buổi" in answer.content.decode()
    found = Nomination.objects.get()
    assert one(found) in client.post(ALL + "moi/", form(world)).content.decode()
    shown = page(client, one(found))
    assert 'href="/so-ket/so-ket-thu/' in shown or "data-figure" in shown
    assert "Số chưa gắn với số liệu nào" in shown
    assert client.post(one(found) + "sua/", form(world, summary="Có {{SK-THU-01}} buổi.")).status_code == 302
    assert "<del>" in page(client, one(found) + "loi-van/")
    assert client.get(one(found) + "loi-van/", {"ban": "9"}).status_code == 404
    assert client.get(one(found) + "gui/").status_code == 200
    assert client.post(one(found) + "gui/").status_code == 302
    assert "đang ở trạng thái “Chờ cấp trình xác nhận”" in client.post(one(found) + "gui/", follow=True).content.decode()
    assert client.get(one(found) + "xac-nhan/").status_code == 404
    client.force_login(world.confirmer)
    make.quota(world.form, 3)
    shown = page(client, one(found) + "xac-nhan/")
    assert "0 / 3" in shown
    assert "kỷ luật" in client.post(one(found) + "xac-nhan/", {}).content.decode()
    assert client.post(one(found) + "tra-lai/", {"reason": ""}).status_code == 200
    assert client.post(one(found) + "tra-lai/", {"reason": "Nêu rõ hơn"}).status_code == 302
    client.force_login(world.reporter)
    assert "Nêu rõ hơn" in page(client, one(found))
    assert client.post(one(found) + "gui/").status_code == 302
    client.force_login(world.confirmer)
    assert client.post(one(found) + "xac-nhan/", {"clear": "on"}).status_code == 302
    assert client.post(one(found) + "nhan-xet/", {"text": "Đã rà soát"}).status_code == 302
    assert client.post(one(found) + "nhan-xet/", {"text": " "}).status_code == 200
    client.force_login(world.front_clerk)
    shown = page(client, one(found))
    assert "Đã rà soát" in shown
    assert "Công an tỉnh Mẫu" in shown
    client.force_login(world.reporter)
    assert client.get(one(found) + "rut/").status_code == 200
    assert client.post(one(found) + "rut/", {"reason": "Nhường chỉ tiêu"}).status_code == 302
    assert "Nhường chỉ tiêu" in page(client, one(found))


def test_strangers_find_nothing_and_those_who_see_have_only_their_acts(world: make.World, client: LintingClient) -> None:
    found = make.nomination(world, world.police["one"], state="submitted", **PERSON)
    acts = ["sua/", "gui/", "xac-nhan/", "tra-lai/", "bo-sung/", "rut/", "giay-to/", "loi-van/", "giay-to/bao-cao-thanh-tich.pdf"]
    for who in (world.stranger, world.clerk, world.front_confirmer):
        client.force_login(who)
        assert [client.get(one(found) + part).status_code for part in ("", *acts)] == [404] * 10
        assert client.post(one(found) + "nhan-xet/", {"text": "x"}).status_code == 404
    client.force_login(world.stranger)
    assert "Trưởng Công an xã A" not in page(client, ALL)
    assert "Trưởng Công an xã A" not in page(client, ALL, q="Trưởng")
    assert "Trưởng Công an xã A" not in client.get(ALL, {"dang": "csv"}).content.decode()
    client.force_login(world.members[0])
    assert client.get(ALL).status_code == 404
    assert client.get(ALL + "moi/").status_code == 404
    assert client.get(ALL + "dan/").status_code == 404
    client.force_login(world.reporter)
    assert [client.get(one(found) + part).status_code for part in acts] == [404, 404, 404, 404, 404, 200, 200, 200, 200]
    assert client.get(ALL + "xac-nhan/").status_code == 404
    assert client.get(ALL + "to-trinh.pdf", {"don-vi": world.police["province"].pk}).status_code == 404
    client.logout()
    assert client.get(one(found)).status_code == 302


def test_a_duplicate_names_issuer_form_and_campaign_and_leaks_no_more(world: make.World, client: LintingClient) -> None:
    mine = make.nomination(world, world.police["one"], state="confirmed", proposer=world.police["one"])
    theirs = make.nomination(world, world.police["one"], of=world.front_form, state="confirmed", proposer=world.front["one"], brief="Chuyện riêng của họ")
    with open_door():
        Twin(nomination=theirs, other=mine, exact=True, at=make.AT).save()
    client.force_login(world.reporter)
    shown = page(client, one(mine))
    assert "Đang chờ xem xét trùng" in shown
    assert "Ủy ban MTTQ trung ương" in shown
    assert "Chuyện riêng của họ" not in shown
    assert str(theirs.pk) not in shown
    assert "đang chờ xem xét trùng" in page(client, ALL)
    client.force_login(world.clerk)
    assert one(theirs) in page(client, one(mine))


def test_the_list_is_filtered_in_its_address_counted_and_given_as_a_table(world: make.World, client: LintingClient) -> None:
    make.nomination(world, world.police["one"], state="submitted", person_name="=Trưởng Công an xã A")
    make.nomination(world, world.police["one"], state="confirmed")
    make.nomination(world, world.police["one"], of=world.front_form, proposer=world.front["one"], state="confirmed", brief="Việc của Mặt trận")
    client.force_login(world.confirmer)
    shown = page(client, ALL)
    assert "Việc của Mặt trận" not in shown
    assert "Chờ cấp trình xác nhận" in shown
    for asked, names in (
        ({"tinh-trang": "submitted"}, {"person"}), ({"loai": "collective"}, {"collective"}), ({"hinh-thuc": world.front_form.pk}, set()),
        ({"q": "truong cong an"}, {"person"}), ({"q": "2"}, {"collective"}), ({"don-vi": world.police["province"].pk}, {"person", "collective"}),
        ({"don-vi": "²", "hinh-thuc": "x", "tinh-trang": "x", "loai": "x"}, {"person", "collective"}), ({"q": "\u202e"}, set()),
    ):  # fmt: skip
        rows = list(csv.reader(io.StringIO(client.get(ALL, {**asked, "dang": "csv"}).content.decode("utf-8-sig"))))[1:]
        assert {"person" if row[1] == "Cá nhân" else "collective" for row in rows} == names, asked
        page(client, ALL, **asked)
    assert rows == []
    first = next(csv.reader(io.StringIO(client.get(ALL, {"dang": "csv", "loai": "person"}).content.decode("utf-8-sig").split("\n", 1)[1])))
    assert first[2] == "'=Trưởng Công an xã A"
    assert first[7:9] == ["01/08/2023", "14/12/2025"]


PASTED = """Đối tượng;Đơn vị;Họ tên;Chức vụ;Thành tích;Từ ngày;Đến ngày
Tập thể;Công an xã Bình Minh;;;Hoàn thành xuất sắc;01/08/2023;14/12/2025
Cá nhân;Công an xã Bình Minh;Trưởng Công an xã A;Trưởng Công an xã;Hoàn thành xuất sắc;01/08/2023;14/12/2025
Cá nhân;Công an xã Bình Minh;Cán bộ 001088012345;;Hoàn thành xuất sắc;01/08/2023;14/12/2025
Nhóm;Công an xã Đông Hải;;;;32/08/2023;14/12/2025
Tập thể;Công an xã Bình Minh;;;Lặp lại;01/08/2023;14/12/2025
"""


def test_right_lines_of_a_table_are_taken_and_wrong_ones_stay_in_the_box(world: make.World, client: LintingClient) -> None:
    client.force_login(world.reporter)
    sent = {"proposer": world.police["one"].pk, "campaign_form": world.form.pk, "programme": world.programme.pk}
    assert "Bảng chưa có dòng nào" in client.post(ALL + "dan/", {**sent, "table": "\n"}).content.decode()
    shown = client.post(ALL + "dan/", {**sent, "table": PASTED}).content.decode()
    assert "Đã lưu 2 dự thảo" in shown
    assert "Cán bộ 001088012345" in shown
    assert "Nhóm;Công an xã Đông Hải" in shown
    assert "Trưởng Công an xã A" not in shown
    for cell in ("không lưu số căn cước", "không ghi “Nhóm”", "Nhập ngày", "đề nghị số 1"):
        assert cell in shown, cell
    assert list(Nomination.objects.values_list("recipient", "state")) == [("collective", "draft"), ("person", "draft")]
    assert client.post(ALL + "dan/", {**sent, "table": PASTED.splitlines()[2].replace("xã A", "xã B")}).status_code == 302
    assert Nomination.objects.get(number=3).person_name == "Trưởng Công an xã B"


def test_many_are_confirmed_at_once_each_with_its_result(world: make.World, client: LintingClient) -> None:
    make.quota(world.form, 1)
    rows = [make.nomination(world, world.police[name], state="submitted", proposer=world.police[name]) for name in ("one", "two")]
    rows.append(make.nomination(world, world.police["one"], state="submitted", **PERSON))
    client.force_login(world.confirmer)
    url = ALL + "xac-nhan/"
    assert "Công an xã Đông Hải" in page(client, url)
    assert "Chọn ít nhất một đề nghị" in client.post(url, {"clear": "on"}).content.decode()
    ticked = [str(row.pk) for row in rows]
    assert client.post(url, {"nomination": ticked}).content.decode().count("kỷ luật, thanh tra") >= 3
    shown = client.post(url, {"clear": "on", "nomination": [*ticked, "x", str(uuid4())]}).content.decode()
    assert "Đã đề nghị 1/1 tập thể của Công an tỉnh Mẫu" in shown
    assert "Đã xác nhận 2 đề nghị" in shown
    assert list(Nomination.objects.order_by("number").values_list("state", flat=True)) == ["confirmed", "submitted", "confirmed"]


def test_papers_are_made_kept_and_brought_back(world: make.World, client: LintingClient) -> None:
    found = make.nomination(world, world.police["one"], state="submitted", **PERSON)
    client.force_login(world.reporter)
    report = _text(client.get(one(found) + "giay-to/bao-cao-thanh-tich.pdf").content)
    for words in ("BÁO CÁO THÀNH TÍCH", "Trưởng Công an xã A", "SK-THU-01", "Buổi tuyên truyền (buổi)", "Công an tỉnh Mẫu", "giai đoạn 2023–2025"):
        assert words in report, words
    assert client.get(one(found) + "giay-to/to-trinh.docx").content[:2] == b"PK"
    assert client.get(one(found) + "giay-to/to-trinh.xlsx").status_code == client.get(one(found) + "giay-to/bien-ban.pdf").status_code == 404
    assert client.post(one(found) + "giay-to/", {"keep": "achievement"}).status_code == 302
    kept = Attachment.objects.get()
    assert (kept.kind, kept.title) == ("achievement", "Báo cáo thành tích (dự thảo lập trên hệ thống)")
    assert client.get(f"/tep/{kept.file.sha256}/").status_code == 200
    assert client.post(one(found) + "giay-to/", {"kind": "minutes", "title": "Biên bản", "dated": "2099-01-01"}).status_code == 200
    brought = {"kind": "minutes", "title": "Biên bản họp", "document": "3/BB-HĐ", "file": SimpleUploadedFile("bb.pdf", samples.PDF)}
    assert client.post(one(found) + "giay-to/", brought).status_code == 302
    assert "3/BB-HĐ" in page(client, one(found))
    client.force_login(world.stranger)
    assert client.get(f"/tep/{kept.file.sha256}/").status_code == 404


def _text(pdf: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)).replace("\xa0", " ")


def test_one_submission_lists_all_that_a_unit_confirmed(world: make.World, client: LintingClient) -> None:
    for name in ("one", "two"):
        make.nomination(world, world.police[name], state="submitted", proposer=world.police[name])
    make.nomination(world, world.police["one"], of=world.front_form, state="submitted", proposer=world.front["one"], brief="Việc của Mặt trận")
    for who in (world.confirmer, world.front_confirmer):
        client.force_login(who)
        client.post(ALL + "xac-nhan/", {"clear": "on", "nomination": list(Nomination.objects.values_list("pk", flat=True))})
    assert Nomination.objects.filter(state="confirmed").count() == 3
    client.force_login(world.confirmer)
    url, unit = ALL + "to-trinh.pdf", world.police["province"].pk
    assert f"don-vi={unit}" in page(client, ALL)
    text = _text(client.get(url, {"don-vi": unit}).content)
    for words in ("TỜ TRÌNH", "Công an xã Bình Minh", "Công an xã Đông Hải", "Bộ trưởng Bộ Công an"):
        assert words in text, words
    assert "Việc của Mặt trận" not in text
    assert client.get(url, {"don-vi": world.front["province"].pk}).status_code == client.get(url, {"don-vi": "x"}).status_code == 404
    assert client.get(url, {"don-vi": unit, "hinh-thuc": world.front_form.pk}).status_code == 404
    bring = f"{ALL}to-trinh/?don-vi={unit}"
    assert "1, 2" in page(client, bring)
    assert client.post(bring, {"title": "Tờ trình", "dated": "2099-01-01", "file": SimpleUploadedFile("a.pdf", samples.PDF)}).status_code == 200
    assert client.post(bring, {"title": "Tờ trình", "document": "9/TTr", "file": SimpleUploadedFile("a.pdf", samples.PDF)}).status_code == 302
    assert list(Attachment.objects.order_by("nomination__number").values_list("nomination__number", "document")) == [(1, "9/TTr"), (2, "9/TTr")]
    client.force_login(world.clerk)
    assert client.get(bring).status_code == 404


def test_a_nomination_is_begun_from_a_source_that_the_reader_may_see(world: make.World, client: LintingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = registry.Begun(world.police["one"].pk, "Mô hình Camera an ninh", "Có {{SK-THU-01}} buổi.", "/mo-hinh/1/", ((world.edition.pk, "02"),))
    monkeypatch.setitem(registry._sources, "thu", lambda actor, key, day: begun if key == "1" and actor.actor_id == world.reporter.actor_id else None)
    client.force_login(world.reporter)
    shown = page(client, ALL + "moi/", tu="thu:1")
    assert "Mô hình Camera an ninh" in shown
    assert f'value="{world.edition.pk}:02"' in shown
    assert "Mô hình Camera an ninh" not in page(client, ALL + "moi/", tu="thu:2")
    assert client.post(ALL + "moi/?tu=thu:1", form(world)).status_code == 302
    found = Nomination.objects.get()
    assert (found.source_kind, found.source_id, found.source_label, found.source_url) == ("thu", "1", "Mô hình Camera an ninh", "/mo-hinh/1/")
    assert "/mo-hinh/1/" in page(client, one(found))


def test_lists_ask_the_same_number_of_queries_for_more(world: make.World, client: LintingClient) -> None:
    client.force_login(world.confirmer)
    asked: dict[str, list[int]] = {"list": [], "table": [], "many": [], "one": []}
    for rows in (("one",), ("two", "province")):
        for name in rows:
            made = make.nomination(world, world.police[name], state="submitted", person_name=f"Cán bộ {name}", proposer=world.police[name])
        for key, url in (("list", ALL), ("table", ALL + "?dang=csv"), ("many", ALL + "xac-nhan/"), ("one", one(made))):
            with CaptureQueriesContext(connection) as counted:
                assert client.get(url).status_code == 200
            asked[key].append(len(counted))
    assert asked["list"] == [28, 28]
    assert asked["table"] == [14, 14]
    assert asked["many"] == [21, 21]
    assert asked["one"][0] == asked["one"][1] <= 60
