"""From a draft to a released copy and its correction; what is refused on the way."""
from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from soket.audit.models import Event
from soket.kernel.canonical import canonical, hex_digest
from soket.kernel.door import DoorClosed, Refused, open_door
from soket.publishing import actions, queries
from soket.publishing.models import ArticleState, ReleasedCopy, Revision
from soket.reviews import queries as reviews
from tests.factories import publishing as make

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


def refused(act: Callable[[], Any], field: str = "") -> str:
    """The Vietnamese words of the refusal, at that field."""
    with translation.override("vi"), pytest.raises(Refused) as caught:
        act()
    assert (field in caught.value.errors) if field else not caught.value.errors
    return str(caught.value.errors[field] if field else caught.value.message)


def states(desk: make.Desk) -> list[str]:
    return list(ArticleState.objects.filter(article=desk.article).order_by("pk").values_list("state", flat=True))


def test_an_article_is_begun_by_its_office_on_a_frozen_review(desk: make.Desk) -> None:
    review, office = desk.world.review, desk.world.land.police["centre"].pk
    assert desk.article.synthetic is True
    given = {"slug": "moi-soan", "review": review, "office": office, "by": desk.editor, "at": make.AT}
    begin = lambda **changes: actions.create_article(**{**given, **changes})  # noqa: E731
    assert "đã dùng" in refused(lambda: begin(slug=desk.article.slug), "slug")
    assert "đã dùng" in refused(lambda: begin(slug="moi"), "slug")
    assert "chữ thường" in refused(lambda: begin(slug="Bài Mới"), "slug")
    for who in (desk.publisher, desk.stranger):
        assert "không biên soạn" in refused(lambda who=who: begin(by=who), "office")


def test_a_revision_prints_frozen_values(desk: make.Desk) -> None:
    revision = make.revised(desk)
    assert (revision.number, revision.edition_id, states(desk)) == (1, desk.edition.pk, ["draft"])
    parsed = queries.parsed(revision.title, revision.lead, revision.body, revision.edition)
    assert parsed.codes == ["01", "02", "04"]
    lines = ["".join(run.text for run in block.runs) for block in parsed.body]
    assert lines == [
        f"Các đơn vị đã tổ chức 66 buổi tuyên truyền; 75,0{NBSP}% xã trong diện phải ký đã ký chương trình.",
        "Cách tính", "Nguồn ngoài nêu hơn 410 nghìn buổi. Cuộc họp có 12 đơn vị dự.",
    ]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("body", "Có {{01|hơn 70}} buổi", "“hơn 70” không khớp số liệu: số đã đóng băng là 66"),
        ("lead", "Đạt {{02|100 %}} xã", "số đã đóng băng là 75,0"),
        ("body", "Có {{09}} buổi", "không có số liệu mang mã “09”. Các mã dùng được: 01, 02, 03, 04."),
        ("title", "Đã tổ chức 66 buổi", "“66 buổi” chưa gắn với số liệu nào"),
        ("body", "{{01}} buổi và 12 mô hình", "đánh dấu là số không lấy từ tổng hợp: [[12 mô hình]]"),
        ("body", "Có {{01 buổi", "chưa đóng"), ("body", "Không có số.", "Gắn ít nhất một số liệu"), ("title", "", "không được để trống"),
        ("title", "a" * 201, "quá dài"), ("lead", "a\x00b", "ký tự không lưu được"), ("body", "\ud800", "ký tự không lưu được"),
    ],
)  # fmt: skip
def test_a_wrong_text_is_refused_at_its_field(desk: make.Desk, field: str, text: str, words: str) -> None:
    assert words in refused(lambda: make.revised(desk, **{field: text}), field)
    assert not Revision.objects.exists()


def test_all_wrong_fields_are_named_at_once(desk: make.Desk) -> None:
    with pytest.raises(Refused) as caught:
        make.revised(desk, title="", lead="{{77}}", body="{{01|0}}")
    assert set(caught.value.errors) == {"title", "lead", "body"}


