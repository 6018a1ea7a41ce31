"""An older newspaper's HTML made ready for `pasting.from_html`: photographs become marks, what cannot be kept is told. Pure."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from soket.publishing.arriving.items import Fault, Picture

HELD = {"table", "ul", "ol", "dl", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
"""Inside these a photograph cannot stand; it follows them."""
EDGES = HELD | {"p", "div", "figure", "section", "article", "header", "footer", "center"}
DROPPED = {"iframe", "script", "object", "embed", "video", "audio", "form", "canvas", "svg", "math", "select", "button", "textarea", "noscript", "applet"}
SILENT = {"style", "template", "title", "head"}
VOID = {"br", "hr", "img", "input", "meta", "link", "source", "track", "wbr", "col", "area", "base", "param", "embed"}
_BLOCK = re.compile(r"<(?:p|div|table|ul|ol|blockquote|h[1-6]|figure|section|article)[\s>]", re.IGNORECASE)
_TAGGED = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|!--)>?")
_PICTURE_FIRST = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.IGNORECASE | re.DOTALL)
_SHORTCODE = re.compile(
    r"\[/?(gallery|embed|video|audio|playlist|caption|wp_caption|contact-form-7|tablepress|table|vc_[a-z_]+|et_pb_[a-z_]+|su_[a-z_]+|[a-z][a-z0-9_-]{1,40}"
    r"(?=\s[a-z_-]+=))(?:\s[^\]\[]*)?/?\]", re.IGNORECASE,
)  # fmt: skip
_MOST_PICTURES = 60


def plain(html: str) -> str:
    """The words alone, on one line."""
    for name in ("script", "style"):
        html = _between(rf"<{name}\b", rf"</{name}\s*>", lambda _match: " ", html)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^<>]*>", " ", html))).strip()


def _between(opening: str, closing: str, words: Callable[[re.Match[str]], str], text: str) -> str:
    """Other words for what stands from an opening to the next closing. Behind the last closing nothing is looked for: there each
    opening would be followed to the end of the text in vain."""
    end = max((match.end() for match in re.finditer(closing, text, re.IGNORECASE)), default=0)
    return re.sub(rf"(?is){opening}(.*?){closing}", words, text[:end]) + text[end:]


def apart(text: str) -> str:
    """The text with double brackets set apart: nothing that came with an archive is a token of ours."""
    return re.sub(r"(?<=\{)(?=\{)|(?<=\})(?=\})|(?<=\[)(?=\[)|(?<=\])(?=\])", " ", text)


def ready(html: str, base: str) -> tuple[str, list[Picture], list[Fault]]:
    """(HTML for `from_html`, photographs in order, what could not be kept). In it `{{ảnh 1}}` stands for the first photograph."""
    faults: Counter[Fault] = Counter()
    text = _between(r"\[caption[^\[\]]*\]", r"\[/caption\]", _figure, html)
    for match in _SHORTCODE.finditer(text):
        faults["shortcode", match[1].lower()] += 1
    walk = _Walk(base, faults)
    walk.feed(_paragraphs(_SHORTCODE.sub("", text)))
    walk.close()
    walk.flush(force=True)
    return "".join(walk.out), walk.pictures, list(faults)


def _figure(match: re.Match[str]) -> str:
    found = _PICTURE_FIRST.fullmatch(match[1])
    return f"<figure>{found[1]}<figcaption>{found[2].strip()}</figcaption></figure>" if found else match[1]


def _paragraphs(text: str) -> str:
    """As WordPress shows it: text without paragraphs of its own has them at blank lines. Text without any tag is no HTML."""
    if not _TAGGED.search(text):
        text = escape(text, quote=False) if "&" not in text else text.replace("<", "&lt;")
    if re.search(r"<p[\s>]", text, re.IGNORECASE):
        return text
    parts = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        block = _BLOCK.match(part.strip())
        parts.append(part if block or not part.strip() else "<p>" + re.sub(r"\n", "<br>", part.strip()) + "</p>")
    return "\n".join(parts)


class _Walk(HTMLParser):
    """One pass: allowed tags pass with the attributes that matter, everything else is dropped and, where it matters, told."""

    def __init__(self, base: str, faults: Counter[Fault]) -> None:
        super().__init__(convert_charrefs=True)
        self.base, self.faults = base, faults
        self.out: list[str] = []
        self.pictures: list[Picture] = []
        self.waiting: list[int] = []
        self.held = self.skipped = self.captions = self.tables = 0
        self.caption = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.skipped or tag in DROPPED | SILENT:
            self._dropped(tag)
        elif tag == "img":
            self._picture(given)
        elif tag == "figcaption" or (tag in {"p", "div"} and "caption-text" in given.get("class", "")):
            self.captions, self.caption = self.captions + 1, ""
        elif self.captions:
            self.captions += tag in {"p", "div"}
        else:
            self._opened(tag, given)

    def _dropped(self, tag: str) -> None:
        if not self.skipped and tag in DROPPED:
            self.faults["dropped", tag] += 1
        self.skipped += tag not in VOID

    def _opened(self, tag: str, given: dict[str, str]) -> None:
        if tag in EDGES:
            self.flush()
            self.held += tag in HELD
        if tag == "table":
            self.tables += 1
            if self.tables > 1:
                self.faults["nested", ""] += 1
        if tag in {"td", "th"} and any(given.get(name, "1").strip() not in {"", "1"} for name in ("colspan", "rowspan")):
            self.faults["merged", ""] += 1
        self.out.append(f"<{tag}{self._kept(tag, given)}>")

    def _kept(self, tag: str, given: dict[str, str]) -> str:
        """The address of a link made whole, and the first number of a list."""
        if tag == "a" and given.get("href"):
            try:
                href = urljoin(self.base, given["href"].strip())
                good = urlsplit(href).scheme in {"http", "https"} and bool(urlsplit(href).netloc)
            except ValueError:
                href, good = given["href"], False
            if not good or len(href) > 400:
                self.faults["link", href[:200]] += 1
                return ""
            return f' href="{escape(href)}"'
        return f' start="{escape(given["start"])}"' if tag == "ol" and given.get("start") else ""

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= tag not in VOID
            return
        if self.captions and tag in {"figcaption", "p", "div"}:
            self.captions -= 1
            if not self.captions and self.pictures:
                self.pictures[-1] = replace(self.pictures[-1], caption=re.sub(r"\s+", " ", self.caption).strip() or self.pictures[-1].caption)
            return
        if self.captions or tag in VOID:
            return
        self.out.append(f"</{tag}>")
        self.tables -= tag == "table" and self.tables > 0
        if tag in EDGES:
            self.held -= tag in HELD and self.held > 0
            self.flush()
            self.out += ["<p>"] if tag in HELD and not self.held else []  # words that follow without a block of their own belong to none before

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        if self.captions:
            self.caption += data
        else:
            if apart(data) != data:
                self.faults["brackets", ""] += 1
            self.out.append(escape(apart(data), quote=False))

    def _picture(self, given: dict[str, str]) -> None:
        names = ("data-original", "data-src", "src") if given.get("src", "").startswith("data:") or not given.get("src") else ("src",)
        src = next((given[name] for name in names if given.get(name)), "")
        if src.startswith("data:") or not src:
            self.faults["picture_inline", ""] += 1
        elif len(self.pictures) >= _MOST_PICTURES:
            self.faults["picture_many", ""] += 1
        else:
            self.pictures.append(Picture(urljoin(self.base, src), given.get("alt", "").strip(), ""))
            self.waiting.append(len(self.pictures))

    def flush(self, *, force: bool = False) -> None:
        """Photographs that were met stand here, each in a paragraph of its own."""
        if self.held and not force:
            return
        self.out += [f"<p>{{{{ảnh {number}}}}}</p>" for number in self.waiting]
        self.waiting.clear()
