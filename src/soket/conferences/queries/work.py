"""What waits for somebody in this room."""
from __future__ import annotations

from datetime import datetime

from soket.conferences.queries import inviting
from soket.kernel.actor import Actor
from soket.ui.work import WorkItem


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """Everything of this room that waits for the actor, by part."""
    return inviting.waiting(actor, at)
