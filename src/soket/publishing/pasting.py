"""What was copied from Word or from a page, as text with the marks of `markup`. Pure.

`nh3` throws away everything that could run and every tag that says nothing here; what is left is walked once. Pictures, comments and
deleted words of a tracked change are left out. A text that means something in our marks is escaped, so that it reads as it read there;
a whole token (`{{01}}`, `[[12 buổi]]`) written in Word stays one.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import quote

import nh3

from soket.publishing.core import TOKEN
from soket.publishing.markup import lines

HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
BLOCKS = {"p", "div", "li", "ul", "ol", "blockquote", "table", "tr", "td", "th", "pre", "dl", "dt", "dd", "section", "article", "header", "footer", *HEADINGS}
TAGS = BLOCKS | {"thead", "tbody", "tfoot", "b", "strong", "i", "em", "a", "span", "br"}
DROPPED = {
    "script", "style", "title", "head", "noscript", "iframe", "object", "embed", "svg", "math", "template", "select", "textarea", "button", "del", "xml",
    "audio", "video", "canvas",
}  # fmt: skip
KEPT = {"p": {"class", "style"}, "span": {"class", "style"}, "a": {"href", "class", "style"}, "li": {"style"}, "div": {"style"}, "ol": {"start"},
        "td": {"style"}, "b": {"style"}}  # fmt: skip
LONGEST = 2_000_000  # characters of HTML; Word's clipboard is large
DEEPEST = 3000  # Word writes hundreds of tags that it never closes
_OPENED = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)")
_FLAT = {"p", "br", "img", "hr", "li", "tr", "td", "th", "col", "meta", "link", "input"}  # the next of its kind ends it
_LEVEL = re.compile(r"mso-list:[^;]*?level(\d)")
_MARK = re.compile(r"(?P<number>\d{1,3})[.)]?|[a-zA-Z]{1,4}[.)]|[^\w\s]|[oO§]")
_LEADING = re.compile(r"(?:[·•▪◦\uf0b7§]|o|[-–])\s+|(?P<number>\d{1,3})[.)]\s+")
_HIDDEN = re.compile(r"display:none|mso-hide:all|mso-element:comment", re.IGNORECASE)
_STARTS = re.compile(r"(#{1,6}|[-+]|>)(?=\s|$)|>|(\d{1,9})([.)])(?=\s|$)")
_BOLD, _LIGHT = re.compile(r"(?<![-\w])font-weight:(?:bold|[6-9]00)"), re.compile(r"(?<![-\w])font-weight:(?:normal|[1-4]00)")
_ITALIC = re.compile(r"(?<![-\w])font-style:italic")
_LINK = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)


@dataclass(frozen=True)
class _Run:
    text: str
    strong: bool = False
    em: bool = False
    href: str = ""


@dataclass
class _Block:
    """A line to be: its kind (text, item, heading, quote, row), its runs, and what a list or a heading says of itself."""

    kind: str = "text"
    runs: list[_Run] = field(default_factory=list)
    level: int = 0
    number: int | None = None
    cells: list[list[_Run]] = field(default_factory=list)


def from_html(html: str) -> str:
    """The text with our marks, NFC, a blank line between paragraphs; "" when nothing readable is in it."""
    walk = _Walk()
    walk.feed(cleaned(html))
    walk.close()
    walk.end()
    return _written(walk.blocks)


def cleaned(html: str) -> str:
    """What `nh3` leaves of it: well formed, with our tags and attributes alone."""
    plain = "".join(ch for ch in html[:LONGEST] if ch in "\n\t\r" or not 0xD800 <= ord(ch) <= 0xDFFF)
    return nh3.clean(
        _shallow(plain), tags=TAGS, clean_content_tags=DROPPED, attributes=KEPT, strip_comments=True, link_rel=None, url_schemes={"http", "https"}
    )


def _shallow(html: str) -> str:
    """The text; without any tag when they stand deeper in each other than any document's, which would take `nh3` minutes."""
    depth = 0
    for match in _OPENED.finditer(html):
        if match[2].lower() not in _FLAT:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > DEEPEST:
            return re.sub(r"<[^<>]*>?", " ", html)
    return html


def literal(text: str) -> str:
    """A text of one line so that it reads as it is, whatever signs are in it; whole tokens stay tokens."""
    return _start(_escaped(_separate(_clean(text).strip())))


