"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

CREATED = declare("publishing.created", _("The statement “{subject}” was begun for the review “{review}”"), "review")
REVISED = declare("publishing.revised", _("Revision {revision} of “{subject}” was saved on edition {edition}"), "revision", "edition")
SENT = declare("publishing.sent", _("Revision {revision} of “{subject}” was sent for approval"), "revision")
HANDED = declare("publishing.handed", _("Revision {revision} of “{subject}” was handed to the editors"), "revision")
RETURNED = declare("publishing.returned", _("Revision {revision} of “{subject}” was returned with a reason"), "revision")
SCHEDULED = declare("publishing.scheduled", _("Revision {revision} of “{subject}” goes out at {due}"), "revision", "due")
UNSCHEDULED = declare("publishing.unscheduled", _("The set time of revision {revision} of “{subject}” was taken back"), "revision")
APPROVED = declare("publishing.approved", _("Revision {revision} of “{subject}” was approved"), "revision")
PUBLISHED = declare(
    "publishing.published", _("“{subject}” was published from edition {edition}"), "number", "edition", "digest", public=True
)
CORRECTED = declare(
    "publishing.corrected", _("“{subject}” was published with correction {number}, from edition {edition}"),
    "number", "edition", "digest", public=True,
)
WITHDRAWN = declare("publishing.withdrawn", _("“{subject}” was taken down after copy {number}"), "number", public=True)
# The same acts on an article that is about no review, and so on no edition.
BEGUN = declare("publishing.begun", _("The article “{subject}” was begun"))
SAVED = declare("publishing.saved", _("Revision {revision} of “{subject}” was saved"), "revision")
ISSUED = declare("publishing.issued", _("“{subject}” was published"), "number", "digest", public=True)
AMENDED = declare("publishing.amended", _("“{subject}” was published with correction {number}"), "number", "digest", public=True)
