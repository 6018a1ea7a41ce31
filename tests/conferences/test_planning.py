"""Preparing a conference: begun, sites from the tree, delegates in protocol order, opened to the public."""
from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.models import Conference, Delegate, Site
from soket.conferences.queries import planning as queries
from soket.kernel.door import Refused
from tests.factories import conferences as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
AT = make.STARTS - timedelta(days=20)
HOME = "/hoi-nghi/hoi-nghi-thu/"


def begun(world: make.World, **other: Any) -> Conference:
    given = {
        "slug": "hoi-nghi-moi", "code": "HN-MOI", "title": "Hội nghị mới", "office": world.review.land.police["centre"], "chaired_by": "Bộ Công an",
        "starts_at": make.STARTS, "ends_at": make.STARTS + timedelta(hours=3), "reviews": [world.edition.review], "by": world.office, "at": AT,
    }  # fmt: skip
    return actions.create_conference(**{**given, **other})


def test_a_conference_holds_its_reviews_and_belongs_to_the_office(world: make.World) -> None:
    made = begun(world)
    assert [row.review.code for row in queries.reviews_of(made)] == ["SK-THU"]
    assert (made.stage, made.budget_s, made.open_to_public) == ("planning", 600, False)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("slug", {"slug": "hoi-nghi-thu"}), ("slug", {"slug": "moi"}), ("code", {"code": "hn 1"}), ("code", {"code": "HN-THU"}), ("title", {"title": " "}),
        ("ends_at", {"ends_at": make.STARTS}), ("reviews", {"reviews": []}), ("budget_minutes", {"budget_minutes": 601}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(world: make.World, field: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        begun(world, **wrong)
    assert list(refused.value.errors or {}) == [field]
    assert Conference.objects.count() == 1


def test_another_office_begins_nothing_here(world: make.World) -> None:
    with pytest.raises(Refused) as refused:
        begun(world, by=world.desk_one)
    assert list(refused.value.errors or {}) == ["office"]


def test_sites_come_from_the_tree_once_each_and_come_back_when_added_again(world: make.World) -> None:
    made, police = begun(world), world.review.land.police
    fresh, held = queries.proposed(made, "police", 3, None)
    assert ([node.id for node in fresh], held) == ([police["one"].pk, police["two"].pk], [])
    assert actions.add_sites(conference=made, units=[police["centre"].pk, *[node.id for node in fresh]], by=world.office, at=AT) == 3
    assert actions.add_sites(conference=made, units=[police["one"].pk], by=world.office, at=AT) == 0
    assert [(site.kind, site.order) for site in made.sites.order_by("order")] == [("centre", 0), ("commune", 1), ("commune", 2)]
    gone = made.sites.get(host=police["one"])
    actions.withdraw_site(site=gone, by=world.office, at=AT)
    assert queries.numbers(made).sites == 2
    assert actions.add_sites(conference=made, units=[police["one"].pk], by=world.office, at=AT) == 1
    assert Site.objects.get(pk=gone.pk).withdrawn_at is None
    with pytest.raises(Refused):
        actions.add_sites(conference=made, units=[999999], by=world.office, at=AT)


def test_adding_many_sites_takes_as_many_queries_as_adding_one(world: make.World, django_assert_max_num_queries: Any) -> None:
    made, police = begun(world), world.review.land.police
    actions.add_sites(conference=made, units=[police["centre"].pk], by=world.office, at=AT)
    with django_assert_max_num_queries(14):
        actions.add_sites(conference=made, units=[police["one"].pk, police["two"].pk, world.review.land.front["one"].pk], by=world.office, at=AT)


def test_delegates_are_numbered_once_and_keep_their_titles_in_order(world: make.World) -> None:
    def add(*titles: str, **other: Any) -> Delegate:
        given = {"conference": world.conference, "site": world.one, "unit": world.one.host, "titles": titles, "by": world.office, "at": AT}
        return actions.add_delegate(**{**given, **other})

    first = add("Ủy viên Ban Thường vụ", "Trưởng Công an xã")
    assert (first.number, [title.text for title in first.titles.all()]) == (7, ["Ủy viên Ban Thường vụ", "Trưởng Công an xã"])
    actions.withdraw_delegate(delegate=first, by=world.office, at=AT)
    assert add("Phó Trưởng Công an xã").number == 8
    for field, wrong in (("titles", {"titles": ()}), ("role", {"role": "king"}), ("site", {"site": make.site(begun(world), world.one.host)})):
        with pytest.raises(Refused) as refused:
            add("Chức danh", **wrong)
        assert list(refused.value.errors or {}) == [field]
    assert len(set(Delegate.objects.values_list("badge", flat=True))) == Delegate.objects.count()


def test_a_site_with_delegates_stays(world: make.World) -> None:
    with pytest.raises(Refused):
        actions.withdraw_site(site=world.one, by=world.office, at=AT)


def test_it_opens_to_the_public_with_an_issued_agenda_only(world: make.World, client: LintingClient) -> None:
    with pytest.raises(Refused):
        actions.open_to_public(conference=world.conference, open=True, by=world.office, at=AT)
    actions.put_item(conference=world.conference, kind="opening", title="Khai mạc", minutes=5, by=world.office, at=AT)
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT)
    for open, status in ((True, 200), (False, 404)):
        actions.open_to_public(conference=world.conference, open=open, by=world.office, at=AT)
        assert client.get(HOME).status_code == status
    names = set(Event.objects.filter(name__startswith="conferences.").values_list("name", flat=True))
    assert {"conferences.opened_to_public", "conferences.closed_to_public"} <= names


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_way_through_the_pages(world: make.World, client: LintingClient, language: str) -> None:
    client.force_login(world.office)
    client.cookies["soket_language"] = language
    assert client.get("/hoi-nghi/moi/").status_code == 200
    sent = {
        "title": "Hội nghị mới", "reviews": [str(world.edition.review_id)], "code": "HN-MOI", "slug": "hoi-nghi-moi", "office": str(world.conference.office_id),
        "chaired_by": "Bộ Công an", "starts_at": "2026-07-15T08:00", "ends_at": "2026-07-15T07:00", "place": "Hà Nội", "budget_minutes": "10",
    }  # fmt: skip
    refused = client.post("/hoi-nghi/moi/", sent)
    assert (refused.status_code, Conference.objects.count()) == (200, 1)
    assert 'value="Hội nghị mới"' in refused.content.decode()
    assert client.post("/hoi-nghi/moi/", {**sent, "ends_at": "2026-07-15T11:00"}).status_code == 302
    home = "/hoi-nghi/hoi-nghi-moi/"
    chosen = {"line": "police", "level": "3", "under": ""}
    assert client.get(home + "them-diem-cau/").status_code == 200
    assert client.get(home + "them-diem-cau/", chosen).content.decode().count("<li><span>") == 2
    assert client.post(home + "them-diem-cau/", chosen).status_code == 302
    assert client.get(home + "them-diem-cau/", chosen).status_code == 200
    site = Site.objects.get(conference__slug="hoi-nghi-moi", host=world.review.land.police["one"])
    assert client.get(home + "dai-bieu/").status_code == 200
    assert client.get(home + "dai-bieu/them/").status_code == 200
    given = {"site": str(site.pk), "line": "front", "titles": "Chủ tịch Ủy ban Mặt trận\r\nỦy viên", "name": "", "role": "delegate"}
    assert client.post(home + "dai-bieu/them/", given).status_code == 302
    listed = Delegate.objects.get(site=site)
    assert (listed.unit_id, listed.titles.count()) == (world.review.land.front["one"].pk, 2)
    for path in ("", "dai-bieu/"):
        assert client.get(home + path).status_code == 200
    assert client.post(f"{home}dai-bieu/{listed.pk}/bo/").status_code == 302
    assert client.post(f"{home}diem-cau/{site.pk}/bo/").status_code == 302
    client.post(home + "cong-khai/", {"open": "1"})
    assert Conference.objects.get(slug="hoi-nghi-moi").open_to_public is False
    assert client.get(home).status_code == 200


def test_only_the_office_reaches_the_preparing_pages(world: make.World, client: LintingClient) -> None:
    for who in (world.desk_one, world.stranger):
        client.force_login(who)
        assert client.get("/hoi-nghi/moi/").status_code == 404
        for path in ("them-diem-cau/", "dai-bieu/", "dai-bieu/them/"):
            assert client.get(HOME + path).status_code == 404
        for path in (f"diem-cau/{world.one.pk}/bo/", "dai-bieu/1/bo/", "cong-khai/"):
            assert client.post(HOME + path).status_code == 404
