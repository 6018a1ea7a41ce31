"""Layer 7: figures over a changing tree, on any boundary, with coverage, gaps and lineage.

Words: *table* (a round as cells, one row per owed report), *placement* (where each row lies on the tree of
a day), *reported* and *restated* boundaries, *gap* (an area divided on the border of a figure), *cut* (the
tables on disk, column by column). Invariants: cells are 64-bit integers and a sum that leaves them is
refused; missing, zero, nothing to report, not applicable and excused are counted apart; a rate is a pair; an
undecided division makes a gap, never a guess; no running totals are kept: a figure is made from the cells,
and the same cells in any order of arrival give the same bytes. `core` knows no Django; `columns` keeps cuts.
"""