class _Walk(HTMLParser):
    """One pass over clean HTML. Every tag in it is one of ours and is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.now = _Block()
        self.marks: list[tuple[str, _Run]] = [("", _Run(""))]
        self.lists: list[list[int | None]] = []
        self.quotes = 0
        self.skipped = 0  # inside something hidden
        self.marker: str | None = None  # the bullet or number that Word wrote before a list's paragraph
        self.row: list[list[_Run]] | None = None
        self.tables = 0
        self.spans: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = re.sub(r"\s*([:;])\s*", r"\1", given.get("style", ""))
        if tag == "br":
            self.cut()
            return
        if tag in BLOCKS:
            self.open(tag, given, style)
        if _HIDDEN.search(style) or "MsoComment" in given.get("class", "") or "msocom" in given.get("class", ""):
            self.skipped += 1
            self.spans.append(f"{tag} skip")
        elif "mso-list:Ignore" in style:
            self.marker = ""
            self.spans.append(f"{tag} marker")
        else:
            self.spans.append(tag)
        self.marks.append((tag, self.marked(tag, given, style)))

    def marked(self, tag: str, given: dict[str, str], style: str) -> _Run:
        run = self.marks[-1][1]
        if tag in {"b", "strong"}:
            run = replace(run, strong=not _LIGHT.search(style))
        elif tag in {"i", "em"}:
            run = replace(run, em=True)
        elif tag == "a" and _LINK.fullmatch(given.get("href", "")) and len(given["href"]) <= 400:
            run = replace(run, href=given["href"])
        if _BOLD.search(style):
            run = replace(run, strong=True)
        return replace(run, em=True) if _ITALIC.search(style) else run

    def handle_endtag(self, tag: str) -> None:
        if len(self.spans) > 0:
            told = self.spans.pop()
            self.skipped -= told.endswith(" skip")
            if told.endswith(" marker"):
                self.numbered(self.marker or "")
                self.marker = None
            self.marks.pop()
        if tag in BLOCKS:
            self.shut(tag)

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        if self.marker is not None:
            self.marker += data
        else:
            self.now.runs.append(replace(self.marks[-1][1], text=_clean(data)))

    def open(self, tag: str, given: dict[str, str], style: str) -> None:
        """A block begins: what was read before it is a block of its own, or a piece of the cell that holds both."""
        self.cut()
        if tag == "table":
            self.tables += 1
        elif tag == "tr" and self.tables == 1:
            self.row = []
        elif tag in {"ul", "ol"}:
            first = given.get("start", "1")
            self.lists.append([(int(first) if first.isdigit() and len(first) < 4 else 1) if tag == "ol" else None])
        elif tag == "li" and self.lists:
            self.now = _Block("item", level=len(self.lists) - 1, number=self.lists[-1][0])
            self.lists[-1][0] = None if self.lists[-1][0] is None else self.lists[-1][0] + 1
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in HEADINGS or given.get("class", "") == "MsoTitle":
            self.now = _Block("heading", level=HEADINGS.get(tag, 2))
        elif (found := _LEVEL.search(style)) or given.get("class", "").startswith("MsoListParagraph"):
            self.now = _Block("item", level=int(found[1]) - 1 if found else 0)

    def shut(self, tag: str) -> None:
        if tag in {"td", "th"} and self.tables == 1 and self.row is not None:
            self.row.append(self.now.runs)
            self.now = _Block()
            return
        self.cut()
        if tag == "tr" and self.tables == 1 and self.row is not None:
            self.blocks.append(_Block("row", cells=self.row))
            self.row = None
        elif tag == "table":
            self.tables -= 1
            self.blocks.append(_Block("end"))
        elif tag == "li":
            self.now = _Block()
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag == "blockquote":
            self.quotes -= 1

    def cut(self) -> None:
        """The line that was read ends here. In a cell it only ends a word; a point goes on in what follows inside it."""
        if self.row is not None:
            self.now.runs.append(_Run(" "))
            return
        if not any(run.text.strip() for run in self.now.runs):
            if self.now.kind not in {"item", "more"}:
                self.now = _Block()
            return
        if self.now.kind == "text" and self.quotes:
            self.now.kind = "quote"
        self.blocks.append(self.now)
        kind, level, number = self.now.kind, self.now.level, self.now.number
        inside = kind == "item" and "li" in {told.split()[0] for told in self.spans} and self.lists
        self.now = _Block("more", level=level, number=number) if inside else _Block(kind if kind == "heading" else "text", level=level)

    def numbered(self, marker: str) -> None:
        """Word wrote a bullet or a number before the text."""
        match = _MARK.fullmatch(_clean(marker).strip())
        self.now.kind = "item"
        if match and match["number"]:
            self.now.number = int(match["number"])

    def end(self) -> None:
        self.row = None
        self.cut()


def _clean(text: str) -> str:
    """One blank for any blanks, NFC, without signs that have no width or that no text may hold."""
    kept = "".join(ch for ch in text if ch in " \n\t\r" or (unicodedata.category(ch) not in {"Cc", "Cf", "Co", "Cs", "Cn"} and ch != "\ufffd"))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", kept))


def _written(blocks: Sequence[_Block]) -> str:
    """The blocks as text; points of one list and rows of one table stand together, everything else apart."""
    out: list[str] = []
    before, indents = "", [0]
    table: list[list[list[_Run]]] = []
    for block in [*blocks, _Block("end")]:
        if block.kind == "row":
            table.append(block.cells)
            continue
        if table:
            out += [""] * bool(out) + _tabled(table)
            table, before = [], "row"
        body = _inline(_led(block) if block.kind == "item" else block.runs, plain=block.kind == "heading")
        if block.kind == "end" or not body:
            before = "" if block.kind == "end" else before
            continue
        if block.kind == "more" and before == "item":
            out[-1] += f" {body}"  # a point's next paragraph goes on in it
            continue
        if block.kind == "item":
            depth = min(block.level, len(indents) - 1 if before == "item" else 0, 2)
            indents = indents[: depth + 1] if before == "item" else [0]
            mark = f"{block.number}." if block.number is not None else "-"
            out += [] if before == "item" or not out else [""]
            out.append(" " * indents[depth] + f"{mark} {_start(body)}")
            indents.append(indents[depth] + len(mark) + 1)
        else:
            head = {"heading": "#" * block.level + " ", "quote": "> "}.get(block.kind, "")
            out += [">" if before == block.kind == "quote" else ""] if out else []
            out.append(head + (re.sub("#+$", r"\\\g<0>", body) if block.kind == "heading" else _start(body)))
        before = "item" if block.kind == "item" else block.kind
    return unicodedata.normalize("NFC", "\n".join(out)).strip()


def _tabled(table: Sequence[Sequence[list[_Run]]]) -> list[str]:
    """Rows of one width; rows without a word are left out."""
    rows = [[_inline(cell, cell=True) for cell in row] for row in table]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    told = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return [*told[:1], "|" + " --- |" * width, *told[1:]] if told else []


def _led(block: _Block) -> list[_Run]:
    """The runs of a point without a bullet that was typed before it."""
    runs = [run for index, run in enumerate(block.runs) if index or run.text.strip()]
    if block.number is None and runs and (match := _LEADING.match(runs[0].text.lstrip())):
        block.number = int(match["number"]) if match["number"] else None
        runs[0] = replace(runs[0], text=runs[0].text.lstrip()[match.end() :])
    return runs


def _start(text: str) -> str:
    """The line, unless its beginning would mark a heading, a point or a quotation."""
    return _STARTS.sub(lambda match: f"{match[2]}\\{match[3]}" if match[2] else f"\\{match[0]}", text, count=1) if _STARTS.match(text) else text


def _inline(runs: Sequence[_Run], *, plain: bool = False, cell: bool = False) -> str:
    """Runs as one line. Marks that the reader would not read as such are left off."""
    joined = _joined(runs)
    bare = "".join(_escaped(run.text, cell=cell) for run in joined)
    if plain:
        joined = [replace(run, strong=False) for run in joined]
    full = "".join(_marked(run, cell) for run in joined)
    words = "".join(run.text for run in joined)
    shown = full.replace("\\|", "|") if cell else full
    return full if lines(f"a {shown}") == [f"a {words}"] else bare


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Neighbours of one kind as one, blanks between words once and outside marks, none at either end."""
    found: list[_Run] = []
    for run in runs:
        text = run.text.lstrip() if not found or found[-1].text.endswith(" ") else run.text
        if not text:
            continue
        if text.isspace():
            run = replace(found[-1], text=text) if not run.href and not found[-1].href else replace(run, strong=False, em=False, href="")
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(run, text=text))
    while found and not found[-1].text.rstrip():
        found.pop()
    if found:
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    apart = [replace(run, text=_separate(run.text)) for run in found]
    return apart if _separate("".join(run.text for run in apart)) == "".join(run.text for run in apart) else [_Run(_separate("".join(r.text for r in apart)))]


