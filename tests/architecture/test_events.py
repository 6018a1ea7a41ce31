"""Every declared event has words in both languages; the record is append-only in Python and in the database."""
from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from soket.audit import actions, core, queries
from soket.audit.models import Checkpoint, Event, Position
from soket.audit.registry import UndeclaredEvent, declared
from soket.kernel.actor import SystemActor
from soket.kernel.door import DoorClosed, open_door
from soket.kernel.references import Ref

JOB = SystemActor("test", "a test")


def test_every_event_has_a_vietnamese_sentence() -> None:
    missing = []
    for name, kind in declared().items():
        with translation.override("en"):
            english = str(kind.sentence)
        with translation.override("vi"):
            if str(kind.sentence) == english:
                missing.append(name)
    assert missing == []


def _record(count: int) -> list[Event]:
    kind = next(iter(declared().values()))
    at = timezone.now()
    payload = dict.fromkeys(kind.keys, "x")
    return [actions.record(event=kind, by=JOB, subject=Ref("test.thing", str(i), f"thing {i}"), at=at, payload=payload) for i in range(count)]


@pytest.mark.django_db
def test_wrong_payload_keys_are_refused() -> None:
    kind = next(iter(declared().values()))
    with pytest.raises(UndeclaredEvent):
        actions.record(event=kind, by=JOB, subject=Ref("test.thing", "1", "one"), at=timezone.now(), payload={"surprise": "1"})


@pytest.mark.django_db
def test_an_event_refuses_update_and_delete_in_python_and_in_the_database() -> None:
    event = _record(1)[0]
    event.name = "changed"
    with open_door(), pytest.raises(DoorClosed):
        event.save()
    with pytest.raises(DoorClosed):
        Event.objects.filter(pk=event.pk).update(name="changed")
    for write in (lambda: Event.objects.filter(pk=event.pk).update(name="changed"), lambda: Event.objects.filter(pk=event.pk).delete()):
        with open_door(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            write()
    assert Event.objects.get(pk=event.pk).name != "changed"


def _numbered(one: Event, *numbers: int) -> None:
    """The event again under chosen numbers: as transactions that end in another order than they began leave them."""
    fields = {field.attname: getattr(one, field.attname) for field in Event._meta.concrete_fields}
    with open_door():
        Event.objects.bulk_create([Event(**{**fields, "id": 10**6 + number}) for number in numbers])


@pytest.mark.django_db
def test_the_sequencer_looks_behind_what_was_placed_long_ago_only_when_thorough() -> None:
    start, one = timezone.now(), _record(1)[0]
    _numbered(one, 10, 11)
    assert actions.sequence_pending(at=start, thorough=False) == 3
    _numbered(one, 9)  # begun before the others, ended after them
    assert actions.sequence_pending(at=start + actions.SETTLED, thorough=False) == 1
    _numbered(one, 7, 12)
    assert actions.sequence_pending(at=start + 3 * actions.SETTLED, thorough=False) == 1  # the one behind waits
    assert actions.sequence_pending(at=start + 3 * actions.SETTLED) == 1
    assert Position.objects.count() == Event.objects.count() == 6


@pytest.mark.django_db
def test_the_sequencer_gives_places_and_a_signed_root_that_proves_each_event() -> None:
    events = _record(300)
    assert actions.sequence_pending(at=timezone.now()) == 300
    assert actions.sequence_pending(at=timezone.now()) == 0
    assert list(Position.objects.order_by("position").values_list("position", flat=True)) == list(range(300))
    root = core.root([bytes(event.leaf) for event in events])
    assert bytes(Checkpoint.objects.get(size=300).root) == root
    proof = queries.proof_of(events[7].pk)
    assert proof is not None
    path = [bytes.fromhex(item) for item in proof.path]
    assert core.verify_inclusion(core.leaf_hash(proof.body.encode()), 7, 300, path, root)
    assert not core.verify_inclusion(core.leaf_hash(proof.body.encode() + b" "), 7, 300, path, root)
