"""From Word: the words stay, the marks are ours, nothing that runs survives."""
from __future__ import annotations

import html
import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.publishing import core, markup, pasting

pytestmark = pytest.mark.one_database
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15"><title>Tin</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {margin:0cm; font-family:"Times New Roman",serif;} --></style></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin-left:0cm'><span lang=VI>Kết quả  ba năm<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span>Sáng&nbsp;nay,</span></b><span> tại <st1:place w:st="on">hội
trường</st1:place>, hai cơ quan đã <i>ký kết</i>&nbsp; chương tr\u00ecnh phối\u00adhợp.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst
style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Tuyên truyền * sâu rộng<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle
style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;
</span></span><![endif]>Tại cơ sở<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast
style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Kiểm tra</p>
<table class=MsoTableGrid border=1 cellspacing=0>
<tr style='mso-yfti-irow:0'><td width=301
valign=top><p class=MsoNormal><b>Đơn vị | cụm<o:p></o:p></b></p></td>
<td width=301><p class=MsoNormal>Ghi chú</p></td></tr>
<tr><td><p class=MsoNormal>Cụm một</p><p class=MsoNormal>miền núi</p></td><td>dòng<br>hai</td></tr></table>
<p class=MsoNormal>1. Đánh giá chung: <a href="https://vi.du/van-ban_(2)">văn bản</a>, <a href="javascript:alert(1)">xem thêm</a>,
<del>bỏ đi</del>{{01}} buổi.</p>
<blockquote><p>Lời trích.</p><p>Câu sau.</p></blockquote>
<p class=MsoNormal onclick="alert(2)">- gạch đầu dòng<img src="file:///C:/anh.jpg"><span style='display:none'>ẩn</span><script>alert(3)</script></p>
<!--EndFragment--></body></html>"""
READ = """## Kết quả ba năm

**Sáng nay,** tại hội trường, hai cơ quan đã *ký kết* chương trình phốihợp.

- Tuyên truyền \\* sâu rộng
  1. Tại cơ sở
- Kiểm tra

| **Đơn vị \\| cụm** | Ghi chú |
| --- | --- |
| Cụm một miền núi | dòng hai |

1\\. Đánh giá chung: [văn bản](https://vi.du/van-ban_%282%29), xem thêm, {{01}} buổi.

> Lời trích.
>
> Câu sau.

\\- gạch đầu dòng"""


def test_a_word_clipboard_becomes_our_marks() -> None:
    assert pasting.from_html(WORD) == READ


def test_the_result_reads_as_blocks() -> None:
    values = {"01": core.Value("01", "66")}
    kinds = [block.kind for block in markup.blocks(READ, values)]
    assert kinds == ["heading", "paragraph", "list", "table", "paragraph", "quote", "paragraph"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<ol start=3><li>ba<ul><li>con</li></ul></li><li><p>bốn</p><p>thêm</p></li></ol><p>sau</p>", "3. ba\n   - con\n4. bốn thêm\n\nsau"),
        ("<p class=MsoListParagraph>•  điểm</p><p class=MsoListParagraph>2) hai</p>", "- điểm\n2. hai"),
        ("<p># a</p><p>+ b</p><p>&gt; c</p><p>12) d</p>", "\\# a\n\n\\+ b\n\n\\> c\n\n12\\) d"),
        ("<p>&lt;b&gt; chữ _nghiêng_ a_b [x](y)</p>", "<b> chữ \\_nghiêng\\_ a_b [x\\](y)"),
        ("<p>{{ và ]] và [[12 buổi]]</p>", "{ { và ] ] và [[12 buổi]]"),
        ("<h3>Mục <b>con</b> #</h3>", "### Mục con \\#"),
        ("<p>a<br>b</p><div>c</div>", "a\n\nb\n\nc"),
        ("<b><i>cả hai</i></b><p><b>x</b><i>y</i></p>", "***cả hai***\n\n**x***y*"),
        ("<p>cafe\u0301 \ue000\u202eabc\u200b</p>", "café abc"),
        ("<a href='http:'>x</a><a href='https://vi.du/[[1]]|{{2}}'>y</a>", "x[y](https://vi.du/%5B%5B1%5D%5D%7C%7B%7B2%7D%7D)"),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td></td></tr></table>", "| a b |  |\n| --- | --- |"),
        ("", ""), ("<style>p{}</style><!-- a -->", ""),
    ],
)  # fmt: skip
def test_small_pieces(source: str, text: str) -> None:
    assert pasting.from_html(source) == text


WORDS = st.text(st.sampled_from("aăđ1.* _#->+|\\()!\"&<'\u00a0\n“”"), max_size=8).map(html.escape)
INLINE = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from(["b", "i", "span", "a href='https://vi.du/x y'", "a href='javascript:x'", "u"]), st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0].split()[0]}>"
    ),
    max_leaves=5,
)
BLOCK = st.recursive(
    INLINE,
    lambda inner: st.tuples(st.sampled_from("p div h1 h3 li ul ol blockquote td tr table section".split()), st.lists(inner, max_size=3)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=8,
)


def visible(source: str) -> str:
    """The words of HTML without any blank, got another way: every tag taken off."""
    return re.sub(r"\s", "", html.unescape(nh3.clean(source, tags=set())))


@given(st.lists(BLOCK, max_size=4).map("".join))
def test_no_word_is_lost_and_none_is_added(source: str) -> None:
    text = pasting.from_html(source)
    found, faults = markup.read(text, {}, bound=False)
    assert not faults, (text, faults)
    words = "".join(run.text for block in found for run in block.every_run())
    assert re.sub(r"\s", "", words) == visible(source), text


@given(st.text(max_size=60), st.sampled_from(["script", "img src=x onerror=alert(1)", "svg onload=alert(1)", "iframe", "p onclick=x", "style"]))
def test_no_tag_survives(words: str, tag: str) -> None:
    text = pasting.from_html(f"<{tag}>{html.escape(words)}<b>x</b></{tag.split()[0]}>")
    assert "<" not in text.replace("<", "", words.count("<"))
    assert "onerror" not in text.replace(words, "") and "onload" not in text.replace(words, "")
