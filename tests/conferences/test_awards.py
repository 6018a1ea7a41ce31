"""Awards given their sites, handed over at a desk with and without a line, and taken back."""
from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from soket.audit.models import Event
from soket.commendations import actions as commendations
from soket.commendations.models import Award, Handing
from soket.commendations.queries.register import award_state
from soket.conferences import actions
from soket.conferences.models import ConferenceReview, Handover, SiteAward
from soket.conferences.queries import attendance
from soket.conferences.queries import awards as queries
from soket.conferences.rules import DeskActor
from soket.kernel.clock import now, today
from soket.kernel.door import Refused, open_door
from tests.factories import commendations as awarding
from tests.factories import conferences as make
from tests.factories import decisions as acts
from tests.factories.reporting import area, person, unit
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
OURS = {"HTTP_X_SOKET_DESK": "1"}


class Ceremony:
    """A conference over the campaign's review: sites at the centre, at the province and at the police of commune one."""

    def __init__(self) -> None:
        self.world = awarding.world()
        self.held = make.conference(self.world.edition, self.world.police["centre"])
        at = now()
        with open_door():
            type(self.held).objects.filter(pk=self.held.pk).update(starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
        self.held.refresh_from_db()
        self.centre = make.site(self.held, self.world.police["centre"], "centre", 0)
        self.province = make.site(self.held, self.world.police["province"], "province", 1)
        self.one = make.site(self.held, self.world.police["one"], "commune", 2)
        self.keeper = person("ban-mot", report=self.world.police["one"])
        self.base = f"/hoi-nghi/{self.held.slug}/"

    def plan(self, places: dict[int, int | None], **more: Any) -> int:
        return actions.plan_awards(conference=self.held, places=places, by=self.world.office, at=now(), **more)

    def desk(self) -> Client:
        """A browser that keeps the desk of commune one."""
        _made, token = actions.let_in_device(site=self.one, label="Điện thoại ở bàn trao", by=self.keeper, at=now())
        client = LintingClient()
        assert client.post("/ban/vao/", {"key": f"http://localhost/ban/#{token}"}).status_code == 302
        return client


@pytest.fixture
def ceremony(db: None) -> Ceremony:
    return Ceremony()


def post(client: Client, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = client.post(path, json.dumps(body), content_type="application/json", **OURS)
    return answer.status_code, answer.json()


def test_awards_go_to_the_site_of_the_unit_its_superior_or_its_province(ceremony: Ceremony) -> None:
    world = ceremony.world
    one, two, province = acts.awarded(world, world.police["one"], world.police["two"], world.police["province"])
    front = acts.awarded(world, world.front["one"], of=world.front_form)[0]
    far = unit("front", "Ủy ban MTTQ tỉnh Xa", 1, world.front["centre"], area("tỉnh Xa", 1))
    away = acts.awarded(world, far, of=world.front_form)[0]
    rows = list(queries.of(ceremony.held))
    best = {pk: site.pk for pk, site in queries.suggested(ceremony.held, rows).items()}
    assert best == {one.pk: ceremony.one.pk, two.pk: ceremony.province.pk, province.pk: ceremony.province.pk, front.pk: ceremony.province.pk}
    assert away.pk not in best, "no site of its line and none in its province: nothing is guessed"
    central = acts.awarded(world, unit("police", "Cục Một", 1, world.police["centre"]))[0]
    assert queries.suggested(ceremony.held, [central])[central.pk] == ceremony.centre
    assert ceremony.plan({one.pk: ceremony.one.pk, two.pk: ceremony.province.pk}, handed_by="Chủ tịch UBND tỉnh") == 2
    assert ceremony.plan({one.pk: ceremony.one.pk, two.pk: ceremony.one.pk}) == 1
    assert list(SiteAward.objects.order_by("award").values_list("site", "handed_by")) == [
        (ceremony.one.pk, "Chủ tịch UBND tỉnh"), (ceremony.one.pk, "Công an xã Bình Minh"),
    ]  # fmt: skip
    assert ceremony.plan({two.pk: None}) == 1
    counts = queries.counts(ceremony.held)
    assert (counts.total, counts.placed, counts.handed, counts.cancelled) == (6, 1, 0, 0)
    assert [json.loads(row.body)["payload"]["count"] for row in Event.objects.filter(name="conferences.awards_planned").order_by("id")] == [2, 1, 1]


def test_what_cannot_be_planned_is_refused(ceremony: Ceremony) -> None:
    world = ceremony.world
    one, two = acts.awarded(world, world.police["one"], world.police["two"])
    other = make.conference(world.edition, world.police["centre"], "hoi-nghi-hai", "HN-HAI")
    elsewhere = make.site(other, world.police["two"])
    with open_door():
        ConferenceReview.objects.filter(conference=other).delete()
    for places in ({one.pk: elsewhere.pk}, {one.pk: 999999}, {999999: ceremony.one.pk}):
        with pytest.raises(Refused):
            ceremony.plan(places)
    with pytest.raises(Refused):
        actions.plan_awards(conference=ceremony.held, places={one.pk: ceremony.one.pk}, by=ceremony.keeper, at=now())
    with pytest.raises(Refused, match="không thuộc hội nghị"):
        actions.plan_awards(conference=other, places={one.pk: elsewhere.pk}, by=world.office, at=now())
    ceremony.plan({one.pk: ceremony.one.pk})
    actions.hand_over(id=uuid4(), site=ceremony.one, given=one, device_at=now(), by=ceremony.keeper, at=now())
    with pytest.raises(Refused, match="đã được trao"):
        ceremony.plan({one.pk: ceremony.province.pk})
    commendations.cancel(
        id=uuid4(), awards=[two], ground="false_declaration", finding="Khai sai.", dated=acts.LAST, signer_post="Bộ trưởng", by=world.signer, at=acts.LATER
    )
    with pytest.raises(Refused, match="bị hủy bỏ"):
        ceremony.plan({two.pk: ceremony.one.pk})


def test_a_desk_hands_its_awards_over_by_one_button_each_and_takes_one_back(ceremony: Ceremony) -> None:
    world = ceremony.world
    one, two, gone = acts.awarded(world, world.police["one"], world.police["two"], world.police["province"])
    away = acts.awarded(world, world.front["one"], of=world.front_form)[0]
    ceremony.plan({row.pk: ceremony.one.pk for row in (one, two, gone)}, handed_by="Giám đốc Công an tỉnh")
    ceremony.plan({away.pk: ceremony.centre.pk})
    commendations.cancel(
        id=uuid4(), awards=[gone], ground="false_declaration", finding="Khai sai.", dated=acts.LAST, signer_post="Bộ trưởng", by=world.signer, at=acts.LATER
    )
    client = ceremony.desk()
    page = client.get("/ban/").content.decode()
    assert page.count('name="what" value="given"') == 2
    assert "Công an xã Đông Hải, Công an tỉnh Mẫu" in page
    assert "Ủy ban MTTQ" not in page, "awards of other sites are not listed here"
    assert [(row["who"].split(",")[0], row["state"]) for row in client.get("/ban/danh-sach.json").json()["awards"]] == [
        ("Công an xã Bình Minh", "open"), ("Công an xã Đông Hải", "open"), ("Công an tỉnh Mẫu", "gone"),
    ]  # fmt: skip
    key = str(uuid4())
    assert client.post("/ban/", {"what": "given", "id": key, "award_id": one.pk}).status_code == 302
    assert "Bằng khen của Bộ trưởng Bộ Công an, Công an xã Bình Minh, Công an tỉnh Mẫu" in client.get("/ban/").content.decode()
    kept = Handing.objects.get()
    assert (str(kept.pk), kept.site, kept.handed_by, kept.held_kind, kept.held_key, kept.url, kept.by_label) == (
        key, ceremony.one.name, "Giám đốc Công an tỉnh", "conferences.site", str(ceremony.one.pk), ceremony.base, f"Điện thoại ở bàn trao, {ceremony.one.name}",
    )  # fmt: skip
    assert client.post("/ban/", {"what": "given", "id": str(uuid4()), "award_id": one.pk}).status_code == 302
    assert "đã được trao" in client.get("/ban/").content.decode(), "a second time is shown as done"
    assert client.post("/ban/", {"what": "given", "id": str(uuid4()), "award_id": away.pk}).status_code == 404
    assert client.post("/ban/", {"what": "given", "id": key, "award_id": two.pk}).status_code == 302
    assert award_state(two).handed is None, "an id says one award"
    assert client.post("/ban/", {"what": "strike", "raw": key}).status_code == 302
    assert (award_state(one).handed, Handover.objects.count(), Handing.objects.count()) == (None, 2, 2)
    assert client.post("/ban/", {"what": "given", "id": str(uuid4()), "award_id": one.pk}).status_code == 302
    again = award_state(one).handed
    commendations.strike_handing(id=uuid4(), handing=again, by=world.clerk, at=now())
    assert attendance.handovers(ceremony.held, ceremony.one) == [], "struck by the issuer it is not shown as handed over"


def test_the_outbox_sends_awards_and_a_wrong_clock_loses_none(ceremony: Ceremony) -> None:
    world = ceremony.world
    one, two, away = acts.awarded(world, world.police["one"], world.police["two"], world.police["province"])
    ceremony.plan({one.pk: ceremony.one.pk, two.pk: ceremony.one.pk, away.pk: ceremony.centre.pk})
    client, key = ceremony.desk(), str(uuid4())
    sent = {"id": key, "award": "chữ của trang", "award_id": str(one.pk), "at": datetime(1970, 1, 1, tzinfo=UTC).isoformat()}
    for _again in range(2):
        status, told = post(client, "/ban/trao.json", sent)
        assert (status, told["award_id"], told["award"]) == (200, one.pk, "Bằng khen của Bộ trưởng Bộ Công an")
    assert Handing.objects.get().on == today(), "a clock that lost its year says the day on which the server heard of it"
    assert post(client, "/ban/trao.json", {**sent, "id": str(uuid4())})[0] == 409
    assert post(client, "/ban/trao.json", {**sent, "award_id": str(two.pk)})[0] == 409
    assert post(client, "/ban/trao.json", {**sent, "id": str(uuid4()), "award_id": str(away.pk)})[0] == 409
    assert post(client, "/ban/trao.json", {**sent, "id": str(uuid4()), "award_id": "x"})[0] == 400
    free = {"id": str(uuid4()), "award": "Hoa", "recipient": "Công an xã", "handed_by": "Chủ tịch UBND xã", "at": now().isoformat()}
    assert post(client, "/ban/trao.json", free)[0] == 200, "what is no award of ours is still kept in words"
    assert (Handing.objects.count(), Handover.objects.count()) == (1, 2)
    stranger = DeskActor(1, ceremony.centre.pk, "Thiết bị nơi khác")
    with pytest.raises(Refused):
        commendations.hand_over(
            id=uuid4(), award=two, site="Nơi khác", on=acts.LAST, handed_by="x", received_by="y", held_kind="conferences.site",
            held_key=str(ceremony.one.pk), by=stranger, at=now(),
        )  # fmt: skip


def test_the_office_plans_on_a_page_that_others_do_not_find(ceremony: Ceremony, django_assert_num_queries: Any) -> None:
    world, url = ceremony.world, f"{ceremony.base}trao-khen/"
    client = LintingClient()
    for who in (ceremony.keeper, world.clerk, world.stranger):
        client.force_login(who)
        assert client.get(url).status_code == 404
    client.force_login(world.office)
    assert "Chưa có khen thưởng nào" in client.get(url).content.decode()
    first = acts.awarded(world, world.police["one"])[0]
    client.get(url)
    with django_assert_num_queries(17):
        client.get(url)
    acts.awarded(world, world.police["two"], world.police["province"])
    with django_assert_num_queries(17):
        client.get(url)
    assert client.post(url, {"what": "fit"}).status_code == 302
    assert dict(SiteAward.objects.values_list("site__name", "handed_by").order_by("award")) == {
        ceremony.one.name: "Công an xã Bình Minh", ceremony.province.name: "Công an tỉnh Mẫu",
    }  # fmt: skip
    page = client.get(url).content.decode()
    assert "3/3 khen thưởng đã phân điểm cầu; đã trao 0" in page
    choices = {f"site-{pk}": str(ceremony.centre.pk) for pk in Award.objects.values_list("pk", flat=True)}
    assert client.post(url, {**choices, f"site-{first.pk}": "", "handed_by": "Bộ trưởng"}).status_code == 302
    assert set(SiteAward.objects.values_list("site", "handed_by")) == {(ceremony.centre.pk, "Bộ trưởng")}
    assert SiteAward.objects.count() == 2
    assert client.get(f"{url}?diem-cau=0").content.decode().count("chưa phân điểm cầu</span>") == 1
    assert "Công an xã Bình Minh" in client.get(f"{url}?diem-cau=0").content.decode()
    assert client.get(f"{url}?diem-cau={ceremony.centre.pk}").content.decode().count("Đã phân</span>") == 2
    assert client.post(url, {**choices, f"site-{first.pk}": "987654"}).status_code == 200
