"""Pages of reporting. Every object is reached through the reader's scope; outside it is 404."""
from __future__ import annotations

from soket.reporting.views.accepting import accept
from soket.reporting.views.entry import add_file, autosave, form, remove_file
from soket.reporting.views.joint_events import joint
from soket.reporting.views.lists import queue, reports, rounds
from soket.reporting.views.one_round import deadline, round_page, round_state
from soket.reporting.views.opening import being_opened, open_round
from soket.reporting.views.reading import decide, excuse, receipt, report
from soket.reporting.views.sending import check
from soket.reporting.views.settling import twin

__all__ = [
    "accept", "add_file", "autosave", "being_opened", "check", "deadline", "decide", "excuse", "form", "joint", "open_round",
    "queue", "receipt", "remove_file", "report", "reports", "round_page", "round_state", "rounds", "twin",
]
