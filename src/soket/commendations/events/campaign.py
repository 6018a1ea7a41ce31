"""Audit events of campaigns."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

BEGUN = declare("commendations.campaign_begun", _("{subject} was begun for the review “{review}”"), "code", "review", "days")
CHANGED = declare("commendations.campaign_changed", _("{subject} was changed: {changed}"), "changed")
MOVED = declare("commendations.campaign_moved", _("The calendar of {subject} was moved from {was} to {now}"), "act", "was", "now")
FORM_TAKEN = declare("commendations.campaign_form_taken", _("{issuer} gives “{form}” in {subject}"), "form", "code", "issuer")
FORM_DROPPED = declare("commendations.campaign_form_dropped", _("“{form}” of {issuer} was taken out of {subject}"), "form", "code", "issuer")
PROPOSERS_SET = declare("commendations.campaign_proposers_set", _("Who may propose in {subject}: {units}"), "units")
QUOTAS_SET = declare("commendations.campaign_quotas_set", _("The quotas of {subject} were set: {now}; before: {was}"), "was", "now")
OPENED = declare("commendations.campaign_opened", _("{subject} was opened for nominations"), "days")
APPRAISING = declare("commendations.campaign_appraising", _("Nominations in {subject} were closed; appraisal goes on"), "nominations", "left")
DECIDED = declare("commendations.campaign_decided", _("{subject} was decided"), "awards")
CLOSED = declare("commendations.campaign_closed", _("{subject} was closed"), "not_handed")
