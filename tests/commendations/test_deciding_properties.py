"""Whatever is done in whatever order: nobody proposes and decides the same award, one achievement never holds two valid forms, and no
number is missing from a register. Over the real acts."""
from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from soket.accounts.models import Person, Post
from soket.commendations import actions
from soket.commendations.actions.shared import move
from soket.commendations.models import Award, Decision, Hand, Holding, Nomination
from soket.commendations.models.nominating import Side
from soket.documents.models import Entry
from soket.kernel.door import Refused, open_door
from soket.reviews.models import ReviewProgramme
from tests.factories import commendations as make
from tests.factories import decisions as acts
from tests.factories.reporting import SINCE, person

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SPANS = ((make.FROM, make.TO), (make.TO, date(2026, 6, 30)), (make.TO + timedelta(days=1), date(2026, 6, 30)))
PEOPLE = st.integers(0, 3)
PROPOSAL = st.tuples(st.sampled_from(["one", "two"]), st.booleans(), st.booleans(), st.sampled_from(SPANS), PEOPLE, st.integers(1, 3))


def almighty(world: make.World, name: str) -> Person:
    """A person who holds every office at both centres, both provinces and all communes: only the hands keep them apart."""
    who = person(name)
    held = [("report", "one"), ("report", "two"), ("decide", "province"), ("sign", "centre"), ("commend", "centre"), ("publish", "centre")]
    with open_door():
        for line in (world.police, world.front):
            for office, key in held:
                Post.objects.create(person=who, unit=line[key], office=office, title="Cán bộ", valid_from=SINCE, basis="QĐ 1")
    return who


class Office(RuleBasedStateMachine):
    """Acts by four people who could do everything, on one campaign of two issuers."""

    world: make.World
    people: list[Person]

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)

    def attempt(self, act: Any) -> Any:
        """The act, or nothing when it is refused; then it has left nothing behind."""
        try:
            return act()
        except Refused:
            return None

    @initialize(spans=st.lists(st.sampled_from(SPANS), min_size=4, max_size=4), by=st.lists(PEOPLE, min_size=4, max_size=4))
    def begin(self, spans: list[tuple[date, date]], by: list[int]) -> None:
        """One unit proposed for both forms, for the programme and for all programmes together."""
        for (front, together), span, who in zip(product((False, True), repeat=2), spans, by, strict=True):
            self._proposed("one", front, together, span, who, 1)

    @rule(one=PROPOSAL)
    def propose(self, one: tuple[str, bool, bool, tuple[date, date], int, int]) -> None:
        self._proposed(*one)

    def _proposed(self, unit: str, front: bool, together: bool, span: tuple[date, date], by: int, step: int) -> None:
        """Written and sent by one person, confirmed by another, put forward and posted."""
        second = (by + step) % 4
        world, who = self.world, self.people
        row = self.attempt(lambda: actions.draft_nomination(
            id=uuid4(), campaign_form=world.front_form if front else world.form, recipient="collective", unit=world.police[unit],
            proposer=world.police[unit], programme=None if together else world.programme, achieved_from=span[0], achieved_to=span[1],
            brief="Có thành tích xuất sắc", summary="Đã làm tốt.", by=who[by], at=make.AT,
        ))  # fmt: skip
        sent = row and self.attempt(lambda: actions.submit(nomination=row, by=who[by], at=make.AT))
        taken = sent and self.attempt(lambda: actions.confirm(nomination=row, clear=True, by=who[second], at=make.AT))
        if taken:
            with open_door():
                fresh = Nomination.objects.get(pk=row.pk)
                for kind in ("agreed", "chosen"):
                    move(fresh, kind, who[second], make.AT)
            acts.posted(row.campaign_form, [row])

    @rule(front=st.booleans(), by=PEOPLE, together=st.booleans())
    def decide(self, front: bool, by: int, together: bool) -> None:
        """All that wait for a form at once, or each by itself."""
        form = self.world.front_form if front else self.world.form
        rows = list(Nomination.objects.filter(campaign_form=form, state="chosen"))
        for listed in [rows] if together and rows else [[row] for row in rows]:
            self.attempt(lambda listed=listed: acts.decided(listed, self.people[by]))

    @rule(by=PEOPLE, place=st.integers(0, 9))
    def cancel(self, by: int, place: int) -> None:
        rows = list(Award.objects.order_by("pk"))
        if rows:
            self.attempt(lambda: actions.cancel(
                id=uuid4(), awards=[rows[place % len(rows)]], ground="false_declaration", finding="Khai sai.", dated=acts.DAY, signer_post="Bộ trưởng",
                by=self.people[by], at=acts.AT,
            ))  # fmt: skip

    @rule(by=PEOPLE, place=st.integers(0, 9))
    def withdraw(self, by: int, place: int) -> None:
        rows = list(Nomination.objects.order_by("number"))
        if rows:
            self.attempt(lambda: actions.withdraw(nomination=rows[place % len(rows)], reason="Rút.", by=self.people[by], at=acts.AT))

    @invariant()
    def nobody_proposes_and_decides_the_same_award(self) -> None:
        proposed = set(Hand.objects.filter(side=Side.PROPOSE).values_list("nomination_id", "by_id"))
        for decision in Decision.objects.all():
            awards = decision.awards.all() if decision.kind == "award" else Award.objects.filter(cancellation__decision=decision)
            assert not {(row.nomination_id, decision.by_id) for row in awards} & proposed

    @invariant()
    def one_achievement_has_one_form(self) -> None:
        both = set(ReviewProgramme.objects.filter(review=self.world.campaign.review).values_list("programme_id", flat=True))
        standing = [row.nomination for row in Award.objects.filter(stage="granted").select_related("nomination")]
        for one, other in combinations(standing, 2):
            share = {one.programme_id} if one.programme_id else both
            theirs = {other.programme_id} if other.programme_id else both
            meet = one.achieved_from <= other.achieved_to and other.achieved_from <= one.achieved_to
            assert one.recipient_key != other.recipient_key or not meet or not share & theirs
        assert Holding.objects.count() == len(standing), "what stands holds its achievement, what was cancelled does not"

    @invariant()
    def no_number_is_missing(self) -> None:
        found = defaultdict(list)
        for register, number in Entry.objects.order_by("number").values_list("register", "number"):
            found[register].append(number)
        assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in found.values())
        assert Entry.objects.filter(register__series="van-ban").count() == Decision.objects.count()
        assert Entry.objects.filter(register__series="so-vang").count() == Award.objects.count()


def test_no_order_of_acts_breaks_what_must_hold(world: make.World) -> None:
    Office.world, Office.people = world, [almighty(world, f"moi-viec-{number}") for number in range(4)]
    quick = settings(max_examples=10, stateful_step_count=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Office, settings=quick)  # type: ignore[no-untyped-call]
