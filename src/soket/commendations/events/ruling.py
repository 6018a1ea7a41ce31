"""Audit events of dated rules."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

RULES_INSTALLED = declare("commendations.rules_installed", _("Rules were installed from “{subject}”"), "rules", "forms", "years")
