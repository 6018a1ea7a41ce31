"""Reads of the room; every one takes the day it looks at."""
from soket.organisations.core import Edge, Node, Tree
from soket.organisations.queries.cache import on_day, tree_version
from soket.organisations.queries.counts import counts_on, kind_counts, level_counts
from soket.organisations.queries.links import COMMUNES_2025, area_edges, chosen_source, decided_shares
from soket.organisations.queries.search import Hit, search
from soket.organisations.queries.trees import area_tree, known_from, lines, unit_tree, units_of
from soket.organisations.queries.units import (
    UnitStep,
    counterparts,
    last_day,
    superior_for,
    unit_and_before,
    unit_at,
    unit_heir,
    unit_lines,
    unit_nearest,
    unit_predecessors,
    unit_successors,
    units_on,
)

__all__ = [
    "COMMUNES_2025",
    "Edge",
    "Hit",
    "Node",
    "Tree",
    "UnitStep",
    "area_edges",
    "area_tree",
    "chosen_source",
    "counterparts",
    "counts_on",
    "decided_shares",
    "kind_counts",
    "known_from",
    "last_day",
    "level_counts",
    "lines",
    "on_day",
    "search",
    "superior_for",
    "tree_version",
    "unit_and_before",
    "unit_at",
    "unit_heir",
    "unit_lines",
    "unit_nearest",
    "unit_predecessors",
    "unit_successors",
    "unit_tree",
    "units_of",
    "units_on",
]
