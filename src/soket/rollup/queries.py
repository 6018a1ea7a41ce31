"""Live figures: one engine for pages, papers and benches."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from soket.accounts import queries as accounts
from soket.accounts.models import Person
from soket.kernel.actor import Actor
from soket.organisations import queries as organisations
from soket.reporting import queries as reporting
from soket.reporting.core import definition_of
from soket.reporting.models import Indicator, Round
from soket.rollup import engine, tables
from soket.rollup.core.cells import LeafTable, ReportRow, State
from soket.rollup.core.figures import Coverage, FigureValue, counted, paired
from soket.rollup.core.joint import JointCount, joint_count
from soket.rollup.core.kinds import Rule, TimeKind, UnitKind
from soket.rollup.core.periods import combine, over_time
from soket.rollup.core.placement import restate
from soket.rollup.core.rounds import RoundTotals
from soket.rollup.spec import Spec


class NoFigure(Exception):
    """The spec names an indicator, round or area that is not there."""


@dataclass(frozen=True)
class Figure:
    """A live figure with what it was made from. `area` 0 is the country; `boundary` None means as reported."""

    spec: Spec
    indicator: Indicator | None
    rounds: tuple[Round, ...]
    area: int
    area_name: str
    boundary: date | None
    value: FigureValue

    @property
    def tree_day(self) -> date:
        """The day whose map the figure lies on."""
        return self.boundary or max(round_.ends for round_ in self.rounds)


@dataclass(frozen=True)
class UnitCell:
    """One unit's cell behind a figure. `state` is a core State; `value` in the indicator's smallest unit."""

    unit_id: int
    unit_name: str
    round: Round
    state: State
    value: int
    report_id: int


def rule_of(indicator: Indicator) -> Rule:
    """The declared aggregation of an indicator."""
    def code(one: Indicator | None) -> str | None:
        return one.code if one else None

    return Rule(
        indicator.code, UnitKind(indicator.over_units), TimeKind(indicator.over_time), numerator=code(indicator.numerator),
        denominator=code(indicator.denominator), weight=code(indicator.weight),
    )


def _indicator(code: str) -> Indicator:
    found = Indicator.objects.select_related("numerator", "denominator", "weight").filter(code=code).first()
    if found is None:
        raise NoFigure(f"indicator {code}")
    return found


def rounds_of(spec: Spec) -> tuple[Round, ...]:
    """The spec's rounds by closing day. Raises NoFigure when one is missing."""
    rounds = tuple(Round.objects.select_related("template").filter(slug__in=spec.rounds).order_by("ends"))
    if not rounds or len(rounds) != len(set(spec.rounds)):
        raise NoFigure(f"rounds {', '.join(spec.rounds)}")
    return rounds


def read_anew(slugs: Iterable[str]) -> None:
    """Have the named rounds read from their reports alone when they are next asked for; what is frozen is made so."""
    for round_ in Round.objects.filter(slug__in=list(slugs)):
        tables.drop(round_)


def area_name(area: int, day: date) -> str:
    """The area's name on the day; empty for the country."""
    node = organisations.area_tree(day).get(area) if area else None
    return node.name if node else ""


def figure(spec: Spec) -> Figure:
    """The figure of a spec. Raises NoFigure, or Undeclared for an aggregation that is not declared."""
    return figures(spec, (spec.area or engine.COUNTRY,))[0]


def figures(spec: Spec, areas: tuple[int, ...]) -> list[Figure]:
    """The same figure for several areas of one map, none inside another."""
    rounds = rounds_of(spec)
    boundary = spec.boundary_day
    indicator = _indicator(spec.indicator) if spec.kind == "indicator" else None
    for round_ in rounds:
        if any(area not in engine.geography(boundary or round_.ends).index for area in areas):
            raise NoFigure("an area does not stand on that day")
    values = _values(spec, indicator, rounds, areas)
    day = boundary or rounds[-1].ends
    return [
        Figure(spec, indicator, rounds, area, area_name(area, day), boundary, value)
        for area, value in zip(areas, values, strict=True)
    ]


def _values(spec: Spec, indicator: Indicator | None, rounds: tuple[Round, ...], areas: tuple[int, ...]) -> list[FigureValue]:
    gathered = [engine.totals(round_, spec.boundary_day, spec.lines, areas) for round_ in rounds]
    if indicator is None:
        return [_completeness(gathered, area) for area in areas]
    rule = rule_of(indicator)
    if rule.units is UnitKind.JOINT:
        return _joint(rule, spec, rounds, gathered, areas)
    return [over_time(rule, area, gathered) for area in areas]


def _completeness(gathered: list[RoundTotals], area: int) -> FigureValue:
    """Reports in over reports due; excused reports leave the denominator and stay in the coverage."""
    coverage = sum((totals.reports(area) for totals in gathered), Coverage())
    return paired(coverage, coverage.reported, coverage.due)


