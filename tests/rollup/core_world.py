"""Small countries that change, for the roll-up's property tests, and the plain way to say what is true of them.

The plain way never looks at runs, segments or lowest common areas: it follows every act by hand and asks of
every area, one by one, whether it lies inside another.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from soket.rollup.core import Area, Edge, Geography, LeafTable, ReportRow, State, apportion, number

FIRST = date(2024, 6, 14)
NATION = 1
COLUMNS = ("a", "b")


@dataclass(frozen=True)
class Moment:
    """The country on a day: province of each commune, and the acts that led here from the moment before."""

    on: date
    provinces: dict[int, int]
    edges: tuple[Edge, ...]

    @property
    def geography(self) -> Geography:
        return tree(self.on, self.provinces)


@dataclass(frozen=True)
class Part:
    """A share of a reporting row: the fractions on the way and the areas it may lie in."""

    shares: tuple[tuple[tuple[Fraction, ...], int], ...]
    areas: frozenset[int]


def tree(on: date, provinces: dict[int, int]) -> Geography:
    """Nation 1 over provinces over communes."""
    areas = [Area(NATION, None, 0)]
    areas += [Area(province, NATION, 1, rank=f"p{province}") for province in sorted(set(provinces.values()))]
    areas += [Area(commune, province, 3, rank=f"c{commune % 7}") for commune, province in provinces.items()]
    return Geography.build(areas, on=on)


@st.composite
def histories(draw: st.DrawFn, decided: bool = True) -> list[Moment]:
    """Up to three moments; communes merge, divide, move and go on between them."""
    communes = list(range(100, 100 + draw(st.integers(2, 7))))
    provinces = {commune: draw(st.sampled_from([10, 11, 12])) for commune in communes}
    moments = [Moment(FIRST, provinces, ())]
    for step in range(1, draw(st.integers(1, 2)) + 1):
        moments.append(_next(draw, moments[-1], step, decided))
    return moments


def _next(draw: st.DrawFn, before: Moment, step: int, decided: bool) -> Moment:
    on = before.on + timedelta(days=100)
    pool = [1000 * step + at for at in range(4)]
    homes = [10 * (step + 1) + at for at in range(3)]
    provinces: dict[int, int] = {}
    edges: list[Edge] = []
    for commune, province in before.provinces.items():
        targets = draw(st.lists(st.sampled_from(pool), unique=True, max_size=3))
        if not targets:
            provinces[commune] = draw(st.sampled_from([province, *homes]))
            continue
        weights = draw(st.lists(st.integers(1, 5), min_size=len(targets), max_size=len(targets)))
        known = len(targets) == 1 or (decided and draw(st.booleans()))
        for target, weight in zip(targets, weights, strict=True):
            edges.append(Edge(commune, target, on, weight if known else None, sum(weights) if known else None))
            provinces.setdefault(target, draw(st.sampled_from(homes)))
    return Moment(on, provinces, tuple(edges))


cells = st.one_of(
    st.integers(-50, 200).map(number),
    st.sampled_from([(state, 0) for state in (State.MISSING, State.NOTHING, State.NOT_APPLICABLE, State.EXCUSED)]),
)


@st.composite
def tables(draw: st.DrawFn, moment: Moment, columns: tuple[str, ...] = COLUMNS) -> tuple[LeafTable, list[ReportRow]]:
    """A round on a moment's tree in which every commune, and sometimes a province, owes a report."""
    areas = sorted(moment.provinces) + draw(st.lists(st.sampled_from(sorted(set(moment.provinces.values()))), unique=True, max_size=1))
    rows = [
        ReportRow.of(area + 50_000, draw(st.lists(cells, min_size=len(columns), max_size=len(columns))), area=area, decision=1)
        for area in areas
    ]
    table = LeafTable.from_rows(rows, key="q", on=moment.on, columns=columns, geography=moment.geography)
    return table.check(), rows


def inside(area: int, node: int, provinces: dict[int, int]) -> bool:
    """Whether an area of a moment lies in a node of it, by walking up."""
    return node in (area, provinces.get(area), NATION)


def parts_forward(area: int, moments: list[Moment]) -> list[Part]:
    """Where an area of the first moment lies at the last, act by act."""
    parts = [Part((), frozenset({area}))]
    for moment in moments[1:]:
        parts = [after for part in parts for after in _step(part, moment)]
    return parts


def _step(part: Part, moment: Moment) -> list[Part]:
    acts = sorted(moment.edges, key=lambda edge: edge.new)
    found = {area: [edge for edge in acts if edge.old == area] for area in part.areas}
    (only,) = found.values() if len(found) == 1 else ([],)
    if len(only) > 1 and only[0].num is not None:
        fractions = tuple(Fraction(edge.num or 0, edge.den or 1) for edge in only)
        return [Part((*part.shares, (fractions, at)), frozenset({edge.new})) for at, edge in enumerate(only)]
    areas: set[int] = set()
    for area, edges in found.items():
        areas |= {edge.new for edge in edges} or {area}
    return [Part(part.shares, frozenset(areas))]


def areas_backward(area: int, moments: list[Moment]) -> frozenset[int]:
    """The areas of the first moment that an area of the last was made of, act by act."""
    areas = {area}
    for moment in reversed(moments[1:]):
        areas = set().union(*({edge.old for edge in moment.edges if edge.new == one} or {one} for one in areas))
    return frozenset(areas)


def amount(part: Part, value: int) -> int:
    """What falls to a part, division after division."""
    for fractions, at in part.shares:
        value = apportion(value, fractions)[at]
    return value
