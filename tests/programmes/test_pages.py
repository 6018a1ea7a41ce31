"""Pages under /chuong-trinh/: what they print, who reaches them, what a faulty entry keeps."""
from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from soket.files.actions import Upload
from soket.files.models import StoredFile
from soket.files.queries import is_public
from soket.organisations.models import Level
from soket.programmes import actions
from soket.programmes.models import Obligation, Programme
from tests.factories import programmes as make
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
FIRST = date(2024, 1, 1)
NB = "\u00a0"


@pytest.fixture
def land() -> make.Country:
    return make.country()


@pytest.fixture
def owed(land: make.Country) -> Obligation:
    row = make.obligation(make.programme(land))
    actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
    make.accepted(make.duty(row, land.police["an"]), dated=date(2024, 5, 6))
    return row


def signed_in(client: LintingClient, name: str, **posts: Any) -> LintingClient:
    client.force_login(make.person(name, **posts))
    return client


def text_of(response: Any) -> str:
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"[ \n\t]+", " ", plain)


def test_the_list_shows_unknowns_as_unknown_and_searches_any_spelling(client: LintingClient, land: make.Country) -> None:
    make.programme(land)
    make.programme(land, symbol=None, signed_on=None, title="Chưa rõ ký hiệu nào")
    signed_in(client, "an", report=land.police["an"])
    text = text_of(client.get("/chuong-trinh/"))
    assert "12/CTr-THU" in text and "01/08/2023" in text and "Chưa rõ ký hiệu" in text and "không rõ" in text
    assert "Nhập chương trình" not in text
    found = text_of(client.get("/chuong-trinh/", {"q": "12 ctr thu"}))
    assert "12/CTr-THU" in found and "Chưa rõ ký hiệu nào" not in found
    assert "Không có chương trình nào phù hợp." in text_of(client.get("/chuong-trinh/", {"q": "zzz"}))


