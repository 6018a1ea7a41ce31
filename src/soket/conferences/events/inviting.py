"""Invitations, replies, lists of delegates taken in at once, and what is changed while a conference is prepared."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

INVITED = declare("conferences.invited", _("{count} invitations to “{subject}” were sent"), "count", "numbers")
REPLIED = declare("conferences.replied", _("Delegate {number} replied to the invitation to “{subject}”"), "number", "answer", "substitute")
LISTED = declare("conferences.delegates_listed", _("{count} delegates were put on the list of “{subject}”"), "count", "first", "last")
DELEGATE_CHANGED = declare("conferences.delegate_changed", _("What the list of “{subject}” says of delegate {number} was changed"), "number", "changed")
ORDERED = declare("conferences.delegates_ordered", _("The protocol order of “{subject}” was changed"), "count")
CHANGED = declare("conferences.changed", _("What is planned for “{subject}” was changed"), "changed")
SITE_CHANGED = declare("conferences.site_changed", _("The site “{site}” of “{subject}” was changed"), "site", "changed")
