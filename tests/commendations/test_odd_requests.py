"""Addresses with odd questions and numbers that no database holds: an answer, a 400 or a 404, never an error of ours."""
from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import commendations as make
from tests.factories.reporting import person

LISTS = (
    "", "so-dang-ky/", "{slug}/", "{slug}/de-nghi/", "{slug}/de-nghi/moi/", "{slug}/de-nghi/to-trinh/", "{slug}/tien-thuong/", "{slug}/chi-tieu/", "tham-dinh/",
    "quy-dinh/", "quy-dinh/hinh-thuc/", "quy-dinh/lich/", "quy-dinh/lich/nhap/", "quy-dinh/lich/ngay/", "mau-in/",
)  # fmt: skip
NUMBERED = (
    "so-dang-ky/{n}/", "trao/{n}/", "huy/{n}/", "can-cu/{n}/", "hoi-dong/{n}/", "hoi-dong/phien/{n}/", "phieu/{n}/", "niem-yet/{n}/", "mau-in/{n}/",
    "{slug}/quyet-dinh/{n}/", "hoi-dong/moi/{slug}/{n}/", "quy-dinh/lich/{n}/{n}/{n}/bo/", "ban-in/{n}.pdf", "quy-dinh/sua/council.{n}/",
)  # fmt: skip
ASKED = ("q", "page", "dang", "nam", "ngay", "don-vi", "hinh-thuc", "loai", "tinh-trang", "tu", "co-quan", "tim", "hien", "dot")
ODD = ("%ED%A0%80", "%00", "²", "9999-12-31", "0001-01-01", "99999", "9" * 30, "exemplar:" + "9" * 9)


@pytest.mark.parametrize("who", ["", "office", "clerk", "admin"])
def test_odd_requests_are_answered(world: make.World, who: str) -> None:
    make.nomination(world, world.police["one"], state="confirmed")
    client = Client()
    if who:
        client.force_login(person("quan-tri", administer=world.police["centre"]) if who == "admin" else getattr(world, who))
    for page in LISTS:
        for odd in ODD:
            url = f"/khen-thuong/{page.format(slug=world.campaign.slug)}?{'&'.join(f'{name}={odd}' for name in ASKED)}"
            assert client.get(url).status_code in (200, 302, 400, 404), url
    for page in NUMBERED:
        for number in ("0", "99999", "9" * 18, "9" * 40):
            url = f"/khen-thuong/{page.format(slug=world.campaign.slug, n=number)}"
            assert client.get(url).status_code in (302, 404), url


def test_odd_texts_of_a_code_are_refused_in_words(db: None) -> None:
    client = Client(enforce_csrf_checks=True)
    for text in ("\x00", "#A.B", "[" * 2560, "#" + "LNNVWW23" * 300 + ".AA", "\u202e#AA.AA", "x" * 10**6, "²"):
        answer = client.post("/bk/", {"text": text})
        assert (answer.status_code, "HTTP_SET_COOKIE" in answer.headers) == (200, False)
    assert [client.put("/bk/").status_code, client.head("/bk/").status_code, client.options("/bk/").status_code] == [405, 405, 405]
