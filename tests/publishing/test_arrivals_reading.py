"""Reading an older newspaper's files: what is understood, what is told, what is refused as a whole."""
from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from soket.kernel.clock import VIETNAM
from soket.publishing import core, markup
from soket.publishing.arriving import html, reading
from soket.publishing.arriving.items import BadArchive, Item, Picture, path_of
from soket.publishing.arriving.pictures import Pictures, chosen
from soket.publishing.arriving.preparing import Prepared, prepared
from tests.factories import archive_files as make

pytestmark = pytest.mark.one_database
NOW = datetime(2026, 7, 15, tzinfo=UTC)


def read(content: bytes, media_type: str = "application/xml") -> list[Item]:
    return list(reading.read(content, reading.form_of(content, media_type)))


def of(body: str, **more: object) -> Prepared:
    told = {"number": 1, "url": f"{make.OLD}/tin/bai.html", "title": "Bài mẫu", "at": datetime(2019, 5, 31, tzinfo=UTC), **more}
    return prepared(Item(body=body, **told), NOW)  # type: ignore[arg-type]


def test_wordpress_posts_are_read_with_their_cover_and_the_rest_is_told() -> None:
    items = read(make.wxr(
        make.attachment(9, "2019/05/bia.jpg", "", "Toàn cảnh"), make.post(thumbnail="9"), make.post("Nháp", "nhap", status="draft"),
        make.post("Trang", "trang", kind="page"), make.post("Khóa", "khoa", password="x"), make.post("Thực đơn", "td", kind="nav_menu_item"),
    ))  # fmt: skip
    first = items[0]
    assert [item.number for item in items] == [1, 2, 3, 4]
    assert (first.title, first.byline, first.sections) == ("Giao ban các xã", "Ban biên tập", ("Tin hoạt động",))
    assert first.url == f"{make.OLD}/2019/05/giao-ban-cac-xa.html"
    assert first.at == datetime(2019, 5, 31, 1, 30, tzinfo=UTC)
    assert first.featured == Picture(f"{make.OLD}/wp-content/uploads/2019/05/bia.jpg", "", "Toàn cảnh")
    assert [item.faults for item in items[1:]] == [(("unpublished", "draft"),), (("kind", "page"),), (("private", ""),)]


def test_a_feed_is_read_and_a_summary_alone_is_told() -> None:
    rss = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>t</title><item><title>Một</title><link>{make.OLD}/1</link><pubDate>Fri, 31 May 2019 08:30:00 +0700</pubDate><category>Tin</category>
    <description>Tóm tắt.</description>
    <content:encoded><![CDATA[<p>Đoạn một.</p><p>Đoạn hai.</p>]]></content:encoded><enclosure url="{make.OLD}/a.jpg" type="image/jpeg" length="1"/></item>
    <item><title>Hai</title><link>{make.OLD}/2</link><description>Chỉ có tóm tắt. Hai câu.</description></item></channel></rss>"""
    one, two = read(rss.encode())
    assert one.at == datetime(2019, 5, 31, 1, 30, tzinfo=UTC) and one.lead == "Tóm tắt." and "Đoạn hai" in one.body and one.sections == ("Tin",)
    assert one.featured == Picture(f"{make.OLD}/a.jpg") and one.faults == ()
    assert two.at is None and two.faults == (("teaser", ""),)
    atom = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>Ba</title><id>urn:3</id>
    <link href="https://bao-cu.example.vn/3"/><published>2020-01-02T03:04:05Z</published><author><name>Ban biên tập</name></author>
    <content type="html">&lt;p&gt;Nội dung.&lt;/p&gt;</content></entry></feed>"""
    (three,) = read(atom.encode())
    assert (three.title, three.url, three.byline, three.at) == ("Ba", f"{make.OLD}/3", "Ban biên tập", datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC))


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_whatever_parts_its_columns(mark: str) -> None:
    head = mark.join(["url", "title", "body", "published_at", "category", "picture", "picture_alt", "la"])
    row = mark.join([f"{make.OLD}/a", '"Có ""ngoặc"""', '"Câu một.\nCâu hai."', "31/05/2019 08:30", '"Tin;Ảnh"', "a.jpg", "Phòng họp", "x"])
    (item,) = read(f"\ufeff{head}\r\n{row}\r\n".encode(), "text/csv")
    assert item.title == 'Có "ngoặc"' and item.sections == ("Tin", "Ảnh") and item.featured == Picture("a.jpg", "Phòng họp")
    assert item.at == datetime(2019, 5, 31, 8, 30, tzinfo=VIETNAM)


