"""After the session: conclusions that become directions, minutes from what happened, papers kept as issued, the debate record."""
from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest

from soket.audit.models import Event
from soket.conferences import actions
from soket.conferences.core.course import course
from soket.conferences.core.live import Act
from soket.conferences.debate import NS, debate_xml
from soket.conferences.models import Conclusion, Issued
from soket.conferences.papers.attendance import attendance_paper
from soket.conferences.papers.minutes import minutes_paper
from soket.conferences.papers.notice import notice_paper
from soket.conferences.queries import after, paper_facts
from soket.directions.actions import DirectionDraft, issue_many
from soket.directions.models import Direction
from soket.documents.queries import checked, render_docx, render_pdf
from soket.files.actions import Upload
from soket.kernel.clock import now, today
from soket.kernel.door import Refused, open_door
from tests.factories import conferences as make
from tests.files import samples
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
AT = make.STARTS


def act(world: make.World, kind: str, seconds: int, seen: int, site: object = None, by: object = None, **payload: object) -> None:
    actions.act(
        conference=world.conference, id=uuid4(), kind=kind, payload=payload, seen=seen, site=site, by=by or world.office,  # type: ignore[arg-type]
        at=AT + timedelta(seconds=seconds),
    )  # fmt: skip


@pytest.fixture
def held(world: make.World) -> make.World:
    """A session of two lines with one speech and one announcement, closed; two delegates came."""
    from tests.conferences.test_checkin import draft, send

    delegate = world.conference.delegates.get(number=1)
    for title in ("Khai mạc", "Thảo luận"):
        speaker = delegate if title == "Khai mạc" else None
        actions.put_item(conference=world.conference, kind="other", title=title, minutes=30, speaker=speaker, by=world.office, at=AT)
    actions.issue_agenda(conference=world.conference, by=world.office, at=AT)
    send(world.centre, world.office, draft("1"), draft("2"), at=AT)
    act(world, "begin", 0, 0)
    act(world, "next", 600, 1)
    act(world, "request", 700, 2, site=world.one, by=world.desk_one, topic="speak", minutes="3")
    request = world.conference.acts.get(kind="request")
    act(world, "start_speech", 800, 3, request=str(request.pk))
    act(world, "end_speech", 1000, 4, request=str(request.pk))
    act(world, "announce", 1100, 5, text="Nghỉ 15 phút")
    act(world, "end", 2000, 6)
    world.conference.refresh_from_db()
    return world


def concluded(world: make.World) -> list[Direction]:
    later = now()
    given = {"conference": world.conference, "by": world.office, "at": later}
    actions.put_conclusion(**given, text="Rà soát quy chế phối hợp", owner=world.one.host, supporting=[world.two.host], due_on=today() + timedelta(days=60))
    actions.put_conclusion(**given, text="Biểu dương các đơn vị")
    return actions.conclude(**given)


def test_what_was_taken_back_is_not_part_of_the_course() -> None:
    minute = timedelta(minutes=1)
    acts = [Act(1, "begin", {"item": 7}, AT), Act(2, "next", {"item": 8}, AT + minute), Act(3, "undo", {"sequence": 2}, AT + 2 * minute)]
    found = course(acts)
    assert [(section.item, section.ended_at) for section in found.sections] == [(7, None)]
    assert course([]).sections == ()


def test_the_course_in_words(held: make.World) -> None:
    lines = after.drafted(held.conference).splitlines()
    assert lines[0].startswith("08:00: 1. Khai mạc; người trình bày: Ủy viên Trung ương Đảng, Thứ trưởng Bộ Công an")
    assert lines[1] == "08:10: 2. Thảo luận"
    assert lines[2].startswith("08:13: ")
    assert lines[3] == "08:18: thông báo: Nghỉ 15 phút"


def test_conclusions_become_directions_once(held: make.World) -> None:
    made = concluded(held)
    assert [(one.number, one.text, one.due_on) for one in made] == [(1, "Rà soát quy chế phối hợp", today() + timedelta(days=60))]
    assert [(row.role, row.unit_id) for row in made[0].assignments.all()] == [("owner", held.one.host_id), ("supporting", held.two.host_id)]
    assert made[0].source.startswith("Kết luận số 1")
    assert actions.conclude(conference=held.conference, by=held.office, at=now()) == made
    assert Direction.objects.count() == 1
    held.conference.refresh_from_db()
    assert held.conference.stage == "concluded"
    with pytest.raises(Refused):
        actions.put_conclusion(conference=held.conference, text="Muộn", by=held.office, at=now())
    with pytest.raises(Refused):
        actions.drop_conclusion(conclusion=Conclusion.objects.get(number=2), by=held.office, at=now())
    assert {"conferences.conclusion_put", "conferences.concluded"} <= set(Event.objects.values_list("name", flat=True))


