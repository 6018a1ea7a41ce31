"""Audit events this room declares."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

INDICATOR_DEFINED = declare("reporting.indicator_defined", _("{actor} defined the indicator {subject}"), "code", "rules")
TEMPLATE_PUBLISHED = declare(
    "reporting.template_published", _("{actor} published the form {subject}, version {version}"), "version", "digest"
)
TEMPLATE_USED = declare(
    "reporting.template_used", _("{actor} made the programme {programme} read the form {subject}"), "programme"
)
PERIOD_RULE_SET = declare(
    "reporting.period_rule_set", _("{actor} recorded the period rule {subject}: closing day {closing_day}"), "closing_day", "citation"
)
ROUND_OPENED = declare(
    "reporting.round_opened", _("{actor} opened {subject}: {reports} reports are owed"), "reports", "starts", "ends"
)
ROUND_STATE_SET = declare("reporting.round_state_set", _("{actor} set {subject} to {state}"), "state")
EXTENSION_ASKED = declare(
    "reporting.extension_asked", _("{actor} asked to move the deadline of {subject} to {due}"), "scope", "due", "was"
)
EXTENSION_AGREED = declare(
    "reporting.extension_agreed", _("{actor} agreed: the deadline of {subject} is {due}"), "scope", "due", "was", "reports"
)
EXTENSION_REFUSED = declare("reporting.extension_refused", _("{actor} did not agree to move the deadline of {subject}"), "scope", "due")
DRAFT_STARTED = declare("reporting.draft_started", _("{actor} started {subject}"))
DRAFT_TWIN_KEPT = declare(
    "reporting.draft_twin_kept", _("A second draft of {subject}, by {actor}, was kept beside the first"), "counter"
)
FILE_ADDED = declare("reporting.file_added", _("{actor} added the file {name} to {subject}"), "name", "sha256", "section")
FILE_REMOVED = declare("reporting.file_removed", _("{actor} took the file {name} off {subject}"), "name", "sha256", "section")
REPORT_SUBMITTED = declare(
    "reporting.report_submitted",
    _("{actor} submitted {subject}, version {number}"),
    "report", "number", "digest", "late",
)
TWIN_KEPT = declare(
    "reporting.submission_twin_kept", _("Other content came under the id of {subject} and was kept apart"), "digest"
)
TWIN_SET_ASIDE = declare(
    "reporting.submission_twin_set_aside", _("{actor} set aside the other content under the id of {subject}: the first stands"), "digest"
)
TWIN_SENT = declare(
    "reporting.submission_twin_sent", _("{actor} sent the other content under the id of {subject} as a new version"), "digest", "sent"
)
REPORTS_ACCEPTED = declare(
    "reporting.reports_accepted_together", _("{actor} accepted {accepted} reports in one act; {left} were left"), "accepted", "left", "list"
)
REPORT_ACCEPTED = declare("reporting.report_accepted", _("{actor} accepted {subject}"), "report", "number", "unit", public=True)
REPORT_RETURNED = declare("reporting.report_returned", _("{actor} returned {subject} for correction"), "report", "number", "unit")
REPORT_EXCUSED = declare("reporting.report_excused", _("{actor} excused {subject}"))
JOINT_EVENT_MADE = declare(
    "reporting.joint_event_made",
    _("{actor} recorded the joint event {subject} of {held_on}"),
    "round", "indicator", "held_on", "reporter", "counterpart",
)
JOINT_EVENT_ANSWERED = declare(
    "reporting.joint_event_answered", _("{actor} answered for the joint event {subject}: {answer}"), "answer", "same_as"
)
