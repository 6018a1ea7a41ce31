"""Reads of reporting. Lists and single reports go through the reader's scope; rows for the roll-up do not."""
from __future__ import annotations

from soket.reporting.queries.deciding import may_decide, may_excuse
from soket.reporting.queries.joint import JointRow, joint_counts, joint_events_of, joint_rows, look_alikes, partners, to_answer
from soket.reporting.queries.opening import Plan, RoundDraft, ScopeDraft, planned
from soket.reporting.queries.owing import Owed, owing
from soket.reporting.queries.public import PublicCell, PublicReport, public_submissions
from soket.reporting.queries.reports import (
    Desk,
    Filters,
    Version,
    chosen_version,
    desk,
    draft_file,
    history,
    listed,
    may_read_file,
    receipts,
    report_for,
    report_in,
    reports_visible_to,
    rounds_visible_to,
    submission_of,
    to_report,
    waiting_for_decision,
)
from soket.reporting.queries.rounds import (
    Timeliness,
    closed_rounds,
    may_run,
    round_for,
    round_timeliness,
    states_of,
    timeliness,
)
from soket.reporting.queries.rows import (
    AcceptedRow,
    ExpectedRow,
    RoundMark,
    accepted_rows,
    change_mark,
    decided_digest,
    expected,
    last_decision_id,
    names_on,
    round_mark,
    standing,
)
from soket.reporting.queries.state import (
    content_of,
    indicator,
    previous_contents,
    previous_submissions,
    round_state,
    round_states,
    unit_name,
    unit_names,
)
from soket.reporting.queries.work import waiting_for

__all__ = [
    "AcceptedRow", "Desk", "ExpectedRow", "Filters", "JointRow", "Owed", "Plan", "PublicCell", "PublicReport", "RoundDraft", "ScopeDraft", "Timeliness",
    "Version", "accepted_rows", "chosen_version", "closed_rounds", "content_of", "desk", "draft_file", "expected",
    "history", "indicator", "joint_counts", "joint_events_of", "joint_rows", "last_decision_id", "listed",
    "look_alikes", "may_decide", "may_excuse", "may_read_file", "may_run", "names_on", "owing", "partners", "planned",
    "previous_contents", "previous_submissions", "public_submissions", "receipts", "report_for", "report_in",
    "reports_visible_to", "round_for", "change_mark", "decided_digest", "RoundMark", "round_mark", "standing", "round_state", "round_states", "round_timeliness",
    "rounds_visible_to", "states_of", "submission_of", "timeliness", "to_answer", "to_report", "unit_name",
    "unit_names", "waiting_for", "waiting_for_decision",
]
