"""Pages of the council: setting it up, the meeting from plan to minutes, ballots, the recount, the order, the posted list."""
from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from soket.commendations import actions
from soket.commendations.core import ballots
from soket.commendations.models import Attachment, Council, Meeting, Nomination, Objection, OpenBallot, Posting, Question, Turnout, Urn
from soket.commendations.queries import meetings, recount, ruling
from soket.kernel.door import open_door
from tests.commendations.chamber import council, counted, drawn, opened, prepared, seat, voted
from tests.commendations.test_council import PDF
from tests.factories import commendations as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.one_database

BALLOT_BUDGET, MEETING_BUDGET, RECOUNT_BUDGET, COUNCIL_BUDGET, LIST_BUDGET = 19, 21, 10, 24, 12


def _text(client: LintingClient, name: str, *args: object) -> str:
    answer = client.get(reverse(f"commendations:{name}", args=args))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _status(client: LintingClient, name: str, *args: object) -> int:
    return client.get(reverse(f"commendations:{name}", args=args)).status_code


def _agreed(world: make.World, count: int = 1) -> list[Nomination]:
    return [make.nomination(world, world.police["one"], state="agreed", person_name=f"Người Thứ {number}") for number in range(1, count + 1)]


def _queries(client: LintingClient, name: str, *args: object) -> int:
    client.get(reverse(f"commendations:{name}", args=args))
    with CaptureQueriesContext(connection) as told:
        client.get(reverse(f"commendations:{name}", args=args))
    return len(told)


def test_a_council_is_set_up_from_the_campaigns_page_under_the_recorded_rule(world: make.World, client: LintingClient) -> None:
    authority = world.police["centre"].pk
    url = reverse("commendations:council_new", args=[world.campaign.slug, authority])
    for person in (world.reporter, world.front_clerk, world.office):
        client.force_login(person)
        assert client.get(url).status_code == 404
    client.force_login(world.clerk)
    assert url in _text(client, "campaign", world.campaign.slug)
    page = client.get(url).content.decode()
    rule = ruling.rule_for("council", authority, timezone.now().date())
    assert rule is not None
    assert escape(rule.citation) in page and escape(rule.doubt) in page
    lines = [f"{person.username} | Ủy viên thứ {place} | {'chair' if place == 1 else 'Ủy viên'}" for place, person in enumerate(world.members, 1)]
    bare = world.members[0].username
    for wrong, words in (("khong-co | Ủy viên", "không có tài khoản"), (bare, "ghi tài khoản | chức vụ"), (f"{lines[0]} x", "ghi tài khoản")):
        assert words in client.post(url, {"name": "Hội đồng", "members": wrong}).content.decode()
    assert client.post(url, {"name": "Hội đồng thi đua - khen thưởng", "members": "\n".join(lines)}).status_code == 302
    held = Council.objects.get()
    page = _text(client, "council", held.pk)
    assert page.count("Ủy viên thứ") >= 5
    assert url not in _text(client, "campaign", world.campaign.slug)
    assert client.post(reverse("commendations:member_leave", args=[held.pk, seat(held, world.members[4]).pk])).status_code == 302
    answer = client.post(reverse("commendations:member_add", args=[held.pk]), {"account": "khong-co", "post": "Ủy viên", "role": "member"})
    assert "Không có tài khoản này" in answer.content.decode()
    data = {"account": world.members[4].username, "post": "Ủy viên mới", "role": "secretary"}
    assert client.post(reverse("commendations:member_add", args=[held.pk]), data).status_code == 302
    inside, outside = (world.members[0], world.office, world.signer), (world.reporter, world.front_clerk, world.stranger)
    for person, status in [*((one, 200) for one in inside), *((one, 404) for one in outside)]:
        client.force_login(person)
        assert _status(client, "council", held.pk) == status
        assert _status(client, "member_add", held.pk) == 404


