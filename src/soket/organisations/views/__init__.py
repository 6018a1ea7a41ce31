"""Pages of the room: reading is open to everyone signed in, acts to administrators."""
from soket.organisations.views.changing import choose, merge, rename, shares, undo
from soket.organisations.views.reading import act, acts, area, area_map, mappings, search, tree, unit

__all__ = ["act", "acts", "area", "area_map", "choose", "mappings", "merge", "rename", "search", "shares", "tree", "undo", "unit"]
