"""The live session as a pure fold: an append-only list of acts in, the state of the hall out.

Every act carries all that it means (a step to the next line names the line), so the fold needs nothing else and any
prefix of the acts is a valid state. An act that no longer fits is skipped and named in `skipped`. Undoing is an act
too: it takes one earlier act out of the fold, and can itself be undone.
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

TOPICS = ("order", "answer", "speak")
"""A point of order stands before an answer, an answer before a speech."""
WAITING, GRANTED, SPEAKING, DONE, WITHDRAWN = "waiting", "granted", "speaking", "done", "withdrawn"
ASKED_MINUTES = 3
"""How long a speech is taken to last when the site does not say."""


@dataclass(frozen=True)
class Act:
    """One act: its place, kind, payload and the instant it was received."""

    sequence: int
    kind: str
    payload: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class Request:
    """Somebody asks to speak, from a site, for a unit. `minutes` is what they ask for."""

    id: str
    site: int
    unit: int
    who: str
    topic: str
    minutes: int
    at: datetime
    state: str = WAITING
    began_at: datetime | None = None
    ended_at: datetime | None = None

    def seconds(self, now: datetime) -> int:
        """How long they have spoken."""
        if self.began_at is None:
            return 0
        return max(0, int(((self.ended_at or now) - self.began_at).total_seconds()))


@dataclass(frozen=True)
class LiveState:
    """What is true in the hall after `sequence` acts."""

    sequence: int = 0
    stage: str = "before"
    began_at: datetime | None = None
    ended_at: datetime | None = None
    item: int | None = None
    item_since: datetime | None = None
    added_s: int = 0
    paused_at: datetime | None = None
    paused_s: int = 0
    called: tuple[int, ...] = ()
    requests: tuple[Request, ...] = ()
    announcement: str = ""
    announced_at: datetime | None = None
    figure: str = ""
    skipped: tuple[int, ...] = field(default=(), compare=False)

    def request(self, id: str) -> Request | None:
        return next((one for one in self.requests if one.id == id), None)

    @property
    def speaking(self) -> Request | None:
        return next((one for one in self.requests if one.state == SPEAKING), None)

    @property
    def queue(self) -> tuple[Request, ...]:
        """Who waits, in the order in which they will speak: granted first, then points of order, answers, speeches as they came."""
        waiting = [one for one in self.requests if one.state in (WAITING, GRANTED)]
        return tuple(sorted(waiting, key=lambda one: (one.state != GRANTED, TOPICS.index(one.topic))))

    def spoken(self, unit: int, now: datetime) -> int:
        """Seconds that the unit's delegation has spoken so far, the running speech included."""
        return sum(one.seconds(now) for one in self.requests if one.unit == unit)

    def waiting_minutes(self) -> int:
        """The minutes that all who wait have asked for, together."""
        return sum(one.minutes for one in self.queue)

    def ends_at(self, minutes: int) -> datetime | None:
        """When the current line is over; while paused it moves on with the clock, see `left`."""
        if self.item_since is None:
            return None
        return self.item_since + timedelta(seconds=minutes * 60 + self.added_s + self.paused_s)

    def left(self, minutes: int, now: datetime) -> int | None:
        """Seconds left of the current line, below zero when it is over time."""
        end = self.ends_at(minutes)
        return None if end is None else int((end - (self.paused_at or now)).total_seconds())


