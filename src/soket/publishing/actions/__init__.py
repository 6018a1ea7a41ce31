"""The writes of this room, by subject."""
from soket.publishing.actions.base import article_ref
from soket.publishing.actions.steps import approve, hand_over, publish, return_draft, schedule, send_for_approval, unschedule, withdraw
from soket.publishing.actions.writing import create_article, restore_revision, save_revision

__all__ = [
    "approve", "article_ref", "create_article", "hand_over", "publish", "restore_revision", "return_draft", "save_revision", "schedule",
    "send_for_approval", "unschedule", "withdraw",
]
