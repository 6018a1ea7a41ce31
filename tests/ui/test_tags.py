"""Page tags and components: what stands on the page for each state."""
from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from soket.ui.panel import FigurePanel, FigureRef, NameValue, Seal

pytestmark = pytest.mark.one_database


def printed(source: str, language: str = "vi", **context: Any) -> str:
    """The source rendered with our tags, blanks at the ends removed."""
    with translation.override(language):
        return Template("{% load soket_ui %}" + source).render(Context(context)).strip()


def test_numbers_follow_the_language_of_the_page() -> None:
    assert printed("{{ v|vn_number }}", v=4812) == "4.812"
    assert printed("{{ v|vn_number:2 }}", "en", v=123456) == "1,234.56"
    assert printed("{{ v|vn_number }}", v="Bản 2") == "Bản 2"


def test_what_is_missing_is_said_in_words_and_is_not_zero() -> None:
    assert printed("{{ v|vn_number }}", v=None) == "chưa có số"
    assert printed("{{ v|vn_number }}", v=0) == "0"
    assert printed("{% ratio_percent n d %}", n=None, d=3) == "chưa có số"


def test_a_share_prints_or_says_why_not() -> None:
    assert printed("{% ratio_percent n d %}", n=3318, d=3319) == "99,9\u00a0%"
    assert printed("{% ratio_percent n d places=0 %}", "en", n=2, d=3) == "67%"
    assert printed("{% ratio_percent n d %}", n=0, d=0) == "— (mẫu số không có gì)"


def test_days_and_instants_in_their_forms() -> None:
    at = datetime(2019, 3, 11, 11, 22, 28, tzinfo=UTC)
    source = "{{ v|vn_datetime }}|{{ v|vn_datetime:'short' }}|{{ v|vn_datetime:'minute' }}|{{ v|vn_datetime:'time' }}"
    assert printed(source, v=at) == "Thứ Hai, 11/03/2019, 18:22:28 (GMT+7)|11/03/2019, 18:22:28|11/03/2019, 18:22|18:22:28"
    assert printed("{{ v|vn_datetime }}", "en", v=at) == "Monday, 11 March 2019, 18:22:28 (GMT+7)"
    assert printed("{{ v|vn_date }}/{{ none|vn_date }}/{{ none|vn_datetime }}", v=date(2025, 7, 1), none=None) == "01/07/2025//"
    assert printed("{{ v|iso_day }}", v=date(2025, 7, 1)) == "2025-07-01"


@pytest.mark.parametrize(
    ("ref", "html"),
    [
        (FigureRef("Buổi tuyên truyền", "4.812", "buổi", "plain", "/x/"), '<span class="fig">4.812</span>'),
        (
            FigureRef("Buổi tuyên truyền", "4.812", "buổi", "bound", "/x/", "H1-07"),
            '<a class="fig" href="/x/" data-figure data-code="H1-07" aria-label="4.812 buổi, Buổi tuyên truyền, mở nguồn gốc">4.812</a>',
        ),
        (
            FigureRef("Buổi", "4.812", "buổi", "corrected", "/x/", "", "4.796"),
            '<a class="fig fig--fix" href="/x/" data-figure aria-label="4.796 4.812 buổi, đã đính chính, nay là 4.812, Buổi, mở nguồn gốc">'
            "<s>4.796</s> <b>4.812</b></a>",
        ),
        (
            FigureRef("Buổi", state="not_comparable", url="/x/"),
            '<a class="fig fig--nc" href="/x/" data-figure aria-label="không so sánh được, Buổi, mở nguồn gốc">không so sánh được</a>',
        ),
        (
            FigureRef("Buổi", state="missing", url="/x/"),
            '<a class="fig fig--no" href="/x/" data-figure aria-label="chưa có số, Buổi, mở nguồn gốc">chưa có số</a>',
        ),
        (FigureRef("Buổi", state="missing"), '<span class="fig fig--no">chưa có số</span>'),
        (
            FigureRef("Lượt", "410.000", "lượt", "external", "/x/"),
            '<a class="fig fig--ext" href="/x/" data-figure aria-label="410.000 trích dẫn lượt, Lượt, mở nguồn gốc">410.000 '
            '<span class="fig__c">trích dẫn</span></a>',
        ),
    ],
)
def test_each_state_of_the_figure_has_its_own_mark_and_spoken_name(ref: FigureRef, html: str) -> None:
    assert printed("{% figure ref %}", ref=ref) == html


def test_a_figure_brings_no_blank_before_a_full_stop() -> None:
    assert printed("có {% figure ref %}.", ref=FigureRef("Buổi", "3", state="plain")) == 'có <span class="fig">3</span>.'


