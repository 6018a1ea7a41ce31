"""Audit events of: library."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

ADDED = declare("publishing.photo_added", _("Photograph {photo} was put into the library: “{subject}”"), "photo", "sha256")
DESCRIBED = declare("publishing.photo_described", _("What is said of photograph {photo}, “{subject}”, was changed"), "photo", "fields")
RETIRED = declare("publishing.photo_retired", _("Photograph {photo}, “{subject}”, is no longer offered for new texts"), "photo")
OFFERED = declare("publishing.photo_offered", _("Photograph {photo}, “{subject}”, is offered for new texts again"), "photo")
PRESSED = declare("publishing.press_made", _("The press kit of copy {number} of “{subject}” was made"), "number", "kit", "card")
