"""The minutes of a counted meeting: their facts from what was kept, their number from the register."""
from __future__ import annotations

import json
from datetime import date

from soket.commendations.core.council import least
from soket.commendations.models import Attachment, Meeting, Member, Question, Recusal, Tally
from soket.commendations.models.appraising import MemberRole
from soket.commendations.queries import meetings
from soket.commendations.queries.recipients import label, on_paper
from soket.commendations.queries.recount import meeting_digest
from soket.commendations.queries.scope import unit_names
from soket.documents import queries as documents
from soket.documents.core import Paper
from soket.documents.kinds.council import Ballots, Conflict, CouncilFacts, Result, council_paper
from soket.documents.kinds.council import Member as Seat
from soket.documents.kinds.shared import Head
from soket.documents.models import Entry
from soket.kernel.clock import day_of

SERIES = "hoi-dong"
SYMBOL = "HĐTĐKT"
ROLES = {"chair": "Chủ tịch Hội đồng", "deputy": "Phó Chủ tịch Hội đồng", "member": "Ủy viên", "secretary": "Ủy viên, Thư ký"}
DENOMINATORS = {
    "left_out": "số thành viên có quyền biểu quyết dự họp", "against": "tổng số thành viên có quyền biểu quyết, vắng mặt tính là không đồng ý",
    "by_letter": "tổng số thành viên có quyền biểu quyết, vắng mặt lấy ý kiến bằng văn bản",
}  # fmt: skip


def issuer_key(meeting: Meeting) -> str:
    """Whose register numbers the minutes."""
    return f"unit:{meeting.council.authority_id}"


def reference(meeting: Meeting) -> str:
    """The key under which the register finds the minutes."""
    return f"commendations.meeting:{meeting.pk}"


def entry_of(meeting: Meeting) -> Entry | None:
    """The number of the minutes once they are issued."""
    return documents.entry_of(issuer_key(meeting), SERIES, reference(meeting))


def kept(meeting: Meeting) -> Attachment | None:
    """The minutes as put into the dossiers."""
    entry = entry_of(meeting)
    if entry is None:
        return None
    rows = Attachment.objects.filter(nomination__questions__meeting=meeting, kind="minutes", document=entry.notation, dated=entry.dated)
    return rows.select_related("file").order_by("pk").first()


def paper(meeting: Meeting, day: date) -> Paper:
    """The minutes laid out. Raises PaperError."""
    return council_paper(facts(meeting, day))


def facts(meeting: Meeting, day: date) -> CouncilFacts:
    """Everything that the minutes state, as it stood at the meeting."""
    council, told = meeting.council, meetings.rules_of(meeting.council)
    held = day_of(meeting.opened_at or meeting.held_at)
    asked, seated, entry = meetings.questions(meeting), meetings.members_at(meeting), entry_of(meeting)
    chair = next((one.post for one in seated if one.role == MemberRole.CHAIR), "")
    form = asked[0].nomination.campaign_form.form
    num, den = told.threshold
    head = Head(
        family=form.family, superior=unit_names([council.authority_id], held)[council.authority_id], issuer=council.name, symbol=SYMBOL,
        place=council.campaign.place, post=chair, authority="Chủ tọa", drawn_up=day, number=entry.number if entry else None,
        dated=entry.dated if entry else None, synthetic=council.campaign.synthetic,
    )  # fmt: skip
    tallies = [row.tally for row in asked if hasattr(row, "tally")]
    return CouncilFacts(
        head=head, council=council.name, occasion=f"xét khen thưởng ({council.campaign.title})", opened_at=meeting.opened_at,
        closed_at=meeting.counted_at, venue=meeting.place, chair=chair,
        secretary=next((one.post for one in seated if one.role == MemberRole.SECRETARY), ""), members=_seats(meeting, seated),
        quorum=least(len(seated), told.quorum), quorum_rule=f"{told.quorum[0]}/{told.quorum[1]} số thành viên, theo {council.rule_citation}",
        method="secret" if meeting.secret else "open", denominator=DENOMINATORS[told.absent],
        threshold=f"từ {num}/{den} trở lên, theo {council.rule_citation}", results=tuple(_result(row, held) for row in asked),
        ballots=_ballots(meeting, tallies), conflicts=_conflicts(asked, seated, held), digest=meeting_digest(tallies) if meeting.secret else "",
        remarks=_remarks(meeting, tallies),
    )  # fmt: skip


def _seats(meeting: Meeting, seated: list[Member]) -> tuple[Seat, ...]:
    here = set(meetings.present_ids(meeting))
    return tuple(Seat(one.post, ROLES[one.role], one.pk in here) for one in seated)


def _result(row: Question, day: date) -> Result:
    tally: Tally = row.tally
    lost = tally.issued - tally.yes - tally.no - tally.blank
    return Result(
        on_paper(row.nomination, day), row.nomination.campaign_form.form.name_vi, tally.yes, tally.no, tally.blank, tally.base, tally.passed,
        f"{lost} không bỏ phiếu" if lost else "",
    )  # fmt: skip


def _ballots(meeting: Meeting, tallies: list[Tally]) -> Ballots:
    if not meeting.secret:
        return Ballots()
    cast = sum(one.yes + one.no + one.blank for one in tallies)
    return Ballots(sum(one.issued for one in tallies), cast, cast, 0)


def _conflicts(asked: list[Question], seated: list[Member], day: date) -> tuple[Conflict, ...]:
    names = unit_names((row.nomination.unit_id for row in asked), day)
    about = {row.nomination_id: f"đề nghị số {row.nomination.number} ({label(row.nomination, names[row.nomination.unit_id])})" for row in asked}
    posts = {one.pk: one.post for one in seated}
    rows = Recusal.objects.filter(member__in=seated, nomination__in=list(about)).order_by("member_id", "nomination__number")
    declared = tuple(Conflict(posts[row.member_id], about[row.nomination_id], row.reason) for row in rows)
    bench = meetings.bench(asked[0].meeting, [row.nomination for row in asked], day)
    barred = tuple(
        Conflict(one.post, about[row.nomination_id], "đã tham gia đề nghị khen thưởng")
        for one in seated for row in asked if bench.of(one, row.nomination).barred and bench.of(one, row.nomination).recused is None
    )  # fmt: skip
    return declared + barred


def _remarks(meeting: Meeting, tallies: list[Tally]) -> tuple[str, ...]:
    """How the list of ballots can be checked; for a vote on paper, whose count it rests on."""
    paper_rows = [row for one in tallies for row in json.loads(one.ballots) if "paper" in row]
    if paper_rows:
        first = paper_rows[0]
        said = f"Kết quả theo biên bản kiểm phiếu giấy (SHA-256 {first['paper'][:16]}…), {first['entered']} nhập, {first['confirmed']} xác nhận"
        return (said,)
    if meeting.secret:
        return ("Danh sách phiếu và chữ ký của từng phiếu được lưu trên hệ thống để kiểm lại; không phiếu nào gắn với người bỏ phiếu",)
    return ()


def title(meeting: Meeting) -> str:
    """How the minutes are called in a dossier and in the register."""
    return f"Biên bản họp {meeting.council.name}, phiên số {meeting.number}"

