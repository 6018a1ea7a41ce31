"""The page that the project grew from, rebuilt through the desk. Its text is read from `../shared/seed/` and stands nowhere here."""
from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from soket.audit.models import Event
from soket.kernel.clock import VIETNAM
from soket.programmes.models import Obligation
from soket.publishing import actions, shelving, typography
from soket.publishing.actions import shelves
from soket.publishing.models import ReleasedCopy
from soket.publishing.queries import head_of
from soket.ui.templatetags.soket_ui import vn_datetime
from tests.factories import programmes as owed
from tests.factories import publishing as make
from tests.factories import publishing_library as library
from tests.factories import publishing_sound as sound
from tests.factories import reviews
from tests.support.client import LintingClient

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "seed"
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SLUG = "trang-goc"
DESK = f"/toa-soan/bai/{SLUG}/"
SHORT = 180
"""Letters: a paragraph shorter than this, before the byline, is the caption of a photograph."""


@dataclass(frozen=True)
class Seed:
    """The elements of the page, in its order."""

    title: str
    at: datetime
    views: str
    lead: str
    captions: list[str]
    audio: str
    paragraphs: list[str]
    byline: str
    headings: list[str]


def seed() -> Seed:
    """Read the page by its layout: clock, title, date line, views, lead, caption, sound, body with one more caption, byline, lists."""
    lines = [line for line in next(FOLDER.glob("*.txt")).read_text(encoding="utf-8").split("\n") if line.strip("\u200e \xa0")]
    _clock, title, dated, views, lead = lines[:5]
    day, clock = re.search(r"(\d\d/\d\d/\d{4}) \| (\d\d:\d\d:\d\d)", dated).groups()  # type: ignore[union-attr]
    sounded = next(number for number, line in enumerate(lines) if line.startswith("Audio:"))
    *rest, byline, same, by_day = lines[sounded + 1 :]
    captions = [*lines[5:sounded], *(line for line in rest if len(line) < SHORT and line != rest[-1] and "trao" in line)]
    return Seed(
        title.strip(), datetime.strptime(f"{day} {clock}", "%d/%m/%Y %H:%M:%S").replace(tzinfo=VIETNAM), views, lead, captions,
        lines[sounded].removeprefix("Audio:").strip(), [line for line in rest if line not in captions], byline, [same, by_day],
    )


def _desk_with_all_signed() -> make.Desk:
    """As `make.desk`, but the fourth unit signed too: the coverage figure is 4 of 4."""
    world = reviews.world()
    owed.accepted(owed.duty(Obligation.objects.get(code="NV-01"), world.land.front["two"]))
    return make.desk(SLUG, world=world)


def _posted(client: LintingClient, data: dict[str, object]) -> str:
    response = client.post(DESK, data, follow=True)
    assert response.status_code == 200
    return str(response.content.decode())