def test_a_meeting_goes_from_plan_to_minutes(world: make.World, client: LintingClient) -> None:
    rows, held = _agreed(world, 2), council(world)
    client.force_login(world.clerk)
    data = {"held_at": "2026-07-21T08:30", "place": "Phòng họp số 1", "secret": "no", "nominations": [str(row.pk) for row in rows]}
    assert "Người Thứ 2" in _text(client, "meeting_new", held.pk)
    assert client.post(reverse("commendations:meeting_new", args=[held.pk]), data).status_code == 302
    meeting = Meeting.objects.get()
    one = [meeting.pk]
    assert "Chốt nội dung" in _text(client, "meeting", *one)
    assert _status(client, "meeting_open", *one) == 404
    assert client.post(reverse("commendations:meeting_prepare", args=one)).status_code == 302
    seats = [str(member.pk) for member in meetings.members(held)]
    answer = client.post(reverse("commendations:meeting_open", args=one), {"present": seats[:3]}).content.decode()
    assert "Có mặt 3/5 thành viên; quy chế yêu cầu ít nhất 4" in answer
    assert client.post(reverse("commendations:meeting_open", args=one), {"present": seats[:4]}).status_code == 302
    question = meetings.questions(meeting)[0]
    assert "Ủy viên thứ 5" not in _text(client, "votes_noted", meeting.pk, question.pk)
    assert client.post(reverse("commendations:meeting_arrival", args=[meeting.pk, int(seats[4])])).status_code == 302
    assert client.post(reverse("commendations:recuse", args=[meeting.pk, question.pk]), {"member": seats[4], "reason": "Người thân"}).status_code == 302
    votes = {f"m{pk}": "yes" for pk in seats[:4]}
    assert client.post(reverse("commendations:votes_noted", args=[meeting.pk, question.pk]), votes).status_code == 302
    assert OpenBallot.objects.count() == 4
    assert _status(client, "votes_noted", meeting.pk, question.pk) == 404
    assert "Còn thành viên có quyền chưa bỏ phiếu" in _text(client, "meeting_count", *one)
    assert client.post(reverse("commendations:meeting_count", args=one)).status_code == 302
    page = _text(client, "meeting", *one)
    assert "4/4" in page and "0/5" in page and "không đạt" in page
    assert client.get(reverse("commendations:minutes_paper", args=[meeting.pk, "pdf"])).content.startswith(b"%PDF")
    assert client.get(reverse("commendations:minutes_paper", args=[meeting.pk, "docx"])).content.startswith(b"PK")
    assert _status(client, "minutes_paper", meeting.pk, "odt") == 404
    tomorrow = (timezone.now() + timedelta(days=3)).date().isoformat()
    assert client.post(reverse("commendations:minutes_issue", args=one), {"dated": tomorrow}).status_code == 200
    assert client.post(reverse("commendations:minutes_issue", args=one), {"dated": timezone.now().date().isoformat()}).status_code == 302
    assert Attachment.objects.filter(kind="minutes").count() == 2
    assert "01/BB-HĐTĐKT" in _text(client, "meeting", *one)
    assert client.get(reverse("files:get", args=[Attachment.objects.filter(kind="minutes")[0].file.sha256])).status_code == 200


def test_only_who_keeps_the_council_acts_and_only_its_members_and_offices_read(world: make.World, client: LintingClient) -> None:
    held = council(world)
    meeting = prepared(held, world, _agreed(world))
    question = meetings.questions(meeting)[0]
    for person, status in ((world.members[0], 200), (world.signer, 200), (world.reporter, 404), (world.front_clerk, 404)):
        client.force_login(person)
        assert _status(client, "meeting", meeting.pk) == status
        for name in ("meeting_open", "meeting_count", "paper_count", "minutes_issue"):
            assert _status(client, name, meeting.pk) == 404
        for name in ("meeting_prepare",):
            assert client.post(reverse(f"commendations:{name}", args=[meeting.pk])).status_code == 404
        assert _status(client, "ballot", meeting.pk) == (200 if person == world.members[0] else 404)
        assert _status(client, "recuse", meeting.pk, question.pk) == (200 if person == world.members[0] else 404)
        assert _status(client, "recount", meeting.pk) == 404
    client.force_login(world.members[0])
    assert _status(client, "nomination", question.nomination.pk) == 200
    assert "Người Thứ 1" in _text(client, "ballot", meeting.pk)
    form = client.get(reverse("commendations:recuse", args=[meeting.pk, question.pk])).content.decode()
    assert "Ủy viên thứ 1" in form and "Ủy viên thứ 2" not in form


def _blinded(question: Question, person: object, choice: str) -> tuple[str, bytes, int, str]:
    key, token = ballots.PublicKey.read(question.public_key), drawn("token", question.pk, choice, person).hex()
    text = ballots.message(token, choice)
    blinded, inverse = ballots.blind(key, text, drawn("salt", person, size=48), int.from_bytes(drawn("r", person, size=255), "big"))
    return f"{blinded:x}", text, inverse, token