class Misfit(Exception):
    """The act does not fit the state; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


Handler = Callable[[LiveState, Act], LiveState]


def _live(state: LiveState) -> None:
    if state.stage != "live":
        raise Misfit("not_live")


def _begin(state: LiveState, act: Act) -> LiveState:
    if state.stage == "live":
        raise Misfit("already_live")
    item = act.payload.get("item", state.item)
    return replace(state, stage="live", began_at=state.began_at or act.at, ended_at=None, item=item, item_since=act.at, added_s=0, paused_s=0, paused_at=None)


def _end(state: LiveState, act: Act) -> LiveState:
    _live(state)
    stopped = tuple(replace(one, state=DONE, ended_at=act.at) if one.state == SPEAKING else one for one in state.requests)
    return replace(state, stage="ended", ended_at=act.at, paused_at=None, requests=stopped, called=(), figure="")


def _goto(state: LiveState, act: Act) -> LiveState:
    _live(state)
    return replace(state, item=int(act.payload["item"]), item_since=act.at, added_s=0, paused_s=0, paused_at=None, figure="")


def _pause(state: LiveState, act: Act) -> LiveState:
    _live(state)
    if state.paused_at is not None:
        raise Misfit("already_paused")
    return replace(state, paused_at=act.at)


def _resume(state: LiveState, act: Act) -> LiveState:
    _live(state)
    if state.paused_at is None:
        raise Misfit("not_paused")
    return replace(state, paused_at=None, paused_s=state.paused_s + max(0, int((act.at - state.paused_at).total_seconds())))


def _extend(state: LiveState, act: Act) -> LiveState:
    _live(state)
    return replace(state, added_s=state.added_s + int(act.payload["seconds"]))


def _call(state: LiveState, act: Act) -> LiveState:
    _live(state)
    site = int(act.payload["site"])
    return replace(state, called=(*(one for one in state.called if one != site), site))


def _release(state: LiveState, act: Act) -> LiveState:
    site = int(act.payload["site"])
    if site not in state.called:
        raise Misfit("not_called")
    return replace(state, called=tuple(one for one in state.called if one != site))


def _announce(state: LiveState, act: Act) -> LiveState:
    return replace(state, announcement=str(act.payload["text"]), announced_at=act.at)


def _silence(state: LiveState, act: Act) -> LiveState:
    return replace(state, announcement="", announced_at=None)


def _ask(state: LiveState, act: Act) -> LiveState:
    _live(state)
    given = act.payload
    if state.request(given["request"]) is not None:
        raise Misfit("asked_already")
    if any(one.site == given["site"] and one.topic == given["topic"] and one.state == WAITING and one.who == given["who"] for one in state.requests):
        raise Misfit("asked_already")
    row = Request(given["request"], int(given["site"]), int(given["unit"]), str(given["who"]), given["topic"], int(given["minutes"]), act.at)
    return replace(state, requests=(*state.requests, row))


def _step(state: LiveState, act: Act, allowed: tuple[str, ...], /, **changes: Any) -> LiveState:
    row = state.request(act.payload["request"])
    if row is None:
        raise Misfit("no_request")
    if row.state not in allowed:
        raise Misfit("request_" + row.state)
    rows = tuple(replace(one, **changes) if one.id == row.id else one for one in state.requests)
    return replace(state, requests=rows)


def _withdraw(state: LiveState, act: Act) -> LiveState:
    return _step(state, act, (WAITING, GRANTED), state=WITHDRAWN)


def _grant(state: LiveState, act: Act) -> LiveState:
    _live(state)
    return _step(state, act, (WAITING,), state=GRANTED)


def _start(state: LiveState, act: Act) -> LiveState:
    _live(state)
    running = state.speaking
    if running is not None:
        state = _step(state, replace(act, payload={"request": running.id}), (SPEAKING,), state=DONE, ended_at=act.at)
    return _step(state, act, (WAITING, GRANTED), state=SPEAKING, began_at=act.at)


def _stop(state: LiveState, act: Act) -> LiveState:
    return _step(state, act, (SPEAKING,), state=DONE, ended_at=act.at)


def _first(state: LiveState, act: Act) -> LiveState:
    """Put a waiting request before all others of its kind."""
    moved = _step(state, act, (WAITING, GRANTED))
    row = moved.request(act.payload["request"])
    return replace(moved, requests=tuple(filter(None, (row, *(one for one in moved.requests if row is None or one.id != row.id)))))


def _show(state: LiveState, act: Act) -> LiveState:
    _live(state)
    return replace(state, figure=str(act.payload["code"]))


HANDLERS: dict[str, Handler] = {
    "begin": _begin, "end": _end, "reopen": _begin, "next": _goto, "back": _goto, "goto": _goto, "pause": _pause, "resume": _resume,
    "extend": _extend, "call_site": _call, "release_site": _release, "announce": _announce, "withdraw_announcement": _silence,
    "request": _ask, "withdraw_request": _withdraw, "grant": _grant, "start_speech": _start, "end_speech": _stop, "first": _first,
    "figure": _show,
}  # fmt: skip
SITE_KINDS = frozenset({"request", "withdraw_request"})
"""What a site may do by itself; the chair's undo never reaches it."""


def cancelled(acts: Sequence[Act]) -> frozenset[int]:
    """The sequences that a standing undo takes out. Read from the end, an undo counts unless a later one took it out."""
    out: set[int] = set()
    for act in sorted(acts, key=lambda one: -one.sequence):
        if act.kind == "undo" and act.sequence not in out:
            out.add(int(act.payload["sequence"]))
    return frozenset(out)


def fold(acts: Sequence[Act]) -> LiveState:
    """The state after all the acts, in the order of their sequence."""
    out, state, skipped = cancelled(acts), LiveState(), []
    for act in sorted(acts, key=lambda one: one.sequence):
        if act.kind != "undo" and act.sequence not in out:
            try:
                state = HANDLERS[act.kind](state, act)
            except (Misfit, KeyError):
                skipped.append(act.sequence)
        state = replace(state, sequence=act.sequence)
    return replace(state, skipped=tuple(skipped))


def check(acts: Sequence[Act], new: Act) -> None:
    """Raise Misfit when the new act does not fit; for an undo, when what came after the undone act would no longer stand."""
    if new.kind == "undo":
        _check_undo(acts, new)
        return
    if new.kind not in HANDLERS:
        raise Misfit("unknown_kind")
    HANDLERS[new.kind](fold(acts), new)


def _check_undo(acts: Sequence[Act], new: Act) -> None:
    target = next((act for act in acts if act.sequence == int(new.payload["sequence"])), None)
    if target is None or target.sequence in cancelled(acts):
        raise Misfit("nothing_to_undo")
    if target.kind in SITE_KINDS:
        raise Misfit("undo_site")
    if len(fold([*acts, new]).skipped) > len(fold(acts).skipped):
        raise Misfit("undo_breaks")


def undoable(acts: Sequence[Act]) -> Act | None:
    """The newest act of the chair that undoing would take back, None when there is none."""
    out = cancelled(acts)
    return next(
        (act for act in sorted(acts, key=lambda one: -one.sequence) if act.sequence not in out and act.kind not in SITE_KINDS and act.kind != "undo"),
        None,
    )
