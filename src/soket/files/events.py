"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

STORED = declare("files.stored", _("{actor} stored the file {subject} ({size} bytes)"), "sha256", "size", "media_type")
RELEASED = declare("files.released", _("{actor} released the file {subject} to the public"), "sha256", public=True)
