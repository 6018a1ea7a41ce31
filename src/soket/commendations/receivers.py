"""What this room does when something has happened."""
from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from soket.commendations.queries.scope import KIND
from soket.commendations.signals import ballot_keys_asked, decision_made, print_run_asked
from soket.commendations.tasks import RENDER, flag_ground, make_ballot_keys, make_batch, set_decision_paper
from soket.jobs.actions import enqueue
from soket.reviews.signals import citation_flagged


@receiver(print_run_asked)
def a_print_run_is_made(*, batch_id: str, **_: Any) -> None:
    """The worker sets a print run as soon as it was asked for."""
    enqueue(job=make_batch, arguments={"batch": batch_id})


@receiver(decision_made)
def a_decision_is_set_as_its_papers(*, decision_id: str, **_: Any) -> None:
    """A decision is set as its papers at once, so that they lie ready when someone asks."""
    for form in RENDER:
        enqueue(job=set_decision_paper, arguments={"decision": decision_id, "form": form})


@receiver(citation_flagged)
def a_figure_below_a_nomination_moved(*, citation_id: int, kind: str, ref_id: str, changed: bool, edition_id: int, **_: Any) -> None:
    """Whoever appraised a nomination is told when a figure it rests on reads otherwise in a later edition."""
    if kind == KIND and changed:
        enqueue(job=flag_ground, arguments={"citation": citation_id, "nomination": ref_id, "edition": edition_id})


@receiver(ballot_keys_asked)
def ballots_are_prepared(*, meeting_id: int, **_: Any) -> None:
    """The keys of a secret vote are made by the worker, one question after the other."""
    enqueue(job=make_ballot_keys, arguments={"meeting": meeting_id})
