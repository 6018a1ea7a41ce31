"""Papers: asked for, sent, decided on, tied to frozen figures that a new edition flags."""
from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from soket.conferences import actions
from soket.conferences.models import Paper, PaperDecision, PaperRevision
from soket.conferences.queries import agenda
from soket.conferences.queries import papers as queries
from soket.kernel.door import Refused
from tests.factories import conferences as make
from tests.factories import reviews
from tests.factories.reporting import person
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
HOME = "/hoi-nghi/hoi-nghi-thu/tham-luan/"
AT = make.STARTS - timedelta(days=9)


def called(world: make.World, key: str = "one") -> Paper:
    unit = world.review.land.police[key]
    return actions.call_paper(conference=world.conference, unit=unit, title="Kinh nghiệm ở cơ sở", minutes=10, by=world.office, at=AT)


def sent(world: make.World, paper: Paper, id: UUID | None = None, title: str = "Kinh nghiệm ở cơ sở") -> PaperRevision:
    at = AT + timedelta(minutes=paper.revisions.count())
    return actions.send_paper(id=id or uuid4(), paper=paper, title=title, summary="Nội dung", by=world.desk_one, at=at)


def state(paper: Paper) -> str:
    return Paper.objects.get(pk=paper.pk).state


def test_a_paper_is_asked_for_sent_returned_sent_again_and_accepted(world: make.World) -> None:
    paper = called(world)
    first = sent(world, paper)
    with pytest.raises(Refused):
        actions.decide_paper(revision=first, accepted=False, by=world.office, at=AT)
    actions.decide_paper(revision=first, accepted=False, remarks="Bổ sung số liệu", by=world.office, at=AT)
    assert state(paper) == "returned"
    second = sent(world, paper)
    with pytest.raises(Refused):
        actions.decide_paper(revision=first, accepted=True, by=world.office, at=AT)
    actions.decide_paper(revision=second, accepted=True, by=world.office, at=AT)
    assert state(paper) == "accepted"
    with pytest.raises(Refused):
        sent(world, paper)
    assert (PaperRevision.objects.count(), PaperDecision.objects.count()) == (2, 2)


def test_the_same_id_is_harmless_and_other_content_under_it_is_refused(world: make.World) -> None:
    paper, id = called(world), uuid4()
    assert sent(world, paper, id).pk == sent(world, paper, id).pk
    with pytest.raises(Refused):
        sent(world, paper, id, "Tên khác")
    assert PaperRevision.objects.count() == 1


def test_a_unit_sends_only_its_own_and_a_dropped_paper_takes_nothing(world: make.World) -> None:
    paper = called(world, "two")
    with pytest.raises(Refused):
        sent(world, paper)
    mine = called(world)
    actions.drop_paper(paper=mine, reason="Đơn vị xin rút", by=world.office, at=AT)
    with pytest.raises(Refused):
        sent(world, mine)


def test_figures_come_from_the_frozen_edition_with_the_units_own_part(world: make.World) -> None:
    paper = called(world)
    actions.bind_figure(paper=paper, edition=world.edition, code="01", by=world.desk_one, at=AT)
    actions.bind_figure(paper=paper, edition=world.edition, code="01", by=world.desk_one, at=AT)
    (figure, own), = queries.figures_of(paper, "vi")
    assert (figure.display, figure.url) == ("66", "/so-ket/so-ket-thu/ban-1/so-lieu/01/")
    assert own
    actions.put_item(conference=world.conference, kind="paper", title="Tham luận", minutes=10, paper=paper, by=world.office, at=AT)
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT)
    line = agenda.issued(world.conference)[0]
    assert line.paper is not None
    assert [(one["code"], one["display_vi"], one["edition"]) for one in line.paper["figures"]] == [("SK-THU-01", "66", 1)]
    with pytest.raises(Refused):
        actions.bind_figure(paper=called(world, "two"), edition=world.edition, code="01", by=world.desk_one, at=AT)


def test_a_newer_edition_flags_the_paper(world: make.World) -> None:
    paper = called(world)
    actions.bind_figure(paper=paper, edition=world.edition, code="01", by=world.office, at=AT)
    assert queries.flagged([paper]) == set()
    reviews.frozen(world.review, reason="Sửa số liệu")
    assert queries.flagged([paper]) == {paper.pk}
    actions.loose_figure(figure=paper.figures.get(), by=world.office, at=AT)
    assert paper.figures.count() == 0


def test_what_others_have_sent_is_not_found_until_it_is_accepted(world: make.World, client: LintingClient) -> None:
    paper = called(world)
    revision = sent(world, paper)
    for who, status in ((world.office, 200), (world.desk_one, 200), (world.desk_two, 404), (world.stranger, 404)):
        client.force_login(who)
        assert client.get(f"{HOME}{paper.pk}/").status_code == status
    actions.decide_paper(revision=revision, accepted=True, by=world.office, at=AT)
    client.force_login(world.desk_two)
    assert client.get(f"{HOME}{paper.pk}/").status_code == 200


def test_the_way_through_the_pages(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    assert client.get(HOME + "moi/").status_code == 200
    client.post(HOME + "moi/", {"unit": str(world.one.host_id), "title": "Kinh nghiệm", "minutes": "10"})
    paper = Paper.objects.get()
    client.force_login(world.desk_one)
    page = f"{HOME}{paper.pk}/"
    assert client.get(page).status_code == 200
    refused = client.post(page, {"revision": str(uuid4()), "title": "Tên đã gõ", "summary": ""})
    assert "Hãy chọn tệp hoặc nhập nội dung." in refused.content.decode()
    assert "Tên đã gõ" in refused.content.decode()
    client.post(page + "so-lieu/", {"figure": f"{world.edition.pk}:01"})
    client.post(page, {"revision": str(uuid4()), "title": "Kinh nghiệm", "summary": "Nội dung"})
    client.force_login(world.office)
    assert "01" in client.get(page).content.decode()
    client.post(page + "quyet-dinh/", {"verdict": "yes", "remarks": ""})
    assert state(paper) == "accepted"
    client.post(page + "bo/", {"reason": "Hết thời gian"})
    assert state(paper) == "dropped"
    assert client.get(HOME).status_code == 200


def test_a_file_that_is_too_large_is_refused_and_what_was_typed_stays(world: make.World, client: LintingClient) -> None:
    paper = called(world)
    client.force_login(world.desk_one)
    large = SimpleUploadedFile("tham-luan.pdf", b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024 + 1))
    answer = client.post(f"{HOME}{paper.pk}/", {"revision": str(uuid4()), "title": "Tên đã gõ", "summary": "Chữ đã gõ", "file": large})
    assert "Chữ đã gõ" in answer.content.decode()
    assert PaperRevision.objects.count() == 0


def test_nobody_decides_on_their_own_paper(world: make.World) -> None:
    unit = world.review.land.police["centre"]
    paper = actions.call_paper(conference=world.conference, unit=unit, title="Của cơ quan", minutes=5, by=world.office, at=AT)
    both = person("ca-hai", report=unit, programme=unit)
    revision = actions.send_paper(id=uuid4(), paper=paper, title="Của cơ quan", summary="Nội dung", by=both, at=AT)
    with pytest.raises(Refused):
        actions.decide_paper(revision=revision, accepted=True, by=both, at=AT)
    assert state(paper) == "submitted"
