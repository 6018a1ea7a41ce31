"""A campaign begun, its terms set, moved, taken through its stages, and what stands in the way."""
from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from soket.audit.models import Event
from soket.commendations import actions
from soket.commendations.actions.campaign_terms import QuotaLine
from soket.commendations.core.course import Calendar, course
from soket.commendations.models import AwardForm, Campaign, CampaignForm, Quota
from soket.commendations.queries import campaign_counts, campaign_page, campaigns
from soket.kernel.door import Refused
from soket.organisations.models import Line
from soket.reviews import actions as reviewing
from tests.factories import commendations as make
from tests.factories import reporting

AT, DAY = make.AT, make.AT.date()
DAYS = Calendar(date(2026, 8, 1), date(2026, 8, 31), date(2026, 10, 15), date(2026, 11, 30))


def _refused(act: Any, **given: Any) -> Refused:
    with pytest.raises(Refused) as told:
        act(**given)
    return told.value


def _begun(world: make.World, **more: Any) -> Campaign:
    given: dict[str, Any] = {
        "review": world.edition.review, "office": world.police["centre"], "slug": "dot-hai", "code": "KT-2", "title": "Đợt hai", "standards": "Tiêu chuẩn thử",
        "calendar": DAYS, "by": world.office, "at": AT,
    }  # fmt: skip
    return actions.create_campaign(**{**given, **more})


def test_a_campaign_is_begun_by_a_programme_office_with_its_days_in_order(world: make.World) -> None:
    made = _begun(world)
    assert (made.stage, made.objection_days, [row.kind for row in made.acts.all()]) == ("planning", 10, ["begun"])
    assert json.loads(Event.objects.get(name="commendations.campaign_begun").body)["payload"]["days"][0] == "2026-08-01"
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("slug", {"code": "KT-3"}), ("slug", {"slug": "quy-dinh", "code": "KT-3"}), ("slug", {"slug": "Đợt", "code": "KT-3"}), ("code", {"slug": "dot-ba"}),
        ("code", {"slug": "dot-ba", "code": "kt 3"}), ("title", {"slug": "dot-ba", "code": "KT-3", "title": " "}),
        ("standards", {"slug": "dot-ba", "code": "KT-3", "standards": ""}), ("objection_days", {"slug": "dot-ba", "code": "KT-3", "objection_days": 61}),
        ("office", {"slug": "dot-ba", "code": "KT-3", "by": world.reporter}), ("office", {"slug": "dot-ba", "code": "KT-3", "office": world.front["centre"]}),
    ]  # fmt: skip
    for field, more in wrong:
        assert _refused(_begun, world=world, **more).field == field, more
    orders = {"nominate_until": date(2026, 7, 31), "appraise_until": date(2026, 8, 30), "decide_until": date(2026, 10, 14)}
    for field, day in orders.items():
        days = Calendar(**{**vars(DAYS), field: day})
        assert _refused(_begun, world=world, slug="dot-ba", code="KT-3", calendar=days).field == field
    longest = Calendar(DAYS.opens_on, DAYS.nominate_until, DAYS.appraise_until, date(2037, 1, 1))
    assert _refused(_begun, world=world, slug="dot-ba", code="KT-3", calendar=longest).field == "decide_until"


def test_a_form_is_given_by_a_unit_of_its_line_and_level_once(world: make.World) -> None:
    held, merit = _begun(world), AwardForm.objects.get(code="bang-khen-bca")
    letter = AwardForm.objects.get(code="giay-khen-cong-an-tinh")
    given: dict[str, Any] = {"campaign": held, "by": world.office, "at": AT}
    first = actions.take_form(form=merit, issuer=world.police["centre"], **given)
    second = actions.take_form(form=letter, issuer=world.police["province"], **given)
    assert (first.order, second.order) == (0, 1)
    assert _refused(actions.take_form, form=merit, issuer=world.police["centre"], **given).field == "form"
    for form, issuer in ((merit, world.front["centre"]), (merit, world.police["province"]), (letter, world.police["one"])):
        assert _refused(actions.take_form, form=form, issuer=issuer, **given).field == "issuer"
    actions.end_form(form=letter, valid_to=date(2026, 7, 30), reason="Bãi bỏ", by=reporting.OFFICE, at=AT)
    letter.refresh_from_db()
    assert _refused(actions.take_form, form=letter, issuer=world.police["province"], **given).field == "form"
    assert _refused(actions.take_form, **{**given, "by": world.clerk}, form=letter, issuer=world.police["province"])
    assert campaign_page.central_issuer(held, merit, DAY) == world.police["centre"]
    assert campaign_page.central_issuer(held, letter, DAY) is None
    assert any("không còn áp dụng" in line for line in campaigns.missing(held, DAY))
    make.quota(second, 3)
    actions.drop_form(campaign_form=second, by=world.office, at=AT)
    actions.drop_form(campaign_form=second, by=world.office, at=AT)
    assert list(held.forms.all()) == [first] and not Quota.objects.exists()
    names = ("campaign_form_taken", "campaign_form_dropped")
    assert [Event.objects.filter(name=f"commendations.{name}").count() for name in names] == [2, 1]


