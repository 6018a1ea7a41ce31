"""Audit events this room declares itself."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CHECKPOINT_SIGNED = declare("audit.checkpoint_exported", _("The log of {size} entries was exported"), "size")