def test_two_pages_on_the_same_conclusions(held: make.World) -> None:
    """What another page took out is not written back, and what moved up keeps its new number."""
    given = {"conference": held.conference, "by": held.office, "at": now()}
    first, second, third = (actions.put_conclusion(**given, text=text) for text in ("Một", "Hai", "Ba"))
    actions.drop_conclusion(conclusion=first, by=held.office, at=now())
    assert actions.put_conclusion(**given, text="Hai, sửa", conclusion=second).number == 1
    actions.drop_conclusion(conclusion=third, by=held.office, at=now())
    with pytest.raises(Refused) as told:
        actions.put_conclusion(**given, text="Một, sửa", conclusion=first)
    assert list(told.value.errors or {}) == ["text"]
    assert list(Conclusion.objects.order_by("number").values_list("number", "text")) == [(1, "Hai, sửa")]


def test_what_a_conclusion_must_hold(held: make.World) -> None:
    given = {"conference": held.conference, "by": held.office, "at": now()}
    for field, wrong in (
        ("text", {"text": " "}), ("due_on", {"owner": held.one.host}), ("owner", {"supporting": [held.two.host]}),
        ("due_on", {"owner": held.one.host, "due_on": date(2020, 1, 1)}),
        ("supporting", {"owner": held.one.host, "supporting": [held.one.host], "due_on": today()}),
    ):  # fmt: skip
        with pytest.raises(Refused) as told:
            actions.put_conclusion(**{"text": "Nội dung", **given, **wrong})
        assert told.value.field == field
    with pytest.raises(Refused):
        actions.conclude(**given)
    with pytest.raises(Refused):
        actions.put_conclusion(conference=held.conference, text="Nội dung", by=held.desk_one, at=now())


def test_taking_one_out_moves_the_rest_up(held: make.World) -> None:
    rows = [actions.put_conclusion(conference=held.conference, text=f"Nội dung {n}", by=held.office, at=now()) for n in range(1, 4)]
    actions.drop_conclusion(conclusion=rows[1], by=held.office, at=now())
    assert [(row.number, row.text) for row in held.conference.conclusions.all()] == [(1, "Nội dung 1"), (2, "Nội dung 3")]
    assert Event.objects.filter(name="conferences.conclusion_dropped").count() == 1


def test_the_papers_say_what_happened(held: make.World) -> None:
    concluded(held)
    minutes = minutes_paper(paper_facts.minutes_facts(held.conference, now()))
    words = str(minutes.blocks)
    assert "08 giờ 00, ngày 15 tháng 7 năm 2026" in words
    assert "2 trên 6 đại biểu theo danh sách đã dự" in words
    assert "08:10: 2. Thảo luận" in words
    assert "Hội nghị kết thúc vào 08 giờ 33" in words
    notice = str(notice_paper(paper_facts.notice_facts(held.conference, now())).blocks)
    assert "Rà soát quy chế phối hợp" in notice
    assert "Nhiệm vụ được giao" in notice
    attendance = attendance_paper(paper_facts.attendance_facts(held.conference, now()))
    assert "2/6" in str(attendance.blocks)
    for paper in (minutes, attendance):
        checked(paper)
    assert render_pdf(minutes).startswith(b"%PDF")
    assert render_docx(attendance).startswith(b"PK")


def test_papers_are_kept_as_issued_and_counted(held: make.World) -> None:
    given = {"conference": held.conference, "by": held.office, "at": now()}
    assert [row.number for row in actions.keep_issued(kind="minutes", contents={"pdf": samples.PDF}, **given)] == [1]
    assert [row.number for row in actions.keep_issued(kind="minutes", contents={"pdf": samples.PDF, "docx": samples.docx()}, **given)] == [2, 2]
    assert Issued.objects.count() == 3
    with pytest.raises(Refused):
        actions.keep_issued(kind="poem", contents={"pdf": samples.PDF}, **given)
    with pytest.raises(Refused):
        actions.keep_issued(kind="notice", contents={"pdf": b"no"}, **given)
    assert Event.objects.filter(name="conferences.paper_issued").count() == 2


