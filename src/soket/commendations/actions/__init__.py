"""The only writes of this room."""
from soket.commendations.actions.appraising import (
    Outcome,
    agree_many,
    agree_to,
    ask_to_complete,
    conclude_appraisal,
    decline_nomination,
    receive_dossier,
    receive_many,
)
from soket.commendations.actions.award_forms import add_form, change_form, end_form
from soket.commendations.actions.campaign import advance_campaign, change_campaign, create_campaign, move_calendar
from soket.commendations.actions.campaign_terms import drop_form, set_proposers, set_quotas, take_form
from soket.commendations.actions.certificates import ask_batch, fail_batch, issue_certificates, keep_batch, note_progress, reissue, save_design
from soket.commendations.actions.council import (
    MemberDraft,
    add_member,
    make_keys,
    member_leaves,
    note_arrival,
    open_meeting,
    plan_meeting,
    prepare_meeting,
    recuse,
    set_up_council,
)
from soket.commendations.actions.counting import PaperLine, confirm_paper_count, count_meeting, enter_paper_count
from soket.commendations.actions.deciding import approve_names, decide, keep_decision_paper
from soket.commendations.actions.dossier import attach, attach_to_many, remark
from soket.commendations.actions.grounds import cancel, flag_nomination, judge_ground, record_recovery
from soket.commendations.actions.handing import hand_over, strike_handing
from soket.commendations.actions.holidays import drop_holiday, enter_year, put_holiday
from soket.commendations.actions.minutes import issue_minutes, keep_minutes
from soket.commendations.actions.nominating import DoubleEntry, NominationDraft, Origin, RowOutcome, draft_many, draft_nomination, edit_nomination
from soket.commendations.actions.posting import answer_objection, object_to, post_list
from soket.commendations.actions.ranking import promote, rank_nominations
from soket.commendations.actions.ruling import change_rule, end_rule, install_rules
from soket.commendations.actions.submitting import MOST, complete, confirm, confirm_many, return_to_proposer, submit, withdraw
from soket.commendations.actions.twins import settle_twin
from soket.commendations.actions.voting import cast_ballot, take_ballot, vote_openly

__all__ = [
    "DoubleEntry", "MOST", "MemberDraft", "NominationDraft", "Origin", "Outcome", "PaperLine", "RowOutcome", "add_form", "add_member",
    "advance_campaign", "agree_many", "agree_to", "answer_objection", "approve_names", "ask_batch", "ask_to_complete", "attach", "attach_to_many", "cancel",
    "cast_ballot", "change_campaign", "change_form", "change_rule", "complete", "conclude_appraisal", "confirm", "confirm_many",
    "confirm_paper_count", "count_meeting", "create_campaign", "decide", "decline_nomination", "draft_many", "draft_nomination", "drop_form",
    "drop_holiday", "edit_nomination", "end_form", "end_rule", "enter_paper_count", "enter_year", "fail_batch", "flag_nomination", "hand_over",
    "install_rules", "issue_certificates", "issue_minutes", "judge_ground", "keep_batch", "keep_decision_paper", "keep_minutes", "make_keys",
    "member_leaves", "move_calendar", "note_arrival", "note_progress", "object_to", "open_meeting", "plan_meeting", "post_list", "prepare_meeting",
    "promote", "put_holiday", "rank_nominations", "receive_dossier", "receive_many", "record_recovery", "recuse", "reissue", "remark",
    "return_to_proposer", "save_design", "set_proposers", "set_quotas", "set_up_council", "settle_twin", "strike_handing", "submit", "take_ballot",
    "take_form", "vote_openly", "withdraw",
]
