"""The fixed words of a press kit, in both languages. They are parts of documents, not of pages. Pure."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from soket.kernel.clock import VIETNAM

FILES = (
    ("bai-viet.docx", "toàn văn bài viết, bản Word", "the whole text, for Word"),
    ("bai-viet.txt", "toàn văn bài viết, văn bản thường", "the whole text, plain"),
    ("anh-", "ảnh cỡ lớn nhất, số thứ tự theo bài", "photographs at their largest, numbered as in the text"),
    ("chu-thich-anh.txt", "chú thích, tác giả và mô tả từng ảnh", "caption, credit and description of each photograph"),
    ("ban-doc.mp3", "bản đọc của bài", "the article as sound"),
    ("so-lieu.csv", "số liệu trong bài, mở bằng bảng tính", "figures of the article, for a spreadsheet"),
    ("so-lieu.json", "số liệu trong bài, cho máy đọc", "figures of the article, for programs"),
    ("ban-cong-bo.json", "bản công bố nguyên gốc; mã SHA-256 ghi ở dưới", "the published copy itself; its SHA-256 is below"),
    ("ban-ke-da-ky.json", "bản kê đã ký số để kiểm chứng bản công bố", "the signed manifest that proves the copy"),
)
USAGE_VI = (
    "Được đăng lại toàn văn hoặc trích dẫn khi ghi rõ nguồn: {office}.",
    "Mỗi ảnh ghi đúng tác giả như trong tệp chú thích.",
    "Giữ nguyên số liệu; tỷ lệ nêu kèm tử số và mẫu số.",
    "Trước khi đăng, xem lại trang của bài: nếu bài đã được đính chính, dùng bộ tư liệu của bản mới.",
)
USAGE_EN = (
    "May be reprinted in full or quoted when the source is named: {office}.",
    "Each photograph carries the credit given in the captions file.",
    "Figures stay as they are; a share is given with its numerator and denominator.",
    "Look at the article's page before printing: if it was corrected, take the kit of the newer copy.",
)
WORDS = {
    "vi": {
        "head": "BỘ TƯ LIỆU BÁO CHÍ", "title": "Bài", "office": "Cơ quan", "copy": "Bản", "at": "Công bố lúc", "page": "Trang của bài",
        "dossier": "Hồ sơ số liệu đã ký", "verify": "Kiểm chứng hồ sơ", "digest": "SHA-256 của bản công bố", "edition": "SHA-256 của hồ sơ",
        "files": "TRONG BỘ NÀY", "usage": "CÁCH DÙNG VÀ GHI NGUỒN", "links": "KIỂM CHỨNG", "synthetic": "Số liệu minh họa, không phải số liệu thật.",
        "draft": "chưa công bố",
    },
    "en": {
        "head": "PRESS KIT", "title": "Article", "office": "Office", "copy": "Copy", "at": "Published at", "page": "Page of the article",
        "dossier": "Signed dossier of the figures", "verify": "Verify the dossier", "digest": "SHA-256 of the published copy",
        "edition": "SHA-256 of the dossier", "files": "IN THIS KIT", "usage": "USE AND CREDIT", "links": "VERIFICATION",
        "synthetic": "Illustrative figures, not real ones.", "draft": "not published",
    },
}
UNTIL = {"vi": "CẤM CÔNG BỐ TRƯỚC {when} (GMT+7)", "en": "EMBARGOED UNTIL {when} (GMT+7)"}
NO_TIME = {"vi": "CẤM CÔNG BỐ TRƯỚC KHI CƠ QUAN ĐĂNG BÀI", "en": "EMBARGOED UNTIL THE OFFICE PUBLISHES THE ARTICLE"}


def dated(content: Mapping[str, Any], draft: bool) -> str:
    """Whose it is, when it was published and as which copy; a text that is not out has no time."""
    when = datetime.fromisoformat(content["published_at"]).astimezone(VIETNAM)
    at = "" if draft else f", {when:%H:%M:%S} ngày {when:%d/%m/%Y} (GMT+7)"
    return f"{content['office']['name']}{at}. Bản {content['number']}{', chưa công bố' if draft else ''}."


def under(photo: Mapping[str, Any]) -> str:
    """What stands under a photograph: its caption as a sentence, then whose it is."""
    caption = photo["caption"]
    stop = "." if caption and caption[-1] not in ".!?…" else ""
    return f"{caption}{stop} Ảnh: {photo['credit']}".strip()
