"""The only writes of this room."""
from soket.programmes.actions.claims import ClaimDraft, claim, claim_many
from soket.programmes.actions.decisions import accept_claim, accept_many, excuse, release_evidence, return_claim
from soket.programmes.actions.duties import close_ended, resolve_duties
from soket.programmes.actions.obligations import ScopeDraft, add_obligation, change_obligation
from soket.programmes.actions.programme import (
    PartyDraft,
    add_alias,
    add_basis,
    add_objective,
    add_party,
    create_programme,
)
from soket.programmes.actions.seed import install_seed_programmes

__all__ = [
    "ClaimDraft",
    "PartyDraft",
    "ScopeDraft",
    "accept_claim",
    "accept_many",
    "add_alias",
    "add_basis",
    "add_objective",
    "add_obligation",
    "add_party",
    "change_obligation",
    "claim",
    "claim_many",
    "close_ended",
    "create_programme",
    "excuse",
    "install_seed_programmes",
    "release_evidence",
    "resolve_duties",
    "return_claim",
]
