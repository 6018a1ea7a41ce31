"""Nominations: written, sent, returned, confirmed, completed, withdrawn; refused for a reason that can be mended."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from soket.audit.models import Event
from soket.commendations import actions
from soket.commendations.actions.shared import move, take_side
from soket.commendations.models import Appraisal, AppraisalAct, Attachment, Campaign, GroundFigure, Hand, Nomination, Twin
from soket.commendations.models.nominating import Side
from soket.commendations.queries import dossier, scope, twins
from soket.commendations.queries import nominating as queries
from soket.files.actions import Upload
from soket.kernel.door import Refused, open_door
from soket.organisations.models import Level
from soket.reviews.models import Citation, Edition
from tests.factories import commendations as make
from tests.factories import reporting
from tests.factories import reviews as frozen
from tests.files import samples

LAST = datetime(2026, 8, 31, 16, 59, tzinfo=UTC)  # 23:59 in Viet Nam on the last day
OVER = LAST + timedelta(minutes=1)
SUMMARY = "Đã tổ chức {{SK-THU-01}} buổi tuyên truyền."


@pytest.fixture
def world(world: make.World) -> Iterator[make.World]:
    """Nominations are taken until the end of August; what is refused is said in Vietnamese."""
    days = {"nominate_until": date(2026, 8, 31), "appraise_until": date(2026, 10, 15), "decide_until": date(2026, 11, 30)}
    with open_door():
        Campaign.objects.filter(pk=world.campaign.pk).update(**days)
    for form in (world.form, world.front_form):
        form.campaign.refresh_from_db()
    world.campaign.refresh_from_db()
    with translation.override("vi"):
        yield world


def told(world: make.World, **more: Any) -> dict[str, Any]:
    return {
        "id": uuid4(), "campaign_form": world.form, "recipient": "collective", "unit": world.police["one"], "proposer": world.police["one"],
        "programme": world.programme, "achieved_from": make.FROM, "achieved_to": make.TO, "brief": "Thành tích xuất sắc", "summary": SUMMARY,
        "by": world.reporter, "at": make.AT, **more,
    }  # fmt: skip


def drafted(world: make.World, **more: Any) -> Nomination:
    return actions.draft_nomination(**told(world, **more))


def person(world: make.World, name: str, **more: Any) -> Nomination:
    return drafted(world, recipient="person", person_name=name, person_post="Trưởng Công an xã", **more)


def sent(world: make.World, found: Nomination, by: Any = None, at: datetime = make.AT) -> Nomination:
    return actions.submit(nomination=found, by=by or world.reporter, at=at)


def confirmed(world: make.World, found: Nomination, by: Any = None) -> Nomination:
    return actions.confirm(nomination=found, clear=True, by=by or world.confirmer, at=make.AT)


def events(found: Nomination) -> list[str]:
    return list(Event.objects.filter(subject_id=str(found.pk)).order_by("id").values_list("name", flat=True))


def refused(field: str, act: Any) -> str:
    with pytest.raises(Refused) as wrong:
        act()
    assert wrong.value.field == field
    return str(wrong.value.message)


def test_from_the_draft_to_the_authorities_with_figures_cited_and_clocks_begun(world: make.World) -> None:
    found = drafted(world)
    assert (found.number, found.state, found.recipient_key) == (1, "draft", f"unit:{world.police['one'].pk}")
    sent(world, found)
    assert Citation.objects.get(kind=scope.KIND, ref_id=str(found.pk)).figure == "01"
    done = confirmed(world, found)
    assert done.state == "confirmed"
    rows = list(Appraisal.objects.filter(nomination=found).values_list("authority_id", "lead"))
    assert rows == [(world.police["centre"].pk, True), (world.front["centre"].pk, False)]
    acts = list(AppraisalAct.objects.values_list("kind", "due_on", "known"))
    assert acts == [("came", date(2026, 7, 27), True)] * 2
    stated = queries.confirmation(found)
    assert stated is not None
    assert (stated.unit_id, stated.clear, stated.on) == (world.police["province"].pk, True, date(2026, 7, 20))
    assert "Luật Thi đua" in stated.rule
    assert [name.removeprefix("commendations.nomination_") for name in events(found)] == ["drafted", "submitted", "confirmed"]
    assert set(Hand.objects.values_list("by_id", "side", "act")) == {
        (world.reporter.actor_id, "propose", "draft"), (world.confirmer.actor_id, "propose", "confirm"),
    }  # fmt: skip


def test_three_levels_propose_and_who_decides_at_the_centre_confirms_there(world: make.World) -> None:
    with open_door():
        world.campaign.proposers.create(line=world.police["centre"].line, level=Level.CENTRE)
    province = reporting.person("cap-tinh", report=world.police["province"])
    centre = reporting.person("cap-trung-uong", report=world.police["centre"])
    head = reporting.person("lanh-dao", decide=world.police["centre"])
    made = [
        drafted(world), drafted(world, unit=world.police["two"], proposer=world.police["province"], by=province),
        drafted(world, unit=world.front["province"], proposer=world.police["centre"], by=centre),
    ]  # fmt: skip
    for found, by in zip(made, (world.reporter, province, centre), strict=True):
        sent(world, found, by)
    assert confirmed(world, made[0]).state == confirmed(world, made[1]).state == "confirmed"
    assert "cấp trình" in refused("", lambda: confirmed(world, made[2]))
    assert confirmed(world, made[2], head).state == "confirmed"
    units = [told.unit_id for one in made if (told := queries.confirmation(one))]
    assert units == [world.police["province"].pk] * 2 + [world.police["centre"].pk]


def test_the_same_id_is_one_nomination_and_with_other_content_refused(world: make.World) -> None:
    given = told(world)
    assert actions.draft_nomination(**given).pk == actions.draft_nomination(**given).pk
    assert Nomination.objects.count() == 1
    refused("id", lambda: actions.draft_nomination(**{**given, "brief": "Khác"}))
    refused("unit", lambda: drafted(world))
    with pytest.raises(actions.DoubleEntry) as again:
        drafted(world, programme=None)
    assert again.value.nomination.number == 1
    assert drafted(world, achieved_from=date(2022, 1, 1), achieved_to=date(2022, 12, 31)).number == 2


BAD: list[tuple[str, dict[str, Any]]] = [
    ("achieved_to", {"achieved_to": date(2023, 7, 31)}), ("achieved_to", {"achieved_to": date(2026, 7, 21)}),
    ("achieved_from", {"achieved_from": date(1205, 1, 1)}), ("brief", {"brief": " "}), ("brief", {"brief": "x" * 301}),
    ("brief", {"brief": "Thành\x00tích"}), ("summary", {"summary": "a\u202eb"}), ("summary", {"summary": "Có {{SK-THU-99}} buổi"}),
    ("summary", {"summary": "Có {{SK-THU-01 buổi"}), ("recipient", {"recipient": "xa"}), ("person_name", {"recipient": "person"}),
    ("person_name", {"person_name": "Trưởng Công an xã A"}), ("person_name", {"recipient": "person", "person_name": "Cán bộ A 001088012345"}),
    ("person_post", {"recipient": "person", "person_name": "Cán bộ A", "person_post": "CMND 012 345 678"}), ("campaign_form", {"at": OVER}),
    ("campaign_form", {"at": datetime(2026, 7, 9, 10, 0, tzinfo=UTC)}),
]  # fmt: skip


def test_bad_input_is_refused_at_its_field(world: make.World) -> None:
    for field, more in BAD:
        refused(field, lambda more=more: drafted(world, **more))  # type: ignore[misc]
    assert Nomination.objects.count() == Event.objects.filter(name__startswith="commendations.nomination").count() == 0


def test_an_unknown_code_is_refused_with_those_known_and_an_edition_that_is_not_frozen_is_none(world: make.World) -> None:
    words = refused("summary", lambda: drafted(world, summary="Có {{SK-THU-99}} và {{X}}"))
    assert "SK-THU-99, X" in words
    assert "SK-THU-01, SK-THU-02, SK-THU-03, SK-THU-04" in words
    unfrozen = frozen.actions.propose(review=world.review.review, reason="Sửa số", by=world.office, at=make.AT)
    refused("figures", lambda: drafted(world, figures=[(unfrozen, "01")]))
    refused("figures", lambda: drafted(world, figures=[(world.edition, "77")]))
    found = drafted(world, figures=[(world.edition, "02"), (world.edition, "01")])
    rows = list(GroundFigure.objects.filter(wording__nomination=found).values_list("code", "label", "display"))
    assert rows == [("01", "Buổi tuyên truyền", "66"), ("02", "Xã đã ký chương trình", "75,0\xa0%")]
    assert Edition.objects.count() == 2


def test_who_proposes_whom(world: make.World) -> None:
    refused("proposer", lambda: drafted(world, by=world.stranger))
    refused("proposer", lambda: drafted(world, proposer=world.police["two"], unit=world.police["two"]))
    refused("unit", lambda: drafted(world, unit=world.police["two"]))
    refused("unit", lambda: drafted(world, unit=world.police["province"]))
    refused("unit", lambda: drafted(world, unit=world.front["two"]))
    assert drafted(world, unit=world.front["one"]).unit_id == world.front["one"].pk
    centre = reporting.person("cap-trung-uong", report=world.police["centre"])
    refused("proposer", lambda: drafted(world, proposer=world.police["centre"], by=centre))
    with open_door():
        type(world.form.form).objects.filter(pk=world.form.form_id).update(recipients="collective")
    refused("campaign_form", lambda: person(world, "Phó trưởng Công an xã A"))
    refused("programme", lambda: drafted(world, unit=world.police["one"], programme=_other_programme(world)))


def _other_programme(world: make.World) -> Any:
    with open_door():
        made = type(world.programme)(slug="khac", kind="joint", title="Chương trình khác")
        made.save()
    return made


def test_the_last_day_counts_whole_and_the_minute_after_does_not(world: make.World) -> None:
    one, two = drafted(world), person(world, "Trưởng Công an xã A")
    sent(world, one, at=LAST)
    refused("campaign_form", lambda: sent(world, two, at=OVER))
    refused("campaign_form", lambda: actions.confirm(nomination=one, clear=True, by=world.confirmer, at=OVER))
    assert actions.confirm(nomination=one, clear=True, by=world.confirmer, at=LAST).state == "confirmed"


def test_a_text_changed_is_a_new_wording_and_the_old_one_stays(world: make.World) -> None:
    found = drafted(world)
    given = {"nomination": found, "unit": world.police["one"], "programme": world.programme, "achieved_from": make.FROM, "achieved_to": make.TO,
             "brief": "Thành tích xuất sắc", "by": world.reporter, "at": make.AT}  # fmt: skip
    actions.edit_nomination(**given, summary=SUMMARY)
    assert found.wordings.count() == 1
    actions.edit_nomination(**{**given, "brief": "Ngắn hơn"}, summary=SUMMARY.replace("Đã", "Đơn vị đã"), figures=[(world.edition, "02")])
    rows = dossier.wordings(found)
    assert [row.number for row in rows] == [2, 1]
    compared = dossier.against(rows, 2, 1)
    assert compared is not None
    assert [(one.kind, one.text) for one in compared[2]][:2] == [("gone", "Đã "), ("added", "Đơn vị đã ")]
    assert dossier.against(rows, 3, 1) is None
    told_ = Event.objects.get(name="commendations.nomination_edited").body
    assert '"fields":["brief","summary"]' in told_
    assert "SK-THU-02" in told_
    refused("proposer", lambda: actions.edit_nomination(**{**given, "by": world.stranger}, summary="x"))
    sent(world, found)
    refused("", lambda: actions.edit_nomination(**given, summary="x"))


def test_a_text_must_stand_before_it_is_sent_and_nobody_confirms_their_own(world: make.World) -> None:
    empty = drafted(world, summary="")
    refused("summary", lambda: sent(world, empty))
    both = reporting.person("hai-vai", report=world.police["two"], decide=world.police["province"])
    own = drafted(world, proposer=world.police["two"], unit=world.police["two"], by=both)
    sent(world, own, both)
    refused("", lambda: confirmed(world, own, both))
    assert own not in queries.confirmable(both, world.campaign, make.AT.date())
    refused("", lambda: confirmed(world, own, world.front_confirmer))
    refused("clear", lambda: actions.confirm(nomination=own, clear=False, by=world.confirmer, at=make.AT))
    with open_door():
        Campaign.objects.filter(pk=world.campaign.pk).update(concurrence=False)
    confirmed(world, Nomination.objects.get(pk=own.pk))
    assert Appraisal.objects.filter(nomination=own).count() == 1


def test_returned_changed_sent_again_and_withdrawn_in_sight(world: make.World) -> None:
    found = sent(world, drafted(world))
    refused("", lambda: actions.return_to_proposer(nomination=found, reason="Nêu rõ hơn", by=world.reporter, at=make.AT))
    refused("reason", lambda: actions.return_to_proposer(nomination=found, reason=" ", by=world.confirmer, at=make.AT))
    actions.return_to_proposer(nomination=found, reason="Nêu rõ hơn", by=world.confirmer, at=make.AT)
    assert [item.title for item in queries.waiting(world.reporter, make.AT)] == ["Đề nghị số 1, KT-THU"]
    sent(world, found)
    refused("proposer", lambda: actions.withdraw(nomination=found, reason="Trùng", by=world.confirmer, at=make.AT))
    refused("reason", lambda: actions.withdraw(nomination=found, reason="", by=world.reporter, at=make.AT))
    gone = actions.withdraw(nomination=found, reason="Trùng", by=world.reporter, at=make.AT)
    assert gone.state == "withdrawn"
    assert [one.reason for one in dossier.history(gone, dossier.wordings(gone))] == ["", "", "Nêu rõ hơn", "", "Trùng"]
    assert scope.nomination(world.reporter, gone.pk, make.AT.date()) == gone
    refused("", lambda: sent(world, gone))


def test_an_authority_asks_and_the_proposer_completes_without_changing_who_is_proposed(world: make.World) -> None:
    found = confirmed(world, sent(world, person(world, "Trưởng Công an xã A")))
    row = Appraisal.objects.get(nomination=found, lead=True)
    actions.ask_to_complete(appraisal=row, reason="Thiếu biên bản", by=world.clerk, at=make.AT)
    assert [item.detail for item in queries.waiting(world.reporter, make.AT)] == ["Bổ sung hồ sơ theo yêu cầu của cơ quan thẩm định"]
    given = {"nomination": found, "programme": None, "achieved_from": make.FROM, "achieved_to": make.TO, "brief": "Thành tích xuất sắc", "summary": SUMMARY,
             "by": world.reporter, "at": make.AT}  # fmt: skip
    refused("person_name", lambda: actions.edit_nomination(**given, unit=world.police["one"], person_name="Phó trưởng Công an xã A"))
    actions.edit_nomination(**given, unit=world.police["one"], person_name="Trưởng Công an xã A", person_post="Trưởng Công an")
    later = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)  # after the last day for nominations
    assert actions.complete(nomination=found, note="Đã nộp biên bản", by=world.reporter, at=later).state == "confirmed"
    assert [(act.kind, act.due_on) for act in row.acts.all()] == [("came", date(2026, 7, 27)), ("asked", date(2026, 7, 27)), ("completed", date(2026, 9, 22))]
    assert [act.kind for act in Appraisal.objects.get(nomination=found, lead=False).acts.all()] == ["came"]


def test_one_over_the_quota_is_caught_with_numbers_and_the_unit(world: make.World) -> None:
    make.quota(world.form, 2)
    two = sent(world, drafted(world, proposer=world.police["two"], unit=world.police["two"], by=world.reporter_two), world.reporter_two)
    one, three = sent(world, drafted(world)), sent(world, drafted(world, unit=world.front["one"]))
    alone = sent(world, person(world, "Trưởng Công an xã A"))
    outcomes = actions.confirm_many(nominations=[one, two, three, alone], clear=True, by=world.confirmer, at=make.AT)
    assert [row.errors for row in outcomes] == [
        {}, {}, {"quota": "Đã đề nghị 2/2 tập thể của Công an tỉnh Mẫu: đã hết chỉ tiêu."}, {},
    ]  # fmt: skip
    assert [Nomination.objects.get(pk=row.pk).state for row in (one, two, three, alone)] == ["confirmed", "confirmed", "submitted", "confirmed"]
    assert Hand.objects.filter(nomination=three, by_id=world.confirmer.actor_id).count() == 0
    actions.withdraw(nomination=one, reason="Nhường chỉ tiêu", by=world.reporter, at=make.AT)
    assert confirmed(world, three).state == "confirmed"
    make.quota(world.front_form, 0, level=Level.CENTRE)
    refused("campaign_form", lambda: drafted(world, campaign_form=world.front_form))


def test_a_duplicate_across_two_issuers_is_found_when_it_is_sent(world: make.World) -> None:
    first = sent(world, drafted(world))
    other = drafted(world, campaign_form=world.front_form, proposer=world.front["one"], by=world.front_reporter)
    assert Twin.objects.count() == 0
    sent(world, other, world.front_reporter)
    row = Twin.objects.get()
    assert (row.nomination_id, row.other_id, row.exact) == (other.pk, first.pk, True)
    seen = twins.seen(world.front_reporter, other, make.AT.date())
    assert [(one.issuer, one.form.code, one.campaign, one.other) for one in seen] == [("Công an trung ương", "bang-khen-bca", "KT-THU", None)]
    confirmed(world, other, world.front_confirmer)
    confirmed(world, first)
    assert Twin.objects.count() == 1
    assert twins.undecided([first.pk, other.pk]) == {first.pk, other.pk}
    assert twins.seen(world.clerk, other, make.AT.date())[0].other == first
    body = Event.objects.get(name="commendations.nomination_twin_found").body
    assert '"other":"Đề nghị khen thưởng số 1, KT-THU"' in body


def test_duplicates_are_found_in_other_campaigns_and_years_and_by_names_that_look_alike(world: make.World) -> None:
    earlier = make.campaign(world.edition, world.police["centre"], slug="dot-truoc", code="KT-0", stage="decided")
    held = make.gives(earlier, "bang-khen-bca", world.police["centre"])
    make.nomination(world, world.police["one"], of=held, state="chosen", person_name="Trưởng Công an xã A", achieved_to=date(2024, 1, 1))
    make.nomination(world, world.police["one"], of=held, state="draft", person_name="Trưởng Công an xã A")
    years = {"achieved_from": date(2020, 1, 1), "achieved_to": date(2021, 1, 1)}
    make.nomination(world, world.police["one"], of=held, state="chosen", person_name="Trưởng Công an xã A", **years)
    make.nomination(world, world.police["two"], of=held, state="chosen", person_name="Đồng chí Trưởng Công an xã A")
    make.nomination(world, world.police["one"], of=held, state="chosen", person_name="Trưởng Công an xã B")
    make.nomination(world, world.police["two"], of=held, state="chosen", person_name="Trưởng Công an xã C")
    found = sent(world, person(world, "Trưởng Công an xã A"))
    assert list(Twin.objects.filter(nomination=found).values_list("other__number", "exact")) == [(1, True), (4, False), (5, False)]


def test_remarks_and_papers_of_the_dossier(world: make.World) -> None:
    found = sent(world, drafted(world))
    given = {"nomination": found, "kind": "proposal", "title": "Tờ trình", "upload": Upload(samples.PDF, "to-trinh.pdf"), "at": make.AT}
    first = actions.attach(**given, document="12/TTr-CAT", dated=date(2026, 7, 20), by=world.confirmer)
    assert actions.attach(**given, document="12/TTr-CAT", dated=date(2026, 7, 20), by=world.confirmer) == first
    assert Attachment.objects.count() == 1
    refused("dated", lambda: actions.attach(**given, dated=date(2026, 7, 21), by=world.confirmer))
    refused("kind", lambda: actions.attach(**{**given, "kind": "x"}, by=world.confirmer))
    refused("file", lambda: actions.attach(**{**given, "upload": Upload(b"MZ", "a.exe")}, by=world.confirmer))
    refused("", lambda: actions.attach(**given, by=world.stranger))
    items = dossier.checklist(found)
    assert [(item.kind, item.missing) for item in items] == [("proposal", False), ("achievement", True), ("minutes", True)]
    actions.remark(nomination=found, text="Cần nêu rõ thời gian", by=world.confirmer, at=make.AT)
    refused("", lambda: actions.remark(nomination=found, text="x", by=world.clerk, at=make.AT))
    assert [row.text for row in dossier.remarks(found)] == ["Cần nêu rõ thời gian"]
    actions.withdraw(nomination=found, reason="Thôi", by=world.reporter, at=make.AT)
    refused("", lambda: actions.attach(**given, by=world.confirmer))


def test_who_has_decided_cannot_propose_any_more(world: make.World) -> None:
    both = reporting.person("hai-vai", decide=world.police["province"], commend=world.police["centre"])
    found = confirmed(world, sent(world, drafted(world)), both)
    with pytest.raises(Refused), open_door():
        take_side(found, Side.DECIDE, "received", both, make.AT)
    with open_door():
        move(found, "asked", world.clerk, make.AT, reason="Thiếu")
        take_side(found, Side.DECIDE, "received", world.clerk, make.AT)
    assert set(Hand.objects.filter(nomination=found).values_list("by_id", "side")) == {
        (world.reporter.actor_id, "propose"), (both.actor_id, "propose"), (world.clerk.actor_id, "decide"),
    }  # fmt: skip


def test_the_worklist_counts_what_waits_for_the_confirming_level(world: make.World) -> None:
    sent(world, drafted(world))
    sent(world, person(world, "Trưởng Công an xã A"))
    items = queries.waiting(world.confirmer, make.AT)
    assert [(item.title, item.count, item.late) for item in items] == [("Đề nghị chờ xác nhận, KT-THU", 2, False)]
    assert queries.waiting(world.confirmer, OVER)[0].late is True
    assert queries.waiting(world.reporter, make.AT) == queries.waiting(world.front_confirmer, make.AT) == []
