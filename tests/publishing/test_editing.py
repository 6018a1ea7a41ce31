"""The editor: refusals at their fields with nothing lost, the look over, pasting, who may write. Every page is linted."""
from __future__ import annotations

import json
from typing import Any

import pytest

from soket.accounts.models import Person
from soket.files import actions as files
from soket.files import core as kinds
from soket.files.models import StoredFile
from soket.kernel.actor import SystemActor
from soket.kernel.door import open_door
from soket.publishing import actions, shelving
from soket.publishing.models import Category, Photo, Rendition, Revision
from soket.publishing.queries import extras_of, head_of
from tests.factories import publishing as make
from tests.factories import reporting as people
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
URL = "/toa-soan/bai/ket-qua-so-ket/"
PICK = {"X-Partial": "photographs", "HX-Request": "true"}
LOOK, PASTE = f"{URL}soat/", "/toa-soan/soan/dan/"


def sent(**changes: Any) -> dict[str, Any]:
    return {"title": make.TITLE, "lead": make.LEAD, "body": make.BODY, "base": 0, **changes}


def posted(client: LintingClient, url: str = URL, *, partial: bool = False, **changes: Any) -> str:
    response = client.post(url, sent(**changes), headers={"X-Partial": "check", "HX-Request": "true"} if partial else {})
    assert response.status_code == 200, response
    return str(response.content.decode().replace("\u00a0", " "))


def photo(desk: make.Desk, **more: Any) -> Photo:
    """A photograph of the library with one size; its pixels are not needed here."""
    file = _stored()
    with open_door():
        made = Photo(
            office=desk.world.land.police["centre"], original=file, width=800, height=600, at=make.AT, by_id="x", by_label="Ảnh",
            **{"caption": "Toàn cảnh", "credit": "Phòng Ảnh", "alt": "Hội trường", **more},
        )  # fmt: skip
        made.save()
        Rendition(photo=made, file=file, width=800, height=600).save(force_insert=True)
    return made


def _stored() -> StoredFile:
    content = samples.PDF + b"\n" * StoredFile.objects.count()
    return files.store(content=content, name="anh.pdf", allowed=frozenset({kinds.PDF}), by=SystemActor("test", "Thử"), at=make.AT)


