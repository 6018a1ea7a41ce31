"""What the pages of the session show besides the snapshot."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from soket.conferences.core.live import Act, LiveState, Request, fold, undoable
from soket.conferences.models import Conference, Delegate, LiveAct, Site
from soket.conferences.queries import agenda, live, scope
from soket.conferences.queries.agenda import IssuedItem
from soket.conferences.queries.naming import unit_names
from soket.conferences.words import act_words, topic_words
from soket.kernel.actor import Actor
from soket.kernel.text import name_search

FOUND = 12
INSTANTS = ("at", "began_at", "ended_at", "since", "ends_at")


@dataclass(frozen=True)
class Waiting:
    """One who asks for the floor, with the delegation's time."""

    request: Request
    unit: str
    site: str
    topic: str
    spoken_s: int
    left_s: int | None

    @property
    def over_s(self) -> int:
        return max(0, -(self.left_s or 0))


@dataclass(frozen=True)
class Console:
    """All that the chair sees."""

    state: LiveState
    items: list[IssuedItem]
    here: IssuedItem | None
    queue: list[Waiting]
    speaking: Waiting | None
    undo: tuple[int, str] | None
    history: list[tuple[LiveAct, str]]
    called: list[Site]
    found: list[Site]
    figures: list[dict[str, Any]]


def console(conference: Conference, at: datetime, asked: str) -> Console:
    """The session for the chair; `asked` looks for sites to call, by name, with or without tone marks."""
    acts, items = live.acts(conference), agenda.issued(conference)
    state = fold(acts)
    here = live.current(items, state)
    sites = {site.pk: site for site in scope.sites(conference)}
    names = unit_names({one.unit for one in state.requests}, conference)
    holds = name_search(asked)
    found = [site for site in sites.values() if holds(site.name) and site.pk not in state.called][:FOUND] if asked else []
    rows = [_waiting(one, state, names, sites, conference.budget_s, at) for one in state.queue]
    speaking = _waiting(state.speaking, state, names, sites, conference.budget_s, at) if state.speaking else None
    return Console(
        state, items, here, rows, speaking, _undo(acts), [(row, _words(row, acts)) for row in live.history(conference, 12)],
        [sites[pk] for pk in state.called if pk in sites], found, list(here.paper["figures"]) if here and here.paper else [],
    )


def _waiting(one: Request, state: LiveState, names: dict[int, str], sites: dict[int, Site], budget: int, at: datetime) -> Waiting:
    spoken = state.spoken(one.unit, at)
    site = sites.get(one.site)
    return Waiting(one, names.get(one.unit, ""), site.name if site else "", topic_words(one.topic), spoken, budget - spoken if budget else None)


def _undo(acts: list[Act]) -> tuple[int, str] | None:
    last = undoable(acts)
    return (last.sequence, act_words(last.kind, last.payload)) if last else None


def _words(row: LiveAct, acts: list[Act]) -> str:
    return act_words(row.kind, acts[row.sequence - 1].payload)


def dated(shown: dict[str, Any]) -> dict[str, Any]:
    """The snapshot with instants in place of their texts, for a page."""
    made = {name: datetime.fromisoformat(value) if name in INSTANTS and value else value for name, value in shown.items()}
    made["next"] = [{**row, "starts_at": datetime.fromisoformat(row["starts_at"])} for row in shown["next"]]
    return made


def figures(shown: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The figures of the paper at hand in one language."""
    paper = shown["item"] and shown["item"]["paper"]
    return [{"label": row[f"label_{language}"], "display": row[f"display_{language}"], "url": row["url"]} for row in paper["figures"]] if paper else []


def delegates_at(site: Site) -> list[tuple[int, str]]:
    """(id, name or first title and number) of those on the site's list."""
    rows: list[Delegate] = list(site.delegates.exclude(state__in=["withdrawn", "replaced"]).prefetch_related("titles").order_by("order", "number"))
    return [(row.pk, ", ".join(filter(None, [row.name, *[title.text for title in row.titles.all()][:1]])) + f" ({row.number})") for row in rows]


def desks(actor: Actor, conference: Conference, day: date) -> list[Site]:
    """The sites whose screen the actor opens with its own requests."""
    return list(scope.served_sites(actor, conference, day))
