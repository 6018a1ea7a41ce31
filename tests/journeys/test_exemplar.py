"""A reader opens an exemplar from the gallery, sees how it spread and on an earlier day; its unit begins a nomination from its own one."""
from __future__ import annotations

import re
from functools import partial

from playwright.sync_api import Page, expect

from tests.journeys.cast import healthy, main
from tests.journeys.conftest import sign_in

GUARD, MEETING = "Tổ liên gia tự quản về an ninh, trật tự", "Giao ban ba bên hằng quý ở cấp xã"
_healthy = partial(healthy, "exemplar")


def _applied(page: Page) -> int:
    """How many units apply it, as the page's own sentence says."""
    said = re.search(r"có ([\d.]+) đơn vị thuộc", page.locator("#nhan-rong").inner_text())
    assert said is not None
    return int(said[1].replace(".", ""))


def test_an_exemplar_from_the_gallery_to_a_nomination(page: Page) -> None:
    page.goto("/dien-hinh/")
    expect(page.locator(".ex")).to_have_count(3)
    _healthy(page, "1-gallery")
    main(page).get_by_role("link", name=GUARD).click()
    expect(page.locator("h1")).to_have_text(GUARD)
    expect(main(page)).to_contain_text("Số liệu trước và sau khi áp dụng")
    expect(main(page).get_by_role("img", name=re.compile("lượt áp dụng"))).to_be_visible()
    now = _applied(page)
    _healthy(page, "2-detail")
    page.goto(f"{page.url}?ngay=2025-06-01")
    earlier = _applied(page)
    assert 0 < earlier < now
    _healthy(page, "3-earlier-day")
    assert page.get_by_role("link", name="Đề nghị khen thưởng từ điển hình này").count() == 0

    sign_in(page, "caxa")
    page.goto("/dien-hinh/")
    main(page).get_by_role("link", name=MEETING).click()
    page.get_by_role("link", name="Đề nghị khen thưởng từ điển hình này").click()
    expect(page.locator("#id_unit")).to_have_value("Công an xã A Sào")
    expect(page.locator("#id_brief")).to_have_value(MEETING)
    expect(page.locator("#id_summary")).to_have_value(re.compile("Công an, Mặt trận và bộ phận dân vận"))
    expect(page.locator("input[name=figures]:checked")).to_have_count(1)
    expect(main(page).get_by_role("link", name=MEETING)).to_be_visible()
    _healthy(page, "4-nomination-begun")
