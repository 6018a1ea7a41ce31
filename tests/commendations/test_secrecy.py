"""Secret ballots: what is stored is the same whoever cast which ballot, and no sequence of acts gives a ballot to who must not have one."""
from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.core.serializers import serialize
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soket.audit.models import Event
from soket.commendations import actions
from soket.commendations.actions.shared import take_side
from soket.commendations.core import ballots
from soket.commendations.models import Hand, Meeting, Question, Recusal, Tally, Turnout
from soket.commendations.models.nominating import Side
from soket.commendations.queries import meetings, recount
from soket.kernel.door import Refused, open_door
from tests.commendations.chamber import AT, council, drawn, opened, seat
from tests.factories import commendations as make

pytestmark = pytest.mark.one_database

VOTERS, QUESTIONS = 4, 2
SAME_WORLD = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Undo(Exception):
    """Ends an example: its rows go."""


def _dump() -> dict[str, list[str]]:
    """Every row of the room and of the record as canonical text. Keys given by the database are replaced by their order in the table:
    a sequence goes on after an example is undone."""
    models = [*apps.get_app_config("commendations").get_models(), Event]
    rows = {model: json.loads(serialize("json", model._default_manager.order_by("pk"))) for model in models}
    place = {(model, row["pk"]): order for model, found in rows.items() for order, row in enumerate(found)}
    told: dict[str, list[str]] = {}
    for model, found in rows.items():
        links = {field.name: field.related_model for field in model._meta.fields if field.related_model in rows}
        for row in found:
            row["pk"] = place[model, row["pk"]]
            row["fields"] |= {name: place.get((to, row["fields"][name])) for name, to in links.items()}
        told[model.__name__] = sorted(json.dumps(row, sort_keys=True, ensure_ascii=False) for row in found)
    return told


@dataclass(frozen=True)
class _Filled:
    """A ballot as a browser holds it: token and salt drawn by chance, a choice; some are taken and never cast."""

    seed: int
    choice: str
    cast: bool


def _run(world: make.World, meeting: Meeting, filled: Sequence[Sequence[_Filled]], steps: Sequence[int]) -> tuple[dict[str, list[str]], list[int]]:
    """Vote in the order of `steps` (a voter's first step takes the ballots, the second casts them), count, and give what is stored then
    and every blinded message that the server was sent."""
    asked, sent, held = meetings.questions(meeting), [], dict[int, list[tuple[Question, ballots.Ballot]]]()
    for voter in steps:
        person = world.members[voter]
        if voter in held:
            for question, ballot in held[voter]:
                actions.cast_ballot(question=question, ballot=ballot)
            continue
        held[voter] = []
        for question, row in zip(asked, filled, strict=True):
            mine, key = row[voter], ballots.PublicKey.read(question.public_key)
            token = drawn("token", question.order, mine.seed).hex()
            text = ballots.message(token, mine.choice)
            r = int.from_bytes(drawn("r", question.order, voter, size=255), "big")
            blinded, inverse = ballots.blind(key, text, drawn("salt", question.order, mine.seed, size=48), r)
            sent.append(blinded)
            signed = actions.take_ballot(question=question, member=seat(meeting.council, person), blinded=blinded, by=person, at=AT)
            if mine.cast:
                held[voter].append((question, ballots.Ballot(token, mine.choice, ballots.finalize(key, text, signed, inverse))))
    actions.count_meeting(meeting=meeting, by=world.clerk, at=AT)
    return _dump(), sent


def _undone(world: make.World, meeting: Meeting, filled: Sequence[Sequence[_Filled]], steps: Sequence[int]) -> tuple[dict[str, list[str]], list[int]]:
    try:
        with transaction.atomic():
            found = _run(world, meeting, filled, steps)
            raise _Undo
    except _Undo:
        return found


FILLED = st.lists(
    st.lists(st.tuples(st.sampled_from(ballots.CHOICES), st.booleans()), min_size=VOTERS, max_size=VOTERS), min_size=QUESTIONS, max_size=QUESTIONS
)
STEPS = st.permutations([*range(VOTERS), *range(VOTERS)])


