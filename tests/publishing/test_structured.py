"""What an article says to programs: NewsArticle, Open Graph, addresses. Nothing is claimed that the copy does not hold."""
from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.factories import publishing as make
from tests.factories import publishing_finding as store
from tests.support.client import LintingClient

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def parsed(client: LintingClient, url: str) -> tuple[dict[str, Any], str]:
    html = client.get(url).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert block
    return json.loads(block[1]), html


def meta(html: str, name: str) -> str:
    found = re.findall(rf'<meta (?:property|name)="{re.escape(name)}" content="(.*?)">', html)
    assert len(found) == 1, name
    return str(found[0])


def test_a_corrected_article_cites_its_frozen_edition(desk: make.Desk, client: LintingClient) -> None:
    make.released(desk)
    edition = make.second_edition(desk)
    copy = make.released(desk, at=make.CORRECTED_AT, note="Bổ sung báo cáo gửi sau kỳ hạn.")
    told, html = parsed(client, "/cong-bo/ket-qua-so-ket/")
    base = settings.BASE_URL
    url = f"{base}/cong-bo/ket-qua-so-ket/"
    names = ("@type", "headline", "datePublished", "dateModified", "inLanguage", "isAccessibleForFree", "url", "version", "identifier")
    assert {name: told[name] for name in names} == {
        "@type": "NewsArticle", "headline": make.TITLE, "datePublished": "2026-07-15T16:30:00+07:00", "dateModified": "2026-07-17T09:05:00+07:00",
        "inLanguage": "vi", "isAccessibleForFree": True, "url": url, "version": 2, "identifier": f"sha256:{copy.digest}",
    }  # fmt: skip
    review = desk.world.review
    assert told["isBasedOn"] == told["citation"] == {
        "@type": "Dataset", "name": json.loads(copy.content)["review"]["title"], "version": 2, "identifier": f"sha256:{edition.digest}",
        "url": f"{base}/so-ket/{review.slug}/ban-2/",
    }  # fmt: skip
    assert told["correction"] == [{"@type": "CorrectionComment", "text": "Bổ sung báo cáo gửi sau kỳ hạn.", "datePublished": "2026-07-17T09:05:00+07:00"}]
    assert told["author"][0]["@type"] == told["publisher"]["@type"] == "Organization" and told["publisher"]["url"] == f"{base}/cong-bo/"
    assert "ClaimReview" not in html and "image" not in told and "associatedMedia" not in told
    assert client.get(told["isBasedOn"]["url"].removeprefix(base)).status_code == 200
    assert f'<link rel="canonical" href="{url}">' in html
    assert (meta(html, "og:title"), meta(html, "og:url"), meta(html, "description")) == (make.TITLE, url, make.LEAD)
    assert (meta(html, "article:published_time"), meta(html, "article:modified_time")) == ("2026-07-15T16:30:00+07:00", "2026-07-17T09:05:00+07:00")
    for kind in ("rss", "atom"):
        assert f'type="application/{kind}+xml"' in html and f'href="{base}/cong-bo/{kind}.xml"' in html


def photo(sizes: list[tuple[int, int]]) -> dict[str, Any]:
    told = [{"sha256": f"{number}" * 64, "width": wide, "height": high, "media_type": "image/jpeg", "bytes": 9} for number, (wide, high) in enumerate(sizes, 1)]
    return {"asset": "1", "caption": "Đại biểu <dự>", "credit": "Văn phòng", "alt": "Hội trường", "decorative": False, "sizes": told}


def test_pictures_sound_category_and_signs_of_markup(client: LintingClient) -> None:
    sound = {
        "duration": 60_400, "mp3": {"sha256": "d" * 64, "size": 123456}, "opus": {"sha256": "e" * 64, "size": 65432}, "kind": "machine", "voice": "espeak-ng",
        "copy": 1, "stale": False, "waveform": [1, 2, 3],
    }  # fmt: skip
    lead = store.text("Lời dẫn dài. " * 40 + "</script><b>")
    shown = {
        "photo": photo([(480, 320), (960, 640), (640, 640), (1280, 720)]), "lead": lead, "byline": "Nhóm phóng viên", "source": "Cổng tỉnh",
        "tags": [{"kind": "unit", "key": "1", "label": "Xã A"}],
    }  # fmt: skip
    store.put(Path(settings.PUBLIC), 1, 'Tên "có" </script> & <dấu>', extra={"audio": sound}, **shown)
    told, html = parsed(client, "/cong-bo/bai-1/")
    base = settings.BASE_URL
    assert told["headline"] == 'Tên "có" </script> & <dấu>' and "</script><b>" not in html
    assert [(one["width"], one["height"], one["url"][-9:], one["caption"]) for one in told["image"]] == [
        (1280, 720, "44444.jpg", "Đại biểu <dự>"), (960, 640, "22222.jpg", "Đại biểu <dự>"), (640, 640, "33333.jpg", "Đại biểu <dự>"),
    ]  # fmt: skip
    assert [one["encodingFormat"] for one in told["associatedMedia"]] == ["audio/mpeg", "audio/ogg"]
    assert told["associatedMedia"][:1] == [{
        "@type": "AudioObject", "contentUrl": f"{base}/cong-bo/tep/{'d' * 64}.mp3", "encodingFormat": "audio/mpeg", "contentSize": "123456",
        "duration": "PT61S",
    }]  # fmt: skip
    assert (told["articleSection"], told["creditText"], told["keywords"]) == ("Thời sự", "Nhóm phóng viên", ["Xã A"])
    assert told["sourceOrganization"]["name"] == "Cổng tỉnh"
    assert "isBasedOn" not in told and "correction" not in told
    assert meta(html, "og:image") == f"{base}/cong-bo/tep/{'4' * 64}.jpg"
    assert (meta(html, "og:image:width"), meta(html, "og:image:height")) == ("1280", "720")
    assert (meta(html, "twitter:card"), meta(html, "og:audio:type"), meta(html, "article:section")) == ("summary_large_image", "audio/mpeg", "Thời sự")
    description = meta(html, "description")
    assert description.endswith("dẫn…") or description.endswith("dài…") or description.endswith("Lời…")
    assert len(description) <= 301
    assert f'href="{base}/cong-bo/chuyen-muc/thoi-su/rss.xml"' in html
