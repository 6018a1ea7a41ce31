"""Reads of reporting. Lists and single reports go through the reader's scope; rows for the roll-up do not."""
from __future__ import annotations

from soket.reporting.queries.choices import (
    ScopeChoice,
    areas_on,
    owed_by_name,
    rule_choices,
    scope_choices,
    sharing_days,
    template_and_rule,
    template_choices,
    unit_on,
)
from soket.reporting.queries.deadlines import Deadline, deadlines_of, extension_in, scope_in
from soket.reporting.queries.deciding import may_decide, may_excuse
from soket.reporting.queries.joint import JointRow, joint_counts, joint_events_of, joint_rows, look_alikes, partners, to_answer
from soket.reporting.queries.opening import (
    Plan,
    RoundDraft,
    ScopeDraft,
    draft_from,
    draft_text,
    opened_from,
    person_by_id,
    planned,
    round_of,
)
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
    rounds_among,
    rounds_visible_to,
    submission_of,
    to_report,
    waiting_for_decision,
)
from soket.reporting.queries.rounds import (
    Progress,
    Timeliness,
    closed_rounds,
    may_run,
    progress,
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
from soket.reporting.queries.twins import Compared, Twin, compared, to_settle, twin_in, twins_of
from soket.reporting.queries.weighing import Weighed, weighed_for
from soket.reporting.queries.work import waiting_for

__all__ = [
    "AcceptedRow", "Compared", "Deadline", "Desk", "ExpectedRow", "Filters", "JointRow", "Owed", "Plan", "Progress",
    "PublicCell", "PublicReport", "RoundDraft", "RoundMark", "ScopeChoice", "ScopeDraft", "Timeliness", "Twin",
    "Version", "Weighed", "accepted_rows", "areas_on", "change_mark", "chosen_version", "closed_rounds", "compared",
    "content_of", "deadlines_of", "decided_digest", "desk", "draft_file", "draft_from", "draft_text", "expected",
    "extension_in", "history", "indicator", "joint_counts", "joint_events_of", "joint_rows", "last_decision_id",
    "listed", "look_alikes", "may_decide", "may_excuse", "may_read_file", "may_run", "names_on", "opened_from",
    "owed_by_name", "owing", "partners", "person_by_id", "planned", "previous_contents", "previous_submissions",
    "progress", "public_submissions", "receipts", "report_for", "report_in", "reports_visible_to", "round_for",
    "round_mark", "standing", "round_of", "round_state", "round_states", "round_timeliness", "rounds_among", "rounds_visible_to",
    "rule_choices", "scope_choices", "scope_in", "sharing_days", "states_of", "submission_of", "template_and_rule",
    "template_choices", "timeliness", "to_answer", "to_report", "to_settle", "twin_in", "twins_of", "unit_name",
    "unit_names", "unit_on", "waiting_for", "waiting_for_decision", "weighed_for",
]
