"""What an article says to programs: schema.org NewsArticle, Open Graph, and the head's addresses. Made from the public store alone.

No ClaimReview: a government that marks its own claims is no fact check. What a reader can follow instead is `isBasedOn`, the frozen
edition with its digest. Instants carry Viet Nam's zone.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, override

from soket.kernel.clock import VIETNAM
from soket.publishing.outlet.shelf import Kept
from soket.publishing.release import every_photo
from soket.publishing.showing import image_url

DESCRIPTION = 300
_RATIOS = {"1x1": (1, 1), "4x3": (4, 3), "16x9": (16, 9)}


@dataclass(frozen=True)
class Facts:
    """What the head prints. `image`: (address, width, height, alternative text), or None; `feeds`: (address, type, name)."""

    title: str
    description: str
    url: str
    site: str
    published: str
    modified: str
    section: str
    image: tuple[str, int, int, str] | None
    audio: tuple[str, str] | None
    feeds: list[tuple[str, str, str]]


def site_name() -> str:
    """The newspaper's name, in Vietnamese whatever the reader's language: it names a publication."""
    with override("vi"):
        return gettext("Public results of coordination programmes")


def stamp(text: str) -> str:
    """An instant of a copy in Viet Nam's zone: 2026-07-15T16:30:00+07:00."""
    return datetime.fromisoformat(text).astimezone(VIETNAM).isoformat(timespec="seconds")


def words(runs: Any) -> str:
    """Runs as plain words."""
    return "".join(" " if run["kind"] == "break" else run["text"] for run in runs)


def facts(kept: Kept, base_url: str) -> Facts:
    """The head of an article's page."""
    content = kept.content
    images, audio = _images(kept, base_url), audio_of(kept.extra, base_url)
    best = images[0] if images else None
    return Facts(
        title=content["title"], description=_short(words(content["lead"])), url=article_url(content["slug"], base_url), site=site_name(),
        published=stamp(content["first_published_at"]), modified=stamp(content["published_at"]),
        section=content["category"]["name"]["vi"] if content["category"] else "",
        image=(best["url"], best["width"], best["height"], best.get("caption") or content["title"]) if best else None,
        audio=(audio[0]["contentUrl"], audio[0]["encodingFormat"]) if audio else None, feeds=_feeds(content["category"], base_url),
    )


def news_article(kept: Kept, base_url: str) -> dict[str, Any]:
    """The NewsArticle. What is not known is left out, never guessed."""
    content, url = kept.content, article_url(kept.card.slug, base_url)
    home = {"@type": "Organization", "name": site_name(), "url": f"{base_url}{reverse('publishing:articles')}"}
    told: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "NewsArticle", "@id": url, "url": url, "mainEntityOfPage": url, "headline": content["title"],
        "description": words(content["lead"]), "datePublished": stamp(content["first_published_at"]), "dateModified": stamp(content["published_at"]),
        "inLanguage": "vi", "isAccessibleForFree": True, "author": [{"@type": "Organization", "name": content["office"]["name"]}], "publisher": home,
        "version": content["number"], "identifier": f"sha256:{kept.digest}",
    }  # fmt: skip
    optional = {
        "image": _images(kept, base_url), "associatedMedia": audio_of(kept.extra, base_url), "correction": _corrections(content),
        "articleSection": content["category"]["name"]["vi"] if content["category"] else "", "creditText": content["byline"],
        "keywords": [tag["label"] for tag in content["tags"]], "isBasedOn": _edition(kept), "citation": _edition(kept),
        "sourceOrganization": {"@type": "Organization", "name": content["source"]} if content["source"] else None,
    }  # fmt: skip
    return told | {name: value for name, value in optional.items() if value}


def article_url(slug: str, base_url: str) -> str:
    """The whole address of an article."""
    return f"{base_url}{reverse('publishing:article', args=[slug])}"


def audio_of(extra: Mapping[str, Any], base_url: str) -> list[dict[str, Any]]:
    """The article's sound, one AudioObject for each form of it, MP3 first: every program plays it."""
    audio, found = extra.get("audio") or {}, []
    for ending, kind in (("mp3", "audio/mpeg"), ("opus", "audio/ogg")):
        if form := audio.get(ending):
            address = f"{base_url}{reverse('publishing:file', args=[form['sha256'], ending])}"
            told = {"@type": "AudioObject", "contentUrl": address, "encodingFormat": kind, "contentSize": str(form["size"])}
            found.append(told | ({"duration": f"PT{-(-audio['duration'] // 1000)}S"} if audio.get("duration") else {}))
    return found


def _images(kept: Kept, base_url: str) -> list[dict[str, Any]]:
    """The drawn pictures of the three shapes that search engines ask for where there are some, then the photographs at their largest."""
    found = []
    drawn = kept.extra.get("og") or {}
    for size in drawn.get("sizes", [drawn] if "sha256" in drawn else []):
        told = {"@type": "ImageObject", "url": f"{base_url}{image_url(size['sha256'], size['media_type'])}", "width": size["width"], "height": size["height"]}
        found.append(told | ({"caption": drawn["alt"]} if drawn.get("alt") else {}))
    for photo in every_photo(kept.content):
        for size in _shapes(photo["sizes"]):
            told = {"@type": "ImageObject", "url": f"{base_url}{image_url(size['sha256'], size['media_type'])}", "width": size["width"],
                    "height": size["height"], "creditText": photo["credit"]}  # fmt: skip
            found.append(told | ({"caption": photo["caption"]} if photo["caption"] else {}))
    return found


def _shapes(sizes: Any) -> list[Mapping[str, Any]]:
    """The largest of a photograph's sizes, and the largest of every shape that differs from it."""
    largest: dict[str, Mapping[str, Any]] = {}
    for size in sizes:
        shape = next((name for name, (wide, high) in _RATIOS.items() if 50 * abs(size["width"] * high - size["height"] * wide) <= size["height"] * high), "")
        if shape not in largest or size["width"] > largest[shape]["width"]:
            largest[shape] = size
    return sorted(largest.values(), key=lambda size: -int(size["width"]))


def _corrections(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every correction, newest first: when and why."""
    told = [notice for notice in reversed(content["notices"]) if notice["note"]]
    return [{"@type": "CorrectionComment", "text": notice["note"], "datePublished": stamp(notice["at"])} for notice in told]


def _edition(kept: Kept) -> dict[str, Any] | None:
    """The frozen edition that the figures come from, with the digest by which it is checked."""
    edition, review = kept.content["edition"], kept.content["review"]
    if not edition:
        return None
    told = {"@type": "Dataset", "name": review["title"], "version": edition["number"], "identifier": f"sha256:{edition['digest']}"}
    return told | (kept.extra.get("cites") or {})


def _feeds(category: Mapping[str, Any] | None, base_url: str) -> list[tuple[str, str, str]]:
    kinds = (("rss", "application/rss+xml", "RSS"), ("atom", "application/atom+xml", "Atom"))
    found = [(f"{base_url}{reverse(f'publishing:{name}')}", kind, f"{site_name()} ({label})") for name, kind, label in kinds]
    if category:
        found += [
            (f"{base_url}{reverse(f'publishing:category_{name}', args=[category['slug']])}", kind, f"{category['name']['vi']} ({label})")
            for name, kind, label in kinds
        ]
    return found


def _short(text: str) -> str:
    """The first words, whole, within the room that a preview has."""
    if len(text) <= DESCRIPTION:
        return text
    return f"{text[:DESCRIPTION].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