def test_a_json_is_read_and_odd_rows_are_told() -> None:
    rows = [
        {"title": "Một", "body": "<p>a</p>", "published_at": "2019-05-31T08:30:00+07:00", "categories": ["Tin"],
         "pictures": [{"file": "b.jpg", "alt": "B", "credit": "Phóng viên"}, 3]},
        {"title": 5, "body": "b", "published_at": "31 tháng 5"}, "không phải bài",
    ]  # fmt: skip
    one, two, three = read(json.dumps({"articles": rows}).encode(), "application/json")
    assert one.pictures == (Picture("b.jpg", "B", "", "Phóng viên"),) and one.faults == (("bad_value", "pictures"),)
    assert two.faults == (("bad_date", "31 tháng 5"), ("bad_value", "title")) and three.faults == (("bad_row", ""),)


BOMB = (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<rss><channel><item><title>&b;</title></item></channel></rss>")
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("content", "media_type", "why"),
    [
        (BOMB, "application/xml", "bomb"), (OUTSIDE, "application/xml", "bomb"),
        (BOMB.replace(b"<rss>", b"<rss><!-- wordpress.org/export/ -->"), "application/xml", "bomb"),
        (b"<rss><channel>", "application/xml", "not_xml"), (b"<html><body>x</body></html>", "application/xml", "no_feed"),
        (b'<?xml version="1.0" encoding="khong-co"?><rss/>', "application/xml", "not_xml"),
        (b"title,body\n\xff\xfe", "text/csv", "not_utf8"), (b"ten,noi dung\na,b", "text/csv", "no_head"), (b'title,body\n"a,b', "text/csv", "not_csv"),
        (b"title,body\n", "text/csv", "empty"), (b"{", "application/json", "not_json"), (b'{"a": 1}', "application/json", "no_list"),
        (b"[" * 100_000, "application/json", "not_json"), (b"[]", "application/json", "empty"),
    ],
)
def test_files_that_cannot_be_read_or_would_do_harm_are_refused(content: bytes, media_type: str, why: str) -> None:
    with pytest.raises(BadArchive) as bad:
        read(content, media_type)
    assert bad.value.why == why


def test_html_becomes_our_text_and_everything_dropped_is_told() -> None:
    text = of(
        "Lời dẫn của bài.\n\n<h2>Mục</h2>Đoạn có <b>đậm</b>, <a href='/x'>nối</a> và <a href='javascript:alert(1)'>hỏng</a>.\n\n"
        "<ul><li>một <img src='trong-muc.jpg' alt='Trong mục'></li></ul><table><tr><td colspan='2'>gộp</td></tr><tr><td>1</td><td>2</td></tr></table>"
        "<iframe src='https://khac.example/'>BÍ MẬT</iframe><script>alert('BÍ MẬT')</script>[gallery ids=\"1\"] {{01}} và [[12 buổi]]"
    )
    assert text.lead == "Lời dẫn của bài."
    assert "BÍ MẬT" not in text.body and "javascript" not in text.body and "gallery" not in text.body
    assert "## Mục" in text.body and "**đậm**" in text.body and "[nối](https://bao-cu.example.vn/x)" in text.body
    assert "{{ảnh 1}}\n" in text.body and "{{01}}" not in text.body and "[[12" not in text.body
    assert {code for code, _words in text.faults} == {"link", "merged", "dropped", "shortcode", "brackets"}
    assert [words for code, words in text.faults if code == "dropped"] == ["iframe", "script"]
    assert text.pictures == (Picture(f"{make.OLD}/tin/trong-muc.jpg", "Trong mục"),) and not text.grave


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " <b></b>"}, "no_title"), ({"at": None}, "no_date"), ({"at": datetime(2031, 1, 1, tzinfo=UTC)}, "future"),
        ({"body": "<img src='a.jpg'>"}, "no_text"),
        ({"body": "Chỉ một câu."}, "short"), ({"body": "a. " * 14_000}, "long_body"),
    ],
)
def test_what_keeps_an_article_out(more: dict[str, object], code: str) -> None:
    told = {"body": "Đoạn một.\n\nĐoạn hai.", **more}
    text = of(str(told.pop("body")), **told)
    assert text.grave and code in [one for one, _words in text.faults]


