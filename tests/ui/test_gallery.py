"""The gallery shows every component in both languages; its figures open as fragment and as page."""
from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from soket.ui import gallery
from soket.ui.views import gallery_figure
from tests.support.client import LintingClient


def test_the_gallery_is_labelled_and_says_what_it_is(client: LintingClient) -> None:
    html = client.get(reverse("ui:gallery")).content.decode()
    assert "<title>Bảng thành phần – Soket</title>" in html
    assert html.count("Số liệu minh họa") >= 2
    assert "Nhập số mô hình là số nguyên, ví dụ 15" in html


def test_the_gallery_in_english_holds_no_vietnamese_words(client: LintingClient) -> None:
    html = client.get(reverse("ui:gallery"), headers={"accept-language": "en"}).content.decode()
    assert "<title>Component gallery – Soket</title>" in html
    assert "4,812" in html and "98.5%" in html and "Không" not in html and "chưa" not in html


@pytest.mark.parametrize("name", gallery.PANELS)
def test_a_figure_opens_as_a_page_and_as_a_fragment(client: LintingClient, name: str) -> None:
    address = reverse("ui:gallery_figure", args=[name])
    page = client.get(address)
    part = client.get(address, headers={"x-partial": "panel", "hx-request": "true"})
    assert "<h1>" in page.content.decode() and "data-panel" in page.content.decode()
    assert part.content.decode().startswith('<section class="prov" data-panel') and "<html" not in part.content.decode()
    assert "X-Partial" in page["Vary"] and "X-Partial" in part["Vary"]


def test_an_unknown_figure_is_not_found(rf: RequestFactory) -> None:
    with pytest.raises(Http404):
        gallery_figure(rf.get("/"), "khong-co")


def test_a_page_out_of_range_shows_the_last_one(client: LintingClient) -> None:
    html = client.get(reverse("ui:gallery"), {"page": "9999"}).content.decode()
    assert "3.301–3.321" in html and 'rel="next"' not in html


def test_the_sample_form_keeps_what_was_typed(client: LintingClient) -> None:
    html = client.post(reverse("ui:gallery"), {"number": "45/QC-CAT", "models": "x"}).content.decode()
    assert 'value="45/QC-CAT"' in html and 'value="x"' in html and 'class="errs"' in html
