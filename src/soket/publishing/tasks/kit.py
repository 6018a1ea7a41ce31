"""The press kit and the drawn picture of a released copy, made by the worker after the release."""
from __future__ import annotations

from soket.jobs.declare import job
from soket.kernel.actor import SystemActor
from soket.kernel.clock import now
from soket.publishing import cards, kit
from soket.publishing.actions import photos as actions
from soket.publishing.queries import library, press

PRESS = SystemActor("press", "Soket")


@job
def make_press(*, article: int, key: str) -> bool:
    """Make both for what the public reads of the article (by id). `key` is `press_key` when it was asked for: if that has changed since,
    another job was asked for and this one does nothing. Answers whether something new was made."""
    copy = press.copy_for_press(article)
    if copy is None or library.press_key(copy) != key or library.press_files(copy):
        return False
    material = press.of_copy(copy)
    card = cards.png(cards.card_of(material.content))
    return actions.keep_press(copy=copy, key=key, kit=kit.zipped(material), card=card, by=PRESS, at=now())
