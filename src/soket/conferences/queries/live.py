"""The session as it stands: its acts, its state, and the one snapshot that every screen shows."""
from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from soket.conferences.core.live import Act, LiveState, Request, fold
from soket.conferences.models import Conference, LiveAct
from soket.conferences.models.planning import Stage
from soket.conferences.queries import agenda
from soket.conferences.queries.agenda import IssuedItem
from soket.conferences.queries.naming import unit_names
from soket.kernel.clock import now as clock
from soket.live.core import Message
from soket.live.publish import message

NEXT, QUEUE, FIGURES, TITLES = 3, 8, 4, 4
LONG, SHORT = 150, 90


def channel_of(conference: Conference) -> str:
    """How the live room is asked for this conference's channel."""
    return f"conference:{conference.pk}"


def acts(conference: Conference) -> list[Act]:
    """All acts in their order."""
    rows = LiveAct.objects.filter(conference=conference).order_by("sequence").values_list("sequence", "kind", "payload", "at")
    return [Act(sequence, kind, json.loads(payload), at) for sequence, kind, payload, at in rows]


def state(conference: Conference) -> LiveState:
    return fold(acts(conference))


def history(conference: Conference, limit: int = 20) -> list[LiveAct]:
    """The newest acts, newest first."""
    return list(LiveAct.objects.filter(conference=conference).order_by("-sequence")[:limit])


def sequence_of(conference: Conference) -> int:
    found = LiveAct.objects.filter(conference=conference).order_by("-sequence").values_list("sequence", flat=True).first()
    return found or 0


def current(items: Sequence[IssuedItem], now: LiveState) -> IssuedItem | None:
    """The line the hall is at; None before the session and when the line is no longer on the agenda."""
    return next((one for one in items if one.id == now.item), None)


def snapshot(conference: Conference, at: datetime) -> dict[str, Any]:
    """What every screen shows, the same for all, small enough to be sent to thousands at once.

    Texts are cut to what a screen can hold; the pages behind them have them whole. Instants are ISO 8601 with their zone.
    """
    now, items = state(conference), agenda.issued(conference)
    here = current(items, now)
    sites = dict(conference.sites.values_list("pk", "name"))
    names = unit_names({one.unit for one in now.requests}, conference)
    return {
        "conference": conference.slug, "sequence": now.sequence, "at": at.isoformat(timespec="milliseconds"), "stage": now.stage,
        "began_at": _iso(now.began_at), "ended_at": _iso(now.ended_at),
        "place": [items.index(here) + 1, len(items)] if here else [0, len(items)],
        "item": _item(here) if here else None, "since": _iso(now.item_since),
        "ends_at": _iso(now.ends_at(here.minutes)) if here else None,
        "paused": now.paused_at is not None, "left": now.left(here.minutes, at) if here and now.paused_at else None,
        "next": [_next(one) for one in _following(items, here)],
        "queue": [_waiting(one, place, names, sites) for place, one in enumerate(now.queue[:QUEUE], 1)],
        "queue_total": len(now.queue), "waiting_minutes": now.waiting_minutes(),
        "speaking": _speaking(now, now.speaking, names, sites, conference.budget_s),
        "called": [{"site": site, "name": _cut(sites.get(site, ""), SHORT)} for site in now.called[-6:]],
        "announcement": _cut(now.announcement, 240), "figure": now.figure,
    }  # fmt: skip


def newest() -> Iterator[Message]:
    """The snapshot of each conference in session, sent again for a hub that was restarted."""
    for conference in Conference.objects.filter(stage=Stage.LIVE).order_by("pk"):
        shown = snapshot(conference, clock())
        yield message(channel_of(conference), int(shown["sequence"]), shown)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="milliseconds") if at else None


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _following(items: Sequence[IssuedItem], here: IssuedItem | None) -> Sequence[IssuedItem]:
    place = items.index(here) + 1 if here else 0
    return items[place : place + NEXT]


def _next(item: IssuedItem) -> dict[str, Any]:
    return {"number": item.number, "title": _cut(item.title, SHORT), "starts_at": item.starts_at}


def _item(item: IssuedItem) -> dict[str, Any]:
    speaker, paper = item.speaker, item.paper
    return {
        "id": item.id, "number": item.number, "kind": item.kind, "title": _cut(item.title, LONG), "minutes": item.minutes,
        "speaker": speaker and {
            "name": _cut(speaker["name"], 60), "titles": [_cut(title, SHORT) for title in speaker["titles"][:TITLES]],
            "unit": _cut(speaker["unit"], SHORT), "site": speaker["site_id"], "site_name": _cut(speaker["site"], SHORT),
        },
        "paper": paper and {
            "title": _cut(paper["title"], LONG), "unit": _cut(paper["unit"], SHORT),
            "figures": [{name: _cut(value, 80) if isinstance(value, str) and name != "url" else value for name, value in figure.items()}
                        for figure in paper["figures"][:FIGURES]],
        },
    }  # fmt: skip


def _waiting(one: Request, place: int, names: dict[int, str], sites: dict[int, str]) -> dict[str, Any]:
    return {
        "id": one.id, "place": place, "who": _cut(one.who, 60), "unit": _cut(names.get(one.unit, ""), 60), "site": one.site, "topic": one.topic,
        "minutes": one.minutes, "state": one.state,
    }  # fmt: skip


def _speaking(now: LiveState, one: Request | None, names: dict[int, str], sites: dict[int, str], budget: int) -> dict[str, Any] | None:
    if one is None or one.began_at is None:
        return None
    return {
        "id": one.id, "who": _cut(one.who, 60), "unit": _cut(names.get(one.unit, ""), SHORT),
        "site": one.site, "site_name": _cut(sites.get(one.site, ""), SHORT),
        "began_at": _iso(one.began_at), "before_s": now.spoken(one.unit, one.began_at), "budget_s": budget, "topic": one.topic,
    }  # fmt: skip
