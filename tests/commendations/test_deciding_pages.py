"""The pages of decisions, names, money and handing over: who finds them, what they do, what they never tell."""
from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from soket.commendations.models import Award, Decision, Handing, NameApproval
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import scope
from soket.kernel.clock import today
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reviews import PASSWORD
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page(client: LintingClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def statuses(client: LintingClient, url: str, *people: Any) -> list[int]:
    found = []
    for who in people:
        client.force_login(who)
        found.append(client.get(url).status_code)
    return found


def test_the_page_to_sign_on_asks_the_same_of_one_and_of_three(world: make.World, client: LintingClient, django_assert_num_queries: Any) -> None:
    url = f"/khen-thuong/{world.campaign.slug}/quyet-dinh/{world.form.pk}/"
    client.force_login(world.signer)
    acts.chosen(world, world.police["one"])
    page(client, url)
    with django_assert_num_queries(22):
        page(client, url)
    acts.chosen(world, world.police["two"], world.police["province"])
    with django_assert_num_queries(22):
        assert page(client, url).count('name="left_out"') == 3


def test_a_list_is_read_looked_at_as_a_paper_and_signed_with_the_password(world: make.World, client: LintingClient) -> None:
    rows = acts.chosen(world, world.police["one"], world.police["two"])
    make.nomination(world, world.police["province"], state="chosen")
    url = f"/khen-thuong/{world.campaign.slug}/quyet-dinh/{world.form.pk}/"
    assert client.get(url).status_code == 302
    assert statuses(client, url, world.front_signer, world.front_clerk, world.office, world.reporter, world.stranger) == [404] * 5
    client.force_login(world.clerk)
    told = page(client, url)
    assert "Người có thẩm quyền ký của cơ quan khen thưởng ký tại đây." in told and "Ký quyết định" not in told
    assert client.post(url, {"password": PASSWORD}).status_code == 200
    client.force_login(world.signer)
    told = page(client, url)
    assert "Những điều còn vướng</h2><span class=\"n\">1<" in told, "the third has not been posted for objections"
    assert "đã có quy định cho 2/2 khen thưởng" in told
    assert 'value="Cán bộ"' in told, "the signer's own post is filled in"
    draft = client.get(f"{url}ban-thao.pdf")
    assert (draft["Content-Type"], draft.content[:4]) == ("application/pdf", b"%PDF")
    sent = {
        "id": str(uuid4()), "seen": queries.seen_mark(rows), "dated": today().isoformat(), "signer_post": "Bộ trưởng", "authority": "",
        "bases": "Căn cứ Luật Thi đua, khen thưởng;\nCăn cứ kết quả họp Hội đồng", "left_out": str(rows[1].pk), "password": PASSWORD,
    }  # fmt: skip
    assert client.post(f"{url}ban-thao.pdf", sent).content[:4] == b"%PDF"
    assert client.post(f"{url}ban-thao.pdf", {**sent, "dated": "x"}).status_code == 422
    assert "Mật khẩu không đúng." in client.post(url, {**sent, "password": "sai"}).content.decode()
    changed = client.post(url, {**sent, "seen": "khac"}).content.decode()
    assert "Danh sách đã thay đổi" in changed and queries.seen_mark(rows) in changed
    assert Decision.objects.count() == 0
    answer = client.post(url, sent)
    made = Decision.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/khen-thuong/quyet-dinh/{made.pk}/")
    assert [row.nomination_id for row in made.awards.all()] == [rows[0].pk], "who was left out waits for another decision"
    assert "Căn cứ kết quả họp Hội đồng" in made.body
    assert "01/QĐ-BCA" in page(client, url)


def test_a_decision_its_papers_its_names_and_its_money(world: make.World, client: LintingClient, django_assert_num_queries: Any) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    url = f"/khen-thuong/quyet-dinh/{award.decision_id}/"
    money = f"/khen-thuong/{world.campaign.slug}/tien-thuong/"
    assert client.get(url).status_code == 302
    assert statuses(client, url, world.reporter, world.confirmer, world.front_signer, world.stranger, world.members[0]) == [404] * 5
    assert statuses(client, money, world.reporter, world.stranger, world.front_signer) == [404] * 3
    publisher = acts.publisher(world)
    assert statuses(client, url, world.clerk, world.signer, world.office, publisher) == [200] * 4
    client.force_login(world.office)
    with django_assert_num_queries(21):
        client.get(url)
    more = acts.chosen(world, world.police["two"], world.police["province"])
    acts.decided(more, world.signer)
    three = acts.awarded(world, *[world.police[key] for key in ("one", "two", "province")], achieved_from=acts.LAST, achieved_to=acts.LAST)
    with django_assert_num_queries(21):
        told = page(client, f"/khen-thuong/quyet-dinh/{three[0].decision_id}/")
    assert "chưa công bố tên" in told and "0 / 3" in told
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(f"{url}quyet-dinh.{form}")
        assert (answer.status_code, answer.content[: len(start)]) == (200, start)
        assert f'quyet-dinh-01-2026.{form}"' in answer["Content-Disposition"]
    assert client.get(f"{url}quyet-dinh.txt").status_code == 404
    assert statuses(client, f"{url}ten/", world.signer, world.clerk, world.reporter) == [404, 404, 404], "nor who signed it"
    client.force_login(publisher)
    names = f"/khen-thuong/quyet-dinh/{three[0].decision_id}/ten/"
    assert page(client, names).count('name="left_out"') == 3
    sent = {"seen": queries.seen_awards(three), "left_out": str(three[1].pk)}
    assert client.post(names, {**sent, "seen": "x"}).status_code == 200
    assert NameApproval.objects.count() == 0
    assert client.post(names, sent).status_code == 302
    assert set(NameApproval.objects.values_list("award", flat=True)) == {three[0].pk, three[2].pk}
    client.force_login(world.clerk)
    told = page(client, money)
    assert "đã có quy định cho 6/6 khen thưởng" in told and "45.540.000" in told
    table = client.get(f"{money}?dang=csv").content.decode("utf-8-sig").splitlines()
    assert len(table) == 7
    assert table[1].startswith("01/QĐ-BCA,2026-08-10,1,Bằng khen của Bộ trưởng Bộ Công an,collective,Công an xã Bình Minh,Công an tỉnh Mẫu,7590000,")


def test_handing_over_on_a_page(world: make.World, client: LintingClient) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    url = f"/khen-thuong/trao/{award.pk}/"
    assert client.get(url).status_code == 302
    assert statuses(client, url, world.signer, world.reporter, world.front_clerk, world.stranger) == [404] * 4
    client.force_login(world.clerk)
    assert 'value="Công an xã Bình Minh, Công an tỉnh Mẫu"' in page(client, url)
    sent = {"id": str(uuid4()), "site": "Hội trường", "on": today().isoformat(), "handed_by": "Giám đốc Công an tỉnh", "received_by": "Công an xã"}
    assert client.post(url, {**sent, "on": "01/01/2020"}).status_code == 200
    assert client.post(url, sent).status_code == 302
    kept = Handing.objects.get()
    assert "Rút lại: đã ghi nhầm" in page(client, url)
    assert client.post(url, {**sent, "id": str(uuid4())}).status_code == 200
    assert client.post(f"{url}{uuid4()}/rut/").status_code == 404
    assert client.post(f"{url}{kept.pk}/rut/").status_code == 302
    assert (Handing.objects.count(), "Ghi việc trao" in page(client, url)) == (2, True)


def test_the_campaign_and_the_nomination_tell_what_was_decided(world: make.World, client: LintingClient) -> None:
    rows = acts.chosen(world, world.police["one"])
    client.force_login(world.signer)
    campaign = f"/khen-thuong/{world.campaign.slug}/"
    assert "Trình quyết định: 1 trường hợp được chọn" in page(client, campaign)
    client.force_login(world.reporter)
    assert "Trình quyết định" not in page(client, campaign)
    made = acts.decided(rows, world.signer)
    told = page(client, campaign)
    assert "01/QĐ-BCA" in told and f"/quyet-dinh/{made.pk}/" not in told, "who proposed learns the number, not the list"
    award = Award.objects.get()
    url = f"/khen-thuong/de-nghi/{rows[0].pk}/"
    assert scope.nomination(world.reporter, rows[0].pk, acts.DAY) is not None
    told = page(client, url)
    assert f"/khen-thuong/so-dang-ky/{award.pk}/" in told and f"/khen-thuong/trao/{award.pk}/" not in told
    client.force_login(world.clerk)
    told = page(client, url)
    assert f"/khen-thuong/trao/{award.pk}/" in told and f"/khen-thuong/huy/{award.pk}/" in told
