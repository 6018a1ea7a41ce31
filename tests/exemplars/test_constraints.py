"""What the database itself refuses: each rule with an insert that fails, and sealed rows that stay."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from soket.exemplars import actions
from soket.exemplars.models import (
    Adoption,
    AdoptionAct,
    Count,
    Evidence,
    Figure,
    MovementScope,
    Photo,
    Publication,
    Recognition,
    Registration,
    Standing,
)
from soket.kernel.door import DoorClosed, open_door
from tests.factories import exemplars as make

pytestmark = pytest.mark.django_db
SIGNED = {"at": make.AT, "by_id": "1", "by_label": "Cán bộ"}


def fails(model: Any, **row: Any) -> None:
    with open_door(), pytest.raises(IntegrityError), transaction.atomic():
        model(**row).save(force_insert=True)


def test_registrations_and_recognitions(world: make.World) -> None:
    found = make.movement(world)
    one = make.registered(world, found)
    said = actions.recognise_counts(
        id=uuid4(), registration=one, typed=make.typed(), dated=date(2026, 3, 1), document="7/QĐ", by=world.decider, at=make.AT
    )
    row = {"movement": found, "unit": world.one, "year": 2026, **SIGNED}
    fails(Registration, id=uuid4(), version=1, **row)
    fails(Registration, id=uuid4(), version=2, **row)
    fails(Registration, id=uuid4(), version=0, reason="Sửa", **row)
    decision = {"registration": one, "dated": date(2026, 3, 1), **SIGNED}
    fails(Recognition, id=uuid4(), version=1, document="8/QĐ", **decision)
    fails(Recognition, id=uuid4(), version=2, document="8/QĐ", **decision)
    fails(Recognition, id=uuid4(), version=2, document="", reason="Sửa", **decision)
    second = Registration(id=uuid4(), version=2, reason="Sửa", **row)
    with open_door():
        second.save(force_insert=True)
    fails(Count, registration=second, field="sport", state="number", collective=1, individual=1)
    fails(Count, registration=second, field="economy", state="number", collective=1)
    fails(Count, registration=second, field="economy", state="nothing", collective=0, individual=0)
    fails(Count, registration=second, field="economy", state="zero")
    fails(Count, registration=second, recognition=said, field="economy", state="missing")
    fails(Count, field="economy", state="missing")
    fails(Count, registration=one, field="economy", state="missing")
    fails(Count, recognition=said, field="economy", state="missing")
    fails(MovementScope, movement=found, line=world.one.line, level=3)


def test_exemplars_and_their_parts(world: make.World) -> None:
    found = make.published(world).exemplar
    file = found.photos.get().file
    fails(Standing, exemplar=found, number=1, act="proposed", **SIGNED)
    fails(Standing, exemplar=found, number=90, act="liked", **SIGNED)
    fails(Standing, exemplar=found, number=90, act="withdrawn", **SIGNED)
    shown = {"exemplar": found, "file": found.evidence.first().file, "width": 3, "height": 2}
    fails(Photo, caption="", credit="b", alternative="c", **shown)
    fails(Photo, caption="a", credit="", alternative="c", **shown)
    fails(Photo, caption="a", credit="b", alternative="", **shown)
    fails(Photo, caption="a", credit="b", alternative="c", decorative=True, **shown)
    fails(Photo, caption="a", credit="b", alternative="c", **{**shown, "width": 0})
    fails(Photo, caption="a", credit="b", alternative="c", **{**shown, "file": file})
    fails(Evidence, exemplar=found, title="Không có gì")
    fails(Evidence, exemplar=found, title="Không có tệp", number="1/QĐ", public=True)
    side = {"exemplar": found, "label": "Buổi", "side": "before", "period": "2025"}
    fails(Figure, **side)
    fails(Figure, **side, value=1, measure="buổi")
    fails(Figure, **side, value=1, measure="buổi", citation="BC 1", code="01")
    fails(Figure, **{**side, "side": "during"}, value=1, measure="buổi", citation="BC 1")
    fails(Figure, **side, value=1, measure="buổi", citation="BC 1", precision="exactly")
    fails(Publication, exemplar=found, number=1, title="a", field="economy", content="{}", digest="0", at=make.AT, by_label="a")
    for changed in ({"holder_kind": "citizen"}, {"holder": ""}, {"field": "sport"}):
        with open_door(), pytest.raises(IntegrityError), transaction.atomic():
            type(found).objects.filter(pk=found.pk).update(**changed)


def test_adoptions(world: make.World) -> None:
    found = make.published(world).exemplar
    row = make.confirmed(world, found)
    given = {"exemplar": found, "unit": world.two, "dated": date(2026, 2, 1), **SIGNED}
    fails(Adoption, id=uuid4(), document="1/KH", **given)
    fails(Adoption, id=uuid4(), **{**given, "unit": world.land.police["province"]})
    fails(Adoption, id=uuid4(), document="1/KH", stopped_on=date(2026, 1, 1), **given)
    fails(AdoptionAct, adoption=row, kind="confirmed", on=date(2026, 2, 1), **SIGNED)
    fails(AdoptionAct, adoption=row, kind="stopped", on=date(2026, 2, 1), **SIGNED)
    fails(AdoptionAct, adoption=row, kind="praised", on=date(2026, 2, 1), **SIGNED)


def test_rows_change_only_through_actions_and_sealed_ones_never(world: make.World) -> None:
    found = make.published(world).exemplar
    make.confirmed(world, found)
    registered = make.registered(world, make.movement(world))
    with pytest.raises(DoorClosed):
        found.save()
    sealed: list[tuple[Any, str, object]] = [
        (Registration, "year", 2020), (Count, "collective", 9), (Standing, "reason", "khác"), (Publication, "title", "khác"), (AdoptionAct, "reason", "khác"),
    ]  # fmt: skip
    for model, name, value in sealed:
        writes: list[Callable[[], object]] = [
            lambda m=model, n=name, v=value: m.objects.update(**{n: v}), lambda m=model: m.objects.all()._raw_delete("default"),
        ]  # fmt: skip
        for write in writes:
            with open_door(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                write()
    registered.year = 2020
    with open_door(), pytest.raises(DoorClosed):
        registered.save()
