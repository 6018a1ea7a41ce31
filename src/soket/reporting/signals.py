"""Facts this room announces after commit."""
from __future__ import annotations

from django.dispatch import Signal

# report_ids: list[int], round_ids: list[int], last_decision_id: int
report_accepted = Signal()
