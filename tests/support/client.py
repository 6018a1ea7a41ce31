"""The linting client: each fetched HTML page is checked for what every page owes its readers."""
from __future__ import annotations

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from tests.support import texts

HTML = "{http://www.w3.org/1999/xhtml}"
TOLERATED = {"unexpected-character-in-unquoted-attribute-value"}


class PageFault(AssertionError):
    """A page breaks a rule of the house; the message lists each."""


def _all(tree: Element, name: str) -> list[Element]:
    return list(tree.iter(f"{HTML}{name}"))


def _text(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _labels(tree: Element) -> list[str]:
    named = {label.get("for") for label in _all(tree, "label")}
    inside = {id(field) for label in _all(tree, "label") for field in label.iter()}
    faults = []
    for kind in ("input", "select", "textarea"):
        for field in _all(tree, kind):
            if field.get("type") in {"hidden", "submit", "button"} or field.get("aria-label") or field.get("aria-labelledby"):
                continue
            if field.get("id") not in named and id(field) not in inside:
                faults.append(f"{kind} {field.get('name')!r} has no label")
    return faults


def _headings(tree: Element) -> list[str]:
    heads, titles = _all(tree, "h1"), _all(tree, "title")
    if len(heads) != 1:
        return [f"{len(heads)} h1 elements"]
    if not titles or not _text(titles[0]).startswith(_text(heads[0])):
        return [f"title {_text(titles[0]) if titles else ''!r} does not open with h1 {_text(heads[0])!r}"]
    return []


def _scripts(tree: Element) -> list[str]:
    faults = [f"inline {kind}" for kind in ("style",) for _ in _all(tree, kind)]
    # A data block (JSON) is never run: the policy for scripts does not touch it.
    scripts = [item for item in _all(tree, "script") if item.get("type") not in {"application/json", "application/ld+json"}]
    faults += ["inline script" for item in scripts if not item.get("src") and _text(item)]
    # A page of the newspaper is kept and served to everyone, so it holds no nonce: its scripts are files of this site.
    kept = any("pub" in (item.get("class") or "").split() for item in _all(tree, "body"))
    foreign = [item for item in _all(tree, "script") if item.get("src") and not (kept and item.get("src", "").startswith("/static/"))]
    faults += ["script without nonce" for item in foreign if not item.get("nonce")]
    faults += ["a kept page holds a nonce" for item in _all(tree, "script") if kept and item.get("nonce")]
    faults += ["style attribute" for item in tree.iter() if item.get("style")]
    return faults


def lint(html: str, language: str = "vi") -> list[str]:
    """All faults of a whole page, as sentences."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    tree = parser.parse(html)
    faults = [f"HTML: {code} at {place}" for place, code, _ in parser.errors if code not in TOLERATED]
    ids = Counter(item.get("id") for item in tree.iter() if item.get("id"))
    faults += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    if tree.get("lang") != language:
        faults.append(f"html lang {tree.get('lang')!r}")
    faults += _headings(tree) + _labels(tree) + _scripts(tree)
    faults += [f"image without alt: {item.get('src')}" for item in _all(tree, "img") if item.get("alt") is None]
    return faults


class LintingClient(Client):
    """Django's client that refuses a page with a fault, or with a text that lacks Vietnamese."""

    def request(self, **request: Any) -> HttpResponse:
        with texts.recording() as missing:
            response = super().request(**request)
        kind = response.get("Content-Type", "")
        if kind.startswith("text/html") and response.content and not request.get("HTTP_HX_REQUEST"):
            language = response.get("Content-Language", translation.get_language() or "vi")
            faults = lint(response.content.decode(), language)
            if "Content-Security-Policy" not in response:
                faults.append("no Content-Security-Policy")
            faults += [f"no Vietnamese for {text!r}" for text in sorted(missing)]
            if faults:
                raise PageFault(f"{request.get('PATH_INFO')}: " + "; ".join(faults[:12]))
        return response
