"""Facts this room announces after commit."""
from __future__ import annotations

from django.dispatch import Signal

# batch_id: str
print_run_asked = Signal()
# decision_id: str
decision_made = Signal()
# meeting_id: int
ballot_keys_asked = Signal()
