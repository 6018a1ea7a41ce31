"""The running content of a paper: numbered titles, paragraphs of spans, tables with ready widths."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, TypeAlias

from .core import Block, Cell, Column, FigureText, Heading, Layout, Paragraph, Row, Run, Table, TextRun
from .errors import PaperError
from .figures import paragraphs
from .metrics import face, fitted, longest_piece

END = "./."
"""The mark that closes the content of a paper, once; an appendix ends without it."""
CELL_PAD = 1.3
"""Millimetres between the rule of a table cell and its words, left and right."""
_POINTS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Span:
    """Words in one style; `code` marks a figure code, set as a superscript."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True)
class Title:
    """A heading of level 0–3 with its number; level 0 puts the number on a line of its own.

    `depth` counts titles above it in the outline, the paper's own title being 1: no depth is ever skipped.
    """

    level: int
    depth: int
    lines: tuple[str, ...]
    kind: Literal["title"] = "title"

    def texts(self) -> tuple[str, ...]:
        return self.lines


@dataclass(frozen=True)
class Para:
    """A paragraph; style `end` is the lone closing mark after a table. The last before a signature is kept by it."""

    spans: Spans
    style: Literal["body", "centre", "note", "end"]
    last: bool = False
    kind: Literal["para"] = "para"

    def texts(self) -> tuple[str, ...]:
        return ("".join(span.text for span in self.spans),)


@dataclass(frozen=True)
class Head:
    """One head cell: where it stands (column from 0, row 0 or 1) and how far it reaches."""

    lines: tuple[str, ...]
    code: str
    column: int
    row: int
    across: int = 1
    down: int = 1


@dataclass(frozen=True)
class Line:
    """One row of a table."""

    kind: Literal["body", "total", "group"]
    cells: tuple[Spans, ...]


@dataclass(frozen=True)
class Grid:
    """A table over the whole text width; `widths` are millimetres."""

    caption: str
    note: str
    widths: tuple[float, ...]
    aligns: tuple[str, ...]
    heads: tuple[Head, ...]
    head_rows: int
    lines: tuple[Line, ...]
    kind: Literal["grid"] = "grid"

    def texts(self) -> tuple[str, ...]:
        heads = tuple(line for head in self.heads for line in (*head.lines, f"[{head.code}]" if head.code else ""))
        cells = tuple("".join(span.text for span in cell) for line in self.lines for cell in line.cells)
        return tuple(text for text in (self.caption, *heads, *cells, self.note) if text)


Item: TypeAlias = Title | Para | Grid


def flow(blocks: tuple[Block, ...], layout: Layout, *, closed: bool = True) -> tuple[Item, ...]:
    """Items of the blocks, headings numbered and, if `closed`, the closing mark set; raises PaperError on unknown figures."""
    items: list[Item] = []
    numbers = _Numbers()
    for index, block in enumerate(blocks):
        items += _items(block, numbers, layout, f"blocks[{index}]")
    return _closed(items) if closed else tuple(items)


def _items(block: Block, numbers: _Numbers, layout: Layout, where: str) -> Iterator[Item]:
    if isinstance(block, Heading):
        yield _title(block, numbers)
    elif isinstance(block, Paragraph):
        yield _fits(Para(spans(block.runs), block.style), layout, where)
    elif isinstance(block, FigureText):
        for one in paragraphs(block.text, block.displays, where=where):
            yield _fits(Para(spans(one.runs), "body"), layout, where)
    else:
        yield _grid(block, layout, where)


def roman(number: int) -> str:
    """Roman numeral of a positive number; sections and appendices stay far under 40."""
    text = ""
    for value, letters in _ROMAN:
        while number >= value:
            text, number = text + letters, number - value
    return text


def point(number: int) -> str:
    """Letter of a point in the order of the Vietnamese alphabet (a b c d đ e g h …), doubled after the last."""
    turn, place = divmod(number - 1, len(_POINTS))
    return _POINTS[place] * (turn + 1)


