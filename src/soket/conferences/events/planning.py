"""The conference itself, its sites and its delegates."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CREATED = declare("conferences.created", _("The conference “{subject}” was begun"), "code", "starts_at")
SITES_ADDED = declare("conferences.sites_added", _("{count} sites were added to “{subject}”"), "count", "units")
SITE_WITHDRAWN = declare("conferences.site_withdrawn", _("The site “{site}” was taken out of “{subject}”"), "site")
DELEGATE_ADDED = declare("conferences.delegate_added", _("Delegate {number} was put on the list of “{subject}”"), "number", "unit", "site")
DELEGATE_WITHDRAWN = declare("conferences.delegate_withdrawn", _("Delegate {number} was taken off the list of “{subject}”"), "number")
OPENED = declare("conferences.opened_to_public", _("“{subject}” was opened to the public"), public=True)
CLOSED = declare("conferences.closed_to_public", _("“{subject}” is no longer open to the public"))
