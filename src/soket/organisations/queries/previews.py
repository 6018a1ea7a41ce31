"""Plans in words: what an act would change, shown before it is written."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from soket.organisations.core.plan import Opening, Plan
from soket.organisations.models import Area, AreaVersion, Code, UnitVersion
from soket.organisations.queries.current import Subject, last_version
from soket.organisations.queries.plans import plan_rename
from soket.organisations.queries.plans_forming import plan_merge


@dataclass
class Preview:
    """`renamed` pairs of names, `moved` (who, from, to), `ended` and `formed` names, `codes` that end."""

    title: str
    renamed: list[tuple[str, str]] = field(default_factory=list)
    moved: list[tuple[str, str, str]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    formed: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    new_codes: list[str] = field(default_factory=list)
    units: int = 0
    """How many units of all lines are renamed, moved, ended or formed."""


def preview_rename(*, subject: Subject, name: str, on: date) -> Preview:
    """Raises Refused exactly as the act would."""
    return in_words(plan_rename(subject=subject, name=name, on=on))


def preview_merge(*, subjects: Sequence[Subject], name: str, on: date, kind: str = "", parent: Subject | None = None, code: str = "") -> Preview:
    """Raises Refused exactly as the act would."""
    return in_words(plan_merge(subjects=subjects, name=name, on=on, kind=kind, parent=parent, code=code))


def in_words(plan: Plan) -> Preview:
    """The plan with names in the place of ids."""
    shown = Preview(plan.title, formed=[opening.name for opening in plan.openings], ended=[version.name for version in plan.endings])
    names_of = _names(plan)
    for change in plan.changes:
        if "name" in change.values:
            shown.renamed.append((change.version.name, change.values["name"]))
        if "parent_id" in change.values:
            sort, to = type(change.version), change.values["parent_id"]
            after = to.name if isinstance(to, Opening) else names_of.get((sort, to), "")
            shown.moved.append((change.version.name, names_of.get((sort, change.version.parent_id), ""), after))
    ending = [version.area_id for version in plan.endings if isinstance(version, AreaVersion)]
    codes = Code.objects.filter(area_id__in=ending, valid_to=None).order_by("code")
    names = {version.area_id: version.name for version in plan.endings if isinstance(version, AreaVersion)}
    shown.codes = [(code.code, names[code.area_id or 0]) for code in codes]
    shown.new_codes = [opening.code for opening in plan.openings if opening.code]
    touched = [version for version in plan.touched() if isinstance(version, UnitVersion)]
    shown.units = len(touched) + sum(1 for opening in plan.openings if opening.line is not None)
    return shown


def _names(plan: Plan) -> dict[tuple[Any, int | None], str]:
    """The latest names of the parents before and after, by sort and id."""
    found: dict[tuple[Any, int | None], str] = {}
    for model, own in ((AreaVersion, "area_id"), (UnitVersion, "unit_id")):
        changes = [change for change in plan.changes if isinstance(change.version, model)]
        keys = {change.version.parent_id for change in changes} | {change.values.get("parent_id") for change in changes}
        rows = model.objects.filter(**{f"{own}__in": [key for key in keys if isinstance(key, int)]}).order_by("valid_from")  # type: ignore[attr-defined]
        found |= {(model, key): name for key, name in rows.values_list(own, "name")}
    return found


def siblings(subject: Subject) -> list[tuple[int, str]]:
    """The others of the same parent, level and sort that still stand, in order: what it may merge with."""
    version = last_version(subject)
    if version is None or version.valid_to is not None:
        return []
    rows: Any = AreaVersion.objects if isinstance(subject, Area) else UnitVersion.objects.filter(unit__line_id=subject.line_id)
    own = "area_id" if isinstance(subject, Area) else "unit_id"
    same = rows.filter(valid_to=None, parent_id=version.parent_id, level=version.level).exclude(**{own: subject.pk})
    return list(same.order_by("sort_key", own).values_list(own, "name"))
