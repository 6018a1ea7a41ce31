"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

ISSUED = declare("directions.issued", _("{subject} was issued"), "number", "issuer", "owner", "due_on")
PASSED_ON = declare("directions.passed_on", _("{subject} was passed on to {count} units by {unit}"), "unit", "count", "units")
STEP_TAKEN = declare("directions.step_taken", _("{unit} reported a step on {subject}"), "unit", "step", "document", "file")
CLAIMED = declare("directions.claimed", _("{unit} reported {subject} done"), "unit", "step", "document", "file")
ACCEPTED = declare("directions.accepted", _("{subject} was closed"), "step")
RETURNED = declare("directions.returned", _("{subject} was returned to its owner"), "step")
REOPENED = declare("directions.reopened", _("{subject} was opened again"))
DEADLINE_CHANGED = declare("directions.deadline_changed", _("The deadline of {subject} was moved from {was} to {now}"), "was", "now")
REMINDED = declare("directions.reminded", _("{unit} was reminded of {subject}"), "unit", "kind", "due_on")
RELIED_ON = declare("directions.relied_on", _("“{what}” stands on {subject}"), "what", "url")
