"""Words for what is stored as codes: acts of the session, topics, changes of the agenda, outcomes of a scan."""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from soket.conferences.models import Scan
from soket.ui import core as ui


def act_words(kind: str, payload: Mapping[str, Any]) -> str:
    """An act in one sentence without its time, in the reader's language."""
    line = f"{payload.get('number', '')}. {payload.get('title', '')}"
    who, name = str(payload.get("who", "")), str(payload.get("name", ""))
    words = {
        "begin": _("session opened"), "reopen": _("session reopened"), "end": _("session closed"),
        "next": _("on to %(line)s") % {"line": line}, "back": _("back to %(line)s") % {"line": line}, "goto": _("to %(line)s") % {"line": line},
        "pause": _("paused"), "resume": _("resumed"), "call_site": _("%(name)s called") % {"name": name},
        "release_site": _("%(name)s released") % {"name": name}, "announce": _("announcement: %(text)s") % {"text": payload.get("text", "")},
        "withdraw_announcement": _("announcement withdrawn"), "request": _("%(who)s asks for the floor") % {"who": who},
        "withdraw_request": _("%(who)s withdraws the request") % {"who": who}, "grant": _("floor given to %(who)s") % {"who": who},
        "start_speech": _("%(who)s begins to speak") % {"who": who}, "end_speech": _("%(who)s has spoken") % {"who": who},
        "first": _("%(who)s put first") % {"who": who}, "extend": _extended(payload), "figure": _shown(payload),
        "undo": _("act %(sequence)s taken back") % {"sequence": payload.get("sequence", "")},
    }  # fmt: skip
    return words.get(kind, kind)


def _extended(payload: Mapping[str, Any]) -> str:
    minutes = int(payload.get("seconds", 0)) // 60
    return _("%(minutes)s minutes more") % {"minutes": minutes} if minutes > 0 else _("%(minutes)s minutes less") % {"minutes": -minutes}


def _shown(payload: Mapping[str, Any]) -> str:
    code = str(payload.get("code", ""))
    return _("figure %(code)s shown") % {"code": code} if code else _("figure hidden")


def outcome_words(scan: Scan) -> str:
    """What a desk is told of a scan: who it was, and what to do when it was not taken."""
    who = f"{scan.delegate.number}" if scan.delegate else ""
    told = {
        "accepted": _("Number %(who)s has left.") if scan.way == "exit" else _("Welcome, number %(who)s."),
        "elsewhere": _("Welcome, number %(who)s. They are on the list of another site."),
        "already": _("Number %(who)s is here already."), "not_in": _("Number %(who)s has not arrived here."),
        "unknown": _("This is no badge of this conference. Look the person up in the list."),
        "other": _("This badge is of another conference. Look the person up in the list."),
        "withdrawn": _("Number %(who)s was taken off the list. Ask who runs the conference."),
        "replaced": _("Another person attends instead of number %(who)s. Look for the one who attends instead."),
        "conflict": _("Number %(who)s is counted at another site too. Who runs the conference decides; let them in."),
    }[scan.outcome]
    return told % {"who": who}


def topic_words(topic: str) -> str:
    return {"order": _("point of order"), "answer": _("answer"), "speak": _("speech")}.get(topic, topic)


def change_words(change: Mapping[str, str]) -> str:
    """One entry of a change list in a sentence."""
    line, was, now = f"{change['number']}. {change['title']}", change["was"], change["now"]
    if change["kind"] in ("added", "dropped", "retimed"):
        was, now = (ui.instant(datetime.fromisoformat(at), weekday=False).split(", ")[1][:5] if at else "" for at in (was, now))
    told = {
        "added": _("Added: %(line)s, at %(now)s"), "dropped": _("Taken out: %(line)s"), "retitled": _("Renamed: “%(was)s” is now “%(now)s”"),
        "retimed": _("Another time: %(line)s, %(was)s → %(now)s"), "length": _("Another length: %(line)s, %(was)s → %(now)s minutes"),
        "speaker": _("Another speaker: %(line)s, %(was)s → %(now)s"), "moved": _("Moved: %(line)s"),
        "paper": _("Other figures: %(line)s"),
    }[change["kind"]]
    return told % {"line": line, "was": was or "–", "now": now or "–"}
