"""What the pages of one unit and of one area show, on a day."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from soket.kernel.text import sort_key
from soket.organisations.core import Node, Tree
from soket.organisations.core.lives import ONE_DAY
from soket.organisations.models import Area, AreaVersion, Code, KnownFrom, Level, Line, Succession, Unit, UnitVersion
from soket.organisations.queries.counts import kind_counts
from soket.organisations.queries.current import Subject
from soket.organisations.queries.trees import area_tree, lines, unit_tree
from soket.organisations.queries.units import UnitStep, counterparts, unit_predecessors, unit_successors, units_on

SCHEMES = {"gso-old": "QĐ 124/2004/QĐ-TTg", "qd19-2025": "QĐ 19/2025/QĐ-TTg", "qd20-2020": "QĐ 20/2020/QĐ-TTg"}


@dataclass(frozen=True)
class CodeRow:
    """A code with the decision it belongs to and its days (both included)."""

    code: str
    scheme: str
    since: date
    until: date | None


@dataclass(frozen=True)
class HistoryItem:
    """One entry of a timeline; `kind` is the component's class."""

    date: date
    title: str
    text: str = ""
    kind: str = ""
    act_id: int | None = None


@dataclass(frozen=True)
class NotLoaded:
    """A level that is loaded only from a later day than the one looked at."""

    level: str
    since: date
    citation: str


@dataclass
class Card:
    """The common part of both pages. `node` is None when the subject did not stand on the day; `name` and
    `level` are then those of its nearest version. `until` is its last day."""

    id: int
    node: Node | None
    name: str
    level: int
    since: date
    since_known: bool
    until: date | None
    path: list[Node]
    children: list[Node]
    kinds: list[tuple[str, int]]
    codes: list[CodeRow]
    history: list[HistoryItem]
    nearest: date
    notes: list[str] = field(default_factory=list)

    @property
    def level_words(self) -> str:
        return str(Level(self.level).label)


@dataclass
class UnitCard(Card):
    line: Line | None = None
    area: Node | None = None
    predecessors: list[UnitStep] = field(default_factory=list)
    successors: list[UnitStep] = field(default_factory=list)
    beside: list[tuple[str, Node]] = field(default_factory=list)


@dataclass
class AreaCard(Card):
    units: list[tuple[Line, Node]] = field(default_factory=list)


def area_by_id(area_id: int) -> Area | None:
    """Everyone who is signed in may read every area."""
    return Area.objects.filter(pk=area_id).first()


def unit_by_id(unit_id: int) -> Unit | None:
    """Everyone who is signed in may read every unit."""
    return Unit.objects.select_related("line").filter(pk=unit_id).first()


def _versions(subject: Subject) -> list[Any]:
    rows: Any = AreaVersion.objects.filter(area=subject) if isinstance(subject, Area) else UnitVersion.objects.filter(unit=subject)
    return list(rows.select_related("opened_by", "closed_by").order_by("valid_from"))


def _common(subject: Subject, tree: Tree, versions: list[Any], as_of: date) -> dict[str, Any]:
    node = tree.get(subject.pk)
    first, last = versions[0], versions[-1]
    near = next((v for v in reversed(versions) if v.valid_from <= as_of), first)
    until = last.valid_to - ONE_DAY if last.valid_to else None
    stood = near.valid_to - ONE_DAY if near.valid_to and near.valid_to <= as_of else max(near.valid_from, as_of)
    children = [tree.node(key) for key in tree.children(subject.pk)] if node else []
    return {
        "id": subject.pk, "node": node, "name": near.name, "level": near.level, "since": first.valid_from,
        "since_known": first.start_known, "until": until, "path": tree.path(subject.pk)[:-1] if node else [], "children": children,
        "codes": codes_of(subject if isinstance(subject, Area) else near.area_id), "nearest": stood,
        "history": _history(versions),
    }  # fmt: skip


