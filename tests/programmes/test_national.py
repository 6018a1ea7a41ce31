"""At the size of the country: lists, claims, decisions, coverage and pages ask the database in batches, never once per unit."""
from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from soket.kernel.door import open_door
from soket.kernel.text import folded, sort_keys
from soket.organisations.models import Area, AreaVersion, Level, Unit, UnitVersion
from soket.programmes import actions, queries
from soket.programmes.models import Duty
from tests.factories import programmes as make
from tests.support.client import LintingClient

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
COMMUNES = 10_040
FEW = 100
PER_ROWS = 30  # SQLite takes some hundred values in a statement, so the widest rows go thirty at a time


def _communes(land: make.Country, number: int) -> None:
    """So many communes under one province, with the police of each."""
    names = [f"xã Số {at}" for at in range(number)]
    with open_door():
        areas = Area.objects.bulk_create([Area(key=f"xa-{name}") for name in names])
        dated = [
            {"valid_from": make.REFORM, "name": name, "level": Level.COMMUNE, "canonical": name, "folded": folded(name), "sort_key": key}
            for name, key in zip(names, sort_keys(names), strict=True)
        ]
        above = land.areas["both"]
        AreaVersion.objects.bulk_create([AreaVersion(area=area, kind="xã", parent=above, **own) for area, own in zip(areas, dated, strict=True)])
        line = land.police["both"].line
        units = Unit.objects.bulk_create([Unit(key=f"ca-{name}", line=line) for name in names])
        parent = land.police["both"]
        UnitVersion.objects.bulk_create(
            [UnitVersion(unit=unit, parent=parent, area=area, **own) for unit, area, own in zip(units, areas, dated, strict=True)]
        )
    make.tree_changed()


def _asked(work: Callable[[], Any]) -> int:
    """How many statements the work sends; counted only, for at this size their text is megabytes."""
    sent = 0

    def count(execute: Callable[..., Any], *rest: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*rest)

    with connection.execute_wrapper(count):
        work()
    return sent


def _written(number: int) -> tuple[make.Country, dict[str, int]]:
    """The country with so many communes, and how often each bulk act asked: all but FEW claims are accepted."""
    land = make.country()
    _communes(land, number)
    owed = make.obligation(make.programme(land), ("police", Level.COMMUNE), code="NV-09")
    asked = {"resolve": _asked(lambda: actions.resolve_duties(obligation=owed, on=ON, by=make.JOB, at=make.AT))}
    duties = list(Duty.objects.filter(obligation=owed).order_by("id"))
    assert len(duties) == number + 2  # xã An Bình and xã Đức of the small country
    drafts = [actions.ClaimDraft(id=uuid.uuid4(), duty=one, number="5/CTr", dated=ON) for one in duties]
    asked["claim"] = _asked(lambda: actions.claim_many(claims=drafts, by=make.JOB, at=make.AT))
    asked["accept"] = _asked(lambda: actions.accept_many(duties=duties[:-FEW], by=make.JOB, at=make.AT))
    whole = queries.coverage(owed, make.AT.date())
    assert (whole.numerator, whole.denominator) == (number + 2 - FEW, number + 2)
    return land, asked


def _read(land: make.Country, client: LintingClient) -> dict[str, int]:
    client.force_login(make.person("vp", programme=land.police["centre"], decide=land.police["both"]))
    home = "/chuong-trinh/12-ctr-thu/"
    asked = {}
    for address in (home, f"{home}NV-09/", f"{home}NV-09/?ds=da-xong&page=2&q=so", "/chuong-trinh/cho-quyet-dinh/", "/viec-can-lam/"):
        assert client.get(address).status_code == 200
        asked[address] = _asked(lambda at=address: client.get(at))
    return asked


@pytest.mark.parametrize("number", [FEW, COMMUNES])
def test_the_country_is_asked_for_in_batches(number: int, client: LintingClient) -> None:
    land, by_acts = _written(number)
    assert all(sent <= number / PER_ROWS + 20 for sent in by_acts.values()), by_acts
    home = "/chuong-trinh/12-ctr-thu/"
    assert _read(land, client) == {
        home: 14, f"{home}NV-09/": 10, f"{home}NV-09/?ds=da-xong&page=2&q=so": 10, "/chuong-trinh/cho-quyet-dinh/": 7, "/viec-can-lam/": 28,
    }  # fmt: skip
