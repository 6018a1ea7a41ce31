"""An exemplar's way: written by its unit, recognised by another, published with its files, withdrawn in sight, cited and marked."""
from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from soket.audit.models import Event
from soket.exemplars import actions, queries, registry
from soket.exemplars.models import Exemplar, FigureFlag, Publication
from soket.files.actions import Upload
from soket.files.models import StoredFile
from soket.files.queries import is_public
from soket.files.rules import may_read
from soket.kernel.actor import Anonymous
from soket.kernel.door import Refused
from soket.reviews.models import Citation
from tests.factories import exemplars as make
from tests.factories import reporting
from tests.factories import reviews as reviewing
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db


def refused(at_field: str, act: object, **given: object) -> None:
    with pytest.raises(Refused) as told:
        act(**given)  # type: ignore[operator]
    assert at_field in told.value.errors


def test_a_draft_belongs_to_an_institution_and_is_written_by_its_unit(world: make.World) -> None:
    refused("unit", make.draft, world=world, by=world.second)
    refused("holder_kind", make.draft, world=world, holder_kind="citizen")
    for name, bad in (("title", ""), ("holder", " "), ("field", "sport"), ("description", ""), ("origin", "a\x07"), ("since", date(2026, 3, 3))):
        refused(name, make.draft, world=world, **{name: bad})
    first, second = make.draft(world), make.draft(world)
    assert (first.slug, second.slug) == ("to-tu-quan-o-khu-nha-tro", "to-tu-quan-o-khu-nha-tro-2")
    assert (first.office_id, first.since, first.state) == (world.centre.pk, None, "draft")
    assert make.draft(world, title="Của tôi").slug == "cua-toi-2"
    changed = actions.ExemplarDraft(
        title="Tên khác", holder_kind="official", holder="Trưởng Công an xã", field="culture", description="Mới", origin="Mới",
        movement=make.movement(world),
    )  # fmt: skip
    refused("unit", actions.rewrite, exemplar=first, draft=changed, by=world.decider, at=make.AT)
    actions.rewrite(exemplar=first, draft=changed, by=world.clerk, at=make.AT)
    first.refresh_from_db()
    assert (first.title, first.slug, first.field) == ("Tên khác", "to-tu-quan-o-khu-nha-tro", "culture")
    assert set(Event.objects.values_list("name", flat=True)) >= {"exemplars.drafted", "exemplars.changed"}


def test_parts_are_put_in_complete_and_taken_out_whole(world: make.World) -> None:
    found = make.draft(world)
    words = {"caption": "Buổi họp", "credit": "Công an xã", "by": world.clerk, "at": make.AT, "exemplar": found}
    picture = Upload(make.png(), "anh.png")
    for lacking in ({"caption": ""}, {"credit": " "}):
        refused(next(iter(lacking)), actions.add_photo, upload=picture, alternative="Một nhóm người", **{**words, **lacking})
    refused("alternative", actions.add_photo, upload=picture, **words)
    refused("alternative", actions.add_photo, upload=picture, alternative="Có", decorative=True, **words)
    refused("file", actions.add_photo, upload=Upload(samples.JPEG, "hong.jpg"), alternative="Một nhóm người", **words)
    refused("file", actions.add_photo, upload=Upload(samples.PDF, "anh.pdf"), alternative="Một nhóm người", **words)
    row = actions.add_photo(upload=picture, decorative=True, **words)
    assert (row.width, row.height, row.alternative) == (3, 2, "")
    refused("file", actions.add_photo, upload=picture, decorative=True, **words)
    given = {"exemplar": found, "title": "Quyết định", "by": world.clerk, "at": make.AT}
    refused("number", actions.add_evidence, **given)
    refused("public", actions.add_evidence, **given, number="1/QĐ", public=True)
    refused("dated", actions.add_evidence, **given, number="1/QĐ", dated=date(2026, 3, 3))
    paper = actions.add_evidence(**given, number="1/QĐ")
    refused("unit", actions.add_evidence, **{**given, "by": world.decider}, number="2/QĐ")
    refused("part", actions.drop_part, exemplar=found, kind="photo", part_id=paper.pk + 99, by=world.clerk, at=make.AT)
    refused("part", actions.drop_part, exemplar=found, kind="unit", part_id=paper.pk, by=world.clerk, at=make.AT)
    actions.drop_part(exemplar=found, kind="photo", part_id=row.pk, by=world.clerk, at=make.AT)
    assert (found.photos.count(), found.evidence.count(), StoredFile.objects.count()) == (0, 1, 1)
    assert Event.objects.filter(name="exemplars.part_added").count() == 2
    assert Event.objects.filter(name="exemplars.part_dropped").count() == 1