def test_the_lead_is_the_excerpt_or_the_first_paragraph_and_stands_once() -> None:
    assert (of("A một.\n\nB hai.", lead="Tóm tắt").lead, of("A một.\n\nB hai.", lead="Tóm tắt").body) == ("Tóm tắt", "A một.\n\nB hai.")
    assert (of("A một.\n\nB hai.", lead="A một.").lead, of("A một.\n\nB hai.", lead="A một.").body) == ("A một.", "B hai.")
    assert (of("Câu một. Câu hai. Câu ba.").lead, of("Câu một. Câu hai. Câu ba.").body) == ("Câu một.", "Câu hai. Câu ba.")
    long = of("Một câu dài vừa phải thôi nhé. " * 60 + "\n\nĐoạn hai.")
    assert len(long.lead) <= 1200 and long.lead.endswith(".") and long.body.endswith("Đoạn hai.")
    assert (long.lead + " " + long.body).count("Một câu dài") == 60
    title = of("Đoạn một.\n\nĐoạn hai.", title="chữ " * 80)
    assert len(title.title) <= 200 and title.title.endswith("…") and ("long_title", ("chữ " * 80).strip()) in title.faults


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        (f"{make.OLD}/2019/05/giao-ban.html", "giao-ban"), (f"{make.OLD}/Tin-Tuc/B%C3%A0i-vi%E1%BA%BFt/", "bai-mau"), (f"{make.OLD}/?p=12", "bai-mau"),
        (f"{make.OLD}/index.php?id=3", "bai-mau"), ("", "bai-mau"), (f"{make.OLD}/so-ket-2019-123.htm", "so-ket-2019-123"),
    ],
)
def test_an_address_stays_as_far_as_it_can(url: str, slug: str) -> None:
    told = of("Một.\n\nHai.", url=url).slug
    assert told == (slug if "B%C3" not in url else "bai-viet")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        (f"{make.OLD}/a/b.html", "/a/b.html"), (f"{make.OLD}/?p=12", "/?p=12"), (f"{make.OLD}/B%C3%A0i?x=1#y", "/Bài?x=1"), (f"{make.OLD}/", ""), ("", ""),
        ("javascript:alert(1)", ""), ("http://[", ""), (f"{make.OLD}/{'a' * 600}", ""),
    ],
)
def test_the_old_path_as_a_request_names_it(url: str, path: str) -> None:
    assert path_of(url) == path


def test_photographs_are_found_by_the_end_of_their_address() -> None:
    pictures = Pictures(make.zipped({
        "uploads/2019/05/hop.jpg": b"1", "uploads/2020/01/hop.jpg": b"2", "uploads/Mot Anh.PNG": b"3", "uploads/readme.txt": b"4",
    }))  # fmt: skip
    assert pictures.find(f"{make.OLD}/wp-content/uploads/2019/05/hop-300x200.jpg") == "uploads/2019/05/hop.jpg"
    assert pictures.find(f"{make.OLD}/khac/hop.jpg") == ""  # two fit alike: neither is certain
    assert pictures.find(f"{make.OLD}/Mot%20Anh.png?v=2") == "uploads/mot anh.png" and pictures.read("uploads/mot anh.png") == b"3"
    assert pictures.find(f"{make.OLD}/readme.txt") == "" and pictures.find("../../uploads/2019/05/hop.jpg") == "uploads/2019/05/hop.jpg"


