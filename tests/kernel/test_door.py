"""Rows are written only through the door; overlap and append-only guards stand behind it in the database."""
from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from soket.kernel.door import DoorClosed, action, open_door
from soket.organisations.models import Area, AreaVersion, Level


def _version(area: Area, since: date, until: date | None) -> AreaVersion:
    return AreaVersion(area=area, name="xã An", kind="xã", level=Level.COMMUNE, valid_from=since, valid_to=until, canonical="xã an", folded="xa an",
                       sort_key=b"1")


@pytest.mark.django_db
def test_a_raw_write_is_refused_and_an_action_writes() -> None:
    with pytest.raises(DoorClosed):
        Area(key="a").save()
    with open_door():
        Area(key="a").save()
    for write in (lambda: Area.objects.filter(key="a").update(key="b"), lambda: Area.objects.filter(key="a").delete()):
        with pytest.raises(DoorClosed):
            write()


@pytest.mark.django_db
def test_overlapping_versions_are_refused_by_the_database_and_touching_ones_are_not() -> None:
    with open_door():
        area = Area(key="a")
        area.save()
        _version(area, date(2025, 1, 1), date(2025, 7, 1)).save()
        _version(area, date(2025, 7, 1), None).save()
        with pytest.raises(DatabaseError, match="overlap"), transaction.atomic():
            _version(area, date(2025, 6, 30), date(2025, 7, 1)).save()


@pytest.mark.django_db
def test_an_action_takes_keywords_only_and_undoes_everything_on_failure() -> None:
    @action
    def fail(*, key: str) -> None:
        Area(key=key).save()
        raise RuntimeError("halfway")

    with pytest.raises(TypeError):
        fail("a")  # type: ignore[misc]
    with pytest.raises(RuntimeError):
        fail(key="a")
    assert not Area.objects.exists()
