"""Two campaigns of the demonstration: one decided, with certificates handed over; one that takes nominations now. All of it invented."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from soket.accounts.models import Person
from soket.commendations import actions
from soket.commendations.actions.campaign_terms import QuotaLine
from soket.commendations.core import ballots
from soket.commendations.core.course import Calendar
from soket.commendations.models import Appraisal, Award, AwardForm, Campaign, CampaignForm, Council, Decision, Meeting, Nomination, Question
from soket.commendations.queries import meetings
from soket.demo import people
from soket.demo.reports import OFFICE, moment
from soket.kernel.actor import SystemActor
from soket.kernel.clock import today
from soket.organisations import queries as organisations
from soket.organisations.models import Level, Line, Unit
from soket.reviews.models import Edition, Review

WRITER = SystemActor("demo-proposer", "Đơn vị đề nghị (minh họa)")
CONFIRMER = SystemActor("demo-confirmer", "Cấp trình khen thưởng (minh họa)")
BEGUN, SENT, APPRAISED = moment(date(2026, 7, 3)), moment(date(2026, 7, 6)), moment(date(2026, 7, 8))
MET, DECIDED, HANDED = moment(date(2026, 7, 10)), moment(date(2026, 7, 15)), moment(date(2026, 7, 16))
MOST = 6  # nominations of each line in the decided campaign
STANDARDS = (
    "Tập thể dẫn đầu địa bàn trong thực hiện chương trình phối hợp, có số liệu trong hồ sơ sơ kết đã đóng băng; nội bộ đoàn kết; cán bộ không bị kỷ luật "
    "trong thời gian xét.\nƯu tiên cơ sở, đơn vị trực tiếp thực hiện nhiệm vụ và các mô hình được đơn vị khác áp dụng."
)
GIVEN = (("bang-khen-bca", "police", "khenthuong", "kybca", "hoidong"), ("bang-khen-mttw", "front", "khenthuongmt", "kymttq", "hoidongmt"))


def build(persons: dict[str, Person]) -> tuple[int, int]:
    """Both campaigns; answers how many awards and how many nominations there are."""
    actions.install_rules(by=OFFICE, at=moment(people.SINCE))
    awards = _decided(persons)
    return awards, _open(persons)


def _unit(pk: int) -> Unit:
    found = organisations.unit_by_id(pk)
    assert found is not None
    return found


def _seat(username: str) -> Unit:
    return _unit(next(people.unit_of(role).id for role in people.ROLES if role.username == username))


def _campaign(review: Review, slug: str, code: str, title: str, days: Calendar, office: Person, objection_days: int) -> Campaign:
    made = actions.create_campaign(
        review=review, office=_unit(review.office_id), slug=slug, code=code, title=title, standards=STANDARDS, calendar=days, concurrence=True,
        objection_days=objection_days, synthetic=True, by=office, at=BEGUN,
    )  # fmt: skip
    for form, _line, clerk, _signer, _council in GIVEN:
        actions.take_form(campaign=made, form=AwardForm.objects.get(code=form), issuer=_seat(clerk), by=office, at=BEGUN)
    lines = {line.code: line for line in Line.objects.all()}
    wanted = [(lines[code], level) for code in ("police", "front") for level in (Level.CENTRE, Level.PROVINCE, Level.COMMUNE)]
    actions.set_proposers(campaign=made, wanted=wanted, by=office, at=BEGUN)
    quotas = [
        QuotaLine(form.pk, level, recipient, limit)
        for form in made.forms.all()
        for level, recipient, limit in ((Level.COMMUNE, "collective", 1), (Level.PROVINCE, "collective", 3), (Level.PROVINCE, "person", 2))
    ]
    actions.set_quotas(campaign=made, lines=quotas, by=office, at=BEGUN)
    return made


def _decided(persons: dict[str, Person]) -> int:
    """The campaign of the review of 2013–2018: province units proposed, appraised by both, voted in secret, decided, handed over."""
    review, office = Review.objects.get(code="SK-2018"), persons["vanphong"]
    days = Calendar(date(2026, 7, 3), date(2026, 7, 6), date(2026, 7, 9), date(2026, 7, 15))
    held = _campaign(review, "khen-thuong-2013-2018", "KT-2018", "Khen thưởng sơ kết ba chương trình giai đoạn 2013–2018", days, office, 2)
    actions.advance_campaign(campaign=held, kind="opened", by=office, at=BEGUN)
    edition = Edition.objects.get(review=review, number=1, freeze__isnull=False)
    for place, (form, (_code, line, *_rest)) in enumerate(zip(held.forms.all(), GIVEN, strict=True)):
        rows = [_proposed(form, edition, line, node.id, place * 100 + at) for at, node in enumerate(_provinces(line), 1)]
        actions.confirm_many(nominations=rows, clear=True, by=CONFIRMER, at=SENT)
    actions.advance_campaign(campaign=held, kind="appraising", by=office, at=APPRAISED)
    for _code, _line, clerk, _signer, _council in GIVEN:
        mine = list(Appraisal.objects.filter(nomination__campaign_form__campaign=held, authority=_seat(clerk)))
        actions.receive_many(appraisals=mine, by=persons[clerk], at=APPRAISED)
        actions.agree_many(appraisals=mine, by=persons[clerk], at=APPRAISED)
    made = [_award(form, given, persons) for form, given in zip(held.forms.all(), GIVEN, strict=True)]
    for decision in made:
        _printed(decision, persons)
    actions.advance_campaign(campaign=held, kind="decided", by=office, at=DECIDED)
    return Award.objects.filter(decision__in=made).count()


def _provinces(line: str) -> list[organisations.Node]:
    return organisations.units_of(line, Level.PROVINCE, None, people.TODAY)[:MOST]


def _proposed(form: CampaignForm, edition: Edition, line: str, unit_id: int, key: int) -> Nomination:
    """A province unit proposes itself, on the coverage figure of its line."""
    unit, code = _unit(unit_id), "02" if line == "police" else "01"
    summary = (
        f"Đã ký chương trình phối hợp, ban hành văn bản đúng thời hạn. Trong giai đoạn, {{{{SK-2018-{code}}}}} đơn vị thuộc diện đã thực hiện; "
        "đơn vị nằm trong danh sách kèm số liệu này."
    )
    made = actions.draft_nomination(
        id=UUID(int=20260703_000 + key), campaign_form=form, recipient="collective", unit=unit, proposer=unit, programme=None,
        achieved_from=date(2013, 8, 1), achieved_to=date(2018, 12, 31), summary=summary, figures=[(edition, code)], by=WRITER, at=BEGUN,
        brief="Đã có thành tích xuất sắc trong thực hiện các chương trình phối hợp giai đoạn 2013–2018",
    )  # fmt: skip
    return actions.submit(nomination=made, by=WRITER, at=SENT)


def _award(form: CampaignForm, given: tuple[str, str, str, str, str], persons: dict[str, Person]) -> Decision:
    """The council votes in secret, the ranking is made, the issuer decides."""
    _code, line, clerk, signer, council = given
    by = persons[clerk]
    seats = [(f"{council}1", "chair", "Chủ tịch Hội đồng"), (f"{council}2", "deputy", "Phó Chủ tịch Hội đồng"), (f"{council}3", "secretary", "Thư ký")]
    drafts = [actions.MemberDraft(persons[name], post, role) for name, role, post in seats]
    unit = _unit(form.issuer_id)
    name = f"Hội đồng thi đua - khen thưởng {organisations.unit_nearest(unit.pk, people.TODAY).name}"  # type: ignore[union-attr]
    held = actions.set_up_council(campaign=form.campaign, authority=unit, name=name, members=drafts, by=by, at=MET)
    rows = list(Nomination.objects.filter(campaign_form=form, state="agreed").order_by("number"))
    meeting = actions.plan_meeting(council=held, held_at=MET, place="Phòng họp số 2", secret=True, nominations=rows, by=by, at=MET)
    _voted(actions.prepare_meeting(meeting=meeting, by=by, at=MET), held, by)
    actions.rank_nominations(campaign_form=form, recipient="collective", order={str(row.pk): at for at, row in enumerate(rows, 1)},
                             reason="Xếp theo thứ tự trong biểu quyết của Hội đồng", by=by, at=MET)  # fmt: skip
    actions.post_list(campaign_form=form, by=by, at=MET)
    chosen = list(Nomination.objects.filter(campaign_form=form, state="chosen").order_by("rank"))
    post = "Bộ trưởng" if line == "police" else "Chủ tịch"
    authority = "" if line == "police" else "TM. Ban Thường trực"
    return actions.decide(
        id=UUID(int=20260715_000 + form.order), campaign_form=form, nominations=chosen, dated=date(2026, 7, 15), signer_post=post, authority=authority,
        by=persons[signer], at=DECIDED,
    )  # fmt: skip


def _voted(meeting: Meeting, held: Council, by: Person) -> None:
    """Each member takes a blinded ballot of each question and casts it, as a browser would."""
    while actions.make_keys(meeting=meeting, most=20, by=by, at=MET):
        continue
    seated = list(meetings.members(held))
    meeting = actions.open_meeting(meeting=meeting, present=seated, by=by, at=MET)
    for question in Question.objects.filter(meeting=meeting):
        key = ballots.PublicKey.read(question.public_key)
        for place, member in enumerate(seated):
            token, salt = _drawn(question.order, place, 32).hex(), _drawn(question.order, place + 50, 48)
            choice, r = "yes" if place or question.order % 5 else "blank", int.from_bytes(_drawn(question.order, place + 100, 200), "big")
            blinded, inverse = ballots.blind(key, ballots.message(token, choice), salt, r)
            signed = actions.take_ballot(question=question, member=member, blinded=blinded, by=member.person, at=MET)
            signature = ballots.finalize(key, ballots.message(token, choice), signed, inverse)
            actions.cast_ballot(question=question, ballot=ballots.Ballot(token, choice, signature))
    actions.count_meeting(meeting=meeting, by=by, at=MET)
    actions.issue_minutes(meeting=meeting, dated=MET.date(), by=by, at=MET)


def _drawn(question: int, place: int, size: int) -> bytes:
    """Bytes of a seed instead of chance, so that every build is the same; a real browser draws them at random."""
    from hashlib import shake_256

    return shake_256(f"{question}:{place}".encode()).digest(size)


def _printed(decision: Decision, persons: dict[str, Person]) -> None:
    """Names opened, certificates made out, the first ones handed over at their own units."""
    rows: Sequence[Award] = list(decision.awards.order_by("place"))
    clerk = persons["khenthuong" if decision.campaign_form.form.code == "bang-khen-bca" else "khenthuongmt"]
    actions.approve_names(awards=rows, by=persons["vanphong"], at=DECIDED)
    actions.issue_certificates(decision=decision, by=clerk, at=DECIDED)
    for row in rows[:2]:
        actions.hand_over(
            id=UUID(int=20260716_000_000 + row.pk), award=row, site=f"Trụ sở {row.name}", on=date(2026, 7, 16), handed_by="Lãnh đạo cơ quan khen thưởng",
            received_by=f"Đại diện {row.name}", by=clerk, at=HANDED,
        )  # fmt: skip


def _open(persons: dict[str, Person]) -> int:
    """The campaign of the running review, which takes nominations for three weeks from the day the world is built."""
    review, office, day = Review.objects.get(code="SK-2025"), persons["vanphong"], today()
    days = Calendar(date(2026, 7, 10), day + timedelta(days=21), day + timedelta(days=45), day + timedelta(days=75))
    held = _campaign(review, "khen-thuong-nam-2025", "KT-2025", "Khen thưởng sơ kết năm 2025 thực hiện chương trình phối hợp", days, office, 5)
    actions.advance_campaign(campaign=held, kind="opened", by=office, at=moment(date(2026, 7, 10)))
    police, front = held.forms.all()
    written = [
        _begun(police, persons["caxa"], "caxa", "Duy trì hiệu quả mô hình phối hợp ba bên ở cơ sở trong năm 2025", 1),
        _begun(front, persons["mttqxa"], "mttqxa", "Tuyên truyền, vận động Nhân dân tham gia phong trào bảo vệ an ninh Tổ quốc", 2),
        _begun(police, persons["catinh"], "catinh", "Tham mưu duy trì các mô hình phối hợp ở cấp tỉnh năm 2025", 3, "Trưởng phòng Xây dựng phong trào"),
    ]
    at = moment(date(2026, 7, 13))
    for row, by in zip(written[1:], (persons["mttqxa"], persons["catinh"]), strict=True):
        actions.submit(nomination=row, by=by, at=at)
    actions.confirm(nomination=written[1], clear=True, by=persons["duyetmttq"], at=at)
    return len(written)


def _begun(form: CampaignForm, by: Person, username: str, brief: str, key: int, post: str = "") -> Nomination:
    """A draft of the unit of that account: itself, or with `post` the holder of that office there."""
    edition = Edition.objects.filter(review__code="SK-2025", freeze__isnull=False).order_by("-number")[0]
    unit = _seat(username)
    return actions.draft_nomination(
        id=UUID(int=20260713_000 + key), campaign_form=form, recipient="person" if post else "collective", unit=unit, proposer=unit, programme=None,
        person_name=post, achieved_from=date(2024, 12, 15), achieved_to=date(2025, 12, 14), brief=brief, figures=[(edition, "02")],
        summary="Cả nước tổ chức {{SK-2025-02}} buổi tuyên truyền trong năm; đơn vị nằm trong danh sách đơn vị đóng góp của số liệu này.", by=by,
        at=moment(date(2026, 7, 12)),
    )  # fmt: skip
