"""A paper in its normal form, or the first thing wrong with it: characters, blanks, structure, dates."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from .core import Appendix, Block, Column, FigureRun, Heading, Layout, Paper, Row, Table
from .errors import PaperError
from .figures import well_formed
from .metrics import missing

_LINES = {
    ("Paper", "issuer"), ("Paper", "co_issuers"), ("Paper", "superior"), ("Paper", "summary"),
    ("Paper", "authority"),
    ("Appendix", "title"), ("Column", "title"), ("Signature", "post"), ("Signature", "authority"),
    ("Signature", "note"), ("Verification", "checkpoint"), ("FigureText", "text"),
}
_NUMBER = re.compile(r"\d{1,6}")
SYMBOL = re.compile(r"[0-9A-ZĐÀ-Ỹ]+(?:[-/.][0-9A-ZĐÀ-Ỹ]+)*", re.IGNORECASE)
_SHOWS_NOTHING = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_REFUSED = {"Cc": "control", "Cf": "direction or format", "Cs": "broken", "Co": "private", "Cn": "unassigned",
            "Zl": "line separator", "Zp": "paragraph separator"}
_REFUSED_VI = {"Cc": "điều khiển", "Cf": "đổi hướng hoặc định dạng", "Cs": "hỏng", "Co": "riêng", "Cn": "chưa được gán",
               "Zl": "ngắt dòng", "Zp": "ngắt đoạn"}


def checked(paper: Paper) -> Paper:
    """The paper with every text in NFC, tabs as blanks and lines ended by `\\n`; raises PaperError."""
    clean: Paper = _clean(paper, "paper", lines=False)
    _check_head(clean)
    _check_signatures(clean)
    _check_blocks(clean.blocks, "paper.blocks")
    for index, appendix in enumerate(clean.appendices):
        _check_appendix(appendix, f"paper.appendices[{index}]")
    if clean.verification is not None:
        _check_verification(clean)
    return clean


def _clean(value: Any, where: str, *, lines: bool) -> Any:
    """Walk dataclasses, tuples and mappings; layouts are ours and pass untouched."""
    done = value
    if isinstance(value, str):
        done = printable(value, where, lines=lines)
    elif isinstance(value, tuple):
        done = tuple(_clean(one, f"{where}[{index}]", lines=lines) for index, one in enumerate(value))
    elif isinstance(value, Mapping):
        done = {_clean(key, where, lines=False): _clean(one, f"{where}[{key}]", lines=False)
                for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, (type, Layout)):
        name = type(value).__name__
        done = replace(value, **{
            field.name: _clean(getattr(value, field.name), f"{where}.{field.name}",
                               lines=(name, field.name) in _LINES)
            for field in fields(value)
        })
    return done


def printable(text: str, where: str = "text", *, lines: bool = True) -> str:
    """The text as a paper prints it; raises PaperError on the first character no paper can show.

    For forms: ask before a text is frozen. Tabs become blanks, zero-width marks that show nothing go.
    """
    text = text.replace("\r\n", "\n").replace("\t", " ").translate(_SHOWS_NOTHING)
    for place, ch in enumerate(text):
        kind = unicodedata.category(ch)
        if kind in _REFUSED and not (lines and ch == "\n"):
            raise PaperError(
                where,
                vi=f"ký tự {_REFUSED_VI[kind]} U+{ord(ch):04X} ở vị trí {place + 1} không in được",
                en=f"the {_REFUSED[kind]} character U+{ord(ch):04X} at place {place + 1} cannot be printed",
            )
    text = unicodedata.normalize("NFC", text)
    absent = missing(text)
    if absent:
        raise PaperError(
            where,
            vi=f"phông chữ của văn bản không có ký tự “{absent}” (U+{ord(absent):04X})",
            en=f"the type of the paper has no character “{absent}” (U+{ord(absent):04X})",
        )
    return text


def _need(text: str | None, where: str) -> None:
    if not (text or "").strip():
        raise PaperError(where, vi="không được để trống", en="must not be empty")


def _check_head(paper: Paper) -> None:
    for name in ("issuer", "symbol", "place", "type_name", "summary"):
        _need(getattr(paper, name), f"paper.{name}")
    if paper.language != "vi":
        raise PaperError("paper.language", vi="văn bản chính thức chỉ lập bằng tiếng Việt",
                         en="official papers are set in Vietnamese only")
    if paper.date is not None and not paper.layout.in_force(paper.date):
        raise PaperError(
            "paper.date",
            vi=f"ngày {paper.date:%d/%m/%Y} nằm ngoài thời gian hiệu lực của thể thức {paper.layout.code}"
               f" (từ {paper.layout.valid_from:%d/%m/%Y})",
            en=f"{paper.date:%d/%m/%Y} lies outside the validity of layout {paper.layout.code}"
               f" (from {paper.layout.valid_from:%d/%m/%Y})",
        )
    if paper.number is not None and (not _NUMBER.fullmatch(paper.number) or int(paper.number) == 0):
        raise PaperError("paper.number", vi="số văn bản chỉ gồm chữ số và lớn hơn 0, ví dụ 05",
                         en="the number holds digits only and is above 0, for example 05")
    if not SYMBOL.fullmatch(paper.symbol):
        raise PaperError("paper.symbol", vi="ký hiệu viết liền, các nhóm cách nhau bằng gạch nối, ví dụ BC-BCA",
                         en="a symbol has no blanks and joins its groups by hyphens, for example BC-BCA")
    for name in ("addressees", "recipients", "bases", "co_issuers"):
        for index, one in enumerate(getattr(paper, name)):
            _need(one, f"paper.{name}[{index}]")


def _check_signatures(paper: Paper) -> None:
    expected = paper.signers or 1 + len(paper.co_issuers)
    if len(paper.signatures) != expected:
        raise PaperError(
            "paper.signatures",
            vi=f"cần {expected} khối chữ ký, mỗi cơ quan ban hành một khối; hiện có {len(paper.signatures)}",
            en=f"{expected} signature blocks are needed, one for each issuer; there are {len(paper.signatures)}",
        )
    for index, one in enumerate(paper.signatures):
        _need(one.post, f"paper.signatures[{index}].post")


def _check_appendix(appendix: Appendix, where: str) -> None:
    _need(appendix.title, f"{where}.title")
    _check_blocks(appendix.blocks, f"{where}.blocks")


def _check_blocks(blocks: tuple[Block, ...], where: str) -> None:
    if not blocks:
        raise PaperError(where, vi="không có nội dung", en="there is no content")
    for index, block in enumerate(blocks):
        here = f"{where}[{index}]"
        if isinstance(block, Heading):
            _need(block.text, f"{here}.text")
        elif isinstance(block, Table):
            _check_table(block, here)
        _check_codes(block, here)


def _check_table(table: Table, where: str) -> None:
    if not table.columns or any(column.share <= 0 for column in table.columns):
        raise PaperError(f"{where}.columns", vi="bảng phải có cột và mỗi cột có độ rộng lớn hơn 0",
                         en="a table has columns, each with a width above 0")
    if not table.rows:
        raise PaperError(f"{where}.rows", vi="bảng không có dòng nào", en="the table has no rows")
    for index, row in enumerate(table.rows):
        _check_row(row, len(table.columns), f"{where}.rows[{index}]")


def _check_row(row: Row, columns: int, where: str) -> None:
    expected = 1 if row.kind == "group" else columns
    if len(row.cells) != expected:
        raise PaperError(where, vi=f"dòng có {len(row.cells)} ô, cần {expected} ô",
                         en=f"the row has {len(row.cells)} cells, {expected} are needed")


def _check_codes(value: object, where: str) -> None:
    """Figure runs anywhere inside a block carry a well-formed code and show something."""
    if isinstance(value, FigureRun):
        _need(value.display, f"{where}.display")
        well_formed(value.code, f"{where}.code")
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            _check_codes(one, f"{where}[{index}]")
    elif isinstance(value, Column) and value.code:
        well_formed(value.code, f"{where}.code")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            _check_codes(getattr(value, field.name), f"{where}.{field.name}")


def _check_verification(paper: Paper) -> None:
    seal = paper.verification
    assert seal is not None
    for name in ("seal_code", "digest", "url", "key_fingerprint", "qr"):
        _need(getattr(seal, name), f"paper.verification.{name}")
    if not seal.url.startswith(("https://", "http://")):
        raise PaperError("paper.verification.url", vi="địa chỉ kiểm chứng phải bắt đầu bằng https:// hoặc http://",
                         en="the verification address starts with https:// or http://")
