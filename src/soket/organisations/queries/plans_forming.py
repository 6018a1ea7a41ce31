"""Plans of acts that form something new: merging and dividing.

What is formed by an act is another area and another unit, even when it bears an old name.
"""
from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from soket.kernel.door import Refused
from soket.organisations.core import sum_to_one, would_cycle
from soket.organisations.core.naming import area_sort_text, unit_name, unit_sort_text
from soket.organisations.core.plan import Change, Opening, Part, Plan
from soket.organisations.models import Area, AreaVersion, UnitVersion
from soket.organisations.queries.cache import on_day
from soket.organisations.queries.current import Subject, clean, open_version, require_open
from soket.organisations.queries.plans import full_name, open_children, open_version_on, seats, tops

WHOLE = Fraction(1)
Follows = list[tuple[int, Fraction | None]]


def plan_merge(*, subjects: Sequence[Subject], name: str, on: date, kind: str = "", parent: Subject | None = None, code: str = "") -> Plan:
    """Two or more end and one is formed; what stood below them moves below it.

    `parent` defaults to the one they share; `kind` to the type they share.
    """
    if len({subject.pk for subject in subjects}) < 2 or len({type(subject) for subject in subjects}) > 1:
        raise Refused(_("Choose at least two of one sort."), field="subjects")
    versions = [open_version(subject, on) for subject in subjects]
    if len({version.level for version in versions}) > 1:
        raise Refused(_("Only those of one level can be merged."), field="subjects")
    above = parent.pk if parent else _shared(versions, "parent_id", _("They stand below different parents; name the new one."), "parent")
    if parent is not None:
        _not_inside(parent, versions, on)
    if isinstance(subjects[0], Area):
        mixed = _("They are of different types; name the new one.")
        own_kind = clean(kind, "kind", 20).lower() if kind else _shared(versions, "kind", mixed, "kind")
        part = Part(name, WHOLE, kind=own_kind, code=code)
        return _areas_plan(versions, [part], above, on, " + ".join(v.name for v in versions) + f" → {full_name(name, own_kind)}")
    _shared(versions, "unit.line_id", _("Only units of one line can be merged."), "subjects")
    wanted = clean(name, "name", 200)
    return _units_plan(versions, [Part(wanted, WHOLE)], above, on, " + ".join(v.name for v in versions) + f" → {wanted}")


def plan_split(*, subject: Subject, parts: Sequence[Part], on: date) -> Plan:
    """One ends and two or more are formed. Shares are all given, making the whole, or all left undecided;
    every child is given to one part."""
    version = open_version(subject, on)
    if len(parts) < 2:
        raise Refused(_("Name at least two parts."), field="parts")
    _checked_shares([part.share for part in parts])
    children = {child.area_id if isinstance(subject, Area) else child.unit_id for child in open_children([subject])}
    given = [child for part in parts for child in part.children]
    if len(given) != len(set(given)) or set(given) != children:
        raise Refused(_("Give every unit below it to exactly one part."), field="parts")
    whole = isinstance(subject, Area)
    names = [full_name(part.name, part.kind or version.kind) if whole else clean(part.name, "name", 200) for part in parts]
    if len(set(names)) != len(names):
        raise Refused(_("Two parts bear the same name."), field="parts")
    title = f"{version.name} → {' + '.join(names)}"
    build = _areas_plan if isinstance(subject, Area) else _units_plan
    return build([version], parts, version.parent_id, on, title)


def _checked_shares(shares: Sequence[Fraction | None]) -> None:
    known = [share for share in shares if share is not None]
    if known and (len(known) != len(shares) or any(share <= 0 for share in known) or not sum_to_one(known)):
        raise Refused(_("The shares must make exactly 1, or all be left undecided."), field="shares")


def _shared(versions: Sequence[Any], name: str, message: Any, field: str) -> Any:
    values = set()
    for version in versions:
        value: Any = version
        for step in name.split("."):
            value = getattr(value, step)
        values.add(value)
    if len(values) > 1:
        raise Refused(message, field=field)
    return values.pop()


