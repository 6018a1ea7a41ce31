"""A figure corrected after it was relied on: flags, verdicts, cancellation on a ground of the law, what comes back; nothing is hidden."""
from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from soket.audit.models import Event
from soket.commendations import actions, tasks
from soket.commendations.actions.shared import nomination_ref
from soket.commendations.models import Award, Cancellation, Decision, GroundFlag, GroundVerdict, Hand, Holding, Nomination, Recovery, Rule, Wording
from soket.commendations.queries import decision_papers, grounds, register
from soket.documents.queries import render_docx, render_pdf
from soket.kernel.actor import SystemActor
from soket.kernel.door import Refused, open_door
from soket.reviews import actions as reviews
from soket.reviews.models import CitationFlag
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reporting import person

pytestmark = pytest.mark.django_db


def refused(act: Any) -> tuple[str, list[str]]:
    """What the refusal says, and its fields. Nothing is written."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return str(caught.value.message), list(caught.value.errors)


def cancelled(world: make.World, awards: list[Award], ground: str = "standards_not_met", **other: Any) -> Decision:
    given = {
        "id": uuid4(), "awards": awards, "ground": ground, "finding": "Số buổi tuyên truyền thực tế thấp hơn số đã khai.", "dated": acts.LAST,
        "signer_post": "Bộ trưởng", "by": world.signer, "at": acts.LATER,
    }  # fmt: skip
    return actions.cancel(**{**given, **other})


def test_a_corrected_figure_flags_each_nomination_that_rests_on_it(world: make.World, django_capture_on_commit_callbacks: Any) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    moved, kept = make.nomination(world, world.police["two"], state="agreed"), make.nomination(world, world.front["one"])
    acts.cited(world, [award.nomination, moved, kept])
    reviews.cite(edition=world.edition, figure="02", ref=nomination_ref(moved), url="/", by=world.office, at=make.AT)
    with open_door():
        Wording(nomination=kept, number=2, summary="Lời văn mới không nêu số.", at=acts.AT, by_id="x", by_label="x").save(force_insert=True)
    with django_capture_on_commit_callbacks(execute=True):
        edition = acts.corrected(world)
    asked = [row.args_kwargs["kwargs"] for row in DBTaskResult.objects.filter(task_path__endswith="flag_ground")]
    assert sorted(one["nomination"] for one in asked) == sorted(str(row.pk) for row in (award.nomination, moved, kept)), "figure 02 did not change"
    for one in asked:
        first, again = tasks.flag_ground.func(**one), tasks.flag_ground.func(**one)
        assert first == again, "safe to repeat"
    assert tasks.flag_ground.func(citation=1, nomination=str(uuid4()), edition=edition.pk) == {"done": 0}
    told = GroundFlag.objects.order_by("nomination__number")
    assert [(row.nomination_id, row.code, row.was, row.now, row.old_edition, row.new_edition, row.url) for row in told] == [
        (one.pk, "01", "66", "88", 1, 2, "/so-ket/so-ket-thu/ban-2/so-lieu/01/") for one in (award.nomination, moved)
    ]
    assert Event.objects.filter(name="commendations.flagged").count() == 2
    assert [len(register.award_state(award).flags), register.award_state(award).stage] == [1, "granted"]
    for by, count in ((world.clerk, 2), (world.front_clerk, 2), (world.signer, 0), (world.reporter, 0), (world.members[0], 0)):
        assert len(grounds.waiting(by, acts.LATER)) == count
    item = grounds.waiting(world.clerk, acts.LATER)[1]
    assert (item.title, item.url) == ("Đề nghị số 2, Khen thưởng sơ kết chương trình thử nghiệm", f"/khen-thuong/can-cu/{told[1].pk}/")


def flagged(world: make.World, *rows: Nomination) -> list[GroundFlag]:
    """The rows rest on figure 01, which edition 2 corrects from 66 to 88."""
    acts.cited(world, list(rows))
    acts.corrected(world)
    by = SystemActor("flagger", "Soket")
    found = [CitationFlag.objects.select_related("citation__edition__review", "edition__review").get(citation__ref_id=str(row.pk)) for row in rows]
    made = [actions.flag_nomination(nomination=row, citation_flag=one, by=by, at=acts.LATER) for row, one in zip(rows, found, strict=True)]
    return [one for one in made if one is not None]


def test_each_authority_judges_the_ground_once_and_never_one_who_proposed(world: make.World) -> None:
    row = acts.chosen(world, world.police["one"])[0]
    flag = flagged(world, row)[0]
    both = person("de-nghi-va-tham-dinh", commend=world.police["centre"])
    with open_door():
        Hand(nomination=row, by_id=both.actor_id, by_label="x", side="propose", act="draft", at=make.AT).save(force_insert=True)
    given = {"flag": flag, "authority": world.police["centre"], "bears": False, "reason": "Số buổi thấp hơn tiêu chuẩn.", "at": acts.LATER}
    assert refused(lambda: actions.judge_ground(by=both, **given))[0].startswith("Bạn đã tham gia đề nghị")
    assert refused(lambda: actions.judge_ground(by=world.front_clerk, **given))[1] == ["authority"]
    assert refused(lambda: actions.judge_ground(by=world.clerk, **{**given, "authority": world.police["one"]}))[1] == ["authority"]
    assert refused(lambda: actions.judge_ground(by=world.clerk, **{**given, "reason": " "}))[1] == ["reason"]
    assert grounds.judges(world.clerk, flag, acts.LAST) == [(world.police["centre"].pk, "Công an trung ương")]
    actions.judge_ground(by=world.clerk, **given)
    assert refused(lambda: actions.judge_ground(by=world.clerk, **given))[1] == ["authority"]
    actions.judge_ground(by=world.front_clerk, **{**given, "authority": world.front["centre"], "bears": True})
    found = grounds.flags(row, acts.LAST)[0]
    assert [(name, one.bears) for name, one in found.verdicts] == [("Công an trung ương", False), ("Ủy ban MTTQ trung ương", True)]
    assert found.open == []
    assert grounds.waiting(world.clerk, acts.LATER) == grounds.waiting(world.front_clerk, acts.LATER) == []
    twice = GroundVerdict(flag=flag, authority=world.front["centre"], bears=True, reason="x", at=acts.LATER, by_id="x", by_label="x")
    with open_door(), pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)


def test_an_award_is_cancelled_by_decision_on_a_ground_of_the_law_and_stays_in_sight(world: make.World) -> None:
    one, two = acts.awarded(world, world.police["one"], world.police["two"])
    acts.opened(world, [one])
    key = uuid4()
    made = cancelled(world, [one, two], id=key)
    assert cancelled(world, [one, two], id=key) == made, "said again it is the same"
    assert (made.entry.notation, made.entry.kind, made.kind) == ("02/QĐ-BCA", "quyet-dinh-huy-bo", "cancel")
    assert list(Award.objects.order_by("place").values_list("stage", "nomination__state")) == [("cancelled", "cancelled")] * 2
    assert (Holding.objects.count(), Cancellation.objects.count()) == (0, 2)
    state = register.award_state(one)
    assert (state.stage, state.ended.decision, state.ended.dated, state.ended.ground) == ("cancelled", "02/QĐ-BCA", acts.LAST, "standards_not_met")
    assert state.ended.basis == "điểm d khoản 2 Điều 93 Luật Thi đua, khen thưởng số 06/2022/QH15"
    lines = register.lines(register.awards(), "vi")
    assert [(line.name, line.state.stage, line.state.ended.decision) for line in lines] == [
        ("Công an xã Bình Minh", "cancelled", "02/QĐ-BCA"), ("", "cancelled", "02/QĐ-BCA"),
    ]  # fmt: skip
    paper = decision_papers.paper_of(made)
    assert render_pdf(paper).startswith(b"%PDF")
    assert render_docx(paper).startswith(b"PK")
    assert refused(lambda: actions.hand_over(
        id=uuid4(), award=one, site="Hội trường", on=acts.LAST, handed_by="x", received_by="y", by=world.clerk, at=acts.LATER
    ))[0] == "Khen thưởng này đã bị hủy bỏ theo quyết định nên không trao."  # fmt: skip
    names = list(Event.objects.filter(name__startswith="commendations.cancel").values_list("name", flat=True))
    assert sorted(names) == ["commendations.cancelled", "commendations.cancelled", "commendations.cancelling_decided"]


def test_the_words_of_the_law_are_dated_data(world: make.World) -> None:
    one = acts.awarded(world, world.police["one"])[0]
    with open_door():
        Rule(
            key="ground.false_declaration", valid_from=date(2026, 8, 15), value=json.dumps({"text": "khai gian thành tích"}), citation="Luật 06/2026/QH16",
            at=acts.AT, by_label="x",
        ).save(force_insert=True)  # fmt: skip
    assert grounds.legal_ground("false_declaration", acts.DAY).citation.endswith("06/2022/QH15")
    cancelled(world, [one], "false_declaration")
    assert [register.award_state(one).ended.words, register.award_state(one).ended.basis] == ["khai gian thành tích", "Luật 06/2026/QH16"]


def test_who_may_cancel_and_what_cannot_be(world: make.World) -> None:
    one = acts.awarded(world, world.police["one"])[0]
    other = acts.awarded(world, world.front["one"], of=world.front_form)[0]
    for by in (world.front_signer, world.clerk, world.office, SystemActor("job", "Một việc nền")):
        assert "thẩm quyền ký" in refused(lambda by=by: cancelled(world, [one], by=by))[0]
    both = person("hai-vai", sign=world.police["centre"])
    with open_door():
        Hand(nomination=one.nomination, by_id=both.actor_id, by_label="x", side="propose", act="draft", at=make.AT).save(force_insert=True)
    assert refused(lambda: cancelled(world, [one], by=both))[1] == ["nominations"]
    wrong = [
        ({"awards": []}, "awards"), ({"awards": [one, other]}, "awards"), ({"ground": "bad_mood"}, "ground"), ({"finding": " "}, "finding"),
        ({"dated": acts.DAY - timedelta(days=1)}, "dated"), ({"dated": acts.LAST + timedelta(days=1)}, "dated"), ({"signer_post": ""}, "signer_post"),
        ({"return_by": acts.DAY}, "return_by"),
    ]  # fmt: skip
    for given, field in wrong:
        assert refused(lambda given=given: cancelled(world, **{"awards": [one], **given}))[1] == [field], given
    assert (Cancellation.objects.count(), Decision.objects.filter(kind="cancel").count()) == (0, 0)
    cancelled(world, [one])
    assert refused(lambda: cancelled(world, [one]))[1] == ["awards"]
    row = Cancellation(award=other, decision=Decision.objects.get(kind="cancel"), ground="bad_mood", finding="x", at=acts.LATER)
    with open_door(), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_what_came_back_never_exceeds_what_was_owed(world: make.World) -> None:
    one = acts.awarded(world, world.police["one"], person_name="Cán bộ Mẫu")[0]
    cancelled(world, [one])
    row = grounds.cancellation_of(one)
    given = {"cancellation": row, "on": acts.LAST, "by": world.clerk, "at": acts.LATER}
    assert refused(lambda: actions.record_recovery(what="object", **{**given, "by": world.reporter}))[1] == []
    for wrong, field in (
        ({"what": "object", "dong": 5}, "dong"), ({"what": "money"}, "dong"), ({"what": "money", "dong": 3_795_001}, "dong"), ({"what": "luck"}, "what"),
        ({"what": "object", "on": acts.LAST - timedelta(days=1)}, "on"), ({"what": "object", "on": acts.LAST + timedelta(days=1)}, "on"),
    ):  # fmt: skip
        assert refused(lambda wrong=wrong: actions.record_recovery(**{**given, **wrong}))[1] == [field], wrong
    actions.record_recovery(what="money", dong=3_000_000, **given)
    assert "còn 795000 đồng" in refused(lambda: actions.record_recovery(what="money", dong=800_000, **given))[0]
    actions.record_recovery(what="money", dong=795_000, **given)
    actions.record_recovery(what="object", note="Nộp tại Văn phòng", **given)
    assert refused(lambda: actions.record_recovery(what="object", **given))[1] == ["what"]
    assert (grounds.recovered(row), Recovery.objects.count()) == (3_795_000, 3)
    assert Event.objects.filter(name="commendations.recovered").count() == 3


def test_others_that_rest_on_the_same_figure_are_offered_with_it(world: make.World) -> None:
    one, two = acts.awarded(world, world.police["one"], world.police["two"])
    apart = acts.awarded(world, world.police["province"])[0]
    flagged(world, one.nomination, two.nomination)
    assert grounds.resting_alike(one) == [two]
    assert grounds.resting_alike(apart) == []
    cancelled(world, [two])
    assert grounds.resting_alike(one) == []
