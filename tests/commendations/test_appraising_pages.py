"""Pages of appraisal: the board with its filters, both clocks on the nomination's page, acts, look-alikes."""
from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from soket.commendations import actions
from soket.commendations.models import AppraisalAct, HolidayYear, Nomination, Twin
from soket.kernel.door import open_door
from tests.commendations.chamber import AT, came
from tests.factories import commendations as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database

BOARD = reverse("commendations:appraisals")
BUDGET = 15


def _text(client: LintingClient, url: str) -> str:
    return client.get(url).content.decode()


def _act(nomination: Nomination, appraisal: object, way: str) -> str:
    return reverse("commendations:appraise", args=[nomination.pk, appraisal.pk, way])  # type: ignore[attr-defined]


def test_the_board_is_the_authoritys_own_and_many_are_received_at_once(world: make.World, client: LintingClient) -> None:
    rows = [make.nomination(world, world.police[place], state="confirmed") for place in ("one", "two")]
    leads = [came(row, timezone.now())[world.police["centre"].pk] for row in rows]
    client.force_login(world.clerk)
    page = _text(client, BOARD)
    assert "Chờ tiếp nhận" in page
    assert page.count('id="a-') == 2
    assert page.count("Cơ quan hiệp y") == 3  # the column's head, and its label in each row
    answer = client.post(BOARD, {"appraisal": [leads[0].pk, leads[1].pk, 10**8], "act": "agree"}).content.decode()
    assert answer.count("chưa thực hiện") == 2
    answer = client.post(BOARD, {"appraisal": [leads[0].pk], "act": "receive"}).content.decode()
    assert "Kết quả" in answer
    assert AppraisalAct.objects.filter(kind="received").count() == 1
    assert f'value="{leads[0].pk}"' not in _text(client, f"{BOARD}?hien=tiep-nhan")
    assert f'value="{leads[0].pk}"' in _text(client, f"{BOARD}?hien=tham-dinh")
    assert "Chọn ít nhất một hồ sơ" in client.post(BOARD, {"act": "receive"}).content.decode()
    client.force_login(world.front_clerk)
    assert f'value="{leads[0].pk}"' not in _text(client, BOARD)
    for person in (world.reporter, world.members[0], world.office, world.signer):
        client.force_login(person)
        assert client.get(BOARD).status_code == 404


def test_late_due_soon_and_waiting_for_the_partner_are_filters(world: make.World, client: LintingClient) -> None:
    long_ago = timezone.now() - timedelta(days=90)
    late, waiting, fresh = (make.nomination(world, world.police["one"], state="confirmed", person_name=f"Người {n}") for n in (1, 2, 3))
    came(late, long_ago)
    lead = came(waiting, timezone.now())[world.police["centre"].pk]
    came(fresh, timezone.now())
    actions.receive_dossier(appraisal=lead, by=world.clerk, at=timezone.now())
    actions.agree_to(appraisal=lead, by=world.clerk, at=timezone.now())
    client.force_login(world.clerk)
    shown = {name: _text(client, f"{BOARD}?hien={name}&dot={world.campaign.slug}") for name in ("qua-han", "cho-hiep-y", "sap-den-han", "xong")}
    assert [("Người 1," in page, "Người 2," in page, "Người 3," in page) for page in shown.values()] == [
        (True, False, False), (False, True, False), (False, False, True), (False, False, False)
    ]  # fmt: skip
    assert "quá hạn" in shown["qua-han"]
    assert _text(client, f"{BOARD}?hien=la&dot=khong-co").count('id="a-') == 0


def test_the_board_asks_the_same_number_of_questions_for_one_row_and_three(world: make.World, client: LintingClient) -> None:
    client.force_login(world.clerk)
    counts = []
    for number in range(3):
        came(make.nomination(world, world.police["one"], state="confirmed", person_name=f"Người {number}"))
        with CaptureQueriesContext(connection) as told:
            client.get(BOARD)
        counts.append(len(told))
    assert counts[0] == counts[2] == BUDGET


