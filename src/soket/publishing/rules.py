"""Who writes and who approves at an article's office, and what a text must be."""
from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import Actor, Office, Reach
from soket.kernel.door import Refused
from soket.kernel.text import nfc
from soket.organisations import queries as organisations
from soket.publishing.core import TextFault

RESERVED = frozenset({"moi"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _at(actor: Actor, office: Office, unit_id: int, day: date) -> bool:
    if actor.holds(office, day, unit_id):
        return True
    heir = organisations.unit_heir(unit_id, day)
    return heir is not None and actor.holds(office, day, heir)


def may_edit(actor: Actor, unit_id: int, day: date) -> bool:
    """Writes for the office, or for the unit that took over from it."""
    return _at(actor, Office.EDIT, unit_id, day)


def may_publish(actor: Actor, unit_id: int, day: date) -> bool:
    """Approves and publishes for the office, or for the unit that took over from it."""
    return _at(actor, Office.PUBLISH, unit_id, day)


def desk_reach(actor: Actor, day: date) -> Reach:
    """The units whose articles the actor sees before they are public."""
    return actor.reach(Office.EDIT, day) | actor.reach(Office.PUBLISH, day)


def clean(text: str, field: str, limit: int, *, required: bool = True) -> str:
    """NFC text that can be stored, or a refusal at the field."""
    try:
        done = nfc(text)
    except ValueError:
        raise Refused(_("This text contains a character that cannot be stored."), field=field) from None
    if required and not done:
        raise Refused(_("This field is required."), field=field)
    if len(done) > limit:
        raise Refused(_("This text is too long."), field=field)
    return done


def said(fault: TextFault) -> str:
    """What is wrong with a text and how to mend it."""
    message: Any = {
        "stray": gettext("A token is not closed or has stray brackets near “%(found)s”. Write {{01}} or [[12 sessions]]."),
        "unknown": gettext("The edition has no figure with the code “%(found)s”. Codes that can be used: %(expected)s."),
        "empty": gettext("The token %(found)s holds no words."),
        "drift": gettext("“%(found)s” is not what the figure says: it is frozen as %(expected)s. Use its exact value, or words that are true of it."),
        "unbound": gettext("“%(found)s” is bound to no figure. Use a token such as {{01}}, or mark it as not from the roll-up: [[%(found)s]]."),
    }[fault.fault]
    return str(message % {"found": fault.found, "expected": fault.expected or "–"})
