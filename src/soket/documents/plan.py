"""The words of a paper in the order and grouping of the layout: one plan, set by both Word and PDF.

Everything a renderer would otherwise decide twice is decided here: numbering, punctuation, capitals, line
breaks of titles, lengths of rules, widths of columns.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from .checks import checked
from .core import Appendix, Layout, Paper, Signature, Verification
from .flow import Item, flow, roman
from .metrics import balanced, face, widest

NBSP = "\u00a0"
NEWLINE = "\n"
GAPPED = ("4", "app-reference")
"""Slots where no-break blanks hold a place for the pen."""
SYNTHETIC = "SỐ LIỆU MINH HỌA"
WITHOUT_DATE = date(1980, 1, 1)
"""What the file's properties say when neither the paper nor its drawing up has a date: the zip epoch."""


@dataclass(frozen=True)
class Ruled:
    """Lines of a title and the length in millimetres of the rule under them."""

    lines: tuple[str, ...]
    rule: float


@dataclass(frozen=True)
class Addressees:
    """“Kính gửi”: one name stays on the line; more are listed, dashes standing under the colon."""

    lead: str
    names: tuple[str, ...]
    left: float
    """Millimetres from the margin to “Kính gửi:”."""
    colon: float
    """Millimetres from the margin to the colon, where the dashes stand."""


@dataclass(frozen=True)
class Signer:
    """One signature: lines of authority and post in capitals, then the note or a blank, then the name."""

    title: tuple[str, ...]
    note: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Seal:
    """The verification block: labelled lines, checkpoint lines, text of the QR code."""

    lines: tuple[tuple[str, str], ...]
    checkpoint: tuple[str, ...]
    hint: str
    url: str
    qr: str


@dataclass(frozen=True)
class AppendixPlan:
    """An appendix with its label, ruled title and reference to the paper."""

    label: str
    title: tuple[str, ...]
    reference: Ruled
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Plan:
    """A paper ready to be set; texts are final. Widths are millimetres."""

    layout: Layout
    title: str
    author: str
    day: date
    left: float
    right: float
    superior: tuple[str, ...]
    issuer: Ruled
    motto: Ruled
    number: str
    place_date: tuple[str, ...]
    type_name: str
    summary: Ruled
    addressees: Addressees | None
    authority: tuple[str, ...]
    bases: tuple[str, ...]
    enacting: str
    items: tuple[Item, ...]
    signers: tuple[Signer, ...]
    recipients: tuple[str, ...]
    drafter: str
    seal: Seal | None
    appendices: tuple[AppendixPlan, ...]
    label: str


def plan(paper: Paper) -> Plan:
    """Check a paper and lay out its words; raises PaperError naming the field."""
    paper = checked(paper)
    layout = paper.layout
    place_date = f"{paper.place}, {_day(paper.date)}"
    left, right = _columns(layout, place_date)
    motto = layout.motto
    return Plan(
        layout=layout,
        title=f"{paper.type_name.capitalize()}: {_line(paper.summary)}",
        author=_issuers(paper),
        day=paper.date or paper.drawn_up or WITHOUT_DATE,
        left=left,
        right=right,
        superior=_titled(layout, "2-superior", (paper.superior or "").upper(), left) if paper.superior else (),
        issuer=_issuer(paper, left),
        motto=Ruled(motto, widest((motto[1],), size=layout.slot("1-motto").size, bold=True)),
        number=f"Số: {_number(paper.number)}/{paper.symbol}",
        place_date=_titled(layout, "4", place_date, right),
        type_name=paper.type_name.upper(),
        summary=_ruled(layout, "5a-summary", paper.summary, layout.text_width * 0.84),
        addressees=_addressees(paper),
        authority=_titled(layout, "6-authority", paper.authority.upper(), layout.text_width) if paper.authority else (),
        bases=_listed(paper.bases),
        enacting=f"{paper.enacting.upper()}:" if paper.enacting else "",
        items=flow(paper.blocks, layout),
        signers=_signers(paper.signatures, layout),
        recipients=_recipients(paper),
        drafter=paper.drafter,
        seal=None if paper.verification is None else _seal(paper.verification),
        appendices=tuple(_appendix(paper, index) for index in range(len(paper.appendices))),
        label=SYNTHETIC if paper.synthetic else "",
    )


def _line(text: str) -> str:
    return " ".join(text.split("\n")).replace(NBSP, " ")


def _issuers(paper: Paper) -> str:
    return ", ".join(_line(name) for name in (paper.issuer, *paper.co_issuers))


def _number(number: str | None) -> str:
    """Two digits at least; a gap for the registry's pen while there is none."""
    return NBSP * 9 if number is None else f"{int(number):02d}"


def _day(day: date | None) -> str:
    """Zero before days under 10 and before months 1 and 2 only, as the decree has it."""
    if day is None:
        return f"ngày{NBSP * 6}tháng{NBSP * 6}năm{NBSP * 8}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _columns(layout: Layout, place_date: str) -> tuple[float, float]:
    """Widths of the two head columns; a long place name takes a little from the left."""
    width = layout.text_width
    slot = layout.slot("4")
    need = widest((place_date,), size=slot.size, italic=True) + 3.5
    right = min(max(width * (1 - layout.left_share), need), width * 0.62)
    return round(width - right, 2), round(right, 2)


def _titled(layout: Layout, code: str, text: str, width: float) -> tuple[str, ...]:
    """Lines of a title. No-break blanks have done their work once it is broken; a number or day left blank keeps its gaps."""
    slot = layout.slot(code)
    lines = balanced(text, size=slot.size, width=width - 3, bold=slot.bold, italic=slot.italic)
    return lines if code in GAPPED else tuple(line.replace(NBSP, " ") for line in lines)