def test_minutes_speeches_and_sound(held: make.World) -> None:
    given = {"conference": held.conference, "by": held.office, "at": now()}
    kept = actions.write_minutes(course="Dòng một\nDòng hai", notice="", **given)
    assert actions.write_minutes(course="Dòng ba", notice="Mở đầu", **given).pk == kept.pk
    assert paper_facts.minutes_facts(held.conference, now()).course == ("Dòng ba",)
    actions.keep_speech(upload=Upload(samples.PDF, "phat-bieu.pdf"), **given)
    wav = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x80>\x00\x00\x00}\x00\x00\x02\x00\x10\x00data\x00\x00\x00\x00"
    row = actions.keep_recording(upload=Upload(wav, "phien-hop.wav"), began_at=AT, ended_at=AT + timedelta(hours=1), **given)
    assert row.file.media_type == "audio/wav"
    with pytest.raises(Refused):
        actions.keep_recording(upload=Upload(wav, "a.wav"), began_at=AT, ended_at=AT - timedelta(hours=1), **given)
    with pytest.raises(Refused):
        actions.keep_recording(upload=Upload(samples.PDF, "a.wav"), began_at=AT, ended_at=AT, **given)
    names = set(Event.objects.values_list("name", flat=True))
    assert {"conferences.minutes_written", "conferences.speech_kept", "conferences.recording_kept"} <= names


def test_an_earlier_direction_is_taken_up_once(held: make.World) -> None:
    draft = DirectionDraft(
        id=uuid4(), issuer=held.conference.office, text="Việc kỳ trước", source="Kết luận cũ", owner=held.one.host, due_on=today() + timedelta(days=9)
    )
    direction = issue_many(drafts=[draft], by=held.office, at=now())[0]
    client, base = LintingClient(), f"/hoi-nghi/{held.conference.slug}/"
    client.force_login(held.office)
    for _again in range(2):
        assert client.post(f"{base}ket-luan/tiep-tuc/{direction.pk}/").status_code == 302
    assert [row.text for row in held.conference.conclusions.all()] == ["Tiếp tục thực hiện nhiệm vụ chỉ đạo số 1: Việc kỳ trước"]
    assert [row.url for row in direction.reliances.all()] == [f"{base}ket-luan/"]
    assert client.post(f"{base}ket-luan/tiep-tuc/{uuid4()}/").status_code == 404


def test_sound_is_made_public_with_a_reason(held: make.World) -> None:
    given = {"conference": held.conference, "by": held.office, "at": now()}
    row = actions.keep_recording(upload=Upload(b"RIFF\x24\x00\x00\x00WAVEdata" + bytes(8), "a.wav"), began_at=AT, ended_at=AT, **given)
    client, base = LintingClient(), f"/hoi-nghi/{held.conference.slug}/"
    assert client.get(f"/tep/{row.file.sha256}/").status_code == 404
    client.force_login(held.office)
    url = f"{base}am-thanh/{row.pk}/cong-khai/"
    client.post(url, {"reason": " "})
    assert LintingClient().get(f"/tep/{row.file.sha256}/").status_code == 404
    assert "Công khai" in client.get(base + "van-ban/").content.decode()
    client.post(url, {"reason": "Phục vụ tuyên truyền"})
    assert LintingClient().get(f"/tep/{row.file.sha256}/").status_code == 200
    client.force_login(held.desk_one)
    assert client.post(url, {"reason": "x"}).status_code == 404


def test_the_debate_record(held: make.World) -> None:
    root = ET.fromstring(debate_xml(held.conference, date(2026, 7, 16)))  # noqa: S314  our own bytes
    tag = f"{{{NS}}}"
    assert root.tag == tag + "akomaNtoso"
    sections = root.findall(f"{tag}debate/{tag}debateBody/{tag}debateSection")
    assert [section.findtext(f"{tag}heading") for section in sections] == ["Khai mạc", "Thảo luận"]
    speech = sections[1].find(f"{tag}speech")
    assert speech is not None
    assert (speech.get("startTime"), speech.get("endTime")) == ("2026-07-15T08:13:20+07:00", "2026-07-15T08:16:40+07:00")
    known = {f"#{one.get('eId')}" for one in root.iter() if one.tag.startswith(tag + "TLC")}
    assert {one.get("by") for one in root.iter(tag + "speech")} <= known
    dates = [one.get("date") for one in root.iter(tag + "FRBRdate")]
    assert dates == ["2026-07-15", "2026-07-15", "2026-07-16"]


