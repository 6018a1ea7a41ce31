"""One act of the session: checked against what the actor has seen, appended, told to every screen after commit."""
from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events, rules
from soket.conferences.actions.shared import clean, locked, ref, require_runs
from soket.conferences.core import live as core
from soket.conferences.models import Conference, Delegate, LiveAct, Site
from soket.conferences.queries import agenda, video
from soket.conferences.queries import live as queries
from soket.conferences.words import act_words
from soket.kernel.actor import Actor
from soket.kernel.canonical import canonical
from soket.kernel.clock import day_of
from soket.kernel.door import Refused, action
from soket.live import publish
from soket.ui import core as ui

REASONS = {
    "not_live": _("The session is not open."),
    "already_live": _("The session is already open."),
    "already_paused": _("The session is already paused."),
    "not_paused": _("The session is not paused."),
    "not_called": _("This site has not been called."),
    "asked_already": _("This site has already asked for the floor."),
    "no_request": _("There is no such request to speak."),
    "request_waiting": _("This request is still waiting."),
    "request_granted": _("The floor has already been given."),
    "request_speaking": _("They are speaking now."),
    "request_done": _("This speech has ended."),
    "request_withdrawn": _("This request was withdrawn."),
    "nothing_to_undo": _("There is nothing to take back."),
    "undo_site": _("What a site asked for is withdrawn by the site."),
    "undo_breaks": _("This can no longer be taken back: what came after rests on it."),
    "unknown_kind": _("There is no such act."),
}
STAGES = {"begin": "live", "reopen": "live", "end": "ended"}


@action
def act(
    *, conference: Conference, id: UUID, kind: str, payload: Mapping[str, Any], seen: int, by: Actor, at: datetime, site: Site | None = None
) -> LiveAct:
    """Append one act. `seen` is the sequence that the actor's screen showed; the same id again gives the first act.

    Raises Refused at seen (another console has acted since: its last act is named), or where the act itself is wrong.
    """
    conference = locked(conference)
    known: LiveAct | None = LiveAct.objects.filter(pk=id).first()
    if known is not None:
        if known.conference_id != conference.pk or known.kind != kind:
            raise Refused(_("This id already belongs to another act."), field="id")
        return known
    _allow(conference, kind, site, by, at)
    acts = queries.acts(conference)
    if kind not in core.SITE_KINDS:
        _not_behind(conference, acts, seen)
    full = _payload(conference, kind, payload, id, site, core.fold(acts))
    new = core.Act(len(acts) + 1, kind, full, at)
    try:
        core.check(acts, new)
    except core.Misfit as misfit:
        raise Refused(REASONS.get(misfit.code, REASONS["unknown_kind"]), field=kind) from None
    row = LiveAct(id=id, conference=conference, sequence=new.sequence, kind=kind, payload=canonical(full).decode(), site=site, at=at, by_label=by.actor_label)
    row.save(force_insert=True)
    _stage(conference, [*acts, new])
    _record(conference, row, full, by, at)
    publish.publish_on_commit(partial(_message, conference, at))
    video.follow_later(conference, core.fold([*acts, new]))
    return row


def _message(conference: Conference, at: datetime) -> Any:
    shown = queries.snapshot(conference, at)
    return publish.message(queries.channel_of(conference), int(shown["sequence"]), shown)


def _allow(conference: Conference, kind: str, site: Site | None, by: Actor, at: datetime) -> None:
    if kind in core.SITE_KINDS and site is not None:
        if site.conference_id != conference.pk or site.withdrawn_at is not None or not rules.serves(by, site, day_of(at)):
            raise Refused(_("Only the desk of this site may do this."), field="site")
        return
    require_runs(by, conference, at)


def _not_behind(conference: Conference, acts: list[core.Act], seen: int) -> None:
    """Two consoles never act on different states: what sites asked for meanwhile does not matter, what a console did does."""
    missed = [one for one in acts if one.sequence > seen and one.kind not in core.SITE_KINDS]
    if not missed:
        return
    last = LiveAct.objects.get(conference=conference, sequence=missed[-1].sequence)
    told = gettext("Another console acted at %(at)s: %(what)s. Look again, then repeat if it is still needed.")
    raise Refused(told % {"at": ui.instant(last.at, weekday=False).split(", ")[1], "what": act_words(last.kind, missed[-1].payload)}, field="seen")


def _payload(conference: Conference, kind: str, given: Mapping[str, Any], id: UUID, site: Site | None, now: core.LiveState) -> dict[str, Any]:
    """The payload that means the same for ever: a step names its line, a request its site, unit and speaker."""
    if kind in ("begin", "reopen", "next", "back", "goto"):
        return _line(conference, kind, given, now)
    if kind == "request":
        return _request(conference, given, id, site)
    if kind in ("withdraw_request", "grant", "start_speech", "end_speech", "first"):
        return _about_request(now, given, site)
    if kind in ("call_site", "release_site"):
        found = conference.sites.filter(pk=_whole(given, "site"), withdrawn_at=None).first()
        if found is None:
            raise Refused(_("There is no such site at this conference."), field="site")
        return {"site": found.pk, "name": found.name}
    if kind == "announce":
        return {"text": clean(str(given.get("text", "")), "text", 240)}
    if kind == "extend":
        return {"seconds": _between(given, "seconds", -3600, 3600)}
    if kind == "figure":
        return {"code": clean(str(given.get("code", "")), "code", 40, required=False)}
    if kind == "undo":
        return {"sequence": _whole(given, "sequence")}
    return {}


