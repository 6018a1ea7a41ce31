"""Báo cáo thành tích: the achievement report, with the figures it rests on and the confirmation of the level that submits."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from soket.documents.core import Block, Column, FigureText, Heading, Paper, Row, Signature, Table
from soket.documents.kinds import ACHIEVEMENT
from soket.documents.kinds.shared import BLANK, GAP, Figure, Head, Recipient, day, pair, paper, sentence, text


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """What the confirming office states. `clear` True: not under discipline, inspection or complaint on that day; False: it is, see
    `remark`; None: nothing is stated yet."""

    office: str
    on: date | None = None
    clear: bool | None = None
    remark: str = ""
    post: str = ""
    authority: str = ""
    signer: str = ""
    signed: str = ""


@dataclass(frozen=True, kw_only=True)
class AchievementFacts:
    """What the report states. `profile` and `text` are the author's words, lines being paragraphs; both may hold `{{code}}` of `figures`."""

    head: Head
    recipient: Recipient
    form: str
    occasion: str
    confirmation: Confirmation
    profile: str = ""
    text: str = ""
    figures: tuple[Figure, ...] = ()
    addressees: tuple[str, ...] = ()


def achievement_paper(facts: AchievementFacts) -> Paper:
    """The report, signed by who reports (right) and who confirms (left)."""
    displays = {figure.code: figure.value for figure in facts.figures}
    collective = facts.recipient.kind == "collective"
    blocks: list[Block] = [
        Heading(1, "Sơ lược đặc điểm, tình hình" if collective else "Sơ lược lý lịch công tác"), *_about(facts.recipient),
        *([FigureText(facts.profile, displays)] if facts.profile.strip() else []),
        Heading(1, "Thành tích đạt được"), FigureText(facts.text, displays) if facts.text.strip() else text(BLANK),
        *([_figures(facts.figures)] if facts.figures else []),
        Heading(1, "Hình thức đề nghị khen thưởng"),
        text(sentence(f"Đề nghị tặng {facts.form or BLANK} cho {facts.recipient.who}, {facts.occasion or BLANK}")),
        Heading(1, "Xác nhận của cấp trình khen thưởng"), *_confirmed(facts),
    ]  # fmt: skip
    one = facts.confirmation
    confirming = Signature(post=one.post or BLANK, authority=one.authority or "Xác nhận của cấp trình", name=one.signer, note=one.signed)
    return paper(
        facts.head, ACHIEVEMENT, summary=f"Đề nghị tặng {facts.form or BLANK}", addressees=facts.addressees, blocks=tuple(blocks),
        signatures=(facts.head.signature(), confirming),
    )  # fmt: skip


def _about(one: Recipient) -> list[Block]:
    if one.kind == "collective":
        return [pair("Tên tập thể", one.name), pair("Đơn vị cấp trên", one.unit)]
    return [*([pair("Họ và tên", one.name)] if one.name else []), pair("Chức vụ", one.post), pair("Đơn vị công tác", one.unit)]


def _figures(figures: tuple[Figure, ...]) -> Table:
    columns = (
        Column("Mã", 2.6), Column("Nội dung", 5), Column("Số liệu", 2, "right"), Column("Hồ sơ", 2.4), Column("Mã niêm phong", 2.9, "centre"),
    )  # fmt: skip
    rows = tuple(Row((one.code, one.label, one.value, one.edition or GAP, one.seal or GAP)) for one in figures)
    return Table(columns, rows, caption="Số liệu làm căn cứ", note="Số liệu lấy nguyên văn từ hồ sơ đã niêm phong; mã niêm phong dùng để kiểm chứng.")


def _confirmed(facts: AchievementFacts) -> list[Block]:
    one, who = facts.confirmation, facts.recipient.who
    blocks: list[Block] = [pair("Cơ quan xác nhận", one.office), pair("Ngày xác nhận", day(one.on) if one.on else "")]
    if one.clear is None:
        blocks.append(pair("Về kỷ luật, thanh tra, kiểm tra, khiếu nại, tố cáo", ""))
    elif one.clear:
        blocks.append(text(
            f"Tại thời điểm xác nhận, {who} không trong thời gian bị xem xét, thi hành kỷ luật, không bị thanh tra, kiểm tra, xác minh"
            " khi có dấu hiệu vi phạm hoặc có đơn thư khiếu nại, tố cáo."
        ))  # fmt: skip
    else:
        blocks.append(text(f"Tại thời điểm xác nhận, {who} thuộc trường hợp chưa xét khen thưởng: {sentence(one.remark)}"))
    if one.clear is not False and one.remark:
        blocks.append(text(sentence(one.remark)))
    return blocks