def _joint(rule: Rule, spec: Spec, rounds: tuple[Round, ...], gathered: list[RoundTotals], areas: tuple[int, ...]) -> list[FigureValue]:
    made: dict[int, list[tuple[date, FigureValue]]] = {area: [] for area in areas}
    for round_, totals in zip(rounds, gathered, strict=True):
        counts = joint_counts(rule.column, round_, spec, areas)
        for area in areas:
            count = counts[area]
            made[area].append((round_.ends, counted(totals.reports(area), count.count, count.gaps)))
    return [combine(rule.units, rule.time, made[area]) for area in areas]


def joint_counts(code: str, round_: Round, spec: Spec, areas: tuple[int, ...]) -> dict[int, JointCount]:
    """Joint events of one round per area: each event once, whichever partner reported it."""
    ids: list[str] = []
    rows: list[ReportRow] = []
    for event in reporting.joint_rows([round_.pk], code):
        if not event.counts:
            continue
        for area, line in ((event.area_id, event.line), (event.counterpart_area_id, event.counterpart_line)):
            if area is not None and (not spec.lines or line in spec.lines):
                ids.append(str(event.event_id))
                rows.append(ReportRow(unit=len(rows), area=area, day=event.held_on))
    leaf = LeafTable.from_rows(rows, key=round_.slug, on=round_.ends, columns=())
    day = spec.boundary_day or round_.ends
    placed = restate(leaf, engine.succession(), engine.geography(day), engine.geography(round_.ends))
    return joint_count([ids[unit] for unit in leaf.unit_ids.tolist()], placed.group(areas))


def children(spec: Spec) -> list[Figure]:
    """The figure of every area directly under the spec's area, in Vietnamese order."""
    rounds = rounds_of(spec)
    day = spec.boundary_day or rounds[-1].ends
    if not spec.boundary_day and len({round_.ends for round_ in rounds}) > 1:
        return []
    tree = engine.geography(day)
    area = spec.area or engine.COUNTRY
    if area not in tree.index:
        raise NoFigure("the area does not stand on that day")
    below = tuple(tree.children(area))
    return figures(spec, below) if below else []


def unit_cells(spec: Spec, *states: State) -> list[UnitCell]:
    """The units behind the figure whose cell has one of the states (none named: all), by round and in tree order."""
    found: list[UnitCell] = []
    area = spec.area or engine.COUNTRY
    rule = rule_of(_indicator(spec.indicator)) if spec.kind == "indicator" else None
    for round_ in rounds_of(spec):
        totals = engine.totals(round_, spec.boundary_day, spec.lines, (area,))
        column = _column(rule, totals)
        rows = totals.rows(area)
        marks = totals.states[totals.at(column), rows] if column else totals.row_states[rows]
        numbers = totals.values[totals.at(column), rows] if column else [0] * len(rows)
        units = totals.table.unit_ids[rows].tolist()
        picked = [(u, State(int(s)), int(v)) for u, s, v in zip(units, marks, numbers, strict=True) if not states or State(int(s)) in states]
        names = reporting.names_on([unit for unit, _, _ in picked], round_)
        found += [UnitCell(unit, names[unit][0], round_, state, value, names[unit][1]) for unit, state, value in picked]
    return found


def _column(rule: Rule | None, totals: RoundTotals) -> str:
    """The column whose cells tell who is in: the numerator of a ratio, none for joint events or completeness."""
    if rule is None or rule.units is UnitKind.JOINT:
        return ""
    return rule.numerator or rule.column


def visible_areas(actor: Actor, day: date) -> set[int] | None:
    """The areas whose live figures the actor may open, with all below; None means every area.

    Whoever holds a post at a central unit sees the country; others their unit's area and what lies in it.
    """
    if not isinstance(actor, Person):
        return None if actor.actor_kind == "system" else set()
    own: set[int] = set()
    for post in accounts.posts_of(actor, day):
        node = organisations.unit_nearest(post.unit_id, day)
        if node is not None and node.area is None:
            return None
        if node is not None and node.area is not None:
            own.add(node.area)
    return own


def may_open(actor: Actor, spec: Spec, day: date) -> bool:
    """Whether the spec's area lies inside what the actor may open, on the map of the figure or of today."""
    areas = visible_areas(actor, day)
    if areas is None:
        return True
    if spec.area is None:
        return False
    for when in {day, spec.boundary_day or rounds_of(spec)[-1].ends}:
        tree = organisations.area_tree(when)
        if spec.area in tree and any(node.id in areas for node in tree.path(spec.area)):
            return True
    return False


def offered_rounds() -> list[Round]:
    """Rounds that figures can be made from, newest first."""
    return list(Round.objects.select_related("template").order_by("-ends", "slug"))


def first_round(rounds: list[Round]) -> Round:
    """The round a board opens with: the newest that binds the whole country, else the newest. Needs at least one."""
    local = set(Round.objects.filter(scopes__under__isnull=False).values_list("pk", flat=True))
    return next((round_ for round_ in rounds if round_.pk not in local), rounds[0])


def offered_indicators(round_: Round) -> list[Indicator]:
    """The indicators a round asks for or that are computed from those it asks for, by code."""
    codes = [row.indicator for _, row in definition_of(round_.template.definition).rows()]
    return list(Indicator.objects.filter(code__in=codes).order_by("code"))