def test_the_pages(held: make.World) -> None:
    client, base = LintingClient(), f"/hoi-nghi/{held.conference.slug}/"
    client.force_login(held.desk_one)
    for part in ("ket-luan/", "van-ban/", "dien-bien.xml", "bien-ban/", "van-ban/minutes.pdf"):
        assert client.get(base + part).status_code == 404, part
    client.force_login(held.office)
    assert client.post(base + "ket-luan/them/", {"text": "Rà soát", "owner": "không có đơn vị này"}).status_code == 200
    wanted = {"text": "Rà soát", "owner": "Công an xã Bình Minh", "due_on": (today() + timedelta(days=30)).isoformat()}
    assert client.post(base + "ket-luan/them/", wanted).status_code == 302
    assert "Rà soát" in client.get(base + "ket-luan/").content.decode()
    pk = Conclusion.objects.get().pk
    assert "Công an xã Bình Minh" in client.get(f"{base}ket-luan/{pk}/").content.decode()
    assert client.get(base + "bien-ban/").status_code == 200
    assert client.post(base + "bien-ban/", {"course": "Tự ghi", "notice": ""}).status_code == 302
    assert "Soạn lại từ diễn biến" in client.get(base + "bien-ban/").content.decode()
    assert client.get(base + "bien-ban/?soan-lai=1").status_code == 200
    assert client.post(base + "van-ban/notice/ban-hanh/").status_code == 302
    assert Issued.objects.count() == 0, "the notice waits for the conclusion"
    assert "Rà soát" in client.post(base + "ket-luan/ban-hanh/").content.decode()
    assert client.post(base + "ket-luan/ban-hanh/", {"confirmed": "1"}).status_code == 302
    for kind in ("agenda", "notice", "minutes", "attendance", "debate"):
        assert client.post(f"{base}van-ban/{kind}/ban-hanh/").status_code == 302
    assert Issued.objects.count() == 9
    assert client.get(base + "van-ban/attendance.pdf").content.startswith(b"%PDF")
    assert client.get(base + "van-ban/poem.pdf").status_code == 404
    file = Issued.objects.filter(kind="notice", form="pdf").get().file
    client.force_login(held.desk_one)
    assert "Rà soát" in client.get(base + "ket-luan/").content.decode()
    assert client.get(base + "van-ban/").status_code == 200
    assert client.get(f"/tep/{file.sha256}/").status_code == 200
    client.force_login(held.stranger)
    assert client.get(f"/tep/{file.sha256}/").status_code == 404
    assert client.get(base + "ket-luan/").status_code == 404


def test_what_no_paper_can_show_is_said_on_the_page(held: make.World) -> None:
    with open_door():
        type(held.conference).objects.filter(pk=held.conference.pk).update(symbol="GM BCA 1")
    client, base = LintingClient(), f"/hoi-nghi/{held.conference.slug}/"
    client.force_login(held.office)
    for answer in (client.get(base + "van-ban/minutes.pdf", follow=True), client.post(base + "van-ban/minutes/ban-hanh/", follow=True)):
        assert "ký hiệu" in answer.content.decode()
    assert Issued.objects.count() == 0


def test_an_invitation_as_a_paper(world: make.World) -> None:
    with open_door():
        world.conference.delegates.filter(number__in=[4, 5, 6]).update(state="withdrawn")
    client = LintingClient()
    client.force_login(world.office)
    url = f"/hoi-nghi/{world.conference.slug}/giay-moi/3.pdf"
    assert client.get(url).status_code == 404
    actions.invite(conference=world.conference, by=world.office, at=AT - timedelta(days=5))
    assert client.get(url).content.startswith(b"%PDF")
    client.force_login(world.desk_one)
    assert client.get(url).status_code == 200
    client.force_login(world.desk_two)
    assert client.get(url).status_code == 404