def _not_inside(parent: Subject, versions: Sequence[Any], on: date) -> None:
    above = open_version_on(parent, on)
    model, own = (AreaVersion, "area_id") if isinstance(parent, Area) else (UnitVersion, "unit_id")

    def up(key: int) -> int | None:
        return model.objects.filter(on_day(on), **{own: key}).values_list("parent_id", flat=True).first()  # type: ignore[attr-defined]

    if any(would_cycle(getattr(version, own), parent.pk, up) for version in versions):
        raise Refused(_("%(name)s would come to stand below itself.") % {"name": versions[0].name}, field="parent")
    if above.level > versions[0].level:
        raise Refused(_("The new parent stands on a lower level."), field="parent")


def _follow(keys: Sequence[int], part: Part) -> Follows:
    return [(key, part.share) for key in keys]


def _units_plan(versions: Sequence[UnitVersion], parts: Sequence[Part], above: int | None, on: date, title: str) -> Plan:
    olds = [version.unit for version in versions]
    area_ids = {version.area_id for version in versions}
    area = area_ids.pop() if len(area_ids) == 1 else None
    place = AreaVersion.objects.filter(on_day(on), area_id=area).first() if area else None
    plan = Plan(title, endings=list(versions))
    for part in parts:
        name = clean(part.name, "name", 200)
        sort_text = unit_sort_text(name, place.name, place.kind) if place else unit_sort_text(name)
        opening = Opening(name, versions[0].level, line=olds[0].line_id, parent=above, area=area, sort_text=sort_text)
        opening.follows = _follow([old.pk for old in olds], part)
        plan.openings.append(opening)
    _rehome(plan, open_children(olds), dict(_assigned(parts, plan.openings)), "unit_id", on)
    return plan


def _assigned(parts: Sequence[Part], openings: Sequence[Opening]) -> list[tuple[int, Opening]]:
    return [(child, opening) for part, opening in zip(parts, openings, strict=True) for child in part.children]


def _rehome(plan: Plan, children: Sequence[Any], to: dict[int, Opening], own: str, on: date) -> None:
    """Children go to the part they were given to, or to the only one."""
    for child in children:
        require_open(child, on)
        plan.changes.append(Change(child, {"parent_id": to.get(getattr(child, own), plan.openings[0])}))


def _areas_plan(versions: Sequence[AreaVersion], parts: Sequence[Part], above: int | None, on: date, title: str) -> Plan:
    olds = [version.area for version in versions]
    plan = Plan(title, endings=list(versions))
    for part in parts:
        kind = (part.kind or versions[0].kind).lower()
        name = full_name(part.name, kind)
        opening = Opening(name, versions[0].level, kind, parent=above, sort_text=area_sort_text(name, kind), code=part.code.strip())
        opening.follows = _follow([old.pk for old in olds], part)
        plan.openings.append(opening)
    given = dict(_assigned(parts, plan.openings))
    _rehome(plan, open_children(olds), given, "area_id", on)
    _form_units(plan, list(plan.openings), seats([old.pk for old in olds]), given, above, on)
    return plan


def _form_units(
    plan: Plan, areas: list[Opening], seated: list[UnitVersion], given: dict[int, Opening], above: int | None, on: date
) -> None:
    """In every line the units of the old areas end and one is formed on each new area.

    They follow by the areas, so no step between units is written down for them.
    """
    for seat in seated:
        require_open(seat, on)
    heads = {seat.unit.line_id: seat.unit_id for seat in tops(seats([above]))} if above else {}
    top = tops(seated)
    plan.endings += top
    ended = {seat.unit_id for seat in top}
    formed: dict[tuple[int, int], Opening] = {}
    for seat in {seat.unit.line_id: seat for seat in reversed(top)}.values():
        line = seat.unit.line
        for place in areas:
            name = unit_name(line.code, place.name, place.kind, on)
            sort_text = unit_sort_text(name, place.name, place.kind)
            parent = heads.get(line.pk, seat.parent_id)
            formed[line.pk, id(place)] = Opening(name, place.level, line=line.pk, parent=parent, area=place, sort_text=sort_text)
    plan.openings += formed.values()
    below = UnitVersion.objects.filter(parent_id__in=list(ended), valid_to=None).select_related("unit")
    on_old = {seat.area_id for seat in seated}
    for child in below.order_by("sort_key", "id"):
        require_open(child, on)
        place = given.get(child.area_id or 0, areas[0])
        values: dict[str, Any] = {"parent_id": formed[child.unit.line_id, id(place)]}
        plan.changes.append(Change(child, values | ({"area_id": place} if child.area_id in on_old else {})))
