"""Plans of succession acts: what each would end, change and open. Nothing is written here.

An act on an area reaches the units that sit on it: they are renamed, moved, ended or formed with it.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.kernel.door import Refused
from soket.organisations.core import would_cycle
from soket.organisations.core.naming import area_sort_text, bare, forms, renamed_after, unit_sort_text
from soket.organisations.core.plan import Change, Opening, Plan
from soket.organisations.models import Area, AreaVersion, Unit, UnitVersion
from soket.organisations.queries.cache import on_day
from soket.organisations.queries.current import Subject, clean, open_version, require_open


def seats(area_ids: Sequence[int]) -> list[UnitVersion]:
    """Open versions of the units that sit on the areas."""
    rows = UnitVersion.objects.filter(area_id__in=area_ids, valid_to=None).select_related("unit__line")
    return list(rows.order_by("unit__line__order", "sort_key", "unit_id"))


def open_children(subjects: Sequence[Subject]) -> list[Any]:
    """Open versions directly below the subjects."""
    model = AreaVersion if isinstance(subjects[0], Area) else UnitVersion
    return list(model.objects.filter(parent_id__in=[s.pk for s in subjects], valid_to=None).order_by("sort_key", "id"))


def full_name(name: str, kind: str) -> str:
    """An area's full name: type and own name, whichever way it was typed."""
    typed = clean(name, "name", 200)
    own = clean("" if typed == kind else bare(typed, kind), "name", 190 - len(kind))
    return f"{kind} {own}" if kind else own


def _checked_open(versions: Sequence[Any], on: date) -> None:
    for version in versions:
        require_open(version, on)


def _area_change(version: AreaVersion, name: str, kind: str, on: date) -> list[Change]:
    """The area under another name or type, and its units renamed after it."""
    changes = [Change(version, {"kind": kind, **forms(name, area_sort_text(name, kind))})]
    seated = seats([version.area_id])
    _checked_open(seated, on)
    for seat in seated:
        unit = renamed_after(seat.name, version.name, version.kind, name, kind)
        if unit != seat.name:
            changes.append(Change(seat, forms(unit, unit_sort_text(unit, name, kind))))
    return changes


def _twin(version: Any, name: str, on: date) -> None:
    """Two siblings of one name cannot be told apart."""
    siblings = type(version).objects.filter(on_day(on), parent_id=version.parent_id, name=name).exclude(pk=version.pk)
    if isinstance(version, UnitVersion):
        siblings = siblings.filter(unit__line_id=version.unit.line_id)
    if siblings.exists():
        raise Refused(_("%(name)s already exists in the same place.") % {"name": name}, field="name")


def plan_rename(*, subject: Subject, name: str, on: date) -> Plan:
    """Another name from `on`. For an area `name` may be given with or without its type."""
    version = open_version(subject, on)
    wanted = full_name(name, version.kind) if isinstance(subject, Area) else clean(name, "name", 200)
    if wanted == version.name:
        raise Refused(_("This is already the name."), field="name")
    _twin(version, wanted, on)
    title = f"{version.name} → {wanted}"
    if isinstance(subject, Area):
        return Plan(title, changes=_area_change(version, wanted, version.kind, on))
    area = AreaVersion.objects.filter(on_day(on), area_id=version.area_id).first() if version.area_id else None
    sort_text = unit_sort_text(wanted, area.name, area.kind) if area else unit_sort_text(wanted)
    return Plan(title, changes=[Change(version, forms(wanted, sort_text))])


def plan_retype(*, subject: Area, kind: str, on: date) -> Plan:
    """Another type from `on`, e.g. a xã becomes a phường; the own name stays."""
    version = open_version(subject, on)
    wanted = clean(kind, "kind", 20).lower()
    if wanted == version.kind:
        raise Refused(_("This is already the type."), field="kind")
    name = full_name(bare(version.name, version.kind), wanted)
    _twin(version, name, on)
    return Plan(f"{version.name} → {name}", changes=_area_change(version, name, wanted, on))


