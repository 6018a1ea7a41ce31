"""The posted list: who reads it, who objects until when, who answers, and when a decision may be made."""
from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import translation

from soket.commendations import actions
from soket.commendations.actions.shared import take_side
from soket.commendations.models import Nomination, Posting, Rule
from soket.commendations.models.nominating import Side
from soket.commendations.queries import council as reads
from soket.commendations.queries import posting as queries
from soket.kernel.door import Refused, open_door
from tests.commendations.chamber import AT
from tests.factories import commendations as make

UNTIL = date(2026, 8, 3)  # ten working days after Monday 20 July


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def _chosen(world: make.World, *names: str) -> list[Nomination]:
    return [make.nomination(world, world.police["one"], state="chosen", person_name=name) for name in names]


def _objection(world: make.World, posting: Posting, row: Nomination, **more: object) -> object:
    given = {"posting": posting, "nomination": row, "text": "Chưa đúng thành tích", "document": "12/CV", "by": world.reporter_two, "at": AT}
    return actions.object_to(**{**given, **more})  # type: ignore[arg-type]


def test_a_decision_waits_for_the_posting_its_last_day_and_every_answer(world: make.World) -> None:
    assert reads.ready_to_decide(world.form, AT.date()) == ([], ["Nobody is put forward for this form."])
    first, second = _chosen(world, "Người Một", "Người Hai")
    assert reads.ready_to_decide(world.form, UNTIL)[0] == []
    posting = actions.post_list(campaign_form=world.form, by=world.clerk, at=AT)
    assert (posting.until, posting.known, queries.listed(posting)) == (UNTIL, True, [str(first.pk), str(second.pk)])
    assert reads.ready_to_decide(world.form, UNTIL) == (
        [], [f"Nomination {number} may be objected to until 3 August 2026." for number in (first.number, second.number)]
    )  # fmt: skip
    objection = _objection(world, posting, first)
    after = UNTIL + timedelta(days=1)
    ready, reasons = reads.ready_to_decide(world.form, after)
    assert ([row.pk for row in ready], reasons) == ([second.pk], [f"1 objections to nomination {first.number} have not been answered."])
    actions.answer_objection(objection=objection, upheld=False, reason="Đã kiểm tra, đúng", by=world.clerk, at=AT)  # type: ignore[arg-type]
    ready, reasons = reads.ready_to_decide(world.form, after)
    assert ([row.pk for row in ready], reasons) == ([first.pk, second.pk], [])


def test_an_upheld_objection_declines_and_who_moves_up_is_posted_anew(world: make.World) -> None:
    first = _chosen(world, "Người Một")[0]
    spare = make.nomination(world, world.police["one"], state="reserve", person_name="Người Hai")
    make.quota(world.form, 1, level=0, recipient="person")
    posting = actions.post_list(campaign_form=world.form, by=world.clerk, at=AT)
    objection = _objection(world, posting, first)
    given = {"objection": objection, "upheld": True, "reason": "Thành tích không đúng", "at": AT}
    with open_door():
        take_side(first, Side.PROPOSE, "draft", (busy := make.reporting.person("hai-vai", commend=world.police["centre"])), AT)
    for by, words in ((busy, "hand in proposing"), (world.front_clerk, "do not appraise"), (world.reporter_two, "do not appraise")):
        with pytest.raises(Refused, match=words):
            actions.answer_objection(by=by, **given)  # type: ignore[arg-type]
    actions.answer_objection(by=world.clerk, **given)  # type: ignore[arg-type]
    assert Nomination.objects.get(pk=first.pk).state == "declined"
    with pytest.raises(Refused, match="has been answered"):
        actions.answer_objection(by=world.clerk, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="has been posted"):
        actions.post_list(campaign_form=world.form, by=world.clerk, at=AT)
    actions.promote(nomination=spare, by=world.clerk, at=AT)
    again = actions.post_list(campaign_form=world.form, by=world.clerk, at=AT + timedelta(days=1))
    assert (again.number, again.until, queries.listed(again)) == (2, date(2026, 8, 4), [str(spare.pk)])
    assert len(reads.ready_to_decide(world.form, UNTIL + timedelta(days=1))[1]) == 1


def test_units_of_the_lines_that_propose_read_the_list_and_object_while_it_hangs(world: make.World) -> None:
    row = _chosen(world, "Người Một")[0]
    posting = actions.post_list(campaign_form=world.form, by=world.clerk, at=AT)
    outside = make.reporting.person("dan-van", report=make.reporting.unit("party", "Ban dân vận", 0))
    inside = (world.reporter, world.reporter_two, world.stranger, world.clerk, world.office)
    readers = {**dict.fromkeys(inside, True), world.members[0]: False, outside: False}
    assert {who: queries.visible(who, AT.date()).filter(pk=posting.pk).exists() for who in readers} == readers
    for by in (world.members[0], outside):
        with pytest.raises(Refused, match="not open to you"):
            _objection(world, posting, row, by=by)
    with pytest.raises(Refused, match="were taken until 3 August 2026"):
        _objection(world, posting, row, at=AT + timedelta(days=15))
    other = _chosen(world, "Người Hai")[0]
    for wrong, field in (({"nomination": other}, "nomination"), ({"text": ""}, "text"), ({"document": "x" * 81}, "document")):
        with pytest.raises(Refused) as told:
            _objection(world, posting, wrong.get("nomination", row), **{key: value for key, value in wrong.items() if key != "nomination"})  # type: ignore[arg-type]
        assert told.value.field == field
    own = _objection(world, posting, row, by=world.clerk)
    with pytest.raises(Refused, match="their own objection"):
        actions.answer_objection(objection=own, upheld=False, reason="Không", by=world.clerk, at=AT)  # type: ignore[arg-type]
    assert [one.count for one in reads.waiting(make.reporting.person("tham-dinh-hai", commend=world.police["centre"]), AT)] == [1]


def test_a_campaign_without_days_for_objections_posts_nothing_and_one_with_the_days_of_the_rule_cites_it(world: make.World) -> None:
    row = _chosen(world, "Người Một")[0]
    with open_door():
        world.campaign.objection_days = 0
        world.campaign.save()
    form = world.form.__class__.objects.select_related("campaign", "form").get(pk=world.form.pk)
    ready, reasons = reads.ready_to_decide(form, AT.date())
    assert ([one.pk for one in ready], reasons) == ([row.pk], [])
    with pytest.raises(Refused, match="asks for no posted list"):
        actions.post_list(campaign_form=form, by=world.clerk, at=AT)
    with open_door():
        Rule.objects.filter(key="notice.objections").delete()
        Rule(key="notice.objections", valid_from=date(2024, 1, 1), value='{"working_days":3}', citation="Quy định dùng để thử", at=AT, by_label="Thử").save()
        world.campaign.objection_days = 3
        world.campaign.save()
    form = world.form.__class__.objects.select_related("campaign", "form").get(pk=world.form.pk)
    assert reads.ready_to_decide(form, AT.date())[0] == []
    posting = actions.post_list(campaign_form=form, by=world.clerk, at=AT)
    assert (posting.until, posting.rule) == (date(2026, 7, 23), "Quy định dùng để thử")
