"""Audit events of decisions, awards, handing over. A recipient's name stands in none of them."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

DECIDED = declare("commendations.decided", _("{subject} of {issuer} awarded {count} recipients"), "issuer", "form", "number", "dated", "count", "digest")
AWARDED = declare("commendations.awarded", _("{subject} was awarded by decision {decision}, place {place} of its list"), "decision", "place", "gold")
PAPER_KEPT = declare("commendations.paper_kept", _("The paper of {subject} was kept as {form}"), "form", "sha256")
NAMES_OPENED = declare("commendations.names_opened", _("{count} names of {subject} were opened to the public"), "count", "places")
HANDED = declare("commendations.handed", _("{subject} was handed over at {site} on {on}"), "site", "on")
HANDING_STRUCK = declare("commendations.handing_struck", _("It was taken back that {subject} was handed over at {site} on {on}"), "site", "on")
