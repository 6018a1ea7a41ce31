"""Awards to test with, written as rows: a decision of an issuer with its number, its list, gold-book numbers and holdings."""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

from soket.commendations.actions.shared import move
from soket.commendations.models import Award, CampaignForm, Decision, Holding, Nomination
from soket.documents.actions import Taking, take_many, take_number
from soket.kernel.canonical import canonical
from soket.kernel.door import open_door
from tests.factories import commendations as make

DATED = date(2026, 7, 20)
GROUND = {"text": "Gian dối trong việc kê khai công trạng, thành tích", "citation": "Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 93 khoản 2"}


def decision(world: make.World, of: CampaignForm | None = None, kind: str = "award", dated: date = DATED) -> Decision:
    """A decision with the next number of its issuer."""
    held = of or world.form
    key, by = uuid4(), world.signer if held == world.form else world.front_signer
    given = {"issuer": f"unit:{held.issuer_id}", "issuer_label": "Cơ quan", "series": "van-ban", "on": dated, "by": by, "at": make.AT}
    entry = take_number(**given, symbol=f"QĐ-{held.form.symbol}", subject="Về việc tặng Bằng khen", kind="quyet-dinh", reference=str(key))  # type: ignore[arg-type]
    with open_door():
        made = Decision(
            id=key, campaign_form=held, issuer=held.issuer, kind=kind, entry=entry, dated=dated, signer_post="Bộ trưởng", at=make.AT, by_id=by.actor_id,
            body=canonical({"authority": "", "ground": GROUND}).decode(), by_label=by.actor_label,
        )  # fmt: skip
        made.save()
    return made


def awarded(world: make.World, nominations: Sequence[Nomination], of: CampaignForm | None = None, dated: date = DATED) -> list[Award]:
    """The nominations (chosen) awarded by one decision of their issuer."""
    found = decision(world, of or nominations[0].campaign_form, dated=dated)
    by = world.signer if found.campaign_form == world.form else world.front_signer
    takings = [Taking(one.brief, f"award:{one.pk}") for one in nominations]
    gold = take_many(
        issuer=f"unit:{found.issuer_id}", issuer_label="Cơ quan", series="so-vang", on=dated, symbol="", kind="so-vang", takings=takings, by=by, at=make.AT
    )
    made = []
    with open_door():
        for place, (one, number) in enumerate(zip(nominations, gold, strict=True), 1):
            name = one.person_name or f"Tập thể Công an đơn vị {one.number}"
            row = Award(
                nomination=one, decision=found, place=place, recipient=one.recipient, name=name, detail=one.person_post, achievement=one.brief, gold=number
            )
            row.save()
            Holding(
                award=row, recipient_key=one.recipient_key, programme_key=one.programme_id or 0, valid_from=one.achieved_from,
                valid_to=one.achieved_to + timedelta(days=1),
            ).save()  # fmt: skip
            move(one, "decided", by, make.AT)
            made.append(row)
    return made
