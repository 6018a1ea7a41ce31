"""The writes of this room."""
from soket.reviews.actions.citing import cite
from soket.reviews.actions.drafting import add_programme, choose_figure, create_review, drop_figure, drop_section, write_section
from soket.reviews.actions.papers import keep_paper
from soket.reviews.actions.proposing import propose
from soket.reviews.actions.signing import sign

__all__ = [
    "add_programme", "choose_figure", "cite", "create_review", "drop_figure", "drop_section", "keep_paper", "propose", "sign", "write_section",
]