def _seen(page: str) -> str:
    """The page's words, blanks made one."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", bare))).replace("\xa0", " ")


def _one_blank(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def test_the_seeds_page_is_rebuilt_through_the_desk(client: LintingClient) -> None:
    page, desk = seed(), _desk_with_all_signed()
    centre = desk.world.land.police["centre"].pk
    category = shelves.add_category(slug="an-ninh", name="An ninh", name_en="Security", by=desk.publisher, at=make.AT)
    shelving.shelve_frame()
    photos = [
        library.photo(centre, desk.editor, library.picture(colour=colour), caption=caption, credit="Ảnh minh họa", alt="Hội trường, không có người")
        for caption, colour in zip(page.captions, ("#345", "#876"), strict=True)
    ]
    typed = [*page.paragraphs[:3], f"{{{{ảnh {photos[1].pk}}}}}", *page.paragraphs[3:]]
    data = {
        "title": page.title, "lead": page.lead, "body": "\n\n".join(typed), "byline": page.byline, "category": category.pk,
        "photo": photos[0].pk, "base": 0,
    }
    client.force_login(desk.editor)
    refused = _posted(client, data)
    assert "“100%” chưa gắn với số liệu nào" in html.unescape(refused)  # the machine asks where its "100 %" comes from
    assert head_of(desk.article) is None
    data["body"] = str(data["body"]).replace("100%", "{{02|100%}}")
    _posted(client, data)
    revision = head_of(desk.article)
    assert revision is not None and revision.number == 1

    _slips_are_pointed_out(_seen(client.post(f"{DESK}soat/", {**data, "base": 1}).content.decode()), page, data, [photo.pk for photo in photos])
    assert (revision.title, revision.body) == (page.title, str(data["body"]).strip())  # and changed by nobody
    assert [row.caption for row in revision.photos.order_by("order")] == page.captions

    actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    actions.approve(revision=revision, by=desk.publisher, at=make.AT)
    actions.publish(revision=revision, by=desk.publisher, at=make.AT)
    sound.heard(desk, sound.ready(desk.article, desk.editor))
    shelving.shelve(desk.article.pk)
    text = client.get(f"/cong-bo/{SLUG}/").content.decode()
    seen = _seen(text)
    for part in (page.title, page.lead, *page.captions, *page.paragraphs, page.byline):
        assert _one_blank(part) in seen, part[:40]
    assert "Thứ Tư, 15/07/2026, 16:30:00 (GMT+7)" in seen and "Lượt xem" in seen and page.views.endswith("lượt xem")
    assert vn_datetime(page.at) == "Thứ Hai, 11/03/2019, 18:22:28 (GMT+7)"  # its own date line, as this page would print it
    assert "<audio" in text and page.audio.endswith(".mp3") and 'type="audio/mpeg"' in text
    assert [heading for heading in page.headings if heading.strip() not in seen] == []
    assert text.count("<figure") == 2 and 'class="fig"' in text
    panel = _seen(client.get(f"/cong-bo/{SLUG}/so-lieu/02/").content.decode())
    assert "4đơn vị có văn bản được chấp nhận (tử số)4đơn vị phải thực hiện vào ngày đó (mẫu số)" in panel  # its numerator and denominator

    _one_slip_is_corrected(client, desk, page, data, photos[1].pk)


def _slips_are_pointed_out(told: str, page: Seed, data: dict[str, object], photos: list[int]) -> None:
    """Every slip of the page stands in the editor's list under the field where it is, and no other place is named."""
    captions = {f"Ảnh số {photo}, chú thích ảnh": caption for photo, caption in zip(photos, page.captions, strict=True)}
    fields = {"Tên bài": page.title, "Lời dẫn": page.lead, **captions, "Nội dung": str(data["body"]), "Tác giả ghi dưới bài": page.byline}
    found = typography.together(fields)
    assert [(name, slip.kind, slip.found) for name, slips in found.items() for slip in slips if slip.kind != "spaces"] == [
        ("Tên bài", "missing", "thực"), (f"Ảnh số {photos[1]}, chú thích ảnh", "tone", "Uỷ"), ("Nội dung", "missing", "lãnh"),
    ]  # fmt: skip
    assert sorted(name for name, slips in found.items() for slip in slips if slip.kind == "spaces") == [
        *["Nội dung"] * 3, f"Ảnh số {photos[1]}, chú thích ảnh",
    ]  # fmt: skip
    assert "Không có lỗi nào ngăn việc lưu." in told and "Hệ thống không tự sửa chữ nào." in told
    line = next(slip.line for slip in found["Nội dung"] if slip.kind == "missing")
    for words in (
        "Tên bài: Sau “thực” có thể thiếu chữ", f"Ảnh số {photos[1]}, chú thích ảnh: “Uỷ”: bài này phần lớn đặt dấu thanh như “Ủy”",
        f"Ảnh số {photos[1]}, chú thích ảnh: Thừa dấu cách giữa hai từ.", f"Nội dung, dòng {line}: Sau “lãnh” có thể thiếu chữ",
        *(f"Nội dung, dòng {slip.line}: Thừa dấu cách giữa hai từ." for slip in found["Nội dung"] if slip.kind == "spaces"),
    ):  # fmt: skip
        assert told.count(words) == 1, words


def _one_slip_is_corrected(client: LintingClient, desk: make.Desk, page: Seed, data: dict[str, object], photo: int) -> None:
    """The odd tone mark of the caption is set right after the release: with a public notice, in the record, and nothing else changes."""
    first = ReleasedCopy.objects.get(article=desk.article)
    slip = next(one for one in typography.together({"lead": page.lead, "caption": page.captions[1], "body": "\n".join(page.paragraphs)})["caption"])
    assert (slip.kind, slip.found, slip.suggestion) == ("tone", "Uỷ", "Ủy")
    right = page.captions[1][: slip.start] + slip.suggestion + page.captions[1][slip.end :]
    mended = {**data, f"anh{photo}-caption": right, f"anh{photo}-credit": "", f"anh{photo}-alt": "", "base": 1}
    _posted(client, mended)
    assert head_of(desk.article) == first.revision  # after a release nothing is saved without its public notice
    note = "Sửa cách đặt dấu thanh trong chú thích ảnh, không thay đổi nội dung."
    _posted(client, {**mended, "note": note})
    again = head_of(desk.article)
    assert again is not None and again.number == 2
    assert _one_blank(page.captions[1]) in _seen(client.get(f"/cong-bo/{SLUG}/").content.decode())  # until it is released
    actions.send_for_approval(revision=again, by=desk.editor, at=make.CORRECTED_AT)
    actions.approve(revision=again, by=desk.publisher, at=make.CORRECTED_AT)
    second = actions.publish(revision=again, by=desk.publisher, at=make.CORRECTED_AT)
    shelving.shelve(desk.article.pk)
    seen = _seen(client.get(f"/cong-bo/{SLUG}/").content.decode())
    assert note in seen and _one_blank(right) in seen and _one_blank(page.captions[1]) not in seen
    for part in (page.title, page.lead, page.captions[0], *page.paragraphs, page.byline):
        assert _one_blank(part) in seen, part[:40]  # every other slip stands as it was published
    before, after = json.loads(first.content), json.loads(second.content)
    assert [block for block in before["body"] if block not in after["body"]] == [block for block in before["body"] if block.get("asset") == str(photo)]
    assert [(notice["number"], notice["note"], notice["figures"]) for notice in after["notices"]] == [(2, note, [])]
    event = Event.objects.get(name="publishing.corrected")
    assert (event.subject_id, event.actor_id, json.loads(event.body)["reason"]) == (str(desk.article.pk), desk.publisher.actor_id, note)
    saved = Event.objects.filter(name="publishing.revised").latest("pk")
    assert (saved.actor_id, json.loads(saved.body)["reason"]) == (desk.editor.actor_id, note)
