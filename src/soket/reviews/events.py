"""Audit events this room declares. `reviews.signed` and `reviews.frozen` are what the offline verifier reads."""
from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from soket.audit.dossier import ACT_EVENT, FREEZE_EVENT
from soket.audit.registry import declare

CREATED = declare("reviews.created", _("The review “{subject}” was begun, as of {as_of}"), "code", "as_of")
PROGRAMME_ADDED = declare(
    "reviews.programme_added", _("Programme {programme} was added to “{subject}” for {span}"), "programme", "span"
)
FIGURE_CHOSEN = declare("reviews.figure_chosen", _("Figure {code} was chosen for “{subject}”"), "code", "spec")
FIGURE_DROPPED = declare("reviews.figure_dropped", _("Figure {code} was taken out of the draft of “{subject}”"), "code")
SECTION_WRITTEN = declare("reviews.section_written", _("The section “{heading}” of “{subject}” was written"), "heading")
SECTION_DROPPED = declare("reviews.section_dropped", _("The section “{heading}” of “{subject}” was taken out"), "heading")
PROPOSED = declare(
    "reviews.proposed", _("Edition {edition} of “{subject}” was proposed for signing, attempt {attempt}"), "edition", "attempt", "digest"
)
SIGNED = declare(
    ACT_EVENT, _("{office} signed edition {edition} of “{subject}”"), "party", "office", "basis", "digest", "edition", public=True
)
FROZEN = declare(FREEZE_EVENT, _("Edition {edition} of “{subject}” was frozen"), "edition", "digest", "seal", "key", public=True)
CITED = declare("reviews.cited", _("“{source}” relied on figure {figure} of edition {edition} of “{subject}”"), "source", "figure", "edition")
FLAGGED = declare(
    "reviews.citation_flagged", _("“{source}” cites an edition of “{subject}” that edition {edition} replaced"), "source", "figure", "edition"
)
PAPER_KEPT = declare(
    "reviews.paper_kept", _("Edition {edition} of “{subject}” was set as a paper ({form}) and kept"), "edition", "form", "sha256"
)
