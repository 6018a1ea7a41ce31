"""Audit events this room declares, by subject."""
from soket.publishing.events.articles import (
    AMENDED,
    APPROVED,
    BEGUN,
    CORRECTED,
    CREATED,
    HANDED,
    ISSUED,
    PUBLISHED,
    RETURNED,
    REVISED,
    SAVED,
    SCHEDULED,
    SENT,
    UNSCHEDULED,
    WITHDRAWN,
)

__all__ = [
    "AMENDED", "APPROVED", "BEGUN", "CORRECTED", "CREATED", "HANDED", "ISSUED", "PUBLISHED", "RETURNED", "REVISED", "SAVED", "SCHEDULED", "SENT",
    "UNSCHEDULED", "WITHDRAWN",
]
