"""Whatever the order of acts: who has had a hand in proposing a nomination never has one in deciding on it."""
from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soket.commendations import actions
from soket.commendations.models import Hand, Move, Nomination
from soket.files.actions import Upload
from soket.kernel.door import Refused
from soket.organisations.models import Unit
from tests.factories import commendations as make
from tests.factories import reporting
from tests.files import samples

pytestmark = pytest.mark.one_database

PROPOSE = ("edit", "submit", "confirm", "return", "complete", "withdraw", "attach")
DECIDE = ("receive", "ask", "agree", "decline")
STEPS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(PROPOSE + DECIDE)), min_size=4, max_size=12)


def _act(name: str, found: Nomination, unit: Unit, by: Any) -> bool:
    """Whether there was something to act on. Raises Refused."""
    given_: dict[str, Any] = {"nomination": found, "by": by, "at": make.AT}
    judged = {"appraisal": found.appraisals.filter(lead=True).first(), "by": by, "at": make.AT}
    told = {"unit": unit, "programme": None, "achieved_from": make.FROM, "achieved_to": make.TO, "brief": "Khác", "summary": f"Lời văn {uuid4()}"}
    acts = {
        "edit": lambda: actions.edit_nomination(**given_, **told), "submit": lambda: actions.submit(**given_),
        "confirm": lambda: actions.confirm(**given_, clear=True), "return": lambda: actions.return_to_proposer(**given_, reason="Nêu rõ"),
        "complete": lambda: actions.complete(**given_), "withdraw": lambda: actions.withdraw(**given_, reason="Rút"),
        "attach": lambda: actions.attach(**given_, kind="other", title="Giấy tờ", upload=Upload(samples.PDF, "a.pdf")),
        "receive": lambda: actions.receive_dossier(**judged), "ask": lambda: actions.ask_to_complete(**judged, reason="Thiếu"),
        "agree": lambda: actions.agree_to(**judged), "decline": lambda: actions.decline_nomination(**judged, reason="Không đủ"),
    }  # fmt: skip
    if name in DECIDE and judged["appraisal"] is None:
        return False
    acts[name]()
    return True


def test_no_order_of_acts_puts_a_person_on_both_sides(world: make.World) -> None:
    unit = world.police["one"]
    people = [
        reporting.person(f"nguoi-{number}", report=unit, decide=world.police["province"], commend=world.police["centre"]) for number in range(3)
    ]  # fmt: skip

    @given(STEPS)
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def holds(steps: list[tuple[int, str]]) -> None:
        with transaction.atomic():
            _holds(steps)
            transaction.set_rollback(True)

    def _holds(steps: list[tuple[int, str]]) -> None:
        found = make.nomination(world, unit)
        done: dict[str, set[str]] = defaultdict(set)
        for who, name in [*steps, (1, "submit"), (2, "confirm"), (0, "receive"), (0, "agree"), *steps[::-1]]:
            try:
                if _act(name, Nomination.objects.get(pk=found.pk), unit, people[who]):
                    done[people[who].actor_id].add("propose" if name in PROPOSE else "decide")
            except Refused:
                continue
        sides = dict(Hand.objects.filter(nomination=found).values_list("by_id", "side"))
        assert all(len(kinds) == 1 and kinds == {sides[who]} for who, kinds in done.items() if who in sides)
        moves = set(Move.objects.filter(nomination=found).values_list("kind", "by_id"))
        wrote = set(found.wordings.values_list("by_id", flat=True)) | {who for kind, who in moves if kind == "submitted"}
        assert not wrote & {who for kind, who in moves if kind == "confirmed"}

    holds()
