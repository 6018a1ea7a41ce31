"""Who may see and do what with reports, and the words for what a check found."""
from __future__ import annotations

from soket.reporting.rules.scope import (
    decides_at,
    may_report,
    own_report,
    own_units,
    runs_programmes,
    visible_reports,
    visible_rounds,
    within,
)
from soket.reporting.rules.wording import cell_name, in_language, said, sentence, state_word

__all__ = [
    "cell_name", "decides_at", "in_language", "may_report", "own_report", "own_units", "runs_programmes", "said", "sentence",
    "state_word", "visible_reports", "visible_rounds", "within",
]
