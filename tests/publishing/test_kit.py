"""The press kit and the drawn picture: made after a release, offered with the copy that counts, under embargo before it."""
from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.urls import reverse
from PIL import Image

from soket.audit.models import Event
from soket.files import core as files
from soket.kernel.canonical import hex_digest
from soket.kernel.door import open_door
from soket.publishing import actions, cards, kit, queries, shelving
from soket.publishing.actions import timing
from soket.publishing.models import PressFile, ReleasedCopy
from soket.publishing.queries import press
from soket.publishing.texts import Extras
from tests.factories import publishing as make
from tests.factories import publishing_library as library
from tests.factories import publishing_sound as sound
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
BODY = (
    "Các đơn vị đã tổ chức {{01}} buổi; [[12 đơn vị]] dự.\n\n## Cách tính\n- Điểm **một**\n- Điểm hai\n\n{{ảnh PHOTO}}\n\n> Làm rõ việc,\n> rõ người.\n\n"
    "| Kỳ | Số buổi |\n|---|---|\n| Quý I | {{01}} |\n\n{{biểu đồ 01}}\n\nNguồn ngoài nêu {{04|hơn 410 nghìn}} buổi."
)
FILES = [
    "DOC-TRUOC.txt", "README.txt", "bai-viet.docx", "bai-viet.txt", "anh-1.jpg", "anh-2.jpg", "chu-thich-anh.txt", "so-lieu.csv", "so-lieu.json",
    "ban-cong-bo.json", "ban-ke-da-ky.json",
]


def revised(desk: make.Desk, at: Any = make.AT, **words: str) -> Any:
    """A text with two photographs, a table, a chart, a byline and a source."""
    office = desk.article.office_id
    lead, placed = queries.extras_of(queries.head_of(desk.article)).photo, 0
    if lead is None:
        lead = library.photo(office, desk.editor).pk
        placed = library.photo(office, desk.editor, library.picture(1700, 900, colour="#456"), caption="", decorative=True, alt="").pk
        extras = Extras(photo=lead, byline="Ban biên tập", source="Trang chương trình")
    else:
        extras, placed = queries.extras_of(queries.head_of(desk.article)), lead + 1
    text = {"title": make.TITLE, "lead": make.LEAD, "body": BODY.replace("PHOTO", str(placed)), **words}
    return actions.save_revision(article=desk.article, by=desk.editor, at=at, extras=extras, **text)


def released(desk: make.Desk, at: Any = make.AT, **words: str) -> ReleasedCopy:
    revision = revised(desk, at, **words)
    actions.send_for_approval(revision=revision, by=desk.editor, at=at)
    actions.approve(revision=revision, by=desk.publisher, at=at)
    copy = actions.publish(revision=revision, by=desk.publisher, at=at)
    shelving.shelve(copy.article_id)
    return copy


