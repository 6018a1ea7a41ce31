"""Audit events of nominations. None holds a person's name: the record names a nomination by its number and campaign."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

DRAFTED = declare("commendations.nomination_drafted", _("{proposer} began {subject}"), "proposer", "form", "recipient", "source", "figures")
EDITED = declare("commendations.nomination_edited", _("{subject} was changed"), "fields", "wording", "figures")
SUBMITTED = declare("commendations.nomination_submitted", _("{proposer} sent {subject} to be confirmed"), "proposer", "wording", "figures")
RETURNED = declare("commendations.nomination_returned", _("{unit} returned {subject} to its proposer"), "unit")
CONFIRMED = declare("commendations.nomination_confirmed", _("{unit} confirmed {subject}"), "unit", "clear", "rule", "authorities", "figures")
COMPLETED = declare("commendations.nomination_completed", _("{proposer} completed the dossier of {subject}"), "proposer", "wording", "figures")
WITHDRAWN = declare("commendations.nomination_withdrawn", _("{proposer} withdrew {subject}"), "proposer", "state")
REMARKED = declare("commendations.nomination_remarked", _("A remark was made on {subject}"))
ATTACHED = declare("commendations.nomination_paper_kept", _("The paper “{title}” was put in the dossier of {subject}"), "kind", "title", "document", "file")
TWIN_FOUND = declare("commendations.nomination_twin_found", _("{subject} may be the same achievement as {other}"), "other", "exact")
