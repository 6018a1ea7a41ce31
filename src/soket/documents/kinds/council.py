"""Biên bản họp Hội đồng thi đua - khen thưởng: who met, who stood aside, how the ballots fell."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from soket.documents.core import Block, Column, Heading, Paper, PaperError, Row, Signature, Table
from soket.documents.kinds import COUNCIL
from soket.documents.kinds.lists import groups
from soket.documents.kinds.shared import BLANK, GAP, NBSP, Head, Recipient, moment, pair, paper, sentence, share, text
from soket.documents.plan import grouped


@dataclass(frozen=True)
class Member:
    """A member by post; `role` is the place in the council; `note` says why one is absent or who stands in."""

    post: str
    role: str = ""
    present: bool = True
    note: str = ""


@dataclass(frozen=True)
class Conflict:
    """A member who declared a conflict of interest and did not vote on `about`."""

    member: str
    about: str
    ground: str = ""


@dataclass(frozen=True)
class Ballots:
    """Counts of ballot papers; None where it is not known."""

    issued: int | None = None
    collected: int | None = None
    valid: int | None = None
    invalid: int | None = None


@dataclass(frozen=True)
class Result:
    """How the council voted on one request: the share printed is `favour` of `of`; `passed` None where nothing is decided."""

    recipient: Recipient
    form: str
    favour: int
    against: int
    blank: int
    of: int
    passed: bool | None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class CouncilFacts:
    """What the minutes state. `quorum` is the least number present, by `quorum_rule`; `denominator` says what `of` counts; `threshold`
    states the condition with its citation; `digest` is the SHA-256 of the list of ballots. The head's signature is the chair's."""

    head: Head
    council: str
    occasion: str
    opened_at: datetime | None
    closed_at: datetime | None
    venue: str
    chair: str
    secretary: str
    members: tuple[Member, ...]
    quorum: int | None
    quorum_rule: str
    method: Literal["secret", "open"]
    denominator: str
    threshold: str
    results: tuple[Result, ...]
    ballots: Ballots = field(default=Ballots())
    conflicts: tuple[Conflict, ...] = ()
    digest: str = ""
    reserve: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    secretary_signer: str = ""
    secretary_signed: str = ""


def council_paper(facts: CouncilFacts) -> Paper:
    """The minutes, signed by the chair (right) and the secretary. Raises PaperError when counts contradict one another."""
    _check(facts)
    blocks: list[Block] = [
        pair("Thời gian bắt đầu", moment(facts.opened_at)), pair("Địa điểm", facts.venue), pair("Chủ trì", facts.chair), pair("Thư ký", facts.secretary),
        Heading(1, "Thành phần tham dự"), *_present(facts),
        Heading(1, "Xung đột lợi ích"), *_conflicts(facts),
        Heading(1, "Bỏ phiếu" if facts.method == "secret" else "Biểu quyết"), *_voting(facts),
        Heading(1, "Kết quả"), *_results(facts),
    ]  # fmt: skip
    for title, lines in (("Danh sách dự bị", facts.reserve), ("Ý kiến tại cuộc họp", facts.remarks)):
        if lines:
            blocks += [Heading(1, title), *[text(f"{number}. {sentence(line)}") for number, line in enumerate(lines, 1)]]
    blocks.append(text(f"Cuộc họp kết thúc vào {moment(facts.closed_at)}. Biên bản này được lập để làm căn cứ trình khen thưởng."))
    chair = Signature(post=facts.head.post or "Chủ tọa", authority="Chủ tọa" if facts.head.post else "", name=facts.head.signer, note=facts.head.signed)
    secretary = Signature(post="Thư ký", name=facts.secretary_signer, note=facts.secretary_signed)
    summary = f"Họp {facts.council} {facts.occasion}".strip()
    return paper(facts.head, COUNCIL, summary=summary, blocks=tuple(blocks), signatures=(chair, secretary))


def _check(facts: CouncilFacts) -> None:
    ballots = facts.ballots
    if None not in (ballots.collected, ballots.valid, ballots.invalid) and ballots.collected != ballots.valid + ballots.invalid:  # type: ignore[operator]
        raise PaperError("ballots", vi="số phiếu hợp lệ và không hợp lệ không bằng số phiếu thu về", en="valid and invalid ballots do not make those collected")
    if ballots.issued is not None and ballots.collected is not None and ballots.collected > ballots.issued:
        raise PaperError("ballots", vi="số phiếu thu về nhiều hơn số phiếu phát ra", en="more ballots were collected than issued")
    if not facts.results:
        raise PaperError("results", vi="biên bản chưa có kết quả nào", en="the minutes hold no result")
    for at, one in enumerate(facts.results):
        if min(one.favour, one.against, one.blank) < 0 or one.favour > one.of:
            raise PaperError(f"results[{at}]", vi="số phiếu đồng ý lớn hơn số phiếu để tính tỷ lệ", en="more votes in favour than the share is taken of")


def _present(facts: CouncilFacts) -> list[Block]:
    here = sum(member.present for member in facts.members)
    columns = (Column("TT", 0.8, "centre"), Column("Thành viên", 6), Column("Trách nhiệm", 4.2), Column("Tham dự", 3.4))
    rows = tuple(
        Row((str(number), one.post, one.role or GAP, ("Có mặt" if one.present else "Vắng") + (f": {one.note}" if one.note else "")))
        for number, one in enumerate(facts.members, 1)
    )  # fmt: skip
    blocks: list[Block] = [text(f"Có mặt {here}/{len(facts.members)} thành viên Hội đồng."), Table(columns, rows)] if rows else [text(BLANK)]
    if facts.quorum is None or not rows:
        return [*blocks, pair("Điều kiện về số thành viên dự họp", facts.quorum_rule)]
    enough = "đủ" if here >= facts.quorum else "không đủ"
    rule = f" ({facts.quorum_rule.rstrip(' .;')})" if facts.quorum_rule else ""
    return [*blocks, text(f"Số thành viên dự họp ít nhất là {facts.quorum}/{len(facts.members)}{rule}. Hội đồng {enough} điều kiện tiến hành họp.")]


def _conflicts(facts: CouncilFacts) -> list[Block]:
    if not facts.conflicts:
        return [text("Không có thành viên nào khai báo xung đột lợi ích.")]
    lines = [f"- {one.member} không tham gia bỏ phiếu đối với {one.about}{f' (lý do: {one.ground})' if one.ground else ''}" for one in facts.conflicts]
    return [text(sentence(line)) for line in lines]


def _voting(facts: CouncilFacts) -> list[Block]:
    ballots = facts.ballots
    secret = facts.method == "secret"
    blocks: list[Block] = [pair("Hình thức", "bỏ phiếu kín" if secret else "biểu quyết công khai")]
    counts = (("phát ra", ballots.issued), ("thu về", ballots.collected), ("hợp lệ", ballots.valid), ("không hợp lệ", ballots.invalid))
    if secret or any(count is not None for _word, count in counts):
        blocks.append(pair("Số phiếu", "; ".join(f"{word}: {GAP if count is None else count}" for word, count in counts)))
    blocks += [pair("Tỷ lệ tính trên", facts.denominator), pair("Điều kiện thông qua", facts.threshold)]
    if secret or facts.digest:
        blocks.append(pair("Mã băm SHA-256 của danh sách phiếu", grouped(facts.digest)))
    return blocks


def _results(facts: CouncilFacts) -> tuple[Table, ...]:
    group, neither = ("Số phiếu", "Trắng") if facts.method == "secret" else ("Số ý kiến", f"Không\ný{NBSP}kiến")
    columns = (
        Column("TT", 0.9, "centre"), Column("Tập thể, cá nhân đề nghị", 5.2), Column(f"Đồng{NBSP}ý", 1.3, "centre", group=group),
        Column(f"Không\nđồng{NBSP}ý", 1.3, "centre", group=group), Column(neither, 1.3, "centre", group=group),
        Column(f"Tỷ lệ\nđồng{NBSP}ý", 2.5, "centre"), Column("Kết quả", 2.2, "centre"),
    )  # fmt: skip
    return tuple(
        Table(columns, tuple(_result(number, one) for number, one in enumerate(found, 1)), caption=title.split(". ", 1)[1])
        for title, found in groups(facts.results)
    )


def _result(number: int, one: Result) -> Row:
    said = GAP if one.passed is None else "Đạt" if one.passed else "Không đạt"
    note = f" ({one.note})" if one.note else ""
    return Row((str(number), one.recipient.who, str(one.favour), str(one.against), str(one.blank), share(one.favour, one.of), said + note))