def test_recognised_by_another_person_only_and_returned_with_a_reason(world: make.World) -> None:
    found = make.draft(world)
    refused("evidence", actions.propose, exemplar=found, by=world.clerk, at=make.AT)
    make.filled(world, found)
    refused("unit", actions.propose, exemplar=found, by=world.second, at=make.AT)
    refused("state", actions.recognise, exemplar=found, by=world.decider, at=make.AT)
    make.proposed(world, found)
    refused("state", actions.rewrite, exemplar=found, draft=actions.ExemplarDraft("a", "official", "b", "economy", "c", "d"), by=world.clerk, at=make.AT)
    for other in (world.clerk, world.stranger, world.publisher, Anonymous()):
        refused("by", actions.recognise, exemplar=found, by=other, at=make.AT)
    refused("reason", actions.send_back, exemplar=found, reason="", by=world.decider, at=make.AT)
    actions.send_back(exemplar=found, reason="Thiếu số liệu trước khi áp dụng", by=world.decider, at=make.AT)
    make.proposed(world, found)
    actions.recognise(exemplar=found, by=world.office, at=make.AT)
    refused("state", actions.recognise, exemplar=found, by=world.decider, at=make.AT)
    acts = [row.act for row in queries.history(found)]
    assert acts == ["drafted", "proposed", "returned", "proposed", "recognised"]
    assert set(Event.objects.values_list("name", flat=True)) >= {"exemplars.proposed", "exemplars.returned", "exemplars.recognised"}


def test_whoever_wrote_or_proposed_never_decides_whatever_offices_they_hold(world: make.World) -> None:
    everything = reporting.person("nhieu-vai", report=world.one, decide=world.land.police["province"], programme=world.centre, publish=world.centre)
    found = make.filled(world, make.draft(world, by=everything), by=everything)
    actions.propose(exemplar=found, by=everything, at=make.AT)
    refused("by", actions.recognise, exemplar=found, by=everything, at=make.AT)
    actions.recognise(exemplar=found, by=world.decider, at=make.AT)
    refused("by", actions.publish, exemplar=found, by=everything, at=make.AT)
    assert [item.title for item in queries.waiting_for(everything, make.AT)] == []
    assert [item.url for item in queries.waiting_for(world.publisher, make.AT)] == [f"/dien-hinh/{found.slug}/cong-bo/"]


def test_whoever_wrote_a_part_does_not_decide_after_another_wrote_and_proposed(world: make.World) -> None:
    above = reporting.person("hai-vai", report=world.one, decide=world.land.police["province"], publish=world.centre)
    helper = reporting.person("phu-trach", report=world.one, programme=world.centre)
    found = make.draft(world, by=above)
    actions.add_evidence(exemplar=found, title="Biên bản", number="3/BB", by=helper, at=make.AT)
    other = actions.ExemplarDraft("Tên do người khác sửa", "collective", "Đội Phong trào", "defence", "Mô tả", "Xuất xứ")
    actions.rewrite(exemplar=found, draft=other, by=world.clerk, at=make.AT)
    actions.propose(exemplar=found, by=world.clerk, at=make.AT)
    for hand in (above, helper):
        refused("by", actions.recognise, exemplar=found, by=hand, at=make.AT)
        assert [item.url for item in queries.waiting_for(hand, make.AT)] == []
    actions.recognise(exemplar=found, by=world.decider, at=make.AT)
    refused("by", actions.publish, exemplar=found, by=above, at=make.AT)


