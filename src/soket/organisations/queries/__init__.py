"""Reads of the room; every one takes the day it looks at."""
from soket.organisations.core import Edge, Node, Tree
from soket.organisations.queries.act_pages import act_by_id, acts, may_undo, subject_to_administer, touched
from soket.organisations.queries.cache import on_day, tree_version
from soket.organisations.queries.cache import state as tree_token
from soket.organisations.queries.counts import counts_on, kind_counts, level_counts
from soket.organisations.queries.current import Subject, checked_entry, last_version
from soket.organisations.queries.divisions import (
    choices,
    decision_on,
    divided_by_province,
    mappings,
    predecessors_by_source,
    source_by_code,
    sources,
    successors_by_source,
)
from soket.organisations.queries.links import COMMUNES_2025, area_edges, chosen_source, decided_shares
from soket.organisations.queries.pages import area_by_id, area_card, line_words, not_loaded, unit_by_id, unit_card
from soket.organisations.queries.previews import Preview, preview_merge, preview_rename, siblings
from soket.organisations.queries.searching import LIMIT as SEARCHED
from soket.organisations.queries.searching import Hit, search, unit_called
from soket.organisations.queries.trees import area_tree, known_from, lines, unit_tree, units_of
from soket.organisations.queries.units import (
    UnitStep,
    acts_for,
    counterparts,
    last_day,
    superior_for,
    unit_and_before,
    unit_at,
    unit_heir,
    unit_lines,
    unit_names,
    unit_nearest,
    unit_predecessors,
    unit_successors,
    units_on,
)

__all__ = [
    "COMMUNES_2025",
    "SEARCHED",
    "Edge",
    "Hit",
    "Node",
    "Preview",
    "Subject",
    "Tree",
    "UnitStep",
    "act_by_id",
    "acts_for",
    "acts",
    "area_by_id",
    "area_card",
    "area_edges",
    "area_tree",
    "checked_entry",
    "choices",
    "chosen_source",
    "counterparts",
    "counts_on",
    "decided_shares",
    "decision_on",
    "divided_by_province",
    "kind_counts",
    "known_from",
    "last_day",
    "last_version",
    "level_counts",
    "line_words",
    "lines",
    "mappings",
    "may_undo",
    "not_loaded",
    "on_day",
    "predecessors_by_source",
    "preview_merge",
    "preview_rename",
    "search",
    "siblings",
    "source_by_code",
    "sources",
    "subject_to_administer",
    "successors_by_source",
    "superior_for",
    "touched",
    "tree_token", "tree_version",
    "unit_and_before",
    "unit_at",
    "unit_by_id",
    "unit_called",
    "unit_card",
    "unit_heir",
    "unit_lines",
    "unit_names",
    "unit_nearest",
    "unit_predecessors",
    "unit_successors",
    "unit_tree",
    "units_of",
    "units_on",
]