def test_a_campaign_opens_only_when_nothing_is_missing_and_says_what(world: make.World) -> None:
    draft = reviewing.create_review(
        slug="tong-ket", code="TK-1", kind="final", title="Tổng kết thử", as_of=date(2026, 6, 30), boundary_date=date(2026, 6, 30),
        office=world.police["centre"].pk, by=world.office, at=AT,
    )  # fmt: skip
    held = _begun(world, review=draft, calendar=Calendar(date(2026, 6, 1), date(2026, 7, 19), date(2026, 8, 1), date(2026, 9, 1)))
    assert campaigns.missing(held, DAY) == [
        "Kỳ đánh giá “Tổng kết thử” chưa có bản đóng băng. Khen thưởng phải căn cứ số liệu đã đóng băng nên chưa nhận đề nghị.",
        "Chưa chọn hình thức khen thưởng.", "Chưa quy định đơn vị nào được đề nghị.", "Đã quá ngày cuối nhận đề nghị. Hãy sửa lịch trước.",
    ]  # fmt: skip
    opening: dict[str, Any] = {"campaign": held, "kind": "opened", "by": world.office, "at": AT}
    assert "chưa có bản đóng băng" in str(_refused(actions.advance_campaign, **opening).message)
    ready = _begun(world, slug="dot-ba", code="KT-3")
    make.gives(ready, "bang-khen-bca", world.police["centre"])
    assert campaigns.missing(ready, DAY) == []
    assert _refused(actions.advance_campaign, **{**opening, "campaign": ready, "by": world.clerk})
    assert _refused(actions.advance_campaign, **{**opening, "campaign": ready, "kind": "decided"})
    actions.advance_campaign(**{**opening, "campaign": ready})
    ready.refresh_from_db()
    assert ready.stage == "open" and [row.kind for row in ready.acts.all()] == ["begun", "opened"]
    assert _refused(actions.advance_campaign, **{**opening, "campaign": ready})
    given: dict[str, Any] = {"campaign": ready, "by": world.office, "at": AT}
    assert _refused(actions.take_form, form=AwardForm.objects.get(code="bang-khen-mttw"), issuer=world.front["centre"], **given)


def test_an_open_campaign_moves_its_calendar_with_a_reason_that_keeps_the_days_before(world: make.World) -> None:
    held = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", **vars(DAYS))
    given: dict[str, Any] = {"campaign": held, "by": world.office, "at": AT}
    now = campaigns.calendar_of(held)
    later = Calendar(now.opens_on, date(2026, 9, 15), now.appraise_until, now.decide_until)
    assert _refused(actions.move_calendar, calendar=later, **given).field == "reason"
    assert _refused(actions.move_calendar, calendar=now, reason="Không đổi", **given).field == "opens_on"
    assert _refused(actions.move_calendar, calendar=Calendar(date(2026, 7, 31), *list(vars(now).values())[1:]), reason="Lùi", **given).field == "opens_on"
    wrong = Calendar(now.opens_on, date(2026, 11, 1), now.appraise_until, now.decide_until)
    assert _refused(actions.move_calendar, calendar=wrong, reason="Sai", **given).field == "appraise_until"
    actions.move_calendar(calendar=later, reason="Địa phương đề nghị gia hạn", **given)
    held.refresh_from_db()
    told = campaign_page.acts_of(held)[0]
    assert (held.nominate_until, told.reason, told.by_label) == (date(2026, 9, 15), "Địa phương đề nghị gia hạn", world.office.actor_label)
    assert [(str(name), was, day) for name, was, day in told.moved] == [("Nhận đề nghị đến", date(2026, 8, 31), date(2026, 9, 15))]
    assert _refused(actions.move_calendar, calendar=now, reason="x", **{**given, "by": world.confirmer})


