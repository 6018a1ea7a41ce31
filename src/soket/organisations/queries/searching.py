"""Search over names of any day: by marks when the query carries marks, else by the folded form; by code."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext

from soket.kernel.door import Refused
from soket.kernel.text import canonical_text, folded, has_marks
from soket.organisations.core.lives import ONE_DAY
from soket.organisations.models import AreaVersion, Code, Unit, UnitVersion

LIMIT = 60
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """An area (`kind` "area", `line` empty) or a unit, under the name that was found. `ended` is its last day when it does
    not stand on the day looked at; `renamed` says that it stands, under another name."""

    kind: str
    id: int
    name: str
    level: int
    line: str
    above: str
    since: date
    ended: date | None
    renamed: bool


def search(text: str, as_of: date, line: str | None = None) -> list[Hit]:
    """Areas and units whose name, on some day, holds the text; those of the day come first.

    Broken text and less than two signs find nothing. `line` narrows to the units of one line.
    """
    try:
        wanted, field = (canonical_text(text), "canonical") if has_marks(text) else (folded(text), "folded")
    except ValueError:
        return []
    if len(wanted) < SHORTEST:
        return []
    hits = _found(UnitVersion, field, wanted, as_of, line)
    if line is None:
        hits = _found(AreaVersion, field, wanted, as_of, None) + hits
    return sorted(hits, key=lambda hit: (hit.ended is not None or hit.renamed, hit.level))[:LIMIT]


def _found(model: Any, field: str, wanted: str, as_of: date, line: str | None) -> list[Hit]:
    units = model is UnitVersion
    own = "unit_id" if units else "area_id"
    by_code = wanted.isdigit()
    rows = model.objects.filter(**({f"{own}__in": _by_code(wanted, own)} if by_code else {f"{field}__contains": wanted}))
    if line is not None:
        rows = rows.filter(unit__line__code=line)
    number = IntegerField()
    near = Case(When(valid_from__gt=as_of, then=Value(2)), When(valid_to__lte=as_of, then=Value(1)), default=Value(0), output_field=number)
    best = Case(When(**{f"{field}__endswith": f" {wanted}"}, then=Value(0)), default=Value(1), output_field=number)
    rows = rows.annotate(near=near, best=best).order_by("near", "level", "best", "sort_key", "id")
    fields = (own, "name", "level", "valid_from", "valid_to", "near", "parent_id")
    listed = list(rows.values_list(*fields, *(["unit__line__code"] if units else []))[: 2 * LIMIT])
    above = _names(model, own, {row[6] for row in listed if row[6]}, as_of)
    standing = set(model.objects.filter(**{f"{own}__in": [row[0] for row in listed if row[5]]}, valid_to=None).values_list(own, flat=True))
    seen: dict[int, Hit] = {}
    for key, name, level, since, until, late, parent, *code in listed:
        if key not in seen:
            renamed = bool(late) and key in standing
            ended = until - ONE_DAY if late == 1 and until and not renamed else None
            kind, where = "unit" if units else "area", above.get(parent, "")
            seen[key] = Hit(kind, key, name, level, code[0] if code else "", where, since, ended, renamed)
    return list(seen.values())


def _by_code(digits: str, own: str) -> list[int]:
    return [key for key in Code.objects.filter(code=digits).values_list(own, flat=True) if key is not None]


def _names(model: Any, own: str, keys: set[int], as_of: date) -> dict[int, str]:
    """The last name that each bore by the day, else its first one."""
    rows = model.objects.filter(**{f"{own}__in": keys}).order_by("-valid_from").values_list(own, "name", "valid_from")
    found: dict[int, str] = {}
    for key, name, since in rows:
        if since <= as_of or key not in found:
            found.setdefault(key, name)
    return found




def unit_called(name: str, field: str, day: date) -> Unit:
    """The one unit of that name on the day. Raises Refused at the field, listing those it could be."""
    name = name.strip()
    hits = [hit for hit in search(name, day) if hit.kind == "unit" and hit.ended is None]
    exact = [hit for hit in hits if hit.name.lower() == name.lower()]
    chosen = exact if len(exact) == 1 else hits
    if len(chosen) == 1:
        return Unit.objects.get(pk=chosen[0].id)
    if not hits:
        raise Refused(gettext("No unit is called “%(name)s”.") % {"name": name}, field=field)
    words = "; ".join(hit.name for hit in hits[:8])
    raise Refused(gettext("“%(name)s” may be several units: %(units)s. Write the full name.") % {"name": name, "units": words}, field=field)
