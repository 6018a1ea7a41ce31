"""What a reader sees on a saved page, read without mercy: every `<` must open a plain tag, a comment or the doctype.

A lenient reader and a browser may disagree about damaged markup, and words could hide in the difference. The product's pages and what
browsers save of them are well formed, so everything else is refused. Standard library only.
Words marked `data-signed` (with the name of their part) are held against the signed copy. Words of the page's frame stand in
`data-unsigned`, `nav`, `header`, `footer` or `aside` and are listed, so that the reader knows what no signature covers.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

MANIFEST_ID = "soket-manifest"
_NAME = r"[a-zA-Z][a-zA-Z0-9-]*"
_ATTRIBUTE = r"""\s+[a-zA-Z_:@][-\w:.@]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TOKEN = re.compile(
    rf"(?P<doctype><!doctype\s[^<>]*>)|<!--(?!-?>)(?P<comment>(?:(?!--).)*)-->|</(?P<end>{_NAME})\s*>"
    rf"|<(?P<start>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*)\s*(?P<closed>/?)>|(?P<text>[^<]+)",
    re.IGNORECASE | re.DOTALL,
)
_ONE_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?""", re.DOTALL)
_RAW_TEXT = re.compile(r"(?P<doctype>)(?P<start>)(?P<end>)(?P<comment>)(?P<text>.+)", re.DOTALL)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_RAW = frozenset(("script", "style"))
_UNSEEN = frozenset("script style template head datalist audio video object".split())
_NEVER = frozenset("xmp plaintext noembed noframes frameset frame iframe math base portal selectedcontent embed object marquee".split())
_FRAME = frozenset("nav header footer aside".split())
_INLINE = frozenset(
    "a abbr audio b bdi button cite code data del dfn em i img input ins kbd label mark meter output progress q s samp select small "
    "source span strong sub sup svg time u var video wbr".split()
)
# Shapes of a chart's bars; letters among them would count as words.
_SHAPES = frozenset("svg g rect path line circle polyline polygon".split())
_SIGNED = _SHAPES | frozenset(
    "a abbr b blockquote br caption div em figcaption figure h1 h2 h3 h4 i img li ol p picture s section source span strong "
    "sub sup table tbody td th thead time tr ul wbr".split()
)
_TABLE = frozenset("table tbody thead tfoot tr colgroup".split())
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0|opacity\s*:\s*0(?![.\d]*[1-9])|content-visibility", re.IGNORECASE
)
# What a figure says of itself beside the number; the page's own words, not the copy's.
_ASIDES = {"fig__c": frozenset(("trích dẫn", "cited"))}


class Unreadable(ValueError):
    """Not a page that this product, or a browser saving it, would write; the message says where."""


@dataclass
class Reading:
    """A page's visible words. `parts`: (name, words) in reading order, neighbours of one name joined; `frame`: what no signature covers;
    `stray`: words that stand in neither; `photos`: file names of the pictures inside the signed parts."""

    language: str = ""
    title: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    frame: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    photos: list[str] = field(default_factory=list)
    manifests: list[str] = field(default_factory=list)


def normal(text: str) -> str:
    """NFC, and one blank for every run of white space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def decoded(data: bytes) -> str:
    """The text of a saved file: UTF-8, or UTF-16 with its mark. Raises Unreadable."""
    try:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("the file is not text in UTF-8") from None


def read_page(source: str) -> Reading:
    """The visible words of a whole page. Raises Unreadable."""
    walk = _Walk()
    for token in _tokens(source):
        walk.take(token)
    return walk.done()


def _tokens(source: str) -> Iterator[re.Match[str]]:
    at, length = 0, len(source)
    while at < length:
        match = _TOKEN.match(source, at)
        if match is None:
            raise Unreadable(f"markup that browsers read in more than one way: {normal(source[at : at + 60])}")
        yield match
        at = match.end()
        name = (match["start"] or "").lower()
        if name in _RAW and not match["closed"]:
            end = _raw_end(source, at, name)
            if match := _RAW_TEXT.match(source, at, end):
                yield match
            at = end


def _raw_end(source: str, at: int, name: str) -> int:
    """Where the inside of a script or style ends. A comment in it would move that place."""
    end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(source, at)
    if end is None or "<!--" in source[at : end.start()]:
        raise Unreadable(f"{name} without an end")
    return end.start()


@dataclass
class _Open:
    """An open element: the mode of the words in it (`signed`, `frame` or ""), its part, and whether they can be seen."""

    tag: str
    mode: str
    part: str
    seen: bool
    foreign: bool
    words: frozenset[str] | None = None