def test_publishing_seals_a_copy_and_releases_only_what_it_shows(world: make.World) -> None:
    found = make.proposed(world)
    assert [item.url for item in queries.waiting_for(world.decider, make.AT)] == [f"/dien-hinh/{found.slug}/cong-nhan/"]
    actions.recognise(exemplar=found, document="55/QĐ-CAT", by=world.decider, at=make.AT)
    for other in (world.clerk, world.decider, world.stranger):
        refused("by", actions.publish, exemplar=found, by=other, at=make.AT)
    photo, (open_, closed) = found.photos.get().file, [row.file for row in found.evidence.all()]
    assert not is_public(photo)
    assert may_read(world.decider, closed) and not may_read(world.stranger, closed)
    row = actions.publish(exemplar=found, by=world.publisher, at=make.AT)
    assert (is_public(photo), is_public(open_), is_public(closed)) == (True, True, False)
    assert not may_read(Anonymous(), closed) and not may_read(world.stranger, closed) and may_read(world.clerk, closed)
    content = json.loads(row.content)
    assert (content["title"], content["unit"]["name"], content["photos"][0]["width"]) == ("Tổ tự quản ở khu nhà trọ", "Công an xã Bình Minh", 3)
    page = queries.published_page(row, make.TODAY, "vi", inside=False)
    assert [(one.number, bool(one.url), one.opening) for one in page.documents] == [("12/QĐ", True, "whole"), ("03/BB", False, "number")]
    refused("state", actions.propose, exemplar=found, by=world.clerk, at=make.AT)
    told = Event.objects.get(name="exemplars.published")
    assert photo.sha256 in told.body and closed.sha256 not in told.body


def test_what_was_published_and_withdrawn_stays_in_sight_until_it_is_mended(world: make.World) -> None:
    row = make.published(world)
    found = row.exemplar
    for other in (world.clerk, world.decider):
        refused("by", actions.withdraw, exemplar=found, reason="Số liệu sai", by=other, at=make.LATER)
    refused("reason", actions.withdraw, exemplar=found, reason=" ", by=world.publisher, at=make.LATER)
    actions.withdraw(exemplar=found, reason="Số liệu trước khi áp dụng chưa đúng", by=world.publisher, at=make.LATER)
    assert queries.withdrawal_of(found).reason == "Số liệu trước khi áp dụng chưa đúng"
    assert queries.published(found.slug) == row
    refused("unit", actions.reopen, exemplar=found, reason="Sửa", by=world.second, at=make.LATER)
    actions.reopen(exemplar=found, reason="Sửa số liệu", by=world.clerk, at=make.LATER)
    actions.rewrite(
        exemplar=found, draft=actions.ExemplarDraft("Tên đã sửa", "collective", "Đội Phong trào", "defence", "Mới", "Mới"), by=world.clerk, at=make.LATER
    )
    assert queries.published_page(queries.published(found.slug), make.TODAY, "vi", inside=False).content["title"] == "Tổ tự quản ở khu nhà trọ"
    page = LintingClient().get(f"/dien-hinh/{found.slug}/").content.decode()
    assert "Tổ tự quản ở khu nhà trọ" in page and "Tên đã sửa" not in page  # the draft is nobody else's yet
    found.refresh_from_db()
    again = make.published(world, found, make.LATER)
    assert (again.number, queries.withdrawal_of(found), queries.published(found.slug).title) == (2, None, "Tên đã sửa")
    assert Publication.objects.count() == 2
    assert set(Event.objects.values_list("name", flat=True)) >= {"exemplars.withdrawn", "exemplars.reopened"}


def test_who_reads_a_draft(world: make.World) -> None:
    found = make.draft(world)
    readers = (world.clerk, world.decider, world.office, world.publisher)
    assert [queries.exemplar_inside(who, found.slug, make.TODAY) for who in readers] == [found] * 4
    others = (world.second, world.stranger, Anonymous())
    assert [queries.exemplar_inside(who, found.slug, make.TODAY) for who in others] == [None] * 3
    assert queries.published(found.slug) is None


def bound(world: make.World, found: Exemplar, edition: Any, code: str = "01") -> Exemplar:
    """Sessions before (cited from outside) and after (the frozen figure)."""
    given = {"exemplar": found, "label": "Buổi tuyên truyền", "by": world.clerk, "at": make.LATER}
    actions.cite_figure(
        **given, side="before", period="năm 2024", value=1250, measure="buổi", citation="Báo cáo 12/BC-CAX ngày 20/12/2024", precision="over"
    )
    actions.bind_figure(**given, side="after", period="năm 2025", edition=edition, code=code)
    return found