def _separate(text: str) -> str:
    """Double brackets that are no whole token are set apart, because alone they would be a broken one."""
    done, end = "", 0
    for match in [*TOKEN.finditer(text), None]:
        loose = text[end : match.start() if match else len(text)]
        done += re.sub(r"(?<=[{])(?=[{])|(?<=[}])(?=[}])|(?<=\[)(?=\[)|(?<=\])(?=\])", " ", loose)
        if match:
            done, end = done + match[0], match.end()
    return done


def _escaped(text: str, *, cell: bool = False, label: bool = False) -> str:
    """The text with every sign escaped that would mean something; whole tokens as they are."""
    done, end = "", 0
    for match in [*TOKEN.finditer(text), None]:
        loose = text[end : match.start() if match else len(text)]
        loose = re.sub(r"[\\*]|(?<!\w)_|_(?!\w)", r"\\\g<0>", loose)
        loose = re.sub(r"[\[\]]", r"\\\g<0>", loose) if label else re.sub(r"\](?=\()", r"\\]", loose)
        done += loose.replace("|", "\\|") if cell else loose
        if match:
            done, end = done + match[0], match.end()
    return done


def _marked(run: _Run, cell: bool) -> str:
    text = run.text
    inner = text.strip()
    if not inner or not (run.strong or run.em or run.href):
        return _escaped(text, cell=cell)
    stars = "*" * (2 * run.strong + run.em)
    told = f"{stars}{_escaped(inner, cell=cell, label=bool(run.href))}{stars}"
    if run.href:
        told = f"[{told}]({quote(run.href, safe=':/?#@!$&;=,%+~-._')})"
    return text[: len(text) - len(text.lstrip())] + told + text[len(text.rstrip()) :]
