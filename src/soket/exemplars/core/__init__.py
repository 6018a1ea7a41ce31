"""The pure heart of the room: sheets of counts, the states of an exemplar, its spread, the map and the curve. No Django."""
from soket.exemplars.core.counts import COLUMNS, FIELDS, PARTS, Fault, Row, Sums, Typed, check, differing, sum_up, within
from soket.exemplars.core.curve import Curve, draw
from soket.exemplars.core.pictures import BadPicture, size_of
from soket.exemplars.core.spread import Month, Spread, Taken, months, spread
from soket.exemplars.core.states import NEXT, Misfit, follow, state_of
from soket.exemplars.core.tiles import BOUNDARY, Tile, lay, short_name, step_of

__all__ = [
    "BOUNDARY", "COLUMNS", "FIELDS", "NEXT", "PARTS", "BadPicture", "Curve", "Fault", "Misfit", "Month", "Row", "Spread", "Sums", "Taken", "Tile",
    "Typed", "check", "differing", "draw", "follow", "lay", "months", "short_name", "size_of", "spread", "state_of", "step_of", "sum_up", "within",
]
