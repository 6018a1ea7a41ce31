"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

PERSON_CREATED = declare("accounts.person_created", _("The account {username} was opened for {subject}"), "username")
PERSON_ENDED = declare("accounts.person_ended", _("The account {username} of {subject} was ended"), "username")
POST_GIVEN = declare(
    "accounts.post_given", _("{subject} holds the office “{office}” at {unit} from {valid_from}"), "office", "unit", "valid_from"
)
POST_ENDED = declare("accounts.post_ended", _("{subject} no longer holds “{office}” at {unit} from {valid_to}"), "office", "unit", "valid_to")
