"""The only writes of the room. Every act is recorded, counted and can be undone by a counter-act."""
from soket.organisations.actions.acts import create, dissolve, move, rename, retype
from soket.organisations.actions.choices import choose_source, decide_shares
from soket.organisations.actions.country import load_country
from soket.organisations.actions.forming import merge, split
from soket.organisations.actions.undoing import undo
from soket.organisations.core.plan import Part

__all__ = ["Part", "choose_source", "create", "decide_shares", "dissolve", "load_country", "merge", "move", "rename", "retype", "split", "undo"]
