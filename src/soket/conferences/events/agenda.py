"""Agenda and papers."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

ITEM_PUT = declare("conferences.item_put", _("The line “{title}” of the agenda of “{subject}” was written"), "item", "title", "minutes")
ITEM_MOVED = declare("conferences.item_moved", _("The line “{title}” of the agenda of “{subject}” was moved"), "item", "title")
ITEM_DROPPED = declare("conferences.item_dropped", _("The line “{title}” was taken out of the agenda of “{subject}”"), "item", "title")
AGENDA_ISSUED = declare(
    "conferences.agenda_issued", _("The agenda of “{subject}” was issued, version {number}"), "number", "lines", "changes", public=True
)
PAPER_CALLED = declare("conferences.paper_called", _("{unit} was asked for the paper “{title}” at “{subject}”"), "paper", "unit", "title")
PAPER_SENT = declare("conferences.paper_sent", _("A version of the paper “{title}” was sent to “{subject}”"), "paper", "title", "revision", "file")
PAPER_ACCEPTED = declare("conferences.paper_accepted", _("The paper “{title}” of “{subject}” was accepted"), "paper", "title", "revision")
PAPER_RETURNED = declare("conferences.paper_returned", _("The paper “{title}” of “{subject}” was returned"), "paper", "title", "revision")
PAPER_DROPPED = declare("conferences.paper_dropped", _("The paper “{title}” will not be presented at “{subject}”"), "paper", "title")
FIGURE_BOUND = declare("conferences.figure_bound", _("The paper “{title}” stands on figure {code}"), "paper", "title", "code", "edition")
FIGURE_LOOSED = declare("conferences.figure_loosed", _("The paper “{title}” no longer stands on figure {code}"), "paper", "title", "code", "edition")
