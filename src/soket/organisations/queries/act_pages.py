"""Succession acts as they are listed and read, and what they touched."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from soket.kernel.actor import Actor
from soket.organisations import rules
from soket.organisations.models import Area, AreaVersion, Succession, SuccessionKind, Unit, UnitVersion
from soket.organisations.queries.current import Subject


@dataclass(frozen=True)
class Touched:
    """One area or unit that an act ended, changed or formed. `before` empty: formed; `after` empty: ended."""

    is_unit: bool
    id: int
    before: str
    after: str
    moved: bool


def acts(kind: str = "") -> QuerySet[Succession]:
    """All acts, latest effect first; with what undid them."""
    found = Succession.objects.select_related("source", "undone_by").order_by("-on", "-id")
    return found.filter(kind=kind) if kind in SuccessionKind.values else found


def act_by_id(act_id: int) -> Succession | None:
    return Succession.objects.select_related("source", "undone_by", "undoes").filter(pk=act_id).first()


def touched(act: Succession) -> list[Touched]:
    """Every area and unit that an act touched: areas before units, higher levels first, in Vietnamese order."""
    found: list[Touched] = []
    for model, own in ((AreaVersion, "area_id"), (UnitVersion, "unit_id")):
        ended = _by_subject(model, own, closed_by=act)
        begun = _by_subject(model, own, opened_by=act)
        for key in dict.fromkeys([*ended, *begun]):
            before, after = ended.get(key), begun.get(key)
            moved = before is not None and after is not None and before[1] != after[1]
            found.append(Touched(model is UnitVersion, key, before[0] if before else "", after[0] if after else "", moved))
    return found


def _by_subject(model: Any, own: str, **which: Any) -> dict[int, tuple[str, int | None]]:
    rows = model.objects.filter(**which).order_by("level", "sort_key").values_list(own, "name", "parent_id")
    return {key: (name, parent) for key, name, parent in rows}


def subject_to_administer(actor: Actor, thing: str, key: int, day: date) -> Subject | None:
    """The area or unit, if the actor may change it; None stands for both "not there" and "not yours"."""
    model: Any = Area.objects if thing == "area" else Unit.objects.select_related("line")
    found: Subject | None = model.filter(pk=key).first()
    return found if found is not None and rules.may_administer(actor, found, day) else None


def may_undo(actor: Actor, act: Succession, day: date) -> bool:
    """Whether the actor administers everything the act touched, and the act is one that can be undone."""
    if act.kind == SuccessionKind.UNDO or act.source_id is not None or Succession.objects.filter(undoes=act).exists():
        return False
    areas = Area.objects.filter(versions__opened_by=act) | Area.objects.filter(versions__closed_by=act)
    units = UnitVersion.objects.filter(opened_by=act) | UnitVersion.objects.filter(closed_by=act)
    mine = rules.may_administer_all(actor, units.values_list("unit_id", flat=True), day)
    return rules.administers_everything(actor, day) or (mine and all(rules.may_administer(actor, area, day) for area in areas.distinct()))
