"""Reads of the record: events about a thing, their sentence in a language, their proof."""
from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from soket.audit import core
from soket.audit.checkpoint import fingerprint, load_or_create_key, verifier_key
from soket.audit.models import Checkpoint, Event, Position, Tile
from soket.audit.registry import event_type
from soket.kernel.actor import Actor, Office
from soket.kernel.clock import VIETNAM


@dataclass(frozen=True)
class Proof:
    """What an offline verifier needs: the leaf's body, its place, the path and the signed checkpoint."""

    body: str
    position: int
    size: int
    path: list[str]
    checkpoint: str


def events_about(kind: str, id_: str) -> QuerySet[Event]:
    """Events whose subject is this thing, newest first."""
    return Event.objects.filter(subject_kind=kind, subject_id=id_).select_related("place").order_by("-id")


def visible_events(actor: Actor, day: date) -> QuerySet[Event]:
    """The whole record for those who administer everything; everyone else sees their own acts."""
    events = Event.objects.select_related("place").order_by("-id")
    if actor.reach(Office.ADMINISTER, day).everything:
        return events
    return events.filter(actor_kind=actor.actor_kind, actor_id=actor.actor_id)


def filtered(events: QuerySet[Event], *, name: str = "", subject: str = "", on: date | None = None) -> QuerySet[Event]:
    """Narrowed by event name, by a part of the subject's label, by day in Viet Nam."""
    if name:
        events = events.filter(name=name)
    if subject:
        events = events.filter(subject_label__icontains=subject)
    if on:
        start = datetime.combine(on, time(), VIETNAM)
        events = events.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return events


def event_in(events: QuerySet[Event], event_id: int) -> Event | None:
    """One event of those the actor may see."""
    return events.filter(pk=event_id).first()


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence_of(event: Event) -> str:
    """The event in the reader's language, made from its declared sentence."""
    body = json.loads(event.body)
    words = _Blank({key: str(value) for key, value in body["payload"].items()})
    words.update(subject=event.subject_label, actor=event.actor_label)
    return str(event_type(event.name).sentence).format_map(words)


def latest_checkpoint() -> Checkpoint | None:
    return Checkpoint.objects.order_by("-size").first()


def position_of(event_id: int) -> int | None:
    """The event's place in the tree, or None while the sequencer has not come by."""
    return Position.objects.filter(event_id=event_id).values_list("position", flat=True).first()


def _leaves(start: int, end: int) -> list[bytes]:
    rows = Position.objects.filter(position__gte=start, position__lt=end).order_by("position")
    return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]


def _tiles() -> dict[int, bytes]:
    """One hash for 256 entries: a million entries make four thousand rows."""
    return {index: bytes(value) for index, value in Tile.objects.values_list("index", "hash")}


def proof_of(event_id: int, *, checkpoint: Checkpoint | None = None) -> Proof | None:
    """Inclusion of the event under a checkpoint (the newest unless given), or None while it has no place there."""
    position, checkpoint = position_of(event_id), checkpoint or latest_checkpoint()
    if position is None or checkpoint is None or position >= checkpoint.size:
        return None
    path = core.inclusion_proof(core.subtree_reader(_leaves, _tiles().get), position, checkpoint.size)
    body = Event.objects.values_list("body", flat=True).get(id=event_id)
    return Proof(body, position, checkpoint.size, [item.hex() for item in path], checkpoint.text)


def place_in_words(position: int | None) -> str:
    """The position for a receipt: the number, or that it is being given."""
    return str(position) if position is not None else _("being given")


def public_key() -> tuple[str, str]:
    """(verifier key, fingerprint) of this server: what a checker takes from outside any file."""
    key = load_or_create_key(settings.DATA / "keys" / "log.key").public_key()
    return verifier_key(settings.LOG_ORIGIN, key), fingerprint(key)


def bodies_under(checkpoint: Checkpoint) -> Iterator[bytes]:
    """The bodies of all events the checkpoint covers, in order of position, read piece by piece."""
    rows = Position.objects.filter(position__lt=checkpoint.size).order_by("position")
    for body in rows.values_list("event__body", flat=True).iterator(chunk_size=2000):
        yield body.encode()
