"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CREATED = declare("publishing.created", _("The statement “{subject}” was begun for the review “{review}”"), "review")
REVISED = declare("publishing.revised", _("Revision {revision} of “{subject}” was saved on edition {edition}"), "revision", "edition")
SENT = declare("publishing.sent", _("Revision {revision} of “{subject}” was sent for approval"), "revision")
APPROVED = declare("publishing.approved", _("Revision {revision} of “{subject}” was approved"), "revision")
PUBLISHED = declare(
    "publishing.published", _("“{subject}” was published from edition {edition}"), "number", "edition", "digest", public=True
)
CORRECTED = declare(
    "publishing.corrected", _("“{subject}” was published with correction {number}, from edition {edition}"),
    "number", "edition", "digest", public=True,
)