def test_a_secret_ballot_is_signed_for_who_is_signed_in_and_cast_by_nobody(world: make.World, client: LintingClient) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world), absent=world.members[4:])
    question = meetings.questions(meeting)[0]
    take, cast = (reverse(f"commendations:{name}", args=[meeting.pk, question.pk]) for name in ("ballot_take", "ballot_cast"))
    client.force_login(world.members[0])
    page = _text(client, "ballot", meeting.pk)
    assert "<noscript>" in page and "Bỏ phiếu kín cần JavaScript" in page
    assert f'data-modulus="{ballots.PublicKey.read(question.public_key).n:x}"' in page
    for wrong in ("", "0xff", "zz", "1", "f" * 600):
        assert client.post(take, {"blinded": wrong}).status_code == 409
    blinded, text, inverse, token = _blinded(question, world.members[0].pk, "yes")
    signed = client.post(take, {"blinded": blinded}).json()["signature"]
    assert "đã nhận phiếu" in client.post(take, {"blinded": blinded}).json()["error"]
    key = ballots.PublicKey.read(question.public_key)
    ballot = {"token": token, "choice": "yes", "signature": ballots.finalize(key, text, int(signed, 16), inverse)}
    assert "Bạn đã nhận phiếu ở trình duyệt" in _text(client, "ballot", meeting.pk)
    body = {"content_type": "application/json"}
    assert client.post(cast, json.dumps(ballot), **body).status_code == 400  # it came with the session's cookie
    nobody = Client(enforce_csrf_checks=True)
    for wrong in ("", "[]", "x", json.dumps({**ballot, "member": "1"}), json.dumps({**ballot, "token": "ab"}), "x" * 5000):
        assert nobody.post(cast, wrong, **body).status_code == 400
    assert nobody.post(cast, json.dumps({**ballot, "choice": "no"}), **body).status_code == 409
    assert nobody.post(reverse("commendations:ballot_cast", args=[meeting.pk, 10**8]), json.dumps(ballot), **body).status_code == 404
    for _ in range(2):
        answer = nobody.post(cast, json.dumps(ballot), **body)
        assert (answer.status_code, answer.json()) == (200, {"cast": True})
        assert not answer.cookies
    assert len(json.loads(Urn.objects.get().ballots)) == 1
    assert nobody.post(take, {"blinded": "5"}).status_code == 403
    client.force_login(world.members[4])
    assert "chưa được ghi nhận có mặt" in _text(client, "ballot", meeting.pk)
    assert client.post(take, {"blinded": "5"}).status_code == 409
    assert Turnout.objects.count() == 1
    assert client.get(cast).status_code == 405


def test_a_cast_ballot_leaves_no_line_in_the_log(world: make.World, client: LintingClient, caplog: object) -> None:
    meeting = opened(council(world), world, _agreed(world))
    question = meetings.questions(meeting)[0]
    caplog.set_level("INFO")  # type: ignore[attr-defined]
    cast = reverse("commendations:ballot_cast", args=[meeting.pk, question.pk])
    row = Question.objects.get(pk=question.pk)
    blinded, text, inverse, token = _blinded(row, world.members[0].pk, "no")
    signed = actions.take_ballot(question=row, member=seat(meeting.council, world.members[0]), blinded=int(blinded, 16), by=world.members[0], at=timezone.now())
    ballot = {"token": token, "choice": "no", "signature": ballots.finalize(ballots.PublicKey.read(row.public_key), text, signed, inverse)}
    assert Client().post(cast, json.dumps(ballot), content_type="application/json").status_code == 200
    client.force_login(world.members[0])
    client.get(reverse("commendations:ballot", args=[meeting.pk]))
    lines = [record.__dict__.get("path", "") for record in caplog.records if record.name == "soket.request"]  # type: ignore[attr-defined]
    assert lines == [reverse("commendations:ballot", args=[meeting.pk])]


def test_open_votes_are_sent_by_name_from_the_ballot_page(world: make.World, client: LintingClient) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world, 2), secret=False)
    question = meetings.questions(meeting)[0]
    url = reverse("commendations:ballot", args=[meeting.pk])
    client.force_login(world.members[0])
    assert "<secret-ballot" not in _text(client, "ballot", meeting.pk)
    assert client.post(url, {"question": "x", "choice": "yes"}).status_code == 404
    assert client.post(url, {"question": question.pk, "choice": "yes"}).status_code == 302
    assert OpenBallot.objects.get().choice == "yes"
    page = _text(client, "ballot", meeting.pk)
    assert "Biểu quyết của bạn" in page and "còn" in page


