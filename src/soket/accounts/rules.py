"""Who may look after accounts and posts."""
from __future__ import annotations

from datetime import date

from soket.kernel.actor import Actor, Office


def may_give_post(actor: Actor, unit_id: int, day: date) -> bool:
    """A post is given by someone who administers the unit on that day."""
    return actor.holds(Office.ADMINISTER, day, unit_id)
