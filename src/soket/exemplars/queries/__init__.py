"""Reads of the room."""
from soket.exemplars.queries.content import Comparison, Page, content_of, draft_page, published_page
from soket.exemplars.queries.exemplars import (
    Card,
    can_be_bound,
    cards,
    chosen_figure,
    exemplar_inside,
    figure_choices,
    gallery,
    had_a_hand,
    history,
    inside,
    listed,
    of_movement,
    own_units,
    publication_of,
    published,
    withdrawal_of,
)
from soket.exemplars.queries.ground import Ground, as_ground
from soket.exemplars.queries.movements import (
    UnitYear,
    found_movements,
    line_name,
    movement_by_id,
    movement_choices,
    movement_seen,
    newest_recognition,
    newest_registration,
    offices,
    scope_choices,
    scope_words,
    sheet_of,
    sheets,
    takes_part,
    unit_year,
    visible_movements,
    waiting,
    years,
)
from soket.exemplars.queries.movements import own_units as registering_units
from soket.exemplars.queries.naming import heirs, names, province_of, provinces, top_of
from soket.exemplars.queries.rollup import Group, RollUp, roll_up
from soket.exemplars.queries.spread import AdoptionRow, SpreadPage, adoption_of, as_data, spread_page
from soket.exemplars.queries.work import waiting_for

__all__ = [
    "AdoptionRow", "Card", "Comparison", "Ground", "Group", "Page", "RollUp", "SpreadPage", "UnitYear", "adoption_of", "as_data", "as_ground",
    "can_be_bound", "cards", "chosen_figure", "content_of", "draft_page", "exemplar_inside", "figure_choices", "found_movements", "gallery",
    "had_a_hand", "heirs", "history", "inside", "line_name", "listed", "movement_by_id", "movement_choices", "movement_seen", "names",
    "newest_recognition", "newest_registration", "of_movement", "offices", "own_units", "province_of", "provinces", "publication_of", "published",
    "published_page", "registering_units", "roll_up", "scope_choices", "scope_words", "sheet_of", "sheets", "spread_page", "takes_part", "top_of",
    "unit_year", "visible_movements", "waiting", "waiting_for", "withdrawal_of", "years",
]