def test_figures_are_bound_to_the_current_edition_or_cited_with_their_source(reviewed: make.World) -> None:
    world, found = reviewed, make.draft(reviewed)
    assert world.review is not None
    edition = reviewing.frozen(world.review)
    given = {"exemplar": found, "label": "Buổi tuyên truyền", "side": "before", "period": "năm 2024", "by": world.clerk, "at": make.LATER}
    cited = {**given, "value": 1250, "measure": "buổi", "citation": "Báo cáo 12/BC-CAX"}
    for name, bad in (("value", -1), ("measure", ""), ("citation", " "), ("precision", "exactly"), ("side", "during"), ("label", ""), ("period", "")):
        refused(name, actions.cite_figure, **{**cited, name: bad})
    refused("figure", actions.bind_figure, **given, edition=edition, code="99")
    bound(world, found, edition)
    refused("side", actions.cite_figure, **cited)
    page = queries.draft_page(found, make.TODAY, "vi")
    before, after = (side for _name, side in page.comparisons[0].sides)
    assert (before.ref.display, before.ref.state, before.source) == ("hơn 1.250 buổi", "external", "Báo cáo 12/BC-CAX ngày 20/12/2024")
    assert (after.ref.display, after.ref.state, after.ref.url) == ("66", "bound", "/so-ket/so-ket-thu/ban-1/so-lieu/01/")
    actions.cite_figure(**{**cited, "label": "Một vế"})
    make.filled(world, found, make.LATER)
    refused("figures", actions.propose, exemplar=found, by=world.clerk, at=make.LATER)
    assert (Citation.objects.count(), queries.as_ground(found.pk)) == (0, None)


def test_a_corrected_figure_marks_the_exemplar_with_old_new_and_when(reviewed: make.World, django_capture_on_commit_callbacks: Any) -> None:
    world = reviewed
    assert world.review is not None
    edition = reviewing.frozen(world.review)
    found = make.filled(world, bound(world, make.draft(world, make.LATER), edition), make.LATER)
    actions.bind_figure(
        exemplar=found, label="Xã đã ký", side="before", period="2025", edition=edition, code="02", by=world.clerk, at=make.LATER
    )
    actions.bind_figure(exemplar=found, label="Xã đã ký", side="after", period="2025", edition=edition, code="02", by=world.clerk, at=make.LATER)
    row = make.published(world, found, make.LATER)
    assert Citation.objects.filter(kind="exemplars.exemplar", ref_id=str(found.pk)).count() == 2
    ground = queries.as_ground(found.pk)
    assert ground is not None
    assert (ground.unit_id, ground.url, ground.figures) == (world.one.pk, f"/dien-hinh/{found.slug}/", [(edition.pk, "01"), (edition.pk, "02")])
    waiting = make.filled(world, bound(world, make.draft(world, title="Còn là dự thảo"), edition), make.LATER)
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.accept(world.review.round, world.land.front["two"])
        reviewing.frozen(world.review, reason="Bổ sung một báo cáo")
    assert sorted(FigureFlag.objects.values_list("exemplar__slug", "code", "changed")) == [(found.slug, "01", True), (found.slug, "02", False)]
    page = queries.published_page(row, make.TODAY, "vi", inside=False)
    marks = [side.correction for one in page.comparisons for _name, side in one.sides]
    assert [(mark.was, mark.now, mark.edition) if mark else None for mark in marks] == [None, ("66", "88", 2), None, None]
    after = page.comparisons[0].after
    assert after is not None
    assert (page.corrected, after.ref.state, after.ref.old_display, after.ref.url) == (True, "corrected", "66", "/so-ket/so-ket-thu/ban-2/so-lieu/01/")
    assert Event.objects.filter(name="exemplars.figure_flagged").count() == 2
    refused("figures", actions.propose, exemplar=waiting, by=world.clerk, at=make.LATER)
    again = actions.flag_figure(
        exemplar_id=found.pk, citation_id=Citation.objects.filter(figure="01").get().pk, newer_id=FigureFlag.objects.first().newer_id, changed=True,
        by=world.office, at=make.LATER,
    )  # fmt: skip
    assert again in FigureFlag.objects.all() and FigureFlag.objects.count() == 2


def test_links_of_upper_rooms_are_shown_once_and_only_where_they_lead(world: make.World) -> None:
    found = make.draft(world)

    def address(exemplar: Exemplar) -> str:
        return f"/khen-thuong/de-nghi/?dien-hinh={exemplar.pk}" if exemplar.field == "defence" else ""

    registry.register_link("Đề nghị khen thưởng từ điển hình này", address)
    registry.register_link("Đề nghị khen thưởng từ điển hình này", address)
    try:
        assert registry.links(found).count(("Đề nghị khen thưởng từ điển hình này", f"/khen-thuong/de-nghi/?dien-hinh={found.pk}")) == 1
        found.field = "culture"
        assert all("dien-hinh" not in url for _label, url in registry.links(found))
    finally:
        registry._links.remove(("Đề nghị khen thưởng từ điển hình này", address))
