"""What papers of every kind have in common: the head, recipients of awards, words for days, counts and money."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from soket.documents.core import Paper, Paragraph, Run, Signature, TextRun, Verification, layout_for
from soket.kernel.clock import VIETNAM
from soket.ui import core as ui

NBSP = ui.NBSP
BLANK = "……………………"
GAP = "…………"
"""A short one, inside a table or a line."""


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its code in registers, its mark in symbols (“QĐ”) and its name."""

    code: str
    mark: str
    name: str

    def symbol(self, own: str) -> str:
        """The whole symbol behind the number: “BCA” gives “QĐ-BCA”; a kind without a mark has none."""
        if not self.mark or own.startswith(f"{self.mark}-"):
            return own if self.mark else ""
        return f"{self.mark}-{own}" if own else self.mark


@dataclass(frozen=True, kw_only=True)
class Head:
    """What every paper of an issuer carries. `symbol` is the issuer's own part (“BCA”); `drawn_up` is the day of drafting, which counts
    while there is no `dated`. `signed` (*lines*) stands in the place of the signature; names may stay empty, for offices sign."""

    family: str
    issuer: str
    symbol: str
    place: str
    post: str
    drawn_up: date
    superior: str = ""
    authority: str = ""
    signer: str = ""
    signed: str = ""
    number: int | None = None
    dated: date | None = None
    recipients: tuple[str, ...] = ()
    archive: str = "VT"
    drafter: str = ""
    synthetic: bool = False
    verification: Verification | None = None

    @property
    def name(self) -> str:
        """The issuer on one line."""
        return " ".join(self.issuer.split("\n"))

    def signature(self) -> Signature:
        return Signature(post=self.post or BLANK, authority=self.authority, name=self.signer, note=self.signed)


@dataclass(frozen=True)
class Recipient:
    """A unit, or a person in office: no other personal data. `unit` is the person's unit, or the one above a collective."""

    kind: Literal["collective", "person"]
    name: str
    post: str = ""
    unit: str = ""

    @property
    def title(self) -> str:
        """The name; a person without one is called by the post."""
        return self.name or self.post or BLANK

    @property
    def station(self) -> str:
        """Post and unit behind the name, what the title already says left out."""
        return ", ".join(_unsaid((self.post, self.unit), self.title))

    @property
    def who(self) -> str:
        """Name, post and unit in one line."""
        return ", ".join(filter(None, (self.title, self.station)))


@dataclass(frozen=True)
class Figure:
    """A bound figure as frozen: code, what it counts, display, edition and seal code of the dossier it is cut from."""

    code: str
    label: str
    value: str
    edition: str = ""
    seal: str = ""


def _unsaid(parts: Iterable[str], said: str) -> list[str]:
    found: list[str] = []
    for part in parts:
        if part and part not in said:
            found.append(part)
            said = f"{said} {part}"
    return found


def paper(head: Head, kind: Kind, *, summary: str, signatures: tuple[Signature, ...] | None = None, recipients: tuple[str, ...] = (), **rest: Any) -> Paper:
    """A paper of that kind under that head; `recipients` stand before those of the head, `rest` are further fields of `Paper`."""
    signed = (head.signature(),) if signatures is None else signatures
    return Paper(
        layout=layout_for(head.family, on=head.dated or head.drawn_up), issuer=tied(head.issuer), superior=tied(head.superior) or None,
        symbol=kind.symbol(head.symbol), place=head.place or GAP, type_name=kind.name, summary=tied(summary), signatures=signed, signers=len(signed),
        recipients=(*recipients, *head.recipients), number=None if head.number is None else str(head.number), date=head.dated, drawn_up=head.drawn_up,
        archive=head.archive, drafter=head.drafter, synthetic=head.synthetic, verification=head.verification, **rest,
    )  # fmt: skip


_WORDS = (
    "Công an", "Mặt trận", "Tổ quốc", "Việt Nam", "Trung ương", "Ủy ban", "Hội đồng", "Bằng khen", "Giấy khen", "Kỷ niệm chương", "Bộ trưởng", "Chủ tịch",
    "thi đua", "Thi đua", "khen thưởng", "quyết định", "hiện vật", "tiền thưởng", "Ban Thường trực", "Chương trình", "phối hợp", "tập thể", "cá nhân",
)  # fmt: skip


