"""The session: every act of the console and of the sites."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

BEGUN = declare("conferences.begun", _("“{subject}” was opened"), "sequence", public=True)
ENDED = declare("conferences.ended", _("“{subject}” was closed"), "sequence", public=True)
MOVED = declare("conferences.moved", _("“{subject}” went to “{what}”"), "sequence", "what")
STEERED = declare("conferences.steered", _("At “{subject}”: {what}"), "sequence", "kind", "what")
ASKED = declare("conferences.asked", _("{what} asked for the floor at “{subject}”"), "sequence", "what")
UNDONE = declare("conferences.undone", _("Act {undone} of “{subject}” was taken back"), "sequence", "undone")
