"""What this room does when something has happened."""
from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from soket.jobs.actions import enqueue
from soket.publishing import shelving
from soket.publishing.queries import arrivals, contents, library, press
from soket.publishing.signals import arrival_asked, frame_changed, narration_asked, released
from soket.publishing.tasks.arrivals import read_archive, take_archive
from soket.publishing.tasks.kit import make_press
from soket.publishing.tasks.sound import make_sound
from soket.reviews.signals import edition_frozen


@receiver(released)
def shelf_follows(*, article_id: int, **_: Any) -> None:
    """The public store has the change before the one who made it sees the next page. If it cannot be written, the worker tries again."""
    shelving.shelve_soon(article_id)


@receiver(edition_frozen)
def readers_learn_of_it(*, review_id: int, **_: Any) -> None:
    """A newer edition stands at once at every article that cites an older one, and in its panels, before anybody has corrected the text."""
    for article_id in contents.released_about(review_id):
        shelving.shelve_soon(article_id)


@receiver(frame_changed)
def frame_follows(**_: Any) -> None:
    """Categories and old addresses are in the public store at once."""
    shelving.frame_soon()


@receiver(narration_asked)
def sound_is_made(*, narration_id: int, **_: Any) -> None:
    """A recording is made ready, or a text read, by the worker."""
    enqueue(job=make_sound, arguments={"narration": narration_id})


@receiver(released)
def press_is_served(*, article_id: int, **_: Any) -> None:
    """The press kit and the drawn picture of what the public reads now are made by the worker, unless they are there."""
    copy = press.copy_for_press(article_id)
    if copy is not None and not library.press_files(copy):
        enqueue(job=make_press, arguments={"article": article_id, "key": library.press_key(copy)})


@receiver(arrival_asked)
def archive_moves_on(*, arrival_id: int, **_: Any) -> None:
    """An archive that was brought is read, one that was approved is taken over, by the worker."""
    found = arrivals.by_id(arrival_id)
    if found is not None and found.state in {"waiting", "approved"}:
        enqueue(job=read_archive if found.state == "waiting" else take_archive, arguments={"arrival": arrival_id})
