"""Submitting: receipts, twins, versions, lateness, closing, and who may."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override

from soket.audit.models import Event
from soket.kernel.canonical import hex_digest
from soket.kernel.door import DoorClosed, Refused, open_door
from soket.reporting import actions, queries
from soket.reporting.core import Content, DraftContent, TypedCell, number, unpack
from soket.reporting.models import Draft, DraftTwin, Evidence, RejectedTwin, Report, Submission
from tests.factories import reporting as make

ONE = uuid.UUID(int=1)


def send(report: Report, **changes: object) -> actions.Receipt:
    wanted = {"id": ONE, "report": report, "content": make.content(), "by": make.OFFICE, "at": make.IN_TIME, **changes}
    return actions.submit(**wanted)


def test_a_submission_is_packed_hashed_and_answered_with_a_receipt(report: Report) -> None:
    receipt = send(report, device_time=make.IN_TIME - timedelta(hours=3))
    row = Submission.objects.get()
    assert receipt == actions.Receipt(ONE, report.pk, 1, hex_digest(make.content().to_json()), make.IN_TIME, False, row.event_id)
    assert unpack(json.loads(row.report.round.template.columns), bytes(row.values), bytes(row.states)) == make.content().cells
    assert (row.base_id, row.device_time, row.by_label) == (None, make.IN_TIME - timedelta(hours=3), "Programme office")
    report.refresh_from_db()
    assert (report.state, report.head_id, report.accepted_id) == ("submitted", ONE, None)


def test_the_receipt_names_its_audit_event(report: Report) -> None:
    event = Event.objects.get(pk=send(report).event_id)
    assert (event.name, event.subject_kind, event.subject_id) == ("reporting.report_submitted", "reporting.submission", str(ONE))
    assert event.subject_label == "Báo cáo năm 2025 · Công an xã Bình Minh"
    assert json.loads(event.body)["payload"] == {
        "report": str(report.pk),
        "number": 1,
        "digest": hex_digest(make.content().to_json()),
        "late": False,
    }


def test_the_same_id_and_content_gives_the_first_receipt_again(report: Report) -> None:
    first = send(report)
    events = Event.objects.count()
    assert send(report, at=make.TOO_LATE) == replace(first, again=True)
    assert (Submission.objects.count(), Event.objects.count(), RejectedTwin.objects.count()) == (1, events, 0)


def test_the_same_id_with_other_content_is_refused_and_both_are_kept(report: Report) -> None:
    send(report)
    for _repeat in range(2):
        with pytest.raises(Refused) as refused:
            send(report, content=make.content(TT01=23))
        assert refused.value.field == "id"
    twin = RejectedTwin.objects.get()
    assert json.loads(twin.content)["cells"]["TT01"] == {"state": "value", "value": "23"}
    assert json.loads(Submission.objects.get().content)["cells"]["TT01"] == {"state": "value", "value": "22"}


def test_an_id_used_by_another_report_is_refused(country: make.Country, report: Report) -> None:
    send(report)
    other = make.report_of(report.round, country.police["two"])
    with pytest.raises(Refused) as refused:
        send(other)
    assert refused.value.field == "id"
    other.refresh_from_db()
    assert other.state == "not_started"


def test_lateness_is_decided_by_the_servers_time(report: Report) -> None:
    assert send(report, at=make.TOO_LATE, device_time=make.IN_TIME).late is True
    assert send(report, id=uuid.UUID(int=2), base=ONE, at=report.due_at).late is False


def test_a_correction_names_the_version_it_was_written_over(report: Report) -> None:
    send(report)
    with pytest.raises(Refused) as refused:
        send(report, id=uuid.UUID(int=2), content=make.content(TT01=23))
    assert refused.value.field == "base"
    assert send(report, id=uuid.UUID(int=2), base=ONE, content=make.content(TT01=23)).number == 2


def test_content_may_come_as_canonical_json(report: Report) -> None:
    assert send(report, content=make.content().to_json()).digest == hex_digest(make.content().to_json())


@pytest.mark.parametrize("data", [{"cells": {"TT01": {"state": "value", "value": "1,5"}}}, {"texts": {"t5": "\ud800"}}])
def test_content_in_another_form_is_refused_whole(report: Report, data: dict) -> None:
    with pytest.raises(Refused) as refused:
        send(report, content=data)
    assert refused.value.field == "content"
    assert not Submission.objects.exists()


def test_cells_to_mend_are_named_each(report: Report) -> None:
    with pytest.raises(Refused) as refused, override("en"):
        send(report, content=Content(make.content(MH07=99).cells))
    assert set(refused.value.errors) == {"MH07", "t5"}
    assert refused.value.errors["MH07"] == "Models working well: 99 is more than Joint models at the closing, which is 14."


def test_a_warning_must_be_explained(report: Report) -> None:
    wrong = make.content(MH04=15)
    with pytest.raises(Refused) as refused:
        send(report, content=wrong)
    assert set(refused.value.errors) == {"explain:mo-hinh"}
    assert send(report, content=replace(wrong, explanations={"mo-hinh": "Nhận bàn giao một mô hình"})).number == 1


def test_nobody_submits_for_another_unit(country: make.Country, report: Report) -> None:
    with pytest.raises(Refused):
        send(report, by=make.holder("neighbour", report=country.police["two"]))
    assert send(report, by=make.holder("own", report=country.police["one"])).number == 1


def test_a_reporter_of_the_successor_submits_the_closing_report(country: make.Country, report: Report) -> None:
    heir = make.holder("heir", report=[country.police["two"], country.police["one"]])
    assert send(report, by=heir).number == 1


def test_a_closed_round_takes_nothing_and_keeps_the_draft(report: Report) -> None:
    actions.close_round(round=report.round, by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused) as refused:
        send(report)
    assert refused.value.field == "round"
    assert not Submission.objects.exists()
    assert DraftContent.from_text(Draft.objects.get().content).cells["TT02"] == TypedCell("value", "1.735")


def test_a_closing_round_takes_what_was_saved_in_time_and_corrections(country: make.Country, report: Report) -> None:
    other = make.report_of(report.round, country.police["two"])
    late = make.report_of(report.round, country.front["one"])
    send(report)
    actions.save_draft(report=other, content=DraftContent(), counter=0, by=make.OFFICE, at=make.IN_TIME)
    actions.begin_closing(round=report.round, by=make.OFFICE, at=make.TOO_LATE)
    assert send(report, id=uuid.UUID(int=2), base=ONE, at=make.TOO_LATE).late is True
    assert send(other, id=uuid.UUID(int=3), at=make.TOO_LATE).number == 1
    with pytest.raises(Refused) as refused:
        send(late, id=uuid.UUID(int=4), at=make.TOO_LATE)
    assert refused.value.field == "round"


def test_an_excused_report_is_not_submitted(report: Report) -> None:
    actions.excuse_report(report=report, reason="Xã bị chia cắt do lũ", by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused):
        send(report)


def test_many_submissions_go_through_the_same_core(country: make.Country, report: Report) -> None:
    items = [
        actions.Incoming(uuid.UUID(int=n), row, make.content(TT01=n), at=make.TOO_LATE if n == 2 else None)
        for n, row in enumerate(report.round.reports.order_by("unit_id"), start=1)
    ]
    receipts = actions.submit_many(items=items, by=make.OFFICE, at=make.IN_TIME)
    assert [(one.submission_id.int, one.number, one.late) for one in receipts] == [(1, 1, False), (2, 1, True), (3, 1, False), (4, 1, False)]
    assert [one.again for one in actions.submit_many(items=items, by=make.OFFICE, at=make.IN_TIME)] == [True] * 4
    assert Event.objects.filter(name="reporting.report_submitted").count() == 4
    assert set(report.round.reports.values_list("state", "head__number")) == {("submitted", 1)}


def test_a_batch_is_taken_whole_or_not_at_all(country: make.Country, report: Report) -> None:
    other = make.report_of(report.round, country.police["two"])
    items = [actions.Incoming(ONE, report, make.content()), actions.Incoming(uuid.UUID(int=2), other, Content())]
    with pytest.raises(Refused):
        actions.submit_many(items=items, by=make.OFFICE, at=make.IN_TIME)
    with pytest.raises(Refused):
        actions.submit_many(items=[items[0], items[0]], by=make.OFFICE, at=make.IN_TIME)
    assert not Submission.objects.exists()


def test_a_draft_counts_its_saves_and_keeps_what_was_typed(report: Report) -> None:
    typed = DraftContent({"TT01": TypedCell("", "1,234 ?")}, {"t5": "nháp"})
    first = actions.save_draft(report=report, content=typed, counter=0, by=make.OFFICE, at=make.IN_TIME)
    again = actions.save_draft(report=report, content=typed, counter=0, by=make.OFFICE, at=make.TOO_LATE)
    second = actions.save_draft(report=report, content=DraftContent(), counter=1, by=make.OFFICE, at=make.TOO_LATE)
    assert (first, again, second) == ((1, make.IN_TIME), (1, make.IN_TIME), (2, make.TOO_LATE))
    report.refresh_from_db()
    assert report.state == "draft"


def test_an_older_screen_is_refused_and_its_draft_is_kept_beside(report: Report) -> None:
    actions.save_draft(report=report, content=DraftContent(texts={"t5": "máy một"}), counter=0, by=make.OFFICE, at=make.IN_TIME)
    for _repeat in range(2):
        with pytest.raises(Refused, match="09:00:00"):
            actions.save_draft(report=report, content=DraftContent(texts={"t5": "máy hai"}), counter=0, by=make.OFFICE, at=make.IN_TIME)
    assert DraftContent.from_text(Draft.objects.get().content).texts == {"t5": "máy một"}
    assert DraftContent.from_text(DraftTwin.objects.get().content).texts == {"t5": "máy hai"}
    assert queries.desk(report).twin is None or queries.desk(report).twin.counter == 0


def test_nobody_drafts_for_another_unit(country: make.Country, report: Report) -> None:
    with pytest.raises(Refused):
        actions.save_draft(report=report, content=DraftContent(), counter=0, by=make.holder("n", report=country.police["two"]), at=make.IN_TIME)


def test_files_of_the_draft_become_evidence_that_the_digest_covers(report: Report) -> None:
    from soket.files.actions import store
    from soket.files.core import EVIDENCE

    png = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(17) + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    file = store(content=png, name="quy-che.png", allowed=EVIDENCE, by=make.OFFICE, at=make.IN_TIME)
    wanted = {"report": report, "file": file, "title": "Quy chế", "by": make.OFFICE, "at": make.IN_TIME}
    added = actions.add_draft_file(section="1", **wanted)
    assert actions.add_draft_file(section="1", **wanted) == added
    with pytest.raises(Refused) as refused:
        actions.add_draft_file(section="9", **wanted)
    assert refused.value.field == "file-9"
    receipt = send(report)
    row = Evidence.objects.get()
    assert (row.section, row.file, row.title, row.submission_id) == ("1", file, "Quy chế", ONE)
    assert receipt.digest != hex_digest(make.content().to_json())
    actions.remove_draft_file(draft_file=added, by=make.OFFICE, at=make.IN_TIME)
    assert Evidence.objects.count() == 1
    assert queries.desk(report).files == []


def test_sealed_rows_are_changed_neither_by_code_nor_in_the_database(report: Report) -> None:
    send(report)
    row = Submission.objects.get()
    row.number = 7
    with pytest.raises(DoorClosed), open_door():
        row.save()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reporting_submission SET number = 7")
    with pytest.raises(IntegrityError), transaction.atomic(), open_door():
        Submission.objects.bulk_create([Submission(**{**_columns(row), "id": uuid.UUID(int=9), "number": 1})])


def _columns(row: Submission) -> dict:
    return {field.attname: getattr(row, field.attname) for field in Submission._meta.concrete_fields}


def test_previous_content_is_the_accepted_version_of_the_period_before(country: make.Country, report: Report) -> None:
    before = make.year_round(2024, due=make.DUE.replace(year=2024))
    earlier = make.report_of(before, country.police["one"])
    send(earlier, content=make.content(MH04=14))
    found = queries.previous_contents([report])
    assert found[report.pk].cell("MH04") == number(14)
    with pytest.raises(Refused) as refused:
        send(report, id=uuid.UUID(int=2))
    assert set(refused.value.errors) == {"explain:dau-ky"}
