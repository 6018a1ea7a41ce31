"""Who would be put on the list by a rule or by a pasted table, and what stands in the way, cell by cell."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from soket.conferences.core.delegates import DelegateDraft, Fault, Pasted
from soket.conferences.models import Conference, Site
from soket.conferences.models.planning import DelegateRole, DelegateState
from soket.conferences.queries import scope
from soket.kernel.clock import day_of
from soket.kernel.text import canonical_text
from soket.organisations import queries as organisations
from soket.organisations.core import Node

Seat = tuple[int | None, int]
PREFIX = "Điểm cầu "


@dataclass(frozen=True)
class Proposed:
    """One line of a preview."""

    draft: DelegateDraft
    site: str
    unit: str


def by_rule(conference: Conference, line: str, titles: Mapping[str, Sequence[str]], role: str) -> tuple[list[Proposed], int, list[str]]:
    """One delegate for each site whose kind has titles: of its host (line ""), or of that line's unit beside the host.

    {} in a title stands for the unit's name. Returns (new ones, how many are on the list already, sites without such a unit).
    """
    day, held = day_of(conference.starts_at), _held(conference)
    beside = _seated(line, conference) if line else {}
    fresh: list[Proposed] = []
    known, none = 0, []
    for site in scope.sites(conference):
        texts = titles.get(site.kind)
        if not texts:
            continue
        host = organisations.unit_at(site.host_id, day)
        unit = (beside.get((host.area, host.level)) if line else host) if host else None
        if unit is None:
            none.append(site.name)
            continue
        draft = DelegateDraft(site.pk, unit.id, tuple(text.replace("{}", unit.name)[:200] for text in texts), "", role)
        if _key(draft) in held:
            known += 1
        else:
            fresh.append(Proposed(draft, site.name, unit.name))
    return fresh, known, none


def _held(conference: Conference) -> set[Any]:
    rows = conference.delegates.exclude(state=DelegateState.WITHDRAWN).prefetch_related("titles")
    return {_key(DelegateDraft(row.site_id, row.unit_id, tuple(title.text for title in row.titles.all()))) for row in rows}


def _key(draft: DelegateDraft) -> tuple[int, int, tuple[str, ...]]:
    return (draft.site, draft.unit, draft.titles)


def _seated(line: str, conference: Conference) -> dict[Seat, Node]:
    """The line's unit on each area and level on the conference's day."""
    tree = organisations.unit_tree(line, day_of(conference.starts_at))
    return {(node.area, node.level): node for node in (tree.node(key) for key in reversed(tree.order))}


class _Book:
    """Units and sites of one conference by name."""

    def __init__(self, conference: Conference) -> None:
        day = day_of(conference.starts_at)
        self.units: dict[str, list[Node]] = defaultdict(list)
        for line in organisations.lines():
            tree = organisations.unit_tree(line.code, day)
            for key in tree.order:
                self.units[canonical_text(tree.node(key).name)].append(tree.node(key))
        self.sites: dict[str, list[Site]] = defaultdict(list)
        self.seats: dict[Seat, list[Site]] = defaultdict(list)
        for site in scope.sites(conference):
            host = organisations.unit_at(site.host_id, day)
            names = {site.name, site.name.removeprefix(PREFIX), *([host.name] if host else [])}
            for name in {canonical_text(name) for name in names}:
                self.sites[name].append(site)
            if host:
                self.seats[(host.area, host.level)].append(site)
        self.roles = _roles()


def _roles() -> dict[str, str]:
    found = {value: value for value in DelegateRole.values}
    for language in ("vi", "en"):
        with override(language):
            found.update({canonical_text(str(label)): value for value, label in DelegateRole.choices})
    return found


def read(conference: Conference, rows: Iterable[Pasted]) -> tuple[list[tuple[Pasted, DelegateDraft]], list[Fault]]:
    """The lines that can be taken, each with its draft, and the refused cells of the others."""
    book, held = _Book(conference), _held(conference)
    good: list[tuple[Pasted, DelegateDraft]] = []
    faults: list[Fault] = []
    for row in rows:
        draft, wrong = _line(book, row)
        if draft is not None and not draft.name and _key(draft) in held:
            draft, wrong = None, {"titles": _("This delegate is on the list already.")}
        if draft is None:
            faults += [Fault(row.line, column, message) for column, message in wrong.items()]
        else:
            held.add(_key(draft))
            good.append((row, draft))
    return good, faults


def _line(book: _Book, row: Pasted) -> tuple[DelegateDraft | None, dict[str, str]]:
    try:
        unit_name, site_name, role_name = (canonical_text(row.cell(column)) for column in ("unit", "site", "role"))
    except ValueError:
        return None, {"unit": _("This text contains a character that cannot be stored.")}
    wrong: dict[str, str] = {}
    if not row.titles:
        wrong["titles"] = _("Give between one and eight titles, one a line.")
    role = book.roles.get(role_name, "") if role_name else "delegate"
    if not role:
        wrong["role"] = _("There is no such role: %(role)s.") % {"role": row.cell("role")}
    if len(row.cells) > 5:
        wrong["role"] = _("This line has more than five cells.")
    place = _place(book, unit_name, site_name)
    if isinstance(place, dict):
        return None, {**wrong, **place}
    site, unit = place
    return (None, wrong) if wrong else (DelegateDraft(site.pk, unit.id, row.titles, row.cell("name"), role), wrong)


def _place(book: _Book, unit_name: str, site_name: str) -> tuple[Site, Node] | dict[str, str]:
    """The site and the unit that the two cells name together, or what is wrong with which."""
    if not unit_name:
        return {"unit": _("A delegate represents a unit: give its name.")}
    units = book.units.get(unit_name, [])
    if not units:
        return {"unit": _("No unit has this name on the conference's day.")}
    sites = book.sites.get(site_name, []) if site_name else None
    if sites == []:
        return {"site": _("There is no such site at this conference.")}
    wanted = None if sites is None else {site.pk for site in sites}
    pairs = [(site, unit) for unit in units for site in book.seats.get((unit.area, unit.level), []) if wanted is None or site.pk in wanted]
    own = [(site, unit) for site, unit in pairs if site.host_id == unit.id]
    if len(own) == 1 or len(pairs) == 1:
        return (own or pairs)[0]
    if len(units) == 1 and sites is not None and len(sites) == 1:
        return sites[0], units[0]
    if sites is None and not pairs:
        return {"site": _("No site belongs to this unit: give the site.")}
    return {"unit": _("Several units or sites have this name: add this delegate by hand.")}