def test_a_zip_cannot_lead_out_or_fill_the_memory() -> None:
    content = make.zipped({"../../etc/a.jpg": b"1", "/b.jpg": b"1", "C:\\c.jpg": b"1", "to.jpg": b"\0" * 3_000_000, "tot.jpg": b"1"})
    pictures = Pictures(content)
    assert sorted(code for code, _name in pictures.left) == ["zip_bomb", "zip_path", "zip_path", "zip_path"] and list(pictures.parts) == ["tot.jpg"]
    lying = bytearray(make.zipped({"a.jpg": b"\0" * 40_000_000}))  # its head says 100 bytes
    for at in [place for place in range(len(lying) - 4) if bytes(lying[place : place + 4]) in {b"PK\x01\x02", b"PK\x03\x04"}]:
        offset = at + (24 if lying[at : at + 4] == b"PK\x01\x02" else 22)
        lying[offset : offset + 4] = (100).to_bytes(4, "little")
    told = Pictures(bytes(lying))
    assert list(told.parts) == ["a.jpg"]
    with pytest.raises(BadArchive):
        told.read("a.jpg")
    with pytest.raises(BadArchive):
        Pictures(b"PK\x03\x04 hong")
    with zipfile.ZipFile(io.BytesIO(content)) as kept:
        assert len(kept.namelist()) == 5


def test_photographs_without_words_stay_behind_and_a_camera_name_is_none() -> None:
    pictures = Pictures(make.zipped(dict.fromkeys(("a.jpg", "img_1234.jpg", "c.jpg", "d.jpg"), b"1")))
    text = of("Một.\n\nHai.\n\n<p><img src='a.jpg' alt='Phòng họp'></p><p><img src='img_1234.jpg' alt='IMG_1234'></p>"
              "<figure><img src='c.jpg' alt='DSC 0042'><figcaption>Đại biểu dự họp</figcaption></figure><p><img src='khong-co.jpg' alt='x y'></p>",
              featured=Picture("d.jpg", "", "Toàn cảnh"))  # fmt: skip
    found, faults = chosen(text, pictures)
    assert [(one.place, one.name, one.picture.alt) for one in found] == [(0, "d.jpg", "Toàn cảnh"), (1, "a.jpg", "Phòng họp"), (3, "c.jpg", "Đại biểu dự họp")]
    assert [code for code, _words in faults] == ["picture_no_alt", "picture_missing"]


def test_text_without_a_tag_is_no_html() -> None:
    told, _pictures, _faults = html.ready("a < b\n\nAT&T", "")
    assert "a &lt; b" in told and "AT&amp;T" in told


PIECES = [
    "<p>", "</p>", "<b>", "</b>", "<h2>", "</h3>", "<ul><li>", "</li></ul>", "<table><tr><td>", "</td><td colspan=2>", "</table>",
    "<blockquote>", "</blockquote>",
    "<img src='a.jpg' alt='Phòng họp'>", "<a href='/x'>", "</a>", "<script>", "</script>", "<figure>", "<figcaption>", "</figcaption></figure>", "\n\n", "\n",
    "{{01}}", "{{ảnh 3}}", "{{biểu đồ 01, 02}}", "[[12 buổi]]", "{{", "}}", "[[", "]]", "{", "[gallery ids='1']", "[caption]", "[/caption]",
    "# một", "- hai", "1. ba",
    "> bốn", "|", "**", "_", "\\", "Hơn 12 nghìn lượt. ", "chữ ", "&amp;", "&#123;&#123;", "\ue000", "\u200b", "<br>", "<!-- x -->", "<iframe src=x>", "<",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(some.lists(some.sampled_from(PIECES), max_size=25).map("".join), some.lists(some.sampled_from(PIECES), max_size=4).map("".join))
def test_whatever_came_it_reads_as_text_and_never_claims(body: str, line: str) -> None:
    """Each text that would be taken is one that the desk can keep, with no claim, no marked number and only its own photographs."""
    text = of(f"Câu một. {body} Câu cuối.", title=f"Bài {line}", lead=line)
    if text.grave:
        return
    runs = [*core.runs(text.title, {}, bound=False), *core.runs(text.lead, {}, bound=False)]
    blocks = markup.blocks(text.body, {}, bound=False)
    runs += [run for block in blocks for run in block.every_run()]
    assert {run.kind for run in runs} <= {"text", "break"}
    assert not any(block.kind == "chart" for block in blocks)
    assert len(set(markup.photos(blocks))) == len(markup.photos(blocks))
    assert set(markup.photos(blocks)) <= set(range(1, len(text.pictures) + 1))