def extra(desk: make.Desk) -> dict[str, Any]:
    found = queries.kept(desk.article.slug)
    assert found is not None
    return found.extra


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def fetched(client: LintingClient, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_the_kit_holds_everything_of_the_copy_and_follows_it(desk: make.Desk, client: LintingClient) -> None:
    copy = released(desk)
    assert {"kit", "og"} & set(extra(desk)) == set()
    assert library.pressed(desk.article)
    assert not library.pressed(desk.article)  # nothing is made twice
    told = extra(desk)["kit"]
    assert (told["number"], told["sha256"]) == (1, PressFile.objects.get(kind="kit").file.sha256)
    content = fetched(client, f"/cong-bo/tep/{told['sha256']}.zip")
    assert (len(content), hashlib.sha256(content).hexdigest()) == (told["size"], told["sha256"])
    assert f"/cong-bo/tep/{told['sha256']}.zip" in client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    parts = unpacked(content)
    assert list(parts) == FILES
    assert parts["ban-cong-bo.json"] == copy.content.encode()
    assert json.loads(parts["ban-ke-da-ky.json"])["content"] == copy.content
    assert [json.loads(parts["so-lieu.json"])["figures"][0]["code"], parts["so-lieu.csv"].decode().splitlines()[1][:3]] == ["01", "01,"]
    assert parts["so-lieu.csv"] == client.get("/cong-bo/ket-qua-so-ket/so-lieu.csv").content  # the same as the page's
    _words(parts, copy)
    sizes = [Image.open(io.BytesIO(parts[f"anh-{number}.jpg"])).size for number in (1, 2)]
    assert sizes == [(700, 500), (1600, 847)]
    assert kit.zipped(press.of_copy(copy)) == content  # the same material, the same bytes
    assert files.check(content, files.MADE) == files.ZIP
    payload = json.loads(Event.objects.get(name="publishing.press_made").body)["payload"]
    assert payload == {"number": 1, "kit": told["sha256"], "card": extra(desk)["og"]["sha256"]}


def _words(parts: dict[str, bytes], copy: ReleasedCopy) -> None:
    """The text as plain words and as Word, captions, and what to read first."""
    text = parts["bai-viet.txt"].decode("utf-8-sig")
    assert text.startswith(f"{make.TITLE}\r\n\r\n")
    for words in (
        "Các đơn vị đã tổ chức 66 [SK-THU-01] buổi; 12 đơn vị dự.", "- Điểm một", f"[Ảnh 1: {library.CAPTION} Ảnh: {library.CREDIT}]",
        "[Ảnh 2: Ảnh: Phòng Truyền thông]",
        "Quý I | 66 [SK-THU-01]", "hơn 410 nghìn [SK-THU-04]", "Ban biên tập\r\nNguồn: Trang chương trình",
    ):
        assert words in text, words
    assert "CẤM CÔNG BỐ" not in text
    document = docx.Document(io.BytesIO(parts["bai-viet.docx"]))
    assert document.paragraphs[0].text == make.TITLE
    assert len(document.inline_shapes) == 2
    assert [table.cell(0, 0).text for table in document.tables] == ["Kỳ", "Số liệu", "Mã"]
    assert document.styles["Normal"].font.name == "Times New Roman"
    captions = parts["chu-thich-anh.txt"].decode("utf-8-sig")
    assert f"Mô tả: {library.ALT}" in captions
    assert "anh-2.jpg (1600 × 847)\r\nChú thích: (không có)" in captions
    for name, first in (("DOC-TRUOC.txt", "BỘ TƯ LIỆU BÁO CHÍ"), ("README.txt", "PRESS KIT")):
        read = parts[name].decode("utf-8-sig")
        assert read.startswith(first)
        assert copy.digest in read
        assert "/cong-bo/ket-qua-so-ket/" in read
        assert "/so-ket/" in read
        assert "ban-doc.mp3" not in read


def test_a_correction_takes_the_old_kit_away_and_sound_makes_it_anew(desk: make.Desk, client: LintingClient) -> None:
    released(desk)
    library.pressed(desk.article)
    first = extra(desk)
    released(desk, make.CORRECTED_AT, lead="Kết quả đã được đối chiếu lại.", note="Sửa câu mở đầu")
    assert {"kit", "og"} & set(extra(desk)) == set()
    for kind, ending in (("kit", "zip"), ("og", "png")):
        assert client.get(f"/cong-bo/tep/{first[kind]['sha256']}.{ending}").status_code == 404
    assert library.pressed(desk.article)
    second = extra(desk)
    assert second["kit"]["number"] == 2
    assert "Đính chính (bản 2): Sửa câu mở đầu" in unpacked(fetched(client, f"/cong-bo/tep/{second['kit']['sha256']}.zip"))["bai-viet.txt"].decode()
    row = sound.heard(desk, sound.ready(desk.article, desk.editor))
    shelving.shelve(desk.article.pk)
    assert "kit" not in extra(desk)  # the kit without sound fits no longer
    assert library.pressed(desk.article)
    parts = unpacked(fetched(client, f"/cong-bo/tep/{extra(desk)['kit']['sha256']}.zip"))
    assert hashlib.sha256(parts["ban-doc.mp3"]).hexdigest() == row.mp3.sha256
    actions.withdraw(article=desk.article, reason="Sai số", by=desk.publisher, at=make.CORRECTED_AT)
    assert not library.pressed(desk.article)
    assert client.get(f"/cong-bo/tep/{second['kit']['sha256']}.zip").status_code == 404


def test_before_the_release_every_text_of_the_kit_says_until_when(desk: make.Desk, client: LintingClient) -> None:
    address = reverse("publishing:kit_preview", args=[desk.article.slug])
    client.force_login(desk.editor)
    assert client.get(address).status_code == 404  # no text yet
    revision = revised(desk)
    assert address in client.get(reverse("publishing:edit", args=[desk.article.slug])).content.decode()
    marks = {"vi": "CẤM CÔNG BỐ TRƯỚC KHI CƠ QUAN ĐĂNG BÀI", "en": "EMBARGOED UNTIL THE OFFICE PUBLISHES THE ARTICLE"}
    for wanted in (marks, {"vi": "CẤM CÔNG BỐ TRƯỚC 16:30 ngày 28/06/2037 (GMT+7)", "en": "EMBARGOED UNTIL 16:30 28/06/2037 (GMT+7)"}):
        answer = client.get(address)
        assert answer["Content-Disposition"] == f'attachment; filename="cam-cong-bo-ket-qua-so-ket-{revision.number}.zip"'
        assert answer["Cache-Control"] == "private, no-store"
        parts = unpacked(answer.content)
        assert list(parts) == FILES[:-2]  # no copy and no seal: nothing was released
        for name in ("DOC-TRUOC.txt", "bai-viet.txt", "chu-thich-anh.txt"):
            assert parts[name].decode("utf-8-sig").startswith(wanted["vi"]), name
        assert parts["README.txt"].decode("utf-8-sig").startswith(wanted["en"])
        assert all(line.endswith(wanted["vi"]) for line in parts["so-lieu.csv"].decode().splitlines()[1:])
        assert json.loads(parts["so-lieu.json"])["embargo"] == wanted["vi"]
        assert "Công an trung ương. Bản 1, chưa công bố." in parts["bai-viet.txt"].decode()
        document = docx.Document(io.BytesIO(parts["bai-viet.docx"]))
        assert document.paragraphs[1].text == "Công an trung ương. Bản 1, chưa công bố."
        assert document.sections[0].header.paragraphs[0].text == wanted["vi"]
        timing.set_times(article=desk.article, embargo_until=make.AT + timedelta(days=4001), expires_at=None, by=desk.publisher, at=make.AT)
    assert not PressFile.objects.exists()
    client.force_login(desk.stranger)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_what_is_published_has_no_preview_and_an_archive_has_no_kit(desk: make.Desk, client: LintingClient) -> None:
    released(desk)
    client.force_login(desk.editor)
    assert client.get(reverse("publishing:kit_preview", args=[desk.article.slug])).status_code == 404
    assert press.copy_for_press(desk.article.pk) is not None
    old = actions.create_article(slug="bai-cu", review=None, office=desk.article.office_id, by=desk.editor, at=make.AT)
    make.released(desk, old, body="Nội dung cũ.", title="Bài cũ")
    assert press.copy_for_press(old.pk) is not None
    with open_door():
        old.imported = True
        old.save()
    assert press.copy_for_press(old.pk) is None


def test_the_drawn_picture_says_the_first_figure_and_is_named_in_the_head(desk: make.Desk, client: LintingClient) -> None:
    copy = released(desk, title="Có {{02}} xã đã ký")
    library.pressed(desk.article)
    told = extra(desk)["og"]
    content = fetched(client, f"/cong-bo/tep/{told['sha256']}.png")
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert (told["width"], told["height"], told["media_type"]) == (1200, 630, "image/png")
    card = cards.card_of(json.loads(copy.content))
    assert cards.png(card) == content
    assert (card.value, card.parts) != ("", "")
    assert told["alt"] == card.alt
    page = client.get("/cong-bo/ket-qua-so-ket/").content.decode()
    assert 'property="og:image" content="http' in page
    assert f"/cong-bo/tep/{told['sha256']}.png" in page
    assert hex_digest(json.loads(copy.content)) == copy.digest
