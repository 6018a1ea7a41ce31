"""Reads of reviews, their editions, frozen figures and citations."""
from soket.reviews.core import ClaimPart, Computed, UnitPart, Words
from soket.reviews.queries.citations import citations_to, who_relied_on
from soket.reviews.queries.draft import (
    LiveFigure,
    indicator_choices,
    line_choices,
    live_figures,
    obligation_choices,
    office_choices,
    programme_by_id,
    programme_choices,
    round_choices,
    section_in_draft,
    sections_in_draft,
    wanted_figure,
)
from soket.reviews.queries.editions import (
    body_of,
    by_digest,
    current_edition,
    edition_of,
    entries_of,
    frozen_by_id,
    frozen_editions,
    live_parts,
    manifest_of,
    open_proposal,
    parts_of,
    proposals_after,
    replaced_by,
    sections_of,
)
from soket.reviews.queries.frozen import Change, FrozenFigure, UnknownFigure, difference, figure_lists, frozen_figure, frozen_figures, gap_words
from soket.reviews.queries.given import Given, given
from soket.reviews.queries.pages import (
    CitationRow,
    EditionRow,
    ReviewRow,
    SignatureRow,
    citation_rows,
    citing_texts,
    history_of,
    listed,
    signatures_of,
    text_of,
)
from soket.reviews.queries.panels import panel
from soket.reviews.queries.papers import kept_forms, kept_paper, paper_bytes
from soket.reviews.queries.parties import SigningParty, parties_of, party_ids
from soket.reviews.queries.scope import review_by_slug, visible_review, visible_reviews
from soket.reviews.queries.words import note_words, printed_code, shown, unit_words
from soket.reviews.queries.work import signings_of, waiting_for

__all__ = [
    "Change", "CitationRow", "ClaimPart", "Computed", "EditionRow", "FrozenFigure", "Given", "LiveFigure", "ReviewRow", "SignatureRow",
    "SigningParty", "UnitPart", "UnknownFigure", "Words", "body_of", "by_digest", "citation_rows", "citations_to", "citing_texts", "current_edition",
    "difference", "edition_of", "entries_of", "figure_lists", "frozen_by_id", "frozen_editions", "frozen_figure", "frozen_figures", "gap_words",
    "given", "history_of", "indicator_choices", "kept_forms", "kept_paper", "line_choices", "listed", "live_figures", "manifest_of", "note_words",
    "obligation_choices", "office_choices", "open_proposal", "panel", "paper_bytes", "parties_of", "party_ids", "printed_code", "programme_by_id",
    "programme_choices", "proposals_after", "replaced_by", "review_by_slug", "round_choices", "section_in_draft", "sections_in_draft", "sections_of",
    "shown", "signatures_of", "signings_of", "text_of", "unit_words", "visible_review", "visible_reviews", "waiting_for", "wanted_figure",
    "who_relied_on", "live_parts", "parts_of",
]