@SAME_WORLD
@given(filled=FILLED, steps=STEPS, swap=st.permutations(range(VOTERS)))
def test_what_is_stored_does_not_tell_who_cast_which_ballot(
    world: make.World, filled: list[list[tuple[str, bool]]], steps: list[int], swap: list[int]
) -> None:  # fmt: skip
    rows = [make.nomination(world, world.police["one"], state="agreed", person_name=f"Người {place}") for place in range(QUESTIONS)]
    known = meetings.Council.objects.first()
    meeting = opened(known or council(world), world, rows)
    before = [[_Filled(seed, *one) for seed, one in enumerate(row)] for row in filled]
    after = [[row[swap[voter]] for voter in range(VOTERS)] for row in before]
    first, sent = _undone(world, meeting, before, steps)
    second, sent_again = _undone(world, meeting, after, steps)
    assert first == second
    stored = "\n".join(line for lines in first.values() for line in lines)
    for blinded in {*sent, *sent_again}:
        assert f"{blinded:x}" not in stored
        assert str(blinded) not in stored
    tokens = [drawn("token", order, seed).hex() for order in range(1, QUESTIONS + 1) for seed in range(VOTERS)]
    holding = {name: [line for line in lines if any(token in line for token in tokens)] for name, lines in first.items()}
    assert {name for name, lines in holding.items() if lines} <= {"Urn", "Tally"}
    people = [person.label for person in world.members] + [f"Ủy viên thứ {place}" for place in range(1, 6)]
    assert not any(word in line for lines in holding.values() for line in lines for word in people)


@SAME_WORLD
@given(filled=FILLED, steps=STEPS)
def test_a_recount_of_what_is_stored_gives_the_tally_and_never_more_ballots_than_were_taken(
    world: make.World, filled: list[list[tuple[str, bool]]], steps: list[int]
) -> None:  # fmt: skip
    rows = [make.nomination(world, world.police["one"], state="agreed", person_name=f"Người {place}") for place in range(QUESTIONS)]
    meeting = opened(meetings.Council.objects.first() or council(world), world, rows)
    try:
        with transaction.atomic():
            _run(world, meeting, [[_Filled(seed, *one) for seed, one in enumerate(row)] for row in filled], steps)
            for checked, row in zip(recount.check(Meeting.objects.get(pk=meeting.pk), AT.date()), filled, strict=True):
                cast = [choice for choice, flag in row if flag]
                assert (checked.found.yes, checked.found.no, checked.found.blank) == tuple(cast.count(name) for name in ballots.CHOICES)
                assert checked.holds
                assert checked.found.cast <= Turnout.objects.filter(question=checked.question).count() == VOTERS
                assert checked.not_cast == VOTERS - len(cast)
            assert recount.recorded(meeting)[1] == recount.meeting_digest(Tally.objects.filter(question__meeting=meeting).select_related("question"))
            raise _Undo
    except _Undo:
        pass


ACTS = st.lists(st.tuples(st.sampled_from(["recuse", "propose", "vote"]), st.integers(0, 2), st.integers(0, 1)), min_size=4, max_size=10)


@SAME_WORLD
@given(acts=ACTS)
def test_no_order_of_acts_gives_a_ballot_to_who_declared_a_conflict_or_proposed(world: make.World, acts: list[tuple[str, int, int]]) -> None:
    rows = [make.nomination(world, world.police["one"], state="agreed", person_name=f"Người {place}") for place in range(2)]
    held = meetings.Council.objects.first() or council(world)
    asked = meetings.questions(opened(held, world, rows))
    for kind, voter, place in acts:
        person, question = world.members[voter], asked[place]
        try:
            if kind == "recuse":
                actions.recuse(member=seat(held, person), nomination=question.nomination, reason="Người thân", by=person, at=AT)
            elif kind == "propose":
                with open_door(), transaction.atomic():
                    take_side(question.nomination, Side.PROPOSE, "draft", person, AT)
            else:
                actions.take_ballot(question=question, member=seat(held, person), blinded=5, by=person, at=AT)
        except Refused:
            continue
    for turnout in Turnout.objects.select_related("question", "member"):
        about = {"nomination_id": turnout.question.nomination_id}
        assert not Recusal.objects.filter(member=turnout.member, **about).exists()
        assert not Hand.objects.filter(side=Side.PROPOSE, by_id=str(turnout.member.person_id), **about).exists()
        assert Hand.objects.filter(side=Side.DECIDE, by_id=str(turnout.member.person_id), **about).exists()
