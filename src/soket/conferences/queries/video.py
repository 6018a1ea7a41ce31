"""How a site joins, and letting the video follow the session: best effort, in a thread of its own, never an exception to the chair."""
from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread

from django.conf import settings
from django.db import transaction

from soket.conferences.core.live import LiveState
from soket.conferences.models import Conference, Site
from soket.conferences.video.core import Join, Trouble, VideoAdapter, adapter_for

_one_at_a_time = Lock()
_newest: dict[int, int] = {}


def adapter(conference: Conference) -> VideoAdapter:
    """The conference's way of video with this machine's settings."""
    about = {"conference": str(conference.pk), "address": conference.video_address, "key": settings.SECRET_KEY, "hosts": settings.VIDEO_HOSTS, **settings.VIDEO}
    return adapter_for(conference.video_kind, about)


def join(site: Site) -> Join | None:
    """How this site joins; None without video."""
    found = adapter(site.conference).join(site.pk)
    return found if found.kind != "none" else None


def prepare(conference: Conference) -> Trouble | None:
    """Make the rooms; what went wrong, None when nothing did."""
    made = adapter(conference)
    made.prepare(str(conference.pk), _sites(conference))
    return made.trouble


def record(conference: Conference, on: bool) -> Trouble | None:
    """Begin a sound file of the whole room, or end it; what went wrong, None when nothing did."""
    made = adapter(conference)
    made.record(on)
    return made.trouble


def sound(conference: Conference, patience: float = 3.0) -> tuple[Path, datetime] | None:
    """(the newest finished sound file, when it began). Janus gives a file its last name a moment after it was told to stop."""
    made, until = adapter(conference), time.monotonic() + patience
    while (found := made.recording()) is None and time.monotonic() < until:
        time.sleep(0.2)
    if found is None:
        return None
    return found, datetime.strptime(found.stem[-15:], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)


def _sites(conference: Conference) -> list[int]:
    return list(conference.sites.filter(withdrawn_at=None).values_list("pk", flat=True))


def follow_later(conference: Conference, state: LiveState) -> None:
    """After commit, let exactly those speak whom the chair called, who has the floor, and the centre."""
    if conference.video_kind != "janus":
        return
    sites, centre = _sites(conference), list(conference.sites.filter(kind="centre", withdrawn_at=None).values_list("pk", flat=True))
    speaking = {*state.called, *centre, *([state.speaking.site] if state.speaking else [])} if state.stage == "live" else set()
    made = adapter(conference)

    def run() -> None:
        with _one_at_a_time:
            if _newest.get(conference.pk, 0) > state.sequence:
                return  # a later act has been followed already
            _newest[conference.pk] = state.sequence
            made.prepare(str(conference.pk), sites)
            if made.trouble is None:
                made.follow(sorted(speaking))

    transaction.on_commit(lambda: Thread(target=run, daemon=True).start(), robust=True)