class _Walk:
    """One pass. Text gathers in the piece of the current mode and part; a block element ends a word."""

    def __init__(self) -> None:
        self.reading = Reading()
        self.open = [_Open("", "", "", True, False)]
        self.pieces: list[tuple[str, str, list[str]]] = []
        self.script: str | None = None
        self.tags: set[str] = set()
        self.frames = 0

    def take(self, match: re.Match[str]) -> None:
        if match["start"]:
            self.begin(match["start"].lower(), _attributes(match["attributes"]), bool(match["closed"]))
        elif match["end"]:
            self.end(match["end"].lower())
        elif match["text"]:
            self.text(match["text"])

    def begin(self, tag: str, attributes: dict[str, str], closed: bool) -> None:
        top = self.open[-1]
        if tag in _NEVER or (tag in {"html", "head", "body", "title"} and not top.foreign and tag in self.tags):
            raise Unreadable(f"an element that no page of this product has: {tag}")
        self.tags.add(tag)
        inside = self._inside(tag, attributes, top)
        if inside.mode == "signed" and tag not in _SIGNED and inside.seen:
            raise Unreadable(f"an element that no signed part has: {tag}")
        if tag == "html":
            self.reading.language = attributes.get("lang", "")
        if tag not in _INLINE or (inside.mode, inside.part) != (top.mode, top.part):
            self.put(" ", top)
            self.put(" ", inside)
        if tag == "img" and inside.mode == "signed" and inside.seen:
            self.reading.photos.append(attributes.get("src", "").rpartition("/")[2])
        if tag in _VOID:
            return
        if closed and not inside.foreign:
            raise Unreadable(f"an element closed in itself: {tag}")
        if tag == "script" and attributes.get("id") == MANIFEST_ID and attributes.get("type") == "application/json":
            self.script = ""
        if not closed:
            self.open.append(inside)

    def _inside(self, tag: str, attributes: dict[str, str], top: _Open) -> _Open:
        seen = top.seen and tag not in _UNSEEN and "hidden" not in attributes and not _HIDING.search(attributes.get("style", ""))
        mode, part = top.mode, top.part
        if tag in _FRAME or "data-unsigned" in attributes or "data-panel" in attributes:
            self.frames += 1
            mode, part = "frame", str(self.frames)  # each is listed for itself
        if "data-signed" in attributes:
            mode, part = "signed", attributes["data-signed"]
        words = next((words for name, words in _ASIDES.items() if mode == "signed" and attributes.get("class") == name), None)
        foreign = top.foreign or tag == "svg"
        return _Open(tag, mode, part, seen and not (foreign and tag in {"title", "desc"}), foreign, words)

    def end(self, tag: str) -> None:
        top = self.open.pop()
        if top.tag != tag:
            raise Unreadable(f"</{tag}> does not close <{top.tag}>")
        if self.script is not None and tag == "script":
            self.reading.manifests.append(self.script)
            self.script = None
        if tag not in _INLINE or (top.mode, top.part) != (self.open[-1].mode, self.open[-1].part):
            self.put(" ", top)
            self.put(" ", self.open[-1])

    def text(self, raw: str) -> None:
        top = self.open[-1]
        if top.tag in _RAW:
            if self.script is not None:
                self.script += raw
            return
        words = unescape(raw)
        if top.tag == "title" and not top.foreign:
            self.reading.title += words
            return
        if top.tag in _TABLE and words.strip():
            raise Unreadable("words between the cells of a table")
        if top.words is not None and normal(words) in top.words:
            self.before(top)
            return
        self.put(words, top)

    def before(self, where: _Open) -> None:
        """What a figure says of itself goes together with the blank before it."""
        if self.pieces and self.pieces[-1][1] == where.part:
            self.pieces[-1][2][:] = ["".join(self.pieces[-1][2]).rstrip()]

    def put(self, words: str, where: _Open) -> None:
        if not where.seen or where.tag in {"", "html", "head", "title"} and not words.strip():
            return
        if not self.pieces or self.pieces[-1][:2] != (where.mode, where.part):
            if not words.strip():
                return
            self.pieces.append((where.mode, where.part, []))
        self.pieces[-1][2].append(words)

    def done(self) -> Reading:
        if len(self.open) != 1 or self.script is not None:
            raise Unreadable("the page is cut: an element is not closed")
        found = self.reading
        found.title = normal(found.title)
        for mode, part, pieces in self.pieces:
            words = normal("".join(pieces))
            if mode == "signed" and found.parts and found.parts[-1][0] == part:
                found.parts[-1] = (part, f"{found.parts[-1][1]} {words}".strip())
            elif mode == "signed":
                found.parts.append((part, words))
            elif words:
                (found.frame if mode == "frame" else found.stray).append(words)
        return found


def _attributes(text: str) -> dict[str, str]:
    """Attributes by lower-case name; of a doubled one the first, as browsers read it."""
    found: dict[str, str] = {}
    for match in _ONE_ATTRIBUTE.finditer(text):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), unescape(value))
    return found