_NAMES = re.compile(r"\b([A-ZĐÀ-Ỹ][a-zđà-ỹ]+) ([A-ZĐÀ-Ỹ][a-zđà-ỹ])")


def tied(title: str) -> str:
    """A title whose common words, pairs of capitalised ones (“Hưng Yên”) and dashes are not torn off where its lines are broken.

    The ties are no-break blanks, which the plan takes out again once the lines are broken."""
    for word in _WORDS:
        title = title.replace(word, word.replace(" ", NBSP))
    return _NAMES.sub(rf"\1{NBSP}\2", title).replace(" - ", f"{NBSP}- ")


def text(words: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((TextRun(words, bold=bold),))


def pair(label: str, words: str) -> Paragraph:
    """A label in bold and what stands behind it; a dotted blank when nothing is known."""
    runs: tuple[Run, ...] = (TextRun(f"{label}: ", bold=True), TextRun(words or BLANK))
    return Paragraph(runs)


def article(number: int, words: str) -> Paragraph:
    """“Điều 1.” in bold and its words on the same line."""
    return Paragraph((TextRun(f"Điều {number}. ", bold=True), TextRun(words)))


def dashed(items: Sequence[str]) -> list[Paragraph]:
    """One line each, “-” before, “;” behind and “.” after the last."""
    return [text(f"- {item.rstrip(' ;.')}{'.' if at == len(items) else ';'}") for at, item in enumerate(items, 1)]


def sentence(words: str) -> str:
    """Words closed by one full stop; a dotted blank when there are none."""
    return f"{words.strip().rstrip(' ;.')}." if words.strip() else BLANK


def clock(at: datetime) -> str:
    """Eight o'clock as the decree's examples write it: "08 giờ 00"."""
    return at.astimezone(VIETNAM).strftime("%H giờ %M")


def day(at: date | datetime) -> str:
    local = at.astimezone(VIETNAM).date() if isinstance(at, datetime) else at
    return f"ngày {local:%d} tháng {local:%m} năm {local:%Y}" if local.month < 3 else f"ngày {local:%d} tháng {local.month} năm {local:%Y}"


def moment(at: datetime | None) -> str:
    """Clock and day, or a dotted blank."""
    return f"{clock(at)}, {day(at)}" if at else BLANK


def short(at: date) -> str:
    return ui.day(at)


def counted(count: int) -> str:
    """A count in running text: two digits at least, thousands apart."""
    return f"{count:02d}" if 0 <= count < 10 else ui.number(count)


def whole(number: int) -> str:
    """A number with its thousands apart: “3.510.000”."""
    return ui.number(number)


def money(amount: int) -> str:
    """Whole đồng: “3.510.000 đồng”."""
    return f"{whole(amount)}{NBSP}đồng"


def share(part: int, of: int) -> str:
    """Numerator, denominator and per cent: “7/8 (87,5 %)”; of nothing there is no per cent."""
    return f"{part}/{of} ({ui.percent(part, of)})" if of else f"{part}/{of}"


def joined(words: Iterable[str]) -> str:
    """“a”, “a và b”, “a, b và c”, each once; a dotted blank when there are none."""
    found = list(dict.fromkeys(word for word in words if word))
    return " và ".join(filter(None, (", ".join(found[:-1]), found[-1]))) if found else BLANK


def totals(recipients: Iterable[Recipient]) -> str:
    """How many collectives and persons: “12 tập thể và 108 cá nhân”."""
    kinds = [one.kind for one in recipients]
    counts = ((kinds.count("collective"), "tập thể"), (kinds.count("person"), "cá nhân"))
    return " và ".join(f"{counted(count)} {word}" for count, word in counts if count)


def person(name: str, titles: Iterable[str], unit: str) -> str:
    """Name, all titles in protocol order, unit; the unit is left out when a title names it."""
    given = [name, *titles]
    if unit and not any(unit in title for title in given):
        given.append(unit)
    return ", ".join(filter(None, given))


def post(words: str, authority: str = "") -> Signature:
    return Signature(post=words, authority=authority)
