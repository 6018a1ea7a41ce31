"""Decisions to test with, over the world of `factories.commendations`: nominations put forward and posted, decided through the real act."""
from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from soket.accounts.models import Person
from soket.commendations import actions
from soket.commendations.models import Award, CampaignForm, Decision, Nomination, Posting
from soket.kernel.door import open_door
from soket.organisations.models import Unit
from soket.reviews import actions as reviews
from soket.reviews.models import Edition
from tests.factories import commendations as make
from tests.factories import reviews as review
from tests.factories.reporting import person

POSTED, UNTIL = datetime(2026, 7, 21, 2, 0, tzinfo=UTC), date(2026, 8, 4)
AT = datetime(2026, 8, 10, 2, 30, tzinfo=UTC)
DAY = date(2026, 8, 10)
LATER = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)
LAST = date(2026, 9, 1)


def posted(form: CampaignForm, rows: Sequence[Nomination], until: date = UNTIL) -> Posting:
    """The list hung out for objections; after `until` it may be decided on."""
    with open_door():
        made = Posting(
            campaign_form=form, number=form.postings.count() + 1, listed=json.dumps([str(row.pk) for row in rows]), until=until, at=POSTED, by_label="Cán bộ"
        )
        made.save(force_insert=True)
    return made


def chosen(world: make.World, *units: Unit, of: CampaignForm | None = None, **more: Any) -> list[Nomination]:
    """One nomination of each unit, put forward for the form and posted."""
    rows = [make.nomination(world, unit, of=of, state="chosen", **more) for unit in units]
    posted(of or world.form, rows)
    return rows


def decided(rows: Sequence[Nomination], by: Person, dated: date = DAY, at: datetime = AT, **more: Any) -> Decision:
    """A decision over these nominations, signed by `by`."""
    return actions.decide(
        id=uuid4(), campaign_form=rows[0].campaign_form, nominations=rows, dated=dated, signer_post="Bộ trưởng", by=by, at=at, **more
    )


def awarded(world: make.World, *units: Unit, of: CampaignForm | None = None, **more: Any) -> list[Award]:
    """One award of each unit, decided by the form's own signer."""
    rows = chosen(world, *units, of=of, **more)
    made = decided(rows, world.front_signer if of == world.front_form else world.signer)
    return list(made.awards.select_related("nomination", "decision__entry", "decision__campaign_form__campaign").order_by("place"))


def opened(world: make.World, awards: Sequence[Award]) -> None:
    """The names of the awards open to the public."""
    actions.approve_names(awards=awards, by=world.office, at=AT)


def cited(world: make.World, rows: Sequence[Nomination]) -> None:
    """Reviews know that each nomination relies on figure 01 of the first edition."""
    from soket.commendations.actions.shared import nomination_ref

    for row in rows:
        reviews.cite(edition=world.edition, figure="01", ref=nomination_ref(row), url=f"/khen-thuong/de-nghi/{row.pk}/", by=world.office, at=make.AT)


def corrected(world: make.World) -> Edition:
    """Edition 2: the fourth commune's report came in, and 66 sessions read 88."""
    review.accept(world.review.round, world.front["two"])
    return review.frozen(world.review, reason="Ủy ban MTTQ xã Đông Hải báo cáo bổ sung")


def publisher(world: make.World) -> Person:
    """Opens names to the public for the police centre."""
    return person("cong-bo", publish=world.police["centre"])
