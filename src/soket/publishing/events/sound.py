"""Audit events of: sound."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

KEPT = declare("publishing.sound_kept", _("A recording of revision {revision} of “{subject}” was brought, read by {reader}"), "narration", "revision", "reader")
ASKED = declare("publishing.sound_asked", _("The machine was asked to read revision {revision} of “{subject}”"), "narration", "revision", "voice")
READY = declare("publishing.sound_ready", _("The sound of revision {revision} of “{subject}” is ready to be heard"), "narration", "revision", "mp3", "opus")
FAILED = declare("publishing.sound_failed", _("The sound of revision {revision} of “{subject}” could not be made"), "narration", "revision", "fault")
RELEASED = declare("publishing.sound_released", _("The sound of revision {revision} of “{subject}” was given to the public"), "narration", "revision")
WITHDRAWN = declare("publishing.sound_withdrawn", _("The sound of revision {revision} of “{subject}” was taken from the public"), "narration", "revision")
