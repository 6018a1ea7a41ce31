"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CREATED = declare("programmes.created", _("{actor} entered the programme {subject}"), "symbol", "title", "parties")
DETAIL_ADDED = declare("programmes.detail_added", _("{actor} added to the programme {subject}: {text}"), "kind", "text")
OBLIGATION_ADDED = declare(
    "programmes.obligation_added", _("{actor} added the obligation {subject}: {title}"), "title", "scopes", "due_rule", "due"
)
OBLIGATION_CHANGED = declare(
    "programmes.obligation_changed", _("{actor} changed the obligation {subject}: {title}"), "title", "due_rule", "due", "before"
)
RESOLVED = declare(
    "programmes.duties_resolved",
    _("{actor} drew up the list of {count} units that owe {subject}, as of {on}"),
    "on",
    "count",
    "units_digest",
)
CLAIMED = declare(
    "programmes.claimed", _("{actor} claimed {subject} by document {number} of {dated}"), "claim", "number", "dated", "file"
)
ACCEPTED = declare("programmes.claim_accepted", _("{actor} accepted {subject}, document {number}"), "claim", "number", "on")
RETURNED = declare("programmes.claim_returned", _("{actor} returned {subject}, document {number}"), "claim", "number")
EXCUSED = declare("programmes.duty_excused", _("{actor} excused {subject} from {on}"), "on")
CLOSED = declare("programmes.duty_closed", _("{subject} was closed on {on}: {state}"), "on", "state", "successor")
