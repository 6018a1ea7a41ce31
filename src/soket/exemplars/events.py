"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

MOVEMENT_MADE = declare("exemplars.movement_made", _("The movement {subject} was opened"), "office", "basis", "scope")
MOVEMENT_CHANGED = declare("exemplars.movement_changed", _("The movement {subject} was changed"), "basis", "scope", "programmes")
REGISTERED = declare("exemplars.registered", _("{unit} registered its models of {year} in {subject}"), "unit", "year", "version", "counts")
RECOGNISED_COUNTS = declare(
    "exemplars.counts_recognised", _("The models of {unit} in {year} were recognised in {subject}"), "unit", "year", "version", "counts", "document", "dated"
)
DRAFTED = declare("exemplars.drafted", _("The exemplar {subject} was drafted"), "unit", "field")
CHANGED = declare("exemplars.changed", _("The draft of {subject} was changed"), "digest")
PART_ADDED = declare("exemplars.part_added", _("“{what}” was added to {subject}"), "kind", "what", "file")
PART_DROPPED = declare("exemplars.part_dropped", _("“{what}” was taken out of {subject}"), "kind", "what")
PROPOSED = declare("exemplars.proposed", _("{subject} was proposed for recognition"), "unit")
RECOGNISED = declare("exemplars.recognised", _("{subject} was recognised"), "unit", "document")
RETURNED = declare("exemplars.returned", _("{subject} was returned to its unit"), "unit")
PUBLISHED = declare("exemplars.published", _("{subject} was published as an exemplar"), "number", "digest", "files", public=True)
WITHDRAWN = declare("exemplars.withdrawn", _("{subject} was withdrawn as an exemplar"), "number", public=True)
REOPENED = declare("exemplars.reopened", _("The draft of {subject} was opened again"), "unit")
FLAGGED = declare("exemplars.figure_flagged", _("Figure {code}, on which {subject} relies, has a newer edition"), "code", "cited", "newer", "changed")
ADOPTED = declare("exemplars.adopted", _("{unit} took over {subject}"), "unit", "dated", "document", "file")
CONFIRMED = declare("exemplars.adoption_confirmed", _("It was confirmed that {unit} applies {subject}"), "unit")
STOPPED = declare("exemplars.adoption_stopped", _("{unit} no longer applies {subject}"), "unit", "stopped_on")