def test_both_clocks_stand_side_by_side_and_each_authority_acts_on_its_own(world: make.World, client: LintingClient) -> None:
    nomination = make.nomination(world, world.police["one"], state="confirmed")
    rows = came(nomination, timezone.now())
    lead, partner = rows[world.police["centre"].pk], rows[world.front["centre"].pk]
    page = reverse("commendations:nomination", args=[nomination.pk])
    client.force_login(world.clerk)
    told = _text(client, page)
    assert told.count("Hạn tiếp nhận hoặc yêu cầu bổ sung") == 2
    assert _act(nomination, lead, "tiep-nhan") in told
    assert _act(nomination, partner, "tiep-nhan") not in told
    assert "Nội dung phải bổ sung" in _text(client, _act(nomination, lead, "bo-sung"))
    assert client.get(_act(nomination, partner, "tiep-nhan")).status_code == 404
    assert client.get(_act(nomination, lead, "xoa")).status_code == 404
    assert client.post(_act(nomination, lead, "tiep-nhan"), {}).status_code == 302
    assert client.post(_act(nomination, lead, "dong-y"), {"reason": "Đủ tiêu chuẩn"}).status_code == 302
    client.force_login(world.front_clerk)
    assert "ý kiến hiệp y" in _text(client, _act(nomination, partner, "khong-dong-y"))
    assert 'class="err"' in client.post(_act(nomination, partner, "khong-dong-y"), {}).content.decode()
    assert client.post(_act(nomination, partner, "khong-dong-y"), {"reason": "Chưa đủ"}).status_code == 302
    told = _text(client, page)
    assert "Phải có sự đồng ý của cả hai cơ quan" in told
    for person in (world.reporter, world.confirmer):
        client.force_login(person)
        told = _text(client, page)
        assert "Chưa đủ" in told
        assert "/tham-dinh/" not in told
        assert client.get(_act(nomination, lead, "tiep-nhan")).status_code == 404
    client.force_login(world.stranger)
    assert client.get(_act(nomination, lead, "tiep-nhan")).status_code == 404


def test_a_day_in_a_year_whose_days_off_are_not_entered_says_so(world: make.World, client: LintingClient) -> None:
    with open_door():
        HolidayYear.objects.all().delete()
    nomination = make.nomination(world, world.police["one"], state="confirmed")
    came(nomination, timezone.now())
    client.force_login(world.clerk)
    assert "chưa được nhập nên ngày này có thể thay đổi" in _text(client, reverse("commendations:nomination", args=[nomination.pk]))
    with open_door():
        bare = make.nomination(world, world.police["two"], state="confirmed")
    lead = bare.appraisals.get(lead=True)
    assert "Chờ tiếp nhận" in _text(client, reverse("commendations:nomination", args=[bare.pk]))
    assert client.get(_act(bare, lead, "tiep-nhan")).status_code == 200


def test_look_alikes_are_settled_on_a_page_that_only_appraisers_have(world: make.World, client: LintingClient) -> None:
    one, other = (make.nomination(world, world.police["one"], state="confirmed", person_name="Người Cùng Tên") for _ in range(2))
    for row in (one, other):
        came(row)
    with open_door():
        twin = Twin(nomination=other, other=one, exact=True, at=AT)
        twin.save()
    url = reverse("commendations:twin", args=[other.pk, twin.pk])
    client.force_login(world.reporter)
    assert client.get(url).status_code == 404
    client.force_login(world.clerk)
    assert url in _text(client, reverse("commendations:nomination", args=[other.pk]))
    assert _text(client, url).count("Người Cùng Tên") >= 2
    assert client.get(reverse("commendations:twin", args=[other.pk, twin.pk + 1])).status_code == 404
    refused = client.post(url, {"verdict": str(one.pk), "reason": ""})
    assert refused.status_code == 200
    assert client.post(url, {"verdict": str(one.pk), "reason": "Một thành tích"}).status_code == 302
    assert Nomination.objects.get(pk=other.pk).state == "declined"
    assert "Đã kết luận là cùng một thành tích" in _text(client, url)


def test_the_campaigns_page_tells_how_far_each_authority_is(world: make.World, client: LintingClient) -> None:
    came(make.nomination(world, world.police["one"], state="confirmed"))
    url = reverse("commendations:campaign", args=[world.campaign.slug])
    for person, sees in ((world.clerk, True), (world.office, True), (world.reporter, False)):
        client.force_login(person)
        assert ("Đang quá hạn" in _text(client, url)) is sees
    ready = make.nomination(world, world.police["two"], state="confirmed")
    for authority, row in came(ready).items():
        clerk = world.clerk if authority == world.police["centre"].pk else world.front_clerk
        actions.receive_dossier(appraisal=row, by=clerk, at=AT)
    with open_door():
        AppraisalAct.objects.bulk_create(
            [AppraisalAct(appraisal=row, number=3, kind="agreed", at=AT, by_id="0", by_label="Thử") for row in ready.appraisals.all()]
        )
    client.force_login(world.clerk)
    conclude = reverse("commendations:appraisal_conclude", args=[ready.pk])
    assert conclude in _text(client, reverse("commendations:nomination", args=[ready.pk]))
    assert client.post(conclude).status_code == 302
    assert Nomination.objects.get(pk=ready.pk).state == "agreed"
    client.force_login(world.reporter)
    assert client.post(conclude).status_code == 404
