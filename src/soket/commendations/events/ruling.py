"""Audit events of dated rules."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

RULES_INSTALLED = declare("commendations.rules_installed", _("Rules were installed from “{subject}”"), "rules", "forms", "years")
RULE_CHANGED = declare(
    "commendations.rule_changed", _("The rule “{subject}” became “{now}” from {valid_from}; before: “{was}”"), "key", "was", "now", "valid_from", "citation",
    "doubt",
)  # fmt: skip
RULE_ENDED = declare("commendations.rule_ended", _("The rule “{subject}” ends on {valid_to}; it read “{was}”"), "key", "was", "valid_to")
FORM_ADDED = declare("commendations.form_added", _("The form “{subject}” was entered, in force from {valid_from}"), "code", "valid_from", "citation", "doubt")
FORM_CHANGED = declare(
    "commendations.form_changed", _("The form “{subject}” was changed from {valid_from}: {changed}"), "code", "valid_from", "changed", "citation", "doubt"
)
FORM_ENDED = declare("commendations.form_ended", _("The form “{subject}” ends on {valid_to}"), "code", "valid_to")
YEAR_ENTERED = declare("commendations.year_entered", _("The days off of {subject} were entered: {days} days"), "year", "days", "citation", "doubt", "listed")
HOLIDAY_PUT = declare("commendations.holiday_put", _("{day} was entered in the calendar of {subject}: {kind}, {name}"), "day", "kind", "name")
HOLIDAY_DROPPED = declare("commendations.holiday_dropped", _("{day} was taken out of the calendar of {subject}: {name}"), "day", "name")
