"""The media library at the desk: brought, described, found, used, out of the offer; seen by nobody else."""
from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from soket.audit.models import Event
from soket.kernel.door import Refused
from soket.publishing import actions as writing
from soket.publishing import queries, shelving
from soket.publishing.actions import photos as actions
from soket.publishing.actions import timing
from soket.publishing.models import Photo
from soket.publishing.queries import library
from soket.publishing.texts import Extras
from tests.factories import publishing as make
from tests.factories import publishing_library as made
from tests.factories import reporting as people
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST, ADD = "/toa-soan/thu-vien/", "/toa-soan/thu-vien/them/"


def sent(content: bytes, name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_photographs_are_brought_and_each_that_is_refused_is_named(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(people.person("chup", picture=desk.world.land.police["centre"]))
    assert "Chưa có ảnh" in client.get(LIST).content.decode()
    office = desk.article.office_id
    first = client.post(ADD, {"office": office, "photos": [sent(made.from_a_camera())], "credit": made.CREDIT, "place": "Hòa Bình"})
    photo = Photo.objects.get()
    assert first["Location"] == f"{LIST}{photo.pk}/"
    assert (photo.width, photo.height, photo.credit, photo.place, str(photo.taken_on)) == (700, 1000, made.CREDIT, "Hòa Bình", "2026-07-14")
    assert [size.width for size in photo.renditions.order_by("width")] == [480, 700]
    page = client.get(first["Location"]).content.decode()
    assert "Còn thiếu mô tả thay thế hoặc dấu ảnh trang trí." in page
    assert "Đã đưa 1 ảnh vào kho." in page
    batch = [sent(made.picture(colour="#123"), "a.jpg"), sent(made.picture(300, 300), "nho.jpg"), sent(made.from_a_camera(), "lai.jpg"), sent(b"x", "chu.jpg")]
    answer = client.post(ADD, {"office": office, "photos": batch}, follow=True)
    words = answer.content.decode()
    assert Photo.objects.count() == 2
    assert "nho.jpg: Ảnh hẹp hơn 640 điểm ảnh." in words
    assert f"lai.jpg: Kho ảnh đã có ảnh này, số {photo.pk}." in words
    assert "chu.jpg: Tệp này không phải ảnh mở được." in words
    alone = client.post(ADD, {"office": office, "photos": [sent(b"x", "chu.jpg")]}).content.decode()
    assert "chu.jpg: Tệp này không phải ảnh mở được." in alone
    assert "Ô này không được để trống." in client.post(ADD, {"office": office}).content.decode()
    assert Event.objects.filter(name="publishing.photo_added").count() == 2


def test_what_is_said_of_a_photograph_is_changed_and_recorded(desk: make.Desk, client: LintingClient) -> None:
    photo = made.photo(desk.article.office_id, desk.editor, credit="", alt="")
    address = reverse("publishing:photo", args=[photo.pk])
    client.force_login(desk.editor)
    words = {"caption": "Lễ ký kết", "credit": "Ban biên tập", "alt": "Hai người ký", "place": "Hòa Bình", "taken_on": "14/07/2026", "consent": "Lễ công khai"}
    both = client.post(address, {**words, "decorative": "on"}).content.decode()
    assert "Ảnh trang trí không có mô tả thay thế." in both
    assert client.post(address, {**words, "taken_on": "2099-01-01"}).content.decode().count("Ngày này chưa tới.") == 2
    assert client.post(address, words).status_code == 302
    client.post(address, words)  # the same again changes nothing and is not recorded
    photo.refresh_from_db()
    assert (photo.caption, photo.credit, photo.alt, str(photo.taken_on), photo.consent) == (
        "Lễ ký kết", "Ban biên tập", "Hai người ký", "2026-07-14", "Lễ công khai",
    )  # fmt: skip
    told = Event.objects.filter(name="publishing.photo_described").get()
    assert json.loads(told.body)["payload"]["fields"] == ["caption", "credit", "alt", "consent", "place", "taken_on"]
    client.post(reverse("publishing:photo_retire", args=[photo.pk]))
    assert "Ngừng sử dụng" in client.get(address).content.decode()
    assert "Lễ ký kết" not in client.get(LIST).content.decode()
    client.post(reverse("publishing:photo_retire", args=[photo.pk]), {"lai": "1"})
    assert "Lễ ký kết" in client.get(LIST).content.decode()


def test_search_tolerates_marks_and_filters_narrow(desk: make.Desk, client: LintingClient) -> None:
    office = desk.article.office_id
    held = made.photo(office, desk.editor, caption="Điểm cầu Hòa Bình")
    used = made.photo(office, desk.editor, made.picture(colour="#111"), caption="Lễ ký", place="Thủy Nguyên")
    bare = made.photo(office, desk.editor, made.picture(colour="#222"), caption="Chưa ghi nguồn", credit="")
    body = f"Có {{{{01}}}} buổi.\n\n{{{{ảnh {used.pk}}}}}"
    make.revised(desk, body=body)
    day = make.AT.date()

    def found(q: str = "", state: str = "") -> list[int]:
        return [row.pk for row in library.photos(desk.editor, day, library.Wanted(state=state, q=q), None)]

    assert found() == [bare.pk, used.pk, held.pk]
    assert found("hoa binh") == found("Hoà Bình") == [held.pk]
    assert found("thuỷ nguyên") == [used.pk]
    assert found("hòa bính") == []
    assert found(state="chua-dung") == [bare.pk, held.pk]
    assert found(state="con-thieu") == [bare.pk]
    actions.retire_photo(photo=held, retired=True, by=desk.editor, at=make.AT)
    assert (found(), found(state="ngung")) == ([bare.pk, used.pk], [held.pk])
    client.force_login(desk.editor)
    page = client.get(LIST, {"tinh-trang": "con-thieu"}).content.decode()
    assert "Chưa đăng được: còn thiếu nguồn ảnh." in page
    assert "Lễ ký" not in page
    assert "Không có ảnh nào như vậy." in client.get(LIST, {"q": "khong co"}).content.decode()


def test_the_list_asks_the_same_for_one_photograph_and_for_three(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    counts = []
    for colour in ("#111", "#222", "#333"):
        made.photo(desk.article.office_id, desk.editor, made.picture(colour=colour))
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        counts.append(len(asked))
    assert counts == [counts[0]] * 3


def test_one_credit_for_several_photographs(desk: make.Desk, client: LintingClient) -> None:
    rows = [made.photo(desk.article.office_id, desk.editor, made.picture(colour=colour), credit="") for colour in ("#111", "#222", "#333")]
    front = desk.world.land.front["centre"]
    other = made.photo(front.pk, desk.stranger, credit="Mặt trận")
    client.force_login(desk.editor)
    address = reverse("publishing:photos_same")
    answer = client.post(address, {"photos": [rows[0].pk, rows[1].pk, other.pk], "credit": "Tổ ảnh"}, follow=True).content.decode()
    assert "Đã sửa 2 ảnh." in answer
    assert [Photo.objects.get(pk=row.pk).credit for row in (*rows, other)] == ["Tổ ảnh", "Tổ ảnh", "", "Mặt trận"]
    assert "Chọn ít nhất một ảnh." in client.post(address, {"credit": "Tổ ảnh"}, follow=True).content.decode()
    assert "Ghi nguồn ảnh hoặc địa điểm." in client.post(address, {"photos": [rows[0].pk]}, follow=True).content.decode()


def test_nobody_else_sees_the_library(desk: make.Desk, client: LintingClient) -> None:
    photo = made.photo(desk.article.office_id, desk.editor, caption="ẢNH BÍ MẬT")
    one = reverse("publishing:photo", args=[photo.pk])
    reads = [one, reverse("publishing:photo_file", args=[photo.pk, 480]), reverse("publishing:photo_original", args=[photo.pk])]
    for address in [LIST, ADD, *reads]:
        assert client.get(address).status_code == 302, address  # to the door
    client.force_login(desk.stranger)  # has a library, and this is not in it
    assert "ẢNH BÍ MẬT" not in client.get(LIST).content.decode()
    for address in reads:
        assert client.get(address).status_code == 404, address
    assert client.post(reverse("publishing:photo_retire", args=[photo.pk])).status_code == 404
    client.force_login(people.person("nguoi-ngoai"))
    for address in [LIST, ADD, *reads]:
        assert client.get(address).status_code == 404, address
    assert client.post(reverse("publishing:photos_same"), {"photos": [photo.pk], "credit": "x"}).status_code == 404
    reader = people.person("phong-vien", write=desk.world.land.police["centre"])
    client.force_login(reader)  # a reporter looks and places, but does not keep
    assert "ẢNH BÍ MẬT" in client.get(one).content.decode()
    assert client.get(reads[1])["Cache-Control"] == "private, max-age=3600"
    assert b"".join(client.get(reads[1]).streaming_content)[:3] == b"\xff\xd8\xff"  # type: ignore[attr-defined]
    for address in (ADD, reads[2]):
        assert client.get(address).status_code == 404, address
    assert client.post(one, {"caption": "x"}).status_code == 404
    assert client.get(reverse("publishing:photo_file", args=[photo.pk, 481])).status_code == 404
    for act in (
        lambda: made.photo(desk.article.office_id, reader, made.picture(colour="#999")),
        lambda: actions.retire_photo(photo=photo, retired=True, by=desk.stranger, at=make.AT),
    ):
        with pytest.raises(Refused, match="không phụ trách ảnh"):
            act()


def with_photo(desk: make.Desk, photo: Photo, **times: Any) -> Any:
    """A text with the photograph under its lead, approved; nothing released."""
    revision = writing.save_revision(
        article=desk.article, title=make.TITLE, lead=make.LEAD, body=make.BODY, by=desk.editor, at=make.AT, extras=Extras(photo=photo.pk)
    )
    writing.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    writing.approve(revision=revision, by=desk.publisher, at=make.AT)
    return revision


def test_the_public_gets_a_photograph_only_while_its_article_is_shown(desk: make.Desk, client: LintingClient) -> None:
    photo = made.photo(desk.article.office_id, desk.editor)
    size = photo.renditions.order_by("width")[0].file
    address = f"/cong-bo/tep/{size.sha256}.jpg"

    def answer() -> int:
        shelving.shelve(desk.article.pk)
        return client.get(address).status_code

    revision = with_photo(desk, photo)
    assert answer() == 404  # approved
    later = make.AT + timedelta(days=4000)
    timing.set_times(article=desk.article, embargo_until=later, expires_at=None, by=desk.publisher, at=make.AT)
    assert answer() == 404  # under embargo
    timing.set_times(article=desk.article, embargo_until=None, expires_at=None, by=desk.publisher, at=make.AT)
    writing.schedule(revision=revision, due=later, by=desk.publisher, at=make.AT)
    assert answer() == 404  # scheduled
    writing.publish(revision=revision, by=desk.publisher, at=make.AT)
    assert answer() == 200
    assert client.get(f"/cong-bo/tep/{photo.original.sha256}.jpg").status_code == 404
    assert client.get(reverse("files:get", args=[photo.original.sha256])).status_code == 404
    client.force_login(desk.editor)
    page = client.get(reverse("publishing:photo", args=[photo.pk])).content.decode()
    assert "dưới lời dẫn" in page
    assert "Bản công bố số 1" in page
    timing.set_times(article=desk.article, embargo_until=None, expires_at=make.AT + timedelta(days=1), by=desk.publisher, at=make.AT)
    assert answer() == 404  # expired: the test's clock is past that day
    timing.set_times(article=desk.article, embargo_until=None, expires_at=None, by=desk.publisher, at=make.AT)
    assert answer() == 200
    writing.withdraw(article=desk.article, reason="Sai ảnh", by=desk.publisher, at=make.AT)
    assert answer() == 404
    assert queries.is_withdrawn(desk.article)
