"""The only writes of this room."""
from soket.exemplars.actions.adoptions import adopt, confirm, stop
from soket.exemplars.actions.exemplars import ExemplarDraft, draft_exemplar, rewrite
from soket.exemplars.actions.flags import flag_figure
from soket.exemplars.actions.movements import MovementDraft, change_movement, open_movement
from soket.exemplars.actions.parts import add_evidence, add_photo, bind_figure, cite_figure, drop_part
from soket.exemplars.actions.registering import recognise_counts, register
from soket.exemplars.actions.standing import propose, publish, recognise, reopen, send_back, withdraw

__all__ = [
    "ExemplarDraft", "MovementDraft", "add_evidence", "add_photo", "adopt", "bind_figure", "change_movement", "cite_figure", "confirm",
    "draft_exemplar", "drop_part", "flag_figure", "open_movement", "propose", "publish", "recognise", "recognise_counts", "register", "reopen",
    "rewrite", "send_back", "stop", "withdraw",
]
