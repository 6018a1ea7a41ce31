"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

NUMBER_TAKEN = declare(
    "documents.number_taken", _("{issuer} gave {subject} to “{what}”"), "issuer", "series", "year", "number", "dated", "what", "reference"
)  # fmt: skip