def plan_move(*, subject: Subject, parent: Subject, on: date) -> Plan:
    """Another parent from `on`; with an area, its units go below the units of the new parent."""
    version = open_version(subject, on)
    if type(parent) is not type(subject) or (isinstance(subject, Unit) and subject.line_id != parent.line_id):  # type: ignore[union-attr]
        raise Refused(_("A unit moves only inside its own line."), field="parent")
    above = open_version_on(parent, on)
    if would_cycle(subject.pk, parent.pk, lambda key: _parent_on(type(version), key, on)):
        raise Refused(_("%(name)s would come to stand below itself.") % {"name": version.name}, field="parent")
    if above.level > version.level:
        raise Refused(_("The new parent stands on a lower level."), field="parent")
    if version.parent_id == parent.pk:
        raise Refused(_("It already stands there."), field="parent")
    changes = [Change(version, {"parent_id": parent.pk})]
    if isinstance(subject, Area):
        changes += _seats_follow(subject, parent, on)
    return Plan(f"{version.name} → {above.name}", changes=changes)


def _seats_follow(area: Area, parent: Subject, on: date) -> list[Change]:
    heads = {seat.unit.line_id: seat.unit_id for seat in tops(seats([parent.pk]))}
    mine = tops(seats([area.pk]))
    _checked_open(mine, on)
    return [Change(seat, {"parent_id": heads[seat.unit.line_id]}) for seat in mine if seat.unit.line_id in heads]


def tops(seated: Sequence[UnitVersion]) -> list[UnitVersion]:
    """Of the units on one area, those whose superior does not sit there too: the line's own seat."""
    units = {seat.unit_id for seat in seated}
    return [seat for seat in seated if seat.parent_id not in units]


def open_version_on(subject: Subject, on: date) -> Any:
    """The version that holds the day and has no end. Raises Refused."""
    model: Any = AreaVersion if isinstance(subject, Area) else UnitVersion
    key = {"area": subject} if isinstance(subject, Area) else {"unit": subject}
    found = model.objects.filter(on_day(on), valid_to=None, **key).first()
    if found is None:
        raise Refused(_("The new parent does not exist on that day."), field="parent")
    return found


def _parent_on(model: type[AreaVersion] | type[UnitVersion], key: int, on: date) -> int | None:
    own = {"area_id": key} if model is AreaVersion else {"unit_id": key}
    return model.objects.filter(on_day(on), **own).values_list("parent_id", flat=True).first()


def plan_dissolve(*, subject: Subject, on: date, taken_over_by: Unit | None = None) -> Plan:
    """The end of a subject that has nothing below it; the units on an area end with it."""
    version = open_version(subject, on)
    below = open_children([subject])
    if below:
        raise Refused(_("%(count)s units still stand below it. Move them first.") % {"count": len(below)}, field="subject")
    endings: list[Any] = [version]
    follows: list[tuple[int, int, Fraction | None]] = []
    if isinstance(subject, Area):
        endings += seats([subject.pk])
        _checked_open(endings, on)
        _nothing_left_below(endings[1:])
    elif taken_over_by is not None:
        if taken_over_by.pk == subject.pk:
            raise Refused(_("A unit cannot take over from itself."), field="taken_over_by")
        open_version_on(taken_over_by, on)
        follows.append((subject.pk, taken_over_by.pk, None))
    return Plan(version.name, endings=endings, follows=follows)


def _nothing_left_below(seated: Sequence[UnitVersion]) -> None:
    ending = [seat.unit_id for seat in seated]
    if UnitVersion.objects.filter(parent_id__in=ending, valid_to=None).exclude(unit_id__in=ending).exists():
        raise Refused(_("Units seated elsewhere still stand below the units of this area. Move them first."), field="subject")


def plan_create(
    *, name: str, level: int, on: date, line_id: int | None = None, kind: str = "", parent: Subject | None = None,
    area: Area | None = None, code: str = "",
) -> Plan:  # fmt: skip
    """A new area (`line_id` None) or a new unit of a line."""
    require_level(parent, level, on)
    seat = open_version_on(area, on) if area is not None else None
    if line_id is None:
        kind = clean(kind, "kind", 20).lower()
        wanted = full_name(name, kind)
        opening = Opening(wanted, level, kind, sort_text=area_sort_text(wanted, kind), code=code.strip())
    else:
        wanted = clean(name, "name", 200)
        sort_text = unit_sort_text(wanted, seat.name, seat.kind) if seat else unit_sort_text(wanted)
        opening = Opening(wanted, level, line=line_id, area=area.pk if area else None, sort_text=sort_text)
    opening.parent = parent.pk if parent else None
    return Plan(wanted, openings=[opening])


def require_level(parent: Subject | None, level: int, on: date) -> None:
    """Raises Refused unless the parent stands open on that day, on the same level or above."""
    if parent is not None and open_version_on(parent, on).level > level:
        raise Refused(_("The new parent stands on a lower level."), field="parent")
