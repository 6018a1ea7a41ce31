"""Audit events of: times, locks, categories."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

EMBARGOED = declare("publishing.embargoed", _("“{subject}” is under embargo until {until}"), "until")
EMBARGO_LIFTED = declare("publishing.embargo_lifted", _("The embargo on “{subject}” was lifted"))
EXPIRES = declare("publishing.expires", _("“{subject}” is shown to the public until {until}"), "until")
STAYS = declare("publishing.stays", _("“{subject}” stays: its time to expire was removed"))
LOCK_TAKEN = declare("publishing.lock_taken", _("The lock on “{subject}” was taken from {holder}"), "holder")
LOCK_FREED = declare("publishing.lock_freed", _("The lock of {holder} on “{subject}” was ended"), "holder")
CATEGORY_ADDED = declare("publishing.category_added", _("The category “{subject}” was added"))
CATEGORY_RENAMED = declare("publishing.category_renamed", _("The category “{old}” is now called “{subject}”"), "old", "name_en")
CATEGORY_MOVED = declare("publishing.category_moved", _("The category “{subject}” stands at place {place}"), "place")
CATEGORY_CLOSED = declare("publishing.category_closed", _("The category “{subject}” takes no new article"))
CATEGORY_OPENED = declare("publishing.category_opened", _("The category “{subject}” takes new articles again"))