def test_everyone_who_sees_the_tally_counts_again_and_a_changed_list_is_noticed(world: make.World, client: LintingClient) -> None:
    rows, held = _agreed(world, 2), council(world)
    meeting = opened(held, world, rows)
    for question in meetings.questions(meeting):
        for person in world.members[:4]:
            voted(question, person, "yes" if question.order == 1 else "no")
    client.force_login(world.clerk)
    assert _status(client, "recount", meeting.pk) == 404
    actions.count_meeting(meeting=meeting, by=world.clerk, at=timezone.now())
    page = _text(client, "recount", meeting.pk)
    assert page.count(">hợp lệ<") == 8 and "Kết quả đúng" in page and "4/5" in page
    assert not any(f"Ủy viên thứ {place}" in page for place in range(1, 6))
    told = json.loads(client.get(reverse("commendations:recount_data", args=[meeting.pk])).content)
    key = ballots.PublicKey.read(told["questions"][0]["public_key"])
    assert all(ballots.holds(key, ballots.Ballot.read(one)) for one in told["questions"][0]["ballots"])
    make.nomination(world, world.police["two"], state="agreed")
    client.force_login(world.reporter)
    assert _text(client, "recount", meeting.pk).count(">hợp lệ<") == 8
    client.force_login(world.reporter_two)
    assert _status(client, "recount", meeting.pk) == 404
    assert _status(client, "recount_data", meeting.pk) == 404
    row = meetings.questions(meeting)[0]
    row.tally.ballots = row.tally.ballots.replace('"choice":"yes"', '"choice":"no"', 1)
    assert (recount.checked(row, "").holds, len(recount.checked(row, "").found.bad)) == (False, 1)



def test_a_paper_count_is_entered_and_confirmed_on_its_pages(world: make.World, client: LintingClient) -> None:
    held = council(world)
    meeting = opened(held, world, _agreed(world))
    question = meetings.questions(meeting)[0]
    url = reverse("commendations:paper_count", args=[meeting.pk])
    client.force_login(world.clerk)
    assert "Biên bản kiểm phiếu đã ký" in _text(client, "paper_count", meeting.pk)

    def sent(**numbers: int) -> dict[str, object]:
        return {**{f"q{question.pk}_{name}": number for name, number in numbers.items()}, "file": SimpleUploadedFile("kiem-phieu.pdf", PDF)}

    refused = client.post(url, sent(issued=4, yes=4, no=1, blank=0))
    assert "nhiều hơn số phiếu phát ra" in refused.content.decode()
    assert client.post(url, sent(issued=5, yes=4, no=1, blank=0)).status_code == 302
    page = _text(client, "meeting", meeting.pk)
    assert "Kết quả bỏ phiếu giấy đã nhập" in page
    confirm = reverse("commendations:paper_confirm", args=[meeting.pk, 1])
    assert confirm not in page
    assert client.post(confirm).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).stage == "open"
    client.force_login(world.members[1])
    assert client.post(confirm).status_code == 404
    client.force_login(world.members[0])
    assert confirm in _text(client, "meeting", meeting.pk)
    assert client.post(confirm).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).stage == "counted"
    assert "Kiểm phiếu giấy" in _text(client, "recount", meeting.pk)
    sha = meeting.paper_counts.get().file.sha256
    assert client.get(reverse("files:get", args=[sha])).status_code == 200
    client.force_login(world.reporter)
    assert client.get(reverse("files:get", args=[sha])).status_code == 404


def test_the_order_after_the_vote_asks_for_the_councils_word_on_equals(world: make.World, client: LintingClient) -> None:
    rows = _agreed(world, 3)
    make.quota(world.form, 1, level=0, recipient="person")
    meeting = counted(world, rows, ["yyyyy", "yyyyy", "nnnnn"])
    held = meeting.council
    client.force_login(world.clerk)
    url = reverse("commendations:ranking", args=[held.pk, world.form.pk, "person"])
    assert url in _text(client, "council", held.pk)
    assert client.get(url).content.decode().count("bằng phiếu") >= 2
    assert client.post(url, {}).status_code == 200
    data = {f"o_{rows[1].pk}": 1, f"o_{rows[0].pk}": 2, "reason": "Ưu tiên cơ sở"}
    assert client.post(url, data).status_code == 302
    assert Nomination.objects.get(pk=rows[1].pk).state == "chosen"
    page = _text(client, "council", held.pk)
    assert "5/5" in page and "Nothing" not in page
    promote = reverse("commendations:promote", args=[held.pk, rows[0].pk])
    assert promote not in page
    actions.withdraw(nomination=rows[1], reason="Rút", by=world.reporter, at=timezone.now())
    assert promote in _text(client, "council", held.pk)
    assert client.post(promote, {"reason": ""}).status_code == 302
    assert client.get(promote).status_code == 404
    assert client.get(reverse("commendations:ranking", args=[held.pk, world.form.pk, "khong-co"])).status_code == 404
    assert client.get(reverse("commendations:ranking", args=[held.pk, world.front_form.pk, "person"])).status_code == 404
    for person in (world.members[0], world.front_clerk, world.reporter):
        client.force_login(person)
        assert client.get(url).status_code == 404


