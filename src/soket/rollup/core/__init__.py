"""The roll-up engine: pure functions over integer tables, no Django.

Accepted reports (`LeafTable`, one per round) × a dated tree (`Geography`) × what became of each area
(`Succession`) × the declared rule of an indicator (`Rule`) give figures (`FigureValue`) with coverage, gaps,
decided shares and lineage. The way through:

    placement = restate(table, succession, geography)      # as reported: the tree of the closing day
    groups = placement.group(geography.children(country))  # the areas wanted
    totals = RoundTotals(table, groups)
    figure(rule, area, totals)                             # one round
    over_time(rule, area, [totals, …])                     # several rounds
"""
from soket.rollup.core.cells import Cell, LeafTable, ReportRow, State, number, pack_cells
from soket.rollup.core.errors import BadSuccession, BadTable, BadTree, CutDamaged, Overflow, RollupError, Undeclared
from soket.rollup.core.figures import Coverage, FigureState, FigureValue, ShareNote
from soket.rollup.core.geography import Area, Geography
from soket.rollup.core.joint import JointCount, joint_count
from soket.rollup.core.kinds import DECLARED, Rule, TimeKind, UnitKind
from soket.rollup.core.periods import combine, over_time
from soket.rollup.core.placement import Groups, Placement, restate
from soket.rollup.core.rounds import Lineage, RoundTotals
from soket.rollup.core.shares import apportion
from soket.rollup.core.succession import Edge, Fate, Succession
from soket.rollup.core.units import columns_of, figure

__all__ = [
    "DECLARED", "Area", "BadSuccession", "BadTable", "BadTree", "Cell", "Coverage", "CutDamaged", "Edge", "Fate",
    "FigureState", "FigureValue", "Geography", "Groups", "JointCount", "LeafTable", "Lineage", "Overflow", "Placement",
    "ReportRow", "RollupError", "RoundTotals", "Rule", "ShareNote", "State", "Succession", "TimeKind", "Undeclared",
    "UnitKind", "apportion", "columns_of", "combine", "figure", "joint_count", "number", "over_time", "pack_cells", "restate",
]  # fmt: skip
