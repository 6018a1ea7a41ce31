"""The only writes to the record: append an event, give places in the tree, sign a checkpoint."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from soket.audit import core
from soket.audit.checkpoint import load_or_create_key, make_checkpoint
from soket.audit.models import Checkpoint, Event, LogState, Position, Tile
from soket.audit.registry import EventType, UndeclaredEvent, event_type
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.door import action
from soket.kernel.references import Ref

TILE = 256
SETTLED = timedelta(minutes=10)
"""No transaction that writes events is expected to take longer: below the number placed then, nothing comes any more."""


@dataclass(frozen=True)
class EventDraft:
    """One act to be recorded. `payload` holds exactly the declared keys; numbers beyond 2^53 as strings."""

    event: EventType
    by: Actor
    subject: Ref
    at: datetime
    payload: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


def _row(draft: EventDraft) -> Event:
    if event_type(draft.event.name) is not draft.event or set(draft.payload) != draft.event.keys:
        raise UndeclaredEvent(f"{draft.event.name}: keys {sorted(draft.payload)}, declared {sorted(draft.event.keys)}")
    actor = Ref(draft.by.actor_kind, draft.by.actor_id, draft.by.actor_label)
    body = canonical(
        {
            "name": draft.event.name,
            "at": draft.at.isoformat(),
            "actor": actor.as_dict(),
            "subject": draft.subject.as_dict(),
            "payload": draft.payload,
            "reason": draft.reason,
        }
    )
    return Event(
        name=draft.event.name,
        at=draft.at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label[:200],
        subject_kind=draft.subject.kind,
        subject_id=draft.subject.id,
        subject_label=draft.subject.label[:300],
        body=body.decode("utf-8"),
        leaf=core.leaf_hash(body),
    )


@action
def record(
    *, event: EventType, by: Actor, subject: Ref, at: datetime, payload: dict[str, Any] | None = None, reason: str = ""
) -> Event:
    """Append one event inside the caller's transaction. Raises UndeclaredEvent on wrong keys."""
    row = _row(EventDraft(event, by, subject, at, payload or {}, reason))
    row.save(force_insert=True)
    return row


@action
def record_many(*, drafts: Sequence[EventDraft]) -> list[Event]:
    """Append many events at once; each is the same event as `record` would write."""
    return list(Event.objects.bulk_create([_row(draft) for draft in drafts], batch_size=2000))


def _lock_log() -> LogState:
    """One sequencer at a time: SQLite's writer lock, or a row lock on PostgreSQL."""
    state, _ = LogState.objects.get_or_create(id=1)
    if connection.vendor == "postgresql":
        state = LogState.objects.select_for_update().get(id=1)
    return state


def _settled(at: datetime) -> int:
    """The number of the last event placed `SETTLED` ago or earlier; 0 when there is none."""
    size = Checkpoint.objects.filter(at__lt=at - SETTLED).order_by("-size").values_list("size", flat=True).first()
    return int(Position.objects.values_list("event_id", flat=True).get(position=size - 1)) if size else 0


@action
def sequence_pending(*, at: datetime, limit: int = 100_000, thorough: bool = True) -> int:
    """Give every waiting event its position, store full tiles, and sign a checkpoint. Returns how many.

    Not `thorough`: only events numbered after those placed `SETTLED` ago are looked at, so that a log of millions is not read each second.
    One whose transaction took longer than that waits for the next thorough pass.
    """
    state = _lock_log()
    rows_waiting = Event.objects.filter(place=None) if thorough else Event.objects.filter(place=None, id__gt=_settled(at))
    waiting = list(rows_waiting.order_by("id").values_list("id", "leaf")[:limit])
    if not waiting:
        return 0
    frontier = core.Frontier.from_json(state.frontier) if state.frontier else core.Frontier()
    rows = []
    for offset, (event_id, leaf) in enumerate(waiting):
        frontier.append(bytes(leaf))
        rows.append(Position(position=state.size + offset, event_id=event_id, leaf=bytes(leaf)))
    Position.objects.bulk_create(rows, batch_size=5000)
    old_size, state.size = state.size, state.size + len(rows)
    state.frontier = frontier.to_json()
    state.save()
    _store_tiles(old_size, state.size)
    signer = load_or_create_key(settings.DATA / "keys" / "log.key")
    Checkpoint(
        size=state.size, root=frontier.root(), text=make_checkpoint(settings.LOG_ORIGIN, state.size, frontier.root(), signer), at=at
    ).save(force_insert=True)
    return len(rows)


def _store_tiles(old_size: int, new_size: int) -> None:
    first, last = old_size // TILE, new_size // TILE
    if first == last:
        return
    leaves = [
        bytes(leaf)
        for leaf in Position.objects.filter(position__gte=first * TILE, position__lt=last * TILE)
        .order_by("position")
        .values_list("leaf", flat=True)
    ]
    Tile.objects.bulk_create(
        [Tile(index=first + i, hash=core.root(leaves[i * TILE : (i + 1) * TILE])) for i in range(last - first)]
    )
