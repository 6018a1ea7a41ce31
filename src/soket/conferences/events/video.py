"""The way of video of a conference."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

VIDEO_CHANGED = declare("conferences.video_changed", _("The way of video of “{subject}” was set: {kind}"), "kind", "address")