def test_all_that_is_wrong_is_told_at_its_field_and_what_was_typed_stays(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    text = posted(client, title="Tên 12 buổi", lead="", body="Có {{99}} và 3 xã.\n\nHai {{01|hơn 70}} buổi", byline="Phòng Biên tập", tag="khong-co-don-vi-nay")
    for part in (
        "“12 buổi” chưa gắn với số liệu nào", "Dòng 1: Bản hồ sơ không có số liệu mang mã “99”", "Dòng 1: “3 xã” chưa gắn", "Dòng 3: “hơn 70” không khớp",
        "[[3 xã]]", 'value="Tên 12 buổi"', "Có {{99}} và 3 xã.", 'value="Phòng Biên tập"',
    ):  # fmt: skip
        assert part in text, part
    assert head_of(desk.article) is None
    text = posted(client, tag="khong-co-don-vi-nay", source="Báo cũ")
    assert "Nhấn “Tìm” rồi đánh dấu" in text and 'value="Báo cũ"' in text and head_of(desk.article) is None


def test_everything_beside_the_text_is_saved_with_it(desk: make.Desk, client: LintingClient) -> None:
    with open_door():
        open_one, closed = Category(slug="tin", name="Tin", name_en="News", order=1), Category(slug="cu", name="Cũ", name_en="Old", order=2, closed=True)
        open_one.save()
        closed.save()
    lead, other, poor = photo(desk), photo(desk, caption="Trao đổi"), photo(desk, caption="Ảnh thiếu", credit="")
    client.force_login(desk.editor)
    found = posted(client, find="1", tag="đông hải", base=0)
    unit = desk.world.land.front["two"].pk
    assert f'value="unit:{unit}"' in found and "Ủy ban MTTQ xã Đông Hải" in found and make.TITLE in found
    assert ">Tin</option>" in found and ">Cũ</option>" not in found and "Ảnh thiếu (thiếu nguồn ảnh" in found and f"{{{{ảnh {other.pk}}}}}" in found
    text = posted(client, photo=poor.pk)
    assert "Ảnh" in text and head_of(desk.article) is None
    more = {"category": open_one.pk, "byline": "Phòng Biên tập", "source": "Theo hồ sơ", "photo": lead.pk, "body": f"{make.BODY}\n\n{{{{ảnh {other.pk}}}}}"}
    response = client.post(URL, sent(tags=[f"unit:{unit}", "unit:999999"], tag=desk.world.programme.title, **more))
    assert response.status_code == 200  # a tag that was never offered is refused, and nothing is lost
    response = client.post(URL, sent(tags=[f"unit:{unit}"], **more))
    assert response.status_code == 302
    extras = extras_of(head_of(desk.article))
    assert (extras.category, extras.byline, extras.source, extras.photo) == (open_one.pk, "Phòng Biên tập", "Theo hồ sơ", lead.pk)
    assert list(extras.tags) == [("unit", str(unit), "Ủy ban MTTQ xã Đông Hải")]
    assert [item.photo for item in extras.shown] == [lead.pk, other.pk]
    _library_moves_on(desk, client, lead, unit, more)


def _library_moves_on(desk: make.Desk, client: LintingClient, lead: Photo, unit: int, more: dict[str, Any]) -> None:
    """Words of a photograph stay as approved until the editor asks for the new ones. A typed programme is added."""
    with open_door():
        Photo.objects.filter(pk=lead.pk).update(alt="Hội trường nhìn từ sau")
    text = client.get(URL).content.decode()
    assert "Kho ảnh ghi: Hội trường nhìn từ sau" in text and text.count("Lấy lại lời của kho ảnh") == 1
    client.post(URL, sent(**more, tags=[f"unit:{unit}"], tag=desk.world.programme.title, base=1))
    extras = extras_of(head_of(desk.article))
    assert extras.shown[0].alt == "Hội trường" and extras.tags[1][:2] == ("programme", desk.world.programme.slug)
    client.post(URL, sent(**more, **words(lead, alt="Không lấy", library="on"), base=2))
    extras = extras_of(head_of(desk.article))
    assert extras.shown[0].alt == "Hội trường nhìn từ sau" and not extras.tags


def words(photo: Photo, **said: str) -> dict[str, str]:
    """The fields of one photograph of a text as the form sends them; a mark that is not set is not sent."""
    told = {"caption": "", "credit": "", "alt": "", **said}
    return {f"anh{photo.pk}-{name}": text for name, text in told.items()}


def test_a_photograph_has_words_of_its_own_in_a_text(desk: make.Desk, client: LintingClient) -> None:
    lead, other = photo(desk), photo(desk, caption="Trao đổi")
    client.force_login(desk.editor)
    body = f"{make.BODY}\n\n{{{{ảnh {other.pk}}}}}"
    looked = posted(client, LOOK, body=body, photo=lead.pk)  # without a script: the fields come once the text names its photographs
    for name in ("caption", "credit", "alt", "decorative"):
        assert f'name="anh{lead.pk}-{name}"' in looked and f'name="anh{other.pk}-{name}"' in looked
    assert looked.index(f'data-photo="{lead.pk}"') < looked.index(f'data-photo="{other.pk}"') and "Trao đổi</textarea>" in looked
    own = {**words(lead, caption="Lời riêng", credit="Phòng Tin", alt="Không dùng", decorative="on"), **words(other, alt="Hai người trao đổi")}
    part = posted(client, LOOK, partial=True, body=body, photo=lead.pk, **own)
    assert "<template data-shown>" in part and "Lời riêng</textarea>" in part and "Ảnh: Phòng Tin" in part
    assert client.post(URL, sent(body=body, photo=lead.pk, **own)).status_code == 302
    revision = head_of(desk.article)
    assert revision is not None
    rows = [(row.photo_id, row.caption, row.credit, row.alt, row.decorative) for row in revision.photos.order_by("order")]
    assert rows == [(lead.pk, "Lời riêng", "Phòng Tin", "", True), (other.pk, "Trao đổi", "Phòng Ảnh", "Hai người trao đổi", False)]
    assert (lead.caption, lead.alt, lead.decorative) == ("Toàn cảnh", "Hội trường", False)  # the library is as it was
    _compared_and_shown(desk, client, revision, body, lead, other)


def _compared_and_shown(desk: make.Desk, client: LintingClient, revision: Revision, body: str, lead: Photo, other: Photo) -> None:
    """The words stay when nothing is said of them; a change stands in the comparison; the public reads the text's own."""
    client.post(URL, sent(body=body, photo=lead.pk, base=1, **words(other, caption="Lời mới", alt="Hai người trao đổi")))
    again = head_of(desk.article)
    assert again is not None and [row.caption for row in again.photos.order_by("order")] == ["Lời riêng", "Lời mới"]
    compared = client.get(f"{URL}so-sanh/?tu=1&den=2").content.decode()
    assert "Ảnh</h2>" in compared and "<del>Trao</del><ins>Lời</ins> <del>đổi</del><ins>mới</ins>" in compared
    actions.send_for_approval(revision=again, by=desk.editor, at=make.AT)
    actions.approve(revision=again, by=desk.publisher, at=make.AT)
    actions.publish(revision=again, by=desk.publisher, at=make.AT)
    shelving.shelve(desk.article.pk)
    page = client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    assert "Lời riêng" in page and "Lời mới" in page and 'alt="Hai người trao đổi"' in page and "Toàn cảnh" not in page and revision.pk != again.pk


def test_what_a_photograph_lacks_is_told_at_its_field(desk: make.Desk, client: LintingClient) -> None:
    poor = photo(desk, credit="", alt="")
    client.force_login(desk.editor)
    body = f"{make.BODY}\n\n{{{{ảnh {poor.pk}}}}}"
    part = posted(client, LOOK, partial=True, body=body)
    assert f"Ảnh số {poor.pk}, nguồn ảnh:</span> Ảnh chưa có nguồn ảnh." in part and f"Ảnh số {poor.pk}, mô tả thay thế:" in part
    text = posted(client, body=body, **words(poor, caption="Giữ lại"))
    assert f'id="id_anh{poor.pk}-credit_error"' in text and f'id="id_anh{poor.pk}-alt_error"' in text and "Giữ lại</textarea>" in text
    text = posted(client, body=body, **words(poor, credit="x" * 201, alt="Có"))
    assert "Nội dung quá dài." in text.partition(f'id="id_anh{poor.pk}-credit_error"')[2][:60]
    assert head_of(desk.article) is None
    assert client.post(URL, sent(body=body, **words(poor, credit="Phòng Ảnh", decorative="on"))).status_code == 302
    twice = posted(client, LOOK, partial=True, base=1, body=f"{body}\n\n{{{{ảnh {poor.pk}}}}}")
    assert "Nội dung, dòng 8:</span> Mỗi ảnh chỉ đặt một lần trong bài." in twice


def test_the_look_over_reads_every_field_of_the_text(desk: make.Desk, client: LintingClient) -> None:
    """Each slip stands under its own field. One way of placing tone marks holds for all; a button puts the suggestion there."""
    lead = photo(desk, caption="Hội trường hoà nhạc", credit="Phòng  Ảnh")
    client.force_login(desk.editor)
    told = {"title": "Ủy ban họp", "lead": "Công tác hòa giải , dân vận.", "byline": "Phòng Thuỷ lợi", "source": "Báo  cũ", "photo": lead.pk}
    part = posted(client, LOOK, partial=True, **told)
    for words_ in (
        "Lời dẫn:</span> Thừa dấu cách cạnh dấu câu.", f"Ảnh số {lead.pk}, chú thích ảnh:</span> “hoà”", f"Ảnh số {lead.pk}, nguồn ảnh:</span> Thừa dấu cách",
        "Tác giả ghi dưới bài:</span> “Thuỷ”: bài này phần lớn đặt dấu thanh như “Thủy”", "Nguồn tin:</span> Thừa dấu cách giữa hai từ.",
    ):  # fmt: skip
        assert words_ in part, words_
    field = f"anh{lead.pk}-caption"
    fixed = posted(client, LOOK, **told, **words(lead, caption="Hội trường hoà nhạc"), fix=json.dumps([field, 11, "hoà", "hòa"]))
    assert "Hội trường hòa nhạc</textarea>" in fixed and Photo.objects.get(pk=lead.pk).caption == "Hội trường hoà nhạc"
    fixed = posted(client, LOOK, **told, fix=json.dumps(["byline", 6, "Thuỷ", "Thủy"]))
    assert 'value="Phòng Thủy lợi"' in fixed and head_of(desk.article) is None


def test_photographs_that_are_not_released_are_seen_at_the_desk_alone(desk: make.Desk, client: LintingClient) -> None:
    lead, other = photo(desk), photo(desk, caption="Trao đổi")
    client.force_login(desk.editor)
    public = f"/cong-bo/tep/{lead.renditions.get().file.sha256}.jpg"
    for text in (posted(client, LOOK, photo=lead.pk), client.post(URL, sent(photo=lead.pk), follow=True).content.decode()):
        preview = text.partition("Xem trước")[2]
        assert f'src="/toa-soan/thu-vien/{lead.pk}/800.jpg"' in preview and f'srcset="/toa-soan/thu-vien/{lead.pk}/800.jpg 800w"' in preview
        assert "/cong-bo/tep/" not in text and f"/toa-soan/thu-vien/{other.pk}/800.jpg" in text  # the list of what may be picked
    revision = head_of(desk.article)
    assert revision is not None
    shelving.shelve_frame()
    assert (client.get(f"/toa-soan/thu-vien/{lead.pk}/800.jpg").status_code, client.get(public).status_code) == (200, 404)
    actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    client.force_login(desk.publisher)  # who approves it sees it too
    assert f"/toa-soan/thu-vien/{lead.pk}/800.jpg" in client.get(URL).content.decode()
    assert client.get(f"/toa-soan/thu-vien/{lead.pk}/800.jpg").status_code == 200
    actions.approve(revision=revision, by=desk.publisher, at=make.AT)
    actions.publish(revision=revision, by=desk.publisher, at=make.AT)
    shelving.shelve(desk.article.pk)
    page = client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    client.logout()
    assert client.get(public).status_code == 200 and "/cong-bo/tep/" in page and "/toa-soan/" not in page.partition("<article")[2].partition("</article>")[0]
    assert client.get(f"/toa-soan/thu-vien/{lead.pk}/800.jpg").status_code == 302


def test_figures_and_photographs_are_picked(desk: make.Desk, client: LintingClient) -> None:
    photo(desk, caption="Tuyến đường tự quản"), photo(desk, caption="Trao đổi", place="Xã Đông Hải")
    client.force_login(desk.editor)
    text = client.get(URL).content.decode().replace("\u00a0", " ")
    for part in (
        'data-insert="{{01}}"', 'data-insert="{{04|hơn 410 nghìn}}"', "<code>{{04|hơn 410 nghìn}}</code>", 'data-bar="01" data-group="=buổi"',
        'data-bar="02" data-group="%"',
    ):  # fmt: skip
        assert part in text, part
    found = client.get(f"{URL}anh/?q=tuyen duong", headers=PICK).content.decode()
    assert "Tuyến đường tự quản" in found and "Trao đổi" not in found and "<html" not in found
    assert "Trao đổi" in client.get(f"{URL}anh/?q=dong hai", headers=PICK).content.decode()
    assert "Không có ảnh nào như vậy" in client.get(f"{URL}anh/?q=khong", headers=PICK).content.decode()
    assert client.get(f"{URL}anh/?q=tuyen")["Location"].startswith("/toa-soan/thu-vien/?q=tuyen")
    english = client.get(URL, headers={"Accept-Language": "en"}).content.decode()
    assert "Put under the lead" in english and "In a chart" in english
    for who in (desk.publisher, desk.stranger):
        client.force_login(who)
        assert client.get(f"{URL}anh/", headers=PICK).status_code == 404


def test_the_look_over_saves_nothing_and_shows_how_it_reads(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    body = "Có {{01}} buổi  và 3 xã.\n\n- Uỷ ban, Ủy ban , {{99}}\n\nCó 66 buổi; hơn 410 nghìn buổi; {{01|hơn 70}}.\n\nĐạt {{01}} buổi."
    part = posted(client, LOOK, partial=True, body=body, title="Tên bài")
    assert "<html" not in part and "lỗi ngăn việc lưu" in part
    for words in (
        "Nội dung, dòng 1", "Thừa dấu cách giữa hai từ.", "“Uỷ”: bài này phần lớn đặt dấu thanh như “Ủy”", "Thừa dấu cách cạnh dấu câu.", "Tên bài",
        '">66</a> buổi', "Uỷ ban, Ủy ban , {{99}}",
    ):  # fmt: skip
        assert words in part, words
    fixes = [json.loads(value.partition('"')[0].replace("&quot;", '"')) for value in part.split('name="fix" value="')[1:]]
    assert ["body", body.index("3 xã"), "3 xã", "[[3 xã]]"] in fixes
    assert ["body", body.index("66 buổi"), "66", "{{01}}"] in fixes
    assert ["body", body.index("hơn 410"), "hơn 410 nghìn", "{{04|hơn 410 nghìn}}"] in fixes
    assert ["body", body.index("{{01|"), "{{01|hơn 70}}", "{{01}}"] in fixes
    assert head_of(desk.article) is None
    whole = posted(client, LOOK, body=body)
    assert "<html" in whole and "Kết quả soát" in whole and "Uỷ ban, Ủy ban" in whole and head_of(desk.article) is None


def test_a_suggestion_is_put_in_without_script(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    body = "Một.\r\nCó 3 xã và 3 xã."
    fix = json.dumps(["body", 16, "3 xã", "[[3 xã]]"])
    text = posted(client, LOOK, body=body, fix=fix)
    assert "Có 3 xã và [[3 xã]].</textarea>" in text
    for stale in (json.dumps(["body", 15, "3 xã", "x"]), json.dumps(["slug", 0, "", "x"]), "[", json.dumps(["body", -1, "", "x"]), json.dumps(5)):
        assert "Có 3 xã và 3 xã.</textarea>" in posted(client, LOOK, body=body, fix=stale), stale


def test_what_slips_are_in_a_saved_text_is_shown_at_once(desk: make.Desk, client: LintingClient) -> None:
    make.revised(desk, body=f"{make.BODY}\n\nLực lượng  công an.")
    client.force_login(desk.editor)
    text = client.get(URL).content.decode()
    assert "Thừa dấu cách giữa hai từ." in text and "Không có lỗi nào ngăn việc lưu." in text and "{{01|hơn 12 nghìn}}" in text
    client.force_login(desk.publisher)
    text = client.get(URL).content.decode()
    assert "Thừa dấu cách" not in text and "Lực lượng  công an." in text  # reads the text, does not write it


def test_pasting_gives_marks_and_nothing_that_runs(desk: make.Desk, client: LintingClient) -> None:
    client.force_login(desk.editor)
    html = "<h2>Mục</h2><p onclick=x()>Một <b>hai</b><script>alert(1)</script></p>"
    response = client.post(PASTE, {"html": html})
    assert response.json() == {"text": "## Mục\n\nMột **hai**"}
    assert client.post(PASTE, {}).json() == {"text": ""}
    client.force_login(desk.publisher)
    assert client.post(PASTE, {"html": html}).status_code == 404


def test_reporters_write_drafts_photographers_do_not(desk: make.Desk, client: LintingClient) -> None:
    centre = desk.world.land.police["centre"]
    reporter, pictures = people.person("phong-vien", write=centre), people.person("anh", picture=centre)
    client.force_login(reporter)
    assert "Lưu lần sửa" in client.get(URL).content.decode() and client.get("/toa-soan/moi/").status_code == 200
    assert client.post(URL, sent()).status_code == 302
    revision = head_of(desk.article)
    assert revision is not None and revision.by_id == reporter.actor_id
    for who in (pictures, desk.publisher):
        _refused(client, who)
    actions.hand_over(revision=revision, by=reporter, at=make.AT)
    client.force_login(reporter)
    assert "Lưu lần sửa" not in client.get(URL).content.decode()
    assert "Tòa soạn đang giữ" in posted(client, base=1) or Revision.objects.count() == 1


def _refused(client: LintingClient, who: Person) -> None:
    client.force_login(who)
    assert client.post(URL, sent(base=1)).status_code == 404
    assert client.post(LOOK, sent(base=1)).status_code == 404
    assert client.get("/toa-soan/moi/").status_code == 404
    assert Revision.objects.count() == 1


def test_a_text_about_no_review_says_why_it_has_no_figures(desk: make.Desk, client: LintingClient) -> None:
    actions.create_article(slug="tin-khac", review=None, office=desk.world.land.police["centre"].pk, by=desk.editor, at=make.AT)
    client.force_login(desk.editor)
    text = client.get("/toa-soan/bai/tin-khac/").content.decode()
    assert "Bài không về hồ sơ nào nên không có số liệu để dẫn." in text and "Kho ảnh của cơ quan chưa có ảnh." in text
    part = posted(client, "/toa-soan/bai/tin-khac/soat/", partial=True, body="Có 66 buổi.")
    assert "[[66 buổi]]" in part and "&quot;{{01}}" not in part
    assert client.post("/toa-soan/bai/tin-khac/", sent(title="Tin", body="Có [[66 buổi]].")).status_code == 302


def test_nothing_of_a_newer_revision_is_overwritten(desk: make.Desk, client: LintingClient) -> None:
    make.revised(desk)
    client.force_login(desk.editor)
    text = posted(client, base=0, body="Bản của tôi {{01}}")
    assert "Bản của tôi {{01}}" in text and 'id="id_base"' in text and Revision.objects.count() == 1


def test_a_correction_asks_for_its_notice(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    client.force_login(desk.editor)
    assert "Nội dung đính chính" in client.get(URL).content.decode() or "đính chính" in client.get(URL).content.decode()
    text = posted(client, base=1, note="", lead="Lời dẫn mới, có  hai chỗ.")
    assert 'id="id_note_error"' in text and "Lời dẫn mới, có  hai chỗ." in text
    assert client.post(URL, sent(base=1, note="Sửa lời dẫn.", lead="Lời dẫn mới.")).status_code == 302
