"""The only writes of this room. Each part offers its acts here."""
from soket.conferences.actions.agenda import drop_item, issue_agenda, move_item, put_item
from soket.conferences.actions.awards import plan_awards
from soket.conferences.actions.changing import change_conference, change_site
from soket.conferences.actions.checkin import check_in_many, settle
from soket.conferences.actions.concluding import (
    conclude,
    drop_conclusion,
    keep_issued,
    keep_recording,
    keep_speech,
    put_conclusion,
    release_recording,
    take_up,
    write_minutes,
)
from soket.conferences.actions.delegates import add_delegates, change_delegate, put_order
from soket.conferences.actions.desk import beat, count_heads, hand_over, let_in_device, shut_out_device, strike_handover
from soket.conferences.actions.inviting import invite, reply
from soket.conferences.actions.live import act
from soket.conferences.actions.papers import bind_figure, call_paper, decide_paper, drop_paper, loose_figure, send_paper
from soket.conferences.actions.planning import add_delegate, add_sites, create_conference, open_to_public, withdraw_delegate, withdraw_site
from soket.conferences.actions.video import change_video

__all__ = [
    "change_video",
    "conclude", "drop_conclusion", "keep_issued", "keep_recording", "keep_speech", "put_conclusion", "release_recording", "take_up", "write_minutes",
    "add_delegates", "change_conference", "change_delegate", "change_site", "invite", "put_order", "reply",
    "add_delegate", "add_sites", "create_conference", "open_to_public", "withdraw_delegate", "withdraw_site",
    "beat", "check_in_many", "count_heads", "hand_over", "let_in_device", "settle", "shut_out_device", "strike_handover",
    "plan_awards",
    "act", "bind_figure", "call_paper", "decide_paper", "drop_item", "drop_paper", "issue_agenda", "loose_figure", "move_item", "put_item", "send_paper",
]
