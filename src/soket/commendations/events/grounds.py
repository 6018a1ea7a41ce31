"""Audit events of moved figures and cancellations."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

FLAGGED = declare("commendations.flagged", _("{subject} rests on figure {code}, which reads {now} instead of {was}"), "code", "was", "now", "edition")
JUDGED = declare("commendations.ground_judged", _("{authority} judged whether figure {code} still bears {subject}"), "authority", "code", "bears")
CANCELLED = declare("commendations.cancelled", _("{subject} was cancelled by decision {decision}"), "decision", "ground", "basis")
CANCELLING = declare(
    "commendations.cancelling_decided", _("{subject} of {issuer} cancelled {count} awards"), "issuer", "number", "dated", "count", "ground", "digest"
)
RECOVERED = declare("commendations.recovered", _("Taken back after {subject} was cancelled: {what}"), "what", "dong", "on")
