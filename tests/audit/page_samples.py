"""A released copy with everything in it, the seal over it, and its page as a browser saves it."""
from __future__ import annotations

import hashlib
import html
import json
from typing import Any

from soket.audit.verifier.page import make_seal, told
from soket.audit.verifier.strict import canonical_bytes
from tests.audit.samples import ORIGIN, signer

URL = "https://soket.example/cong-bo/ket-qua/"
LEAD_PHOTO, BODY_PHOTO = "a" * 64, "b" * 64


def text(words: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": words}]


def photo(sha256: str, caption: str) -> dict[str, Any]:
    size = {"sha256": sha256, "width": 960, "height": 640, "media_type": "image/jpeg", "bytes": 90000}
    return {"asset": "1", "caption": caption, "credit": "Văn phòng", "alt": "Hội trường", "decorative": False, "sizes": [size]}


def content(**changes: Any) -> dict[str, Any]:
    """A corrected copy: every kind of block, a claim that changed, a cited figure, a renamed title."""
    label = {"vi": "Buổi tuyên truyền", "en": "Information sessions"}
    figure = {"code": "01", "label": label, "display": {"vi": "88", "en": "88"}}
    changed = {"code": "01", "printed": "SK-01", "label": label, "old": "66", "new": "88"}
    claim = {"kind": "claim", "text": "88", "code": "01", "edition": "e" * 64, "old": "66"}
    told_again = {
        "number": 2, "at": "2026-07-17T02:05:00+00:00", "note": "Bổ sung báo cáo gửi sau kỳ hạn.", "edition": 2, "figures": [changed],
        "title": {"old": "Tên cũ", "new": "Kết quả phối hợp"},
    }  # fmt: skip
    body = [
        {"kind": "heading", "level": 2, "runs": text("Cách tính")},
        {"kind": "paragraph", "runs": [*text("Các đơn vị tổ chức "), claim, *text(" buổi, "), {"kind": "plain", "text": "12 đơn vị"}, *text(" dự & góp ý.")]},
        {"kind": "list", "items": [{"depth": 0, "ordered": True, "number": 1, "runs": text("Điểm một")},
                                   {"depth": 0, "ordered": False, "number": 2, "runs": text("Điểm hai")}]},
        {"kind": "quote", "runs": [*text("Dòng đầu"), {"kind": "break", "text": "\n"}, *text("dòng sau")]},
        {"kind": "table", "rows": [[text("Xã"), text("Buổi")], [text("Đông Hải"), text("7 buổi")]]},
        {"kind": "photo", **photo(BODY_PHOTO, "Quang cảnh")},
        {"kind": "chart", "codes": ["01"]},
    ]  # fmt: skip
    whole = {
        "format": "soket-release/2", "slug": "ket-qua", "number": 2, "published_at": "2026-07-17T02:05:00+00:00", "title": "Kết quả phối hợp",
        "title_runs": text("Kết quả phối hợp"), "lead": text("Lời dẫn có số 410 nghìn."), "body": body, "figures": [figure], "notices": [told_again],
        "photo": photo(LEAD_PHOTO, "Đại biểu dự hội nghị"), "office": {"name": "Cơ quan"}, "byline": "Nhóm phóng viên", "source": "Cổng tỉnh",
    }  # fmt: skip
    return {**whole, **changes}


def manifest(copy: dict[str, Any] | None = None, *, seed: int = 1, name: str = ORIGIN, **changes: Any) -> dict[str, Any]:
    """The manifest of a copy; `changes` are put over what was signed."""
    raw = canonical_bytes(copy or content()).decode()
    known = json.loads(raw)
    seal = make_seal(raw, hashlib.sha256(raw.encode()).hexdigest(), slug=known["slug"], number=known["number"], url=URL, name=name, signer=signer(seed))
    return {"format": "soket-page/1", **seal, "content": raw, **changes}


def body(copy: dict[str, Any], language: str) -> str:
    """Blocks as the product's template writes them, near enough: one paragraph for each word would do as well."""
    words = dict(told(copy, language))["body"]
    claim = '<a class="fig fig--fix" href="#"><s>66</s> <b>88</b></a>'
    return f"<p>{html.escape(words, quote=False).replace('66 88', claim, 1)}</p>\n<figure><img src='tep/{BODY_PHOTO}.jpg' alt=''></figure>"


def page(copy: dict[str, Any] | None = None, given: dict[str, Any] | None = None, language: str = "vi") -> str:
    """A saved page: a frame around the signed parts."""
    copy = copy or content()
    parts = dict(told(copy, language))
    block = json.dumps(given or manifest(copy), ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    notice = f'<div class="correction" data-unsigned><b>Đính chính</b> <span data-signed="notice">{parts["notice"]}</span> theo bản 2</div>'
    aside = f'410 nghìn <span class="fig__c">{"cited" if language == "en" else "trích dẫn"}</span>'
    return f"""<!DOCTYPE html>
<!-- saved from url=(0036){URL} -->
<html lang="{language}"><head><meta charset="utf-8"><title>{parts["title"]} – Soket</title><script type="module" src="x.js"></script></head>
<body><header>Soket</header><nav><a href="/">Trang chủ</a></nav><main>
<article class="art"><p class="kick" data-unsigned>Hồ sơ sơ kết</p><h1 data-signed="title">{parts["title"]}</h1>
<p data-unsigned><time data-signed="date">{parts["date"]}</time> <span data-signed="office">Cơ quan</span> <span>Số liệu minh họa</span></p>
{notice if parts["notice"] else ""}
<p class="lead" data-signed="lead">{parts["lead"].replace("410 nghìn", aside)}</p>
<figure data-signed="photo"><img src="./tep_files/{LEAD_PHOTO}.jpg" alt="x"><figcaption>{parts["photo"]}</figcaption></figure>
<div class="body" data-signed="body">{body(copy, language)}</div>
<p data-unsigned><b data-signed="byline">Nhóm phóng viên</b> Nguồn: <span data-signed="byline">Cổng tỉnh</span></p>
</article></main><footer>Chân trang</footer>
<script type="application/json" id="soket-manifest">{block}</script></body></html>"""
