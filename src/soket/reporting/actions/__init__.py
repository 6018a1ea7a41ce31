"""The only writes of reporting."""
from __future__ import annotations

from soket.reporting.actions.bulk import Outcome, Ticked, accept_ticked
from soket.reporting.actions.catalogue import (
    define_indicator,
    define_period_rule,
    install_catalogue,
    publish_template,
    use_template,
)
from soket.reporting.actions.deadlines import answer_extension, ask_extension
from soket.reporting.actions.decide import Verdicting, decide, decide_many, excuse_report
from soket.reporting.actions.drafts import DraftSaved, add_draft_file, remove_draft_file, save_draft
from soket.reporting.actions.joint import answer_joint_event, make_joint_event
from soket.reporting.actions.rounds import begin_closing, close_round, open_round, open_rounds, reopen_round
from soket.reporting.actions.submit import Attachment, Incoming, Receipt, submit, submit_many
from soket.reporting.actions.twins import settle_twin
from soket.reporting.queries.opening import RoundDraft, ScopeDraft

__all__ = [
    "Attachment", "DraftSaved", "Incoming", "Outcome", "Receipt", "RoundDraft", "ScopeDraft", "Ticked", "Verdicting",
    "accept_ticked", "add_draft_file", "answer_extension", "answer_joint_event", "ask_extension", "begin_closing",
    "close_round", "decide", "decide_many", "define_indicator", "define_period_rule", "excuse_report",
    "install_catalogue", "make_joint_event", "open_round", "open_rounds", "publish_template", "remove_draft_file",
    "reopen_round", "save_draft", "settle_twin", "submit", "submit_many", "use_template",
]