def unit_card(unit: Unit, as_of: date) -> UnitCard | None:
    """The unit's page; None for a unit whose creation was withdrawn."""
    versions = _versions(unit)
    if not versions:
        return None
    tree, areas = unit_tree(unit.line.code, as_of), area_tree(as_of)
    common = _common(unit, tree, versions, as_of)
    under = [child.area for child in common["children"] if child.area is not None]
    node = common["node"]
    before, after = _in_order(unit_predecessors(unit.pk)), _in_order(unit_successors(unit.pk))
    return UnitCard(
        **common, kinds=kind_counts(under, as_of), line=unit.line, area=areas.get(node.area) if node else None,
        predecessors=before, successors=after, beside=_beside(unit.pk, as_of) if node else [],
        notes=[version.note for version in versions if version.note],
    )  # fmt: skip


def _in_order(steps: list[UnitStep]) -> list[UnitStep]:
    """The latest succession first, its units in Vietnamese order."""
    return sorted(steps, key=lambda step: (-step.on.toordinal(), sort_key(step.name)))


def area_card(area: Area, as_of: date) -> AreaCard | None:
    """The area's page; None for an area whose creation was withdrawn."""
    versions = _versions(area)
    if not versions:
        return None
    tree = area_tree(as_of)
    common = _common(area, tree, versions, as_of)
    by_code = {line.code: line for line in lines()}
    notes = [v.opened_by.note for v in versions if v.opened_by and v.opened_by.note]
    units = [(by_code[code], node) for code, node in units_on(area.pk, as_of)]
    return AreaCard(**common, kinds=kind_counts([child.id for child in common["children"]], as_of), notes=notes, units=units)


def _beside(unit_id: int, as_of: date) -> list[tuple[str, Node]]:
    """Counterparts with the name of their line."""
    found = counterparts(unit_id, as_of)
    line_of = {unit.pk: unit.line for unit in Unit.objects.filter(pk__in=[node.id for node in found]).select_related("line")}
    return [(line_words(line_of[node.id]), node) for node in found]


def line_words(line: Line) -> str:
    """The line's name in the reader's language."""
    return line.name_en if get_language() == "en" else line.name_vi


def codes_of(subject: Area | int | None) -> list[CodeRow]:
    """The codes an area ever had, the oldest first."""
    key = subject.pk if isinstance(subject, Area) else subject
    rows = Code.objects.filter(area_id=key).order_by("valid_from") if key is not None else []
    return [
        CodeRow(row.code, SCHEMES.get(row.scheme, row.scheme), row.valid_from, row.valid_to - ONE_DAY if row.valid_to else None)
        for row in rows
    ]


def _history(versions: list[Any]) -> list[HistoryItem]:
    """Newest first: what began, changed and ended, each with its act and basis."""
    items = []
    for at, version in enumerate(versions):
        items.append(_began(version, versions[at - 1] if at else None))
    last = versions[-1]
    if last.valid_to:
        items.append(_act_item(last.valid_to, last.closed_by, _("Ended")))
    return items[::-1]


def _began(version: Any, before: Any) -> HistoryItem:
    if before is None and not version.start_known:
        text = _("It stood before this day; earlier boundaries and the day it began are not loaded.")
        return HistoryItem(version.valid_from, _("Known from this day"), text)
    change = ""
    if before is not None and before.name != version.name:
        change = f"{before.name} → {version.name}"
    elif before is not None and before.parent_id != version.parent_id:
        change = _("The superior changed")
    return _act_item(version.valid_from, version.opened_by, change or _("Began"))


def _act_item(day: date, act: Succession | None, change: str) -> HistoryItem:
    if act is None:
        return HistoryItem(day, change)
    return HistoryItem(day, act.title, f"{change}. {_('Basis')}: {act.basis}", "major", act.pk)


def not_loaded(line: str | None, as_of: date) -> list[NotLoaded]:
    """The levels below the centre whose boundaries are loaded only from a later day, levels of one day and source together."""
    own = Q(line=None) if line is None else Q(line__code=line)
    rows = KnownFrom.objects.filter(own, day__gt=as_of, level__gt=Level.CENTRE).order_by("level")
    groups: dict[tuple[date, str], list[str]] = {}
    for row in rows:
        name, named = str(Level(row.level).label), groups.setdefault((row.day, row.citation), [])
        named.append(f"{name[:1].lower()}{name[1:]}" if named else name)
    return [NotLoaded(", ".join(levels), day, citation) for (day, citation), levels in groups.items()]
