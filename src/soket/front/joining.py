"""Joins two rooms of one layer that may not know each other: a nomination for commendation may be begun from an exemplar."""
from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from soket.commendations.queries import scope
from soket.commendations.registry import Begun, register_source
from soket.exemplars import queries as exemplars
from soket.exemplars.models import Exemplar
from soket.exemplars.registry import register_link
from soket.kernel.actor import Actor
from soket.kernel.clock import today
from soket.kernel.text import whole

KIND = "exemplar"


def begun(actor: Actor, key: str, day: date) -> Begun | None:
    """The exemplar as the start of a nomination, for those who may see it."""
    number = whole(key)
    ground = exemplars.as_ground(number) if number is not None and exemplars.inside(actor, day).filter(pk=number).exists() else None
    return Begun(ground.unit_id, ground.title, ground.text, ground.url, tuple(ground.figures)) if ground else None


def nominate(exemplar: Exemplar) -> str:
    """Where a nomination begun from it is written: the newest campaign that takes nominations; empty while none does."""
    taking = scope.newest_open(today()) if exemplars.as_ground(exemplar.pk) is not None else None
    return f"{reverse('commendations:nomination_new', args=[taking.slug])}?tu={KIND}:{exemplar.pk}" if taking else ""


def join() -> None:
    """Called once at start-up."""
    register_source(KIND, begun)
    register_link(_("Propose it for commendation"), nominate)
