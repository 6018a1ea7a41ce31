"""The dossier of a frozen edition as one file, and what anyone needs to check it offline."""
from __future__ import annotations

import json

from soket.audit import dossier
from soket.audit.queries import Proof, latest_checkpoint, proof_of
from soket.reviews import queries
from soket.reviews.models import Edition

SUFFIX = ".soket"


class NotYetPlaced(Exception):
    """The record has not yet given the freeze its place under a signed checkpoint; it does within a second."""


def dossier_file(edition: Edition) -> bytes:
    """The bytes of the file, under the newest checkpoint. Raises NotYetPlaced right after the freeze."""
    manifest = queries.manifest_of(edition)
    signatures = {str(row.party_id): row for row in edition.signatures.all()}
    events = [signatures[party["id"]].event_id for party in manifest["parties"]]
    proofs = _proofs([*events, edition.freeze.event_id])
    return dossier.write_dossier(
        entries=[dossier.Entry(row.key, queries.body_of(row)) for row in queries.entries_of(edition)],
        manifest=manifest,
        acts=[_logged(proof) for proof in proofs[:-1]],
        seal=dossier.Seal(**json.loads(edition.freeze.seal)),
        freeze=_logged(proofs[-1]),
        checkpoint=proofs[-1].checkpoint,
    )


def _proofs(event_ids: list[int]) -> list[Proof]:
    """Proofs of all events under one checkpoint."""
    checkpoint = latest_checkpoint()
    proofs = [proof_of(event_id, checkpoint=checkpoint) for event_id in event_ids] if checkpoint else []
    found = [proof for proof in proofs if proof is not None]
    if len(found) < len(event_ids):
        raise NotYetPlaced
    return found


def _logged(proof: Proof) -> dossier.LoggedEvent:
    return dossier.LoggedEvent(json.loads(proof.body), proof.position, proof.path)


def file_name(edition: Edition, suffix: str) -> str:
    """The name of a download: SK-2026-ban-1.soket."""
    return f"{edition.review.code}-ban-{edition.number}{suffix}"
