"""Tables of the room, by part."""
from soket.exemplars.models.adoptions import Adoption, AdoptionAct
from soket.exemplars.models.exemplars import (
    Evidence,
    Exemplar,
    Field,
    Figure,
    FigureFlag,
    Holder,
    Photo,
    Publication,
    Standing,
    State,
)
from soket.exemplars.models.movements import Count, Movement, MovementProgramme, MovementScope, Recognition, Registration

__all__ = [
    "Adoption", "AdoptionAct", "Count", "Evidence", "Exemplar", "Field", "Figure", "FigureFlag", "Holder", "Movement", "MovementProgramme",
    "MovementScope", "Photo", "Publication", "Recognition", "Registration", "Standing", "State",
]