def test_text_in_a_figure_is_escaped() -> None:
    html = printed("{% figure ref %}", ref=FigureRef('<"x">', "<b>1</b>", url="/x/?a=1&b=2"))
    assert "<b>" not in html and '<"x">' not in html and 'href="/x/?a=1&amp;b=2"' in html


def panel_html(**fields: Any) -> str:
    with translation.override("vi"):
        return render_to_string("ui/components/figure_panel.html", {"panel": FigurePanel(**fields)})


def test_the_panel_keeps_its_order() -> None:
    html = panel_html(
        title="Tỷ lệ", display="97,1 %", numerator=33, denominator=34, denominator_label="phải có", excluded=[("được miễn", 0)],
        contributors=[NameValue("Hà Nội", "12/03")], missing=[NameValue("Huế")], evidence=[], seal=Seal(digest="7f3a91c20b4ed8a6", verify_url="/k/"),
    )  # fmt: skip
    marks = ['class="prov__v">97,1 %', "33", "34", "được miễn", "Đơn vị có trong số liệu", "Hà Nội", "Đơn vị chưa có số", "Huế", "Minh chứng"]
    places = [html.index(mark) for mark in [*marks, "7F3A-91C2-0B4E-D8A6", "Kiểm chứng"]]
    assert places == sorted(places)


def test_the_panel_says_none_when_a_list_is_empty_and_nothing_when_it_does_not_apply() -> None:
    html = panel_html(title="Buổi", display="4", missing=[])
    assert "Đơn vị chưa có số" in html and "Không có." in html
    assert "Đơn vị có trong số liệu" not in html and "mẫu số" not in html and "Mã niêm phong" not in html


def test_a_part_of_a_long_list_gives_the_whole_count_and_its_address() -> None:
    html = panel_html(title="Buổi", display="4", contributors=[NameValue("Xã A")], contributors_total=3321, contributors_more_url="/tat-ca/")
    assert "3.321" in html and 'href="/tat-ca/"' in html


def test_a_long_list_of_the_excused_gives_its_count_and_its_address_too() -> None:
    html = panel_html(title="Buổi", display="4", excused=[NameValue("Xã B", note="Lũ")], excused_total=61, excused_more_url="/duoc-mien/")
    assert "Được miễn, không tính vào mẫu số" in html and "61" in html and 'href="/duoc-mien/"' in html


class Form(forms.Form):
    name = forms.CharField(label="Tên", help_text="Ghi đủ")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", required=False)


def test_a_field_ties_label_hint_and_error_to_its_input() -> None:
    form = Form({"kind": "z"})
    with translation.override("vi"):
        html = render_to_string("ui/components/field.html", {"field": form["name"]})
        group = render_to_string("ui/components/field.html", {"field": form["kind"]})
        optional = render_to_string("ui/components/field.html", {"field": form["note"]})
    assert '<label for="id_name">' in html and 'id="id_name_helptext"' in html and 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html and 'aria-invalid="true"' in html and 'class="inp"' in html
    assert "<legend>Loại</legend>" in group and group.count('type="radio"') == 2 and 'aria-describedby="id_kind_error"' in group
    assert "(không bắt buộc)" in optional


def test_the_error_summary_links_each_error_to_its_field() -> None:
    with translation.override("vi"):
        html = render_to_string("ui/components/error_summary.html", {"form": Form({"kind": "a"})})
        assert render_to_string("ui/components/error_summary.html", {"form": Form({"name": "x", "kind": "a"})}).strip() == ""
        twice = Form({"name": "x", "kind": "a"})
        for words in ("Sai một.", "Sai hai."):
            twice.add_error("name", words)
        told = render_to_string("ui/components/error_summary.html", {"form": twice})
    assert "Có 1 chỗ cần sửa" in html and 'href="#id_name"' in html
    assert "Có 2 chỗ cần sửa" in told and told.count('href="#id_name"') == 2  # two faults of one field are two


@pytest.mark.parametrize(
    ("here", "numbers"),
    [(1, [1, 2, None, 67]), (2, [1, 2, 3, None, 67]), (4, [1, None, 3, 4, 5, None, 67]), (67, [1, None, 66, 67])],
)
def test_page_numbers_leave_gaps(here: int, numbers: list[int | None]) -> None:
    page = Paginator(range(3321), 50).page(here)
    assert printed("{% page_numbers page as n %}{{ n }}", page=page) == str(numbers)


def test_a_bar_speaks_its_numbers() -> None:
    html = printed("{% bar 3268 3319 late=True %}")
    assert 'aria-label="3.268 trên 3.319"' in html and 'class="bar bar--late"' in html and 'width="970"' in html
    assert "bar--late" not in printed("{% bar 34 34 late=True %}")
