"""Tờ trình: the proposal to commend."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.documents.core import Appendix, Block, Paper, PaperError, Paragraph
from soket.documents.kinds import PROPOSAL
from soket.documents.kinds.lists import Line, by_form, list_tables
from soket.documents.kinds.shared import Head, Recipient, dashed, joined, paper, sentence, text, totals

IN_BODY = 10
"""So many requests stand in the proposal itself; a longer list is its appendix."""


@dataclass(frozen=True)
class Request:
    """One recipient, the form asked for and the achievement in brief."""

    recipient: Recipient
    form: str
    achievement: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalFacts:
    """What the proposal states. `occasion` starts small: “có thành tích xuất sắc trong …”."""

    head: Head
    addressees: tuple[str, ...]
    bases: tuple[str, ...]
    occasion: str
    requests: tuple[Request, ...]
    remarks: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()


def proposal_paper(facts: ProposalFacts) -> Paper:
    """Raises PaperError when nothing is proposed or nobody is addressed."""
    if not facts.requests or not facts.addressees:
        raise PaperError("requests", vi="tờ trình phải có nơi kính gửi và ít nhất một đề nghị", en="a proposal has an addressee and at least one request")
    lines = [Line(one.recipient, one.form, one.achievement) for one in facts.requests]
    forms = joined(line.form for line in lines)
    attached = len(lines) > IN_BODY
    blocks: list[Block] = [*_opening(facts, lines, forms, attached=attached)]
    if not attached:
        blocks += list_tables(lines)
    blocks += [text(sentence(remark)) for remark in facts.remarks]
    if facts.enclosures:
        blocks += [text("Hồ sơ gửi kèm gồm:"), *dashed(facts.enclosures)]
    blocks.append(text(f"{facts.head.name} kính trình {joined(facts.addressees)} xem xét, quyết định."))
    appendices = (Appendix("Danh sách tập thể, cá nhân\nđề nghị khen thưởng", list_tables(lines)),) if attached else ()
    return paper(
        facts.head, PROPOSAL, summary=f"Về việc đề nghị tặng {forms}", addressees=facts.addressees, bases=facts.bases, blocks=tuple(blocks),
        appendices=appendices,
    )  # fmt: skip


def _opening(facts: ProposalFacts, lines: Sequence[Line], forms: str, *, attached: bool) -> list[Paragraph]:
    whom = f"{totals(line.recipient for line in lines)} {facts.occasion}".strip().rstrip(" ;.,")
    listed = "danh sách kèm theo" if attached else "danh sách dưới đây"
    if len({line.form for line in lines}) == 1:
        return [text(f"{facts.head.name} đề nghị tặng {forms} cho {whom} ({listed}).")]
    return [text(f"{facts.head.name} đề nghị khen thưởng {whom} ({listed}), gồm:"), *dashed(by_form(lines))]