class _Numbers:
    """Running numbers of titles: one count a level, restarted below a new title, and the open levels."""

    def __init__(self) -> None:
        self.counts = [0, 0, 0, 0]
        self.open: list[int] = []

    def next(self, level: int) -> tuple[str, int]:
        """The number a title of that level carries and its depth in the outline."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (3 - level)
        while self.open and self.open[-1] >= level:
            self.open.pop()
        self.open.append(level)
        count = self.counts[level]
        number = (f"Phần {roman(count)}", f"{roman(count)}.", f"{count}.", f"{point(count)})")[level]
        return number, len(self.open) + 1


def _title(block: Heading, numbers: _Numbers) -> Title:
    counted, depth = numbers.next(block.level)
    number = counted if block.number is None else block.number
    text = block.text.upper() if block.level < 2 else block.text
    lines = (number, text) if block.level == 0 else (f"{number} {text}".strip(),)
    return Title(block.level, depth, tuple(line for line in lines if line))


def spans(runs: tuple[Run, ...], *, bold: bool = False) -> Spans:
    """Spans of runs; a figure is followed by its code on the same line."""
    made: list[Span] = []
    for run in runs:
        if isinstance(run, TextRun):
            made.append(Span(run.text, run.bold or bold, run.italic))
        else:
            made += [Span(run.display.replace(" ", "\u00a0"), run.bold or bold), Span(f"\u00a0[{run.code}]", code=True)]
    return tuple(made)


def _closed(items: list[Item]) -> tuple[Item, ...]:
    """The content ends in “./.”: in the last paragraph, or on its own line after a table or a title."""
    last = items[-1] if items else None
    if isinstance(last, Para) and last.style == "body" and last.spans and not last.spans[-1].code:
        end = last.spans[-1]
        text = end.text.rstrip().removesuffix(END).rstrip(" .;")
        return (*items[:-1], replace(last, spans=(*last.spans[:-1], replace(end, text=text + END)), last=True))
    if isinstance(last, Para) and last.style == "body":
        return (*items[:-1], replace(last, spans=(*last.spans, Span(END)), last=True))
    return (*items, Para((Span(END),), "end", last=True))


def _cell(cell: Cell, *, bold: bool) -> Spans:
    runs: tuple[Run, ...] = (TextRun(cell),) if isinstance(cell, str) else cell
    return spans(runs, bold=bold)


def _line(row: Row) -> Line:
    return Line(row.kind, tuple(_cell(cell, bold=row.kind != "body") for cell in row.cells))


def _grid(table: Table, layout: Layout, where: str) -> Grid:
    grouped = any(column.group for column in table.columns)
    heads = tuple(_heads(table.columns, grouped=grouped))
    lines = tuple(_line(row) for row in table.rows)
    return Grid(
        caption=table.caption,
        note=table.note,
        widths=_widths(table, heads, lines, layout, where),
        aligns=tuple(column.align for column in table.columns),
        heads=heads,
        head_rows=2 if grouped else 1,
        lines=lines,
    )


def _widths(
    table: Table, heads: tuple[Head, ...], lines: tuple[Line, ...], layout: Layout, where: str
) -> tuple[float, ...]:
    """Shares of the text width, widened where a word would otherwise cross the rule of its cell."""
    size = layout.slot("6-table").size
    needed = [0.0] * len(table.columns)
    for head in heads:
        if head.across == 1:
            needed[head.column] = max(longest_piece(line, size=size, bold=True) for line in head.lines)
    for line in lines:
        if line.kind != "group":
            for at, cell in enumerate(line.cells):
                needed[at] = max(needed[at], _cell_need(cell, size))
    total = sum(column.share for column in table.columns)
    wanted = [column.share / total * layout.text_width for column in table.columns]
    try:
        return fitted(wanted, [need + 2 * CELL_PAD + 0.4 for need in needed])
    except ValueError as error:
        raise PaperError(f"{where}.columns", vi="bảng quá rộng: các cột không đủ chỗ cho từ dài nhất của chúng",
                         en="the table is too wide: its columns cannot hold their longest words") from error


def _cell_need(cell: Spans, size: float) -> float:
    """The longest piece of a cell; a figure and its smaller code stand on one line."""
    need = 0.0
    for index, span in enumerate(cell):
        width = longest_piece(span.text, size=size, bold=span.bold)
        if index + 1 < len(cell) and cell[index + 1].code:
            width += face().width(cell[index + 1].text, size * 0.65)
        need = max(need, 0.0 if span.code else width)
    return need


def _fits(para: Para, layout: Layout, where: str) -> Para:
    size = layout.slot("6").size
    for span in para.spans:
        if longest_piece(span.text, size=size, bold=span.bold) > layout.text_width:
            raise PaperError(where, vi=f"từ bắt đầu bằng “{span.text.strip()[:20]}” dài hơn một dòng",
                             en=f"the word starting with “{span.text.strip()[:20]}” is longer than a line")
    return para


def _heads(columns: tuple[Column, ...], *, grouped: bool) -> Iterator[Head]:
    """Upper row first: spanning groups and the columns that stand alone; then the columns under groups."""
    at = 0
    lower: list[Head] = []
    for group, members in groupby(columns, key=lambda column: column.group):
        found = list(members)
        if group:
            yield Head((group,), "", at, 0, across=len(found))
            lower += [Head(tuple(one.title.split("\n")), one.code, at + i, 1) for i, one in enumerate(found)]
        else:
            for i, one in enumerate(found):
                yield Head(tuple(one.title.split("\n")), one.code, at + i, 0, down=2 if grouped else 1)
        at += len(found)
    yield from lower
