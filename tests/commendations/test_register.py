"""The public register: every award in it, no name before it was opened, cancelled ones with their ground; and the pages of grounds."""
from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from soket.commendations import actions
from soket.commendations.models import Award, Cancellation, GroundVerdict, Recovery
from soket.commendations.queries import register
from soket.kernel.clock import today
from tests.commendations.test_grounds import cancelled, flagged
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reporting import person
from tests.factories.reviews import PASSWORD
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
URL = "/khen-thuong/so-dang-ky/"
SECRET = "Cán bộ Kín"


def page(client: LintingClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def hand(world: make.World, award: Award) -> None:
    actions.hand_over(
        id=uuid4(), award=award, site="Điểm cầu xã Đông Hải", on=acts.DAY, handed_by="Giám đốc Công an tỉnh", received_by=SECRET, by=world.clerk, at=acts.LATER
    )


def test_nobody_reads_a_name_before_it_is_opened(world: make.World, client: LintingClient) -> None:
    assert "Chưa có quyết định khen thưởng nào." in page(client, URL)
    one = acts.awarded(world, world.police["one"])[0]
    shut = acts.awarded(world, world.police["two"], person_name=SECRET, person_post="Trưởng Công an xã", brief="Việc riêng của một người")[0]
    hand(world, shut)
    acts.opened(world, [one])
    for who in (None, world.members[0], world.office):
        if who is not None:
            client.force_login(who)
        own = page(client, f"{URL}{shut.pk}/")
        for shown in (page(client, URL), page(client, f"{URL}?dang=json"), client.get(f"{URL}?dang=csv").content.decode(), own):
            for secret in (SECRET, "Trưởng Công an xã", "Việc riêng", "xã Đông Hải"):
                assert secret not in shown, secret
        assert "Chưa công bố tên." in own and "Đã trao" in own
        assert "đã công bố tên 1/2" in page(client, URL)
        assert page(client, f"{URL}?tim=Kín").count("<tr>") == page(client, f"{URL}?tim=Đông Hải").count("<tr>") == 0, "nor finds it by searching"
    told = client.get(f"{URL}?dang=json").json()
    assert (told["total"], told["named"], told["cancelled"]) == (2, 1, 0)
    assert [(row["name"], row["recipient"], row["gold_number"]) for row in told["awards"]] == [
        ("", "person", "02/2026"), ("Công an xã Bình Minh", "collective", "01/2026"),
    ]  # fmt: skip
    assert told["awards"][1]["figures"] == ["SK-THU-01: 66 /so-ket/so-ket-thu/ban-1/so-lieu/01/"]
    assert client.get(f"{URL}987654/").status_code == 404


def test_the_register_is_filtered_and_read_under_one_budget(world: make.World, client: LintingClient, django_assert_num_queries: Any) -> None:
    first = acts.awarded(world, world.police["one"])
    acts.opened(world, first)
    page(client, URL)
    with django_assert_num_queries(15):
        page(client, URL)
    more = acts.awarded(world, world.police["two"], world.police["province"])
    acts.opened(world, more)
    with django_assert_num_queries(15):
        page(client, URL)
    front = acts.awarded(world, world.front["one"], of=world.front_form, person_name="Cán bộ Mẫu Hai")
    acts.opened(world, front)
    cancelled(world, first)

    def names(query: str) -> set[str]:
        return {row["name"] for row in client.get(f"{URL}?dang=json&{query}").json()["awards"]}

    assert names("") == {"Công an xã Bình Minh", "Công an xã Đông Hải", "Công an tỉnh Mẫu", "Cán bộ Mẫu Hai"}
    assert names(f"co-quan={world.front['centre'].pk}") == names("loai=person") == names("hinh-thuc=bang-khen-mttw") == {"Cán bộ Mẫu Hai"}
    assert names("tinh-trang=cancelled") == {"Công an xã Bình Minh"}
    assert names("tinh-trang=granted") == {"Công an xã Đông Hải", "Công an tỉnh Mẫu", "Cán bộ Mẫu Hai"}
    assert names("tim=dong hai") == names("tim=Đông Hải") == {"Công an xã Đông Hải"}
    assert names("tim=Công an tỉnh Mẫu") == {"Công an xã Bình Minh", "Công an xã Đông Hải", "Công an tỉnh Mẫu"}, "the province finds its communes"
    assert names("nam=2026") == names("") and names("nam=2025") == set()
    for odd in ("co-quan=x", "nam=99999", "page=77", "loai=x", "tim=%ED%A0%80", "hinh-thuc=%27"):
        assert client.get(f"{URL}?{odd}").status_code == 200, odd
    assert "Không có khen thưởng nào như vậy." in page(client, f"{URL}?tim=Khongco")
    table = client.get(f"{URL}?dang=csv").content.decode("utf-8-sig").splitlines()
    assert (len(table), table[0].split(",")[:3]) == (5, ["id", "decision", "dated"])
    assert [row.pk for row in register.awards_of(world.police["one"].pk)] == [first[0].pk]


def test_a_cancelled_award_stays_with_its_ground_and_a_corrected_figure_shows_both_values(world: make.World, client: LintingClient) -> None:
    one, two = acts.awarded(world, world.police["one"], world.police["two"])
    acts.opened(world, [one, two])
    hand(world, one)
    flagged(world, one.nomination, two.nomination)
    cancelled(world, [one])
    told = page(client, f"{URL}{one.pk}/")
    for words in (
        "Bị hủy bỏ theo quyết định", "02/QĐ-BCA", "điểm d khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15", "không bảo đảm tiêu chuẩn xét tặng",
        "Số buổi tuyên truyền thực tế thấp hơn số đã khai.", "Điểm cầu xã Đông Hải",
    ):  # fmt: skip
        assert words in told, words
    assert SECRET not in told, "who received it in person is not published"
    for url in (URL, f"{URL}{two.pk}/"):
        told = page(client, url)
        assert 'class="fig fig--fix' in told and "/so-ket/so-ket-thu/ban-2/so-lieu/01/" in told and "<s" in told
        assert "Số liệu làm căn cứ đã được sửa" in told
    history = [one.kind for one in register.history(register.lines([register.one(one.pk)], "vi")[0])]  # type: ignore[list-item]
    assert history == ["decided", "handed", "flagged", "cancelled"]
    client.cookies["django_language"] = "en"
    assert "Cancelled by decision" in page(client, f"{URL}{one.pk}/")


def test_a_moved_figure_is_judged_and_an_award_cancelled_on_pages(world: make.World, client: LintingClient) -> None:
    one, two, stands = acts.awarded(world, world.police["one"], world.police["two"], world.police["province"])
    flag = flagged(world, one.nomination, two.nomination)[0]
    ground, cancel = f"/khen-thuong/can-cu/{flag.pk}/", f"/khen-thuong/huy/{one.pk}/"
    for url in (ground, cancel):
        assert client.get(url).status_code == 302
        for who, code in ((world.stranger, 404), (world.members[0], 404)):
            client.force_login(who)
            assert client.get(url).status_code == code
        client.logout()
    client.force_login(world.reporter)
    assert (client.get(ground).status_code, client.post(ground, {}).status_code, client.get(cancel).status_code) == (200, 404, 404)
    client.force_login(world.front_clerk)
    assert (client.get(ground).status_code, client.get(cancel).status_code) == (200, 404), "the partner judges, the issuer cancels"
    assert client.post(ground, {"authority": world.front["centre"].pk, "bears": "no"}).status_code == 200
    assert client.post(ground, {"authority": world.front["centre"].pk, "bears": "no", "reason": "Số đã sửa không đạt."}).status_code == 302
    assert GroundVerdict.objects.get().bears is False
    client.force_login(world.clerk)
    told = page(client, cancel)
    assert "Số đã sửa không đạt." in told and "Ký quyết định hủy bỏ" not in told
    assert "Công an xã Đông Hải (quyết định 01/QĐ-BCA, thứ tự 2)" in told, "what rests on the same figure is offered"
    client.force_login(world.signer)
    sent = {
        "id": str(uuid4()), "ground": "standards_not_met", "finding": "Số buổi thấp hơn tiêu chuẩn.", "also": str(two.pk), "dated": today().isoformat(),
        "return_to": "Văn phòng Bộ", "signer_post": "Bộ trưởng", "authority": "", "password": PASSWORD,
    }  # fmt: skip
    assert client.post(f"{cancel}ban-thao.pdf", sent).content[:4] == b"%PDF"
    assert client.post(f"{cancel}ban-thao.pdf", {**sent, "ground": "x"}).status_code == 422
    assert client.post(cancel, {**sent, "password": "sai"}).status_code == 200
    assert Cancellation.objects.count() == 0
    answer = client.post(cancel, sent)
    assert answer.status_code == 302
    assert Cancellation.objects.count() == 2
    told = page(client, answer["Location"])
    assert "Văn phòng Bộ" in told and "Công an xã Đông Hải" in told
    assert "0</b> trên <b class=\"n\">7.590.000</b>" in page(client, cancel)
    client.force_login(world.clerk)
    assert client.post(f"{cancel}thu-hoi/", {"what": "money", "dong": "9000000", "on": today().isoformat()}).status_code == 200
    assert client.post(f"{cancel}thu-hoi/", {"what": "money", "dong": "7590000", "on": today().isoformat()}).status_code == 302
    assert Recovery.objects.get().dong == 7_590_000
    assert client.get(f"/khen-thuong/huy/{stands.pk}/thu-hoi/").status_code == 404
    client.force_login(world.reporter)
    assert client.get(f"{cancel}thu-hoi/").status_code == 404
    assert json.loads(Award.objects.get(pk=one.pk).money)["dong"] == 7_590_000
    other = person("khong-lien-quan", commend=world.front["province"])
    client.force_login(other)
    assert client.get(cancel).status_code == 404
