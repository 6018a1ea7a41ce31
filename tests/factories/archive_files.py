"""An older newspaper's files, invented: a WordPress export with photographs in a ZIP. Needs no database."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

OLD = "https://bao-cu.example.vn"
PAPER = "Trang tin Mẫu"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
    "<channel><title>Trang tin</title>"
)
BODY = (
    "Chiều nay các xã họp giao ban. Có 12 nghìn lượt người dự.\n\nĐoạn hai có <b>chữ đậm</b> và <a href=\"/lien-ket\">liên kết</a>.\n\n"
    '[caption id="a1" width="300"]<a href="x"><img src="' + OLD + '/wp-content/uploads/2019/05/hop-300x200.jpg" alt="" /></a> Phòng họp của xã[/caption]\n\n'
    "Đoạn ba kể tiếp."
)


def post(title: str = "Giao ban các xã", slug: str = "giao-ban-cac-xa", body: str = BODY, **more: str) -> str:
    """One <item> of WXR; `more`: link, excerpt, status, kind, gmt, password, section, thumbnail, creator."""
    told: dict[str, str] = {"link": f"{OLD}/2019/05/{slug}.html", "excerpt": "", "status": "publish", "kind": "post", "gmt": "2019-05-31 01:30:00",
                            "password": "", "section": "Tin hoạt động", "thumbnail": "", "creator": "Ban biên tập", **more}  # fmt: skip
    meta = f"<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>{told['thumbnail']}</wp:meta_value></wp:postmeta>" if told["thumbnail"] else ""
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{told['link']}</link><dc:creator>{told['creator']}</dc:creator>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[{told['excerpt']}]]></excerpt:encoded>"
        f"<wp:post_id>1</wp:post_id><wp:post_date_gmt>{told['gmt']}</wp:post_date_gmt><wp:status>{told['status']}</wp:status>"
        f"<wp:post_type>{told['kind']}</wp:post_type><wp:post_password>{told['password']}</wp:post_password>"
        f'<category domain="category" nicename="t"><![CDATA[{told["section"]}]]></category>{meta}</item>'
    )


def attachment(number: int, path: str, alt: str = "", caption: str = "") -> str:
    meta = f"<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>{alt}</wp:meta_value></wp:postmeta>"
    return (
        f"<item><title>anh</title><link>{OLD}/?attachment_id={number}</link><excerpt:encoded>{caption}</excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_type>attachment</wp:post_type><wp:attachment_url>{OLD}/wp-content/uploads/{path}</wp:attachment_url>{meta}</item>"
    )


def wxr(*items: str) -> bytes:
    return f"{HEAD}{''.join(items)}</channel></rss>".encode()


def jpeg(shade: int = 120, width: int = 800) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, width * 2 // 3), (shade, shade, shade)).save(out, "JPEG")
    return out.getvalue()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
