"""A decision: signed by who never proposed, numbered without gaps, frozen, one achievement one form; names, money, handing over."""
from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from soket.audit.models import Event
from soket.commendations import actions
from soket.commendations.actions.deciding import hold
from soket.commendations.models import Award, Decision, Hand, Handing, Holding, NameApproval, Nomination, Twin, TwinVerdict
from soket.commendations.queries import deciding as queries
from soket.commendations.queries import decision_facts, decision_papers
from soket.documents.models import Entry
from soket.documents.queries import render_docx, render_pdf
from soket.kernel.actor import SystemActor
from soket.kernel.door import Refused, open_door
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reporting import person

pytestmark = pytest.mark.django_db


def refused(act: Any) -> tuple[str, list[str]]:
    """What the refusal says, and its fields. Nothing is written."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    return str(caught.value.message), list(caught.value.errors)


def test_a_decision_freezes_words_numbers_money_and_holds_the_achievements(world: make.World) -> None:
    rows = acts.chosen(world, world.police["two"], world.police["one"])
    rows += acts.chosen(world, world.police["one"], person_name="Cán bộ Mẫu", person_post="Trưởng Công an xã")
    with open_door():
        Nomination.objects.filter(pk=rows[1].pk).update(rank=1)
        Nomination.objects.filter(pk=rows[0].pk).update(rank=2)
    one = uuid4()
    given = {"campaign_form": world.form, "nominations": rows, "dated": acts.DAY, "signer_post": "Bộ trưởng", "by": world.signer, "at": acts.AT}
    made = actions.decide(id=one, **given)
    assert actions.decide(id=one, **given) == made, "said again it is the same"
    assert (made.entry.notation, made.entry.kind, made.kind, made.issuer_id) == ("01/QĐ-BCA", "quyet-dinh", "award", world.police["centre"].pk)
    awards = list(queries.awards_of(made))
    assert [(row.place, row.recipient, row.name, row.detail, row.gold.number) for row in awards] == [
        (1, "collective", "Công an xã Bình Minh", "Công an tỉnh Mẫu", 1),
        (2, "collective", "Công an xã Đông Hải", "Công an tỉnh Mẫu", 2),
        (3, "person", "Cán bộ Mẫu", "Trưởng Công an xã, Công an xã Bình Minh", 3),
    ]
    assert [json.loads(row.money)["dong"] for row in awards] == [7_590_000, 7_590_000, 3_795_000]
    assert [(row.state, row.moves.last().kind) for row in Nomination.objects.order_by("number")] == [("decided", "decided")] * 3
    assert set(Hand.objects.filter(by_id=world.signer.actor_id).values_list("side", "act")) == {("decide", "decide")}
    assert sorted(Holding.objects.values_list("recipient_key", "programme_key", "valid_from", "valid_to")) == [
        (row.recipient_key, world.programme.pk, make.FROM, make.TO + timedelta(days=1)) for row in sorted(rows, key=lambda row: row.recipient_key)
    ]
    body = json.loads(made.body)
    assert body["awards"][0]["grounds"] == [{"code": "SK-THU-01", "display": "66", "sha256": body["awards"][0]["grounds"][0]["sha256"]}]
    assert (body["head"]["number"], body["head"]["dated"], body["authority"]) == (1, "2026-08-10", "")
    names = list(Event.objects.filter(name__startswith="commendations.").exclude(name="commendations.rules_installed").values_list("name", flat=True))
    assert sorted(names) == ["commendations.awarded"] * 3 + ["commendations.decided"]
    assert not Event.objects.filter(body__contains="Cán bộ Mẫu").exists(), "no name of a person enters the record"
    assert [row.subject for row in Entry.objects.filter(register__series="so-vang").order_by("number")][2].endswith("Quyết định 01/QĐ-BCA, thứ tự 3")


def test_only_the_issuers_signer_decides_and_never_one_who_proposed(world: make.World) -> None:
    rows = acts.chosen(world, world.police["one"], world.police["two"], world.police["province"])
    for by in (world.front_signer, world.clerk, world.office, SystemActor("job", "Một việc nền")):
        assert refused(lambda by=by: acts.decided(rows, by))[0] == "Chỉ người có thẩm quyền ký của cơ quan khen thưởng được quyết định hình thức này."
    both = person("hai-vai", sign=world.police["centre"])
    for row in rows[:2]:
        with open_door():
            Hand(nomination=row, by_id=both.actor_id, by_label="x", side="propose", act="draft", at=make.AT).save(force_insert=True)
    said, fields = refused(lambda: acts.decided(rows, both))
    assert (said, fields) == ("Bạn đã tham gia đề nghị các trường hợp sau nên không được quyết định: 1, 2.", ["nominations"])
    assert (Decision.objects.count(), Award.objects.count(), Entry.objects.count(), Hand.objects.filter(side="decide", act="decide").count()) == (0, 0, 0, 0)
    acts.decided(rows[2:], both)
    assert Award.objects.count() == 1


def test_what_is_not_ready_or_wrongly_dated_is_refused_and_no_number_is_lost(world: make.World) -> None:
    rows = acts.chosen(world, world.police["one"])
    bare = make.nomination(world, world.police["two"], state="chosen")
    said, fields = refused(lambda: acts.decided([*rows, bare], world.signer))
    assert fields == ["nominations"]
    assert said.startswith("Các đề nghị sau chưa thể quyết định: 2.")
    assert refused(lambda: acts.decided(rows, world.signer, dated=date(2026, 7, 19)))[1] == ["dated"]
    assert refused(lambda: acts.decided(rows, world.signer, dated=acts.DAY + timedelta(days=1)))[1] == ["dated"]
    assert refused(lambda: actions.decide(
        id=uuid4(), campaign_form=world.form, nominations=rows, dated=acts.DAY, signer_post=" ", by=world.signer, at=acts.AT
    ))[1] == ["signer_post"]  # fmt: skip
    assert refused(lambda: actions.decide(
        id=uuid4(), campaign_form=world.form, nominations=[], dated=acts.DAY, signer_post="Bộ trưởng", by=world.signer, at=acts.AT
    ))[1] == ["nominations"]  # fmt: skip
    first = acts.decided(rows, world.signer)
    assert refused(lambda: actions.decide(
        id=first.pk, campaign_form=world.front_form, nominations=rows, dated=acts.DAY, signer_post="x", by=world.front_signer, at=acts.AT
    ))[1] == ["id"]  # fmt: skip
    acts.posted(world.form, [bare])
    assert acts.decided([bare], world.signer).entry.number == 2, "the failed ones took no number"
    assert list(Entry.objects.filter(register__series="so-vang").order_by("number").values_list("number", flat=True)) == [1, 2]


def test_one_achievement_has_one_form_across_issuers_programmes_and_years(world: make.World) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    again = acts.chosen(world, world.police["one"], of=world.front_form)
    said, fields = refused(lambda: acts.decided(again, world.front_signer))
    assert fields == ["nominations"]
    assert "Bằng khen của Bộ trưởng Bộ Công an" in said and "01/QĐ-BCA" in said and "10/08/2026" in said
    together = acts.chosen(world, world.police["one"], of=world.front_form, programme=None)
    assert "01/QĐ-BCA" in refused(lambda: acts.decided(together, world.front_signer))[0], "all programmes together meet each of them"
    twice = acts.chosen(world, world.police["two"], world.police["two"], of=world.front_form)
    assert "cùng một thành tích" in refused(lambda: acts.decided(twice, world.front_signer))[0]
    later = acts.chosen(world, world.police["one"], of=world.front_form, achieved_from=make.TO + timedelta(days=1), achieved_to=date(2026, 7, 1))
    acts.decided(later, world.front_signer)
    assert Holding.objects.count() == 2
    acts.decided([twice[0]], world.front_signer)
    actions.cancel(
        id=uuid4(), awards=[award], ground="false_declaration", finding="Khai sai.", dated=acts.DAY, signer_post="Bộ trưởng", by=world.signer, at=acts.AT
    )
    acts.decided(together, world.front_signer)
    assert sorted(Holding.objects.values_list("programme_key", flat=True)) == [0, world.programme.pk, world.programme.pk]


def test_a_twin_judged_the_same_waits_for_the_one_that_stands(world: make.World) -> None:
    own, other = acts.chosen(world, world.police["one"], world.police["two"])
    with open_door():
        twin = Twin(nomination=own, other=other, exact=False, at=make.AT)
        twin.save(force_insert=True)
        TwinVerdict(twin=twin, same=True, stands=other, reason="Cùng một việc", at=make.AT, by_id="x", by_label="x").save(force_insert=True)
    assert "Đề nghị 1 được xác định cùng một thành tích với đề nghị 2" in refused(lambda: acts.decided([own, other], world.signer))[0]
    acts.decided([other], world.signer)


def test_the_database_refuses_two_holdings_that_meet_and_two_sides_of_one_person(world: make.World) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    other = acts.awarded(world, world.police["two"])[0]
    held = award.holding
    with open_door():
        Holding.objects.filter(award=other).delete()
    for since, until in ((held.valid_to - timedelta(days=1), held.valid_to), (date(2020, 1, 1), held.valid_from + timedelta(days=1))):
        row = Holding(award=other, recipient_key=held.recipient_key, programme_key=held.programme_key, valid_from=since, valid_to=until)
        with open_door(), pytest.raises(DatabaseError, match="periods overlap"), transaction.atomic():
            row.save(force_insert=True)
        with open_door():
            assert refused(lambda row=row: hold([row]))[1] == ["nominations"], "what a race would let past the check is said as a refusal"
    with open_door():
        Holding(award=other, recipient_key=held.recipient_key, programme_key=held.programme_key, valid_from=held.valid_to,
                valid_to=date(2027, 1, 1)).save(force_insert=True)  # fmt: skip
    twice = Hand(nomination=award.nomination, by_id=world.signer.actor_id, by_label="x", side="propose", act="draft", at=acts.AT)
    with open_door(), pytest.raises(IntegrityError), transaction.atomic():
        twice.save(force_insert=True)


def test_two_issuers_make_two_decisions_each_in_its_own_register(world: make.World) -> None:
    first = acts.decided(acts.chosen(world, world.police["one"]), world.signer)
    second = acts.decided(acts.chosen(world, world.front["one"], of=world.front_form), world.front_signer)
    assert (first.entry.notation, second.entry.notation) == ("01/QĐ-BCA", "01/QĐ-MTTW-BTT")
    assert [(len(row.made), row.waiting) for row in queries.form_rows(world.campaign)] == [(1, 0), (1, 0)]


def test_papers_are_set_from_what_was_kept_and_kept_once(world: make.World, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = acts.decided(acts.chosen(world, world.police["one"], world.police["two"]), world.signer, authority="KT. Bộ trưởng")
    from django_tasks_db.models import DBTaskResult

    from soket.commendations import tasks

    asked = sorted(row.args_kwargs["kwargs"]["form"] for row in DBTaskResult.objects.all())
    assert asked == ["docx", "pdf"]
    with open_door():
        Nomination.objects.update(brief="Lời khác sau khi ký")
    paper = decision_papers.paper_of(made)
    assert "Lời khác" not in str(paper)
    assert (paper.number, paper.date, paper.symbol) == ("1", acts.DAY, "QĐ-BCA")
    assert render_pdf(paper).startswith(b"%PDF")
    assert render_docx(paper).startswith(b"PK")
    pdf = tasks.set_decision_paper.func(decision=str(made.pk), form="pdf")["done"]
    assert tasks.set_decision_paper.func(decision=str(made.pk), form="pdf")["done"] == pdf
    assert made.papers.count() == 1
    assert tasks.set_decision_paper.func(decision=str(uuid4()), form="pdf") == {"done": ""}


def test_a_thousand_awards_take_few_queries(world: make.World, django_assert_max_num_queries: Any) -> None:
    rows = [make.nomination(world, world.police["one"], state="chosen", person_name=f"Người thứ {number}", person_post="Cán bộ") for number in range(12)]
    acts.posted(world.form, rows)
    with django_assert_max_num_queries(75):
        acts.decided(rows, world.signer)
    assert Award.objects.count() == 12


def test_names_are_opened_by_another_than_who_signed(world: make.World) -> None:
    awards = acts.awarded(world, world.police["one"], world.police["two"])
    signer_too = person("ky-va-cong-bo", sign=world.police["centre"], publish=world.police["centre"])
    own = acts.decided(acts.chosen(world, world.police["province"]), signer_too)
    assert refused(lambda: actions.approve_names(awards=list(own.awards.all()), by=signer_too, at=acts.AT))[0].startswith("Bạn là người ký quyết định này")
    for by in (world.clerk, world.front_signer, world.reporter, SystemActor("job", "Một việc nền")):
        assert "Chỉ người có quyền công bố" in refused(lambda by=by: actions.approve_names(awards=awards, by=by, at=acts.AT))[0]
    assert actions.approve_names(awards=awards[:1], by=acts.publisher(world), at=acts.AT) == 1
    assert actions.approve_names(awards=awards, by=world.office, at=acts.AT) == 1
    assert actions.approve_names(awards=awards, by=world.office, at=acts.AT) == 0
    assert NameApproval.objects.count() == 2
    told = [json.loads(row.body)["payload"] for row in Event.objects.filter(name="commendations.names_opened").order_by("id")]
    assert told == [{"count": 1, "places": ["1"]}, {"count": 1, "places": ["2"]}]


def test_money_says_of_how_many_it_is_known(world: make.World) -> None:
    acts.awarded(world, world.police["one"], world.police["two"])
    acts.awarded(world, world.police["one"], person_name="Cán bộ Mẫu")
    with open_door():
        type(world.form.form).objects.filter(pk=world.form.form_id).update(money="")
    world.form.form.refresh_from_db()
    acts.awarded(world, world.police["province"])
    found = queries.money(queries.campaign_awards(world.clerk, world.campaign, acts.DAY))
    assert (found.owed.known, found.owed.of, found.owed.unknown, found.owed.dong) == (3, 4, 1, 2 * 7_590_000 + 3_795_000)
    assert [(row.recipient, row.count, row.each, row.total) for row in found.rows] == [
        ("collective", 2, 7_590_000, 15_180_000), ("person", 1, 3_795_000, 3_795_000), ("collective", 1, None, None),
    ]  # fmt: skip
    last = Decision.objects.order_by("at", "entry__number").last()
    assert decision_facts.money_lines(json.loads(last.body)["awards"]) == [], "no total is stated while one is unknown"
    assert queries.campaign_awards(world.reporter, world.campaign, acts.DAY).count() == 0


def test_an_award_is_handed_over_once_and_a_mistake_is_struck(world: make.World) -> None:
    award = acts.awarded(world, world.police["one"])[0]
    one, two = uuid4(), uuid4()
    given = {"award": award, "site": "Hội trường tỉnh", "handed_by": "Giám đốc Công an tỉnh", "received_by": "Công an xã", "by": world.clerk, "at": acts.LATER}
    for by in (world.reporter, world.front_clerk, world.stranger):
        assert refused(lambda by=by: actions.hand_over(id=one, on=acts.DAY, **{**given, "by": by}))[1] == []
    assert refused(lambda: actions.hand_over(id=one, on=acts.DAY - timedelta(days=1), **given))[1] == ["on"]
    assert refused(lambda: actions.hand_over(id=one, on=acts.LAST + timedelta(days=1), **given))[1] == ["on"]
    assert refused(lambda: actions.hand_over(id=one, on=acts.DAY, **{**given, "site": ""}))[1] == ["site"]
    kept = actions.hand_over(id=one, on=acts.DAY, **given)
    assert actions.hand_over(id=one, on=acts.DAY, **given) == kept
    assert "Hội trường tỉnh, ngày 10/08/2026" in refused(lambda: actions.hand_over(id=two, on=acts.DAY, **given))[0]
    other = acts.awarded(world, world.police["two"])[0]
    assert refused(lambda: actions.hand_over(id=one, on=acts.DAY, **{**given, "award": other}))[1] == ["id"]
    struck = actions.strike_handing(id=uuid4(), handing=kept, by=world.office, at=acts.LATER)
    assert actions.strike_handing(id=uuid4(), handing=kept, by=world.office, at=acts.LATER) == struck
    assert refused(lambda: actions.strike_handing(id=uuid4(), handing=struck, by=world.office, at=acts.LATER))[0] == "Không có thao tác nào để hoàn lại."
    actions.hand_over(id=two, on=acts.LAST, **given)
    assert (Handing.objects.count(), [row.pk for row in Handing.objects.filter(strikes=None, struck_by=None)]) == (3, [two])
    assert {"commendations.handed", "commendations.handing_struck"} <= set(Event.objects.values_list("name", flat=True))


def test_the_worklist_names_lists_to_sign_and_names_to_open(world: make.World) -> None:
    rows = acts.chosen(world, world.police["one"], world.police["two"])
    told = [(item.title, item.url, item.count) for item in queries.waiting(world.signer, acts.AT)]
    title = "Khen thưởng sơ kết chương trình thử nghiệm: Bằng khen của Bộ trưởng Bộ Công an"
    assert told == [(title, f"/khen-thuong/khen-thuong-thu/quyet-dinh/{world.form.pk}/", 2)]
    assert queries.waiting(world.front_signer, acts.AT) == queries.waiting(world.reporter, acts.AT) == queries.waiting(world.office, acts.AT) == []
    made = acts.decided(rows, world.signer)
    assert [(item.title, item.url, item.count) for item in queries.waiting(world.office, acts.AT)] == [
        ("Quyết định 01/QĐ-BCA", f"/khen-thuong/quyet-dinh/{made.pk}/ten/", 2)
    ]
    assert queries.waiting(world.signer, acts.AT) == []
    acts.opened(world, list(made.awards.all()))
    assert queries.waiting(world.office, acts.AT) == []