def test_a_list_is_posted_read_objected_to_and_answered(world: make.World, client: LintingClient) -> None:
    row = make.nomination(world, world.police["one"], state="chosen", person_name="Người Được Trình")
    council(world)
    post = reverse("commendations:posting_new", args=[world.form.pk])
    client.force_login(world.front_clerk)
    assert client.post(post).status_code == 404
    client.force_login(world.clerk)
    assert post in _text(client, "council", Council.objects.get().pk)
    assert client.post(post).status_code == 302
    posting = Posting.objects.get()
    client.force_login(world.stranger)
    page = _text(client, "posting", posting.pk)
    assert "Người Được Trình" in page
    assert reverse("commendations:posting", args=[posting.pk]) in _text(client, "campaign", world.campaign.slug)
    url = reverse("commendations:posting", args=[posting.pk])
    assert client.post(url, {"nomination": str(row.pk), "text": ""}).status_code == 200
    assert client.post(url, {"nomination": str(row.pk), "text": "Thành tích chưa đúng", "document": "15/CV"}).status_code == 302
    assert "Thành tích chưa đúng" in _text(client, "posting", posting.pk)
    answer = reverse("commendations:objection_answer", args=[Objection.objects.get().pk])
    assert client.get(answer).status_code == 404
    client.force_login(world.reporter_two)
    page = _text(client, "posting", posting.pk)
    assert "Thành tích chưa đúng" not in page and "đã trả lời 0/1" in page
    client.force_login(world.clerk)
    assert answer in _text(client, "nomination", row.pk)
    assert client.post(answer, {"upheld": "yes", "reason": "Đã kiểm tra"}).status_code == 302
    assert Nomination.objects.get(pk=row.pk).state == "declined"
    assert client.get(answer).status_code == 302
    for person in (world.members[0],):
        client.force_login(person)
        assert _status(client, "posting", posting.pk) == 404
    client.logout()
    assert _status(client, "posting", posting.pk) == 302


def test_pages_ask_the_same_number_of_questions_for_one_row_and_three(world: make.World, client: LintingClient) -> None:
    held, counts = council(world), []
    for size in (1, 3):
        rows = [make.nomination(world, world.police["one"], state="agreed", person_name=f"Người {size} {number}") for number in range(size)]
        meeting = opened(held, world, rows)
        client.force_login(world.members[0])
        found = [_queries(client, "ballot", meeting.pk), _queries(client, "meeting", meeting.pk)]
        for question in meetings.questions(meeting):
            for person in world.members[:size]:
                voted(question, person, "yes")
        actions.count_meeting(meeting=meeting, by=world.clerk, at=timezone.now())
        found.append(_queries(client, "recount", meeting.pk))
        counts.append(found)
        client.force_login(world.clerk)
    assert counts[0] == counts[1] == [BALLOT_BUDGET, MEETING_BUDGET, RECOUNT_BUDGET]


def test_the_councils_page_and_a_posted_list_keep_their_budget(world: make.World, client: LintingClient) -> None:
    held, counts = council(world), []
    client.force_login(world.clerk)
    for size in (1, 3):
        for state in ("agreed", "chosen", "reserve"):
            for number in range(size):
                made = make.nomination(world, world.police["one"], state=state, person_name=f"{state} {size} {number}")
                with open_door():
                    made.rank = Nomination.objects.count() if state != "agreed" else None
                    made.save()
        posting = actions.post_list(campaign_form=world.form, by=world.clerk, at=timezone.now())
        counts.append([_queries(client, "council", held.pk), _queries(client, "posting", posting.pk)])
    assert counts[0] == counts[1] == [COUNCIL_BUDGET, LIST_BUDGET]
