"""What an official paper says, as plain frozen data. Lengths are millimetres, sizes points, dates Vietnam's.

Texts are given in ordinary case: renderers set capitals where the layout asks for them. Fields marked
*lines* may hold `\\n` where the author wants a line to break. Nothing here is markup.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal, TypeAlias

from .errors import PaperError
from .layouts import FRONT_2013, LAYOUTS, STATE_2020, Layout, Margins, Slot, layout_for

__all__ = [
    "FRONT_2013", "LAYOUTS", "STATE_2020", "Appendix", "Block", "Cell", "Column", "FigureRun", "FigureText",
    "Heading", "Layout", "Margins", "Paper", "PaperError", "Paragraph", "Row", "Run", "Signature", "Slot",
    "Table", "TextRun", "Verification", "layout_for",
]


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class FigureRun:
    """A figure as shown (`4.812`) and its code (`H1-07`), set behind it as a superscript in brackets."""

    display: str
    code: str
    bold: bool = False


Run: TypeAlias = TextRun | FigureRun


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered title. Level 0 “Phần I”, 1 “I. …” in capitals, 2 “1. …”, 3 “a) …”.

    `number` None counts by itself, restarting under each higher title; "" prints no number.
    """

    level: Literal[0, 1, 2, 3]
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `body` is justified with a first-line indent; `centre` and `note` have none."""

    runs: tuple[Run, ...]
    style: Literal["body", "centre", "note"] = "body"


@dataclass(frozen=True, slots=True)
class FigureText:
    """Author's text with `{{H1-07}}` tokens and what each code shows; every line is one paragraph."""

    text: str
    displays: Mapping[str, str]


Cell: TypeAlias = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: title (*lines*), relative width, alignment of its cells, figure code under the title.

    Neighbouring columns with the same `group` share one spanning head above them.
    """

    title: str
    share: float
    align: Literal["left", "right", "centre"] = "left"
    code: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one line. `total` is bold; `group` has one cell, bold, over the whole width."""

    cells: tuple[Cell, ...]
    kind: Literal["body", "total", "group"] = "body"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page; `caption` stands above it, `note` below."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    note: str = ""


Block: TypeAlias = Heading | Paragraph | FigureText | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Slot 7: authority (*lines*: “TM. Ban Thường trực”, may be empty), post (*lines*), name, note.

    `note` (*lines*) stands where the signature would: “(đã ký trên hệ thống lúc …)”. Without one the place is
    left blank. `name` may stay empty: offices sign, and the name is written by hand.
    """

    post: str
    authority: str = ""
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a reader needs to check the paper against the sealed dossier; `qr` is the text inside the code.

    `checkpoint` (*lines*) is the signed checkpoint in its text form; "" prints none.
    """

    seal_code: str
    digest: str
    url: str
    key_fingerprint: str
    qr: str
    checkpoint: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """A part on its own pages with its own page numbers; `title` is *lines*."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official paper (văn bản có tên loại). Slots of the layout in brackets.

    issuer [2, *lines*] in ordinary case (“Bộ Công an”); co_issuers follow it on a joint paper and each
    signs; superior [2, *lines*] the governing agency. number [3] digits given by the registry, None leaves
    it blank; symbol [3] “BC-BCA”. place, date [4], date None leaves the day blank. type_name, summary
    [5a, summary is *lines*]. addressees [9a] for a report to a superior; bases, blocks [6]; signatures [7],
    the lead agency first; recipients [9b] without dashes or marks, archive the units after “Lưu:”, drafter
    [12]. drawn_up dates the file's own properties when `date` is None. synthetic prints “SỐ LIỆU MINH HỌA”
    at the foot of every page. signers is given where others than the issuers sign, as on minutes: the chair and the secretary.
    On a decision, authority [*lines*] names who decides (“Bộ trưởng Bộ Công an”) above the bases, and enacting the word
    (“Quyết định”) between the bases and the articles; both come out in capitals.
    """

    layout: Layout
    issuer: str
    symbol: str
    place: str
    type_name: str
    summary: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    superior: str | None = None
    co_issuers: tuple[str, ...] = ()
    number: str | None = None
    date: Date | None = None
    drawn_up: Date | None = None
    addressees: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    archive: str = "VT"
    drafter: str = ""
    appendices: tuple[Appendix, ...] = ()
    verification: Verification | None = None
    synthetic: bool = False
    signers: int | None = None
    authority: str = ""
    enacting: str = ""
    language: Literal["vi"] = "vi"
