"""Audit events of appraisal by the authorities."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

RECEIVED = declare("commendations.dossier_received", _("{authority} received {subject} as complete, to decide by {due_on}"), "authority", "due_on")
ASKED = declare("commendations.completion_asked", _("{authority} asked for {subject} to be completed"), "authority", "due_on", "days_late")
AGREED = declare("commendations.authority_agreed", _("{authority} agreed to {subject}"), "authority")
DECLINED = declare("commendations.authority_declined", _("{authority} did not agree to {subject}"), "authority", "lead")
APPRAISED = declare("commendations.appraised", _("{subject} was agreed by {count} authorities and goes before the council"), "count")
TWIN_SETTLED = declare("commendations.twin_settled", _("It was settled how {subject} stands to nomination {other}"), "other", "same", "stands")
