"""What the acts of this room have in common."""
from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from soket.conferences import rules
from soket.conferences.models import Conference, Site
from soket.kernel.actor import Actor
from soket.kernel.clock import day_of
from soket.kernel.door import Refused
from soket.kernel.references import Ref
from soket.kernel.text import nfc, showable


def ref(conference: Conference) -> Ref:
    """How the record names a conference."""
    return Ref("conferences.conference", str(conference.pk), conference.title)


def locked(conference: Conference) -> Conference:
    """The conference's row, held until the act ends, so that two acts on it never run at once."""
    found: Conference = Conference.objects.select_for_update().get(pk=conference.pk)
    return found


def require_runs(by: Actor, conference: Conference, at: datetime) -> None:
    """Refused unless the actor runs the conference."""
    if not rules.runs(by, conference, day_of(at)):
        raise Refused(_("Only the office that runs this conference may do this."))


def require_serves(by: Actor, site: Site, at: datetime) -> None:
    """Refused unless the actor keeps the site's desk."""
    if not rules.serves(by, site, day_of(at)):
        raise Refused(_("Only the desk of this site may do this."))


def clean(text: str, field: str, limit: int, *, required: bool = True) -> str:
    """NFC text without control characters, or a refusal at the field. Line breaks stay."""
    try:
        done = nfc(text).strip()
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if done != showable(done):
        raise Refused(_("This text contains a character that cannot be stored."), field=field)
    if required and not done:
        raise Refused(_("This field is required."), field=field)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=field)
    return done
