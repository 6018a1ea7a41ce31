"""The tree's state: read once for a request, anew after an act, never kept under a state it is not of."""
from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from soket.kernel.door import open_door
from soket.kernel.memo import remembering
from soket.organisations import actions, queries
from soket.organisations.models import AreaVersion, TreeVersion
from tests.factories import organisations as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def _written_elsewhere(area_id: int, name: str, token: str) -> None:
    """What another process would commit meanwhile: a row and the tree's token."""
    with open_door():
        AreaVersion.objects.filter(area_id=area_id).update(name=name)
        TreeVersion.objects.update(token=token)


def _name(area_id: int) -> str:
    return queries.area_tree(DAY).node(area_id).name


def test_one_read_for_a_request_and_a_new_one_after_an_act(django_assert_num_queries: Callable[[int], Any]) -> None:
    world = make.village()
    with remembering():
        assert (_name(world.an_phu.pk), len(queries.unit_tree("police", DAY))) == ("xã An Phú", 3)
        assert queries.unit_at(world.police.pk, DAY) is not None
        with django_assert_num_queries(0):
            _name(world.an_phu.pk), queries.unit_tree("police", DAY), queries.unit_at(world.police.pk, DAY), queries.tree_version()
        actions.rename(subject=world.an_phu, name="An Phú Mới", on=DAY, basis="NQ 1", by=make.LOADER, at=make.AT)
        assert _name(world.an_phu.pk) == "xã An Phú Mới"


def test_an_act_of_another_process_is_seen_by_the_next_request() -> None:
    world = make.village()
    with remembering():
        assert _name(world.an_phu.pk) == "xã An Phú"
        _written_elsewhere(world.an_phu.pk, "xã Khác", "another")
        assert _name(world.an_phu.pk) == "xã An Phú"
    with remembering():
        assert _name(world.an_phu.pk) == "xã Khác"


def test_rows_of_a_later_state_are_not_kept_under_the_remembered_one() -> None:
    world = make.village()
    token = TreeVersion.objects.values_list("token", flat=True).get()
    with remembering():
        queries.tree_version()
        _written_elsewhere(world.an_phu.pk, "xã Khác", "another")
        assert _name(world.an_phu.pk) == "xã Khác"
    _written_elsewhere(world.an_phu.pk, "xã An Phú", token)
    assert _name(world.an_phu.pk) == "xã An Phú"
