"""What waits for someone in this room: claims to decide, duties due, overdue or returned."""
from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from soket.kernel.actor import Actor
from soket.kernel.clock import VIETNAM, day_of
from soket.organisations.queries.units import lives
from soket.programmes import core
from soket.programmes.core import State
from soket.programmes.models import Duty, Obligation
from soket.programmes.queries.duties import claims_waiting, own_duties
from soket.ui.work import WorkItem


def waiting_for(actor: Actor, at: datetime) -> list[WorkItem]:
    """Work items of this room for the actor, what is late first."""
    return sorted(_owed(actor, at) + _to_decide(actor, at), key=lambda item: (not item.late, item.due is None, item.due or at))


def _to_decide(actor: Actor, at: datetime) -> list[WorkItem]:
    waiting = claims_waiting(actor, at)
    numbers = Counter(duty.obligation_id for duty in waiting)
    obligations: dict[int, Obligation] = {duty.obligation_id: duty.obligation for duty in waiting}
    return [
        WorkItem(
            title=f"{obligation.code}. {obligation.title}",
            detail=ngettext("%(count)s claim waits for your decision", "%(count)s claims wait for your decision", numbers[pk])
            % {"count": numbers[pk]},
            url=f"{reverse('programmes:waiting')}?nv={pk}",
            count=numbers[pk],
        )
        for pk, obligation in obligations.items()
    ]


def _owed(actor: Actor, at: datetime) -> list[WorkItem]:
    day, known = day_of(at), lives()
    items = []
    for duty in own_duties(actor, at):
        life = known.at(duty.unit_id, day)
        items.append(
            WorkItem(
                title=f"{duty.obligation.code}. {duty.obligation.title}",
                detail=f"{life.name if life else ''}: {_what(duty, day)}",
                url=reverse("programmes:duty", args=[duty.pk]),
                due=datetime.combine(duty.due_on, time(23, 59, 59), VIETNAM) if duty.due_on else None,
                late=core.is_overdue(duty.state, duty.due_on, day),
            )
        )
    return items


def _what(duty: Duty, day: date) -> str:
    if duty.state == State.RETURNED:
        return _("returned, to be mended and sent again")
    if core.is_overdue(duty.state, duty.due_on, day):
        return _("overdue")
    return _("to be done")
