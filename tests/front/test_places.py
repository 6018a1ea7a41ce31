"""The landing page shows what was published, its figures alive; the worklist says where each office works."""
from __future__ import annotations

from typing import Any

import pytest

from tests.factories import programmes
from tests.factories import publishing as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db


def test_before_anything_is_published_the_landing_page_says_so(client: LintingClient) -> None:
    assert "Chưa có bài công bố" in client.get("/").content.decode()


def test_the_landing_page_shows_released_statements_with_figures_that_open(client: LintingClient, django_assert_num_queries: Any) -> None:
    desk = make.desk()
    make.released(desk)
    found = client.get("/").content.decode()
    assert 'href="/cong-bo/ket-qua-so-ket/"' in found and "/cong-bo/ket-qua-so-ket/so-lieu/" in found
    with django_assert_num_queries(1):  # the map's counts; statements come from the public store
        client.get("/")


@pytest.mark.parametrize(
    ("office", "places"),
    [
        ("administer", ["/nhan-su/", "/don-vi/"]),
        ("report", ["/bao-cao/", "/khen-thuong/"]),
        ("decide", ["/chuong-trinh/cho-quyet-dinh/", "/bao-cao/cho-quyet-dinh/"]),
        ("programme", ["/chuong-trinh/", "/bao-cao/ky/", "/tong-hop/", "/so-ket/", "/chi-dao/", "/khen-thuong/"]),
        ("sign", ["/so-ket/", "/khen-thuong/"]),
        ("edit", ["/toa-soan/", "/toa-soan/thu-vien/"]),
        ("write", ["/toa-soan/"]),
        ("picture", ["/toa-soan/thu-vien/"]),
        ("sound", ["/toa-soan/"]),
    ],
)
def test_the_worklist_leads_to_where_the_office_works(client: LintingClient, office: str, places: list[str]) -> None:
    land = programmes.country()
    client.force_login(programmes.person("can-bo", **{office: land.police["centre"]}))
    found = client.get("/viec-can-lam/").content.decode()
    aside = found[found.index("<aside") :]
    assert [part.split('"')[0] for part in aside.split('href="')[1:]] == places
    assert all(client.get(place).status_code == 200 for place in places)


def test_whoever_is_not_signed_in_finds_every_public_room(client: LintingClient) -> None:
    page = client.get("/so-ket/").content.decode()
    for address, words in (("/cong-bo/", "Bài công bố"), ("/so-ket/", "Hồ sơ sơ kết, tổng kết"), ("/kiem-chung/", "Kiểm chứng hồ sơ"),
                           ("/nhat-ky/kiem-chung/", "Kiểm chứng nhật ký")):
        current = ' aria-current="page"' if address == "/so-ket/" else ""
        assert f'<a href="{address}"{current}>{words}</a>' in page
        assert client.get(address).status_code == 200
    assert 'href="/nhat-ky/"' not in page and 'href="/don-vi/"' not in page
