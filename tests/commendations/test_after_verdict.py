"""What a verdict on look-alikes judged stays as it was judged; certificates of two issuers under one symbol; calendars and searches asked for what is none;
figures corrected before a text that names them is sent."""
from __future__ import annotations

from datetime import date, timedelta

import pytest

from soket.commendations import actions
from soket.commendations.actions.shared import move
from soket.commendations.models import Certificate, Nomination, Twin
from soket.documents.models import Entry
from soket.kernel.door import Refused, open_door
from tests.commendations import chamber
from tests.factories import awards as give
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reporting import person
from tests.support.client import LintingClient

AT = make.AT
GIVEN = {"achieved_from": make.FROM, "achieved_to": make.TO, "brief": "Thành tích", "summary": "Đã làm", "by": None, "at": AT}


def _told_apart(world: make.World, state: str) -> tuple[Nomination, Nomination]:
    """A person proposed by the Front's commune and, under the same name in another unit, by the police's; found to be two achievements."""
    first = make.nomination(world, world.front["one"], of=world.front_form, state="confirmed", person_name="Trưởng ban công tác")
    second = make.nomination(world, world.police["one"], state=state, person_name="Trưởng ban công tác", programme=None)
    with open_door():
        twin = Twin(nomination=second, other=first, exact=False, at=AT)
        twin.save()
    actions.settle_twin(twin=twin, same=False, stands=None, reason="Hai thành tích của hai chương trình", by=world.front_clerk, at=AT)
    return first, second


@pytest.mark.parametrize("state", ["submitted", "confirmed"])
def test_what_was_judged_is_not_changed_into_the_achievement_of_the_other(world: make.World, state: str) -> None:
    _first, second = _told_apart(world, state)
    with open_door():
        move(second, "returned" if state == "submitted" else "asked", world.confirmer, AT, "Bổ sung")
    given = {**GIVEN, "nomination": second, "unit": second.unit, "person_name": "Trưởng ban công tác", "by": world.reporter}
    for field, changed in (("programme", {"programme": world.programme}), ("achieved_to", {"programme": None, "achieved_to": date(2025, 1, 1)})):
        with pytest.raises(Refused) as refused:
            actions.edit_nomination(**{**given, **changed})
        assert field in refused.value.errors
    again = actions.edit_nomination(**{**given, "programme": None, "brief": "Thành tích nói rõ hơn"})
    assert (again.brief, again.programme, Twin.objects.count()) == ("Thành tích nói rõ hơn", None, 1)


@pytest.mark.parametrize("act", ["submit", "complete"])
def test_a_text_written_before_a_correction_is_not_sent_after_it_unflagged(world: make.World, act: str) -> None:
    row = make.nomination(world, world.police["one"], state="draft" if act == "submit" else "confirmed")
    with open_door():
        if act == "complete":
            move(row, "asked", world.confirmer, AT, "Bổ sung")
    acts.corrected(world)
    given = {"nomination": row, "by": world.reporter, "at": acts.LATER}
    with pytest.raises(Refused) as refused:
        getattr(actions, act)(**given)
    assert list(refused.value.errors) == ["summary"] and "SK-THU-01" in str(refused.value.message)
    text = {"summary": "Đã tổ chức {{SK-THU-01}} buổi tuyên truyền.", "brief": row.brief, "programme": row.programme, "unit": row.unit}
    actions.edit_nomination(**given, **text, achieved_from=row.achieved_from, achieved_to=row.achieved_to)
    assert getattr(actions, act)(**given).state == ("submitted" if act == "submit" else "confirmed")


def test_a_search_for_damaged_text_finds_nothing(world: make.World, client: LintingClient) -> None:
    client.force_login(world.office)
    assert world.campaign.title in client.get("/khen-thuong/?q=so ket").content.decode()
    assert world.campaign.title not in client.get("/khen-thuong/?q=%ED%A0%80").content.decode()


def test_two_issuers_at_the_centre_under_one_symbol_have_serials_of_their_own(world: make.World) -> None:
    rows = [make.nomination(world, world.police["one"], state="chosen"), make.nomination(world, world.front["one"], of=world.front_form, state="chosen")]
    with open_door():  # as an administrator may write it, or a successor of the issuer keeps it
        type(world.form.form).objects.filter(pk=world.front_form.form_id).update(symbol="BCA")
    world.front_form.form.refresh_from_db()
    first, = give.awarded(world, rows[:1])
    assert [row.serial for row in actions.issue_certificates(decision=first.decision, by=world.clerk, at=AT)] == ["BCA-2026-00001"]
    second, = give.awarded(world, rows[1:], of=world.front_form)
    made = actions.issue_certificates(decision=second.decision, by=world.front_clerk, at=AT)
    assert [row.serial for row in made] == [f"BCA.{world.front['centre'].pk}-2026-00001"]
    again = actions.reissue(award=first, name="Tên đúng", detail="", reason="In sai", by=world.clerk, at=AT)
    assert (again.serial, Certificate.objects.count()) == (f"BCA.{world.police['centre'].pk}-2026-00001-2", 3)


def test_the_calendar_asked_for_a_year_that_no_clock_shows_answers(world: make.World, client: LintingClient) -> None:
    client.force_login(person("quan-tri", administer=world.police["centre"]))
    base = "/khen-thuong/quy-dinh/lich/"
    assert [client.get(f"{base}nhap/?nam={year}").status_code for year in ("0", "99999", "²", "2027")] == [200] * 4
    assert [client.get(f"{base}{year}/1/1/bo/").status_code for year in ("0", "99999", "9" * 30)] == [404] * 3


def test_minutes_carry_no_day_before_the_meeting_and_a_meeting_lies_within_ten_years(world: make.World) -> None:
    rows = [make.nomination(world, world.police["one"], state="agreed")]
    held = chamber.council(world)
    with pytest.raises(Refused) as far:
        actions.plan_meeting(
            council=held, held_at=AT - timedelta(days=2000 * 365), place="Phòng họp", secret=False, nominations=rows, by=world.clerk, at=AT
        )
    assert set(far.value.errors) == {"held_at"}
    meeting = chamber.opened(held, world, rows, secret=False)
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    for dated in (date(1, 1, 1), AT.date() - timedelta(days=1)):
        with pytest.raises(Refused) as early:
            actions.issue_minutes(meeting=meeting, dated=dated, by=world.clerk, at=AT)
        assert set(early.value.errors) == {"dated"}
    assert Entry.objects.count() == 0


def test_a_name_with_a_letter_of_another_script_is_refused(world: make.World) -> None:
    draft = make.nomination(world, world.police["one"], person_name="Trưởng ban công tác")
    given = {**GIVEN, "nomination": draft, "unit": draft.unit, "programme": world.programme, "by": world.reporter}
    with pytest.raises(Refused) as refused:
        actions.edit_nomination(**given, person_name="Trưởng b\u0430n công tác")
    assert set(refused.value.errors) == {"person_name"}
