"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

RENAMED = declare(
    "organisations.renamed", _("{old_name} is called {new_name} from {on}"), "on", "basis", "old_name", "new_name", "units"
)
RETYPED = declare(
    "organisations.retyped", _("{old_name} became {new_name} from {on}"), "on", "basis", "old_name", "new_name", "units"
)
MOVED = declare(
    "organisations.moved", _("{subject} moved from {old_parent} to {new_parent} on {on}"),
    "on", "basis", "old_parent", "new_parent", "units",
)
CREATED = declare("organisations.created", _("{subject} was created from {on}"), "on", "basis", "level")
MERGED = declare("organisations.merged", _("{subject} was formed on {on} from {predecessors}"), "on", "basis", "predecessors", "units")
SPLIT = declare("organisations.split", _("{subject} was divided on {on} into {parts}"), "on", "basis", "parts", "units")
DISSOLVED = declare("organisations.dissolved", _("{subject} ended on {on}"), "on", "basis", "taken_over_by", "units")
UNDONE = declare(
    "organisations.undone", _("The act “{act}” was undone from {on}"), "on", "basis", "act", "act_id", "opened", "closed"
)
SOURCE_CHOSEN = declare("organisations.source_chosen", _("{source} was chosen for {topic}: {basis}"), "topic", "source", "basis")
SHARES_DECIDED = declare("organisations.shares_decided", _("The division of {subject} was decided: {shares}"), "shares", "basis", "office")
COUNTRY_LOADED = declare(
    "organisations.country_loaded", _("The country was loaded: {areas} areas, {units} units, {acts} acts"),
    "areas", "units", "acts", "files",
)