def _whole(given: Mapping[str, Any], name: str) -> int:
    text = str(given.get(name, ""))
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise Refused(_("Choose one from the list."), field=name)
    return int(text)


def _between(given: Mapping[str, Any], name: str, low: int, high: int) -> int:
    number = _whole(given, name)
    if not low <= number <= high or number == 0:
        raise Refused(_("This number lies outside what is possible here."), field=name)
    return number


def _line(conference: Conference, kind: str, given: Mapping[str, Any], now: core.LiveState) -> dict[str, Any]:
    items = agenda.issued(conference)
    if not items:
        raise Refused(_("Issue the agenda first; the session walks its lines."), field="agenda")
    ids = [item.id for item in items]
    place = ids.index(now.item) if now.item in ids else -1
    if kind in ("begin", "reopen"):
        wanted = ids[max(place, 0)]
    elif kind == "goto":
        wanted = _whole(given, "item")
        if wanted not in ids:
            raise Refused(_("This line is not on the issued agenda."), field="item")
    else:
        step = place + (1 if kind == "next" else -1)
        if not 0 <= step < len(ids):
            raise Refused(_("This is the last line of the agenda.") if kind == "next" else _("This is the first line of the agenda."), field=kind)
        wanted = ids[step]
    item = items[ids.index(wanted)]
    return {"item": item.id, "number": item.number, "title": item.title}


def _request(conference: Conference, given: Mapping[str, Any], id: UUID, site: Site | None) -> dict[str, Any]:
    if site is None:
        site = conference.sites.filter(pk=_whole(given, "site"), withdrawn_at=None).first()
        if site is None:
            raise Refused(_("There is no such site at this conference."), field="site")
    topic = str(given.get("topic", "speak"))
    if topic not in core.TOPICS:
        raise Refused(_("Choose what you ask for."), field="topic")
    delegate = _delegate(conference, site, given)
    if delegate is not None:
        who = delegate.name or next((title.text for title in delegate.titles.all()), "")
    else:
        who = clean(str(given.get("who", "")), "who", 120, required=False)
    unit = delegate.unit_id if delegate else site.host_id
    minutes = _between(given, "minutes", 1, 30) if given.get("minutes") else core.ASKED_MINUTES
    return {"request": str(id), "site": site.pk, "unit": unit, "who": who or site.name, "topic": topic, "minutes": minutes}


def _delegate(conference: Conference, site: Site, given: Mapping[str, Any]) -> Delegate | None:
    if not given.get("delegate"):
        return None
    found: Delegate | None = conference.delegates.filter(pk=_whole(given, "delegate"), site=site).first()
    if found is None:
        raise Refused(_("There is no such delegate at this site."), field="delegate")
    return found


def _about_request(now: core.LiveState, given: Mapping[str, Any], site: Site | None) -> dict[str, Any]:
    row = now.request(str(given.get("request", "")))
    if row is None or (site is not None and row.site != site.pk):
        raise Refused(REASONS["no_request"], field="request")
    return {"request": row.id, "who": row.who}


def _stage(conference: Conference, acts: list[core.Act]) -> None:
    """The stage repeats what the fold says; a concluded conference stays concluded."""
    stage = {"before": "planning", "live": "live", "ended": "ended"}[core.fold(acts).stage]
    if conference.stage not in (stage, "concluded"):
        Conference.objects.filter(pk=conference.pk).update(stage=stage)


def _record(conference: Conference, row: LiveAct, full: Mapping[str, Any], by: Actor, at: datetime) -> None:
    words, payload = act_words(row.kind, full), {"sequence": row.sequence}
    if row.kind in ("begin", "reopen"):
        record(event=events.live.BEGUN, by=by, subject=ref(conference), at=at, payload=payload)
    elif row.kind == "end":
        record(event=events.live.ENDED, by=by, subject=ref(conference), at=at, payload=payload)
    elif row.kind in ("next", "back", "goto"):
        record(event=events.live.MOVED, by=by, subject=ref(conference), at=at, payload={**payload, "what": f"{full['number']}. {full['title']}"})
    elif row.kind == "undo":
        record(event=events.live.UNDONE, by=by, subject=ref(conference), at=at, payload={**payload, "undone": full["sequence"]})
    elif row.kind == "request":
        record(event=events.live.ASKED, by=by, subject=ref(conference), at=at, payload={**payload, "what": full["who"]})
    else:
        record(event=events.live.STEERED, by=by, subject=ref(conference), at=at, payload={**payload, "kind": row.kind, "what": words})
