"""Quyết định tặng …: the decision to commend, with its list."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from soket.documents.core import Appendix, Paper, PaperError, Paragraph
from soket.documents.kinds import DECISION
from soket.documents.kinds.lists import Line, by_form, list_tables
from soket.documents.kinds.shared import BLANK, NBSP, Head, Recipient, article, dashed, joined, money, paper, text, tied, totals

NAMED = 3
"""So many recipients are named in Article 1; more stand in a list."""


@dataclass(frozen=True)
class Award:
    """One award: who, what, for what, and its number in the gold book."""

    recipient: Recipient
    form: str
    achievement: str = ""
    gold_number: int | None = None


@dataclass(frozen=True)
class Money:
    """Money that goes with the awards: `count` times `each` whole đồng for `whom` (“tập thể”, “cá nhân”), by `rule`."""

    whom: str
    count: int
    each: int
    rule: str


@dataclass(frozen=True, kw_only=True)
class DecisionFacts:
    """What the decision states. `power` decides (“Bộ trưởng Bộ Công an”); `occasion` starts small; `fund` says what pays the money."""

    head: Head
    power: str
    bases: tuple[str, ...]
    proposer: str
    occasion: str
    awards: tuple[Award, ...]
    money: tuple[Money, ...] = ()
    fund: str = ""
    carried_out_by: tuple[str, ...] = ()


def decision_paper(facts: DecisionFacts) -> Paper:
    """Raises PaperError when nothing is awarded."""
    if not facts.awards:
        raise PaperError("awards", vi="quyết định phải có ít nhất một tập thể hoặc cá nhân", en="a decision awards at least one collective or person")
    lines = [Line(one.recipient, one.form, one.achievement, one.gold_number) for one in facts.awards]
    blocks = [*_awarded(lines, facts.occasion), *_paid(facts), article(3, effect(facts.carried_out_by))]
    listed = (Appendix("Danh sách tập thể, cá nhân\nđược khen thưởng", list_tables(lines)),) if len(lines) > NAMED else ()
    return paper(
        facts.head, DECISION, summary=f"Về việc tặng {joined(line.form for line in lines)}", authority=tied(facts.power or BLANK), enacting="Quyết định",
        bases=(*facts.bases, proposed(facts.proposer)), blocks=tuple(blocks), recipients=("Như Điều 3",), appendices=listed,
    )  # fmt: skip


def proposed(proposer: str) -> str:
    """The last basis of a decision."""
    return f"Theo đề nghị của {proposer or BLANK}"


def effect(carried_out_by: Sequence[str], named_in: str = "Điều 1") -> str:
    """The last article: from when, and who carries it out."""
    whom = joined([*carried_out_by, f"các tập thể, cá nhân có tên tại {named_in}"])
    return f"Quyết định này có hiệu lực kể từ ngày ký. {whom[:1].upper()}{whom[1:]} chịu trách nhiệm thi hành Quyết định này."


def _awarded(lines: list[Line], occasion: str) -> list[Paragraph]:
    """Article 1: one recipient in its sentence, up to three in a list below it, more by their numbers and the appendix."""
    forms = list(dict.fromkeys(line.form for line in lines))
    reason = f" {occasion.strip().rstrip(' .;,')}" if occasion.strip() else ""
    if len(lines) == 1:
        return [article(1, f"Tặng {lines[0].form} cho {_named(lines[0])}{reason}.")]
    whom = f"{totals(line.recipient for line in lines)}{reason}"
    if len(lines) <= NAMED:
        several = len(forms) > 1
        items = [f"{number}. {f'Tặng {line.form} cho ' if several else ''}{_named(line)}" for number, line in enumerate(lines, 1)]
        opening = f"Khen thưởng {whom}:" if several else f"Tặng {forms[0]} cho {whom}:"
        return [article(1, opening), *[text(f"{item}{'.' if at == len(items) else ';'}") for at, item in enumerate(items, 1)]]
    if len(forms) == 1:
        return [article(1, f"Tặng {forms[0]} cho {whom} (danh sách kèm theo).")]
    return [article(1, f"Khen thưởng {whom} (danh sách kèm theo), gồm:"), *dashed(by_form(lines))]


def _named(line: Line) -> str:
    gold = f" (số vào sổ vàng:{NBSP}{line.gold_number})" if line.gold_number is not None else ""
    return f"{line.recipient.who}{gold}"


def _paid(facts: DecisionFacts) -> list[Paragraph]:
    """Article 2: what is paid to whom by which rule, or that the rules say so."""
    source = f" Kinh phí: {facts.fund.strip().rstrip(' .;')}." if facts.fund.strip() else ""
    if not facts.money:
        return [article(2, f"Tiền thưởng kèm theo hình thức khen thưởng thực hiện theo quy định.{source}")]
    total = sum(one.count * one.each for one in facts.money)
    items = [
        f"{one.whom[:1].upper()}{one.whom[1:]}: {one.count} × {money(one.each)} = {money(one.count * one.each)}{f' ({one.rule})' if one.rule else ''}"
        for one in facts.money
    ]
    return [article(2, f"Tổng số tiền thưởng là {money(total)}, gồm:"), *dashed(items), *([text(source.strip())] if source else [])]