def test_the_text_changes_with_a_reason_once_open_and_not_after_the_decision(world: make.World) -> None:
    held = world.campaign
    words: dict[str, Any] = {"title": held.title, "standards": "Tiêu chuẩn mới", "place": "Hà Nội", "concurrence": True, "objection_days": 10}
    given: dict[str, Any] = {"campaign": held, "by": world.office, "at": AT, **words}
    assert _refused(actions.change_campaign, **given).field == "reason"
    assert _refused(actions.change_campaign, **{**given, "concurrence": False}, reason="x").field == "concurrence"
    assert _refused(actions.change_campaign, **{**given, "by": world.clerk}, reason="x")
    actions.change_campaign(**given, reason="Theo góp ý")
    actions.change_campaign(**given)  # nothing changes, nothing is asked
    held.refresh_from_db()
    assert held.standards == "Tiêu chuẩn mới" and [(row.kind, row.reason) for row in held.acts.all()] == [("changed", "Theo góp ý")]
    decided = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", stage="decided")
    assert _refused(actions.change_campaign, **{**given, "campaign": decided, "title": "Khác"}, reason="x")


def test_who_may_propose_grows_while_open_and_never_shrinks(world: make.World) -> None:
    held, police = _begun(world), Line.objects.get(code="police")
    given: dict[str, Any] = {"campaign": held, "by": world.office, "at": AT}
    assert _refused(actions.set_proposers, wanted=[], **given).field == "proposers"
    assert actions.set_proposers(wanted=[(police, 1), (police, 3)], **given) == 2
    assert actions.set_proposers(wanted=[(police, 1)], **given) == 1
    assert actions.set_proposers(wanted=[(police, 1)], **given) == 0
    assert [(line.code, levels) for line, levels in campaign_page.proposer_rows(held)] == [("police", ["Cấp tỉnh"])]
    make.gives(held, "bang-khen-mttw", world.front["centre"])
    opened = {"campaign": held, "by": world.office, "at": AT}
    actions.advance_campaign(kind="opened", **opened)
    lines = [(row.line, row.level) for row in held.proposers.select_related("line")]
    assert _refused(actions.set_proposers, wanted=lines[:1], reason="Bớt", **given).field == "proposers"
    assert _refused(actions.set_proposers, wanted=[*lines, (police, 3)], **given).field == "reason"
    assert actions.set_proposers(wanted=[*lines, (police, 3)], reason="Thêm cấp xã", **given) == 1


def test_quotas_know_none_from_no_limit_and_every_wrong_line_is_named(world: make.World) -> None:
    held, form = world.campaign, world.form
    given: dict[str, Any] = {"campaign": held, "by": world.office, "at": AT, "reason": "Phân bổ chỉ tiêu"}
    lines = [QuotaLine(form.pk, 1, "collective", 2), QuotaLine(form.pk, 3, "person", 0), QuotaLine(form.pk, 0, "person", None)]
    assert _refused(actions.set_quotas, **{**given, "reason": ""}, lines=lines).field == "reason"
    assert actions.set_quotas(lines=lines, **given) == 2
    assert list(Quota.objects.order_by("level").values_list("level", "recipient", "limit")) == [(1, "collective", 2), (3, "person", 0)]
    assert actions.set_quotas(lines=[QuotaLine(form.pk, 3, "person", None)], **given) == 1
    assert actions.set_quotas(lines=[QuotaLine(form.pk, 1, "collective", 2)], **{**given, "reason": ""}) == 0
    for unit in ("one", "two"):
        make.nomination(world, world.police[unit], state="confirmed")
    other = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2")
    elsewhere = make.gives(other, "ky-niem-chuong-bca", world.police["centre"])
    wrong = _refused(actions.set_quotas, lines=[
        QuotaLine(form.pk, 1, "collective", 1), QuotaLine(form.pk, 0, "collective", 100_001), QuotaLine(form.pk, 9, "person", 1),
        QuotaLine(elsewhere.pk, 0, "person", 1), QuotaLine(form.pk, 0, "person", 5),
    ], **given)  # fmt: skip
    assert set(wrong.errors) == {f"q-{form.pk}-1-collective", f"q-{form.pk}-0-collective", f"q-{form.pk}-9-person", f"q-{elsewhere.pk}-0-person"}
    assert not Quota.objects.filter(level=0).exists()
    medal = _refused(actions.set_quotas, **{**given, "campaign": other}, lines=[QuotaLine(elsewhere.pk, 0, "collective", 1)])
    assert list(medal.errors) == [f"q-{elsewhere.pk}-0-collective"]
    assert json.loads(Event.objects.filter(name="commendations.campaign_quotas_set").order_by("pk")[0].body)["payload"] == {
        "was": [], "now": ["bang-khen-bca 1 collective: 2", "bang-khen-bca 3 person: 0"],
    }  # fmt: skip