def test_the_text_that_was_edited_is_the_newest_one(desk: make.Desk) -> None:
    make.revised(desk)
    assert "có người lưu" in refused(lambda: actions.save_revision(
        article=desk.article, title=make.TITLE, lead=make.LEAD, body=make.BODY, base=0, by=desk.editor, at=make.AT))
    assert Revision.objects.count() == 1


def test_approval_is_bound_to_one_revision_and_never_given_by_its_author(desk: make.Desk) -> None:
    first = make.revised(desk)
    assert "không ở tình trạng" in refused(lambda: actions.approve(revision=first, by=desk.publisher, at=make.AT))
    actions.send_for_approval(revision=first, by=desk.editor, at=make.AT)
    assert "không duyệt" in refused(lambda: actions.approve(revision=first, by=desk.editor, at=make.AT))
    actions.approve(revision=first, by=desk.publisher, at=make.AT)
    second = actions.save_revision(article=desk.article, title=make.TITLE, lead=make.LEAD, body=make.BODY, by=desk.both, at=make.AT)
    assert "mới hơn" in refused(lambda: actions.publish(revision=first, by=desk.publisher, at=make.AT))
    assert "không ở tình trạng" in refused(lambda: actions.publish(revision=second, by=desk.publisher, at=make.AT))
    actions.send_for_approval(revision=second, by=desk.both, at=make.AT)
    assert "không tự duyệt" in refused(lambda: actions.approve(revision=second, by=desk.both, at=make.AT))
    actions.approve(revision=second, by=desk.publisher, at=make.AT)
    assert states(desk) == ["draft", "edited", "approved", "draft", "edited", "approved"]


