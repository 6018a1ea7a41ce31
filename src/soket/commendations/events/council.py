"""Audit events of councils, ballots, postings and objections. None of them is written when a secret ballot is taken or cast."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.registry import declare

SET_UP = declare("commendations.council_set_up", _("{council} was set up for “{subject}”"), "council", "members", "citation")
MEMBER_JOINED = declare("commendations.member_joined", _("{member} joined {council}"), "council", "member")
MEMBER_LEFT = declare("commendations.member_left", _("{member} left {council}"), "council", "member")
MEETING_PLANNED = declare("commendations.meeting_planned", _("Meeting {number} of {council} was planned"), "council", "number", "secret", "nominations")
MEETING_PREPARED = declare("commendations.meeting_prepared", _("The agenda of {subject} was fixed"), "nominations")
RECUSED = declare("commendations.recused", _("{member} takes no part in the vote on {subject}"), "member", "declared")
MEETING_OPENED = declare(
    "commendations.meeting_opened", _("{subject} was opened with {present} of {members} members"), "present", "members", "quorum", "keys"
)
ARRIVED = declare("commendations.member_arrived", _("{member} came to {subject}"), "member")
VOTED_OPENLY = declare("commendations.voted_openly", _("{member} voted openly on {subject}"), "member", "choice", "letter")
PAPER_ENTERED = declare("commendations.paper_count_entered", _("The paper ballots of {subject} were entered"), "file", "number")
COUNTED = declare("commendations.counted", _("The votes of {subject} were counted"), "digest", "questions", "voters")
CHOSEN = declare("commendations.ranked", _("{subject} was placed {rank} after the vote: {outcome}"), "outcome", "rank", "yes", "base")
PROMOTED = declare("commendations.promoted", _("{subject} moved up from reserve"), "rank", "in_order")
MINUTES_ISSUED = declare("commendations.minutes_issued", _("The minutes of {subject} were issued as {number}"), "number", "dated")
MINUTES_KEPT = declare("commendations.minutes_kept", _("The minutes of {subject} were put into {count} dossiers"), "file", "count")
POSTED = declare("commendations.list_posted", _("A list of {count} for “{subject}” was posted until {until}"), "count", "until", "form")
OBJECTED = declare("commendations.objected", _("An objection to {subject} was raised"), "document")
ANSWERED = declare("commendations.objection_answered", _("An objection to {subject} was answered"), "upheld")