def test_the_way_from_open_to_closed_waits_for_what_is_open(world: make.World) -> None:
    held, by = world.campaign, {"by": world.office, "at": AT}
    for unit, state in (("one", "draft"), ("one", "submitted"), ("two", "confirmed")):
        make.nomination(world, world.police[unit], state=state)
    make.nomination(world, world.front["one"], of=world.front_form, state="reserve")
    assert _refused(actions.advance_campaign, campaign=held, kind="appraising", **by).field == "reason"  # before its last day
    actions.advance_campaign(campaign=held, kind="appraising", reason="Đã đủ đề nghị", **by)
    assert json.loads(Event.objects.get(name="commendations.campaign_appraising").body)["payload"] == {"nominations": 4, "left": 2}
    held.refresh_from_db()
    assert campaigns.missing(held, DAY) == ["1 đề nghị còn chờ cơ quan thẩm định, Hội đồng hoặc quyết định."]
    assert _refused(actions.advance_campaign, campaign=held, kind="decided", **by)
    assert _refused(actions.set_quotas, campaign=held, lines=[], **by) and _refused(actions.set_proposers, campaign=held, wanted=[], **by)
    settled = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", stage="appraising")
    for kind in ("decided", "closed"):
        actions.advance_campaign(campaign=settled, kind=kind, **by)
    settled.refresh_from_db()
    assert settled.stage == "closed" and _refused(actions.advance_campaign, campaign=settled, kind="", **by)
    assert [Event.objects.filter(name=f"commendations.campaign_{name}").count() for name in ("opened", "decided", "closed")] == [0, 1, 1]


def test_numbers_of_a_campaign_by_form_and_kind(world: make.World) -> None:
    for unit, state in (("one", "draft"), ("one", "confirmed"), ("two", "agreed"), ("province", "chosen")):
        make.nomination(world, world.police[unit], state=state)
    make.nomination(world, world.police["one"], state="reserve", person_name="Trưởng Công an xã Một")
    rows, total = campaign_counts.tallies(world.campaign, campaign_page.forms_of(world.campaign))
    assert [(row.form.form.code, row.recipient, row.tally.nominated, row.tally.agreed, row.tally.awarded) for row in rows] == [
        ("bang-khen-bca", "collective", 3, 2, 0), ("bang-khen-bca", "person", 1, 1, 0), ("bang-khen-mttw", "collective", 0, 0, 0),
        ("bang-khen-mttw", "person", 0, 0, 0),
    ]  # fmt: skip
    assert (total.nominated, total.agreed, total.awarded, total.cancelled) == (4, 3, 0, 0)
    assert campaign_counts.not_handed(world.campaign) == 0


def test_the_parts_of_the_way_are_done_under_way_late_or_to_come(world: make.World) -> None:
    told = {
        ("planning", date(2026, 7, 31), 0): "now ahead ahead ahead ahead", ("planning", date(2026, 8, 2), 0): "late ahead ahead ahead ahead",
        ("open", date(2026, 8, 31), 0): "done now ahead ahead ahead", ("appraising", date(2026, 10, 15), 3): "done done now ahead ahead",
        ("appraising", date(2026, 10, 16), 3): "done done late ahead ahead", ("appraising", date(2026, 12, 1), 0): "done done done late ahead",
        ("decided", date(2026, 12, 1), 0): "done done done done now", ("closed", date(2026, 12, 1), 0): "done done done done done",
    }  # fmt: skip
    for (stage, day, waiting), states in told.items():
        assert " ".join(one.state for one in course(stage, DAYS, day, waiting)) == states
    make.nomination(world, world.police["one"], state="confirmed")
    assert [one.state for one in campaigns.steps(world.campaign, DAY)] == ["done", "now", "ahead", "ahead", "ahead"]


def test_the_office_is_told_of_nominations_past_their_day(world: make.World) -> None:
    late = make.campaign(world.edition, world.police["centre"], "dot-hai", "KT-2", nominate_until=date(2026, 7, 15))
    found = campaigns.waiting(world.office, AT)
    assert [(one.title, one.url, one.late) for one in found] == [(late.title, "/khen-thuong/dot-hai/buoc-tiep/", True)]
    assert campaigns.waiting(world.clerk, AT) == campaigns.waiting(world.reporter, AT) == []
    assert CampaignForm.objects.filter(campaign=late).count() == 0
