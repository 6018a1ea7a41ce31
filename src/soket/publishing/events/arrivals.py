"""Audit events of an older newspaper's archive moving in."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

BROUGHT = declare("publishing.archive_brought", _("The archive “{subject}” of {paper} was brought"), "paper", "sha256")
READ = declare("publishing.archive_read", _("The archive “{subject}” was read: {total} articles"), "total", "refused")
FAILED = declare("publishing.archive_failed", _("The archive “{subject}” could not be read"), "fault")
APPROVED = declare("publishing.archive_approved", _("The taking over of the archive “{subject}” was approved"), "sections")
DECLINED = declare("publishing.archive_declined", _("The archive “{subject}” will not be taken over: {reason}"), "reason")
FINISHED = declare(
    "publishing.archive_taken", _("The archive “{subject}” was taken over: {taken} whole, {partly} in part, {refused} not"), "taken", "partly", "refused"
)
TAKEN = declare(
    "publishing.taken_over", _("“{subject}” was taken over from {paper}, where it was published on {first}"),
    "number", "digest", "paper", "first", "old", public=True,
)