def test_a_programme_reads_as_a_document_with_its_coverage(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    later = make.programme(land, symbol="13/CTr-THU", predecessor=owed.programme, bases=["Nghị định 1"], unknowns="Người ký: chưa rõ.")
    signed_in(client, "an", report=land.police["an"])
    text = text_of(client.get("/chuong-trinh/12-ctr-thu/", {"ngay": "2024-12-31"}))
    assert "Nghĩa vụ" in text and f"12,5{NB}%" in text and "7 quá hạn" in text and "13/CTr-THU" in text
    text = text_of(client.get(f"/chuong-trinh/{later.slug}/"))
    assert "Nghị định 1" in text and "Người ký: chưa rõ." in text and "Chưa nhập nghĩa vụ nào." in text


def test_an_obligation_shows_both_lists_by_name_on_a_chosen_day(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    signed_in(client, "an", report=land.police["an"])
    address = "/chuong-trinh/12-ctr-thu/NV-03/"
    response = client.get(address, {"ngay": "2024-12-31"})
    text = text_of(response)
    assert "1 trên 8 đơn vị" in text and "Còn nợ: 7" in text and "Đã chấp nhận: 1" in text
    assert "Công an xã Bình" in text and "Tỉnh Đông" in text and "hạn 14/12/2024" in text and "5/CTr" in text
    links = re.findall(r'href="/chuong-trinh/nghia-vu/(\d+)/"', response.content.decode())
    assert links == [str(make.duty(owed, land.police["an"]).pk)]
    assert "0 trên 8 đơn vị" in text_of(client.get(address, {"ngay": "2024-05-05"}))
    assert "Đến ngày này chưa lập danh sách đơn vị." in text_of(client.get(address, {"ngay": "2023-12-31"}))


def test_lists_are_narrowed_by_name_line_and_province_and_paged(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    signed_in(client, "an", report=land.police["an"])
    asked = {"ngay": "2024-12-31", "ds": "con-no"}
    text = text_of(client.get("/chuong-trinh/12-ctr-thu/NV-03/", {**asked, "q": "duc"}))
    assert "Còn nợ: 2" in text and "Công an xã Đức" in text and "Công an xã Bình" not in text
    text = text_of(client.get("/chuong-trinh/12-ctr-thu/NV-03/", {**asked, "he": "police", "tinh": str(land.areas["west"].pk)}))
    assert "Còn nợ: 2" in text and "Công an xã Cửa" in text and "MTTQ Việt Nam xã Cửa" not in text
    for odd in ({"ds": "khac"}, {"page": "999"}, {"tinh": "x"}, {"he": "x"}, {"q": "%'"}):
        assert client.get("/chuong-trinh/12-ctr-thu/NV-03/", {**asked, **odd}).status_code == 200


@pytest.mark.parametrize("day", ["31/02/2024", "2024-02-30", "x", "2999-01-01"])
def test_a_day_that_cannot_be_shown_is_answered_at_the_field(client: LintingClient, land: make.Country, owed: Obligation, day: str) -> None:
    signed_in(client, "an", report=land.police["an"])
    for address in ("/chuong-trinh/12-ctr-thu/", "/chuong-trinh/12-ctr-thu/NV-03/"):
        page = client.get(address, {"ngay": day}).content.decode()
        assert 'aria-invalid="true"' in page and ("Nhập ngày, ví dụ" in page or "Ngày đó chưa tới" in page)


@pytest.mark.parametrize(
    "address",
    [
        "", "moi/", "cho-quyet-dinh/", "12-ctr-thu/", "12-ctr-thu/nghia-vu-moi/",
        "12-ctr-thu/NV-03/", "12-ctr-thu/NV-03/sua/", "12-ctr-thu/NV-03/danh-sach/",
    ],
)
def test_a_reader_without_account_is_asked_to_sign_in(client: LintingClient, owed: Obligation, address: str) -> None:
    response = client.get(f"/chuong-trinh/{address}")
    assert response.status_code == 302 and response["Location"].startswith("/tai-khoan/vao/")


def test_what_lies_outside_the_scope_is_404(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    client.raise_request_exception = True
    foreign, own = make.duty(owed, land.police["binh"]), make.duty(owed, land.police["an"])
    signed_in(client, "an", report=land.police["an"])
    closed = [
        "khac/", "12-ctr-thu/NV-99/", "moi/", "12-ctr-thu/nghia-vu-moi/", "12-ctr-thu/NV-03/sua/", "12-ctr-thu/NV-03/danh-sach/",
        f"nghia-vu/{foreign.pk}/", "nghia-vu/99999/",
    ]  # fmt: skip
    assert [client.get(f"/chuong-trinh/{address}").status_code for address in closed] == [404] * len(closed)
    assert client.post(f"/chuong-trinh/nghia-vu/{foreign.pk}/", {"act": "claim"}).status_code == 404
    assert client.get(f"/chuong-trinh/nghia-vu/{own.pk}/").status_code == 200


def _entry(**changes: Any) -> dict[str, Any]:
    return {"act": "claim", "id": str(uuid.uuid4()), "number": "7/CTr-CAX", "dated": "2025-08-02", "note": "Đã ký", **changes}


def test_a_reporter_claims_and_the_superior_returns_and_accepts(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["duc"])
    address = f"/chuong-trinh/nghia-vu/{duty.pk}/"
    reporter, superior = make.person("duc", report=land.police["duc"]), make.person("tinh", decide=land.police["both"])
    client.force_login(reporter)
    assert "Báo hoàn thành" in text_of(client.get(address))
    pdf = SimpleUploadedFile("Chương trình.pdf", samples.PDF, "application/pdf")
    sent = client.post(address, _entry(file=pdf), follow=True)
    assert "Đã gửi và đang chờ cấp trên xét." in text_of(sent) and "7/CTr-CAX" in text_of(sent)
    assert client.get(f"/tep/{StoredFile.objects.get().sha256}/").status_code == 200
    client.force_login(superior)
    assert "Nội dung chờ bạn xét" in text_of(client.get("/chuong-trinh/cho-quyet-dinh/"))
    page = client.post(address, {"act": "decide", "verdict": "return", "reason": ""})
    assert "Ô này không được để trống." in text_of(page)
    client.post(address, {"act": "decide", "verdict": "return", "reason": "Thiếu chữ ký"})
    client.force_login(reporter)
    assert "Thiếu chữ ký" in text_of(client.get(address))
    client.post(address, _entry(number="8/CTr-CAX"))
    client.force_login(superior)
    accepted = client.post("/chuong-trinh/cho-quyet-dinh/", {"duty": str(duty.pk)}, follow=True)
    assert "Đã chấp nhận 1 mục." in text_of(accepted) and "Không có nội dung nào chờ bạn xét." in text_of(accepted)
    duty.refresh_from_db()
    assert duty.state == "accepted" and duty.claims.count() == 2


def test_a_faulty_claim_keeps_everything_even_the_file(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["duc"])
    address = f"/chuong-trinh/nghia-vu/{duty.pk}/"
    signed_in(client, "duc", report=land.police["duc"])
    pdf = SimpleUploadedFile("Chương trình.pdf", samples.PDF, "application/pdf")
    page = client.post(address, _entry(dated="2031-01-01", file=pdf)).content.decode()
    assert "Ngày văn bản ở sau ngày hôm nay." in page and 'value="7/CTr-CAX"' in page and "Đã ký" in page
    assert "Đã nhận tệp Chương trình.pdf, không cần chọn lại." in page and not duty.claims.exists()
    kept = re.search(r'name="kept" value="([^"]+)"', page)
    assert kept is not None
    client.post(address, _entry(kept=kept[1]))
    assert duty.claims.get().file == StoredFile.objects.get()


def test_a_kept_file_belongs_to_its_duty_and_its_sender(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    first, second = make.duty(owed, land.police["duc"]), make.duty(owed, land.front["duc"])
    signed_in(client, "duc", report=land.police["duc"])
    pdf = SimpleUploadedFile("a.pdf", samples.PDF, "application/pdf")
    page = client.post(f"/chuong-trinh/nghia-vu/{first.pk}/", _entry(number="x", file=pdf)).content.decode()
    token = re.search(r'name="kept" value="([^"]+)"', page)
    assert token is not None
    signed_in(client, "khac", report=land.front["duc"])
    answer = client.post(f"/chuong-trinh/nghia-vu/{second.pk}/", _entry(kept=token[1]))
    assert "Chọn lại tệp." in text_of(answer) and not second.claims.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "không"}, "Ghi số, ký hiệu đúng như trên văn bản"),
        ({"dated": "2020-01-01"}, "Văn bản có trước khi chương trình bắt đầu."),
        ({"dated": "ngày mai"}, "Nhập ngày, ví dụ 14/06/2026."),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}, "Loại tệp này không dùng được ở đây."),
        ({"id": ""}, "Ô này không được để trống."),
    ],
)
def test_a_faulty_claim_says_what_to_mend(
    client: LintingClient, land: make.Country, owed: Obligation, changes: dict[str, Any], words: str
) -> None:
    duty = make.duty(owed, land.police["duc"])
    signed_in(client, "duc", report=land.police["duc"])
    answer = client.post(f"/chuong-trinh/nghia-vu/{duty.pk}/", _entry(**changes))
    assert answer.status_code == 200 and words in text_of(answer) and not duty.claims.exists()


