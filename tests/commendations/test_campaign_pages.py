"""Pages of a campaign: listed, read by each kind of reader, prepared and taken on by its office."""
from __future__ import annotations

from datetime import date

import pytest

from soket.commendations import actions
from soket.commendations.core.course import Calendar
from soket.commendations.models import Campaign, CampaignForm, Quota
from soket.commendations.queries import campaign_counts, campaign_page
from soket.kernel.clock import now, today
from soket.kernel.door import open_door
from soket.kernel.memo import remembering
from soket.reviews import actions as reviewing
from tests.factories import commendations as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database

LIST = "/khen-thuong/"
URL = "/khen-thuong/khen-thuong-thu/"
TURNED = ("sua/", "lich/", "hinh-thuc/", "noi-de-nghi/", "chi-tieu/", "buoc-tiep/")
LIST_QUERIES, PUBLIC_QUERIES, TERMS_QUERIES = 8, 2, 8


def _page(client: LintingClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_list_shows_each_reader_its_campaigns_and_the_public_decided_ones(world: make.World, client: LintingClient) -> None:
    make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", stage="planning", title="Đợt đang chuẩn bị")
    make.campaign(world.edition, world.police["centre"], "dot-ba", "KT-3", stage="decided", title="Đợt đã quyết định")
    public = _page(client, LIST)
    assert "Đợt đã quyết định" in public and "Đợt đang chuẩn bị" not in public and world.campaign.title not in public
    assert "Lập đợt khen thưởng" not in public and "Quy định khen thưởng" not in public
    client.force_login(world.reporter)
    inside = _page(client, LIST)
    assert world.campaign.title in inside and "Đợt đang chuẩn bị" not in inside and "Quy định khen thưởng" in inside
    client.force_login(world.office)
    office = _page(client, LIST)
    assert "Đợt đang chuẩn bị" in office and "Lập đợt khen thưởng" in office and "Nhận đề nghị đến hết ngày 31/08/2099" in office
    assert "Đợt đang chuẩn bị" in _page(client, f"{LIST}?q=dang chuan bi") and world.campaign.title not in _page(client, f"{LIST}?q=dang chuan bi")
    assert "Không có đợt khen thưởng tên như vậy." in _page(client, f"{LIST}?q=khong-co")


def test_the_list_asks_as_much_for_three_campaigns_as_for_one(
    world: make.World, client: LintingClient, django_assert_num_queries: object
) -> None:
    stranger = LintingClient()
    client.force_login(world.office)
    with open_door():
        Campaign.objects.filter(pk=world.campaign.pk).update(stage="decided")
    for reader in (client, stranger):
        reader.get(LIST)
    for more in (("dot-hai", "dot-ba"), ()):
        with django_assert_num_queries(LIST_QUERIES):  # type: ignore[operator]
            client.get(LIST)
        with django_assert_num_queries(PUBLIC_QUERIES):  # type: ignore[operator]
            stranger.get(LIST)
        for slug in more:
            make.campaign(world.edition, world.police["centre"], slug, slug.upper(), stage="decided")


def test_the_public_reads_a_decided_campaign_without_names_or_use_of_quotas(world: make.World, client: LintingClient) -> None:
    assert client.get(URL).status_code == 404
    make.quota(world.form, 2)
    make.quota(world.form, 0, level=3, recipient="person")
    make.nomination(world, world.police["one"], state="confirmed")
    make.nomination(world, world.police["two"], state="chosen", person_name="Trưởng Công an xã Hai")
    with open_door():
        Campaign.objects.filter(pk=world.campaign.pk).update(stage="decided")
    page = _page(client, URL)
    assert "Hoàn thành xuất sắc nhiệm vụ phối hợp." in page and "31/08/2099" in page and "Sổ đăng ký khen thưởng" in page
    assert "Bằng khen của Bộ trưởng Bộ Công an" in page and "mỗi đơn vị cấp tỉnh" in page and "không</b>, mỗi đơn vị cấp xã" in page
    assert "0/2" in page and "0/1" in page  # awarded of nominated, in all and of each kind
    for hidden in ("Trưởng Công an xã Hai", "Đã xác nhận / chỉ tiêu", "Công an xã", "Diễn biến", "Sửa lịch", world.office.actor_label):
        assert hidden not in page, hidden
    assert [client.get(URL + end).status_code for end in TURNED] == [302] * len(TURNED)
    client.force_login(world.reporter)
    assert [client.get(URL + end).status_code for end in TURNED] == [404] * len(TURNED)
    assert [client.post(URL + end, {"confirmed": "1"}).status_code for end in TURNED] == [404] * len(TURNED)


def test_a_decided_campaign_shows_the_money_of_the_day_it_was_decided(world: make.World, client: LintingClient) -> None:
    before = {"opens_on": date(2026, 1, 5), "nominate_until": date(2026, 2, 15), "appraise_until": date(2026, 3, 31), "decide_until": date(2026, 4, 30)}
    held = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", stage="decided", **before)
    make.gives(held, "bang-khen-bca", world.police["centre"])
    page = _page(client, f"{LIST}dot-hai/")
    assert "3.510.000" in page and "3.795.000" not in page  # base salary before 01/07/2026


def test_forms_quotas_and_numbers_ask_as_much_for_three_forms_as_for_one(world: make.World, django_assert_num_queries: object) -> None:
    held = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2")
    make.quota(make.gives(held, "bang-khen-bca", world.police["centre"]), 2)
    day = today()
    campaign_page.quota_rows(held, campaign_page.forms_of(held), world.office, day)  # the tree is read once for the process
    for more in (True, False):
        with remembering(), django_assert_num_queries(TERMS_QUERIES):  # type: ignore[operator]
            forms = campaign_page.forms_of(held)
            campaign_page.form_rows(forms, day)
            campaign_page.quota_rows(held, forms, world.office, day)
            campaign_counts.tallies(held, forms)
        if more:
            make.quota(make.gives(held, "bang-khen-mttw", world.front["centre"]), 2, level=0)
            make.quota(make.gives(held, "giay-khen-mttq-tinh", world.front["province"]), 2)


def test_each_unit_sees_its_own_use_of_a_quota_and_the_office_every_one(world: make.World, client: LintingClient) -> None:
    make.quota(world.form, 2)
    make.quota(world.form, 1, level=3)
    make.nomination(world, world.police["one"], state="confirmed")
    client.force_login(world.office)
    page = _page(client, URL)
    assert "1/2</span> Công an tỉnh" in page and "1/1</span> Công an xã" in page and "đã hết" in page
    client.force_login(world.reporter_two)
    page = _page(client, URL)
    assert "1/2</span> Công an tỉnh" in page and "0/1</span> Công an xã" in page and "1/1</span>" not in page
    client.force_login(world.confirmer)
    page = _page(client, URL)
    assert "1/2</span> Công an tỉnh" in page and "1/1</span> Công an xã" in page
    client.force_login(world.front_reporter)
    page = _page(client, URL)
    assert "1/2</span>" not in page and "1/1</span>" not in page and "0/2</span> Ủy ban MTTQ tỉnh" in page


def test_an_office_prepares_a_campaign_on_pages_and_opens_it(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    days = {"opens_on": today().isoformat(), "nominate_until": "2098-08-31", "appraise_until": "2098-10-15", "decide_until": "2098-11-30"}
    typed = {
        "review": world.edition.review.slug, "office": str(world.police["centre"].pk), "title": "Đợt mới", "code": "KT-9", "slug": "dot-moi",
        "standards": "Một\nHai", "objection_days": "10", "concurrence": "on", "place": "Hà Nội", **days,
    }  # fmt: skip
    assert "Lập đợt khen thưởng" in _page(client, f"{LIST}moi/")
    wrong = client.post(f"{LIST}moi/", {**typed, "appraise_until": "2098-08-30", "objection_days": "99"}).content.decode()
    assert "Nhập số nguyên từ 0 đến 60." in wrong and "Đợt mới" in wrong
    wrong = client.post(f"{LIST}moi/", {**typed, "decide_until": "2030-01-01"}).content.decode()
    assert "phải theo thứ tự" in wrong
    assert "không quá mười năm" in client.post(f"{LIST}moi/", typed).content.decode()
    short = {**typed, "nominate_until": (today().replace(year=today().year + 1, day=1)).isoformat()}
    short |= {"appraise_until": short["nominate_until"], "decide_until": short["nominate_until"]}
    assert client.post(f"{LIST}moi/", short).status_code == 302
    url = f"{LIST}dot-moi/"
    page = _page(client, url)
    assert "Chưa mở được đợt khen thưởng:" in page and "Chưa chọn hình thức khen thưởng." in page and "Mở nhận đề nghị</a>" not in page
    assert "Chưa chuyển bước được" in _page(client, f"{url}buoc-tiep/")
    assert "Chưa chọn hình thức" in _page(client, f"{url}chi-tieu/")
    _choose_terms(world, client, url)
    assert "Các đơn vị được đề nghị xem được đợt" in _page(client, f"{url}buoc-tiep/")
    assert client.post(f"{url}buoc-tiep/", {}).status_code == 200 and Campaign.objects.get(slug="dot-moi").stage == "planning"
    assert client.post(f"{url}buoc-tiep/", {"confirmed": "1"}).status_code == 302 and Campaign.objects.get(slug="dot-moi").stage == "open"
    assert "Mở nhận đề nghị" in _page(client, url) and "Đợt đã mở: hình thức khen thưởng không thay đổi nữa." in _page(client, f"{url}hinh-thuc/")


def _choose_terms(world: make.World, client: LintingClient, url: str) -> None:
    """Forms, who may propose, quotas; with what is refused on the way."""
    forms = f"{url}hinh-thuc/"
    assert client.post(forms, {"form": "bang-khen-bca", "issuer": ""}).status_code == 302
    assert client.post(forms, {"form": "giay-khen-cong-an-tinh", "issuer": "Công an tỉnh Mẫu"}).status_code == 302
    refused = {
        ("bang-khen-bca", ""): "đã có hình thức này trong đợt", ("bang-khen-mttw", "Công an trung ương"): "thuộc hệ thống hoặc cấp khác",
        ("giay-khen-cong-an-tinh", ""): "Ghi tên đầy đủ của đơn vị", ("giay-khen-cong-an-tinh", "Không có"): "Không có đơn vị nào tên",
    }  # fmt: skip
    for (form, issuer), told in refused.items():
        assert told in client.post(forms, {"form": form, "issuer": issuer}).content.decode(), form
    letter = CampaignForm.objects.get(campaign__slug="dot-moi", form__code="giay-khen-cong-an-tinh")
    drop = f"{forms}{letter.pk}/bo/"
    assert "Bỏ một hình thức khen thưởng" in _page(client, drop)
    assert client.post(drop, {"confirmed": "1"}).status_code == 302 and client.get(drop).status_code == 404
    assert "fld--e" in client.post(f"{url}noi-de-nghi/", {"proposers": [], "reason": ""}).content.decode()
    assert client.post(f"{url}noi-de-nghi/", {"proposers": ["police:1", "police:3"], "reason": ""}).status_code == 302
    merit = CampaignForm.objects.get(campaign__slug="dot-moi")
    quotas = f"{url}chi-tieu/"
    assert "Để trống: không giới hạn" in _page(client, quotas)
    boxes = {f"q-{merit.pk}-1-collective": "5", f"q-{merit.pk}-3-person": "0", f"q-{merit.pk}-0-person": "", "reason": ""}
    assert "Nhập số nguyên từ 0 đến 100.000" in client.post(quotas, {**boxes, f"q-{merit.pk}-0-person": "năm"}).content.decode()
    assert client.post(quotas, boxes).status_code == 302
    assert set(Quota.objects.values_list("level", "recipient", "limit")) == {(1, "collective", 5), (3, "person", 0)}


def test_an_open_campaign_is_changed_with_reasons_that_its_readers_see(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    held = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", nominate_until=date(2030, 1, 1), appraise_until=date(2030, 2, 1),
                         decide_until=date(2030, 3, 1))  # fmt: skip
    make.gives(held, "bang-khen-bca", world.police["centre"])
    url = f"{LIST}dot-hai/"
    days = {"opens_on": "2026-07-10", "nominate_until": "2030-01-15", "appraise_until": "2030-02-01", "decide_until": "2030-03-01"}
    assert "Ô này không được để trống." in client.post(f"{url}lich/", {**days, "reason": ""}).content.decode()
    assert client.post(f"{url}lich/", {**days, "reason": "Gia hạn cho địa phương"}).status_code == 302
    words = {"title": held.title, "standards": "Tiêu chuẩn sửa", "place": "Hà Nội", "objection_days": "5", "concurrence": "on"}
    assert client.post(f"{url}sua/", {**words, "reason": "Theo góp ý"}).status_code == 302
    client.force_login(world.reporter)
    page = _page(client, url)
    assert "Gia hạn cho địa phương" in page and "01/01/2030</s> → <b class=\"n\">15/01/2030" in page and "Theo góp ý" in page and "Tiêu chuẩn sửa" in page
    client.force_login(world.office)
    assert "Chưa đến ngày cuối nhận đề nghị." in _page(client, f"{url}buoc-tiep/")
    assert "Ô này không được để trống." in client.post(f"{url}buoc-tiep/", {"confirmed": "1", "reason": ""}).content.decode()
    for data in ({"confirmed": "1", "reason": "Đã đủ đề nghị"}, {"confirmed": "1"}, {"confirmed": "1"}):
        assert client.post(f"{url}buoc-tiep/", data).status_code == 302
    assert Campaign.objects.get(pk=held.pk).stage == "closed" and client.get(f"{url}buoc-tiep/").status_code == 404
    assert "Đợt khen thưởng đã kết thúc" in _page(client, url)


def test_a_campaign_of_a_review_that_is_not_frozen_says_why_it_waits(world: make.World, client: LintingClient) -> None:
    draft = reviewing.create_review(
        slug="tong-ket", code="TK-1", kind="final", title="Tổng kết thử", as_of=date(2026, 6, 30), boundary_date=date(2026, 6, 30),
        office=world.police["centre"].pk, by=world.office, at=make.AT,
    )  # fmt: skip
    made = actions.create_campaign(
        review=draft, office=world.police["centre"], slug="dot-hai", code="KT-2", title="Đợt hai", standards="Tiêu chuẩn",
        calendar=Calendar(date(2026, 8, 1), date(2030, 8, 31), date(2030, 10, 15), date(2030, 11, 30)), by=world.office, at=now(),
    )  # fmt: skip
    client.force_login(world.office)
    page = _page(client, f"{LIST}{made.slug}/")
    assert "chưa có bản đóng băng. Khen thưởng phải căn cứ số liệu đã đóng băng" in page