def test_the_released_copy_is_one_canonical_document(desk: make.Desk) -> None:
    copy = make.released(desk)
    content = json.loads(copy.content)
    assert (copy.number, copy.digest) == (1, hex_digest(content))
    assert copy.content == canonical(content).decode()
    assert (content["format"], content["published_at"]) == ("soket-release/2", "2026-07-15T16:30:00+07:00")
    assert content["edition"] == {"number": 1, "digest": desk.edition.digest}
    assert (content["notices"], content["synthetic"], content["title"]) == ([], True, make.TITLE)
    claim = content["body"][2]["runs"][1]
    assert claim == {"kind": "claim", "text": "hơn 410 nghìn", "code": "04", "edition": desk.edition.digest}
    assert content["body"][2]["runs"][3] == {"kind": "plain", "text": "12 đơn vị"}
    assert [(item["printed"], item["display"]["vi"], item["exact"]["numerator"]) for item in content["figures"]] == [
        ("SK-THU-01", "66", "66"), ("SK-THU-02", f"75,0{NBSP}%", "3"), ("SK-THU-04", "hơn 410.000", "410000"),
    ]
    cited = [(row.figure, row.kind, row.ref_id, row.url) for row in reviews.citations_to(desk.edition)]
    assert cited == [(code, "publishing.article", str(desk.article.pk), "/cong-bo/ket-qua-so-ket/") for code in ("01", "02", "04")]
    names = Event.objects.filter(name__startswith="publishing.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["publishing.created", "publishing.revised", "publishing.sent", "publishing.approved", "publishing.published"]


def test_a_new_edition_calls_for_a_correction_that_the_machine_lists(desk: make.Desk) -> None:
    make.released(desk)
    assert queries.corrections_due(desk.editor, make.AT) == []
    second = make.second_edition(desk)
    assert [article.slug for article in queries.corrections_due(desk.editor, make.AT)] == [desk.article.slug]
    assert "không được để trống" in refused(lambda: make.revised(desk), "note")
    copy = make.released(desk, at=make.CORRECTED_AT, note="Bổ sung báo cáo gửi sau kỳ hạn.")
    content = json.loads(copy.content)
    assert (copy.number, states(desk)[-1], content["edition"]["number"]) == (2, "corrected", 2)
    (notice,) = content["notices"]
    assert (notice["number"], notice["note"], notice["title"]) == (2, "Bổ sung báo cáo gửi sau kỳ hạn.", None)
    assert [(item["code"], item["old"], item["new"]) for item in notice["figures"]] == [("01", "66", "88")]
    assert content["body"][0]["runs"][1] == {"kind": "claim", "text": "88", "code": "01", "edition": second.digest, "old": "66"}
    assert "old" not in content["body"][2]["runs"][1]
    assert content["first_published_at"] == "2026-07-15T16:30:00+07:00"
    assert queries.corrections_due(desk.editor, make.AT) == []
    assert Event.objects.filter(name="publishing.corrected").count() == 1


def test_a_changed_title_and_figures_that_come_and_go_are_listed(desk: make.Desk) -> None:
    make.released(desk)
    copy = make.released(desk, note="Sửa tên bài", title="Kết quả sau một năm", body="Có {{01}} buổi; đã nhận {{03}} báo cáo.")
    (notice,) = json.loads(copy.content)["notices"]
    assert notice["title"] == {"old": make.TITLE, "new": "Kết quả sau một năm"}
    assert [(item["code"], item["old"], item["new"]) for item in notice["figures"]] == [
        ("02", f"75,0{NBSP}%", ""), ("03", "", f"75,0{NBSP}%"), ("04", "hơn 410.000", ""),
    ]


def test_words_on_an_edition_that_was_replaced_are_not_published(desk: make.Desk) -> None:
    revision = make.revised(desk)
    actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
    actions.approve(revision=revision, by=desk.publisher, at=make.AT)
    make.second_edition(desk)
    assert "bản đóng băng mới hơn" in refused(lambda: actions.publish(revision=revision, by=desk.publisher, at=make.AT))
    assert not ReleasedCopy.objects.exists()
    assert "số đã đóng băng là 88" in refused(lambda: make.revised(desk, body="Có {{01|66}} buổi"), "body")


def test_what_waits_for_whom(desk: make.Desk) -> None:
    waits = lambda who: [item.detail for item in queries.waiting_for(who, make.AT)]  # noqa: E731
    with translation.override("vi"):
        assert waits(desk.editor) == ["Bản nháp cần hoàn thành và trình duyệt"]
        revision = make.revised(desk)
        actions.send_for_approval(revision=revision, by=desk.editor, at=make.AT)
        assert (waits(desk.editor), waits(desk.publisher), waits(desk.stranger)) == ([], ["Chờ duyệt"], [])
        actions.approve(revision=revision, by=desk.publisher, at=make.AT)
        assert waits(desk.publisher) == ["Đã duyệt: chờ công bố"]
        actions.publish(revision=revision, by=desk.publisher, at=make.AT)
        assert (waits(desk.editor), waits(desk.publisher)) == ([], [])
        make.second_edition(desk)
        assert waits(desk.editor) == ["Số liệu đã có bản mới thay thế: cần đính chính bài"]
        assert queries.waiting_for(desk.editor, make.AT)[0].late
        make.revised(desk, note="Bổ sung báo cáo")
        assert waits(desk.editor) == ["Bản nháp cần hoàn thành và trình duyệt"]


@pytest.mark.parametrize("model", [Revision, ArticleState, ReleasedCopy])
def test_sealed_rows_refuse_change_in_python_and_in_the_database(desk: make.Desk, model: Any) -> None:
    make.released(desk)
    row = model.objects.order_by("pk").first()
    with open_door(), pytest.raises(DoorClosed):
        row.save()
    for write in (lambda: model.objects.filter(pk=row.pk).update(id=row.pk + 1000), lambda: model.objects.filter(pk=row.pk).delete()):
        with open_door(), pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.parametrize("act", ["revision", "release"])
def test_the_database_holds_one_row_per_number(desk: make.Desk, act: str) -> None:
    copy = make.released(desk)
    row: Any = copy if act == "release" else copy.revision
    row.pk, row._state.adding = None, True
    with open_door(), pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=True)
