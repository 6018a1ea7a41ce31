"""How the sites of a conference see and hear each other. Nothing else of the conference depends on it."""
from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from soket.audit.actions import record
from soket.conferences import events
from soket.conferences.actions.shared import locked, ref, require_runs
from soket.conferences.models import Conference
from soket.conferences.models.planning import VideoKind
from soket.conferences.video.links import BadAddress, checked_link, checked_number
from soket.kernel.actor import Actor
from soket.kernel.door import Refused, action

WRONG = {
    "not_https": _("The address begins with https://."), "not_an_address": _("This is no address that a browser can open."),
    "not_allowed": _("This host is not allowed here."), "not_a_number": _("This is no number or address of a conference bridge."),
}  # fmt: skip


@action
def change_video(*, conference: Conference, kind: str, address: str, by: Actor, at: datetime) -> None:
    """Set the way of video: none, the address of any system, the number of a bridge, or our own Janus. Raises Refused at kind or address."""
    conference = locked(conference)
    require_runs(by, conference, at)
    if kind not in VideoKind.values:
        raise Refused(_("Choose one from the list."), field="kind")
    try:
        found = checked_link(address, settings.VIDEO_HOSTS) if kind == "link" else checked_number(address) if kind == "number" else ""
    except BadAddress as bad:
        raise Refused(WRONG.get(bad.code, WRONG["not_an_address"]), field="address") from None
    if Conference.objects.filter(pk=conference.pk).exclude(video_kind=kind, video_address=found).update(video_kind=kind, video_address=found):
        payload = {"kind": str(VideoKind(kind).label), "address": found}
        record(event=events.video.VIDEO_CHANGED, by=by, subject=ref(conference), at=at, payload=payload)
