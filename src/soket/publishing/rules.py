"""Who writes and who approves at an article's office, and what a text must be."""
from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from soket.kernel.actor import NOWHERE, Actor, Office, Reach
from soket.kernel.door import Refused
from soket.kernel.text import nfc
from soket.organisations import queries as organisations
from soket.publishing.core import TextFault

RESERVED = frozenset({
    "moi", "anh", "am-thanh", "chuyen-muc", "lich", "ngay", "tim", "tin", "rss", "atom", "tep", "dem", "the", "chu-de", "don-vi", "chuong-trinh",
    "kiem-chung", "ngon-ngu", "tro-nang", "cach-dem", "so-lieu", "sitemap", "nhap-kho", "khoa", "thu-vien", "trang-nhat",
})  # first parts of addresses that are no article's
DESK = (Office.WRITE, Office.EDIT, Office.PUBLISH, Office.PICTURE, Office.SOUND)
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _at(actor: Actor, office: Office, unit_id: int, day: date) -> bool:
    if actor.holds(office, day, unit_id):
        return True
    heir = organisations.unit_heir(unit_id, day)
    return heir is not None and actor.holds(office, day, heir)


def may_edit(actor: Actor, unit_id: int, day: date) -> bool:
    """Writes for the office, or for the unit that took over from it."""
    return _at(actor, Office.EDIT, unit_id, day)


def may_write(actor: Actor, unit_id: int, day: date) -> bool:
    """Drafts for the office: a reporter, or an editor."""
    return _at(actor, Office.WRITE, unit_id, day) or may_edit(actor, unit_id, day)


def may_picture(actor: Actor, unit_id: int, day: date) -> bool:
    """Keeps the office's photographs: a photographer, or an editor."""
    return _at(actor, Office.PICTURE, unit_id, day) or may_edit(actor, unit_id, day)


def may_sound(actor: Actor, unit_id: int, day: date) -> bool:
    """Keeps the office's recordings: whoever holds that office, or an editor."""
    return _at(actor, Office.SOUND, unit_id, day) or may_edit(actor, unit_id, day)


def may_publish(actor: Actor, unit_id: int, day: date) -> bool:
    """Approves and publishes for the office, or for the unit that took over from it."""
    return _at(actor, Office.PUBLISH, unit_id, day)


def may_shelve(actor: Actor, day: date) -> bool:
    """Keeps the categories: whoever approves for some office, or administers."""
    reach = actor.reach(Office.PUBLISH, day) | actor.reach(Office.ADMINISTER, day)
    return reach.everything or bool(reach.units)


def desk_reach(actor: Actor, day: date) -> Reach:
    """The units whose articles the actor sees before they are public."""
    found = NOWHERE
    for office in DESK:
        found |= actor.reach(office, day)
    return found


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


def placed(words: str, line: int) -> str:
    """A fault's words with the line on which it stands; 0: the text has one line."""
    return gettext("Line %(line)s: %(words)s") % {"line": line, "words": words} if line else words


def said(fault: TextFault) -> str:
    """What is wrong with a text, on which line, and how to mend it."""
    return placed(plainly(fault), fault.line)


def plainly(fault: TextFault) -> str:
    """The same without the line."""
    message: Any = {
        "stray": gettext("A token is not closed or has stray brackets near “%(found)s”. Write {{01}} or [[12 sessions]]."),
        "unknown": gettext("The edition has no figure with the code “%(found)s”. Codes that can be used: %(expected)s."),
        "empty": gettext("The token %(found)s holds no words."),
        "drift": gettext("“%(found)s” is not what the figure says: it is frozen as %(expected)s. Use its exact value, or words that are true of it."),
        "unbound": gettext("“%(found)s” is bound to no figure. Use a token such as {{01}}, or mark it as not from the roll-up: [[%(found)s]]."),
        "seam": gettext("The words beside a figure change what it says: “%(found)s”. The figure says %(expected)s."),
        "link": gettext("A link goes to a full address that begins with https:// or http://, or to a path of this site. “%(found)s” does neither."),
        "placed": gettext("“%(found)s” must stand in a paragraph of its own."),
        "photo": gettext("The library of this office has no photograph “%(found)s”."),
        "chart": gettext("A chart compares figures that each have one value, all in one unit of measure. “%(found)s” does not."),
    }[fault.fault]
    return str(message % {"found": fault.found, "expected": fault.expected or "–"})