def _ruled(layout: Layout, code: str, text: str, width: float) -> Ruled:
    slot = layout.slot(code)
    lines = _titled(layout, code, text, width)
    longest = widest(lines, size=slot.size, bold=slot.bold, italic=slot.italic)
    return Ruled(lines, round(min(longest, width) * layout.short_rule, 2))


def _issuer(paper: Paper, left: float) -> Ruled:
    """The issuers under one another; on a joint paper every name but the last carries the joining dash."""
    names = [name.upper() for name in (paper.issuer, *paper.co_issuers)]
    joined = [f"{name} -" for name in names[:-1]] + names[-1:]
    return _ruled(paper.layout, "2-issuer", "\n".join(joined), left)


def _listed(items: tuple[str, ...], first: str = "") -> tuple[str, ...]:
    """One item a line, “;” after each and “.” after the last, whatever the author typed there."""
    bare = [item.rstrip(" ;.") for item in items]
    return tuple(f"{first}{item}{'.' if index == len(bare) - 1 else ';'}" for index, item in enumerate(bare))


def _addressees(paper: Paper) -> Addressees | None:
    names = tuple(name.rstrip(" ;.") for name in paper.addressees)
    if not names:
        return None
    size = paper.layout.slot("9a").size
    width = paper.layout.text_width
    before = face().width("Kính gửi", size)
    if len(names) == 1:
        return Addressees("Kính gửi:", names, 0.0, round(before, 2))
    listed = _listed(names, "- ")
    room = min(widest(listed, size=size), width * 0.72)
    left = round(max((width - before - room) / 2, 0.0), 2)
    return Addressees("Kính gửi:", listed, left, round(left + before, 2))


def _signers(signatures: tuple[Signature, ...], layout: Layout) -> tuple[Signer, ...]:
    """In reading order, two on a row: on a joint paper the lead agency, given first, stands at the right."""
    slot = layout.slot("7a")
    width = layout.text_width * (1 - layout.left_share if len(signatures) == 1 else 0.5) - 3
    signers = []
    for one in signatures:
        title = "\n".join(part.upper() for part in (one.authority, one.post) if part.strip())
        lines = balanced(title, size=slot.size, width=width, bold=True)
        signers.append(Signer(lines, tuple(one.note.split("\n")) if one.note.strip() else (), one.name))
    if not layout.lead_signs_right:
        return tuple(signers)
    return tuple(one for at in range(0, len(signers), 2) for one in reversed(signers[at : at + 2]))


def _recipients(paper: Paper) -> tuple[str, ...]:
    first = ("Như trên",) if paper.addressees else ()
    return _listed((*first, *paper.recipients, f"Lưu: {paper.archive}"), "- ")


def grouped(code: str) -> str:
    """A long hexadecimal in groups of eight, so that a person can compare it."""
    if len(code) < 32 or not all(ch in "0123456789abcdefABCDEF" for ch in code):
        return code
    return " ".join(code[at : at + 8] for at in range(0, len(code), 8))


def _seal(seal: Verification) -> Seal:
    return Seal(
        lines=(
            ("Mã niêm phong", seal.seal_code),
            ("SHA-256 của hồ sơ", grouped(seal.digest)),
            ("Kiểm chứng tại", seal.url),
            ("Vân tay khóa niêm phong", grouped(seal.key_fingerprint)),
        ),
        checkpoint=tuple(line for line in seal.checkpoint.split("\n") if line),
        hint="Mã trong ngoặc vuông sau mỗi số liệu mở nguồn gốc của số liệu đó tại địa chỉ trên.",
        url=seal.url,
        qr=seal.qr,
    )


def _appendix(paper: Paper, index: int) -> AppendixPlan:
    appendix: Appendix = paper.appendices[index]
    layout = paper.layout
    reference = (
        f"(Kèm theo {paper.type_name.capitalize()} số {_number(paper.number)}/{paper.symbol} {_day(paper.date)}"
    )
    issued = f"của {_line(paper.authority) or _issuers(paper)})"
    slot = layout.slot("app-reference")
    alone = widest((f"{reference} {issued}",), size=slot.size, italic=slot.italic) > layout.text_width - 3
    return AppendixPlan(
        label=f"Phụ lục {roman(index + 1)}" if len(paper.appendices) > 1 else "Phụ lục",
        title=_titled(layout, "app-title", appendix.title.upper(), layout.text_width),
        reference=_ruled(
            layout, "app-reference", f"{reference}{NEWLINE if alone else ' '}{issued}", layout.text_width
        ),
        items=flow(appendix.blocks, layout, closed=False),
    )


def texts(planned: Plan) -> tuple[str, ...]:
    """Every text of the plan in reading order, for tests and for search; rows of a table cell by cell."""
    head = (*planned.superior, *planned.issuer.lines, *planned.motto.lines, planned.number, *planned.place_date,
            planned.type_name, *planned.summary.lines)
    sent = () if planned.addressees is None else (planned.addressees.lead, *planned.addressees.names)
    signed = tuple(text for one in planned.signers for text in (*one.title, *one.note, one.name))
    seal = () if planned.seal is None else (*(part for pair in planned.seal.lines for part in pair),
                                            *planned.seal.checkpoint, planned.seal.hint)
    body = tuple(text for item in planned.items for text in item.texts())
    rest = tuple(text for one in planned.appendices
                 for text in (one.label, *one.title, *one.reference.lines,
                              *(text for item in one.items for text in item.texts())))
    every = (*head, *sent, *planned.authority, *planned.bases, planned.enacting, *body, *signed, *planned.recipients, planned.drafter, *seal, *rest)
    return tuple(text for text, _ in groupby(every) if text)
