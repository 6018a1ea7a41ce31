"""The day: desks, scans, conflicts, halls."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CHECKED_IN = declare("conferences.checked_in", _("{site} sent {count} scans to “{subject}”, {taken} of them taken"), "site", "count", "taken")
SETTLED = declare("conferences.settled", _("Delegate {number} of “{subject}” is counted at {site}: {reason}"), "number", "site", "reason")
DEVICE_LET_IN = declare("conferences.device_let_in", _("The device “{device}” keeps the desk of {site} at “{subject}”"), "site", "device")
DEVICE_SHUT_OUT = declare("conferences.device_shut_out", _("The device “{device}” no longer keeps the desk of {site} at “{subject}”"), "site", "device")
COUNTED = declare("conferences.heads_counted", _("{site} counted {count} people in its hall at “{subject}”"), "site", "count")
HANDOVER_STRUCK = declare(
    "conferences.handover_struck", _("{site} took back that “{award}” was handed over to {recipient} at “{subject}”"), "site", "award", "recipient"
)
HANDED_OVER = declare("conferences.handed_over", _("{site} handed over “{award}” to {recipient} at “{subject}”"), "site", "award", "recipient")
AWARDS_PLANNED = declare("conferences.awards_planned", _("{count} awards were given their site at “{subject}”"), "count")
