"""The body of an article as blocks: headings, lists, quotations, tables, links, photographs, charts and claims. Pure.

An editor writes the common marks of Markdown; `markdown-it-py` reads them, with HTML, code and images switched off. Tokens of this
room (`{{01}}`, `[[12 buổi]]`) are put aside before it reads, because a `|` in them would otherwise cut a table's cell, and every
one is held against its figure afterwards. A single line break begins a new paragraph, as in a Word text.
`{{ảnh 12}}` alone on a line places photograph 12; `{{biểu đồ 01, 02}}` draws figures 01 and 02 side by side.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from soket.publishing.core import TOKEN, Run, TextFault, Value, loose_numbers, runs, seams, stray_in, token_run

_FIRST, _LAST = 0xE000, 0xF8FF  # private-use letters stand for tokens while the marks are read
_PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
_PHOTO = re.compile(r"ảnh\s+(\d{1,9})")
_CHART = re.compile(r"biểu đồ\s+(.+)")
_LINK = re.compile(r"(?:https?://[^\s/]|/(?!/))")
_OFF = ["code", "fence", "html_block", "html_inline", "lheading", "hr", "backticks", "reference", "entity", "autolink", "image"]


@dataclass(frozen=True)
class Item:
    """One point of a list; `depth` 0 is the outermost."""

    depth: int
    ordered: bool
    number: int
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Block:
    """One block. `level` 2 or 3 for a heading; `items` for a list; `rows` for a table, the first its head; `photo` an id;
    `codes` the figures of a chart. Lines of a quotation are separate runs of kind "break"."""

    kind: str
    runs: tuple[Run, ...] = ()
    level: int = 0
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()
    photo: int = 0
    codes: tuple[str, ...] = ()

    def every_run(self) -> Iterator[Run]:
        """All runs in reading order."""
        yield from self.runs
        for item in self.items:
            yield from item.runs
        for row in self.rows:
            for cell in row:
                yield from cell


def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(_OFF)


_READER = _reader()


def blocks(text: str, values: Mapping[str, Value], *, bound: bool = True) -> tuple[Block, ...]:
    """Every block of a body, each claim held against its figure; `bound` as in `core.runs`. Raises TextFault."""
    found, wrong = read(text, values, bound=bound)
    if wrong:
        raise wrong[0]
    return found


def faults(text: str, values: Mapping[str, Value], *, bound: bool = True) -> list[TextFault]:
    """Everything that `blocks` would refuse, block by block, each with its line."""
    return read(text, values, bound=bound)[1]


def read(text: str, values: Mapping[str, Value], *, bound: bool = True) -> tuple[tuple[Block, ...], list[TextFault]]:
    """The blocks and all that is wrong with them. A line at fault stands in its block as it was written."""
    if private := _PRIVATE.search(text):
        return (), [TextFault("stray", private[0])]
    held: list[re.Match[str]] = []

    def aside(match: re.Match[str]) -> str:
        held.append(match)
        return chr(_FIRST + len(held) - 1) if len(held) <= _LAST - _FIRST else match[0]

    put = TOKEN.sub(aside, text.replace("\r\n", "\n"))
    if len(held) > _LAST - _FIRST:
        return (), [TextFault("stray", held[-1][0])]
    walk = _Walk(held, values, bound)
    found = tuple(walk.blocks(_READER.parse(put)))
    return found, walk.wrong


def lines(text: str) -> list[str]:
    """The words of each heading, paragraph line, point, quotation and cell as they read, tokens as written."""
    return [
        "".join("\n" if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or [])
        for token in _READER.parse(text) if token.type == "inline"
    ]


def photos(parts: Sequence[Block]) -> list[int]:
    """The photographs placed, in order."""
    return [block.photo for block in parts if block.kind == "photo"]


class _Walk:
    """One pass over the library's tokens."""

    def __init__(self, held: Sequence[re.Match[str]], values: Mapping[str, Value], bound: bool) -> None:
        self.held, self.values, self.bound = held, values, bound
        self.wrong: list[TextFault] = []
        self.line = 0

    def note(self, *found: TextFault) -> None:
        """Keep what is wrong, under the line that is being read."""
        for fault in found:
            fault.line = self.line
            self.wrong.append(fault)

    def at(self, token: Token, after: int = 0) -> None:
        """The line that is read now: the token's, or as many after it."""
        self.line = token.map[0] + 1 + after if token.map else self.line

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Blocks in order; a list, quotation or table is gathered until it closes."""
        at = 0
        while at < len(tokens):
            token, end = tokens[at], _closing(tokens, at)
            inside = tokens[at + 1 : end]
            self.at(token)
            if token.type == "paragraph_open":
                yield from self.paragraphs(inside[0])
            elif token.type == "heading_open":
                yield Block("heading", self.inline(inside[0]), level=3 if int(token.tag[1:]) > 2 else 2)
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                yield Block("list", items=tuple(self.items(token, inside, 0)))
            elif token.type == "blockquote_open":
                yield Block("quote", tuple(self.quoted(inside)))
            elif token.type == "table_open":
                yield Block("table", rows=tuple(self.rows(inside)))
            at = end + 1

    def paragraphs(self, inline: Token) -> Iterator[Block]:
        """A paragraph for each line; a photograph or a chart that stands alone on its line is a block of its own."""
        for after, line in enumerate(_lines(inline.children or [])):
            self.at(inline, after)
            placed = self.placed(line)
            if placed is not None:
                yield placed
            elif found := self.runs(line):
                yield Block("paragraph", found)

    def placed(self, line: Sequence[Token]) -> Block | None:
        words = "".join(token.content for token in line).strip()
        if len(words) != 1 or not _PRIVATE.fullmatch(words):
            return None
        name = (self.held[ord(words) - _FIRST][1] or "").strip()
        if photo := _PHOTO.fullmatch(name):
            return Block("photo", photo=int(photo[1]))
        if chart := _CHART.fullmatch(name):
            return Block("chart", codes=self.charted(chart[1]))
        return None

    def charted(self, names: str) -> tuple[str, ...]:
        """Codes of a chart: each known, with one number, all of one measure."""
        codes = tuple(part.strip() for part in names.split(","))
        for code in codes:
            if code not in self.values:
                self.note(TextFault("unknown", code, ", ".join(sorted(self.values))))
                return ()
        found = [self.values[code] for code in codes]
        if any(value.amount is None for value in found) or len({(value.percent, value.measure) for value in found}) > 1:
            self.note(TextFault("chart", names))
            return ()
        return codes

    def items(self, opening: Token, inside: Sequence[Token], depth: int) -> Iterator[Item]:
        ordered, number = opening.type == "ordered_list_open", int(opening.attrs.get("start", 1) or 1)
        at = 0
        while at < len(inside):
            end = _closing(inside, at)
            yield from self.item(inside[at + 1 : end], depth, ordered, number)
            number, at = number + 1, end + 1

    def item(self, inside: Sequence[Token], depth: int, ordered: bool, number: int) -> Iterator[Item]:
        at, parts = 0, []
        nested: list[Item] = []
        while at < len(inside):
            end = _closing(inside, at)
            if inside[at].type == "paragraph_open":
                parts.append(self.inline(inside[at + 1]))
            elif inside[at].type in {"bullet_list_open", "ordered_list_open"}:
                nested += self.items(inside[at], inside[at + 1 : end], min(depth + 1, 2))
            else:
                self.at(inside[at])
                self.note(TextFault("placed", self.written(inside[at + 1].content if at + 1 < len(inside) else "")))
            at = end + 1
        yield Item(depth, ordered, number, _joined(parts))
        yield from nested

    def quoted(self, inside: Sequence[Token]) -> Iterator[Run]:
        lines = []
        for block in self.blocks(inside):
            if block.kind != "paragraph":
                words = f"{{{{ảnh {block.photo}}}}}" if block.kind == "photo" else "".join(run.text for run in block.every_run())
                self.note(TextFault("placed", words or ", ".join(block.codes)))
            lines.append(block.runs)
        yield from _joined(lines)

    def rows(self, inside: Sequence[Token]) -> Iterator[tuple[tuple[Run, ...], ...]]:
        row: list[tuple[Run, ...]] = []
        for token in inside:
            if token.type == "inline":
                row.append(self.inline(token))
            elif token.type == "tr_close":
                yield tuple(row)
                row = []

    def inline(self, token: Token) -> tuple[Run, ...]:
        """The runs of a whole inline text, its lines joined by a space."""
        self.at(token)
        return self.runs([_spaced(child) for child in token.children or []])

    def runs(self, line: Sequence[Token]) -> tuple[Run, ...]:
        """Marked runs of one line, or the line as it was written when something is wrong with it."""
        wrong = self.line_faults(line)
        if wrong:
            self.note(*wrong)
            return _trimmed([Run("text", self.written("".join(token.content for token in line)))])
        found: list[Run] = []
        mark = Run("text", "")
        for token in line:
            if token.type == "link_open":
                mark = replace(mark, href=str(token.attrs.get("href", "")))
            elif token.type == "link_close":
                mark = replace(mark, href="")
            elif token.type in {"strong_open", "strong_close"}:
                mark = replace(mark, strong=token.type == "strong_open")
            elif token.type in {"em_open", "em_close"}:
                mark = replace(mark, em=token.type == "em_open")
            elif token.content:
                found += [replace(run, href=mark.href, strong=mark.strong, em=mark.em) for run in self.pieces(token.content)]
        self.note(*seams(found, self.values))
        return _trimmed(found)

    def line_faults(self, line: Sequence[Token]) -> list[TextFault]:
        """Stray brackets first, then numbers bound to nothing (looked for over the whole line, across its marks), links and tokens."""
        found = [TextFault("stray", stray) for token in line if (stray := stray_in(token.content))]
        words = "".join(token.content for token in line)
        found += [TextFault("unbound", loose[0]) for loose in loose_numbers(words)] if self.bound else []
        for token in line:
            href = str(token.attrs.get("href", "")) if token.type == "link_open" else ""
            if token.type == "link_open" and (not _LINK.match(href) or len(href) > 500):
                found.append(TextFault("link", href))
        return found + [fault for private in _PRIVATE.finditer(words) if (fault := self.token_fault(self.held[ord(private[0]) - _FIRST]))]

    def token_fault(self, held: re.Match[str]) -> TextFault | None:
        """What is wrong with one token inside a line."""
        name = (held[1] or "").strip()
        if _PHOTO.fullmatch(name) or _CHART.fullmatch(name):
            return TextFault("placed", held[0], token=held[0])
        try:
            token_run(held, self.values)
        except TextFault as fault:
            return fault
        return None

    def written(self, text: str) -> str:
        """The text with every token as it was typed."""
        return _PRIVATE.sub(lambda private: self.held[ord(private[0]) - _FIRST][0], text)

    def pieces(self, text: str) -> Iterator[Run]:
        end = 0
        for match in _PRIVATE.finditer(text):
            yield from runs(text[end : match.start()], self.values, bound=False)
            yield token_run(self.held[ord(match[0]) - _FIRST], self.values)
            end = match.end()
        yield from runs(text[end:], self.values, bound=False)


def _spaced(token: Token) -> Token:
    """A line break inside a heading, a cell or a point is a space."""
    return Token("text", "", 0, content=" ") if token.type in {"softbreak", "hardbreak"} else token


def _lines(children: Sequence[Token]) -> Iterator[list[Token]]:
    """Lines of an inline text. Marks end with their line."""
    line: list[Token] = []
    for token in children:
        if token.type in {"softbreak", "hardbreak"}:
            yield line
            line = []
        else:
            line.append(token)
    yield line


def _joined(parts: Sequence[tuple[Run, ...]]) -> tuple[Run, ...]:
    found: list[Run] = []
    for number, part in enumerate(parts):
        found += [Run("break", "\n")] if number else []
        found += part
    return tuple(found)


def _trimmed(found: list[Run]) -> tuple[Run, ...]:
    if found and found[0].kind == "text":
        found[0] = replace(found[0], text=found[0].text.lstrip())
    if found and found[-1].kind == "text":
        found[-1] = replace(found[-1], text=found[-1].text.rstrip())
    return tuple(run for run in found if run.text)


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The index of the token that closes the one at `at` (itself, when it opens nothing)."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if not depth:
            return index
    return len(tokens)