def test_sending_the_same_form_twice_makes_one_claim_and_a_closed_act_says_so(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["duc"])
    address = f"/chuong-trinh/nghia-vu/{duty.pk}/"
    signed_in(client, "duc", report=land.police["duc"])
    entry = _entry()
    client.post(address, entry)
    again = client.post(address, entry, follow=True)
    assert "Đã gửi và đang chờ cấp trên xét." in text_of(again) and duty.claims.count() == 1
    other = client.post(address, {**entry, "id": str(uuid.uuid4())}, follow=True)
    assert "Nghĩa vụ đã thay đổi trong lúc này." in text_of(other) and duty.claims.count() == 1


def test_the_superior_excuses_and_makes_an_accepted_document_public(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    signed_in(client, "tinh", decide=land.police["both"])
    excused = make.duty(owed, land.police["duc"])
    page = client.post(f"/chuong-trinh/nghia-vu/{excused.pk}/", {"act": "excuse", "reason": "Kiện toàn", "on": "2023-01-01"})
    assert "Ngày được miễn nằm trong khoảng" in text_of(page) and "Kiện toàn" in text_of(page)
    client.post(f"/chuong-trinh/nghia-vu/{excused.pk}/", {"act": "excuse", "reason": "Kiện toàn", "on": "2025-10-01"})
    excused.refresh_from_db()
    assert excused.state == "excused"
    duty = make.claimed(make.duty(owed, land.police["binh"]), upload=Upload(samples.PDF, "a.pdf"))
    actions.accept_claim(duty=duty, by=make.JOB, at=make.AT)
    done = client.post(f"/chuong-trinh/nghia-vu/{duty.pk}/", {"act": "release", "reason": "Công bố"}, follow=True)
    assert "Văn bản đã công khai." in text_of(done) and is_public(StoredFile.objects.get())


def test_the_programme_office_enters_a_programme_an_obligation_and_its_list(client: LintingClient, land: make.Country) -> None:
    signed_in(client, "vp", programme=land.police["centre"])
    entry = {
        "symbol": "15/CTr-MOI", "kind": "joint", "title": "Phối hợp mới", "lead": land.police["centre"].pk, "partners": [land.front["centre"].pk],
        "span_text": "2023–2033", "bases": "Nghị định 1\n\nNghị định 2", "aliases": "15/Ctr-MOI", "alias_source": "",
    }  # fmt: skip
    page = client.post("/chuong-trinh/moi/", {**entry, "signed_on": "2030-01-01"})
    assert "Ngày ký ở sau ngày hôm nay." in text_of(page) and 'value="15/CTr-MOI"' in page.content.decode()
    page = client.post("/chuong-trinh/moi/", entry)
    assert "Ô này không được để trống." in text_of(page) and not Programme.objects.exists()
    client.post("/chuong-trinh/moi/", {**entry, "alias_source": "Cổng thông tin"})
    programme = Programme.objects.get()
    assert (programme.slug, programme.bases.count(), programme.parties.count()) == ("15-ctr-moi", 2, 2)
    new = {"code": "NV-05", "title": "Xây dựng mô hình", "evidence": "Quyết định", "scopes": ["police:3"], "due_rule": "date"}
    page = client.post("/chuong-trinh/15-ctr-moi/nghia-vu-moi/", new)
    assert "Nêu ngày hạn." in text_of(page) and 'value="Xây dựng mô hình"' in page.content.decode()
    client.post("/chuong-trinh/15-ctr-moi/nghia-vu-moi/", {**new, "due_on": "2026-06-14"})
    page = client.post("/chuong-trinh/15-ctr-moi/NV-05/danh-sach/", {"act": "draw", "on": "2030-01-01"})
    assert "Không lập danh sách đơn vị cho ngày chưa tới." in text_of(page)
    page = client.post("/chuong-trinh/15-ctr-moi/NV-05/danh-sach/", {"act": "draw", "on": "2025-06-30"}, follow=True)
    assert "Đã thêm 4 đơn vị vào danh sách." in text_of(page)
    page = client.post("/chuong-trinh/15-ctr-moi/NV-05/danh-sach/", {"act": "draw", "on": "2025-07-01"}, follow=True)
    assert "Đã thêm 1 đơn vị vào danh sách." in text_of(page)
    page = client.post("/chuong-trinh/15-ctr-moi/NV-05/danh-sach/", {"act": "close", "closing_day": "2030-07-01"})
    assert "Không khép nghĩa vụ cho ngày chưa tới." in text_of(page)
    page = client.post("/chuong-trinh/15-ctr-moi/NV-05/danh-sach/", {"act": "close", "closing_day": "2025-07-01"}, follow=True)
    assert "Đã khép 3 nghĩa vụ." in text_of(page)
    changed = {"title": "Xây dựng mô hình", "evidence": "Quyết định", "due_rule": "open", "reason": "Theo công văn 9"}
    assert "Ô này không được để trống." in text_of(client.post("/chuong-trinh/15-ctr-moi/NV-05/sua/", {**changed, "reason": ""}))
    client.post("/chuong-trinh/15-ctr-moi/NV-05/sua/", changed)
    assert programme.obligations.get().due_rule == "open"


def test_pages_speak_english_when_asked(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    signed_in(client, "duc", report=land.police["duc"])
    client.cookies["django_language"] = "en"
    duty = make.duty(owed, land.police["duc"])
    text = text_of(client.get(f"/chuong-trinh/nghia-vu/{duty.pk}/"))
    assert "Claim it done" in text and "14 December 2024" in text
    assert "1 of 8 units" in text_of(client.get("/chuong-trinh/12-ctr-thu/NV-03/", {"ngay": "2024-12-31"}))


def test_pages_take_as_many_queries_for_one_row_as_for_three(client: LintingClient, land: make.Country) -> None:
    office = make.person("vp", programme=land.police["centre"], decide=land.police["both"])
    client.force_login(office)
    counted: dict[str, list[int]] = {"list": [], "detail": [], "obligation": [], "waiting": []}
    owner = make.programme(land)
    for rows in (1, 3):
        for n in range(2 if rows == 3 else 1):
            place = "duc" if rows == 1 else ("an", "binh")[n]
            level = ("police", Level.COMMUNE)
            row = make.obligation(owner, level, code=f"NV-1{rows}{n}", under=land.police["west"] if place == "duc" else land.police["east"])
            actions.resolve_duties(obligation=row, on=FIRST, by=make.JOB, at=make.AT)
            make.claimed(make.duty(row, land.police[place]))
            if rows == 3:
                make.programme(land, symbol=f"{n}1/CTr-THU")
        _read_all(client)
        counted = {name: [*numbers, number] for (name, numbers), number in zip(counted.items(), _read_all(client), strict=True)}
    assert counted == {"list": [7, 7], "detail": [14, 14], "obligation": [10, 10], "waiting": [7, 7]}


def _read_all(client: LintingClient) -> list[int]:
    """How many queries each list page takes."""
    found = []
    for address in ("", "12-ctr-thu/", "12-ctr-thu/NV-110/", "cho-quyet-dinh/"):
        with CaptureQueriesContext(connection) as context:
            assert client.get(f"/chuong-trinh/{address}").status_code == 200
        found.append(len(context))
    return found


def test_the_waiting_list_leads_back_and_offers_to_mark_a_whole_page(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    make.claimed(make.duty(owed, land.police["duc"]))
    signed_in(client, "xet", decide=land.police["both"])
    html = client.get("/chuong-trinh/cho-quyet-dinh/").content.decode()
    assert 'data-label="Đánh dấu tất cả trên trang này"' in html and '<a href="/chuong-trinh/">Chương trình</a>' in html


def test_a_returned_duty_past_its_day_says_both(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    duty = make.duty(owed, land.police["duc"])
    make.claimed(duty)
    decider = make.person("xet", decide=land.police["both"])
    actions.return_claim(duty=duty, reason="Thiếu chữ ký", by=decider, at=make.AT)
    client.force_login(decider)
    assert "Trả lại, quá hạn" in text_of(client.get(f"/chuong-trinh/nghia-vu/{duty.pk}/"))


@pytest.mark.parametrize("text_typed", ["An\x07", "An\udc80", "An\ufffd", "An\u202e"])
def test_broken_text_finds_nothing_and_breaks_no_page(client: LintingClient, land: make.Country, owed: Obligation, text_typed: str) -> None:
    signed_in(client, "an", report=land.police["an"])
    sign = quote_from_bytes(text_typed.encode("utf-8", "surrogatepass"))
    for address in ("/chuong-trinh/", "/chuong-trinh/12-ctr-thu/NV-03/", "/don-vi/tim/", "/bao-cao/"):
        assert client.get(f"{address}?q={sign}").status_code == 200


def test_a_day_is_read_as_it_is_written_in_viet_nam(client: LintingClient, land: make.Country, owed: Obligation) -> None:
    signed_in(client, "an", report=land.police["an"])
    address = "/chuong-trinh/12-ctr-thu/NV-03/"
    assert client.get(address, {"ngay": "31/12/2024"}).content.count(b"1 tr\xc3\xaan 8") == client.get(address, {"ngay": "2024-12-31"}).content.count(
        b"1 tr\xc3\xaan 8"
    ) == 1
    assert "Nhập ngày" in text_of(client.get(address, {"ngay": "31/02/2024"}))
